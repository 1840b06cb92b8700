"""What the author of a plugin tests it with: one assertion for the promises of the house, and strategies.

:func:`assert_plugin_conforms` needs numpy, ``cae_core.testing.strategies`` needs hypothesis; both come with
``pip install 'cae-core[testing]'``.
"""

from __future__ import annotations

from cae_core.testing.conformance import assert_plugin_conforms
from cae_core.testing.people import SAMPLE, columns

__all__ = ["SAMPLE", "assert_plugin_conforms", "columns"]
