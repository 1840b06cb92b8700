"""Run the notebooks of ``examples/``: into the documentation before each build, or into a folder.

    python docs/_ext/notebooks.py FOLDER [NOTEBOOK ...]

Their sources hold no output; what they show is made here, by a kernel of this very interpreter, and is not
kept under version control. A cell that fails stops everything.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "examples" / "notebooks"
#: Kernels at once; a cell of a reader's waits a second, one of a loaded machine may wait longer.
_AT_ONCE, _SECONDS = 2, 300


def run_notebooks(folder: Path, sources: Iterable[Path] = ()) -> None:
    """Run some notebooks, or all, and write them with their outputs into a folder.

    Raises:
        CellExecutionError: a cell failed; the message shows it.
    """
    # The first import on a machine lists its fonts, and says so: not inside a cell.
    import matplotlib.font_manager  # noqa: F401

    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_run_all(folder, list(sources) or sorted(SOURCES.glob("*.ipynb"))))


async def _run_all(folder: Path, sources: list[Path]) -> None:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def run(source: Path) -> None:
        async with gate:
            await _run(source, folder / source.name)

    await asyncio.gather(*map(run, sources))


async def _run(source: Path, target: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(source, as_version=4)
    where = {"metadata": {"path": str(source.parent)}}
    quiet = ["--log-level=ERROR"]  # a kernel warns that it listens on this machine
    client = NotebookClient(
        notebook, timeout=_SECONDS, kernel_name="python3", resources=where, extra_arguments=quiet
    )
    await client.async_execute()
    nbformat.write(notebook, target)


def setup(app: Any) -> dict[str, bool]:
    """Run every notebook before Sphinx reads its sources."""
    app.connect("config-inited", lambda app, config: run_notebooks(Path(app.srcdir) / "tutorials/notebooks"))
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    run_notebooks(Path(sys.argv[1]), map(Path, sys.argv[2:]))
