"""What PowerPoint shows a text as: its colour, size and language, through layout, master and theme.

ECMA-376 part 1, 19.3.1 and 21.1.2: a property stands on the run, else in the list style of its shape, of the layout's
placeholder, of the master's, in the master's text styles, in the presentation's defaults.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from lxml import etree
from pptx.oxml import ns

_T = TypeVar("_T")
qn = cache(ns.qn)  # asked for thousands of times a deck
_PRESET = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
    "gray": "808080", "grey": "808080", "lightGray": "D3D3D3", "ltGray": "D3D3D3", "silver": "C0C0C0",
    "darkGray": "A9A9A9", "orange": "FFA500", "lime": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
}  # fmt: skip
_HUE_LIGHT_FULL = ("hue", "lum", "sat")
_MAJOR = {"title": "titleStyle", "ctrTitle": "titleStyle", "body": "bodyStyle", "subTitle": "bodyStyle"}
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


@dataclass(frozen=True)
class Look:
    """How a stretch of text looks: colour ``RRGGBB`` (``None`` where it cannot be told), points, weight, language."""

    colour: str | None
    size: float
    bold: bool
    language: str


class Surroundings:
    """What a slide inherits from."""

    def __init__(self, slide: Any, defaults: Any) -> None:
        self.slide = slide
        self.layout = slide.slide_layout
        self.master = self.layout.slide_master
        self._defaults = defaults
        self._inherited: dict[tuple[Any, str], list[Any]] = {}

    @cached_property
    def _scheme(self) -> dict[str, str]:
        theme = etree.fromstring(self.master.part.part_related_by(_THEME).blob)
        colours = {}
        for slot in theme.iterfind(f".//{qn('a:clrScheme')}/*"):
            given = slot[0]
            colour = given.get("val") if given.tag == qn("a:srgbClr") else given.get("lastClr")
            colours[str(slot.tag).partition("}")[2]] = colour or ""
        mapped = self.master._element.find(qn("p:clrMap"))
        return colours | {str(name): colours.get(str(to), "") for name, to in mapped.attrib.items()}

    def colour(self, holder: Any) -> str | None:
        """Return the colour in an element that holds one, such as ``a:solidFill``."""
        if holder is None or len(holder) == 0:
            return None
        given = holder[0]
        kind = given.tag.partition("}")[2]
        value = given.get("val", "")
        found = {
            "srgbClr": value,
            "schemeClr": self._scheme.get(value, ""),
            "sysClr": given.get("lastClr", ""),
            "prstClr": _PRESET.get(value, ""),
            "hslClr": _shares(given, _HUE_LIGHT_FULL),
            "scrgbClr": _shares(given, ("r", "g", "b")),
        }.get(kind, "")
        return _modified(found.upper(), given) if len(found) == 6 else None

    def fills(self, properties: Any) -> list[str] | None:
        """Return the colours that fill a shape; none where it is clear, ``None`` where nothing says."""
        if properties is None:
            return None
        if properties.find(qn("a:noFill")) is not None:
            return []
        solid = properties.find(qn("a:solidFill"))
        if solid is not None:
            return [found] if (found := self.colour(solid)) else []
        gradient = properties.find(qn("a:gradFill"))
        if gradient is not None:
            return [found for stop in gradient.iter(qn("a:gs")) if (found := self.colour(stop))]
        return None

    def background(self) -> list[str]:
        """Return the colours of the slide's background."""
        for part in (self.slide, self.layout, self.master):
            held = part._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
            if held is not None:
                found = self.fills(held[0]) if held[0].tag == qn("p:bgPr") else [self.colour(held[0]) or "FFFFFF"]
                if found is not None:
                    return found
        return ["FFFFFF"]

    def inherited(self, shape: Any, paragraph: Any) -> list[Any]:
        """Return what a paragraph's runs inherit from: the properties that its level has in each list style."""
        properties = paragraph.find(qn("a:pPr"))
        level = properties.get("lvl", "0") if properties is not None else "0"
        key = paragraph.getparent(), level
        if key not in self._inherited:
            self._inherited[key] = list(self._levels(shape, paragraph, int(level) + 1))
        return self._inherited[key]

    def look(self, shape: Any, paragraph: Any, run: Any) -> Look:
        """Return how a run (``a:r``, ``a:fld``) of a paragraph looks; ``shape`` is ``None`` in tables."""
        own = run.find(qn("a:rPr"))
        sources = [*([own] if own is not None else []), *self.inherited(shape, paragraph)]
        link = own is not None and own.find(qn("a:hlinkClick")) is not None
        colour = self._scheme.get("hlink") if link else _first(sources, self._text_colour)
        if link and own.find(f"{qn('a:hlinkClick')}//{{*}}hlinkClr") is not None:
            colour = _first(sources, self._text_colour)
        size = _first(sources, lambda source: source.get("sz")) or "1800"
        body = paragraph.getparent().find(qn("a:bodyPr"))
        fitted = body.find(qn("a:normAutofit")) if body is not None else None
        scale = int(fitted.get("fontScale", "100000").rstrip("%")) / 100000 if fitted is not None else 1.0
        return Look(
            colour=colour or self._scheme.get("tx1") or "000000",
            size=int(size) / 100 * scale,
            bold=_first(sources, lambda source: source.get("b")) in {"1", "true"},
            language=_first(sources, lambda source: source.get("lang")) or "",
        )

    def _text_colour(self, source: Any) -> str | None:
        return self.colour(source.find(qn("a:solidFill")))

    def _levels(self, shape: Any, paragraph: Any, level: int) -> Iterator[Any]:
        for style in self._styles(shape, paragraph):
            for name in (f"a:lvl{level}pPr", "a:defPPr"):
                held = style.find(f"{qn(name)}/{qn('a:defRPr')}")
                if held is not None:
                    yield held

    def _styles(self, shape: Any, paragraph: Any) -> Iterator[Any]:
        own = paragraph.getparent().find(qn("a:lstStyle"))
        if own is not None:
            yield own
        holder = None if shape is None else shape.find(f".//{qn('p:nvPr')}/{qn('p:ph')}")
        if holder is not None:
            for part in (self.layout, self.master):
                like = placeholder(part._element, holder, by_type=part is self.master)
                if like is not None and (style := like.find(f".//{qn('a:lstStyle')}")) is not None:
                    yield style
            name = _MAJOR.get(holder.get("type", "body"), "otherStyle")
            if (style := self.master._element.find(f"{qn('p:txStyles')}/{qn('p:' + name)}")) is not None:
                yield style
        if self._defaults is not None:
            yield self._defaults


def placeholder(part: Any, holder: Any, *, by_type: bool) -> Any:
    """Return the shape of a layout (by index, else type) or master (by type) that a placeholder is like."""
    kind = holder.get("type", "body")
    same = {"ctrTitle": "title", "subTitle": "body"}
    for shape in part.iter(qn("p:sp")):
        other = shape.find(f".//{qn('p:nvPr')}/{qn('p:ph')}")
        if other is None:
            continue
        theirs = other.get("type", "body")
        if by_type and same.get(theirs, theirs) == same.get(kind, kind):
            return shape
        if not by_type and (
            other.get("idx", "0") == holder.get("idx", "0") and same.get(theirs, theirs) == same.get(kind, kind)
        ):
            return shape
    return None


def _first(sources: list[Any], read: Callable[[Any], _T | None]) -> _T | None:
    return next((found for source in sources if (found := read(source)) is not None), None)


def _shares(given: Any, names: tuple[str, str, str]) -> str:
    """Return a colour given in shares of red, green and blue, or as hue, light and saturation (ECMA-376 20.1.2.3)."""
    if any(name not in given.attrib for name in names):
        return ""
    parts = [int(given.get(name)) / (21_600_000 if name == "hue" else 100_000) for name in names]
    if names == _HUE_LIGHT_FULL:
        parts = list(colorsys.hls_to_rgb(*parts))
    return "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)


def _modified(colour: str, given: Any) -> str:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    for change in given:
        name, share = change.tag.partition("}")[2], int(change.get("val", "100000")) / 100000
        hue, light, full = colorsys.rgb_to_hls(*parts)
        if name == "lumMod":
            parts = list(colorsys.hls_to_rgb(hue, light * share, full))
        elif name == "lumOff":
            parts = list(colorsys.hls_to_rgb(hue, min(1.0, light + share), full))
        elif name == "shade":
            parts = [part * share for part in parts]
        elif name in {"tint", "alpha"}:  # what is seen through is lighter, on light papers
            parts = [1 - (1 - part) * share for part in parts]
    return "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)
