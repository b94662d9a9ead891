"""Colours that mean the organisation, not data, follow PowerPoint's theme: who switches it restyles the deck.

Drawing rules name colours of ``theme.toml``. Here those of text, rules, grounds and marks become references to the
theme's own. Colours that carry data or meaning (series, grades, comparison, improvement, concern) stay as they are:
their contrasts with each other and with their labels are those of the Analysis Function's palette, and no theme's.
"""

from __future__ import annotations

from typing import Any

from pptx.parts.chart import ChartPart
from pptx.parts.slide import SlidePart
from pptx.presentation import Presentation

from cafcass_reports import theme
from cafcass_reports.exporters.deck.names import qn

_LIGHTER = {"muted": (75_000, 25_000), "neutral": (85_000, 15_000), "rule": (25_000, 75_000)}
# Office's own "Text 1, lighter", in thousandths of a per cent of the luminance: lumMod and lumOff. On a dark ground
# text is light, and stays so.

_Reference = tuple[str, tuple[int, int] | None]


def follow_theme(presentation: Presentation) -> None:
    """Let the brand's colours on slides and in charts refer to the theme; the presentation is changed."""
    colour = theme.load().colour
    text: dict[str, _Reference] = {_key(colour.text): ("tx1", None)}
    text |= {_key(getattr(colour, name)): ("tx1", lighter) for name, lighter in _LIGHTER.items()}
    brand = {**text, _key(colour.band): ("bg2", None), _key(colour.series[1]): ("accent2", None)}
    brand[_key(colour.title)] = ("tx2", None)
    for part in presentation.part.package.iter_parts():
        if isinstance(part, SlidePart):
            _refer(part._element, brand)
            _write_on_brand(part._element)
        elif isinstance(part, ChartPart):
            _refer(part._element, text)  # here the title's colour is that of a series


def _key(colour: str) -> str:
    return colour.lstrip("#").upper()


def _refer(root: Any, references: dict[str, _Reference]) -> None:
    for literal in list(root.iter(qn("a:srgbClr"))):
        if (reference := references.get(literal.get("val", "").upper())) is None:
            continue
        name, lighter = reference
        element = literal.makeelement(qn("a:schemeClr"), {"val": name})
        for tag, value in zip(("a:lumMod", "a:lumOff"), lighter or (), strict=False):
            element.append(element.makeelement(qn(tag), {"val": str(value)}))
        element.extend(list(literal))
        literal.getparent().replace(literal, element)


def _write_on_brand(root: Any) -> None:
    """White on the title's colour becomes the ground's colour on it: a theme keeps the two apart."""
    for shape in root.iter(qn("p:sp"), qn("a:tc")):
        own = qn("p:spPr") if shape.tag == qn("p:sp") else qn("a:tcPr")
        ground = shape.find(f"{own}/{qn('a:solidFill')}/{qn('a:schemeClr')}")
        if ground is not None and ground.get("val") == "tx2":
            for white in shape.xpath(".//a:rPr//a:srgbClr[@val='FFFFFF']"):
                white.getparent().replace(white, white.makeelement(qn("a:schemeClr"), {"val": "bg1"}))
