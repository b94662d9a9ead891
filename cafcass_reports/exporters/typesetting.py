"""A document as the data that ``templates/summary/board.typ`` draws: JSON values, and pictures as files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    Cell,
    PaperPayload,
    TablePayload,
    source_line,
)
from cafcass_reports.exporters.calculations import APPENDIX, calculations
from cafcass_reports.exporters.change_cells import change, with_dashes
from cafcass_reports.exporters.characters import clean, clean_all
from cafcass_reports.exporters.columns import fit
from cafcass_reports.exporters.preflight import check_alternative, check_characters, texts
from cafcass_reports.exporters.row_headers import TableAccess
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    Paragraph,
    PictureBlock,
    Preformatted,
    Quotation,
    Runs,
    Section,
    TableBlock,
    Topic,
)
from cafcass_reports.theme import Theme

Json: TypeAlias = dict[str, Any]

_FILE_ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_LONGEST_WORD = 60  # in running text; a longer word would leave the page
_ROWS_KEPT_TOGETHER = 12  # a longer table breaks well, and kept whole would leave a page half empty
_ITEMS_KEPT_TOGETHER = 7
_LONGEST_UNBROKEN_CELL = 400  # characters; a longer cell might not fit on a page


@dataclass
class Typesetting:
    """The data for the template while they are gathered.

    ``files`` are the pictures by name; ``tables`` says for each table, in order, what its tags need.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    tables: list[TableAccess] = field(default_factory=list)

    def typeset(self, document: Document, theme: Theme) -> Json:
        """Return the whole paper.

        Raises
        ------
        ExportError
            Where a picture has no alternative text, a character cannot be drawn, or the paper's date is none.
        """
        sections = [self._section(section) for section in document.sections]
        if document.measurements:
            appendix = TableBlock(calculations(document.measurements))
            sections.append(self._section(Section(APPENDIX, (Topic("", (appendix,)),))))
        paper = dict(clean_all(_front(document)))
        check_characters(texts(paper), "The paper's front matter")
        return {
            **paper,
            "look": {**theme.colour.model_dump(include=_COLOURS), "family": theme.font.family},
            "contents": sum(bool(section["title"]) for section in sections) > 2,
            "sections": sections,
        }

    def _section(self, section: Section) -> Json:
        # Without a section above it a topic stands directly under the title: no level is jumped.
        level = 3 if section.title.strip() else 2
        topics = [self._topic(topic, level, section.title) for topic in section.topics]
        title = _title(section.title, "")
        check_characters([title], f"The section '{title}'")
        return {"title": title, "level": 2, "topics": topics, "apart": section.title == APPENDIX}

    def _topic(self, topic: Topic, level: int, section: str) -> Json:
        where = f"'{topic.title or section}'" if topic.title or section else "the part under the title"
        blocks = [self._block(block, where) for block in topic.blocks]
        data = dict(clean_all({"title": _title(topic.title, ""), "level": level, "blocks": blocks}))
        check_characters(texts(data), f"The text of {where}")
        return data

    def _block(self, block: Block, where: str) -> Json:
        match block:
            case TableBlock(table):
                return self._table(with_dashes(table), where)
            case ChartBlock(chart, svg):
                picture = PictureBlock(
                    svg.encode("utf-8"), "image/svg+xml", chart.title, chart.subtitle, chart.alt, chart.source
                )
                return self._picture(picture, where)
            case PictureBlock():
                return self._picture(block, where)
            case _:
                return _text(block)

    def _picture(self, picture: PictureBlock, where: str) -> Json:
        check_alternative(picture.alt, picture.title, where)
        name = f"picture-{len(self.files) + 1}.{_FILE_ENDINGS[picture.mimetype]}"
        self.files[name] = picture.data
        return {
            "kind": "picture",
            "title": picture.title,
            "subtitle": picture.subtitle,
            "alt": picture.alt,
            "source": source_line(clean(picture.source)),
            "file": name,
            "enlarge": picture.mimetype == "image/svg+xml",  # a photograph drawn larger than it is would blur
        }

    def _table(self, table: TablePayload, where: str) -> Json:
        columns = table.columns
        if not columns:
            raise ExportError(
                f"The table '{table.title}' in {where} has no columns.",
                valid="A table of one column or more.",
                next_step="Leave it out, or mend the cell that makes it.",
            )
        leading = next((place for place, column in enumerate(columns) if not column.row_header), len(columns))
        self.tables.append(TableAccess(leading, clean(table.alt)))
        fitted = fit(table)
        return {
            "kind": "table",
            "title": table.title,
            "subtitle": table.subtitle,
            "note": table.note,
            "source": source_line(clean(table.source)),
            "columns": [
                {"label": _broken(column.label, room), "align": column.align, "width": width}
                for column, width, room in zip(columns, fitted.widths, fitted.room, strict=True)
            ],
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        [_cell(cell, room) for cell, room in zip(row, fitted.room, strict=True)] for row in section.rows
                    ],
                }
                for section in table.sections
            ],
            "share": fitted.share,
            "size": fitted.size,
            "turned": fitted.turned,
            "breakable": _longest_text(table) > _LONGEST_UNBROKEN_CELL,
            "whole": sum(len(section.rows) for section in table.sections) <= _ROWS_KEPT_TOGETHER,
        }


_COLOURS = {"text", "neutral", "muted", "rule", "band", "title", "improvement", "concern"}


def dated(paper: PaperPayload) -> date:
    """Return the date of a paper.

    Raises
    ------
    ExportError
        Where it is not an ISO date.
    """
    try:
        return date.fromisoformat(paper.dated)
    except ValueError as error:
        raise ExportError(
            f"The paper's date is '{paper.dated}'.",
            valid="An ISO date such as 2021-01-20.",
            next_step="Mend it in the pack's parameters and run the notebook again.",
        ) from error


def _front(document: Document) -> Json:
    paper = document.paper
    if paper is None:
        empty: Json = {"title": _title(document.title), "author": "", "description": document.title}
        return {**empty, "lead": "", "area": "", "notices": [], "facts": [], "marks": []}
    day = dated(paper)
    written = f"{day.day} {day:%B %Y}"
    draft = paper.status == "draft"
    facts = {
        "Area": paper.area,
        "Period": paper.period,
        "As at": paper.as_at,
        "Date of this paper": written,
        "Status": "Draft" if draft else "Final",
        "Classification": paper.classification,
    }
    notices = []
    if draft:
        notices.append({"mark": "DRAFT", "text": "Figures and text may still change."})
    if paper.synthetic:
        notices.append({"mark": "Synthetic data", "text": "The figures describe an invented organisation."})
    marks = [paper.classification, *(notice["mark"] for notice in notices), written]
    return {
        "title": _title(document.title),
        "author": paper.organisation,
        "description": f"{paper.area}, {paper.period}",
        "lead": paper.pack_title if paper.pack_title != document.title else "",
        "area": paper.area,
        "notices": notices,
        "facts": [{"label": label, "value": _broken(value, 30)} for label, value in facts.items() if value],
        "marks": [mark for mark in marks if mark],
    }


def _text(block: Paragraph | ListBlock | Quotation | Preformatted) -> Json:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case ListBlock(items, ordered):
            whole = _count(items) <= _ITEMS_KEPT_TOGETHER
            return {"kind": "list", "ordered": ordered, "items": [_item(item) for item in items], "whole": whole}
        case Quotation(paragraphs):
            return {"kind": "quotation", "paragraphs": [_runs(paragraph.runs) for paragraph in paragraphs]}
        case Preformatted(text):
            return {"kind": "printed", "text": _broken(text.expandtabs(4))}


def _runs(runs: Runs) -> list[Json]:
    return [
        {"text": _broken(run.text), "bold": run.bold, "italic": run.italic, "code": run.code, "link": run.link}
        for run in runs
    ]


def _item(item: ListItem) -> Json:
    return {"runs": _runs(item.runs), "children": [_item(child) for child in item.children]}


def _count(items: tuple[ListItem, ...]) -> int:
    return sum(1 + _count(item.children) for item in items)


def _broken(text: str, longest: int = _LONGEST_WORD) -> str:
    """Allow a break, without a mark, in words that are longer than the line."""
    return re.sub(rf"(\S{{{longest}}})(?=\S)", "\\1\u200b", text)


def _title(text: str, instead: str = "Untitled") -> str:
    return _broken(" ".join(clean(text).split())) or instead


def _cell(cell: Cell, longest: int) -> Json:
    text = _broken(cell.text, longest)
    moved = change(cell)
    if moved is None:
        return {"text": text, "change": None}
    tone = cell.tone.value if cell.tone else "neutral"
    return {"text": text, "change": {"tone": tone, "word": moved.word, "arrow": moved.arrow}}


def _longest_text(table: TablePayload) -> int:
    return max((len(cell.text) for section in table.sections for row in section.rows for cell in row), default=0)
