"""A paper before and after late data, and what a director does to its deck, all by python-pptx."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.util import Pt

from cafcass_reports.exhibits.payload import BigNumber, Cell, ChartForm, NumbersPayload, Tone
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.tree import ChartBlock, Document, NumbersBlock, PictureBlock, Section, TableBlock, Topic
from tests.exporters.deck.papers import PAPER, bars, bullets, grades, picture, provenance, scorecard, text, trend

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
        tone=Tone.IMPROVEMENT if version() else Tone.CONCERN,
    )


def paper(of: Figures, *extra: Topic) -> Document:
    table = scorecard(ROWS)
    rows = [row for section in table.sections for row in section.rows]
    told = [(row[0], Cell(text=cell), Cell(text="2 points", tone=of.tone)) for row, cell in zip(rows, of.cells, strict=True)]
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
        title="Large figures", subtitle="", alt="", source="", measurements=(provenance("tile_0.england.2020"),), numbers=tiles
    )
    sentences = of.sentences
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
                    Topic("Large", (NumbersBlock(large),)),
                    *extra,
                ),
            ),
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


def shape_of(deck: Any, name: str) -> Any:
    return next(shape for slide in deck.slides for shape in slide.shapes if shape.name.startswith(name))
