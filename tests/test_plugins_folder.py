"""Every plugin of the project is a whole distribution: named, found by its entry point, documented and tested."""

import importlib
import tomllib
from pathlib import Path

import pytest

from cae_core.hooks import ENTRY_POINTS
from cae_core.plugins import infos_of

PLUGINS = sorted(
    project.parent for project in (Path(__file__).parent.parent / "plugins").glob("*/pyproject.toml")
)


def project(folder):
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


def test_there_are_some():
    assert {folder.name for folder in PLUGINS} == {
        "cae-be",
        "cae-ch-geneva",
        "cae-cooperatives",
        "cae-de",
        "cae-fr-alsace-moselle",
        "cae-fr-btp",
        "cae-fr-overseas",
    }


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
class TestEach:
    def test_it_is_named_after_its_folder_and_needs_the_core(self, folder):
        found = project(folder)
        assert found["name"] == folder.name
        assert any(each.startswith("cae-core") for each in found["dependencies"])
        assert "cae-core[testing]" in found["optional-dependencies"]["test"]

    def test_its_entry_point_leads_to_a_variant(self, folder):
        ((name, module),) = project(folder)["entry-points"][ENTRY_POINTS].items()
        assert folder.name == f"cae-{name}"
        info = infos_of({name: importlib.import_module(module)})[name]
        assert info.version == project(folder)["version"]

    def test_it_has_tables_tests_and_a_page(self, folder):
        assert list(folder.glob("src/*/*/*.toml"))
        assert list(folder.glob("tests/test_*.py"))
        assert f"# {folder.name}\n" in (folder / "README.md").read_text("utf-8")
        assert f"`{folder.name}`" in (folder.parent / "README.md").read_text("utf-8")
