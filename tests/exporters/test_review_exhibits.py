"""Numbers set large, panels, quotations and statuses on the review page, read back with lxml."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from lxml import html
from nbformat.v4 import new_markdown_cell, new_notebook
from pydantic import BaseModel

from cafcass_reports.exhibits.payload import (
    Arrangement,
    BigNumber,
    Cell,
    CommentaryPayload,
    NumbersPayload,
    Panel,
    PanelsPayload,
    QuotationPayload,
    Status,
    TableSection,
    Tone,
)
from cafcass_reports.exporters.review import ReviewExporter
from tests.exporters.review_papers import code, paper, provenance, shows, table

HOSTILE = """<script>alert('x')</script>"><img src=x onerror="alert(1)">&'"""
OWNED: dict[str, Any] = {"name": "principles", "owner": "Head of practice", "dated": "2021-01-11"}


def numbers(**changes: Any) -> NumbersPayload:
    change = Cell(text="+19.0%", value=19.0, tone=Tone.CONCERN, arrow="up")
    values: dict[str, Any] = {
        "title": "More cases are open",
        "subtitle": "England",
        "alt": "Open cases, 1 December 2020: 36,881.",
        "source": "Case records",
        "measurements": (provenance("open:england"),),
        "numbers": (
            BigNumber(value="36,881", label="Open cases", basis="1 December 2020", change=change),
            BigNumber(value="59,000", label="Children in open cases", basis="1 December 2020"),
        ),
    }
    return NumbersPayload(**{**values, **changes})


def panels(arrangement: Arrangement = Arrangement.PILLARS, **changes: Any) -> PanelsPayload:
    values: dict[str, Any] = {
        "title": "Three pillars hold the plan",
        "subtitle": "",
        "alt": "Parts side by side.",
        "source": "",
        "measurements": (provenance("seen:england"),),
        "arrangement": arrangement,
        "panels": tuple(Panel(title=title, markdown=f"We *help* {title}.\n\n- one") for title in ("A", "B", "C")),
    }
    return PanelsPayload(**{**OWNED, **values, **changes})


def quotation(**changes: Any) -> QuotationPayload:
    values: dict[str, Any] = {"words": "They **listened**.\n\nThey came back.", "speaker": "A young person"}
    return QuotationPayload(**{**OWNED, **values, **changes})


def commentary(**changes: Any) -> CommentaryPayload:
    return CommentaryPayload(**{**OWNED, "markdown": "Kept.", **changes})


WRITTEN = {"commentary": commentary, "panels": panels, "quotation": quotation}


def written(*cells: nbformat.NotebookNode) -> str:
    return ReviewExporter().from_notebook_node(new_notebook(cells=list(cells)), {})[0]


def page(*cells: nbformat.NotebookNode) -> html.HtmlElement:
    return html.document_fromstring(written(*cells).encode())


def of(kind: str, payload: BaseModel) -> html.HtmlElement:
    return page(code("x", shows(kind, payload)))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_a_number_stands_with_what_it_counts_and_how_it_moved() -> None:
    figure = of("numbers", numbers()).find(".//figure")

    each = figure.findall("dl[@class='numbers']/div")
    assert text_of(figure.find("figcaption")) == "More cases are open England"
    assert [text_of(part) for part in each[0]] == ["Open cases 1 December 2020", "36,881", "concern ▲ up +19.0%"]
    assert [part.tag for part in each[0]] == ["dt", "dd", "dd"]
    assert [text_of(part) for part in each[1]] == ["Children in open cases 1 December 2020", "59,000"]
    assert "Source: Case records." in text_of(figure)


def test_five_numbers_stand_in_rows_of_three() -> None:
    number = numbers().numbers[0]
    across = [
        of("numbers", numbers(numbers=(number,) * count)).find(".//dl[@class='numbers']").get("style")
        for count in range(1, 7)
    ]
    assert across == [f"--across: {count}" for count in (1, 2, 3, 4, 3, 3)]


@pytest.mark.parametrize(
    ("kind", "payload"), [("numbers", numbers()), ("panels", panels()), ("quotation", quotation())]
)
def test_how_the_figures_came_about_is_said_below(kind: str, payload: BaseModel) -> None:
    behind = (provenance("kpi_2:north"),)
    root = of(kind, payload.model_copy(update={"measurements": behind}))

    (folded,) = root.xpath("//details[@class='calculated']")
    assert "Mean working days from receipt to allocation." in text_of(folded)
    assert "kpi_2:north" in text_of(folded)


@pytest.mark.parametrize("arrangement", [Arrangement.QUADRANTS, Arrangement.PILLARS])
@pytest.mark.parametrize(("above", "level"), [("## S", "h3"), ("## S\n\n### T", "h4"), ("# P", "h2")])
def test_panels_have_headings_one_level_below_the_last(arrangement: Arrangement, above: str, level: str) -> None:
    root = page(new_markdown_cell(above), code("x", shows("panels", panels(arrangement))))

    each = root.xpath("//figure/div[starts-with(@class, 'panels')]/div")
    assert [text_of(panel) for panel in each] == [f"{title} We help {title}. one" for title in ("A", "B", "C")]
    assert [panel[0].tag for panel in each] == [level] * 3
    assert root.xpath("//figure//em/text()") == ["help"] * 3


def test_panels_leave_the_contents_and_the_levels_that_follow_alone() -> None:
    cells = (
        new_markdown_cell("## One"),
        code("x", shows("panels", panels())),
        new_markdown_cell("### Under it\n\n## Two"),
    )
    root = page(*cells)

    assert [text_of(entry) for entry in root.xpath("//nav//a")] == ["One", "Under it", "Two"]
    assert [heading.tag for heading in root.xpath("//main//*[self::h2 or self::h3]")] == ["h2", *["h3"] * 4, "h2"]


def test_a_timeline_is_a_list_of_when_and_what() -> None:
    line = of("panels", panels(Arrangement.TIMELINE)).find(".//dl[@class='timeline']")

    assert [(part.tag, text_of(part)) for moment in line for part in moment][:2] == [
        ("dt", "A"),
        ("dd", "We help A. one"),
    ]


def test_a_heading_inside_a_panel_does_not_break_the_order_of_headings() -> None:
    odd = panels(panels=(Panel(title="A", markdown="# Shout\n\nKept."), Panel(title="B", markdown="b")))
    root = page(new_markdown_cell("## S"), code("x", shows("panels", odd)))

    assert [text_of(heading) for heading in root.xpath("//main//*[self::h2 or self::h3 or self::h4]")] == [
        "S",
        "A",
        "B",
    ]
    assert "Kept." in text_of(root)


def test_a_quotation_names_its_speaker() -> None:
    figure = of("quotation", quotation()).xpath("//figure[@class='quotation']")[0]

    assert [text_of(words) for words in figure.find("blockquote")] == ["They listened .", "They came back."]
    assert text_of(figure.find("figcaption")) == "– A young person"


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_text_says_whose_it_is_and_what_became_of_it(kind: str) -> None:
    left_out = ("Turnover: turnover.value is not available for A1.",)
    fresh = of(kind, WRITTEN[kind]())
    old = of(kind, WRITTEN[kind](reviewed=False, left_out=left_out))

    for root in (fresh, old):
        assert [text_of(line) for line in root.xpath("//p[@class='owner']")] == ["Head of practice, 11 January 2021"]
    assert fresh.xpath("//*[@class='unreviewed' or @class='left-out']") == []
    assert [text_of(mark)[:17] for mark in old.xpath("//p[@class='unreviewed']")] == ["Not yet reviewed "]
    assert [text_of(item) for item in old.xpath("//details[@class='left-out']//li")] == list(left_out)


@pytest.mark.parametrize(("kind", "shown"), [("numbers", numbers), ("panels", panels), ("table", table)])
@pytest.mark.parametrize("protected", [True, False])
def test_only_what_nobody_vouches_for_is_marked_unprotected(kind: str, shown: Any, protected: bool) -> None:
    root = page(code("x", shows("paper", paper()), shows(kind, shown(measurements=(), protected=protected))))

    assert bool(root.xpath("//p[@class='unprotected']")) is not protected


@pytest.mark.parametrize("status", Status)
def test_a_status_is_a_word_beside_a_shape_that_is_not_read_out(status: Status) -> None:
    row = (Cell(text="Reviews"), Cell(text="8"), Cell(text=str(status), status=status))
    cell = of("table", table(sections=(TableSection(title="", rows=(row,)),))).xpath("//table[@class='ours']//td")[-1]

    (shown,) = cell
    assert text_of(shown) == f"{status.shape} {status}"
    assert shown.find("span").get("aria-hidden") == "true"
    assert shown.find("span").text == status.shape
    assert status.tone.value in shown.get("class").split()


def test_hostile_words_are_shown_as_words() -> None:
    number = BigNumber(value=HOSTILE, label=HOSTILE, basis=HOSTILE)
    root = page(
        code("x", shows("numbers", numbers(numbers=(number,)))),
        code("x", shows("panels", panels(panels=(Panel(title=HOSTILE, markdown=HOSTILE),), owner=HOSTILE))),
        code("x", shows("panels", panels(Arrangement.TIMELINE, panels=(Panel(title=HOSTILE, markdown="a"),)))),
        code("x", shows("quotation", quotation(words=HOSTILE, speaker=HOSTILE))),
    )

    assert root.xpath("//script | //img[@src] | //*[@onerror]") == []
    assert text_of(root).count("<script>alert('x')</script>") == 3 + 1 + 2 + 1
