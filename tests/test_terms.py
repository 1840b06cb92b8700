"""Closed lists of words: every one in the library can be read back from its names."""

import importlib
import pkgutil

import pytest

import cae_core
from cae_core.errors import InputError
from cae_core.terms import Term, plain_word


class Colour(Term):
    DARK_RED = "dark_red", "rouge foncé"
    BLUE = "blue", "bleu", "sky blue"


def every_list() -> list[type[Term]]:
    for module in pkgutil.walk_packages(cae_core.__path__, "cae_core."):
        if not module.name.endswith("__main__"):  # that one runs
            importlib.import_module(module.name)

    def below(kind):
        return {each for direct in kind.__subclasses__() for each in (direct, *below(direct))}

    found = {kind for kind in below(Term) if kind.__module__.startswith("cae_core.")}
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


class TestNames:
    """A code for programs, a name in each language for people."""

    def test_the_value_is_the_code(self):
        assert Colour("dark_red") is Colour.DARK_RED
        assert Colour.DARK_RED.code == Colour.DARK_RED.value == "dark_red"

    def test_both_languages(self):
        assert [Colour.BLUE.name_in(lang) for lang in ("fr", "en")] == ["bleu", "sky blue"]
        assert Colour.BLUE.name_in() == "bleu"

    def test_without_an_english_name_it_is_the_code(self):
        assert Colour.DARK_RED.name_in("en") == "dark red"

    @pytest.mark.parametrize("word", [Colour.DARK_RED, "dark_red", "dark red", "Rouge foncé", "ROUGE FONCE"])
    def test_a_code_or_a_french_name_is_read(self, word):
        assert Colour.parse(word, "here") is Colour.DARK_RED

    def test_another_word_is_refused_with_those_there_are(self):
        with pytest.raises(
            InputError, match=r"^here: expected one of dark_red, blue, got 'blues'; did you mean"
        ):
            Colour.parse("blues", "here")


def test_a_plain_word_has_no_accent_nor_space():
    assert plain_word(" Dépense avancée ! ") == "depense_avancee"


@pytest.mark.parametrize("kind", every_list(), ids=lambda kind: kind.__name__)
def test_no_two_members_share_a_word(kind):
    """Else one of them could not be asked for."""
    for term in kind:
        assert kind.parse(term.code, "here") is term
        assert kind.parse(term.french_name, "here") is term
