"""Hypothesis profiles: quick by default; ``HYPOTHESIS_PROFILE=long`` for the long run of ``nox -s properties``."""

import os

from hypothesis import settings

# No deadline: the first example of a test compiles the law of a month, and machines are shared.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
