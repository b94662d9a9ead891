"""Registers kept by hand, as tables: what was finished by the snapshot, and no later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.errors import CatalogueError, CommentaryError
from cafcass_reports.exhibits import registers
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Status, TablePayload
from cafcass_reports.metrics.measurements import Measurements


def table(exhibit: Exhibit) -> TablePayload:
    assert isinstance(exhibit.payload, TablePayload)
    return exhibit.payload


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=object)


def reflection(name: str, completed: date | None, **other: Any) -> dict[str, Any]:
    row = {
        "reflection": name, "recommended": False, "identified_on": date(2018, 4, 1), "reviewed_from": None,
        "reviewed_to": None, "completed_on": completed, "findings": None, "actions": None, "owner": "Head of practice",
    }  # fmt: skip
    return row | other


def milestone(name: str, due: date, reached: date | None, **other: Any) -> dict[str, Any]:
    row = {
        "milestone_id": name, "pillar": "Practice", "objective": "o", "milestone": name, "strategy_year": "1",
        "set_on": date(2018, 4, 1), "due_on": due, "reached_on": reached, "owner": "Head of practice",
    }  # fmt: skip
    return row | other


def test_a_reflection_is_complete_from_the_day_it_was_completed(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    rows = frame(
        reflection("Supervision", day, recommended=True),
        reflection("Later", day + timedelta(1)),
        reflection("Open", None),
        reflection("Not yet known", None, identified_on=day + timedelta(1)),
    )
    payload = table(registers.reflections(measurements, {"reflections": rows}))
    assert payload.title == "1 of 3 areas of practice reflection are complete"
    shown = [(row[0].text, row[1].status) for row in payload.sections[0].rows]
    assert shown == [
        ("Supervision (recommendation)", Status.COMPLETE),
        ("Later", Status.IN_PROGRESS),
        ("Open", Status.IN_PROGRESS),
    ]


def test_findings_hold_figures_that_are_filled_in_and_explained(measurements: Measurements) -> None:
    rows = frame(reflection("Open", None, findings="Cases: {{ open_cases.value }}."))
    payload = table(registers.reflections(measurements, {"reflections": rows}))
    shown = measurements.one("open_cases", measurements.areas.nation).shown
    assert payload.sections[0].rows[0][2].text == f"Cases: {shown}."
    assert [figure.metric for figure in payload.measurements] == ["open_cases"]


def test_a_review_that_has_not_begun_says_nothing_yet(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    said = {"findings": "Found.", "actions": "Done."}
    rows = frame(
        reflection("Begun", None, reviewed_from=day, **said),
        reflection("To come", None, reviewed_from=day + timedelta(1), **said),
    )
    payload = table(registers.reflections(measurements, {"reflections": rows}))
    assert [[cell.text for cell in row[2:]] for row in payload.sections[0].rows] == [["Found.", "Done."], ["–", "–"]]


def test_a_reference_that_leads_nowhere_names_its_row(measurements: Measurements) -> None:
    rows = frame(reflection("Supervision", None, actions="{{ open_cass.value }}"))
    with pytest.raises(CommentaryError, match=r"Supervision: actions.*open_cass"):
        registers.reflections(measurements, {"reflections": rows})


def test_a_register_that_nobody_keeps_is_named(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="hold no strategy"):
        registers.milestones(measurements, {}, "1")


def test_the_plan_shows_the_evidence_that_there_is_and_no_area_that_is_closed(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    row = {
        "area_of_practice": "Analysis", "success_measure": "Children understand.", "evidence_metric": "kpi_1",
        "started_on": date(2018, 4, 1), "closed_on": None, "owner": "Head of practice",
    }  # fmt: skip
    rows = frame(
        {"number": "1"} | row,
        {"number": "2"} | row | {"evidence_metric": None},
        {"number": "3"} | row | {"closed_on": day},
    )
    payload = table(registers.improvement_plan(measurements, {"improvement_plan": rows}))
    found = measurements.one("kpi_1", measurements.areas.nation)
    assert payload.title == "A plan for 2 areas of practice; 1 has a figure today"
    assert [cells[1].text for cells in payload.sections[0].rows] == [
        f"Children understand. Today: {found.shown} {found.metric.phrase} ({found.when.label}).",
        "Children understand.",
    ]


def test_milestones_stand_by_pillar_in_order_of_their_dates_and_the_late_are_named_late(
    measurements: Measurements,
) -> None:
    day = measurements.reporting.snapshot.day
    rows = frame(
        milestone("Second", day + timedelta(60), None),
        milestone("First", day - timedelta(60), day - timedelta(90)),
        milestone("Late", day - timedelta(1), None, pillar="People"),
        milestone("Reached later", day - timedelta(1), day + timedelta(1), pillar="People"),
        milestone("Another year", day, day, strategy_year="2"),
    )
    payload = table(registers.milestones(measurements, {"strategy": rows}, "1"))
    assert payload.title == "Year 1: 1 of 4 milestones reached, 2 late"
    assert [(section.title, [row[0].text for row in section.rows]) for section in payload.sections] == [
        ("Practice", ["First", "Second"]),
        ("People", ["Late", "Reached later"]),
    ]
    statuses = [row[2].status for section in payload.sections for row in section.rows]
    assert statuses == [Status.COMPLETE, Status.NOT_DUE, Status.LATE, Status.LATE]


def test_a_year_without_milestones_is_refused(measurements: Measurements) -> None:
    rows = frame(milestone("First", date(2020, 6, 1), None))
    with pytest.raises(CatalogueError, match="Years: 1"):
        registers.milestones(measurements, {"strategy": rows}, "3")


@given(st.lists(st.tuples(st.integers(-400, 400), st.none() | st.integers(-400, 400)), min_size=1, max_size=8))
def test_the_title_counts_what_the_rows_show(measurements: Measurements, days: list[tuple[int, int | None]]) -> None:
    day = measurements.reporting.snapshot.day
    rows = [
        milestone(str(at), day + timedelta(due), None if reached is None else day + timedelta(reached))
        for at, (due, reached) in enumerate(days)
    ]
    payload = table(registers.milestones(measurements, {"strategy": frame(*rows)}, "1"))
    found = [row[2].status for section in payload.sections for row in section.rows]
    assert payload.title.startswith(f"Year 1: {found.count(Status.COMPLETE)} of {len(rows)} milestones reached")
    assert (", none late" in payload.title) == (Status.LATE not in found and Status.NOT_DUE in found)
    assert f", {found.count(Status.LATE)} late" in payload.title or Status.LATE not in found
