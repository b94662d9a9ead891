"""Bars and lines in one native chart, which python-pptx cannot make: series move into a plot of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from cafcass_reports.exporters.deck.names import qn


def on_bars(native: Any, series: Sequence[Any]) -> Any:
    """Move series of a bar chart (their elements) into a line plot on the same axes; return that plot."""
    bars = native._chartSpace.find(".//" + qn("c:barChart"))
    line = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        '<c:marker val="1"/></c:lineChart>'
    )
    for element in series:
        bars.remove(element)
        flipped = element.find(qn("c:invertIfNegative"))
        if flipped is not None:
            element.remove(flipped)
        element.find(qn("c:tx")).addnext(element.makeelement(qn("c:marker"), {}))
        element.find(qn("c:marker")).append(element.makeelement(qn("c:symbol"), {"val": "none"}))
        element.append(element.makeelement(qn("c:smooth"), {"val": "0"}))
        line.find(qn("c:marker")).addprevious(element)
    for axis in bars.findall(qn("c:axId")):
        line.append(line.makeelement(qn("c:axId"), {"val": axis.get("val")}))
    bars.addnext(line)
    return native.plots[1]
