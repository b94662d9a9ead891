"""The ledger of rounded counts: what final packs published of the workforce by characteristic at each quarter end.

It lies in ``records/rounded_counts.csv`` and holds no exact count. A later pack shows the same figures again
(:func:`cafcass_reports.metrics.diversity.rounded`): rounded twice, a count would be known more closely. A draft reads
the ledger; the run of a final pack writes it, last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cafcass_reports.errors import PackError
from cafcass_reports.metrics.diversity import BASE, ENDS, NAME, Published
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.records import read_record, write_record
from cafcass_reports.packs.registers import Registers

FILE = "records/rounded_counts.csv"

_NAMED = ("pack", "measured", "as_at", "post_kind", "unit")
_HEADER = (*_NAMED, *(group if group == kind else f"{kind}: {group}" for kind, group in ENDS))


class Line(NamedTuple):
    """What a pack, when its measurements had a certain key, published of a kind of post in a unit on a day."""

    pack: str
    measured: str
    as_at: date
    post_kind: str
    unit: str
    posts: tuple[int, ...]


def read(project: Path) -> list[Line]:
    """Return the lines of a project's ledger, one a choice; none where nothing final was ever made.

    Raises
    ------
    PackError
        Where a line is not whole.
    """
    header, *rows = read_record(project / FILE) or [[]]
    lines = []
    for number, row in enumerate(rows, start=2):
        try:
            line = _line(row)
        except (ValueError, IndexError):
            line = None
        if line is None or tuple(header) != _HEADER:
            raise PackError(
                f"{FILE}, line {number} is not whole: {','.join(row)}.",
                valid=f"The columns {', '.join(_HEADER)}; counts are multiples of {BASE}.",
                next_step="Restore the file from version control: without it published counts would be rounded anew.",
            )
        lines.append(line)
    return lines


def figures(lines: Iterable[Line]) -> Published:
    """Return what was published, as counting reads it."""
    found: dict[date, dict[tuple[object, ...], int]] = {}
    for line in lines:
        for end, posts in zip(ENDS, line.posts, strict=True):
            found.setdefault(line.as_at, {})[line.unit, line.post_kind, end] = posts
    return found


def write(pack: Pack, registers: Registers, key: str) -> None:
    """Enter what a final pack publishes; of a choice that was published before with other figures these are the last.

    Parameters
    ----------
    pack
        The pack.
    registers
        Its registers, the rounded counts among them if it has any.
    key
        The key of its measurements, by which a run of the same pack from the same extracts knows its own lines.
    """
    if NAME not in registers or registers[NAME].empty:
        return
    lines = {line[2:5]: line for line in read(pack.project)}
    for line in _lines(pack, registers, key):
        before = lines.get(line[2:5])
        if before is None or before.posts != line.posts or before.pack == pack.name:
            lines[line[2:5]] = line
    rows = [(*line[:2], line.as_at.isoformat(), *line[3:5], *line.posts) for line in lines.values()]
    write_record(pack.project / FILE, _HEADER, rows)


def _lines(pack: Pack, registers: Registers, key: str) -> Iterable[Line]:
    frame = registers[NAME]
    columns = ["as_at", "post_kind", "unit", "characteristic", "group"]
    counts = dict(zip(frame[columns].itertuples(index=False, name=None), frame["posts"], strict=True))
    for day, kind, unit in dict.fromkeys(choice[:3] for choice in counts):
        yield Line(pack.name, key, day, kind, unit, tuple(int(counts[day, kind, unit, *end]) for end in ENDS))


def _line(row: list[str]) -> Line:
    named, posts = row[: len(_NAMED)], [int(text) for text in row[len(_NAMED) :]]
    if len(posts) != len(ENDS) or any(count < 0 or count % BASE for count in posts):
        raise ValueError(row)
    return Line(named[0], named[1], date.fromisoformat(named[2]), named[3], named[4], tuple(posts))
