"""The profiles of cooperatives, run with every test of the project: the plugin need not be installed."""

import sys
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[2] / "plugins" / "cae-cooperatives"
sys.path[:0] = [str(PLUGIN / "src"), str(PLUGIN / "tests")]
pytest.register_assert_rewrite("test_cooperative_profiles")

from test_cooperative_profiles import *  # noqa: E402, F403 - its classes are collected here
