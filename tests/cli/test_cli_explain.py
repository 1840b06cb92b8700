"""`cae explain`: one amount down to its articles, from options or from a month of a case."""

from cli_runner import CASE, CASE_9, cae, plain, words


class TestExplain:
    """Every step has its figures, its text and its source."""

    def test_a_line_from_options(self):
        done = cae("explain", "old_age_capped", *CASE_9)
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "Sécurité sociale plafonnée (old_age_capped) – mars 2026" in found
        assert "la plus petite de 2 000,00 et 4 005,00 = 2 000,00" in found
        assert "Montant : 2 000,00 × 6,90 % = 138,00" in found
        assert "CSS art. D242-4 ; L241-3, al. 1" in found
        assert "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053143451" in found

    def test_a_month_of_a_case_counts_the_months_before(self):
        done = cae("explain", "general_reduction", str(CASE), "--month", "2025-06", "--lang", "en")
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "already granted" in found
        assert "before + 3,054.89" in found

    def test_without_a_name_it_lists_what_can_be_explained(self):
        done = cae("explain", *CASE_9)
        assert done.exit_code == 0
        for name in ("old_age_capped", "general_reduction", "net_paid", "bracket_1", "ceiling"):
            assert f"\n{name} " in done.stdout

    def test_every_listed_name_is_explained(self):
        listed = [line.split()[0] for line in plain(cae("explain", *CASE_9).stdout).splitlines()[3:] if line]
        assert len(listed) > 30
        for name in listed:
            done = cae("explain", name, *CASE_9, columns=80)
            assert done.exit_code == 0, name
            assert f"({name})" in done.stdout
            assert max(map(len, done.stdout.splitlines())) <= 80


class TestBadInput:
    """What cannot be explained is said, with close names."""

    def test_a_misspelt_name(self):
        done = cae("explain", "net_payed", *CASE_9)
        assert done.exit_code == 2
        assert "Vouliez-vous dire net_paid" in done.stderr

    def test_a_case_needs_a_month(self):
        done = cae("explain", "net_paid", str(CASE))
        assert done.exit_code == 2
        assert "--month : manque" in plain(done.stderr)

    def test_facts_and_a_case_are_not_mixed(self):
        done = cae("explain", "net_paid", str(CASE), "--month", "2025-06", "--gross", "2000")
        assert done.exit_code == 2
        assert "--gross" in done.stderr

    def test_a_file_that_is_not_there(self):
        done = cae("explain", "net_paid", "none.toml", "--month", "2025-06")
        assert done.exit_code == 2
        assert "none.toml : ne peut pas être lu : aucun fichier de ce nom" in plain(done.stderr)
