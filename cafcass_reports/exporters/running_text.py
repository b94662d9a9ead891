"""Running text as the summary's templates draw it: JSON values of paragraphs, lists, quotations and titles."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.tree import ListBlock, ListItem, Paragraph, Preformatted, Quotation, Run, Runs

Json: TypeAlias = dict[str, Any]

_LONGEST_WORD = 60  # a longer word would leave the page


def text(block: Paragraph | ListBlock | Quotation | Preformatted) -> Json:
    """Return a block of text."""
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case ListBlock(items, ordered):
            return {"kind": "list", "ordered": ordered, "items": [_item(item) for item in items]}
        case Quotation(paragraphs, speaker):
            said = [_runs(paragraph.runs) for paragraph in (_in_marks(paragraphs) if speaker else paragraphs)]
            return {"kind": "quotation", "paragraphs": said, "speaker": broken(speaker)}
        case Preformatted(printed):
            return {"kind": "printed", "text": broken(printed.expandtabs(4))}


def broken(words: str, longest: int = _LONGEST_WORD) -> str:
    """Allow a break, without a mark, in words that are longer than the line."""
    return re.sub(rf"([^\s\u200b]{{{longest}}})(?=[^\s\u200b])", "\\1\u200b", words)


def one_line(title: str, instead: str = "Untitled") -> str:
    """Return a title on one line, or what stands instead of an empty one."""
    return broken(" ".join(clean(title).split())) or instead


def capitalised(words: str) -> str:
    """Return words that begin with a capital, the others as they are."""
    return words[:1].upper() + words[1:]


def _in_marks(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Put words that somebody says into marks of quotation."""
    if not paragraphs:
        return ()
    opened = (Paragraph((Run("“"), *paragraphs[0].runs)), *paragraphs[1:])
    return (*opened[:-1], Paragraph((*opened[-1].runs, Run("”"))))


def _runs(runs: Runs) -> list[Json]:
    return [
        {"text": broken(run.text), "bold": run.bold, "italic": run.italic, "code": run.code, "link": run.link}
        for run in runs
    ]


def _item(item: ListItem) -> Json:
    return {"runs": _runs(item.runs), "children": [_item(child) for child in item.children]}
