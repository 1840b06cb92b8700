"""The year may be set right at its end instead of month by month: what each month charges, and the same year."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import HoursPolicy, InputError, Month, PayFacts, Regularisation, YearToDate, load
from cae_core.explain import explain_amount, explainable_amounts
from cae_core.money import divide_half_up
from cae_core.payroll import TOTALS
from cae_core.payroll.causes import state_before
from cae_core.payroll.compare import compare_payslips
from strategies import gross_cents
from test_explain import check_explanation

RULES = load()
FACTS = PayFacts.of(
    0, headcount=30, workplace_accident_rate="1.05", hours_policy="full_time", regularisation="year_end",
    health_cover_employee="20", health_cover_employer="40",
)  # fmt: skip
#: January to April 2026: worked through in the reference of the general reduction.
PAYS = (200_000, 350_000, 200_000, 600_000)


def year(grosses, facts=FACTS, of=2026, leaves=False):
    """The payslips of the first months of a year; the last one may be the month of exit."""
    slips, state = [], None
    for number, gross in enumerate(grosses, start=1):
        own = attrs.evolve(facts, gross_pay_cents=gross, last_month=leaves and number == len(grosses))
        slips.append(RULES.payslip(Month(of, number), own, year_to_date=state))
        state = slips[-1].year_to_date
    return slips


class TestYearEnd:
    """
    The general reduction is a yearly amount; an employer may grant it month by month by the monthly formula and
    set it right with the last pay of the year.
    (CSS art. D241-9; ceilings: CSS art. R243-10)
    """

    def test_each_month_has_the_reduction_of_the_month_alone(self):
        """Months alone: 629.40, 213.85, 629.40 and nothing at 6,000 €, 543.85 € more than four months owe."""
        slips = year(PAYS)
        assert [slip.reductions_cents for slip in slips] == [62_940, 21_385, 62_940, 0]
        assert sum(slip.reductions_cents for slip in slips) - 92_880 == 54_385

    def test_the_month_of_exit_takes_back_what_was_too_much(self):
        """The four months owe 928.80 (13,500 × 0.0688): the exit repays 543.85."""
        last = year(PAYS, leaves=True)[-1]
        assert last.reductions_cents == 92_880 - 147_265
        assert last.year_to_date.granted["general_reduction"] == 92_880

    def test_each_month_has_its_own_ceiling(self):
        """Ceiling of 4,005 €: 6,000 € are 4,005 and 1,995, whatever the low months left unused."""
        april = year(PAYS)[-1]
        assert april.line("old_age_capped").base_cents == 400_500
        assert april.line("agirc_arrco_t2").base_cents == 199_500
        exit_month = year(PAYS, leaves=True)[-1]
        # 13,500 € under four ceilings of 16,020 €: all in bracket 1, 3 × less than 4,005 € being charged before.
        assert exit_month.line("old_age_capped").base_cents == 1_350_000 - 750_000
        assert exit_month.line("agirc_arrco_t2").base_cents == 0

    def test_december_settles_without_being_told(self):
        slips = year([200_000] * 11 + [600_000], of=2025)
        right = year(
            [200_000] * 11 + [600_000], attrs.evolve(FACTS, regularisation=Regularisation.PROGRESSIVE), 2025
        )
        assert dict(slips[-1].year_to_date.bases) == dict(right[-1].year_to_date.bases)
        assert slips[-1].year_to_date.granted == right[-1].year_to_date.granted

    def test_november_does_not(self):
        slips = year([200_000] * 10 + [600_000], of=2025)
        assert slips[-1].line("agirc_arrco_t2").base_cents == 600_000 - 392_500


years = st.sampled_from([2024, 2025])


class TestTheSameYear:
    """Both choices end the year on the same bases and reductions."""

    @given(
        years,
        st.lists(st.one_of(st.just(0), gross_cents), min_size=1, max_size=12),
        st.sampled_from(HoursPolicy),
    )
    def test_at_exit(self, of, grosses, policy):
        facts = attrs.evolve(FACTS, hours_policy=policy, contract_hours_hundredths=12_000)
        late = year(grosses, facts, of, leaves=True)[-1].year_to_date
        soon = year(grosses, attrs.evolve(facts, regularisation=Regularisation.PROGRESSIVE), of)[
            -1
        ].year_to_date
        for part in ("sums", "bases", "granted"):
            assert dict(getattr(late, part)) == dict(getattr(soon, part))
        paid = [
            {scale: cents for scale, cents in each.reduction_pay["general_reduction"] if cents}
            for each in (late, soon)
        ]
        assert paid[0] == paid[1]

    @given(years, st.lists(gross_cents, min_size=2, max_size=11))
    def test_before_it_each_month_is_the_month_alone(self, of, grosses):
        for slip in year(grosses, of=of):
            alone = RULES.payslip(slip.month, slip.facts)
            assert slip.lines == alone.lines
            assert slip.reductions == alone.reductions
            assert all(getattr(slip, f"{name}_cents") == getattr(alone, f"{name}_cents") for name in TOTALS)

    @given(years, st.lists(gross_cents, min_size=2, max_size=11))
    def test_cents_add_up_over_the_year(self, of, grosses):
        slips = year(grosses, of=of, leaves=True)
        last = slips[-1].year_to_date
        for base in ("gross_pay", "bracket_1", "bracket_2", "csg_pay"):
            codes = {"gross_pay": "old_age_uncapped", "bracket_1": "old_age_capped", "bracket_2": "agirc_arrco_t2",
                     "csg_pay": "csg_deductible"}  # fmt: skip
            assert sum(slip.line(codes[base]).base_cents for slip in slips) == last.bases[base]
        assert sum(slip.reductions_cents for slip in slips) == last.granted["general_reduction"]


class TestWhatElseReadsTheState:
    """Everything that works a month out again from its payslip knows what it was measured on."""

    @pytest.mark.parametrize("leaves", [False, True])
    def test_every_amount_is_explained(self, leaves):
        slip = year(PAYS, leaves=leaves)[-1]
        checked = sum(
            check_explanation(explain_amount(slip, name), "fr") for name, _, _ in explainable_amounts(slip)
        )
        assert checked > 50

    def test_a_comparison_names_the_choice(self):
        late = year(PAYS)[-1]
        soon = year(PAYS, attrs.evolve(FACTS, regularisation=Regularisation.PROGRESSIVE))[-1]
        difference = compare_payslips(soon, late)
        assert (
            difference.totals["employer_cost"].cents
            == late.employer_cost_cents - soon.employer_cost_cents
            != 0
        )

    def test_the_state_before_is_found_again(self):
        slips = year(PAYS)
        again = RULES.payslip("2026-04", slips[-1].facts, year_to_date=slips[-2].year_to_date)
        assert not compare_payslips(slips[-1], again)
        assert state_before(slips[-1]).bases == slips[-2].year_to_date.bases
        assert state_before(slips[-1]).granted == slips[-2].year_to_date.granted

    @given(st.integers(0, 1_200_000), st.booleans())
    def test_the_inverse_finds_the_pay_again(self, gross, leaves):
        state = year(PAYS[:3])[-1].year_to_date
        facts = attrs.evolve(FACTS, gross_pay_cents=gross, last_month=leaves)
        cost = RULES.payslip("2026-04", facts, year_to_date=state).employer_cost_cents
        found = RULES.inverse("2026-04", facts, year_to_date=state).grosses_for("employer_cost", cost)
        assert gross in found.grosses_cents

    def test_in_columns(self):
        np = pytest.importorskip("numpy")
        people = [PAYS, (0, 900_000, 0, 500_000), (1_000_000, 0, 0, 0)]
        for leaves in (False, True):
            state = None
            for month, grosses in enumerate(zip(*people, strict=True), start=1):
                facts = attrs.evolve(
                    FACTS, gross_pay_cents=np.array(grosses, dtype=np.int64), last_month=leaves and month == 4
                )
                batch = RULES.payslips(Month(2026, month), facts, year_to_date=state, lines=True)
                state = batch.year_to_date
            for position, grosses in enumerate(people):
                slip, row = year(grosses, leaves=leaves)[-1], batch.row(position)
                assert row.lines == slip.lines
                assert row.reductions == slip.reductions
                assert row.year_to_date.bases == slip.year_to_date.bases
                assert explain_amount(row, "employer_cost") == explain_amount(slip, "employer_cost")


class TestFacts:
    """The choice is read by its name; one for a whole batch."""

    def test_by_name(self):
        assert FACTS.regularisation is Regularisation.YEAR_END
        assert PayFacts.of(0, workplace_accident_rate="1").regularisation is Regularisation.PROGRESSIVE
        assert Regularisation.YEAR_END.french_name == "en fin d'année"

    def test_another_name(self):
        with pytest.raises(
            InputError, match="regularisation: expected one of progressive, year_end, got 'never'"
        ):
            PayFacts.of(0, workplace_accident_rate="1", regularisation="never")

    def test_the_last_month_is_yes_or_no(self):
        with pytest.raises(InputError, match="last_month: expected true or false, got 1"):
            PayFacts.of(0, workplace_accident_rate="1", last_month=1)


class TestStatusOfTheMonth:
    """
    Each month has the status and the headcount it has: what is due to date less what was charged before stands
    on bases, the rates are those of the month.
    """

    def test_an_executive_from_july(self):
        """Apec on the capped pay, 0.024 and 0.036 %, from the month of the change on; earlier months are not touched."""
        state, slips = None, []
        for number in range(1, 13):
            facts = PayFacts.of("4000", headcount=30, workplace_accident_rate="1.05", executive=number >= 7)
            slips.append(RULES.payslip(Month(2025, number), facts, year_to_date=state))
            state = slips[-1].year_to_date
        assert [slip.line("apec").employer_cents for slip in slips] == [0] * 6 + [144] * 6
        assert all(slip.line("apec").base_cents == 400_000 for slip in slips[6:])

    def test_the_base_of_a_line_that_starts_in_the_year_takes_up_no_earlier_month(self):
        """2,000 € from January to June, then 10,000 €: the base up to four ceilings is the month's 10,000 €."""
        state = None
        for number in range(1, 8):
            facts = PayFacts.of(
                "10000" if number == 7 else "2000",
                headcount=30,
                workplace_accident_rate="1.05",
                executive=number == 7,
            )
            slip = RULES.payslip(Month(2025, number), facts, year_to_date=state)
            state = slip.year_to_date
        assert slip.line("apec").base_cents == 1_000_000

    def test_the_headcount_crosses_fifty_on_1_january(self):
        """FNAL: 0.10 % up to the ceiling below 50, 0.50 % of the whole pay from 50; the maximum of the reduction follows."""
        slips = [
            RULES.payslip(
                month,
                PayFacts.of(
                    "5000", headcount=headcount, workplace_accident_rate="1.05", hours_policy="full_time"
                ),
            )
            for month, headcount in (("2025-12", 49), ("2026-01", 50))
        ]
        assert [sum(line.employer_cents for line in slip.lines if line.code.startswith("fnal")) for slip in slips] == [
            divide_half_up(392_500 * 1_000, 10**6), divide_half_up(500_000 * 5_000, 10**6)
        ]  # fmt: skip
        assert [slip.reductions[0].maximum for slip in slips] == [3_193, 4_021]

    def test_a_headcount_that_rises_in_the_year_keeps_the_scale_of_each_month(self):
        """2,000 € in June (30 people) and July (60) 2026: each pay under its own maximum, one ratio of the year."""
        facts = [
            PayFacts.of("2000", headcount=size, workplace_accident_rate="1.05", hours_policy="full_time")
            for size in (30, 60)
        ]
        june = RULES.payslip("2026-06", facts[0])
        july = RULES.payslip("2026-07", facts[1], year_to_date=june.year_to_date)
        # ½ × (3 × 1,823.0333 / 2,000 − 1) = 0.867275; ^ 1.75 = 0.779412
        # 0.0200 + 0.3781 × 0.779412 = 0.3147 and 0.0200 + 0.3821 × 0.779412 = 0.3178
        assert june.reductions_cents == 62_940
        assert july.reductions_cents == 63_560

    @pytest.mark.parametrize("policy", ["full_time", "equivalent_hours"])
    def test_a_month_without_pay(self, policy):
        """Its ceiling counts while the contract runs; its hours only under full time."""
        facts = PayFacts.of("6000", headcount=30, workplace_accident_rate="1.05", hours_policy=policy)
        empty = RULES.payslip("2026-01", facts.with_gross(0))
        paid = RULES.payslip("2026-02", facts, year_to_date=empty.year_to_date)
        assert empty.employer_cost_cents == 0
        assert paid.line("old_age_capped").base_cents == 600_000
        # Two months at full time: 6,000 / 3,646.07 is under three; under equivalent hours 6,000 / 1,823.03 is over.
        assert (paid.reductions_cents > 0) is (policy == "full_time")

    def test_a_suspended_month_has_no_ceiling_and_no_hours(self):
        """All its days are absence: it adds neither ceiling nor reference wage, even at full time."""
        facts = PayFacts.of(
            "0", headcount=30, workplace_accident_rate="1.05", hours_policy="full_time", employed_days=0
        )
        state = RULES.payslip("2026-01", facts).year_to_date
        assert (state.sums["ceiling"], state.sums["reference_wage"]) == (0, 0)
        assert isinstance(state, YearToDate)
