"""Control charts drawn as SVG for page and summary: icons with words above, lines named at their ends."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits import scales
from cafcass_reports.exhibits.drawing import house_look, lay_out, svg, without_labels
from cafcass_reports.exhibits.payload import ControlChart, ControlPayload, Series, SeriesRole, Signal, Tone
from cafcass_reports.statistics.spc import Variation

_SMALL = 8.5  # points, for what names a line or a rebase
_BREAK = 52  # characters in a line of the reason for a rebase
_LINE = 1.25  # height of a line of text, in font sizes
_NAME_WRAPS_AT = 44  # characters, above one of several charts
_HEAD = (0.34, 0.28)  # above one of several charts: its part of the chart's height, and a line's part of it


class Marker(NamedTuple):
    """How a point is drawn: matplotlib's marker, its size in points, its colour and what it is called."""

    shape: str
    size: float
    colour: str
    name: str


def markers() -> dict[Variation, Marker]:
    """Return the marker of each meaning; they differ in shape as in colour."""
    colour = theme.load().colour
    return {
        Variation.COMMON_CAUSE: Marker("o", 3.5, colour.muted, "usual variation"),
        Variation.IMPROVEMENT: Marker("D", 5.5, colour.improvement, "special cause: improvement"),
        Variation.CONCERN: Marker("s", 5.5, colour.concern, "special cause: concern"),
        Variation.NEITHER: Marker("^", 6.5, colour.series[2], "special cause, neither better nor worse"),
    }


def tone_colour(tone: Tone) -> str:
    """Return the colour of an icon that means improvement, concern or neither."""
    colour = theme.load().colour
    return {Tone.IMPROVEMENT: colour.improvement, Tone.CONCERN: colour.concern}.get(tone, colour.muted)


def variation_colour(signal: Signal) -> str:
    """Return the colour of the variation icon: that of the points it stands for."""
    return markers()[signal.variation].colour


def draw(payload: ControlPayload) -> str:
    """Draw control charts as SVG, equal bytes for equal data: one alone, several in two columns."""
    with house_look():
        size = theme.load().chart
        count = len(payload.charts)
        columns, rows = (1, 1) if count == 1 else (2, -(-count // 2))
        figure = Figure(
            figsize=(size.width, (size.height + 0.9) if count == 1 else 0.3 + 3.0 * rows), layout="constrained"
        )
        figure.get_layout_engine().set(h_pad=0.06, w_pad=0.08)  # type: ignore[union-attr, call-arg]
        parts = figure.subfigures(rows, columns, squeeze=False).flatten()
        named = []
        lines = max(_name(chart).count("\n") + 1 for chart in payload.charts)
        room = 0.16 if count == 1 else _HEAD[0] * (1 + (lines - 1) * _HEAD[1])
        for part, chart in zip(parts, payload.charts, strict=False):
            head, below = part.subplots(2, 1, height_ratios=(room, 1))
            _draw_head(head, chart, lines, alone=count == 1)
            _draw_chart(below, chart, alone=count == 1)
            named.append((below, chart, _name_ends(below, chart, alone=count == 1)))
        _draw_key(figure, payload)
        lay_out(figure)  # once for all of them: only then is it known how high they are
        for below, chart, notes in named:
            _move_apart(below, scales.scale([chart.lines]), notes, _name_size(alone=count == 1))
        return svg(figure)


def _name(chart: ControlChart) -> str:
    """Return what a chart shows, on as many lines as it takes above one of several charts."""
    return textwrap.fill(chart.lines.series[0].name, _NAME_WRAPS_AT)


def _draw_head(axes: Axes, chart: ControlChart, lines: int, *, alone: bool) -> None:
    """Draw the icons with their words; above several charts, too, what each shows, on so many lines at most."""
    axes.set_axis_off()
    without_labels(axes)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    signal = chart.signal
    icons = [(signal.mark, variation_colour(signal), signal.words, True)]
    if signal.letter:
        icons.append(
            (signal.letter, tone_colour(signal.assured_tone), chart.assured if alone else chart.assured_in_short, False)
        )
    ink = theme.load().colour.text
    line = _HEAD[1] / (1 + (lines - 1) * _HEAD[1])
    if not alone:
        name = _name(chart)
        unit = chart.lines.subtitle if chart.lines.subtitle.lower() not in chart.lines.series[0].name.lower() else ""
        axes.text(0, 1.0, name, fontweight="bold", va="top", color=ink, fontsize=9, in_layout=False)
        if unit:
            axes.text(
                0,
                1 - line * (name.count("\n") + 1),
                unit,
                va="top",
                color=theme.load().colour.muted,
                fontsize=_SMALL,
                in_layout=False,
            )
    for number, (mark, colour, words, round_) in enumerate(icons):
        x, y = (0.025 + number * 0.42, 0.5) if alone else (0.04, 1 - line * (lines + 1.3 + 1.07 * number))
        axes.plot([x], [y], "o" if round_ else "s", markersize=17 if alone else 11, color=colour, clip_on=False)
        size = 10 if alone else 7
        axes.text(x, y, mark, color="white", ha="center", va="center_baseline", fontsize=size, fontweight="bold")
        axes.text(
            x + (0.035 if alone else 0.06), y, words, va="center", color=ink, fontsize=10 if alone else 8,
            fontweight="bold" if round_ else "normal", in_layout=False,
        )  # fmt: skip


def _draw_chart(axes: Axes, chart: ControlChart, *, alone: bool) -> None:
    colour = theme.load().colour
    lines, scale = chart.lines, scales.scale([chart.lines])
    known = [at for at, value in enumerate(lines.series[0].values) if value is not None]
    drawn = {
        SeriesRole.ACTUAL: {"color": colour.neutral, "linewidth": 1.4, "linestyle": "-"},
        SeriesRole.MEAN: {"color": colour.muted, "linewidth": 1.1, "linestyle": "-"},
        SeriesRole.LIMIT: {"color": colour.muted, "linewidth": 1.1, "linestyle": (0, (5, 3))},
        SeriesRole.TARGET: {"color": colour.series[2], "linewidth": 1.5, "linestyle": (0, (1, 1.2))},
    }
    for series in lines.series:
        values = [float("nan") if value is None else value for value in series.values]
        axes.plot(range(len(values)), values, **drawn[series.role], solid_capstyle="butt")  # type: ignore[arg-type]
    looks, figures = markers(), [value or 0.0 for value in lines.series[0].values]
    for means in dict.fromkeys(chart.meanings[at] or Variation.COMMON_CAUSE for at in known):
        points = [at for at in known if (chart.meanings[at] or Variation.COMMON_CAUSE) is means]
        axes.plot(
            points, [figures[at] for at in points], looks[means].shape, color=looks[means].colour,
            markersize=looks[means].size, linestyle="", zorder=5, clip_on=False,
        )  # fmt: skip
    for at in known:
        if chart.meanings[at] and at - 1 in known:
            means = chart.meanings[at] or Variation.COMMON_CAUSE
            axes.plot([at - 1, at], figures[at - 1 : at + 1], color=looks[means].colour, linewidth=1.4)
    count = len(lines.categories)
    every = scales.label_every(lines) * (1 if alone else 2)
    axes.set_xlim(-0.5, max(count, 1) - 0.5)
    axes.set_xticks(range(0, count, every), [lines.categories[at] for at in range(0, count, every)])
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(scales.thousands))
    axes.grid(axis="y", color=colour.rule, linewidth=0.5, alpha=0.5)
    axes.tick_params(length=0, labelsize=_SMALL)
    axes.tick_params(axis="x", pad=7)  # clear of the lowest figure beside it
    axes.spines["left"].set_visible(False)
    without_labels(axes)
    _mark_breaks(axes, chart, alone=alone)


def _mark_breaks(axes: Axes, chart: ControlChart, *, alone: bool) -> None:
    """Draw a line where limits start again; when and why stands above it, of several charts only when."""
    ink = theme.load().colour.text
    for number, each in enumerate(chart.breaks):
        axes.axvline(each.at - 0.5, color=ink, linewidth=0.9)
        left = each.at > len(chart.lines.categories) / 2
        axes.annotate(
            textwrap.fill(each.label if alone else each.month, _BREAK),
            (each.at - 0.5, 1), xycoords=("data", "axes fraction"),
            xytext=(-4 if left else 4, 3 + number * _SMALL * _LINE), textcoords="offset points",
            ha="right" if left else "left", va="bottom", fontsize=_SMALL, color=ink,
        )  # fmt: skip


def ends(chart: ControlChart) -> list[tuple[Series, str]]:
    """Return the levels that hold at the end, each with what is said there: its name and value."""
    last = len(chart.lines.categories) - 1
    levels = [series for series in chart.lines.series if series.role is not SeriesRole.ACTUAL]
    found = [(series, scales.last_known(series)) for series in levels]
    latest = max((end for series, end in found if end is not None and series.role is not SeriesRole.TARGET), default=0)
    return [
        (series, f"{series.name} {series.labels[end]}")
        for series, end in found
        if end is not None and end in (latest, last)
    ]


def _name_ends(axes: Axes, chart: ControlChart, *, alone: bool) -> list[Annotation]:
    colour = theme.load().colour
    notes = []
    for series, label in ends(chart):
        end = scales.last_known(series) or 0
        notes.append(
            axes.annotate(
                label if alone else label.replace(" limit", ""), (end, series.values[end] or 0.0), xytext=(7, 0),
                textcoords="offset points", va="center", fontsize=_name_size(alone=alone),
                color=colour.series[2] if series.role is SeriesRole.TARGET else colour.muted,
            )
        )  # fmt: skip
    return notes


def _name_size(*, alone: bool) -> float:
    return _SMALL if alone else 8.0


def _move_apart(axes: Axes, scale: scales.Scale, notes: Sequence[Annotation], size: float) -> None:
    """Move the names of lines up or down, so that none stands on another."""
    figure = axes.get_figure(root=True)
    if figure is None:
        return
    height = axes.get_window_extent().height / figure.dpi * 72
    natural = [(note.xy[1] - scale.low) / (scale.high - scale.low) * height for note in notes]
    apart = scales.apart(natural, size * _LINE, 0.0, height)
    for note, place, moved in zip(notes, natural, apart, strict=True):
        note.xyann = (7, moved - place)


def _draw_key(figure: Figure, payload: ControlPayload) -> None:
    """Name the markers that occur."""
    used = dict.fromkeys(means for chart in payload.charts for means in chart.meanings if means is not None)
    looks = markers()
    keys = [looks[means] for means in (Variation.COMMON_CAUSE, *sorted(used))]
    handles = [Line2D([], [], marker=key.shape, color=key.colour, markersize=key.size, linestyle="") for key in keys]
    figure.legend(handles, [key.name for key in keys], loc="outside lower left", ncols=len(keys), frameon=False,
                  fontsize=_SMALL, handletextpad=0.1, columnspacing=1.2)  # fmt: skip
