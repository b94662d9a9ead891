"""Charts, control charts, and pictures drawn freely."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from cafcass_reports.exhibits.payload.marks import Signal
from cafcass_reports.exhibits.payload.shown import Payload, Shown
from cafcass_reports.statistics.spc import Variation


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


class Interval(Payload):
    """How far chance could move a figure: its ends, and each as shown."""

    low: float
    high: float
    shown: tuple[str, str]

    @property
    def label(self) -> str:
        """Both ends in words."""
        return " to ".join(self.shown)


class Series(Payload):
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


class Break(Payload):
    """Where a control chart's limits start again: the place of its first figure, the month in words, and why."""

    at: int
    month: str
    reason: str

    @property
    def label(self) -> str:
        """When and why."""
        return f"{self.month}: {self.reason}"


class ControlChart(Payload):
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
