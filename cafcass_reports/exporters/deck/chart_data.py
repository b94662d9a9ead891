"""The workbook in a native chart."""

from __future__ import annotations

import math
from typing import Any

from pptx.chart.data import CategoryChartData

from cafcass_reports.exhibits.payload import ChartPayload
from cafcass_reports.exporters.deck.axes import date_format, dates


def chart_data(chart: ChartPayload) -> Any:
    """Return the workbook of a chart: its categories (months and weeks as dates) and a column a series."""
    data: Any = CategoryChartData(number_format=chart.number_format)  # type: ignore[no-untyped-call]
    days = dates(chart)
    data.categories = days or chart.categories
    if days:
        data.categories.number_format = date_format(chart)
    for series in chart.series:
        known = [value if value is not None and math.isfinite(value) else None for value in series.values]
        missing = [None] * (len(chart.categories) - len(known))
        data.add_series(series.name, (known + missing)[: len(chart.categories)])
    return data
