from __future__ import annotations

import copy
import io
import random
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.control import spc
from cafcass_reports.exhibits.payload import Cell, ControlPayload, Interval
from cafcass_reports.exporters.deck import draw, draw_binder, state
from cafcass_reports.exporters.deck.refresh import Kind, Refreshed, refresh
from cafcass_reports.exporters.tree import Binder, ChartBlock, Document, PictureBlock, TableBlock, Topic
from cafcass_reports.metrics.standards import Standards
from tests.exporters.deck.edited_deck import (
    MONTHS_SHOWN,
    Director,
    Place,
    figures,
    opened,
    paper,
    said,
    saved,
    shape_on,
    slide_of,
    workbook,
)
from tests.exporters.deck.papers import MONTHS, bars, bullets, charts, dots, grades, one_topic, provenance, whole_paper
from tests.metrics.processes import ENGLAND, aim, series

SEQUENCES, VERSIONS, EDITS = 52, 8, 9


@cache
def deck(version: int) -> bytes:
    """The deck of a version; in those after 1 some figures moved and some did not."""
    if version < 2:
        return draw(paper(figures(version)))
    chance = random.Random(version)
    return draw(paper(figures(1, lambda: chance.random() < 0.5)))


@cache
def told(version: int) -> dict[int, dict[Place, str]]:
    """What each slide of a version says."""
    return {slide.slide_id: said(slide) for slide in opened(deck(version)).slides}


def edited(seed: int) -> tuple[Director, Refreshed]:
    """A deck after a sequence of edits, and refreshed with a later version."""
    director = Director(opened(deck(0)), random.Random(seed))
    for _ in range(EDITS):
        director.edit()
    # What a later edit undid need not be found.
    director.kept = [holds for holds in director.kept if holds(director.deck)]
    return director, refresh(saved(director.deck), deck(1 + seed % VERSIONS))


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_edits_are_kept_figures_are_new_and_conflicts_are_the_edited_figures_that_moved(seed: int) -> None:
    director, refreshed = edited(seed)
    result = opened(refreshed.deck)
    was, now = told(0), told(1 + seed % VERSIONS)
    expected: Counter[tuple[int, str]] = Counter()
    for number, slide in enumerate(result.slides, start=1):
        home = director.copies.get(slide.slide_id, slide.slide_id)
        if home not in now:
            continue  # the director's own
        shown = said(slide)
        for place, words in now[home].items():
            if place[0] == "notes" and slide.slide_id in director.copies:
                continue  # copies are made without notes
            written = director.written.get((slide.slide_id, place))
            assert shown[place] == (words if written is None else written), (number, place)
            if written is not None and was[home][place] != words:
                expected[number, written] += 1
        for at, place, words in director.quoted:
            if at == slide.slide_id and was[home][place] != now[home][place]:
                expected[number, words] += 1
    found = Counter((one.slide, _yours(one.yours)) for one in refreshed.conflicts)
    assert found == expected
    assert all(holds(result) for holds in director.kept)


def _yours(text: str) -> str:
    """What the director wrote; of a chart's value the number, as it is read from the chart."""
    value = text.rpartition(": ")[2]
    return str(float(value)) if value.isdecimal() else text


def refreshed(director: Any, version: int = 1) -> tuple[Any, Refreshed]:
    done = refresh(saved(director), deck(version))
    return opened(done.deck), done


def test_an_unedited_deck_becomes_the_new_one() -> None:
    result, done = refreshed(opened(deck(0)))
    assert {slide.slide_id: said(slide) for slide in result.slides} == told(1)
    # Its look and its places, too.
    shown, new = ([state.read(slide, "", "") for slide in one.slides] for one in (result, opened(deck(1))))
    assert shown == new
    assert (done.findings, done.updated > 20) == ((), True)


def test_what_a_deck_remembers_can_be_read_by_nobody() -> None:
    original = opened(deck(0))
    tags = [part.blob.decode() for part in original.part.package.iter_parts() if "/tags/" in part.partname]
    remembered = "".join(tags)
    # Names of shapes, and the paper that it is, are no figures.
    for slide in original.slides:
        for shape in slide.shapes:
            remembered = remembered.replace(f'"{shape.name}"', "")
    identity = re.search(r"\"identity\":\{.*?\}", remembered)
    assert identity
    remembered = remembered.replace(identity[0], "")
    shown = [words for slide in told(0).values() for words in slide.values()]
    words = {word for one in shown for word in re.findall(r"\d[\d,.]{3,}|[A-Za-z]{7,}", one)}
    assert len(tags) > 10
    assert len(words) > 60
    assert not [word for word in words if re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", remembered)]


def test_equal_decks_are_refreshed_to_equal_bytes() -> None:
    assert refresh(deck(0), deck(1)).deck == refresh(deck(0), deck(1)).deck


def test_a_refreshed_deck_is_refreshed_again_without_the_conflicts_that_were_told() -> None:
    edited = opened(deck(0))
    shape_on(slide_of(edited, "table"), "table").table.cell(2, 1).text_frame.text = "checked"
    result, done = refreshed(edited)
    assert len(done.conflicts) == 1
    again = refresh(saved(result), deck(1))
    assert (again.updated, again.findings) == (0, ())
    later = refresh(saved(result), deck(0))
    assert [one.yours for one in later.conflicts] == ["checked"]


def test_colour_follows_what_a_change_means_though_its_font_was_changed() -> None:
    edited = opened(deck(0))
    cell = shape_on(slide_of(edited, "table"), "table").table.cell(2, 2)
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.italic = True
    result, _ = refreshed(edited)
    runs = shape_on(slide_of(result, "table"), "table").table.cell(2, 2).text_frame.paragraphs[0].runs
    new = shape_on(slide_of(opened(deck(1)), "table"), "table").table.cell(2, 2).text_frame.paragraphs[0].runs
    colours = [
        {str(getattr(run.font.color, "rgb", "")) or str(run.font.color.theme_color) for run in one}
        for one in (runs, new)
    ]
    assert colours[0] == colours[1]
    assert "".join(run.text for run in runs) == "".join(run.text for run in new)
    assert all(run.font.italic for run in runs)


def _colour(run: Any) -> str:
    return str(run._r.xpath("a:rPr/a:solidFill/*/@val"))


def test_a_figure_in_a_sentence_takes_the_format_that_a_hand_gave_it() -> None:
    edited = opened(deck(0))
    paragraph = next(
        one for slide in edited.slides for shape in slide.shapes if shape.name == "Text"
        for one in shape.text_frame.paragraphs if figures(0).weeks in one.text
    )  # fmt: skip
    size = paragraph.runs[0].font.size
    before, after = paragraph.text.split(figures(0).weeks)
    paragraph.text = ""
    for words, bold in ((before, False), (figures(0).weeks, True), (after, False)):
        run = paragraph.add_run()
        run.text, run.font.bold, run.font.size = words, bold, size
    result, done = refreshed(edited)
    runs = [
        run for slide in result.slides for shape in slide.shapes if shape.name == "Text"
        for one in shape.text_frame.paragraphs if figures(1).weeks in one.text for run in one.runs
    ]  # fmt: skip
    assert [(run.text, run.font.bold) for run in runs] == [(before, False), (figures(1).weeks, True), (after, False)]
    assert not done.conflicts


def test_a_slide_that_was_deleted_is_told_of_and_stays_away() -> None:
    edited = opened(deck(0))
    gone = slide_of(edited, "chart public_open")
    listed = edited.slides._sldIdLst
    entry = next(one for one in listed if one.id == gone.slide_id)
    edited.part.drop_rel(entry.rId)
    listed.remove(entry)
    result, done = refreshed(edited)
    assert [(one.kind, one.slide, one.title) for one in done.findings] == [(Kind.NOTE, 0, figures(1).headline)]
    assert len(result.slides) == len(told(1)) - 1
    assert not refresh(saved(result), deck(1)).updated


def later() -> tuple[Document, Document]:
    """A paper whose new version has a slide, a row and a month more, and a row less."""
    new = paper(figures(1), Topic("Regions", (ChartBlock(bars(title="Regions compared", measurements=()), "<svg/>"),)))
    figured = new.sections[1]
    table, line = (topic.blocks[0] for topic in figured.topics[:2])
    assert isinstance(table, TableBlock)
    assert isinstance(line, ChartBlock)
    rows = [list(section.rows) for section in table.table.sections]
    rows[0].append((Cell(text="Measure new"), Cell(text="77,777"), Cell(text="1 point")))
    del rows[1][0]
    sections = tuple(
        one.model_copy(update={"rows": tuple(given)}) for one, given in zip(table.table.sections, rows, strict=True)
    )
    series = line.chart.series[0].model_copy(update={"values": (*line.chart.series[0].values, 31_313.0)})
    chart = line.chart.model_copy(update={"categories": MONTHS[: MONTHS_SHOWN + 1], "series": (series,)})
    topics = (
        replace(figured.topics[0], blocks=(TableBlock(table.table.model_copy(update={"sections": sections})),)),
        replace(figured.topics[1], blocks=(ChartBlock(chart, "<svg/>"), *figured.topics[1].blocks[1:])),
        *figured.topics[2:],
    )
    # The new slide comes in before the last one.
    topics = (*topics[:-2], topics[-1], topics[-2])
    return paper(figures(0)), replace(new, sections=(new.sections[0], replace(figured, topics=topics)))


@pytest.fixture(scope="module")
def grown() -> tuple[bytes, bytes]:
    old, new = later()
    return draw(old), draw(new)


def test_rows_come_and_go_with_the_pack(grown: tuple[bytes, bytes]) -> None:
    edited = opened(grown[0])
    shape_on(slide_of(edited, "table"), "table").table.cell(2, 0).text_frame.text = "Our name for it"
    result = opened(refresh(saved(edited), grown[1]).deck)
    shown, new = (
        [[cell.text for cell in row.cells] for row in shape_on(slide_of(one, "table"), "table").table.rows]
        for one in (result, opened(grown[1]))
    )
    assert ["Measure new", "77,777", "1 point"] in new
    new[2][0] = "Our name for it"
    assert shown == new


def test_a_month_comes_into_a_chart_and_its_workbook_and_the_line_keeps_its_colour(grown: tuple[bytes, bytes]) -> None:
    edited = opened(grown[0])
    line = shape_on(slide_of(edited, "chart public_open"), "chart").chart.plots[0].series[0]
    line.format.line.color.rgb = RGBColor(1, 2, 3)
    result, new = opened(refresh(saved(edited), grown[1]).deck), opened(grown[1])
    charts = [shape_on(slide_of(one, "chart public_open"), "chart").chart for one in (result, new)]
    series = charts[0].plots[0].series[0]
    assert series.values == charts[1].plots[0].series[0].values
    assert list(charts[0].plots[0].categories) == list(charts[1].plots[0].categories)
    assert workbook(charts[0]) == workbook(charts[1])
    assert workbook(charts[0])[-1][1] == 31_313.0
    assert series.format.line.color.rgb == RGBColor(1, 2, 3)
    assert state.labels(series._element).keys() == {MONTHS_SHOWN} == set(state.marks(series._element))


def test_a_new_slide_of_the_pack_stands_at_its_place_and_in_its_section(grown: tuple[bytes, bytes]) -> None:
    done = refresh(*grown)
    result, new = opened(done.deck), opened(grown[1])
    titles = [[slide.shapes.title.text for slide in one.slides] for one in (result, new)]
    assert titles[0] == titles[1]
    at = titles[1].index("Regions compared")
    assert [(one.kind, one.slide) for one in done.findings] == [(Kind.NOTE, at + 1)]
    added = result.slides[at]
    assert said(added) == said(new.slides[at])
    assert workbook(shape_on(added, "Regions").chart) == workbook(shape_on(new.slides[at], "Regions").chart)
    entries = result.part._element.xpath("//*[local-name()='section']//@id[parent::*[local-name()='sldId']]")
    assert sorted(map(int, entries)) == sorted(slide.slide_id for slide in result.slides)


def test_a_chart_whose_rows_a_hand_changed_is_left_and_told_of() -> None:
    edited = opened(deck(0))
    chart = shape_on(slide_of(edited, "chart social"), "chart").chart
    data = CategoryChartData()
    data.categories = ["A1", "A2", "A3", "A4, by hand"]
    for line in chart.plots[0].series:
        data.add_series(line.name, (*line.values, 50.0))
    chart.replace_data(data)
    was = workbook(chart)
    result, done = refreshed(edited)
    assert workbook(shape_on(slide_of(result, "chart social"), "chart").chart) == was
    assert [(one.kind, one.shape) for one in done.findings] == [
        (Kind.CONFLICT, "chart social_work_fte.england.2020-12-01")
    ]


def test_a_shape_that_was_renamed_is_known_by_what_it_holds() -> None:
    edited = opened(deck(0))
    shape_on(slide_of(edited, "chart public_open"), "chart").name = "Our favourite chart"
    result, _ = refreshed(edited)
    chart = shape_on(slide_of(result, "Our favourite chart"), "Our").chart
    assert tuple(chart.plots[0].series[0].values) == figures(1).months


def test_an_exhibit_pasted_on_a_slide_of_ones_own_is_new_and_a_figure_written_there_a_conflict() -> None:
    edited = opened(deck(0))
    own = edited.slides.add_slide(edited.slide_layouts[3])
    words = f"Only {figures(0).cells[3]} so far"
    own.shapes.title.text_frame.text = words
    table = shape_on(slide_of(edited, "table"), "table")
    own.shapes._spTree.append(copy.deepcopy(table._element))
    result, done = refreshed(edited)
    cells = [cell.text for cell in shape_on(result.slides[-1], "table").table.iter_cells()]
    assert set(figures(1).cells) <= set(cells)
    assert [(one.slide, one.yours) for one in done.conflicts] == [
        (len(result.slides), f"Only {figures(0).cells[3]} so far")
    ]


def test_a_shape_taken_out_stays_out_and_is_told_of_where_its_figures_moved() -> None:
    edited = opened(deck(0))
    slide = slide_of(edited, "chart public_open")
    shape = shape_on(slide, "chart")
    shape._element.getparent().remove(shape._element)
    result, done = refreshed(edited)
    assert shape_on(result.slides.get(slide.slide_id), "chart") is None
    assert [(one.kind, one.shape) for one in done.findings] == [(Kind.NOTE, "chart public_open")]


def test_a_picture_is_new_unless_a_hand_replaced_it() -> None:
    def drawn(colour: str) -> bytes:
        target = io.BytesIO()
        Image.new("RGB", (60, 30), colour).save(target, "PNG")
        shown = PictureBlock(target.getvalue(), "image/png", "Caseloads", "", "Bars.", "", (provenance(),))
        return draw(one_topic(shown))

    result = opened(refresh(drawn("red"), drawn("blue")).deck)
    assert (
        shape_on(slide_of(result, "picture"), "picture").image.blob
        == shape_on(slide_of(opened(drawn("blue")), "picture"), "picture").image.blob
    )
    edited = opened(drawn("red"))
    shape = shape_on(slide_of(edited, "picture"), "picture")
    key = shape._element.blipFill.blip.get(qn("r:embed"))
    own = io.BytesIO()
    Image.new("RGB", (60, 30), "green").save(own, "PNG")
    shape.part.related_part(key)._blob = own.getvalue()
    done = refresh(saved(edited), drawn("blue"))
    assert shape_on(slide_of(opened(done.deck), "picture"), "picture").image.blob == own.getvalue()
    assert [one.yours for one in done.conflicts] == ["your picture"]


@pytest.mark.parametrize("seed", range(3))
def test_refreshed_decks_open_cleanly(seed: int, tmp_path: Path, grown: tuple[bytes, bytes]) -> None:
    director = Director(opened(grown[0]), random.Random(seed))
    for _ in range(EDITS):
        director.edit()
    for number, content in enumerate((grown[0], refresh(saved(director.deck), grown[1]).deck)):
        file = tmp_path / f"{number}.pptx"
        file.write_bytes(content)
        assert not validate_pptx(file).errors


def test_papers_bound_together_are_refreshed_too() -> None:
    old, new = (draw_binder(Binder("Bound", (paper(figures(at)), whole_paper()))) for at in (0, 1))
    result, fresh = opened(refresh(old, new).deck), opened(new)
    assert [said(slide) for slide in result.slides] == [said(slide) for slide in fresh.slides]


def test_a_deck_of_another_paper_is_refused() -> None:
    with pytest.raises(ExportError, match="'Performance' for England of 2020-21-q3, and not 'The paper'"):
        refresh(deck(0), draw(one_topic(bullets("One"))))


def test_a_deck_that_remembers_nothing_is_refused() -> None:
    with pytest.raises(ExportError, match="does not remember what the pack wrote"):
        refresh(saved(Presentation()), deck(1))


def test_a_deck_of_another_version_is_refused_rather_than_taken_for_somebodys_own() -> None:
    edited = opened(deck(0))
    for part in edited.part.package.iter_parts():
        if "/tags/" in part.partname:
            part._blob = part.blob.replace(b'"shapes"', b'"forms"')
    with pytest.raises(ExportError, match="in a way that this version cannot read"):
        refresh(saved(edited), deck(1))


def test_what_is_no_deck_is_refused() -> None:
    with pytest.raises(ExportError, match=r"minutes\.docx cannot be opened as a deck"):
        refresh(b"no deck", deck(1), "minutes.docx")


def test_a_bar_of_which_a_grade_is_hidden_now_is_no_longer_stretched_to_a_hundred_percent() -> None:
    whole = grades(unit="percent", measurements=(provenance("audit_grade.england.2020"),))
    best, *others = whole.series
    hidden = best.model_copy(update={"values": (None, 7.0), "labels": ("", "7%")})
    part = whole.model_copy(update={"series": (hidden, *others)})
    before, after = (draw(one_topic(ChartBlock(chart, ""))) for chart in (whole, part))
    (native,) = charts(opened(refresh(before, after).deck))
    assert (native.chart_type, native.value_axis.maximum_scale) == (XL_CHART_TYPE.BAR_STACKED, 100)


def test_error_bars_reach_to_the_ends_of_new_intervals() -> None:
    def drawn(high: float) -> bytes:
        given = dots(intervals=(Interval(low=40.0, high=high, shown=("40", f"{high:g}")), None))
        return draw(one_topic(ChartBlock(given, "")))

    result = opened(refresh(drawn(60.0), drawn(65.0)).deck)
    (chart,) = charts(result)
    assert chart._chartSpace.xpath("//c:errBars/c:plus//c:v/text()") == ["15.0"]


def test_a_control_chart_has_new_limits_icons_and_marks() -> None:
    def drawn(values: list[int]) -> bytes:
        measured = series({"kpi_2": values}, Standards({"kpi_2": aim(2)}, ()))
        shown = spc(measured, ("kpi_2",), ENGLAND, 36).payload
        assert isinstance(shown, ControlPayload)
        return draw(one_topic(ChartBlock(shown, "")))

    old, new = (drawn([*[13, 15] * 12, *[14, 15] * 3, 14, last]) for last in (14, 40))
    result, fresh = opened(refresh(old, new).deck), opened(new)
    assert [said(slide) for slide in result.slides] == [said(slide) for slide in fresh.slides]
    marks = [
        [state.mark_look(mark) for one in shape.chart.plots[0].series for mark in state.marks(one._element).values()]
        for deck in (opened(old), result, fresh)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert marks[0] != marks[1] == marks[2]
