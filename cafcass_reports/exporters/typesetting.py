"""A document as the data that the templates in ``templates/summary`` draw: JSON values, and pictures as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    Arrangement,
    Cell,
    ControlPayload,
    NumbersPayload,
    Provenance,
    Shown,
    Signal,
    TablePayload,
    source_line,
)
from cafcass_reports.exporters.attachments import ATTACHED, Attachment
from cafcass_reports.exporters.calculations import APPENDIX, calculations
from cafcass_reports.exporters.change_cells import change, with_dashes
from cafcass_reports.exporters.characters import clean, clean_all
from cafcass_reports.exporters.columns import fit
from cafcass_reports.exporters.front_matter import front
from cafcass_reports.exporters.preflight import check_alternative, check_characters, texts
from cafcass_reports.exporters.row_headers import TableAccess
from cafcass_reports.exporters.running_text import Json, broken, capitalised, one_line, text
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    NumbersBlock,
    PanelsBlock,
    Paragraph,
    PictureBlock,
    Run,
    Section,
    TableBlock,
    Topic,
)

_FILE_ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_LONGEST_UNBROKEN_CELL = 400  # characters; a longer cell might not fit on a page
_LONGEST_UNBROKEN_PANEL = 1000
_ACROSS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3}  # numbers in a row
_PILLARS_ACROSS = {2: 2, 3: 3, 4: 2, 5: 3}
_MOMENT = (0.06, 0.012, 0.3)  # of the width that a timeline gives its moments: at least, for each character, at most


@dataclass
class Typesetting:
    """The data for the template while they are gathered.

    ``files`` are the pictures by name; ``tables`` says for each table, in order, what its tags need; ``attached`` is
    the data behind the exhibits.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    tables: list[TableAccess] = field(default_factory=list)
    attached: tuple[Attachment, ...] = ()

    def paper(self, document: Document) -> Json:
        """Return a paper: its front matter and its sections.

        Raises
        ------
        ExportError
            Where a picture has no alternative text, a character cannot be drawn, or the paper's date is none.
        """
        sections = [self._section(section) for section in document.sections]
        about = dict(clean_all(front(document)))
        check_characters(texts(about), "The paper's front matter")
        return {**about, "sections": sections}

    def appendix(self, measurements: Sequence[Provenance], title: str = APPENDIX) -> Json:
        """Return the section that says how each figure was calculated; errors are those of :meth:`paper`."""
        said = (Paragraph((Run(ATTACHED),)),) if self.attached else ()
        tables = map(TableBlock, calculations(measurements))
        return {**self._section(Section(title, (Topic("", (*said, *tables)),))), "apart": True}

    def _section(self, section: Section) -> Json:
        # Without a section above it a topic stands directly under the title: no level is jumped.
        level = 3 if section.title.strip() else 2
        topics = [self._topic(topic, level, section.title) for topic in section.topics]
        title = one_line(section.title, "")
        check_characters([title], f"The section '{title}'")
        return {"title": title, "level": 2, "topics": topics, "apart": False}

    def _topic(self, topic: Topic, level: int, section: str) -> Json:
        where = f"'{topic.title or section}'" if topic.title or section else "the part under the title"
        title = one_line(topic.title, "")
        below = level + 1 if title else level
        blocks = [self._block(block, where, below) for block in topic.blocks]
        data = dict(clean_all({"title": title, "level": level, "blocks": blocks}))
        check_characters(texts(data), f"The text of {where}")
        return data

    def _block(self, block: Block, where: str, level: int) -> Json:
        match block:
            case TableBlock(table):
                return self._table(with_dashes(table), where)
            case ChartBlock(chart, svg):
                picture = PictureBlock(
                    svg.encode("utf-8"), "image/svg+xml", chart.title, chart.subtitle, chart.alt, chart.source
                )
                note = chart.note if isinstance(chart, ControlPayload) else ""
                return {**self._picture(picture, where), "note": note}
            case PictureBlock():
                return self._picture(block, where)
            case NumbersBlock(numbers):
                return _numbers(numbers)
            case PanelsBlock():
                return _panels(block, level)
            case _:
                return text(block)

    def _picture(self, picture: PictureBlock, where: str) -> Json:
        check_alternative(picture.alt, picture.title, where)
        name = f"picture-{len(self.files) + 1}.{_FILE_ENDINGS[picture.mimetype]}"
        self.files[name] = picture.data
        return {
            "kind": "picture",
            **_around(picture),
            "alt": picture.alt,
            "file": name,
            "note": "",
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
        # Tables of Markdown and of data frames have no alternative text; their columns say what they are.
        spoken = (
            table.alt or table.title or f"Table of {', '.join(filter(None, (column.label for column in columns)))}."
        )
        self.tables.append(TableAccess(leading, clean(spoken)))
        fitted = fit(table)
        return {
            "kind": "table",
            **_around(table),
            "note": table.note,
            "columns": [
                {"label": broken(column.label, room), "align": column.align, "width": width}
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
            "lines": fitted.lines,
            "breakable": _longest_text(table) > _LONGEST_UNBROKEN_CELL,
        }


def _around(exhibit: Shown | PictureBlock) -> Json:
    """Return what stands above and below an exhibit."""
    return {"title": exhibit.title, "subtitle": exhibit.subtitle, "source": source_line(clean(exhibit.source))}


def _numbers(numbers: NumbersPayload) -> Json:
    return {
        "kind": "numbers",
        **_around(numbers),
        "across": _ACROSS.get(len(numbers.numbers), 3),
        "numbers": [
            {
                "value": broken(number.value, 20),
                "label": broken(number.label, 30),
                "basis": broken(capitalised(number.basis), 30),
                "change": _cell(number.change, 30) if number.change else None,
            }
            for number in numbers.numbers
        ],
    }


def _panels(block: PanelsBlock, level: int) -> Json:
    panels = block.panels
    least, each, most = _MOMENT
    longest = max((len(panel.title) for panel in panels.panels), default=0)
    pillars = _PILLARS_ACROSS.get(len(panels.panels), 3)
    return {
        "kind": "panels",
        **_around(panels),
        "level": level,
        "arrangement": panels.arrangement.value,
        "across": 2 if panels.arrangement is Arrangement.QUADRANTS else pillars,
        "aside": min(least + each * longest, most),
        "panels": [
            {
                "title": one_line(panel.title),
                "blocks": [text(part) for part in panel.blocks],
                "long": len(written.markdown) > _LONGEST_UNBROKEN_PANEL,
            }
            for panel, written in zip(block.texts, panels.panels, strict=True)
        ],
    }


def _cell(cell: Cell, longest: int) -> Json:
    shown = broken(cell.text, longest)
    status = {"shape": cell.status.shape, "tone": cell.status.tone.value} if cell.status else None
    signal = _signal(cell.signal) if cell.signal else None
    moved = None if cell.status or cell.signal else change(cell)
    if moved is None:
        return {"text": shown, "status": status, "signal": signal, "change": None}
    tone = cell.tone.value if cell.tone else "neutral"
    moved_by = {"tone": tone, "word": moved.word, "arrow": moved.arrow}
    return {"text": shown, "status": None, "signal": None, "change": moved_by}


def _signal(signal: Signal) -> Json:
    """Return the icons of a process."""
    return {
        "tone": signal.tone.value,
        "mark": signal.mark,
        "word": signal.word,
        "assured_word": signal.assured_word,
        "assured": signal.assured_tone.value,
    }


def _longest_text(table: TablePayload) -> int:
    return max((len(cell.text) for section in table.sections for row in section.rows for cell in row), default=0)
