"""Where an area stands: its figures against the nation's, and of the nation the range of its areas."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection, Tone
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.attention import interval
from cafcass_reports.metrics.measurement import NOTE, SUFFIX, Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better

_RANGE = "Counts of areas of different size are compared by their change in a year."
_INTERVAL = (
    "Likely range: 95% interval of the share (Wilson, 1927); where the nation lies within it, chance alone may be the "
    "reason. Means are compared as they are, counts by their change in a year."
)


def standing(measurements: Measurements, metrics: Sequence[str], area: Area) -> Exhibit:
    """Show an area's figures beside the nation's with their intervals; of the nation, or a region, the range of areas.

    Parameters
    ----------
    measurements
        What was measured.
    metrics
        Shares, means and rates are compared as they are, counts by their change in a year. What the area has no
        figure of is left out.
    area
        The area.
    """
    figures = [measurements.one(metric, area) for metric in dict.fromkeys(metrics)]
    figures = [figure for figure in figures if figure.value is not None or figure.suppressed]
    return _range(measurements, figures, area) if area.parts == "area" else _against(measurements, figures, area)


def _against(measurements: Measurements, figures: Sequence[Measurement], area: Area) -> Exhibit:
    nation = measurements.areas.nation
    pairs = [(figure, measurements.one(figure.metric.id, nation, figure.when)) for figure in figures]
    # Of few, a change is given in numbers, which have nothing to say beside the nation's percent.
    pairs = [(own, all_) for own, all_ in pairs if own.metric.divided or own.change_unit == "percent"]
    pairs = [(own, all_) for own, all_ in pairs if own.metric.divided or own.change_shown]
    readings = [_reading(own, all_) for own, all_ in pairs]
    better, worse = (sum(cell.tone is tone for cell in readings) for tone in (Tone.IMPROVEMENT, Tone.CONCERN))
    counted = [f"{count or 'none'} {word}" for count, word in ((better, "better"), (worse, "worse"))]
    title = f"{area.name} against {nation.name}: of {len(readings)} measures {headlines.joined(counted)}"
    rows = tuple(
        (
            Cell(text=_label(own)),
            Cell(text=_said(own), value=_float(own), measurement=own.id),
            Cell(text=_likely(own)),
            Cell(text=_said(all_), value=_float(all_), measurement=all_.id),
            reading,
        )
        for (own, all_), reading in zip(pairs, readings, strict=True)
    )
    columns = (
        TableColumn(label="Measure", row_header=True, weight=2.8),
        TableColumn(label=f"Your area, {area.name}" if area.level is Level.AREA else area.name, align="right"),
        TableColumn(label="Likely range", align="right", weight=1.2),
        TableColumn(label=nation.name, align="right"),
        TableColumn(label="Reading", weight=1.5),
    )
    shown = [figure for pair in pairs for figure in pair]
    return _table(measurements, title, area, columns, rows, figures=shown, note=_INTERVAL)


def _range(measurements: Measurements, figures: Sequence[Measurement], area: Area) -> Exhibit:
    """The nation, or a region, with the areas at either end of each measure."""
    rows, shown = [], []
    for figure in figures:
        parts = [measurements.one(figure.metric.id, part, figure.when) for part in measurements.parts_of(area, "area")]
        known = [part for part in parts if part.value is not None and (part.metric.divided or part.change is not None)]
        if len(known) < 2:
            continue
        ends = [end(known, key=_size) for end in (min, max)]
        rows.append(
            (
                Cell(text=_label(figure)),
                Cell(text=_said(figure), value=_float(figure), measurement=figure.id),
                *(Cell(text=f"{_said(end)} ({end.area.name})", measurement=end.id) for end in ends),
            )
        )
        shown += [figure, *ends]
    columns = (
        TableColumn(label="Measure", row_header=True, weight=2.8),
        TableColumn(label=area.name, align="right"),
        TableColumn(label="Lowest area", align="right", weight=1.3),
        TableColumn(label="Highest area", align="right", weight=1.3),
    )
    title = _furthest(shown)
    return _table(measurements, title, area, columns, tuple(rows), figures=shown, note=_RANGE)


def _furthest(shown: Sequence[Measurement]) -> str:
    """Name the share or mean whose areas lie furthest apart, as a multiple of each other."""
    triples = [shown[at : at + 3] for at in range(0, len(shown), 3)]
    apart = [(whole, low, high) for whole, low, high in triples if whole.metric.divided and low.value]
    if not apart:
        return "How areas changed in a year"
    whole, low, high = max(apart, key=lambda ends: (ends[2].value or 0) / (ends[1].value or 1))
    ends = f"from {low.shown} in {low.area.name} to {high.shown} in {high.area.name}"
    return f"Areas lie furthest apart in {whole.metric.phrase}: {ends}"


def _table(
    measurements: Measurements,
    title: str,
    area: Area,
    columns: Sequence[TableColumn],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    figures: Sequence[Measurement],
    note: str,
) -> Exhibit:
    payload = TablePayload(
        title=title,
        subtitle=f"{area.name}, {measurements.reporting.period.label}, or the period that the measure names",
        alt=f"{title}. " + " ".join("; ".join(spoken(cell) for cell in row if cell.text) + "." for row in rows),
        source=sources(figures),
        measurements=tuple(provenance(measurements, figure) for figure in {f.id: f for f in figures}.values()),
        columns=tuple(columns),
        sections=(TableSection(title="", rows=rows),),
        note=note + f" {NOTE}." * any(figure.suppressed for figure in figures),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _label(figure: Measurement) -> str:
    return figure.title if figure.metric.divided else f"{figure.title}: change in a year"


def _said(figure: Measurement) -> str:
    return figure.shown if figure.metric.divided or figure.suppressed else figure.change_shown


def _size(figure: Measurement) -> float:
    return float((figure.value if figure.metric.divided else figure.change) or 0)


def _float(figure: Measurement) -> float | None:
    return None if figure.suppressed or figure.value is None else _size(figure)


def _likely(own: Measurement) -> str:
    ends = interval(own)
    if ends is None:
        return ""
    low, high = (number(end, own.metric.decimals) for end in ends)
    return f"{low} to {high}{SUFFIX[own.metric.unit]}"


def _reading(own: Measurement, all_: Measurement) -> Cell:
    """Say whether an area lies above or below the nation: of a share only where chance alone does not explain it."""
    if own.suppressed or all_.value is None or own.value is None:
        return Cell(text="")
    ends = interval(own)
    if ends is not None and ends[0] <= all_.value <= ends[1]:
        return Cell(text="no clear difference", tone=Tone.NEUTRAL)
    if _said(own) == _said(all_):
        return Cell(text="the same", tone=Tone.NEUTRAL)
    above = _size(own) > _size(all_)
    if not own.metric.divided:
        # How far chance alone moves a count's change is not known here.
        return Cell(text="grew more" if above else "grew less", tone=Tone.NEUTRAL)
    if own.metric.better is Better.NEITHER:
        return Cell(text="higher" if above else "lower", tone=Tone.NEUTRAL)
    good = above == (own.metric.better is Better.HIGHER)
    return Cell(text="higher" if above else "lower", tone=Tone.IMPROVEMENT if good else Tone.CONCERN)
