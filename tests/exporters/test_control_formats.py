"""Control charts and the matrix in page and PDF: the drawing, its data, and icons that are heard as words."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html
from nbformat.v4 import new_notebook

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.control import spc
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.matrix import matrix
from cafcass_reports.exhibits.payload import ControlPayload, TablePayload
from cafcass_reports.exporters.executed import read_executed
from cafcass_reports.exporters.reading import read
from cafcass_reports.exporters.review import ReviewExporter
from cafcass_reports.exporters.summary import render
from cafcass_reports.exporters.tree import ChartBlock, TableBlock
from cafcass_reports.metrics.standards import Standards
from tests.metrics.processes import A1, ENGLAND, aim, rebase, series

from .review_papers import code, picture_of, shows
from .summary_papers import paper, text_of, valid

STEP = [*[13, 15] * 12, *[18, 19] * 3, 18, 40]
MEASURED = series(
    {"kpi_2": {ENGLAND: STEP, A1: STEP}}, Standards({"kpi_2": aim(2)}, (rebase("kpi_2", date(2020, 4, 1)),))
)


@pytest.fixture(scope="module")
def chart() -> Exhibit:
    return spc(MEASURED, ["kpi_2"], ENGLAND, 36)


@pytest.fixture(scope="module")
def table() -> TablePayload:
    payload = matrix(MEASURED, ["kpi_2"], ENGLAND, by="area", months=36).payload
    assert isinstance(payload, TablePayload)
    return payload


def test_the_page_shows_the_chart_its_note_and_its_data_and_says_the_icons_of_the_matrix(
    chart: Exhibit, table: TablePayload
) -> None:
    cells = [code("x", picture_of(chart.payload, "spc", chart.svg or "")), code("y", shows("table", table))]
    written = ReviewExporter().from_notebook_node(new_notebook(cells=cells), {})[0]
    page = html.document_fromstring(written.encode())
    said = " ".join(page.text_content().split())
    assert page.xpath("//figure[contains(@class, 'exhibit')]//*[local-name()='svg']")
    assert "Limits start again in April 2020: first lockdown." in said
    assert "Upper limit to Mar 20" in said
    (signal, *_) = page.xpath("//td//span[@class='signal']")
    heard = signal.xpath("string(.)").replace("▲", "").replace("?", "")
    assert " ".join(heard.split()) == "worse up, may meet or miss its target, 4.0"


def test_the_summary_holds_both_and_conforms(chart: Exhibit, table: TablePayload) -> None:
    assert isinstance(chart.payload, ControlPayload)
    made = render(paper(ChartBlock(chart.payload, chart.svg or ""), TableBlock(table)))
    assert valid(made) == []
    said = text_of(made)
    assert "The target is illustrative: nobody has agreed it." in said
    assert "worse" in said


def test_a_control_chart_whose_meanings_do_not_match_its_months_is_refused(chart: Exhibit) -> None:
    assert isinstance(chart.payload, ControlPayload)
    (control,) = chart.payload.charts
    broken = chart.payload.model_copy(update={"charts": (control.model_copy(update={"meanings": ()}),)})
    with pytest.raises(ExportError, match="more or fewer meanings"):
        read(read_executed(new_notebook(cells=[code("x", picture_of(broken, "spc", chart.svg or ""))])))
