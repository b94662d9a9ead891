"""Headlines: titles that say what the figures say, and never more."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.exhibits import headlines
from cafcass_reports.periods import Snapshot
from tests.exhibits.figures import METRICS, figure

counts = st.none() | st.integers(0, 30_000)
compared = st.sampled_from(
    [m for m in METRICS if METRICS[m].kind.value in ("count", "distinct") and not METRICS[m].weekly]
)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (120, 100, "open cases rose by 20.0% in a year"),
        (80, 100, "open cases fell by 20.0% in a year"),
        (100, 100, "open cases held level in the year at 100"),
        (10_000, 10_001, "open cases held level in the year at 10,000"),
        (100, None, "open cases: 100"),
        (100, 0, "open cases rose by 100 in a year"),
        (3, 4, "open cases fell by 1 in a year"),
        (None, 100, "open cases: no figure for England"),
    ],
)
def test_a_figure_s_move_is_said_in_words(now: int | None, before: int | None, said: str) -> None:
    assert headlines.moved(figure("open_cases", now, before)) == said


@pytest.mark.parametrize(
    ("now", "before", "said"), [(120, 100, "up 20.0%"), (80, 100, "down 20.0%"), (100, 100, "level"), (1, None, "")]
)
def test_a_movement_has_a_word_instead_of_a_sign(now: int, before: int | None, said: str) -> None:
    assert headlines.movement(figure("open_cases", now, before)) == said


def test_a_share_moves_in_points() -> None:
    assert headlines.movement(figure("audits_good_or_better", 61, 64, of=100)) == "down 3.0 points"


def test_the_scorecard_s_headline_is_its_largest_concern() -> None:
    rows = [
        figure("open_cases", 110, 100),
        figure("private_open", 130, 100),
        figure("social_work_fte", 30_000, 10_000),
        figure("public_demand", 900, 100),
    ]
    assert headlines.scorecard(rows, 4) == "Open private law cases rose by 30.0% in a year"


def test_without_a_concern_the_largest_improvement_is_the_headline() -> None:
    rows = [figure("open_cases", 99, 100), figure("private_open", 50, 100), figure("public_demand", 900, 100)]
    assert headlines.scorecard(rows, 3) == "Open private law cases fell by 50.0% in a year"


def test_without_concern_or_improvement_the_headline_counts_the_measures() -> None:
    level = [figure("open_cases", 100, 100), figure("public_demand", 900, 100)]
    assert headlines.scorecard(level, 7) == "7 measures, none better or worse than a year before"
    assert headlines.scorecard([], 5) == "5 measures, none with a change to report"


def test_changes_on_small_bases_are_counted_and_not_denied() -> None:
    few = [figure("open_cases", 12, 10), figure("private_open", 20, 40), figure("public_demand", 3, 2)]
    assert headlines.scorecard(few, 10) == "Of 10 measures 1 got worse and 1 improved, on small numbers"


def test_a_trend_s_headline_names_the_larger_move_first_and_a_shared_verb_once() -> None:
    rows = [figure("public_open", 110, 100), figure("private_open", 130, 100)]
    assert headlines.trend(rows) == "Open cases rose in a year: private law by 30.0%, public law by 10.0%"


def test_a_trend_s_headline_says_each_verb_where_they_differ() -> None:
    rows = [figure("public_open", 90, 100), figure("private_open", 130, 100)]
    assert headlines.trend(rows) == (
        "Open private law cases rose by 30.0% in a year; open public law cases fell by 10.0%"
    )


def test_a_flow_s_trend_names_the_month_as_the_year_so_far_may_have_moved_otherwise() -> None:
    rows = [figure("public_demand", 90, 100), figure("private_demand", 130, 100)]
    said = headlines.trend(rows)
    assert said == (
        "In April to November 2020 new private law cases rose by 30.0% on a year before; "
        "new public law cases fell by 10.0%"
    )


def test_a_trend_without_a_year_before_says_where_its_line_begins_and_ends() -> None:
    first, last = figure("open_cases", 55, None), figure("open_cases", 81, None)
    begun = dataclasses.replace(first, when=Snapshot(date(2020, 4, 1)))
    assert headlines.trend([last], [begun]) == "Open cases rose from 55 to 81"
    assert headlines.trend([first], [dataclasses.replace(last, when=begun.when)]) == "Open cases fell from 81 to 55"
    assert headlines.trend([last], [last]) == "Open cases: 81"


def test_series_that_are_level_share_no_verb() -> None:
    said = headlines.trend([figure("public_open", 100, 100), figure("private_open", 50, 50)])
    assert said == "Open public law cases held level in the year at 100; open private law cases held level at 50"


def true_direction(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return "is"
    return "rose" if now > before else "fell" if now < before else "held level"


@given(compared, counts, counts)
def test_a_headline_never_claims_a_direction_that_the_figures_do_not_have(
    metric: str, now: int | None, before: int | None
) -> None:
    said = headlines.moved(figure(metric, now, before))
    if now is None:
        assert said.endswith(": no figure for England")
        return
    claimed = next((word for word in ("rose", "fell", "held level") if f" {word} " in said), "is")
    assert claimed in (true_direction(now, before), "held level")
    if claimed == "held level":
        assert before is not None
        assert abs(now - before) * 1000 < max(before, 1), "a move that would be shown is not level"


@given(
    st.lists(st.tuples(compared, counts, counts), min_size=1, max_size=4, unique_by=lambda row: METRICS[row[0]].phrase)
)
def test_every_verb_of_a_trend_belongs_to_its_series(rows: list[tuple[str, int | None, int | None]]) -> None:
    said = headlines.trend([figure(*row) for row in rows]).lower()
    said = re.sub("^in (april to )?november 2020 ", "", said).replace(" on a year before", " in a year")
    if " in a year: " in said:
        claimed = "rose" if " rose in a year: " in said else "fell"
        assert {true_direction(now, before) for _, now, before in rows} == {claimed}
        return
    phrases = {METRICS[metric].phrase.lower(): (now, before) for metric, now, before in rows}
    parts = said.split("; ")
    assert len(parts) == len(rows)
    for part in parts:
        phrase = max((p for p in phrases if part.startswith((f"{p} ", f"{p}:"))), key=len)
        if phrases[phrase][0] is None:
            assert part == f"{phrase}: no figure for england"
            continue
        verb = part.removeprefix(phrase).lstrip(" ").split(" ")[0].replace("held", "held level").replace(":", "is")
        assert verb in (true_direction(*phrases[phrase]), "held level")


@given(st.lists(st.tuples(compared, counts, counts), max_size=6))
def test_a_scorecard_s_headline_is_true_of_one_of_its_rows(rows: list[tuple[str, int | None, int | None]]) -> None:
    found = [figure(*row) for row in rows]
    said = headlines.scorecard(found, len(found))
    # Percentages of small bases are not worth a headline.
    found = [row for row, (_, _, before) in zip(found, rows, strict=True) if (before or 0) >= headlines.NOTABLE]
    if "on small numbers" in said:
        assert all(row.improved is None for row in found)
    elif "measures, none" not in said and "measure, none" not in said:
        assert said in {headlines.sentence(headlines.moved(row)) for row in found if row.improved is not None}
        if any(row.improved is False for row in found):
            assert said in {headlines.sentence(headlines.moved(row)) for row in found if row.improved is False}
    else:
        assert all(row.improved is None for row in found)
