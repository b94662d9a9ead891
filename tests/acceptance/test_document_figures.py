"""Every figure of the self-assessment's document, held against what was printed.

A figure is looked up as a paper does, from measurements of the demo's extracts, and written as in print. The
figures of 1 January 2021 are those of a pack that ends with December.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from cafcass_reports.extracts import load
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.measure import areas_of, first_days, measure
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Kind
from cafcass_reports.packs import measured as kept
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.periods import Period, Snapshot, When
from cafcass_reports.reporting import Reporting

HISTORY, MEETING = date(2018, 4, 1), date(2021, 1, 20)
DECEMBER, JANUARY = Snapshot(date(2020, 12, 1)), Snapshot(date(2021, 1, 1))
INSPECTION = Snapshot(date(2018, 4, 1))
YEAR_2019 = Period(date(2019, 4, 1), date(2020, 3, 31))
DECEMBER_PACK = Reporting(Period(date(2020, 4, 1), date(2020, 12, 31)), JANUARY, HISTORY, MEETING)
# Reports are held from October 2015, so the change of three years can be measured where a pack begins then.
REPORTS = ("section_7_demand", "rule_16_4_demand", "addendum_demand")


class Packs(NamedTuple):
    """The demo measured as at 1 December, as at 1 January, and its reports with their longer history."""

    november: Measurements
    december: Measurements
    reports: Measurements


@pytest.fixture(scope="module")
def packs(project: Path) -> Packs:
    every = catalogue.load()
    with load(project / "extracts" / "demo", date_order="ymd") as extracts:
        connection = extracts.connection

        def measured(reporting: Reporting, definitions: catalogue.Catalogue) -> Measurements:
            frame = measure(connection, definitions, reporting)
            begins = first_days(connection, definitions)
            return Measurements(frame, definitions, areas_of(connection), reporting, begins)

        long = Reporting(DECEMBER_PACK.period, JANUARY, date(2016, 4, 1), MEETING)
        return Packs(
            kept.measured(open_pack("2020-21-q3", project)).measurements,
            measured(DECEMBER_PACK, every),
            measured(long, catalogue.Catalogue({metric: every[metric] for metric in REPORTS})),
        )


Found = Callable[[Packs], str]


def whole(value: Fraction | None, decimals: int = 0) -> str:
    assert value is not None
    return number(value, decimals)


def figure(measured: Measurements, metric: str, when: When | None = None, before: When | None = None) -> Measurement:
    return measured.one(metric, measured.areas.nation, when, before=before)


def november(metric: str, decimals: int = 0, when: When | None = None) -> Found:
    return lambda packs: whole(figure(packs.november, metric, when).rounded, decimals)


def december(metric: str, decimals: int = 0, when: When | None = None) -> Found:
    return lambda packs: whole(figure(packs.december, metric, when).rounded, decimals)


def growth(metric: str, when: When, before: When, decimals: int = 0) -> Found:
    return lambda packs: whole(figure(packs.december, metric, when, before).change, decimals)


def more(metric: str, when: When, before: When, step: int = 1) -> Found:
    def found(packs: Packs) -> str:
        now, then = (figure(packs.december, metric, at).value for at in (when, before))
        assert now is not None
        assert then is not None
        return whole(Fraction(round((now - then) / step) * step))

    return found


def three_years(metric: str) -> Found:
    before = Period(date(2016, 4, 1), date(2017, 3, 31))
    return lambda packs: whole(figure(packs.reports, metric, YEAR_2019, before).change)


def month(year: int, number_of_month: int) -> When:
    return Period.of_months(date(year, number_of_month, 1), 1)


def busiest_quarter(packs: Packs) -> str:
    quarters = packs.december.frame("new_cases", packs.december.areas.nation, by="quarter")
    return str(quarters.loc[quarters["value"].idxmax(), "period"])


def addendum_growth(packs: Packs) -> str:
    """July to December 2020, as a rate a year, over 2019-20."""
    quarters = [Period.of_months(date(2020, first, 1), 3) for first in (7, 10)]
    recent = (
        sum((figure(packs.reports, "addendum_demand", quarter).value or 0 for quarter in quarters), Fraction(0)) / 2
    )
    before = figure(packs.reports, "addendum_demand", YEAR_2019).value
    assert before is not None
    return whole((recent - before) / before * 100)


def slow_teams(packs: Packs) -> str:
    teams = packs.november.frame("kpi_2", packs.november.areas.nation, by="team")
    return str(int((teams["value"] >= 3).sum()))


def audits_a_month(packs: Packs) -> str:
    audits = figure(packs.november, "national_audits")
    assert isinstance(audits.when, Period)
    assert audits.value is not None
    return whole(audits.value / audits.when.months)


def absence_change(packs: Packs) -> str:
    now = figure(packs.november, "sickness").when
    return whole(figure(packs.november, "sickness", now, now.year_before()).change, 2)


def week(metric: str) -> Found:
    """The change since the week before."""
    return lambda packs: whole(figure(packs.november, metric).change)


# Id as in the published figures (with what else is printed beside it), as printed, and how it is found.
MEASURED: list[tuple[str, str, Found]] = [
    ("children_2019_20", "141,000", december("children_worked_with", when=YEAR_2019)),
    ("children_public_share", "33.3", december("children_public_share", 1, YEAR_2019)),
    ("children_private_share", "66.7", december("children_private_share", 1, YEAR_2019)),
    ("open_cases_dec_2020", "36,881", november("open_cases")),
    ("open_cases_dec_2020, change", "40", growth("open_cases", DECEMBER, INSPECTION)),
    ("open_children_dec_2020", "59,000", november("open_children")),
    ("open_children_dec_2020, change", "17,000", more("open_children", DECEMBER, INSPECTION, step=1000)),
    ("open_public_dec_2020", "14,124", november("public_open")),
    ("open_private_dec_2020", "22,757", november("private_open")),
    ("busiest_quarter", "July to September 2020", busiest_quarter),
    ("section_7_2019_20", "22,700", december("section_7_demand", when=YEAR_2019)),
    ("section_7_2019_20, change", "30", three_years("section_7_demand")),
    ("rule_16_4_2019_20", "2,800", december("rule_16_4_demand", when=YEAR_2019)),
    ("rule_16_4_2019_20, change", "54", three_years("rule_16_4_demand")),
    ("extra_social_workers", "136", more("qualified_social_workers", DECEMBER, Snapshot(date(2018, 12, 1)))),
    ("caseload_after_first_hearing_teams", "24", lambda p: whole(figure(p.november, "average_caseload").value)),
    ("caseload_to_first_hearing_teams", "55",
     lambda p: whole(figure(p.november, "caseload_to_first_hearing_teams").value)),
    ("public_duration", "40", november("care_duration")),
    ("private_to_first_hearing", "11", november("private_to_first_hearing")),
    ("private_after_first_hearing", "45", november("private_after_first_hearing")),
    ("qualified_social_workers", "1,802", november("qualified_social_workers")),
    # Cut and not rounded in print.
    ("qualified_social_workers_fte", "1,471",
     lambda p: whole(Fraction(int(figure(p.november, "social_work_fte").value or 0)))),
    ("active_associates", "105", november("active_associates")),
    ("students", "34", november("students")),
    ("corporate_colleagues", "508", november("corporate_colleagues")),
    ("average_after_first_hearing", "24", lambda p: whole(figure(p.november, "average_caseload").value)),
    ("supervisor_share", "5.0", november("supervisor_share", 1)),  # 1 in 20
    ("addendum_rate", "25", addendum_growth),
    ("staff_absence_change", "−1.53", absence_change),
    ("audits_a_month", "850", audits_a_month),
    ("audits_good_or_better", "63", november("audits_good_or_better")),
    ("audits_met", "30", november("audits_met")),
    ("audits_requires_improvement", "7", november("audits_requires_improvement")),
    ("da_audit_records", "200", november("da_audit_records")),
    ("da_audit_good", "61", november("da_audit_good")),
    ("da_audit_met", "31", november("da_audit_met")),
    ("da_audit_met, change", "62", lambda p: str(figure(p.november, "da_audit_met").numerator)),
    ("da_audit_requires_improvement", "8", november("da_audit_requires_improvement")),
    ("da_audit_requires_improvement, change", "17",
     lambda p: str(figure(p.november, "da_audit_requires_improvement").numerator)),
    ("case_plans_reviewed", "72", november("plans_with_review", when=month(2020, 7))),
    ("diversity_audits", "8,300", november("diversity_audits")),
    ("diversity_identified", "81", november("diversity_identified")),
    ("diversity_analysis", "50", november("diversity_analysis")),
    ("plans_with_review", "85", december("plans_with_review")),
    ("plans_files", "30,350", december("plans_files")),
    ("reflection_areas", "8", november("reflection_areas")),
    ("reflection_areas, change", "6", november("reflection_areas_completed")),
    ("improvement_plan_areas", "12", november("improvement_plan_areas")),
    ("regions_prioritising", "1", november("regions_prioritising")),
    ("regions_prioritising, change", "2", november("regions_at_risk")),
    ("covid_absences", "27", november("covid_absences")),
    ("covid_absences, change", "8", week("covid_absences")),
    ("covid_isolating", "29", november("covid_isolating")),
    ("covid_isolating, change", "10", week("covid_isolating")),
    ("new_cases_dec_2020", "4,893", december("new_cases", when=month(2020, 12))),
    ("new_cases_dec_2020, change", "8.2", growth("new_cases", month(2020, 12), month(2019, 12), 1)),
    ("new_cases_dec_2020_more, change", "369", more("new_cases", month(2020, 12), month(2019, 12))),
    ("open_cases_jan_2021", "37,070", december("open_cases")),
    ("teams_kpi2_high", "4", slow_teams),
    ("supervisor_caseload", "18.7", november("supervisor_caseload", 1)),
    ("supervisor_lead_share", "86.4", november("supervisor_lead_share", 1)),
    ("over_36_weeks, change", "62.0", growth("over_36_weeks", JANUARY, JANUARY.year_before(), 1)),
    ("over_36_weeks_more, change", "1,376", more("over_36_weeks", JANUARY, JANUARY.year_before())),
    ("pre_first_hearing, change", "41.6", growth("pre_first_hearing", JANUARY, Snapshot(date(2020, 2, 1)), 1)),
    ("pre_first_hearing_more, change", "3,158", more("pre_first_hearing", JANUARY, Snapshot(date(2020, 2, 1)))),
]  # fmt: skip

# Id, as printed, metric, decimals, and for which days where it is not the latest return.
REPORTED: list[tuple[str, str, str, int, When | None]] = [
    ("children_2019_20, change", "5", "children_growth", 0, None),
    ("open_public_dec_2020, change", "17", "public_open_growth", 0, DECEMBER),
    ("open_private_dec_2020, change", "25", "private_open_growth", 0, DECEMBER),
    ("turnover", "8.7", "turnover", 1, None),
    ("over_20_cases", "74", "over_20_cases", 0, DECEMBER),
    ("court_throughput", "−20", "court_throughput", 0, None),  # "slower by about 20"
    ("children_seen", "75", "children_seen", 0, None),
    ("children_seen_in_person", "53", "children_seen_in_person", 0, None),
    ("self_authorise", "73", "self_authorise", 0, None),
    ("audits_per_adviser", "8", "audits_per_adviser", 0, None),
    ("audits_per_adviser, change", "4", "audits_per_adviser_planned", 0, None),
    ("benchmarking_sessions", "4", "benchmarking_sessions", 0, None),
    ("survey_interviews", "186", "survey_interviews", 0, None),
    ("survey_helpful", "8.8", "survey_helpful", 1, None),
    ("survey_helped", "90", "survey_helped", 0, None),
    ("live_event_staff", "1,200", "live_event_staff", 0, None),
    ("open_cases_jan_2021, change", "21.6", "open_growth", 1, None),
    ("open_cases_jan_2021_more, change", "6,579", "open_growth_cases", 0, None),
    ("open_public_vs_jan_2020, change", "16", "public_open_growth", 0, None),
    ("open_private_vs_jan_2020, change", "25", "private_open_growth", 0, None),
    ("caseload_national", "23.6", "caseload_national", 1, None),
    ("over_20_jan_2021", "71.0", "over_20_cases", 1, None),
    ("caseload_to_first_hearing", "55.8", "caseload_to_first_hearing", 1, None),
]


@pytest.mark.parametrize(("name", "printed", "found"), MEASURED, ids=[name for name, _, _ in MEASURED])
def test_a_measured_figure_is_what_was_printed(name: str, printed: str, found: Found, packs: Packs) -> None:
    assert found(packs) == printed


@pytest.mark.parametrize(("name", "printed", "metric", "decimals", "when"), REPORTED, ids=[row[0] for row in REPORTED])
def test_a_reported_figure_is_what_was_printed_with_its_source_and_date(
    name: str, printed: str, metric: str, decimals: int, when: When | None, packs: Packs
) -> None:
    shown = figure(packs.november, metric, when)
    assert shown.metric.kind is Kind.REPORTED
    assert whole(shown.value, decimals) == printed
    assert re.search(r"\w.*, \d{1,2} \w+ 20\d\d$", shown.sources[0])


@pytest.mark.parametrize(
    ("metric", "measured"),
    [
        ("section_7_growth", three_years("section_7_demand")),
        ("rule_16_4_growth", three_years("rule_16_4_demand")),
        ("addendum_growth", addendum_growth),
        ("absence_fall", lambda packs: absence_change(packs).removeprefix("−")),
    ],
)
def test_growth_that_a_pack_cannot_measure_is_reported_as_the_records_have_it(
    metric: str, measured: Found, packs: Packs
) -> None:
    reported = figure(packs.november, metric)
    assert whole(reported.value, reported.metric.decimals) == measured(packs)


def test_the_page_of_figures_has_a_row_for_each() -> None:
    page = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z][a-z0-9_]*(?:, change)?) \|.*\| (measured|reported)\b.*\|", page, re.MULTILINE))
    wanted = {row[0]: "measured" for row in MEASURED} | {row[0]: "reported" for row in REPORTED}
    assert rows == wanted
