"""The quality paper's exhibits: grades by quarter, and how far moderators agree."""

from __future__ import annotations

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.agreement import agreement, summary
from cafcass_reports.exhibits.grades import grades
from cafcass_reports.exhibits.grades_over_time import grades_over_time
from cafcass_reports.exhibits.payload import ChartPayload, TablePayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.processes import ENGLAND, series

NATIONAL = ("audits_good_or_better", "audits_met", "audits_requires_improvement")
TWO = {
    "Good or better": ("moderated_good_good", "moderated_good_met"),
    "Met": ("moderated_met_good", "moderated_met_met"),
}


def test_each_bar_is_a_quarter_and_makes_a_hundred(measurements: Measurements, england: Area) -> None:
    payload = grades_over_time(measurements, "national audits", NATIONAL, england).payload
    assert isinstance(payload, ChartPayload)
    assert payload.categories[-1].startswith("Jul–Sep 2020")
    for place in range(len(payload.categories)):
        values = [grade.values[place] for grade in payload.series]
        assert sum(value or 0 for value in values) == 100


def test_a_quarter_with_a_suppressed_grade_has_no_bar_and_is_named(measurements: Measurements, england: Area) -> None:
    figures = [measurements.steps(metric, england, "quarter") for metric in NATIONAL]
    hidden = [last for last in figures[0] if any(steps[last].suppressed for steps in figures)]
    payload = grades_over_time(measurements, "national audits", NATIONAL, england).payload
    assert isinstance(payload, ChartPayload)
    assert hidden
    assert payload.subtitle.endswith("[c]")
    shown = {figure for grade in payload.series for figure in grade.measurements}
    assert shown.isdisjoint(steps[last].id for steps in figures for last in hidden)


def test_an_area_has_whole_quarters_or_else_the_period_s_grades_beside_the_nation_s(
    measurements: Measurements, england: Area
) -> None:
    for place in measurements.parts_of(england, "area"):
        payload = grades_over_time(measurements, "national audits", NATIONAL, place).payload
        assert isinstance(payload, ChartPayload)
        figures = [measurements.steps(metric, place, "quarter") for metric in NATIONAL]
        whole = [last for last in figures[0] if all(steps[last].value is not None for steps in figures)]
        if whole:
            assert {category[:2] for category in payload.categories} == {"Q2"}
            assert None not in [value for grade in payload.series for value in grade.values]
        else:
            assert payload == grades(measurements, {"national audits": NATIONAL}, place).payload
            assert payload.title.split()[0] != "of"


def test_an_area_s_grades_stand_beside_those_of_the_nation(measurements: Measurements, england: Area) -> None:
    place = measurements.parts_of(england, "area")[0]
    payload = grades(measurements, {"national audits": NATIONAL}, place).payload
    assert isinstance(payload, ChartPayload)
    assert payload.categories[-1].startswith("National audits in England")


def test_grades_that_are_not_a_square_are_refused(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="as many counts as there are grades"):
        agreement(measurements, {"Good": ("moderated_good_good", "moderated_good_met")}, england)


def test_every_cell_is_the_measured_count(measurements: Measurements, england: Area) -> None:
    payload = agreement(measurements, TWO, england).payload
    assert isinstance(payload, TablePayload)
    shown = [[cell.text for cell in row[1:]] for row in payload.sections[0].rows]
    assert shown == [[measurements.one(metric, england).shown for metric in row] for row in TWO.values()]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([[20, 5], [10, 15]], "Moderators kept 70% of first grades; agreement beyond chance is 0.40 (kappa)"),
        ([[2, 1], [0, 3]], "Moderators kept 5 of 6 first grades; agreement beyond chance is 0.67 (kappa)"),
        ([[40, 0], [0, 0]], "Moderators kept 100% of first grades"),
        ([[0, 0], [0, 0]], "No audits were moderated in the period"),
        ([[20, None], [10, 15]], "How moderators agree with first grades: some counts are too small to be shown"),
    ],
)
def test_what_moderators_kept_is_said_with_the_agreement_beyond_chance(
    counts: list[list[int | None]], said: str
) -> None:
    assert summary(counts) == said


def test_without_audits_nothing_is_claimed() -> None:
    payload = agreement(series({}), TWO, ENGLAND).payload
    assert isinstance(payload, TablePayload)
    assert payload.title == "No audits were moderated in the period"
