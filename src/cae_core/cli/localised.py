"""click in the reader's language: usage, titles, help and errors."""

from __future__ import annotations

import re
from typing import Any

import click

from cae_core.explain import Words

__all__ = ["LocalisedCommand", "LocalisedGroup", "click_error_text", "version"]


def version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("cae-core")
    except PackageNotFoundError:
        return "?"


class _Localised(click.Command):
    """What a command and a group have in common."""

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage under its title."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = self.words("Utilisation\u00a0: ", "Usage: ")
        formatter.write_usage(ctx.command_path, pieces, prefix=prefix)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option of the help, said in the language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.words("Afficher cette aide.", "Show this help.")
        return option


class LocalisedCommand(_Localised):
    """A command whose help is in a language."""


class LocalisedGroup(_Localised, click.Group):
    """A group of commands whose help is in a language."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their title."""
        rows = [(name, self.commands[name].get_short_help_str(90)) for name in self.list_commands(ctx)]
        with formatter.section(self.words("Commandes", "Commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order they were added."""
        return list(self.commands)


_FRENCH = (
    (r"^Option ['\"](.*?)['\"] requires (\d+) arguments\.$", r"l'option \1 attend \2 valeurs."),
    (r"^No such option:? ['\"]?([^'\"\s.]+)['\"]?\.?", r"option inconnue \1."),
    (r" Did you mean (.*)\?$", r" Vouliez-vous dire \1 ?"),
    (r" \(Possible options: (.*)\)$", r" Options proches : \1."),
    (r"^No such command ['\"](.*?)['\"]\.", r"commande inconnue « \1 »."),
    (r"^Missing command\.$", "il manque une commande."),
    (r"^Missing (?:argument|option|parameter) ['\"](.*?)['\"]\.", r"il manque \1."),
    (r"^Option ['\"](.*?)['\"] requires an argument\.$", r"l'option \1 attend une valeur."),
    (r"^Option ['\"](.*?)['\"] does not take a value\.$", r"l'option \1 n'a pas de valeur."),
    (r"^Got unexpected extra arguments? \((.*)\)$", r"arguments en trop : \1."),
    (r"^Invalid value for ['\"](.*?)['\"]: ", r"valeur refusée pour \1 : "),
    (r"['\"]?([^'\"\s]*)['\"]? is not one of (.*)\.$", r"« \1 » n'est pas l'un de \2."),
)


def click_error_text(error: click.ClickException, words: Words) -> str:
    """Return what is wrong with a command line."""
    message = error.format_message()
    if words.lang == "fr":
        for pattern, french in _FRENCH:
            message = re.sub(pattern, french, message)
    return message
