"""Papers made by hand, and what a reader that is not ours finds in their PDFs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import page
import pikepdf
import pypdf

from cafcass_reports.exhibits.payload import (
    Arrangement,
    BigNumber,
    Cell,
    ChartForm,
    ChartPayload,
    NumbersPayload,
    Panel,
    PanelsPayload,
    PaperPayload,
    Provenance,
    Series,
    SeriesRole,
    TableColumn,
    TablePayload,
    TableSection,
    Tone,
)
from cafcass_reports.exporters.summary import render
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    NumbersBlock,
    PanelsBlock,
    PanelText,
    Paragraph,
    Run,
    Section,
    TableBlock,
    Topic,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480pt" height="240pt" viewBox="0 0 480 240">'
    '<path d="M0 0h480v240z" fill="#12436D"/></svg>'
)
PAPER = PaperPayload(
    pack="2020-21-q3",
    pack_title="Quarter 3",
    organisation="Demonstration organisation",
    area="England",
    period="1 April to 31 December 2020",
    as_at="31 December 2020",
    dated="2021-01-20",
    status="draft",
    classification="OFFICIAL",
    synthetic=True,
)
CHART = ChartBlock(
    ChartPayload(
        title="More children wait",
        subtitle="Open cases, England",
        alt="A line that rises from 1 to 2.",
        source="Case extract",
        form=ChartForm.LINE,
        categories=("April", "May"),
        series=(Series(name="2020", role=SeriesRole.ACTUAL, values=(1.0, 2.0)),),
        number_format="0",
        unit="cases",
    ),
    SVG,
)
MEASUREMENT = Provenance(
    measurement="m1",
    metric="kpi_2",
    title="Days to allocate",
    definition="Mean working days from receipt to allocation.",
    kind="measured",
    area="England",
    period="April to December 2020",
    value="2.1",
    numerator="31,294",
    denominator="14,902",
    comparison="2.5",
    change="−0.4",
    source="Case extract",
    owner="operational performance",
    sql=None,
)


def scorecard(rows: int = 2, alt: str = "") -> TableBlock:
    change = Cell(text="−0.4 days", value=-0.4, tone=Tone.IMPROVEMENT, arrow="down")
    body = tuple((Cell(text=f"Measure {row}"), Cell(text=f"{row},123"), change) for row in range(rows))
    return TableBlock(
        TablePayload(
            title="Allocation became quicker",
            subtitle="England",
            alt=alt,
            source="Case extract",
            note="[c] Not shown.",
            columns=(
                TableColumn(label="Measure", row_header=True, weight=3),
                TableColumn(label="This year", align="right"),
                TableColumn(label="Change", align="right"),
            ),
            sections=(
                TableSection(title="Demand", rows=body),
                TableSection(title="Timeliness", rows=body),
            ),
        )
    )


def paper(*blocks: Block, **changes: Any) -> Document:
    document = Document("Performance report", PAPER, (Section("Demand", (Topic("", blocks),)),))
    return replace(document, **changes)


def said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def elements(content: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Return each structure element's type and what its attributes say, in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return list(_walk(pdf.Root.StructTreeRoot))


def _walk(parent: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    held = parent.get("/K", [])
    for kid in list(held) if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            attributes = {key: str(kid[key]) for key in ("/Alt", "/T", "/ID") if key in kid}
            for group in kid.get("/A", []):
                for key in ("/Scope", "/Summary"):
                    if key in group:
                        attributes[key] = str(group[key])
                if "/Headers" in group:
                    attributes["/Headers"] = [str(name) for name in group.Headers]
            yield str(kid.S), attributes
            yield from _walk(kid)


# What this validator, unlike veraPDF, says of a compressed stream whose last byte happens to be a carriage return.
_MISTAKEN = "a stream /Length does not match its raw content length"


def valid(content: bytes) -> list[str]:
    """Return what is wrong with a PDF as PDF/UA-1 and PDF/A-3a: nothing."""
    profiles = ("ua1", "3a")
    return [
        failure.message
        for profile in profiles
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
        if failure.message != _MISTAKEN
    ]


def pages(*blocks: Block, **changes: Any) -> list[str]:
    return sheets(paper(*blocks, **changes))


def sheets(document: Document) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(render(document))).pages]


def bullets(*items: str) -> ListBlock:
    return ListBlock(tuple(ListItem((Run(item),)) for item in items))


def numbers(count: int = 2) -> NumbersBlock:
    change = Cell(text="+19.0%", value=19.0, tone=Tone.CONCERN, arrow="up")
    big = tuple(
        BigNumber(value=f"{number},881", label=f"Open cases {number}", basis="1 December 2020", change=change)
        for number in range(count)
    )
    shown = {"title": "More cases are open", "subtitle": "England", "alt": "Figures.", "source": "Case records"}
    return NumbersBlock(NumbersPayload(**shown, numbers=big))


def panels(arrangement: Arrangement = Arrangement.QUADRANTS, count: int = 4, words: str = "We listen.") -> PanelsBlock:
    texts = tuple(PanelText(f"Panel {number}", (said(words), bullets("to children"))) for number in range(count))
    written = PanelsPayload(
        name="principles",
        owner="Head of practice",
        dated="2021-01-11",
        title="Four principles guide us",
        subtitle="",
        alt="Four parts.",
        source="",
        arrangement=arrangement,
        panels=tuple(Panel(title=text.title, markdown=f"{words}\n\n- to children") for text in texts),
    )
    return PanelsBlock(written, texts)


def headings(content: bytes) -> list[tuple[str, str]]:
    return [(tag, attributes["/T"]) for tag, attributes in elements(content) if "/T" in attributes]
