"""Who owes what: each dated change, the day before and the day after; each status, on both sides."""

import pytest

from cae_core import InputError, PayFacts, UnknownNameError, load

RULES = load()


def slip(month="2026-03", gross="3000", **more):
    more.setdefault("headcount", 30)
    more.setdefault("mobility_rate", "2")
    return RULES.payslip(month, PayFacts.of(gross, workplace_accident_rate="1.05", **more))


class TestDatedRates:
    """Each change of rate from January 2019 to July 2026, the month before and the month after."""

    @pytest.mark.parametrize(
        ("code", "before", "after", "text"),
        [
            # (month, employer share of 3,000 €)
            ("ags", ("2023-12", 4_50), ("2024-01", 6_00), "27 novembre 2023"),
            ("old_age_uncapped", ("2023-12", 57_00), ("2024-01", 60_60), "n° 2023-1329"),
            ("apprenticeship_yearly", ("2019-12", 0), ("2020-01", 20_40), "n° 2018-771"),
            ("apprenticeship", ("2021-12", 0), ("2022-01", 17_70), "n° 2018-771"),
            ("apprenticeship_balance", ("2021-12", 0), ("2022-01", 2_70), "n° 2018-771"),
            ("ags", ("2024-06", 6_00), ("2024-07", 7_50), "AGS"),
            ("unemployment", ("2025-04", 121_50), ("2025-05", 120_00), "15 novembre 2024"),
            ("old_age_uncapped", ("2025-12", 60_60), ("2026-01", 63_30), "n° 2025-1446"),
            ("health", ("2025-12", 0), ("2026-01", 390_00), "n° 2017-1891"),
            ("family", ("2025-12", 0), ("2026-01", 157_50), "n° 2013-1290"),
        ],
    )
    def test_the_month_before_and_after(self, code, before, after, text):
        for month, cents in (before, after):
            shares = [line.employer_cents for line in slip(month).lines if line.code == code]
            assert sum(shares) == cents
        line = slip(after[0]).line(code)
        assert text in " ".join(map(str, slip(after[0]).citations(line)))

    @pytest.mark.parametrize("code", ["health_reduced", "family_reduced"])
    def test_a_repealed_row_is_no_line_of_the_month(self, code):
        assert slip("2025-12").line(code).employer_cents > 0
        with pytest.raises(UnknownNameError, match="no contribution is called"):
            slip("2026-01").line(code)


class TestHeadcounts:
    """Rates that change at 11, 50, 250 and 2,000 people: one person less, and exactly."""

    @pytest.mark.parametrize(
        ("code", "under", "cents_under", "cents_at"),
        [
            ("training_under_11", 10, 16_50, 0),
            ("training_11_plus", 10, 0, 30_00),
            ("mobility", 10, 0, 60_00),
            ("fnal_capped", 49, 3_00, 0),
            ("fnal_uncapped", 49, 0, 15_00),
            ("construction", 49, 0, 13_50),
            ("apprenticeship_supplement", 249, 0, 12_00),
            ("apprenticeship_supplement", 1999, 12_00, 0),
            ("apprenticeship_supplement_from_2000", 1999, 0, 18_00),
        ],
    )
    def test_one_person_less_and_exactly(self, code, under, cents_under, cents_at):
        assert slip(headcount=under).line(code).employer_cents == cents_under
        assert slip(headcount=under + 1).line(code).employer_cents == cents_at

    @pytest.mark.parametrize(
        ("ratio", "cents"), [("0", 12_00), ("0.99", 12_00), ("1", 6_00), ("2", 3_00), ("3", 1_50), ("5", 0)]
    )
    def test_the_supplement_follows_the_share_of_apprentices(self, ratio, cents):
        line = slip(headcount=300, apprentice_ratio=ratio).line("apprenticeship_supplement")
        assert line.employer_cents == cents

    def test_one_fnal_and_one_training_line_at_any_headcount(self):
        for headcount in (1, 10, 11, 49, 50, 249, 250, 1999, 2000, 5000):
            codes = {line.code for line in slip(headcount=headcount).lines}
            assert len(codes & {"fnal_capped", "fnal_uncapped"}) == 1
            assert len(codes & {"training_under_11", "training_11_plus"}) == 1


class TestExecutives:
    """Executives owe Apec, and their employer a death cover of 1.50 % of bracket 1.  (ANI du 17 novembre 2017)"""

    def test_the_two_lines_of_executives(self):
        executive, other = slip(gross="5000", executive=True), slip(gross="5000")
        assert executive.line("provident_executive").employer_cents == 60_08  # 1.50 % of 4,005
        assert (executive.line("apec").employee_cents, executive.line("apec").employer_cents) == (1_20, 1_80)
        codes = {line.code for line in executive.lines} - {line.code for line in other.lines}
        assert codes == {"apec", "provident_executive"}

    def test_the_cover_of_the_cooperative_comes_beside(self):
        both = slip(
            gross="5000", executive=True, provident_employee_rate="0.4", provident_employer_rate="0.6"
        )
        line = both.line("provident")
        assert (line.base_cents, line.employee_cents, line.employer_cents) == (4005_00, 16_02, 24_03)
        assert both.line("provident_executive").employer_cents == 60_08


class TestTheHealthCover:
    """The employer pays at least half of the mandatory health cover.  (CSS art. L911-7)"""

    def test_half_is_enough(self):
        line = slip(health_cover_employee="25", health_cover_employer="25").line("health_cover")
        assert (line.base_cents, line.employee_cents, line.employer_cents) == (0, 25_00, 25_00)

    def test_less_is_refused_with_its_article(self):
        with pytest.raises(InputError, match=r"health_cover.*less than half.*L911-7"):
            slip(health_cover_employee="25.01", health_cover_employer="25")

    def test_a_person_exempt_from_the_cover_has_no_line(self):
        assert "health_cover" not in {line.code for line in slip().lines}
        assert slip().line("health_cover").employer_cents == 0


class TestLines:
    """A payslip shows what is owed, in the order of the statutory model, and a zero line where nothing is."""

    def test_headings_in_the_order_of_the_law(self):
        codes = [heading.code for heading, _ in slip().by_heading()]
        assert codes == [
            "health",
            "workplace_accident",
            "retirement",
            "family",
            "unemployment",
            "other_employer",
            "csg_deductible",
            "csg_crds_non_deductible",
        ]

    def test_a_misspelt_code_gets_a_suggestion(self):
        with pytest.raises(UnknownNameError, match="old_age_capped"):
            slip().line("old_age_caped")

    def test_every_rate_has_a_text_and_a_source(self):
        found = slip(gross="5000", executive=True, headcount=60)
        for line in found.lines:
            texts = found.citations(line)
            assert all(text.text for text in texts)
            for value in found.law.dated_values(line.contribution):
                assert value.citation.text
                assert value.source
