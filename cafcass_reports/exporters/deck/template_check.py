"""What is to be said of a template before a deck is made with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.slide import SlideMaster

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck.template import Kind, Role, Template, read

_SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
_WIDE = frozenset({"verdana", "century gothic", "lucida sans", "tahoma bold", "montserrat", "poppins"})
_LIGHT = 0.4  # of full luminance: a darker ground is dark


@dataclass(frozen=True)
class KindReport:
    """How a template serves a kind of slide: its layout, each part's placeholder by name, and what is done instead."""

    kind: str
    layout: str
    placeholders: dict[str, str]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class TemplateReport:
    """Whether a template is usable, why not, and how it serves each kind of slide."""

    file: str
    usable: bool
    problem: str = ""
    size: str = ""
    master: int = 0
    masters: int = 0
    notes: tuple[str, ...] = ()
    kinds: tuple[KindReport, ...] = ()

    @property
    def summary(self) -> str:
        """The verdict in a sentence."""
        if not self.usable:
            return f"Not usable: {self.problem}"
        helped = sum(bool(kind.instead) for kind in self.kinds)
        if not helped:
            return f"Usable: {self.file} has a layout and placeholders for every kind of slide."
        drawn = f"for {helped} of {len(self.kinds)} kinds of slide something is drawn instead of a placeholder"
        return f"Usable: {self.file} serves; {drawn}."

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield a row a kind of slide for a table."""
        for each in self.kinds:
            named = "\n".join(f"{role}: {name}" for role, name in each.placeholders.items())
            yield each.kind.replace("_", " "), each.layout, named, "\n".join(each.instead)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**asdict(self), "summary": self.summary}


def check(path: Path) -> TemplateReport:
    """Examine a template; one that cannot be used is reported, not raised.

    Parameters
    ----------
    path
        A ``.pptx`` or ``.potx``, with or without a mapping beside it.
    """
    try:
        found = read(path)
    except ExportError as problem:
        return TemplateReport(path.name, usable=False, problem=str(problem))
    width, height = found.size.width / 72, found.size.height / 72
    kinds = tuple(
        KindReport(
            kind.value,
            found.matches[kind].layout,
            {role.value: found.matches[kind].names[role] for role in Role if role in found.matches[kind].names},
            found.matches[kind].instead,
        )
        for kind in Kind
    )
    return TemplateReport(
        path.name,
        usable=True,
        size=f"{width:.2f} by {height:.2f} inches",
        master=found.master,
        masters=len(found.presentation.slide_masters),
        notes=tuple(_notes(found)),
        kinds=kinds,
    )


def write_mapping(path: Path) -> Path:
    """Write a mapping beside a template that says what was found, for a person to change.

    Raises
    ------
    ExportError
        Where the template has a mapping already, or cannot be used.
    """
    target = path.with_suffix(".toml")
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(read(path).mapping(path.name))
    except FileExistsError as error:
        raise ExportError(
            f"{target.name} is there already.", next_step="Change it, or move it away and write a new one."
        ) from error
    return target


def _notes(found: Template) -> Iterator[str]:
    if found.dropped:
        slides = "its slide is" if found.dropped == 1 else f"its {found.dropped} slides are"
        yield f"{slides} left out of the decks."
    masters = list(found.presentation.slide_masters)
    if len(masters) > 1:
        yield f"It has {len(masters)} masters; number {found.master} serves. 'master' in a mapping names another."
    root = _theme(masters[found.master - 1])
    if root is None:
        return
    fonts = {str(name) for name in root.xpath(".//a:fontScheme/*/a:latin/@typeface", namespaces=_SPACE)}
    if wide := sorted(name for name in fonts if name.lower() in _WIDE):
        yield f"Text is measured in the widths of Arial; {', '.join(wide)} is wider, so look at slides that are full."
    light = root.xpath(".//a:clrScheme/a:lt1/*", namespaces=_SPACE)
    shade = (light[0].get("lastClr") or light[0].get("val") or "FFFFFF") if light else "FFFFFF"
    mapped: Any = masters[found.master - 1]._element
    if mapped.find(f"{{{mapped.nsmap['p']}}}clrMap").get("bg1") != "lt1" or _is_dark(shade):
        yield "Its ground is dark; the colours of charts are made for a light one, so look at them."


def _theme(master: SlideMaster) -> Any:
    for relationship in master.part.rels.values():
        if relationship.reltype == RT.THEME:
            return etree.fromstring(relationship.target_part.blob)
    return None


def _is_dark(shade: str) -> bool:
    red, green, blue = bytes.fromhex(shade) if len(shade) == 6 else (255, 255, 255)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < _LIGHT
