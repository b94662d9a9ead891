"""What a paper reads while its notebook runs: files of its project, and figures.

A run begins the record in each kernel, and makes a paper anew only where something changed that stands in it. Files
are seen where Python opens them, so that an author's own modules and data are among them. What this package opens to
measure is not: of that the figures themselves are noted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs.measured import file_hash

_WRITING = frozenset("wax")  # modes of opening a file in which its content is not read


class _Record:
    """What one notebook has read so far; there is one in a kernel, and none elsewhere."""

    def __init__(self, target: Path, project: Path, measured: str) -> None:
        self.measured_before = measured
        self._target = target
        self._project = f"{project}/"
        self._elsewhere = (f"{Path(sys.prefix)}/", f"{project / 'outputs'}/")
        self._files: dict[str, str] = {}
        self._written: set[object] = set()
        self._measurements: list[Measurements] = []
        self.paused = False

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a file that is opened to be read; Python tells of each."""
        if event == "open" and not self.paused and isinstance(arguments[0], str | Path):
            path = str(Path(arguments[0]).absolute())
            written = _WRITING.intersection(arguments[1] or "")
            if path.startswith(self._project) and not path.startswith(self._elsewhere) and not written:
                self._note(source_from_cache(path) if Path(path).parent.name == "__pycache__" else path)

    def _note(self, path: str) -> None:
        """Note what is in a file as it is opened, not as it may be changed to while the run goes on."""
        name = path.removeprefix(self._project)
        if name not in self._files and Path(path).is_file():
            self.paused = True
            self._files[name] = file_hash(Path(path))
            self.paused = False

    def measured(self, measurements: Measurements) -> None:
        """Note what is looked up in measurements from now on."""
        self._measurements.append(measurements)

    def write(self, *_: object) -> None:
        """Add what was read since the cell before: the kernel may be ended as soon as its last cell is done.

        Some file systems wait for the disk where a file is written anew, which takes longer than most cells.
        """
        files = {name: content for name, content in self._files.items() if name not in self._written}
        looked_up = {figure for each in self._measurements for figure in each.looked_up}
        figures = sorted(looked_up - self._written)
        self.paused = True
        try:
            with self._target.open("a", encoding="utf-8") as record:
                print(json.dumps({"files": files, "figures": figures}), file=record)
        finally:
            self.paused = False
        self._written.update(files, figures)


_record: _Record | None = None


def begin(target: str, project: str, measured: str) -> None:
    """Begin to record, in a kernel, before its first cell.

    Parameters
    ----------
    target
        The file that the record is added to, after each cell.
    project
        The folder whose files are noted; those below ``outputs/`` and of Python itself are not.
    measured
        The key of what the run has measured.
    """
    global _record  # noqa: PLW0603 (a kernel runs one notebook, and Python tells of opened files for the process)
    Path(target).unlink(missing_ok=True)
    _record = _Record(Path(target), Path(project), measured)
    sys.addaudithook(_record.heard)
    InteractiveShell.instance().events.register("post_run_cell", _record.write)


def was_read(record: Path) -> tuple[dict[str, str], list[list[Any]]] | None:
    """Return what a record says was read: files with their contents' hashes, and metrics with their areas.

    None where there is no record, or it is not whole: its kernel was ended, or the disk full, in the middle of a line.
    """
    try:
        parts = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    except (FileNotFoundError, ValueError):
        return None
    files = {name: content for part in parts for name, content in part["files"].items()}
    return files, sorted(figure for part in parts for figure in part["figures"])


@contextmanager
def of_figures() -> Iterator[list[Measurements]]:
    """While a pack is opened and measured, note no files; note what is looked up in the measurements put into this."""
    opened: list[Measurements] = []
    if _record is None:
        yield opened
        return
    _record.paused = True
    try:
        yield opened
    finally:
        _record.paused = False
        for each in opened:
            _record.measured(each)


def key() -> str | None:
    """Return the key of what the run of this kernel has measured; None where no run has begun a record."""
    return _record.measured_before or None if _record else None


def beginning(target: Path, project: Path, measured: str) -> str:
    """Return the line of code that begins the record in a kernel."""
    return f"__import__({__name__!r}, fromlist=['begin']).begin({str(target)!r}, {str(project)!r}, {measured!r})"
