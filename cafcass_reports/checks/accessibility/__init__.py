"""The accessibility gate: every written deck, summary and page held to rules that cite their sources."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cafcass_reports.checks.accessibility.deck import check_deck
from cafcass_reports.checks.accessibility.page import check_page
from cafcass_reports.checks.accessibility.pdf import check_pdf
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Opened

ENDINGS = frozenset({".pptx", ".pdf", ".html"})
"""The kinds of file that are held to rules."""


def examine(path: Path, place: Place | None = None, alts: Collection[str] = ()) -> list[Finding]:
    """Hold a file to the rules of accessibility.

    Parameters
    ----------
    path
        A deck (``.pptx``), a PDF or a page (``.html``).
    place
        What findings call it; its name where that is left out.
    alts
        The alternative texts of the exhibits that it was made from, where they are known.

    Returns
    -------
    list of Finding
        What is wrong, in order of its place; nothing for a file of another kind.
    """
    with Opened(path) as file:
        return examine_opened(file, place or Place(path.name), alts)


def examine_opened(file: Opened, place: Place, alts: Collection[str] = ()) -> list[Finding]:
    """Hold an opened file to the rules, as :func:`examine` does."""
    try:
        return sorted(set(_check(file, place, alts)))
    except Exception as problem:
        # Each reader has errors of its own, and a file that cannot be read is what a gate is for.
        return [Rule.READABLE.at(place, f"it cannot be read ({type(problem).__name__}: {problem}).")]


def examine_folder(folder: Path) -> Iterator[Finding]:
    """Yield what is wrong with the files of a pack's outputs, its PDFs held against executed notebooks too.

    Parameters
    ----------
    folder
        The outputs.
    """
    alts = alternative_texts(json.loads(notebook.read_bytes()) for notebook in folder.rglob("*.ipynb"))
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS:
            yield from examine(path, place_of(path, folder), alts)


def place_of(path: Path, outputs: Path) -> Place:
    """Return what findings call a file of a pack's outputs."""
    name = path.relative_to(outputs)
    area, paper = name.parts[:2] if len(name.parts) > 2 else ("", "")
    return Place(name.as_posix(), paper=paper, area=area)


def alternative_texts(notebooks: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the alternative texts in executed notebooks."""
    found: set[str] = set()
    for notebook in notebooks:
        _look_for_alts(notebook, found)
    return frozenset(found)


def _look_for_alts(held: Any, found: set[str]) -> None:
    if isinstance(held, dict):
        if isinstance(alt := held.get("alt"), str):
            found.add(" ".join(alt.split()))
        for one in held.values():
            _look_for_alts(one, found)
    elif isinstance(held, list):
        for one in held:
            _look_for_alts(one, found)


def _check(file: Opened, where: Place, alts: Collection[str]) -> Iterator[Finding]:
    match file.path.suffix.lower():
        case ".pptx":
            return check_deck(file.deck, where)
        case ".pdf":
            return check_pdf(file, where, alts)
        case ".html":
            return check_page(file, where)
        case _:
            return iter(())
