"""Native shapes that are no placeholder: boxes of text, rules between them, and what moves together."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
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
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(round(after, 1))
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)


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
