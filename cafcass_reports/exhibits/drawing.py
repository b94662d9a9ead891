"""Charts drawn with seaborn, once, as SVG that page and summary share.

Figures are made without pyplot: its hooks would draw each of them again in a notebook.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload

_MINUS = "\N{MINUS SIGN}"
_TICKS = 8  # labelled ticks on a time axis, at most


def draw(chart: ChartPayload) -> str:
    """Draw a chart as SVG, text as paths, equal bytes for equal data."""
    with _look():
        look = theme.load()
        rows = len(chart.categories)
        height = look.chart.height if chart.form is ChartForm.LINE else 0.75 + 0.62 * rows
        figure = Figure(figsize=(look.chart.width, height), layout="constrained")
        axes = figure.subplots()
        {ChartForm.LINE: _line, ChartForm.STACKED_100: _stacked}[chart.form](chart, axes)
        return svg(figure)


def axes(width: float, height: float) -> Axes:
    """Return empty axes in the house look, for an author's own plot.

    Parameters
    ----------
    width, height
        In inches.
    """
    look = theme.load()
    with _look():
        made = Figure(figsize=(width, height), layout="constrained").subplots()
        made.set_prop_cycle(color=list(look.colour.series))
        made.yaxis.set_major_formatter(FuncFormatter(_thousands))
    return made


def svg(figure: Figure) -> str:
    """Write a figure as SVG without date or random ids."""
    with _look():
        target = io.StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


@contextmanager
def _look() -> Iterator[None]:
    look = theme.load()
    for file in sorted(theme.fonts_folder().glob("*.ttf")):
        if str(file) not in {entry.fname for entry in font_manager.fontManager.ttflist}:
            font_manager.fontManager.addfont(file)
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


def _line(chart: ChartPayload, axes: Axes) -> None:
    look = theme.load()
    positions = range(len(chart.categories))
    frame = pd.DataFrame({series.name: series.values for series in chart.series}, index=positions, dtype="float64")
    palette = dict(zip(frame.columns, look.colour.series, strict=False))
    # A colour that carries only black labels is too light for text of its own.
    inks = [
        c if on == "#FFFFFF" else look.colour.text
        for c, on in zip(look.colour.series, look.colour.on_series, strict=True)
    ]
    ink = dict(zip(frame.columns, inks, strict=False))
    sns.lineplot(
        frame,
        ax=axes,
        palette=palette,
        dashes=False,
        legend=False,
        linewidth=look.chart.line_width,
        errorbar=None,
    )
    for series in chart.series:
        known = frame[series.name].dropna()
        if len(known):
            axes.plot(known.index[-1], known.iloc[-1], "o", color=palette[series.name], markersize=5)
            axes.annotate(
                f"{series.name}\n{series.labels[known.index[-1]] if series.labels else known.iloc[-1]}",
                (known.index[-1], known.iloc[-1]),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=ink[series.name],
                fontweight="bold",
            )
    step = -(-len(chart.categories) // _TICKS)
    shown = list(positions)[::-1][::step][::-1]
    axes.set_xticks(shown, [chart.categories[i] for i in shown])
    axes.set_xlabel("")
    axes.set_ylabel("")
    if chart.starts_at_zero:
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(_thousands))
    axes.grid(axis="y", color=look.colour.rule, linewidth=0.6, alpha=0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def _thousands(value: float, _: int | None = None) -> str:
    return f"{value:,g}".replace("-", _MINUS)


def _stacked(chart: ChartPayload, axes: Axes) -> None:
    look = theme.load()
    left = [0.0] * len(chart.categories)
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
        axes.bar_label(
            bars, labels=labels, label_type="center", color=look.colour.on_grades[position], fontweight="bold"
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    figure = axes.figure
    figure.legend(loc="outside upper left", ncols=len(chart.series), frameon=False, handlelength=1, handleheight=1)
    _without_axis(axes)


def _without_axis(axes: Axes) -> None:
    """Bars that carry their values need no value axis."""
    axes.set_xticks([])
    axes.set_xlabel("")
    axes.set_ylabel("")
    axes.tick_params(length=0)
    for side in ("bottom", "left"):
        axes.spines[side].set_visible(False)
