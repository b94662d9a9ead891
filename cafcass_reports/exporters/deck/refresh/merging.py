"""All slides of an edited deck brought up to date."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import pptx
from pptx.exc import PackageNotFoundError

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck import identity, state
from cafcass_reports.exporters.deck.identity import DeckState
from cafcass_reports.exporters.deck.package import packed
from cafcass_reports.exporters.deck.refresh import carrying, shapes, words
from cafcass_reports.exporters.deck.refresh.findings import ByHand, Finding, Kind, Told
from cafcass_reports.exporters.deck.state import ShapeState, SlideState, digest
from cafcass_reports.exporters.deck.story import FOR_CHECKING

_SHORT = 3  # characters of a number below which it may be anything on a slide of one's own


@dataclass(frozen=True)
class Refreshed:
    """A refreshed deck.

    Parameters
    ----------
    deck
        Its bytes.
    updated
        How many texts, cells, series, alt texts, pictures and shapes were renewed.
    findings
        Conflicts and notes, in the order of the slides.
    by_hand
        Texts that a hand wrote on slides whose figures moved, and that hold no figure which did.
    """

    deck: bytes
    updated: int
    findings: tuple[Finding, ...]
    by_hand: tuple[ByHand, ...]

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """The findings that are conflicts."""
        return tuple(one for one in self.findings if one.kind is Kind.CONFLICT)


def opened(content: bytes, name: str) -> Any:
    """Open a deck.

    Raises
    ------
    ExportError
        Where the bytes are no deck.
    """
    try:
        return pptx.Presentation(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise ExportError(
            f"{name} cannot be opened as a deck.",
            valid="A deck is a .pptx file, without a password.",
            next_step="Save it in PowerPoint as a presentation, and refresh it again.",
        ) from error


def refresh(edited: bytes, fresh: bytes, name: str = "The deck") -> Refreshed:
    """Bring a deck that a person has edited up to date.

    Parameters
    ----------
    edited
        The deck, which an earlier run drew and a person has edited.
    fresh
        The deck of the same paper as it is drawn now; it is not changed.
    name
        What the edited deck is called in an error.

    Raises
    ------
    ExportError
        Where the edited deck cannot be opened, does not remember what the pack wrote, or is of another paper.
    """
    deck, new = opened(edited, name), opened(fresh, "The pack's deck")
    base, now = remembered(deck, name), remembered(new, "The pack's deck")
    if base.identity != now.identity:
        raise ExportError(f"{name} is {base.identity}, and not {now.identity}.", next_step="Name the deck's own pack.")
    told = Told()
    _Merge(deck, base, new, now, told).run()
    identity.renew(deck.part, new.part)
    saved = io.BytesIO()
    deck.save(saved)
    ordered = sorted(told.findings, key=lambda one: (one.slide or len(deck.slides) + 1, one.kind))
    return Refreshed(packed(saved.getvalue()), told.updated, tuple(ordered), tuple(told.by_hand))


def remembered(deck: Any, name: str) -> DeckState:
    """Return what a deck remembers of itself.

    Raises
    ------
    ExportError
        Where it remembers nothing.
    """
    found = identity.of_deck(deck)
    if found is None:
        raise ExportError(
            f"{name} does not remember what the pack wrote into it: it was not made by a pack of this version, or was "
            "saved by a program that drops PowerPoint's tags.",
            valid="A deck that a run wrote, edited and saved in PowerPoint.",
            next_step="Begin again from the deck in the pack's outputs, and carry your edits over.",
        )
    return found


class _Merge:
    """One refresh: both decks, what they remember, and their slides by key."""

    def __init__(self, deck: Any, base: DeckState, new: Any, now: DeckState, told: Told) -> None:
        self.deck, self.base, self.told = deck, base, told
        self.fresh = {one.key: (slide, one) for slide, one in _remembering(new, now)}
        self.mine = list(_remembering(deck, base))

    def run(self) -> None:
        ours = {slide.slide_id: one for slide, one in self.mine}
        still = {number for _, one in self.fresh.values() for number in one.numbers}
        moved = frozenset(number for _, one in self.mine for number in one.numbers) - still
        shown = self._exhibits()
        self._add_new()
        for number, slide in enumerate(self.deck.slides, start=1):
            self.told.slide, self.told.title, self.told.shape = number, _title(slide), ""
            said = ours.get(slide.slide_id)
            if said is None and identity.of_slide(slide) is None:
                self.told.moved, self.told.figures = moved, ()
                self._look_through(slide, shown)
            elif said is not None and said.key in self.fresh:
                self._merge_slide(slide, said)
            elif said is not None:
                self.told.note("The pack no longer has this slide; it was left as it is.")
        self._note_deleted()

    def _exhibits(self) -> dict[str, tuple[ShapeState, tuple[Any, Any]]]:
        """Return the exhibits of the deck by name: what the pack drew then, and as it draws them now."""
        found = {}
        for _, said in self.mine:
            if said.key not in self.fresh:
                continue
            slide = self.fresh[said.key][0]
            now = dict(state.keyed(slide.shapes._spTree))
            for key, one in said.shapes.items():
                if key in now and (one.chart or one.rows or one.picture or one.parts):
                    found[one.name] = one, (now[key], slide.part)
        return found

    def _merge_slide(self, slide: Any, said: SlideState) -> None:
        fresh, now = self.fresh[said.key]
        self.told.moved = frozenset(said.numbers) - frozenset(now.numbers)
        self.told.figures = _figures(fresh)
        shapes.merge(slide.shapes._spTree, slide.part, said.shapes, (fresh.shapes._spTree, fresh.part), self.told)
        self.told.shape = "notes"
        if slide.has_notes_slide and fresh.has_notes_slide:
            mine, new = (one.notes_slide.notes_text_frame for one in (slide, fresh))
            if mine is not None and new is not None:
                words.merge(mine._txBody, said.notes, new._txBody, self.told)
        identity.renew(slide.part, fresh.part)

    def _look_through(self, slide: Any, shown: dict[str, tuple[ShapeState, tuple[Any, Any]]]) -> None:
        """Bring exhibits up to date that were pasted on a slide of one's own; find figures in its texts."""
        for _, element in state.keyed(slide.shapes._spTree):
            self.told.shape = name = state.named(element).get("name", "")
            if name in shown:
                shapes.shape(element, slide.part, *shown[name], self.told)
                continue
            for text in map(state.text, element.iter(state.PARAGRAPH)):
                if any(len(number) >= _SHORT and digest(number) in self.told.moved for number in state.numbers(text)):
                    self.told.written(text)

    def _add_new(self) -> None:
        """Add the slides that the pack did not have then, each behind the one that it follows there."""
        placed: dict[str, Any] = {}
        for slide, one in self.mine:
            placed.setdefault(one.key, slide)
        before = None
        for key, (slide, _) in self.fresh.items():
            if key not in placed and key not in self.base.slides:
                added = carrying.slide(self.deck, slide, before)
                self.told.slide, self.told.title, self.told.shape = 0, _title(slide), ""
                if added is None:
                    self.told.note("A new slide of the pack, for which this deck has no layout; it was not added.")
                else:
                    self.told.slide = self.deck.slides.index(added) + 1
                    self.told.note("A new slide of the pack, added where it stands there.")
                    self.told.updated += 1
                    placed[key] = added
            before = placed.get(key, before)

    def _note_deleted(self) -> None:
        present = {one.key for _, one in self.mine}
        for key, (slide, one) in self.fresh.items():
            if key in self.base.slides and key not in present and self.base.slides[key] != one.content:
                self.told.slide, self.told.title, self.told.shape = 0, _title(slide), ""
                self.told.note("A slide taken out by hand, whose figures have moved; it was not restored.")


def _remembering(deck: Any, own: DeckState) -> Iterator[tuple[Any, SlideState]]:
    """Give the slides that remember to be of this deck."""
    for slide in deck.slides:
        said = identity.of_slide(slide)
        if said is not None and said.deck == own.key:
            yield slide, said


def _figures(slide: Any) -> tuple[str, ...]:
    """Return the ids of a slide's figures, which its notes list last."""
    said = [state.text(one) for one in state.notes(slide)]
    return tuple(said[said.index(FOR_CHECKING) + 1 :]) if FOR_CHECKING in said else ()


def _title(slide: Any) -> str:
    title = slide.shapes.title
    return " ".join(title.text_frame.text.split()) if title is not None else ""
