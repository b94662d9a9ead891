"""Small multiples drawn with seaborn: line charts on one scale, each named above it, its latest value at its end."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits import scales
from cafcass_reports.exhibits.payload import ChartPayload, Series

COLUMNS = 5
_SMALL = 8.5  # points


def height(chart: ChartPayload) -> float:
    """Return the height in inches of a grid."""
    return 0.3 + 1.15 * -(-len(chart.series) // _columns(chart))


def _columns(chart: ChartPayload) -> int:
    return min(COLUMNS, max(2, -(-len(chart.series) // 2)))


def draw(chart: ChartPayload, figure: Figure) -> None:
    """Draw a grid of small charts into a figure."""
    columns = _columns(chart)
    rows = -(-len(chart.series) // columns)
    scale = scales.scale([chart])
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for at, axes in enumerate(grid.flat):
        if at < len(chart.series):
            _small(chart.series[at], axes)
        else:
            axes.set_visible(False)
    first: Axes = grid.flat[0]
    first.set_xlim(-0.5, len(chart.categories) + 0.35 * len(chart.categories))
    ends = (0, len(chart.categories) - 1)
    first.set_xticks(ends, [chart.categories[end] for end in ends])
    first.set_ylim(scale.low, scale.high)
    first.set_yticks((scale.low, scale.high))
    first.yaxis.set_major_formatter(FuncFormatter(scales.thousands))
    for at in range(len(chart.series)):
        # The lowest of each column bears the months, also where the last row is short.
        grid.flat[at].tick_params(labelbottom=at + columns >= len(chart.series))


def _small(series: Series, axes: Axes) -> None:
    import seaborn as sns

    look = theme.load()
    values = [float("nan") if value is None else value for value in series.values]
    sns.lineplot(x=range(len(values)), y=values, ax=axes, color=look.colour.series[0], linewidth=1.5, legend=False)
    axes.set_title(series.name, fontsize=look.chart.size, fontweight="bold", loc="left", pad=3)
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0, labelsize=_SMALL)
    axes.grid(axis="y", color=look.colour.rule, linewidth=0.6, alpha=0.6)
    axes.spines["left"].set_visible(False)
    end = scales.last_known(series)
    if end is not None:
        axes.plot([end], [values[end]], "o", color=look.colour.series[0], markersize=3.5)
        label = series.labels[end] if end < len(series.labels) else ""
        axes.annotate(
            label, (end, values[end]), xytext=(4, 0), textcoords="offset points", va="center", fontsize=_SMALL
        )
