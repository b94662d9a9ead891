"""The action plan: what is overdue, slipping and new follows from dates and returns."""

from __future__ import annotations

from datetime import date

from cafcass_reports.exhibits.registers.action_plan import Stream

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
