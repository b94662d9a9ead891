"""What an exhibit hands to the exporters: the JSON in an executed notebook, strict and versioned.

Notebook cells display exhibits; each emits its payload under ``application/vnd.cafcass.<kind>.v1+json``.
Exporters read nothing else, so that no format can show what another does not.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cafcass_reports.statistics.spc import Assurance, Variation


class _Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Tone(StrEnum):
    """What a change means, in word as well as colour."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class HistoryPoint(_Payload):
    """One other figure of the same metric: its id, its period in words and its value as shown."""

    period: str
    value: str
    measurement: str = ""


class Since(_Payload):
    """How a figure moved since the pack before: id and value there, in a sentence, and how far in percent or points."""

    measurement: str
    value: str
    said: str
    size: float


class Provenance(_Payload):
    """How one shown figure came about. Texts are as a reader sees them.

    ``sql`` is the query that can be run against the extracts; ``None`` for a reported or projected figure, and where a
    part of the nation is asked for what is recorded for the whole of it.
    ``measurement`` is the id of its row in ``measurements.csv``. ``calculation`` says how the value follows from
    numerator and denominator. ``since`` is None where there is no pack before, or the figure reads as it did there.
    """

    measurement: str
    metric: str
    title: str
    definition: str
    kind: Literal["measured", "reported", "projected"]
    area: str
    period: str
    value: str
    numerator: str
    denominator: str
    calculation: str = ""
    comparison: str
    change: str
    source: str
    owner: str
    sql: str | None
    history: tuple[HistoryPoint, ...] = ()
    since: Since | None = None


class Shown(_Payload):
    """What every exhibit says of itself: message, what is shown, what a reader who cannot see it hears.

    ``source`` names the extracts, without the word itself, which formats add. ``protected`` is False where nobody can
    say from which figures an exhibit was made: a frame or a picture that came without its metrics.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    measurements: tuple[Provenance, ...] = ()
    protected: bool = True


class Written(_Payload):
    """What every exhibit of a person's text says of it: its file's name, its owner (a role) and its date.

    ``reviewed`` is False for a text that came from the last pack and that its owner has not looked at since.
    ``left_out`` says why sentences are missing: their figures are not there for the area.
    """

    name: str
    owner: str
    dated: str
    reviewed: bool = True
    left_out: tuple[str, ...] = ()


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


class Signal(_Payload):
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
    def assured_tone(self) -> Tone:
        """What assurance means."""
        tones = {Assurance.PASS: Tone.IMPROVEMENT, Assurance.FAIL: Tone.CONCERN}
        return tones.get(self.assurance, Tone.NEUTRAL) if self.assurance else Tone.NEUTRAL

    @property
    def short(self) -> str:
        """Both icons with the word between them: ``▼ better P``."""
        return " ".join(part for part in (self.mark, self.word, self.letter) if part)


class Cell(_Payload):
    """A table cell: its text as shown; for a change its direction and meaning, for a status which one it is.

    A figure of a process bears its ``signal``.

    ``text`` of a status is its word, to which formats add the shape. ``measurement`` is the id of the figure it shows.
    """

    text: str
    value: float | None = None
    tone: Tone | None = None
    arrow: Literal["up", "down", "level"] | None = None
    status: Status | None = None
    measurement: str = ""
    signal: Signal | None = None


class TableColumn(_Payload):
    """A column: its label, how it aligns, whether its cells are row headers, the weight of its width."""

    label: str
    align: Literal["left", "right"] = "left"
    row_header: bool = False
    weight: float = 1.0


class TableSection(_Payload):
    """Rows under a heading of their own; ``title`` is empty where the table has no sections."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class TablePayload(Shown):
    """A table in sections. ``note`` explains marks (snapshot asterisk, [c])."""

    columns: tuple[TableColumn, ...]
    sections: tuple[TableSection, ...]
    note: str = ""


class ChartForm(StrEnum):
    """How a chart is drawn."""

    LINE = "line"
    BAR = "bar"
    STACKED_100 = "stacked_100"
    COMBO = "combo"  # columns, with what is no actual figure as a line on them
    MULTIPLES = "multiples"  # a small line chart for each series, all on one scale
    DOT = "dot"  # one dot a category, with its interval as whiskers


class SeriesRole(StrEnum):
    """What a series is, which decides its look: actual solid, comparison lighter, target a line.

    A control chart's mean and limits are series of their own, one for each segment. What is projected carries on what
    was measured, dashed, and has the ends of its range beside it.
    """

    ACTUAL = "actual"
    COMPARISON = "comparison"
    TARGET = "target"
    GRADE = "grade"
    MEAN = "mean"
    LIMIT = "limit"
    PROJECTED = "projected"
    RANGE = "range"


class Standing(StrEnum):
    """How a part differs from the whole beyond chance."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"  # where neither is better
    LOWER = "lower"
    SIMILAR = "similar"

    def than(self, whole: str) -> str:
        """Say it of the whole's name.

        Examples
        --------
        >>> Standing.WORSE.than("England"), Standing.SIMILAR.than("England")
        ('worse than England', 'no clear difference from England')
        """
        return f"no clear difference from {whole}" if self is Standing.SIMILAR else f"{self} than {whole}"


class Interval(_Payload):
    """How far chance could move a figure: its ends, and each as shown."""

    low: float
    high: float
    shown: tuple[str, str]

    @property
    def label(self) -> str:
        """Both ends in words."""
        return " to ".join(self.shown)


class Series(_Payload):
    """A series: one value a category (``None`` where missing), the label of each as shown and the id of its figure.

    ``intervals`` are those of the values of a dot chart; empty where it has none. ``standing`` is what it says of a
    figure that it is in this series.
    """

    name: str
    role: SeriesRole
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    measurements: tuple[str, ...] = ()
    intervals: tuple[Interval | None, ...] = ()
    standing: Standing | None = None

    def told(self, at: int) -> str:
        """What is read of a point: its label, and its interval in brackets where it has one."""
        label = self.labels[at] if at < len(self.labels) else ""
        interval = self.intervals[at] if at < len(self.intervals) else None
        return f"{label} ({interval.label})" if interval else label


class ChartPayload(Shown):
    """A chart.

    ``number_format`` is an Excel format code such as ``#,##0`` or ``0.0``; ``starts_at_zero`` is true for bars.
    Series of role ``grade`` come best first and take the theme's sequential scale in that order.
    """

    form: ChartForm
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    unit: str
    starts_at_zero: bool = True


class Break(_Payload):
    """Where a control chart's limits start again: the place of its first figure, the month in words, and why."""

    at: int
    month: str
    reason: str

    @property
    def label(self) -> str:
        """When and why."""
        return f"{self.month}: {self.reason}"


class ControlChart(_Payload):
    """One process on a control chart.

    ``lines`` holds its figures, then for each segment its mean and limits, then the target. ``meanings`` says for
    each category what a special cause there means, ``None`` where there is none or no figure. ``aim`` is the target
    in words, with the word that it is illustrative where it is.
    """

    lines: ChartPayload
    meanings: tuple[Variation | None, ...]
    breaks: tuple[Break, ...] = ()
    signal: Signal
    aim: str = ""

    @property
    def assured(self) -> str:
        """Assurance in words with the target; empty without one."""
        return self.signal.assured.replace("its target", f"the {self.aim}")

    @property
    def assured_in_short(self) -> str:
        """Assurance in words without the target's number; empty without a target."""
        kind = self.aim.split(" of ")[0]
        return self.signal.assured.replace("its target", f"its {kind}")


class ControlPayload(Shown):
    """One to four processes on control charts side by side; ``note`` says what a reader must know of the limits."""

    charts: tuple[ControlChart, ...] = Field(min_length=1, max_length=4)
    note: str = ""


class PicturePayload(Shown):
    """A figure drawn freely (seaborn, matplotlib) with its provenance; the SVG stands beside it."""


class BigNumber(_Payload):
    """A figure set large: its value as shown, what it counts, its basis ("1 December 2020"), how it moved, its id."""

    value: str
    label: str
    basis: str
    change: Cell | None = None
    measurement: str = ""


class NumbersPayload(Shown):
    """A few figures set large, side by side, the most important first."""

    numbers: tuple[BigNumber, ...]


class Slicer(_Payload):
    """One choice that a reader of a dashboard makes: what is asked, and what can be chosen.

    ``adds_up`` says that the first option is the whole of the others.
    """

    label: str
    options: tuple[str, ...] = Field(min_length=1)
    adds_up: bool = False


class Characteristic(_Payload):
    """What a dashboard counts people by: its groups, the first of them followed over time, the last not known."""

    name: str
    groups: tuple[str, ...] = Field(min_length=2)


class SlicedState(_Payload):
    """What a dashboard shows for one choice a slicer.

    ``counts`` holds those of each characteristic's groups, rounded; ``shares`` per cent of those known, worked out from
    the rounded counts, ``None`` of too few people and of those not known. ``local`` are the shares of the population
    that it is compared with, which ``local_of`` names.
    """

    chosen: tuple[str, ...]
    posts: int
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float | None, ...], ...]
    local_of: str
    local: tuple[tuple[float | None, ...], ...]


class DashboardPayload(Shown):
    """Counts by characteristic for every choice that its slicers can make, all of them rounded to ``rounded_to``.

    ``states`` come in the order of the slicers' options, the last slicer's the fastest, and ``first`` is the place of
    the one shown first. ``chart`` and ``table`` show that one wherever nobody can choose: deck, summary, review page,
    a browser without script.
    """

    slicers: tuple[Slicer, ...]
    characteristics: tuple[Characteristic, ...]
    states: tuple[SlicedState, ...]
    first: int
    rounded_to: int
    chart: ChartPayload
    table: TablePayload
    note: str = ""


class CommentaryPayload(Written):
    """A person's text with its figures filled in, as Markdown."""

    markdown: str
    measurements: tuple[Provenance, ...] = ()


class Arrangement(StrEnum):
    """How panels stand to each other."""

    QUADRANTS = "quadrants"  # four of equal weight, two by two
    PILLARS = "pillars"  # two to five side by side
    TIMELINE = "timeline"  # two to eight in order of time; each one's title says when


class Panel(_Payload):
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


class PreviousPayload(_Payload):
    """The pack before: what it is called from here (``last quarter``), and what it reported on."""

    called: str
    about: str


class PaperPayload(_Payload):
    """What a paper is about; shown by its set-up cell and read by every exporter.

    ``period`` and ``as_at`` are in words; ``dated`` is the ISO date that stands in files' properties. ``author`` is a
    role. ``purpose`` says in a sentence why its ``readers`` are given the paper: the board, where nobody else is named.
    """

    pack: str
    pack_title: str
    organisation: str
    area: str
    period: str
    as_at: str
    dated: str
    status: Literal["draft", "final"]
    classification: str
    synthetic: bool
    author: str = ""
    purpose: str = ""
    readers: str = ""
    previous: PreviousPayload | None = None


EXHIBITS: dict[str, type[BaseModel]] = {
    "chart": ChartPayload,
    "spc": ControlPayload,
    "table": TablePayload,
    "picture": PicturePayload,
    "dashboard": DashboardPayload,
    "numbers": NumbersPayload,
    "commentary": CommentaryPayload,
    "panels": PanelsPayload,
    "quotation": QuotationPayload,
    "paper": PaperPayload,
}
"""The kinds there are, each with its payload."""


def mimetype(kind: str) -> str:
    """Return the mimetype under which a kind of exhibit stands in a notebook.

    Examples
    --------
    >>> mimetype("chart")
    'application/vnd.cafcass.chart.v1+json'
    """
    return f"application/vnd.cafcass.{kind}.v1+json"


def source_line(source: str) -> str:
    """Return the line under an exhibit that says where its figures come from; empty where nobody said.

    Examples
    --------
    >>> source_line("Case records, as at 1 December 2020")
    'Source: Case records, as at 1 December 2020.'
    """
    return f"Source: {source.rstrip('.')}." if source else ""
