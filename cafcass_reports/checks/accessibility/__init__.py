"""The accessibility gate: every written deck, summary and page held to rules that cite their sources."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from cafcass_reports.checks.accessibility.deck import check_deck
from cafcass_reports.checks.accessibility.page import check_page
from cafcass_reports.checks.accessibility.pdf import check_pdf
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

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
    where = place or Place(path.name)
    try:
        return sorted(set(_check(path, where, alts)))
    except Exception as problem:
        # Each reader has errors of its own, and a file that cannot be read is what a gate is for.
        return [Rule.READABLE.at(where, f"it cannot be read ({type(problem).__name__}: {problem}).")]


def examine_folder(folder: Path, below: str = "", notebooks: Iterable[Path] | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the files of a pack's outputs, its PDFs held against executed notebooks too.

    Parameters
    ----------
    folder
        The outputs.
    below
        The folder below it whose files are examined; all of it where it is not given.
    notebooks
        The executed notebooks that they were made from; all of the folder where they are not given.
    """
    made_from = folder.rglob("*.ipynb") if notebooks is None else notebooks
    alts = frozenset(alt for notebook in made_from for alt in _alts(notebook))
    for path in sorted((folder / below).rglob("*")):
        if path.suffix.lower() in ENDINGS:
            name = path.relative_to(folder)
            area, paper = name.parts[:2] if len(name.parts) > 2 else ("", "")
            yield from examine(path, Place(name.as_posix(), paper=paper, area=area), alts)


def _check(path: Path, where: Place, alts: Collection[str]) -> Iterator[Finding]:
    match path.suffix.lower():
        case ".pptx":
            return check_deck(path, where)
        case ".pdf":
            return check_pdf(path, where, alts)
        case ".html":
            return check_page(path, where)
        case _:
            return iter(())


def _alts(notebook: Path) -> set[str]:
    """Return the alternative texts in an executed notebook."""
    found = set()

    def look(held: dict[str, Any]) -> None:
        if isinstance(alt := held.get("alt"), str):
            found.add(" ".join(alt.split()))

    json.loads(notebook.read_bytes(), object_hook=look)
    return found
