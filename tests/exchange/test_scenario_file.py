"""A scenario from one TOML file: what it says is what is simulated, and every problem names its place."""

from pathlib import Path

import pytest

from cae_core import InputError, InputErrors, Month, load
from cae_core.exchange.scenario_file import read_scenario
from cae_core.money import Rate
from cae_core.payroll.pay_policy import SharePay
from cae_core.simulation import (
    Expenses,
    Invoices,
    LostClient,
    MonthsGiven,
    Payment,
    SeasonalTurnover,
    UncertainLevel,
    project,
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "futures" / "atelier.toml"
TOML = EXAMPLE.read_text("utf-8")


@pytest.fixture
def read(tmp_path):
    """Return a reader of the example with some of its texts replaced."""

    def reader(*changes):
        text = TOML
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} is in the example {text.count(old)} times"
            text = text.replace(old, new)
        file = tmp_path / "scenario.toml"
        file.write_text(text, "utf-8")
        return read_scenario(file)

    return reader


class TestExample:
    def test_every_part(self):
        found = read_scenario(EXAMPLE)
        assert (found.name, found.first, found.last) == (
            "Atelier de reliure et formation", Month(2026, 1), Month(2027, 12),
        )  # fmt: skip
        assert found.turnover == SeasonalTurnover(
            yearly_cents=3_000_000,
            from_year=2026,
            profile=(8, 8, 10, 9, 9, 9, 6, 2, 9, 10, 10, 10),
            growth_ppm=30_000,
        )
        assert found.shocks == (
            UncertainLevel(spread_hundredths=25),
            UncertainLevel(spread_hundredths=10, each_year=True),
            LostClient(share=Rate.percent("30"), chance=Rate.percent("2"), months=4),
        )
        assert found.invoices == Invoices(
            a_month_hundredths=250, variance_ratio_hundredths=150, spread_hundredths=50
        )
        assert found.payment == Payment(
            delays=((0, Rate.percent("30")), (1, Rate.percent("45")), (2, Rate.percent("23"))),
            written_off_after=6,
        )
        assert found.expenses == Expenses(share=Rate.percent("8"), monthly_cents=9_000)
        assert found.start.treasury_cents == 250_000
        paid = found.start.history.months
        assert [str(each.month) for each in paid] == [f"2025-{number:02d}" for number in range(7, 13)]
        assert paid[-1].hours_hundredths == 10_101
        assert paid[0].hours_hundredths is None
        assert found.assume_unchanged

    def test_months_given_one_by_one_are_projected_without_anything_drawn(self, tmp_path):
        head, tail = TOML.index("[turnover]"), TOML.index("[expenses]")
        months = ", ".join(f'"2026-{number:02d}" = "2500"' for number in range(1, 4))
        text = TOML[:head] + f"[turnover]\nmonths = {{ {months} }}\n\n" + TOML[tail:]
        file = tmp_path / "given.toml"
        file.write_text(text.replace('last_month = "2027-12"', 'last_month = "2026-03"'), "utf-8")
        found = read_scenario(file)
        assert found.turnover == MonthsGiven({Month(2026, number): 250_000 for number in range(1, 4)})
        assert not found.random
        assert project(load(), found).total_cents("turnover") == 750_000

    def test_a_share_of_what_is_available(self, read):
        found = read(
            ('kind = "smooth"\nmonths = 2\n', 'kind = "share"\nshare = "40"\nsettles_in = 12\n')
        )  # fmt: skip
        assert found.engagement.policy == SharePay(
            share=Rate.percent("40"), reserve_cents=150_000, settles_in=12
        )

    def test_a_shrinking_activity(self, read):
        assert read(('growth = "3"', 'growth = "-3"')).turnover.growth_ppm == -30_000

    def test_support_before_the_contract(self, read):
        scale = TOML[TOML.index("[fee_scale]") : TOML.index("[pay_policy]")]
        found = read(("[pay_policy]", scale.replace("[fee_scale]", "[support_scale]") + "[pay_policy]"))
        assert found.support_scale.code == "arches"


class TestProblems:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('yearly = "30000"\n', "", "turnover: yearly: is missing"),
            ("8, 8, 10", "8.5, 8, 10", "turnover: profile: expected twelve whole weights"),
            ("[8, 8, 10", "[8, 10", "turnover: profile: expected twelve whole weights"),
            ('spread = "0.25"', 'spread = "0.255"', "level[1]: spread: expected a number of two decimals"),
            ('spread = "0.25"', 'spread = "9"', "level[1]: spread: expected hundredths from 0 to 150"),
            ('share = "30"', 'share = "a"', "lost_client[1]: share: "),
            ('a_month = "2.5"', 'a_month = "99"', "invoices: a_month: expected hundredths"),
            ('chance = "23"', 'chance = "63"', "payment: delays: expected months from 0"),
            ("{ months = 2, chance", "{ month = 2, chance", "payment: delays[3]: months: is missing"),
            ('monthly = "90"', 'monthly = "-90"', "expenses: monthly: "),
            ("2025-10 = \"101.01\"", "2025-06 = \"101.01\"", "start: hours: no gross pay is given for 2025-06"),
            ("[invoices]", "[invoice]", "invoice: unknown key; did you mean 'invoices'?"),
            ('last_month = "2027-12"', 'last_month = "2025-12"', "last: 2025-12 comes before"),
            ('first_month = "2026-01"', 'first_month = "2026-03"', "first: expected January"),
        ],
    )  # fmt: skip
    def test_names_its_place(self, read, old, new, said):
        with pytest.raises(InputErrors) as caught:
            read((old, new))
        assert any(f"scenario.toml: {said}" in str(each) for each in caught.value.exceptions)

    def test_several_at_once(self, read):
        with pytest.raises(InputErrors) as caught:
            read(('yearly = "30000"', 'yearly = "x"'), ('monthly = "90"', 'monthly = "x"'))
        assert len(caught.value.exceptions) == 2

    def test_no_file(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_scenario(tmp_path / "absent.toml")
