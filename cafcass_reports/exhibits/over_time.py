"""The scorecard over time: its measures by quarter and by month, and what their control charts say."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.control import KEY, signal
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.scorecard import Row
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.attention import attention
from cafcass_reports.metrics.measurement import NOTE, Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.spc import Variation

_COLUMNS = 3
"""Quarters, and months, that are shown: more columns cannot be read from a slide."""


def over_time(measurements: Measurements, sections: Sequence[tuple[str, Sequence[Row]]]) -> Exhibit:
    """Show the measures of a scorecard by quarter and month; those that have neither are left out.

    Parameters
    ----------
    measurements
        What was measured, with its targets and rebases.
    sections
        Titles, each with its rows in order.
    """
    area = sections[0][1][0].measurement.area
    quarters = measurements.reporting.quarters()[-_COLUMNS:]
    months = measurements.reporting.months()[-_COLUMNS:]
    figures: list[Measurement] = []
    described: list[Provenance] = []
    stood: list[Variation] = []
    made: list[TableSection] = []
    for heading, rows in sections:
        lines = []
        for row in rows:
            metric = row.measurement.metric
            by_quarter = measurements.steps(metric.id, area, "quarter")
            by_month = measurements.steps(metric.id, area, "month")
            steps = [*(by_quarter.get(q.last) for q in quarters), *(by_month.get(m.last) for m in months)]
            shown = [step for step in steps if step is not None and (step.value is not None or step.suppressed)]
            if shown:
                found = attention(measurements, metric.id, area).process
                stood += [found.variation] if found and found.variation else []
                mark = "*" if measurements.takes_a_snapshot(metric) else ""
                cells = [_cell(step) for step in steps]
                if found and found.latest in steps[-_COLUMNS:]:
                    at = steps.index(found.latest, len(quarters))
                    cells[at] = cells[at].model_copy(update={"signal": signal(found)})
                lines.append((Cell(text=metric.title_for(measurements.reporting.period) + mark), *cells))
                figures.append(shown[-1])
                described.append(provenance(measurements, shown[-1], history=shown[:-1]))
        if lines:
            made.append(TableSection(title=heading, rows=tuple(lines)))
    title = _title(stood)
    payload = TablePayload(
        title=title,
        subtitle=f"{area.name}, by quarter and by month",
        alt=f"{title}. " + " ".join(_spoken(figure) for figure in figures),
        source=sources(figures),
        measurements=tuple(described),
        columns=(
            TableColumn(label="Measure", row_header=True, weight=2.6),
            *(TableColumn(label=quarter.span, align="right", weight=1.2) for quarter in quarters),
            *(
                TableColumn(label=month.span, align="right", weight=1.5 if month is months[-1] else 1.0)
                for month in months
            ),
        ),
        sections=tuple(made),
        note=f"Beside the latest month: {KEY}"
        + " * On the first day after the quarter or month."
        + f" {NOTE}." * any(figure.suppressed for figure in figures),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _cell(step: Measurement | None) -> Cell:
    if step is None or (step.value is None and not step.suppressed):
        return Cell(text="")
    return Cell(text=step.shown, value=None if step.value is None else float(step.value), measurement=step.id)


def _spoken(figure: Measurement) -> str:
    return f"{figure.title}, {figure.when.label}: {figure.spoken}."


def _title(stood: Sequence[Variation]) -> str:
    counts = {means: stood.count(means) for means in Variation}
    parts = [
        f"{counts[means]} {words}"
        for means, words in (
            (Variation.CONCERN, "got worse"),
            (Variation.IMPROVEMENT, "improved"),
            (Variation.NEITHER, "changed"),
        )
        if counts[means]
    ]
    if not parts:
        return f"All {len(stood)} measures vary no more than usual"
    return f"Of {len(stood)} monthly measures {headlines.joined(parts)} beyond chance"
