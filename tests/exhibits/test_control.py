"""Control charts and the matrix: the payload, the drawing and the words are those of the one rule engine."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.errors import CatalogueError, CommentaryError
from cafcass_reports.exhibits.commentary import commentary
from cafcass_reports.exhibits.control import spc
from cafcass_reports.exhibits.control_drawing import draw
from cafcass_reports.exhibits.matrix import matrix
from cafcass_reports.exhibits.payload import CommentaryPayload, ControlPayload, SeriesRole, TablePayload
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.process import process
from cafcass_reports.metrics.standards import Standards
from cafcass_reports.statistics.spc import SpecialCause, Variation
from tests.metrics.processes import A1, A2, ENGLAND, HIDDEN, MONTHS, aim, rebase, series

STEADY = [13, 15, 12, 14, 13, 15, 12, 14, 13, 15, 12, 14, 13]
STANDARDS = Standards({"kpi_2": aim(2)}, (rebase("kpi_2", date(2020, 4, 1)),))
STEP = [*[13, 15] * 12, *[18, 19] * 3, 18, 40]


def chart(measurements: Measurements, *metrics: str, months: int = 36) -> ControlPayload:
    payload = spc(measurements, metrics or ["kpi_2"], ENGLAND, months).payload
    assert isinstance(payload, ControlPayload)
    return payload


def test_the_lines_of_a_chart_are_figures_means_limits_and_target() -> None:
    measured = series({"kpi_2": STEP}, STANDARDS)
    found = process(measured, "kpi_2", ENGLAND)
    (drawn,) = chart(measured).charts
    assert drawn.lines.series[0].values == tuple(value / 10 for value in STEP)
    means = [line for line in drawn.lines.series if line.role is SeriesRole.MEAN]
    assert [line.values[10] for line in means] == [found.segments[0].mean, None]
    assert [line.values[-1] for line in means] == [None, found.segments[1].mean]
    assert [line.name for line in means] == ["Mean to Mar 20", "Mean"]
    limits = [line.values[-1] for line in drawn.lines.series if line.role is SeriesRole.LIMIT]
    assert limits == [None, None, found.segments[1].upper, found.segments[1].lower]
    assert [line.name for line in drawn.lines.series if line.role is SeriesRole.TARGET] == ["Illustrative target"]


def test_a_rebase_stands_on_the_chart_with_its_date_and_reason_and_in_its_note() -> None:
    payload = chart(series({"kpi_2": STEP}, STANDARDS))
    assert [(each.at, each.label) for each in payload.charts[0].breaks] == [(24, "Apr 2020: first lockdown")]
    assert "Limits start again in April 2020: first lockdown." in payload.note
    assert "The target is illustrative: nobody has agreed it." in payload.note
    assert payload.note in payload.alt


def test_a_long_name_above_one_of_several_charts_goes_on_in_a_second_line() -> None:
    payload = chart(series({"kpi_2": STEP}, STANDARDS))
    (one,) = payload.charts
    name = "Working days lost to sickness for each social worker"
    first = one.lines.series[0].model_copy(update={"name": name})
    long = one.model_copy(update={"lines": one.lines.model_copy(update={"series": (first, *one.lines.series[1:])})})

    drawn = draw(payload.model_copy(update={"charts": (long, one)}))

    assert name not in drawn  # matplotlib says each line of a text in a comment beside its outlines
    assert {f"<!-- {line} -->" in drawn for line in ("Working days lost to sickness for each", "social worker")} == {
        True
    }


def test_the_alternative_text_says_what_the_eye_sees() -> None:
    alt = chart(series({"kpi_2": STEP}, STANDARDS)).alt
    assert "from 1.3 (April 2018) to 4.0 (November 2020); lowest 1.3 (April 2018), highest 4.0 (November 2020)" in alt
    assert "concern November 2020" in alt
    assert "may meet or miss the illustrative target of 2 working days" in alt


def test_change_on_last_year_stays_beside_the_chart() -> None:
    payload = chart(series({"public_open": [*[1300, 1500] * 16, 1600]}), "public_open")
    assert payload.subtitle.endswith("1 December 2020 1,600, +23.1% on last year")


def test_the_title_names_which_of_several_processes_give_concern() -> None:
    payload = chart(series({"kpi_2": STEP, "kpi_1": [9, 8] * 16}), "kpi_2", "kpi_1", months=24)
    assert payload.title == "1 of 2 measures gives concern: working days to allocate care applications"
    assert len(payload.charts) == len(payload.measurements) == 2


def test_a_stock_that_only_rises_has_no_steady_level_and_says_so() -> None:
    measured = series({"kpi_2": list(range(10, 42)), "kpi_1": [9, 8] * 16})
    assert any("no steady level" in note for note in process(measured, "kpi_2", ENGLAND).notes)
    assert not any("no steady level" in note for note in process(measured, "kpi_1", ENGLAND).notes)
    rising = matrix_of(series({"kpi_2": {ENGLAND: STEADY, A1: list(range(10, 42)), A2: STEADY}}), "kpi_2")
    assert "concern" not in rising.title


def test_a_verdict_on_few_months_is_provisional() -> None:
    few = process(series({"kpi_2": [13, 15] * 4}, STANDARDS), "kpi_2", ENGLAND)
    many = process(series({"kpi_2": [13, 15] * 16}, Standards({"kpi_2": aim(2)}, ())), "kpi_2", ENGLAND)
    assert "provisionally expected to meet" in few.sentence
    assert "provisionally" not in many.sentence


def test_the_drawing_is_an_svg_the_same_each_time() -> None:
    measured = series({"kpi_2": STEP, "kpi_1": [9, 8] * 16}, STANDARDS)
    first, again = (spc(measured, ["kpi_2", "kpi_1"], ENGLAND, 36).svg for _ in range(2))
    assert first is not None
    assert first == again
    assert ET.fromstring(first).tag.endswith("svg")


@pytest.mark.parametrize("metrics", [[], ["kpi_1", "kpi_1"], ["kpi_1", "kpi_2", "kpi_3", "kpi_4", "open_cases"]])
def test_one_to_four_metrics_go_on_control_charts(metrics: list[str]) -> None:
    with pytest.raises(CatalogueError, match="1 to 4 metrics, each once"):
        spc(series({"kpi_2": STEADY}), metrics, ENGLAND, 24)


def test_a_chart_without_any_figure_is_refused_with_a_way_out() -> None:
    with pytest.raises(CatalogueError, match="Leave it out"):
        spc(series({"kpi_2": STEADY}), ["kpi_2"], A1, 24)


def matrix_of(measurements: Measurements, *metrics: str, months: int = 36) -> TablePayload:
    payload = matrix(measurements, metrics, ENGLAND, by="area", months=months).payload
    assert isinstance(payload, TablePayload)
    return payload


def test_the_matrix_has_a_row_for_the_whole_and_each_part_and_a_column_for_each_metric() -> None:
    payload = matrix_of(series({"kpi_2": {ENGLAND: STEADY, A1: STEP, A2: STEADY}}, STANDARDS), "kpi_2", "kpi_1")
    rows = payload.sections[0].rows
    assert [row[0].text for row in rows] == ["England", "A1", "A2"]
    assert [column.row_header for column in payload.columns] == [True, False, False]
    signal = rows[1][1].signal
    assert signal is not None
    assert (signal.short, rows[1][1].text) == ("▲ worse", "4.0")
    assert {row[2].text for row in rows} == {"no figure"}
    assert payload.title == "Working days to allocate care applications: worse in 1 of 2 areas"


def test_the_matrix_is_heard_in_whole_words() -> None:
    payload = matrix_of(series({"kpi_2": {ENGLAND: STEADY, A1: STEP}}, STANDARDS), "kpi_2")
    said = "A1: working days to allocate care applications 4.0, concern, upwards, may meet or miss its target."
    assert said in payload.alt
    assert "Illustrative targets, agreed by nobody: working days to allocate care applications 2." in payload.note
    assert "limits start again in April 2020, first lockdown" in payload.note


def test_a_suppressed_latest_month_bears_its_mark_and_no_icon() -> None:
    payload = matrix_of(series({"kpi_2": {ENGLAND: STEADY, A1: [*STEADY, HIDDEN]}}), "kpi_2")
    cell = payload.sections[0].rows[1][1]
    assert (cell.text, cell.signal) == ("[c]", None)
    assert "A1: working days to allocate care applications suppressed." in payload.alt
    assert "[c]: suppressed" in payload.note


def test_a_matrix_of_parts_that_are_not_there_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no team within it"):
        matrix(series({"kpi_2": STEADY}), ["kpi_2"], ENGLAND, by="team", months=24)


@given(
    st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=30)), min_size=1, max_size=MONTHS),
    st.sampled_from([None, 0.9, 1.5]),
    st.booleans(),
)
@settings(max_examples=8, deadline=None)
def test_chart_matrix_headline_alt_and_sentence_agree_for_any_series(
    values: list[int | None], target: float | None, rebased: bool
) -> None:
    values = [*values, 10]
    standards = Standards(
        {} if target is None else {"kpi_2": aim(target)},
        (rebase("kpi_2", date(2020, 4, 1)),) if rebased else (),
    )
    measured = series({"kpi_2": {ENGLAND: values[-MONTHS:], A1: values[-MONTHS:]}}, standards)
    found = process(measured, "kpi_2", ENGLAND)
    payload = chart(measured)
    (drawn,) = payload.charts
    cell = matrix_of(measured, "kpi_2").sections[0].rows[0][1]
    assert cell.signal == drawn.signal
    assert (drawn.signal.variation, drawn.signal.assurance) == (found.variation, found.assurance)
    assert payload.title == found.headline
    assert found.sentence in payload.alt
    assert drawn.lines.series[0].labels[-1] == cell.text
    special = [point is not None and point.special_cause is not SpecialCause.NONE for point in found.points]
    assert [means is not None for means in drawn.meanings] == special
    assert (drawn.meanings[-1] or Variation.COMMON_CAUSE) is found.variation
    assert (drawn.signal.words == "Usual variation") == ("varied no more than usual" in payload.title)
    for words in ("expected to meet", "expected to miss", "may meet or miss"):
        assert (words in found.sentence) == (words in drawn.signal.assured.lower())


def test_commentary_says_the_sentence_of_the_process(tmp_path: Path) -> None:
    file = tmp_path / "more.md"
    file.write_text("---\nowner: Head\ndate: 2021-01-11\n---\n{{ kpi_2.process }}.\n", encoding="utf-8")
    measured = series({"kpi_2": STEP}, STANDARDS)
    payload = commentary(measured, file, ENGLAND).payload
    assert isinstance(payload, CommentaryPayload)
    assert payload.markdown == f"{process(measured, 'kpi_2', ENGLAND).sentence}."
    assert [shown.period for shown in payload.measurements] == ["November 2020"]


def test_commentary_cannot_ask_what_a_metric_without_months_does(tmp_path: Path) -> None:
    file = tmp_path / "more.md"
    file.write_text("---\nowner: Head\ndate: 2021-01-11\n---\n{{ children_worked_with.process }}\n", encoding="utf-8")
    with pytest.raises(CommentaryError, match=r"line 5: .*not measured month by month"):
        commentary(series({}), file, ENGLAND)


def test_the_matrix_says_what_is_worse_everywhere_and_what_in_some_parts() -> None:
    worse = {ENGLAND: STEADY, A1: STEP, A2: STEP}
    everywhere = series({"kpi_2": worse})
    assert matrix_of(everywhere, "kpi_2").title == "1 of 1 measures is worse in every area"
    usual = [100, 110, 104] * 11  # in every month: a count of none is 0
    both = series({"kpi_2": worse, "public_open": {ENGLAND: usual, A1: usual, A2: [*usual[:-1], 330]}})
    assert matrix_of(both, "kpi_2", "public_open").title == (
        "1 of 2 measures is worse in every area; open public law cases in 1 of 2"
    )


def test_a_note_that_several_charts_share_is_said_once() -> None:
    climbing = [100 + 5 * month for month in range(24)]
    payload = chart(series({"public_open": climbing, "private_open": climbing}), "public_open", "private_open")
    assert payload.note.count("no steady level") == 1
    assert payload.note.startswith("Open public law cases and open private law cases: ")


def test_a_limit_below_zero_is_explained_where_no_figure_can_be() -> None:
    payload = chart(series({"kpi_2": [1, 30, 2, 28, 1, 31, 3, 29, 2, 30, 1, 32, 2]}))
    assert "A limit below zero is a calculation, which no month can reach." in payload.note
    assert "below zero" not in chart(series({"kpi_2": STEADY})).note
