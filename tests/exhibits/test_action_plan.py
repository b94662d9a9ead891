"""The action plan: what is overdue, slipping and new follows from dates and returns."""

from __future__ import annotations

from datetime import date

import pandas as pd

from cafcass_reports.exhibits.payload import TablePayload
from cafcass_reports.exhibits.registers import RegisterBook
from cafcass_reports.exhibits.registers.action_plan import Stream
from cafcass_reports.metrics.measurements import Measurements

DAY = date(2017, 6, 30)


def returned(targets: str, progress: str = "Begun", completed: date | None = None) -> dict[str, object]:
    return {"target_dates": targets, "progress": progress, "completed_on": completed}


def stream(targets: str, before: str = "", completed: date | None = None) -> Stream:
    return Stream(returned(targets, completed=completed), returned(before) if before else None, DAY)


def test_a_target_is_overdue_after_its_last_day_and_not_on_it() -> None:
    assert [one.words for one in stream("May 2017; June 2017").overdue] == ["May 2017"]
    assert stream("May 2017 (met)").overdue == ()
    assert stream("From January 2017 and ongoing").overdue == ()


def test_a_complete_stream_is_neither_overdue_nor_slipping() -> None:
    done = stream("May 2017", before="April 2017", completed=date(2017, 6, 1))
    assert (done.complete, done.overdue, done.slipping) == (True, (), False)


def test_a_stream_completed_after_the_snapshot_is_still_open_on_it() -> None:
    assert not stream("July 2017", completed=date(2017, 7, 4)).complete


def test_a_stream_slips_where_a_date_lies_later_than_before() -> None:
    assert stream("June 2017; September 2017", before="June 2017; June 2017").slipping
    assert not stream("June 2017; September 2017", before="June 2017; September 2017").slipping
    assert not stream("May 2017", before="June 2017").slipping


def test_changes_are_those_since_the_return_before() -> None:
    now = Stream(returned("June 2017 (met)", "Taught"), returned("June 2017", "Planned"), DAY)
    assert now.changes == ("Was: planned. Now: taught.", "Met: June 2017.")
    assert stream("June 2017").changes == ("New.",)


def book(measurements: Measurements, *targets: tuple[str, str, date | None]) -> RegisterBook:
    """A plan returned before the snapshot: strand, target dates and, of what is complete, its day."""
    rows = [
        returned(dates, completed=completed)
        | {"number": str(number), "returned_on": date(2020, 11, 1), "strand": strand, "work_stream": f"Work {number}"}
        | {"owner": "Head", "next_action": "Go on"}
        for number, (strand, dates, completed) in enumerate(targets, start=1)
    ]
    return RegisterBook(measurements, {"action_plan": pd.DataFrame(rows, dtype=object)}, measurements.areas.nation)


def texts(payload: object) -> list[list[str]]:
    assert isinstance(payload, TablePayload)
    return [[cell.text for cell in row] for section in payload.sections for row in section.rows]


def test_each_stream_counts_once_in_its_strand(measurements: Measurements) -> None:
    plan = book(
        measurements,
        ("Children", "March 2021", None),
        ("Children", "October 2020; June 2021", None),
        ("Colleagues", "October 2020", date(2020, 10, 5)),
    )
    payload = plan.action_plan_by_strand().payload
    assert payload.title == "1 of 3 work streams complete, 1 late"
    assert texts(payload) == [
        ["Children", "March 2021", "2", "0", "1", "0", "1"],
        ["Colleagues", "–", "1", "1", "0", "0", "0"],
        ["All strands", "March 2021", "3", "1", "1", "0", "1"],
    ]


def test_a_stream_that_has_not_begun_is_on_time_until_a_date_passes_and_counts_once_in_the_title(
    measurements: Measurements,
) -> None:
    plan = book(measurements, ("Children", "March 2021", None), ("Children", "October 2020", None)).action_plan()
    assert isinstance(plan.payload, TablePayload)
    assert plan.payload.title == "1 of 2 work streams late, none slipping"
    assert [row[-1] for row in texts(plan.payload)] == ["On time", "Late"]
    both = stream("May 2017", before="April 2017")
    assert (bool(both.overdue), both.slipping, both.status.text) == (True, True, "Late")
    moved = stream("September 2017", before="July 2017").status
    assert moved.text == "Slipping"
    assert moved.status is not stream("September 2017").status.status  # another shape


def test_what_is_late_is_listed_and_where_nothing_is_the_table_says_none(measurements: Measurements) -> None:
    late = book(measurements, ("Children", "March 2021", None), ("Children", "October 2020", None))
    assert [row[0] for row in texts(late.action_plan_attention().payload)] == ["2. Work 2"]
    none = book(measurements, ("Children", "March 2021", None)).action_plan_attention().payload
    assert none.title == "No work stream late, none slipping"
    assert [row[0] for row in texts(none)] == ["None"]
