"""Columns with a line on them, drawn with seaborn: one scale, the line named in a legend."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cafcass_reports import theme
from cafcass_reports.exhibits import scales
from cafcass_reports.exhibits.payload import ChartPayload, SeriesRole


def draw(chart: ChartPayload, figure: Figure) -> None:
    """Draw columns and lines into a figure."""
    import seaborn as sns

    look = theme.load()
    axes = figure.subplots()
    places = range(len(chart.categories))
    for number, series in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in series.values]
        if series.role is SeriesRole.ACTUAL:
            colour = look.colour.series[number % len(look.colour.series)]
            axes.bar(places, values, width=0.68, color=colour, label=series.name, zorder=2)
        else:
            sns.lineplot(
                x=list(places),
                y=values,
                ax=axes,
                label=series.name,
                legend=False,
                zorder=3,
                color=look.colour.series[-1],
                linewidth=look.chart.line_width,
                linestyle=(0, (1, 1)),
            )
    scale = scales.scale([chart])
    every = scales.label_every(chart)
    axes.set_xticks(places[::every], list(chart.categories[::every]))
    axes.set_xlim(-0.6, max(len(places), 1) - 0.4)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(scales.thousands))
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y", color=look.colour.rule, linewidth=0.6, alpha=0.6, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=2, frameon=False)
