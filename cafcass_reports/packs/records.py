"""Files in ``records/``: what outlives a run, and is kept under version control."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from cafcass_reports.errors import PackError
from cafcass_reports.packs.outputs import replace_whole


def read_record(file: Path) -> list[list[str]]:
    """Return the lines of a ledger, its header first; none where there is no ledger.

    Raises
    ------
    PackError
        Where it cannot be read.
    """
    if not file.exists():
        return []
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))
    except (OSError, ValueError, csv.Error) as problem:
        raise PackError(
            f"{file} cannot be read: {getattr(problem, 'strerror', None) or problem}.",
            next_step="Check its permissions, or restore it from version control.",
        ) from None


@contextmanager
def entering(project: Path) -> Iterator[None]:
    """Keep other runs of the project from entering lines, which would be lost, until the block ends."""
    with FileLock(project / "outputs" / ".records.lock"):
        yield


def write_record(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a ledger as CSV, beside it and then renamed: it is whole or as it was.

    Raises
    ------
    PackError
        Where it cannot be written.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    try:
        file.parent.mkdir(exist_ok=True)
        replace_whole(file, target.getvalue().encode("utf-8"))
    except OSError as problem:
        raise PackError(
            f"{file} cannot be written: {problem.strerror}.",
            next_step="Check its permissions and run again: without it the next pack may show what this one hides.",
        ) from None
