"""The data behind the exhibits, attached to the PDF as CSV; read back with pikepdf."""

import csv
import io

import pikepdf
import pytest

from cafcass_reports.exhibits.payload import Cell, SeriesRole, TablePayload, TableSection
from cafcass_reports.exporters import two_pages
from cafcass_reports.exporters.attachments import ATTACHED
from cafcass_reports.exporters.summary import render, render_binder
from cafcass_reports.exporters.tree import Binder, Block, ChartBlock, PictureBlock, Section, TableBlock, Topic
from tests.exporters.summary_papers import (
    CHART,
    MEASUREMENT,
    SVG,
    numbers,
    paper,
    said,
    scorecard,
    text_of,
    valid,
)

SHOWN = paper(
    said("Text."),
    sections=(Section("Demand", (Topic("Open cases", (numbers(), scorecard())), Topic("Who waits?", (CHART,)))),),
    measurements=(MEASUREMENT,),
)


def attached(content: bytes) -> dict[str, list[list[str]]]:
    """Return the rows of each CSV file that a PDF carries."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {
            name: list(csv.reader(io.StringIO(held.get_file().read_bytes().decode("utf-8-sig"))))
            for name, held in pdf.attachments.items()
        }


def rows(block: Block) -> list[list[str]]:
    (held,) = attached(render(paper(block))).values()
    return held


def table(*cells: Cell) -> TableBlock:
    payload: TablePayload = scorecard().table
    section = TableSection(title="", rows=(cells,))
    return TableBlock(payload.model_copy(update={"sections": (section,)}))


def test_each_exhibit_is_attached_under_the_name_of_its_heading() -> None:
    content = render(SHOWN)

    assert list(attached(content)) == ["01-open-cases.csv", "02-open-cases.csv", "03-who-waits.csv"]
    assert valid(content) == []


def test_an_attachment_says_what_it_holds_and_that_it_is_data() -> None:
    with pikepdf.open(io.BytesIO(render(SHOWN))) as pdf:
        held = pdf.attachments["03-who-waits.csv"]
        assert held.description == "More children wait. Open cases, England. Case extract"
        assert held.relationship == pikepdf.Name.Data
        assert held.get_file().mime_type == "text/csv"


def test_a_table_keeps_its_labels_sections_and_rows() -> None:
    held = rows(scorecard(rows=1))

    assert held[0] == ["Section", "Measure", "This year", "Change"]
    assert [row[:3] for row in held[1:]] == [["Demand", "Measure 0", "0123"], ["Timeliness", "Measure 0", "0123"]]


def test_a_chart_gives_its_values_by_category() -> None:
    assert rows(CHART) == [["Category", "2020 (cases)"], ["April", "1"], ["May", "2"]]


def test_large_figures_come_with_basis_and_change() -> None:
    assert rows(numbers(1)) == [
        ["Figure", "Value", "Basis", "Change"],
        ["Open cases 0", "0881", "1 December 2020", "19.0%"],
    ]


def test_a_picture_gives_the_figures_that_it_was_drawn_from() -> None:
    picture = PictureBlock(SVG.encode(), "image/svg+xml", "Days", "", "A line.", "", measurements=(MEASUREMENT,))

    assert rows(picture)[1] == ["Days to allocate", "England", "April to December 2020", "2.1"]


@pytest.mark.parametrize(
    ("shown", "plain"),
    [("36,881", "36881"), ("−2.3%", "-2.3%"), ("+16.5%", "16.5%"), ("+1.6 cases per FTE", "1.6 cases per FTE")],
)
def test_numbers_stand_as_programs_read_them(shown: str, plain: str) -> None:
    assert rows(table(Cell(text="Row"), Cell(text=shown), Cell(text="")))[1][1] == plain


def test_no_text_is_a_formula_to_a_spreadsheet() -> None:
    assert rows(table(Cell(text="=1+1"), Cell(text="1"), Cell(text="")))[1][0] == "'=1+1"


def test_what_a_chart_or_table_withholds_is_withheld_in_its_data() -> None:
    (series,) = CHART.chart.series
    hidden = series.model_copy(update={"values": (None, 2.0), "labels": ("[c]", "2"), "role": SeriesRole.ACTUAL})
    chart = ChartBlock(CHART.chart.model_copy(update={"series": (hidden,)}), SVG)

    assert rows(chart)[1:] == [["April", "[c]"], ["May", "2"]]
    assert rows(table(Cell(text="Row"), Cell(text="[c]"), Cell(text="")))[1][1] == "[c]"


def test_a_binder_and_two_pages_carry_the_data_of_what_they_show() -> None:
    bound = render_binder(Binder("Papers", (SHOWN, SHOWN)))

    assert list(attached(bound))[3:] == ["04-open-cases.csv", "05-open-cases.csv", "06-who-waits.csv"]
    assert list(attached(two_pages.render(SHOWN))) == list(attached(render(SHOWN)))


def test_a_paper_says_that_its_data_are_attached_only_where_they_are() -> None:
    assert ATTACHED in text_of(render(SHOWN))
    assert ATTACHED not in text_of(render(paper(said("Text."), measurements=(MEASUREMENT,))))
