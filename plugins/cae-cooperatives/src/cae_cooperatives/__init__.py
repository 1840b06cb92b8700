"""What cooperatives publish about money between them and a person: one TOML file each, in ``profiles/``.

A plugin of ``cae_core``, named ``cooperatives``. It declares profiles and changes no payslip.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import as_file, files

from cae_core.hooks import hookimpl
from cae_core.profile import CooperativeProfile, read_profile
from cae_core.variants import VariantInfo, VariantKind

__all__ = ["cae_register_cooperatives", "cae_variant"]

__version__ = "26.11.0"


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """Say what the plugin is."""
    yield VariantInfo(
        kind=VariantKind.COOPERATIVE,
        french_name="Coopératives publiées",
        english_name="Published cooperatives",
        version=__version__,
    )


@hookimpl
def cae_register_cooperatives() -> Iterable[CooperativeProfile]:
    """Declare the cooperatives, in the order of their codes."""
    with as_file(files(__name__) / "profiles") as folder:
        for file in sorted(folder.glob("*.toml")):
            yield read_profile(file)
