"""`cae plugins`: the variants at hand and what each changes, in tables or as JSON."""

import importlib
import json

import pytest
from cli_runner import cae, words

from cae_core.cli import plugins_command

MODULES = {
    "fr": "cae_core.france",
    "fr-alsace-moselle": "cae_fr_alsace_moselle",
    "fr-btp": "cae_fr_btp",
    "cooperatives": "cae_cooperatives",
    "de": "cae_de",
}


@pytest.fixture
def installed(monkeypatch):
    """Plugins of each level as if they were installed; returns the table, to add others to it."""
    modules = dict(MODULES)
    monkeypatch.setattr(
        plugins_command,
        "available",
        lambda: {name: "cae-core" if name == "fr" else f"cae-{name} 26.11.0" for name in modules},
    )
    monkeypatch.setattr(plugins_command, "plugin", lambda name: importlib.import_module(modules[name]))
    return modules


class TestList:
    def test_every_variant_with_its_version_kind_and_lines(self, installed):
        found = words(cae("plugins").stdout)
        assert (
            "fr-alsace-moselle Alsace-Moselle territoire · cae-fr-alsace-moselle 26.11.0 · avec fr" in found
        )
        assert "Lignes ajoutées (1) health_alsace_moselle" in found
        assert "Lignes retirées (1) apprenticeship_balance" in found
        assert "fr-btp Bâtiment secteur" in found
        assert "Réductions changées (1) general_reduction" in found

    def test_in_english(self, installed):
        found = words(cae("plugins", "--lang", "en").stdout)
        assert "territory · cae-fr-alsace-moselle 26.11.0 · with fr" in found
        assert "Lines changed (4) apprenticeship_yearly" in found

    def test_without_any_plugin(self):
        assert words(cae("plugins").stdout).startswith("fr France pays · cae-core ")

    def test_what_changes_no_payslip(self, installed):
        """Cooperatives are profiles: no line, no base; what it brings is told."""
        found = words(cae("plugins").stdout)
        assert "cooperatives Coopératives publiées coopérative" in found
        assert "Coopératives (24) artefacts, astrolabe" in found

    def test_a_variant_that_adds_nothing(self, installed, monkeypatch):
        from types import SimpleNamespace

        from cae_core import hookimpl
        from cae_core.variants import VariantInfo, VariantKind

        said = VariantInfo(kind=VariantKind.SECTOR, french_name="Rien", english_name="Nothing")
        empty = SimpleNamespace(cae_variant=hookimpl(lambda: [said]))
        real = plugins_command.plugin
        installed["empty"] = ""
        monkeypatch.setattr(plugins_command, "plugin", lambda name: empty if name == "empty" else real(name))
        for arguments in (["plugins"], ["plugins", "empty"]):
            assert "Rien secteur · cae-empty 26.11.0 ne change aucun bulletin" in words(
                cae(*arguments).stdout
            )

    def test_another_country(self, installed):
        found = words(cae("plugins", "de", "--lang", "en").stdout)
        assert "de Germany country" in found
        assert "pension Pension insurance (Rentenversicherung)" in found
        assert "de_age age on the first day of the month" in found
        assert "smart_eg path at Smart eG (Germany)" in found

    def test_one_that_breaks_hides_no_other(self, installed):
        installed["fr-lost"] = "no_such_module"
        done = cae("plugins")
        assert done.exit_code == 0
        assert "ne s'active pas : ModuleNotFoundError: No module named 'no_such_module'" in words(done.stdout)
        assert "fr-btp Bâtiment" in words(done.stdout)

    def test_one_that_misses_another(self, installed, monkeypatch):
        from types import SimpleNamespace

        from cae_core import hookimpl
        from cae_core.variants import VariantInfo, VariantKind

        said = VariantInfo(
            kind=VariantKind.COOPERATIVE, french_name="Essai", english_name="Trial", requires=["fr-drom"]
        )
        needy = SimpleNamespace(cae_variant=hookimpl(lambda: [said]))
        real = plugins_command.plugin
        installed["trial"] = ""
        monkeypatch.setattr(plugins_command, "plugin", lambda name: needy if name == "trial" else real(name))
        assert "plugin 'trial' requires fr-drom" in words(cae("plugins", "trial").stdout)


class TestOne:
    def test_with_the_label_of_each_line(self, installed):
        found = words(cae("plugins", "fr-btp").stdout)
        assert "btp_holiday_fund Caisse de congés payés du BTP" in found
        assert "btp_structural_works gros œuvre ou travaux publics (1), second œuvre (0)" in found
        assert "Alsace" not in found

    def test_of_another_name(self, installed):
        done = cae("plugins", "fr-bpt")
        assert done.exit_code == 2
        assert "aucune variante ne s'appelle 'fr-bpt'. Vouliez-vous dire fr-btp" in done.stderr

    def test_as_json(self, installed):
        (found,) = json.loads(cae("plugins", "fr-alsace-moselle", "--json").stdout)
        assert (found["kind"], found["requires"]) == ("territory", ["fr"])
        assert [line["code"] for line in found["removed"]] == ["apprenticeship_balance"]
        assert found["bases"] == []
