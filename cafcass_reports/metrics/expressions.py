"""A metric's SQL expressions: parsed, checked against the schema of their table, and made portable.

Three functions are ours: ``open_on(from, to)`` (only in ``as_at``; without ``to`` for what never ends),
``working_days(start, end)`` and ``hundredths(number)``. The first becomes a comparison with the snapshot's day, the
second a difference of two look-ups in the calendar table, the third a whole number.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.extracts.columns import Kind, Table
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.extracts.weekly import WEEKLY
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.derived import DERIVED
from cafcass_reports.metrics.metric import Metric

DIALECT = "duckdb"

_OURS = {"working_days": 2, "hundredths": 1}
_PERIOD_COLUMNS = ("period_from", "period_to")
_SNAPSHOT_COLUMNS = ("snapshot_day",)
# What an expression of one row may be made of. Sub-queries, aggregates and windows are not: they would read
# other rows, and so count what the definition does not say.
_ALLOWED = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.And, exp.Or, exp.Not,
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Add, exp.Sub, exp.Mul,
    exp.Neg, exp.Case, exp.If, exp.Coalesce, exp.Greatest, exp.Least, exp.Anonymous, exp.Like, exp.Interval,
    exp.Var, exp.Cast, exp.DataType,
)  # fmt: skip


def columns_of(metric: Metric) -> dict[str, Kind]:
    """Return the columns that a metric's expressions may use, with what each holds."""
    found: dict[str, Kind] = {}
    for table in _tables(metric):
        for column in table.columns:
            found.setdefault(column.name, column.kind)
    if metric.during is not None:
        found |= dict.fromkeys(_PERIOD_COLUMNS, Kind.DATE)
    if metric.as_at is not None:
        found |= dict.fromkeys(_SNAPSHOT_COLUMNS, Kind.DATE)
    return found


def _tables(metric: Metric) -> list[Table]:
    """The tables whose columns a metric's expressions may use; the first that has a name gives its column."""
    tables = [_table(metric.table or "")]
    if metric.with_ is not None:
        tables.append(_table(metric.with_))
    if team_column(metric) is not None:
        tables.append(TABLES["areas"])
    return tables


def team_column(metric: Metric) -> str | None:
    """Return the column by which a metric's rows belong to an area, or None where its tables name no team."""
    if metric.with_ is not None and "team" in TABLES[metric.with_].names:
        return "j.team"
    return "t.team" if "team" in TABLES[metric.table or ""].names else None


def of_teams_alone(metric: Metric) -> bool:
    """Whether every record of a metric's has a team, so that the nation is the sum of its teams."""
    table, column = metric.table or "", "team"
    if metric.with_ is not None and column in TABLES[metric.with_].names:
        table = metric.with_
    return any(held.name == column and held.required for held in TABLES[table].columns)


def of_regions(metric: Metric) -> bool:
    """Whether a metric is measured from records of a region, which name no team."""
    return metric.table is not None and team_column(metric) is None and "region" in TABLES[metric.table].names


def national(metric: Metric) -> bool:
    """Whether a metric is measured from records without a place, which count for the nation alone."""
    return metric.table is not None and team_column(metric) is None and not of_regions(metric)


def _table(name: str) -> Table:
    if name not in TABLES:
        raise ValueError(f"there is no table {name!r}. {nearest(name, TABLES)}")
    return TABLES[name]


def check(metric: Metric, where: str) -> None:
    """Check that every expression of a metric measured from records means one row.

    Parameters
    ----------
    metric
        The metric; one that is not measured from records has nothing to check.
    where
        The file and entry named in errors.

    Raises
    ------
    CatalogueError
        Where a table, column or function does not exist, an expression is not SQL, or reads other rows.
    """
    if metric.table is not None:
        try:
            _check(metric)
        except ValueError as fault:
            raise CatalogueError(
                f"{where}: {str(fault).removesuffix('.')}.", next_step="Correct the file and run again."
            ) from None


def _check(metric: Metric) -> None:
    columns = columns_of(metric)
    if metric.with_ is not None and join_column(metric) is None:
        raise ValueError(f"{metric.table} has no column that refers to {metric.with_!r}")
    if of_regions(metric) and metric.down_to.depth > Level.REGION.depth:
        raise ValueError(f"{metric.table} names regions and no teams: 'down_to' is region or nation")
    returned_weekly = [table.name for table in WEEKLY]
    if metric.weekly and metric.table not in returned_weekly:
        raise ValueError(f"{metric.table} is not returned each week; by week are {', '.join(returned_weekly)}")
    derived = DERIVED.get(metric.table or "", {}) if metric.counted_on is not None else {}
    dates = [metric.counted_on, *(metric.during or ()), *(open_on(metric) if metric.as_at else ())]
    for name in dates:
        if name is not None and columns.get(name) is not Kind.DATE and name not in derived:
            days = [*derived, *(column for column, kind in columns.items() if kind is Kind.DATE)]
            raise ValueError(f"{name!r} is not a date column of {metric.table}. {nearest(name, days)}")
    for text in (metric.where, metric.numerator, metric.denominator):
        if isinstance(text, str):
            _check_expression(text, columns)
            _check_values(text, _allowed(metric))


def parse(text: str) -> exp.Expr:
    """Parse one expression.

    Raises
    ------
    ValueError
        Where it is not an SQL expression.
    """
    try:
        parsed = sqlglot.parse_one(f"select {text}", dialect=DIALECT)
    except SqlglotError:
        raise ValueError(f"{text!r} is not an SQL expression in DuckDB's dialect") from None
    if not isinstance(parsed, exp.Select) or len(parsed.selects) != 1 or set(_given(parsed)) != {"expressions"}:
        raise ValueError(f"{text!r} is more than one SQL expression")
    return parsed.selects[0].pop()


def _given(select: exp.Select) -> list[str]:
    return [key for key, value in select.args.items() if value]


def _check_expression(text: str, columns: dict[str, Kind]) -> None:
    for node in parse(text).walk():
        if isinstance(node, exp.Cast) and not (node.this.is_string and node.to.this is exp.DataType.Type.DATE):
            raise ValueError(f"{text!r} uses {node.sql(DIALECT)!r}; only a day is written so: date '2020-04-01'")
        if not isinstance(node, _ALLOWED):
            raise ValueError(
                f"{text!r} uses {node.key!r}, which a metric of one row cannot hold; a day less a day is a number of "
                "days, and docs/metrics.md says what an expression may be made of"
            )
        if isinstance(node, exp.Column) and (node.table or node.name not in columns):
            raise ValueError(
                f"{text!r}: there is no column {node.sql()!r}; a text stands in single quotation marks. "
                f"{nearest(node.name, columns)}"
            )
        if isinstance(node, exp.Anonymous) and len(node.expressions) != _OURS.get(node.name.lower()):
            raise ValueError(f"{text!r}: valid functions are working_days(start, end) and hundredths(number)")


def _allowed(metric: Metric) -> dict[str, tuple[str, ...]]:
    """The columns that hold one of a few values, with these."""
    found: dict[str, tuple[str, ...]] = {}
    for table in _tables(metric):
        for column in table.columns:
            found.setdefault(column.name, column.allowed)
    return {name: values for name, values in found.items() if values}


def _check_values(text: str, allowed: dict[str, tuple[str, ...]]) -> None:
    # A value that no row may have makes a figure of nothing, and nobody would be told.
    for node in parse(text).walk():
        if isinstance(node, (exp.EQ, exp.NEQ)):
            parts = [node.this, node.expression]
        elif isinstance(node, exp.In):
            parts = [node.this, *node.expressions]
        else:
            continue
        columns = [part.name for part in parts if isinstance(part, exp.Column) and part.name in allowed]
        for value in (part.name for part in parts if isinstance(part, exp.Literal) and part.is_string):
            for column in columns:
                if value not in allowed[column]:
                    valid = ", ".join(allowed[column])
                    raise ValueError(f"{text!r}: {column!r} never holds {value!r}. It holds one of: {valid}")


def open_on(metric: Metric) -> tuple[str, str | None]:
    """Return the date columns of a stock's ``open_on(from, to)``; of ``open_on(from)``, which never ends, None for to.

    Raises
    ------
    ValueError
        Where ``as_at`` is anything else.
    """
    call = parse(metric.as_at or "")
    names = [part.name for part in call.expressions if isinstance(part, exp.Column)]
    opens = isinstance(call, exp.Anonymous) and call.name.lower() == "open_on"
    if not opens or len(names) not in (1, 2) or len(names) != len(call.expressions):
        raise ValueError(f"as_at is open_on(from, to) or open_on(from) with date columns; given {metric.as_at!r}")
    return names[0], names[1] if len(names) == 2 else None


def join_column(metric: Metric) -> str | None:
    """Return the column by which a metric's table refers to the one it is read with."""
    for column in TABLES[metric.table or ""].columns:
        if column.references and column.references.split(".")[0] == metric.with_:
            return column.name
    return None


def portable(text: str, calendar_joins: dict[str, str]) -> str:
    """Write an expression without our functions.

    Parameters
    ----------
    text
        A checked expression.
    calendar_joins
        From the SQL of a day to the alias under which the calendar is joined on it; new days are added.

    Returns
    -------
    str
        SQL in DuckDB's dialect.
    """

    def expand(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Anonymous):
            return node
        if node.name.lower() == "hundredths":
            return parse(f"cast(round({node.expressions[0].sql(DIALECT)} * 100) as bigint)")
        start, end = (
            calendar_joins.setdefault(day.sql(DIALECT), f"calendar_{len(calendar_joins) + 1}")
            for day in node.expressions
        )
        return parse(f"({end}.working_day - {start}.working_day)")

    return parse(text).transform(expand, copy=False).sql(DIALECT, copy=False)
