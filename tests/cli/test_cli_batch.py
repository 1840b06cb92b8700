"""`cae batch`: a file in, a file out, the exit code of a batch with bad rows."""

import pytest
from cli_runner import cae, plain, words

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from cae_core import PayFacts, load  # noqa: E402
from cae_core.exchange.frames import COLUMNS  # noqa: E402


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
