"""A deck (.pptx) held to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE

from cafcass_reports.checks.accessibility import contrast, wording
from cafcass_reports.checks.accessibility.charts import check_chart
from cafcass_reports.checks.accessibility.office import Look, Surroundings, qn
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.accessibility.shapes import Box, Shape, behind, shapes_of, under
from cafcass_reports.checks.accessibility.tables import check_table
from cafcass_reports.checks.findings import Finding, Place

LANGUAGE = "en-GB"
_LEAST = {"ftr": 11, "sldNum": 11, "dt": 11, "": 12}
_AFTER = {"ftr", "sldNum", "dt"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMU = 12700  # in a point
_CONTINUED = re.compile(r"\((\d+) of (\d+)\)\s*$")


def check_deck(deck: Any, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with a deck.

    Parameters
    ----------
    deck
        The deck, as python-pptx opens it.
    place
        What findings call it.
    """
    if wording.no_title(deck.core_properties.title or ""):
        yield Rule.DOCUMENT_TITLE.at(place, f"the deck's properties say {deck.core_properties.title!r}.")
    if deck.core_properties.language != LANGUAGE:
        yield Rule.LANGUAGE.at(place, f"the deck's properties say {deck.core_properties.language!r}.")
    yield from _sections(deck, place)
    yield from _show(deck, place)
    defaults = deck.element.find(qn("p:defaultTextStyle"))
    page = Box(0, 0, int(deck.slide_width or 0), int(deck.slide_height or 0))
    slides = [
        (replace(place, slide=number), Surroundings(slide, defaults)) for number, slide in enumerate(deck.slides, 1)
    ]
    shown = [list(shapes_of(around.slide.shapes._spTree, around)) for _, around in slides]
    yield from _titles([(where, shapes) for (where, _), shapes in zip(slides, shown, strict=True)])
    said = wording.values_of(shape.text for shapes in shown for shape in shapes)
    for (where, around), shapes in zip(slides, shown, strict=True):
        yield from _slide(where, around, shapes, page, said)


def _sections(deck: Any, place: Place) -> Iterator[Finding]:
    slides = [slide.get("id") for slide in deck.element.sldIdLst]
    sections = list(deck.element.iter("{*}section"))
    if not sections:
        return
    held = [one.get("id") for section in sections for one in section.iter("{*}sldId")]
    for section in sections:
        if not (section.get("name") or "").strip():
            yield Rule.SECTIONS.at(place, "a section has no name.")
    for missing in sorted(set(held) - set(slides)):
        yield Rule.SECTIONS.at(place, f"a section names slide id {missing}, which is not in the deck.")
    for number, slide in enumerate(slides, start=1):
        if held.count(slide) != 1:
            yield Rule.SECTIONS.at(replace(place, slide=number), f"the slide is in {held.count(slide)} sections.")


def _show(deck: Any, place: Place) -> Iterator[Finding]:
    """A show that runs in a loop or unattended turns over by itself (ECMA-376 part 1, 19.2.1.30)."""
    for part in (one.target_part for one in deck.part.rels.values() if not one.is_external):
        if part.content_type == CONTENT_TYPE.PML_PRES_PROPS:
            for show in etree.fromstring(part.blob).iter(qn("p:showPr")):
                if show.get("loop") in {"1", "true"} or show.find(qn("p:kiosk")) is not None:
                    yield Rule.MEDIA.at(place, "the slide show runs by itself, in a loop.")


def _titles(slides: Sequence[tuple[Place, list[Shape]]]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for where, shapes in slides:
        titles = [shape for shape in shapes if shape.is_title]
        text = " ".join(titles[0].text.split()) if titles else ""
        if len(titles) > 1:
            yield Rule.TITLES.at(where, f"the slide has {len(titles)} titles.")
        if not re.search(r"\w", text):
            yield Rule.TITLES.at(where, "the slide has no title.")
            continue
        if wording.no_title(text):
            yield Rule.TITLES.at(where, f"the slide's title is '{text}', which says nothing.")
        before = seen.setdefault(text.casefold(), where.slide)
        if before != where.slide:
            yield Rule.TITLES.at(where, f"'{text}' is the title of slide {before} too.")
        part = _CONTINUED.search(text)
        if part and not 1 <= int(part[1]) <= int(part[2]):
            yield Rule.TITLES.at(where, f"'{text}' counts wrongly.")


def _slide(
    where: Place, around: Surroundings, shapes: list[Shape], page: Box, said: frozenset[float]
) -> Iterator[Finding]:
    if around.slide.element.get("show") in {"0", "false"}:
        yield Rule.ON_PAGE.at(where, "the slide is hidden.")
    yield from _moving(where, around.slide.element)
    yield from _order(where, shapes)
    stack = [*under(around), *shapes]
    for shape in shapes:
        at = replace(where, part=f"'{shape.name}'")
        yield from _alt(at, shape, [other for other in shapes if other.parent is shape.xml], shapes, said)
        yield from _reach(at, shape, page)
        if shape.body is not None:
            least = _LEAST.get(shape.role, _LEAST[""])
            back = behind(shape, stack, around)
            for paragraph in shape.body.iter(qn("a:p")):
                yield from _paragraph(at, around, shape.xml, paragraph, back, least)
            yield from _fake_list(at, shape)
            yield from _overflow(at, around, shape, page)
        if shape.kind == "table":
            back = behind(shape, stack, around)
            yield from check_table(at, around, shape.xml, back, _cell_text)
        if shape.kind == "chart":
            part = around.slide.part.related_part(shape.xml.find(".//{*}chart").get(_RELATION))
            texts = [other.text for other in shapes]
            yield from check_chart(at, around, part, shape.alt, texts, behind(shape, stack, around))
    if around.slide.has_notes_slide:
        notes = replace(where, part="notes")
        for paragraph in around.slide.notes_slide.element.iter(qn("a:p")):
            for run in paragraph.iter(qn("a:r"), qn("a:fld")):
                yield from _language(notes, _run_language(run), run)


def _moving(where: Place, slide: Any) -> Iterator[Finding]:
    for moving in slide.iter(
        qn("p:transition"), qn("p:timing"), "{*}video", "{*}audioFile", "{*}videoFile", qn("a:snd")
    ):
        kind = moving.tag.partition("}")[2]
        if kind == "timing" and next(moving.iter(qn("p:par")), None) is None:
            continue
        yield Rule.MEDIA.at(where, f"the slide has a {kind}.")


def _order(where: Place, shapes: list[Shape]) -> Iterator[Finding]:
    read = [shape for shape in shapes if not shape.decorative and shape.kind != "line"]
    top = [shape for shape in read if shape.depth == 0]
    if any(shape.is_title for shape in top) and not top[0].is_title:
        yield Rule.READING_ORDER.at(where, f"'{top[0].name}' is read before the title.")
    groups: dict[Any, list[Shape]] = {}
    for shape in read:
        if not shape.is_title:
            groups.setdefault(shape.parent, []).append(shape)
    for together in groups.values():
        last = next((shape for shape in together if shape.role in _AFTER), None)
        for number, later in enumerate(together):
            foot = later.role in _AFTER
            if not foot and last is not None and number > together.index(last):
                yield Rule.READING_ORDER.at(where, f"'{last.name}' is read before '{later.name}'.")
                break
            earlier = next(
                (
                    one
                    for one in together[:number]
                    if (one.role in _AFTER) is foot
                    and one.box is not None and later.box is not None and later.box.before(one.box)
                    and not one.box.before(later.box)
                ),
                None,
            )  # fmt: skip
            if earlier is not None:
                yield Rule.READING_ORDER.at(where, f"'{earlier.name}' is read before '{later.name}'.")
                break


def _alt(at: Place, shape: Shape, parts: list[Shape], shapes: list[Shape], said: frozenset[float]) -> Iterator[Finding]:
    alt = " ".join(shape.alt.split())
    if shape.decorative:
        if alt:
            yield Rule.ALT_TEXT.at(at, "it is marked as decoration, and has alternative text.")
        if shape.kind in {"chart", "table", "group", "object"} or shape.text or shape.placeholder is not None:
            yield Rule.ALT_TEXT.at(at, f"a {shape.kind} that says something is marked as decoration.")
        return
    empty = not shape.text and shape.kind in {"text", "line"}
    if empty and shape.placeholder is not None:
        yield Rule.ON_PAGE.at(at, "it is an empty placeholder.")
        return
    within = [
        other for other in shapes if other.depth and other.parent is not None and shape.depth and _groups(other, shapes)
    ]
    covered = bool(shape.depth) and shape in within and shape.kind in {"text", "line"}
    if not alt and (shape.kind in {"chart", "table", "picture", "group", "object"} or (empty and not covered)):
        yield Rule.ALT_TEXT.at(at, f"the {shape.kind} has no alternative text.")
    elif alt and wording.is_name(alt):
        yield Rule.ALT_NAMES.at(at, f"its alternative text is '{alt}'.")
    elif shape.kind == "group" and alt:
        yield from _group_alt(at, shape, alt, parts)
    elif shape.kind == "table":
        wrong = wording.unknown_of(alt, said)
        if wrong:
            yield Rule.ALT_DATA.at(at, f"its alternative text says {wrong[0]}, which the deck does not show.")


def _groups(shape: Shape, shapes: list[Shape]) -> bool:
    """Whether the group that holds a shape has alternative text, which says the same as its parts."""
    return any(other.is_group and other.xml is shape.parent and bool(other.alt) for other in shapes)


def _group_alt(at: Place, shape: Shape, alt: str, parts: list[Shape]) -> Iterator[Finding]:
    if not shape.text:
        return
    wrong = wording.unknown(alt, [shape.text])
    lost = wording.unknown(shape.text, [alt])
    if wrong or lost:
        yield Rule.ALT_DATA.at(at, f"its alternative text and its parts differ in {(wrong or lost)[0]}.")
    words = set(re.findall(r"\w{4,}", shape.text.casefold()))
    if words and len(words & set(re.findall(r"\w{4,}", alt.casefold()))) < 0.5 * len(words):
        yield Rule.ALT_DATA.at(at, "its alternative text says something else than its parts.")


def _reach(at: Place, shape: Shape, page: Box) -> Iterator[Finding]:
    if shape.properties.get("hidden") in {"1", "true"}:
        yield Rule.ON_PAGE.at(at, "it is hidden.")
    box = shape.box
    if box is None or shape.decorative:
        return
    slack = 0.02 * page.right
    out = box.left < -slack or box.top < -slack or box.right > page.right + slack or box.bottom > page.bottom + slack
    if out:
        yield Rule.ON_PAGE.at(at, "it reaches beyond the slide.")
    if shape.text and (box.right <= box.left or box.bottom <= box.top) and shape.kind != "line":
        yield Rule.ON_PAGE.at(at, "its box has no size.")


def _overflow(at: Place, around: Surroundings, shape: Shape, page: Box) -> Iterator[Finding]:
    """Text whose lines, were each paragraph but one line without space, are higher than the slide has room for."""
    if shape.box is None:
        return
    high = 0.0
    for paragraph in shape.body.iter(qn("a:p")):
        sizes = [around.look(shape.xml, paragraph, run).size for run in paragraph.iter(qn("a:r"), qn("a:fld"))]
        high += max(sizes, default=0.0) * _EMU
    if high > page.bottom - max(shape.box.top, 0):
        yield Rule.ON_PAGE.at(at, "its text runs out of the slide.")


def _fake_list(at: Place, shape: Shape) -> Iterator[Finding]:
    lines = ["".join(part.text or "" for part in paragraph.iter(qn("a:t"))) for paragraph in shape.body.iter(qn("a:p"))]
    if sum(bool(re.match(r"\s*[•‣◦▪*–-]\s+\S", line)) for line in lines) > 1:
        yield Rule.MARKUP.at(at, "its bullets are typed.")
    if sum(bool(re.match(r"\s*$", line)) for line in lines) > 2:
        yield Rule.MARKUP.at(at, "empty lines make its gaps.")


def _paragraph(
    at: Place, around: Surroundings, shape: Any, paragraph: Any, back: list[str], least: float
) -> Iterator[Finding]:
    runs = [run for run in paragraph.iter(qn("a:r"), qn("a:fld")) if "".join(run.itertext()).strip()]
    for run in runs:
        look = around.look(shape, paragraph, run)
        text = " ".join("".join(part.text or "" for part in run.iter(qn("a:t"))).split())
        yield from _language(at, look.language, run)
        if look.size < least - 0.001:
            yield Rule.SIZE.at(at, f"'{_short(text)}' is of {look.size:g} points, less than {least:g}.")
        if look.colour and (fault := contrast.too_low(look.colour, back, look.size, bold=look.bold)):
            yield Rule.CONTRAST.at(at, f"'{_short(text)}': {fault}.")
        yield from _alone(at, look, text, paragraph)
    yield from _links(at, around, paragraph)


def _cell_text(at: Place, around: Surroundings, paragraph: Any, back: list[str]) -> Iterator[Finding]:
    yield from _paragraph(at, around, None, paragraph, back, _LEAST[""])


def _alone(at: Place, look: Look, text: str, paragraph: Any) -> Iterator[Finding]:
    whole = "".join(part.text or "" for part in paragraph.iter(qn("a:t")))
    if not look.colour or not contrast.means_something(look.colour) or not text:
        return
    if not (set(whole) & wording.SYMBOLS or wording.TONE_WORDS.search(whole)):
        yield Rule.COLOUR_ALONE.at(at, f"nothing but the colour of '{_short(text)}' says what it means.")
    elif not re.search(r"\w", whole):
        yield Rule.COLOUR_ALONE.at(at, f"'{_short(text)}' has a shape and a colour, and no word.")


def _links(at: Place, around: Surroundings, paragraph: Any) -> Iterator[Finding]:
    """Hold the links of a paragraph to the rules; neighbouring runs with one target are one link."""
    texts: dict[str, str] = {}
    for run in paragraph.iter(qn("a:r"), qn("a:fld")):
        link = run.find(f"{qn('a:rPr')}/{qn('a:hlinkClick')}")
        if link is None:
            continue
        key = link.get(_RELATION, "")
        texts[key] = texts.get(key, "") + "".join(part.text or "" for part in run.iter(qn("a:t")))
        rels = around.slide.part.rels
        action = link.get("action", "")
        if key not in rels if key else not action or "sldjump" in action:
            yield Rule.LINK_TARGET.at(at, f"the link '{texts[key]}' leads nowhere.")
        elif key and rels[key].is_external and not re.match(r"(https?://[^/\s]+|mailto:\S+@\S+)", rels[key].target_ref):
            yield Rule.LINK_TARGET.at(at, f"the link '{texts[key]}' leads to '{rels[key].target_ref}'.")
    for text in texts.values():
        if wording.says_nothing(text):
            yield Rule.LINK_TEXT.at(at, f"a link says '{text}'.")


def _run_language(run: Any) -> str:
    held = run.find(qn("a:rPr"))
    return "" if held is None else str(held.get("lang", ""))


def _language(at: Place, language: str, run: Any) -> Iterator[Finding]:
    if language != LANGUAGE:
        text = _short(" ".join("".join(run.itertext()).split()))
        yield Rule.LANGUAGE.at(at, f"'{text}' is in {language or 'no language'}.")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
