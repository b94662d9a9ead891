"""Which measures a scorecard shows, in which sections: ``params/scorecards.yml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from cafcass_reports.errors import PackError, nearest
from cafcass_reports.exhibits.scorecard import Row
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.parameters import Strict, build, read_yaml


class Scorecard(Strict):
    """Sections, each with its metrics in order, and the metrics whose change is not shown."""

    sections: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(min_length=1)
    without_change: frozenset[str] = frozenset()


def rows_of(
    pack: Pack, measurements: Measurements, name: str, sections: Sequence[str], area: Area
) -> list[tuple[str, list[Row]]]:
    """Measure a scorecard.

    Parameters
    ----------
    pack
        Whose project holds ``params/scorecards.yml``.
    measurements
        What was measured.
    name
        The scorecard.
    sections
        The sections wanted, in that order; all where none is named.
    area
        The area; what it has no figure of is left out, unless it is the nation or has none at all.

    Raises
    ------
    PackError
        Where there is no such file, scorecard or section.
    """
    file = pack.project / "params" / "scorecards.yml"
    entries = read_yaml(file, PackError)
    if name not in entries:
        raise PackError(f"{file} has no scorecard {name!r}.", valid=nearest(name, entries))
    card = build(Scorecard, entries[name], f"{file}, {name}", PackError)
    for section in sections:
        if section not in card.sections:
            raise PackError(f"{file}, {name} has no section {section!r}.", valid=nearest(section, card.sections))
    made = [
        (section, [Row(measurements.one(m, area), m not in card.without_change) for m in card.sections[section]])
        for section in sections or card.sections
    ]
    if area == measurements.areas.nation:
        return made
    # What is recorded for the nation alone says nothing of an area; the nation's own gaps are seen.
    there = [(section, [row for row in rows if _has_figure(row.measurement)]) for section, rows in made]
    return [(section, rows) for section, rows in there if rows] or made


def _has_figure(found: Measurement) -> bool:
    return found.value is not None or found.suppressed
