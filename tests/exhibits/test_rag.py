"""How far a milestone is, by rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.exhibits.payload import Status
from cafcass_reports.exhibits.registers.rag import Delivery, gravest, weeks

DAY = date(2020, 12, 1)
SPRING = date(2021, 3, 31)


@pytest.mark.parametrize(
    ("delivery", "status"),
    [
        (Delivery(SPRING, reached=DAY), Status.COMPLETE),
        (Delivery(SPRING, reached=DAY + timedelta(1)), Status.ON_TRACK),
        (Delivery(DAY), Status.ON_TRACK),
        (Delivery(DAY - timedelta(1)), Status.LATE),
        (Delivery(DAY - timedelta(1), expected=SPRING, worsened=True), Status.LATE),
        (Delivery(SPRING, expected=SPRING), Status.ON_TRACK),
        (Delivery(SPRING, expected=SPRING + timedelta(1)), Status.AT_RISK),
        (Delivery(SPRING, worsened=True), Status.AT_RISK),
        (Delivery(SPRING, reached=DAY, expected=SPRING + timedelta(9), worsened=True), Status.COMPLETE),
    ],
)
def test_dates_decide_first_and_the_figure_next(delivery: Delivery, status: Status) -> None:
    assert delivery.status(DAY) is status


@pytest.mark.parametrize(
    ("delivery", "slipped"),
    [
        (Delivery(SPRING), 0),
        (Delivery(SPRING, expected=SPRING + timedelta(6)), 0),
        (Delivery(SPRING, expected=SPRING + timedelta(14)), 2),
        (Delivery(SPRING, reached=SPRING - timedelta(200)), -28),
        (Delivery(DAY - timedelta(21)), 3),
        (Delivery(DAY - timedelta(21), expected=DAY - timedelta(7)), 3),
    ],
)
def test_slippage_is_in_whole_weeks_and_what_is_late_slips_up_to_the_day(delivery: Delivery, slipped: int) -> None:
    if delivery.reached is None:
        assert delivery.slippage(DAY) == slipped
    else:
        assert delivery.slippage(SPRING) == slipped


def test_a_slippage_is_said_in_words() -> None:
    assert [weeks(0), weeks(1), weeks(9), weeks(-2)] == ["none", "1 week later", "9 weeks later", "2 weeks earlier"]


days = st.dates(date(2018, 1, 1), date(2024, 1, 1))


@given(days, st.none() | days, st.none() | days, st.booleans(), days)
def test_no_milestone_is_both_reached_and_off_track_and_late_never_slips_backwards(
    due: date, reached: date | None, expected: date | None, worsened: bool, day: date
) -> None:
    delivery = Delivery(due, reached, expected, worsened)
    status = delivery.status(day)
    assert (status is Status.COMPLETE) == (reached is not None and reached <= day)
    assert (status is Status.LATE) == (status is not Status.COMPLETE and due < day)
    if status is Status.LATE:
        assert delivery.slippage(day) >= 0


def test_an_objective_stands_as_its_gravest_milestone_does() -> None:
    assert gravest([Status.COMPLETE, Status.ON_TRACK, Status.AT_RISK]) is Status.AT_RISK
    assert gravest([Status.LATE, Status.AT_RISK]) is Status.LATE
    assert gravest([Status.COMPLETE]) is Status.COMPLETE
