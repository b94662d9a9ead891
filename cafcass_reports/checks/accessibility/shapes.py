"""The shapes of a slide as they stand: their boxes on the slide, what they say, what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cafcass_reports.checks.accessibility.office import Surroundings, placeholder, qn

_SHAPES = {qn(f"p:{name}") for name in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp", "contentPart")}
_CLOSE = 2 * 12700  # EMU within which edges count as level


@dataclass(frozen=True)
class Box:
    """Left, top, right and bottom, in one unit."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Tell whether the middle of another box lies in this one."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def before(self, other: Box, close: float = _CLOSE) -> bool:
        """Tell whether this box must be read before the other: above it, or left of it in one row."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        above = self.bottom <= other.top + close and across > close
        beside = self.right <= other.left + close and down > 0.5 * min(self.height, other.height)
        return above or beside

    @property
    def height(self) -> float:
        """Height."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Shape:
    """A shape: its XML, its box in EMU on the slide (``None`` where nothing says), how deep it stands in groups."""

    xml: Any
    box: Box | None
    depth: int
    parent: Any = None

    @cached_property
    def properties(self) -> Any:
        """Its ``p:cNvPr``."""
        return self.xml[0].find(qn("p:cNvPr"))

    @property
    def name(self) -> str:
        """What the selection pane calls it."""
        return str(self.properties.get("name") or f"shape {self.properties.get('id')}")

    @property
    def alt(self) -> str:
        """Its alternative text."""
        return str(self.properties.get("descr") or "")

    @property
    def decorative(self) -> bool:
        """Whether it is marked as decoration."""
        return any(mark.get("val", "1") in {"1", "true"} for mark in self.properties.iter("{*}decorative"))

    @cached_property
    def placeholder(self) -> Any:
        """Its ``p:ph``, or ``None``."""
        return self.xml.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")

    @cached_property
    def role(self) -> str:
        """The type of its placeholder; empty where it is none."""
        return "" if self.placeholder is None else str(self.placeholder.get("type", "body"))

    @property
    def is_title(self) -> bool:
        """Whether it is the slide's title."""
        return self.role in {"title", "ctrTitle"}

    @property
    def is_group(self) -> bool:
        """Whether it is a group."""
        return bool(self.xml.tag == qn("p:grpSp"))

    @cached_property
    def kind(self) -> str:
        """``text``, ``group``, ``chart``, ``table``, ``picture``, ``line`` or ``object``."""
        if self.xml.tag == qn("p:graphicFrame"):
            held = self.xml.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
            uri = "" if held is None else str(held.get("uri"))
            return next((kind for kind in ("chart", "table") if uri.endswith(kind)), "object")
        return {qn("p:grpSp"): "group", qn("p:pic"): "picture", qn("p:cxnSp"): "line", qn("p:sp"): "text"}.get(
            self.xml.tag, "object"
        )

    @property
    def body(self) -> Any:
        """Its text body, or ``None``."""
        return self.xml.find(qn("p:txBody"))

    @cached_property
    def text(self) -> str:
        """Its own text, and that of what it groups."""
        return "\n".join(
            "".join(part.text or "" for part in paragraph.iter(qn("a:t"))) for paragraph in self.xml.iter(qn("a:p"))
        ).strip()


def shapes_of(tree: Any, around: Surroundings | None = None) -> Iterator[Shape]:
    """Yield the shapes of a shape tree and of its groups, in the order in which they are read and drawn."""
    yield from _within(tree, around, (1.0, 1.0, 0.0, 0.0), 0)


def _within(tree: Any, around: Surroundings | None, scale: tuple[float, ...], depth: int) -> Iterator[Shape]:
    for xml in tree:
        if xml.tag == "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent":
            for choice in xml:
                yield from _within(choice, around, scale, depth)
                break
        if xml.tag not in _SHAPES:
            continue
        place = _transform(xml, around)
        box = None
        if place is not None:
            left, top, width, height = (
                int(place[index].get(key)) for index, key in ((0, "x"), (0, "y"), (1, "cx"), (1, "cy"))
            )
            along, down, x, y = scale
            box = Box(left * along + x, top * down + y, (left + width) * along + x, (top + height) * down + y)
        yield Shape(xml, box, depth, tree if depth else None)
        if xml.tag == qn("p:grpSp"):
            yield from _within(xml, around, _inner(place, box, scale), depth + 1)


def _inner(place: Any, box: Box | None, scale: tuple[float, ...]) -> tuple[float, ...]:
    offset = None if place is None else place.find(qn("a:chOff"))
    extent = None if place is None else place.find(qn("a:chExt"))
    if box is None or offset is None or extent is None or not int(extent.get("cx")) or not int(extent.get("cy")):
        return scale
    along = (box.right - box.left) / int(extent.get("cx"))
    down = (box.bottom - box.top) / int(extent.get("cy"))
    return along, down, box.left - int(offset.get("x")) * along, box.top - int(offset.get("y")) * down


def _transform(xml: Any, around: Surroundings | None) -> Any:
    held = xml.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    if held is None:
        held = xml.find(qn("p:xfrm"))
    if held is None:
        held = xml.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
    holder = xml.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
    if held is None and holder is not None and around is not None:
        for part in (around.layout, around.master):
            like = placeholder(part._element, holder, by_type=part is around.master)
            if like is not None and (held := like.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")) is not None:
                break
    return held


def behind(shape: Shape, order: Sequence[Shape], around: Surroundings) -> list[str]:
    """Return the colours behind a shape's text: its fill, else what it lies on, else the background.

    ``order`` holds what is drawn, lowest first, with what master and layout draw.

    Empty where a picture lies there.
    """
    own = _fills(shape, around)
    if own:
        return own
    if shape.box is not None:
        for other in reversed(order[: next(place for place, one in enumerate(order) if one is shape)]):
            if other.box is None or not other.box.holds(shape.box) or other.is_group:
                continue
            if other.kind in {"picture", "chart"}:
                return []
            if found := _fills(other, around):
                return found
    return around.background()


def under(around: Surroundings) -> Iterator[Shape]:
    """Yield what master and layout draw below a slide's own shapes."""
    layout = around.layout.element
    drawn = [around.layout] if layout.get("showMasterSp", "1") in {"0", "false"} else [around.master, around.layout]
    for part in drawn if around.slide.element.get("showMasterSp", "1") not in {"0", "false"} else []:
        yield from (shape for shape in shapes_of(part.shapes._spTree) if shape.placeholder is None)


def _fills(shape: Shape, around: Surroundings) -> list[str]:
    found = around.fills(shape.xml.find(qn("p:spPr")))
    if found is None and shape.placeholder is not None:
        for part in (around.layout, around.master):
            like = placeholder(part._element, shape.placeholder, by_type=part is around.master)
            found = None if like is None else around.fills(like.find(qn("p:spPr")))
            if found is not None:
                break
    if found is None and (style := shape.xml.find(f"{qn('p:style')}/{qn('a:fillRef')}")) is not None:
        colour = around.colour(style) if style.get("idx") != "0" else None
        found = [colour] if colour else []
    return found or []
