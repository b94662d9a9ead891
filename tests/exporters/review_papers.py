"""Papers made by hand, as an executed notebook holds them."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pydantic import BaseModel

from cafcass_reports.exhibits.payload import (
    Cell,
    ChartForm,
    ChartPayload,
    CommentaryPayload,
    HistoryPoint,
    PaperPayload,
    Provenance,
    Series,
    SeriesRole,
    TableColumn,
    TablePayload,
    TableSection,
    Tone,
    mimetype,
)

SQL = "SELECT count(*) FROM cases WHERE received_on < DATE '2020-12-01' AND 1 <> 2"
SVG = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 40" width="90pt">
<metadata>made today</metadata><style type="text/css">*{stroke-linejoin: round}</style>
<defs><clipPath id="p1"><rect width="9" height="9"/></clipPath><path id="glyph" d="M0 0"/></defs>
<g id="axes" clip-path="url(#p1)" onclick="alert(1)"><use xlink:href="#glyph"/></g>
<script>alert(1)</script><image xlink:href="https://example.org/x.png"/></svg>"""


def provenance(measurement: str = "kpi_2:england", **changes: Any) -> Provenance:
    values: dict[str, Any] = {
        "measurement": measurement,
        "metric": "kpi_2",
        "title": "Working days to allocate",
        "definition": "Mean working days from receipt to allocation.",
        "kind": "measured",
        "area": "England",
        "period": "April to November 2020",
        "value": "1.2",
        "numerator": "10,636 working days",
        "denominator": "8,863 applications",
        "comparison": "1.4 in April to November 2019",
        "change": "0.2 fewer",
        "source": "cases extract",
        "owner": "operational performance",
        "sql": SQL,
        "history": (HistoryPoint(period="April to November 2018", value="1.5"),),
    }
    return Provenance(**{**values, **changes})


def paper(**changes: Any) -> PaperPayload:
    values: dict[str, Any] = {
        "pack": "2020-21-q3",
        "pack_title": "Public Board, January 2021",
        "organisation": "Cafcass",
        "area": "England",
        "period": "April to November 2020",
        "as_at": "1 December 2020",
        "dated": "2021-01-20",
        "status": "draft",
        "classification": "OFFICIAL",
        "synthetic": True,
    }
    return PaperPayload(**{**values, **changes})


def table(**changes: Any) -> TablePayload:
    values: dict[str, Any] = {
        "title": "Demand fell while open work grew",
        "subtitle": "England, April to November 2020",
        "alt": "Scorecard",
        "source": "cases extract",
        "note": "* Snapshot",
        "measurements": (provenance(), provenance("public_open:england", title="Open", sql=None, kind="reported")),
        "columns": (
            TableColumn(label="Measure", row_header=True, weight=3),
            TableColumn(label="Value", align="right"),
            TableColumn(label="Change", align="right"),
        ),
        "sections": (
            TableSection(
                title="Service",
                rows=((Cell(text="Days to allocate"), Cell(text="1.2", value=1.2), Cell(text="")),),
            ),
            TableSection(
                title="Public law",
                rows=(
                    (
                        Cell(text="Open*"),
                        Cell(text="14,124"),
                        Cell(text="16.5%", tone=Tone.CONCERN, arrow="up"),
                    ),
                ),
            ),
        ),
    }
    return TablePayload(**{**values, **changes})


def chart(**changes: Any) -> ChartPayload:
    values: dict[str, Any] = {
        "title": "Open work rose",
        "subtitle": "England",
        "alt": "A line that rises from 10 to 1,200",
        "source": "cases extract",
        "measurements": (provenance("open:2020"),),
        "form": ChartForm.LINE,
        "categories": ("2019", "2020"),
        "series": (Series(name="Public", role=SeriesRole.ACTUAL, values=(None, 1200.0)),),
        "number_format": "#,##0",
        "unit": "cases",
    }
    return ChartPayload(**{**values, **changes})


def code(source: str, *outputs: Any, **metadata: Any) -> nbformat.NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def shows(kind: str, payload: BaseModel, **others: str) -> nbformat.NotebookNode:
    data = {mimetype(kind): payload.model_dump(mode="json"), "text/plain": "exhibit"}
    return new_output("display_data", data={**data, **others})


def picture_of(payload: BaseModel, kind: str = "chart", svg: str = SVG) -> nbformat.NotebookNode:
    return shows(kind, payload, **{"image/svg+xml": svg})


def board_paper() -> tuple[nbformat.NotebookNode, ...]:
    return (
        new_markdown_cell("# How well we serve children"),
        code('pack = "2020-21-q3"', tags=["parameters"]),
        code("paper = open_paper(pack)", shows("paper", paper())),
        new_markdown_cell("## The numbers\n\n### Scorecard\n\nSome **prose**."),
        code("paper.scorecard()", shows("table", table())),
        new_markdown_cell("### Open work"),
        code("paper.chart()", picture_of(chart()), picture_of(chart())),
        new_markdown_cell("## Quality"),
        code(
            "paper.commentary()",
            shows(
                "commentary",
                CommentaryPayload(
                    name="quality",
                    markdown="# Why\n\nWe *listened*.",
                    owner="Director of Practice",
                    dated="2021-01-08",
                ),
            ),
        ),
    )
