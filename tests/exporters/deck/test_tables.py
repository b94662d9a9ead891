from __future__ import annotations

from typing import Any

import pytest
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn, TablePayload, TableSection, Tone
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.cells import cell_text
from cafcass_reports.exporters.deck.tablefit import FIGURES, fit
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import TableBlock

from . import geometry, papers
from .papers import one_topic, opened, scorecard, tables, titles

BOX = Box(43, 120, 873, 330)


def shown(table: TablePayload) -> list[list[str]]:
    (native,) = tables(opened(one_topic(TableBlock(table))))
    return [[cell.text for cell in row.cells] for row in native.rows]


def test_a_table_is_native_with_its_header_sections_and_cells() -> None:
    rows = shown(scorecard(4))
    assert rows[0] == ["Measure", "Now", "Change"]
    assert rows[1] == ["Service", "", ""]
    assert rows[2] == ["Measure 0", "0", "concern ▲ 0.5 points"]
    assert rows[3] == ["Measure 1", "1,000", "improvement ▼ 1.5 points"]


def test_the_header_row_is_marked_and_no_cell_is_merged() -> None:
    (native,) = tables(opened(one_topic(TableBlock(scorecard()))))
    assert native.first_row
    assert not any(cell.is_merge_origin or cell.is_spanned for cell in native.iter_cells())


@pytest.mark.parametrize("tone", [Tone.IMPROVEMENT, Tone.CONCERN])
def test_a_change_says_its_meaning_in_a_word(tone: Tone) -> None:
    assert tone.value in cell_text(Cell(text="2%", tone=tone, arrow="up"))


def test_a_word_that_the_cell_has_already_is_not_said_twice() -> None:
    assert cell_text(Cell(text="2% improvement", tone=Tone.IMPROVEMENT, arrow="up")) == "▲ 2% improvement"


def test_the_number_of_a_change_is_bold_and_comes_last_after_its_word() -> None:
    (native,) = tables(opened(one_topic(TableBlock(scorecard(4)))))
    runs = native.rows[2].cells[2].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [("concern ", False), ("▲ 0.5 points", True)]
    assert not any(run.font.bold for run in native.rows[2].cells[1].text_frame.paragraphs[0].runs)


def test_an_empty_cell_among_changes_is_a_dash_and_elsewhere_stays_empty() -> None:
    table = scorecard(2)
    row = (Cell(text="Measure"), Cell(text=""), Cell(text=""))
    with_change = (*table.sections, TableSection(title="", rows=(row,)))
    assert shown(table.model_copy(update={"sections": with_change}))[-1] == ["Measure", "", "–"]
    assert shown(table.model_copy(update={"sections": with_change[-1:]}))[-1] == ["Measure", "", ""]


def test_tables_of_equal_weights_have_columns_of_equal_widths() -> None:
    short = scorecard(10)
    rows = tuple((Cell(text="A longer name of a measure " * 2), *row[1:]) for row in short.sections[0].rows)
    long = short.model_copy(update={"sections": (TableSection(title="", rows=rows),)})
    assert fit(short, BOX)[0].widths == fit(long, BOX)[0].widths


def test_ten_rows_in_two_sections_are_set_in_sixteen_points() -> None:
    (part,) = fit(scorecard(10), BOX)
    assert part.size == 16


def test_a_long_table_continues_with_its_header_and_loses_no_row() -> None:
    deck = opened(one_topic(TableBlock(scorecard(60))))
    native = tables(deck)
    assert len(native) > 1
    assert all([cell.text for cell in table.rows[0].cells] == ["Measure", "Now", "Change"] for table in native)
    first = [row.cells[0].text for table in native for row in table.rows]
    assert [name for name in first if name.startswith("Measure ")] == [f"Measure {n}" for n in range(60)]
    assert [title[-8:] for title in titles(deck)[1:]] == [f"({n} of {len(native)})" for n in range(1, len(native) + 1)]


def test_the_whole_stands_above_its_parts_on_every_slide() -> None:
    rows = tuple((Cell(text=f"A{at}"), Cell(text=str(at))) for at in range(60))
    table = TablePayload(
        title="Areas",
        subtitle="",
        alt="Areas.",
        source="",
        columns=(TableColumn(label="Area", row_header=True), TableColumn(label="Open", align="right")),
        sections=(TableSection(title="", rows=((Cell(text="England"), Cell(text="9")), *rows)),),
        whole_first=True,
    )
    parts = fit(table, Box(0, 0, 800, 300))
    assert len(parts) > 1
    assert {part.rows[0].cells[0].text for part in parts} == {"England"}
    assert [row.cells[0].text for part in parts for row in part.rows[1:]] == [f"A{at}" for at in range(60)]
    assert all(part.height <= 300 for part in parts)


def test_a_section_that_continues_says_so() -> None:
    headings = [row.heading for part in fit(scorecard(60), BOX) for row in part.rows if row.heading]
    assert any(heading.endswith("(continued)") for heading in headings)


@pytest.mark.parametrize("rows", [1, 10, 20, 45, 120])
def test_no_part_of_a_table_is_larger_than_its_box_or_smaller_than_twelve_points(rows: int) -> None:
    for part in fit(scorecard(rows), BOX):
        assert part.height <= BOX.height + 0.01
        assert sum(part.widths) <= BOX.width + 0.01
        assert part.size in (*FIGURES.large, *FIGURES.sizes)


def test_a_table_that_needs_two_slides_shares_its_rows_out_evenly() -> None:
    counts = [len(part.rows) for part in fit(scorecard(30), BOX)]
    assert max(counts) - min(counts) <= 3


def test_a_ragged_table_is_squared() -> None:
    ragged = TablePayload(
        title="t",
        subtitle="",
        alt="a",
        source="",
        columns=(TableColumn(label="One"),),
        sections=(TableSection(title="", rows=((Cell(text="a"), Cell(text="b")), (Cell(text="c"),))),),
    )
    assert shown(ragged) == [["One", ""], ["a", "b"], ["c", ""]]


def test_a_cell_of_a_thousand_words_is_cut_and_its_row_stays_on_the_slide() -> None:
    table = scorecard(2).model_copy(
        update={
            "sections": (TableSection(title="", rows=((Cell(text="word " * 1000), Cell(text=""), Cell(text="")),)),)
        }
    )
    (part,) = fit(table, BOX)
    assert part.height <= BOX.height
    assert part.rows[0].cells[0].text.endswith("…")


def test_declared_heights_hold_the_text_of_every_cell() -> None:
    deck = opened(one_topic(TableBlock(scorecard(10))))
    for table in tables(deck):
        for row in table.rows:
            size = max(run.font.size for cell in row.cells for p in cell.text_frame.paragraphs for run in p.runs)
            assert row.height >= size * 1.2 > Pt(12)


def test_numbers_are_aligned_right_and_words_left() -> None:
    (native,) = tables(opened(one_topic(TableBlock(papers.scorecard()))))
    row = native.rows[2]
    assert [cell.text_frame.paragraphs[0].alignment.name for cell in row.cells] == ["LEFT", "RIGHT", "RIGHT"]


def test_text_stands_beside_a_small_table_and_on_its_own_slide_after_a_large_one() -> None:
    small = opened(one_topic(TableBlock(scorecard(4)), papers.bullets("Why")))
    assert len(small.slides) == 2
    large = opened(one_topic(TableBlock(scorecard(40)), papers.bullets("Why")))
    assert "Why" in papers.words(large.slides[1])  # brief: above the first part
    assert len(large.slides) > 3
    long = opened(one_topic(TableBlock(scorecard(40)), papers.bullets(*["Why this is so"] * 8)))
    assert "Why" in papers.words(long.slides[-1])
    assert len(long.slides) == len(large.slides) + 1


def rows_of(deck: Any) -> list[list[Any]]:
    return [list(table.rows)[1:] for table in tables(deck)]


def test_a_status_is_a_shape_a_word_and_a_colour() -> None:
    deck = opened(one_topic(TableBlock(papers.tracker(len(Status)))))
    cells = [row.cells[1] for rows in rows_of(deck) for row in rows]
    look = theme.load().colour
    for cell, status in zip(cells, Status, strict=True):
        assert cell.text == f"{status.shape} {status}"
        (run,) = cell.text_frame.paragraphs[0].runs
        colours = {Tone.IMPROVEMENT: look.improvement, Tone.CONCERN: look.concern}
        if status.tone is Tone.NEUTRAL:
            assert run.font.color.theme_color == MSO_THEME_COLOR.TEXT_1
        else:
            assert f"#{run.font.color.rgb}" == colours[status.tone]


@pytest.mark.parametrize("count", range(1, 13))
def test_a_table_of_texts_is_legible_and_its_slides_share_the_rows_evenly(count: int) -> None:
    deck = opened(one_topic(TableBlock(papers.tracker(count))))
    geometry.assert_legible(deck)
    rows = rows_of(deck)
    assert [row.cells[0].text[-3:] for part in rows for row in part] == [f"({at})"[-3:] for at in range(1, count + 1)]
    assert max(map(len, rows)) <= 4
    assert max(map(len, rows)) - min(map(len, rows)) <= 1
    for native in tables(deck):
        assert [cell.text for cell in native.rows[0].cells] == ["Area", "Status", "What we found", "What we do"]
        assert {cell.vertical_anchor for row in list(native.rows)[1:] for cell in row.cells} == {MSO_ANCHOR.TOP}
        for row in native.rows:
            for cell, column in zip(row.cells, native.columns, strict=True):
                room = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
                (paragraph,) = cell.text_frame.paragraphs
                (run,) = paragraph.runs
                lines = textfit.count_lines(cell.text, run.font.size.pt, room, bool(run.font.bold))
                height = lines * run.font.size.pt * textfit.LINE + cell.margin_top.pt + cell.margin_bottom.pt
                assert height <= row.height.pt + 0.1


def test_columns_of_a_table_of_texts_are_of_one_width_on_all_its_slides_and_a_status_has_one_line() -> None:
    deck = opened(one_topic(TableBlock(papers.tracker(8))))
    assert len({tuple(column.width for column in table.columns) for table in tables(deck)}) == 1
    for row in (row for rows in rows_of(deck) for row in rows):
        cell = row.cells[1]
        width = tables(deck)[0].columns[1].width.pt - cell.margin_left.pt - cell.margin_right.pt
        (run,) = cell.text_frame.paragraphs[0].runs
        assert textfit.count_lines(cell.text, run.font.size.pt, width, bold=True) == 1


def test_a_table_without_sections_leaves_no_single_row_on_its_last_slide() -> None:
    whole = scorecard(33)
    rows = tuple(row for section in whole.sections for row in section.rows)
    plain = whole.model_copy(update={"sections": (TableSection(title="", rows=rows),)})
    counts = [len(part.rows) for part in fit(plain, BOX)]
    assert len(counts) > 1
    assert max(counts) - min(counts) <= 1


def matrix_of_long_headings(rows: int = 3) -> TablePayload:
    headings = ("Cases for each full-time equivalent adviser", "Working days to allocate care applications")
    return TablePayload(
        title="2 of 6 measures are worse in every team",
        subtitle="Latest month, by team",
        alt="A table",
        source="Case records",
        columns=(
            TableColumn(label="Team", row_header=True),
            *(TableColumn(label=heading, align="right") for heading in headings * 4),
        ),
        sections=(
            TableSection(
                title="", rows=tuple((Cell(text=f"A{row}"), *[Cell(text="meets 100.0%")] * 8) for row in range(rows))
            ),
        ),
    )


@pytest.mark.parametrize("rows", [3, 12])
def test_no_word_of_a_heading_is_broken_for_a_larger_size(rows: int) -> None:
    for part in fit(matrix_of_long_headings(rows), BOX):
        for column, width in zip(part.table.columns, part.widths, strict=True):
            assert textfit.longest_word(column.label, part.size, bold=True) <= width - 12


def test_a_few_words_stand_above_a_table_that_is_larger_there() -> None:
    table = matrix_of_long_headings()
    narrow = table.model_copy(
        update={
            "columns": table.columns[:4],
            "sections": (TableSection(title="", rows=tuple(row[:4] for row in table.sections[0].rows)),),
        }
    )
    words = papers.bullets("Why: the national picture and the rate of transmission, which no adviser can change.", "So")
    (slide,) = list(opened(one_topic(words, TableBlock(narrow))).slides)[1:]
    drawn = next(shape for shape in slide.shapes if shape.has_table)
    said = next(shape for shape in slide.shapes if shape.has_text_frame and "transmission" in shape.text_frame.text)
    assert drawn.top >= said.top + said.height
    assert drawn.width > Pt(800)
