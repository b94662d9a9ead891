"""What holds for every slide of every deck: shapes on it, none over another, text that can be read."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from pptx.util import Pt

from cafcass_reports.exporters.deck import textfit

from . import papers

_SMALL = {"Kicker", "Subtitle", "Source", "Footer", "Slide number"}  # they say where a slide belongs


def assert_legible(deck: Any, least: float = 14) -> None:
    """Assert that every shape lies on its slide and over no other, and that texts are of so many points or more."""
    for number, slide in enumerate(deck.slides, start=1):
        shown = [shape for shape in papers.shapes(slide) if not _is_decoration(shape)]
        places = [(shape.name, _place(shape)) for shape in shown]
        for name, (left, top, right, bottom) in places:
            assert 0 <= left < right <= deck.slide_width, f"slide {number}: {name}"
            assert 0 <= top < bottom <= deck.slide_height, f"slide {number}: {name}"
        for (one, a), (other, b) in combinations(places, 2):
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, f"slide {number}: {one} lies over {other}"
        for shape in shown:
            if not any(shape.name.startswith(small) for small in _SMALL):
                assert all(size >= Pt(least) for size in sizes(shape)), f"slide {number}: {shape.name}"


def sizes(shape: Any) -> list[int]:
    """The sizes of all runs of a shape or table."""
    frames = [cell.text_frame for cell in shape.table.iter_cells()] if shape.has_table else []
    frames += [shape.text_frame] if shape.has_text_frame else []
    return [run.font.size for frame in frames for p in frame.paragraphs for run in p.runs if run.font.size]


def text_height(frame: Any, width: float) -> float:
    """How high a frame's text is in points, with its gaps and the frame's margins; measured, as nothing draws it."""
    room = width - frame.margin_left.pt - frame.margin_right.pt
    used = frame.margin_top.pt + frame.margin_bottom.pt
    for paragraph in frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=0.0)
        bold = any(run.font.bold for run in paragraph.runs)
        margin = int(paragraph._p.get_or_add_pPr().get("marL", "0")) / 12700
        used += textfit.count_lines(paragraph.text, size, room - margin, bold) * size * textfit.LINE
        used += paragraph.space_after.pt if paragraph.space_after is not None else 0.0
    return used


def _is_decoration(shape: Any) -> bool:
    return bool(shape._element.xpath(".//*[local-name()='decorative']"))


def _place(shape: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom; of a title what its text takes, since the next text follows on that."""
    bottom = shape.top + shape.height
    if shape.name == "Title" and shape.is_placeholder:
        size = sizes(shape)[0] / 12700  # the template says that titles are bold and without margins
        bottom = shape.top + Pt(textfit.count_lines(shape.text_frame.text, size, shape.width.pt, True) * size * 1.2)
    return shape.left, shape.top, shape.left + shape.width, bottom
