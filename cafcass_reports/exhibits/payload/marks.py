"""What a figure means, as word, shape and colour: its tone, a status, the signal of a process."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from cafcass_reports.exhibits.payload.shown import Payload
from cafcass_reports.statistics.spc import Assurance, Variation


class Tone(StrEnum):
    """What a change means, in word as well as colour."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """How far something is, or how grave; shown as word, shape and colour.

    There are two colours and no amber between: who cannot tell red from green reads the word, and sees whether the
    square is full.
    """

    COMPLETE = "Complete"
    IN_PROGRESS = "In progress"
    NOT_DUE = "Not yet due"
    LATE = "Late"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"

    @property
    def shape(self) -> str:
        """The character drawn before the word; all are in the shipped fonts.

        Examples
        --------
        >>> f"{Status.LATE.shape} {Status.LATE}"
        '■ Late'
        """
        return {
            Status.COMPLETE: "●", Status.IN_PROGRESS: "►", Status.NOT_DUE: "○", Status.LATE: "■", Status.ON_TRACK: "►",
            Status.AT_RISK: "□", Status.HIGH: "■", Status.MEDIUM: "□", Status.LOW: "○",
        }[self]  # fmt: skip

    @property
    def tone(self) -> Tone:
        """What the status means."""
        if self is Status.COMPLETE:
            return Tone.IMPROVEMENT
        return Tone.CONCERN if self in (Status.LATE, Status.AT_RISK, Status.HIGH) else Tone.NEUTRAL


class Signal(Payload):
    """What statistical process control says of a process: the icons of Making Data Count, with their words.

    ``direction`` is where the latest figure's special cause points; ``assurance`` is ``None`` without a target.
    """

    variation: Variation
    direction: Literal["up", "down"] | None = None
    assurance: Assurance | None = None

    @property
    def mark(self) -> str:
        """The character in the variation icon."""
        return {"up": "▲", "down": "▼", None: "~"}[self.direction]

    @property
    def word(self) -> str:
        """The variation in a word, for a cell; empty for the usual one, so that the others stand out."""
        return {
            Variation.COMMON_CAUSE: "",
            Variation.IMPROVEMENT: "better",
            Variation.CONCERN: "worse",
            Variation.NEITHER: "changed",
        }[self.variation]

    @property
    def words(self) -> str:
        """The variation in words, for a chart and for who hears it."""
        way = {"up": ", upwards", "down": ", downwards", None: ""}[self.direction]
        return {
            Variation.COMMON_CAUSE: "Usual variation",
            Variation.IMPROVEMENT: "Improvement",
            Variation.CONCERN: "Concern",
            Variation.NEITHER: "Change",
        }[self.variation] + way

    @property
    def tone(self) -> Tone:
        """What the variation means."""
        tones = {Variation.IMPROVEMENT: Tone.IMPROVEMENT, Variation.CONCERN: Tone.CONCERN}
        return tones.get(self.variation, Tone.NEUTRAL)

    @property
    def letter(self) -> str:
        """The character in the assurance icon; empty without a target."""
        return {Assurance.PASS: "P", Assurance.FAIL: "F", Assurance.INCONSISTENT: "?", None: ""}[self.assurance]

    @property
    def assured(self) -> str:
        """Assurance in words; empty without a target."""
        return {
            Assurance.PASS: "Expected to meet its target",
            Assurance.FAIL: "Expected to miss its target",
            Assurance.INCONSISTENT: "May meet or miss its target",
            None: "",
        }[self.assurance]

    @property
    def assured_word(self) -> str:
        """Assurance in a word, for a cell; empty without a target, and where it may be met or missed."""
        return {Assurance.PASS: "meets", Assurance.FAIL: "misses"}.get(self.assurance, "")  # type: ignore[arg-type]

    @property
    def assured_tone(self) -> Tone:
        """What assurance means."""
        tones = {Assurance.PASS: Tone.IMPROVEMENT, Assurance.FAIL: Tone.CONCERN}
        return tones.get(self.assurance, Tone.NEUTRAL) if self.assurance else Tone.NEUTRAL

    @property
    def short(self) -> str:
        """What both icons say, in a cell that has words alone: ``▼ better, meets``; of usual variation nothing."""
        return ", ".join(part for part in (f"{self.mark} {self.word}" if self.word else "", self.assured_word) if part)
