"""Charts drawn in seaborn's white style, once, as SVG that page and summary share.

Figures are made without pyplot: its hooks would draw each of them again in a notebook.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter, ScalarFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits import combo_drawing, dot_drawing, multiples_drawing, scales
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole

_LINE = 1.25  # height of a line of text, in font sizes
_AHEAD = (SeriesRole.PROJECTED, SeriesRole.RANGE)
_YEARS = (1900, 2100)


def draw(chart: ChartPayload) -> str:
    """Draw a chart as SVG, text as paths, equal bytes for equal data."""
    with house_look():
        look = theme.load()
        rows = len(chart.categories)
        height, drawn = {
            ChartForm.LINE: (look.chart.height, _line),
            ChartForm.BAR: (0.3 + 0.27 * rows, _bars),
            ChartForm.STACKED_100: (0.75 + 0.62 * rows, _stacked),
            ChartForm.COMBO: (look.chart.height, combo_drawing.draw),
            ChartForm.MULTIPLES: (multiples_drawing.height(chart), multiples_drawing.draw),
            ChartForm.DOT: (look.chart.height, dot_drawing.draw),
        }[chart.form]
        figure = Figure(figsize=(look.chart.width, height), layout="constrained")
        drawn(chart, figure)
        return svg(figure)


def axes(width: float, height: float) -> Axes:
    """Return empty axes in the house look, for an author's own plot.

    Parameters
    ----------
    width, height
        In inches.
    """
    look = theme.load()
    with house_look():
        made = Figure(figsize=(width, height), layout="constrained").subplots()
        made.set_prop_cycle(color=list(look.colour.series))
    return made


def svg(figure: Figure) -> str:
    """Write a figure as SVG without date or random ids, large numbers on its axes with commas."""
    with house_look(), _commas(figure):
        target = io.StringIO()
        # Not by savefig, which lays a figure out and draws it once more to find the size of what is cut off.
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return target.getvalue()


def lay_out(figure: Figure) -> None:
    """Place a figure's parts, once and for all: it is known how high its axes are, and nothing is drawn for that."""
    engine = figure.get_layout_engine()
    if engine is not None:
        with _commas(figure):
            engine.execute(figure)
        figure.set_layout_engine("none")


def without_labels(axes: Axes) -> None:
    """Put the labels that axes lack anywhere: to find a place for them, all texts of ticks would be measured again."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_label_coords(0, 0)


@contextmanager
def _commas(figure: Figure) -> Iterator[None]:
    """Give thousands their commas while a figure is written: earlier, they would take the place of categories."""
    plain = [
        (axis, axis.get_major_formatter())
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        if type(axis.get_major_formatter()) is ScalarFormatter and _has_thousands(axis)
    ]
    for axis, _ in plain:
        axis.set_major_formatter(FuncFormatter(scales.thousands))
    try:
        yield
    finally:
        for axis, formatter in plain:
            axis.set_major_formatter(formatter)


def _has_thousands(axis: Axis) -> bool:
    low, high = sorted(axis.get_view_interval())
    years = _YEARS[0] <= low and high <= _YEARS[1]
    return not years and max(-low, high) >= 1000


def _ship_fonts(family: str) -> None:
    """Draw with the shipped font files: a machine's own of the same name have other outlines."""
    shipped = [str(file) for file in sorted(theme.fonts_folder().glob("*.ttf"))]
    fonts = font_manager.fontManager
    if [entry.fname for entry in fonts.ttflist if entry.name == family] != shipped:
        fonts.ttflist = [entry for entry in fonts.ttflist if entry.name != family]
        for file in shipped:
            fonts.addfont(file)


@contextmanager
def house_look() -> Iterator[None]:
    """Draw in the house look: seaborn's white style with the theme's font, sizes and colours."""
    import seaborn as sns

    look = theme.load()
    _ship_fonts(look.font.family)
    style: dict[Any, Any] = sns.axes_style("white") | {
        "font.family": look.font.family,
        "font.size": look.chart.size,
        "text.color": look.colour.text,
        "axes.labelcolor": look.colour.muted,
        "axes.edgecolor": look.colour.rule,
        "xtick.color": look.colour.muted,
        "ytick.color": look.colour.muted,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "cafcass_reports",
    }
    with mpl.rc_context(style):
        yield


def _line(chart: ChartPayload, figure: Figure) -> None:
    look = theme.load()
    axes = figure.subplots()
    scale = scales.scale([chart])
    palette = _palette(chart)
    for series in chart.series:
        for places, values in _runs(series) if series.role not in _AHEAD else ():
            axes.plot(places, values, color=palette[series.name], linewidth=look.chart.line_width)
    _draw_ahead(chart, axes, palette)
    _mark_ends(chart, axes, palette)
    shown = range(0, len(chart.categories), scales.label_every(chart))
    axes.set_xlim(-0.5, max(len(chart.categories), 1) - 0.5)
    axes.set_xticks(shown, [chart.categories[i] for i in shown])
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(scales.thousands))
    without_labels(axes)
    axes.grid(axis="y", color=look.colour.rule, linewidth=0.6, alpha=0.6)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=8)  # clear of the value axis' first label
    axes.spines["left"].set_visible(False)
    _name_lines(chart, figure, palette, scale)


def _palette(chart: ChartPayload) -> dict[str, str]:
    """The colour of each line; what is projected keeps that of what it carries on."""
    colours = theme.load().colour.series
    return {
        series.name: colours[0 if series.role in _AHEAD else number % len(colours)]
        for number, series in enumerate(chart.series)
    }


def _draw_ahead(chart: ChartPayload, axes: Axes, palette: dict[str, str]) -> None:
    """Draw what is projected: dashed, between the dotted ends of its range, which is hatched."""
    look = theme.load()
    ends = []
    for series in chart.series:
        if series.role not in _AHEAD:
            continue
        known = [(at, value) for at, value in enumerate(series.values) if value is not None]
        dashed = series.role is SeriesRole.PROJECTED
        axes.plot(
            *zip(*known, strict=True),
            color=palette[series.name],
            linestyle=(0, (4, 1.5)) if dashed else ":",
            linewidth=look.chart.line_width if dashed else 1.0,
        )
        ends += [] if dashed else [dict(known)]
    if len(ends) == 2:
        both = sorted(ends[0].keys() & ends[1].keys())
        high, low = ([end[at] for at in both] for end in ends)
        axes.fill_between(both, low, high, facecolor="none", edgecolor=look.colour.rule, hatch="//", linewidth=0)


def _runs(series: Series) -> Iterator[tuple[list[int], list[float]]]:
    """Yield each run of values that follow on each other, with their places: a gap between two stays one."""
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    for _, run in groupby(enumerate(known), key=lambda numbered: numbered[1][0] - numbered[0]):
        places, values = zip(*(each for _, each in run), strict=True)
        yield list(places), list(values)


def _mark_ends(chart: ChartPayload, axes: Axes, palette: dict[str, str]) -> None:
    for series in chart.series:
        end = scales.last_known(series)
        if end is not None:
            axes.plot([end], [series.values[end] or 0.0], "o", color=palette[series.name], markersize=5, clip_on=False)


def _name_lines(chart: ChartPayload, figure: Figure, palette: dict[str, str], scale: scales.Scale) -> None:
    look = theme.load()
    axes = figure.axes[0]
    labels = scales.end_labels(chart)
    if not labels:
        if len(chart.series) > 1:
            keys = [Line2D([], [], color=palette[s.name], linewidth=look.chart.line_width) for s in chart.series]
            names = [series.name for series in chart.series]
            figure.legend(keys, names, loc="outside upper left", ncols=len(keys), frameon=False)
        return
    # A colour that carries only black labels is too light for text of its own.
    inks = {
        colour: colour if on == "#FFFFFF" else look.colour.text
        for colour, on in zip(look.colour.series, look.colour.on_series, strict=True)
    }
    notes: list[Annotation] = []
    for series, label in zip(chart.series, labels, strict=True):
        if not label:
            continue
        end = scales.last_known(series) or 0
        notes.append(
            axes.annotate(
                label,
                (end, series.values[end] or 0.0),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=inks[palette[series.name]],
                fontweight="bold",
            )
        )
    # The height of the axes is known once the layout has made room for the labels' widths.
    lay_out(figure)
    height = axes.get_window_extent().height / figure.dpi * 72
    natural = [(note.xy[1] - scale.low) / (scale.high - scale.low) * height for note in notes]
    gap = look.chart.size * _LINE * max(label.count("\n") + 1 for label in labels)
    for note, place, moved in zip(notes, natural, scales.apart(natural, gap, 0.0, height), strict=True):
        note.xyann = (8, moved - place)


def _bars(chart: ChartPayload, figure: Figure) -> None:
    """Draw one bar a category, whichever series it is of: a comparison stands among the bars it is compared with."""
    look = theme.load()
    axes = figure.subplots()
    for series in chart.series:
        colour = look.colour.comparison if series.role is SeriesRole.COMPARISON else look.colour.series[0]
        known = [at for at, value in enumerate(series.values) if value is not None]
        bars = axes.barh(
            known, [series.values[at] or 0.0 for at in known], height=0.68, color=colour, label=series.name
        )
        bold = "bold" if series.role is SeriesRole.COMPARISON else "normal"
        labels = [series.labels[at] for at in known]
        axes.bar_label(bars, labels=labels, padding=4, color=look.colour.text, fontweight=bold)
    axes.set_yticks(range(len(chart.categories)), list(chart.categories))
    axes.invert_yaxis()
    scale = scales.scale([chart])
    axes.set_xlim(scale.low, scale.high)
    axes.margins(y=0.01)
    _without_axis(axes)


def _stacked(chart: ChartPayload, figure: Figure) -> None:
    look = theme.load()
    axes = figure.subplots()
    left = [0.0] * len(chart.categories)
    beside = scales.last_grade_beside(chart)
    drawn: list[tuple[BarContainer, list[Annotation]]] = []
    for position, series in enumerate(chart.series):
        widths = [value or 0.0 for value in series.values]
        bars = axes.barh(
            list(chart.categories),
            widths,
            left=left,
            height=0.58,
            color=look.colour.grades[position],
            edgecolor="white",
            linewidth=1.5,
            label=series.name,
        )
        labels = [text if width else "" for text, width in zip(series.labels, widths, strict=True)]
        if beside and series is chart.series[-1]:
            axes.bar_label(bars, labels=labels, padding=3, color=look.colour.text, fontweight="bold")
        else:
            inside = axes.bar_label(
                bars, labels=labels, label_type="center", color=look.colour.on_grades[position], fontweight="bold"
            )
            drawn.append((bars, inside))
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    figure.legend(loc="outside upper left", ncols=len(chart.series), frameon=False, handlelength=1, handleheight=1)
    _without_axis(axes)
    lay_out(figure)
    for bars, inside in drawn:
        for bar, label in zip(bars, inside, strict=True):
            # Half a label would be read as another number.
            label.set_visible(label.get_window_extent().width + 1 < bar.get_window_extent().width)


def _without_axis(axes: Axes) -> None:
    """Bars that carry their values need no value axis."""
    axes.set_xticks([])
    without_labels(axes)
    axes.tick_params(length=0)
    for side in ("bottom", "left"):
        axes.spines[side].set_visible(False)
