"""The grouped query against one query a figure, and against pandas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import duckdb
import numpy as np
import pandas as pd
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from cafcass_reports.errors import CatalogueError, ExtractError
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import catalogue, query
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measure import COLUMNS, areas_of
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.scope import shown_for
from cafcass_reports.periods import Period, Snapshot, Span, When
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics import working_days
from tests.metrics.conftest import WEEKS, connect, measured, records

FROM_RECORDS = [metric.id for metric in catalogue.load().values() if metric.table]
YEAR_TO_DATE = Period(date(2020, 4, 1), date(2020, 11, 30))
YEAR_2019 = Period(date(2019, 4, 1), date(2020, 3, 31))
THREE_MONTHS = Period(date(2020, 9, 1), date(2020, 11, 30))


@pytest.mark.parametrize("metric_id", FROM_RECORDS)
def test_each_figure_is_what_its_own_query_gives(
    metric_id: str, measurements: Measurements, connection: duckdb.DuckDBPyConnection
) -> None:
    metric = measurements.catalogue[metric_id]
    places = [next(area for area in measurements.areas if area.level is level) for level in Level]
    moments: list[When] = [YEAR_TO_DATE, THREE_MONTHS, Period(date(2019, 10, 1), date(2019, 10, 31))]
    if metric.period is None:
        moments = [Snapshot(date(2020, 12, 1)), Snapshot(date(2019, 7, 1))]
    elif metric.weekly:
        moments = [Span.week_to(date.fromisoformat(week)) for week in WEEKS[:3]]
    elif metric.periods is not None:
        moments = [YEAR_TO_DATE, YEAR_TO_DATE.year_before(), YEAR_2019]
    for place in [*places, measurements.areas.named("A10")]:
        own = shown_for(metric, place, measurements.reporting)
        for moment in moments if own is None else own:
            found = measurements.one(metric_id, place, moment)
            if found.suppressed or place.level.depth > metric.down_to.depth:
                assert (found.numerator, found.denominator) == (None, None)
                continue
            alone = connection.execute(query.single(metric, moment, place)).fetchall()[0]
            assert (found.numerator or 0, found.denominator or 0) == (alone[0] or 0, alone[1] or 0), (place, moment)


def test_a_query_has_the_same_lines_for_areas_with_short_and_with_long_names(measurements: Measurements) -> None:
    metric, day = measurements.catalogue["public_open"], Snapshot(date(2020, 12, 1))
    place = measurements.areas.named("A2")
    longer = replace(place, name="The north of the county and all of the coast, as far as its islands")
    short, long = (query.single(metric, day, area) for area in (place, longer))
    assert long == short.replace("'A2'", f"'{longer.name}'")


def test_the_random_records_reach_every_metric(measurements: Measurements) -> None:
    empty = [m for m in FROM_RECORDS if not measurements.one(m, measurements.areas.nation).numerator]
    assert empty == []


def test_a_case_with_two_applications_counts_once(measurements: Measurements, frames: dict[str, pd.DataFrame]) -> None:
    cases = frames["cases"]
    year = cases[(cases.law == "public") & cases.received_on.between("2020-04-01", "2020-11-30")]
    assert measurements.one("public_demand", measurements.areas.nation).numerator == year.case_id.nunique() < len(year)


def test_an_open_case_is_received_by_the_day_and_not_closed_by_it(
    measurements: Measurements, frames: dict[str, pd.DataFrame]
) -> None:
    cases, day = frames["cases"], pd.Timestamp("2020-12-01")
    here = cases[cases.team.str.startswith("A2-") & (cases.law == "private")]
    still = here[(here.received_on <= day) & ~(here.closed_on <= day)]
    assert measurements.one("private_open", measurements.areas.named("A2")).numerator == still.case_id.nunique()


def test_kpi_2_counts_working_days_of_england(measurements: Measurements, frames: dict[str, pd.DataFrame]) -> None:
    cases = frames["cases"].dropna(subset=["allocated_on"])
    cases = cases[(cases.application == "care") & cases.received_on.between("2020-04-01", "2020-11-30")]
    holidays = [
        holiday["date"]
        for holiday in BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    ]
    # busday_count counts from the start (included) to the end (excluded): both move on by a day.
    start, end = (
        (cases[name] + pd.Timedelta(days=1)).to_numpy().astype("datetime64[D]")
        for name in ("received_on", "allocated_on")
    )
    days = np.busday_count(start, end, holidays=np.array(holidays, dtype="datetime64[D]"))
    found = measurements.one("kpi_2", measurements.areas.nation)
    assert (found.numerator, found.denominator) == (days.sum(), len(days))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"where": "working_days(received_on, allocated_on) > 3", "numerator": "lead"},
        {"where": "working_days(received_on, allocated_on) <= 3", "numerator": "lead"},
        {"where": "law = 'public' and coalesce(working_days(received_on, allocated_on), 0) > 3", "numerator": "lead"},
    ],
)
def test_a_day_past_the_calendar_is_refused_wherever_a_metric_counts_it(changed: dict[str, str]) -> None:
    frames = records()
    frames["cases"].loc[frames["cases"].application == "care", "allocated_on"] = pd.Timestamp(
        working_days.coverage()[1]
    )
    metric = catalogue.load()["kpi_2"].model_copy(update=changed)
    known = {"kpi_2": metric}
    with connect(frames) as made:
        assert measured(made, catalogue.Catalogue(known))
    frames["cases"].loc[frames["cases"].application == "care", "allocated_on"] += pd.Timedelta(days=1)
    with connect(frames) as made, pytest.raises(ExtractError, match=r"kpi_2 counts working days, and [1-9]"):
        measured(made, catalogue.Catalogue(known))


def test_days_lost_are_those_within_the_period(measurements: Measurements, frames: dict[str, pd.DataFrame]) -> None:
    spells = frames["absences"]
    spells = spells[spells.social_work & spells.reason.isin(["sickness", "covid-19"])]
    first, last = pd.Timestamp("2020-09-01"), pd.Timestamp("2020-11-30")
    holidays = np.array(["2020-08-31", "2020-12-25"], dtype="datetime64[D]")
    lost = 0
    for started, ended in zip(spells.started_on, spells.ended_on.fillna(last), strict=True):
        start, end = max(started, first), min(ended, last)
        if start <= end:
            lost += int(np.busday_count(start.date(), end.date() + pd.Timedelta(days=1), holidays=holidays))
    assert measurements.one("days_lost_to_sickness", measurements.areas.nation).numerator == lost > 0


def test_a_quotient_of_metrics_takes_its_stock_at_the_close(
    measurements: Measurements, frames: dict[str, pd.DataFrame]
) -> None:
    posts, day = frames["workforce"], pd.Timestamp("2020-12-01")
    held = posts[posts.social_work & (posts.started_on <= day) & ~(posts.ended_on <= day)]
    found = measurements.one("sickness", measurements.areas.nation)
    assert found.denominator == round(held.fte.sum() * 100)
    assert float(found.value or 0) == pytest.approx(4 * (found.numerator or 0) / held.fte.sum())


def test_posts_without_a_team_count_for_the_nation_alone(measurements: Measurements) -> None:
    whole = measurements.one("social_work_fte", measurements.areas.nation).numerator or 0
    teams = [measurements.one("social_work_fte", a).numerator or 0 for a in measurements.areas if a.level is Level.TEAM]
    regions = [
        measurements.one("social_work_fte", a).numerator or 0 for a in measurements.areas if a.level is Level.REGION
    ]
    assert sum(teams) == sum(regions) < whole


def test_a_register_is_counted_as_it_stood_on_the_day(measurements: Measurements) -> None:
    def counted(metric: str, day: date) -> tuple[int | None, int | None]:
        found = measurements.one(metric, measurements.areas.nation, Snapshot(day))
        return found.numerator, found.denominator

    summer, december = date(2020, 6, 1), date(2020, 12, 1)
    assert [counted("reflection_areas", day) for day in (summer, december)] == [(2, None), (2, None)]
    assert [counted("reflection_areas_completed", day) for day in (summer, december)] == [(0, None), (1, None)]
    assert [counted("improvement_plan_areas", day) for day in (summer, december)] == [(2, None), (1, None)]
    assert [counted("year_1_milestones_reached", day) for day in (summer, december)] == [(0, 9), (3, 9)]
    assert counted("year_1_people_milestones_reached", december) == (1, 3)


def test_what_names_no_team_is_a_figure_of_the_nation_alone(measurements: Measurements) -> None:
    parts = [area for area in measurements.areas if area.level is not Level.NATION]
    assert {measurements.one("reflection_areas", area).shown for area in parts} == {"not available"}
    assert measurements.one("reflection_areas", measurements.areas.nation).shown == "2"


def test_a_spell_of_years_is_measured_for_years_and_the_year_to_date(measurements: Measurements) -> None:
    nation = measurements.areas.nation
    for metric in ("children_worked_with", "children_public_share"):
        years = [measurements.one(metric, nation, when).value for when in (YEAR_TO_DATE, YEAR_2019)]
        assert None not in years
        with pytest.raises(CatalogueError, match="Measured: whole financial years and the year to date"):
            measurements.one(metric, nation, THREE_MONTHS)
    assert list(measurements.frame("children_worked_with", nation, "year")["period"]) == ["2019-20"]
    assert measurements.one("children_worked_with", nation).comparison is not None


def test_an_empty_extract_says_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    connection = connection.cursor()
    connection.execute("create schema bare; set schema = 'bare'")
    for table in TABLES:
        connection.execute(f"create table {table} as select * from main.{table} where '{table}' = 'areas'")
    from tests.metrics.conftest import measured

    bare = measured(connection)
    assert bare.one("public_demand", bare.areas.nation).shown == "not available", "an empty extract says nothing"
    assert bare.one("kpi_1", bare.areas.nation).shown == "not available"
    assert bare.one("turnover", bare.areas.nation).value is None
    assert bare.one("reflection_areas", bare.areas.nation).shown == "not available"
    assert bare.one("year_1_milestones_reached", bare.areas.nation).shown == "not available"


def test_no_record_is_none_where_the_extract_speaks_and_unknown_before_it(measurements: Measurements) -> None:
    early = Period(date(2019, 4, 1), date(2019, 4, 30))
    shown = {
        area.name: measurements.one("rule_16_4_demand", area, early).shown
        for area in measurements.areas
        if area.level is Level.TEAM
    }
    assert "0" in shown.values()
    assert "not available" not in shown.values()
    before = replace(measurements.reporting, history_from=date(2018, 4, 1))
    longer = Measurements(
        pd.DataFrame(columns=list(COLUMNS)),
        measurements.catalogue,
        measurements.areas,
        before,
        {"rule_16_4_demand": date(2019, 4, 9)},
    )
    year_before = Period(date(2018, 5, 1), date(2018, 5, 31))
    assert longer.one("rule_16_4_demand", measurements.areas.nation, year_before).shown == "not available"
    assert longer.one("rule_16_4_demand", measurements.areas.nation, early.year_before()).shown == "not available"


def test_a_rate_of_a_year_is_the_same_whatever_the_period(measurements: Measurements) -> None:
    nation = measurements.areas.nation
    for period in (
        THREE_MONTHS,
        Period(date(2019, 4, 1), date(2020, 3, 31)),
        Period(date(2020, 9, 1), date(2020, 9, 30)),
    ):
        found = measurements.one("sickness", nation, period)
        days = measurements.one("days_lost_to_sickness", nation, period).numerator or 0
        fte = measurements.one("social_work_fte", nation, Reporting.closing(period)).value or 1
        assert found.value == days * Fraction(12, period.months) / fte


def test_areas_come_in_natural_order_and_a_name_stands_at_one_level(connection: duckdb.DuckDBPyConnection) -> None:
    names = [area.name for area in areas_of(connection) if area.level is Level.AREA]
    assert names == ["A1", "A2", "A10"]
    with duckdb.connect() as other:
        other.execute(
            "create table areas as select 'England' as nation, 'North' as region, 'North' as area, 'T' as team"
        )
        with pytest.raises(ExtractError, match="both a region and a area 'North'"):
            areas_of(other)


def test_a_frame_by_area_holds_the_parts_of_the_area_asked_for(measurements: Measurements) -> None:
    north = measurements.frame("public_open", measurements.areas.named("North"), "area")
    assert list(north["area"]) == ["A1", "A2"]
    assert north["value"].sum() >= measurements.one("public_open", measurements.areas.named("North")).numerator


def test_months_of_a_flow_add_up_to_its_year_to_date(measurements: Measurements) -> None:
    months = measurements.frame("section_7_demand", measurements.areas.nation, "month").tail(8)
    assert months["numerator"].sum() == measurements.one("section_7_demand", measurements.areas.nation).numerator


@pytest.mark.parametrize("seed", range(4))
def test_what_opened_and_closed_accounts_for_each_change_of_the_stock(seed: int) -> None:
    with connect(records(seed)) as made:
        found = measured(made)
    nation = found.areas.nation
    months = found.reporting.months()
    assert any(found.one("cases_closed", nation, month).numerator for month in months)
    for month in months:
        start, end = (
            found.one("open_cases", nation, day).numerator for day in (Snapshot(month.first), Reporting.closing(month))
        )
        opened, closed = (found.one(flow, nation, month).numerator for flow in ("cases_opened", "cases_closed"))
        assert (start or 0) + (opened or 0) - (closed or 0) == end, month.label


def test_an_application_in_an_open_case_opens_none_and_one_after_its_close_opens_it_again() -> None:
    frames = records()
    rows = frames["cases"].head(4).copy()
    rows["case_id"] = ["1", "1", "1", "2"]
    rows["received_on"] = pd.to_datetime(["2020-05-01", "2020-05-20", "2020-08-10", "2020-04-02"])
    rows["closed_on"] = pd.to_datetime(["2020-07-01", "2020-06-01", None, "2020-04-02"])
    with connect({**frames, "cases": rows}) as made:
        found = measured(made)

    def counted(metric: str, month: int) -> int | None:
        return found.one(metric, found.areas.nation, Period.of_months(date(2020, month, 1), 1)).numerator

    # The case of 1 May counts in April, whose end is the snapshot of 1 May; the other opened and closed on 2 April.
    assert [counted("cases_opened", month) for month in (4, 5, 6, 7, 8)] == [2, 0, 0, 0, 1]
    assert [counted("cases_closed", month) for month in (4, 5, 6, 7, 8)] == [1, 0, 1, 0, 0]


def test_a_period_that_is_not_measured_is_refused(measurements: Measurements) -> None:
    with pytest.raises(CatalogueError, match="not measured for March 1999"):
        measurements.one("kpi_1", measurements.areas.nation, Period(date(1999, 3, 1), date(1999, 3, 31)))
    with pytest.raises(CatalogueError, match="Valid: month, quarter"):
        measurements.frame("kpi_1", measurements.areas.nation, "fortnight")
