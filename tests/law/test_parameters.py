"""A parameter through time, the law as a whole, and its state on one day."""

import datetime as dt
import pickle
import subprocess
import sys

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.errors import AmountError, AmountTypeError, InputError, LawNotKnownError, UnknownNameError
from cae_core.law import Citation, DatedValue, Legislation, Parameter


def row(day: str, value: object, published_on: str | None = None, text: str = "Décret") -> DatedValue:
    return DatedValue(
        value=value,  # type: ignore[arg-type]
        in_force_from=dt.date.fromisoformat(day),
        citation=Citation(text),
        source="a test",
        published_on=dt.date.fromisoformat(published_on) if published_on else None,
        repealed=value is None,
    )


def parameter(
    *rows: DatedValue, name: str = "rate", unit: str = "percent", until: str = "2026-07-31"
) -> Parameter:
    return Parameter(name, "taux", unit, rows, dt.date.fromisoformat(until), "test")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestOn:
    """The value in force on a day is the last one that started by then."""

    rate = parameter(row("2024-01-01", 1), row("2025-05-01", 2), row("2026-01-01", None, text="Loi n° 1"))

    @pytest.mark.parametrize(
        ("on", "expected"),
        [("2024-01-01", 1), ("2025-04-30", 1), ("2025-05-01", 2), ("2025-12-31", 2)],
    )
    def test_the_day_before_and_the_day_of_a_change(self, on, expected):
        assert self.rate.on(day(on)).value == expected

    def test_before_the_first_value(self):
        with pytest.raises(
            LawNotKnownError, match="'rate' is not known on 2023-12-31: first known day 2024-01-01"
        ):
            self.rate.on(day("2023-12-31"))

    def test_repealed(self):
        with pytest.raises(LawNotKnownError) as caught:
            self.rate.on(day("2026-03-01"))
        assert str(caught.value) == (
            "'rate' is not known on 2026-03-01: first known day 2024-01-01, last known day 2025-12-31. "
            "It is repealed since 2026-01-01 (Loi n° 1)."
        )
        assert caught.value.last_known == day("2025-12-31")

    def test_a_repeal_is_not_undone_by_assuming(self):
        with pytest.raises(LawNotKnownError, match="repealed since 2026-01-01"):
            self.rate.on(day("2030-01-01"), assume_unchanged=True)

    def test_after_the_last_known_day(self):
        known = parameter(row("2024-01-01", 1))
        assert known.on(day("2026-07-31")).value == 1
        with pytest.raises(
            LawNotKnownError, match=r"last known day 2026-07-31\. Pass assume_unchanged=True"
        ) as caught:
            known.on(day("2026-08-01"))
        assert (caught.value.name, caught.value.day) == ("rate", day("2026-08-01"))
        assert known.on(day("2026-08-01"), assume_unchanged=True).value == 1

    def test_assuming_says_nothing_of_the_time_before(self):
        with pytest.raises(LawNotKnownError):
            self.rate.on(day("2023-12-31"), assume_unchanged=True)

    def test_a_moment_is_not_a_day(self):
        with pytest.raises(InputError, match="expected a day"):
            self.rate.on(dt.datetime(2025, 1, 1, 12))

    @given(
        st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), min_size=1, unique=True),
        st.dates(dt.date(2000, 1, 1), dt.date(2031, 12, 31)),
    )
    def test_it_is_the_last_row_not_after_the_day(self, days, asked):
        rows = [row(first.isoformat(), rank) for rank, first in enumerate(sorted(days))]
        tested = parameter(*rows, until="2031-12-31")
        started = [candidate for candidate in rows if candidate.in_force_from <= asked]
        if started:
            assert tested.on(asked) is started[-1]
        else:
            with pytest.raises(LawNotKnownError):
                tested.on(asked)


class TestKnownOn:
    """A text may be published after the first day it applies to."""

    frozen = parameter(
        row("2026-01-01", 1202),
        row("2026-06-01", 1231, published_on="2026-05-24"),
        row("2026-06-01", 1202, published_on="2026-06-14", text="Décret n° 2026-509"),
        unit="EUR/hour",
    )

    @pytest.mark.parametrize(
        ("known_on", "expected"),
        [("2026-05-23", 1202), ("2026-05-24", 1231), ("2026-06-13", 1231), ("2026-06-14", 1202)],
    )
    def test_later_publications_are_ignored(self, known_on, expected):
        assert self.frozen.on(day("2026-06-05"), known_on=day(known_on)).value == expected

    def test_without_it_the_latest_publication_prevails(self):
        assert self.frozen.on(day("2026-06-05")).citation.text == "Décret n° 2026-509"

    def test_nothing_published_yet(self):
        late = parameter(row("2025-01-01", 1, published_on="2025-04-06"))
        with pytest.raises(LawNotKnownError, match="No text published by 2025-02-01 gives it"):
            late.on(day("2025-03-01"), known_on=day("2025-02-01"))

    def test_a_retroactive_repeal_leaves_the_former_rule_as_known_then(self):
        repealed = parameter(row("2024-01-01", 2), row("2025-01-01", None, published_on="2025-04-06"))
        assert repealed.on(day("2025-02-01"), known_on=day("2025-02-15")).value == 2
        with pytest.raises(LawNotKnownError, match="repealed"):
            repealed.on(day("2025-02-01"))

    @given(
        st.lists(
            st.tuples(st.integers(0, 20), st.none() | st.integers(0, 40)),
            min_size=1,
            unique_by=lambda pair: (pair[0], -1 if pair[1] is None else pair[1]),
        ),
        st.integers(0, 25),
        st.integers(0, 45),
    )
    def test_it_is_the_latest_row_in_force_among_those_published(self, pairs, asked, known):
        def at(offset: int) -> str:
            return (dt.date(2026, 1, 1) + dt.timedelta(days=offset)).isoformat()

        pairs.sort(key=lambda pair: (pair[0], -1 if pair[1] is None else pair[1]))
        rows = [
            row(at(start), rank, None if out is None else at(out)) for rank, (start, out) in enumerate(pairs)
        ]
        seen = [
            rank
            for rank, (start, out) in enumerate(pairs)
            if start <= asked and (out is None or out <= known)
        ]
        found = parameter(*rows).row_on(day(at(asked)), day(at(known)))
        assert found is (rows[seen[-1]] if seen else None)


class TestValidation:
    """What could only be a slip is refused when the object is made."""

    def test_days_out_of_order(self):
        with pytest.raises(AmountError, match="2024-01-01 comes after 2025-01-01"):
            parameter(row("2025-01-01", 1), row("2024-01-01", 2))

    def test_the_same_day_twice(self):
        with pytest.raises(AmountError, match="must go by first day"):
            parameter(row("2025-01-01", 1), row("2025-01-01", 2))

    def test_no_row(self):
        with pytest.raises(AmountError, match="must start with a value"):
            parameter()

    def test_a_repeal_first(self):
        with pytest.raises(AmountError, match="must start with a value"):
            parameter(row("2025-01-01", None))

    def test_known_until_before_a_row(self):
        with pytest.raises(AmountError, match="known until 2024-12-31, before its row of 2025-01-01"):
            parameter(row("2025-01-01", 1), until="2024-12-31")

    def test_a_value_and_a_repeal(self):
        with pytest.raises(AmountError, match="never both"):
            attrs.evolve(row("2025-01-01", 1), repealed=True)

    @pytest.mark.parametrize("text", ["", "  ", None])
    def test_an_empty_citation(self, text):
        with pytest.raises(AmountError, match="text must say something"):
            Citation(text)

    def test_an_unknown_unit(self):
        with pytest.raises(ValueError, match="unit"):
            parameter(row("2025-01-01", 1), unit="francs")

    def test_a_parameter_under_another_name(self):
        with pytest.raises(AmountError, match="'rate' stands under the name 'other'"):
            Legislation({"other": parameter(row("2025-01-01", 1))}, day("2025-01-01"), day("2025-12-31"))

    def test_a_law_that_ends_before_it_starts(self):
        with pytest.raises(AmountError, match="before it starts"):
            Legislation({}, day("2025-01-01"), day("2024-12-31"))


LAW = Legislation(
    {
        tested.name: tested
        for tested in (
            parameter(row("2014-01-01", 69_000), name="steady_rate"),
            parameter(row("2024-01-01", 70_000), row("2026-01-01", None, text="Loi"), name="repealed_rate"),
            parameter(row("2026-01-01", 200), name="late_coefficient", unit="coefficient"),
            parameter(row("2024-01-01", 1), name="short_rate", until="2025-12-31"),
            parameter(row("2024-01-01", ((0, 0), (100, 5))), name="grid", unit="scale_eur"),
        )
    },
    known_from=day("2024-01-01"),
    known_until=day("2026-07-31"),
)


class TestLegislation:
    """The law on a day, between the days it was checked for."""

    @pytest.mark.parametrize("asked", ["2023-12-31", "2026-08-01"])
    def test_outside_it_refuses(self, asked):
        with pytest.raises(
            LawNotKnownError, match=f"on {asked}: first known day 2024-01-01, last known day 2026-07-31"
        ):
            LAW.on(day(asked))

    def test_assuming_goes_forward_only(self):
        later = LAW.on(day("2027-01-01"), assume_unchanged=True)
        assert later.assumed
        assert later.value("steady_rate") == 69_000
        with pytest.raises(LawNotKnownError):
            LAW.on(day("2023-12-31"), assume_unchanged=True)

    def test_assuming_where_the_law_is_known_assumes_nothing(self):
        assert not LAW.on(day("2025-06-30"), assume_unchanged=True).assumed

    def test_a_parameter_known_for_a_shorter_time(self):
        with pytest.raises(LawNotKnownError, match=r"'short_rate' .* last known day 2025-12-31"):
            LAW.on(day("2026-01-01"))["short_rate"]
        carried = LAW.on(day("2026-01-01"), assume_unchanged=True)
        assert (carried.assumed, carried.value("short_rate")) == (True, 1)

    def test_a_misspelt_parameter(self):
        with pytest.raises(UnknownNameError, match="Did you mean steady_rate"):
            LAW.parameter("steddy_rate")


class TestSnapshot:
    """Every value in force on one day, each with its text."""

    def test_values_in_force(self):
        assert LAW.on(day("2025-12-31")).values == {
            "steady_rate": 69_000,
            "repealed_rate": 70_000,
            "short_rate": 1,
            "grid": ((0, 0), (100, 5)),
        }
        assert set(LAW.on(day("2026-01-01"))) == {"steady_rate", "late_coefficient", "grid"}

    def test_it_is_a_collection_of_names(self):
        snapshot = LAW.on(day("2026-01-01"))
        assert (len(snapshot), "grid" in snapshot, "repealed_rate" in snapshot) == (3, True, False)

    def test_repealed_or_not_yet_in_force(self):
        assert LAW.on(day("2026-01-01")).get("repealed_rate") is None
        assert LAW.on(day("2025-12-31")).get("late_coefficient") is None
        with pytest.raises(LawNotKnownError, match="repealed since 2026-01-01"):
            LAW.on(day("2026-01-01"))["repealed_rate"]
        with pytest.raises(LawNotKnownError, match="first known day 2026-01-01"):
            LAW.on(day("2025-12-31")).value("late_coefficient")

    def test_unknown_is_not_absent(self):
        """After the last day it was checked for, nobody knows whether it is still there."""
        with pytest.raises(LawNotKnownError, match="last known day 2025"):
            LAW.on(day("2026-01-01")).get("short_rate")

    def test_a_misspelt_name_is_never_none(self):
        snapshot = LAW.on(day("2025-01-01"))
        for ask in (snapshot.__getitem__, snapshot.get, snapshot.value):
            with pytest.raises(UnknownNameError, match="Did you mean steady_rate"):
                ask("steady_rat")

    def test_a_number_is_not_a_scale(self):
        snapshot = LAW.on(day("2025-01-01"))
        assert snapshot.scale("grid") == ((0, 0), (100, 5))
        with pytest.raises(AmountTypeError, match="read it with scale"):
            snapshot.value("grid")
        with pytest.raises(AmountTypeError, match="read it with value"):
            snapshot.scale("steady_rate")

    def test_citations_come_once(self):
        assert LAW.on(day("2025-01-01")).citations_of("steady_rate", "repealed_rate") == (Citation("Décret"),)

    @pytest.mark.parametrize(
        ("name", "lang", "expected"),
        [
            ("steady_rate", "fr", "6,90\u00a0%"),
            ("steady_rate", "en", "6.90%"),
            ("late_coefficient", "fr", "0,0200"),
            ("grid", "en", "0.00% from €0.00; 0.0005% from €1.00"),
        ],
    )
    def test_written_for_people(self, name, lang, expected):
        assert LAW.on(day("2026-01-01")).format(name, lang) == expected

    def test_it_compares_hashes_and_travels(self):
        snapshot = LAW.on(day("2026-01-01"))
        assert snapshot == LAW.on(day("2026-01-01")) != LAW.on(day("2026-01-02"))
        assert hash(snapshot) == hash(LAW.on(day("2026-01-01")))
        assert pickle.loads(pickle.dumps(snapshot)) == snapshot


def test_importing_the_law_loads_no_calendar_library():
    program = "import sys, cae_core.law; print({'pendulum', 'dateutil', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
