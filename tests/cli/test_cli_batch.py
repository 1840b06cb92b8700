"""`cae batch`: a file in, a file out, the exit code of a batch with bad rows."""

import pytest
from cli_runner import cae, plain, words

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from cae_core import PayFacts, load  # noqa: E402
from cae_core.exchange.frames import COLUMNS, HISTORY_COLUMNS  # noqa: E402


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "in.parquet"
    pq.write_table(
        pa.table({
            "person": ["A", "B"], "month": ["2026-03", "2026-03"], "gross_pay": ["2000", "2000"],
            "headcount": [130, 0], "workplace_accident_rate": ["1.05", "1.05"], "cost_centre": ["N", "S"],
        }),
        file,
    )  # fmt: skip
    return file


def run(source, *options):
    return cae("batch", str(source), str(source.with_name("out.parquet")), "--keep", "cost_centre", *options)


def test_a_bad_row_has_its_reason_and_the_code_is_one(source):
    done = run(source, "--total", "net_paid")
    assert done.exit_code == 1
    assert (
        plain(done.stderr).rstrip() == f"Écrit : {source.with_name('out.parquet')} – 2 lignes, 1 en erreur."
    )
    good, bad = pq.read_table(source.with_name("out.parquet")).to_pylist()
    slip = load().payslip("2026-03", PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05"))
    assert good == {
        "person": "A", "month": "2026-03", "cost_centre": "N", "net_paid": slip.net_paid, "error": None,
    }  # fmt: skip
    assert "headcount" in bad["error"]
    assert bad["net_paid"] is None


def test_in_english(source):
    done = run(source, "--lang", "en")
    assert "2 rows, 1 with an error." in done.stderr
    bad = pq.read_table(source.with_name("out.parquet")).to_pylist()[1]
    assert bad["error"] == "headcount: expected a whole number from 1 to 1000000000, got 0"


def test_all_good(source):
    table = pq.read_table(source).slice(0, 1)
    pq.write_table(table, source)
    assert run(source).exit_code == 0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "les colonnes ne conviennent pas - headcont : colonne inconnue, recopiée seulement sur demande ; vouliez-vous dire headcount ?"),
        ("en", "the columns of the frame cannot be used - headcont: unknown column, copied only if it is asked for; did you mean headcount?"),
    ],
)  # fmt: skip
def test_columns(source, lang, said):
    table = pq.read_table(source).rename_columns({"headcount": "headcont"})
    pq.write_table(table, source)
    done = run(source, "--lang", lang)
    assert done.exit_code == 2
    assert said in words(done.stderr)
    assert not source.with_name("out.parquet").exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (pa.float64(), "headcount : le type double ne porte pas de nombres exacts ; donner int64"),
        (pa.bool_(), "headcount : attendu : des nombres entiers ou des textes ; reçu : bool"),
    ],
)
def test_types_in_french(source, kind, said):
    table = pq.read_table(source)
    pq.write_table(table.set_column(3, "headcount", table["headcount"].cast(kind)), source)
    assert said in words(run(source).stderr)


def test_an_unknown_total(source):
    done = run(source, "--total", "net")
    assert done.exit_code == 2
    assert "--total" in done.stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "taux AT/MP notifié"), ("en", "rate notified by the Carsat")]
)
def test_columns_are_listed(lang, said):
    done = cae("batch", "--columns", "--lang", lang)
    assert done.exit_code == 0
    assert said in words(done.stdout)
    for column in COLUMNS.values():
        for name in column.names:
            assert name in done.stdout


class TestCovered:
    """`--covered`: a row a person and right."""

    @pytest.fixture
    def pay(self, tmp_path):
        file = tmp_path / "pay.parquet"
        months = [f"2025-{number:02d}" for number in range(1, 13)]
        pq.write_table(
            pa.table({
                "person": ["A"] * 12 + ["B"] * 12, "month": months * 2,
                "gross_pay": ["2000"] * 12 + ["-2000"] + ["2000"] * 11, "hours": ["151.67"] * 24,
            }),
            file,
        )  # fmt: skip
        return file

    def test_rights_of_a_day(self, pay):
        out = pay.with_name("out.parquet")
        done = cae(
            "batch", str(pay), str(out), "--covered", "--on", "2026-01-05", "--right", "wage_guarantee",
            "--right", "sickness_daily_benefit",
        )  # fmt: skip
        assert done.exit_code == 1
        assert plain(done.stderr).rstrip() == f"Écrit : {out} – 3 lignes, 1 en erreur."
        good, other, bad = pq.read_table(out).to_pylist()
        assert [good["right"], other["right"], bad["right"]] == [
            "wage_guarantee",
            "sickness_daily_benefit",
            None,
        ]
        assert (good["person"], good["granted"], bad["person"]) == ("A", True, "B")
        assert plain(bad["error"]) == "2025-01, gross_pay ne doit pas être négatif (reçu : '-2000')"

    def test_without_a_day(self, pay):
        done = cae("batch", str(pay), str(pay.with_name("out.parquet")), "--covered", "--lang", "en")
        assert done.exit_code == 2
        assert "on: expected a column on" in words(done.stderr)

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--on", "2026-01-05"], "--on : seulement avec --covered"),
            (["--right", "wage_guarantee"], "--right : seulement avec --covered"),
            (["--covered", "--total", "net_paid"], "--total : à enlever avec --covered"),
            (["--covered", "--months-alone"], "--months-alone : à enlever avec --covered"),
            (["--covered", "--on", "demain"], "--on : attendu : un jour comme 2026-03-31 ; reçu : 'demain'"),
            (["--covered", "--on", "2026-01-05", "--right", "sick"], "sick"),
        ],
    )
    def test_refused(self, pay, options, said):
        done = cae("batch", str(pay), str(pay.with_name("out.parquet")), *options)
        assert done.exit_code == 2
        assert said in words(done.stderr)

    def test_columns_are_listed(self):
        done = cae("batch", "--columns", "--covered")
        assert done.exit_code == 0
        for column in HISTORY_COLUMNS.values():
            for name in column.names:
                assert name in done.stdout
        assert "headcount" not in done.stdout


class TestPlugins:
    """`--with` activates a plugin, as `cae_core.load` does."""

    @pytest.fixture(autouse=True)
    def installed(self, tmp_path, monkeypatch):
        info = tmp_path / "installed" / "cae_fr_btp-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cae-fr-btp\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[cae_core.variants]\nfr-btp = cae_fr_btp\n")
        monkeypatch.syspath_prepend(str(info.parent))

    def test_a_fact_of_a_plugin(self, source):
        table = pq.read_table(source).slice(0, 1)
        pq.write_table(table.append_column("btp_holiday_fund_ppm", pa.array([207_000])), source)
        assert run(source).exit_code == 2
        assert run(source, "--with", "fr-btp").exit_code == 0
        facts = PayFacts.of(
            "2000", headcount=130, workplace_accident_rate="1.05", given={"btp_holiday_fund_ppm": 207_000}
        )
        slip = load("fr", "fr-btp").payslip("2026-03", facts)
        (row,) = pq.read_table(source.with_name("out.parquet")).to_pylist()
        assert row["employer_cost"] == slip.employer_cost

    def test_its_columns(self):
        assert "btp_holiday_fund_ppm" in cae("batch", "--columns", "--with", "fr-btp").stdout
        assert "btp_holiday_fund_ppm" not in cae("batch", "--columns").stdout

    def test_one_that_is_not_installed(self, source):
        done = run(source, "--with", "fr-nowhere")
        assert done.exit_code == 2
        assert "fr-nowhere" in done.stderr


def test_a_file_that_is_not_named():
    done = cae("batch", "in.parquet")
    assert done.exit_code == 2
    assert "il manque SORTIE" in words(done.stderr)
