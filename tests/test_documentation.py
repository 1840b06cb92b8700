"""The documentation is true: its examples run, it lists everything, and it says nothing that is not there."""

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from doctest import ELLIPSIS, REPORT_NDIFF, OutputChecker
from pathlib import Path

import pytest

import cae_core
from cae_core.france.exits import ENDINGS
from cae_core.hooks import Hooks
from cae_core.terms import plain_word

pytest.importorskip("sybil")
pytest.importorskip("click")

from sybil import Sybil
from sybil.parsers.rest import CodeBlockParser, DocTestParser, PythonCodeBlockParser

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS / "_ext"))

import generated  # noqa: E402
from hooks_page import hook_problems, signatures  # noqa: E402

PAGES = sorted(
    page for page in DOCS.rglob("*.rst") if not {"_build", "generated"} & set(page.relative_to(DOCS).parts)
)
GENERATED = generated.pages()
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "100"}
RULES = cae_core.load()


def text(*names):
    return "\n".join((DOCS / f"{name}.rst").read_text("utf-8") for name in names)


def run(*arguments, given=""):
    command = [sys.executable, *map(str, arguments)]
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 900, "check": False}
    return subprocess.run(command, env=ENVIRONMENT, input=given, **options)


def console(example):
    """Run each line after a ``$``: ``cae`` must not be refused, and print what stands under it, if anything."""
    for part in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        line = line.partition(" > ")[0]  # files of the reader's are not written
        words = line.partition(" < ")[0].split()
        assert words[0] == "cae", line
        source = line.partition(" < ")[2]
        given = (ROOT / source).read_text("utf-8") if source else ""
        done = run("-m", "cae_core.cli", *words[1:], given=given)
        assert done.returncode in ((0, 1) if source else (0,)), done.stderr
        printed = done.stderr or done.stdout
        if expected.strip() and not OutputChecker().check_output(expected.strip(), printed.strip(), ELLIPSIS):
            raise AssertionError(f"{line}\nexpected\n{expected}\ngot\n{printed}")


EXAMPLES = Sybil(
    parsers=[
        DocTestParser(optionflags=ELLIPSIS | REPORT_NDIFF),
        PythonCodeBlockParser(),
        CodeBlockParser("console", console),
        CodeBlockParser("toml", lambda example: tomllib.loads(example.parsed) and None),
        CodeBlockParser("json", lambda example: json.loads(example.parsed) and None),
    ]
)


class TestExamples:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
    def test_of_a_page(self, page, monkeypatch, tmp_path):
        if "numpy" in page.name or "cae_core.simulation" in page.read_text("utf-8"):
            pytest.importorskip("numpy")
        if "data_frame" in page.name:
            pytest.importorskip("pyarrow")
            pytest.importorskip("polars")
        for each in ROOT.iterdir():  # what the examples write stays out of the project
            (tmp_path / each.name).symlink_to(each)
        monkeypatch.chdir(tmp_path)
        for example in EXAMPLES.parse(page).examples():
            example.evaluate()

    @pytest.mark.parametrize(
        "script", sorted((ROOT / "examples").glob("*.py")), ids=lambda script: script.name
    )
    def test_script_prints_what_the_docs_show(self, script, monkeypatch):
        monkeypatch.chdir(ROOT)
        if "numpy" in script.read_text("utf-8"):
            pytest.importorskip("numpy")
        done = run(script)
        assert not done.stderr
        shown = DOCS / "outputs" / f"{script.stem}.txt"
        assert done.stdout == shown.read_text("utf-8"), (
            f"python examples/{script.name} > docs/outputs/{shown.name}"
        )

    def test_every_output_has_its_script_and_its_page(self):
        everything = text(*(page.relative_to(DOCS).with_suffix("") for page in PAGES))
        for output in (DOCS / "outputs").iterdir():
            assert (ROOT / "examples" / f"{output.stem}.py").exists()
            assert f"/outputs/{output.name}" in everything


class TestReference:
    def test_every_public_name_is_in_the_api(self):
        named = set(re.findall(r"~cae_core\.[\w.]*?(\w+)`", text("reference/api/index")))
        assert named == set(cae_core.__all__)

    @pytest.mark.parametrize("parameter", RULES.legislation.parameters.values(), ids=lambda it: it.name)
    def test_parameter_with_its_history(self, parameter):
        page = (
            GENERATED["parameters"]
            .partition(f".. _parameter-{parameter.name}:\n")[2]
            .partition(".. _parameter-")[0]
        )
        assert generated.plain(parameter.french_name) in page
        for row in parameter.values:
            assert row.in_force_from.isoformat() in page
            assert generated.plain(row.citation.text) in page
            assert row.published_on is None or f"Published on {row.published_on}" in page
        assert page.count("**Needs review**") == sum(row.needs_review for row in parameter.values)
        assert ":Used by:" in page

    @pytest.mark.parametrize("row", RULES.contributions, ids=lambda row: row.code)
    def test_contribution(self, row):
        page = GENERATED["contributions"].partition(f".. _contribution-{row.code}:\n")[2]
        page = page.partition(".. _contribution-")[0]
        for said in (
            row.french_name,
            row.english_name,
            row.citation.text,
            *row.urssaf_codes,
            *row.assumptions,
        ):
            assert generated.plain(said) in page
        for name in row.parameters:
            assert f"parameter-{name}" in page

    def test_every_base_quantity_and_reduction(self):
        for kind, rules in (("base", RULES.bases), ("quantity", RULES.quantities)):
            for rule in rules:
                assert f".. _{kind}-{rule.name}:\n" in GENERATED["bases"]
        for reduction in RULES.reductions:
            assert f".. _reduction-{reduction.code}:\n" in GENERATED["reductions"]
            assert generated.plain(reduction.french_name) in GENERATED["reductions"]

    @pytest.mark.parametrize("rule", ENDINGS.values(), ids=lambda rule: rule.kind.code)
    def test_ending_with_what_it_does(self, rule):
        page = (
            GENERATED["endings"].partition(f".. _ending-{rule.kind.code}:\n")[2].partition(".. _ending-")[0]
        )
        for said in (rule.kind.english_name, rule.kind.french_name, *(text.text for text in rule.citations)):
            assert generated.plain(said) in page
        assert page.count("Yes: ") + page.count("No: ") == 6
        assert ("**needs review**" in page) is rule.needs_review

    @pytest.mark.parametrize("right", RULES.entitlements.values(), ids=lambda right: right.code)
    def test_right_with_its_articles_and_its_open_points(self, right):
        page = GENERATED["entitlements"].partition(f".. _entitlement-{right.code}:\n")[2]
        page = page.partition(".. _entitlement-")[0]
        for said in (right.french_name, right.english_name, *(each.text for each in right.citations)):
            assert generated.plain(said) in page
        for each in right.assumptions:
            assert f"<assumption-{each.code}>" in page
            assert f".. _assumption-{each.code}:\n" in GENERATED["rights_open_points"]
            assert generated.plain(each.english) in GENERATED["rights_open_points"]
            assert generated.plain(each.french) in GENERATED["rights_open_points"]

    def test_every_number_of_rights(self):
        page, points = GENERATED["rights_parameters"], GENERATED["rights_open_points"]
        further = set(RULES.rights.parameters) - set(RULES.legislation.parameters)
        assert set(re.findall(r"\.\. _parameter-(\w+):\n", page)) == further
        rows = [row for name in further for row in RULES.rights.parameters[name].values]
        assert page.count("**Needs review**") == sum(row.needs_review for row in rows)
        assert points.count("<parameter-") == sum(row.needs_review for row in rows)

    def test_open_points_are_complete(self):
        page = GENERATED["open_points"]
        rows = [
            row for each in RULES.legislation.parameters.values() for row in each.values if row.needs_review
        ]
        assert page.count("<parameter-") == len(rows)
        for row in (*RULES.contributions, *RULES.reductions):
            for sentence in row.assumptions:
                assert generated.plain(sentence) in page

    def test_families_have_a_title(self):
        assert {parameter.family for parameter in RULES.legislation.parameters.values()} == set(
            generated.FAMILIES
        )

    def test_every_extra_with_what_it_is_for(self):
        wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        for name, packages in wanted["optional-dependencies"].items():
            row = GENERATED["extras"].partition(f"``{name}``\n")[2].partition("* - ")[0]
            purpose, _, installed = row.partition("     - ``")
            assert len(purpose) > 20, f"{name}: say over it in pyproject.toml what it is for"
            assert all(package in f"``{installed}" for package in packages)

    def test_every_error_is_documented(self):
        assert ".. automodule:: cae_core.errors" in text("reference/errors")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """One build, as a reader makes it: how it went, and the names it indexed."""
    pytest.importorskip("furo")
    folder = tmp_path_factory.mktemp("html")
    done = run("-m", "sphinx", "-n", "-W", "--keep-going", "-q", DOCS, folder)
    from sphinx.util.inventory import InventoryFile

    with (folder / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda base, uri: uri)
    return done, {name for kind, names in inventory.items() if kind.startswith("py:") for name in names}


class TestBuild:
    def test_without_a_warning(self, built):
        done, _ = built
        assert done.returncode == 0, done.stderr

    def test_every_name_of_a_documented_module_is_there(self, built):
        _, indexed = built
        last_parts = {name.rpartition(".")[2] for name in indexed}
        for name in re.findall(r"automodule:: (\S+)", text(*REFERENCE)):
            public = set(getattr(importlib.import_module(name), "__all__", ()))
            assert public - LISTED_ELSEWHERE <= last_parts, name


#: Constants of the house, and tables that the generated pages spell out.
LISTED_ELSEWHERE = {
    "BASES",
    "QUANTITIES",
    "REDUCTIONS",
    "MILLION",
    "LANGUAGES",
    "PROJECT",
    "ENTRY_POINTS",
    "Hooks",
}
REFERENCE = [page.relative_to(DOCS).with_suffix("") for page in PAGES if "reference" in page.parts]


class TestHooks:
    """The reference is made from the specifications; examples and sentences elsewhere follow them."""

    reference = text("reference/hooks").replace(".. include:: generated/hooks.rst", GENERATED["hooks"])
    others = {  # noqa: RUF012
        str(page.relative_to(ROOT)): page.read_text("utf-8")
        for page in (*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("plugins/**/*.md"))
    }

    def test_every_hook_is_documented_as_it_is(self):
        assert list(hook_problems(Hooks, self.reference, self.others)) == []

    def test_the_page_shows_what_is_generated(self):
        assert self.reference != text("reference/hooks")
        assert list(re.findall(r"^``(cae_\w+)\(", self.reference, re.MULTILINE)) == list(signatures(Hooks))

    def test_each_is_asked_for_records_that_have_a_page(self):
        for name, signature in signatures(Hooks).items():
            assert signature.startswith("() -> Iterable["), name

    def test_one_that_is_not_documented_is_found(self):
        specs = type("Specs", (), {**vars(Hooks), "cae_register_more": lambda self: ()})
        assert list(hook_problems(specs, self.reference, {})) == [
            "cae_register_more: its specification says nothing",
            "cae_register_more: the reference does not have it",
        ]

    def test_another_signature_is_found(self):
        def cae_known_from(self, year: int) -> int:
            """Say something."""

        specs = type("Specs", (), {**vars(Hooks), "cae_known_from": cae_known_from})
        assert list(hook_problems(specs, self.reference, {})) == [
            "cae_known_from: the reference shows () -> Iterable[dt.date], it is (year: int) -> int"
        ]
        page = {"a page": "\n   @hookimpl\n   def cae_variant(self, year):\n"}
        assert list(hook_problems(Hooks, self.reference, page)) == [
            "cae_variant: a page writes it with (year), it takes ()"
        ]

    def test_one_that_is_no_more_is_found(self):
        specs = type(
            "Specs", (), {name: hook for name, hook in vars(Hooks).items() if name != "cae_known_from"}
        )
        assert list(hook_problems(specs, self.reference, {"a page": "by ``cae_known_from``"})) == [
            "cae_known_from: the reference has it, no hook is called so",
            "cae_known_from: the reference names it, no hook is called so",
            "cae_known_from: a page names it, no hook is called so",
        ]


class TestGlossary:
    page = text("reference/glossary")
    french, english = page.partition("English to French\n---")[::2]

    def test_identifiers_exist_in_code(self):
        code = "\n".join(
            file.read_text("utf-8")
            for pattern in ("*.py", "*.toml")
            for file in (ROOT / "src" / "cae_core").rglob(pattern)
        )
        identifiers = re.findall(r"``(\w+)``", self.english)
        assert len(identifiers) >= 40
        for identifier in identifiers:
            assert re.search(rf"\b{identifier}\b", code), identifier

    @pytest.mark.parametrize("part", ["french", "english"])
    def test_terms_are_in_order(self, part):
        terms = re.findall(r"^   (\w.*)$", getattr(self, part), re.MULTILINE)
        assert terms == sorted(terms, key=lambda term: plain_word(term).split("_"))

    def test_every_french_entry_leads_to_an_english_one(self):
        terms = set(re.findall(r"^   (\w.*)$", self.english, re.MULTILINE))
        led = re.findall(r":term:`(.+?)`", self.french)
        assert led
        assert set(led) <= terms

    def test_every_english_entry_names_its_french_word(self):
        definitions = re.findall(r"^      (``.+)$", self.english, re.MULTILINE)
        assert len(definitions) == len(re.findall(r"^   (\w.*)$", self.english, re.MULTILINE))
        assert all(" – " in definition for definition in definitions)


class TestPages:
    def test_each_is_reached(self):
        everything = "\n".join(page.read_text("utf-8") for page in DOCS.rglob("index.rst"))
        for page in PAGES:
            if page.name != "index.rst":
                assert re.search(rf"^   (\w+/)?{page.stem}$", everything, re.MULTILINE), page

    def test_one_sentence_per_line(self):
        # Prose alone: code, its output, tables and directives are indented or follow a prompt.
        for page in PAGES:
            for block in page.read_text("utf-8").split("\n\n"):
                if not block.lstrip("\n").startswith((" ", ">>>", "..", "*")):
                    for line in block.splitlines():
                        assert not re.search(r"[a-z0-9)`][.?] [A-Z][a-z]", line), f"{page.name}: {line}"
