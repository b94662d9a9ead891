"""Working days of England and Wales."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.errors import ExtractError
from cafcass_reports.statistics.working_days import between, calendar, coverage

DAYS = st.dates(min_value=date(2019, 1, 1), max_value=date(2021, 12, 31))


def test_the_same_day_is_no_working_day_apart() -> None:
    assert between(date(2020, 6, 1), date(2020, 6, 1)) == 0


def test_the_last_day_counts_and_the_first_does_not() -> None:
    assert between(date(2020, 6, 1), date(2020, 6, 5)) == 4


def test_a_weekend_does_not_count() -> None:
    assert between(date(2020, 6, 5), date(2020, 6, 8)) == 1
    assert between(date(2020, 6, 6), date(2020, 6, 7)) == 0


def test_the_bank_holiday_moved_to_a_friday_in_2020_does_not_count() -> None:
    assert between(date(2020, 5, 7), date(2020, 5, 8)) == 0
    assert between(date(2020, 5, 1), date(2020, 5, 4)) == 1


def test_christmas_and_boxing_days_substitute_do_not_count() -> None:
    assert between(date(2020, 12, 24), date(2020, 12, 29)) == 1


def test_scotlands_second_of_january_counts() -> None:
    assert between(date(2020, 1, 1), date(2020, 1, 2)) == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, date(2020, 1, 1)), (date(2020, 1, 1), None), (None, None), (date(2020, 1, 1), pd.NaT)],
)
def test_a_missing_day_gives_a_missing_count(start: date | None, end: date | None) -> None:
    assert between(start, end) is None


def test_the_time_of_day_makes_no_difference() -> None:
    assert between(pd.Timestamp("2020-06-01 17:30"), datetime(2020, 6, 5, 9)) == 4
    assert between(pd.Timestamp("2020-06-05 17:30"), date(2020, 6, 5)) == 0


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before the start"):
        between(date(2020, 1, 2), date(2020, 1, 1))


def test_a_day_without_known_holidays_is_refused_with_the_years_that_are_known() -> None:
    first, last = coverage()
    with pytest.raises(ExtractError, match=first.isoformat()):
        between(first - timedelta(days=1), date(2020, 1, 1))
    with pytest.raises(ExtractError, match=last.isoformat()):
        calendar(date(2020, 1, 1), last + timedelta(days=1))


def test_the_holidays_cover_the_years_that_the_board_compares() -> None:
    first, last = coverage()
    assert first <= date(2015, 4, 1)
    assert last >= date(2025, 12, 31)


@given(DAYS, DAYS)
def test_subtraction_in_the_calendar_gives_the_same_count(one: date, other: date) -> None:
    start, end = sorted((one, other))
    numbers = calendar(start, end)["working_day"]
    assert int(numbers.iloc[-1] - numbers.iloc[0]) == between(start, end)


@given(DAYS, DAYS, DAYS)
def test_counts_over_adjoining_spans_add_up(one: date, other: date, third: date) -> None:
    start, middle, end = sorted((one, other, third))
    first, second, whole = between(start, middle), between(middle, end), between(start, end)
    assert first is not None
    assert second is not None
    assert first + second == whole


def test_the_calendar_joins_to_dates_in_a_query() -> None:
    days = calendar(date(2020, 4, 1), date(2020, 4, 30))
    with duckdb.connect() as connection:
        connection.register("calendar", days)
        counted = connection.execute(
            "select b.working_day - a.working_day from calendar a, calendar b "
            "where a.day = date '2020-04-09' and b.day = date '2020-04-15'"
        ).fetchone()
    assert counted == (2,)


def test_a_calendar_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="before the first"):
        calendar(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize("given", ["2020-01-01", 20200101, True, [date(2020, 1, 1)]])
def test_what_is_no_day_is_refused_in_words(given: object) -> None:
    with pytest.raises(ValueError, match=r"The end is .*; give a date, such as date\(2020, 12, 24\), or None"):
        between(date(2020, 1, 1), given)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="The first day is"):
        calendar(given, date(2020, 1, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", [None, pd.NaT, pd.NA, np.datetime64("NaT"), float("nan")])
def test_a_missing_day_has_no_distance(missing: Any) -> None:
    assert between(date(2020, 1, 1), missing) is None


def test_days_of_numpy_are_days() -> None:
    assert between(np.datetime64("2020-12-24"), pd.Timestamp("2020-12-29")) == 1  # type: ignore[arg-type]
