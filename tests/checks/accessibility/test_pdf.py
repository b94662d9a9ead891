from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cafcass_reports.checks.accessibility import examine
from cafcass_reports.checks.accessibility.rules import Rule
from tests.checks.accessibility import papers


@pytest.fixture(scope="module")
def good() -> bytes:
    return papers.pdf()


def found(content: bytes, folder: Path, change: Callable[[Any], None]) -> set[str]:
    path = folder / "paper.pdf"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(path)
    return {one.found.partition(":")[0] for one in examine(path)}


def kids(element: Any) -> list[Any]:
    held = element.get("/K")
    held = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [kid for kid in held if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element: Any) -> Iterator[Any]:
    for kid in kids(element):
        yield kid
        yield from walk(kid)


def each(kind: str, change: Callable[[Any], None], most: int = 1) -> Callable[[Any], None]:
    def changed(pdf: Any) -> None:
        for element in [one for one in walk(pdf.Root.StructTreeRoot) if str(one.S) == f"/{kind}"][:most]:
            change(element)

    return changed


def put(name: str, value: Any) -> Callable[[Any], None]:
    return lambda element: element.__setitem__(name, value)


def without_scope(cell: Any) -> None:
    for one in cell.A:
        if "/Scope" in one:
            del one["/Scope"]


def merged(cell: Any) -> None:
    cell.A.append(pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2))


def backwards(pdf: Any) -> None:
    document = kids(pdf.Root.StructTreeRoot)[0]
    document.K = pikepdf.Array(list(reversed(list(document.K))))


def title(pdf: Any, text: str) -> None:
    pdf.docinfo["/Title"] = text
    with pdf.open_metadata(set_pikepdf_as_editor=False) as held:
        held["dc:title"] = text


def painted(pdf: Any, before: bytes, after: bytes) -> None:
    """Rewrite the drawing of each page."""
    for page in pdf.pages:
        page.Contents = pdf.make_stream(before + page.Contents.read_bytes() + after)


def annotation(pdf: Any) -> Any:
    return next(note for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note)


def header_rows_as_data(pdf: Any) -> None:
    rows = [row for row in walk(pdf.Root.StructTreeRoot) if str(row.S) == "/TR"]
    for cell in kids(rows[0]):
        cell.S = pikepdf.Name.TD


def row_headers_as_data(pdf: Any) -> None:
    for row in [row for row in walk(pdf.Root.StructTreeRoot) if str(row.S) == "/TR"][1:]:
        if len(kids(row)) > 1:
            kids(row)[0].S = pikepdf.Name.TD


def small(pdf: Any) -> None:
    for page in pdf.pages:
        page.Contents = pdf.make_stream(b"0.4 0 0 0.4 0 0 cm " + page.Contents.read_bytes())


FAULTS: dict[str, tuple[Rule, Callable[[Any], None]]] = {
    "the tags are gone": (Rule.TAGGED, lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "it is not marked as tagged": (Rule.TAGGED, lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False)),
    "its tags are doubtful": (Rule.TAGGED, lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True)),
    "it has no language": (Rule.LANGUAGE, lambda pdf: pdf.Root.__delitem__("/Lang")),
    "its language is American": (Rule.LANGUAGE, lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("en-US"))),
    "a paragraph is in French": (Rule.LANGUAGE, each("P", put("/Lang", pikepdf.String("fr-FR")))),
    "readers show the file's name": (
        Rule.DOCUMENT_TITLE,
        lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
    ),
    "it has no title": (Rule.DOCUMENT_TITLE, lambda pdf: title(pdf, "")),
    "its title is a file's name": (Rule.DOCUMENT_TITLE, lambda pdf: title(pdf, "paper_final.docx")),
    "a figure has no alternative text": (Rule.ALT_TEXT, each("Figure", lambda one: one.__delitem__("/Alt"))),
    "a figure is called by its file": (Rule.ALT_NAMES, each("Figure", put("/Alt", pikepdf.String("plot1.svg")))),
    "a figure is called by its kind": (Rule.ALT_NAMES, each("Figure", put("/Alt", pikepdf.String("Figure 2")))),
    "a chart says no figures": (Rule.ALT_DATA, each("Figure", put("/Alt", pikepdf.String("Line chart of cases.")))),
    "a level of heading is left out": (Rule.HEADING_ORDER, each("H2", put("/S", pikepdf.Name.H4))),
    "there are no headings": (
        Rule.HEADING_ORDER,
        lambda pdf: [
            one.__setitem__("/S", pikepdf.Name.P) for one in walk(pdf.Root.StructTreeRoot) if str(one.S)[1] == "H"
        ],
    ),
    "a heading is empty": (Rule.TITLES, each("H2", put("/K", pikepdf.Array([])))),
    "the blocks are read backwards": (Rule.READING_ORDER, backwards),
    "the header row is data": (Rule.TABLE_HEADERS, header_rows_as_data),
    "the row headers are data": (Rule.TABLE_HEADERS, row_headers_as_data),
    "a header has no scope": (Rule.TABLE_HEADERS, each("TH", without_scope)),
    "a header is blank": (Rule.TABLE_HEADERS, each("TH", put("/K", pikepdf.Array([])))),
    "cells are merged": (Rule.TABLE_SHAPE, each("TD", merged)),
    "a row lacks a cell": (
        Rule.TABLE_SHAPE,
        lambda pdf: next(row for row in walk(pdf.Root.StructTreeRoot) if str(row.S) == "/TR").K.__delitem__(-1),
    ),
    "a link says nothing of itself": (Rule.LINK_TEXT, lambda pdf: annotation(pdf).__delitem__("/Contents")),
    "a link leads nowhere": (
        Rule.LINK_TARGET,
        lambda pdf: annotation(pdf).A.__setitem__("/URI", pikepdf.String("http://")),
    ),
    "a link says here": (Rule.LINK_TEXT, each("Link", put("/ActualText", pikepdf.String("here")))),
    "text is small": (Rule.SIZE, small),
    "text lies on its own colour": (
        Rule.CONTRAST,
        lambda pdf: painted(pdf, b"q 0.3 0.3 0.3 rg 0 0 2000 2000 re f Q ", b""),
    ),
    "the tab order is not that of the tags": (
        Rule.READING_ORDER,
        lambda pdf: [page.obj.__setitem__("/Tabs", pikepdf.Name.R) for page in pdf.pages],
    ),
    "content is untagged": (Rule.PDF_STRUCTURE, lambda pdf: painted(pdf, b"", b" 0 0 m 9 9 l S ")),
    "a list's items are paragraphs": (Rule.PDF_STRUCTURE, each("LI", put("/S", pikepdf.Name.P))),
}


def test_a_pdf_of_our_own_breaks_no_rule(good: bytes, tmp_path: Path) -> None:
    assert found(good, tmp_path, lambda pdf: None) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_a_pdf_is_found(fault: str, good: bytes, tmp_path: Path) -> None:
    rule, change = FAULTS[fault]
    assert rule.value.name in found(good, tmp_path, change)


@pytest.mark.parametrize("step", range(1, 8))
def test_a_block_moved_up_in_the_structure_is_found(step: int, good: bytes, tmp_path: Path) -> None:
    def change(pdf: Any) -> None:
        blocks = kids(pdf.Root.StructTreeRoot)[0].K
        assert len(blocks) > step
        moved = blocks[-1]
        del blocks[-1]
        blocks.insert(len(blocks) - step, moved)

    assert Rule.READING_ORDER.value.name in found(good, tmp_path, change)
