"""Files in ``records/``: what outlives a run, and is kept under version control."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from cafcass_reports.errors import PackError


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
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8", newline="") as beside:
            beside.write(target.getvalue())
        Path(beside.name).replace(file)
    except OSError as problem:
        raise PackError(
            f"{file} cannot be written: {problem.strerror}.",
            next_step="Check its permissions and run again: without it the next pack may show what this one hides.",
        ) from None
