"""Registers kept by hand, as tables: what was finished by the snapshot, and no later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.errors import CatalogueError, CommentaryError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Status, TablePayload
from cafcass_reports.exhibits.registers import RegisterBook, Registers
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements


def book(measurements: Measurements, rows: Registers, area: Area | None = None) -> RegisterBook:
    return RegisterBook(measurements, rows, area or measurements.areas.nation)


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
        "set_on": date(2018, 4, 1), "due_on": due, "expected_on": None, "reached_on": reached,
        "evidence_metric": None, "owner": "Head of practice",
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
    payload = table(book(measurements, {"reflections": rows}).reflections())
    assert payload.title == "1 of 3 areas of practice reflection are complete"
    shown = [(row[0].text, row[1].status) for row in payload.sections[0].rows]
    assert shown == [
        ("Supervision (recommendation)", Status.COMPLETE),
        ("Later", Status.IN_PROGRESS),
        ("Open", Status.IN_PROGRESS),
    ]


def test_findings_hold_figures_that_are_filled_in_and_explained(measurements: Measurements) -> None:
    rows = frame(reflection("Open", None, findings="Cases: {{ open_cases.value }}."))
    payload = table(book(measurements, {"reflections": rows}).reflections())
    shown = measurements.one("open_cases", measurements.areas.nation).shown
    assert payload.sections[0].rows[0][2].text == f"Cases: {shown}."
    assert [figure.metric for figure in payload.measurements] == ["open_cases"]


def test_a_review_says_of_when_it_is_once_it_has_begun(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    rows = frame(
        reflection("Done", day, reviewed_from=date(2020, 7, 6), reviewed_to=date(2020, 7, 31)),
        reflection("Going on", None, reviewed_from=date(2020, 4, 1), reviewed_to=date(2020, 12, 31)),
        reflection("To come", None, reviewed_from=day + timedelta(1), reviewed_to=day + timedelta(30)),
    )
    payload = table(book(measurements, {"reflections": rows}).reflections())
    assert [cells[1].text for cells in payload.sections[0].rows] == [
        "Complete: July 2020",
        "In progress: April 2020 to December 2020",
        "In progress",
    ]


def test_a_review_that_has_not_begun_says_nothing_yet(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    said = {"findings": "Found.", "actions": "Done."}
    rows = frame(
        reflection("Begun", None, reviewed_from=day, **said),
        reflection("To come", None, reviewed_from=day + timedelta(1), **said),
    )
    payload = table(book(measurements, {"reflections": rows}).reflections())
    assert [[cell.text for cell in row[2:]] for row in payload.sections[0].rows] == [["Found.", "Done."], ["–", "–"]]


def test_a_reference_that_leads_nowhere_names_its_row(measurements: Measurements) -> None:
    rows = frame(reflection("Supervision", None, actions="{{ open_cass.value }}"))
    with pytest.raises(CommentaryError, match=r"Supervision: actions.*open_cass"):
        book(measurements, {"reflections": rows}).reflections()


def test_a_register_that_nobody_keeps_is_named(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="hold no strategy"):
        book(measurements, {}).milestones("1")


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
    payload = table(book(measurements, {"improvement_plan": rows}).improvement_plan())
    found = measurements.one("kpi_1", measurements.areas.nation)
    assert payload.title == "A plan for 2 areas of practice; 1 has a figure today"
    told = [(cells[1].text, cells[2].text, cells[3].text) for cells in payload.sections[0].rows]
    moved = f", {headlines.movement(found)} in a year" if found.change_shown else ""
    assert told == [
        (
            "Children understand.",
            f"{headlines.sentence(found.metric.phrase)} at {found.shown}{moved} ({found.when.label})",
            "Head of practice",
        ),
        ("Children understand.", "No figure yet", "Head of practice"),
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
    payload = table(book(measurements, {"strategy": rows}).milestones("1"))
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
        book(measurements, {"strategy": rows}).milestones("3")


@given(st.lists(st.tuples(st.integers(-400, 400), st.none() | st.integers(-400, 400)), min_size=1, max_size=8))
def test_the_title_counts_what_the_rows_show(measurements: Measurements, days: list[tuple[int, int | None]]) -> None:
    day = measurements.reporting.snapshot.day
    rows = [
        milestone(str(at), day + timedelta(due), None if reached is None else day + timedelta(reached))
        for at, (due, reached) in enumerate(days)
    ]
    payload = table(book(measurements, {"strategy": frame(*rows)}).milestones("1"))
    found = [row[2].status for section in payload.sections for row in section.rows]
    assert payload.title.startswith(f"Year 1: {found.count(Status.COMPLETE)} of {len(rows)} milestones reached")
    assert (", none late" in payload.title) == (Status.LATE not in found and Status.NOT_DUE in found)
    assert f", {found.count(Status.LATE)} late" in payload.title or Status.LATE not in found


def off_the_mark(measurements: Measurements) -> pd.DataFrame:
    day = measurements.reporting.snapshot.day
    return frame(
        milestone("Reached", day - timedelta(9), day - timedelta(9)),
        milestone("Passed", day - timedelta(15), None),
        milestone("Slipped", day + timedelta(30), None, objective="other", expected_on=day + timedelta(51)),
        milestone("Ahead", day + timedelta(60), None, objective="third", pillar="People"),
        milestone("Not yet set", day + timedelta(60), None, set_on=day + timedelta(1)),
    )


def test_the_plan_on_a_page_shows_an_objective_as_its_gravest_milestone_stands(measurements: Measurements) -> None:
    payload = table(book(measurements, {"strategy": off_the_mark(measurements)}).plan_on_a_page())
    assert payload.title == "1 of 4 milestones are reached; 1 late, 1 at risk"
    shown = {row[0].text: (row[1].status, row[2].text) for section in payload.sections for row in section.rows}
    assert shown == {
        "o": (Status.LATE, "1 of 2"), "other": (Status.AT_RISK, "0 of 1"), "third": (Status.ON_TRACK, "0 of 1")
    }  # fmt: skip
    assert [section.title for section in payload.sections] == ["Practice", "People"]


def test_what_is_off_track_stands_gravest_first_with_its_slippage_and_reason(measurements: Measurements) -> None:
    payload = table(book(measurements, {"strategy": off_the_mark(measurements)}).off_track())
    assert payload.title == "2 of 3 milestones ahead need attention"
    assert [(row[0].text, row[3].text) for row in payload.sections[0].rows] == [
        ("Passed", "2 weeks later"),
        ("Slipped", "3 weeks later"),
    ]
    assert payload.sections[0].rows[1][4].text.startswith("Now expected in ")


def test_a_figure_that_became_worse_puts_its_milestone_at_risk_and_is_named(measurements: Measurements) -> None:
    day, england = measurements.reporting.snapshot.day, measurements.areas.nation
    worse = next(
        metric for metric in ("kpi_2", "kpi_4", "average_caseload", "over_36_weeks", "care_duration")
        if measurements.one(metric, england).improved is False
    )  # fmt: skip
    rows = frame(milestone("Measured", day + timedelta(60), None, evidence_metric=worse))
    payload = table(book(measurements, {"strategy": rows}).off_track())
    (row,) = payload.sections[0].rows
    assert row[1].status is Status.AT_RISK
    assert measurements.one(worse, england).shown in row[4].text
    assert [found.metric for found in payload.measurements] == [worse]


def test_what_lies_ahead_stands_by_pillar_in_order_of_its_dates_with_its_status_by_rule(
    measurements: Measurements,
) -> None:
    day = measurements.reporting.snapshot.day
    rows = frame(
        milestone("Later", day + timedelta(90), None, evidence_metric="kpi_1"),
        milestone("Slips", day + timedelta(30), None, expected_on=day + timedelta(60)),
        milestone("Reached", day - timedelta(30), day - timedelta(30)),
        milestone("Overdue", day - timedelta(1), None, pillar="People"),
    )
    payload = table(book(measurements, {"strategy": rows}).ahead())
    assert payload.title == f"3 of 4 milestones lie ahead; the next is due in {day + timedelta(30):%B %Y}"
    shown = [(part.title, [(row[0].text, row[3].status) for row in part.rows]) for part in payload.sections]
    assert shown == [
        ("Practice", [("Slips", Status.AT_RISK), ("Later", Status.ON_TRACK)]),
        ("People", [("Overdue", Status.LATE)]),
    ]
    assert [found.metric for found in payload.measurements] == ["kpi_1"]


def test_without_anything_off_track_the_next_milestones_are_shown(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    rows = frame(milestone("Later", day + timedelta(90), None), milestone("Sooner", day + timedelta(30), None))
    payload = table(book(measurements, {"strategy": rows}).off_track())
    assert payload.title == "No milestone is late or at risk"
    assert [row[0].text for row in payload.sections[0].rows] == ["Sooner", "Later"]


def reviews() -> dict[str, pd.DataFrame]:
    row = {"reviewed_on": date(2020, 9, 21), "pillar": "Practice", "difference": "some difference"}
    return {
        "team_reviews": frame(
            row | {"team": "A1-T1", "asks_for": "time and caseloads", "said": "Here."},
            row | {"team": "A10-T1", "asks_for": "time and caseloads", "said": "There."},
            row | {"team": "A1-T2", "asks_for": "nothing more", "said": "Long ago.", "reviewed_on": date(2020, 5, 31)},
        )
    }


def test_team_reviews_roll_up_from_teams_to_the_nation(measurements: Measurements) -> None:
    area = measurements.areas.named("A1")
    national = table(book(measurements, reviews()).team_reviews(by="area"))
    assert national.title == "3 of 6 teams reviewed the strategy"
    shown = {row[0].text: (row[1].text, row[2].text) for row in national.sections[0].rows}
    assert shown["England"] == ("3 of 6", "2 of 3 (67%)")
    assert shown["A1"] == ("2 of 2", "1 of 2 (50%)")
    assert shown["A2"] == ("0 of 2", "–")
    own = table(book(measurements, reviews(), area).team_reviews(by="team"))
    assert [row[0].text for row in own.sections[0].rows] == ["England", "A1", "A1-T1", "A1-T2"]


def test_an_area_hears_its_own_teams_of_the_last_six_months(measurements: Measurements) -> None:
    area = measurements.areas.named("A1")
    asked = table(book(measurements, reviews(), area).team_asks())
    assert asked.title == "What teams most often ask for is time and caseloads"
    assert [row[-1].text for row in asked.sections[0].rows][:2] == ["1", "0"]
    said = table(book(measurements, reviews(), area).team_voices())
    assert [(row[0].text, row[1].text) for section in said.sections for row in section.rows] == [("Here.", "A1-T1")]


def test_risks_stand_gravest_first_as_last_assessed_by_the_snapshot(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    row = {"pillar": "People", "response": "r", "closed_on": None, "owner": "Director"}

    def assessed(name: str, on: date, likelihood: str, impact: str, **other: Any) -> dict[str, Any]:
        scores = {"likelihood": likelihood, "impact": impact}
        return row | {"risk_id": name, "risk": name, "assessed_on": on} | scores | other

    rows = frame(
        assessed("Small", day, "2", "3"),
        assessed("Grave", day - timedelta(90), "3", "4"),
        assessed("Grave", day, "5", "3"),
        assessed("Grave", day + timedelta(1), "1", "1"),
        assessed("Closed", day, "5", "5", closed_on=day),
    )
    payload = table(book(measurements, {"risks": rows}).risks())
    assert payload.title == "1 of 2 strategic risks is high"
    shown = [(cells[0].text, cells[1].status, cells[1].text) for cells in payload.sections[0].rows]
    assert shown == [("Grave", Status.HIGH, "High: 15"), ("Small", Status.LOW, "Low: 6")]
    assert payload.sections[0].rows[0][2].text.startswith("up from 12 (")


def test_one_risk_is_told_up_to_the_paper_s_date_the_latest_assessment_first(measurements: Measurements) -> None:
    day = measurements.reporting.returned_up_to
    row = {"risk_id": "R1", "risk": "Illness", "pillar": "People", "response": "Cover.", "closed_on": None,
           "owner": "Director", "impact": "5"}  # fmt: skip
    rows = frame(
        row | {"assessed_on": day - timedelta(60), "likelihood": "2"},
        row | {"assessed_on": day, "likelihood": "4"},
        row | {"assessed_on": day + timedelta(1), "likelihood": "1"},
    )
    payload = table(book(measurements, {"risks": rows}).risk("R1"))
    assert payload.title.startswith("The risk is high, at 20 of 25, up from 10 (")
    assert [(cells[1].status, cells[1].text) for cells in payload.sections[0].rows] == [
        (Status.HIGH, "High: 20"),
        (Status.MEDIUM, "Medium: 10"),
    ]
    with pytest.raises(CatalogueError, match=r"no risk 'R2'.*R1"):
        book(measurements, {"risks": rows}).risk("R2")


def statuses(*rows: tuple[str, str, str, str]) -> dict[str, pd.DataFrame]:
    return {
        "weekly_status": frame(
            *(
                {"region": region, "week_ending": date.fromisoformat(week), "pressure": pressure,
                 "prioritisation": stage, "where_in_region": None, "reason": None if stage == "not needed" else "Work"}
                for region, week, pressure, stage in rows
            )
        )
    }  # fmt: skip


def test_regions_stand_gravest_first_with_the_week_since_which_they_prioritise(measurements: Measurements) -> None:
    rows = statuses(
        ("North", "2020-11-13", "high", "in place"), ("South", "2020-11-13", "low", "not needed"),
        ("North", "2020-11-20", "medium", "at risk"), ("South", "2020-11-20", "high", "in place"),
        ("North", "2020-11-27", "medium", "at risk"), ("South", "2020-11-27", "high", "in place"),
        ("North", "2020-12-04", "low", "not needed"), ("South", "2020-12-04", "low", "not needed"),
    )  # fmt: skip
    payload = table(book(measurements, rows).regional_status())
    assert payload.title == "1 of 2 regions prioritises work; 1 more is at risk"
    assert "27 November 2020" in payload.subtitle
    seen = [measurements.one("week_seen_share", measurements.areas.named(name)) for name in ("South", "North")]
    shown = [(cells[0].text, cells[1].status, cells[2].text, cells[4].text) for cells in payload.sections[0].rows]
    assert shown == [
        ("South", Status.HIGH, "In place since 20 November", seen[0].shown),
        ("North", Status.MEDIUM, "At risk since 20 November", seen[1].shown),
    ]
    assert [figure.measurement for figure in payload.measurements] == [each.id for each in seen]


def test_regions_that_need_no_prioritisation_are_said_so(measurements: Measurements) -> None:
    rows = statuses(*((name, "2020-11-27", "low", "not needed") for name in ("North", "South")))
    assert table(book(measurements, rows).regional_status()).title == "None of 2 regions has to prioritise its work"


def test_a_week_after_the_paper_s_date_is_no_status_yet(measurements: Measurements) -> None:
    rows = statuses(("North", "2020-12-04", "low", "not needed"))
    with pytest.raises(CatalogueError, match="no week up to 1 December 2020"):
        book(measurements, rows).regional_status()


def test_what_is_measured_of_the_plan_stands_beside_england_in_an_area(measurements: Measurements) -> None:
    row = {
        "number": "1", "area_of_practice": "Timeliness", "success_measure": "Soon", "evidence_metric": "kpi_1",
        "started_on": date(2020, 9, 1), "closed_on": None, "owner": "Director",
    }  # fmt: skip
    plan = {"improvement_plan": frame(row, row | {"number": "2", "evidence_metric": None})}
    england, area = measurements.areas.nation, measurements.areas.named("A1")
    national = table(book(measurements, plan).improvement_evidence())
    assert national.columns[3].label == "In a year"
    assert len(national.sections[0].rows) == 1
    own = table(book(measurements, plan, area).improvement_evidence())
    assert [column.label for column in own.columns][2:4] == ["A1", "England"]
    (cells,) = own.sections[0].rows
    assert cells[2].text.startswith(measurements.one("kpi_1", area).shown)
    assert cells[3].text == measurements.one("kpi_1", england).shown
