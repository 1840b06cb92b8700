"""cae_core: the employment rules of French coopératives d'activité et d'emploi."""
