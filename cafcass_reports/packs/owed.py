"""Who owes what: the owner of each commentary, and the paper and the section that show it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from cafcass_reports.packs.execute import read_notebook
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.reviewed import fronts

_MARKDOWN = MarkdownIt("commonmark")
_JUPYTER_LINE = re.compile(r"^\s*[%!].*$", re.MULTILINE)
_SHOW_TEXTS = ("commentary", "quadrants", "pillars", "timeline", "quotation")
NOBODY = "Nobody yet"


@dataclass(frozen=True)
class Owed:
    """One text that somebody has to look at, once for each place that shows it.

    Parameters
    ----------
    owner
        A role; ``Nobody yet`` for a text that a notebook shows and nobody has written.
    paper
        The paper's notebook; empty where no paper shows the text.
    section
        The H2 and H3 above it, as far as there are any.
    file
        The commentary, below the pack's folder.
    task
        ``review``, or ``write`` where there is no such text.
    """

    owner: str
    paper: str
    section: str
    file: str
    task: str


def owed(pack: Pack) -> list[Owed]:
    """List every commentary of a pack, by owner, then in the order in which the papers show them.

    Parameters
    ----------
    pack
        The pack. Only names that stand in quotes in a notebook, as in ``paper.commentary("name")``, are found; a text
        whose name is computed is listed without paper and section.

    Raises
    ------
    CommentaryError
        Where a commentary cannot be read, or does not say whose it is.
    PaperError
        Where a notebook cannot be read.
    """
    owners = {
        file.relative_to(pack.commentary_folder).with_suffix("").as_posix(): front.owner
        for file, front in fronts(pack).items()
    }
    places = [
        (name, paper.notebook, section)
        for paper in pack.parameters.papers
        for name, section in dict.fromkeys(_shown_in(pack.notebook(paper.notebook)))
    ]
    shown = {name for name, _, _ in places}
    found = [
        Owed(owners.get(name, NOBODY), paper, section, f"commentary/{name}.md", "review" if name in owners else "write")
        for name, paper, section in [*places, *((name, "", "") for name in owners if name not in shown)]
    ]
    return sorted(found, key=lambda one: one.owner)


def _shown_in(notebook: Path) -> Iterator[tuple[str, str]]:
    """The names of the texts that a notebook shows, each with the headings above it."""
    above: dict[int, str] = {}
    for cell in read_notebook(notebook).cells:
        if cell.cell_type == "markdown":
            for level, heading in _headings(cell.source):
                above = {other: text for other, text in above.items() if other < level} | {level: heading}
        elif cell.cell_type == "code":
            section = ": ".join(above[level] for level in (2, 3) if level in above)
            yield from ((name, section) for name in _names_in(cell.source))


def _headings(source: str) -> Iterator[tuple[int, str]]:
    tokens = _MARKDOWN.parse(source)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            parts = inline.children or []
            yield int(token.tag[1]), "".join(part.content for part in parts if part.type in ("text", "code_inline"))


def _names_in(source: str) -> list[str]:
    """The names that a cell hands to the exhibits of texts, in its order."""
    try:
        tree = ast.parse(_JUPYTER_LINE.sub("", source))
    except SyntaxError:
        return []  # what the kernel alone can read; its texts are listed without a section
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SHOW_TEXTS
    ]
    named = [(call, [*call.args, *(word.value for word in call.keywords if word.arg == "name")]) for call in calls]
    return [
        given[0].value
        for _, given in sorted(named, key=lambda one: (one[0].lineno, one[0].col_offset))
        if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str)
    ]
