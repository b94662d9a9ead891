"""Write what was measured into docs/benchmarks.md: each command renews its own part, the words around it stay."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.project import ROOT
from cafcass_reports.exhibits import drawing

PAGE = ROOT / "docs" / "benchmarks.md"
_VERSIONED = ("cafcass_reports", "papermill", "nbconvert", "nbclient", "ipykernel", "duckdb", "pandas", "matplotlib")


def write(part: str, lines: Sequence[str]) -> None:
    """Renew a part of the page, which stands between two comments with its name.

    Raises
    ------
    ValueError
        Where the page has no such part.
    """
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: written by `make bench` -->", f"<!-- end of {part} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{PAGE} has no part '{part}'; it stands between '{begin}' and '{end}'.")
    content = "\n".join([begin, "", *lines, "", made_on(), "", end])
    PAGE.write_text(re.sub(f"{begin}.*{end}", lambda _: content, text, flags=re.DOTALL), encoding="utf-8")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table in Markdown; columns after the first are numbers."""
    marks = ["---", *["--:"] * (len(header) - 1)]
    return [_row(header), _row(marks), *map(_row, rows)]


def picture(name: str, figure: Figure, alternative: str) -> str:
    """Write a chart beside the page, and return the line that shows it."""
    path = PAGE.parent / "pictures" / f"benchmarks-{name}.svg"
    path.write_text(drawing.svg(figure), encoding="utf-8")
    return f"![{alternative}]({path.relative_to(PAGE.parent).as_posix()})"


def made_on() -> str:
    """Say when, on what machine and with what versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONED)
    return (
        f"Measured on {datetime.now(UTC):%-d %B %Y}: {_processor()}, {os.cpu_count()} processors, {_memory():.0f} GiB; "
        f"{platform.system()}, Python {platform.python_version()}; {versions}."
    )


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> float:
    found = re.search(r"^MemTotal:\s*(\d+)", _read("/proc/meminfo"), re.MULTILINE)
    return int(found[1]) / 2**20 if found else float("nan")


def _read(name: str) -> str:
    path = Path(name)
    return path.read_text(encoding="utf-8") if path.is_file() else ""
