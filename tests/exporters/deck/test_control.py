"""Control charts in the deck are native: lines as the engine has them, special causes marked, icons with words."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.checks.accessibility import examine
from cafcass_reports.exhibits.control import spc
from cafcass_reports.exhibits.matrix import matrix
from cafcass_reports.exhibits.payload import ControlPayload, TablePayload
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.tree import ChartBlock, Document, Paragraph, Run, TableBlock
from cafcass_reports.metrics.process import process
from cafcass_reports.metrics.standards import Standards
from cafcass_reports.statistics.spc import Variation
from tests.metrics.processes import A1, ENGLAND, aim, rebase, series

from .foreign_templates import wide
from .papers import charts, one_topic, opened

STEP = [*[13, 15] * 12, *[18, 19] * 3, 18, 40]
MEASURED = series(
    {"kpi_2": {ENGLAND: STEP, A1: STEP}, "kpi_1": [9, 8] * 16, "public_open": [1300, 1500] * 16, "kpi_4": [7, 8] * 16},
    Standards({"kpi_2": aim(2)}, (rebase("kpi_2", date(2020, 4, 1), "first lockdown"),)),
)


@cache
def payload(*metrics: str) -> ControlPayload:
    shown = spc(MEASURED, metrics, ENGLAND, 36).payload
    assert isinstance(shown, ControlPayload)
    return shown


def paper(*metrics: str, words: str = "") -> Document:
    blocks = [ChartBlock(payload(*metrics), "")]
    return one_topic(*blocks, *([Paragraph((Run(words),))] if words else []))


def slide_of(document: Document) -> Any:
    return next(slide for slide in opened(document).slides if any(shape.has_chart for shape in slide.shapes))


def test_the_native_chart_holds_the_figures_and_the_engine_s_limits() -> None:
    (native,) = charts(opened(paper("kpi_2")))
    found = process(MEASURED, "kpi_2", ENGLAND)
    lines = {line.name: tuple(line.values) for line in native.plots[0].series}
    assert lines["Working days to allocate care applications"] == tuple(value / 10 for value in STEP)
    before, after = found.segments
    assert lines["Upper limit to Mar 20"][:24] == (before.upper,) * 24
    assert lines["Upper limit"][24:] == (after.upper,) * 8
    assert lines["Lower limit"][24:] == (after.lower,) * 8
    assert lines["Mean"] == (None,) * 24 + (after.mean,) * 8
    assert lines["Illustrative target"] == (2,) * 32


def test_points_with_a_special_cause_have_their_own_shape_and_colour() -> None:
    (native,) = charts(opened(paper("kpi_2")))
    (control,) = payload("kpi_2").charts
    looks = {
        Variation.CONCERN: (XL_MARKER_STYLE.SQUARE, theme.load().colour.concern),
        Variation.IMPROVEMENT: (XL_MARKER_STYLE.DIAMOND, theme.load().colour.improvement),
    }
    figures = native.plots[0].series[0]
    marked = {int(point.find(f"{point.tag[:-3]}idx").get("val")) for point in figures._element.findall(
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}dPt")}  # fmt: skip
    assert marked == {at for at, means in enumerate(control.meanings) if means is not None}
    assert 31 in marked
    for at in marked:
        shape, colour = looks[control.meanings[at] or Variation.CONCERN]
        marker = figures.points[at].marker
        assert marker.style is shape
        assert str(marker.format.fill.fore_color.rgb) == colour.lstrip("#")


def test_icons_are_groups_of_native_shapes_that_say_their_words() -> None:
    groups = {
        shape.name: shape._element.nvGrpSpPr.cNvPr.get("descr")
        for shape in slide_of(paper("kpi_2")).shapes
        if shape.shape_type is not None and "GROUP" in shape.shape_type.name
    }
    assert groups["Variation"] == "Variation: Concern, upwards"
    assert groups["Assurance"] == "Assurance: May meet or miss the illustrative target of 2 working days"


def test_a_rebase_is_a_line_with_its_date_and_reason() -> None:
    shapes = {shape.name: shape for shape in slide_of(paper("kpi_2")).shapes}
    assert shapes["Why limits start again"].text_frame.text == "Apr 2020: first lockdown"
    assert shapes["Limits start again"].height > Pt(60)


def test_the_chart_has_alternative_text_and_the_slide_the_headline() -> None:
    slide = slide_of(paper("kpi_2"))
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == process(MEASURED, "kpi_2", ENGLAND).spoken
    assert slide.shapes.title.text_frame.text == process(MEASURED, "kpi_2", ENGLAND).headline


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_nothing_of_control_charts_leaves_its_slide_or_covers_another(count: int) -> None:
    document = paper(*("kpi_2", "kpi_1", "public_open", "kpi_4")[:count])
    presentation = opened(document)
    drawn = [[shape for shape in slide.shapes if shape.has_chart] for slide in presentation.slides]
    assert sum(map(len, drawn)) == count
    for shape in (shape for slide in presentation.slides for shape in slide.shapes):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= presentation.slide_width
        assert shape.top + shape.height <= presentation.slide_height
    for frames in drawn:
        for one in frames:
            for other in frames:
                apart = one.left + one.width <= other.left or one.top + one.height <= other.top
                below = other.left + other.width <= one.left or other.top + other.height <= one.top
                assert one is other or apart or below


@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_control_chart_is_so_low_that_its_line_is_flat(count: int) -> None:
    made = opened(paper(*("kpi_2", "kpi_1", "public_open", "kpi_4")[:count]))
    frames = [shape for slide in made.slides for shape in slide.shapes if shape.has_chart]
    assert len(frames) == count
    assert min(shape.height for shape in frames) >= Pt(110)


def test_on_a_small_slide_a_control_chart_stands_alone_rather_than_squeezed_under_its_text(tmp_path: Path) -> None:
    made = Presentation(io.BytesIO(draw(paper("kpi_2", words="The step came. " * 20), wide(tmp_path))))
    (slide,) = (slide for slide in made.slides if any(shape.has_chart for shape in slide.shapes))
    assert not any("The step came." in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert all(shape.height >= 0 and shape.width >= 0 for shape in slide.shapes)
    assert next(shape for shape in slide.shapes if shape.has_chart).height > Pt(100)


@pytest.mark.parametrize("month", [date(2018, 7, 1), date(2020, 4, 1), date(2020, 10, 1)])
def test_charts_side_by_side_are_read_in_their_order_wherever_limits_start_again(month: date, tmp_path: Path) -> None:
    metrics = ("kpi_2", "kpi_1", "public_open", "kpi_4")
    rebased = Standards({"kpi_2": aim(2)}, tuple(rebase(metric, month, "hearings online") for metric in metrics[:2]))
    measured = series({metric: [9, 8] * 16 for metric in metrics}, rebased)
    shown = spc(measured, metrics, ENGLAND, 36).payload
    assert isinstance(shown, ControlPayload)
    (tmp_path / "deck.pptx").write_bytes(draw(one_topic(ChartBlock(shown, ""))))
    assert not [finding for finding in examine(tmp_path / "deck.pptx") if "Reading order" in finding.found]


def test_a_brief_text_stands_above_the_chart_and_a_long_one_on_a_slide_of_its_own() -> None:
    brief = slide_of(paper("kpi_2", words="The step came with the first lockdown."))
    assert any("first lockdown." in shape.text_frame.text for shape in brief.shapes if shape.has_text_frame)
    long = slide_of(paper("kpi_2", words="So many words that no band could hold them. " * 20))
    assert not any("So many words" in shape.text_frame.text for shape in long.shapes if shape.has_text_frame)


def test_the_matrix_is_a_native_table_with_icons_before_the_figures() -> None:
    table = matrix(MEASURED, ["kpi_2"], ENGLAND, by="area", months=36).payload
    assert isinstance(table, TablePayload)
    (drawn,) = (shape.table for slide in opened(one_topic(TableBlock(table))).slides for shape in slide.shapes
                if shape.has_table)  # fmt: skip
    assert [drawn.cell(row, 1).text for row in (1, 2)] == ["▲ worse 4.0", "▲ worse 4.0"]


def test_the_deck_opens_without_repair(tmp_path: Path) -> None:
    table = matrix(MEASURED, ["kpi_2"], ENGLAND, by="area", months=36).payload
    assert isinstance(table, TablePayload)
    file = tmp_path / "control.pptx"
    file.write_bytes(draw(one_topic(ChartBlock(payload("kpi_2", "kpi_1", "public_open"), ""), TableBlock(table))))
    result = validate_pptx(file)
    assert result.is_valid, [str(fault) for fault in result.errors][:5]
