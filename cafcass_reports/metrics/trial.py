"""A trial of the catalogue's SQL on tables of one row, so that a metric which cannot be run is found before any is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import duckdb

from cafcass_reports.errors import CatalogueError
from cafcass_reports.extracts.columns import Kind
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import query
from cafcass_reports.metrics.metric import Metric

_SAMPLE = {Kind.TEXT: "'x'", Kind.DATE: "date '2000-01-03'", Kind.DECIMAL: "1", Kind.WHOLE: "1", Kind.YES_NO: "true"}
_COUNTED = ("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")


def check(metrics: Mapping[str, Metric]) -> None:
    """Try the expressions of metrics measured from records.

    Parameters
    ----------
    metrics
        By where they stand, which errors name.

    Raises
    ------
    CatalogueError
        Where DuckDB cannot run one, a condition is no condition, or what is added up is no whole number.
    """
    connection = _sample().cursor()
    for where, metric in metrics.items():
        try:
            tried = connection.execute(query.parts(metric))
            tried.fetchall()
            kinds = {name: str(kind) for name, kind, *_ in tried.description or ()}
        except (duckdb.Error, RecursionError) as problem:
            reason = str(problem).splitlines()[0]
            raise CatalogueError(f"{where} cannot be run: {reason}.", next_step="Correct its SQL.") from None
        _check_kinds(where, metric, kinds)


def _check_kinds(where: str, metric: Metric, kinds: dict[str, str]) -> None:
    number = "A condition, or a whole number; hundredths(fte) makes one of a decimal."
    wanted = {
        "condition": (("BOOLEAN",), "A condition."),
        "denominator": (_COUNTED, number),
        "numerator": (_COUNTED, number),
    }
    for part, (valid, said) in wanted.items():
        if part == "numerator" and metric.kind.value == "distinct":
            continue
        if metric.disclosive and part in kinds and kinds[part] != "BOOLEAN":
            raise CatalogueError(
                f"{where}: its {part} gives {kinds[part].lower()}.",
                valid="A disclosive metric counts records: a condition.",
            )
        if part in kinds and kinds[part] not in valid:
            raise CatalogueError(f"{where}: its {part} gives {kinds[part].lower()}.", valid=said)


@lru_cache(maxsize=1)
def _sample() -> duckdb.DuckDBPyConnection:
    """A database of typed extracts of one row each, so that every expression is evaluated."""
    connection = duckdb.connect()
    for table in TABLES.values():
        columns = ", ".join(f'"{column.name}" {column.kind.sql_type}' for column in table.columns)
        connection.execute(f"create table {table.name} ({columns})")
        row = ", ".join(_SAMPLE[column.kind] for column in table.columns)
        connection.execute(f"insert into {table.name} values ({row})")
    connection.execute("create table working_calendar (day date, working_day bigint)")
    return connection
