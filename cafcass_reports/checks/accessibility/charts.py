"""A native chart held to the rules: what its alternative text says of its data, colours, names, sizes, language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from cafcass_reports.checks.accessibility import contrast, wording
from cafcass_reports.checks.accessibility.office import Surroundings
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LEAST = 12.0  # points
_LINES = re.compile(r"limit|mean|average|target|centre|median|baseline", re.IGNORECASE)
_CAUSE = re.compile(r"special cause", re.IGNORECASE)
_ZERO = datetime.date(1899, 12, 30)  # Office's day 0
_ROWS = {"stacked", "percentStacked"}


@dataclass(frozen=True)
class Series:
    """A series of a chart: its name, its values in order, its XML, how its plot sets it beside others."""

    name: str
    values: tuple[float, ...]
    xml: Any
    plot: str
    grouping: str


def check_chart(
    at: Place, around: Surroundings, part: Any, alt: str, texts: Sequence[str], back: list[str]
) -> Iterator[Finding]:
    """Yield what is wrong with a chart.

    Parameters
    ----------
    at
        Where it stands.
    around
        Its slide's surroundings.
    part
        Its part of the package.
    alt
        Its alternative text.
    texts
        What is said on its slide.
    back
        The colours behind it.
    """
    space = etree.fromstring(part.blob)
    series = [one for plot in space.iter(f"{_C}plotArea") for one in _series(plot)]
    own = around.fills(space.find(f"{_C}spPr"))
    back = own or back
    if not series:
        yield Rule.ALT_DATA.at(at, "the chart has no series.")
    if alt.strip() and not wording.is_name(alt):
        yield from _alt(at, alt, series, space, texts)
    yield from _points(at, series)
    yield from _names(at, series, space, texts)
    yield from _graphics(at, around, series, back)
    yield from _texts(at, around, space, series, back)


def check_alt(
    at: Place, alt: str, series: Sequence[tuple[str, Sequence[float]]], texts: Sequence[str]
) -> Iterator[Finding]:
    """Yield what an alternative text leaves out of a chart's series, or says that neither they nor texts have."""
    said = wording.numbers(alt)
    for name, values in series:
        if not values or (_LINES.search(name) and len(series) > 1):
            continue
        ends = {"first": values[0], "last": values[-1], "lowest": min(values), "highest": max(values)}
        missing = [word for word, value in ends.items() if not any(number.is_about(value) for number in said)]
        if missing:
            value = ends[missing[0]]
            yield Rule.ALT_DATA.at(at, f"its alternative text does not say the {missing[0]} of '{name}', {value:g}.")
    wrong = wording.unknown(alt, texts, [value for _, values in series for value in values])
    if wrong:
        yield Rule.ALT_DATA.at(at, f"its alternative text says {wrong[0]}, which the chart does not show.")
    if any(_CAUSE.search(text) for text in [*(name for name, _ in series), *texts]) and not _CAUSE.search(alt):
        yield Rule.ALT_DATA.at(at, "its alternative text does not say where there is special cause.")


def _series(plots: Any) -> Iterator[Series]:
    for plot in plots:
        grouping = plot.find(f"{_C}grouping")
        for one in plot.findall(f"{_C}ser"):
            name = "".join(cell.text or "" for cell in one.findall(f"{_C}tx//{_C}v"))
            points = [
                point.text for point in one.findall(f"{_C}val//{_C}pt/{_C}v") + one.findall(f"{_C}yVal//{_C}pt/{_C}v")
            ]
            values = tuple(float(point) for point in points if point)
            kind = plot.tag.removeprefix(_C)
            yield Series(name.strip(), values, one, kind, "" if grouping is None else grouping.get("val", ""))


def _points(at: Place, series: list[Series]) -> Iterator[Finding]:
    """No validator counts them; PowerPoint repairs such a file, or draws a point where there is none."""
    for one in series:
        said = [
            found.get("val", "") for what in ("cat", "val") for found in one.xml.findall(f"{_C}{what}//{_C}ptCount")
        ]
        places = [point.get("idx", "") for point in one.xml.findall(f"{_C}val//{_C}pt")]
        if len(set(said)) > 1:
            yield Rule.CHART_DATA.at(at, f"'{one.name}' has {said[-1]} points for {said[0]} categories.")
        elif len(set(places)) < len(places) or any(int(place) >= int(said[-1]) for place in places):
            yield Rule.CHART_DATA.at(at, f"'{one.name}' has a point twice, or beyond its categories.")


def _alt(at: Place, alt: str, series: list[Series], space: Any, texts: Sequence[str]) -> Iterator[Finding]:
    cells = [cell for held in space.iter(f"{_C}cat", f"{_C}tx") for cell in held.iter(f"{_C}v")]
    names = [" ".join((cell.text or "").split()) for cell in cells]
    if space.find(f".//{_C}dateAx") is not None:
        names += [f"{day.day} {day:%b %y %Y}" for day in map(_day, names) if day]
    yield from check_alt(
        at,
        alt,
        [(one.name, one.values) for one in series],
        [*texts, *names],
    )


def _day(serial: str) -> datetime.date | None:
    """Return the day that Office writes as a number of days."""
    whole = serial.removesuffix(".0")
    return _ZERO + datetime.timedelta(days=int(whole)) if whole.isdigit() and len(whole) == 5 else None


def _names(at: Place, series: list[Series], space: Any, texts: Sequence[str]) -> Iterator[Finding]:
    legend = space.find(f".//{_C}legend") is not None
    for number, one in enumerate(series):
        if not one.name:
            yield Rule.COLOUR_ALONE.at(at, "a series has no name.")
        elif one.name in {other.name for other in series[:number]}:
            yield Rule.COLOUR_ALONE.at(at, f"two series are called '{one.name}'.")
        elif len(series) > 1 and not legend:
            labels = " ".join("".join(label.itertext()) for label in one.xml.iter(f"{_C}dLbl"))
            shows = any(flag.get("val", "1") in {"1", "true"} for flag in one.xml.iter(f"{_C}showSerName"))
            near = " ".join(labels.split()).casefold()
            if (
                not shows
                and one.name.casefold() not in near
                and not (_categories_name(one, space) or _told(one, series, texts))
            ):
                yield Rule.COLOUR_ALONE.at(at, f"nothing but its colour says which series is '{one.name}'.")


def _told(one: Series, series: list[Series], texts: Sequence[str]) -> bool:
    """Whether a text of the slide names a series; a level that held before goes by the name of the one that holds."""
    named = " ".join(" ".join(texts).split()).casefold()
    before = any(_LINES.search(each.name) and one.name.startswith(f"{each.name} to ") for each in series)
    return one.name.casefold() in named or before


def _categories_name(one: Series, space: Any) -> bool:
    """Whether the axis names the series' only bar, as where one area stands out among others."""
    held = {" ".join((cell.text or "").split()) for cell in one.xml.findall(f"{_C}cat//{_C}v")}
    return one.name in held or (
        len(one.values) <= len(held)
        and one.plot == "barChart"
        and len(set(held)) > len(one.values) - 1
        and _overlapping(one)
    )


def _overlapping(one: Series) -> bool:
    """Whether the bars of a plot stand on one place, so that each category has one of them."""
    overlap = one.xml.getparent().find(f"{_C}overlap")
    return overlap is not None and overlap.get("val") == "100" and one.grouping not in {"percentStacked"}


def _graphics(at: Place, around: Surroundings, series: list[Series], back: list[str]) -> Iterator[Finding]:
    ground = back[0] if back else "FFFFFF"
    before: tuple[str, Series] | None = None
    for one in series:
        look = one.xml.find(f"{_C}spPr")
        line: Any = None if look is None else look.find(f"{_A}ln")
        edge = None if line is None else around.colour(line.find(f"{_A}solidFill"))
        fills = around.fills(look) or []
        colour = edge if one.plot in {"lineChart", "scatterChart"} else (fills[0] if fills else None)
        if colour is None or not one.values:  # what is wholly suppressed is not drawn
            before = None
            continue
        labelled = any(
            flag.get("val", "1") in {"1", "true"} for flag in one.xml.iter(f"{_C}showVal", f"{_C}showSerName")
        )
        edged = edge is not None and contrast.ratio(edge, ground) >= contrast.LEAST_LARGE
        if contrast.ratio(colour, ground) < contrast.LEAST_LARGE - 0.005 and not labelled and not edged:
            yield Rule.CHART_CONTRAST.at(
                at, f"'{one.name}' in #{colour} on #{ground} has {contrast.ratio(colour, ground):.1f}:1, and no labels."
            )
        if one.grouping in _ROWS and before is not None:
            close = contrast.ratio(colour, before[0]) < contrast.LEAST_LARGE - 0.005
            parted = edge is not None and contrast.ratio(edge, colour) > 1.05 and int(line.get("w", "0")) >= 9525
            if close and not parted:
                yield Rule.CHART_CONTRAST.at(at, f"'{before[1].name}' and '{one.name}' adjoin with no line between.")
        before = (colour, one)
    yield from _alike(at, around, series)


def _alike(at: Place, around: Surroundings, series: list[Series]) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], str] = {}
    for one in series:
        look = one.xml.find(f"{_C}spPr")
        line = None if look is None else look.find(f"{_A}ln")
        if one.plot != "lineChart" or line is None or line.find(f"{_A}solidFill") is None:
            continue
        dash = line.find(f"{_A}prstDash")
        marker = one.xml.find(f"{_C}marker/{_C}symbol")
        key = (
            around.colour(line.find(f"{_A}solidFill")) or "",
            "" if dash is None else dash.get("val", ""),
            "" if marker is None else marker.get("val", ""),
        )
        if key in seen and not (_LINES.search(one.name) or _LINES.search(seen[key])):
            yield Rule.COLOUR_ALONE.at(at, f"'{seen[key]}' and '{one.name}' look the same.")
        seen[key] = one.name


def _texts(at: Place, around: Surroundings, space: Any, series: list[Series], back: list[str]) -> Iterator[Finding]:
    fills = {
        id(one.xml): around.fills(one.xml.find(f"{_C}spPr"))
        for one in series
        if one.plot in {"barChart", "pieChart", "areaChart"}
    }
    default = space.find(f"{_C}txPr//{_A}defRPr")
    for holder in space.iter(f"{_C}txPr", f"{_C}rich"):
        label = holder.getparent()
        while label is not None and label.tag not in {f"{_C}ser", f"{_C}chartSpace"}:
            label = label.getparent()
        ground = back
        if label is not None and label.tag == f"{_C}ser" and _inside(holder):
            ground = fills.get(id(label)) or back
        axis = holder.getparent()
        hidden = axis.find(f"{_C}delete")
        if (
            axis.tag in {f"{_C}catAx", f"{_C}valAx", f"{_C}dateAx"}
            and hidden is not None
            and hidden.get("val", "1") != "0"
        ):
            continue
        where = replace(at, part=f"{at.part}, {_of(holder)}")
        for run in holder.iter(f"{_A}rPr", f"{_A}defRPr"):
            size = run.get("sz") or (default.get("sz") if default is not None else None) or "1000"
            if int(size) / 100 < _LEAST:
                yield Rule.SIZE.at(where, f"the text is of {int(size) / 100:g} points, less than {_LEAST:g}.")
            colour = around.colour(run.find(f"{_A}solidFill"))
            if colour and (
                fault := contrast.too_low(colour, ground, int(size) / 100, bold=run.get("b") in {"1", "true"})
            ):
                yield Rule.CONTRAST.at(where, f"{fault}.")
            if run.get("lang", "en-GB") != "en-GB" or (
                run.tag.endswith("rPr") and not run.get("lang") and run.getparent().tag == f"{_A}r"
            ):
                yield Rule.LANGUAGE.at(where, f"the text is in {run.get('lang') or 'no language'}.")


def _inside(holder: Any) -> bool:
    """Whether a label stands on its bar."""
    up = holder
    while up is not None and up.tag not in {f"{_C}dLbl", f"{_C}dLbls"}:
        up = up.getparent()
    position = None if up is None else up.find(f"{_C}dLblPos")
    moved = None if up is None else up.find(f"{_C}layout/{_C}manualLayout")
    return position is not None and position.get("val") in {"ctr", "inEnd", "inBase"} and moved is None


def _of(holder: Any) -> str:
    names = {
        "catAx": "axis",
        "valAx": "axis",
        "dateAx": "axis",
        "legend": "legend",
        "title": "title",
        "dLbls": "labels",
        "dLbl": "label",
        "tx": "label",
    }
    return names.get(holder.getparent().tag.removeprefix(_C), "text")
