"""A program of the formulas gives the cents of the formulas, in numpy's buffers and line by line in Python."""

import math
import sys

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import (
    AmountTypeError,
    HoursPolicy,
    InputError,
    PayFacts,
    Regularisation,
    UnknownNameError,
    load,
)
from cae_core.errors import MissingExtraError, SlowerLaneWarning
from cae_core.money import apply_rate, choose, divide_half_up, greatest, least, lookup
from cae_core.payroll import TOTALS, groups
from cae_core.payroll.compiled import kernels
from cae_core.payroll.compiled.doubles import Steps
from cae_core.payroll.compiled.sources import Input, loop_source, trace_program
from cae_core.payroll.compiled.symbols import Graph
from cae_core.payroll.compiled.tracing import Plan, lanes_of, trace_month
from lane_cases import MILLION, PROGRAM_MAX, differences, laws, population, ties
from strategies import MONTHS

np = pytest.importorskip("numpy")
RULES = load()
LAWS = laws(RULES, MONTHS)


def both(month, facts, lane="buffers", before=(None, None), **options):
    """The month on the arrays lane and on another, whose program must be exact for everybody."""
    arrays = RULES.payslips(month, facts, year_to_date=before[0], lane="arrays", **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups.Group, "_by_pieces", None)
        return arrays, RULES.payslips(month, facts, year_to_date=before[1], lane=lane, **options)


def fresh():
    """The rules, with no month compiled nor traced yet."""
    return attrs.evolve(RULES, months={})


class TestEveryLaw:
    """Thresholds and their neighbours, ties, pays of all sizes: the same cents under every law."""

    def test_laws(self):
        """The law of the payslip has changed many times."""
        assert len(LAWS) > 15

    @pytest.mark.parametrize("month", LAWS, ids=str)
    def test_a_month(self, month):
        facts = population(RULES, month, np.random.default_rng(month.number), 4_000, statuses=False)
        assert differences(*both(month, facts, state=False)) == []

    @pytest.mark.parametrize("policy", list(HoursPolicy))
    @pytest.mark.parametrize("month", LAWS[::6], ids=str)
    def test_people_of_all_kinds_with_their_lines(self, month, policy):
        facts = population(RULES, month, np.random.default_rng(7), 3_000, policy)
        assert differences(*both(month, facts, lines=True)) == []

    @pytest.mark.parametrize("year", range(2019, 2027))
    def test_a_regularised_year(self, year):
        """Bases and reductions go below zero as pay falls; the state of one lane is that of the other."""
        rng = np.random.default_rng(year)
        before, negative = (None, None), 0
        for number in range(1, 8):
            month = f"{year}-{number:02d}"
            facts = population(RULES, month, rng, 3_000, statuses=False)
            facts = facts.take(slice(0, 3_000))
            found = both(month, facts, before=before, lines=number == 7)
            assert differences(*found) == []
            negative += int((found[1]["reductions"] < 0).sum())
            before = tuple(each.year_to_date for each in found)
        assert negative > 100

    def test_the_year_set_right_at_its_end(self):
        rng = np.random.default_rng(12)
        before = (None, None)
        for month, last in (("2026-05", False), ("2026-06", False), ("2026-07", True)):
            facts = population(RULES, month, rng, 2_000, statuses=False)
            facts = attrs.evolve(
                facts.take(slice(0, 2_000)),
                regularisation=Regularisation.YEAR_END,
                last_month=last,
            )
            found = both(month, facts, before=before)
            assert differences(*found) == []
            before = tuple(each.year_to_date for each in found)

    @pytest.mark.parametrize("month", ["2019-11", "2024-06", "2026-03"])
    def test_the_source_is_python(self, month):
        """What numba compiles is a function that Python runs as well, person by person."""
        law = RULES.month_law(month)
        facts = population(RULES, month, np.random.default_rng(1), 0, statuses=False)
        lanes = lanes_of(facts, None)
        traced = trace_month(
            law, law.schedule(False, 130), facts, None, Plan(TOTALS[1:], False, False), lanes
        )
        outputs = python(traced.program, lanes)
        for name, symbol in traced.totals.items():
            column = outputs[traced.ranks[id(symbol)]]
            assert (column == RULES.payslips(month, facts, lane="arrays")[name]).all(), name


def python(program, lanes):
    """Run the source of a program as plain Python."""
    names = {"floor": math.floor, "sqrt": math.sqrt, "double": float, "integer": int}
    exec(loop_source(program), names)
    columns = [lanes[each.name].tolist() for each in program.columns]
    outputs = [[0] * len(columns[0]) for _ in program.outputs]
    outside = names["kernel"](*(lanes[each.name] for each in program.scalars), *columns, *outputs)
    assert not outside, "a number is outside of its bounds"
    return [np.array(column) for column in outputs]


class TestTheControl:
    """A comparison that cannot fail proves nothing: programs with a fault are caught."""

    month = "2026-03"
    facts = population(RULES, month, np.random.default_rng(5), 3_000, statuses=False)

    def faulty(self, monkeypatch, change):
        """Both lanes, the second with a change to the source of its program."""
        right = kernels.calls_source
        changed = []

        def wrong(program):
            source, many = right(program)
            changed.append(change(source))
            assert changed[-1] != source
            return changed[-1], many

        monkeypatch.setattr(kernels, "calls_source", wrong)
        # A law of its own, so that no program made before is used, nor kept after.
        rules = fresh()
        arrays = rules.payslips(self.month, self.facts, state=False, lane="arrays")
        found = differences(arrays, rules.payslips(self.month, self.facts, state=False, lane="buffers"))
        assert changed
        return found

    def test_one_cent_of_one_person(self, monkeypatch):
        row = int(self.facts.gross_pay_cents.argmin())
        change = "    return False"
        cent = f"    r0[{row}:{row} + 1] += len(r0) > {row}\n"
        (found,) = self.faulty(monkeypatch, lambda source: source.replace(change, cent + change))
        assert found.startswith(f"employee_contributions: 1 rows, first row {row}")

    def test_half_a_cent_without_its_margin(self, monkeypatch):
        """``floor(x + 0.5)`` is what most programs write, and wrong on ties."""
        assert self.faulty(monkeypatch, lambda source: source.replace("(1000001 / 2000000)", "0.5"))

    def test_a_threshold_one_cent_later(self, monkeypatch):
        assert self.faulty(monkeypatch, lambda source: source.replace("400500.0", "400501.0"))


class TestBounds:
    """Beyond what doubles are shown exact for, the formulas themselves compute; nothing is silently wrong."""

    def lanes(self, month, facts, before=(None, None)):
        return tuple(
            RULES.payslips(month, facts, year_to_date=state, lines=True, lane=lane)
            for lane, state in zip(("arrays", "buffers"), before, strict=True)
        )

    def test_pays_beyond_are_computed_by_the_arrays(self):
        gross = np.array([200_000, PROGRAM_MAX, PROGRAM_MAX + 1, 10**9, 300_000])
        facts = PayFacts(gross_pay_cents=gross, executive=np.array([False, True, True, False, True]))
        left, right = self.lanes("2026-03", facts)
        assert differences(left, right) == []
        for position in range(len(gross)):
            alone = RULES.payslip("2026-03", facts.row(position))
            assert right.row(position).lines == alone.lines
            assert right.row(position).net_paid == alone.net_paid

    @pytest.mark.parametrize("row", [0, 16_383, 16_384, 39_999])
    def test_one_in_many(self, row):
        """Those of the same stretch are computed again, the others are not; all are right."""
        gross = np.random.default_rng(3).integers(0, 600_000, 40_000)
        gross[row] = 10**9
        assert differences(*self.lanes("2026-03", PayFacts(gross_pay_cents=gross))) == []

    def test_a_state_beyond(self):
        facts = PayFacts(gross_pay_cents=np.array([200_000, 10**9]))
        before = tuple(each.year_to_date for each in self.lanes("2026-01", facts))
        later = PayFacts(gross_pay_cents=np.array([200_000, 1]))
        assert differences(*self.lanes("2026-02", later, before)) == []

    @pytest.mark.parametrize("policy", list(HoursPolicy))
    def test_an_absence_beyond(self, policy):
        """A sum or a product that bounds do not show to be exact is checked as it is computed."""
        facts = PayFacts(
            gross_pay_cents=np.array([200_000, 10**8]),
            hours_policy=policy,
            contract_hours_hundredths=np.array([15_000, 10**7]),
            affected_pay_cents=np.array([100_000, 10**8]),
            affected_pay_due_cents=np.array([150_000, 10**8]),
        )
        assert differences(*self.lanes("2025-03", facts)) == []

    def test_a_rate_for_everybody_beyond(self):
        facts = PayFacts(gross_pay_cents=np.array([200_000, 1]), workplace_accident_ppm=1_500_000)
        assert differences(*self.lanes("2026-01", facts)) == []

    def test_columns_of_other_kinds(self):
        gross = np.array([200_000, 300_000, 400_000])
        small = PayFacts(gross_pay_cents=gross, mobility_ppm=np.array([1, 2, 3], np.int32))
        assert differences(*both("2026-01", small)) == []
        apart = PayFacts(gross_pay_cents=np.arange(600_000)[::200], mobility_ppm=np.arange(6_000)[::2])
        assert differences(*both("2026-01", apart)) == []
        floats = PayFacts(gross_pay_cents=gross, mobility_ppm=np.array([1.0, 2.0, 3.0]))
        with pytest.raises(AmountTypeError, match="mobility_ppm must be a column of integers .got float64"):
            RULES.payslips("2026-01", floats, lane="buffers")
        short = PayFacts(gross_pay_cents=gross, mobility_ppm=np.array([1, 2]))
        with pytest.raises(InputError, match="mobility_ppm: expected a column of 3 people"):
            RULES.payslips("2026-01", short, lane="buffers")

    def test_nobody(self):
        facts = PayFacts(gross_pay_cents=np.array([], np.int64))
        assert len(RULES.payslips("2026-01", facts, lane="buffers")["net_paid"]) == 0

    def test_columns_are_their_own(self):
        """What a caller does to one column changes neither another nor the facts."""
        gross = np.array([200_000, 300_000])
        found = RULES.payslips("2026-01", PayFacts(gross_pay_cents=gross), lane="buffers", state=False)
        net = found["net_before_tax"].copy()
        found["net_social_amount"][:] = 0
        assert (found["net_before_tax"] == net).all()


class TestLanes:
    """Which lane computes is the caller's choice, or that of the size."""

    def test_another_name(self):
        with pytest.raises(UnknownNameError, match="Did you mean compiled"):
            RULES.payslips("2026-01", PayFacts(gross_pay_cents=np.array([1])), lane="compile")

    def test_many_people_take_buffers(self, monkeypatch):
        monkeypatch.setattr(groups, "_LARGE", 3)
        made = []
        monkeypatch.setattr(kernels, "calls_source", spy(kernels.calls_source, made))
        rules = fresh()
        rules.payslips("2026-01", PayFacts(gross_pay_cents=np.array([1, 2])))
        assert made == []
        rules.payslips("2026-01", PayFacts(gross_pay_cents=np.array([1, 2, 3])))
        assert len(made) == 1
        rules.payslips("2026-01", PayFacts(gross_pay_cents=np.array([4, 5, 6])))
        assert len(made) == 1, "one program for a kind of facts"

    def test_without_numba(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "numba", None)
        kernels._machine_code.cache_clear()
        with pytest.raises(
            MissingExtraError, match=r"numba is not installed: pip install 'cae-core\[compiled\]'"
        ):
            fresh().payslips("2026-01", PayFacts(gross_pay_cents=np.array([1])), lane="compiled")


def spy(function, calls):
    def spied(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return spied


class TestUntraceable:
    """A rule of a plugin that no program can follow is run as it is, with the same cents, and that is said."""

    facts = PayFacts(gross_pay_cents=np.array([200_000, 300_000]))

    def rules(self, formula):
        """The rules with another formula for the first base, which is the gross pay."""
        rules = fresh()
        return attrs.evolve(rules, bases=(attrs.evolve(rules.bases[0], formula=formula), *rules.bases[1:]))

    @pytest.fixture
    def expected(self):
        return RULES.payslips("2026-01", self.facts, lane="arrays", lines=True)

    def test_the_base_is_the_gross_pay(self, expected):
        """The formulas below are other words for it."""
        assert expected.row(1).line("old_age_uncapped").base_cents == 300_000

    @pytest.mark.parametrize("lane", ["buffers", "compiled"])
    def test_a_lane_that_was_asked_for(self, lane, expected):
        rules = self.rules(lambda year, values: year["gross_pay"].clip(0, 10**9))
        with pytest.warns(
            SlowerLaneWarning, match="2026-01 cannot be traced .*clip.*'arrays' runs it"
        ) as said:
            found = rules.payslips("2026-01", self.facts, lane=lane, lines=True)
        assert said[0].filename == __file__, "where the lane was asked for"
        assert differences(found, expected) == []
        assert found.row(1).lines == expected.row(1).lines

    def test_many_people(self, monkeypatch, expected):
        """Nobody asked for a program, so nothing is said; and tracing is not tried again."""
        monkeypatch.setattr(groups, "_LARGE", 1)
        seen = []

        def formula(year, values):
            seen.append(type(year["gross_pay"]))
            return year["gross_pay"].clip(0, 10**9)

        rules = self.rules(formula)
        for _ in range(3):
            assert differences(rules.payslips("2026-01", self.facts, lines=True), expected) == []
        assert [kind.__name__ for kind in seen] == ["Symbol", *["ndarray"] * 3]

    @pytest.mark.parametrize(
        "formula",
        [
            lambda year, values: year["gross_pay"] if year["gross_pay"] >= 0 else 0,
            lambda year, values: np.where(year["gross_pay"] > 0, year["gross_pay"], 0),
            lambda year, values: np.array(year["gross_pay"]),
            lambda year, values: np.maximum(year["gross_pay"], 0) + np.zeros(2, np.int64),
            lambda year, values: year["gross_pay"] % 10**12,
            lambda year, values: (year["gross_pay"] / 1.0).astype(np.int64),
            lambda year, values: year["gross_pay"] + np.array([0, 0]),
            lambda year, values: year["gross_pay"][:],
            lambda year, values: sorted((year["gross_pay"], 0))[1],
        ],
        ids=["if", "where", "array", "maximum", "remainder", "float", "two people", "slice", "sorted"],
    )
    def test_whatever_a_rule_does(self, formula, expected):
        """Arrays follow it, or refuse it for all lanes; no program makes other cents of it."""
        rules = self.rules(formula)
        try:
            right = rules.payslips("2026-01", self.facts, lane="arrays", lines=True)
        except ValueError as refused:
            assert "truth value of an array" in str(refused)  # noqa: PT017
            return
        assert differences(right, expected) == []
        with pytest.warns(SlowerLaneWarning, match="2026-01 cannot be traced"):
            found = rules.payslips("2026-01", self.facts, lane="buffers", lines=True)
        assert differences(found, expected) == []

    def test_an_if(self):
        column = Graph().column("x", 0, 9)
        with pytest.raises(AmountTypeError, match="write money.choose"):
            bool(column > 3)


def evaluated(formula, low, high, values):
    """A formula of one column traced, printed and run as Python."""
    graph = Graph()
    wanted = [formula(graph.column("x", low, high))]
    program = trace_program(graph, wanted, [], [Input("x", low, high)])
    (found,) = python(program, {"x": np.array(values)})
    return found.tolist(), [step.operation for step in program.steps]


class TestDoubles:
    """Each way of dividing is exact up to the very bound at which the next one is taken."""

    @pytest.mark.parametrize("ppm", [160, 4_000, 68_000, 130_000, 999_999, 1_000_000])
    def test_a_line(self, ppm):
        """``floor(x × (k/d) + h)``: no division; ties and neighbours at both ends of the widest range."""
        widest = 2**52 // (3 * ppm + 3) - 1
        rng = np.random.default_rng(ppm)
        values = [sign * (widest - int(step)) for sign in (-1, 1) for step in rng.integers(0, MILLION, 2_000)]
        values += [sign * (tie % widest) for sign in (-1, 1) for tie in ties([ppm], rng, 500)]
        near = [value + step for value in values for step in (-1, 0, 1) if abs(value + step) <= widest]
        found, operations = evaluated(lambda x: apply_rate(x, ppm), -widest, widest, near)
        assert found == [apply_rate(value, ppm) for value in near]
        assert not {"/", "//"} & set(operations)

    @given(st.integers(1, 10**9), st.data())
    def test_any_divisor(self, divisor, data):
        """Every width of the numerator: by a factor, by the reciprocal, by a division."""
        bits = data.draw(st.integers(1, 51))
        values = st.integers(-(2**bits), 2**bits) | st.integers(
            -(2**bits // divisor), 2**bits // divisor
        ).map(lambda whole: whole * divisor)
        drawn = data.draw(st.lists(values, min_size=1, max_size=20))
        near = [value + step for value in drawn for step in (-1, 0, 1) if abs(value + step) <= 2**bits]
        for formula in (
            lambda x: x // divisor,
            lambda x: (3 * x + 7) // divisor,
            lambda x: divide_half_up(x, divisor),
        ):
            found, _ = evaluated(formula, -(2**bits), 2**bits, near or [0])
            assert found == [formula(value) for value in near or [0]]

    @given(st.integers(1, 52), st.integers(1, 52), st.data())
    def test_a_column_divides_a_column(self, bits, other_bits, data):
        graph = Graph()
        x, y = graph.column("x", -(2**bits), 2**bits), graph.column("y", 1, 2**other_bits)
        below = data.draw(st.lists(st.integers(1, 2**other_bits), min_size=1, max_size=10))
        above = [
            max(min(data.draw(st.integers(-(2**bits), 2**bits)) // each * each + step, 2**bits), -(2**bits))
            for each in below
            for step in (-1, 0, 1)
        ]
        below = [each for each in below for _ in range(3)]
        program = trace_program(graph, [x // y], [], [Input("x", -(2**53), 2**53), Input("y", 1, 2**53)])
        (found,) = python(program, {"x": np.array(above), "y": np.array(below)})
        assert found.tolist() == [a // b for a, b in zip(above, below, strict=True)]

    def test_what_no_bound_allows(self):
        """A product that may be wider than 53 bits is checked: where it is, the program says so."""
        exact = 2**53 // 10**9
        assert evaluated(lambda x: x * 10**9 // 7, 0, 2**33, [exact, 5])[0] == [
            exact * 10**9 // 7,
            5 * 10**9 // 7,
        ]
        for formula in (
            lambda x: x * 10**9,
            lambda x: (x + 2**51) * 2,
            lambda x: x * x,
            lambda x: 2**50 + x,
            lambda x: choose(x > 7, x * 2**20, 0) * 3,
        ):
            assert evaluated(formula, 0, 2**53, [3])[0] == [formula(3)]
            with pytest.raises(AssertionError, match="outside"):
                evaluated(formula, 0, 2**53, [2**53])
        with pytest.raises(AmountTypeError, match="no double holds"):
            evaluated(lambda x: x + 2**60, 0, 9, [1])

    @given(st.lists(st.integers(-100, 100), min_size=1, max_size=9))
    def test_the_other_operations(self, values):
        formulas = (
            lambda x: least(x, 3) - greatest(x, -7) + choose(x > 5, x * x, 0),
            lambda x: choose((x > 5) | (x < -5), choose(x == 50, 1, 2), choose(x != 3, 4, 5)),
            lambda x: choose((x >= 2) & (x <= 40), x // 3, -x),
            lambda x: lookup((0, 10, 20, 21), (5, 6, 90, -1), x),
        )
        for formula in formulas:
            if formula is formulas[1]:
                expected = [((1 if x == 50 else 2) if abs(x) > 5 else (4 if x != 3 else 5)) for x in values]
            else:
                expected = [formula(x) for x in values]
            assert evaluated(formula, -100, 100, values)[0] == expected


class TestSymbols:
    """What the bounds decide is no operation."""

    x = Graph().column("x", 2, 9)

    def test_decided(self):
        assert choose(self.x > 1, 5, 6) == 5
        assert choose(self.x > 9, 5, 6) == 6
        assert not (self.x > 9).any()
        assert least(self.x, 1) == 1
        assert greatest(self.x, 1) is self.x
        assert self.x - self.x == 0

    def test_the_same_operation_is_one_symbol(self):
        assert self.x * 3 is self.x * 3
        assert self.x * 3 * 4 is self.x * 12
        assert self.x * 400 // 100 is self.x * 4
        assert len(list(steps_of(self.x * 3 + 1, self.x * 3 + 2))) == 4

    def test_bounds(self):
        assert str(self.x * -3 + 1) == "<+ -26…-5>"
        with pytest.raises(AmountTypeError, match="may be zero"):
            _ = 5 // (self.x - 2)
        with pytest.raises(AmountTypeError, match="mixes a column with a float"):
            _ = self.x * 0.5


def steps_of(*symbols):
    steps = Steps()
    for symbol in symbols:
        steps.of(symbol)
    return steps
