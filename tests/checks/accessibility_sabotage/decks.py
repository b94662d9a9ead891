"""Faults of decks."""

from __future__ import annotations

import copy
import io
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree
from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from tests.checks.accessibility_sabotage.faults import Kinds, Plant, spread

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMESPACES = (
    f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECORATIVE = (
    f'<a:extLst {NAMESPACES}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
NAMES = (
    "chart1.png", "IMG_2034.JPG", "image.png", "Picture 3", "Chart 4", "Table 2", "Content Placeholder 4", "image",
    "Graphic", "Diagram", "chart", "photo", "alt text", "TODO", "placeholder", "untitled", "Description of image",
    "C:\\reports\\q3\\open-cases.svg", "https://example.org/a/open-cases.svg", "open_cases_v2_FINAL.emf",
)  # fmt: skip
SAYING_NOTHING = (
    "A chart", "Line chart.", "This is a chart", "See slide", "x", "...", "-", "N/A", "none", "Lorem ipsum dolor sit amet",
    "Chart of the data", "Screenshot", "A picture of a graph",
)  # fmt: skip
VAGUE = ("here", "Click here", "more", "Read more", "link", "this link", "this", "details", "Learn more…", "page")
BARE = ("https://www.example.org/reports/2021/q3", "www.example.org", "http://example.org/?a=1", "example.org/reports")
FILE_NAMES = (
    "board_papers.pptx",
    "demand_pressures",
    "PowerPoint Presentation",
    "Presentation1",
    "Untitled",
    "slide 1",
)


def _written(deck: Any) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


KINDS: Kinds[Any] = Kinds(lambda content: Presentation(io.BytesIO(content)), _written)
of = KINDS.of


def _each(deck: Any, path: str) -> Iterator[tuple[str, Any]]:
    for number, slide in enumerate(deck.slides, 1):
        for found in slide._element.xpath(path):
            yield f"slide {number}", found


def _runs(deck: Any, most: int = 12) -> list[tuple[str, Any]]:
    found = [(f"{at}, '{run.text[:20]}'", run) for at, run in _each(deck, ".//a:r[normalize-space(a:t)]")]
    return spread(found, most)


def _charts(deck: Any) -> Iterator[tuple[str, Any]]:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if shape.has_chart:
                yield f"slide {number}", shape


def _tables(deck: Any) -> Iterator[tuple[str, Any]]:
    yield from _each(deck, ".//a:tbl")


def _titles(deck: Any) -> Iterator[tuple[str, Any]]:
    yield from _each(deck, './p:cSld/p:spTree/p:sp[.//p:ph[@type="title" or @type="ctrTitle"]]')


def _exhibits(deck: Any) -> Iterator[tuple[str, Any]]:
    yield from _each(deck, "./p:cSld/p:spTree/p:graphicFrame//p:cNvPr | ./p:cSld/p:spTree/p:pic//p:cNvPr")


def _set(element: Any, name: str, value: str | None) -> None:
    if value is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, value)


def _gone(element: Any) -> None:
    element.getparent().remove(element)


def _say(shape: Any, text: str) -> None:
    texts = shape.xpath(".//a:t")
    for t in texts:
        t.text = ""
    texts[0].text = text


def _properties(run: Any) -> Any:
    return run.get_or_add_rPr()


def _fill(run: Any, colour: str) -> None:
    properties = _properties(run)
    for old in properties.xpath("./a:solidFill"):
        _gone(old)
    at = 1 if properties.xpath("./a:ln") else 0
    properties.insert(at, parse_xml(f"<a:solidFill {NAMESPACES}>{colour}</a:solidFill>"))


def _rgb(value: str) -> str:
    return f'<a:srgbClr val="{value}"/>'


# Titles


@of("Titles and headings", "slide without a title")
def no_title(deck: Any) -> Iterator[Plant]:
    for at, title in _titles(deck):
        yield at, partial(_gone, title)


@of("Titles and headings", "slide title blank")
def blank_title(deck: Any) -> Iterator[Plant]:
    blanks = ("", " ", "\u00a0", "\u200b", "\n", "…")
    for number, (at, title) in enumerate(_titles(deck)):
        blank = blanks[number % 5]
        yield f"{at}, {blank!r}", partial(_say, title, blank)


@of("Titles and headings", "two slides with one title")
def one_title_twice(deck: Any) -> Iterator[Plant]:
    titles = list(_titles(deck))
    for number, (at, title) in enumerate(titles):
        other = "".join(titles[number - 1][1].xpath(".//a:t/text()"))
        for said in (other, other.upper(), f" {other} ", other.replace(" ", "\u00a0")):
            yield f"{at}, {said!r}", partial(_say, title, said)


@of("Titles and headings", "title in a text box, no placeholder")
def title_without_place(deck: Any) -> Iterator[Plant]:
    for at, title in _titles(deck):
        yield at, partial(_gone, title.xpath(".//p:ph")[0])


@of("Titles and headings", "title placeholder of the kind of a text")
def title_as_body(deck: Any) -> Iterator[Plant]:
    for at, title in _titles(deck):
        yield at, partial(title.xpath(".//p:ph")[0].set, "type", "body")


# Alternative text


@of("Alternative text", "chart, table or picture without alternative text")
def no_alt(deck: Any) -> Iterator[Plant]:
    for at, exhibit in _exhibits(deck):
        for value in (None, "", "  ", "\u00a0"):
            yield f"{at}, {value!r}", partial(_set, exhibit, "descr", value)


@of("Alternative text", "alternative text in the title's field only")
def alt_as_title(deck: Any) -> Iterator[Plant]:
    for at, exhibit in _exhibits(deck):

        def change(exhibit: Any = exhibit) -> None:
            exhibit.set("title", exhibit.attrib.pop("descr"))

        yield at, change


@of("Alternative text that is a name", "alternative text is a name")
def alt_is_name(deck: Any) -> Iterator[Plant]:
    exhibits = list(_exhibits(deck))
    for number, name in enumerate(NAMES):
        if exhibits:
            at, exhibit = exhibits[number % len(exhibits)]
            yield f"{at}, {name!r}", partial(exhibit.set, "descr", name)


@of("Alternative text that is a name", "alternative text is the shape's own name")
def alt_is_shape_name(deck: Any) -> Iterator[Plant]:
    for at, exhibit in _exhibits(deck):

        def change(exhibit: Any = exhibit) -> None:
            exhibit.set("name", "Graph 7")
            exhibit.set("descr", "Graph 7")

        yield at, change


@of("Alternative text", "alternative text says nothing")
def alt_says_nothing(deck: Any) -> Iterator[Plant]:
    exhibits = list(_exhibits(deck))
    for number, text in enumerate(SAYING_NOTHING):
        if exhibits:
            at, exhibit = exhibits[number % len(exhibits)]
            yield f"{at}, {text!r}", partial(exhibit.set, "descr", text)


@of("Alternative text", "an exhibit marked as decoration")
def exhibit_as_decoration(deck: Any) -> Iterator[Plant]:
    for at, exhibit in _exhibits(deck):
        for keep in (True, False):

            def change(exhibit: Any = exhibit, keep: bool = keep) -> None:
                exhibit.append(parse_xml(DECORATIVE))
                if not keep:
                    exhibit.attrib.pop("descr")

            yield f"{at}, {'with' if keep else 'without'} its alternative text", change


@of("Alternative text", "decoration not marked so, without alternative text")
def decoration_unmarked(deck: Any) -> Iterator[Plant]:
    marks = _each(deck, './p:cSld/p:spTree/p:sp//p:cNvPr[.//*[local-name()="decorative"]]/a:extLst')
    for at, mark in marks:
        yield at, partial(_gone, mark)


@of("Alternative text", "group without alternative text")
def group_without_alt(deck: Any) -> Iterator[Plant]:
    for at, group in _each(deck, "./p:cSld/p:spTree/p:grpSp/p:nvGrpSpPr/p:cNvPr[@descr]"):
        yield at, partial(_set, group, "descr", None)


@of("Alternative text", "picture added without alternative text, or with its file's name")
def picture(deck: Any) -> Iterator[Plant]:
    for number, slide in enumerate(deck.slides, 1):
        for alt in (None, "", "picture.png", "Picture 9", "open-cases"):
            if number % 4 == 3:
                yield f"slide {number}, {alt!r}", partial(_picture, slide, alt)


def _picture(slide: Any, alt: str | None, words: str = "") -> None:
    image = Image.new("RGB", (400, 120), "#12436D")
    if words:
        ImageDraw.Draw(image).text((10, 50), words, fill="white")
    file = io.BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    shape = slide.shapes.add_picture(file, Emu(600000), Emu(5600000), Emu(1200000), Emu(360000))
    _set(shape._element.nvPicPr.cNvPr, "descr", alt)


# Alternative text and figures


def _figures(chart: Any) -> Iterator[tuple[str, Any]]:
    """Give the elements of the first, last, lowest and highest figure of each series."""
    for series in chart._chartSpace.xpath(".//c:ser"):
        points = [(float(v.text), v) for v in series.xpath("./c:val//c:pt/c:v")]
        named = {"first": points[0], "last": points[-1], "lowest": min(points, key=lambda p: p[0]),
                 "highest": max(points, key=lambda p: p[0])}  # fmt: skip
        for name, (_, element) in named.items():
            yield f"series {series.idx.val + 1}, {name}", element


@of("Alternative text and data", "a chart's figure moved, its alternative text did not")
def figure_moved(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for which, element in _figures(shape.chart):
            for factor in (1.013, 0.9, 2.0):
                # What an alternative text may round away is no fault.
                value = float(element.text) * factor + 0.06 * (factor > 1)
                yield f"{at}, {which}, {element.text} to {value:.5g}", partial(setattr, element, "text", repr(value))


@of("Alternative text and data", "alternative text says another figure")
def alt_other_figure(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        properties = shape._element.xpath(".//p:cNvPr")[0]
        alt = properties.get("descr")
        for figure, other in _other_figures(shape.chart, alt):
            yield f"{at}, {figure} to {other}", partial(properties.set, "descr", alt.replace(figure, other))


def _other_figures(chart: Any, alt: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for _, element in _figures(chart):
        value = float(element.text)
        for said in (f"{value:,.0f}", f"{value:.1f}", f"{value * 100:.0f}%", f"{value:.0f}%"):
            if said in alt and said not in seen:
                seen.add(said)
                digits = [number for number, letter in enumerate(said) if letter.isdigit()]
                for at in {digits[0], digits[-1]}:
                    yield said, said[:at] + str((int(said[at]) + 1) % 9) + said[at + 1 :]
                break


@of("Alternative text and data", "alternative text leaves figures out")
def alt_without_figures(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        properties = shape._element.xpath(".//p:cNvPr")[0]
        alt = properties.get("descr")
        sentences = alt.split(". ")
        yield f"{at}, all but the first sentence", partial(properties.set, "descr", sentences[0] + ".")
        yield f"{at}, the last sentence", partial(properties.set, "descr", ". ".join(sentences[:-1]) + ".")
        yield f"{at}, half", partial(properties.set, "descr", alt[: len(alt) // 2])


@of("Alternative text and data", "alternative text of another chart")
def alt_of_another(deck: Any) -> Iterator[Plant]:
    charts = list(_charts(deck))
    alts = [shape._element.xpath(".//p:cNvPr")[0].get("descr") for _, shape in charts]
    for number, (at, shape) in enumerate(charts):
        if alts[number - 1] != alts[number]:
            yield at, partial(shape._element.xpath(".//p:cNvPr")[0].set, "descr", alts[number - 1])


@of("Alternative text and data", "figures of two series exchanged in the alternative text")
def alt_exchanged(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        names = ["".join(name.xpath(".//c:v/text()")) for name in shape.chart._chartSpace.xpath(".//c:ser/c:tx")]
        properties = shape._element.xpath(".//p:cNvPr")[0]
        alt = properties.get("descr")
        for one, other in itertools.pairwise(names):
            said = [name for name in (one.lower(), other.lower()) if name and name in alt.lower()]
            if len(said) == 2:
                lower = alt.lower()
                changed = lower.replace(said[0], "\0").replace(said[1], said[0]).replace("\0", said[1])
                yield f"{at}, {said}", partial(properties.set, "descr", changed)


@of("Alternative text and data", "a table's or a group's alternative text says another figure")
def table_alt_other_figure(deck: Any) -> Iterator[Plant]:
    found = _each(deck, "./p:cSld/p:spTree/p:graphicFrame[.//a:tbl]/p:nvGraphicFramePr/p:cNvPr")
    for at, properties in [*found, *_each(deck, "./p:cSld/p:spTree/p:grpSp/p:nvGrpSpPr/p:cNvPr[@descr]")]:
        alt = properties.get("descr")
        digits = [number for number, letter in enumerate(alt) if letter.isdigit()]
        for place in {digits[0], digits[-1]} if digits else ():
            other = alt[:place] + str((int(alt[place]) + 4) % 10) + alt[place + 1 :]
            yield f"{at}, '{alt[max(0, place - 15) : place + 5]}'", partial(properties.set, "descr", other)


# Reading order


@of("Reading order", "the title is read last, or second")
def title_late(deck: Any) -> Iterator[Plant]:
    for at, title in _titles(deck):
        tree = title.getparent()
        yield f"{at}, last", partial(tree.append, title)
        yield f"{at}, second", partial(title.getnext().addnext, title)


def _stacked(deck: Any) -> Iterator[tuple[str, Any, Any, bool]]:
    """Give pairs of neighbours in reading order, and whether they stand side by side."""
    for number, slide in enumerate(deck.slides, 1):
        shapes = [
            s for s in slide.shapes if not s._element.xpath('.//*[local-name()="decorative"]') or s.shape_type == 6
        ]
        for one, other in itertools.pairwise(shapes):
            below = other.top >= one.top + one.height
            beside = other.left >= one.left + one.width and abs(other.top - one.top) < Pt(3)
            if below or beside:
                yield f"slide {number}, {one.name[:20]} and {other.name[:20]}", one._element, other._element, beside


@of("Reading order", "what stands below is read first")
def below_first(deck: Any) -> Iterator[Plant]:
    for where, one, other, beside in _stacked(deck):
        if not beside:
            yield where, partial(other.addnext, one)


@of("Reading order", "what stands to the right is read first")
def right_first(deck: Any) -> Iterator[Plant]:
    for where, one, other, beside in _stacked(deck):
        if beside:
            yield where, partial(other.addnext, one)


@of("Reading order", "the whole slide is read backwards")
def backwards(deck: Any) -> Iterator[Plant]:
    for number, slide in enumerate(deck.slides, 1):
        tree = slide.shapes._spTree

        def change(tree: Any = tree, shapes: Any = tuple(shape._element for shape in slide.shapes)) -> None:
            for shape in shapes:
                tree.insert(2, shape)

        if len(slide.shapes) > 3:
            yield f"slide {number}", change


# Tables


@of("Table headers", "header row or header column not marked")
def headers_off(deck: Any) -> Iterator[Plant]:
    for at, table in _tables(deck):
        for name in ("firstRow", "firstCol"):
            for value in (None, "0"):
                yield f"{at}, {name} {value}", partial(_set, table.tblPr, name, value)
        yield f"{at}, no properties", partial(_gone, table.tblPr)


@of("Table headers", "blank header cell")
def blank_header(deck: Any) -> Iterator[Plant]:
    for at, table in _tables(deck):
        cells = [*table.tr_lst[0].tc_lst, *(row.tc_lst[0] for row in table.tr_lst[1:])]
        for number, cell in enumerate(spread(cells, 7)):
            blank = ("", " ", "\u00a0", "\u200b")[number % 4]
            yield f"{at}, cell {number}, {blank!r}", partial(_say, cell, blank)


@of("Simple tables", "merged cells")
def merged(deck: Any) -> Iterator[Plant]:
    for at, table in _tables(deck):
        across, down = len(table.tr_lst[0].tc_lst), len(table.tr_lst)
        for row, column in {(0, 0), (0, across - 2), (1, 0), (down - 1, across - 2)}:

            def wide(row: int = row, column: int = column, table: Any = table) -> None:
                table.tr_lst[row].tc_lst[column].set("gridSpan", "2")
                table.tr_lst[row].tc_lst[column + 1].set("hMerge", "1")

            yield f"{at}, across from row {row}, column {column}", wide
        for row, column in {(0, 0), (1, 0), (down - 2, across - 1)} if down > 2 else ():

            def high(row: int = row, column: int = column, table: Any = table) -> None:
                table.tr_lst[row].tc_lst[column].set("rowSpan", "2")
                table.tr_lst[row + 1].tc_lst[column].set("vMerge", "1")

            yield f"{at}, down from row {row}, column {column}", high


@of("Simple tables", "ragged row")
def ragged(deck: Any) -> Iterator[Plant]:
    for at, table in _tables(deck):
        for row in (table.tr_lst[0], table.tr_lst[-1]):
            cell = row.tc_lst[-1]
            yield f"{at}, a cell too few", partial(_gone, cell)
            yield f"{at}, a cell too many", partial(lambda cell: cell.addnext(copy.deepcopy(cell)), cell)


@of("Simple tables", "empty row or column")
def empty_line(deck: Any) -> Iterator[Plant]:
    def empty(cells: Any) -> None:
        for cell in cells:
            for text in cell.xpath(".//a:t"):
                text.text = ""

    for at, table in _tables(deck):
        yield f"{at}, last row", partial(empty, table.tr_lst[-1].tc_lst)
        yield f"{at}, last column", partial(empty, [row.tc_lst[-1] for row in table.tr_lst])


# Links


def _link(run: Any, slide: Any, address: str) -> None:
    relation = slide.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _properties(run).append(parse_xml(f'<a:hlinkClick {NAMESPACES} r:id="{relation}"/>'))


def _linkable(deck: Any) -> list[tuple[str, Any, Any]]:
    found = [
        (f"slide {number}", run, slide)
        for number, slide in enumerate(deck.slides, 1)
        for run in slide._element.xpath('.//p:sp[.//p:ph[@type="body"]]//a:r[normalize-space(a:t)]')
    ]
    return spread(found, 10)


@of("Link text", "link text says nothing, or is an address")
def link_text(deck: Any) -> Iterator[Plant]:
    places = _linkable(deck)
    for number, said in enumerate((*VAGUE, *BARE)):
        at, run, slide = places[number % len(places)]

        def change(run: Any = run, slide: Any = slide, said: str = said) -> None:
            run.text = said
            _link(run, slide, "https://www.example.org/reports/2021/q3")

        yield f"{at}, {said!r}", change


@of("Link text", "link on a blank, or on a shape without words")
def link_blank(deck: Any) -> Iterator[Plant]:
    for at, run, slide in _linkable(deck)[:3]:

        def change(run: Any = run, slide: Any = slide) -> None:
            added = copy.deepcopy(run)
            run.addnext(added)
            added.text = " "
            _link(added, slide, "https://www.example.org/")

        yield at, change
    for number, slide in list(enumerate(deck.slides, 1))[1:3]:

        def shape(slide: Any = slide) -> None:
            box = slide.shapes.add_textbox(Emu(600000), Emu(5600000), Emu(900000), Emu(360000))
            box.click_action.hyperlink.address = "https://www.example.org/"

        yield f"slide {number}, a shape", shape


@of("Links that lead somewhere", "link that leads nowhere")
def link_nowhere(deck: Any) -> Iterator[Plant]:
    addresses = (
        "",
        "#",
        "http://",
        "https://",
        "TODO",
        "javascript:void(0)",
        "C:\\reports\\q3.xlsx",
        "about:blank",
        "mailto:",
    )
    places = _linkable(deck)
    for number, address in enumerate(addresses):
        at, run, slide = places[number % len(places)]
        yield f"{at}, {address!r}", partial(_link, run, slide, address)
    for at, run, _ in places[:2]:
        broken = parse_xml(f'<a:hlinkClick {NAMESPACES} r:id="rId999"/>')
        yield f"{at}, no relation", partial(lambda run, broken: _properties(run).append(broken), run, broken)
        jump = parse_xml(f'<a:hlinkClick {NAMESPACES} r:id="" action="ppaction://hlinksldjump"/>')
        yield f"{at}, to no slide", partial(lambda run, jump: _properties(run).append(jump), run, jump)


# Language


@of("Language", "language of a text is missing or another")
def run_language(deck: Any) -> Iterator[Plant]:
    values = (None, "en-US", "fr-FR", "de-DE", "en", "", "cy-GB")
    for number, (at, run) in enumerate(_runs(deck, 28)):
        value = values[number % len(values)]
        yield f"{at}, {value!r}", partial(lambda run, value: _set(_properties(run), "lang", value), run, value)


@of("Language", "language of a table's or a group's text")
def table_language(deck: Any) -> Iterator[Plant]:
    for at, run in spread(list(_each(deck, ".//a:tc//a:r | .//p:grpSp//a:r")), 10):
        yield f"{at}, en-US", partial(lambda run: _properties(run).set("lang", "en-US"), run)


@of("Language", "language of a chart's text")
def chart_language(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for element in spread(shape.chart._chartSpace.xpath(".//a:defRPr[@lang]"), 4):
            for value in ("en-US", None):
                yield f"{at}, {value}", partial(_set, element, "lang", value)


@of("Language", "language of the notes")
def notes_language(deck: Any) -> Iterator[Plant]:
    for number, slide in enumerate(deck.slides, 1):
        if slide.has_notes_slide:
            for run in slide.notes_slide._element.xpath(".//a:r")[:1]:
                for value in ("en-US", None):
                    change = partial(lambda run, value: _set(_properties(run), "lang", value), run, value)
                    yield f"slide {number}, {value}", change


@of("Language", "language of the file")
def file_language(deck: Any) -> Iterator[Plant]:
    for value in ("", "en-US", "fr-FR"):
        yield repr(value), partial(setattr, deck.core_properties, "language", value)


# Contrast


FAINT = ("787878", "949494", "BFBFBF", "FFFFFF", "28A197", "F46A25", "FFDD00", "7AA6D9")


@of("Contrast of text", "text too faint")
def faint_text(deck: Any) -> Iterator[Plant]:
    found = _each(deck, './/p:sp[.//p:ph[@idx!="0"]]//a:r[normalize-space(a:t) and a:rPr[@sz<1400]]')
    small = [*found, *_each(deck, './/p:sp[.//p:ph[@type="ftr"]]//a:r')]
    for number, (at, run) in enumerate(spread(small, 16)):
        colour = FAINT[number % len(FAINT)]
        yield f"{at}, footer or small text, {colour}", partial(_fill, run, _rgb(colour))


@of("Contrast of text", "large text too faint")
def faint_large(deck: Any) -> Iterator[Plant]:
    for number, (at, title) in enumerate(_titles(deck)):
        run = title.xpath(".//a:r[normalize-space(a:t)]")[0]
        if "Section" not in at:
            colour = ("969696", "C8C8C8", "FFDD00", "F5A623")[number % 4]
            for ground in ("light",):
                yield f"{at}, title, {colour}, {ground}", partial(_on_white, run, colour)


def _on_white(run: Any, colour: str) -> None:
    slide = run.xpath("ancestor::p:cSld")[0]
    for old in slide.xpath("./p:bg"):
        _gone(old)
    slide.insert(
        0,
        parse_xml(
            f"<p:bg {NAMESPACES}><p:bgPr><a:solidFill>{_rgb('FFFFFF')}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
        ),
    )
    _fill(run, _rgb(colour))


@of("Contrast of text", "text in a colour of the theme that is too faint")
def faint_theme(deck: Any) -> Iterator[Plant]:
    colours = (
        '<a:schemeClr val="bg1"/>',
        '<a:schemeClr val="bg1"><a:lumMod val="65000"/></a:schemeClr>',
        '<a:schemeClr val="tx1"><a:lumMod val="50000"/><a:lumOff val="50000"/></a:schemeClr>',
        '<a:prstClr val="silver"/>',
        '<a:srgbClr val="1F1F1F"><a:alpha val="40000"/></a:srgbClr>',
        '<a:hslClr hue="0" sat="0" lum="60000"/>',
        '<a:scrgbClr r="60000" g="60000" b="60000"/>',
        '<a:sysClr val="window" lastClr="FFFFFF"/>',
    )
    runs = spread(list(_each(deck, ".//a:tc//a:r[normalize-space(a:t)]")), len(colours))
    for (at, run), colour in zip(runs, colours, strict=False):
        yield f"{at}, cell, {colour[3:40]}", partial(_fill, run, colour)


@of("Contrast of text", "dark cell or shape behind dark text")
def dark_ground(deck: Any) -> Iterator[Plant]:
    def cell(properties: Any, colour: str) -> None:
        for old in properties.xpath("./a:solidFill|./a:noFill"):
            _gone(old)
        properties.append(parse_xml(f"<a:solidFill {NAMESPACES}>{_rgb(colour)}</a:solidFill>"))

    for at, properties in spread(list(_each(deck, ".//a:tc/a:tcPr")), 8):
        for colour in ("12436D", "595959"):
            yield f"{at}, cell, {colour}", partial(cell, properties, colour)
    for number, slide in list(enumerate(deck.slides, 1))[1:8]:
        tree = slide._element.cSld
        if slide.slide_layout.name not in ("Section", "Title", "Closing"):
            ground = parse_xml(
                f"<p:bg {NAMESPACES}><p:bgPr><a:solidFill>{_rgb('3D3D3D')}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
            )
            yield f"slide {number}, its background", partial(tree.insert, 0, ground)


@of("Contrast of text", "the master's or the theme's text too faint")
def faint_master(deck: Any) -> Iterator[Plant]:
    master = deck.slide_master
    for style in ("titleStyle", "bodyStyle"):
        for fill in master._element.xpath(f"./p:txStyles/p:{style}/a:lvl1pPr/a:defRPr/a:solidFill"):

            def change(fill: Any = fill) -> None:
                fill[:] = [parse_xml(f'<a:srgbClr {NAMESPACES} val="B4B4B4"/>')]

            yield style, change
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))

    def theme_change() -> None:
        tree = etree.fromstring(theme.blob)
        for dark in tree.iter(f"{{{A}}}dk1"):
            dark[:] = [parse_xml(f'<a:srgbClr {NAMESPACES} val="A6A6A6"/>')]
        theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    yield "theme, dk1", theme_change


@of("Contrast of text", "chart text too faint")
def faint_chart_text(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        fills = shape.chart._chartSpace.xpath(".//a:defRPr/a:solidFill")
        for number, fill in enumerate(spread(fills, 5)):
            for colour in ("BFBFBF", "9A9A9A", "7AA6D9")[number % 3 :]:

                def change(fill: Any = fill, colour: str = colour) -> None:
                    properties = fill.getparent()
                    properties.set("sz", "1200")
                    fill[:] = [parse_xml(f'<a:srgbClr {NAMESPACES} val="{colour}"/>')]

                # A label within a bar stands on the bar's colour.
                if not fill.xpath("ancestor::c:ser") or fill.xpath('ancestor::c:dLbl/c:dLblPos[@val="r"]'):
                    yield f"{at}, text {number}, {colour}", change


@of("Contrast of text", "label on a bar of nearly its colour")
def faint_label(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for series in shape.chart._chartSpace.xpath(".//c:barChart/c:ser[.//c:dLbls//a:defRPr/a:solidFill/a:srgbClr]"):
            for bar, label in (("12436D", "1F1F1F"), ("28A197", "FFFFFF"), ("F46A25", "FFFFFF"), ("DDDDDD", "949494")):

                def change(series: Any = series, bar: str = bar, label: str = label) -> None:
                    for position in series.xpath(".//c:dLbls/c:dLblPos"):
                        position.set("val", "ctr")
                    for colour in series.xpath("./c:spPr/a:solidFill/a:srgbClr | ./c:dPt/c:spPr/a:solidFill/a:srgbClr"):
                        colour.set("val", bar)
                    for colour in series.xpath(".//c:dLbls//a:defRPr/a:solidFill/a:srgbClr"):
                        colour.set("val", label)

                yield f"{at}, series {series.idx.val + 1}, {label} on {bar}", change


@of("Contrast of graphics", "series too faint against the background, without labels")
def faint_series(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for series in shape.chart._chartSpace.xpath(".//c:ser"):
            for faint in ("E0E0E0", "F5C400", "A8C8E8", "9F9F9F"):

                def change(series: Any = series, faint: str = faint) -> None:
                    for labels in series.xpath("./c:dLbls"):
                        _gone(labels)
                    for colour in series.xpath("./c:spPr//a:solidFill/* | ./c:dPt//c:spPr//a:solidFill/*"):
                        colour.getparent()[:] = [parse_xml(f'<a:srgbClr {NAMESPACES} val="{faint}"/>')]

                yield f"{at}, series {series.idx.val + 1}, {faint}", change


@of("Contrast of graphics", "neighbours in a stack too alike, no line between, no labels")
def alike_neighbours(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for plot in shape.chart._chartSpace.xpath('.//c:barChart[c:grouping[@val="percentStacked" or @val="stacked"]]'):

            def change(plot: Any = plot) -> None:
                for number, series in enumerate(plot.xpath("./c:ser")):
                    for old in series.xpath("./c:dLbls | ./c:spPr/a:ln | ./c:dPt"):
                        _gone(old)
                    for colour in series.xpath("./c:spPr/a:solidFill"):
                        value = ("12436D", "0F4A72", "3D3D3D", "206090", "12436D")[number % 5]
                        colour[:] = [parse_xml(f'<a:srgbClr {NAMESPACES} val="{value}"/>')]

            yield at, change


# Colour alone


@of("Colour alone", "a series without a name")
def nameless_series(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for series in shape.chart._chartSpace.xpath(".//c:ser"):
            where = f"{at}, series {series.idx.val + 1}"
            yield f"{where}, none", partial(_gone, series.xpath("./c:tx")[0])
            yield f"{where}, blank", partial(setattr, series.xpath("./c:tx//c:v")[0], "text", " ")
            if series.idx.val:
                first = shape.chart._chartSpace.xpath(".//c:ser/c:tx//c:v")[0].text
                yield f"{where}, the first one's", partial(setattr, series.xpath("./c:tx//c:v")[0], "text", first)


@of("Colour alone", "neither legend nor labels tell series apart")
def no_legend(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        space = shape.chart._chartSpace
        if len(space.xpath(".//c:ser")) > 1:

            def change(space: Any = space) -> None:
                for found in space.xpath(".//c:legend | .//c:ser/c:dLbls"):
                    _gone(found)

            yield at, change
            for labels in space.xpath(".//c:ser/c:dLbls"):
                if not space.xpath(".//c:legend"):
                    yield f"{at}, one series", partial(_gone, labels)


@of("Colour alone", "a status told by colour or by a bare mark")
def status_by_colour(deck: Any) -> Iterator[Plant]:
    words = (
        "Complete",
        "On track",
        "Green",
        "Amber",
        "Red",
        "Late",
        "Not due",
        "improvement",
        "concern",
        "Improvement",
        "Concern",
    )
    for at, text in spread(list(_each(deck, ".//a:tc//a:t | .//p:grpSp//a:t")), 4000):
        for word in words:
            if text.text.strip("●▲▼◆■○▶ ").startswith(word) and len(text.text) < 24:
                yield f"{at}, {text.text!r} to a mark", partial(setattr, text, "text", "●")
                break


# Size, reach


@of("Size of text", "text below the floor")
def small_text(deck: Any) -> Iterator[Plant]:
    sizes = ("1150", "1100", "1000", "800", "600", "1199")
    runs = [
        (at, run)
        for at, run in _runs(deck, 400)
        if not run.xpath('ancestor::p:sp[.//p:ph[@type="ftr" or @type="sldNum"]]')
    ]
    for number, (at, run) in enumerate(spread(runs, 24)):
        size = sizes[number % len(sizes)]
        yield f"{at}, {size}", partial(lambda run, size: _properties(run).set("sz", size), run, size)


@of("Size of text", "footer below its floor")
def small_footer(deck: Any) -> Iterator[Plant]:
    for at, run in spread(list(_each(deck, './/p:sp[.//p:ph[@type="ftr" or @type="sldNum"]]//a:r')), 4):
        yield f"{at}, 10 points", partial(lambda run: _properties(run).set("sz", "1000"), run)


@of("Size of text", "chart text below the floor")
def small_chart_text(deck: Any) -> Iterator[Plant]:
    for at, shape in _charts(deck):
        for number, properties in enumerate(spread(shape.chart._chartSpace.xpath(".//a:defRPr"), 4)):
            yield f"{at}, text {number}, 10 points", partial(properties.set, "sz", "1000")


@of("Size of text", "text shrunk to fit, or small by the master")
def shrunk_text(deck: Any) -> Iterator[Plant]:
    for at, body in spread(list(_each(deck, './/p:sp[.//p:ph[@type="body"]]/p:txBody[.//a:t]/a:bodyPr')), 5):
        for scale in ("62500", "40000"):
            sizes = [int(value) for value in body.getparent().xpath(".//a:rPr/@sz")] or [1800]
            if min(sizes) * int(scale) / 100000 < 1150:
                fit = parse_xml(f'<a:normAutofit {NAMESPACES} fontScale="{scale}"/>')

                def change(body: Any = body, fit: Any = fit) -> None:
                    body[:] = [fit]

                yield f"{at}, scale {scale}", change


@of("Text within reach", "text off the slide")
def off_slide(deck: Any) -> Iterator[Plant]:
    wide, high = deck.slide_width, deck.slide_height
    for number, slide in enumerate(deck.slides, 1):
        shapes = [shape for shape in slide.shapes if shape.shape_type == 6 or shape.has_chart or shape.has_table
                  or (shape.has_text_frame and shape.text_frame.text.strip())]  # fmt: skip
        for shape in spread(shapes, 2):
            places = (("right", wide + 1000, shape.top), ("left", -shape.width - 1000, shape.top),
                      ("below", shape.left, high + 1000), ("half right", wide - shape.width // 2, shape.top))  # fmt: skip
            side, left, top = places[number % 4]

            def change(
                shape: Any = shape, at: tuple[int, int, int, int] = (left, top, shape.width, shape.height)
            ) -> None:
                shape.left, shape.top, shape.width, shape.height = (Emu(value) for value in at)

            yield f"slide {number}, {shape.name[:20]}, {side}", change


@of("Text within reach", "hidden text or slide")
def hidden(deck: Any) -> Iterator[Plant]:
    found = _each(deck, "./p:cSld/p:spTree/p:sp[.//a:t]/p:nvSpPr/p:cNvPr | ./p:cSld/p:spTree/p:graphicFrame//p:cNvPr")
    for at, properties in spread(list(found), 10):
        yield f"{at}, {properties.get('name')[:20]}", partial(properties.set, "hidden", "1")
    for number, slide in list(enumerate(deck.slides, 1))[1:4]:
        yield f"slide {number}", partial(slide._element.set, "show", "0")


@of("Text within reach", "text that runs out of its shape")
def overflowing(deck: Any) -> Iterator[Plant]:
    for at, body in spread(list(_each(deck, './/p:sp[.//p:ph[@type="body"]]/p:txBody[.//a:t]')), 5):

        def change(body: Any = body) -> None:
            for _ in range(45):
                body.append(copy.deepcopy(body.xpath("./a:p[.//a:t]")[0]))

        yield f"{at}, 45 lines more", change


# The file


@of("Document title", "no document title, or no title that says anything")
def document_title(deck: Any) -> Iterator[Plant]:
    for title in ("", "  ", *FILE_NAMES, "Microsoft PowerPoint - q3", "title", "q3.final.v2.pptx"):
        yield repr(title), partial(setattr, deck.core_properties, "title", title)


def _sections(deck: Any) -> list[Any]:
    return list(deck.part._element.xpath('.//*[local-name()="section"]'))


@of("Sections", "sections nameless, or not of the slides that there are")
def sections(deck: Any) -> Iterator[Plant]:
    for number, section in enumerate(_sections(deck)):
        slides = section.xpath('.//*[local-name()="sldId"]')
        yield f"section {number}, nameless", partial(section.set, "name", "")
        yield f"section {number}, blank", partial(section.set, "name", " ")
        yield f"section {number}, a slide left out", partial(_gone, slides[0])
        yield f"section {number}, a slide that is not", partial(slides[-1].set, "id", "999")
        yield f"section {number}, a slide twice", partial(lambda one: one.addnext(copy.deepcopy(one)), slides[0])


@of("Time and movement", "slides that turn over or move by themselves")
def by_itself(deck: Any) -> Iterator[Plant]:
    timing = (
        f'<p:timing {NAMESPACES}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        '<p:anim calcmode="lin" valueType="num"><p:cBhvr><p:cTn id="2" dur="500" repeatCount="indefinite"/><p:tgtEl>'
        '<p:spTgt spid="2"/></p:tgtEl><p:attrNameLst><p:attrName>ppt_x</p:attrName></p:attrNameLst></p:cBhvr></p:anim>'
        "</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )
    markup = (
        f'<p:transition {NAMESPACES} advTm="3000"/>',
        f'<p:transition {NAMESPACES} advClick="0" advTm="20000"><p:fade/></p:transition>',
        timing,
    )
    for number, slide in list(enumerate(deck.slides, 1))[:6]:
        text = markup[number % 3]

        def change(slide: Any = slide, text: str = text) -> None:
            after = slide._element.xpath("./p:clrMapOvr") or [slide._element.cSld]
            after[0].addnext(parse_xml(text))

        yield f"slide {number}, {text[1:14]}", change


@of("Time and movement", "film, sound or moving picture")
def film(deck: Any) -> Iterator[Plant]:
    def moving(slide: Any) -> None:
        frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "red")]
        file = io.BytesIO()
        frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
        file.seek(0)
        shape = slide.shapes.add_picture(file, Emu(600000), Emu(5600000), Emu(360000), Emu(360000))
        shape._element.nvPicPr.cNvPr.set("descr", "A light that turns from red to blue and back.")

    def played(slide: Any) -> None:
        shape = slide.shapes.add_movie(io.BytesIO(b"\0" * 64), Emu(600000), Emu(5600000), Emu(360000), Emu(360000))
        shape._element.nvPicPr.cNvPr.set("descr", "The chief executive introduces the paper.")

    for number, slide in list(enumerate(deck.slides, 1))[1:3]:
        yield f"slide {number}, moving picture", partial(moving, slide)
        yield f"slide {number}, film without captions", partial(played, slide)


@of("Time and movement", "a show that runs in a loop, by itself")
def kiosk(deck: Any) -> Iterator[Plant]:
    properties = next(rel.target_part for rel in deck.part.rels.values() if rel.reltype.endswith("/presProps"))
    for show in (
        '<p:showPr loop="1"><p:kiosk/></p:showPr>',
        '<p:showPr loop="1" useTimings="1"><p:present/></p:showPr>',
    ):

        def change(show: str = show) -> None:
            text = properties.blob.decode()
            at = text.index(">", text.index("presentationPr")) + 1
            if text[at - 2] == "/":
                text = f"{text[: at - 2]}></p:presentationPr>"
                at -= 1
            properties._blob = (text[:at] + show + text[at:]).encode()

        yield show, change


@of("Alternative text", "an embedded object without alternative text")
def embedded(deck: Any) -> Iterator[Plant]:
    for number, slide in list(enumerate(deck.slides, 1))[1:3]:

        def change(slide: Any = slide) -> None:
            part = Part(
                PackURI("/ppt/embeddings/object9.bin"), "application/octet-stream", slide.part.package, b"\0" * 16
            )
            relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.OLE_OBJECT)
            slide.shapes._spTree.append(
                parse_xml(
                    f'<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id="99" name="Object 9"/><p:cNvGraphicFramePr/>'
                    '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="600000" y="5600000"/><a:ext cx="900000" cy="360000"/></p:xfrm>'
                    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole">'
                    f'<p:oleObj progId="Excel.Sheet.12" r:id="{relation}" imgW="1" imgH="1"><p:embed/></p:oleObj>'
                    "</a:graphicData></a:graphic></p:graphicFrame>"
                )
            )

        yield f"slide {number}", change


@of("Alternative text", "a picture of words whose alternative text leaves them out")
def words_in_picture(deck: Any) -> Iterator[Plant]:
    for number, slide in list(enumerate(deck.slides, 1))[1:3]:
        words = "Decision needed by 31 January: 12 more advisers"
        yield f"slide {number}", partial(_picture, slide, "The blue box that closes our paper.", words)


def truncated(good: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give files that no reader opens."""
    yield "empty", lambda: b""
    yield "cut in half", lambda: good[: len(good) // 2]
    yield "not a file of its kind", lambda: b"<html><body>Sign in to continue</body></html>"
    yield "an encrypted file", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096
