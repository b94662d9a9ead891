"""A page (HTML) held to the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import html

from cafcass_reports.checks.accessibility import contrast, styles, wording
from cafcass_reports.checks.accessibility.charts import check_alt
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

LANGUAGE = "en-GB"
_FIELDS = {"input", "select", "textarea"}
_NO_LABEL = {"hidden", "submit", "reset", "button", "image"}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "for", "aria-details")
_ROLES = frozenset(
    "alert alertdialog application article banner button cell checkbox columnheader combobox complementary contentinfo "
    "definition dialog directory document feed figure form grid gridcell group heading img image link list listbox "
    "listitem log main marquee math menu menubar menuitem meter navigation none note option presentation progressbar "
    "radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status "
    "switch tab table tablist tabpanel term textbox timer toolbar tooltip tree treegrid treeitem doc-toc doc-noteref "
    "doc-footnote doc-endnotes doc-backlink graphics-document graphics-object graphics-symbol".split()
)
_UNNAMED = {"img", "figure", "group", "region", "navigation", "form", "dialog"}
_NOT_DRAWN = {"style", "script", "template", "head", "title", "noscript"}


def check_page(path: Path, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with a page.

    Parameters
    ----------
    path
        The file.
    place
        What findings call it.
    """
    root = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from _whole(root, ids, place)
    yield from _headings(root, place)
    yield from _pictures(root, place)
    for table in root.iter("table"):
        if table.get("role") not in {"presentation", "none"}:
            yield from _table(table, place)
        else:
            yield Rule.TABLE_SHAPE.at(_at(table, place), "a table is used for layout.")
    yield from _links(root, ids, path, place)
    yield from _controls(root, place)
    yield from _sound(root, ids, place)
    sheets = styles.read([element.text or "" for element in root.iter("style") if element.getparent().tag != "svg"])
    yield from styles.check_styles(sheets, place)
    yield from _inline(root, sheets, place)


def _whole(root: Any, ids: Counter[str], place: Place) -> Iterator[Finding]:
    if root.get("lang") != LANGUAGE:
        yield Rule.LANGUAGE.at(place, f"the page's language is {root.get('lang') or 'not set'}.")
    for element in root.iter():
        if element is not root and element.get("lang") not in {None, LANGUAGE}:
            yield Rule.LANGUAGE.at(_at(element, place), f"a part is in '{element.get('lang')}'.")
    title = root.findtext(".//head/title") or ""
    if wording.no_title(title):
        yield Rule.DOCUMENT_TITLE.at(place, f"the page's title is {title!r}.")
    mains = root.xpath("//main | //*[@role='main']")
    if len(mains) != 1:
        yield Rule.LANDMARKS.at(place, f"the page has {len(mains)} main regions.")
    for name, rule in (("header", "banner"), ("footer", "contentinfo")):
        if len(root.xpath(f"/html/body/{name} | //*[@role='{rule}']")) > 1:
            yield Rule.LANDMARKS.at(place, f"the page has more than one {name}.")
    if not root.xpath("/html/body/header | //*[@role='banner']"):
        yield Rule.LANDMARKS.at(place, "the page has no header.")
    for navigation in root.xpath("//nav | //*[@role='navigation']"):
        if not _name(navigation, root):
            yield Rule.LANDMARKS.at(_at(navigation, place), "a navigation has no name.")
    first = next(iter(root.xpath("//body//a[@href]")), None)
    target = "" if first is None else first.get("href", "")
    main = mains[0] if mains else None
    skips = target.startswith("#") and len(target) > 1 and target[1:] in ids
    into = (
        skips
        and main is not None
        and main in root.xpath("//*[@id=$id]/descendant-or-self::* | //*[@id=$id]/ancestor-or-self::*", id=target[1:])
    )
    if not into or "skip" not in " ".join(first.itertext()).casefold():
        yield Rule.LANDMARKS.at(place, "no link at the top skips to the main region.")
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").replace(" ", "").lower()
        if meta.get("name") == "viewport" and re.search(r"user-scalable=(no|0)|maximum-scale=(0|1)(\D|$)", content):
            yield Rule.ZOOM.at(place, "the page's viewport forbids to enlarge it.")
        if (meta.get("http-equiv") or "").lower() == "refresh":
            yield Rule.MEDIA.at(place, "the page loads itself anew.")


def _headings(root: Any, place: Place) -> Iterator[Finding]:
    headings = root.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //*[@role='heading']")
    levels = [int(one.get("aria-level") or (one.tag[1] if one.tag[1:].isdigit() else 2)) for one in headings]
    if levels.count(1) != 1:
        yield Rule.HEADING_ORDER.at(place, f"the page has {levels.count(1)} headings of level 1.")
    before = 0
    for one, level in zip(headings, levels, strict=True):
        text = _text(one)
        at = _at(one, place)
        if not re.search(r"\w", text):
            yield Rule.TITLES.at(at, "a heading is empty.")
        if level > before + 1:
            yield Rule.HEADING_ORDER.at(at, f"'{text}' is of level {level}, after level {before}.")
        before = level


def _pictures(root: Any, place: Place) -> Iterator[Finding]:
    pictures = root.xpath(
        "//img | //svg[not(ancestor::svg)] | //*[@role='img'][not(self::svg)] | //input[@type='image'] | //area | //object | //canvas"
    )
    for one in pictures:
        at = _at(one, place)
        title = next((_text(title) for title in one.findall("title")), "") if one.tag == "svg" else ""
        alt = " ".join((one.get("alt") or one.get("aria-label") or _referred(one, root) or title or "").split())
        if (
            one.get("aria-hidden") == "true"
            or one.get("role") in {"presentation", "none"}
            or (one.tag == "img" and one.get("alt") == "")
        ):
            if alt or one.getparent().tag in {"figure", "a", "button"} or one.xpath("ancestor::figure"):
                yield Rule.ALT_TEXT.at(at, "a picture that says something is marked as decoration.")
            elif one.tag == "svg" and one.xpath(".//text | .//path[20]"):
                yield Rule.ALT_TEXT.at(at, "a chart is marked as decoration.")
            continue
        if not alt:
            yield Rule.ALT_TEXT.at(at, f"the {one.tag} has no alternative text.")
        elif wording.is_name(alt):
            yield Rule.ALT_NAMES.at(at, f"the alternative text is '{alt}'.")
        else:
            yield from _against_data(one, alt, at)
        if one.tag == "svg" and alt and one.get("role") not in {"img", "graphics-document"}:
            yield Rule.MARKUP.at(at, "a drawing with alternative text has no role of an image.")


def _against_data(picture: Any, alt: str, at: Place) -> Iterator[Finding]:
    """Hold a chart's alternative text against the table of its data beside it."""
    figure = next(iter(picture.xpath("ancestor::figure[1] | ancestor::*[@class='exhibit'][1]")), None)
    table = None if figure is None else next(iter(figure.xpath(".//details[@class='data']//table")), None)
    if table is None:
        return
    rows = [row.xpath("./th | ./td") for row in table.iter("tr")]
    if not rows or not rows[0]:
        return
    names = [_text(cell) for cell in rows[0]]
    series = []
    for column in range(1, len(names)):
        given = [wording.numbers(_text(row[column])) for row in rows[1:] if column < len(row)]
        series.append((names[column], [number[0].value for number in given if number]))
    texts = [_text(row[0]) for row in rows[1:]] + [_text(caption) for caption in figure.iter("figcaption")] + names
    if re.match("Bars of 100 percent", alt):
        texts.append("100")
    yield from check_alt(at, alt, series, texts)


def _table(table: Any, place: Place) -> Iterator[Finding]:
    at = _at(table, place)
    caption = table.find("caption")
    if (caption is None or not _text(caption)) and not (
        table.get("aria-label") or _referred(table, table.getroottree().getroot())
    ):
        yield Rule.TABLE_CAPTION.at(at, "a table has no caption.")
    if table.xpath("ancestor::table"):
        yield Rule.TABLE_SHAPE.at(at, "a table stands in a table.")
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [row.xpath("./th | ./td") for row in rows]
    if not cells or not any(cells):
        yield Rule.TABLE_SHAPE.at(at, "a table has no rows.")
        return
    columns = max(sum(_span(cell, "colspan") for cell in row) for row in cells)
    head = [row for row, xml in zip(cells, rows, strict=True) if xml.getparent().tag == "thead"] or cells[:1]
    if any(cell.tag != "th" for row in head for cell in row):
        yield Rule.TABLE_HEADERS.at(at, "the first row is not all of header cells (th).")
    for number, row in enumerate(cells, start=1):
        spans = [_span(cell, "colspan") for cell in row]
        texts = [_text(cell) for cell in row]
        group = len(row) == 1 and spans[0] == columns
        if (max(spans, default=1) > 1 and not group) or any(_span(cell, "rowspan") > 1 for cell in row):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has merged cells.")
        if sum(spans) != columns:
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has {sum(spans)} cells of {columns}.")
        if not any(texts) and not row[0].xpath(".//svg | .//img"):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} is empty.")
        elif row not in head and row[0].tag != "th":
            yield Rule.TABLE_HEADERS.at(at, f"row {number}, '{texts[0]}', has no header cell (th).")
        for cell, text in zip(row, texts, strict=True):
            yield from _cell(cell, text, number, row in head, group, at)


def _cell(cell: Any, text: str, number: int, head: bool, group: bool, at: Place) -> Iterator[Finding]:
    if cell.tag == "th":
        if not re.search(r"\w", text):
            yield Rule.TABLE_HEADERS.at(at, f"a header of row {number} is blank.")
        wanted = {"col", "colgroup"} if head else {"rowgroup", "colgroup", "row"} if group else {"row", "rowgroup"}
        if cell.get("scope") not in wanted:
            yield Rule.TABLE_HEADERS.at(
                at, f"the header '{text}' of row {number} has the scope '{cell.get('scope') or 'none'}'."
            )
        return
    if text and set(text) & wording.SYMBOLS and not re.search(r"\w", text):
        yield Rule.COLOUR_ALONE.at(at, f"row {number} has '{text}' without a word.")
    says = styles.declarations(cell.get("style") or "")
    if not text and not len(cell) and (says.keys() & {"background", "background-color"} or cell.get("bgcolor")):
        yield Rule.COLOUR_ALONE.at(at, f"a cell of row {number} has a colour, and no word.")


def _links(root: Any, ids: Counter[str], path: Path, place: Place) -> Iterator[Finding]:
    for link in root.iter("a"):
        at = _at(link, place)
        target = link.get("href")
        text = _name(link, root) or _text(link)
        if target is None:
            if not link.get("id") and not link.get("name"):
                yield Rule.LINK_TARGET.at(at, f"the link '{text}' leads nowhere.")
            continue
        pictured = " ".join(image.get("alt") or "" for image in link.iter("img"))
        if wording.says_nothing(f"{text} {pictured}"):
            yield Rule.LINK_TEXT.at(at, f"a link says '{text}'.")
        address, _, part = target.partition("#")
        if not address and not (part and unquote(part) in ids):
            yield Rule.LINK_TARGET.at(at, f"the link '{text}' leads to '{target}'.")
        elif re.match(r"(javascript|file|data):|https?:/?/?$", address.strip(), re.IGNORECASE):
            yield Rule.LINK_TARGET.at(at, f"the link '{text}' leads to '{target}'.")


def _controls(root: Any, place: Place) -> Iterator[Finding]:
    labelled = {label.get("for") for label in root.iter("label") if _text(label)}
    for one in root.iter(*_FIELDS):
        inside = any(_text(label) for label in one.iterancestors("label"))
        if one.get("type") not in _NO_LABEL and not (one.get("id") in labelled or inside or _name(one, root)):
            yield Rule.LABELS.at(_at(one, place), f"the {one.tag} has no label.")
    for one in root.iter("button", "summary"):
        if not (_text(one) or _name(one, root) or one.xpath(".//img[@alt!='']")):
            yield Rule.LABELS.at(_at(one, place), f"a {one.tag} has no name.")
    for one in root.xpath("//input[@type='submit' or @type='button' or @type='reset']"):
        if not (one.get("value") or _name(one, root)):
            yield Rule.LABELS.at(_at(one, place), "a button has no name.")
    for one in root.iter("iframe", "frame"):
        if not (one.get("title") or "").strip():
            yield Rule.LABELS.at(_at(one, place), "a frame has no title.")
    for one in root.iter("details"):
        if one.find("summary") is None:
            yield Rule.LABELS.at(_at(one, place), "what opens has no summary.")
    for one in root.iter("fieldset"):
        if one.find("legend") is None or not _text(one.find("legend")):
            yield Rule.LABELS.at(_at(one, place), "a group of fields has no legend.")
    for one in root.iter("video", "audio", "marquee", "blink", "embed", "bgsound"):
        if one.tag not in {"video", "audio"} or "autoplay" in one.attrib or one.find("track") is None:
            yield Rule.MEDIA.at(_at(one, place), f"the page has a {one.tag}.")


def _sound(root: Any, ids: Counter[str], place: Place) -> Iterator[Finding]:
    for name, count in ids.items():
        if count > 1:
            yield Rule.MARKUP.at(place, f"the id '{name}' stands {count} times.")
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        at = _at(element, place)
        yield from _references(element, ids, at)
        index = element.get("tabindex", "0")
        if index.lstrip("-").isdigit() and int(index) > 0:
            yield Rule.KEYBOARD.at(at, f"it has the tabindex {index}.")
        native = element.tag in {"a", "button", "summary", *_FIELDS}
        if native and index == "-1":
            yield Rule.KEYBOARD.at(at, f"the {element.tag} cannot be reached with the keyboard.")
        clicked = "onclick" in element.attrib or element.get("role") in {"button", "link"}
        if clicked and not native and "tabindex" not in element.attrib:
            yield Rule.KEYBOARD.at(at, "it is for the mouse only.")
        if element.get("accesskey"):
            yield Rule.KEYBOARD.at(at, "it has an access key.")
        role = element.get("role")
        if role is not None and not set(role.split()) <= _ROLES:
            yield Rule.MARKUP.at(at, f"there is no role '{role}'.")
        if role in {"presentation", "none"} and element.tag in {
            "h1",
            "h2",
            "h3",
            "h4",
            "th",
            "td",
            "tr",
            "ul",
            "ol",
            "li",
            "main",
            "nav",
        }:
            yield Rule.MARKUP.at(at, f"the role '{role}' hides what the {element.tag} is.")
        if element.get("aria-hidden") == "true" and element.tag not in {"svg", "img", "span", "use", "path", "g", "i"}:
            yield Rule.ON_PAGE.at(at, f"the {element.tag} is hidden from screen readers.")
        elif element.get("aria-hidden") == "true" and element.xpath(
            "descendant-or-self::a | descendant-or-self::button"
        ):
            yield Rule.KEYBOARD.at(at, "what is hidden from screen readers takes the focus.")
        if element.tag in {"ul", "ol"} and any(
            isinstance(kid.tag, str) and kid.tag not in {"li", "script", "template"} for kid in element
        ):
            yield Rule.MARKUP.at(at, "a list holds what is no item.")
        if element.tag == "li" and element.getparent().tag not in {"ul", "ol", "menu"}:
            yield Rule.MARKUP.at(at, "an item stands in no list.")
        if element.tag in {"dt", "dd"} and element.getparent().tag not in {"dl", "div"}:
            yield Rule.MARKUP.at(at, f"a {element.tag} stands in no list of terms.")
        if element.tag in {"font", "center", "blink", "marquee"}:
            yield Rule.MARKUP.at(at, f"the page has a <{element.tag}>.")


def _references(element: Any, ids: Counter[str], at: Place) -> Iterator[Finding]:
    for name in _REFERENCES:
        for target in (element.get(name) or "").split():
            if target not in ids:
                yield Rule.MARKUP.at(at, f"{name} names '{target}', which is not there.")
    for name, value in element.attrib.items():
        if name in {"aria-label", "aria-roledescription"} and not value.strip():
            yield Rule.MARKUP.at(at, f"{name} is empty.")
    if (
        element.get("role") in _UNNAMED - {"img"}
        and not _name(element, element.getroottree().getroot())
        and element.tag != "figure"
    ):
        yield Rule.LABELS.at(at, f"the {element.get('role')} has no name.")


def _inline(root: Any, sheets: list[styles.Style], place: Place) -> Iterator[Finding]:
    """Hold `style` attributes to the rules, and SVG text, each on the ground that stands nearest around it."""
    paper = next(
        (found for style in sheets if style.selector == "body" and (found := styles.ground(style.says))), "FFFFFF"
    )
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _NOT_DRAWN:
            continue
        says = styles.declarations(element.get("style") or "")
        drawn = element.xpath("boolean(ancestor-or-self::svg)") if says or element.tag == "text" else False
        if drawn:
            fill = styles.colour(says.get("fill", element.get("fill") or ""))
            if (
                element.tag == "text"
                and fill
                and contrast.too_low(fill, ["FFFFFF"], 10, bold=False)
                and fill != "FFFFFF"
            ):
                yield Rule.CONTRAST.at(_at(element, place), f"'{_text(element)}' is drawn in #{fill}.")
            continue
        if element.get("color"):
            says["color"] = element.get("color")
        if not says:
            continue
        at = _at(element, place)
        around = next(
            (
                found
                for one in element.iterancestors()
                if (found := styles.ground(styles.declarations(one.get("style") or "")))
            ),
            paper,
        )
        text = styles.colour(says.get("color", ""))
        if text is None and styles.ground(says) and _text(element):
            says["color"] = "#1F1F1F"
        yield from styles.check_says(says, at, element.tag, around)
        words = _text(element)
        if (
            text
            and words
            and contrast.means_something(text)
            and not (set(words) & wording.SYMBOLS or wording.TONE_WORDS.search(words))
        ):
            yield Rule.COLOUR_ALONE.at(at, f"nothing but the colour of '{words[:40]}' says what it means.")
        hidden = says.get("display") == "none" or says.get("visibility") == "hidden"
        if hidden and (words or element.xpath(".//img | .//svg")):
            yield Rule.ON_PAGE.at(at, f"'{words[:40]}' is hidden.")


def _name(element: Any, root: Any) -> str:
    return " ".join((element.get("aria-label") or _referred(element, root) or element.get("title") or "").split())


def _referred(element: Any, root: Any) -> str:
    targets = (element.get("aria-labelledby") or "").split()
    return " ".join(_text(found) for target in targets for found in root.xpath("//*[@id=$id]", id=target))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _span(cell: Any, name: str) -> int:
    given = cell.get(name, "1")
    return int(given) if given.isdigit() else 1


def _at(element: Any, place: Place) -> Place:
    return replace(place, line=element.sourceline or 0, part=element.tag)
