"""What stands on the pages of a PDF: text with its place, colour and size, and what lies behind it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from cafcass_reports.checks.accessibility.shapes import Box
from cafcass_reports.checks.opened import PdfPage

_DEPTH = 8  # forms within forms


@dataclass(frozen=True)
class Text:
    """A stretch of text: page from 1, box in points from the top, colour ``RRGGBB``, points, the colours behind it.

    ``drawn`` tells whether it is to be seen, ``language`` what its marked content says, ``disowned`` whether it is an
    artefact of no stated type (ISO 32000-1 14.8.2.2.2): neither content nor what comes with pages and layout.
    """

    page: int
    mark: int
    text: str
    box: Box
    colour: str | None
    size: float
    behind: str
    drawn: bool = True
    language: str = ""
    disowned: bool = False


@dataclass
class Marks:
    """The texts of a PDF, and which of them belongs to which marked content of which page."""

    texts: list[Text] = field(default_factory=list)
    boxes: dict[tuple[int, int], Box] = field(default_factory=dict)
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    sizes: list[tuple[float, float]] = field(default_factory=list)


def read(pages: Sequence[PdfPage]) -> Marks:
    """Read the pages of a PDF."""
    found = Marks()
    for number, page in enumerate(pages, start=1):
        height = page.drawn.get_height()
        found.sizes.append((page.drawn.get_width(), height))
        _page(page, number, height, found)
    return found


def _page(page: PdfPage, number: int, height: float, found: Marks) -> None:
    painted: list[tuple[Box, str]] = []
    for item, matrix in _objects(page.drawn, None, _DEPTH):
        kind = raw.FPDFPageObj_GetType(item)
        box = _box(item, matrix, height)
        if box is None:
            continue
        mark = raw.FPDFPageObj_GetMarkedContentID(item)
        if mark >= 0:
            key = (number, mark)
            held = found.boxes.get(key)
            found.boxes[key] = (
                box
                if held is None
                else Box(
                    min(held.left, box.left),
                    min(held.top, box.top),
                    max(held.right, box.right),
                    max(held.bottom, box.bottom),
                )
            )
        if kind == raw.FPDF_PAGEOBJ_PATH and (colour := _filled(item)):
            painted.append((box, colour))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            painted.append((box, ""))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            text = _text(item, page.texts)
            if mark >= 0:
                found.words[number, mark] = found.words.get((number, mark), "") + text
            behind = next((colour for area, colour in reversed(painted) if area.holds(box)), "FFFFFF")
            scale = abs(_own(item)[3]) * (abs(matrix[3]) if matrix else 1.0)
            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(item, size)
            drawn = raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            points = size.value * scale
            found.texts.append(Text(number, mark, text, box, _colour(item), points, behind, drawn, *_said(item)))


def _objects(
    holder: Any, matrix: tuple[float, ...] | None, depth: int
) -> Iterator[tuple[Any, tuple[float, ...] | None]]:
    """Yield the objects of a page and of the forms on it, each with the transformation of its form."""
    is_page = isinstance(holder, pdfium.PdfPage)
    count = raw.FPDFPage_CountObjects(holder.raw) if is_page else raw.FPDFFormObj_CountObjects(holder)
    for place in range(count):
        item = raw.FPDFPage_GetObject(holder.raw, place) if is_page else raw.FPDFFormObj_GetObject(holder, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
            if depth:
                yield from _objects(item, _times(_own(item), matrix), depth - 1)
        else:
            yield item, matrix


def _own(item: Any) -> tuple[float, ...]:
    held = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, held)
    return held.a, held.b, held.c, held.d, held.e, held.f


def _times(one: tuple[float, ...], other: tuple[float, ...] | None) -> tuple[float, ...]:
    if other is None:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _box(item: Any, matrix: tuple[float, ...] | None, height: float) -> Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is not None:
        a, b, c, d, e, f = matrix
        across = [a * x + c * y + e for x, y in ((left, bottom), (right, top))]
        down = [b * x + d * y + f for x, y in ((left, bottom), (right, top))]
        left, right = sorted(across)
        bottom, top = sorted(down)
    return Box(left, height - top, right, height - bottom)


def _filled(item: Any) -> str | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    return _colour(item) if mode.value else None


def _colour(item: Any) -> str | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *parts) or parts[3].value < 128:
        return None
    return "".join(f"{part.value:02X}" for part in parts[:3])


def _text(item: Any, textpage: Any) -> str:
    buffer = (ctypes.c_ushort * 128)()
    length = raw.FPDFTextObj_GetText(item, textpage.raw, buffer, ctypes.sizeof(buffer))
    if length > ctypes.sizeof(buffer):  # then nothing was written
        buffer = (ctypes.c_ushort * (length // 2))()
        raw.FPDFTextObj_GetText(item, textpage.raw, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", "replace").rstrip("\x00")


def _said(item: Any) -> tuple[str, bool]:
    """Return the language that the marked content around an object says, and whether it is an artefact of no type."""
    language, disowned = "", False
    for place in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, place)
        language = _words(partial(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Lang")) or language
        typed = raw.FPDFPageObjMark_GetParamValueType(mark, b"Type") != raw.FPDF_OBJECT_UNKNOWN
        disowned |= not typed and _words(partial(raw.FPDFPageObjMark_GetName, mark)) == "Artifact"
    return language, disowned


def _words(read: Callable[..., Any]) -> str:
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    held = read(buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\x00") if held else ""
