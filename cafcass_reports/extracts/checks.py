"""Check the extracts against their schemas: one table of findings, filled by queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import duckdb
import pyarrow as pa

from cafcass_reports.errors import nearest
from cafcass_reports.extracts import plain_dates, values
from cafcass_reports.extracts.columns import Kind
from cafcass_reports.extracts.report import SHOWN, BrokenRule, Finding, Report, SourceFile
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.extracts.sql import identifier, literal
from cafcass_reports.extracts.staging import Duplicates, Source, Staged, stage, stage_empty
from cafcass_reports.extracts.values import DateOrder

_FEW = 200
"""Rows of a table among which the nearest to an unknown value is looked for; more would take too long."""

_FINDING = pa.schema(
    [("file", pa.string()), ("row", pa.int64())] + [(name, pa.string()) for name in ("column", "value", "rule")]
)


def check(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], date_order: DateOrder, duplicates: Duplicates
) -> Report:
    """Fill a database with the typed tables and report what breaks their rules.

    Parameters
    ----------
    connection
        An empty database. It is left with every table in its main schema: the columns in order, typed, exact
        duplicate rows removed, cells that could not be typed missing. A table without a source has no rows.
    sources
        The files, one for each table that is read.
    date_order
        Order of dates that are not written as ISO 8601 has them.
    duplicates
        Whether exact duplicate rows are findings, or removed and noted.

    Returns
    -------
    Report
        Rules over a whole row are tried only where all of its cells are of their kind, and references only
        where both columns were read: one slip is one finding.
    """
    connection.create_function("readable_dates", plain_dates.readable, ["VARCHAR"], "BOOLEAN")
    connection.execute("create schema raw; create schema typed; create schema report")
    connection.execute(
        'create table report.findings (file varchar, "row" bigint, "column" varchar, value varchar, '
        "rule varchar, detail varchar)"
    )
    staged = {source.table.name: stage(connection, source, date_order, duplicates) for source in sources}
    by_table = {source.table.name: source for source in sources}
    stage_empty(connection, [table for table in TABLES.values() if table.name not in by_table])
    for source in sources:
        _insert(connection, _structure(source))
        queries = [*_cell_queries(source, date_order), *_reference_queries(source, by_table, staged)]
        if source.whole:
            queries += [_key_query(source), *_rule_queries(source)]
        if queries:
            connection.execute(f"insert into report.findings {' union all '.join(queries)}")
    report = Report(
        files=tuple(_file(source, staged[source.table.name]) for source in sources),
        findings=_listed(connection),
        broken=_broken(connection),
        notes=tuple(note for source in sources for note in _notes(source, staged[source.table.name])),
    )
    connection.execute("drop schema report cascade; drop schema raw cascade")
    return report


def _file(source: Source, staged: Staged) -> SourceFile:
    return SourceFile(source.table.name, source.file, source.sha256, staged.rows, duplicates=len(staged.duplicates))


def _structure(source: Source) -> Iterable[Finding]:
    """Find what is wrong with the file's columns, and rows that did not come apart."""
    header, row = source.cells.header, source.cells.header_row
    if not any(header):
        expected = ", ".join(source.names[column.name] for column in source.table.columns)
        yield Finding(source.shown, row, "", None, f"a row of column names: {expected}")
        return
    free = set(filter(None, header)) - set(source.names.values())
    for column in source.table.columns:
        name = source.names[column.name]
        if name not in header:
            near = f" {nearest(name, free)}" if free else ""
            yield Finding(source.shown, row, name, None, f"the header names this column.{near}")
        if header.count(name) > 1:
            yield Finding(source.shown, row, name, name, "the header names this column once")
    for damage in source.cells.malformed:
        if not damage.column or damage.column in source.names.values():
            yield Finding(source.shown, damage.row, damage.column, damage.value, damage.rule)


def _insert(connection: duckdb.DuckDBPyConnection, findings: Iterable[Finding]) -> None:
    rows = [asdict(found) for found in findings]
    if rows:
        # As one table: a file may be ragged in every row, and parameters go in one row at a time.
        connection.register("structural", pa.Table.from_pylist(rows, schema=_FINDING))
        connection.execute("insert into report.findings select *, '' from structural")
        connection.unregister("structural")


def _notes(source: Source, staged: Staged) -> Iterable[str]:
    if count := len(staged.duplicates):
        were = "1 exact duplicate row was" if count == 1 else f"{count:,} exact duplicate rows were"
        yield f"{source.file}: {were} removed (row {staged.duplicates[0]} first)."
    extra = [name for name in source.cells.header if name and name not in source.names.values()]
    if extra:
        more = f" and {len(extra) - 10:,} more" if len(extra) > 10 else ""
        yield f"{source.file}: not read, since no column of '{source.table.name}': {', '.join(extra[:10])}{more}."
    if any(source.cells.header) and not staged.rows:
        yield f"{source.file}: no rows below the column names."


def _found(source: Source, column: str, rule: str, origin: str, *, detail: str = "''") -> str:
    """Return SQL for findings in one column.

    `origin` follows ``from`` and calls the raw table r; `detail` is SQL for what one finding adds to the rule.
    """
    return (
        f'select {literal(source.shown)}, r."row", {literal(source.names[column])}, r.{identifier(column)}, '
        f"{literal(rule)}, {detail} from {origin}"
    )


def _cell_queries(source: Source, date_order: DateOrder) -> Iterable[str]:
    raw = f"{source.raw} r"
    for column in source.present:
        name = column.name
        cell = f"r.{identifier(name)}"
        words = values.valid(column, date_order)
        if column.required:
            rule = f"not empty: {words}" if words else "not empty"
            yield _found(source, name, rule, f"{raw} where {cell} is null")
        if column.allowed:
            allowed = ", ".join(literal(value) for value in column.allowed)
            near = _nearest(cell, f"unnest([{allowed}]) as k(known)")
            yield _found(source, name, words, f"{raw} where {cell} not in ({allowed})", detail=near)
        elif column.kind is Kind.TEXT and column.references is None:
            yield _found(
                source, name, "a value, not the error of a formula", f"{raw} where {values.is_formula_error(cell)}"
            )
        if column.kind is not Kind.TEXT:
            joined = f'{raw} join {source.typed} t on t."row" = r."row"'
            yield _found(source, name, words, f"{joined} where {cell} is not null and t.{identifier(name)} is null")


def _reference_queries(source: Source, by_table: Mapping[str, Source], staged: Mapping[str, Staged]) -> Iterable[str]:
    for column in source.present:
        if column.references is None:
            continue
        table, _, target = column.references.partition(".")
        other = by_table.get(table)
        if other is None or other.place(target) is None:
            continue
        cell = f"r.{identifier(column.name)}"
        unmatched = f"{source.raw} r anti join {other.raw} o on o.{identifier(target)} = {cell}"
        rule = f"is found in {other.file}, column '{other.names[target]}'"
        few = staged[table].rows <= _FEW
        near = _nearest(cell, f"(select {identifier(target)} as known from {other.raw}) k") if few else "''"
        yield _found(source, column.name, rule, f"{unmatched} where {cell} is not null", detail=near)


def _nearest(cell: str, known: str) -> str:
    """Return SQL that names the known value most like a cell; `known` follows ``from`` and has a column known."""
    likeness = f"jaro_winkler_similarity(lower(k.known), lower({cell}))"
    return f"(select coalesce('. Nearest: ' || arg_max(k.known, ({likeness}, k.known)) || '.', '') from {known})"


def _key_query(source: Source) -> str:
    key = [identifier(name) for name in source.table.key]
    complete = " and ".join(f"{name} is not null" for name in key)
    repeated = (
        f'select "row", min("row") over (partition by {", ".join(key)}) as first from {source.typed} where {complete}'
    )
    names = ", ".join(source.names[name] for name in source.table.key)
    shown = " || ', ' || ".join(f"r.{name}" for name in key)
    return (
        f'select {literal(source.shown)}, r."row", {literal(names)}, {shown}, '
        f"{literal(f'once in the file: a row is {source.table.grain}')}, '; row ' || d.first || ' has it too' "
        f'from ({repeated}) d join {source.raw} r on r."row" = d."row" where d."row" > d.first'
    )


def _rule_queries(source: Source) -> Iterable[str]:
    """Try the rules of a row, where all its cells are of their kind and the file has the column reported."""
    well_typed = " and ".join(
        f"(t.{identifier(column.name)} is not null or r.{identifier(column.name)} is null)"
        for column in source.present
        if column.kind is not Kind.TEXT
    )
    for rule in source.table.rules:
        if source.place(rule.column) is None:
            continue
        broken = f'select t."row" from {source.typed} t where not ({rule.holds})'
        joined = f'({broken}) b join {source.raw} r on r."row" = b."row" join {source.typed} t on t."row" = b."row"'
        yield _found(source, rule.column, rule.says, f"{joined} where {well_typed or 'true'}")


def _listed(connection: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """List the findings; where there are too many, every broken rule has examples before one has more."""
    rows = connection.execute(
        """
        select file, "row", "column", value, rule || detail
        from (
            select *, row_number() over (partition by file, "column", rule order by "row", value) as example
            from report.findings
        )
        order by example, file, "row", "column", rule
        limit ?
        """,
        [SHOWN],
    ).fetchall()
    findings = (Finding(*row) for row in rows)
    return tuple(sorted(findings, key=lambda found: (found.file, found.row, found.column, found.rule)))


def _broken(connection: duckdb.DuckDBPyConnection) -> tuple[BrokenRule, ...]:
    rows = connection.execute(
        'select file, "column", rule, count(*) from report.findings group by all order by all'
    ).fetchall()
    return tuple(BrokenRule(*row) for row in rows)
