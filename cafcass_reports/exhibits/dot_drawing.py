"""Dot charts: whiskers for chance, a marker for each way to differ, the whole as a line."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits import scales
from cafcass_reports.exhibits.payload import ChartPayload, Series, SeriesRole, Standing

_ALONG, _NAME = 95, 5  # characters that stand side by side, and the narrowest line of a name
_EDGE = 0.08  # the white line around a dot, in its sizes
_MANY = 14  # dots whose names would touch in the usual size
MOST_LABELLED = 9
"""Of more dots than these the values would run into the next one's whiskers."""


class Look(NamedTuple):
    """How a dot is drawn: matplotlib's marker, its size in points, its colour."""

    marker: str
    size: float
    colour: str


def looks() -> dict[Standing | None, Look]:
    """Return the look of each standing; they differ in shape as in colour."""
    colour = theme.load().colour
    return {
        Standing.BETTER: Look("D", 7, colour.improvement),
        Standing.WORSE: Look("s", 7, colour.concern),
        Standing.HIGHER: Look("^", 8, colour.series[2]),
        Standing.LOWER: Look("X", 8, colour.series[2]),
        Standing.SIMILAR: Look("o", 7, colour.muted),
        None: Look("o", 7, colour.series[0]),
    }


def draw(chart: ChartPayload, figure: Figure) -> None:
    """Draw a dot chart into a figure."""
    look = theme.load()
    axes = figure.subplots()
    for series in chart.series:
        if series.role is SeriesRole.ACTUAL:
            _dots(series, axes, labelled=len(chart.categories) <= MOST_LABELLED)
        else:
            _line(series, axes)
    scale = scales.scale([chart])
    room = max(_NAME, _ALONG // max(1, len(chart.categories)))
    names = [textwrap.fill(name, room, break_long_words=False) for name in chart.categories]
    axes.set_xticks(range(len(names)), names, fontsize=look.chart.size - (len(names) > _MANY))
    axes.set_xlim(-0.6, max(len(chart.categories), 1) - 0.4)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks)
    percent = "%" if chart.unit == "percent" else ""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: scales.thousands(value) + percent))
    axes.grid(axis="y", color=look.colour.rule, linewidth=0.6, alpha=0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    handles, names = axes.get_legend_handles_labels()
    figure.legend(
        handles, names, loc="outside upper left", ncols=3, frameon=False, handletextpad=0.4, columnspacing=1.2
    )


def _dots(series: Series, axes: Axes, *, labelled: bool) -> None:
    marker, size, colour = looks()[series.standing]
    known = [at for at, value in enumerate(series.values) if value is not None]
    values = [series.values[at] or 0.0 for at in known]
    for at, interval in enumerate(series.intervals):
        if interval is not None:
            axes.vlines(at, interval.low, interval.high, color=colour, linewidth=1.5)
    axes.scatter(
        known, values, s=size**2, c=colour, marker=marker, edgecolors="white", linewidths=_EDGE * size,
        label=series.name, zorder=3, clip_on=False,
    )  # fmt: skip
    for at, value in zip(known, values, strict=True) if labelled else ():
        label = series.labels[at] if at < len(series.labels) else ""
        # The whole's line may run behind a figure.
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        axes.annotate(label, (at, value), xytext=(6, 0), textcoords="offset points", va="center", bbox=ground)


def _line(series: Series, axes: Axes) -> None:
    end = scales.last_known(series)
    if end is None:
        return
    colour = theme.load().colour.neutral
    level = series.values[end] or 0.0
    axes.axhline(level, color=colour, linewidth=1.5, linestyle=(0, (5, 3)), zorder=1)
    label = f"{series.name}\n{series.labels[end] if end < len(series.labels) else ''}".strip()
    axes.annotate(
        label,
        (1, level),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        color=colour,
        fontweight="bold",
    )
