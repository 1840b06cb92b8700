"""`cae law`: the dated values of the law with their texts and sources."""

from cli_runner import cae, plain, words

from cae_core import load

WAGE = "general_reduction_minimum_wage_hourly"


class TestList:
    """Without a name: every parameter that has a value on the day."""

    def test_every_parameter_in_force_is_listed(self):
        found = plain(cae("law").stdout)
        law = load().legislation
        for name in law.on(law.known_until):
            assert f"  {name} " in found

    def test_a_narrow_screen_puts_the_french_name_below(self):
        lines = cae("law", columns=80).stdout.splitlines()
        assert max(map(len, lines)) <= 80
        assert "    plafond mensuel de la sécurité sociale (PMSS)" in "\n".join(lines)

    def test_on_a_day(self):
        assert (
            "social_security_ceiling_monthly plafond mensuel de la sécurité sociale (PMSS) 3 925,00 €"
            in words(cae("law", "--on", "2025-06-01", columns=160).stdout)
        )

    def test_values_to_review_are_marked(self):
        assert "2026-07-01 *" in cae("law").stdout


class TestOneParameter:
    """The history of one: day, value, text, source, remarks."""

    def test_history_with_the_latest_first(self):
        done = cae("law", WAGE)
        assert done.exit_code == 0
        found = words(done.stdout)
        assert (
            found.index("2026-06-01 12,02 €/h")
            < found.index("2026-06-01 12,31 €/h")
            < found.index("2024-01-01")
        )
        assert "Décret n° 2026-509 du 12 juin 2026 ; CSS art. D241-7" in found
        assert "publié le 2026-06-14" in found
        assert "Connu jusqu'au 31 juillet 2026." in found

    def test_on_a_day(self):
        found = words(
            cae("law", "social_security_ceiling_monthly", "--on", "2025-06-01", "--lang", "en").stdout
        )
        assert "€3,925.00" in found
        assert "€4,005.00" not in found
        assert "Known until 31 July 2026." in found

    def test_as_known_on_a_day(self):
        """A decree of 12 June 2026 came out after the day it applies from."""
        found = plain(cae("law", WAGE, "--on", "2026-06-01", "--known-on", "2026-06-10").stdout)
        assert "12,31 €/h" in found
        assert "12,02" not in found
        assert "12,02 €/h" in plain(cae("law", WAGE, "--on", "2026-06-01").stdout)

    def test_a_repealed_value_is_said(self):
        assert "abrogé" in cae("law", "general_reduction_divisor").stdout

    def test_a_scale_has_a_line_for_each_bracket(self):
        lines = plain(cae("law", "withholding_neutral_scale", "--on", "2026-03-01").stdout).splitlines()
        assert sum("à partir de" in line for line in lines) == 20


class TestBadInput:
    """Misspelt names get suggestions; days are checked."""

    def test_a_misspelt_name(self):
        done = cae("law", "csg_deductible_rat")
        assert done.exit_code == 2
        assert "csg_deductible_rate – CSG déductible" in done.stderr

    def test_a_french_word_finds_parameters(self):
        done = cae("law", "SMIC")
        assert done.exit_code == 2
        assert "minimum_wage_hourly – SMIC horaire brut" in done.stderr

    def test_nothing_close(self):
        done = cae("law", "zzzz", "--lang", "en")
        assert done.exit_code == 2
        assert "“cae law” lists them all" in done.stderr

    def test_a_day_not_covered_and_a_wrong_day(self):
        late = cae("law", "--on", "2030-01-01")
        assert late.exit_code == 2
        assert "--assume-unchanged" in late.stderr
        assert cae("law", "--on", "2030-01-01", "--assume-unchanged").exit_code == 0
        assert cae("law", WAGE, "--on", "2010-01-01").exit_code == 2
        wrong = cae("law", "--on", "31/12/2025")
        assert wrong.exit_code == 2
        assert "--on : attendu : un jour comme 2026-03-31" in plain(wrong.stderr)
