"""The group of commands, in one language: help, errors and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import click

from cae_core.cli import (
    advise_command,
    audit_command,
    batch_command,
    covered_command,
    exit_command,
    explain_command,
    fee_command,
    law_command,
    meeting_command,
    path_command,
    payslip_command,
    plugins_command,
    sides_command,
    simulate_command,
    surplus_command,
    year_command,
)
from cae_core.cli.localised import LocalisedGroup, click_error_text, version
from cae_core.errors import CaeCoreError, InputError, LawNotKnownError
from cae_core.explain import LANGUAGES, Words, problem_lines

__all__ = ["build", "language", "run"]

#: The commands, in the order of the help.
_COMMANDS = (
    payslip_command,
    explain_command,
    law_command,
    year_command,
    simulate_command,
    batch_command,
    fee_command,
    covered_command,
    advise_command,
    audit_command,
    path_command,
    exit_command,
    meeting_command,
    surplus_command,
    sides_command,
    plugins_command,
)
#: Exit codes: everything done; some cases failed; the input cannot be used.
DONE, SOME_FAILED, BAD_INPUT = 0, 1, 2


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for: the last ``--lang``, else ``CAE_LANG``, else French."""
    asked = environment.get("CAE_LANG", "")
    for word, following in pairwise([*arguments, ""]):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return "en" if asked.lower().startswith("en") else "fr"


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            # Narrow spaces and the euro sign are not in the code pages of some consoles.
            reconfigure(encoding="utf-8")
    try:
        build(language(arguments, os.environ)).main(list(arguments), prog_name="cae")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else BAD_INPUT
    return DONE


class _App(LocalisedGroup):
    """The group that says what went wrong in one line and leaves with the right code, without a traceback."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        options["standalone_mode"] = False
        try:
            code = super().main(*arguments, **options)
        except click.exceptions.Exit as leaving:
            code = leaving.exit_code
        except click.Abort:
            code = 130
        except click.ClickException as error:
            _say(self.words, [click_error_text(error, self.words)], _try_help(error, self.words))
            code = BAD_INPUT
        except CaeCoreError as error:
            _say(self.words, list(problem_lines(error, self.words.lang)), _what_next(error, self.words))
            code = BAD_INPUT
        except OSError as error:
            # click has already dealt with a reader that left, as `head` does.
            problem = InputError(str(error.filename or "cae"), f"cannot be read: {error.strerror}")
            _say(self.words, list(problem_lines(problem, self.words.lang)), "")
            code = BAD_INPUT
        sys.exit(code if isinstance(code, int) else DONE)


def _say(words: Words, lines: Sequence[str], advice: str) -> None:
    first, *others = lines
    prefix = click.style(f"{words('Erreur', 'Error')}{words.colon}", fg="red", bold=True)
    click.echo(prefix + first, err=True)
    for line in others:
        click.echo(line, err=True)
    if advice:
        click.echo(advice, err=True)


def _try_help(error: click.ClickException, words: Words) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "cae"
    return words(f"Voir « {path} --help ».", f"See “{path} --help”.")


def _what_next(error: CaeCoreError, words: Words) -> str:
    if isinstance(error, LawNotKnownError) and error.last_known and error.day > error.last_known:
        return words(
            "Pour reconduire les dernières valeurs connues, ajouter --assume-unchanged.",
            "To carry the last known values forward, add --assume-unchanged.",
        )
    return ""


def build(lang: str = "fr") -> click.Group:
    """Return the command ``cae`` in a language."""
    words = Words(lang)

    def show_version(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            click.echo(f"cae-core {version()}")
            context.exit()

    @click.pass_context
    def show_help(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            click.echo(context.get_help())

    app = _App(
        words,
        name="cae",
        help=words(
            "Les règles d'emploi des coopératives d'activité et d'emploi : du chiffre d'affaires au net "
            "payé, au centime et avec les textes.",
            "The employment rules of French business and employment cooperatives: from turnover to net pay, "
            "to the cent and with the texts.",
        ),
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=show_version,
                help=words("Afficher la version.", "Show the version."),
            ),
            language_option(words),
        ],
        callback=show_help,
        invoke_without_command=True,
        no_args_is_help=False,
        subcommand_metavar=words("COMMANDE [ARGUMENTS]...", "COMMAND [ARGS]..."),
    )
    for module in _COMMANDS:
        command = module.command(words)
        command.params.append(language_option(words))
        app.add_command(command)
    return app


def language_option(words: Words) -> click.Option:
    """Return the option of the language; it was read before, for the help itself is in a language."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=words(
            "Langue (ou la variable CAE_LANG) ; français par défaut.", "Language, or variable CAE_LANG."
        ),
    )
