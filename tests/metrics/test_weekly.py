"""What regions return each week: added up for the nation, and compared with the week before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.parameters import build
from cafcass_reports.periods import Span

LATEST = Span.week_to(date(2020, 11, 27))


def test_the_latest_week_up_to_the_pack_s_date_is_shown_against_the_week_before(measurements: Measurements) -> None:
    found = measurements.one("covid_absences", measurements.areas.nation)
    assert (found.when, found.shown, found.change_shown) == (LATEST, "12", "+3 people")
    assert found.comparison is not None
    assert found.comparison.when == LATEST.week_before()
    assert measurements.by_id(found.id) == measurements.one("covid_absences", found.area, found.when)


def test_a_week_s_numbers_are_those_of_its_regions_together(
    measurements: Measurements, frames: dict[str, pd.DataFrame]
) -> None:
    returns = frames["weekly_returns"]
    week = returns[returns["week_ending"] == LATEST.last.isoformat()]
    places = [measurements.areas.nation, *(each for each in measurements.areas if each.level is Level.REGION)]
    shown = {place.name: measurements.one("week_children_due", place).numerator for place in places}
    assert shown == {
        "England": week["children_due"].sum(),
        **dict(zip(week["region"], week["children_due"], strict=True)),
    }


def test_a_share_of_the_week_divides_two_of_its_counts(measurements: Measurements) -> None:
    nation = measurements.areas.nation
    seen, due = (measurements.one(metric, nation) for metric in ("week_children_seen", "week_children_due"))
    found = measurements.one("week_seen_share", nation)
    assert (found.when, found.numerator, found.denominator) == (LATEST, seen.numerator, due.numerator)
    ways = [measurements.one(f"week_{way}_share", nation) for way in ("in_person", "by_video", "by_phone")]
    assert sum(way.rounded or 0 for way in ways) == 100


def test_weeks_make_a_series_and_the_one_after_the_pack_s_date_is_not_in_it(measurements: Measurements) -> None:
    found = measurements.series("regions_prioritising", measurements.areas.nation, 12)
    assert [(each.when.short, each.shown) for each in found] == [
        ("13 Nov 20", "0"),
        ("20 Nov 20", "1"),
        ("27 Nov 20", "1"),
    ]


def test_colleagues_who_are_ill_are_counted_for_the_nation_alone(measurements: Measurements) -> None:
    north = measurements.areas.named("North")
    assert measurements.one("covid_absences", north).shown == "not available"
    assert measurements.one("week_children_due", north).shown != "not available"
    assert measurements.one("week_children_due", measurements.areas.named("A1")).shown == "not available"


def test_a_week_that_nobody_returned_is_refused_by_name(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="week to 6 November 2020"):
        measurements.one("covid_absences", measurements.areas.nation, Span.week_to(date(2020, 11, 6)))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"compared_with": "same period last year"}, "compared with the week before"),
        ({"period": "year to date"}, "nothing else, is compared with the week before"),
        ({"disclosive": True, "numerator": None}, "can be disclosive"),
        ({"kind": "distinct"}, "a count, a ratio or a mean"),
    ],
)
def test_what_a_week_cannot_be_is_refused(keys: dict[str, Any], said: str) -> None:
    written = catalogue.load()["covid_absences"].model_dump(mode="json", by_alias=True, exclude_none=True)
    changed = {key: value for key, value in (written | keys).items() if value is not None}
    with pytest.raises(CatalogueError, match=said):
        build(Metric, changed, "weekly.yml", CatalogueError)


def test_a_table_of_regions_is_measured_no_further_down(tmp_path: Any) -> None:
    folder = tmp_path / "params" / "metrics"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text(
        """
seen_by_area:
  title: Seen
  phrase: seen
  definition: Seen.
  kind: count
  table: weekly_returns
  counted_on: week_ending
  numerator: children_due
  unit: children
  better: neither
  period: latest week
  decimals: 0
  owner: operations
  in_force: {from: 2015-04-01}
""",
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match="names regions and no teams: 'down_to' is region or nation"):
        catalogue.load(tmp_path)
