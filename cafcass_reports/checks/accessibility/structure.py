"""The structure of a PDF: the tree of its tags, and the content that each of them holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from cafcass_reports.checks.accessibility.marks import Marks


@dataclass(frozen=True)
class Element:
    """A structure element: its type by the role map, its XML-like parts, its children and its depth."""

    kind: str
    held: Any
    kids: tuple[Element, ...]
    marked: tuple[tuple[int, int], ...]

    def walk(self) -> Iterator[Element]:
        """Yield it and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.kids)

    def text(self, found: Marks) -> str:
        """Return its words as drawn, or its actual text."""
        if "/ActualText" in self.held:
            return str(self.held.ActualText)
        own = "".join(found.words.get(mark, "") for mark in self.marked)
        return " ".join((own + " ".join(kid.text(found) for kid in self.kids)).split())

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the marks (page, number) of it and all below."""
        for element in self.walk():
            yield from element.marked

    def attribute(self, name: str) -> Any:
        """Return an attribute of its attribute objects, or ``None``."""
        held = self.held.get("/A")
        for one in list(held) if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(one, pikepdf.Dictionary) and name in one:
                return one[name]
        return None


def read(pdf: Any, root: Any) -> Element:
    """Read the tree of a PDF from its `StructTreeRoot`."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return _element(root, {str(k): str(v) for k, v in root.get("/RoleMap", {}).items()}, numbers, 0)


def _element(held: Any, roles: dict[str, str], numbers: dict[Any, int], page: int, depth: int = 0) -> Element:
    name = str(held.get("/S", "/Root"))
    seen: set[str] = set()
    while name in roles and name not in seen:
        seen.add(name)
        name = roles[name]
    if "/Pg" in held:
        page = numbers.get(held.Pg.objgen, page)
    kids, marked = [], []
    given = held.get("/K")
    for kid in list(given) if isinstance(given, pikepdf.Array) else [] if given is None else [given]:
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid and depth < 60:
                kids.append(_element(kid, roles, numbers, page, depth + 1))
            elif "/MCID" in kid:
                own = numbers.get(kid.Pg.objgen, page) if "/Pg" in kid else page
                marked.append((own, int(kid.MCID)))
        else:
            marked.append((page, int(kid)))
    return Element(name.lstrip("/"), held, tuple(kids), tuple(marked))
