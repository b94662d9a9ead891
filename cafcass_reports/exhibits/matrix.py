"""The matrix of icons: what control charts of several metrics say of each part of an area, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.control import KEY, signal
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, SUPPRESSED
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.process import Process, process
from cafcass_reports.statistics.spc import Variation

MOST = 8
"""Metrics in one matrix: more columns cannot be read from a slide."""

_NONE = "no figure"


def matrix(measurements: Measurements, metrics: Sequence[str], area: Area, *, by: str, months: int) -> Exhibit:
    """Show the latest month of metrics in the parts of an area, each with its variation and assurance.

    Parameters
    ----------
    measurements
        What was measured, with its targets and rebases.
    metrics
        One to eight metrics that are measured month by month; each is a column.
    area
        The whole, which is the first row.
    by
        ``region``, ``area`` or ``team``.
    months
        How many months the limits come from.

    Raises
    ------
    CatalogueError
        Where metrics are more or none, one stands twice or has no months, or the area has no such parts.
    """
    if not 1 <= len(set(metrics)) == len(metrics) <= MOST:
        raise CatalogueError(f"A matrix of {', '.join(metrics) or 'no metric'}.", valid=f"1 to {MOST}, each once.")
    parts = measurements.parts_of(area, by)
    if not parts:
        raise CatalogueError(f"{area.name} has no {by} within it.", next_step="Show another level.")
    rows = [(place, [process(measurements, metric, place, months) for metric in metrics]) for place in (area, *parts)]
    latest = [found.latest for _, row in rows for found in row if found.latest]
    title = _title(rows[1:], by)
    note = " ".join((KEY, *_notes(rows)))
    payload = TablePayload(
        title=title,
        subtitle=f"Latest month and what up to {months} months say of it, by {by}; {area.name} first",
        alt=f"{title}. " + " ".join(_spoken(place, row) for place, row in rows),
        source=sources(latest),
        measurements=tuple(provenance(measurements, figure, history=()) for figure in latest),
        columns=(
            TableColumn(label=by.capitalize(), row_header=True),
            *(TableColumn(label=headlines.sentence(found.metric.phrase), align="right") for found in rows[0][1]),
        ),
        sections=(
            TableSection(title="", rows=tuple((Cell(text=place.name), *map(_cell, row)) for place, row in rows)),
        ),
        note=note,
        whole_first=True,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _cell(found: Process) -> Cell:
    if found.figures[-1].suppressed:
        return Cell(text=SUPPRESSED)
    if found.latest is None:
        return Cell(text=_NONE)
    return Cell(
        text=found.latest.shown, value=float(found.latest.value or 0), signal=signal(found), measurement=found.latest.id
    )


def _title(rows: Iterable[tuple[Area, Sequence[Process]]], by: str) -> str:
    """Say where the marks of concern stand, else those of improvement or of change: in every part, and in which few.

    What is marked in every part is counted; what is marked in some is named, that with the most parts.
    """
    columns = list(zip(*(row for _, row in rows), strict=True))
    known = [[found for found in column if found.latest and not found.figures[-1].suppressed] for column in columns]
    for means, word in (
        (Variation.CONCERN, "worse"),
        (Variation.IMPROVEMENT, "better"),
        (Variation.NEITHER, "changed"),
    ):
        marked = [(sum(found.variation is means for found in column), column) for column in known if column]
        everywhere = [column for count, column in marked if count == len(column)]
        some = [(count, column) for count, column in marked if 0 < count < len(column)]
        count, most = max(some, key=lambda one: one[0], default=(0, []))
        if everywhere:
            shown = " with a figure" if any(len(column) < len(columns[0]) for column in everywhere) else ""
            said = f"{len(everywhere)} of {len(columns)} measures {_verb(len(everywhere), word)} in every {by}{shown}"
            return f"{said}; {most[0].metric.phrase} in {count} of {len(most)}" if most else said
        if most:
            return f"{headlines.sentence(most[0].metric.phrase)}: {word} in {count} of {len(most)} {by}s"
    return f"No {by} stands out: all vary no more than usual"


def _verb(count: int, word: str) -> str:
    return word if word == "changed" else f"{'is' if count == 1 else 'are'} {word}"


def _notes(rows: Sequence[tuple[Area, Sequence[Process]]]) -> Iterable[str]:
    """Rebases and illustrative targets once for each metric; how many processes have few months."""
    whole = rows[0][1]
    for found in whole:
        for rebase in found.rebases:
            yield (
                f"{headlines.sentence(found.metric.phrase)}: limits start again in {rebase.month:%B %Y}, "
                f"{rebase.reason.rstrip('.')}."
            )
    for mark in (True, False):
        aimed = [found for found in whole if found.target and found.target.illustrative is mark]
        aims = ", ".join(f"{found.metric.phrase} {found.aim}" for found in aimed)
        if aims:
            yield f"{'Illustrative targets, agreed by nobody' if mark else 'Targets'}: {aims}."
    if any(found.figures[-1].suppressed for _, row in rows for found in row):
        yield f"{NOTE}."
    short = sum(found.segments[-1].short for _, row in rows for found in row if found.segments)
    if short:
        yield f"Limits from fewer than 13 months, here {short} of {sum(len(row) for _, row in rows)}, are provisional."


def _spoken(place: Area, row: Sequence[Process]) -> str:
    said = []
    for found in row:
        if found.figures[-1].suppressed:
            said.append(f"{found.metric.phrase} {found.figures[-1].spoken}")
            continue
        if found.latest is None:
            said.append(f"{found.metric.phrase} {_NONE}")
            continue
        icons = signal(found)
        words = ", ".join(part.lower() for part in (icons.words, icons.assured) if part)
        said.append(f"{found.metric.phrase} {found.latest.shown}, {words}")
    return f"{place.name}: {'; '.join(said)}."
