"""The parts of an area by the shares of one whole."""

from __future__ import annotations

import dataclasses

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.breakdown import _title, breakdown
from cafcass_reports.exhibits.payload import TablePayload
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from tests.exhibits.figures import figure

GENDER = ("staff_women", "staff_men", "staff_gender_not_known")
AUDITS = ("da_audit_good", "da_audit_met", "da_audit_requires_improvement")


def test_each_part_has_a_row_and_the_whole_comes_last(measurements: Measurements) -> None:
    payload = breakdown(measurements, GENDER, measurements.areas.nation, "area").payload
    assert isinstance(payload, TablePayload)
    rows = payload.sections[0].rows
    assert [row[0].text for row in rows] == ["A1", "A2", "A10", "England"]
    assert [column.label for column in payload.columns] == ["Area", "Women", "Men", "Gender not known"]
    for row in rows:
        assert [cell.text for cell in row[1:]] == [measurements.by_id(cell.measurement).shown for cell in row[1:]]


def test_what_is_suppressed_is_marked_explained_and_spoken(measurements: Measurements) -> None:
    areas = measurements.parts_of(measurements.areas.nation, "area")
    payloads = [breakdown(measurements, AUDITS, area, "team").payload for area in areas]
    hidden = [payload for payload in payloads if "[c]" in str(payload)]
    assert hidden
    for payload in hidden:
        assert isinstance(payload, TablePayload)
        marked = [cell for row in payload.sections[0].rows for cell in row if cell.text == "[c]"]
        assert marked
        assert all(cell.value is None for cell in marked)
        assert "[c]: suppressed" in payload.source
        assert "suppressed" in payload.alt
        assert "[c]" not in payload.alt


def test_metrics_that_are_no_shares_of_one_whole_are_refused(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="cannot be broken down"):
        breakdown(measurements, ["staff_women", "staff_disabled"], measurements.areas.nation, "area")


def test_teams_are_too_small_for_characteristics(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="it has too few people"):
        breakdown(measurements, GENDER, measurements.areas.named("A1"), "team")


def test_the_title_says_between_which_parts_the_largest_share_lies() -> None:
    def row(area: str, women: int) -> list[Measurement]:
        place = Area(Level.NATION if area == "England" else Level.AREA, area)
        found = (figure("staff_women", women, None, of=100), figure("staff_men", 100 - women, None, of=100))
        return [dataclasses.replace(each, area=place) for each in found]

    parts = [row("A1", 70), row("A2", 64), row("A3", 81)]
    assert _title(parts, row("England", 71)) == "Women: from 64% in A2 to 81% in A3; England 71%"
    assert _title(parts[:1], row("England", 71)) == "Colleagues by gender: 71% women in England"
