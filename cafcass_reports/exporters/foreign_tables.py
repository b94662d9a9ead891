"""Tables of other people's HTML, mended so that a screen reader can say in which row and column a figure stands."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html
from markupsafe import Markup


def readable(source: Markup) -> Markup:
    """Return HTML whose tables have one row of named headers where pandas writes two, and a caption.

    pandas puts the name of a frame's index into a row of its own below the columns' names, both with blank cells.
    """
    if "<table" not in source:
        return source
    whole = html.fragment_fromstring(source, create_parent="div")
    for table in whole.iter("table"):
        _merge_header(table)
        for cell in table.xpath("./thead/tr/*[self::td or self::th]"):
            cell.tag = "th"
            cell.set("scope", "col")
            if not _said(cell):
                cell.text = "Row"
        if table.find("caption") is None:
            rows = len(table.xpath("./tbody/tr"))
            caption = html.Element("caption")
            caption.text = f"Table of {rows} row{'' if rows == 1 else 's'}"
            table.insert(0, caption)
    return Markup(html.tostring(whole, encoding="unicode")[len("<div>") : -len("</div>")])


def _merge_header(table: html.HtmlElement) -> None:
    rows = table.xpath("./thead/tr")
    if len(rows) != 2:
        return
    above, below = list(rows[0]), list(rows[1])
    fits = len(above) == len(below) and not any(cell.get("colspan") for cell in [*above, *below])
    if fits and all(bool(_said(one)) != bool(_said(other)) for one, other in zip(above, below, strict=True)):
        for one, other in zip(above, below, strict=True):
            if not _said(one):
                one.text = _said(other)
        rows[1].getparent().remove(rows[1])


def _said(cell: html.HtmlElement) -> str:
    return " ".join("".join(_texts(cell)).split())


def _texts(cell: html.HtmlElement) -> Iterable[str]:
    return (str(text) for text in cell.itertext())
