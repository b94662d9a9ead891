"""Periods: windows, labels, comparisons, and what holds for any of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.periods import (
    WINDOWS_OF_MONTHS,
    Period,
    Snapshot,
    Span,
    Window,
    covering,
    financial_year,
    named,
    quarter_name,
    rolled,
    three_months_on,
)
from cafcass_reports.reporting import Reporting

firsts = st.dates(date(1990, 1, 1), date(2080, 12, 31)).map(lambda day: day.replace(day=1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    return Period.of_months(draw(firsts), draw(st.integers(1, 40)))


@st.composite
def reportings(draw: st.DrawFn) -> Reporting:
    """A pack of up to a year that begins in any month, with up to four years of records before it."""
    period = Period.of_months(draw(firsts), draw(st.integers(1, 12)))
    begins = Period.of_months(period.first, 1)
    for _ in range(draw(st.integers(0, 4))):
        begins = begins.year_before()
    snapshot = Snapshot(period.last + timedelta(days=draw(st.integers(0, 45))))
    return Reporting(period, snapshot, history_from=begins.first)


def reporting(first: date, last: date, snapshot: date | None = None, history: date = date(2018, 4, 1)) -> Reporting:
    return Reporting(Period(first, last), Snapshot(snapshot or last + timedelta(days=1)), history)


@pytest.mark.parametrize(
    ("last", "quarter", "three_months"),
    [
        (date(2020, 11, 30), "Q2 2020", "Sep 20 - Nov 20"),
        (date(2020, 12, 31), "Q3 2020", "Oct 20 - Dec 20"),
        (date(2021, 1, 31), "Q3 2020", "Nov 20 - Jan 21"),
        (date(2021, 2, 28), "Q3 2020", "Dec 20 - Feb 21"),
        (date(2021, 3, 31), "Q4 2021", "Jan 21 - Mar 21"),
        (date(2020, 4, 30), "Q4 2020", "Feb 20 - Apr 20"),
        (date(2020, 6, 30), "Q1 2020", "Apr 20 - Jun 20"),
    ],
)
def test_the_windows_of_a_pack_follow_the_end_of_its_period(last: date, quarter: str, three_months: str) -> None:
    start = date(last.year - (last.month < 4), 4, 1)
    pack = reporting(start, last)
    assert quarter_name(pack.window(Window.LATEST_QUARTER)) == quarter
    assert pack.window(Window.THREE_MONTHS).short == three_months
    assert pack.window(Window.YEAR_TO_DATE) == Period(start, last)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2020, 4, 1), date(2020, 11, 30), "April to November 2020"),
        (date(2020, 11, 1), date(2021, 1, 31), "November 2020 to January 2021"),
        (date(2020, 4, 1), date(2021, 3, 31), "2020-21"),
        (date(2020, 1, 1), date(2020, 12, 31), "January to December 2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        (date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
    ],
)
def test_a_period_is_named_as_people_name_it(first: date, last: date, label: str) -> None:
    assert Period(first, last).label == label


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2020, 4, 2), date(2020, 11, 30)),
        (date(2020, 4, 1), date(2020, 11, 29)),
        (date(2020, 2, 1), date(2020, 2, 28)),
        (date(2020, 12, 1), date(2020, 11, 30)),
    ],
)
def test_a_period_that_is_not_whole_months_is_refused(first: date, last: date) -> None:
    with pytest.raises(ValueError, match=f"whole months.*{first} to {last}"):
        Period(first, last)


def test_the_last_day_of_february_stays_the_last_day_a_year_before() -> None:
    february = Period(date(2021, 2, 1), date(2021, 2, 28))
    assert february.year_before().last == date(2020, 2, 29)
    assert Snapshot(date(2020, 2, 29)).year_before() == Snapshot(date(2019, 2, 28))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2020, 3, 31), "2019-20"), (date(2020, 4, 1), "2020-21"), (date(2099, 12, 1), "2099-00")],
)
def test_a_financial_year_begins_on_1_april(day: date, year: str) -> None:
    assert financial_year(day) == year


def test_snapshots_hold_each_first_of_a_month_the_pack_s_own_day_and_those_of_the_years_before() -> None:
    days = [s.day for s in reporting(date(2020, 4, 1), date(2020, 11, 30), date(2020, 12, 15)).snapshots()]
    for day in (date(2018, 4, 1), date(2020, 12, 1), date(2020, 12, 15), date(2019, 12, 15), date(2018, 12, 15)):
        assert day in days
    assert max(days) == date(2020, 12, 15)


def test_a_snapshot_on_29_february_is_compared_in_every_year_of_the_records() -> None:
    pack = reporting(date(2019, 4, 1), date(2020, 2, 29), date(2020, 2, 29), history=date(2016, 2, 1))
    days = [s.day for s in pack.snapshots()]
    assert {date(2019, 2, 28), date(2018, 2, 28), date(2017, 2, 28)} <= set(days)
    at = pack.snapshot
    while (at := at.year_before()).day >= pack.history_from:
        assert at.day in days


def test_quarters_and_years_are_whole_and_financial() -> None:
    pack = reporting(date(2020, 4, 1), date(2020, 11, 30), history=date(2018, 6, 1))
    assert [quarter_name(q) for q in pack.quarters()][:2] == ["Q2 2018", "Q3 2018"]
    assert quarter_name(pack.quarters()[-1]) == "Q2 2020"
    assert [year.label for year in pack.years()] == ["2019-20"]


@given(periods())
def test_the_months_of_a_period_tile_it(period: Period) -> None:
    months = Reporting(period, Snapshot(period.last), period.first).months()
    assert (months[0].first, months[-1].last, len(months)) == (period.first, period.last, period.months)
    assert all(earlier.last + timedelta(days=1) == later.first for earlier, later in pairwise(months))


@given(periods())
def test_the_year_before_has_as_many_months_and_the_same_ones(period: Period) -> None:
    before = period.year_before()
    assert before.months == period.months
    assert (before.first.month, before.last.month) == (period.first.month, period.last.month)
    assert before.first.year == period.first.year - 1


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_the_snapshot_of_the_year_before_lies_in_the_same_month(day: date) -> None:
    before = Snapshot(day).year_before().day
    assert (before.year, before.month) == (day.year - 1, day.month)
    assert before.day == day.day or (day.month, day.day, before.day) == (2, 29, 28)


@given(reportings())
def test_quarters_begin_in_april_july_october_or_january(pack: Reporting) -> None:
    for quarter in (*pack.quarters(), pack.window(Window.LATEST_QUARTER)):
        assert quarter.first.month in (4, 7, 10, 1)
        assert quarter.months == 3
        assert quarter.last <= pack.period.last


@given(reportings())
def test_the_latest_quarter_is_never_more_than_two_months_old(pack: Reporting) -> None:
    latest = pack.window(Window.LATEST_QUARTER).last
    assert Period(latest.replace(day=1), pack.period.last).months <= 3
    assert pack.window(Window.THREE_MONTHS).last == pack.period.last


@given(reportings())
def test_every_window_and_its_years_before_are_measured_once(pack: Reporting) -> None:
    measured = pack.periods()
    assert measured == sorted(set(measured))
    for window in WINDOWS_OF_MONTHS:
        assert set(pack.same_window(window)) <= set(measured)
        assert pack.same_window(window)[-1] == pack.window(window)


@given(reportings())
def test_snapshots_close_every_month_and_hold_the_pack_s_own(pack: Reporting) -> None:
    days = pack.snapshots()
    assert days == sorted(set(days))
    assert pack.snapshot in days
    assert {Reporting.closing(month) for month in pack.months()} <= set(days)


@given(periods(), periods())
def test_different_periods_have_different_keys_and_labels(one: Period, other: Period) -> None:
    assert (one == other) == (one.key == other.key) == (one.label == other.label)


@given(firsts)
def test_rolled_three_months_tile_the_years(first: date) -> None:
    quarters = [Period.of_months(first, 3)]
    for _ in range(4):
        quarters.append(rolled(quarters[-1], by_quarter=True))
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(quarters))
    assert quarters[4].year_before() == quarters[0]


@given(firsts, st.integers(1, 12))
def test_a_rolled_year_to_date_ends_three_months_later_and_begins_in_its_own_april(day: date, months: int) -> None:
    before = Period.of_months(day.replace(month=4), months)
    after = rolled(before)
    assert (after.first.month, after.first.day) == (4, 1)
    assert after.months <= 12
    assert after.last == three_months_on(before.last)
    assert (after.first == before.first) == (financial_year(after.last) == financial_year(before.last))
    assert after.months == (months + 3 if months <= 9 else months - 9)


@given(firsts, st.integers(0, 40), st.integers(0, 100))
def test_a_snapshot_on_or_after_the_last_day_stays_so(first: date, months: int, days: int) -> None:
    period = Period.of_months(first, months + 1)
    assert three_months_on(period.last + timedelta(days=days)) >= three_months_on(period.last)
    assert Period(first, three_months_on(period.last)).months == months + 4


@pytest.mark.parametrize(
    ("before", "by_quarter", "after"),
    [
        ((date(2020, 4, 1), date(2020, 6, 30)), False, (date(2020, 4, 1), date(2020, 9, 30))),
        ((date(2020, 4, 1), date(2020, 6, 30)), True, (date(2020, 7, 1), date(2020, 9, 30))),
        ((date(2020, 4, 1), date(2021, 3, 31)), True, (date(2021, 4, 1), date(2021, 6, 30))),
        ((date(2019, 9, 1), date(2019, 11, 30)), False, (date(2019, 12, 1), date(2020, 2, 29))),
    ],
)
def test_what_follows_a_period(before: tuple[date, date], by_quarter: bool, after: tuple[date, date]) -> None:
    assert rolled(Period(*before), by_quarter=by_quarter) == Period(*after)


@given(periods())
def test_what_is_neither_a_year_to_date_nor_three_months_is_not_rolled(period: Period) -> None:
    to_date = period.first.month == 4 and period.months <= 12
    if period.months == 3 or to_date:
        assert rolled(period).last == three_months_on(period.last)
    else:
        with pytest.raises(ValueError, match="is neither a financial year to date nor three months"):
            rolled(period)


@given(reportings(), st.integers(1, 4))
def test_later_months_are_measured_and_the_pack_s_own_windows_stay(pack: Reporting, later: int) -> None:
    last = Period.of_months(pack.closing(pack.period).day, later).last
    longer = replace(pack, latest=last)
    months = {Period.of_months(pack.closing(pack.period).day, count) for count in range(1, later + 1)}
    added = set(longer.periods()) - set(pack.periods())
    assert all(period.last > pack.period.last for period in added)
    assert {Period(pack.period.first, last), max(period for period in months if period.months == 1)} <= added
    assert Snapshot(last + timedelta(days=1)) in longer.snapshots()
    assert longer.months() == pack.months()
    assert longer.monthly_snapshots() == pack.monthly_snapshots()
    assert [longer.window(window) for window in WINDOWS_OF_MONTHS] == [
        pack.window(window) for window in WINDOWS_OF_MONTHS
    ]


@given(reportings(), st.integers(1, 6))
def test_what_the_pack_before_reported_on_is_measured_too_and_the_own_windows_stay(pack: Reporting, ago: int) -> None:
    first = max(pack.history_from, Period.of_months(pack.period.first, 1).first)
    earlier = [month for month in pack.months() if first <= month.first and month.last < pack.period.last][-ago:]
    if not earlier:
        return
    period = Period(first, earlier[0].last)
    before = Reporting(period, pack.closing(period), pack.history_from)
    both = replace(pack, previous=before)
    assert {before.window(window) for window in WINDOWS_OF_MONTHS} <= set(both.periods())
    assert before.snapshot in both.snapshots()
    assert both.monthly_snapshots() == pack.monthly_snapshots()
    assert [both.window(window) for window in WINDOWS_OF_MONTHS] == [
        pack.window(window) for window in WINDOWS_OF_MONTHS
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020",
        "2020-13",
        "2020-21-q5",
        "2019-21-q3",
        "2020-99-q3",
        "2020-02-30",
        "last year",
        "2020-04..",
        "2020-12..2020-04",
    ],
)
def test_a_name_that_means_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the calendar's own words for some)
        named(text)


@given(st.dates(date(1990, 1, 8), date(2080, 12, 31)))
def test_a_week_ends_on_a_friday_and_follows_the_week_before(day: date) -> None:
    week = Span.week_to(day)
    assert week.is_week == (day.weekday() == 4)
    assert week.week_before().last + timedelta(1) == week.first
    assert covering(week.first, week.last) == week


@given(reportings())
def test_weeks_go_up_to_the_pack_s_own_date_without_a_gap(pack: Reporting) -> None:
    weeks = pack.weeks()
    assert all(week.is_week for week in weeks)
    assert all(later.week_before() == earlier for earlier, later in pairwise(weeks))
    assert weeks[-1].last <= pack.returned_up_to < weeks[-1].last + timedelta(7)
