"""A slide's shapes: which is which, and what of each is brought up to date."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.refresh import carrying, charts, grids, words
from cafcass_reports.exporters.deck.refresh.findings import Told
from cafcass_reports.exporters.deck.state import ShapeState, digest


def merge(tree: Any, part: Any, base: Mapping[str, ShapeState], fresh: tuple[Any, Any], told: Told) -> None:
    """Bring the shapes of a slide or a group up to date.

    Parameters
    ----------
    tree
        The shapes in the edited deck; they are changed.
    part
        The part of their slide.
    base
        The shapes that the pack drew then, by their keys.
    fresh
        The shapes as the pack draws them now, and the part of their slide.
    told
        Where findings go.
    """
    new_tree, new_part = fresh
    new = dict(state.keyed(new_tree))
    known = list(matched(tree, base))
    for key, element in known:
        told.shape = str(state.named(element).get("name"))
        if key is None:
            _note_own(element, told)
        elif key in new:
            shape(element, part, base[key], (new[key], new_part), told)
        elif state.shape_state(element, part).content == base[key].content:
            element.getparent().remove(element)
            told.updated += 1
        else:
            told.conflict("Edited by hand, and the pack no longer has it.", _said(element))
    found = {key for key, _ in known}
    for key, element in new.items():
        told.shape = str(state.named(element).get("name"))
        if key not in base:
            carried = carrying.carry(element, new_part, part)
            carrying.number(carried, tree)
            tree.append(carried)
            told.updated += 1
        elif key not in found and state.shape_state(element, new_part).content != base[key].content:
            told.note("Taken out by hand; its figures have moved.", now=_said(element))
    told.shape = ""


def matched(tree: Any, base: Mapping[str, ShapeState]) -> Iterator[tuple[str | None, Any]]:
    """Give each shape with the key under which the pack drew it, ``None`` for a hand's own.

    A shape is known by its name; of several so named by its number. One renamed is known by its number and kind of
    content; a copy has the name of the shape that it was made from, and is brought up to date with it.
    """
    numbers = {said.id: key for key, said in base.items()}
    keyed = list(state.keyed(tree))
    present = {state.named(element).get("name") for _, element in keyed}
    for key, element in keyed:
        about = state.named(element)
        name, at = about.get("name", ""), numbers.get(int(about.get("id", "0")))
        alike = [other for other, said in base.items() if state.known_as(said.name) == state.known_as(name)]
        if alike:
            yield at if at in alike else key if key in alike else alike[0], element
        elif at is not None and base[at].name not in present and _is_of_a_kind(element, base[at]):
            yield at, element
        else:
            yield None, element


def shape(element: Any, part: Any, base: ShapeState, fresh: tuple[Any, Any], told: Told) -> None:
    """Bring one shape up to date: its alt text, what it holds, and its place where nobody moved it."""
    new, new_part = fresh
    told.shape = str(state.named(element).get("name"))
    _merge_alt(element, base, new, told)
    stays = state.place(element) == base.place
    if stays:
        _settle_place(element, new)
    bodies = state.text_body(element), state.text_body(new)
    if base.words is not None and None not in bodies:
        words.merge(bodies[0], base.words, bodies[1], told)
    if base.rows:
        grids.merge(element, base.rows, new, told)
    if base.chart is not None:
        mine, now = state.chart_part(element, part), state.chart_part(new, new_part)
        if mine is not None and now is not None:
            charts.merge(mine, base.chart, now, told)
    if base.picture:
        _merge_picture(element, part, base, fresh, told)
    if base.parts:
        parts = base.parts if stays else {key: one.model_copy(update={"place": "-"}) for key, one in base.parts.items()}
        merge(element, part, parts, fresh, told)


def _merge_alt(element: Any, base: ShapeState, new: Any, told: Told) -> None:
    mine, now = (state.named(one).get("descr", "") for one in (element, new))
    if digest(mine) == base.alt:
        if mine != now:
            state.named(element).set("descr", now)
            told.updated += 1
    elif digest(now) != base.alt and now != mine:
        told.conflict("Its alt text was edited by hand, and its figure has moved.", mine, now)


def _settle_place(element: Any, new: Any) -> None:
    """Let a shape that nobody moved stand where it now stands."""
    mine, now = state.transform(element), state.transform(new)
    if mine is not None and now is not None:
        mine.getparent().replace(mine, copy.deepcopy(now))
    elif mine is not None:
        mine.getparent().remove(mine)
    elif now is not None and (properties := element.find(qn("p:spPr"))) is not None:
        properties.insert(0, copy.deepcopy(now))


def _merge_picture(element: Any, part: Any, base: ShapeState, fresh: tuple[Any, Any], told: Told) -> None:
    new, new_part = fresh
    mine, now = state.picture(element, part), state.picture(new, new_part)
    if now in (base.picture, mine, ""):
        return
    if mine != base.picture:
        told.conflict("Replaced by hand, and the picture has changed.", "your picture", "the pack's picture")
        return
    blips = [one.find(f"{qn('p:blipFill')}/{qn('a:blip')}") for one in (element, new)]
    blips[0].getparent().replace(blips[0], carrying.carry(blips[1], new_part, part))
    told.updated += 1


def _is_of_a_kind(element: Any, said: ShapeState) -> bool:
    """Whether a shape could be the one that was drawn: its number may have gone to another since."""
    held = {
        "chart": said.chart is not None,
        "rows": bool(said.rows),
        "picture": bool(said.picture),
        "parts": bool(said.parts),
    }
    frame = element.tag == qn("p:graphicFrame")
    holds = {
        "chart": frame and not state.rows(element),
        "rows": frame and bool(state.rows(element)),
        "picture": element.tag == qn("p:pic"),
        "parts": element.tag == qn("p:grpSp"),
    }
    if held != holds:
        return False
    if said.words is None:
        return True
    texts = {digest(state.text(one)) for one in state.paragraphs(state.text_body(element))}
    return bool(texts & set(said.words.said))


def _note_own(element: Any, told: Told) -> None:
    """Look through what a hand has put on a slide."""
    for paragraph in element.iter(qn("a:p")):
        told.written(state.text(paragraph))


def _said(element: Any) -> str:
    return " / ".join(filter(None, (state.text(one) for one in element.iter(qn("a:p"))))) or str(
        state.named(element).get("descr", "")
    )
