"""What a refresh found, for whoever edited the deck."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cafcass_reports.exporters.deck.state import digest, numbers


class Kind(StrEnum):
    """A conflict is a hand's edit that a figure has overtaken; a note is what the refresh did or left as it was."""

    CONFLICT = "conflict"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    Parameters
    ----------
    kind
        A conflict, or a note.
    slide
        The slide's number in the refreshed deck; 0 of one that it does not hold.
    title
        The slide's title.
    shape
        What the selection pane calls the shape; empty for the slide itself.
    what
        What happened, in a sentence.
    yours
        What stands in the deck; empty where nothing does.
    now
        What the pack says now; empty where it says nothing.
    """

    kind: Kind
    slide: int
    title: str
    shape: str
    what: str
    yours: str = ""
    now: str = ""


@dataclass(frozen=True)
class ByHand:
    """A text that a hand wrote or rewrote, on a slide whose figures moved; ``figures`` are their ids."""

    slide: int
    title: str
    shape: str
    text: str
    figures: tuple[str, ...]


@dataclass
class Told:
    """What was found so far, and where one now looks: slide, shape, its figures, digests of its numbers that moved."""

    findings: list[Finding] = field(default_factory=list)
    by_hand: list[ByHand] = field(default_factory=list)
    updated: int = 0
    moved: frozenset[str] = frozenset()
    figures: tuple[str, ...] = ()
    slide: int = 0
    title: str = ""
    shape: str = ""

    def conflict(self, what: str, yours: str = "", now: str = "") -> None:
        """Note a conflict."""
        self.findings.append(Finding(Kind.CONFLICT, self.slide, self.title, self.shape, what, yours, now))

    def note(self, what: str, yours: str = "", now: str = "") -> None:
        """Note what is no conflict."""
        self.findings.append(Finding(Kind.NOTE, self.slide, self.title, self.shape, what, yours, now))

    def written(self, text: str) -> None:
        """Note a text that a hand wrote: it may hold a figure that has moved."""
        if stale := sorted(number for number in numbers(text) if digest(number) in self.moved):
            self.conflict(f"Written by hand; {', '.join(stale)} is no longer what the pack says.", text)
        elif self.moved and text.strip():
            self.by_hand.append(ByHand(self.slide, self.title, self.shape, text, self.figures))
