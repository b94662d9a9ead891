"""The accessibility gate: every written deck, summary and page held to rules that cite their sources."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from cafcass_reports.checks.accessibility.deck import check_deck
from cafcass_reports.checks.accessibility.page import check_page
from cafcass_reports.checks.accessibility.pdf import check_pdf
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

_CHECKS = MappingProxyType({".pptx": check_deck, ".pdf": check_pdf, ".html": check_page})

ENDINGS = frozenset(_CHECKS)
"""The kinds of file that are held to rules."""


def examine(path: Path, place: Place | None = None) -> list[Finding]:
    """Hold a file to the rules of accessibility.

    Parameters
    ----------
    path
        A deck (``.pptx``), a PDF or a page (``.html``).
    place
        What findings call it; its name where that is left out.

    Returns
    -------
    list of Finding
        What is wrong, in order of its place; nothing for a file of another kind.
    """
    where = place or Place(path.name)
    check = _CHECKS.get(path.suffix.lower())
    if check is None:
        return []
    try:
        return sorted(set(check(path, where)))
    except Exception as problem:
        # Each reader has errors of its own, and a file that cannot be read is what a gate is for.
        return [Rule.READABLE.at(where, f"it cannot be read ({type(problem).__name__}: {problem}).")]
