"""A difference as a reader goes through it: what to look at first, then paper by paper."""

from __future__ import annotations

from dataclasses import dataclass

from cafcass_reports.packs.comparison.model import Difference, Moved, Paper, Shown, Text, What


@dataclass(frozen=True)
class Count:
    """A line of the summary: how many, of what, and what that asks of the reader."""

    number: int
    of: str
    asks: str = ""


@dataclass(frozen=True)
class OfPaper:
    """What differs in one paper.

    ``moved`` are the figures of the paper's own area, ``parts`` those of its regions, areas and teams. ``changed``
    are the texts to be read; ``refreshed`` have the same words around other figures.
    """

    paper: Paper
    exhibits: tuple[Shown, ...]
    moved: tuple[Moved, ...]
    parts: tuple[Moved, ...]
    changed: tuple[Text, ...]
    refreshed: tuple[Text, ...]
    carried_over: tuple[Text, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs, for a paper that both packs have."""
        return not (self.paper.what or self.exhibits or self.moved or self.parts or self.changed or self.refreshed)


def by_paper(difference: Difference) -> list[OfPaper]:
    """Group what differs under the papers of both packs, in their order; each figure under the first that shows it."""
    found = []
    for paper in difference.papers:
        moved = [one for one in difference.moved if one.paper == paper.folder]
        texts = [text for text in difference.texts if text.paper == paper.folder]
        area = paper.folder.partition("/")[0]
        whole = [one for one in moved if one.new_id.split(".")[1] == area]
        found.append(
            OfPaper(
                paper=paper,
                exhibits=tuple(one for one in difference.exhibits if one.paper == paper.folder),
                moved=tuple(whole),
                parts=tuple(one for one in moved if one not in whole),
                changed=_of(texts, What.CHANGED, What.ADDED, What.REMOVED),
                refreshed=_of(texts, What.REFRESHED),
                carried_over=_of(texts, What.CARRIED_OVER),
            )
        )
    return found


def _of(texts: list[Text], *what: What) -> tuple[Text, ...]:
    """Some of the texts; of those whose words are kept, first what was not reviewed and what a figure contradicts."""
    chosen = [text for text in texts if text.what in what]
    return tuple(sorted(chosen, key=lambda text: (what.index(text.what), text.reviewed, not text.turned)))


def counts(difference: Difference) -> list[Count]:
    """Return the summary, the most important line first; lines that count nothing are left out."""
    visible = sum(one.visible for one in difference.restated)
    texts = {what: [text for text in difference.texts if text.what is what] for what in What}
    kept = [*texts[What.REFRESHED], *texts[What.CARRIED_OVER]]
    against = sum(bool(text.turned) for text in kept)
    unread = sum(not text.reviewed for text in kept)
    exhibits = {what: sum(one.what is what for one in difference.exhibits) for what in What}
    gone = {what: sum(paper.what is what for paper in difference.papers) for what in What}
    lines = [
        Count(len(difference.redefined), "Definitions changed", "read what changed, and since when it holds"),
        Count(len(difference.restated), "Figures of the past restated", f"{visible} where a reader sees another value"),
        Count(
            sum(one.turned for one in difference.moved),
            "Figures turned",
            "their change on the year before goes the other way",
        ),
        Count(against, "Texts keep their words while a figure in them turned", "read them against the figures"),
        Count(unread, "Texts carried over that nobody has reviewed"),
        Count(gone[What.ADDED], "Papers added"),
        Count(gone[What.REMOVED], "Papers removed"),
        Count(exhibits[What.RETITLED], "Exhibits with another message"),
        Count(exhibits[What.CHANGED], "Exhibits with other figures in them"),
        Count(exhibits[What.ADDED], "Exhibits added to papers that both packs have"),
        Count(exhibits[What.REMOVED], "Exhibits removed"),
        Count(len(difference.moved), "Figures moved", f"{difference.unchanged.figures} read the same"),
        Count(len(difference.first_shown), "Measures first shown"),
        Count(len(difference.no_longer_shown), "Measures no longer shown"),
        Count(len(texts[What.CHANGED]), "Texts changed"),
        Count(len(texts[What.ADDED]), "Texts added"),
        Count(len(texts[What.REMOVED]), "Texts removed"),
        Count(len(texts[What.REFRESHED]), "Texts with the same words around other figures"),
        Count(len(texts[What.CARRIED_OVER]), "Texts carried over unchanged"),
        Count(len(difference.extracts), "Extracts changed", f"{difference.unchanged.extracts} are the same files"),
        Count(len(difference.parameters), "Settings of the pack changed"),
        Count(len(difference.versions), "Programs in other versions"),
    ]
    return [line for line in lines if line.number]
