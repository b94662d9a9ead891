"""Shares of few answers with their intervals."""

from __future__ import annotations

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.intervals import intervals
from cafcass_reports.exhibits.payload import TablePayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.intervals import wilson


def test_a_share_stands_with_what_was_counted_and_its_interval(measurements: Measurements, england: Area) -> None:
    found = measurements.one("kpi_1", england)
    assert found.numerator is not None
    assert found.denominator is not None
    payload = intervals(measurements, ["kpi_1"], england).payload
    assert isinstance(payload, TablePayload)
    low, high = wilson(found.numerator, found.denominator)
    assert [cell.text for cell in payload.sections[0].rows[0]] == [
        found.title,
        found.shown,
        f"{found.numerator} of {found.denominator}",
        f"{100 * low:.0f}% to {100 * high:.0f}%",
    ]
    assert payload.title.endswith(found.shown)


@pytest.mark.parametrize("metric", ["kpi_2", "public_open"])
def test_what_is_no_share_is_refused(measurements: Measurements, england: Area, metric: str) -> None:
    with pytest.raises(CatalogueError, match=f"{metric} has no interval"):
        intervals(measurements, [metric], england)


def test_shares_without_any_answer_are_refused(nothing: Measurements) -> None:
    with pytest.raises(CatalogueError, match="no figure for England"):
        intervals(nothing, ["kpi_1"], nothing.areas.nation)
