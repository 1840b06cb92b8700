"""The floors of the house, read from the imports; no float near money; a light ``import cae_core``."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

import cae_core
from cae_core.law import load_parameters

SRC = Path(cae_core.__file__).parent
MODULES = {
    ".".join(("cae_core", *file.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in sorted(SRC.rglob("*.py"))
}
TREES = {name: ast.parse(file.read_text("utf-8"), str(file)) for name, file in MODULES.items()}

#: From the ground up. A module imports from lower floors or from its own package; what stands on one floor
#: does not meet. A new module or package gets its place here first.
FLOORS = (
    {"errors"},
    {"money", "calendar"},
    {"strict", "terms", "shown"},
    {"law"},
    {"reasons"},
    {"cooperative"},
    {"account"},
    {"profile"},
    {"payroll"},
    {"pathway"},
    {"protection"},
    {"membership"},
    {"simulation"},
    {"variants"},
    {"hooks"},
    {"plugins"},
    {"ruleset"},
    {"assembly"},
    {"france"},
    {"explain"},
    {"exchange"},
    {""},  # the public face, cae_core/__init__.py
    {"cli", "testing"},
)
LEVELS = {part: level for level, parts in enumerate(FLOORS) for part in parts}


def part_of(module: str) -> str:
    """Return the module or package right under ``cae_core``: ``cae_core.law.units`` is of ``law``."""
    return f"{module}.".split(".")[1]


def type_checking_nodes(tree: ast.AST) -> set[int]:
    """Return the nodes that only a type checker reads: ``if TYPE_CHECKING:``."""
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }


def function_nodes(tree: ast.AST) -> set[int]:
    """Return the nodes that run when a function is called, not when the module is imported."""
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
    }


def imports_of(module: str, *, at_import_only: bool = False) -> list[str]:
    """Return what a module imports, by full name; ``from package import module`` names the module."""
    tree = TREES[module]
    left_out = type_checking_nodes(tree) | (function_nodes(tree) if at_import_only else set())
    found = []
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import hides which floor it goes to"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(inner if inner in MODULES else str(node.module))
    return found


def own_imports(module: str, *, at_import_only: bool = False) -> list[str]:
    names = imports_of(module, at_import_only=at_import_only)
    return [name for name in names if name.split(".")[0] == "cae_core"]


def without_docstrings(tree: ast.AST) -> list[ast.AST]:
    """Return every node but docstrings."""
    left_out = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            left_out.add(id(body[0].value))
    return [node for node in ast.walk(tree) if id(node) not in left_out]


class TestFloors:
    """A module imports only from lower floors, or from its own package."""

    def test_every_module_has_a_floor(self):
        assert {part_of(name) for name in MODULES} <= set(LEVELS)

    @pytest.mark.parametrize("module", MODULES)
    def test_imports_go_down(self, module):
        part = part_of(module)
        upward = [
            name
            for name in own_imports(module)
            if part_of(name) != part and LEVELS[part_of(name)] >= LEVELS[part]
        ]
        assert upward == []

    def test_one_module_imports_by_name(self):
        """The built-in plugins stand above what assembles them, so ``plugins`` names them in a text.

        That is what every installed plugin is: found by name when asked for, never known beforehand.
        """
        callers = {
            name
            for name, tree in TREES.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__")
        }
        assert callers == {"cae_core.plugins"}

    def test_no_circle_while_modules_load(self):
        """Not even inside a package: the order of imports never matters."""
        state: dict[str, str] = {}
        circles: list[str] = []

        def visit(module: str, path: tuple[str, ...]) -> None:
            if state.get(module) == "open":
                circles.append(" → ".join((*path[path.index(module) :], module)))
            elif module not in state:
                state[module] = "open"
                for name in own_imports(module, at_import_only=True):
                    visit(name, (*path, module))
                state[module] = "closed"

        for module in MODULES:
            visit(module, ())
        assert circles == []

    def test_one_module_knows_the_calendar_libraries(self):
        """Days are plain dates everywhere else."""
        libraries = {"pendulum", "dateutil"}
        importers = {
            name for name in MODULES if libraries & {found.split(".")[0] for found in imports_of(name)}
        }
        assert importers == {"cae_core.calendar"}

    def test_arrays_bring_their_own_library(self):
        """The formulas run on any array: no module imports numpy when it loads."""
        importers = {
            name
            for name in MODULES
            if "numpy" in {found.split(".")[0] for found in imports_of(name, at_import_only=True)}
        }
        assert importers == set()


#: The only place where a double may exist; its docstring says why that is safe.
DOUBLES = ("cae_core.money", "times_power_seven_quarters")
#: Modules that write figures for people from exact fractions and decimals; nothing is computed from them.
EXACT_DIVISION = {"cae_core.explain.reductions"}
#: Paths joined to something that is not a plain text.
PATHS = {
    ("cae_core.france", "_TABLES / _CONTRIBUTIONS"),
    ("cae_core.exchange.case_file", "self.path.parent / name"),
}


def computing_nodes(module: str) -> list[ast.AST]:
    """Return the nodes of a module, those of the function that may use doubles left out."""
    allowed: set[int] = set()
    if module == DOUBLES[0]:
        (function,) = (
            node
            for node in TREES[module].body
            if isinstance(node, ast.FunctionDef) and node.name == DOUBLES[1]
        )
        allowed = {id(node) for node in ast.walk(function)}
    return [node for node in ast.walk(TREES[module]) if id(node) not in allowed]


class TestNoFloats:
    """No float touches money: cents are integers, rates are millionths, one function rounds."""

    @pytest.mark.parametrize("module", MODULES)
    def test_no_float_is_written(self, module):
        found = [
            f"line {node.lineno}: {node.value!r}"
            for node in computing_nodes(module)
            if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        ]
        assert found == []

    @pytest.mark.parametrize("module", MODULES)
    def test_no_float_is_made_and_nothing_rounds_on_its_own(self, module):
        calls = [node for node in computing_nodes(module) if isinstance(node, ast.Call)]
        names = [(ast.unparse(call.func), call.lineno) for call in calls]
        forbidden = {"float", "complex", "round", "quantize", "fsum", "pow", "sqrt", "true_divide", "divide"}
        assert [pair for pair in names if pair[0].split(".")[-1] in forbidden] == []

    @pytest.mark.parametrize("module", sorted(set(MODULES) - EXACT_DIVISION))
    def test_no_true_division(self, module):
        """``/`` joins paths only; where it does not join a plain text, the place is listed above."""
        found = []
        for node in computing_nodes(module):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                joined = isinstance(node.right, ast.JoinedStr) or (
                    isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)
                )
                if not joined and (module, ast.unparse(node)) not in PATHS:
                    found.append(f"line {node.lineno}: {ast.unparse(node)}")
            elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
        assert found == []

    @pytest.mark.parametrize("module", sorted(EXACT_DIVISION))
    def test_what_divides_for_people_divides_exactly(self, module):
        """Fractions and decimals, and it is used by the explanation alone."""
        assert module in MODULES
        assert {"fractions", "decimal"} & set(imports_of(module))
        assert part_of(module) == "explain"

    def test_the_places_listed_exist(self):
        """A list of exceptions that no longer are any hides the next one."""
        found = {
            (module, ast.unparse(node))
            for module in MODULES
            for node in computing_nodes(module)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        }
        assert found >= PATHS
        assert {module for module, _ in found} >= EXACT_DIVISION


def significant(digits: str) -> str:
    return digits.replace(".", "").replace(",", "").strip("0")


@cache
def numbers_of_the_law() -> set[str]:
    """Return the significant digits of every value of the tables, where they are three or more.

    ``4005`` is 4005 euros as well as 400500 cents; one or two digits are any number's.
    """
    tables = files("cae_core.france") / "tables"
    parameters = load_parameters(
        file for file in tables.iterdir() if file.name.endswith(".toml") and file.name != "contributions.toml"
    )
    numbers: set[str] = set()
    for parameter in parameters.values():
        for row in parameter.values:
            pairs = row.value if isinstance(row.value, tuple) else ((row.value or 0,),)
            numbers |= {significant(str(number)) for pair in pairs for number in pair}
    return {number for number in numbers if len(number) >= 3}


class TestFrenchNumbers:
    """The French numbers stand in the tables: nothing outside ``france/`` knows one."""

    def test_the_scan_knows_the_numbers(self):
        """Ceilings, minimum wages and coefficients, in whatever unit they are written."""
        assert {
            "4005",
            "3925",
            "1202",
            "1231",
            "3781",
            "3194",
            "15167",
            "855",
            "1591",
        } <= numbers_of_the_law()

    @pytest.mark.parametrize("module", [name for name in MODULES if part_of(name) != "france"])
    def test_none_outside_france(self, module):
        law = numbers_of_the_law()
        found = []
        for node in without_docstrings(TREES[module]):
            if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
                continue
            written = str(node.value) if isinstance(node.value, int) else node.value
            if (
                isinstance(written, str)
                and re.fullmatch(r"[\d., ]*\d[\d., ]*%?", written)
                and significant(re.sub(r"[^\d]", "", written)) in law
            ):
                found.append(f"line {node.lineno}: {node.value!r}")
        assert found == []


class TestSize:
    """A module that needs a table of contents is two modules."""

    @pytest.mark.parametrize("module", MODULES)
    def test_at_most_400_lines(self, module):
        assert len(MODULES[module].read_text("utf-8").splitlines()) <= 400


class TestTestModules:
    """The tests have no packages: pytest imports a module by its base name, whatever its folder."""

    def test_no_base_name_is_taken_twice(self):
        folders: dict[str, list[str]] = {}
        for file in sorted(Path(__file__).parent.rglob("*.py")):
            folders.setdefault(file.name, []).append(str(file.parent))
        assert len(folders) > 50
        assert {name: found for name, found in folders.items() if len(found) > 1} == {}


class TestLightImport:
    """``import cae_core`` loads attrs, pluggy and the standard library, and looks for no plugin."""

    SCRIPT = """
import sys
before = set(sys.modules)
import cae_core
{more}
loaded = {{name.split(".")[0] for name in set(sys.modules) - before}}
print(*sorted(loaded - set(sys.stdlib_module_names)))
print("importlib.metadata" in set(sys.modules) - before)
print(cae_core.__file__)
"""

    def run(self, more: str = "") -> tuple[set[str], str]:
        path = f"import sys; sys.path.insert(0, {str(SRC.parent)!r})"
        done = subprocess.run(
            [sys.executable, "-c", path + self.SCRIPT.format(more=more)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        loaded, scans, where = done.stdout.splitlines()
        assert Path(where).parent == SRC
        return set(loaded.split()), scans

    def test_import(self):
        loaded, scans = self.run()
        assert loaded <= {"attr", "attrs", "cae_core", "pluggy"}
        assert {"attr", "cae_core", "pluggy"} <= loaded
        assert scans == "False"

    def test_a_year_of_payslips_needs_nothing_more(self):
        """The built-in rules are not looked for among the installed packages."""
        loaded, scans = self.run(
            "facts = cae_core.PayFacts.of(2000, workplace_accident_rate=1)\n"
            "slip = cae_core.load().payslip('2026-01', facts)\n"
            "cae_core.load().payslip('2026-02', facts, year_to_date=slip.year_to_date)"
        )
        assert loaded <= {"attr", "attrs", "cae_core", "pluggy"}
        assert scans == "False"

    def test_the_public_names_exist(self):
        assert list(cae_core.__all__) == sorted(cae_core.__all__)
        assert all(hasattr(cae_core, name) for name in cae_core.__all__)
