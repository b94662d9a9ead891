from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from cafcass_reports.checks.accessibility import examine
from cafcass_reports.checks.accessibility.rules import Rule
from tests.checks.accessibility import papers


@pytest.fixture(scope="module")
def good() -> bytes:
    return papers.deck()


def found(content: bytes, folder: Path, change: Callable[[Any], None]) -> set[str]:
    deck = Presentation(io.BytesIO(content))
    change(deck)
    path = folder / "paper.pptx"
    deck.save(str(path))
    return {one.found.partition(":")[0] for one in examine(path)}


def shape(deck: Any, kind: str) -> Any:
    """The first shape of a kind that a reader would look for."""
    wanted = {
        "chart": lambda one: one.has_chart,
        "table": lambda one: one.has_table,
        "picture": lambda one: one.shape_type == 13,
        "group": lambda one: one.shape_type == 6,
        "body": lambda one: one.is_placeholder and one.name == "Text" and one.text_frame.text.startswith("One"),
        "link": lambda one: one.has_text_frame and any(run.hyperlink.address for run in runs(one)),
    }[kind]
    return next(one for slide in deck.slides for one in slide.shapes if wanted(one))


def runs(one: Any) -> list[Any]:
    return [run for paragraph in one.text_frame.paragraphs for run in paragraph.runs]


def alt(kind: str, text: str | None) -> Callable[[Any], None]:
    def change(deck: Any) -> None:
        properties = shape(deck, kind)._element.xpath(".//p:cNvPr")[0]
        if text is None:
            properties.attrib.pop("descr", None)
        else:
            properties.set("descr", text)

    return change


def slide_of(deck: Any, one: Any) -> Any:
    return next(slide for slide in deck.slides if any(other._element is one._element for other in slide.shapes))


def reversed_order(deck: Any) -> None:
    tree = deck.slides[4].shapes._spTree
    held = [child for child in tree if child.tag == qn("p:sp")]
    for child in reversed(held):
        tree.remove(child)
        tree.append(child)


def title_last(deck: Any) -> None:
    slide = deck.slides[4]
    slide.shapes._spTree.append(slide.shapes.title._element)


def panels_swapped(deck: Any) -> None:
    slide = next(slide for slide in deck.slides if sum(one.shape_type == 6 for one in slide.shapes) == 4)
    groups = [one._element for one in slide.shapes if one.shape_type == 6]
    groups[0].addprevious(groups[2])


def in_table(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda deck: change(shape(deck, "table").table)


def in_chart(change: Callable[[Any], None]) -> Callable[[Any], None]:
    def changed(deck: Any) -> None:
        for slide in deck.slides:
            for one in slide.shapes:
                if one.has_chart:
                    change(one.chart)

    return changed


def body(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda deck: change(runs(shape(deck, "body"))[0])


def decorate(kind: str) -> Callable[[Any], None]:
    def change(deck: Any) -> None:
        mark = (
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-'
            '948B-1728B52AA6E4}"><d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" '
            'val="1"/></a:ext></a:extLst>'
        )
        properties = shape(deck, kind)._element.xpath(".//p:cNvPr")[0]
        properties.attrib.pop("descr", None)
        properties.append(etree.fromstring(mark))

    return change


def set_cell(row: int, column: int, text: str) -> Callable[[Any], None]:
    def change(table: Any) -> None:
        table.cell(row, column).text_frame.paragraphs[0].runs[0].text = text

    return in_table(change)


def recolour(table: Any) -> None:
    """A figure that only its colour calls worse."""
    run = table.cell(2, 1).text_frame.paragraphs[0].runs[0]
    run.text = "1,000"
    run.font.color.rgb = RGBColor(0xC0, 0x00, 0x00)


def without_values(chart: Any) -> None:
    values = chart._chartSpace.xpath(".//c:val//c:pt/c:v")
    values[0].text = str(float(values[0].text) * 3 + 7)


def with_a_point_more(chart: Any) -> None:
    count = chart._chartSpace.xpath(".//c:val//c:ptCount")[0]
    count.set("val", str(int(count.get("val")) + 1))


def with_a_point_twice(chart: Any) -> None:
    first, second = chart._chartSpace.xpath(".//c:val//c:pt")[:2]
    second.set("idx", first.get("idx"))


def unnamed(deck: Any) -> None:
    section = next(deck.element.iter("{*}section"))
    section.set("name", "")


def elsewhere(deck: Any) -> None:
    next(deck.element.iter("{*}section")).find(".//{*}sldId").set("id", "9999")


FAULTS: dict[str, tuple[Rule, Callable[[Any], None]]] = {
    "a title is emptied": (Rule.TITLES, lambda deck: setattr(deck.slides[4].shapes.title, "text", " ")),
    "a title is deleted": (
        Rule.TITLES,
        lambda deck: deck.slides[4].shapes._spTree.remove(deck.slides[4].shapes.title._element),
    ),
    "two titles are the same": (
        Rule.TITLES,
        lambda deck: (
            runs(deck.slides[5].shapes.title)[0]
            ._r.find(qn("a:t"))
            .__setattr__("text", deck.slides[4].shapes.title.text.upper())
        ),
    ),
    "the document has no title": (Rule.DOCUMENT_TITLE, lambda deck: setattr(deck.core_properties, "title", "")),
    "the document's title is a file": (
        Rule.DOCUMENT_TITLE,
        lambda deck: setattr(deck.core_properties, "title", "board_v2.pptx"),
    ),
    "a chart has no alternative text": (Rule.ALT_TEXT, alt("chart", None)),
    "a table has no alternative text": (Rule.ALT_TEXT, alt("table", "")),
    "a picture has no alternative text": (Rule.ALT_TEXT, alt("picture", None)),
    "a group has no alternative text": (Rule.ALT_TEXT, alt("group", None)),
    "a chart is called by its file": (Rule.ALT_NAMES, alt("chart", "chart.png")),
    "a chart is called by its kind": (Rule.ALT_NAMES, alt("chart", "Chart 3")),
    "a picture is called so": (Rule.ALT_NAMES, alt("picture", "Picture 12")),
    "a picture's alternative text is a camera's": (Rule.ALT_NAMES, alt("picture", "IMG_2034")),
    "a table's alternative text is owed": (Rule.ALT_NAMES, alt("table", "TODO: add alt text")),
    "a chart's alternative text gives no figures": (Rule.ALT_DATA, alt("chart", "Open cases by month, England.")),
    "a chart's data move on": (Rule.ALT_DATA, in_chart(without_values)),
    "a chart has more points than categories": (Rule.CHART_DATA, in_chart(with_a_point_more)),
    "a chart has a point twice": (Rule.CHART_DATA, in_chart(with_a_point_twice)),
    "a group says another figure": (Rule.ALT_DATA, alt("group", "99,999, Open cases, 1 December 2020")),
    "a chart is decoration": (Rule.ALT_TEXT, decorate("chart")),
    "the title is read last": (Rule.READING_ORDER, title_last),
    "a slide is read backwards": (Rule.READING_ORDER, reversed_order),
    "panels are read out of order": (Rule.READING_ORDER, panels_swapped),
    "a table has no header row": (Rule.TABLE_HEADERS, in_table(lambda table: setattr(table, "first_row", False))),
    "a table has no header column": (Rule.TABLE_HEADERS, in_table(lambda table: setattr(table, "first_col", False))),
    "a column's header is blank": (Rule.TABLE_HEADERS, set_cell(0, 1, "")),
    "a row's header is blank": (Rule.TABLE_HEADERS, set_cell(2, 0, " ")),
    "cells are merged": (Rule.TABLE_SHAPE, in_table(lambda table: table.cell(2, 1).merge(table.cell(2, 2)))),
    "header cells are merged": (Rule.TABLE_SHAPE, in_table(lambda table: table.cell(0, 1).merge(table.cell(0, 2)))),
    "a row lacks a cell": (
        Rule.TABLE_SHAPE,
        in_table(lambda table: table._tbl.tr_lst[2].remove(table._tbl.tr_lst[2].tc_lst[-1])),
    ),
    "a figure is worse by its colour alone": (Rule.COLOUR_ALONE, in_table(recolour)),
    "an arrow stands without a word": (
        Rule.COLOUR_ALONE,
        in_table(lambda table: setattr(table.cell(2, 2), "text", "▲")),
    ),
    "a link says here": (
        Rule.LINK_TEXT,
        lambda deck: setattr(next(run for run in runs(shape(deck, "link")) if run.hyperlink.address), "text", "here"),
    ),
    "a link is a bare address": (
        Rule.LINK_TEXT,
        lambda deck: setattr(
            next(run for run in runs(shape(deck, "link")) if run.hyperlink.address),
            "text",
            "https://example.org/charts",
        ),
    ),
    "a text is in French": (Rule.LANGUAGE, body(lambda run: run._r.find(qn("a:rPr")).set("lang", "fr-FR"))),
    "a chart's text is American": (
        Rule.LANGUAGE,
        in_chart(
            lambda chart: [one.set("lang", "en-US") for one in chart._chartSpace.iter(qn("a:rPr"), qn("a:defRPr"))]
        ),
    ),
    "a text is pale": (
        Rule.CONTRAST,
        body(lambda run: setattr(run.font.color, "rgb", RGBColor(0xBB, 0xBB, 0xBB))),
    ),
    "a cell's fill is as dark as its text": (
        Rule.CONTRAST,
        in_table(
            lambda table: (
                table.cell(1, 0).fill.solid(),
                setattr(table.cell(1, 0).fill.fore_color, "rgb", RGBColor(0x20, 0x40, 0x60)),
            )
        ),
    ),
    "a slide's background is dark": (
        Rule.CONTRAST,
        lambda deck: (
            deck.slides[4].background.fill.solid(),
            setattr(deck.slides[4].background.fill.fore_color, "rgb", RGBColor(0x30, 0x30, 0x30)),
        ),
    ),
    "a chart's labels are pale": (
        Rule.CONTRAST,
        in_chart(
            lambda chart: [
                one.set("val", "D9D9D9")
                for one in chart._chartSpace.xpath(".//c:txPr//a:srgbClr | .//c:rich//a:srgbClr")
            ]
        ),
    ),
    "stacked grades have no line between": (
        Rule.CHART_CONTRAST,
        in_chart(
            lambda chart: [one.getparent().remove(one) for one in chart._chartSpace.xpath(".//c:ser/c:spPr/a:ln")]
        ),
    ),
    "a text is small": (Rule.SIZE, body(lambda run: setattr(run.font, "size", Pt(8)))),
    "a chart's text is small": (
        Rule.SIZE,
        in_chart(lambda chart: [one.set("sz", "700") for one in chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr"))]),
    ),
    "a shape stands off the slide": (
        Rule.ON_PAGE,
        lambda deck: setattr(shape(deck, "chart"), "left", Emu(20_000_000)),
    ),
    "a slide is hidden": (Rule.ON_PAGE, lambda deck: deck.slides[4].element.set("show", "0")),
    "a section has no name": (Rule.SECTIONS, unnamed),
    "a section names a missing slide": (Rule.SECTIONS, elsewhere),
    "a series has no name": (
        Rule.COLOUR_ALONE,
        in_chart(lambda chart: [one.getparent().remove(one) for one in chart._chartSpace.xpath(".//c:ser/c:tx")]),
    ),
}


def test_a_deck_of_our_own_breaks_no_rule(good: bytes, tmp_path: Path) -> None:
    assert found(good, tmp_path, lambda deck: None) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_a_deck_is_found(fault: str, good: bytes, tmp_path: Path) -> None:
    rule, change = FAULTS[fault]
    assert rule.value.name in found(good, tmp_path, change)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 200), grey=st.integers(0xA0, 0xF4))
def test_pale_text_is_found_wherever_it_stands(good: bytes, tmp_path: Path, place: int, grey: int) -> None:
    def change(deck: Any) -> None:
        light = {"Text", "Exhibit", "Text and exhibit"}
        slides = [slide for slide in deck.slides if slide.slide_layout.name in light]
        written = [run for slide in slides for one in slide.shapes if one.has_text_frame for run in runs(one)]
        written[place % len(written)].font.color.rgb = RGBColor(grey, grey, grey)

    assert Rule.CONTRAST.value.name in found(good, tmp_path, change)


def test_a_finding_says_where_what_is_valid_why_and_what_to_do_next(good: bytes, tmp_path: Path) -> None:
    found(good, tmp_path, alt("chart", "Chart 3"))
    [finding] = examine(tmp_path / "paper.pptx")
    said = str(finding)
    assert said.startswith("paper.pptx, slide ")
    for part in ("'Chart 3'", "never a file's name", "WCAG 1.1.1", "Write what it shows."):
        assert part in said


def test_what_is_no_deck_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "paper.pptx"
    path.write_bytes(b"no deck")
    [finding] = examine(path)
    assert finding.found.startswith("Readable file: it cannot be read")
