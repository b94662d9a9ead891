"""Row headers in a tagged PDF: a screen reader says in which row a figure stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from cafcass_reports.errors import ExportError


@dataclass(frozen=True)
class TableAccess:
    """What a reader who cannot see a table needs: how many leading columns are row headers, and a summary."""

    row_headers: int
    summary: str


def with_row_headers(content: bytes, tables: Sequence[TableAccess]) -> bytes:
    """Turn the leading cells of each body row into header cells of their row, and add the tables' summaries.

    Typst writes row headers as data cells (TD); PDF/UA-1 (ISO 14289-1, 7.5) asks for TH with a Scope.
    Its data cells name their headers by id, so that the row's are added to these. The rows of a foot, which the
    templates use to keep the last ones on one page, go into the body.

    Parameters
    ----------
    content
        A tagged PDF.
    tables
        Its tables in reading order.

    Raises
    ------
    ExportError
        Where the PDF has another number of tables than told.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        elements = list(_tables(root))
        if len(elements) != len(tables):
            raise ExportError(
                f"The summary has {len(elements)} tagged tables where {len(tables)} were drawn.",
                next_step="Report this: templates/summary/board.typ and the exporter disagree.",
            )
        ids = pikepdf.NameTree(root.IDTree) if tables else None
        for number, (element, table) in enumerate(zip(elements, tables, strict=True)):
            if table.summary:
                _add(element, pikepdf.Dictionary(O=pikepdf.Name.Table, Summary=pikepdf.String(table.summary)))
            _join_foot(element)
            rows = (row for body in _children(element, "/TBody") for row in _children(body, "/TR"))
            for place, row in enumerate(rows):
                for header in _mark(row, table.row_headers, f"row-{number}-{place}"):
                    if ids is not None:
                        ids[str(header.ID)] = header
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _join_foot(table: pikepdf.Object) -> None:
    """Put the rows of a table's foot at the end of its body."""
    for foot in _children(table, "/TFoot"):
        body = _children(table, "/TBody")[-1]
        rows = _children(foot, "/TR")
        for row in rows:
            row.P = body
        body.K = pikepdf.Array([*_kids(body), *rows])
        table.K = pikepdf.Array([kid for kid in _kids(table) if pikepdf.Name.TFoot != kid.S])


def _mark(row: pikepdf.Object, count: int, name: str) -> list[pikepdf.Object]:
    """Make the first cells of a row its headers, name them in its other cells, and return them."""
    cells = _children(row, "/TD")
    headers, data = cells[:count], cells[count:]
    for place, header in enumerate(headers):
        header.S = pikepdf.Name.TH
        header.ID = pikepdf.String(f"{name}-{place}")
        _add(header, pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row))
    for cell in data:
        for attributes in cell.get("/A", []):
            if "/Headers" in attributes:
                attributes.Headers.extend([header.ID for header in headers])
    return headers


def _add(element: pikepdf.Object, attributes: pikepdf.Object) -> None:
    element.A = pikepdf.Array([*element.get("/A", []), attributes])


def _tables(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the tables below a structure element, in reading order; none stands in another."""
    for kid in _kids(parent):
        if pikepdf.Name.Table == kid.S:
            yield kid
        else:
            yield from _tables(kid)


def _children(parent: pikepdf.Object, kind: str) -> list[pikepdf.Object]:
    return [kid for kid in _kids(parent) if str(kid.S) == kind]


def _kids(parent: pikepdf.Object) -> list[pikepdf.Object]:
    held = parent.get("/K")
    kids = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
