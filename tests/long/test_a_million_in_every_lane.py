"""A million cases of each law on every lane: thresholds, ties and their neighbours, and the same cents.

The arrays lane is what the others are compared with; it is compared with plain integers in ``test_lanes.py``.
"""

from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from cae_core import PayFacts, load
from cae_core.payroll import TOTALS, groups
from cae_core.payroll.compiled import kernels
from lane_cases import differences, laws, population
from strategies import MONTHS

np = pytest.importorskip("numpy")
RULES = load()
LAWS = laws(RULES, MONTHS)
CASES = 1_000_000
LANES = [
    pytest.param("buffers", marks=pytest.mark.long),
    pytest.param("compiled", marks=pytest.mark.compiled),
]


def both(month, facts, lane, before=(None, None), **options):
    """The month on the arrays lane and on another, whose program must be exact for everybody."""
    arrays = RULES.payslips(month, facts, year_to_date=before[0], lane="arrays", **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups.Group, "_by_pieces", None)
        return arrays, RULES.payslips(month, facts, year_to_date=before[1], lane=lane, **options)


@pytest.mark.parametrize("month", LAWS, ids=str)
@pytest.mark.parametrize("lane", LANES)
def test_a_month(lane, month):
    """Every status that the law tells apart has its share of the cases."""
    rng = np.random.default_rng(2026)
    classes = (1, *RULES.month_law(month).thresholds)
    statuses = [(executive, headcount) for executive in (False, True) for headcount in classes]
    done = 0
    for executive, headcount in statuses:
        facts = population(
            RULES,
            month,
            rng,
            CASES // len(statuses) + 1,
            statuses=False,
            executive=executive,
            headcount=headcount,
        )
        done += len(facts.gross_pay_cents)
        assert differences(*both(month, facts, lane, state=False, totals=(*TOTALS, "withholding_ppm"))) == []
    assert done >= CASES


@pytest.mark.parametrize("month", LAWS[::5], ids=str)
@pytest.mark.parametrize("lane", LANES)
def test_every_line_of_people_of_all_kinds(lane, month):
    facts = population(RULES, month, np.random.default_rng(26), CASES // 20)
    assert differences(*both(month, facts, lane, lines=True)) == []


@pytest.mark.parametrize("year", range(2019, 2027))
@pytest.mark.parametrize("lane", LANES)
def test_a_regularised_year(lane, year):
    """A million person-months over the years; every seventh line takes back what earlier months were charged."""
    rng = np.random.default_rng(year)
    people = CASES // (8 * 7) + 1
    before, negative = (None, None), 0
    for number in range(1, 8):
        month = f"{year}-{number:02d}"
        facts = population(RULES, month, rng, people, statuses=False).take(slice(0, people))
        found = both(month, facts, lane, before)
        assert differences(*found) == []
        negative += int((found[1]["reductions"] < 0).sum())
        before = tuple(each.year_to_date for each in found)
    assert negative > people // 10


@pytest.mark.compiled
class TestMachineCode:
    month = "2026-03"
    facts = population(RULES, month, np.random.default_rng(5), 200_000, statuses=False)
    facts.gross_pay_cents[77_777] = 543_210

    def test_a_wrong_cent_is_caught(self, monkeypatch):
        right = kernels.loop_source
        row = int((self.facts.gross_pay_cents == 543_210).nonzero()[0][0])
        cent = "r0[i] = integer(1.0 if gross_pay_cents[i] == 543210 else 0.0) + integer("
        monkeypatch.setattr(
            kernels, "loop_source", lambda program: right(program).replace("r0[i] = integer(", cent)
        )
        rules = attrs.evolve(RULES, months={})
        arrays = rules.payslips(self.month, self.facts, state=False, lane="arrays")
        wrong = rules.payslips(self.month, self.facts, state=False, lane="compiled")
        (found,) = differences(arrays, wrong)
        assert f"first row {row}: " in found

    def test_half_a_cent_without_its_margin_is_caught(self, monkeypatch):
        right = kernels.loop_source
        monkeypatch.setattr(
            kernels, "loop_source", lambda program: right(program).replace("(1000001 / 2000000)", "0.5")
        )
        rules = attrs.evolve(RULES, months={})
        arrays = rules.payslips(self.month, self.facts, state=False, lane="arrays")
        assert differences(arrays, rules.payslips(self.month, self.facts, state=False, lane="compiled"))

    def test_columns_that_nobody_may_write_to(self):
        gross = np.arange(100_000)
        gross.flags.writeable = False
        assert differences(*both(self.month, PayFacts(gross_pay_cents=gross), "compiled")) == []

    def test_threads(self):
        """Machine code lets other threads run; each batch has its own columns."""

        def net(seed):
            gross = np.random.default_rng(seed).integers(0, 900_000, 300_000)
            facts = PayFacts(gross_pay_cents=gross, headcount=130)
            return [
                RULES.payslips(self.month, facts, state=False, lane=lane)["net_paid"]
                for lane in ("arrays", "compiled")
            ]

        with ThreadPoolExecutor(4) as pool:
            for arrays, compiled in pool.map(net, range(8)):
                assert (arrays == compiled).all()

    def test_beyond_its_bounds(self):
        gross = np.random.default_rng(3).integers(0, 600_000, 200_000)
        gross[[70_000, 199_999]] = 10**9
        facts = PayFacts(gross_pay_cents=gross, headcount=130)
        arrays, compiled = (RULES.payslips(self.month, facts, lane=lane) for lane in ("arrays", "compiled"))
        assert differences(arrays, compiled) == []
        assert compiled._pieces[1].rows.start == 65_536

    def test_one_program_for_each_kind_of_facts(self):
        """Other numbers, and other months under the same law, are the same machine code."""
        kernels._machine_code.cache_clear()
        for month, accident in (("2026-01", 10_500), ("2026-02", 10_500), ("2026-02", 21_000)):
            facts = PayFacts(gross_pay_cents=np.array([200_000]), workplace_accident_ppm=accident)
            RULES.payslips(month, facts, lane="compiled", state=False)
        assert kernels._machine_code.cache_info().misses == 1
