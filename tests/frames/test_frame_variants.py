"""Frames under active plugins: the cents of their payslips, their facts as columns, the same names elsewhere."""

import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cae_core
from cae_core import InputError, InputErrors, PayFacts, assembly
from cae_core.payroll import TOTALS, FactCheck, FactSpec
from cae_core.plugins import plugin

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402
from frame_samples import federation, integer_frame, person_months, scalar_slips  # noqa: E402

from cae_core.exchange.frames import COLUMNS, PayslipKernel, frame_payslips  # noqa: E402

ROOT = Path(__file__).parents[2]
LOCAL, BUILDING = ("fr", "fr-alsace-moselle"), ("fr", "fr-btp")


def install(folder, **modules):
    """Make distributions that are found by their entry points, as pip does."""
    for name, module in modules.items():
        info = folder / f"{module}-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
        point = f"[cae_core.variants]\n{name.replace('_', '-')} = {module}\n"
        (info / "entry_points.txt").write_text(point)
    return folder


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory):
    """The plugins of this checkout, and one that needs a fact; nothing of it is left afterwards."""
    folder = tmp_path_factory.mktemp("installed")
    install(
        folder, fr_alsace_moselle="cae_fr_alsace_moselle", fr_btp="cae_fr_btp", fr_counted="counted_of_test"
    )
    (folder / "counted_of_test.py").write_text(COUNTED, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.setattr(assembly, "_LOADED", dict(assembly._LOADED))
        yield folder


COUNTED = """
from cae_core import hookimpl
from test_frame_variants import checks, facts
from cae_core.variants import VariantInfo, VariantKind


@hookimpl
def cae_variant():
    yield VariantInfo(kind=VariantKind.SECTOR, french_name="Compté", english_name="Counted", requires=["fr"], version="1")


@hookimpl
def cae_register_facts():
    return facts()


@hookimpl
def cae_register_fact_checks():
    return checks()
"""


def facts():
    """A fact that must be given, and may be below zero."""
    return [
        FactSpec(name="counted", french_name="compté", english_name="counted", unit="people", default=None)
    ]


def checks():
    law = cae_core.load().legislation.parameter("minimum_wage_hourly").values[0].citation
    return [FactCheck(code="counted", message="must be under 10", citation=law,
                      violated=lambda facts, _: facts.given["counted"] >= 10)]  # fmt: skip


def small(**columns):
    return pa.table({
        "person": ["A", "A", "B"], "month": ["2026-01", "2026-02", "2026-01"], "gross_pay": [2000, 2100, 2200],
        "headcount": [130] * 3, "workplace_accident_rate": ["1.05"] * 3, **columns,
    })  # fmt: skip


def refused(table, **options):
    """Every problem of the columns."""
    with pytest.raises(InputErrors) as caught:
        frame_payslips(table, **options)
    return str(caught.value)


class TestEquality:
    """A row is the payslip of the ruleset with its plugins, the year before it included."""

    @settings(max_examples=25)
    @given(person_months())
    def test_alsace_moselle(self, rows):
        rules = cae_core.load(*LOCAL)
        found = frame_payslips(integer_frame(rows), totals=TOTALS, variants=LOCAL).to_pylist()
        for row, slip in zip(found, scalar_slips(rows, rules=rules), strict=True):
            assert row["error"] is None
            assert {total: row[f"{total}_cents"] for total in TOTALS} == {
                total: getattr(slip, f"{total}_cents") for total in TOTALS
            }

    @settings(max_examples=25)
    @given(st.data(), st.booleans())
    def test_building_with_facts_of_its_own(self, data, texts):
        rules, rows = cae_core.load(*BUILDING), []
        for person, month, facts_of_all in data.draw(person_months(years=(2021, 2024, 2025))):
            own = {
                # Not for executives: the plugin refuses it.
                "btp_expense_deduction": 0 if facts_of_all.executive else data.draw(st.integers(0, 1)),
                "btp_holiday_fund_ppm": data.draw(st.sampled_from([0, 195_000, 207_000])),
                "btp_structural_works": data.draw(st.integers(0, 1)),
                "btp_weather_allowance_cents": data.draw(st.integers(0, 800_000)),
            }
            rows.append((person, month, with_given(facts_of_all, own)))
        frame = integer_frame(rows)
        for name in rows[0][2].given:
            column = [row[2].given[name] for row in rows]
            frame = frame.append_column(name, pa.array([str(each) for each in column] if texts else column))
        found = frame_payslips(frame, totals=TOTALS, variants=BUILDING).to_pylist()
        for row, slip in zip(found, scalar_slips(rows, rules=rules), strict=True):
            assert row["error"] is None
            assert {total: row[f"{total}_cents"] for total in TOTALS} == {
                total: getattr(slip, f"{total}_cents") for total in TOTALS
            }

    def test_they_change_something(self):
        """The cents above are not those of the common rules."""
        everywhere, here = (frame_payslips(small(), variants=names) for names in ("fr", LOCAL))
        assert everywhere["net_paid"].to_pylist() != here["net_paid"].to_pylist()
        fund = small(btp_holiday_fund_ppm=[200_000, 200_000, 0])
        costs = frame_payslips(fund, variants=BUILDING)["employer_cost"].to_pylist()
        without = frame_payslips(small(), variants=BUILDING)["employer_cost"].to_pylist()
        assert [more - less > 0 for more, less in zip(costs, without, strict=True)] == [True, True, False]

    def test_a_person_year(self):
        row = {"year": [2025], "gross_pay_01": [2000], "gross_pay_02": [2100], "headcount": [130],
               "workplace_accident_rate": ["1.05"]}  # fmt: skip
        wide = frame_payslips(pa.table({**row, "btp_holiday_fund_ppm": [207_000]}), variants=BUILDING)
        long = frame_payslips(
            small(month=["2025-01", "2025-02", "2025-01"], btp_holiday_fund_ppm=[207_000] * 3),
            variants=BUILDING,
        )
        assert [wide[f"employer_cost_0{rank}"][0].as_py() for rank in (1, 2)] == long[
            "employer_cost"
        ].to_pylist()[:2]


def with_given(facts_of_all, own):
    import attrs

    return attrs.evolve(facts_of_all, given=own)


class TestFacts:
    """A fact of a plugin is a column of its name: known where the plugin is active, and nowhere else."""

    def test_of_a_plugin_that_is_not_active(self):
        assert "btp_structural_works: unknown column" in refused(small(btp_structural_works=[1, 0, 0]))

    def test_misspelt(self):
        assert "did you mean btp_structural_works" in refused(
            small(btp_structural_work=[1, 0, 0]), variants=BUILDING
        )

    def test_an_empty_cell_is_as_if_nothing_were_said(self):
        cells = [None, 207_000, None]
        found = frame_payslips(small(btp_holiday_fund_ppm=cells), variants=BUILDING)[
            "employer_cost"
        ].to_pylist()
        assert found == frame_payslips(
            small(btp_holiday_fund_ppm=[0, 207_000, 0]), variants=BUILDING
        )["employer_cost"].to_pylist()  # fmt: skip

    def test_one_that_must_be_given(self):
        assert "counted: expected a column counted" in refused(small(), variants=("fr", "fr-counted"))
        found = frame_payslips(small(counted=[1, None, -3]), variants=("fr", "fr-counted"), lang="en")
        assert found["error"].to_pylist() == [None, "counted: is missing", None]

    def test_what_the_plugin_does_not_allow(self):
        found = frame_payslips(small(counted=[9, 9, 10]), variants=("fr", "fr-counted"), lang="en")
        bad = found["error"].to_pylist()
        assert bad[:2] == [None, None]
        assert "must be under 10" in bad[2]

    @pytest.mark.parametrize(
        ("cells", "came"), [(["some", "1", "1"], "'some'"), ([10**10, 1, 1], "10000000000")]
    )
    def test_what_is_no_whole_number(self, cells, came):
        found = frame_payslips(small(counted=cells), variants=("fr", "fr-counted"), lang="en")
        wanted = f"counted: expected a whole number from -1000000000 to 1000000000, got {came}"
        assert found["error"].to_pylist()[0] == wanted

    def test_decimals_are_refused(self):
        counted = pa.array([Decimal(1)] * 3, pa.decimal128(3, 1))
        assert "counted: expected whole numbers or texts" in refused(
            small(counted=counted), variants=("fr", "fr-counted")
        )

    def test_none_of_them_has_the_name_of_a_column(self):
        for names in (LOCAL, BUILDING):
            assert not {spec.name for spec in cae_core.load(*names).fact_specs} & set(COLUMNS)


class TestNames:
    """What travels is names: another process loads the same rules, or nobody is told that it does."""

    def test_a_ruleset_is_as_good_as_its_names(self):
        rules = cae_core.load(*LOCAL)
        assert PayslipKernel(variants=rules) == PayslipKernel(variants=LOCAL)
        assert frame_payslips(small(), variants=rules) == frame_payslips(small(), variants=LOCAL)

    def test_a_ruleset_that_nobody_could_load(self):
        rules = cae_core.assemble({"fr": plugin("fr"), "fr-btp": plugin("fr-btp")})
        with pytest.raises(InputError, match=r"expected rules that load\(\) gave"):
            PayslipKernel(variants=rules)

    def test_in_another_process(self, installed, tmp_path):
        """The kernel is pickled here and used where no test is, on the columns of the plugin."""
        table = small(btp_holiday_fund_ppm=[207_000] * 3)
        (tmp_path / "kernel").write_bytes(
            pickle.dumps(PayslipKernel(variants=BUILDING, totals="employer_cost"))
        )
        pq.write_table(table, tmp_path / "in.parquet")
        script = (
            "import pickle, pyarrow.parquet as pq\n"
            "kernel = pickle.load(open('kernel', 'rb'))\n"
            "(batch,) = pq.read_table('in.parquet').to_batches()\n"
            "print(*kernel(batch)['employer_cost'].to_pylist())\n"
        )
        sources = [ROOT / "src", ROOT / "plugins/cae-fr-btp/src", installed]
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
            env={"PYTHONPATH": ":".join(map(str, sources))},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        wanted = frame_payslips(table, variants=BUILDING)["employer_cost"].to_pylist()
        assert done.stdout.split() == [str(each) for each in wanted]

    def test_cut_anywhere(self):
        table = integer_frame(federation(people=20)).append_column(
            "btp_holiday_fund_ppm", pa.array([(row % 3) * 100_000 for row in range(140)])
        )
        kernel = PayslipKernel(variants=BUILDING)
        whole = frame_payslips(table, variants=BUILDING)
        for size in (1, 5, 60):
            found = pa.Table.from_batches(kernel.stream(table.to_batches(max_chunksize=size)))
            assert found.equals(whole)


def test_facts_are_those_of_a_payslip():
    rules = cae_core.load(*BUILDING)
    facts_of_one = PayFacts.of(
        2000, headcount=130, workplace_accident_rate="1.05", given={"btp_holiday_fund_ppm": 207_000}
    )
    found = frame_payslips(small(btp_holiday_fund_ppm=[207_000, 0, 0]), variants=rules)
    assert found["employer_cost"][0].as_py() == rules.payslip("2026-01", facts_of_one).employer_cost
