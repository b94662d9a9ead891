"""What needs attention, by rule: special causes, targets, large changes; and what does not."""

from __future__ import annotations

from cafcass_reports.metrics.attention import Rule, attention, interval
from cafcass_reports.metrics.standards import Standards
from tests.exhibits.figures import figure
from tests.metrics.processes import A1, ENGLAND, MONTHS, aim, series

SNAPSHOTS = MONTHS + 1  # the first of each month, and the day after the last
STEADY = ([100, 102, 98, 101, 99] * 7)[:SNAPSHOTS]


def rules(metric: str, values: list[int], standards: Standards | None = None) -> list[Rule]:
    told = series({metric: values}, standards or Standards())
    return [reason.rule for reason in attention(told, metric, ENGLAND).reasons]


def test_a_figure_that_varies_as_usual_needs_none() -> None:
    assert rules("public_open", STEADY) == []


def test_a_special_cause_of_concern_needs_attention_and_says_which_month() -> None:
    told = series({"public_open": [*STEADY[:-1], 130]})
    (first, *_) = attention(told, "public_open", ENGLAND).reasons
    assert first.rule is Rule.SPECIAL_CAUSE
    assert first.said.startswith("Stood above the expected range (")
    assert "130" in first.said


def test_a_special_cause_for_the_better_does_not() -> None:
    assert Rule.SPECIAL_CAUSE not in rules("public_open", [*STEADY[:-1], 60])


def test_a_target_that_cannot_be_met_is_missed_and_said_to_be_illustrative() -> None:
    told = series({"public_open": STEADY}, Standards({"public_open": aim(50)}))
    (reason,) = attention(told, "public_open", ENGLAND).reasons
    assert reason.rule is Rule.MISSES_TARGET
    assert "illustrative target of 50" in reason.said


def test_a_target_within_reach_of_chance_is_only_beyond() -> None:
    assert rules("public_open", STEADY, Standards({"public_open": aim(97)})) == [Rule.BEYOND_TARGET]


def test_a_large_rise_of_what_should_fall_is_a_concern_and_a_large_fall_is_not() -> None:
    rise = [100] * (SNAPSHOTS - 12) + [100, 115] * 6
    fall = [100] * (SNAPSHOTS - 12) + [100, 85] * 6
    assert Rule.LARGE_CHANGE in rules("public_open", rise)
    assert rules("public_open", fall) == []


def test_a_change_of_few_is_no_large_one() -> None:
    assert rules("public_open", [10] * (SNAPSHOTS - 12) + [10, 14] * 6) == []


def test_an_area_without_a_figure_needs_no_attention() -> None:
    told = series({"public_open": {ENGLAND: STEADY, A1: [None] * SNAPSHOTS}})
    assert attention(told, "public_open", A1).reasons == ()


def test_only_a_share_of_counted_numbers_has_an_interval() -> None:
    low, high = interval(figure("kpi_1", 9, 9, of=10)) or (0, 0)
    assert (round(float(low), 1), round(float(high), 1)) == (59.6, 98.2)
    assert interval(figure("public_open", 9, 9)) is None
    assert interval(figure("kpi_2", 9, 9, of=10)) is None
