"""The appendix: how each figure of a paper was calculated, as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection

APPENDIX = "How each figure was calculated"

_OWN_MONTHS = re.compile(r"\b(?:Q[1-4] \d{4}|[A-Z][a-z]{2} \d{2})\b")  # "Q2 2020", "Sep 20 - Nov 20" in a title


def calculations(measurements: Sequence[Provenance]) -> TablePayload:
    """Return one row a measurement, those of a metric together, in the order in which the paper shows them.

    Parameters
    ----------
    measurements
        One or more. The area and the period that most of them share is said once, above the table.
    """
    columns = (
        TableColumn(label="Figure", row_header=True, weight=26),
        TableColumn(label="Value", align="right", weight=1),
        TableColumn(label="Calculated from", weight=14),
        TableColumn(label="Definition, source and id", weight=60),
    )
    (area, period), _ = Counter((each.area, each.period) for each in measurements).most_common(1)[0]
    rows = tuple(tuple(Cell(text=text) for text in row) for row in _rows(measurements, area, period))
    return TablePayload(
        title="",
        subtitle=f"All figures are for {area}, {period}, unless another area or period is named.",
        alt="For each figure in this paper: its value, what it was calculated from, its definition, source and id.",
        source="",
        columns=columns,
        sections=(TableSection(title="", rows=rows),),
    )


def _rows(measurements: Sequence[Provenance], area: str, period: str) -> Iterator[tuple[str, str, str, str]]:
    order = list(dict.fromkeys(each.metric for each in measurements))
    above, same = "", ("", "")
    for figure in sorted(measurements, key=lambda each: order.index(each.metric)):
        origin = f"{figure.definition} Source: {figure.source}."
        apart = figure.period != period and not _OWN_MONTHS.search(figure.title)
        others = [figure.area] * (figure.area != area) + [figure.period] * apart
        named = figure.title + (f" ({', '.join(others)})" if others else "")
        yield (
            f"As above ({figure.area})" if (figure.title, figure.period) == same else named,
            figure.value,
            "Reported" if figure.kind == "reported" else _calculation(figure),
            f"{'As above.' if origin == above else origin} Id: {_breaking(figure.measurement)}",
        )
        above, same = origin, (figure.title, figure.period)


def _breaking(figure: str) -> str:
    """Let an id go on in the next line after each of its parts."""
    return re.sub(r"([._])", "\\1\u200b", figure)


def _calculation(figure: Provenance) -> str:
    parts = [part for part in (figure.numerator, figure.denominator) if part]
    return figure.calculation or " and ".join(parts)
