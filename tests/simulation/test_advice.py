"""The best plan of a family, the price of each guarantee, and what is said where no plan keeps them all.

Expected figures come from the one-person engine, from counting by hand over the paths of ``simulate``, and
from the minimum wage of 2026: 12.02 € an hour, so that a quarter is 1,803.00 € (150 hours) and four of them
are twelve months of 601.00 €, which are 50 hours a month and 150 over three.
"""

from functools import cache
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_samples import COOPERATIVE, RULES, contract, engagement, scale, scenario

from cae_core import HoursPolicy, InputError, Month, Regularisation
from cae_core.account import AvailabilityPolicy
from cae_core.money import Rate
from cae_core.simulation import (
    AccountHolds,
    Aim,
    Draws,
    Expenses,
    FixedPartPaid,
    NetReached,
    Payment,
    Plan,
    PlanFamily,
    RightHeld,
    SeasonalTurnover,
    Start,
    WatchDay,
    Watched,
    advise,
    family_for,
    judge,
    outcome_of,
    project,
    simulate,
)
from cae_core.simulation.plan_runs import gathered

np = pytest.importorskip("numpy")
RIGHTS = RULES.entitlements
QUARTERS = Watched(RIGHTS["retirement_quarters"], WatchDay.YEAR_END)
SICKNESS = Watched(RIGHTS["sickness_daily_benefit"], WatchDay.EACH_MONTH)


def percent(text):
    return Rate.percent(text)


def four_quarters(chance="95"):
    return RightHeld(watch=QUARTERS, figure="quarters", least=4, unit="quarters", chance=percent(chance))


APRIL = Month(2026, 4)


def covered(chance="95", since=APRIL):
    return RightHeld(watch=SICKNESS, figure="granted", since=since, chance=percent(chance))


#: A year, clients that pay late, some money at the start.
YEAR = scenario(
    last=Month(2026, 12),
    start=Start(treasury_cents=400_000),
    turnover=SeasonalTurnover(yearly_cents=1_500_000, from_year=2026),
)
FAMILY = PlanFamily(monthly_cents=(0, 40_000, 60_000, 60_100, 80_000, 150_000), reserves_cents=(0, 250_000))
GUARANTEES = (
    AccountHolds(chance=percent("80")),
    FixedPartPaid(),
    four_quarters("90"),
    covered("90"),
    NetReached(net_cents=40_000),
)
#: No draw, no cover, 2,000 € a month cashed at once, 10 % to the cooperative: 1,800 € a month to spend.
STEADY = scenario(
    last=Month(2026, 12),
    engagement=engagement(
        cooperative=attrs.evolve(COOPERATIVE, health_cover_employee_cents=0, health_cover_employer_cents=0)
    ),
    shocks=(),
    invoices=None,
    payment=Payment(),
    expenses=Expenses(),
    turnover=SeasonalTurnover(yearly_cents=2_400_000, from_year=2026),
)


@cache
def advice(aim=Aim.MONTHLY, guarantees=GUARANTEES, paths=120):
    return advise(RULES, YEAR, guarantees, seed=3, paths=paths, aim=aim, family=FAMILY)


@cache
def simulated(plan, paths=120):
    return simulate(RULES, plan.scenario(YEAR), seed=3, paths=paths, watched=(QUARTERS, SICKNESS))


@cache
def counted(plan):
    """Return what the paths of a plan say, counted one path and one month at a time."""
    many, paths = simulated(plan), range(120)
    treasury, pay, net = (many[name].T.tolist() for name in ("treasury", "gross_pay", "net_before_tax"))
    quarters = many.right("retirement_quarters.quarters").values[0].tolist()
    sick = many.right("sickness_daily_benefit.granted")
    held = sick.values.T.tolist()
    from_april = [
        rank for rank, day in enumerate(sick.days) if (day.month, day.day) >= (4, 1) or day.year == 2027
    ]
    holds = (
        [all(cents >= 0 for cents in treasury[path]) for path in paths],
        [all(cents >= 60_000 for cents in pay[path]) for path in paths],
        [quarters[path] >= 4 for path in paths],
        [all(held[path][rank] for rank in from_april) for path in paths],
        [all(cents >= 40_000 for cents in net[path]) for path in paths],
    )
    totals = sorted(sum(net[path]) + min(treasury[path][-1], 0) for path in paths)
    return {
        "holds": tuple(sum(each) for each in holds),
        Aim.MONTHLY: min(min(each) for each in net),
        # The mean to the cent, half up; the path in the middle is the sixtieth of 120.
        Aim.MEAN: (2 * sum(totals) + 120) // 240,
        Aim.MEDIAN: totals[59],
    }


NEEDED = (96, 120, 108, 108, 120)


def best_by_hand(aim, kept):
    """Return the best plan of the family that keeps some guarantees, by looking at every one of them."""
    found = None
    for plan in FAMILY:
        said = counted(plan)
        if any(said["holds"][rank] < NEEDED[rank] for rank in kept):
            continue
        key = (said[aim], said[Aim.MEAN], plan.monthly_cents, -plan.reserve_cents)
        if found is None or key > found[0]:
            found = key, plan
    return None if found is None else found[1]


class TestBruteForce:
    @pytest.mark.parametrize("aim", Aim)
    def test_the_best_plan_is_the_best_one(self, aim):
        found = advice(aim)
        assert found.feasible
        assert found.best.plan == best_by_hand(aim, range(5))
        assert found.best.value(aim) == counted(found.best.plan)[aim]

    @pytest.mark.parametrize("aim", Aim)
    def test_and_so_it_is_for_any_part_of_the_guarantees(self, aim):
        """All 32 parts of the guarantees, of which the prices use six."""
        found, different = advice(aim), set()
        for size in range(6):
            for kept in combinations(range(5), size):
                best = found.best_of(GUARANTEES[rank] for rank in kept)
                assert (best and best.plan) == best_by_hand(aim, kept), kept
                different.add(best.plan)
        assert len(different) > 1

    def test_every_count_is_that_of_the_paths(self):
        for outcome in advice().outcomes:
            said = counted(outcome.plan)
            assert tuple(verdict.chance.count for verdict in outcome.verdicts) == said["holds"]
            assert tuple(verdict.met for verdict in outcome.verdicts) == tuple(
                count >= needed for count, needed in zip(said["holds"], NEEDED, strict=True)
            )
            assert outcome.mean_cents == said[Aim.MEAN]
            assert outcome.median_cents == said[Aim.MEDIAN]
            assert outcome.monthly_net_cents == said[Aim.MONTHLY]

    def test_the_counts_differ_between_plans(self):
        """Else the comparison would say nothing: each guarantee is kept by some plans and not by others."""
        for rank, needed in enumerate(NEEDED):
            kept = {counted(plan)["holds"][rank] >= needed for plan in FAMILY}
            assert kept == {True, False}, GUARANTEES[rank].name("en")


class TestPlan:
    def test_keeps_its_guarantees_when_it_is_simulated_again(self):
        found = advice()
        again = simulated(found.best.plan)
        assert outcome_of(found.best.plan, again, GUARANTEES) == found.best
        assert all(judge(guarantee, again).met for guarantee in GUARANTEES)

    def test_pays_the_same_every_month_and_settles_in_december(self):
        plan = advice().best.plan
        alone = project(RULES, plan.scenario(YEAR), seed=3, path=7)
        pays = [slip.gross_pay_cents for slip in alone.payslips]
        assert set(pays[:11]) == {plan.monthly_cents}
        assert pays[11] >= plan.monthly_cents
        column = simulated(plan)["treasury"][:, 7].tolist()
        assert [month.cents("treasury") for month in alone] == column

    def test_was_judged_on_paths_that_did_not_choose_it(self):
        found = advice()
        plan = found.best.plan
        others = simulate(
            RULES, plan.scenario(YEAR), seed=3, paths=range(120, 240), watched=(QUARTERS, SICKNESS)
        )
        assert found.elsewhere == outcome_of(plan, others, GUARANTEES)
        assert found.elsewhere.mean_cents != found.best.mean_cents

    def test_the_same_seed_gives_the_same_advice(self):
        first = advice()
        again = advise(RULES, YEAR, GUARANTEES, seed=3, paths=120, family=FAMILY)
        other = advise(RULES, YEAR, GUARANTEES, seed=4, paths=120, family=FAMILY)
        assert (again.outcomes, again.best, again.elsewhere) == (first.outcomes, first.best, first.elsewhere)
        assert other.outcomes != first.outcomes

    def test_a_plan_of_a_plan_has_the_contract_of_the_person(self):
        once = Plan(monthly_cents=10_000).engagement(YEAR.engagement)
        twice = Plan(monthly_cents=20_000, settles_in=None).engagement(once)
        assert twice.contract.contract is YEAR.engagement.contract
        assert twice.contract.fixed_pay_citation == YEAR.engagement.contract.fixed_pay_citation
        assert twice.fixed_pay(Month(2026, 3)) == 20_000

    def test_a_month_that_starts_late_is_paid_by_days(self):
        """From 15 June, sixteen days of thirty; and it is no whole month, so no net is asked of it."""
        late = attrs.evolve(
            YEAR,
            engagement=engagement(contract=contract(starts_on="2026-06-15", signed_on="2026-05-20")),
            support_scale=scale(code="support"),
        )
        plan = Plan(monthly_cents=90_000)
        assert plan.engagement(late.engagement).fixed_pay(Month(2026, 6)) == 48_000
        net = NetReached(net_cents=60_000)
        assert judge(net, simulate(RULES, plan.scenario(late), seed=1, paths=8)).met


class TestSideBySide:
    """Plans are run side by side in the columns: each has the cents it has alone."""

    LATE = Payment(delays=((1, Rate.percent("60")), (3, Rate.percent("30"))), written_off_after=5)
    ENDS = contract(signed_on="2026-01-20", starts_on="2026-02-15", ends_on="2027-02-10")

    @pytest.mark.parametrize(
        "changes",
        [
            {"engagement": engagement(contract=ENDS), "support_scale": scale(code="support")},
            {"engagement": engagement(availability=AvailabilityPolicy.ACCRUAL), "payment": LATE},
            {"engagement": engagement(executive=True, hours_policy=HoursPolicy.FULL_TIME)},
            {"engagement": engagement(regularisation=Regularisation.YEAR_END), "last": Month(2026, 12)},
            {"start": Start(treasury_cents=-50_000), "payment": LATE},
            {"shocks": (), "invoices": None, "payment": Payment()},
        ],
        ids=["from support to exit", "accrual", "full time", "year end", "debt", "nothing drawn"],
    )
    def test_as_alone(self, changes):
        base = scenario(**{"last": Month(2027, 3), **changes})
        family = PlanFamily(monthly_cents=(0, 50_000, 140_000), reserves_cents=(0, 90_000), settles_in=8)
        found = advise(RULES, base, GUARANTEES, seed=6, paths=40, family=family)
        for plan, outcome in zip(family, found.outcomes, strict=True):
            alone = simulate(RULES, plan.scenario(base), seed=6, paths=40, watched=(QUARTERS, SICKNESS))
            assert outcome == outcome_of(plan, alone, GUARANTEES)

    def test_however_many_are_together(self, monkeypatch):
        monkeypatch.setattr("cae_core.simulation.plan_runs._COLUMNS", 250)
        again = advise(RULES, YEAR, GUARANTEES, seed=3, paths=120, family=FAMILY)
        assert again.outcomes == advice().outcomes


class TestPrices:
    @pytest.mark.parametrize("aim", Aim)
    def test_are_what_the_best_plan_without_gives_more(self, aim):
        found = advice(aim)
        assert [price.guarantee for price in found.prices] == list(GUARANTEES)
        for rank, price in enumerate(found.prices):
            without = best_by_hand(aim, [other for other in range(5) if other != rank])
            assert price.without.plan == without
            assert price.cents == counted(without)[aim] - counted(found.best.plan)[aim] >= 0
        assert any(price.cents for price in found.prices)

    def test_of_the_account_every_month_by_the_payslip(self):
        """The net of a month is that of a payslip of its own: the price is the difference of two of them."""
        found = advice()
        price = found.prices[0]
        assert price.guarantee.code == "account_holds"

        def net(plan):
            facts = YEAR.engagement.facts(Month(2026, 1), plan.monthly_cents)
            return RULES.payslip("2026-01", facts).net_before_tax_cents

        assert found.best.plan.monthly_cents < price.without.plan.monthly_cents == 150_000
        # Rounding makes a month of the year a cent or so less than January.
        assert abs(price.cents - (net(price.without.plan) - net(found.best.plan))) <= 2

    guarantees = st.lists(
        st.one_of(
            st.builds(
                AccountHolds,
                floor_cents=st.integers(-100_000, 100_000),
                chance=st.integers(1, 100).map(lambda each: percent(str(each))),
            ),
            st.just(FixedPartPaid()),
            st.integers(1, 100).map(lambda each: four_quarters(str(each))),
            st.integers(1, 100).map(lambda each: covered(str(each))),
            st.builds(NetReached, net_cents=st.integers(0, 130_000)),
        ),
        min_size=1,
        max_size=5,
        unique=True,
    )

    @settings(max_examples=25, deadline=None)
    @given(guarantees, st.sampled_from(Aim), st.integers(0, 2**32 - 1), st.data())
    def test_to_give_up_a_guarantee_never_makes_it_worse(self, asked, aim, seed, data):
        """Advice asked again without one of them: as good or better, whatever is asked."""
        given_up = data.draw(st.sampled_from(asked))
        left = [guarantee for guarantee in asked if guarantee != given_up]
        short = attrs.evolve(YEAR, last=Month(2026, 6))
        some = PlanFamily(monthly_cents=(0, 60_000, 100_000), reserves_cents=(0, 150_000), settles_in=4)
        options = {"seed": seed, "paths": 20, "aim": aim, "family": some}
        full, less = (advise(RULES, short, each, **options) for each in (asked, left))
        if full.feasible:
            assert less.feasible
            assert less.best.value(aim) >= full.best.value(aim)
            price = full.prices[asked.index(given_up)]
            assert price.without.plan == less.best.plan
            assert price.cents == less.best.value(aim) - full.best.value(aim)
            assert full.shortfalls == ()
        else:
            assert full.prices == ()
            assert [each.guarantee for each in full.shortfalls] == [
                verdict.guarantee for verdict in full.best.broken
            ]
            assert full.shortfalls


class TestByHand:
    def test_four_quarters_are_601_euros_a_month(self):
        family = PlanFamily(monthly_cents=(60_000, 60_099, 60_100), settles_in=None)
        found = advise(RULES, STEADY, [four_quarters("100")], seed=1, paths=1, family=family)
        assert [outcome.verdicts[0].slack for outcome in found.outcomes] == [-1, -1, 0]
        assert found.best.plan.monthly_cents == 60_100

    def test_cover_is_150_hours_over_three_months(self):
        """At 600 € a month it is 149.75 hours, and the cover is missing on each day from April to January."""
        family = PlanFamily(monthly_cents=(60_000, 60_100), settles_in=None)
        found = advise(RULES, STEADY, [covered("100")], seed=1, paths=1, family=family)
        assert [outcome.verdicts[0].slack for outcome in found.outcomes] == [-10, 0]

    def test_without_a_delay_the_first_months_are_not_covered(self):
        found = advise(
            RULES, STEADY, [covered("100", since=None)], seed=1, paths=1,
            family=PlanFamily(monthly_cents=(60_100,), settles_in=None),
        )  # fmt: skip
        # On 1 February and 1 March there are not yet 150 hours.
        assert not found.feasible
        assert found.shortfalls[0].verdict.slack == -2

    def test_december_pays_the_quarters_that_the_months_do_not(self):
        """Nothing all year, then about 21,600 €: four quarters, but no cover of sickness before January."""
        family = PlanFamily(monthly_cents=(0,))
        found = advise(RULES, STEADY, [four_quarters("100"), covered("100")], seed=1, paths=1, family=family)
        assert [verdict.slack for verdict in found.best.verdicts] == [0, -9]

    @pytest.mark.parametrize("monthly", [0, 60_000, 130_000])
    def test_the_account_is_what_is_cashed_less_the_fee_and_the_pay(self, monthly):
        family = PlanFamily(monthly_cents=(monthly,), settles_in=None)
        asked = [AccountHolds(chance=percent("100")), AccountHolds(floor_cents=-12_345)]
        found = advise(RULES, STEADY, asked, seed=1, paths=1, family=family)
        balance, lowest, nets, year = 0, [], [], None
        for month in STEADY.months:
            law = RULES.month_law(month, assume_unchanged=True)
            facts = STEADY.engagement.facts(month, monthly)
            slip = RULES.payslip(month, facts, year_to_date=year, assume_unchanged=True)
            assert slip.law is law or slip.month == month
            year = slip.year_to_date
            balance += 180_000 - slip.employer_cost_cents
            lowest.append(balance)
            nets.append(slip.net_before_tax_cents)
        outcome = found.outcomes[0]
        assert outcome.verdicts[0].slack == min(lowest)
        assert outcome.verdicts[1].slack == min(lowest) + 12_345
        assert outcome.kept_cents == max(lowest[-1], 0)
        assert outcome.mean_cents == outcome.median_cents == sum(nets) + min(lowest[-1], 0)
        assert outcome.monthly_net_cents == min(nets)

    def test_the_fixed_part_is_that_of_the_contract(self):
        family = PlanFamily(monthly_cents=(59_999, 60_000), settles_in=None)
        found = advise(RULES, STEADY, [FixedPartPaid()], seed=1, paths=1, family=family)
        assert [outcome.verdicts[0].slack for outcome in found.outcomes] == [-1, 0]

    def test_a_net_is_that_of_the_payslip(self):
        slips = [
            RULES.payslip(month, STEADY.engagement.facts(month, 80_000), assume_unchanged=True)
            for month in STEADY.months
        ]
        least = min(slip.net_before_tax_cents for slip in slips)
        family = PlanFamily(monthly_cents=(80_000,), settles_in=None)
        for net, slack in ((least, 0), (least + 1, -1)):
            asked = NetReached(net_cents=net)
            found = advise(RULES, STEADY, [asked], seed=1, paths=1, family=family)
            assert abs(found.best.verdicts[0].slack - slack) <= 1
            assert found.best.verdicts[0].slack == found.best.monthly_net_cents - net


class _Given:
    """A guarantee whose margins are written down."""

    code, unit, watched = "given", "cents", ()

    def __init__(self, chance, margins):
        self.chance, self.given = percent(chance), margins

    def name(self, lang="fr"):
        return "given"

    def margins(self, simulation):
        return np.asarray(self.given, dtype=np.int64)


class TestVerdict:
    """Chances are counted: 95 % of 100 paths are 95 paths, of 10 paths all ten."""

    @pytest.mark.parametrize(
        ("chance", "margins", "met", "slack"),
        [
            ("95", [0] * 95 + [-1] * 5, True, 0),
            ("95", [0] * 94 + [-7] * 6, False, -7),
            ("95", [4] * 9 + [-3], False, -3),
            ("90", [4] * 9 + [-3], True, 4),
            ("100", [5, 2, 9], True, 2),
            ("1", [-5, -2, -9], False, -2),
            ("33.34", [8, -1, -2], False, -1),
            ("33.33", [8, -1, -2], True, 8),
        ],
    )
    def test_counts(self, chance, margins, met, slack):
        found = judge(_Given(chance, margins), None)
        assert (found.met, found.slack) == (met, slack)
        assert found.met == (found.chance.count * 10**6 >= percent(chance).ppm * len(margins))
        assert (found.missing_ppm > 0) is not met
        assert found.reason().met is met

    def test_words(self):
        verdict = judge(_Given("95", [1, 1, 1, -1]), None)
        assert verdict.reason().french == "given : 75,00\u00a0% des trajectoires, 95,00\u00a0% demandés"
        assert verdict.reason().english == "given: 75.00% of the paths, 95.00% wanted"
        assert (verdict.reason().found, verdict.reason().wanted) == (750_000, 950_000)


class TestNothingAsked:
    """A guarantee about days or months that are not looked at holds: it asks nothing."""

    @pytest.mark.parametrize(
        "guarantee", [covered(since=Month(2030, 1)), attrs.evolve(four_quarters(), since=Month(2030, 1))]
    )
    def test_days_after_the_last(self, guarantee):
        assert judge(guarantee, simulated(Plan(monthly_cents=0))).chance.count == 120

    def test_no_whole_month(self):
        partial = attrs.evolve(
            YEAR,
            first=Month(2026, 6),
            last=Month(2026, 6),
            engagement=engagement(contract=contract(starts_on="2026-06-15", signed_on="2026-05-20")),
        )
        many = simulate(RULES, Plan(monthly_cents=10).scenario(partial), seed=1, paths=4)
        assert judge(NetReached(net_cents=10**6), many).met
        assert not judge(FixedPartPaid(), many).met

    def test_a_right_never_asked_about(self):
        many = simulate(RULES, Plan(monthly_cents=0).scenario(YEAR), seed=1, paths=4)
        assert judge(covered(), many).met


class TestInfeasible:
    def test_one_that_no_plan_reaches(self):
        """The largest pay of the family is 1,500 € gross: a net of 3,000 € is missing by the rest."""
        asked = (*GUARANTEES[:2], NetReached(net_cents=300_000))
        found = advice(Aim.MONTHLY, asked)
        assert not found.feasible
        assert found.prices == ()
        (short,) = [each for each in found.shortfalls if each.guarantee.code == "net_reached"]
        assert not short.alone
        assert short.best.plan.monthly_cents == 150_000
        assert short.best.verdict(asked[2]).slack == short.best.monthly_net_cents - 300_000 < -150_000
        assert short.without is not None
        assert short.without.plan == best_by_hand(Aim.MONTHLY, (0, 1))
        assert [reason.met for reason in found.reasons] == [not v.slack < 0 for v in found.best.verdicts]

    def test_two_that_do_not_go_together(self):
        """A net of 1,000 € in every month, and an account that never falls short: either, not both."""
        asked = (AccountHolds(chance=percent("90")), NetReached(net_cents=100_000))
        found = advice(Aim.MONTHLY, asked)
        assert not found.feasible
        assert found.shortfalls
        for short in found.shortfalls:
            assert short.alone
            assert short.without is not None
            assert short.verdict.missing_ppm > 0
            assert short.verdict.slack < 0

    def test_the_nearest_plan_lacks_the_least(self):
        asked = (AccountHolds(chance=percent("90")), NetReached(net_cents=100_000))
        found = advice(Aim.MONTHLY, asked)
        lacking = []
        for plan in FAMILY:
            account = counted(plan)["holds"][0] * 10_000 // 12 * 10
            nets = simulated(plan)["net_before_tax"].min(axis=0).tolist()
            net = sum(cents >= 100_000 for cents in nets) * 10_000 // 12 * 10
            lacking.append(max(900_000 - account, 0) + max(1_000_000 - net, 0))
        least = [plan for plan, each in zip(FAMILY, lacking, strict=True) if each <= min(lacking) + 10]
        assert found.best.plan in least


class TestLadder:
    def test_more_pay_is_less_safe(self):
        account = GUARANTEES[0]
        rungs = advice().ladder(account, others=False)
        assert [rung.plan.monthly_cents for rung in rungs] == list(FAMILY.monthly_cents)
        counts = [rung.verdict(account).chance.count for rung in rungs]
        assert counts == sorted(counts, reverse=True)
        assert counts == [
            max(counted(plan)["holds"][0] for plan in FAMILY if plan.monthly_cents == monthly)
            for monthly in FAMILY.monthly_cents
        ]

    def test_with_the_others_kept(self):
        account = GUARANTEES[0]
        kept = [rung.plan.monthly_cents for rung in advice().ladder(account)]
        assert kept
        assert all(
            any(
                all(counted(plan)["holds"][rank] >= NEEDED[rank] for rank in (1, 2, 3, 4))
                for plan in FAMILY
                if plan.monthly_cents == monthly
            )
            for monthly in kept
        )


class TestFamily:
    def test_goes_up_to_what_the_activity_carries_on_average(self):
        draws = Draws(3, range(120))
        family = family_for(RULES, YEAR, YEAR.flows(draws), 120)
        step = family.monthly_cents[1]
        top = family.monthly_cents[-1]
        assert family.monthly_cents == tuple(range(0, top + step, step))
        # What comes in, less expenses and fee, with what was there: the mean of the paths.
        many = simulate(RULES, Plan(monthly_cents=0, settles_in=None).scenario(YEAR), seed=3, paths=120)
        carried = 400_000 + int((many["cashed"] - many["expenses"] - many["fee"]).sum(axis=0).mean())

        nothing_drawn = attrs.evolve(STEADY, engagement=YEAR.engagement)

        def cost(monthly):
            plan = Plan(monthly_cents=monthly, settles_in=None)
            alone = project(RULES, plan.scenario(nothing_drawn))
            return sum(slip.employer_cost_cents for slip in alone.payslips)

        assert cost(top) <= carried + 1
        assert cost(top + step) > carried - 1
        assert family.reserves_cents[0] == 0
        assert len(family.reserves_cents) == 6

    def test_pays_that_a_guarantee_asks_for_are_in_it(self):
        asked = [FixedPartPaid(), NetReached(net_cents=51_234)]
        found = advise(RULES, YEAR, asked, seed=3, paths=10)
        pays = {outcome.plan.monthly_cents for outcome in found.outcomes}
        assert 60_000 in pays
        (exact,) = asked[1].pays_cents(RULES, YEAR)
        assert exact in pays
        assert exact % 100 == 0
        nets = [
            RULES.payslip(
                month, YEAR.engagement.facts(month, exact), assume_unchanged=True
            ).net_before_tax_cents
            for month in YEAR.months
        ]
        assert 51_234 <= min(nets) < 51_234 + 100

    def test_nothing_comes_in(self):
        """Then only what is asked for is compared, and the answer says that the account does not hold."""
        poor = attrs.evolve(STEADY, turnover=SeasonalTurnover(yearly_cents=0, from_year=2026))
        found = advise(RULES, poor, [FixedPartPaid(), AccountHolds()], seed=1, paths=1)
        assert {outcome.plan.monthly_cents for outcome in found.outcomes} == {0, 60_000}
        assert not found.feasible
        assert {short.guarantee.code for short in found.shortfalls} <= {"account_holds", "fixed_part_paid"}

    def test_sales_put_together_are_the_same_sums(self):
        flows = YEAR.flows(Draws(9, range(300)))
        fewer = gathered(flows)
        assert len(fewer.sales) < len(flows.sales)
        for name in ("invoiced", "cashed", "written_off", "spent"):
            for before, after in zip(getattr(flows, name)(), getattr(fewer, name)(), strict=True):
                assert (np.zeros(300, dtype=np.int64) + before == after).all()

    def test_progress(self):
        steps = []
        advise(
            RULES, STEADY, [AccountHolds()], seed=1, paths=1,
            family=PlanFamily(monthly_cents=(0, 100)), step=lambda *done: steps.append(done),
        )  # fmt: skip
        assert steps == [(1, 2), (2, 2)]


class TestRefusals:
    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: advise(RULES, STEADY, [AccountHolds()] * 2, seed=1, paths=1), "given twice"),
            (lambda: advise(RULES, STEADY, [AccountHolds()], seed=1, paths=0), "one path or more"),
            (
                lambda: advise(
                    RULES,
                    attrs.evolve(STEADY, engagement=engagement(contract=contract(starts_on="2027-01-01"))),
                    [],
                    seed=1,
                    paths=1,
                ),
                "is worked",
            ),
            (
                lambda: advise(
                    RULES,
                    STEADY,
                    [covered(), attrs.evolve(covered(), watch=attrs.evolve(SICKNESS, on=WatchDay.LAST_DAY))],
                    seed=1,
                    paths=1,
                ),
                "two kinds of days",
            ),
            (lambda: AccountHolds(chance=Rate(0)), "over 0 %"),
            (lambda: AccountHolds(floor_cents="0"), "whole cents"),
            (lambda: Plan(monthly_cents=-1), "zero or more"),
            (lambda: PlanFamily(monthly_cents=()), "one pay or more"),
            (lambda: PlanFamily(monthly_cents=(0,), settles_in=13), "from 1 to 12"),
            (lambda: advice().best.verdict(AccountHolds(floor_cents=3)), "was not asked"),
        ],
    )
    def test_say_what_was_wanted(self, make, message):
        with pytest.raises(InputError, match=message):
            make()


class TestNames:
    @pytest.mark.parametrize(
        ("guarantee", "french", "english"),
        [
            (AccountHolds(), "compte jamais sous 0,00 €", "account never under €0.00"),
            (FixedPartPaid(), "part fixe du contrat payée", "fixed part of the contract paid"),
            (
                NetReached(net_cents=120_000),
                "net d'au moins 1 200,00 € par mois",
                "net of €1,200.00 a month at least",
            ),
            (
                four_quarters(),
                "Trimestres de retraite ≥ 4, le 31 décembre",
                "Retirement quarters ≥ 4, 31 December",
            ),
            (
                covered(),
                "Indemnités journalières maladie, le lendemain de chaque mois",
                "Sickness daily benefits, the day after each month",
            ),
        ],
    )
    def test_in_both_languages(self, guarantee, french, english):
        plain = guarantee.name("fr").replace("\u202f", " ").replace("\u00a0", " ")
        assert (plain, guarantee.name("en")) == (french, english)
