"""A page (HTML) held to the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cafcass_reports.checks.accessibility import elements, styles, wording
from cafcass_reports.checks.accessibility.page_controls import check_controls, check_markup
from cafcass_reports.checks.accessibility.page_pictures import check_pictures
from cafcass_reports.checks.accessibility.page_reach import check_reach
from cafcass_reports.checks.accessibility.page_styles import check_inline
from cafcass_reports.checks.accessibility.page_tables import check_table
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Opened, Page

LANGUAGE = "en-GB"
_NOWHERE = re.compile(r"(javascript|file|data|about):|https?:/?/?$|mailto:(?!\S+@\S)", re.IGNORECASE)


def check_page(file: Opened, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with a page.

    Parameters
    ----------
    file
        The file.
    place
        What findings call it.
    """
    page, root = file.page, file.page.root
    ids = Counter(element.get("id") for element in page.having("id") if element.get("id"))
    yield from _whole(page, place)
    yield from _headings(page, place)
    yield from check_pictures(page, place)
    for table in root.iter("table"):
        if table.get("role") not in {"presentation", "none"}:
            yield from check_table(table, place)
        else:
            yield Rule.TABLE_SHAPE.at(elements.at(table, place), "a table is used for layout.")
    yield from _links(root, ids, file.path, place)
    yield from check_controls(root, place)
    yield from check_markup(page, ids, place)
    sheets = styles.read([element.text or "" for element in root.iter("style") if element.getparent().tag != "svg"])
    yield from styles.check_styles(sheets, place)
    yield from check_inline(page, sheets, place)
    yield from check_reach(page, sheets, place)


def _whole(page: Page, place: Place) -> Iterator[Finding]:
    root = page.root
    if root.get("lang") != LANGUAGE:
        yield Rule.LANGUAGE.at(place, f"the page's language is {root.get('lang') or 'not set'}.")
    for element in page.having("lang"):
        if element is not root and element.get("lang") != LANGUAGE:
            yield Rule.LANGUAGE.at(elements.at(element, place), f"a part is in '{element.get('lang')}'.")
    title = root.findtext(".//head/title") or ""
    if wording.no_title(title) or len(root.xpath("/html/head/title")) > 1:
        yield Rule.DOCUMENT_TITLE.at(place, f"the page's title is {title!r}.")
    mains = page.of_role("main", "main")
    if len(mains) != 1:
        yield Rule.LANDMARKS.at(place, f"the page has {len(mains)} main regions.")
    for name, rule in (("header", "banner"), ("footer", "contentinfo")):
        count = len({*root.xpath(f"/html/body/{name}"), *page.of_role(rule)})
        if count > 1:
            yield Rule.LANDMARKS.at(place, f"the page has more than one {name}.")
        if not count and name == "header":
            yield Rule.LANDMARKS.at(place, "the page has no header.")
    names: set[str] = set()
    for navigation in page.of_role("navigation", "nav"):
        name = elements.name(navigation, root)
        if not name or name in names:
            yield Rule.LANDMARKS.at(elements.at(navigation, place), f"a navigation has {name or 'no'} name of its own.")
        names.add(name)
    first: Any = next((link for body in root.iter("body") for link in body.iter("a") if "href" in link.attrib), None)
    skips = first is not None and "skip" in " ".join(first.itertext()).casefold()
    if not (skips and mains and _leads_into(first, mains[0], root)):
        yield Rule.LANDMARKS.at(place, "no link at the top skips to the main region.")
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").replace(" ", "").lower()
        if meta.get("name") == "viewport" and re.search(r"user-scalable=(no|0)|maximum-scale=(0|1)(\D|$)", content):
            yield Rule.ZOOM.at(place, "the page's viewport forbids to enlarge it.")
        if (meta.get("http-equiv") or "").lower() == "refresh":
            yield Rule.MEDIA.at(place, "the page loads itself anew.")


def _leads_into(link: Any, main: Any, root: Any) -> bool:
    """Whether a link leads into the main region, or to what holds it and is not the whole page."""
    target = link.get("href")
    parts = root.xpath("//*[@id=$id]", id=target[1:]) if re.match(r"#.", target) else []
    around = {main, *main.iterancestors()}
    return any(
        main in {part, *part.iterancestors()} or (part in around and part.tag not in {"body", "html"}) for part in parts
    )


def _headings(page: Page, place: Place) -> Iterator[Finding]:
    headings = page.of_role("heading", "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(one.get("aria-level") or (one.tag[1] if one.tag[1:].isdigit() else 2)) for one in headings]
    if levels.count(1) != 1:
        yield Rule.HEADING_ORDER.at(place, f"the page has {levels.count(1)} headings of level 1.")
    before = 0
    for one, level in zip(headings, levels, strict=True):
        text = elements.text(one)
        at = elements.at(one, place)
        if not re.search(r"\w", text):
            yield Rule.TITLES.at(at, "a heading is empty.")
        if level > before + 1:
            yield Rule.HEADING_ORDER.at(at, f"'{text}' is of level {level}, after level {before}.")
        before = level


def _links(root: Any, ids: Counter[str], path: Path, place: Place) -> Iterator[Finding]:
    for link in root.iter("a"):
        at = elements.at(link, place)
        target = link.get("href")
        text = elements.name(link, root) or elements.text(link)
        if target is None:
            if not link.get("id") and not link.get("name"):
                yield Rule.LINK_TARGET.at(at, f"the link '{text}' leads nowhere.")
            continue
        if wording.says_nothing(elements.heard(link)):
            yield Rule.LINK_TEXT.at(at, f"a link says '{text}'.")
        address, _, part = target.partition("#")
        bare = re.fullmatch(r"[\w-]+", address) and not (path.parent / address).exists()
        if (not address and not (part and unquote(part) in ids)) or bare or _NOWHERE.match(address.strip()):
            yield Rule.LINK_TARGET.at(at, f"the link '{text}' leads to '{target}'.")
