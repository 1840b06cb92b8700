"""The door itself: help, languages, versions, exit codes, what is imported."""

import subprocess
import sys

import pytest
from cli_runner import CASE_9, ROOT, cae, plain, process

from cae_core.cli.app import build, language


class TestLanguage:
    """French by default; `--lang en` or CAE_LANG=en."""

    def test_french_by_default(self):
        assert language([], {}) == "fr"
        assert "Utilisation" in cae("--help").output
        assert "Commandes" in cae("--help").output

    def test_english_by_option_before_or_after_the_command(self):
        for arguments in (("--lang", "en", "payslip", "--help"), ("payslip", "--lang=en", "--help")):
            done = cae(*arguments)
            assert done.exit_code == 0
            assert "Usage: " in done.output
            assert "Month paid." in done.output

    def test_english_by_environment_and_the_option_wins(self):
        assert "Usage: " in cae("--help", CAE_LANG="en").output
        assert "Utilisation" in cae("--help", "--lang", "fr", CAE_LANG="en").output

    def test_an_unknown_language_is_refused(self):
        done = cae("law", "--lang", "de")
        assert done.exit_code == 2
        assert "« de »" in done.stderr

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_every_option_has_a_help(self, lang):
        app = build(lang)
        for command in (app, *app.commands.values()):
            assert command.help
            for parameter in command.params:
                if parameter.param_type_name == "option":
                    assert parameter.help, f"{command.name} {parameter.name}"


class TestExitCodes:
    """0 done, 2 bad input; one line says what is wrong, without a traceback."""

    def test_no_command_shows_the_help(self):
        done = cae()
        assert done.exit_code == 0
        assert "payslip" in done.output

    def test_version(self):
        done = cae("--version")
        assert done.exit_code == 0
        assert done.output.startswith("cae-core ")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("paislip",), "commande inconnue « paislip »"),
            (("payslip", "--grosss", "3"), "option inconnue --grosss"),
            (("payslip", "--gross"), "l'option --gross attend une valeur"),
            (("year",), "il manque FICHIER"),
            (("law", "a", "b"), "arguments en trop"),
        ],
    )
    def test_a_wrong_command_line_in_french(self, arguments, said):
        done = cae(*arguments)
        assert done.exit_code == 2
        assert said in done.stderr
        assert done.stdout == ""

    def test_a_process_leaves_with_the_same_code_and_no_traceback(self):
        done = process("payslip", "--month", "2026-13")
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stdout == b""

    def test_a_reader_that_leaves_early_is_no_error(self):
        command = f"{sys.executable} -m cae_core.cli law | head -n 1"
        done = subprocess.run(
            ["bash", "-c", command], capture_output=True, check=False, env={"PYTHONPATH": str(ROOT / "src")}
        )
        assert b"Traceback" not in done.stderr


class TestImports:
    """`import cae_core` loads neither click nor rich; a door without them says how to install them."""

    def _run(self, code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT / "src")},
        )

    def test_the_library_and_its_explanations_load_neither(self):
        code = (
            "import sys, cae_core, cae_core.cli, cae_core.explain, cae_core.exchange.payslip_json\n"
            "assert not {'click', 'rich', 'numpy', 'jsonschema'} & set(sys.modules), sys.modules"
        )
        assert self._run(code).stderr == ""

    def test_json_does_not_load_rich(self):
        code = (
            "import io, sys\n"
            "from cae_core.cli import main\n"
            "sys.stdin = io.TextIOWrapper(io.BytesIO(b'[]'))\n"
            "try:\n    main(['payslip', '--json'])\n"
            "except SystemExit as leaving:\n    assert leaving.code == 0\n"
            "assert 'rich' not in sys.modules"
        )
        assert self._run(code).stderr == ""

    @pytest.mark.parametrize("missing", ["click", "rich"])
    def test_without_click_or_rich_it_says_what_to_install(self, missing):
        code = (
            "import cae_core.cli as door\n"
            f"door.find_spec = lambda name: None if name == '{missing}' else True\n"
            "door.main([])"
        )
        done = self._run(code)
        assert done.returncode == 2
        assert f"il manque {missing}" in plain(done.stderr)
        assert "pip install 'cae-core[cli]'" in done.stderr


class TestWidths:
    """Tables stay readable at any width, on a screen or in a pipe: a figure is never cut."""

    @pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
    def test_every_figure_of_a_payslip_is_whole(self, columns):
        found = plain(cae("payslip", *CASE_9, columns=columns).output)
        for figure in ("2 000,00", "1 990,00", "1 638,48", "-629,40", "1 555,77", "1 547,58", "2 283,92"):
            assert figure in found
        assert "…" not in found

    def test_a_pipe_without_columns_is_120_wide(self):
        done = process("payslip", *CASE_9)
        assert done.returncode == 0
        lines = done.stdout.decode().splitlines()
        assert max(map(len, lines)) <= 120
        assert any("2\u202f283,92" in line for line in lines)

    def test_no_colours_in_a_pipe(self):
        assert b"\x1b[" not in process("payslip", *CASE_9).stdout
        assert b"\x1b[" not in process("payslip").stderr

    def test_an_output_that_is_not_utf8_is_made_so(self):
        done = process("payslip", *CASE_9, PYTHONIOENCODING="latin-1")
        assert done.returncode == 0
        assert "1\u202f555,77" in done.stdout.decode("utf-8")
