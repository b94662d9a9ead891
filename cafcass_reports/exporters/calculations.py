"""The appendix: how each figure of a paper was calculated, as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection

APPENDIX = "How each figure was calculated"

_Group: TypeAlias = Sequence[Provenance]  # one metric and period, for many areas
_MANY = 4  # areas that stand in a table of their own
_ACROSS = 5  # figures in one such table
_NONE = "–"
_OWN_MONTHS = re.compile(r"\b(?:Q[1-4] \d{4}|[A-Z][a-z]{2} \d{2})\b")  # "Q2 2020", "Sep 20 - Nov 20" in a title


def calculations(measurements: Sequence[Provenance]) -> tuple[TablePayload, ...]:
    """Return how each measurement was calculated: those of a metric together, in the order of the paper.

    The first table has a row for each figure. Figures of many areas, which would fill pages there, follow in tables
    with a row for each area and a column for each metric.

    Parameters
    ----------
    measurements
        One or more. The area and the period that most of them share is said once, above the tables.
    """
    columns = (
        TableColumn(label="Figure", row_header=True, weight=26),
        TableColumn(label="Value", align="right", weight=1),
        TableColumn(label="Calculated from", weight=14),
        TableColumn(label="Definition, source and id", weight=60),
    )
    (area, period), _ = Counter((each.area, each.period) for each in measurements).most_common(1)[0]
    apart: list[list[_Group]] = []
    rows = tuple(tuple(Cell(text=text) for text in row) for row in _rows(measurements, area, period, apart))
    whole = TablePayload(
        title="",
        subtitle=f"All figures are for {area}, {period}, unless another area or period is named.",
        alt="For each figure in this paper: its value, what it was calculated from, its definition, source and id.",
        source="",
        columns=columns,
        sections=(TableSection(title="", rows=rows),),
    )
    return whole, *(_by_area(part, period) for groups in apart for part in _evenly(groups))


def id_of_parts(figure: str) -> str:
    """Return how an appendix names together the ids of one metric and period for many areas.

    Examples
    --------
    >>> id_of_parts("kpi_1.a7.2020-04-01_2020-11-30")
    'kpi_1.[area].2020-04-01_2020-11-30'
    """
    metric, _, rest = figure.partition(".")
    return f"{metric}.[area].{rest.rpartition('.')[2]}"


def _rows(
    measurements: Sequence[Provenance], area: str, period: str, apart: list[list[_Group]]
) -> Iterator[tuple[str, str, str, str]]:
    """Give each figure a row; many areas that follow a figure of the same metric and period go to ``apart``."""
    order = list(dict.fromkeys(each.metric for each in measurements))
    ordered = sorted(measurements, key=lambda each: order.index(each.metric))
    above, called = "", ("", "")
    for (metric, title, _), group in groupby(ordered, key=lambda each: (each.metric, each.title, each.period)):
        first, *others = group
        many = len(others) >= _MANY
        name = f"As above ({_place(first, area)})" if called == (metric, title) else _named(first, area, period)
        called = (metric, title)
        for figure in (first, *([] if many else others)):
            origin = f"{figure.definition} Source: {figure.source}."
            yield (
                name if figure is first else f"As above ({figure.area})",
                figure.value,
                _calculation(figure),
                f"{'As above.' if origin == above else origin} Id: {_breaking(figure.measurement)}",
            )
            above = origin
        if many:
            _put_with_its_like(others, apart)
            one = others[0]
            slug = one.measurement.partition(".")[2].rpartition(".")[0]
            ids = f"Ids: {_breaking(id_of_parts(one.measurement))}, {slug} for {one.area}."
            yield "As above, area by area", _NONE, _NONE, f"In the table of areas below. {ids}"


def _named(figure: Provenance, area: str, period: str) -> str:
    apart = figure.period != period and not _OWN_MONTHS.search(figure.title)
    others = [figure.area] * (figure.area != area) + [figure.period] * apart
    return figure.title + (f" ({', '.join(others)})" if others else "")


def _place(figure: Provenance, area: str) -> str:
    """Say what sets a figure apart from the one above, which is of another period."""
    return ", ".join([figure.area] * (figure.area != area) + [figure.period])


def _evenly(groups: Sequence[_Group]) -> Iterator[Sequence[_Group]]:
    """Share figures out to tables of about equal width."""
    across = -(-len(groups) // -(-len(groups) // _ACROSS))
    return (groups[at : at + across] for at in range(0, len(groups), across))


def _put_with_its_like(group: _Group, tables: list[list[_Group]]) -> None:
    """Put figures into a table that shares most of its areas, or of theirs, else into one of their own.

    Areas stay apart from teams.
    """
    areas = {figure.area for figure in group}
    for table in tables:
        there = {figure.area for other in table for figure in other}
        if 2 * len(areas & there) >= min(len(areas), len(there)):
            table.append(group)
            return
    tables.append([group])


def _by_area(groups: Sequence[_Group], period: str) -> TablePayload:
    """Return a table with a row for each area, the calculation of each figure in brackets."""
    said = [{figure.area: _with_calculation(figure) for figure in group} for group in groups]
    areas = sorted({area for column in said for area in column}, key=_in_order)
    rows = ((Cell(text=area), *(Cell(text=column.get(area, _NONE)) for column in said)) for area in areas)
    # Said of no single area: each has a row.
    titles = [_named(group[0], group[0].area, period) for group in groups]
    return TablePayload(
        title="",
        subtitle="Area by area, with what each figure was calculated from in brackets.",
        alt=f"For each area, with what they were calculated from: {'; '.join(titles)}.",
        source="",
        columns=(
            TableColumn(label="Area", row_header=True),
            *(TableColumn(label=title, align="right") for title in titles),
        ),
        sections=(TableSection(title="", rows=tuple(rows)),),
    )


def _in_order(area: str) -> list[str | int]:
    """Sort A2 before A10, and a team after its area."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", area)]


def _with_calculation(figure: Provenance) -> str:
    calculation = _calculation(figure)
    text = figure.value if calculation in ("", figure.value) else f"{figure.value} ({calculation})"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _breaking(figure: str) -> str:
    """Let an id go on in the next line after each of its parts."""
    return re.sub(r"([._])", "\\1\u200b", figure)


def _calculation(figure: Provenance) -> str:
    if figure.kind == "reported":
        return "Reported"
    parts = [part for part in (figure.numerator, figure.denominator) if part]
    return figure.calculation or " and ".join(parts)
