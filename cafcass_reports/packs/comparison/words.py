"""Texts and titles compared by their words: figures change every quarter, what is said of them should be read."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from cafcass_reports.exhibits.payload import CommentaryPayload, PanelsPayload, QuotationPayload, Written
from cafcass_reports.packs.comparison.model import Passage, Shown, Text, What
from cafcass_reports.packs.published import Exhibit, Published

_CONTEXT = 12  # words of unchanged text on either side of a change
_REWRITTEN = 0.4  # share of words in common below which a text is another one
_MONTHS = "|".join([*calendar.month_name[1:], *calendar.month_abbr[1:]])
_FIGURES = re.compile(rf"[+\u2212-]?\d[\d,]*(?:\.\d+)?(?:[-/]\d+)?%?|\b(?:{_MONTHS})\b")


def masked(text: str) -> str:
    """Return a text with its numbers and months masked, so that two with the same words are equal.

    Examples
    --------
    >>> masked("Open cases rose by 16.5% to November 2020") == masked("Open cases rose by 9% to June 2019")
    True
    """
    return " ".join(_FIGURES.sub("#", text).split())


def texts(old: Published, new: Published, turned: Mapping[str, str]) -> list[Text]:
    """Compare the commentary of two packs, text by text.

    Parameters
    ----------
    old, new
        The packs.
    turned
        The titles of figures that go the other way in the new pack, by their ids there.

    Returns
    -------
    list of Text
        In the order of the papers: each text of either pack once for each area.
    """
    before, after = _written(old), _written(new)
    found = [_text(key, before.get(key), exhibit, turned) for key, exhibit in after.items()]
    return found + [_text(key, exhibit, None, {}) for key, exhibit in before.items() if key not in after]


def _written(of: Published) -> dict[tuple[str, str], Exhibit]:
    """The texts of a pack by area and name; one that two papers show is one text."""
    found: dict[tuple[str, str], Exhibit] = {}
    for exhibit in of.exhibits:
        if isinstance(exhibit.payload, Written):
            found.setdefault((exhibit.paper.partition("/")[0], exhibit.payload.name), exhibit)
    return found


def _text(key: tuple[str, str], old: Exhibit | None, new: Exhibit | None, turned: Mapping[str, str]) -> Text:
    before, after = (_prose(exhibit) if exhibit else "" for exhibit in (old, new))
    shown = new or old
    if shown is None or not isinstance(shown.payload, Written):
        raise TypeError("a text stands in one of two packs")
    if old is None or new is None:
        what = What.ADDED if old is None else What.REMOVED
    elif before == after:
        what = What.CARRIED_OVER
    else:
        what = What.REFRESHED if masked(before) == masked(after) else What.CHANGED
    kept = what in (What.REFRESHED, What.CARRIED_OVER)
    return Text(
        what=what,
        name=key[1],
        paper=shown.paper,
        owner=shown.payload.owner,
        dated=shown.payload.dated,
        reviewed=shown.payload.reviewed,
        passages=tuple(passages(before, after)) if what is What.CHANGED else (),
        turned=tuple(dict.fromkeys(turned[o.measurement] for o in shown.measurements if o.measurement in turned))
        if kept
        else (),
    )


def _prose(exhibit: Exhibit) -> str:
    match exhibit.payload:
        case CommentaryPayload(markdown=text):
            return text
        case QuotationPayload(words=text, speaker=speaker):
            return f"{text}\n\n{speaker}"
        case PanelsPayload(title=title, panels=panels):
            return "\n\n".join([title, *(f"{panel.title}\n\n{panel.markdown}" for panel in panels)])
        case _:
            return ""


def passages(old: str, new: str) -> Iterator[Passage]:
    """Compare two texts word by word; unchanged words far from any change are left out as an ellipsis."""
    before, after = old.split(), new.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _REWRITTEN:  # the few words in common are an accident, and make both unreadable
        yield from (Passage("removed", " ".join(before)), Passage("added", " ".join(after)))
        return
    steps = matcher.get_opcodes()
    for place, (step, start, end, start_new, end_new) in enumerate(steps):
        if step == "equal":
            yield Passage("same", _shortened(before[start:end], first=place == 0, last=place == len(steps) - 1))
            continue
        if end > start:
            yield Passage("removed", " ".join(before[start:end]))
        if end_new > start_new:
            yield Passage("added", " ".join(after[start_new:end_new]))


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[-_CONTEXT:]
    if (first and last) or len(head) + len(tail) >= len(words):
        return " ".join(words)
    return " ".join([*head, "…", *tail])


def exhibits(old: Published, new: Published) -> tuple[list[Shown], int]:
    """Compare what papers of both packs show, texts aside.

    Exhibits are the same where they are of one kind and show the same metrics, else where they stand under the same
    heading. Numbers in a title do not retitle it; those of papers that only one pack has are not listed.

    Returns
    -------
    tuple
        What differs, in the order of the papers, and how many exhibits say the same.
    """
    common = [paper for paper in new.papers if paper in old.papers]
    found: list[Shown] = []
    same = 0
    for paper in common:
        before, after = (_drawn(of, paper) for of in (old, new))
        pairs = _paired(before, after)
        for exhibit in after:
            if (former := pairs.get(id(exhibit))) is None:
                found.append(Shown(What.ADDED, exhibit.kind, paper, exhibit.heading, "", exhibit.title))
                continue
            gained, lost = _gone(exhibit, former), _gone(former, exhibit)
            retitled = masked(former.title) != masked(exhibit.title)
            if not (gained or lost or retitled):
                same += 1
                continue
            what = What.RETITLED if retitled else What.CHANGED
            titles = (former.title, exhibit.title)
            found.append(Shown(what, exhibit.kind, paper, exhibit.heading, *titles, gained=gained, lost=lost))
        kept = {id(former) for former in pairs.values()}
        gone = (exhibit for exhibit in before if id(exhibit) not in kept)
        found += [Shown(What.REMOVED, e.kind, paper, e.heading, e.title, "") for e in gone]
    return found, same


def _drawn(of: Published, paper: str) -> list[Exhibit]:
    return [exhibit for exhibit in of.exhibits if exhibit.paper == paper and not isinstance(exhibit.payload, Written)]


def _paired(before: Sequence[Exhibit], after: Sequence[Exhibit]) -> dict[int, Exhibit]:
    """Each exhibit of the new pack, by its identity, with that of the old one."""
    left = list(before)
    pairs: dict[int, Exhibit] = {}
    for alike in (_metrics, _heading):
        for exhibit in after:
            former = next((one for one in left if one.kind == exhibit.kind and alike(one) == alike(exhibit)), None)
            if id(exhibit) not in pairs and former is not None and alike(exhibit):
                pairs[id(exhibit)] = former
                left.remove(former)
    return pairs


def _metrics(exhibit: Exhibit) -> tuple[str, ...]:
    return tuple(sorted({origin.metric for origin in exhibit.measurements}))


def _heading(exhibit: Exhibit) -> str:
    return masked(exhibit.heading)


def _gone(of: Exhibit, other: Exhibit) -> tuple[str, ...]:
    """The metrics of one exhibit that the other does not have, by their titles."""
    known = set(_metrics(other))
    return tuple(dict.fromkeys(origin.title for origin in of.measurements if origin.metric not in known))
