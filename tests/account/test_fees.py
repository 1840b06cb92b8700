"""The fee of a month, of a year, and since entry. Expected values are published or computed apart."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import attrs
import pytest
from account_samples import BAGS, entry, scale, year
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import (
    ActivityAccount,
    EntryKind,
    FeeBase,
    FeeBracket,
    FeeLimit,
    FeeLineKind,
    FeeMode,
    FeePeriod,
    FeeScale,
    FeeState,
    MonthActivity,
    charge_month,
    fee_for,
)
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Rate

ASTROLABE = (
    "https://git.astrolabe.coop/AstrolabeCAE/DocumentsPublics/commit/c643dcb38f1809a0c212d15e07a0528cebcf7fe4"
    "?files=docs%2Fri%2F1-droits-obligations"
)
OPTEOS = "https://opteos.fr/votre-projet"
COOPANAME = "http://www.coopaname.coop/article/cest-combien"
MOSAIQUE = "https://caemosaique.fr/mosaique/remuneration-et-contribution"
CREALEAD = "https://crealead.com/devenez-co-entrepreneur/la-gestion-de-lactivite/la-contribution-cooperative"
ENCOM1 = "http://encom1.fr/doku.php/wiki/cooperative/entrepreneur_salarie"
TUMUKUMAKOP = "https://cae-tumukumakop.com/faq/"
EQUINOXE = "https://equinoxe-sport.fr/la-cooperative-dactivite-et-demploi/je-suis-un-sportif/en-savoir-plus"


def even(euros: int, months: int = 12) -> list[int]:
    """Spread euros over months, the odd cents in the last one."""
    each = euros * 100 // months
    return [each] * (months - 1) + [euros * 100 - each * (months - 1)]


def lump(euros: int, at: int = 0, months: int = 12) -> list[int]:
    """Put all the euros in one month."""
    return [euros * 100 if rank == at else 0 for rank in range(months)]


def total(charges) -> int:
    return sum(charge.amount_cents for charge in charges)


def cents_of(base_cents: int, percent: str) -> int:
    """Compute a percentage in decimals, apart from the library."""
    exact = Decimal(base_cents) * Decimal(percent) / 100
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


class TestPublishedExamples:
    """The examples that cooperatives publish, to the cent, however the year was spread."""

    # Each: vector, scale, URL, base of the scale, euros of the year, cents expected.
    VECTORS = (
        ("T1", "astrolabe_cesa", ASTROLABE, "turnover_invoiced_cents", 90_000, 9_300_00),
        ("T2", "astrolabe_cesa", ASTROLABE, "turnover_invoiced_cents", 15_000, 2_160_00),
        ("T3", "astrolabe_cape", ASTROLABE, "turnover_invoiced_cents", 15_000, 1_650_00),
        ("T4", "astrolabe_cape", ASTROLABE, "turnover_invoiced_cents", 10_000, 1_200_00),
        ("T5a", "opteos", OPTEOS, "gross_margin_cents", 30_000, 3_450_00),
        ("T5b", "opteos", OPTEOS, "gross_margin_cents", 70_000, 7_550_00),
        ("T5c", "opteos", OPTEOS, "gross_margin_cents", 150_000, 14_250_00),
        ("T6", "opteos_training", OPTEOS, "gross_margin_cents", 45_000, 5_250_00),
        ("T7", "coopaname", COOPANAME, "gross_margin_cents", 40_000, 5_760_00),
        # Under a cap of the year, what the floors of idle months add changes nothing.
        ("T9", "mosaique", MOSAIQUE, "gross_margin_cents", 90_000, 8_400_00),
        ("T13a", "encom1_whole_base", ENCOM1, "turnover_cashed_cents", 34_999, 3_499_90),
        ("T13b", "encom1_whole_base", ENCOM1, "turnover_cashed_cents", 35_000, 2_800_00),
        ("T13c", "encom1_whole_base", ENCOM1, "turnover_cashed_cents", 50_000, 3_000_00),
        ("T14", "encom1_marginal", ENCOM1, "turnover_cashed_cents", 50_000, 4_600_00),
        ("T16", "equinoxe", EQUINOXE, "turnover_invoiced_cents", 22_000, 2_640_00),
    )

    @pytest.mark.parametrize(
        ("name", "url", "base", "euros", "expected"),
        [vector[1:] for vector in VECTORS],
        ids=[vector[0] for vector in VECTORS],
    )
    @pytest.mark.parametrize("spread", [even, lump], ids=["even", "lump"])
    def test_over_a_year(self, name, url, base, euros, expected, spread):
        assert scale(name).url == url
        assert total(fee_for(year(base, spread(euros), start="2026-01"), scale(name))) == expected

    def test_t8_people_on_social_minima_do_not_owe_the_fixed_fee(self):
        """Coopaname: 13.5 % of 5,000, and nothing else. (http://www.coopaname.coop/article/cest-combien)"""
        months = year("gross_margin_cents", even(5_000), on_social_minimum=True)
        charges = fee_for(months, scale("coopaname"))
        assert total(charges) == 675_00
        fixed, exempted = charges[0].lines[-2:]
        assert (fixed.kind, fixed.amount_cents) == (FeeLineKind.FIXED, 30_00)
        assert (exempted.kind, exempted.amount_cents) == (FeeLineKind.EXEMPTION, -30_00)

    def test_t10_a_monthly_floor_when_every_month_is_below_it(self):
        """Mosaïque: 12 × max(30 ; 40)."""
        charges = fee_for(year("gross_margin_cents", even(3_000)), scale("mosaique"))
        assert [charge.amount_cents for charge in charges] == [40_00] * 12
        assert total(charges) == 480_00

    @pytest.mark.parametrize("at", [0, 5, 11])
    def test_t11_a_floor_of_the_month_or_of_the_year(self, at):
        """Mosaïque writes "40 € a month" and not which: 800 if each month owes it, 480 over the year.

        The page does not decide between them, so both readings are scales; ask the cooperative.
        """
        months = year("gross_margin_cents", lump(3_000, at))
        assert total(fee_for(months, scale("mosaique"))) == 360_00 + 11 * 40_00 == 800_00
        assert total(fee_for(months, scale("mosaique_yearly_floor"))) == 480_00

    def test_t12_brackets_since_entry_survive_the_years(self):
        """Crealead: 10 % up to 80,000 since entry, then 9 %: 1,500, 3,000, then 3,500 + 900."""
        state = FeeState()
        crealead = scale("crealead")
        paid = []
        for first, euros in (("2024-01", 15_000), ("2025-01", 30_000), ("2026-01", 45_000)):
            of_year = 0
            for activity in year("turnover_invoiced_cents", even(euros), start=first):
                charge, state = charge_month(crealead, state, activity)
                of_year += charge.amount_cents
            paid.append(of_year)
        assert paid == [1_500_00, 3_000_00, 4_400_00]
        assert sum(paid) == 8_900_00
        assert state.since_entry_cents == 90_000_00

    def test_t13_and_t14_one_page_two_readings(self):
        """encom1: "10 %, 8 % from 35,000, 6 % from 45,000" does not say on what: 3,000 or 4,600."""
        months = year("turnover_cashed_cents", even(50_000))
        whole = total(fee_for(months, scale("encom1_whole_base")))
        marginal = total(fee_for(months, scale("encom1_marginal")))
        assert (whole, marginal) == (3_000_00, 4_600_00)

    def test_t15_the_first_six_months_are_free(self):
        """Tumukumak'op: 10 % of 1,000 a month, from the seventh month. (cae-tumukumakop.com/faq/)"""
        assert scale("tumukumakop").url == TUMUKUMAKOP
        charges = fee_for(year("gross_margin_cents", [1_000_00] * 12), scale("tumukumakop"))
        assert [charge.amount_cents for charge in charges] == [0] * 6 + [100_00] * 6
        (free,) = charges[0].lines
        assert (free.kind, free.base_cents, free.amount_cents) == (FeeLineKind.EXEMPTION, 1_000_00, 0)

    def test_t16_the_published_figure_is_wrong(self):
        """Équinoxe prints "19,800 after 12 %" of 22,000, that is 2,200; but 12 % is 2,640, 10 % is 2,200."""
        charged = total(fee_for(year("turnover_invoiced_cents", even(22_000)), scale("equinoxe")))
        assert charged == 2_640_00
        assert charged != 2_200_00
        assert 22_000_00 - charged == 19_360_00


class TestLimitsThatChange:
    """Solstice (2017): a floor that rises after a year, a cap that falls for associates, both by the month.

    https://solstice.coop/contribution-cooperative/
    """

    def charges(self, euros, *, first=0, associate=False, start="2017-01"):
        months = year("gross_margin_cents", [amount * 100 for amount in euros], start=start)
        asked = [
            attrs.evolve(month, months_since_entry=first + rank, associate=associate)
            for rank, month in enumerate(months)
        ]
        return [charge.amount_cents for charge in fee_for(asked, scale("solstice"))]

    def test_the_floor_changes_after_twelve_months(self):
        """80 a month for the first twelve months, then 100: 65 is 13 % of 500."""
        assert self.charges([500] * 14) == [80_00] * 12 + [100_00] * 2
        assert self.charges([500], first=11) == [80_00]
        assert self.charges([500], first=12) == [100_00]

    def test_floors_of_both_kinds_add_up_over_a_year(self):
        """Ten months at 80 and two at 100; a large month before does not pay for those after it."""
        assert self.charges([0] * 12, first=2) == [80_00] * 10 + [100_00] * 2
        assert self.charges([4_000, 0], first=11) == [400_00, 100_00]

    def test_the_rate_reached_applies_to_the_whole_margin_of_the_month(self):
        """The page says 13 % below 1,000 and 12 % "from 1,001": above 1,000. More margin may cost less."""
        assert self.charges([1_000, 1_001, 2_000, 2_001, 3_333, 3_334]) == [
            130_00, 120_12, 240_00, 220_11, 366_63, 333_40,
        ]  # fmt: skip

    def test_the_cap_is_lower_for_associates(self):
        assert sum(self.charges([5_000] * 12)) == 5_500_00
        assert sum(self.charges([5_000] * 12, associate=True)) == 5_000_00

    def test_the_cap_follows_the_months_of_presence(self):
        """5,500 × 6/12, whether the margin came evenly or at once: 10 % of 48,000 would be 4,800."""
        assert sum(self.charges([8_000] * 6)) == 2_750_00
        assert self.charges([48_000, 0, 0, 0, 0, 0]) == [458_33, 458_34, 458_33, 458_33, 458_34, 458_33]

    def test_an_associate_admitted_during_the_year_has_both_caps_in_proportion(self):
        months = year("gross_margin_cents", [10_000_00] * 12, start="2017-01")
        months = [attrs.evolve(month, associate=month.month.number > 6) for month in months]
        assert total(fee_for(months, scale("solstice"))) == 5_250_00

    def test_what_the_limit_looks_at_must_be_given(self):
        (month,) = year("gross_margin_cents", [500_00], start="2017-01")
        with pytest.raises(InputError, match="2017-01 .*: associate: expected true or false"):
            fee_for([month], scale("solstice"))
        with pytest.raises(InputError, match="months_since_entry: expected a number"):
            fee_for([attrs.evolve(month, associate=True, months_since_entry=None)], scale("solstice"))


class TestDeduction:
    """A published rule "15 % of turnover less 6,000 a year" may pay the person.

    https://gitlab.com/CodeursEnLiberte/ardoise/-/work_items/14
    """

    @pytest.mark.parametrize(("euros", "expected"), [(90_000, 7_500_00), (24_000, -2_400_00)])
    def test_published_examples(self, euros, expected):
        months = year("turnover_invoiced_cents", even(euros), start="2026-01")
        charges = fee_for(months, scale("codeurs_en_liberte"))
        assert total(charges) == expected
        assert charges[0].lines[-1].text == "abattement : -500,00\u00a0€"


class TestCumulation:
    """A month is charged what is due to date less what was charged before."""

    def test_crossing_a_threshold_of_the_whole_base_corrects_the_earlier_months(self):
        """34,999 was charged 3,499.90; one euro more and 2,800 are due for the year: 699.90 come back."""
        charges = fee_for(year("turnover_cashed_cents", [34_999_00, 1_00]), scale("encom1_whole_base"))
        assert [charge.amount_cents for charge in charges] == [3_499_90, -699_90]
        old, new = charges[1].lines
        assert (old.due_cents, old.before_cents, old.base_cents) == (0, 3_499_90, 0)
        assert (new.due_cents, new.before_cents, new.base_cents) == (2_800_00, 0, 35_000_00)

    def test_a_credit_note_gives_back_what_was_charged(self):
        charges = fee_for(year("turnover_invoiced_cents", [1_000_00, -400_00, 0]), scale("equinoxe"))
        assert [charge.amount_cents for charge in charges] == [120_00, -48_00, 0]

    def test_a_base_below_zero_lowers_the_next_period(self):
        """Bags bought in December and sold in January: nobody is paid a fee, and nothing is lost."""
        months = year("gross_margin_cents", [-1_000_00, 1_500_00], start="2025-12")
        flat = attrs.evolve(scale("tumukumakop"), exempt_first_months=0)
        assert [charge.amount_cents for charge in fee_for(months, flat)] == [0, 50_00]
        monthly = attrs.evolve(flat, period=FeePeriod.MONTH)
        assert [charge.amount_cents for charge in fee_for(months, monthly)] == [0, 50_00]

    def test_brackets_counted_by_month_start_again_each_month(self):
        by_month = attrs.evolve(scale("encom1_marginal"), period=FeePeriod.MONTH)
        charges = fee_for(year("turnover_cashed_cents", [40_000_00, 40_000_00]), by_month)
        assert [charge.amount_cents for charge in charges] == [3_900_00, 3_900_00]

    def test_brackets_counted_by_year_start_again_each_year(self):
        months = year("turnover_cashed_cents", [40_000_00, 40_000_00], start="2025-12")
        charges = fee_for(months, scale("encom1_marginal"))
        assert [charge.amount_cents for charge in charges] == [3_900_00, 3_900_00]

    def test_an_accounting_year_may_start_in_september(self):
        school_year = attrs.evolve(scale("encom1_marginal"), year_starts_in=9)
        months = year("turnover_cashed_cents", [40_000_00, 40_000_00], start="2026-08")
        assert total(fee_for(months, school_year)) == 7_800_00
        months = year("turnover_cashed_cents", [40_000_00, 40_000_00], start="2025-12")
        assert total(fee_for(months, school_year)) == 3_500_00 + 800_00 + 35_000 * 6

    CENTS = st.integers(-500_000, 3_000_000)
    NAMES = st.sampled_from(
        ["opteos", "opteos_training", "encom1_whole_base", "encom1_marginal", "equinoxe", "astrolabe_cesa"]
    )

    @given(NAMES, st.lists(CENTS, min_size=12, max_size=12))
    def test_twelve_months_are_the_year(self, name, cents):
        """The whole year at once, with decimals: brackets of the sum, then the yearly floor."""
        used = scale(name)
        charges = fee_for(year(f"{used.base.code}_cents", cents), used)
        base = max(sum(cents), 0)
        starts = [bracket.from_cents for bracket in used.brackets]
        percents = [str(Decimal(bracket.rate.ppm) / 10_000) for bracket in used.brackets]
        if used.mode is FeeMode.WHOLE_BASE:
            expected = cents_of(base, [p for s, p in zip(starts, percents, strict=True) if s <= base][-1])
        else:
            ends = [*starts[1:], 10**12]
            expected = sum(
                cents_of(min(base, end) - start, percent)
                for start, end, percent in zip(starts, ends, percents, strict=True)
                if base > start
            )
        floor = used.floor.amount_cents if used.floor else 0
        assert total(charges) == max(expected, floor)

    @given(NAMES, st.lists(CENTS, min_size=1, max_size=30), st.data())
    def test_every_prefix_agrees_whatever_came_after(self, name, cents, data):
        """A month is charged from the state before it alone: the months already charged never move."""
        used = scale(name)
        months = year(f"{used.base.code}_cents", cents)
        cut = data.draw(st.integers(0, len(months)))
        state = FeeState()
        for activity in months[:cut]:
            _, state = charge_month(used, state, activity)
        rest = fee_for(months[cut:], used, state, closing=False)
        assert rest == fee_for(months, used, closing=False)[cut:]


class TestExplanation:
    """Every charge carries the lines it is made of: a clerk can redo it."""

    @st.composite
    @staticmethod
    def scales(draw: st.DrawFn) -> FeeScale:
        mode = draw(st.sampled_from(FeeMode))
        rates = st.integers(0, 200_000).map(Rate)
        starts = [0]
        if mode is not FeeMode.FLAT:
            starts += sorted(draw(st.sets(st.integers(1, 5_000_000), max_size=3)))
        floor, cap = sorted((draw(st.integers(0, 20_000)), draw(st.integers(0, 20_000))))
        floor_period, cap_period = draw(st.sampled_from(FeePeriod)), draw(st.sampled_from(FeePeriod))
        # The floor stays under the cap whatever the two periods are.
        cap *= 12 if cap_period is FeePeriod.YEAR else 1
        return FeeScale(
            code="drawn",
            name="drawn",
            citation="drawn",
            url="",
            in_force_from=dt.date(2026, 1, 1),
            base=draw(st.sampled_from(FeeBase)),
            mode=mode,
            brackets=[FeeBracket(start, draw(rates)) for start in starts],
            period=draw(st.sampled_from(FeePeriod)),
            year_starts_in=draw(st.integers(1, 12)),
            floor=draw(st.none() | st.just(FeeLimit(floor, floor_period))),
            cap=draw(st.none() | st.just(FeeLimit(cap, cap_period))),
            fixed_monthly_cents=draw(st.integers(0, 5_000)),
            fixed_exempt_on_social_minimum=draw(st.booleans()),
            exempt_first_months=draw(st.integers(0, 3)),
            internal_sales_rate=draw(st.none() | rates),
        )

    @st.composite
    @staticmethod
    def months(draw: st.DrawFn) -> list[MonthActivity]:
        amounts = st.integers(-2_000_000, 3_000_000)
        return [
            MonthActivity(
                month=Month(2026, 1) + rank,
                turnover_invoiced_cents=draw(amounts),
                turnover_cashed_cents=draw(amounts),
                gross_margin_cents=draw(amounts),
                internal_sales_cents=draw(st.integers(0, 100_000)),
                months_since_entry=rank,
                on_social_minimum=draw(st.booleans()),
            )
            for rank in range(draw(st.integers(1, 15)))
        ]

    @given(scales(), months())
    def test_lines_sum_to_the_amount_and_each_is_base_times_rate(self, used, given_months):
        for charge in fee_for(given_months, used):
            assert sum(line.amount_cents for line in charge.lines) == charge.amount_cents
            for line in charge.lines:
                assert line.amount_cents == line.due_cents - line.before_cents
                if line.rate is not None:
                    assert line.due_cents == cents_of(line.base_cents, str(Decimal(line.rate.ppm) / 10_000))
                assert line.kind.french_name in line.text

    @given(scales(), months())
    def test_the_year_to_date_stays_between_floor_and_cap(self, used, given_months):
        """Monthly limits hold for the months so far together, a yearly cap at any time."""
        used = attrs.evolve(used, fixed_monthly_cents=0, exempt_first_months=0)
        state, to_date, counted = FeeState(), 0, 0
        for activity in given_months:
            if activity.month.number == used.year_starts_in:
                to_date = counted = 0
            charge, state = charge_month(used, state, activity)
            to_date, counted = to_date + charge.amount_cents, counted + 1
            if used.floor and used.floor.period is FeePeriod.MONTH:
                assert to_date >= used.floor.amount_cents * counted
            if used.cap:
                months_of_cap = counted if used.cap.period is FeePeriod.MONTH else 1
                assert to_date <= max(used.cap.amount_cents * months_of_cap, 0)

    def test_the_words_of_a_line(self):
        charges = fee_for(year("turnover_invoiced_cents", [1_000_00, 500_00]), scale("equinoxe"))
        assert charges[0].lines[0].text == "tranche : 1\u202f000,00\u00a0€ × 12,00\u00a0% = 120,00\u00a0€"
        assert charges[1].lines[0].text == (
            "tranche : 1\u202f500,00\u00a0€ × 12,00\u00a0% = 180,00\u00a0€, "
            "dont 120,00\u00a0€ déjà comptés : 60,00\u00a0€"
        )
        free = fee_for(year("gross_margin_cents", [1_000_00]), scale("tumukumakop"))[0].lines[0]
        assert free.text == "exonération : base de 1\u202f000,00\u00a0€, 0,00\u00a0€"
        floor = fee_for(year("gross_margin_cents", [0]), scale("mosaique"))[0].lines[0]
        assert floor.text == "plancher : 40,00\u00a0€"

    def test_the_cap_shows_what_it_gave_up(self):
        """12 % of 60,000 then of 40,000: 7,200, then 1,200 up to the cap, 3,600 given up."""
        charges = fee_for(year("gross_margin_cents", [60_000_00, 40_000_00, 10_000_00]), scale("mosaique"))
        assert [charge.amount_cents for charge in charges] == [7_200_00, 1_200_00, 0]
        bracket, cap = charges[1].lines
        assert (bracket.amount_cents, cap.amount_cents) == (4_800_00, -3_600_00)
        assert cap.kind is FeeLineKind.CAP

    def test_the_charge_becomes_an_entry(self):
        charge, correction, nothing = fee_for(
            year("turnover_invoiced_cents", [1_000_00, -400_00, 0]), scale("equinoxe")
        )
        posted = charge.entry("BAGS")
        assert (posted.kind, posted.amount_cents) == (EntryKind.FEE, 120_00)
        assert posted.dated_on == dt.date(2026, 1, 31)
        assert posted.label == "Équinoxe sport 2026-01"
        given_back = correction.entry("BAGS", dt.date(2026, 3, 2))
        assert (given_back.kind, given_back.amount_cents) == (EntryKind.FEE_REVERSAL, 48_00)
        assert given_back.dated_on == dt.date(2026, 3, 2)
        assert nothing.entry("BAGS") is None


class TestLimits:
    """Floors and caps are counted by month or by year, never one for the other."""

    def test_a_yearly_floor_falls_due_in_the_last_month_only(self):
        charges = fee_for(year("turnover_invoiced_cents", even(15_000)), scale("astrolabe_cesa"))
        assert [charge.amount_cents for charge in charges[:-1]] == [137_50] * 11
        assert charges[-1].amount_cents == 137_50 + 510_00
        assert charges[-1].lines[-1].kind is FeeLineKind.FLOOR

    def test_a_yearly_floor_falls_due_at_exit(self):
        months = year("turnover_invoiced_cents", [1_000_00] * 3)
        assert total(fee_for(months, scale("astrolabe_cape"))) == 1_200_00
        assert total(fee_for(months, scale("astrolabe_cape"), closing=False)) == 330_00

    def test_a_prorated_floor_counts_the_months_charged(self):
        """Half a year of 1,200 is 600: what Astrolabe asks as a deposit for six months."""
        prorated = attrs.evolve(scale("astrolabe_cape"), floor=FeeLimit(1_200_00, FeePeriod.YEAR, True))
        assert total(fee_for(year("turnover_invoiced_cents", [0] * 6), prorated)) == 600_00

    def test_a_correction_leaves_the_floor_of_the_month_due(self):
        """120 charged on 1,000; half is credited: 60 come back, but the second month owes its 40."""
        charges = fee_for(year("gross_margin_cents", [1_000_00, -500_00]), scale("mosaique"))
        assert [charge.amount_cents for charge in charges] == [120_00, -20_00]

    def test_a_correction_never_goes_below_the_floors_so_far(self):
        """60 charged on 500, all credited: both months owe 40, so the second one is charged 20."""
        months = year("gross_margin_cents", [500_00, -500_00, 1_000_00])
        charges = fee_for(months, scale("mosaique"))
        assert [charge.amount_cents for charge in charges] == [60_00, 20_00, 120_00]

    def test_a_correction_first_uses_up_what_a_monthly_cap_gave_up(self):
        """20 % of 1,000 is 200, capped at 100; 250 credited make 150, still capped: nothing comes back."""
        capped = attrs.evolve(
            scale("equinoxe"),
            brackets=[FeeBracket(0, Rate.percent("20"))],
            cap=FeeLimit(100_00, FeePeriod.MONTH),
        )
        charges = fee_for(year("turnover_invoiced_cents", [1_000_00, -250_00, -500_00]), capped)
        assert [charge.amount_cents for charge in charges] == [100_00, 0, -50_00]

    def test_a_year_of_free_months_owes_no_floor(self):
        free = attrs.evolve(scale("tumukumakop"), floor=FeeLimit(100_00, FeePeriod.YEAR))
        months = year("gross_margin_cents", [500_00] * 6, start="2025-07")
        assert total(fee_for(months, free)) == 0


class TestInternalSales:
    """A cooperative may charge internal sales at a rate of their own. (Crealead: 5 %)"""

    def test_they_have_their_own_line_and_leave_the_brackets(self):
        months = year("turnover_invoiced_cents", [1_000_00], internal_sales_cents=200_00)
        (charge,) = fee_for(months, scale("crealead"))
        assert [line.amount_cents for line in charge.lines] == [100_00, 10_00]
        assert charge.lines[1].kind is FeeLineKind.INTERNAL_SALES

    def test_without_such_a_rate_they_are_sales_like_others(self):
        months = year("turnover_invoiced_cents", [1_000_00], internal_sales_cents=200_00)
        assert total(fee_for(months, scale("equinoxe"))) == 144_00

    def test_a_margin_holds_them_already(self):
        months = year("gross_margin_cents", [1_000_00], internal_sales_cents=200_00)
        plain = attrs.evolve(scale("tumukumakop"), exempt_first_months=0)
        assert total(fee_for(months, plain)) == 100_00
        reduced = attrs.evolve(plain, internal_sales_rate=Rate.percent("5"))
        assert total(fee_for(months, reduced)) == 80_00 + 10_00


class TestRefusals:
    """Refuse rather than guess."""

    def test_months_follow_each_other(self):
        used = scale("equinoxe")
        _, state = charge_month(used, FeeState(), MonthActivity(month=Month(2026, 1)))
        for month in (Month(2026, 3), Month(2026, 1), Month(2025, 12)):
            with pytest.raises(InputError, match="expected 2026-02, for 2026-01 was charged last"):
                charge_month(used, state, MonthActivity(month=month))

    def test_after_an_exit_a_later_return_is_allowed(self):
        used = scale("astrolabe_cape")
        _, state = charge_month(used, FeeState(), MonthActivity(month=Month(2026, 1)), closing=True)
        with pytest.raises(InputError, match="expected a month after 2026-01"):
            charge_month(used, state, MonthActivity(month=Month(2026, 1)))
        back, _ = charge_month(used, state, MonthActivity(month=Month(2026, 9)))
        assert back.amount_cents == 0

    def test_a_scale_does_not_apply_before_its_day(self):
        used = scale("astrolabe_cesa")
        with pytest.raises(InputError, match="scale 'astrolabe_cesa' is in force from 2023-03-30 only"):
            charge_month(used, FeeState(), MonthActivity(month=Month(2023, 3)))
        charge_month(used, FeeState(), MonthActivity(month=Month(2023, 4)))

    def test_a_scale_does_not_change_in_the_middle_of_a_running_year(self):
        _, state = charge_month(
            scale("astrolabe_cape"), FeeState(), MonthActivity(month=Month(2026, 1)), closing=False
        )
        with pytest.raises(InputError, match="the year runs under scale 'astrolabe_cape@2023-03-30'"):
            charge_month(scale("astrolabe_cesa"), state, MonthActivity(month=Month(2026, 2)))

    def test_closing_lets_the_scale_change_with_the_contract(self):
        """From CAPE to CESA in the year: the CAPE floor falls due, the turnover since entry goes on."""
        sold = year("turnover_invoiced_cents", [1_000_00, 1_000_00])
        first, state = charge_month(scale("astrolabe_cape"), FeeState(), sold[0], closing=True)
        second, state = charge_month(scale("astrolabe_cesa"), state, sold[1])
        assert (first.amount_cents, second.amount_cents) == (1_200_00, 110_00)
        assert state.since_entry_cents == 2_000_00

    @pytest.mark.parametrize("cents", [100.5, True, "100", None])
    def test_a_month_is_in_whole_cents(self, cents):
        with pytest.raises(
            InputError, match="gross_margin_cents of 2026-01: expected a whole number of cents"
        ):
            MonthActivity(month=Month(2026, 1), gross_margin_cents=cents)

    def test_free_first_months_need_the_months_since_entry(self):
        with pytest.raises(InputError, match="expected months_since_entry, .* exempts the first 6 months"):
            charge_month(scale("tumukumakop"), FeeState(), MonthActivity(month=Month(2026, 1)))


class TestFromAnAccount:
    """The fee looks at the account of the activity, month by month."""

    def test_a_month_is_read_from_the_entries(self):
        account = ActivityAccount(
            activities=BAGS,
            entries=[
                entry("2026-01-10", "invoice", 1_000, document="F1"),
                entry("2026-01-12", "expense", 300),
                entry("2026-02-10", "cash_in", 900, document="F1"),
                entry("2026-02-11", "transfer", 50, other_activity="PRINT"),
            ],
        )
        january = MonthActivity.of(account, Month(2026, 1), months_since_entry=0)
        assert january.turnover_invoiced_cents == 1_000_00
        assert january.gross_margin_cents == 700_00
        february = MonthActivity.of(account, Month(2026, 2), on_social_minimum=True)
        assert february.turnover_cashed_cents == 900_00
        assert february.internal_sales_cents == 50_00
        assert february.gross_margin_cents == 50_00
        assert february.on_social_minimum
