"""Which layout serves for a kind of slide, and which placeholder for a part of it: by name, type and place.

PowerPoint writes what a layout is for (``type``) whatever its language; names help where it does not. A part for
which a layout has nothing becomes a box of its own in the room that the layout leaves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as TYPE

from cafcass_reports.errors import ExportError, nearest
from cafcass_reports.exporters.deck.mapping import LayoutMap
from cafcass_reports.exporters.deck.placeholders import CONTENTS, TEXTS, TITLES, NamedLayout, Placeholder
from cafcass_reports.exporters.deck.slots import Box, Frame, Kind, Role, Slot

NEEDED = {
    Kind.TITLE: (Role.TITLE,),
    Kind.AGENDA: (Role.TITLE, Role.BODY),
    Kind.SECTION: (Role.TITLE,),
    Kind.TEXT: (Role.TITLE, Role.BODY),
    Kind.EXHIBIT: (Role.TITLE, Role.EXHIBIT),
    Kind.TEXT_AND_EXHIBIT: (Role.TITLE, Role.EXHIBIT, Role.BODY),
    Kind.CLOSING: (Role.TITLE, Role.BODY),
}
"""The parts without which a kind of slide cannot be: they get a box of their own where a layout has no placeholder."""

_OFFERED = {
    Kind.TITLE: (Role.KICKER, Role.SUBTITLE, Role.BODY),
    Kind.AGENDA: (Role.KICKER, Role.BODY),
    Kind.SECTION: (Role.KICKER, Role.BODY),
    Kind.TEXT: (Role.KICKER, Role.BODY, Role.SOURCE),
    Kind.EXHIBIT: (Role.KICKER, Role.SUBTITLE, Role.EXHIBIT, Role.SOURCE),
    Kind.TEXT_AND_EXHIBIT: (Role.KICKER, Role.SUBTITLE, Role.EXHIBIT, Role.BODY, Role.SOURCE),
    Kind.CLOSING: (Role.KICKER, Role.BODY),
}
_TYPES = {
    Kind.TITLE: ("title",),
    Kind.SECTION: ("secHead",),
    Kind.TEXT_AND_EXHIBIT: ("twoObj", "objTx", "txAndObj", "txAndChart", "chartAndTx", "twoTxTwoObj"),
}
_CONTENT_TYPES = ("obj", "tx", "tbl", "chart")
# Whole words of English, German, French, Spanish, Italian, Dutch, Polish and Welsh templates.
_NAMES = {
    Kind.TITLE: r"title( slide)?|cover|opening|front|titelfolie|titre|diapositive de titre|portada|copertina|teitl",
    Kind.AGENDA: r"agenda|contents|overview|inhalt|inhaltsverzeichnis|sommaire|ordre du jour|[ií]ndice|agenda.*",
    Kind.SECTION: r"section.*|divider|chapter|abschnitt.*|kapitel.*|section|secci[oó]n.*|sezione.*|adran.*",
    Kind.TEXT: r"text|body|bullets?|title and (content|text)|titel und (inhalt|text)|titre et (contenu|texte)",
    Kind.EXHIBIT: r"exhibit|chart|graph|figure|table|diagramm|graphique|title and content|titel und inhalt",
    Kind.TEXT_AND_EXHIBIT: r"text and (exhibit|chart|content)|two content|comparison|zwei inhalte|deux contenus",
    Kind.CLOSING: r"closing|close|end|decisions?|final|schluss.*|abschluss.*|conclusion|cierre|fine|clo",
}
_PART_NAMES = {
    Role.KICKER: r"kicker|eyebrow|section( name)?|dachzeile|surtitre",
    Role.SUBTITLE: r"sub-?title|sub-?heading|untertitel.*|sous-titre.*|subt[ií]tulo.*",
    Role.EXHIBIT: r"exhibit|chart|diagramm|graphique",
    Role.BODY: r"body|text",
    Role.SOURCE: r"source|quelle|fuente|fonte",
}
_SMALL = 0.11  # of a slide's height: a lower placeholder takes a line, not a text
_LARGE = 0.14  # of a slide's area: less holds neither a text nor an exhibit
_MARGIN = 0.045  # of a slide's width, where nothing else says where its edges are
_BESIDE = 0.6  # of the room, for an exhibit beside a text
_GUTTER = 0.035  # of the width, between them
_FOOT = (26.0, 11.0)  # height and text size in points of a footer of our own
_LINE = {Role.SUBTITLE: (26.0, 16.0), Role.SOURCE: (20.0, 12.0)}  # of parts that are cut from an exhibit's room
_HEADLINE = 28.0  # points: titles that are whole sentences are no larger, so that all have one size
_FOOTER = 0.6  # of the width: in a narrower footer classification and marks would be cut
_AIR = 8.0
_LEAST_ROOM = 90.0  # points under a title, which else is better used above it
_MARKS = (52.0, 16.0)  # least height and text size of date and classification on the title slide
_MOST_FOR_MARKS = 100.0  # points: they are a few lines


@dataclass(frozen=True)
class Match:
    """A kind of slide as a template serves it.

    Its frame, its layout and each part's placeholder by name, and what is done instead of a placeholder.
    """

    frame: Frame
    layout: str
    names: dict[Role, str]
    instead: tuple[str, ...] = ()


@dataclass
class _Finding:
    """What is found for a kind of slide, while it is being found."""

    size: Box
    kind: Kind
    slots: dict[Role, Slot] = field(default_factory=dict)
    names: dict[Role, str] = field(default_factory=dict)
    instead: list[str] = field(default_factory=list)
    for_text: set[Role] = field(default_factory=set)  # whose placeholder holds text, not a chart or picture alone

    def take(self, role: Role, found: Placeholder) -> None:
        self.slots[role], self.names[role] = found.slot, found.name
        if found.type in TEXTS:
            self.for_text.add(role)

    def taken(self, found: Placeholder) -> bool:
        return any(slot.index == found.slot.index for slot in self.slots.values())


def match(kind: Kind, layouts: Sequence[NamedLayout], said: LayoutMap, size: Box) -> Match:
    """Find the layout and the places of a kind of slide.

    Parameters
    ----------
    kind
        The kind.
    layouts
        The layouts of one master.
    said
        What the template's mapping says of it.
    size
        The slide, from its upper left corner, in points.

    Raises
    ------
    ExportError
        Where the mapping names a layout or a placeholder that there is not.
    """
    layout, remark = _named(layouts, kind, said.layout) if said.layout else _fitting(layouts, kind, size)
    finding = _Finding(size, kind)
    if remark:
        finding.instead.append(remark)
    left_out = _take_named(finding, said, layout)
    _take_found(finding, [each for each in layout.placeholders if not finding.taken(each)], left_out)
    _draw_missing(finding, left_out)
    if kind not in (Kind.TITLE, Kind.SECTION):
        title = finding.slots[Role.TITLE]
        finding.slots[Role.TITLE] = replace(title, size=min(title.size, _HEADLINE))
    return Match(Frame(layout.layout, finding.slots), layout.name, finding.names, tuple(finding.instead))


def _named(layouts: Sequence[NamedLayout], kind: Kind, name: str) -> tuple[NamedLayout, str]:
    by_name = {layout.name: layout for layout in layouts}
    if name not in by_name:
        raise ExportError(
            f"The template has no layout '{name}', which its mapping gives for {kind} slides.",
            valid=nearest(name, by_name),
            next_step=f"Correct [{kind}] in its mapping.",
        )
    return by_name[name], ""


def _fitting(layouts: Sequence[NamedLayout], kind: Kind, size: Box) -> tuple[NamedLayout, str]:
    """Return the layout that suits a kind best, and what is to be said of it where none was made for that kind."""
    ranked = sorted(layouts, key=lambda layout: -_suits(layout, kind, size))
    best = ranked[0]
    if _suits(best, kind, size) >= 10:
        return best, ""
    return best, f"no layout is made for it; '{best.name}' serves"


def _suits(layout: NamedLayout, kind: Kind, size: Box) -> float:
    """Return how well a layout suits a kind: 10 or more where it is made for it."""
    listed, type_ = layout.placeholders, layout.type
    titles = [each.slot.box for each in listed if each.type in TITLES]
    contents = [each for each in listed if each.type in CONTENTS - {TYPE.SUBTITLE}]
    large = [each for each in contents if each.area >= _LARGE * size.width * size.height]
    texts = [each for each in large if each.type in TEXTS]
    named = bool(re.fullmatch(_NAMES[kind], layout.layout.name.strip(), re.IGNORECASE))
    score = 4.0 * bool(titles)
    if titles and not large:  # what stands under the title is drawn into the room there
        score += 2 * (1 - titles[0].bottom / size.height) * (kind not in (Kind.TITLE, Kind.SECTION))
    words: float = 1.0 if texts else 0.3  # where there is no room for a text
    match kind:
        case Kind.TITLE:
            centred = any(each.type is TYPE.CENTER_TITLE for each in listed)
            return score + 10 * (type_ in _TYPES[kind]) + 6 * centred + 5 * named - 2 * len(large) * (not named)
        case Kind.SECTION:
            return score + 10 * (type_ in _TYPES[kind]) + 8 * named + 1 * (type_ == "titleOnly") - len(large)
        case Kind.AGENDA | Kind.CLOSING:
            return (score + 4 * (type_ in _CONTENT_TYPES) + 12 * named + 4 * (len(large) == 1)) * words
        case Kind.TEXT:
            return (score + 5 * (type_ in _CONTENT_TYPES) + 8 * named + 4 * (len(large) == 1)) * words
        case Kind.EXHIBIT:
            one = 4 * (len(large) == 1) + 2 * (not large)
            return score + 5 * (type_ in _CONTENT_TYPES) + 8 * named + one - 2 * _lines(large, size)
        case Kind.TEXT_AND_EXHIBIT:
            beside = len(large) == 2 and _side_by_side(large) and bool(texts)
            preferred = 10 - _TYPES[kind].index(type_) if type_ in _TYPES[kind] else 0
            return (score + preferred + 8 * named + 4) * (1.0 if beside else 0.3) + (2 if len(large) == 1 else 0)


def _lines(large: Sequence[Placeholder], size: Box) -> int:
    """Return how many of the large placeholders leave the slide's width unused: a sidebar is no place for a chart."""
    return sum(each.slot.box.width < 0.5 * size.width for each in large)


def _side_by_side(two: Sequence[Placeholder]) -> bool:
    first, second = sorted((each.slot.box for each in two), key=lambda box: box.left)
    return first.right <= second.left + 2 and first.top < second.bottom and second.top < first.bottom


def _take_named(finding: _Finding, said: LayoutMap, layout: NamedLayout) -> frozenset[Role]:
    """Take what the mapping names; return the parts that it leaves out."""
    left_out = set()
    by_name = {each.name: each for each in layout.placeholders}
    for role in Role:
        name = said.named(role)
        if name == "":
            if role in NEEDED[finding.kind]:
                raise ExportError(
                    f"The template's mapping gives [{finding.kind}] no {role}.",
                    valid=f"It needs {', '.join(NEEDED[finding.kind])}.",
                    next_step=f"Name the placeholder of layout '{layout.name}' that takes it, or take the line out.",
                )
            left_out.add(role)
        elif name is not None:
            if name not in by_name:
                raise ExportError(
                    f"The template's layout '{layout.name}' has no placeholder '{name}'.",
                    valid=nearest(name, by_name),
                    next_step=f"Correct '{role}' in [{finding.kind}] of its mapping.",
                )
            finding.take(role, by_name[name])
    return frozenset(left_out)


def _take_found(finding: _Finding, listed: Sequence[Placeholder], left_out: frozenset[Role]) -> None:
    """Take placeholders by type, by name, and by where they stand."""
    wanted = [role for role in _OFFERED[finding.kind] if role not in finding.slots and role not in left_out]

    def take(role: Role, suitable: Sequence[Placeholder]) -> None:
        free = [each for each in suitable if not finding.taken(each)]
        if free and role not in finding.slots and role not in left_out:
            finding.take(role, free[0])

    take(Role.TITLE, [each for each in listed if each.type in TITLES])
    if finding.kind is not Kind.TITLE:
        take(Role.FOOTER, [each for each in listed if each.type is TYPE.FOOTER])
        take(Role.NUMBER, [each for each in listed if each.type is TYPE.SLIDE_NUMBER])
    contents = [each for each in listed if each.type in CONTENTS]
    for role in wanted:
        named = [each for each in contents if re.fullmatch(_PART_NAMES[role], each.name.strip(), re.IGNORECASE)]
        take(role, named)
    title = finding.slots.get(Role.TITLE)
    texts = [each for each in contents if each.type in TEXTS]
    by_area = sorted(contents, key=lambda each: -each.area)
    large = [each for each in by_area if each.slot.box.height > _SMALL * finding.size.height]
    if finding.kind is Kind.TITLE:
        under = [each for each in texts if title is None or each.slot.box.top >= title.box.top]
        take(Role.SUBTITLE, [each for each in under if each.type is TYPE.SUBTITLE] or under)
        take(Role.BODY, under)
        return
    if finding.kind is Kind.TEXT_AND_EXHIBIT:
        two = [each for each in large if each.area >= _LARGE * finding.size.width * finding.size.height][:2]
        if len(two) == 2 and _side_by_side(two) and not finding.slots.keys() & {Role.EXHIBIT, Role.BODY}:
            ordered = sorted(two, key=lambda each: (each.type in TEXTS, -round(each.area, -3), each.slot.box.left))
            take(Role.EXHIBIT, ordered)
            take(Role.BODY, [each for each in ordered[1:] if each.type in TEXTS])
    if Role.EXHIBIT in wanted:
        take(Role.EXHIBIT, large)
    if Role.BODY in wanted and finding.kind is not Kind.TEXT_AND_EXHIBIT:
        take(Role.BODY, [each for each in large if each.type in TEXTS] or texts)
    _take_small(finding, [each for each in texts if each.slot.box.height <= _SMALL * finding.size.height], take)


def _take_small(finding: _Finding, small: Sequence[Placeholder], take: Any) -> None:
    """Give placeholders of a line or two their part by where they stand: above the title, under it, at the foot."""
    title, main = finding.slots.get(Role.TITLE), finding.slots.get(Role.EXHIBIT) or finding.slots.get(Role.BODY)
    if title is None or main is None:
        return
    take(Role.KICKER, [each for each in small if each.slot.box.bottom <= title.box.top + 4])
    if Role.SUBTITLE in _OFFERED[finding.kind]:
        between = (title.box.bottom - 4, main.box.top + 4)
        take(
            Role.SUBTITLE,
            [each for each in small if between[0] <= each.slot.box.top and each.slot.box.bottom <= between[1]],
        )
    if Role.SOURCE in _OFFERED[finding.kind]:
        take(Role.SOURCE, [each for each in small if each.slot.box.top >= main.box.bottom - 4])


def _draw_missing(finding: _Finding, left_out: frozenset[Role]) -> None:
    """Give what has no placeholder a box of its own, in the room that the layout leaves."""
    size, slots = finding.size, finding.slots
    edge = _MARGIN * size.width
    if Role.TITLE not in slots:
        middle = finding.kind in (Kind.TITLE, Kind.SECTION)
        top = 0.32 * size.height if middle else edge
        slots[Role.TITLE] = Slot(
            None, Box(edge, top, size.width - 2 * edge, 0.2 * size.height if middle else 70.0), 40 if middle else 26
        )
        finding.instead.append("title: a title of our own, which screen readers find")
    title = slots[Role.TITLE].box
    side = Box(max(min(title.left, 0.25 * size.width), 0.0), 0, 0, 0)
    right = max(title.right, 0.75 * size.width)
    if finding.kind is not Kind.TITLE:
        _draw_foot(finding, left_out, Box(side.left, 0, right - side.left, size.height))
    foot = min((slots[role].box.top for role in (Role.FOOTER, Role.NUMBER) if role in slots), default=size.height)
    floor = min(foot if foot > 0.6 * size.height else size.height, size.height - 20.0) - _AIR
    under = Box(side.left, title.bottom + _AIR, right - side.left, floor - title.bottom - _AIR)
    above = Box(side.left, edge, right - side.left, title.top - _AIR - edge)
    room = max(under, above, key=lambda box: box.height) if under.height < _LEAST_ROOM else under
    if finding.kind is Kind.TITLE:
        _draw_marks(finding, left_out, room)
        return
    for role in (Role.EXHIBIT, Role.BODY):
        if role in slots and slots[role].box.bottom > floor > slots[role].box.top + 60:
            box = slots[role].box
            slots[role] = replace(slots[role], box=replace(box, height=floor - box.top))
    _draw_main(finding, left_out, room)
    _cut_lines(finding, left_out)


def _draw_main(finding: _Finding, left_out: frozenset[Role], room: Box) -> None:
    slots = finding.slots
    if Role.EXHIBIT in NEEDED[finding.kind] and Role.EXHIBIT not in slots:
        slots[Role.EXHIBIT] = Slot(None, room, 16)
        finding.instead.append("exhibit: the room under the title")
    if finding.kind is Kind.TEXT_AND_EXHIBIT and Role.BODY not in slots:
        whole = slots[Role.EXHIBIT]
        gutter = _GUTTER * whole.box.width
        beside = replace(whole.box, width=_BESIDE * whole.box.width)
        text = replace(whole.box, left=beside.right + gutter, width=whole.box.width - beside.width - gutter)
        # A placeholder of text takes it, since an exhibit is drawn as an object of its own wherever it stands.
        swapped = Role.EXHIBIT in finding.for_text
        slots[Role.BODY] = replace(whole, index=whole.index if swapped else None, box=text, size=18)
        slots[Role.EXHIBIT] = replace(whole, index=None if swapped else whole.index, box=beside)
        if swapped:
            finding.names[Role.BODY] = finding.names.pop(Role.EXHIBIT)
        finding.instead.append("text beside an exhibit: they share the room of one placeholder, 60 to 40")
    elif Role.BODY in _OFFERED[finding.kind] and Role.BODY not in slots and Role.BODY not in left_out:
        slots[Role.BODY] = Slot(None, room, 20)
        finding.instead.append("body: a box of text under the title")


def _cut_lines(finding: _Finding, left_out: frozenset[Role]) -> None:
    """Cut lines for subtitle and source from the room of an exhibit whose layout has none."""
    slots = finding.slots
    main = [role for role in (Role.EXHIBIT, Role.BODY) if role in slots]
    cut = [
        role
        for role in (Role.SUBTITLE, Role.SOURCE)
        if role in _OFFERED[finding.kind] and role not in slots and role not in left_out
    ]
    for role in cut:
        over = slots[main[0]].box
        for other in main[1:]:
            over = over.with_(slots[other].box)
        height, size = _LINE[role]
        if role is Role.SUBTITLE:
            slots[role] = Slot(None, replace(over, height=height), size)
        else:
            slots[role] = Slot(None, Box(over.left, over.bottom - height, over.width, height), size)
        for each in main:
            box = slots[each].box
            if role is Role.SUBTITLE:
                box = box.raised(-height) if box.top < over.top + height else box
            elif box.bottom > over.bottom - height:
                box = replace(box, height=over.bottom - height - box.top)
            slots[each] = replace(slots[each], box=box)
    if cut:
        finding.instead.append(f"{' and '.join(cut)}: boxes of text, in room of the exhibit or text")


def _draw_foot(finding: _Finding, left_out: frozenset[Role], across: Box) -> None:
    height, size = _FOOT
    top = finding.size.height - height - 4
    boxes = {
        Role.FOOTER: Box(across.left, top, across.width - 60, height),
        Role.NUMBER: Box(across.right - 50, top, 50, height),
    }
    footer, number = finding.slots.get(Role.FOOTER), finding.slots.get(Role.NUMBER)
    if footer and footer.box.width < _FOOTER * across.width:
        # Office's own footer has a third of the width, and the date that stands beside it is not written.
        edge = number.box.left - _AIR if number and number.box.left > footer.box.left else across.right
        widened = replace(footer.box, left=across.left, width=edge - across.left)
        finding.slots[Role.FOOTER] = replace(footer, box=widened)
    missing = [role for role in boxes if role not in finding.slots and role not in left_out]
    for role in missing:
        finding.slots[role] = Slot(None, boxes[role], size)
    if missing:
        names = {Role.FOOTER: "footer", Role.NUMBER: "slide number"}
        finding.instead.append(f"{' and '.join(names[role] for role in missing)}: boxes of text at the foot")


def _draw_marks(finding: _Finding, left_out: frozenset[Role], room: Box) -> None:
    """Find room on the title slide for date, classification and marks, which must not be lost."""
    slots, (height, size) = finding.slots, _MARKS
    if Role.SUBTITLE not in slots and Role.SUBTITLE not in left_out:
        slots[Role.SUBTITLE] = Slot(None, replace(room, height=34.0), 22)
        finding.instead.append("subtitle: a box of text under the title")
    if Role.BODY in slots or Role.BODY in left_out:
        return
    above = slots.get(Role.SUBTITLE) or slots[Role.TITLE]
    if room.bottom - above.box.bottom - _AIR < height:
        above = replace(above, box=replace(above.box, height=max(room.bottom - above.box.top - height - _AIR, 24.0)))
        slots[Role.SUBTITLE if Role.SUBTITLE in slots else Role.TITLE] = above
    top = above.box.bottom + _AIR
    height = min(max(room.bottom - top, height), _MOST_FOR_MARKS)
    slots[Role.BODY] = Slot(None, Box(above.box.left, top, above.box.width, height), size)
    finding.instead.append("date and classification: a box of text under the subtitle")
