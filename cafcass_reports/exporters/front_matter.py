"""What stands before and around a paper in the summary: its title, what it is about, its marks, its running lines."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import PaperPayload
from cafcass_reports.exporters.running_text import Json, broken, capitalised, one_line, text
from cafcass_reports.exporters.tree import Binder, Document, ListBlock

_MOST_CHANGES = 6
_DAY = re.compile(rf"(?:\d{{1,2}} )?(?:{'|'.join(month_name[1:])}) \d{{4}}")
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # of a notebook that says no date: never the clock's
_DRAFT = {"mark": "DRAFT", "text": "Figures and text may still change."}
_SYNTHETIC = {"mark": "Synthetic data", "text": "The figures describe an invented organisation."}


def made_on(papers: Iterable[PaperPayload | None]) -> datetime:
    """Return the date that a file of these papers carries: the latest of theirs, in UTC.

    Raises
    ------
    ExportError
        Where one of them is not an ISO date.
    """
    days = [_dated(paper) for paper in papers if paper]
    return datetime.combine(max(days), time(), tzinfo=UTC) if days else _NO_DATE


def front(document: Document) -> Json:
    """Return a paper's front matter.

    Raises
    ------
    ExportError
        Where the paper's date is not an ISO date.
    """
    paper = document.paper
    title = one_line(document.title)
    if paper is None:
        empty: Json = {"title": title, "author": "", "description": document.title, "over": "", "about": ""}
        sheet: Json = {"purpose": "", "asked": "", "decision": None, "since": None, "signed": "", "dated": ""}
        return {**empty, **sheet, "notices": [], "facts": [], "running": running(title, "", [])}
    meeting = paper.pack_title if paper.pack_title != document.title else ""
    facts = {
        "For" if paper.readers else "Meeting": one_line(paper.readers).capitalize() if paper.readers else meeting,
        "Date of this paper": _in_words(_dated(paper)),
        "Author": paper.author,
        "Classification": paper.classification,
        "Area": paper.area,
        "Period": capitalised(paper.period),
        "As at": paper.as_at,
        "Status": paper.status.capitalize(),
    }
    as_at = f"as at {paper.as_at}" if paper.as_at else ""
    return {
        "title": title,
        "author": paper.organisation,
        "description": f"{paper.area}, {paper.period}",
        "over": _dotted(paper.organisation, meeting),
        "about": _dotted(paper.area, paper.period, as_at, paper.author, paper.status.capitalize()),
        "notices": _notices([paper]),
        "facts": _labelled(facts),
        "purpose": broken(paper.purpose),
        "asked": "We ask you to" if paper.readers else "The board is asked to",
        "decision": _decision(document),
        "since": _since(document, paper),
        "signed": broken(paper.author),
        "dated": _in_words(_dated(paper)),
        "running": running(title, paper.area, [paper]),
    }


def _decision(document: Document) -> Json | None:
    """What the board is asked to do: a numbered list that ends the paper."""
    blocks = [block for section in document.sections for topic in section.topics for block in topic.blocks]
    last = blocks[-1] if blocks else None
    return text(last) if isinstance(last, ListBlock) and last.ordered else None


def _since(document: Document, paper: PaperPayload) -> Json | None:
    """The figures of the paper's own area that moved most since the pack before, each metric once."""
    moved = [figure for figure in document.measurements if figure.since and figure.area == paper.area]
    if paper.previous is None or not moved:
        return None
    moved.sort(key=lambda figure: -figure.since.size if figure.since else 0.0)
    return {
        "title": f"What changed since {paper.previous.called}",
        "about": f"The figures of this paper that moved most against those of {paper.previous.about}.",
        "said": [broken(figure.since.said) for figure in moved[:_MOST_CHANGES] if figure.since],
    }


def cover(binder: Binder) -> Json:
    """Return the cover of papers bound together; errors are those of :func:`front`."""
    papers = [document.paper for document in binder.documents if document.paper]
    title = one_line(binder.title)
    facts = {
        "Date": _in_words(made_on(papers).date()) if papers else "",
        "Status": "Draft" if any(paper.status == "draft" for paper in papers) else "Final" if papers else "",
        "Classification": _each_once(paper.classification for paper in papers),
    }
    author = _each_once(paper.organisation for paper in papers)
    return {
        "title": title,
        "author": author,
        "over": author,
        "about": "",
        "description": _each_once(f"{paper.area}, {paper.period}" for paper in papers),
        "notices": _notices(papers),
        "facts": _labelled(facts),
        "running": running(title, "", papers),
    }


def running(left: str, right: str, papers: Sequence[PaperPayload], foot: str = "") -> Json:
    """Return what stands on every sheet: a line at the head, and at the foot the marks of these papers.

    Parameters
    ----------
    left, right
        The two ends of the line at the head.
    papers
        Those whose marks stand on the sheets.
    foot
        What stands below the marks.
    """
    day = _in_words(made_on(papers).date()) if papers else ""
    notices = [notice["mark"] for notice in _notices(papers)]
    marks = [_each_once(paper.classification for paper in papers), *notices, day]
    return {"left": left, "right": right, "foot": foot, "marks": [mark for mark in marks if mark]}


def _notices(papers: Sequence[PaperPayload]) -> list[dict[str, str]]:
    draft = any(paper.status == "draft" for paper in papers)
    synthetic = any(paper.synthetic for paper in papers)
    return [_DRAFT] * draft + [_SYNTHETIC] * synthetic


def _dated(paper: PaperPayload) -> date:
    try:
        return date.fromisoformat(paper.dated)
    except ValueError as error:
        raise ExportError(
            f"The paper's date is '{paper.dated}'.",
            valid="An ISO date such as 2021-01-20.",
            next_step="Mend it in the pack's parameters and run the notebook again.",
        ) from error


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _labelled(facts: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": broken(_DAY.sub(_held, value), 30)} for label, value in facts.items() if value]


def _held(day: re.Match[str]) -> str:
    """Keep a day, or a month and its year, on one line."""
    return day[0].replace(" ", "\N{NO-BREAK SPACE}")


def _each_once(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _dotted(*texts: str) -> str:
    return "  ·  ".join(text for text in texts if text)
