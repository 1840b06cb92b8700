"""The table of transitions as a picture, and a picture without its library."""

import builtins
import re
import xml.etree.ElementTree as ET

import pytest

from cae_core import InputError, load
from cae_core.errors import MissingExtraError
from cae_core.explain.lifecycle_svg import lifecycle_svg
from cae_core.explain.path_picture import path_picture
from path_samples import cesa, day, person, started

LIFECYCLE = load().lifecycle("cae")
IN_CESA = person(started(cesa()))


class TestTable:
    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_every_stage_and_every_transition(self, lang):
        svg = ET.fromstring(lifecycle_svg(LIFECYCLE, lang))
        texts = " ".join(" ".join(svg.itertext()).split())
        words = re.sub(r"\W+", " ", texts)
        for stage in LIFECYCLE.stages:
            assert re.sub(r"\W+", " ", stage.name(lang)).strip() in words
        for row in LIFECYCLE.transitions:
            if row.number:
                assert f"{row.number} {LIFECYCLE.kind(row.event).name(lang)}" in texts

    def test_what_the_law_does_by_itself_is_dashed(self):
        dashed = lifecycle_svg(LIFECYCLE).count('class="arrow law"')
        assert dashed == sum(LIFECYCLE.kind(row.event).automatic for row in LIFECYCLE.transitions)


class TestPath:
    def test_an_unknown_kind(self):
        with pytest.raises(InputError, match="expected one of svg, png, got 'gif'"):
            path_picture(IN_CESA, (), day("2025-06-01")).content("gif")

    def test_nothing_happened(self):
        with pytest.raises(InputError, match="expected an event at least, got none for Claire Vasseur"):
            path_picture(person(), (), day("2025-06-01"))

    def test_the_extra_is_named_where_it_is_missing(self, monkeypatch):
        real = builtins.__import__

        def without(name, *rest, **more):
            if name.startswith("matplotlib"):
                raise ImportError(name)
            return real(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match=r"pip install 'cae-core\[plots\]'"):
            path_picture(IN_CESA, (), day("2025-06-01"))
