"""Papers built by hand, and how the tests of the deck read a deck back."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from pptx import Presentation

from cafcass_reports.exhibits.payload import (
    Cell,
    ChartForm,
    ChartPayload,
    PaperPayload,
    Provenance,
    Series,
    SeriesRole,
    TableColumn,
    TablePayload,
    TableSection,
    Tone,
)
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.document import (
    Block,
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    Paragraph,
    PictureBlock,
    Run,
    Section,
    TableBlock,
    Topic,
)

PAPER = PaperPayload(
    pack="2020-21-q3",
    pack_title="Board papers",
    organisation="Cafcass",
    area="England",
    period="April to November 2020",
    as_at="1 December 2020",
    dated="2021-01-20",
    status="draft",
    classification="OFFICIAL",
    synthetic=True,
)
GRADES = ("Outstanding", "Good", "Met", "Requires improvement", "Inadequate")
MONTHS = tuple(
    f"{month} {year}"
    for year in (19, 20)
    for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
)


def provenance(measurement: str = "public_open") -> Provenance:
    return Provenance(
        measurement=measurement,
        metric="public_open",
        title="Open public law cases",
        definition="Public law cases open on the day",
        kind="measured",
        area="England",
        period="1 December 2020",
        value="14,124",
        numerator="14,124",
        denominator="",
        comparison="1 December 2019: 12,124",
        change="+16.5%",
        source="cases extract",
        owner="operational performance",
        sql="select 1",
    )


def text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def bullets(*items: str) -> ListBlock:
    return ListBlock(tuple(ListItem((Run(item),)) for item in items))


def scorecard(rows: int = 10, title: str = "Open work is a fifth higher than a year ago") -> TablePayload:
    half = rows // 2

    def row(number: int) -> tuple[Cell, ...]:
        worse = Cell(text=f"{number}.5 points", tone=Tone.CONCERN, arrow="up")
        better = Cell(text=f"{number}.5 points", tone=Tone.IMPROVEMENT, arrow="down")
        return Cell(text=f"Measure {number}"), Cell(text=f"{number * 1000:,}"), (worse, better)[number % 2]

    return TablePayload(
        title=title,
        subtitle="Board scorecard, England",
        alt="A table of measures with their change.",
        source="cases extract",
        measurements=(provenance(),),
        columns=(
            TableColumn(label="Measure", row_header=True, weight=2),
            TableColumn(label="Now", align="right"),
            TableColumn(label="Change", align="right"),
        ),
        sections=(
            TableSection(title="Service", rows=tuple(row(number) for number in range(half))),
            TableSection(title="Practice", rows=tuple(row(number) for number in range(half, rows))),
        ),
        note="* on the day",
    )


def trend(**changes: Any) -> ChartPayload:
    payload = ChartPayload(
        title="Open cases have risen since spring",
        subtitle="Cases open at the end of each month, England",
        alt="Line chart of open cases by month.",
        source="Case records",
        measurements=(provenance(),),
        form=ChartForm.LINE,
        categories=MONTHS,
        series=(
            Series(name="Private law", role=SeriesRole.ACTUAL, values=tuple(18000.0 + 200 * n for n in range(24))),
            Series(name="Public law", role=SeriesRole.ACTUAL, values=tuple(12000.0 + 90 * n for n in range(24))),
        ),
        number_format="#,##0",
        unit="cases",
    )
    return payload.model_copy(update=changes)


def bars(**changes: Any) -> ChartPayload:
    series = (
        Series(name="2019", role=SeriesRole.COMPARISON, values=(88.1, 70.2, 91.0)),
        Series(name="2020", role=SeriesRole.ACTUAL, values=(92.1, 75.2, 90.0)),
    )
    given = {
        "title": "FTE grew in two of three areas",
        "form": ChartForm.BAR,
        "categories": ("A1", "A2", "A3"),
        "series": series,
        "number_format": "0.0",
    }
    return trend(**(given | changes))


def grades(**changes: Any) -> ChartPayload:
    shares = ((9.0, 54.0, 25.0, 10.0, 2.0), (7.0, 52.0, 27.0, 11.0, 3.0))
    series = tuple(
        Series(
            name=grade,
            role=SeriesRole.GRADE,
            values=tuple(share[number] for share in shares),
            labels=tuple(f"{share[number]:.0f}%" for share in shares),
        )
        for number, grade in enumerate(GRADES)
    )
    given = {
        "title": "Most audited work is good",
        "form": ChartForm.STACKED_100,
        "categories": ("2020", "2019"),
        "series": series,
        "number_format": "0",
    }
    return trend(**(given | changes))


def picture(mimetype: str = "image/png", title: str = "Caseloads vary between teams") -> PictureBlock:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30"/></svg>'
    drawn = io.BytesIO()
    Image.new("RGB", (600, 300), "#12436D").save(drawn, "PNG")
    data = svg if mimetype == "image/svg+xml" else drawn.getvalue()
    return PictureBlock(data, mimetype, title, "Active cases per FTE", "Bars of caseloads.", "cases extract")


def one_topic(*blocks: Block, title: str = "The topic", notes: tuple[Block, ...] = ()) -> Document:
    return Document("The paper", PAPER, (Section("The section", (Topic(title, blocks, notes),)),))


def whole_paper() -> Document:
    """A paper with each kind of slide."""
    return Document(
        "Performance and quality",
        PAPER,
        (
            Section(
                "How the year has gone",
                (
                    Topic("", (text("Proceedings take longer."),)),
                    Topic("What has changed", (bullets("One", "Two", "Three"),), (text("Thank the teams."),)),
                    Topic("Scorecard", (TableBlock(scorecard()),)),
                ),
            ),
            Section(
                "Demand",
                (
                    Topic("Open work", (ChartBlock(trend(), "<svg/>"), bullets("Why", "So what"))),
                    Topic("Audits", (ChartBlock(grades(), "<svg/>"), bullets("Why", "So what"))),
                    Topic("Staff", (ChartBlock(bars(), "<svg/>"), picture())),
                    Topic("Caseloads", (picture("image/svg+xml"),)),
                ),
            ),
            Section("Decisions", (Topic("The board is asked to", (bullets("Note", "Agree"),)),)),
        ),
    )


def opened(document: Document) -> Any:
    """Draw a paper and open the deck again."""
    return Presentation(io.BytesIO(draw(document)))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text for slide in deck.slides]


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def tables(deck: Any) -> list[Any]:
    return [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
