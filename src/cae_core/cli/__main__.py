"""``python -m cae_core.cli`` is ``cae``."""

from cae_core.cli import main

main()
