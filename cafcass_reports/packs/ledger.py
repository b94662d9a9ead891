"""The ledger of published cells: which cells of disclosive metrics final packs showed, and which they hid.

It lies in ``records/published_cells.csv`` and holds no count. What one pack hides a later one must not show, and what
one has shown is known to readers: :mod:`cafcass_reports.metrics.protection` reads both. A draft reads the ledger; the
run of a final pack writes it, last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from cafcass_reports.errors import PackError
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.counted import Records, above, below, every, families
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.records import read_record, write_record
from cafcass_reports.periods import When, from_key

FILE = "records/published_cells.csv"

_SHOWN, _HIDDEN = "shown", "hidden"


class Entry(NamedTuple):
    """A line: a cell, as one pack had it when its measurements had a certain key."""

    pack: str
    measured: str
    cell: str
    area: str
    period: str
    state: str

    @property
    def published(self) -> PublishedCell:
        """The cell, as the protection reads it."""
        return PublishedCell(self.cell, self.area, from_key(self.period), self.state == _HIDDEN)


def read(project: Path) -> list[Entry]:
    """Return the lines of a project's ledger; none where nothing final was ever made.

    Raises
    ------
    PackError
        Where a line is not whole.
    """
    lines = read_record(project / FILE)
    entries = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            entry = Entry(*line)
            entry.published  # noqa: B018 (tries the days)
        except (TypeError, ValueError):
            entry = None
        if entry is None or entry.state not in (_SHOWN, _HIDDEN) or lines[0] != list(Entry._fields):
            raise PackError(
                f"{FILE}, line {number} is not whole: {','.join(line)}.",
                valid=f"The columns {', '.join(Entry._fields)}; a state is shown or hidden.",
                next_step="Restore the file from version control: without it hidden numbers can be worked out.",
            )
        entries.append(entry)
    return entries


def write(pack: Pack, measurements: Measurements, key: str, figures: Iterable[str]) -> None:
    """Enter what a final pack shows and hides; what it hid before stays entered.

    Parameters
    ----------
    pack
        The pack.
    measurements
        Its measurements.
    key
        Their key, by which a run of the same pack from the same extracts knows its own lines.
    figures
        Ids of the figures that its papers show.
    """
    now = _entries(pack, measurements, key, figures)
    if not now and not (pack.project / FILE).is_file():
        return
    cells = {(entry.cell, entry.area, entry.period) for entry in now}
    kept = [
        entry
        for entry in read(pack.project)
        if entry.pack != pack.name or (entry.state == _HIDDEN and (entry.cell, entry.area, entry.period) not in cells)
    ]
    write_record(pack.project / FILE, Entry._fields, sorted({*kept, *now}))


def _entries(pack: Pack, measurements: Measurements, key: str, figures: Iterable[str]) -> list[Entry]:
    published = {figure: measurements.by_id(figure) for figure in figures}
    shown = {
        (records, found.area.name, found.when)
        for found in published.values()
        if found.metric.disclosive and not found.suppressed and found.value is not None
        for records in every(found.metric)
    }
    names = _names(measurements.catalogue)
    entries = [(cell, _SHOWN) for cell in shown] + [(cell, _HIDDEN) for cell in _hidden(measurements)]
    return [Entry(pack.name, key, names[records], area, when.key, state) for (records, area, when), state in entries]


def _hidden(measurements: Measurements) -> Iterable[tuple[Records, str, When]]:
    """What no figure of the pack shows, because all that count it are suppressed."""
    for family in families(measurements.catalogue.values()):
        seen: dict[tuple[Records, str, When], bool] = {}
        for metric, area, when in measurements.disclosive(family):
            suppressed = measurements.one(metric.id, area, when).suppressed
            for records in every(metric):
                cell = (records, area.name, when)
                seen[cell] = suppressed and seen.get(cell, True)
        yield from (cell for cell, suppressed in seen.items() if suppressed)


def _names(catalogue: Catalogue) -> Mapping[Records, str]:
    """Name what is counted by the first metric that counts it."""
    names: dict[Records, str] = {}
    for metric in catalogue.values():
        if metric.disclosive:
            names.setdefault(above(metric), f"{metric.id}.numerator")
            of_ratio = below(metric)
            if of_ratio is not None:
                names.setdefault(of_ratio, f"{metric.id}.denominator")
    return names
