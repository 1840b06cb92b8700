"""Configuration of the documentation. It builds offline, with every warning an error."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

project = "cae_core"
copyright = "the cae_core contributors"
language = "en"
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "myst_nb",
    "generated",
    "notebooks",
    "public_names",
]
root_doc = "index"
exclude_patterns = [
    "_build",
    "_ext",
    "schema",
    "reference/generated/peers.rst",
    "reference/generated/hooks.rst",
]  # the last two are included
pygments_style = "friendly"
highlight_language = "python"
smartquotes = False  # French typography and code are written as they are meant

# Every reference must lead somewhere. There is no intersphinx, since the build uses no network: names of the
# standard library and of the three dependencies that signatures show have no page to lead to.
nitpicky = True
nitpick_ignore_regex = [
    (
        "py:(class|obj|data|exc)",
        r"(datetime|decimal|enum|fractions|os|pathlib|collections\.abc|importlib\..+)\..+",
    ),
    ("py:(class|obj|exc)", r"(attrs?|attr\._make|pluggy(\._\w+)?|hypothesis)\..+"),
    # How `datetime as dt`, and two aliases that exist for type checkers alone, are written in the source.
    ("py:(class|obj)", r"dt\.date|Source|Self"),
]

autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
add_module_names = False

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # attributes are told once, in the class
napoleon_use_rtype = False
napoleon_custom_sections = [("Law", "Law")]

# The extension `notebooks` runs them: here they are shown.
nb_execution_mode = "off"
nb_merge_streams = True

html_theme = "furo"
html_title = "cae_core"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
