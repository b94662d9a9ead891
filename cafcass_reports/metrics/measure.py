"""The catalogue measured: every metric for every area and every period or snapshot, as whole numbers.

A figure is divided and rounded only where it is shown (see :mod:`cafcass_reports.metrics.measurement`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import duckdb
import numpy as np
import pandas as pd

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import query
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.derived import DERIVED
from cafcass_reports.metrics.expressions import open_on
from cafcass_reports.metrics.figure_rows import COLUMNS
from cafcass_reports.metrics.metric import Kind, Metric
from cafcass_reports.metrics.protection import protect
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.periods import Period, Span
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics import working_days

_DAYS = ("day", "snapshot_day", "period_from", "period_to", "week_from", "week_to")
REPORTED_UNIT = 10_000  # a reported figure is held in ten-thousandths, so that it too is a whole number


def areas_of(connection: duckdb.DuckDBPyConnection) -> Areas:
    """Return the nation, its regions, areas and teams, from the ``areas`` extract.

    Raises
    ------
    ExtractError
        Where one name stands at two levels.
    """
    rows = connection.execute("select nation, region, area, team from areas order by all").fetchall()
    found: dict[str, Area] = {}
    for row in rows:
        for position, level in enumerate(Level):
            part_of = row[position - 1] if position else None
            area = found.setdefault(row[position], Area(level, row[position], part_of))
            if area.level is not level:
                raise ExtractError(
                    f"The areas extract calls both a {area.level} and a {level} {area.name!r}.",
                    valid="A name stands at one level only.",
                    next_step="Rename one of them in every extract.",
                )
    order = list(Level)
    return Areas(sorted(found.values(), key=lambda area: (order.index(area.level), _natural(area.name))))


def _natural(name: str) -> list[str | int]:
    """Sort A2 before A10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def measure(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    reporting: Reporting,
    published: Sequence[PublishedCell] = (),
) -> pd.DataFrame:
    """Measure a catalogue, and hide what would say something of a few people.

    Parameters
    ----------
    connection
        A DuckDB connection that holds the typed extracts under their schema's names; small tables of periods, weeks,
        snapshots and working days are set beside them.
    catalogue
        What to measure.
    reporting
        Which periods and snapshots.
    published
        What earlier packs showed and hid of disclosive metrics.

    Raises
    ------
    ExtractError
        Where working days are counted to or from a day that the calendar does not hold.

    Returns
    -------
    pandas.DataFrame
        One row a metric, area and period or snapshot that has records, with the columns ``COLUMNS``: dates as
        ISO text, ``numerator`` and ``denominator`` as whole numbers (the latter missing for counts, both where
        ``suppressed``), ``source`` the extract. Sorted, so that equal records give an equal frame.
    """
    _set_beside(connection, reporting)
    from_records = [m for m in catalogue.values() if m.table is not None]
    frames = []
    # One after another: side by side, their tables of groups would need twice the memory.
    for (table, *_), group in groupby(sorted(from_records, key=query.way), key=query.way):
        metrics = list(group)
        rows = _Rows(connection.execute(query.grouped(metrics)).df(), reporting)
        frames += [rows.of(metric, table) for metric in metrics]
    frames.append(_reported(connection, catalogue))
    counted = pd.concat([f for f in frames if len(f)] or frames, ignore_index=True)
    measured = protect(counted, catalogue, areas_of(connection), reporting, published)[list(COLUMNS)]
    return measured.sort_values(list(COLUMNS[:5]), na_position="first", ignore_index=True)


def first_days(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> dict[str, date]:
    """Return for each metric measured from records the first day that its own extract can speak for.

    A count before an extract begins is not none, it is not known. A metric whose extract holds no row is left out.
    """
    found = {}
    for metric in catalogue.values():
        if metric.table is not None:
            column = metric.counted_on or (metric.during or open_on(metric))[0]
            table = metric.with_ if metric.with_ and column not in TABLES[metric.table].names else metric.table
            derived = DERIVED.get(metric.table, {}).get(column)
            column = derived.from_column if derived else column
            day = connection.execute(f"select min({column}) from {table}").fetchall()[0][0]
            if day is not None:
                found[metric.id] = day
    return found


def _set_beside(connection: duckdb.DuckDBPyConnection, reporting: Reporting) -> None:
    periods, yearly = reporting.periods(), set(reporting.yearly())
    numbered = pd.DataFrame(
        {
            "period": range(len(periods)),
            "period_from": [pd.Timestamp(p.first) for p in periods],
            "period_to": [pd.Timestamp(p.last) for p in periods],
            "yearly": [p in yearly for p in periods],
        }
    )
    months = pd.DataFrame(
        [(month, number) for number, period in enumerate(periods) for month in _months(period)],
        columns=["month", "period"],
    )
    weeks = pd.DataFrame(
        [
            (number, pd.Timestamp(week.first), pd.Timestamp(week.last))
            for number, week in enumerate(reporting.weeks(), start=len(periods))
        ],
        columns=["period", "week_from", "week_to"],
    )
    snapshots = pd.DataFrame(
        [(number, pd.Timestamp(s.day)) for number, s in enumerate(reporting.snapshots())],
        columns=["snapshot", "snapshot_day"],
    )
    tables = {
        "measured_periods": numbered.astype({"period": "int32"}),
        "measured_months": months.astype("int32"),
        "measured_weeks": weeks.astype({"period": "int32"}),
        "measured_snapshots": snapshots.astype({"snapshot": "int32"}),
        "working_calendar": working_days.calendar(*working_days.coverage()),
    }
    for name, frame in tables.items():
        connection.register("incoming", frame)
        days = [column for column in frame.columns if column in _DAYS]
        replace = f" replace ({', '.join(f'cast({day} as date) as {day}' for day in days)})" if days else ""
        connection.execute(f"create or replace table {name} as select *{replace} from incoming")
        connection.unregister("incoming")


def _months(period: Period) -> Iterable[int]:
    start = period.first.year * 12 + period.first.month - 1
    return ((index // 12) * 100 + index % 12 + 1 for index in range(start, start + period.months))


class _Rows:
    """The rows of a grouped query with their areas and dates, found once for all of its metrics."""

    def __init__(self, wide: pd.DataFrame, reporting: Reporting) -> None:
        self._wide = wide
        area = wide[Level.NATION.value].astype(object)
        for level in list(Level)[1:]:
            area = area.where(area.notna(), wide[level.value])
        # A grouping by region, area or team of records without a team names no area.
        self._named = area.notna().to_numpy()
        periods: list[Period | Span] = [*reporting.periods(), *reporting.weeks()]
        self._columns = {
            "area": area.to_numpy(dtype=object),
            "period_from": _looked_up([p.first.isoformat() for p in periods], wide["period"]),
            "period_to": _looked_up([p.last.isoformat() for p in periods], wide["period"]),
            "as_at": _looked_up([s.day.isoformat() for s in reporting.snapshots()], wide["snapshot"]),
        }

    def of(self, metric: Metric, table: str) -> pd.DataFrame:
        """Return the rows of one metric."""
        _refuse_unknown_days(metric, self._wide[f"{metric.id}__x"].dropna(), table)
        numerator, denominator = self._wide[f"{metric.id}__n"], self._wide[f"{metric.id}__d"]
        own = np.flatnonzero(numerator.notna().to_numpy() & self._named)
        return pd.DataFrame(
            {
                "metric": metric.id,
                **{name: column[own] for name, column in self._columns.items()},
                "numerator": numerator.iloc[own].astype("Int64").array,
                "denominator": denominator.iloc[own].astype("Int64").array,
                "source": TABLES[table].title,
            }
        )


def _looked_up(days: Sequence[str], numbers: pd.Series[float]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The day of each number; None where there is no number."""
    found: np.ndarray[tuple[int], np.dtype[np.object_]] = np.array([*days, None], dtype=object)[
        numbers.fillna(len(days)).to_numpy(dtype=int)
    ]
    return found


def _refuse_unknown_days(metric: Metric, counts: pd.Series[float], table: str) -> None:
    if (counts > 0).any():
        first, last = working_days.coverage()
        raise ExtractError(
            f"{metric.id} counts working days, and {int(counts.max()):,} {TABLES[table].title} have days outside "
            "the calendar.",
            valid=f"Bank holidays are known from {first} to {last}.",
            next_step="Correct the dates, or let the pack's history begin later.",
        )


def _reported(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> pd.DataFrame:
    """The figures that other teams return, for the metrics that the catalogue declares as reported."""
    known = [m.id for m in catalogue.values() if m.kind is Kind.REPORTED]
    frame = connection.execute(
        """select metric, area, cast(period_from as varchar) as period_from,
             cast(period_to as varchar) as period_to, cast(null as varchar) as as_at,
             cast(round(value * ?) as bigint) as numerator,
             cast(? as bigint) as denominator, source || ', ' || strftime(reported_on, '%-d %B %Y') as source
           from reported_figures where list_contains(?, metric)""",
        [REPORTED_UNIT, REPORTED_UNIT, known],
    ).df()
    return frame.astype({"numerator": "Int64", "denominator": "Int64"})
