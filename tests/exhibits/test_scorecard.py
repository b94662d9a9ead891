"""Scorecards: what each cell says, in word, arrow and tone."""

from __future__ import annotations

import pytest

from cafcass_reports.exhibits.payload import Cell, TablePayload, Tone
from cafcass_reports.exhibits.scorecard import Row, scorecard
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from tests.exhibits.figures import figure


def table(measurements: Measurements, *rows: Row) -> TablePayload:
    payload = scorecard(measurements, [("Service", list(rows))]).payload
    assert isinstance(payload, TablePayload)
    return payload


def cells(measurements: Measurements, row: Row) -> tuple[Cell, ...]:
    """The row's cells, beside another row that has a change."""
    return table(measurements, row, Row(figure("open_cases", 120, 100), shows_change=True)).sections[0].rows[0]


@pytest.mark.parametrize(
    ("metric", "now", "before", "text", "tone", "arrow"),
    [
        ("open_cases", 120, 100, "+20.0%", Tone.CONCERN, "up"),
        ("open_cases", 80, 100, "−20.0%", Tone.IMPROVEMENT, "down"),
        ("open_cases", 100, 100, "0.0%", Tone.NEUTRAL, "level"),
        ("public_demand", 120, 100, "+20.0%", Tone.NEUTRAL, "up"),
        ("social_work_fte", 12_000, 10_000, "+20.0%", Tone.IMPROVEMENT, "up"),
        ("open_cases", 100, 0, "+100 cases", Tone.CONCERN, "up"),
        ("open_cases", 100, None, "", None, None),
    ],
)
def test_a_change_is_shown_by_number_arrow_and_meaning(
    measurements: Measurements,
    metric: str,
    now: int,
    before: int | None,
    text: str,
    tone: Tone | None,
    arrow: str | None,
) -> None:
    change = cells(measurements, Row(figure(metric, now, before), shows_change=True))[2]
    assert (change.text, change.tone, change.arrow) == (text, tone, arrow)


def test_a_measure_without_change_has_an_empty_cell_beside_those_with_one(measurements: Measurements) -> None:
    row = cells(measurements, Row(figure("social_work_fte", 12_000, 10_000), shows_change=False))
    assert row[2] == Cell(text="")


def test_a_scorecard_without_any_change_has_no_column_for_it(measurements: Measurements) -> None:
    found = table(measurements, Row(figure("open_cases", 120, 100), shows_change=False))
    assert [column.label for column in found.columns][1:] == ["April to November 2020"]
    assert len(found.sections[0].rows[0]) == 2
    assert "change" not in (found.subtitle + found.note).lower()
    assert "on last year" not in found.alt
    assert found.title == "1 measure, none with a change to report"


def test_a_snapshot_is_marked_and_a_period_is_not(measurements: Measurements, england: Area) -> None:
    stock = cells(measurements, Row(measurements.one("open_cases", england), True))
    flow = cells(measurements, Row(measurements.one("private_demand", england), True))
    assert stock[0].text.endswith("*")
    assert not flow[0].text.endswith("*")
    assert "* Snapshot on 1 December 2020" in table(measurements, Row(figure("open_cases", 1, 1), True)).note


def test_a_missing_figure_is_said_to_be_missing(measurements: Measurements) -> None:
    row = cells(measurements, Row(figure("open_cases", None, 100), shows_change=True))
    assert (row[1].text, row[1].value, row[2].text) == ("not available", None, "")


def test_a_reader_who_cannot_see_it_hears_every_measure(measurements: Measurements, england: Area) -> None:
    ids = ["open_cases", "private_demand", "kpi_2", "social_work_fte"]
    found = table(measurements, *(Row(measurements.one(metric, england), True) for metric in ids))
    for row in found.sections[0].rows:
        assert f"{row[0].text.removesuffix('*')}: {row[1].text}" in found.alt
        assert row[2].text in found.alt


def test_cells_hold_the_numbers_that_their_texts_show(measurements: Measurements, england: Area) -> None:
    measured = measurements.one("open_cases", england)
    row = cells(measurements, Row(measured, True))
    assert row[1].value == measured.numerator
    assert row[2].value == pytest.approx(float(measured.change or 0))


def test_sections_keep_their_titles_and_order(measurements: Measurements) -> None:
    row = Row(figure("open_cases", 1, 1), True)
    payload = scorecard(measurements, [("People", [row]), ("Service", [row, row])]).payload
    assert isinstance(payload, TablePayload)
    assert [(section.title, len(section.rows)) for section in payload.sections] == [("People", 1), ("Service", 2)]
    assert len(payload.measurements) == 3


def test_html_and_text_say_the_meaning_beside_the_arrow(measurements: Measurements) -> None:
    shown = scorecard(measurements, [("A <b> & c", [Row(figure("open_cases", 120, 100), True)])])
    assert "▲ +20.0% concern" in shown.html
    assert "▲ +20.0% concern" in shown.text
    assert "A &lt;b&gt; &amp; c" in shown.html
