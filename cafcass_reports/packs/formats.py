"""The formats of papers: what a file ends in and is called, which exporter writes it, who reads it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from cafcass_reports.checks.opened import Opened
from cafcass_reports.checks.written import files
from cafcass_reports.packs.parameters import Format


@dataclass(frozen=True)
class FileFormat:
    """What is to be known of the files of one format.

    Parameters
    ----------
    ending
        What a file adds to the name of its paper.
    exporter
        The name under which nbconvert finds its exporter.
    called
        What people call it.
    read
        A reader that is not its exporter's.
    audience
        Whose exhibits it holds: ``deck``, ``summary`` or ``page``.
    calculations
        Whether it says how each figure was calculated.
    """

    ending: str
    exporter: str
    called: str
    read: Callable[[Opened], files.Read]
    audience: str
    calculations: bool = True


FORMATS = MappingProxyType(
    {
        Format.LETTER: FileFormat(
            ".letter.pdf", "board-letter", "Letter (PDF)", files.pdf, "summary", calculations=False
        ),
        Format.BRIEFING: FileFormat(
            ".briefing.pdf", "board-briefing", "Briefing (PDF)", files.pdf, "summary", calculations=False
        ),
        Format.TWO_PAGES: FileFormat(
            ".two-pages.pdf", "board-two-pages", "Two pages (PDF)", files.pdf, "summary", calculations=False
        ),
        Format.DECK: FileFormat(".pptx", "board-deck", "Deck (PowerPoint)", files.deck, "deck"),
        Format.SUMMARY: FileFormat(".pdf", "board-summary", "Summary (PDF)", files.pdf, "summary"),
        Format.DASHBOARD: FileFormat(
            ".dashboard.html", "board-dashboard", "Dashboard", files.page, "page", calculations=False
        ),
        Format.PAGE: FileFormat(".html", "board-review", "Review page", files.page, "page"),
    }
)
"""In the order in which they are listed. What adds to a paper's name comes before what a file merely ends in."""
