"""Results in a notebook: well-formed and escaped HTML, pictures that say what they show, both languages."""

import base64
import copy
import importlib.util
import pickle
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import attrs
import pytest

import cae_core
from cae_core import InputError, LawNotKnownError, UnknownNameError
from cae_core.account import ActivityAccount, ActivityStatement, Entry, EntryKind
from cae_core.calendar import Month
from cae_core.cooperative import Activity
from cae_core.errors import MissingExtraError
from cae_core.exchange.case_file import read_case
from cae_core.exchange.path_file import read_paths
from cae_core.exchange.scenario_file import read_scenario
from cae_core.explain import Words, language
from cae_core.explain.slip_rows import payslip_rows
from cae_core.explain.views import html, plot
from cae_core.france.protection.daily_benefit import SickLeave
from cae_core.france.statuses import compare_statuses
from cae_core.pathway import Deadlines, deadlines_of
from cae_core.payroll.run import MonthRuns
from cae_core.protection import Findings, PayHistory, Person
from cae_core.shown import Shown

ROOT = Path(__file__).parent.parent
RULES = cae_core.load()
CASE = read_case(ROOT / "examples/atelier/case.toml")
YEAR = CASE.run(RULES)
HISTORY = PayHistory.from_payslips(YEAR.payslips)
ENTERED = Person(entered_on=CASE.engagement.contract.period.starts_on)
FINDINGS = RULES.assess_all(HISTORY, "2025-11-15", ENTERED)
PEOPLE = read_paths(ROOT / "examples/path/arches.toml").people
DUE = deadlines_of(PEOPLE, "2026-02-15", "2027-02-15", overdue=True)
RESULTS = {
    "payslip": YEAR.month("2025-06").payslip,
    "statement": YEAR.statement(),
    "month": YEAR.month("2025-06"),
    "months": YEAR,
    "findings": FINDINGS,
    "finding": FINDINGS.of("sickness_daily_benefit"),
    "sides": compare_statuses("30000", "3000", 2025),
    "deadlines": DUE,
    "path": PEOPLE[0],
}
if importlib.util.find_spec("numpy") is not None:
    from cae_core.simulation import WatchDay, Watched, band, simulate

    FUTURE = simulate(
        RULES,
        read_scenario(ROOT / "examples/futures/atelier.toml"),
        seed=1,
        paths=40,
        watched=[Watched(RULES.entitlements["retirement_quarters"], WatchDay.YEAR_END)],
    )
    RESULTS["simulation"], RESULTS["band"] = FUTURE, band(FUTURE, "net_paid")
ACTIVITY = Activity(code="a", name="A", kind="services")
LANGUAGES = ("fr", "en")


def parsed(result, lang=None):
    """The HTML as a tree: it would not parse if a tag were left open or a text not escaped."""
    return ET.fromstring(html(result, lang))


def words_of(tree):
    for style in tree.iter("style"):
        style.text = ""
    return in_one_line(" ".join(tree.itertext()))


def in_one_line(text):
    return " ".join(text.split())


def cells(tree):
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


class TestEveryResult:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", RESULTS)
    def test_html_is_well_formed_and_says_its_language(self, name, lang):
        tree = parsed(RESULTS[name], lang)
        assert tree.get("lang") == lang
        assert tree.get("class") == "cae"
        # Every row of a table has the same number of cells.
        for table in tree.iter("table"):
            assert len({len(row) for row in cells(table)}) == 1

    @pytest.mark.parametrize("name", RESULTS)
    def test_html_needs_nothing_else(self, name):
        found = html(RESULTS[name])
        for outside in ("src=", "href=", "<link", "<script", "@import", "url("):
            assert outside not in found

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", RESULTS)
    def test_picture(self, name, lang):
        pytest.importorskip("matplotlib")
        picture = RESULTS[name].plot(lang)
        image = ET.fromstring(picture._repr_html_())
        assert image.get("alt") == picture.text != ""
        kind, _, data = image.get("src").partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert ET.fromstring(base64.b64decode(data)).tag.endswith("svg")
        assert picture.content("png").startswith(b"\x89PNG")

    @pytest.mark.parametrize("name", RESULTS)
    def test_the_same_figures_give_the_same_picture(self, name):
        pytest.importorskip("matplotlib")
        assert RESULTS[name].plot().content() == RESULTS[name].plot().content()

    def test_colours_come_from_the_text_around(self):
        """So a table reads on a light and on a dark ground: no ground of its own, no ink of its own."""
        style = re.search(r"<style>(.*?)</style>", html(YEAR), re.DOTALL)[1]
        assert "currentColor" in style
        for rule in re.findall(r"(?:^|[;{ ])(?:color|background): ([^;}]+)", style):
            assert rule.strip() in ("none", "inherit") or rule.strip().startswith("var(--")

    def test_what_is_no_result(self):
        with pytest.raises(TypeError, match="nothing says how to show int"):
            html(3)
        with pytest.raises(TypeError, match="nothing says how to draw int"):
            plot(3)


class TestPayslip:
    """The statutory model: its headings in its order (arrêté du 25 février 2016, changed 31 janvier 2023)."""

    HEADINGS = (
        "Santé",
        "Accidents du travail – maladies professionnelles",
        "Retraite",
        "Famille",
        "Assurance chômage",
        "Autres contributions dues par l'employeur",
        "CSG déductible de l'impôt sur le revenu",
        "CSG/CRDS non déductible de l'impôt sur le revenu",
        "Exonérations et allègements de cotisations",
        "Total des cotisations et contributions",
        "Montant net social",
        "Net à payer avant impôt sur le revenu",
        "Net payé",
        "Total versé par l'employeur",
    )

    def test_headings_in_the_order_of_the_model(self):
        labels = [row[0] for row in cells(parsed(RESULTS["payslip"]))]
        assert [label for label in labels if label in self.HEADINGS] == list(self.HEADINGS)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_row_and_every_figure(self, lang):
        slip = RESULTS["payslip"]
        shown = cells(parsed(slip, lang))[1:]
        rows = payslip_rows(slip, lang)
        assert [row[0] for row in shown] == [row.label for row in rows]
        for found, row in zip(shown, rows, strict=True):
            assert found[1:] == [row.base, row.employee_rate, row.employee, row.employer]

    def test_picture_says_the_amounts(self):
        pytest.importorskip("matplotlib")
        slip = RESULTS["payslip"]
        text = slip.plot("en").text
        for cents in (slip.employer_cost_cents, slip.gross_pay_cents, slip.net_paid_cents):
            assert cae_core.format_euros(cents, "en") in text


class TestStatement:
    def test_lines_and_entries(self):
        statement = RESULTS["statement"]
        tree = parsed(statement, "fr")
        shown = {row[0]: row[1] for row in cells(tree) if len(row) == 2}
        assert shown["Résultat avant rémunération"] == Words().amount(statement.result_before_pay_cents)
        assert shown["Total de l'actif"] == shown["Total du passif"]
        folded = next(tree.iter("details"))
        entries = cells(folded)[1:]
        assert len(entries) == sum(len(line.details) for line in statement.profit_and_loss)

    def test_every_line_has_an_english_name(self):
        entries = [
            Entry(dated_on="2025-01-10", kind=kind, amount_cents=100_00, activity="a", document="F1")
            for kind in (EntryKind.INVOICE, EntryKind.CASH_IN, EntryKind.EXPENSE_ADVANCED)
        ]
        account = ActivityAccount(activities=(ACTIVITY,), entries=entries)
        tree = parsed(ActivityStatement.of(account, Month(2025, 1)), "en")
        assert "Expenses to refund" in words_of(tree)

    def test_what_people_wrote_is_escaped(self):
        """A label may hold anything: it is shown, and is no markup."""
        bad = "<script>alert('x')</script> & Cie"
        entry = Entry(
            dated_on="2025-01-10", kind=EntryKind.INVOICE, amount_cents=100_00, activity="a", document="F1",
            label=bad,
        )  # fmt: skip
        account = ActivityAccount(activities=(ACTIVITY,), entries=[entry])
        statement = ActivityStatement.of(account, Month(2025, 1))
        assert "<script" not in html(statement)
        assert in_one_line(bad) in words_of(parsed(statement))

    def test_a_name_in_a_picture_is_escaped(self):
        pytest.importorskip("matplotlib")
        person = attrs.evolve(PEOPLE[0], name='"><b>&')
        image = ET.fromstring(person.plot()._repr_html_())
        assert image.get("alt").startswith('"><b>& – ')


class TestMonths:
    def test_total_is_that_of_the_payslips(self):
        total = [row for row in cells(parsed(YEAR)) if row[0] == "Total"][1]
        assert total[-1] == Words().amount(sum(slip.net_paid_cents for slip in YEAR.payslips))

    def test_findings_are_shown(self):
        """A fixed part that the account does not carry is said, not hidden."""
        empty = attrs.evolve(CASE.account, entries=())
        short = attrs.evolve(CASE, account=empty, last_month=Month(2025, 2)).run(RULES)
        assert [len(done.findings) for done in short] == [1, 1]
        for done in short:
            assert in_one_line(done.findings[0].text("fr")) in words_of(parsed(short))
            assert in_one_line(done.findings[0].text("en")) in words_of(parsed(done, "en"))

    def test_one_month(self):
        assert YEAR.month("2025-06") is YEAR[5]
        with pytest.raises(InputError, match="2025-01 … 2025-12, got 2026-01"):
            YEAR.month("2026-01")

    def test_no_month(self):
        assert "Aucun mois" in words_of(parsed(MonthRuns()))
        with pytest.raises(InputError, match="got none"):
            MonthRuns().statement()
        with pytest.raises(InputError, match="expected one of …"):
            MonthRuns().month("2025-01")

    def test_statement_of_the_year(self):
        statement = YEAR.statement()
        assert statement.turnover_cents == sum(done.statement.turnover_cents for done in YEAR)
        assert statement.pay_cost_cents == sum(slip.employer_cost_cents for slip in YEAR.payslips)


class TestFindings:
    def test_each_right_of_the_day_once(self):
        codes = [finding.code for finding in FINDINGS]
        known = [
            each.code for each in RULES.entitlements.values() if each.exists_on(FINDINGS[0].on, RULES.rights)
        ]
        assert codes == known

    def test_each_is_the_answer_asked_alone(self):
        for finding in FINDINGS:
            facts = [ENTERED] if isinstance(ENTERED, finding.entitlement.facts) else []
            assert RULES.assess(finding.code, HISTORY, "2025-11-15", *facts) == finding

    def test_a_right_gets_the_facts_it_looks_at(self):
        sick = RULES.assess_all(HISTORY, "2025-12-10", ENTERED, SickLeave(days=25)).of(
            "sickness_daily_benefit"
        )
        assert sick == RULES.assess("sickness_daily_benefit", HISTORY, "2025-12-10", SickLeave(days=25))

    def test_a_fact_that_no_right_looks_at(self):
        with pytest.raises(InputError, match="no right looks at int"):
            RULES.assess_all(HISTORY, "2025-11-15", 3)

    def test_after_the_last_day_known(self):
        with pytest.raises(LawNotKnownError):
            RULES.assess_all(HISTORY, "2027-11-15")
        found = RULES.assess_all(HISTORY, "2027-11-15", assume_unchanged=True)
        assert any(finding.assumed for finding in found)
        assert "Hypothèse : droit reconduit" in words_of(parsed(found))

    def test_a_right_nobody_asked_about(self):
        with pytest.raises(UnknownNameError):
            FINDINGS.of("lottery")

    def test_conditions_and_texts_of_one_answer(self):
        finding = RESULTS["finding"]
        shown = words_of(parsed(finding, "en"))
        for reason in finding.reasons:
            assert in_one_line(reason.english) in shown
        for amount in finding.amounts:
            assert in_one_line(amount.text("en")) in shown
        assert all(in_one_line(str(citation)) in shown for citation in finding.citations)

    def test_none(self):
        assert parsed(Findings()) is not None


class TestDeadlines:
    def test_a_tuple_that_knows_its_days(self):
        assert tuple(DUE) == DUE
        assert str(DUE.window.on) == "2026-02-15"
        for copied in (pickle.loads(pickle.dumps(deadlines_of((), "2026-02-15"))), copy.copy(DUE)):
            assert isinstance(copied, Deadlines)
            assert copied.window.on == DUE.window.on

    def test_rows(self):
        shown = cells(parsed(DUE, "en"))[1:]
        assert [row[0] for row in shown] == [each.on.isoformat() for each in DUE]
        assert shown[0][1] == f"{(DUE[0].on - DUE.window.on).days} d"
        assert {row[2] for row in shown} == {each.name for each in DUE}

    def test_nothing_falls_due(self):
        pytest.importorskip("matplotlib")
        nothing = deadlines_of((), "2026-02-15")
        assert "Aucune échéance au 15 février 2026." in words_of(parsed(nothing))
        with pytest.raises(InputError, match="expected a deadline at least, got none"):
            nothing.plot()


class TestLanguage:
    def test_french_unless_told_otherwise(self):
        assert 'lang="fr"' in YEAR._repr_html_()

    def test_inside_a_with(self):
        with language("en"):
            assert 'lang="en"' in YEAR._repr_html_()
            with language("fr"):
                assert 'lang="fr"' in YEAR._repr_html_()
            assert 'lang="en"' in YEAR._repr_html_()
        assert 'lang="fr"' in YEAR._repr_html_()

    def test_from_here_on(self):
        chosen = language("en")
        assert 'lang="en"' in YEAR._repr_html_()
        assert repr(chosen) == "language('en')"
        language("fr")
        assert 'lang="fr"' in YEAR._repr_html_()

    def test_another(self):
        with pytest.raises(InputError, match="expected one of fr, en, got 'de'"):
            language("de")
        assert 'lang="fr"' in YEAR._repr_html_()


class TestExtra:
    def test_named_where_it_is_missing(self, monkeypatch):
        import builtins

        real = builtins.__import__

        def without(name, *rest, **more):
            if name.startswith("matplotlib"):
                raise ImportError(name)
            return real(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", without)
        for result in RESULTS.values():
            with pytest.raises(MissingExtraError, match=r"pip install 'cae-core\[plots\]'"):
                result.plot()

    def test_nothing_loads_before_the_first_look(self):
        """A payslip knows that it can be shown; who shows it, and matplotlib, wait for the first look."""
        script = (
            "import sys, cae_core\n"
            "slip = cae_core.load().payslip('2026-01', cae_core.PayFacts.of(2000, workplace_accident_rate=1))\n"
            "before = [name for name in sys.modules if name.startswith('cae_core.explain')]\n"
            "slip._repr_html_()\n"
            "print(before, 'cae_core.explain.views' in sys.modules, 'matplotlib' in sys.modules)\n"
        )
        path = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        done = subprocess.run(
            [sys.executable, "-c", path + script], capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.split("\n")[0] == "[] True False"

    def test_every_shown_class_is_shown(self):
        """A class that says it shows itself, and that nothing shows, would fail in the notebook of a reader."""
        from cae_core.explain import views

        shown = set(Shown.__subclasses__())
        assert shown == {type(result) for result in RESULTS.values()}
        for kind in shown:
            assert views._html.dispatch(kind) is not views._html.dispatch(object)
            assert views._plot.dispatch(kind) is not views._plot.dispatch(object)


class TestSimulation:
    """What comes is told as bands: each cell is the amount of its level."""

    def test_cells_of_a_band(self):
        pytest.importorskip("numpy")
        found = RESULTS["band"]
        head, *rows = cells(parsed(found, "en"))
        assert head == ["", "Mean", "5%", "25%", "Median", "75%", "95%"]
        assert rows[5][0] == "June 2026"
        assert rows[5][1:] == [
            Words("en").amount(cents) for cents in (found.means[5], *found.amounts[5])
        ]  # fmt: skip

    def test_cells_of_a_simulation(self):
        pytest.importorskip("numpy")
        text = words_of(parsed(FUTURE, "fr"))
        yearly = band(FUTURE, "net_before_tax", yearly=True)
        for cents in yearly.amounts[1]:
            assert in_one_line(Words("fr").amount(cents)) in text
        assert "La trésorerie ne passe jamais sous zéro" in text

    def test_the_picture_tells_the_end(self):
        pytest.importorskip("matplotlib")
        pytest.importorskip("numpy")
        found = RESULTS["band"]
        low, _, middle, _, high = found.amounts[-1]
        told = " … ".join(Words("en").euros(cents) for cents in (low, middle, high))
        assert found.plot("en").text == f"Net paid: December 2027, {told}."

    def test_one_period_is_no_fan(self):
        pytest.importorskip("matplotlib")
        pytest.importorskip("numpy")
        alone = attrs.evolve(
            RESULTS["band"], periods=("2026-01",), amounts=RESULTS["band"].amounts[:1], means=(0,)
        )
        with pytest.raises(InputError, match="two periods"):
            alone.plot()
