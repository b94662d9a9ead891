"""The appendix: how each figure of a paper was calculated, as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection

APPENDIX = "How each figure was calculated"

_MANY = 4  # areas that share a row
_LONGEST = 44  # characters that stay in one line
_NONE = "–"
_OWN_MONTHS = re.compile(r"\b(?:Q[1-4] \d{4}|[A-Z][a-z]{2} \d{2})\b")  # "Q2 2020", "Sep 20 - Nov 20" in a title


def calculations(measurements: Sequence[Provenance]) -> TablePayload:
    """Return how each measurement was calculated, those of a metric together, in the order of the paper.

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


def id_of_parts(figure: str) -> str:
    """Return how an appendix names together the ids of one metric and period for many areas.

    Examples
    --------
    >>> id_of_parts("kpi_1.a7.2020-04-01_2020-11-30")
    'kpi_1.[area].2020-04-01_2020-11-30'
    """
    metric, _, rest = figure.partition(".")
    return f"{metric}.[area].{rest.rpartition('.')[2]}"


def _rows(measurements: Sequence[Provenance], area: str, period: str) -> Iterator[tuple[str, str, str, str]]:
    """Give each figure a row; the many areas that follow a figure of the same metric and period share one."""
    order = list(dict.fromkeys(each.metric for each in measurements))
    ordered = sorted(measurements, key=lambda each: order.index(each.metric))
    above = ""
    for _, group in groupby(ordered, key=lambda each: (each.metric, each.title, each.period)):
        first, *others = group
        brief = all(len(_entry(figure)) <= _LONGEST for figure in others)
        few = others if len(others) < _MANY or not brief else []
        for figure in (first, *few):
            origin = f"{figure.definition} Source: {figure.source}."
            yield (
                _named(figure, area, period) if figure is first else f"As above ({figure.area})",
                figure.value,
                "Reported" if figure.kind == "reported" else _calculation(figure),
                f"{'As above.' if origin == above else origin} Id: {_breaking(figure.measurement)}",
            )
            above = origin
        if others and not few:
            yield _together(others)


def _named(figure: Provenance, area: str, period: str) -> str:
    apart = figure.period != period and not _OWN_MONTHS.search(figure.title)
    others = [figure.area] * (figure.area != area) + [figure.period] * apart
    return figure.title + (f" ({', '.join(others)})" if others else "")


def _together(figures: Sequence[Provenance]) -> tuple[str, str, str, str]:
    """Say the figures of many areas one after another: a row each would fill pages."""
    one = figures[0]
    slug = one.measurement.partition(".")[2].rpartition(".")[0]
    ids = f"Ids: {_breaking(id_of_parts(one.measurement))}, {slug} for {one.area}."
    return "As above, area by area", _NONE, _NONE, f"{'; '.join(map(_entry, figures))}. {ids}"


def _entry(figure: Provenance) -> str:
    """Say one of many figures; it stays in its line, and so on its page, where its parts are read together."""
    calculated = "reported" if figure.kind == "reported" else _calculation(figure)
    parts = ", ".join(part for part in (figure.value, calculated) if part)
    return f"{figure.area}: {parts}".replace(" ", "\N{NO-BREAK SPACE}")


def _breaking(figure: str) -> str:
    """Let an id go on in the next line after each of its parts."""
    return re.sub(r"([._])", "\\1\u200b", figure)


def _calculation(figure: Provenance) -> str:
    parts = [part for part in (figure.numerator, figure.denominator) if part]
    return figure.calculation or " and ".join(parts)
