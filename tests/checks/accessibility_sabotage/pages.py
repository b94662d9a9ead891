"""Faults of pages."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import lxml.html
from lxml import etree

from tests.checks.accessibility_sabotage.decks import BARE, FILE_NAMES, NAMES, SAYING_NOTHING, VAGUE
from tests.checks.accessibility_sabotage.faults import Kinds, Plant, spread

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
FAINT = ("#787878", "#949494", "silver", "rgb(150, 150, 150)", "hsl(0, 0%, 70%)", "rgba(31, 31, 31, 0.4)", "#fff")


def _written(page: Any) -> bytes:
    return etree.tostring(page, method="html", doctype="<!DOCTYPE html>", encoding="utf-8")


KINDS: Kinds[Any] = Kinds(lambda content: lxml.html.document_fromstring(content.decode()), _written)
of = KINDS.of


def _at(element: Any) -> str:
    return f"line {element.sourceline}, {element.tag}"


def _set(element: Any, name: str, value: str | None) -> None:
    if value is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, value)


def _gone(element: Any) -> None:
    """Take an element out with all that it holds; the text after it stays."""
    element.drop_tree()


def _add(parent: Any, markup: str) -> None:
    """Add an element, or a span around several."""
    if len(lxml.html.fragments_fromstring(markup)) > 1:
        markup = f"<span>{markup}</span>"
    parent.append(lxml.html.fragment_fromstring(markup))


def _retag(element: Any, tag: str) -> None:
    element.tag = tag


def _emptied(element: Any, text: str | None = None) -> None:
    del element[:]
    element.text = text


def _some(page: Any, path: str, most: int) -> list[tuple[str, Any]]:
    return [(_at(element), element) for element in spread(page.xpath(path), most)]


def _main(page: Any) -> Any:
    return page.xpath("//main")[0]


def _prose(page: Any, most: int = 10) -> list[tuple[str, Any]]:
    return _some(
        page, "//main//p[normalize-space()] | //main//li[normalize-space()] | //main//dd[normalize-space()]", most
    )


def _nth(places: list[tuple[str, Any]], number: int) -> tuple[str, Any]:
    """Give one place after another, from the first again after the last."""
    return places[number % len(places)]


def _drawings(page: Any) -> list[tuple[str, Any]]:
    return _some(page, '//*[local-name()="svg" and @role="img"]', 50)


def _tables(page: Any, most: int = 6) -> list[tuple[str, Any]]:
    return _some(page, "//table", most)


def _styled(page: Any, rule: str) -> Callable[[], None]:
    """Add a rule to the end of the page's style sheet."""
    style = page.xpath("//style")[0]

    def change() -> None:
        style.text += f"\n{rule}\n"

    return change


# The page


@of("Document title", "no title, or none that says anything")
def document_title(page: Any) -> Iterator[Plant]:
    title = page.xpath("//title")[0]
    yield "none", partial(_gone, title)
    for text in ("", "  ", "\u00a0", "index.html", "Document", "Untitled", "page", *FILE_NAMES):
        yield repr(text), partial(_emptied, title, text)


@of("Language", "language of the page missing or another")
def page_language(page: Any) -> Iterator[Plant]:
    for value in (None, "", " ", "en-US", "fr", "xx", "english", "en_GB"):
        yield repr(value), partial(_set, page, "lang", value)


@of("Language", "language of a part is another")
def part_language(page: Any) -> Iterator[Plant]:
    for number, (at, element) in enumerate(_prose(page, 6)):
        value = ("fr", "en-US", "", "de-DE", "zz", "cy")[number]
        yield f"{at}, {value!r}", partial(element.set, "lang", value)


# Headings


@of("Heading levels", "no heading of level 1, or two, or a level left out")
def heading_levels(page: Any) -> Iterator[Plant]:
    first = page.xpath("//h1")[0]
    for tag in ("p", "h2", "div", "h3"):
        yield f"h1 to {tag}", partial(_retag, first, tag)
    for at, heading in _some(page, "//h2", 3):
        for tag in ("h1", "h4", "h6"):
            if tag == "h1" or heading.xpath("preceding::h1"):
                yield f"{at} to {tag}", partial(_retag, heading, tag)
    for at, heading in _some(page, "//h3", 4):
        for tag in ("h5", "h6"):
            yield f"{at} to {tag}", partial(_retag, heading, tag)


@of("Heading levels", "heading of a level by its role only")
def heading_role(page: Any) -> Iterator[Plant]:
    for at, heading in _some(page, "//h3", 2):
        yield f"{at}, level 6", partial(heading.set, "aria-level", "6")


@of("Titles and headings", "heading without text")
def blank_heading(page: Any) -> Iterator[Plant]:
    for at, heading in _some(page, "//h1 | //h2 | //h3", 5):
        for text in ("", " ", "\u00a0"):
            yield f"{at}, {text!r}", partial(_emptied, heading, text)
        yield f"{at}, hidden from screen readers", partial(heading.set, "aria-hidden", "true")
        picture = f'<img src="{DOT}" alt="">'
        yield f"{at}, a picture", lambda heading=heading, picture=picture: (_emptied(heading), _add(heading, picture))


# Alternative text


@of("Alternative text", "drawing without a name")
def no_alt(page: Any) -> Iterator[Plant]:
    for at, drawing in _drawings(page):
        for value in (None, "", "  "):
            yield f"{at}, {value!r}", partial(_set, drawing, "aria-label", value)
        yield (
            f"{at}, no role and no name",
            lambda drawing=drawing: (_set(drawing, "role", None), _set(drawing, "aria-label", None)),
        )


@of("Alternative text", "drawing hidden from screen readers, or marked as decoration")
def drawing_hidden(page: Any) -> Iterator[Plant]:
    for at, drawing in _drawings(page):
        for role in ("presentation", "none"):
            yield f"{at}, {role}", partial(drawing.set, "role", role)
        yield f"{at}, hidden", partial(drawing.set, "aria-hidden", "true")
        yield f"{at}, its frame hidden", partial(drawing.getparent().set, "aria-hidden", "true")


@of("Alternative text that is a name", "alternative text is a name")
def alt_is_name(page: Any) -> Iterator[Plant]:
    drawings = _drawings(page)
    for number, name in enumerate(NAMES if drawings else ()):
        at, drawing = drawings[number % len(drawings)]
        yield f"{at}, {name!r}", partial(drawing.set, "aria-label", name)


@of("Alternative text", "alternative text says nothing")
def alt_says_nothing(page: Any) -> Iterator[Plant]:
    drawings = _drawings(page)
    for number, text in enumerate(SAYING_NOTHING if drawings else ()):
        at, drawing = drawings[number % len(drawings)]
        yield f"{at}, {text!r}", partial(drawing.set, "aria-label", text)


@of("Alternative text", "picture without alternative text")
def picture(page: Any) -> Iterator[Plant]:
    for at, place in _prose(page, 3):
        for markup in (
            f'<img src="{DOT}">', f'<img src="{DOT}" alt=" ">', f'<input type="image" src="{DOT}">',
            '<svg width="90" height="40" role="img"><path d="M0 0h90v40z"/></svg>', f'<object data="{DOT}"></object>',
            f'<img src="{DOT}" aria-labelledby="nowhere">', f'<img src="{DOT}" title="">',
        ):  # fmt: skip
            yield f"{at}, {markup[:24]}{markup[-24:]}", partial(_add, place, markup)


@of("Alternative text that is a name", "picture whose alternative text is a name")
def picture_name(page: Any) -> Iterator[Plant]:
    for number, name in enumerate(NAMES):
        at, place = _nth(_prose(page, 5), number)
        yield f"{at}, {name!r}", partial(_add, place, f'<img src="{DOT}" alt="{name}">')


@of("Alternative text and data", "alternative text says another figure than its data")
def alt_other_figure(page: Any) -> Iterator[Plant]:
    for at, drawing in _drawings(page):
        alt = drawing.get("aria-label")
        places = [
            match for match in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?%?(?= |\.|;|,)", alt) if _figure(drawing, match[0])
        ]
        for match in spread(places, 8):
            digit = match.end() - (2 if match[0].endswith("%") else 1)
            other = alt[:digit] + str((int(alt[digit]) + 3) % 10) + alt[digit + 1 :]
            yield f"{at}, '{alt[max(0, digit - 12) : digit + 4]}'", partial(drawing.set, "aria-label", other)
        yield f"{at}, its end left out", partial(drawing.set, "aria-label", alt[: len(alt) // 2] + ".")


def _figure(drawing: Any, said: str) -> bool:
    """Say whether the table of the drawing's data holds a figure."""
    figure = drawing.xpath("ancestor::figure")
    return bool(figure) and said in {
        "".join(cell.itertext()).strip() for cell in figure[0].xpath('.//details[@class="data"]//td')
    }


@of("Alternative text and data", "a figure of the data moved, the alternative text did not")
def figure_moved(page: Any) -> Iterator[Plant]:
    for at, drawing in _drawings(page):
        for table in drawing.xpath("ancestor::figure")[0].xpath('.//details[@class="data"]//table'):
            rows = table.xpath("./tbody/tr")
            for place, row in (("first", rows[0]), ("last", rows[-1])):
                for number, cell in enumerate(row.xpath("./td")):
                    text = "".join(cell.itertext()).strip()
                    if text[:1].isdigit() and text in drawing.get("aria-label"):
                        other = str((int(text[0]) + 3) % 9 + 1) + text[1:]
                        yield f"{at}, {place} of series {number + 1}, {text} to {other}", partial(_emptied, cell, other)


# Tables


@of("Table captions", "table without a caption")
def no_caption(page: Any) -> Iterator[Plant]:
    for at, table in _tables(page):
        captions = table.xpath("./caption")
        for caption in captions:
            yield f"{at}, none", partial(_gone, caption)
            for text in ("", " ", "\u00a0"):
                yield f"{at}, {text!r}", partial(_emptied, caption, text)


@of("Table headers", "header cells as plain cells, or without scope")
def headers(page: Any) -> Iterator[Plant]:
    def to(cells: Any, tag: str | None, scope: str | None) -> None:
        for cell in cells:
            cell.tag = tag or cell.tag
            _set(cell, "scope", scope)

    for at, table in _tables(page):
        top, side = table.xpath("./thead//th"), table.xpath("./tbody/tr/th[1]")
        yield f"{at}, header row to td", partial(to, top, "td", None)
        yield f"{at}, row headers to td", partial(to, side, "td", None)
        yield f"{at}, one of the row to td", partial(to, top[-1:], "td", None)
        yield f"{at}, one of the column to td", partial(to, side[-1:], "td", None)
        yield f"{at}, no scope in the row", partial(to, top, None, None)
        yield f"{at}, wrong scope in the row", partial(to, top[:1], None, "row")
        yield f"{at}, wrong scope in the column", partial(to, side[:1], None, "col")
        yield f"{at}, no such scope", partial(to, top[:1], None, "column")
        yield f"{at}, layout only", partial(table.set, "role", "presentation")


@of("Table headers", "blank header cell")
def blank_header(page: Any) -> Iterator[Plant]:
    for at, table in _tables(page):
        for number, cell in enumerate(spread(table.xpath("./thead//th | ./tbody/tr/th[1]"), 4)):
            text = ("", " ", "\u00a0", "")[number]
            yield f"{at}, {_at(cell)}, {text!r}", partial(_emptied, cell, text)


@of("Simple tables", "merged cells, empty or ragged rows, table in a table")
def table_shape(page: Any) -> Iterator[Plant]:
    for at, table in _tables(page):
        rows = [row for row in table.xpath("./tbody/tr") if len(row) == len(table.xpath("./thead/tr")[0])]
        if len(rows) < 2:
            continue
        top = table.xpath("./thead/tr")[0]
        yield f"{at}, cell over two columns", lambda rows=rows: (rows[0][-2].set("colspan", "2"), _gone(rows[0][-1]))
        yield f"{at}, header over two columns", lambda top=top: (top[-2].set("colspan", "2"), _gone(top[-1]))
        yield f"{at}, cell over two rows", lambda rows=rows: (rows[0][-1].set("rowspan", "2"), _gone(rows[1][-1]))
        yield f"{at}, a cell too few", partial(_gone, rows[-1][-1])
        yield f"{at}, a cell too many", partial(_add, rows[-1], "<td>1</td>")
        yield f"{at}, empty row", lambda rows=rows: [_emptied(cell) for cell in rows[-1]]
        yield f"{at}, empty column", lambda rows=rows, top=top: [_emptied(row[-1]) for row in [top, *rows]]
        inner = '<table><caption>Inner</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">1</th></tr></tbody></table>'
        yield f"{at}, a table in it", partial(_add, rows[-1][-1], inner)


# Links


@of("Link text", "link text says nothing, or is an address")
def link_text(page: Any) -> Iterator[Plant]:
    places = _prose(page, 8)
    for number, said in enumerate((*VAGUE, *BARE, "", " ")):
        at, place = _nth(places, number)
        yield f"{at}, {said!r}", partial(_add, place, f'<a href="https://www.example.org/reports/2021/q3">{said}</a>')
    at, place = places[0]
    for said in (
        f'<img src="{DOT}" alt="">',
        '<span aria-hidden="true">Report of quarter 3</span>',
        "<svg><path d='M0 0'/></svg>",
    ):
        yield f"{at}, {said[:20]}", partial(_add, place, f'<a href="https://www.example.org/q3">{said}</a>')
    yield (
        f"{at}, name for screen readers",
        partial(_add, place, '<a href="https://www.example.org/q3" aria-label="here">Report of quarter 3</a>'),
    )


@of("Links that lead somewhere", "link that leads nowhere")
def link_nowhere(page: Any) -> Iterator[Plant]:
    for number, address in enumerate(
        (
            "#nowhere",
            "",
            "#",
            "http://",
            "https://",
            "javascript:void(0)",
            "TODO",
            "file:///C:/q3.xlsx",
            "mailto:",
            "about:blank",
        )
    ):
        at, place = _nth(_prose(page, 8), number)
        yield f"{at}, {address!r}", partial(_add, place, f'<a href="{address}">Report of quarter 3</a>')
    for at, link in _some(page, '//a[starts-with(@href, "#")]', 4):
        yield f"{at}, its place is not there", partial(link.set, "href", link.get("href") + "x")
        yield f"{at}, no address", partial(_set, link, "href", None)


# Contrast, colour, size


@of("Contrast of text", "text too faint, by the style sheet")
def faint_styles(page: Any) -> Iterator[Plant]:
    style = page.xpath("//style")[0]
    for name, dark in re.findall(r"(--(?:text|muted|title|concern|improvement|strong-code)): (#\w{6});", style.text):
        for faint in ("#787878", "#BFBFBF"):
            text = style.text.replace(f"{name}: {dark}", f"{name}: {faint}")
            yield f"{name}, {faint}", partial(setattr, style, "text", text)
    for selector, faint in zip(("p", "td", "a", ".source", "figcaption", "h3", "footer p"), FAINT, strict=True):
        yield f"{selector}, {faint}", _styled(page, f"{selector} {{ color: {faint}; }}")
    yield "p, dark on dark", _styled(page, "p { background: #12436D; }")
    yield "main, dark on dark", _styled(page, "main { background: #3D3D3D; }")
    yield "p, see-through", _styled(page, "main p { opacity: 0.4; }")
    yield "td, by a variable", _styled(page, ":root { --faint: #9A9A9A; } td { color: var(--faint); }")


@of("Contrast of text", "text too faint, by its own style")
def faint_text(page: Any) -> Iterator[Plant]:
    for number, (at, element) in enumerate(_prose(page, 14)):
        faint = FAINT[number % len(FAINT)]
        style = f"color: {faint}" if number < 10 else "background: #1F1F1F"
        yield f"{at}, {style}", partial(element.set, "style", style)


@of("Contrast of graphics", "line or bar of a chart too faint")
def faint_graphics(page: Any) -> Iterator[Plant]:
    for at, drawing in _drawings(page):
        shapes = drawing.xpath(
            './/*[local-name()="path" and (contains(@style, "stroke: #12436d") or contains(@style, "stroke: #28a197"))]'
        )
        for shape in spread(shapes, 2):
            style = re.sub(r"stroke: #\w{6}", "stroke: #e4e4e4", shape.get("style"))
            yield f"{at}, a line", partial(shape.set, "style", style)


@of("Colour alone", "meaning told by colour alone")
def colour_alone(page: Any) -> Iterator[Plant]:
    for at, word in _some(page, '//*[@class="word"]', 4):
        change = word.getparent()
        yield f"{at}, word taken out", partial(_gone, word)
        yield f"{at}, a bare mark", partial(lambda change: (_emptied(change), _add(change, "<span>●</span>")), change)
    for at, state in _some(page, '//*[contains(concat(" ", @class, " "), " state ")]', 3):
        yield f"{at}, state to a mark", partial(lambda state: _emptied(state, "●"), state)
    yield "links known by their colour", _styled(page, "a { text-decoration: none; }")
    yield "links in prose known by their colour", _styled(page, "main p a { text-decoration-line: none; }")


@of("Size of text", "text below the floor")
def small_text(page: Any) -> Iterator[Plant]:
    for number, (at, element) in enumerate(_prose(page, 6)):
        size = ("11px", "8pt", "0.6rem", "10px", "0.5em", "xx-small")[number]
        yield f"{at}, {size}", partial(element.set, "style", f"font-size: {size}")
    rules = ("p { font-size: 11px; }", "table { font-size: .65rem; }", ".source { font: 9px/1.4 Arial; }",
             "td { font-size: 60%; }", "body { font-size: 10px; }", "@media (max-width: 40rem) { p { font-size: 9px; } }")  # fmt: skip
    for rule in rules:
        yield rule, _styled(page, rule)


@of("Zoom", "page that readers may not enlarge")
def zoom(page: Any) -> Iterator[Plant]:
    viewport = page.xpath('//meta[@name="viewport"]')[0]
    for limit in (
        "user-scalable=no",
        "user-scalable=0",
        "maximum-scale=1",
        "maximum-scale=1.5",
        "USER-SCALABLE=NO",
        "user-scalable = no",
    ):
        yield limit, partial(viewport.set, "content", f"width=device-width, initial-scale=1, {limit}")


@of("Text within reach", "text hidden, or off the page")
def out_of_reach(page: Any) -> Iterator[Plant]:
    ways = (
        ("aria-hidden", "true"), ("hidden", ""), ("style", "display: none"), ("style", "visibility: hidden"),
        ("style", "position: absolute; left: -9999px"), ("style", "text-indent: -9999px"), ("style", "font-size: 0"),
        ("style", "opacity: 0"), ("style", "clip-path: inset(50%)"), ("inert", ""),
    )  # fmt: skip
    for number, (at, element) in enumerate(_prose(page, 20)):
        name, value = ways[number % len(ways)]
        yield f"{at}, {name} {value}", partial(element.set, name, value)
    yield "main hidden from screen readers", partial(_main(page).set, "aria-hidden", "true")
    yield "main not displayed", _styled(page, "main { display: none; }")
    yield "tables not displayed", _styled(page, "table { visibility: hidden; }")


@of("Reading order", "order on the screen is another than in the page")
def reading_order(page: Any) -> Iterator[Plant]:
    for rule in ("nav { order: 2; }", ".wide { flex-direction: row-reverse; }", ".numbers > div { flex-direction: column-reverse; }",
                 "main { display: flex; flex-direction: column-reverse; }"):  # fmt: skip
        yield rule, _styled(page, rule)


# Time and movement


@of("Time and movement", "something that plays, moves or turns over by itself")
def by_itself(page: Any) -> Iterator[Plant]:
    head = page.xpath("//head")[0]
    for content in ("5", "30; url=https://example.org", "0;url=other.html"):
        yield f"refresh {content}", partial(_add, head, f'<meta http-equiv="refresh" content="{content}">')
    yield "Refresh in capitals", partial(_add, head, '<meta http-equiv="REFRESH" content="10">')
    for number, markup in enumerate((
        "<marquee>Draft</marquee>", "<blink>Draft</blink>", '<video autoplay src="a.mp4"></video>', '<audio autoplay src="a.mp3"></audio>',
        '<video autoplay muted loop src="a.mp4"><track kind="captions" src="a.vtt"></video>', '<video controls src="a.mp4"></video>',
        '<iframe src="https://example.org/?autoplay=1" title="Film" allow="autoplay"></iframe>',
        "<script>setInterval(function () { location.reload(); }, 60000)</script>",
        '<svg role="img" aria-label="A dot that moves from left to right"><circle r="5"><animate attributeName="cx" to="90" dur="1s" '
        'repeatCount="indefinite"/></circle></svg>',
    )):  # fmt: skip
        at, place = _nth(_prose(page, 8), number)
        yield f"{at}, {markup[:30]}", partial(_add, place, markup)
    for rule in ("@keyframes b { 50% { opacity: 0; } } .marks, .status { animation: b 1s infinite; }",
                 "@keyframes b { to { left: 9rem; } } h1 { animation-name: b; animation-duration: 2s; animation-iteration-count: infinite; }",
                 ".status { text-decoration: blink; }"):  # fmt: skip
        yield rule[-44:], _styled(page, rule)


# Landmarks, names, keyboard, markup


@of("Landmarks", "main region missing, twice, or not skipped to")
def landmarks(page: Any) -> Iterator[Plant]:
    main = _main(page)
    yield "no main", partial(_retag, main, "div")
    yield "two mains", partial(_add, page.body, "<main><p>More words</p></main>")
    yield "a second by its role", partial(_add, page.body, '<div role="main"><p>More words</p></div>')
    yield "main of another role", partial(main.set, "role", "region")
    skip = page.xpath('//a[starts-with(@href, "#")]')[0]
    yield "no link to skip", partial(_gone, skip)
    yield "skips to nowhere", partial(skip.set, "href", "#content")
    yield "skips to the top", partial(lambda: (page.body.set("id", "top"), skip.set("href", "#top")))
    yield "skip link last", partial(page.body.append, skip)
    yield "skip link hidden", partial(skip.set, "style", "display: none")
    yield "skip link not reached by keyboard", partial(skip.set, "tabindex", "-1")
    yield "main's id gone", partial(_set, main, "id", None)


@of("Landmarks", "navigation without a name, or two of one name")
def navigation(page: Any) -> Iterator[Plant]:
    for at, nav in _some(page, "//nav", 2):

        def nameless(nav: Any = nav) -> None:
            _set(nav, "aria-labelledby", None)
            _set(nav, "aria-label", None)

        yield f"{at}, no name", nameless
        yield f"{at}, blank name", lambda nav=nav, nameless=nameless: (nameless(), nav.set("aria-label", " "))
        yield f"{at}, named by what is not there", partial(nav.set, "aria-labelledby", "nowhere")
        yield (
            f"{at}, another of its name",
            lambda nav=nav: nav.addnext(
                lxml.html.fragment_fromstring('<nav aria-label="Contents"><a href="#main">To the paper</a></nav>')
            ),
        )
    yield "a nameless second one", partial(_add, page.body, '<nav><a href="#main">To the paper</a></nav>')


@of("Names of controls", "control without a name")
def nameless_control(page: Any) -> Iterator[Plant]:
    for number, markup in enumerate((
        "<input>", '<input type="text" id="area-1"><label for="area-2">Area</label>', '<input placeholder="Area">', "<select><option>A1</option></select>",
        "<textarea></textarea>", "<button></button>", '<button><span aria-hidden="true">×</span></button>', f'<button><img src="{DOT}" alt=""></button>',
        '<iframe src="about:blank"></iframe>', '<iframe title=" " src="about:blank"></iframe>', '<input type="checkbox"> Draft', '<input type="submit" value="">',
        '<div role="button" tabindex="0"></div>', '<input aria-labelledby="nowhere">', '<input aria-label="">', "<label> <input></label>",
        '<div role="checkbox" aria-checked="false" tabindex="0"></div>', '<fieldset><input type="radio" aria-label="A1"></fieldset>',
        '<span role="link" tabindex="0"></span>', '<div role="img"></div>', "<meter value='3' max='9'></meter>", '<progress value="3" max="9"></progress>',
    )):  # fmt: skip
        at, place = _nth(_prose(page, 8), number)
        yield f"{at}, {markup[:48]}", partial(_add, place, markup)
    for at, summary in _some(page, "//summary", 3):
        yield f"{at}, empty", partial(_emptied, summary)
        yield f"{at}, no summary", partial(_gone, summary)
    for at, region in _some(page, '//*[@tabindex="0" and @aria-label]', 2):
        yield f"{at}, name gone", partial(_set, region, "aria-label", None)


@of("Keyboard", "out of the keyboard's reach, or out of order")
def keyboard(page: Any) -> Iterator[Plant]:
    for number, (at, element) in enumerate(_prose(page, 6)):
        yield f"{at}, tabindex", partial(element.set, "tabindex", ("1", "5", "32767")[number % 3])
    for at, link in _some(page, '//main//a[starts-with(@href, "#")]', 2):
        yield f"{at}, tabindex", partial(link.set, "tabindex", "2")
        yield f"{at}, left out", partial(link.set, "tabindex", "-1")
    for rule in (":focus { outline: none; }", "a:focus { outline: 0; }", "*:focus-visible { outline: none; box-shadow: none; }",
                 "* { outline: none !important; }", "a { outline: none; }"):  # fmt: skip
        yield rule, _styled(page, rule)
    for markup in ('<span onclick="go()">Open the table</span>', '<div role="button">Open the table</div>', '<span role="link">The report</span>',
                   '<a onclick="go()">Open the table</a>', '<div onmouseover="go()">Figures</div>', '<a href="#main" accesskey="s">The paper</a>'):  # fmt: skip
        at, place = _prose(page, 1)[0]
        yield f"{at}, {markup}", partial(_add, place, markup)
    for at, region in _some(page, '//*[contains(@class, "scroll") and @tabindex="0"]', 3):
        yield f"{at}, scrolls out of reach", partial(_set, region, "tabindex", None)


@of("Sound markup", "id twice, or reference that leads nowhere")
def references(page: Any) -> Iterator[Plant]:
    ids = page.xpath("//@id")
    for number, (at, element) in enumerate(_prose(page, 5)):
        yield f"{at}, id {ids[number % len(ids)]}", partial(element.set, "id", ids[number % len(ids)])
    for at, element in _some(page, "//p", 3):
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"):
            yield f"{at}, {name}", partial(element.set, name, "nowhere")
    yield "blank id", partial(_prose(page, 1)[0][1].set, "id", "")


@of("Sound markup", "roles and states that do not exist or do not fit")
def roles(page: Any) -> Iterator[Plant]:
    for number, (name, value) in enumerate((
        ("role", "grafik"), ("role", "tab"), ("role", "listitem"), ("role", "row"), ("role", "checkbox"), ("role", "heading"),
        ("role", "menuitem"), ("role", "option"), ("role", "slider"), ("role", "tablist"), ("role", "list"),
        ("aria-lable", "Area"), ("aria-hidden", "yes"), ("aria-expanded", "open"), ("aria-checked", "true"), ("aria-level", "two"),
        ("aria-live", "loud"), ("aria-selected", "true"), ("aria-pressed", "true"), ("aria-label", "Other words"), ("role", ""),
    )):  # fmt: skip
        at, place = _nth(_prose(page, 7), number)
        target = place if place.tag == "p" else None
        added = f"<p {name}='{value}'>Some words</p>"
        change = (
            partial(target.set, name, value) if target is not None and number % 2 else partial(_add, _main(page), added)
        )
        yield f"{at if number % 2 else 'main'}, {name} {value}", change
    for at, link in _some(page, "//a[@href]", 2):
        yield f"{at}, hidden but reached", partial(link.set, "aria-hidden", "true")
        yield f"{at}, of no meaning but reached", partial(link.set, "role", "presentation")


@of("Sound markup", "parts of lists, and links, out of place")
def nesting(page: Any) -> Iterator[Plant]:
    main = _main(page)
    for markup in (
        "<ul><div>Item</div></ul>", "<ol><p>Item</p></ol>", "<div><li>Item</li></div>", "<dl><p>Word</p></dl>", "<dl><dt>Word</dt></dl>", "<dl><dd>Word</dd></dl>",
        "<div><dt>Word</dt><dd>Meaning</dd></div>", "<ul>Words<li>Item</li></ul>", "<ul></ul>", "<button>Open <b tabindex='0'>it</b></button>",
        '<ul role="presentation"><li>Item</li></ul>', "<ul><span>•</span><li>Item</li></ul>",
    ):  # fmt: skip
        yield markup, partial(main.append, etree.fromstring(markup))
    nested = etree.fromstring('<a href="#main">The <a href="#main">paper</a></a>')
    yield "link in a link", partial(main.append, nested)
    for at, items in _some(page, "//ol | //ul", 3):
        yield f"{at}, a list no longer", partial(_retag, items, "div")


@of("Readable file", "a page whose letters or parts are lost")
def parts(page: Any) -> Iterator[Plant]:
    def twice(element: Any) -> None:
        element.addnext(copy.deepcopy(element))

    yield "main emptied", partial(_emptied, _main(page))
    yield "title twice", partial(twice, page.xpath("//title")[0])


def truncated(good: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give files that no reader opens."""
    yield "empty", lambda: b""
    yield "cut in half", lambda: good[: len(good) // 2]
    yield "not a file of its kind", lambda: b"%PDF-1.7\n%%EOF\n"
    yield "letters of another alphabet", lambda: good.decode().encode("utf-16")
