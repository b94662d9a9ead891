"""Labels and marks of single points of a chart: what they say, and which points they are at."""

from __future__ import annotations

import copy
from typing import Any

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.refresh.findings import Told
from cafcass_reports.exporters.deck.state import SeriesState, digest


def merge(old: Any, base: SeriesState, now: Any, told: Told) -> None:
    """Renew what the labels of a series say and where they stand, where a hand has changed neither."""
    listed = old.find(qn("c:dLbls"))
    if listed is None:  # a hand has taken them out
        return
    fresh = state.labels(now)
    known = _renumber(old, base, list(fresh))
    mine = state.labels(old)
    for at, label in mine.items():
        if at in known:
            _merge(label, known[at], fresh.get(at), told)
    for at, label in fresh.items():
        if at not in mine and at not in known:
            following = [one for place, one in state.labels(old).items() if place > at]
            added = copy.deepcopy(label)
            if following:
                following[0].addprevious(added)
            else:
                listed.insert(len(state.labels(old)), added)


def move_marks(old: Any, base: SeriesState, now: Any) -> None:
    """Mark the points that are now marked; a mark that a hand recoloured goes with the end of its line."""
    mine, new = state.marks(old), state.marks(now)
    if {at: state.mark_look(mark) for at, mark in mine.items()} == base.marks:
        place = old.index(next(iter(mine.values()))) if mine else _before_values(old)
        for mark in mine.values():
            old.remove(mark)
        for at, mark in enumerate(new.values()):
            old.insert(place + at, copy.deepcopy(mark))
    elif list(mine) == list(base.marks) and len(new) == len(mine):
        for mark, at in zip(mine.values(), new, strict=True):
            mark.find(qn("c:idx")).set("val", str(at))


def _before_values(series: Any) -> int:
    """Return where the schema wants marks: before labels, categories and values."""
    names = tuple(qn(f"c:{name}") for name in ("dLbls", "trendline", "errBars", "cat", "val"))
    return next(at for at, element in enumerate(series) if element.tag in names)


def _renumber(old: Any, base: SeriesState, new: list[int]) -> dict[int, tuple[str, str]]:
    """Let labels go with their points, as a line's end moves on; return what the pack wrote then, by them."""
    mine = state.labels(old)
    if list(mine) != list(base.labels) or len(mine) != len(new):
        return dict(base.labels)
    for label, at in zip(mine.values(), new, strict=True):
        label.find(qn("c:idx")).set("val", str(at))
    return dict(zip(new, base.labels.values(), strict=True))


def _merge(label: Any, base: tuple[str, str], new: Any, told: Told) -> None:
    said, place = base
    text = state.label_text(label)
    if digest(text) == said:
        if new is None:
            label.getparent().remove(label)
        else:
            _retell(label, new, moved=state.moved(label) != place)
    elif new is not None and digest(state.label_text(new)) not in (said, digest(text)):
        told.conflict("A label edited by hand, and its figure has moved.", text, state.label_text(new))


def _retell(label: Any, new: Any, *, moved: bool) -> None:
    """Let a label say what it now says, in the format that it has, and stand where it now stands."""
    runs, fresh = (list(one.iterfind(f"{qn('c:tx')}//{qn('a:r')}")) for one in (label, new))
    if len(runs) == len(fresh):
        for mine, theirs in zip(runs, fresh, strict=True):
            mine.find(qn("a:t")).text = theirs.findtext(qn("a:t"))
    elif (text := label.find(qn("c:tx"))) is not None and new.find(qn("c:tx")) is not None:
        label.replace(text, copy.deepcopy(new.find(qn("c:tx"))))
    if moved:
        return
    for layout in label.findall(qn("c:layout")):
        label.remove(layout)
    if (layout := new.find(qn("c:layout"))) is not None:
        label.find(qn("c:idx")).addnext(copy.deepcopy(layout))
