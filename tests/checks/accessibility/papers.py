"""Good files that the project's own writers made, and how the tests break them."""

from __future__ import annotations

from nbformat.v4 import new_markdown_cell, new_notebook

from cafcass_reports.exhibits.payload import Arrangement, ChartPayload, SeriesRole
from cafcass_reports.exporters import summary
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.review import ReviewExporter
from cafcass_reports.exporters.tree import (
    ChartBlock,
    Document,
    NumbersBlock,
    Paragraph,
    PictureBlock,
    Run,
    Section,
    TableBlock,
    Topic,
)
from tests.exporters import review_papers, summary_papers
from tests.exporters.deck.papers import PAPER, bars, bullets, grades, numbers, panels, picture, scorecard, text, trend


def told(chart: ChartPayload) -> ChartPayload:
    """A chart whose alternative text says its series' first, last, lowest and highest."""
    spoken = [
        f"{one.name}: from {held[0]:,} to {held[-1]:,}; lowest {min(held):,}, highest {max(held):,}."
        for one in chart.series
        if one.role is not SeriesRole.TARGET and (held := [value for value in one.values if value is not None])
    ]
    return chart.model_copy(update={"alt": f"{chart.title}. {' '.join(spoken)}"})


def deck() -> bytes:
    linked = Paragraph((Run("The method stands in "), Run("the guidance on charts", link="https://example.org/charts")))
    staff = picture()
    shown = PictureBlock(staff.data, staff.mimetype, staff.title, staff.subtitle, "Caseloads by team.", staff.source)
    return draw(
        Document(
            "Performance and quality",
            PAPER,
            (
                Section(
                    "How the year has gone",
                    (
                        Topic("What has changed", (bullets("One", "Two", "Three"),), (text("Thank the teams."),)),
                        Topic("Scorecard", (TableBlock(scorecard(6)),)),
                        Topic("Why", (linked, bullets("Demand", "Courts"))),
                    ),
                ),
                Section(
                    "Demand",
                    (
                        Topic("Open work", (ChartBlock(told(trend()), "<svg/>"),)),
                        Topic("Staff", (ChartBlock(told(bars()), "<svg/>"),)),
                        Topic("Audits", (ChartBlock(told(grades()), "<svg/>"),)),
                        Topic("In figures", (NumbersBlock(numbers()),)),
                        Topic("Four thoughts", (panels(Arrangement.QUADRANTS, 4),)),
                        Topic("Caseloads", (shown,)),
                    ),
                ),
                Section("Decisions", (Topic("The board is asked to", (bullets("Note", "Agree"),)),)),
            ),
        )
    )


def pdf() -> bytes:
    linked = Paragraph((Run("See "), Run("the guidance on charts", link="https://example.org/charts"), Run(".")))
    chart = summary_papers.CHART
    told_chart = ChartBlock(chart.chart.model_copy(update={"alt": "Line chart. It rises from 1 to 2."}), chart.svg)
    sections = (
        Section("Demand", (Topic("Open work", (summary_papers.scorecard(), told_chart, linked)),)),
        Section("Decision", (Topic("What is asked", (summary_papers.bullets("Note it", "Agree to it"),)),)),
    )
    return summary.render(Document("Performance report", summary_papers.PAPER, sections))


def page() -> str:
    cells = review_papers
    chart = cells.chart(alt="Line chart. Open work rose. Public: 1,200 in 2020, the first, last, lowest and highest.")
    made = (
        new_markdown_cell("# How well we serve children"),
        cells.code("paper = open_paper(pack)", cells.shows("paper", cells.paper())),
        new_markdown_cell(
            "## The numbers\n\nSee [the guidance on charts](https://example.org/charts).\n\n- One\n- Two"
        ),
        new_markdown_cell("### Scorecard"),
        cells.code("paper.scorecard()", cells.shows("table", cells.table())),
        new_markdown_cell("### Open work"),
        cells.code("paper.chart()", cells.picture_of(chart)),
    )
    return str(ReviewExporter().from_notebook_node(new_notebook(cells=list(made)), {})[0])
