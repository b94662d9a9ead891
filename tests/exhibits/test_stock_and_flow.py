"""Stock and flow: a table that adds up, or says by how much it does not."""

from __future__ import annotations

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.payload import TablePayload
from cafcass_reports.exhibits.stock_and_flow import stock_and_flow
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements

FLOWS = ("cases_opened", "cases_closed")


def table(measurements: Measurements, area: Area, months: int = 6) -> TablePayload:
    payload = stock_and_flow(measurements, "open_cases", FLOWS, area, months).payload
    assert isinstance(payload, TablePayload)
    return payload


def values(payload: TablePayload) -> list[list[float]]:
    return [[cell.value or 0 for cell in row[1:]] for row in payload.sections[0].rows]


def test_each_month_adds_up_and_ends_where_the_next_begins(measurements: Measurements, england: Area) -> None:
    payload = table(measurements, england)
    *months, every = values(payload)
    assert len(months) == 6
    for start, opened, closed, end in [*months, every]:
        assert start + opened - closed == end
    assert [month[3] for month in months[:-1]] == [month[0] for month in months[1:]]
    assert every[1:3] == [sum(month[1] for month in months), sum(month[2] for month in months)]
    assert "in every month shown" in payload.note


def test_the_title_says_which_were_more_and_by_how_many(measurements: Measurements, england: Area) -> None:
    payload = table(measurements, england)
    _, opened, closed, _ = values(payload)[-1]
    which = "opened than closed" if opened > closed else "closed than opened"
    assert payload.title == f"{abs(opened - closed):,.0f} more cases were {which} in 6 months"


def test_each_figure_can_be_traced(measurements: Measurements, england: Area) -> None:
    payload = table(measurements, england)
    known = {found.measurement for found in payload.measurements}
    known |= {point.measurement for found in payload.measurements for point in found.history}
    shown = {cell.measurement for row in payload.sections[0].rows for cell in row if cell.measurement}
    assert shown == known


def test_what_moved_between_areas_is_said_and_not_hidden(measurements: Measurements) -> None:
    """The random records have cases with applications in several areas."""
    payload = table(measurements, measurements.areas.named("A1"), 12)
    assert [column.label for column in payload.columns][-2] == "Moved"
    for start, opened, closed, moved, end in values(payload):
        assert start + opened - closed + moved == end
    assert "+ moved = at the end" in payload.note


def test_flows_that_do_not_account_for_a_stock_are_refused(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="new_cases does not account for the change of open_cases"):
        stock_and_flow(measurements, "open_cases", ("new_cases", "cases_closed"), england, 6)
    with pytest.raises(CatalogueError, match="kpi_2 is no stock"):
        stock_and_flow(measurements, "kpi_2", FLOWS, england, 6)
    with pytest.raises(CatalogueError, match="no month"):
        stock_and_flow(measurements, "open_cases", FLOWS, england, 0)
