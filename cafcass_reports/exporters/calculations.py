"""The appendix: how each figure of a paper was calculated, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection

APPENDIX = "How each figure was calculated"


def calculations(measurements: Sequence[Provenance]) -> TablePayload:
    """Return one row a measurement, those of a metric together, in the order in which the paper shows them.

    Parameters
    ----------
    measurements
        One or more. The area and the period that most of them share is said once, above the table.
    """
    columns = (
        TableColumn(label="Figure", row_header=True, weight=40),
        TableColumn(label="Value", align="right", weight=1),
        TableColumn(label="Calculated from", align="right", weight=1),
        TableColumn(label="Definition and source", weight=60),
    )
    (area, period), _ = Counter((each.area, each.period) for each in measurements).most_common(1)[0]
    rows = tuple(tuple(Cell(text=text) for text in row) for row in _rows(measurements, area, period))
    return TablePayload(
        title="",
        subtitle=f"All figures are for {area}, {period}, unless another area or period is named.",
        alt="For each figure in this paper: its value, what it was calculated from, its definition and its source.",
        source="",
        columns=columns,
        sections=(TableSection(title="", rows=rows),),
    )


def _rows(measurements: Sequence[Provenance], area: str, period: str) -> Iterator[tuple[str, str, str, str]]:
    order = list(dict.fromkeys(each.metric for each in measurements))
    above = ""
    for figure in sorted(measurements, key=lambda each: order.index(each.metric)):
        origin = f"{figure.definition} Source: {figure.source}."
        parts = f"{figure.numerator} of {figure.denominator}" if figure.denominator else figure.numerator
        others = [figure.area] * (figure.area != area) + [figure.period] * (figure.period != period)
        yield (
            figure.title + (f" ({', '.join(others)})" if others else ""),
            figure.value,
            "Reported" if figure.kind == "reported" else parts,
            "As above." if origin == above else origin,
        )
        above = origin
