"""Markdown to blocks, by markdown-it's tokens: nothing a writer types becomes a format's source.

CommonMark with tables. HTML is not honoured but for its text, its line breaks and its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import unquote

from lxml import html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.frames import tables, text_of
from cafcass_reports.exporters.pictures import MIMETYPES, decoded, drawn_as, spoken
from cafcass_reports.exporters.tree import (
    Block,
    ListBlock,
    ListItem,
    Paragraph,
    PictureBlock,
    Preformatted,
    Quotation,
    Run,
    Runs,
    TableBlock,
)

Attachments: TypeAlias = Mapping[str, Mapping[str, str]]
"""A cell's attached files: for each name, its data by mimetype."""

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_DATA = re.compile(r"data:(?P<mimetype>[\w/+.-]+);base64,(?P<data>.*)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CODE = ("fence", "code_block")
_TEXT = ("paragraph", "heading")


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1 to 6 and its text."""

    level: int
    text: str


@dataclass(frozen=True)
class _Source:
    """Where a Markdown text stands, and the files attached to it."""

    where: str
    attachments: Attachments


def parse(markdown: str, where: str, attachments: Attachments | None = None) -> tuple[Heading | Block, ...]:
    """Parse a Markdown text.

    Parameters
    ----------
    markdown
        The text.
    where
        Where it stands, for errors: "Cell 4".
    attachments
        The files attached to its cell.

    Raises
    ------
    ExportError
        Where a picture is not in the notebook, or cannot be read.
    """
    root = SyntaxTreeNode(_PARSER.parse(clean(markdown)))
    return tuple(_blocks(root.children, _Source(where, attachments or {})))


def plain(runs: Runs) -> str:
    """Return the text of runs without their style.

    Examples
    --------
    >>> plain((Run("Open "), Run("cases", bold=True)))
    'Open cases'
    """
    return " ".join("".join(run.text for run in runs).split())


def _blocks(nodes: list[SyntaxTreeNode], source: _Source) -> Iterator[Heading | Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1:]), plain(_runs(node)))
                yield from _pictures(node, source)
            case "paragraph":
                yield from _paragraph(node)
                yield from _pictures(node, source)
            case "bullet_list" | "ordered_list":
                yield ListBlock(_items(node), ordered=node.type == "ordered_list")
                yield from _beside_items(node, source)
            case "blockquote":
                yield from _quotation(node)
                yield from _pictures(node, source)
            case "fence" | "code_block":
                yield Preformatted(node.content.rstrip("\n"))
            case "table":
                yield TableBlock(_table(node))
            case "html_block":
                yield from _html(node.content)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Paragraph]:
    runs = _runs(node)
    if plain(runs):
        yield Paragraph(runs)


def _quotation(node: SyntaxTreeNode) -> Iterator[Quotation]:
    texts = (child for child in node.walk() if child.type in ("paragraph", "heading"))
    paragraphs = tuple(paragraph for text in texts for paragraph in _paragraph(text))
    if paragraphs:
        yield Quotation(paragraphs)


def _items(node: SyntaxTreeNode) -> tuple[ListItem, ...]:
    return tuple(_item(child) for child in node.children)


def _item(node: SyntaxTreeNode) -> ListItem:
    runs: list[Run] = []
    children: list[ListItem] = []
    for child in node.children:
        if child.type in ("bullet_list", "ordered_list"):
            children.extend(_items(child))
            continue
        own = (Run(child.content.rstrip("\n"), code=True),) if child.type in _CODE else _runs(child)
        if own and child.type in _TEXT + _CODE:
            runs.extend(((Run("\n"),) if runs else ()) + own)
    return ListItem(tuple(runs), tuple(children))


def _beside_items(node: SyntaxTreeNode, source: _Source) -> Iterator[Heading | Block]:
    """What a list's items cannot hold follows the list: pictures, tables, quotations."""
    for child in node.children:
        for part in child.children:
            if part.type in ("bullet_list", "ordered_list"):
                yield from _beside_items(part, source)
            elif part.type in _TEXT:
                yield from _pictures(part, source)
            elif part.type not in _CODE:
                yield from _blocks([part], source)


def _runs(node: SyntaxTreeNode) -> Runs:
    """Runs of the inline text under a node, joined where neighbours share a style."""
    joined: list[Run] = []
    for run in _inline(node, Run("")):
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(run for run in joined if run.text)


def _inline(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    for child in node.children:
        match child.type:
            case "text" | "text_special":
                yield replace(style, text=child.content)
            case "code_inline":
                yield replace(style, text=child.content, code=True)
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield replace(style, text="\n")
            case "html_inline" if _BREAK.fullmatch(child.content):
                yield replace(style, text="\n")
            case "strong":
                yield from _inline(child, replace(style, bold=True))
            case "em":
                yield from _inline(child, replace(style, italic=True))
            case "link":
                address = str(child.attrs.get("href", ""))
                yield from _inline(child, replace(style, link=address if _LINK.match(address) else None))
            case "inline":
                yield from _inline(child, style)


def _pictures(node: SyntaxTreeNode, source: _Source) -> Iterator[PictureBlock]:
    for image in node.walk():
        if image.type == "image":
            mimetype, data = _image_data(str(image.attrs.get("src", "")), source)
            yield PictureBlock(
                data=decoded(data, mimetype, source.where),
                mimetype=drawn_as(mimetype),
                title=str(image.attrs.get("title", "")),
                subtitle="",
                alt=spoken(plain(_runs(image)) or image.content),
                source="",
            )


def _image_data(address: str, source: _Source) -> tuple[str, str]:
    if address.startswith("attachment:"):
        attached = source.attachments.get(unquote(address.removeprefix("attachment:")), {})
        for mimetype in MIMETYPES:
            if mimetype in attached:
                return mimetype, attached[mimetype]
    elif (match := _DATA.match(unquote(address))) and match["mimetype"] in MIMETYPES[1:]:
        return match["mimetype"], match["data"]
    raise ExportError(
        f"{source.where} shows a picture that is not in the notebook: '{address[:80]}'.",
        valid=f"A picture is attached to its cell, as {', '.join(MIMETYPES)}.",
        next_step="Drag the file into the cell in JupyterLab, or display it from a code cell.",
    )


def _table(node: SyntaxTreeNode) -> TablePayload:
    head, *bodies = node.children
    rows = tuple(tuple(Cell(text=plain(_runs(cell))) for cell in row.children) for row in _rows(bodies))
    columns = tuple(
        TableColumn(
            label=plain(_runs(cell)),
            align="right" if "right" in str(cell.attrs.get("style", "")) else "left",
            row_header=place == 0,
        )
        for place, cell in enumerate(head.children[0].children)
    )
    return TablePayload(
        title="",
        subtitle="",
        alt="",
        source="",
        columns=columns,
        sections=(TableSection(title="", rows=rows),),
    )


def _rows(bodies: list[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    return [row for body in bodies for row in body.children]


def _html(content: str) -> Iterator[Block]:
    found = tuple(tables(content))
    for table in found:
        yield TableBlock(table)
    if not found and (text := clean(text_of(html.fragment_fromstring(content, create_parent="div")))):
        yield Paragraph((Run(text),))
