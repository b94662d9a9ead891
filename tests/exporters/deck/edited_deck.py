"""A paper before and after late data, and what a director does to its deck, all by python-pptx."""

from __future__ import annotations

import copy
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import openpyxl
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Pt

from cafcass_reports.exhibits.payload import (
    BigNumber,
    Cell,
    ChartForm,
    ChartPayload,
    Interval,
    NumbersPayload,
    Series,
    SeriesRole,
    Tone,
)
from cafcass_reports.exporters.tree import ChartBlock, Document, NumbersBlock, Section, TableBlock, Topic
from tests.exporters.deck.papers import (
    PAPER,
    bars,
    bullets,
    columns_with_a_line,
    grades,
    provenance,
    scorecard,
    text,
    trend,
)

Place: TypeAlias = tuple[str, str]

ROWS, MONTHS_SHOWN, AREAS = 6, 12, 3
SENTENCES = ("Proceedings take {0} weeks.", "We hold {1} cases a worker.", "Nothing else has changed.")


@dataclass(frozen=True)
class Figures:
    """The figures of a paper: each a number that no other place of it shows."""

    cells: tuple[str, ...]
    months: tuple[float, ...]
    areas: tuple[float, ...]
    tiles: tuple[str, ...]
    weeks: str
    load: str
    more: tuple[float, ...]
    tone: Tone = Tone.CONCERN

    @property
    def sentences(self) -> list[str]:
        return [sentence.format(self.weeks, self.load) for sentence in SENTENCES]

    @property
    def headline(self) -> str:
        return f"Open cases stand at {self.months[-1]:,.0f}"


def figures(number: int, moves: Callable[[], bool] = lambda: True) -> Figures:
    """The figures of a version; those that do not move are those of version 0."""

    def version() -> int:
        return number if moves() else 0

    return Figures(
        cells=tuple(f"{10_000 + 500 * at + 37 * version():,}" for at in range(ROWS)),
        months=tuple(float(20_000 + 300 * at + 41 * version()) for at in range(MONTHS_SHOWN)),
        areas=tuple(40.25 + 7 * at + 0.5 * version() for at in range(AREAS)),
        tiles=tuple(f"{70_000 + 900 * at + 53 * version():,}" for at in range(3)),
        weeks=f"{41.1 + version():.1f}",
        load=f"{23.4 + version():.1f}",
        more=tuple(60.5 + 3 * at + 0.125 * version() for at in range(4 * AREAS)),
        tone=Tone.IMPROVEMENT if version() else Tone.CONCERN,
    )


def paper(of: Figures, *extra: Topic) -> Document:
    table = scorecard(ROWS)
    rows = [row for section in table.sections for row in section.rows]
    told = [
        (row[0], Cell(text=cell), Cell(text="2 points", tone=of.tone)) for row, cell in zip(rows, of.cells, strict=True)
    ]
    half = ROWS // 2
    sections = tuple(
        section.model_copy(update={"rows": tuple(told[at : at + half])})
        for section, at in zip(table.sections, (0, half), strict=True)
    )
    table = table.model_copy(update={"sections": sections, "title": "How the services stand", "note": ""})
    line = trend(title=of.headline, alt=f"{of.headline}, and rise.", source="")
    one = line.series[0].model_copy(update={"values": of.months})
    line = line.model_copy(update={"categories": line.categories[:MONTHS_SHOWN], "series": (one,)})
    by_area = bars(title="Workers by area", measurements=(provenance("social_work_fte.england.2020-12-01"),))
    now = by_area.series[1].model_copy(update={"values": of.areas})
    by_area = by_area.model_copy(update={"series": (by_area.series[0], now)})
    tiles = tuple(
        BigNumber(value=value, label=f"Tile {at}", basis="", measurement=f"tile_{at}.england.2020")
        for at, value in enumerate(of.tiles)
    )
    large = NumbersPayload(
        title="Large figures",
        subtitle="",
        alt="",
        source="",
        measurements=(provenance("tile_0.england.2020"),),
        numbers=tiles,
    )
    sentences = of.sentences
    shown = _other_charts(of.more)
    drawn = grades(measurements=(provenance("audit_grade.england.2020"),))
    return Document(
        "Performance",
        PAPER,
        (
            Section("Work", (Topic("What we see", (bullets(*sentences),), (text(f"Say that {of.weeks} is long."),)),)),
            Section(
                "Figures",
                (
                    Topic("Services", (TableBlock(table),)),
                    Topic("Demand", (ChartBlock(line, "<svg/>"), bullets("Why", "So what"))),
                    Topic("Staff", (ChartBlock(by_area, "<svg/>"),)),
                    Topic("Audits", (ChartBlock(drawn, "<svg/>"),)),
                    *(Topic(chart.title, (ChartBlock(chart, "<svg/>"),)) for chart in shown),
                    Topic("Large", (NumbersBlock(large),)),
                    *extra,
                ),
            ),
        ),
    )


def _other_charts(more: tuple[float, ...]) -> tuple[ChartPayload, ...]:
    """Columns with a line, a small chart for each of three areas, and dots with whiskers against the whole's line."""
    now, before, latest, parts = (more[at : at + AREAS] for at in range(0, 4 * AREAS, AREAS))
    labels = tuple(f"{value}" for value in parts)
    reach = tuple(Interval(low=value - 4, high=value + 5, shown=("low", "high")) for value in parts)
    dot = Series(name="Similar", role=SeriesRole.ACTUAL, values=parts, labels=labels, intervals=reach)
    whole = Series(name="England", role=SeriesRole.COMPARISON, values=(71.0,) * AREAS, labels=("71.0",) * AREAS)
    line = ("Sep 20", "Oct 20", "Nov 20")
    combo = columns_with_a_line()
    small = (
        Series(name=f"A{at}", role=SeriesRole.ACTUAL, values=(51.5, 52.5, value), labels=("51.5", "52.5", f"{value}"))
        for at, value in enumerate(latest)
    )
    return (
        trend(
            title="New cases, and a year before",
            form=ChartForm.COMBO,
            categories=line,
            series=tuple(
                one.model_copy(update={"values": values, "labels": tuple(map(str, values))})
                for one, values in zip(combo.series, (now, before), strict=True)
            ),
            measurements=(provenance("new_cases.england.2020"),),
        ),
        trend(
            title="Areas side by side",
            form=ChartForm.MULTIPLES,
            categories=line,
            series=tuple(small),
            measurements=tuple(provenance(f"new_cases.a{at}.2020") for at in range(AREAS)),
        ),
        trend(
            title="Areas against England",
            form=ChartForm.DOT,
            categories=("A0", "A1", "A2"),
            series=(dot, whole),
            measurements=(provenance("kpi_1.a0.2020"),),
        ),
    )


def opened(deck: bytes) -> Any:
    return Presentation(io.BytesIO(deck))


def saved(deck: Any) -> bytes:
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def slide_of(deck: Any, name: str) -> Any:
    """The first slide with a shape whose name begins so."""
    return next(slide for slide in deck.slides if any(shape.name.startswith(name) for shape in slide.shapes))


def shape_on(slide: Any, name: str) -> Any:
    return next((shape for shape in slide.shapes if shape.name.startswith(name)), None)


def _chart_on(slide: Any, chance: random.Random) -> Any:
    return chance.choice([shape for shape in slide.shapes if shape.name.startswith("chart")])


def said(slide: Any) -> dict[Place, str]:
    """All that a slide says, by its place: texts, cells, values of charts, alt texts, notes."""
    found: dict[Place, str] = {}
    for shape in slide.shapes:
        found[shape.name, "alt"] = shape._element.xpath(".//p:cNvPr")[0].get("descr", "")
        if shape.has_text_frame:
            found |= _paragraphs(shape.name, shape.text_frame)
        elif shape.has_table:
            cells = ((at, cell.text_frame.text) for row in shape.table.rows for at, cell in enumerate(row.cells))
            found |= {(shape.name, f"cell {at}, column {column}"): words for at, (column, words) in enumerate(cells)}
        elif shape.has_chart:
            for one in (one for plot in shape.chart.plots for one in plot.series):
                found |= {(shape.name, f"{one.name} {at}"): str(value) for at, value in enumerate(one.values)}
                reach = one._element.xpath("c:errBars//c:v/text()")
                found |= {(shape.name, f"{one.name} whisker {at}"): far for at, far in enumerate(reach)}
        elif hasattr(shape, "shapes"):
            for inner in shape.shapes:
                found |= _paragraphs(shape.name, inner.text_frame) if inner.has_text_frame and inner.text else {}
    if slide.has_notes_slide:
        found |= _paragraphs("notes", slide.notes_slide.notes_text_frame)
    return found


def _paragraphs(name: str, frame: Any) -> dict[Place, str]:
    return {(name, f"paragraph {at}"): one.text for at, one in enumerate(frame.paragraphs) if one.text.strip()}


def workbook(chart: Any) -> list[tuple[Any, ...]]:
    """The rows of a chart's workbook, read by a library that did not write them."""
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return list(sheet.iter_rows(values_only=True))


@dataclass
class Director:
    """Edits a deck as chance will have it, and remembers what was written over what, and what must be found later.

    ``written`` holds, by slide, what stands in the place of the pack's own text; ``quoted`` a text of one's own that
    holds a number of the pack, with the slide and the place that the number is of; ``kept`` what must hold afterwards.
    """

    deck: Any
    chance: random.Random
    written: dict[tuple[int, Place], str] = field(default_factory=dict)
    quoted: list[tuple[int, Place, str]] = field(default_factory=list)
    kept: list[Callable[[Any], bool]] = field(default_factory=list)
    copies: dict[int, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    def edit(self) -> None:
        edits = (
            self.move, self.resize, self.retitle, self.recolour, self.edit_cell, self.edit_sentence, self.edit_value,
            self.edit_tile, self.edit_alt, self.delete_slide, self.add_slide, self.duplicate, self.reorder,
            self.change_fonts, self.add_shape, self.quote, self.add_note,
        )  # fmt: skip
        self.chance.choice(edits)()

    def _slide(self, name: str) -> Any:
        found = [slide for slide in self.deck.slides if shape_on(slide, name) is not None]
        return self.chance.choice(found) if found else None

    def _any(self) -> Any:
        return self.chance.choice([slide for slide in self.deck.slides if len(slide.shapes)])

    def _keep(self, slide: Any, shape: Any, of: Callable[[Any], Any]) -> None:
        """Hold what is true of a shape now to be so afterwards, wherever its slide has gone."""
        number, at, was = slide.slide_id, shape.shape_id, of(shape)

        def holds(deck: Any) -> bool:
            there = deck.slides.get(number)
            return there is not None and any(one.shape_id == at and of(one) == was for one in there.shapes)

        self.kept.append(holds)

    def _write(self, slide: Any, place: Place, words: str) -> None:
        self.written[slide.slide_id, place] = words

    def move(self) -> None:
        slide = self._any()
        shape = self.chance.choice(list(slide.shapes))
        width, height = shape.width, shape.height
        shape.left, shape.top = Pt(self.chance.randint(1, 400)), Pt(self.chance.randint(1, 300))
        shape.width, shape.height = width, height
        self._hold_place(slide, shape)

    def resize(self) -> None:
        slide = self._any()
        shape = self.chance.choice(list(slide.shapes))
        left, top = shape.left, shape.top
        shape.width, shape.height = Pt(self.chance.randint(90, 500)), Pt(self.chance.randint(90, 300))
        shape.left, shape.top = left, top
        self._hold_place(slide, shape)

    def _hold_place(self, slide: Any, shape: Any) -> None:
        self._keep(slide, shape, lambda one: (one.left, one.top, one.width, one.height))

    def retitle(self) -> None:
        slide = self._slide("Title")
        words = f"In our own words {self.chance.randint(1, 9)}"
        shape_on(slide, "Title").text_frame.text = words
        self._write(slide, ("Title", "paragraph 0"), words)

    def recolour(self) -> None:
        slide = self._slide("chart")
        if slide:
            shape = _chart_on(slide, self.chance)
            colour = RGBColor(self.chance.randint(0, 255), 20, 30)
            series = shape.chart.plots[0].series[0]
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            self._keep(slide, shape, lambda one: str(one.chart.plots[0].series[0].format.fill.fore_color.rgb))

    def edit_cell(self) -> None:
        slide = self._slide("table")
        if slide:
            shape = shape_on(slide, "table")
            cells = [(row, column) for row in range(len(shape.table.rows)) for column in range(3)]
            row, column = self.chance.choice(cells)
            words = f"checked {self.chance.choice('abcdef')}"
            shape.table.cell(row, column).text_frame.text = words
            self._write(slide, (shape.name, f"cell {3 * row + column}, column {column}"), words)

    def edit_sentence(self) -> None:
        slide = self._slide("Text")
        if slide:
            frame = shape_on(slide, "Text").text_frame
            at = self.chance.randrange(len(frame.paragraphs))
            words = f"We would say it so, {self.chance.choice('abcdef')}."
            frame.paragraphs[at].text = words
            self._write(slide, ("Text", f"paragraph {at}"), words)

    def edit_value(self) -> None:
        """As *Edit Data* does: in the workbook, and in the chart's own copy."""
        slide = self._slide("chart")
        if slide:
            shape = _chart_on(slide, self.chance)
            series = shape.chart.plots[0].series[0]
            at = self.chance.randrange(len(series.values))
            value = float(self.chance.randint(1, 99))
            series._element.findall(".//" + qn("c:val") + "//" + qn("c:v"))[at].text = str(value)
            part = shape.chart.part.chart_workbook
            book = openpyxl.load_workbook(io.BytesIO(part.xlsx_part.blob))
            book.active.cell(at + 2, 2, value)
            target = io.BytesIO()
            book.save(target)
            part.update_from_xlsx_blob(target.getvalue())
            self._write(slide, (shape.name, f"{series.name} {at}"), str(value))
            self._keep(slide, shape, lambda one: workbook(one.chart)[at + 1][1])

    def edit_tile(self) -> None:
        slide = self._slide("numbers")
        if slide:
            tile = self.chance.choice([shape for shape in slide.shapes if shape.name.startswith("numbers")])
            frame = next(shape for shape in tile.shapes if shape.has_text_frame and shape.text).text_frame
            words = f"many {self.chance.choice('abcdef')}"
            frame.paragraphs[0].runs[0].text = words
            self._write(slide, (tile.name, "paragraph 0"), words)

    def edit_alt(self) -> None:
        slide = self._slide("chart")
        if slide:
            shape = _chart_on(slide, self.chance)
            words = f"A line, as we see it {self.chance.choice('abcdef')}."
            shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
            self._write(slide, (shape.name, "alt"), words)

    def delete_slide(self) -> None:
        listed = self.deck.slides._sldIdLst
        if len(listed) > 4:
            one = self.chance.choice(list(listed))
            self.deleted.add(one.id)
            self.deck.part.drop_rel(one.rId)
            listed.remove(one)
            self.deck.part.rename_slide_parts([one.rId for one in listed])

    def add_slide(self) -> None:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[3])
        slide.shapes.title.text_frame.text = "A thought of ours"
        self.kept.append(
            lambda deck, number=slide.slide_id: deck.slides.get(number).shapes.title.text == "A thought of ours"
        )

    def duplicate(self) -> None:
        """As PowerPoint does: shapes with their names and numbers, a copy of each chart, the same tags."""
        slide = self._any()
        copied = self.deck.slides.add_slide(slide.slide_layout)
        tree = copied.shapes._spTree
        for element in list(copied.shapes._spTree.iter_shape_elms()):
            tree.remove(element)
        listed = copy.deepcopy(slide._element.cSld.find(qn("p:custDataLst")))
        for element in slide.shapes._spTree.iter_shape_elms():
            tree.append(copy.deepcopy(element))
        if listed is not None:
            tree.addnext(listed)
        for key, relationship in slide.part.rels.items():
            if relationship.reltype in (RT.SLIDE_LAYOUT, RT.NOTES_SLIDE):
                continue
            new = copied.part.relate_to(self._copied(relationship.target_part), relationship.reltype)
            for element in copied._element.iter():
                for name in [name for name, value in element.attrib.items() if name.startswith("{") and value == key]:
                    element.set(name, f"new {new}")
        for element in copied._element.iter():
            for name, value in element.attrib.items():
                if value.startswith("new rId"):
                    element.set(name, value.removeprefix("new "))
        for (number, place), words in list(self.written.items()):
            if number == slide.slide_id and place[0] != "notes":
                self.written[copied.slide_id, place] = words
        self.quoted += [(copied.slide_id, *of) for number, *of in self.quoted if number == slide.slide_id]
        self.copies[copied.slide_id] = self.copies.get(slide.slide_id, slide.slide_id)

    def _copied(self, part: Any) -> Any:
        template = re.sub(r"\d*(\.\w+)$", r"%d\1", str(part.partname))
        made = type(part).load(
            self.deck.part.package.next_partname(template), part.content_type, part.package, part.blob
        )
        for relationship in part.rels.values():
            made.rels._rels[relationship.rId] = relationship  # the workbook, as long as nobody writes it
        if part.partname.startswith("/ppt/charts"):
            data = part.chart_workbook.xlsx_part.blob
            del made.rels._rels[made._element.find(qn("c:externalData")).get(qn("r:id"))]
            made._element.remove(made._element.find(qn("c:externalData")))
            made.chart_workbook.update_from_xlsx_blob(data)
        return made

    def reorder(self) -> None:
        listed = self.deck.slides._sldIdLst
        listed.insert(self.chance.randrange(len(listed)), self.chance.choice(list(listed)))
        order = [one.id for one in listed]

        def in_order(deck: Any) -> bool:
            there = [one.id for one in deck.slides._sldIdLst]
            return [number for number in order if number in there] == [number for number in there if number in order]

        self.kept.append(in_order)

    def change_fonts(self) -> None:
        slide = self._any()
        for shape in slide.shapes:
            runs = [run for one in shape.text_frame.paragraphs for run in one.runs] if shape.has_text_frame else []
            for run in runs:
                run.font.name, run.font.italic = "Georgia", True
            if runs:
                self._keep(slide, shape, _all_georgia)

    def add_shape(self) -> None:
        slide = self._any()
        shape = slide.shapes.add_textbox(Pt(9), Pt(9), Pt(90), Pt(30))
        shape.text_frame.text = "Look here"
        self._keep(slide, shape, lambda one: one.text_frame.text)

    def quote(self) -> None:
        """Write a figure of the slide into a text of one's own."""
        slide = self._slide("table")
        if slide:
            shape = shape_on(slide, "table")
            place = (shape.name, "cell 7, column 1")
            if (slide.slide_id, place) in self.written:
                return
            words = f"Only {said(slide)[place]} is new, {self.chance.choice('abcdef')}."
            slide.shapes.add_textbox(Pt(9), Pt(9), Pt(90), Pt(30)).text_frame.text = words
            self.quoted.append((slide.slide_id, place, words))

    def add_note(self) -> None:
        slide = self._any()
        if slide.has_notes_slide:
            slide.notes_slide.notes_text_frame.add_paragraph().text = "Pause here."
            self.kept.append(
                lambda deck, number=slide.slide_id: (
                    (there := deck.slides.get(number)) is None
                    or "Pause here." in there.notes_slide.notes_text_frame.text
                )
            )


def _all_georgia(shape: Any) -> bool:
    runs = [run for one in shape.text_frame.paragraphs for run in one.runs if run.text.strip()]
    return all(run.font.name == "Georgia" for run in runs)
