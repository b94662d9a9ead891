"""The performance scorecard's exhibits: exceptions, contributions, quarters and months, an area's standing."""

from __future__ import annotations

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.contributions import contributions
from cafcass_reports.exhibits.exceptions import exceptions
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.over_time import over_time
from cafcass_reports.exhibits.payload import Cell, TablePayload
from cafcass_reports.exhibits.scorecard import Row
from cafcass_reports.exhibits.standing import standing
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.processes import A1, A2, ENGLAND, MONTHS, series

STEADY = ([100, 102, 98, 101, 99] * 7)[: MONTHS + 1]
CARD = ("kpi_1", "kpi_2", "public_open", "public_demand", "average_caseload", "audits_good_or_better")


def table(exhibit: Exhibit) -> TablePayload:
    assert isinstance(exhibit.payload, TablePayload)
    return exhibit.payload


def rows(exhibit: Exhibit) -> list[tuple[Cell, ...]]:
    return [row for section in table(exhibit).sections for row in section.rows]


@pytest.mark.parametrize(
    "metric", ["public_open", "public_demand", "kpi_2", "average_caseload", "audits_good_or_better"]
)
def test_what_parts_add_is_as_shown_the_change_of_the_whole(
    measurements: Measurements, england: Area, metric: str
) -> None:
    for place in (england, *measurements.parts_of(england, "area")):
        *parts, whole = rows(contributions(measurements, metric, place, place.parts))
        added = [row[3].value or 0 for row in parts]
        assert sum(added) == pytest.approx(whole[3].value or 0)
        change = measurements.one(metric, place).change
        if change is not None and parts and not measurements.catalogue[metric].divided:
            was = measurements.one(metric, place).comparison
            assert was is not None
            assert whole[3].value == (measurements.one(metric, place).numerator or 0) - (was.numerator or 0)


def test_what_is_in_no_single_part_stands_in_a_row_of_its_own() -> None:
    told = series({"public_open": {ENGLAND: [100] * 20 + [120], A1: [50] * 21, A2: [40] * 20 + [50]}})
    found = {row[0].text: row[-1].text for row in rows(contributions(told, "public_open", ENGLAND, "area"))}
    assert found == {"A2": "+10", "A1": "0", "In no single part": "+10", "England, all together": "+20"}


@pytest.mark.parametrize("metric", ["public_open", "kpi_2", "average_caseload", "audits_good_or_better"])
def test_contributions_are_spoken_as_the_table_shows_them(
    measurements: Measurements, england: Area, metric: str
) -> None:
    for place in (england, *measurements.parts_of(england, "area")):
        shown = contributions(measurements, metric, place, place.parts)
        *parts, _ = rows(shown)
        for row in parts:
            assert f" {row[0].text} {row[3].text}." in table(shown).alt


def test_a_metric_without_a_comparison_has_no_contributions(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="not compared with the year before"):
        contributions(measurements, "da_audit_good", england, "area")


def test_exceptions_come_first_by_weight_and_say_where() -> None:
    worse = [*STEADY[:-1], 130]
    told = series(
        {"public_open": {ENGLAND: worse, A1: worse, A2: STEADY}, "private_open": {ENGLAND: STEADY, A1: STEADY}}
    )
    found = exceptions(told, ["private_open", "public_open"], ENGLAND)
    ((name, now, why, where),) = rows(found)
    assert table(found).title == "1 of 2 measures needs attention; first, open public law cases"
    assert name.text == told.one("public_open", ENGLAND).title
    assert now.measurement == told.one("public_open", ENGLAND).id
    assert "above the expected range" in why.text
    assert where.text == "A1"


def test_without_exceptions_the_table_says_so() -> None:
    told = series({"public_open": {ENGLAND: STEADY, A1: STEADY, A2: STEADY}})
    found = exceptions(told, ["public_open"], ENGLAND)
    assert table(found).title == "None of 1 measures gives concern by rule"
    assert rows(found)[0][2].text == "No measure meets a rule"


def test_quarters_and_months_are_the_measured_ones_and_the_latest_month_has_its_icon() -> None:
    told = series({"public_open": STEADY})
    found = over_time(told, [("Cases", [Row(told.one("public_open", ENGLAND), shows_change=True)])])
    ((name, *steps),) = rows(found)
    assert name.text.endswith("*")
    assert [column.label for column in table(found).columns][1:] == [
        "Jan–Mar 2020", "Apr–Jun 2020", "Jul–Sep 2020", "Sep 2020", "Oct 2020", "Nov 2020",
    ]  # fmt: skip
    assert steps[-1].text == told.one("public_open", ENGLAND).shown
    assert [step.signal is not None for step in steps] == [False] * 5 + [True]


def test_an_area_stands_beside_the_nation_and_small_shares_show_how_little_they_say(
    measurements: Measurements, england: Area
) -> None:
    place = measurements.parts_of(england, "area")[0]
    found = standing(measurements, CARD, place)
    labels = [column.label for column in table(found).columns]
    assert labels[1:4] == [f"Your area, {place.name}", "Likely range", "England"]
    shares = [row for row in rows(found) if row[0].text == measurements.one("kpi_1", place).title]
    assert all(" to " in row[2].text for row in shares)
    own, nation = measurements.one("kpi_1", place), measurements.one("kpi_1", england)
    assert [row[1].text for row in shares] == [own.shown]
    assert [row[3].text for row in shares] == [nation.shown]


def test_the_nation_stands_with_the_range_of_its_areas(measurements: Measurements, england: Area) -> None:
    row = next(row for row in rows(standing(measurements, ["kpi_2"], england)))
    values = [measurements.one("kpi_2", part).value or 0 for part in measurements.parts_of(england, "area")]
    ends = [measurements.by_id(cell.measurement).value for cell in row[2:]]
    assert ends == [min(values), max(values)]


def test_parts_that_added_the_same_are_named_together_and_a_single_part_has_no_most() -> None:
    last = [100] * 20
    told = series({"public_open": {ENGLAND: [*last, 120], A1: [50] * 20 + [60], A2: [50] * 20 + [60]}})
    title = table(contributions(told, "public_open", ENGLAND, "area")).title
    assert title.endswith("; A1 and A2 added 10 each")
    alone = series({"public_open": {ENGLAND: [*last, 120], A1: [*last, 120]}})
    assert "added" not in table(contributions(alone, "public_open", ENGLAND, "area")).title


def test_few_parts_that_meet_a_rule_are_named_even_where_they_are_all() -> None:
    worse = [*STEADY[:-1], 130]
    told = series({"public_open": {ENGLAND: worse, A1: worse, A2: worse}})
    ((*_, where),) = rows(exceptions(told, ["public_open"], ENGLAND))
    assert where.text == "A1, A2"
