"""`cae law --diff`: what changes from the law of one month to that of another."""

from cli_runner import cae, plain, words


class TestDiff:
    """Parameters with both values and the text, then the lines."""

    def test_december_2025_to_january_2026(self):
        done = cae("law", "--diff", "2025-12", "2026-01", columns=250)
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "Ce qui change : décembre 2025 → janvier 2026" in found
        assert (
            "plafond mensuel de la sécurité sociale (PMSS) 3 925,00 € 4 005,00 € Arrêté du 22 décembre 2025"
            in found
        )
        assert "SMIC horaire brut 11,88 €/h 12,02 €/h Décret n° 2025-1228 du 17 décembre 2025" in found
        assert "vieillesse déplafonnée, part employeur 2,02 % 2,11 % Décret n° 2025-1446" in found
        assert "maladie, maternité, invalidité, décès, taux réduit 7,00 % abrogé Loi n° 2025-199" in found
        assert "– 0,0200 Décret n° 2025-887" in found
        assert "disparaît : 7,00 % → –" in found
        assert "taux, part employeur : 2,02 % → 2,11 %" in found
        assert "assiette : plafond mensuel de la sécurité sociale (PMSS)" in found
        assert (
            "formule : Réduction générale de cotisations patronales → Réduction générale dégressive unique"
            in found
        )
        assert "à vérifier : texte non relu" not in found

    def test_what_nobody_has_read_is_marked(self):
        found = words(cae("law", "--diff", "2019-09", "2019-10", columns=250).stdout)
        assert "à vérifier : texte non relu" in found

    def test_a_narrow_screen_keeps_within_its_width(self):
        lines = cae("law", "--diff", "2025-12", "2026-01", columns=80).stdout.splitlines()
        assert max(map(len, lines)) <= 80
        assert "Arrêté du 22 décembre 2025" in "\n".join(lines)

    def test_in_english(self):
        found = words(cae("law", "--diff", "2025-04", "2025-05", "--lang", "en", columns=160).stdout)
        assert "What changes: April 2025 → May 2025" in found
        assert "4.05% 4.00%" in found
        assert "Unemployment insurance rate, employer share: 4.05% → 4.00%" in found
        assert "20 brackets 20 brackets" in found
        assert "0.50% from €1,591.00 0.50% from €1,620.00" in found
        assert "to review" not in found

    def test_nothing(self):
        done = cae("law", "--diff", "2026-02", "2026-03")
        assert done.exit_code == 0
        assert done.stdout == "Rien ne change : février 2026 → mars 2026.\n"

    def test_what_a_retroactive_text_changed(self):
        """The first month as it was known on a day, the second as it is."""
        found = words(cae("law", "--diff", "2026-06", "2026-06", "--known-on", "2026-06-05").stdout)
        assert "juin 2026 (connu le 5 juin 2026) → juin 2026" in found
        assert "12,31 €/h 12,02 €/h" in found
        assert "publié le 2026-06-14" in found

    def test_from_the_later_month_back(self):
        found = words(cae("law", "--diff", "2026-01", "2025-12", columns=160).stdout)
        assert "apparaît : – → 7,00 %" in found


class TestBadInput:
    """Months and days are checked; what does not go together is said."""

    def test_a_bad_month(self):
        done = cae("law", "--diff", "2025-13", "2026-01")
        assert done.exit_code == 2
        assert "--diff : attendu : un mois comme 2026-03 ; reçu : '2025-13'" in plain(done.stderr)
        assert cae("law", "--diff", "2025-12", "janvier").exit_code == 2

    def test_a_month_that_is_not_known(self):
        late = cae("law", "--diff", "2026-01", "2030-01")
        assert late.exit_code == 2
        assert "--assume-unchanged" in late.stderr
        assert cae("law", "--diff", "2026-01", "2030-01", "--assume-unchanged").exit_code == 0
        early = cae("law", "--diff", "2018-12", "2019-01")
        assert early.exit_code == 2
        assert "1er janvier 2019" in plain(early.stderr)

    def test_one_month_alone(self):
        done = cae("law", "--diff", "2025-12")
        assert done.exit_code == 2
        assert "--diff" in done.stderr

    def test_not_with_a_day_or_a_parameter(self):
        for more in (("--on", "2026-01-01"), ("minimum_wage_hourly",)):
            done = cae("law", *more, "--diff", "2025-12", "2026-01", "--lang", "en")
            assert done.exit_code == 2
            assert "with --diff it is one or the other" in done.stderr
