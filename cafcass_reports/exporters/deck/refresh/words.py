"""Texts: what a hand left as it was is written anew in the hand's format; what it rewrote stays."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.refresh.alignment import align
from cafcass_reports.exporters.deck.refresh.findings import Told
from cafcass_reports.exporters.deck.state import Words, digest

_RUNS = (qn("a:r"), qn("a:br"), qn("a:fld"))
_TOKEN = re.compile(r"\s+|\S+")


def merge(body: Any, base: Words, fresh: Any, told: Told) -> None:
    """Bring the figures of a text up to date, paragraph by paragraph.

    Parameters
    ----------
    body
        The text in the edited deck; it is changed.
    base
        What the pack wrote then.
    fresh
        The text as the pack writes it now.
    told
        Where findings go.
    """
    mine, new = state.paragraphs(body), state.paragraphs(fresh)
    here = align(base.said, [digest(state.text(one)) for one in mine])
    there = align(base.said, [digest(state.text(one)) for one in new])
    standing: dict[int, Any] = {}
    gone = []
    for at, said in enumerate(base.said):
        old = None if (place := here[at]) is None else mine[place]
        now = None if (place := there[at]) is None else new[place]
        if now is not None and old is not None:
            standing[there[at] or 0] = old
        if old is None:
            if now is not None and digest(state.text(now)) != said:
                told.note("Taken out by hand; its figures have moved.", now=state.text(now))
        elif digest(state.text(old)) != said:
            _keep([old], said, [] if now is None else [now], told)
        elif now is None:
            gone.append(old)
        else:
            _rewrite(old, now, base.look[at], base.tint[at])
            told.updated += digest(state.text(now)) != said
    _add([(at, one) for at, one in enumerate(new) if at not in there], mine, standing, told)
    for old in gone:
        _remove(old)
        told.updated += 1
    for at, own in enumerate(mine):
        if at not in here:
            told.written(state.text(own))


def settle(body: Any, base: tuple[str, str, str], fresh: Any, told: Told) -> None:
    """Bring a text up to date that is one thing, such as a cell; ``base`` is what it said, its look and its colours."""
    mine, new = state.paragraphs(body), state.paragraphs(fresh)
    said, look, tint = base
    if digest(state.cell_text(mine)) != said:
        _keep(mine, said, new, told)
        return
    told.updated += digest(state.cell_text(new)) != said
    if len(mine) == len(new) > 1 and state.look(mine) != look:
        for old, now in zip(mine, new, strict=True):
            _respell(old, state.text(now))
    elif len(mine) == len(new) == 1:
        _rewrite(mine[0], new[0], look, tint)
    else:
        for old in mine:
            body.remove(old)
        body.extend(copy.deepcopy(now) for now in new)


def _keep(mine: Sequence[Any], said: str, new: Sequence[Any], told: Told) -> None:
    """Leave what a hand rewrote; say so where the pack now says something else than before."""
    yours, now = state.cell_text(mine), state.cell_text(new)
    if yours == now and new:
        return
    if digest(now) != said or not new:
        told.conflict("Edited by hand, and its figure has moved.", yours, now)
    else:
        told.written(yours)


def _add(added: Sequence[tuple[int, Any]], mine: Sequence[Any], standing: dict[int, Any], told: Told) -> None:
    """Put paragraphs that the pack has anew behind those that they follow there."""
    for at, one in added:
        before = max((place for place in standing if place < at), default=None)
        written = _without_links(copy.deepcopy(one))
        if before is not None:
            standing[before].addnext(written)
        elif mine:
            mine[0].addprevious(written)
        standing[at] = written
        told.updated += 1


def _remove(paragraph: Any) -> None:
    """Take a paragraph out; a text without any is not valid."""
    parent = paragraph.getparent()
    if len(state.paragraphs(parent)) > 1:
        parent.remove(paragraph)
    else:
        _respell(paragraph, "")


def _rewrite(old: Any, new: Any, look: str, tint: str) -> None:
    """Write a paragraph anew: as the pack sets it, or as a hand has set it since."""
    linked = any(True for _ in new.iter(qn("a:hlinkClick")))
    if state.look([old]) == look and not linked:
        old[:] = list(copy.deepcopy(new))
        return
    _respell(old, state.text(new), new)
    if state.tint([old]) == tint != state.tint([new]):
        _recolour(old, new)


def _respell(paragraph: Any, text: str, fresh: Any = None) -> None:
    """Change a paragraph's text and keep the format of each word that stays, and of what stood where others come."""
    old = state.text(paragraph)
    if old == text:
        return
    runs = [part for part in paragraph if part.tag in _RUNS]
    if not runs or old.count("\v") != text.count("\v") or "\v" in text:
        kept = [copy.deepcopy(part) for part in (fresh if fresh is not None else []) if part.tag in _RUNS]
        for run in runs:
            paragraph.remove(run)
        end = paragraph.find(qn("a:endParaRPr"))
        for part in kept:
            paragraph.append(_without_links(part)) if end is None else end.addprevious(_without_links(part))
        return
    owners = [run for run in runs for _ in run.findtext(qn("a:t"), "")]
    spelled: dict[Any, list[str]] = {run: [] for run in runs}
    before, after = _TOKEN.findall(old), _TOKEN.findall(text)
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            for at in range(starts[start], starts[end]):
                spelled[owners[at]].append(old[at])
        elif first < last:
            # What comes in is set like what it replaces, or like what stands before it.
            at = starts[start] if what == "replace" else max(0, starts[start] - 1)
            spelled[owners[at]].append("".join(after[first:last]))
    for run in runs:
        run.find(qn("a:t")).text = "".join(spelled[run])
    for run in runs:
        if not spelled[run] and len([part for part in paragraph if part.tag in _RUNS]) > 1:
            paragraph.remove(run)


def _recolour(old: Any, new: Any) -> None:
    """Give the runs of a paragraph the colour that the pack now gives them: it says what a change means."""
    fill = next(new.iterfind(f".//{qn('a:rPr')}/{qn('a:solidFill')}"), None)
    for properties in old.iterfind(f"{qn('a:r')}/{qn('a:rPr')}"):
        for former in properties.findall(qn("a:solidFill")):
            if fill is not None:
                properties.replace(former, copy.deepcopy(fill))


def _without_links(element: Any) -> Any:
    """Take out links, whose addresses are in the other deck."""
    for link in list(element.iter(qn("a:hlinkClick"))):
        link.getparent().remove(link)
    return element
