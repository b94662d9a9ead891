"""Pictures and drawings of a page held to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cafcass_reports.checks.accessibility import elements, wording
from cafcass_reports.checks.accessibility.charts import check_alt
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Page

_YEAR = re.compile(r"\b[A-Z][a-z]{2} (\d{2})\b")  # of a month on an axis: the alternative text says it in full


def check_pictures(page: Page, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with the alternative texts of pictures and drawings."""
    root = page.root
    for one in page.of_role("img", "img", "svg", "input", "area", "object", "canvas"):
        if (one.tag == "svg" and next(one.iterancestors("svg"), None) is not None) or (
            one.tag == "input" and one.get("type") != "image" and one.get("role") != "img"
        ):
            continue
        at = elements.at(one, place)
        title = next((elements.text(title) for title in one.findall("title")), "") if one.tag == "svg" else ""
        alt = " ".join((one.get("alt") or one.get("aria-label") or elements.referred(one, root) or title or "").split())
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
    figure: Any = next(iter(picture.xpath("ancestor::figure[1] | ancestor::*[@class='exhibit'][1]")), None)
    if figure is None:
        return
    series = []
    texts = [elements.text(said) for said in figure.xpath(".//figcaption | .//p[@class='note']")]
    for table in figure.xpath(".//details[@class='data']//table"):
        rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        names = [elements.text(cell) for cell in rows[0]] if rows else []
        texts += [elements.text(row[0]) for row in rows[1:] if row] + names
        for column in range(1, len(names)):
            given = [wording.numbers(elements.text(row[column])) for row in rows[1:] if column < len(row)]
            series.append((names[column], [number[0].value for number in given if number]))
    if not series:
        return
    texts += [f"20{year}" for text in texts for year in _YEAR.findall(text)]
    yield from check_alt(at, alt, series, texts)
