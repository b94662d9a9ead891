"""Exceptions first: which measures of a scorecard need attention, by which rule, and in which parts."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.control import signal
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.attention import BASE, LARGE, LARGE_POINTS, Attention, attention
from cafcass_reports.metrics.measurements import Measurements

_NAMED = 3
"""Parts that are named; of more it is enough to say how many."""

_RULES = (
    "Rules: the latest month is a special cause of concern; the target is expected to be missed; the figure is on the "
    f"wrong side of it; a change of {LARGE}% or {LARGE_POINTS} points in a year, on {BASE} or more, that is not for "
    "the better. Each part is held against the same rules."
)


def exceptions(measurements: Measurements, metrics: Sequence[str], area: Area) -> Exhibit:
    """Show which measures need attention and why, concerns first; those that meet no rule are left out.

    Parameters
    ----------
    measurements
        What was measured, with its targets and rebases.
    metrics
        The measures looked at.
    area
        The area; the last column says which of its areas, or of a single area's teams, meet a rule too.
    """
    every = [attention(measurements, metric, area) for metric in dict.fromkeys(metrics)]
    known = [each for each in every if each.figure.value is not None or each.figure.suppressed]
    found = sorted((each for each in known if each.reasons), key=_weight)
    concerns = [each for each in found if each.concern]
    news = [each for each in found if not each.concern]
    parts = measurements.parts_of(area, area.parts)
    sections = [
        TableSection(title=title, rows=tuple(_row(measurements, each, parts) for each in those))
        for title, those in (("Concerns", concerns), ("Other large changes", news))
        if those
    ]
    title = _title(concerns, len(known))
    none = (Cell(text="None"), Cell(text=""), Cell(text="No measure meets a rule"), Cell(text=""))
    figures = [each.figure for each in found]
    payload = TablePayload(
        title=title,
        subtitle=f"{area.name}, {measurements.reporting.period.label}; {len(known)} measures held against the rules",
        alt=f"{title}. " + " ".join(_spoken(each) for each in found),
        source=sources(figures or [each.figure for each in known]),
        measurements=tuple(provenance(measurements, figure) for figure in figures),
        columns=(
            TableColumn(label="Measure", row_header=True, weight=2.2),
            TableColumn(label="Now", align="right", weight=1.1),
            TableColumn(label="Why it needs attention", weight=3.4),
            TableColumn(label=f"{headlines.sentence(area.parts)}s that meet a rule", weight=1.7),
        ),
        sections=tuple(sections) or (TableSection(title="", rows=(none,)),),
        note=_RULES,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _weight(found: Attention) -> tuple[bool, int, int]:
    """Concerns before news, the weightiest rule first, then what meets more of them."""
    return not found.concern, min(reason.rule for reason in found.reasons), -len(found.reasons)


def _title(concerns: Sequence[Attention], count: int) -> str:
    if not concerns:
        return f"None of {count} measures gives concern by rule"
    verb = "needs" if len(concerns) == 1 else "need"
    return f"{len(concerns)} of {count} measures {verb} attention; first, {concerns[0].figure.metric.phrase}"


def _row(measurements: Measurements, found: Attention, parts: Sequence[Area]) -> tuple[Cell, ...]:
    figure = found.figure
    value = None if figure.value is None else float(figure.value)
    return (
        Cell(text=figure.title),
        Cell(
            text=figure.shown,
            value=value,
            measurement=figure.id,
            signal=signal(found.process) if found.process else None,
        ),
        Cell(text=". ".join(reason.said for reason in found.reasons) + "."),
        Cell(text=_where(measurements, figure.metric.id, parts)),
    )


def _where(measurements: Measurements, metric: str, parts: Sequence[Area]) -> str:
    held = [attention(measurements, metric, part) for part in parts]
    known = [each for each in held if each.figure.value is not None]
    names = [each.figure.area.name for each in known if each.reasons]
    if not names or not known:
        return "None" if known else ""
    if len(names) <= _NAMED:
        return ", ".join(names)
    more = len(names) - _NAMED
    return f"All {len(known)}" if len(names) == len(known) else f"{', '.join(names[:_NAMED])} and {more} more"


def _spoken(found: Attention) -> str:
    return f"{found.figure.title}, {found.figure.spoken}: {'; '.join(reason.said for reason in found.reasons)}."
