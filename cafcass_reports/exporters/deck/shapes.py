"""Native shapes that are no placeholder: boxes of text, rules between them, and what moves together."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.template import Box

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def emu(box: Box) -> tuple[int, int, int, int]:
    """Return left, top, width and height as python-pptx wants them."""
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def text_box(
    shapes: Any, box: Box, name: str, *, fill: str | None = None, pad: float = 0.0, middle: bool = False
) -> Any:
    """Add an empty box of text; return its shape.

    Parameters
    ----------
    shapes
        The shapes of a slide or of a group.
    box
        Its place.
    name
        What the selection pane calls it.
    fill
        Its colour; none where that is ``None``.
    pad
        Points between its edges and its text.
    middle
        Whether its text stands halfway down it; else at its top.
    """
    shape = shapes.add_textbox(*emu(box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(pad)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    return shape


def write(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False, after: float = 0.0) -> None:
    """Write one run into an empty paragraph: size and the gap after it in points."""
    gaps = "".join(
        f'<a:{name}><a:spcPts val="{Pt(gap).centipoints}"/></a:{name}>'
        for name, gap in (("spcBef", 0), ("spcAft", round(after, 1)))
    )
    written = parse_xml(f"<a:p {nsdecls('a')}><a:pPr>{gaps}</a:pPr>{run_xml(text, size, colour, bold=bold)}</a:p>")
    properties, run = written
    paragraph._p.get_or_add_pPr().extend(list(properties))
    paragraph._p.append(run)


def run_xml(text: str, size: float, colour: str, *, bold: bool) -> str:
    """Return a run as XML, to be read with what is around it: faster by far than to set each property of many."""
    look = f'<a:rPr sz="{Pt(size).centipoints}" b="{bold:d}">{fill_xml(colour)}</a:rPr>'
    return f"<a:r>{look}<a:t>{escape(text)}</a:t></a:r>"


def fill_xml(colour: str) -> str:
    """Return the fill of a text, a line or a ground as XML."""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def decoration(shapes: Any, box: Box, colour: str, name: str, *, form: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> Any:
    """Add a filled shape that says nothing, and is marked so: screen readers pass it over."""
    shape = shapes.add_shape(form, *emu(box))
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    style = shape._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    shape._element.remove(style)  # the theme's shadow and line
    shape._element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))
    return shape


def group(shapes: Any, name: str, alt: str) -> Any:
    """Add an empty group, whose parts a person moves together; ``alt`` says the same as they do."""
    shape = shapes.add_group_shape()
    shape.name = name
    shape._element.nvGrpSpPr.cNvPr.set("descr", alt)
    return shape
