"""What differs between two packs, as values: the same for the terminal, JSON and the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class What(StrEnum):
    """What became of a text, an exhibit, a paper or a file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RETITLED = "retitled"
    REFRESHED = "refreshed"  # the same words around other figures
    CARRIED_OVER = "carried over"


class Course(StrEnum):
    """What a figure's change on the year before means, in a word."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    UNKNOWN = ""


@dataclass(frozen=True)
class Side:
    """A pack that is compared: its name and what it reports on."""

    name: str
    title: str
    period: str
    as_at: str
    status: str


@dataclass(frozen=True)
class Setting:
    """One key with its old and its new value, as text; empty where it was or is not set."""

    key: str
    old: str
    new: str


@dataclass(frozen=True)
class Moved:
    """A metric's figure for an area, where each pack has its own period or day.

    ``turned`` says that its change on the year before goes the other way now.
    """

    metric: str
    title: str
    area: str
    paper: str
    papers: tuple[str, ...]
    old_id: str
    new_id: str
    old_period: str
    new_period: str
    old_value: str
    new_value: str
    old_change: str
    new_change: str
    old_course: Course
    new_course: Course
    turned: bool


@dataclass(frozen=True)
class Restated:
    """The same figure with another value, numerator or denominator than the earlier pack gave it, and why."""

    id: str
    title: str
    area: str
    period: str
    old_value: str
    new_value: str
    old_parts: str
    new_parts: str
    reason: str
    papers: tuple[str, ...]

    @property
    def visible(self) -> bool:
        """Whether a reader sees another value, not only what it was calculated from."""
        return self.old_value != self.new_value


@dataclass(frozen=True)
class Redefined:
    """A metric whose definition in force is another one: what of it changed, and the days it holds."""

    metric: str
    title: str
    settings: tuple[Setting, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """A stretch of a text: ``same``, ``added`` or ``removed``."""

    what: str
    text: str


@dataclass(frozen=True)
class Text:
    """A commentary: what became of it, whose it is, and where its words differ.

    ``turned`` names the figures in words carried over that go the other way now.
    """

    what: What
    name: str
    paper: str
    owner: str
    dated: str
    reviewed: bool
    passages: tuple[Passage, ...]
    turned: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """An exhibit: what became of it; for one that is matched by its place, the metrics that it gained and lost."""

    what: What
    kind: str
    paper: str
    heading: str
    old_title: str
    new_title: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper of either pack: its folder, its title, whether it is new or gone, and how much it shows."""

    folder: str
    title: str
    what: What | None
    exhibits: int
    texts: int


@dataclass(frozen=True)
class Extract:
    """An extract that is not the same file as before."""

    file: str
    what: What
    old_rows: int | None
    new_rows: int | None


@dataclass(frozen=True)
class Unchanged:
    """How much is as it was: counts, so that what differs can be weighed."""

    figures: int
    history: int
    definitions: int
    exhibits: int
    texts: int
    extracts: int


@dataclass(frozen=True)
class Difference:
    """All that differs between two packs, the most important of each kind first."""

    old: Side
    new: Side
    synthetic: bool
    parameters: tuple[Setting, ...]
    redefined: tuple[Redefined, ...]
    restated: tuple[Restated, ...]
    papers: tuple[Paper, ...]
    moved: tuple[Moved, ...]
    first_shown: tuple[str, ...]
    no_longer_shown: tuple[str, ...]
    exhibits: tuple[Shown, ...]
    texts: tuple[Text, ...]
    extracts: tuple[Extract, ...]
    versions: tuple[Setting, ...]
    unchanged: Unchanged

    @property
    def empty(self) -> bool:
        """Whether a reviewer has nothing to look at: what is carried over as it was is no difference."""
        texts = [text for text in self.texts if text.what is not What.CARRIED_OVER]
        papers = [paper for paper in self.papers if paper.what]
        lists = (self.parameters, self.redefined, self.restated, papers, self.moved, self.first_shown)
        return not any((*lists, self.no_longer_shown, self.exhibits, texts, self.extracts, self.versions))

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"equal": self.empty, **asdict(self)}
