"""What a person wrote, with its figures filled in."""

from __future__ import annotations

from enum import StrEnum

from cafcass_reports.exhibits.payload.shown import Payload, Provenance, Shown, Written


class CommentaryPayload(Written):
    """A person's text with its figures filled in, as Markdown."""

    markdown: str
    measurements: tuple[Provenance, ...] = ()


class Arrangement(StrEnum):
    """How panels stand to each other."""

    QUADRANTS = "quadrants"  # four of equal weight, two by two
    PILLARS = "pillars"  # two to five side by side
    TIMELINE = "timeline"  # two to eight in order of time; each one's title says when


class Panel(Payload):
    """One of several texts side by side: its title in plain text, its text as Markdown paragraphs and lists."""

    title: str
    markdown: str


class PanelsPayload(Shown, Written):
    """A person's text in panels, with figures filled in. ``title`` is the message above all of them."""

    arrangement: Arrangement
    panels: tuple[Panel, ...]


class QuotationPayload(Written):
    """Somebody's words, as Markdown paragraphs without marks of quotation, and who says them (a role)."""

    words: str
    speaker: str
    measurements: tuple[Provenance, ...] = ()
