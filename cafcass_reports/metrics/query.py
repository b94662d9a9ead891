"""From metrics to SQL: one grouped query for each way of counting, and one plain query a figure.

The grouped query measures every metric that is counted in one way for every area and every period or snapshot at once.
It reads tables that :mod:`cafcass_reports.metrics.measure` sets beside the extracts: ``measured_months``
(month as year * 100 + month, period), ``measured_weeks``, ``measured_periods``, ``measured_snapshots`` and
``working_calendar``.
The plain query gives one figure alone, for a reviewer to run; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import TypeAlias

import sqlglot
from sqlglot import exp

from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.derived import DERIVED
from cafcass_reports.metrics.expressions import DIALECT, join_column, of_regions, open_on, portable, team_column
from cafcass_reports.metrics.metric import Kind, Metric
from cafcass_reports.periods import Period, Span, When

_CALENDAR_SAYS = "-- working_calendar: each day, and how many working days (England and Wales) there were up to it"
_NULL = "cast(null as bigint)"
_LEVELS = tuple(level.value for level in Level)


def grouped(metrics: Sequence[Metric]) -> str:
    """Write the query that measures all metrics that are counted in one way.

    Parameters
    ----------
    metrics
        Metrics measured from records, with the same :func:`way`.

    Returns
    -------
    str
        SQL whose rows have ``period`` and ``snapshot`` (one of them NULL, the number of either), the four
        levels of area (all but one NULL) and, for each metric, ``<id>__n``, ``<id>__d`` and ``<id>__x``: how many
        records have a day that the working calendar does not hold.
    """
    calendar: dict[str, str] = {}
    key, other, join = _joined_when(metrics[0])
    counted = _each_once if metrics[0].kind is Kind.DISTINCT else _of_months if _monthly(metrics[0]) else _of_records
    numbers, rows = counted(metrics, key, calendar)
    columns = [
        f"{number} as {metric}__{mark}"
        for metric, given in numbers.items()
        for number, mark in zip(given, "ndx", strict=True)
    ]
    when = {key: key, other: f"cast(null as integer) as {other}"}
    named = ", ".join([when["period"], when["snapshot"], *(f"source.{level}" for level in _LEVELS)])
    counts = rows.format(join=join, calendar=_calendar(calendar))
    return f"with source as (\n{_source(metrics)}\n)\nselect {named},\n  " + ",\n  ".join(columns) + f"\n{counts}"


def way(metric: Metric) -> tuple[str, ...]:
    """Return what metrics that one query measures share: tables, dates, periods, and what counts once."""
    once = str(metric.numerator) if metric.kind is Kind.DISTINCT else ""
    by = f"{metric.periods}|{metric.between_snapshots}|{metric.weekly}"
    when = f"{metric.counted_on}|{metric.during}|{metric.as_at}"
    return metric.table or "", metric.with_ or "", when, by, once


# Days that stand in a query for those of a figure: it is parsed once for all of a metric.
_FIRST, _LAST, _FROM, _TO = (f"5000-01-0{number}" for number in range(1, 5))


def single(metric: Metric, when: When, area: Area) -> str:
    """Write the query of one figure, indented for reading.

    Returns
    -------
    str
        SQL that gives one row, ``numerator`` and ``denominator``, when run against the checked,
        typed extracts (and ``working_calendar``, where working days are counted).
    """
    flow = metric.counted_on is not None or metric.during is not None
    if flow is not isinstance(when, (Period, Span) if metric.weekly else Period):
        raise TypeError(f"{metric.id} is not counted for {when}")
    later = timedelta(days=1 if metric.between_snapshots else 0)
    days = {_FIRST: when.first, _LAST: when.last, _FROM: when.first + later, _TO: when.last + later}
    written = _national(metric)
    for placeholder, day in days.items():
        written = written.replace(placeholder, day.isoformat())
    if area.level is Level.NATION:
        return written
    quoted = area.name.replace("'", "''")
    return f"{written}\n  AND source.{area.level} = '{quoted}'"


def prepare(metrics: Iterable[Metric]) -> None:
    """Write the queries of metrics, so that :func:`single` only puts days and areas into them."""
    for metric in metrics:
        if metric.origin == "measured" and not metric.of_metrics:
            _national(metric)


@cache
def _national(metric: Metric) -> str:
    """Write the query of a figure of the nation with other days; a further condition may follow it."""
    calendar: dict[str, str] = {}
    numerator, denominator = _counted(metric, calendar)
    sql = f"select {numerator} as numerator, {denominator} as denominator\nfrom ({_source([metric])}) as source\n"
    sql += f"{_calendar(calendar)}where {_bounds(metric)}"
    parsed = sqlglot.parse_one(sql, dialect=DIALECT).transform(_dated(_FIRST, _LAST), copy=False)
    written = parsed.sql(DIALECT, pretty=True, copy=False)
    return f"{_CALENDAR_SAYS}\n{written}" if calendar else written


def _dated(first: str, last: str) -> Callable[[exp.Expr], exp.Expr]:
    """Put days in place of the columns that the grouped query joins for them."""
    days = {"period_from": first, "period_to": last, "snapshot_day": last}

    def replace(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in days:
            return exp.cast(exp.Literal.string(days[node.name]), exp.DataType.Type.DATE)
        return node

    return replace


def parts(metric: Metric) -> str:
    """Write the query that gives each of a metric's expressions row by row, for a trial.

    Returns
    -------
    str
        SQL whose columns are ``condition`` and, where the metric has them, ``numerator`` and ``denominator``.
    """
    calendar: dict[str, str] = {}
    named = {"condition": metric.where, "numerator": metric.numerator, "denominator": metric.denominator}
    columns = [f"({portable(sql, calendar)}) as {name}" for name, sql in named.items() if isinstance(sql, str)]
    sql = f"select {', '.join(columns)} from ({_source([metric])}) as source\n{_calendar(calendar)}"
    parsed = sqlglot.parse_one(sql, dialect=DIALECT).transform(_dated("2000-01-01", "2000-01-31"), copy=False)
    return parsed.sql(DIALECT, copy=False)


def _source(metrics: Sequence[Metric]) -> str:
    """Rows of the metrics' table, with derived days and the columns of the table it is read with, in their areas."""
    metric = metrics[0]
    columns, records = ", ".join(["t.*", *_derived(metrics)]), f"{metric.table} as t"
    if metric.with_ is not None:
        key = join_column(metric)
        columns += f", j.* exclude ({key})"
        records += f"\njoin {metric.with_} as j on j.{key} = t.{key}"
    nation = "(select max(nation) from areas)"
    team = team_column(metric)
    if team is None:
        unknown = _LEVELS[2:] if of_regions(metric) else _LEVELS[1:]
        parts = ", ".join(f"cast(null as varchar) as {level}" for level in unknown)
        return f"select {columns}, {nation} as nation, {parts}\nfrom {records}"
    # Posts at headquarters have no team: they count for the nation alone.
    return (
        f"select {columns}, coalesce(a.nation, {nation}) as nation, a.region, a.area, a.team_kind"
        f"\nfrom {records}\nleft join areas as a on a.team = {team}"
    )


def _derived(metrics: Sequence[Metric]) -> Iterator[str]:
    for column, derived in DERIVED.get(metrics[0].table or "", {}).items():
        if column in {metric.counted_on for metric in metrics}:
            yield f"{derived.sql} as {column}"


_Counts: TypeAlias = tuple[dict[str, tuple[str, str, str]], str]
"""Of each metric what gives its numerator, its denominator and its days outside the calendar, and where from."""


def _of_records(metrics: Sequence[Metric], key: str, calendar: dict[str, str]) -> _Counts:
    """Numbers that are counted or summed over records."""
    numbers = {metric.id: (*_counted(metric, calendar), _outside(metric, calendar)) for metric in metrics}
    sets = ", ".join(f"({key}, source.{level})" for level in _LEVELS)
    return numbers, f"from source\n{{join}}\n{{calendar}}group by grouping sets ({sets})"


def _of_months(metrics: Sequence[Metric], key: str, calendar: dict[str, str]) -> _Counts:
    """Numbers that are counted or summed over a month's records: of a team's first, then of periods and areas.

    A month lies in many periods, and a team in areas of four levels: so each record is looked at once.
    """
    levels = ", ".join(f"source.{level}" for level in _LEVELS)
    columns, numbers = [], {}
    for metric in metrics:
        above, below = _counted(metric, calendar)
        columns += [f"{above} as {metric.id}__n", f"{below} as {metric.id}__d"]
        columns += [f"{_outside(metric, calendar)} as {metric.id}__x"]
        n, d, x = (f"cast(sum({metric.id}__{mark}) as bigint)" for mark in "ndx")
        numbers[metric.id] = (n, d, x)
    month = _month_of(metrics[0])
    months = f"select {month} as month, {levels},\n  {', '.join(columns)}\nfrom source\n{{calendar}}group by all"
    sets = ", ".join(f"({key}, source.{level})" for level in _LEVELS)
    join = "join measured_months as w on w.month = source.month"
    return numbers, f"from (\n{months}\n) as source\n{join}\ngroup by grouping sets ({sets})"


def _monthly(metric: Metric) -> bool:
    return metric.counted_on is not None and not metric.weekly


def _month_of(metric: Metric) -> str:
    """SQL of the month in which a record counts."""
    day = f"({metric.counted_on} - 1)" if metric.between_snapshots else metric.counted_on
    return f"year({day}) * 100 + month({day})"


def _each_once(metrics: Sequence[Metric], key: str, calendar: dict[str, str]) -> _Counts:
    """Numbers of what is counted once however many records it has: brought together first, for all metrics at once.

    DuckDB keeps a table of its own for each `count(distinct ...)`, which costs many times the memory and time.
    """
    told = {metric.id: (portable(metric.where, calendar), _outside(metric, calendar)) for metric in metrics}
    counted = portable(str(metrics[0].numerator), calendar)
    sets = ", ".join(f"({key}, source.{level}, counted)" for level in _LEVELS)
    columns = [f"bool_or({where}) as {metric}, {outside} as {metric}__x" for metric, (where, outside) in told.items()]
    once = (
        f"select {key}, {', '.join(f'source.{level}' for level in _LEVELS)}, {counted} as counted,\n"
        f"  {', '.join(columns)}\nfrom source\n{{join}}\n{{calendar}}group by grouping sets ({sets})"
    )
    numbers = {
        metric: (f"count_if({metric} and counted is not null)", _NULL, f"cast(sum({metric}__x) as bigint)")
        for metric in told
    }
    return numbers, f"from (\n{once}\n) as source\ngroup by {key}, {', '.join(f'source.{level}' for level in _LEVELS)}"


def _joined_when(metric: Metric) -> tuple[str, str, str]:
    """The key of when a metric is counted, the key it leaves NULL, and the join that gives it."""
    if metric.weekly:
        return (
            "period",
            "snapshot",
            f"join measured_weeks as w on {metric.counted_on} between w.week_from and w.week_to",
        )
    if metric.counted_on is not None:
        return "period", "snapshot", f"join measured_months as w on w.month = {_month_of(metric)}"
    if metric.during is not None:
        start, end = metric.during
        on = f"{start} <= w.period_to and ({end} is null or {end} >= w.period_from)"
        only = " and w.yearly" if metric.periods is not None else ""
        return "period", "snapshot", f"join measured_periods as w on {on}{only}"
    return "snapshot", "period", f"join measured_snapshots as w on {_open_at(metric, 'w.snapshot_day')}"


def _open_at(metric: Metric, day: str) -> str:
    start, end = open_on(metric)
    return f"{start} <= {day}" + (f" and ({end} is null or {end} > {day})" if end else "")


def _bounds(metric: Metric) -> str:
    if metric.counted_on is not None:
        return f"{metric.counted_on} between date '{_FROM}' and date '{_TO}'"
    if metric.during is not None:
        start, end = metric.during
        return f"{start} <= date '{_LAST}' and ({end} is null or {end} >= date '{_FIRST}')"
    return _open_at(metric, f"date '{_LAST}'")


def _counted(metric: Metric, calendar: dict[str, str]) -> tuple[str, str]:
    """SQL of the numerator and the denominator, as whole numbers over the rows of a group."""
    where = portable(metric.where, calendar)
    if metric.kind is Kind.DISTINCT:
        return f"count(distinct case when {where} then {portable(str(metric.numerator), calendar)} end)", _NULL
    if metric.denominator is not None:
        # A row without a denominator is no part of the ratio, whatever its numerator says.
        counts = f"({where}) and ({portable(str(metric.denominator), calendar)})"
        numerator = portable(str(metric.numerator), calendar)
        return (
            f"coalesce(sum(case when {counts} then cast({numerator} as bigint) end), 0)",
            f"count(case when {counts} then 1 end)",
        )
    number = "1" if metric.numerator is None else f"cast({portable(str(metric.numerator), calendar)} as bigint)"
    return f"coalesce(sum(case when {where} then {number} end), 0)", _NULL


def _outside(metric: Metric, calendar: dict[str, str]) -> str:
    """SQL that counts the records with a day of which the calendar cannot say whether it is a working day.

    Where the condition itself counts such days, whether a record belongs to the metric is not known: it is counted
    whatever else the condition says.
    """
    where = portable(metric.where, calendar)
    parts = [part for part in (metric.numerator, metric.denominator) if isinstance(part, str)]
    counted, deciding = _unknown(parts, calendar), _unknown([metric.where], calendar)
    tests = [*([f"(({where}) and ({counted}))"] if counted else []), *([f"({deciding})"] if deciding else [])]
    return f"count(case when {' or '.join(tests)} then 1 end)" if tests else _NULL


def _unknown(expressions: Sequence[str], calendar: Mapping[str, str]) -> str:
    """SQL that is true where a day of the expressions is none of the calendar; empty where they count no days."""
    days: dict[str, str] = {}
    for expression in expressions:
        portable(expression, days)
    return " or ".join(f"({day} is not null and {calendar[day]}.day is null)" for day in days)


def _calendar(joins: dict[str, str]) -> str:
    return "".join(f"left join working_calendar as {alias} on {alias}.day = {day}\n" for day, alias in joins.items())
