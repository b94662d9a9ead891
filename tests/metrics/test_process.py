"""What processes do is decided in one place, and said in words that a board can read aloud."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.errors import CatalogueError, PackError
from cafcass_reports.metrics.process import process
from cafcass_reports.metrics.standards import Standards, check_rebases, check_targets
from cafcass_reports.statistics.spc import Assurance, SpecialCause, Variation, xmr

from .processes import A1, CATALOGUE, ENGLAND, HIDDEN, MONTHS, TENTHS, aim, rebase, series

STEADY = [13, 15, 12, 14, 13, 15, 12, 14, 13, 15, 12, 14, 13]
SERIES = st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=40)), min_size=1, max_size=MONTHS)


def test_limits_and_special_causes_are_those_of_the_method_on_exact_values() -> None:
    values = [*STEADY, 40]
    found = process(series({"kpi_2": values}), "kpi_2", ENGLAND, months=14)
    assert found.xmr == xmr([value / TENTHS for value in values])
    assert [point and point.special_cause for point in found.points][-1] is SpecialCause.OUTSIDE_LIMITS


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (STEADY, "varied no more than usual"),
        ([*[14, 12] * 9, 18, 14, 18], "stood near the top of the expected range"),
        ([*STEADY, 40], "stood above the expected range"),
        ([*STEADY, 0], "stood below the expected range"),
        ([*STEADY, 9, 10, 11, 12, 13, 14, 15, 16], "rose over eight months in a row"),
        ([*STEADY, *[12] * 7], "stood below average for seven months"),
    ],
)
def test_the_headline_says_what_the_latest_month_does(values: list[int], said: str) -> None:
    found = process(series({"kpi_2": values}), "kpi_2", ENGLAND, months=len(values))
    assert found.headline == f"Working days to allocate care applications {said}"


def test_a_better_way_turns_the_same_rise_into_concern_or_improvement() -> None:
    rise = [*STEADY, 40]
    measured = series({"kpi_2": rise, "kpi_1": [value // 5 for value in rise], "public_demand": rise})
    assert process(measured, "kpi_2", ENGLAND, 14).variation is Variation.CONCERN
    assert process(measured, "kpi_1", ENGLAND, 14).variation is Variation.IMPROVEMENT
    assert process(measured, "public_demand", ENGLAND, 14).variation is Variation.NEITHER


def test_limits_start_again_in_the_month_that_the_pack_names_with_its_reason() -> None:
    values = [*[13, 15] * 12, *[33, 35] * 4]
    standards = Standards(rebases=(rebase("kpi_2", date(2020, 4, 1)), rebase("kpi_1", date(2020, 4, 1))))
    found = process(series({"kpi_2": values}, standards), "kpi_2", ENGLAND)
    assert [segment.start for segment in found.segments] == [0, 24]
    assert found.figures[24].when.label == "April 2020"
    assert found.variation is Variation.COMMON_CAUSE
    assert "Limits start again in April 2020: first lockdown." in found.notes
    assert "Limits from 8 months are provisional: 13 or more make them firm." in found.notes


def test_a_stock_starts_again_on_the_first_day_of_the_month_named() -> None:
    standards = Standards(rebases=(rebase("public_open", date(2020, 4, 1)),))
    found = process(series({"public_open": [*[130, 150] * 12, *[330, 350] * 4]}, standards), "public_open", ENGLAND)
    assert found.figures[found.span(found.segments[1])[0]].when.label == "1 April 2020"


def test_a_rebase_before_the_months_shown_starts_no_segment() -> None:
    standards = Standards(rebases=(rebase("kpi_2", date(2018, 6, 1)), rebase("kpi_2", date(2021, 6, 1))))
    found = process(series({"kpi_2": STEADY}, standards), "kpi_2", ENGLAND, months=13)
    assert (len(found.segments), found.rebases) == (1, ())


def test_missing_months_are_left_out_of_the_limits_and_said() -> None:
    gappy = [*STEADY[:5], None, *STEADY[5:], None]
    found = process(series({"kpi_2": gappy}), "kpi_2", ENGLAND, months=len(gappy))
    assert found.xmr == xmr([value / TENTHS for value in STEADY])
    assert [point is None for point in found.points] == [value is None for value in gappy]
    assert "2 months without a figure are left out." in found.notes
    assert "The latest figure is that of October 2020." in found.notes


def test_a_suppressed_month_is_left_out_and_told_by_its_mark_alone() -> None:
    hidden = [*STEADY[:5], HIDDEN, *STEADY[5:]]
    found = process(series({"kpi_2": hidden}), "kpi_2", ENGLAND, months=len(hidden))
    assert found.figures[5].shown == "[c]"
    assert found.xmr == xmr([value / TENTHS for value in STEADY])
    assert any(note.startswith("[c]: suppressed") for note in found.notes)


def test_a_process_without_a_figure_says_so() -> None:
    found = process(series({"kpi_2": STEADY}), "kpi_2", A1)
    assert (found.variation, found.assurance, found.latest) == (None, None, None)
    assert found.sentence == "Working days to allocate care applications: no figure for A1"


@pytest.mark.parametrize(
    ("target", "assured", "said"),
    [
        (4, Assurance.PASS, "expected to meet the illustrative target of 4 working days"),
        (0.5, Assurance.FAIL, "expected to miss the illustrative target of 0.5 working days"),
        (1.3, Assurance.INCONSISTENT, "may meet or miss the illustrative target of 1.3 working days"),
    ],
)
def test_assurance_is_held_against_the_target_and_says_that_it_is_illustrative(
    target: float, assured: Assurance, said: str
) -> None:
    measured = series({"kpi_2": STEADY}, Standards({"kpi_2": aim(target)}))
    found = process(measured, "kpi_2", ENGLAND, months=13)
    assert found.assurance is assured
    assert found.sentence.endswith(said)


def test_an_agreed_target_is_not_called_illustrative() -> None:
    measured = series({"kpi_2": STEADY}, Standards({"kpi_2": aim(4, illustrative=False)}))
    assert "illustrative" not in process(measured, "kpi_2", ENGLAND).spoken


def test_a_target_that_is_not_in_force_yet_assures_nothing() -> None:
    measured = series({"kpi_2": STEADY}, Standards({"kpi_2": aim(4, from_=date(2021, 4, 1))}))
    found = process(measured, "kpi_2", ENGLAND)
    assert (found.target, found.assurance) == (None, None)


@given(SERIES, st.sampled_from([None, 1.3]), st.sampled_from(["kpi_2", "kpi_1", "public_demand"]))
def test_whatever_the_series_its_words_follow_its_marks(
    values: list[int | None], target: float | None, metric: str
) -> None:
    standards = Standards({} if target is None or metric == "public_demand" else {metric: aim(target)})
    found = process(series({metric: values}, standards), metric, ENGLAND, months=len(values))
    known = [value for value in values if value is not None]
    # Without any record an area's count is none, and a mean is missing.
    assert (found.variation is None) == (not found.known)
    if found.xmr is None:
        return
    latest = found.xmr.points[-1]
    assert (latest.special_cause is SpecialCause.NONE) == ("varied no more than usual" in found.sentence)
    assert (found.variation is Variation.COMMON_CAUSE) == (found.direction == 0)
    assert found.spoken.startswith(found.sentence)
    assert ("provisional" in found.spoken) == any(segment.short for segment in found.segments)
    assert (found.assurance is None) == ("target" not in found.sentence)
    assert len(found.known) >= len(known)


def test_what_has_no_months_has_no_chart() -> None:
    with pytest.raises(CatalogueError, match="not measured month by month"):
        process(series({"kpi_2": STEADY}), "children_worked_with", ENGLAND)


def test_targets_of_counts_and_unknown_metrics_are_refused() -> None:
    check_targets({"kpi_2": aim(2)}, CATALOGUE, PackError)
    with pytest.raises(PackError, match="Nearest: kpi_2"):
        check_targets({"kpi_22": aim(2)}, CATALOGUE, PackError)
    with pytest.raises(PackError, match="a count"):
        check_targets({"open_cases": aim(2)}, CATALOGUE, PackError)


def test_a_rebase_of_an_unknown_metric_or_given_twice_is_refused() -> None:
    month = date(2020, 4, 1)
    with pytest.raises(PackError, match="no metric 'kpi_22'"):
        check_rebases([rebase("kpi_22", month)], CATALOGUE, PackError)
    with pytest.raises(PackError, match="April 2020 twice"):
        check_rebases([rebase("kpi_2", month), rebase("kpi_2", month)], CATALOGUE, PackError)
