import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell as code_cell
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from PIL import Image

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    Cell,
    Provenance,
    TableColumn,
    TableSection,
)
from cafcass_reports.exporters.calculations import APPENDIX, calculations
from cafcass_reports.exporters.summary import SummaryExporter, render
from cafcass_reports.exporters.tree import (
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    Paragraph,
    PictureBlock,
    Preformatted,
    Quotation,
    Run,
    Section,
    TableBlock,
    Topic,
)
from tests.exporters.summary_papers import (
    CHART,
    MEASUREMENT,
    PAPER,
    SVG,
    bullets,
    elements,
    headings,
    pages,
    paper,
    said,
    scorecard,
    sheets,
    text_of,
    valid,
)

RICH = paper(
    said("Text."),
    ListBlock((ListItem((Run("one"),), (ListItem((Run("under", italic=True),)),)),), ordered=True),
    Quotation((said("They listened."),)),
    Preformatted("a\tb\nc"),
    Paragraph((Run("the guidance", link="https://www.example.org/"), Run(" code", code=True))),
    scorecard(),
    CHART,
    measurements=(MEASUREMENT,),
)


def test_a_paper_of_all_kinds_conforms_to_pdf_ua_and_pdf_a() -> None:
    assert valid(render(RICH)) == []


def test_a_notebook_that_is_not_ours_conforms_too() -> None:
    document = Document("Untitled", None, (Section("", (Topic("A topic", (said("Text."),)),)),))

    assert valid(render(document)) == []


def test_the_file_says_its_title_language_author_and_date() -> None:
    content = render(RICH)

    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Performance report"
    assert reader.metadata.author == "Demonstration organisation"
    assert reader.metadata.creation_date_raw == "D:20210120000000Z"
    assert reader.root_object["/Lang"] == "en-GB"


def test_equal_papers_give_equal_bytes() -> None:
    assert render(RICH) == render(RICH)


def test_front_and_footer_say_what_the_paper_is() -> None:
    text = text_of(render(RICH))

    for mark in ("Quarter 3", "England", "1 April to 31 December 2020", "20 January 2021", "OFFICIAL", "DRAFT"):
        assert mark in text
    assert "Synthetic data" in text
    assert "Page 1 of" in text


def test_a_final_paper_with_real_figures_carries_neither_mark() -> None:
    final = PAPER.model_copy(update={"status": "final", "synthetic": False})

    text = text_of(render(paper(said("Text."), paper=final)))

    assert "DRAFT" not in text
    assert "Synthetic" not in text


def test_a_scorecard_keeps_its_figures_changes_note_and_source() -> None:
    text = text_of(render(paper(scorecard())))

    for part in ("Measure 1", "1,123", "improvement ▼ −0.4 days", "[c] Not shown.", "Source: Case extract"):
        assert part in text


def test_row_headers_are_tagged_and_named_by_their_figures() -> None:
    tags = elements(render(paper(scorecard(alt="Two groups of measures."))))

    tables = [attributes for tag, attributes in tags if tag == "/Table"]
    headers = [attributes for tag, attributes in tags if tag == "/TH"]
    rows = [attributes["/ID"] for attributes in headers if attributes.get("/Scope") == "/Row"]
    columns = [attributes for attributes in headers if attributes.get("/Scope") == "/Column"]
    named = [attributes["/Headers"][-1] for tag, attributes in tags if tag == "/TD"]
    assert [table.get("/Summary") for table in tables] == ["Two groups of measures."]
    assert len(rows) == 4
    assert len(columns) == 3 + 2  # the labels, and a heading for each section
    assert [name for name in named if name in rows] == [row for row in rows for _ in range(2)]


def test_a_long_table_repeats_its_labels_on_each_page() -> None:
    content = render(paper(scorecard(rows=60)))

    reader = pypdf.PdfReader(io.BytesIO(content))
    sheets = [sheet.extract_text() for sheet in reader.pages]
    assert len(sheets) > 2
    assert all("This year" in sheet for sheet in sheets)
    assert valid(content) == []


@pytest.mark.parametrize("rows", [10, 17, 18, 19, 20, 30, 48])
def test_a_source_never_stands_on_a_page_without_a_row_of_its_table(rows: int) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(paper(scorecard(rows=rows)))))

    sheets = [sheet.extract_text() for sheet in reader.pages]
    (last,) = (sheet for sheet in sheets if "Source: Case extract" in sheet)
    assert f"Measure {rows - 1}" in last


def test_a_table_too_wide_for_a_page_is_turned() -> None:
    months = tuple(TableColumn(label=f"Month {number}", align="right") for number in range(16))
    row = (Cell(text="North"), *(Cell(text="123,456.7") for _ in months))
    table = scorecard().table.model_copy(
        update={"columns": (TableColumn(label="Area"), *months), "sections": (TableSection(title="", rows=(row,)),)}
    )

    content = render(paper(said("Text."), TableBlock(table)))

    shapes = [sheet.mediabox.width > sheet.mediabox.height for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert shapes == [False, True]
    assert text_of(content).count("123,456.7") == 16


def test_a_table_without_columns_is_refused_with_its_place() -> None:
    empty = scorecard().table.model_copy(update={"columns": (), "sections": ()})

    with pytest.raises(ExportError, match=r"'Allocation became quicker' in 'Demand' has no columns"):
        render(paper(TableBlock(empty)))


def test_a_chart_carries_its_alternative_text() -> None:
    figures = [attributes for tag, attributes in elements(render(paper(CHART))) if tag == "/Figure"]

    assert [figure["/Alt"] for figure in figures] == ["A line that rises from 1 to 2."]


def test_headings_follow_the_notebook_without_a_jump() -> None:
    topics = (Topic("", (said("a"),)), Topic("Public law", (said("b"),)))
    document = paper(sections=(Section("", (Topic("First", (said("c"),)),)), Section("Demand", topics)))

    assert headings(render(document)) == [
        ("/H1", "Performance report"),
        ("/H2", "First"),
        ("/H2", "Demand"),
        ("/H3", "Public law"),
    ]


def test_only_a_paper_of_several_sections_has_contents() -> None:
    sections = tuple(Section(f"Section {number}", (Topic("", (said("a"),)),)) for number in range(3))

    assert "Contents" in text_of(render(paper(sections=sections)))
    assert "Contents" not in text_of(render(paper(sections=sections[:2])))


def test_the_appendix_says_how_each_figure_was_calculated() -> None:
    shown = {"measurement": "m2", "area": "A1", "value": "3.0", "calculation": "3,642 × 4 ÷ 1,471.7"}
    other = MEASUREMENT.model_copy(update=shown)

    text = text_of(render(paper(said("a"), measurements=(MEASUREMENT, other))))

    assert APPENDIX in text
    for part in (
        "Days to allocate",
        "2.1",
        "31,294 and 14,902",
        "3,642 × 4 ÷ 1,471.7",
        MEASUREMENT.definition,
        "(A1)",
        "As above.",
    ):
        assert part in text


def test_the_appendix_names_a_figure_of_many_areas_once() -> None:
    areas = [MEASUREMENT.model_copy(update={"measurement": area, "area": area}) for area in ("England", "A1", "A2")]
    later = MEASUREMENT.model_copy(update={"measurement": "later", "period": "2021"})

    rows = calculations([*areas, later])[0].sections[0].rows

    assert [row[0].text for row in rows] == [
        "Days to allocate",
        "As above (A1)",
        "As above (A2)",
        "As above (2021)",
    ]


def test_the_appendix_says_figures_of_many_areas_in_a_table_with_a_row_for_each_area() -> None:
    def figure(metric: str, n: int) -> Provenance:
        said = {"metric": metric, "title": metric, "measurement": f"{metric}.a{n}.2020", "area": f"A{n}"}
        return MEASUREMENT.model_copy(update={**said, "value": f"{n}.5"})

    days = [figure("Days", n) for n in range(1, 8)]
    visits = [figure("Visits", n) for n in range(1, 7)]
    whole, by_area = calculations([*days, *visits])
    assert [row[0].text for row in whole.sections[0].rows] == [
        "Days",
        "As above, area by area",
        "Visits",
        "As above, area by area",
    ]
    assert "Days.[area].2020" in whole.sections[0].rows[1][3].text.replace("\u200b", "")
    assert [column.label for column in by_area.columns] == ["Area", "Days", "Visits"]
    rows = [[cell.text.replace("\u00a0", " ") for cell in row] for row in by_area.sections[0].rows]
    assert rows[0] == ["A2", "2.5 (31,294 and 14,902)", "2.5 (31,294 and 14,902)"]
    assert rows[-1] == ["A7", "7.5 (31,294 and 14,902)", "–"]


def test_tables_of_areas_have_them_in_their_order_and_about_the_same_width() -> None:
    def figure(metric: str, n: int) -> Provenance:
        said = {"metric": metric, "title": metric, "measurement": f"{metric}.a{n}.2020", "area": f"A{n}"}
        return MEASUREMENT.model_copy(update=said)

    few = [figure("Weeks", n) for n in (12, 9, 2, 10, 11)]
    many = [figure(metric, n) for metric in ("Days", "Visits", "Reports", "Cases", "Plans") for n in range(12, 0, -1)]
    _, *by_area = calculations([*few, *many])

    assert [len(table.columns) for table in by_area] == [4, 4]
    assert [row[0].text for row in by_area[0].sections[0].rows] == [f"A{n}" for n in range(1, 12)]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Compliance (Sep 20 - Nov 20)", ""),
        ("Duration (Closed Cases Q2 2020)", ""),
        ("Sickness (3 Month SW AWDL)", " (September to November 2020)"),
    ],
)
def test_a_title_that_names_its_months_is_not_followed_by_them(title: str, named: str) -> None:
    shown = {"measurement": "m2", "title": title, "period": "September to November 2020"}
    others = [MEASUREMENT, MEASUREMENT.model_copy(update={"measurement": "m3"}), MEASUREMENT.model_copy(update=shown)]

    rows = calculations(others)[0].sections[0].rows

    assert [row[0].text for row in rows][-1] == title + named


@pytest.mark.parametrize("lines", range(28, 40, 2))
def test_a_short_list_stays_whole(lines: int) -> None:
    items = ListBlock(tuple(ListItem((Run(f"item {number}"),)) for number in range(4)))

    found = [sheet for sheet in pages(Preformatted("a\n" * lines), items) if "item" in sheet]

    assert len(found) == 1


def test_a_list_longer_than_a_page_goes_on_over_the_next() -> None:
    items = ListBlock(tuple(ListItem((Run("item " * 400),)) for _ in range(7)))

    assert sum("item" in sheet for sheet in pages(items)) > 1


@pytest.mark.parametrize("lines", range(1, 40, 2))
def test_a_chart_and_the_text_about_it_stand_together_or_on_pages_that_follow(lines: int) -> None:
    found = pages(Preformatted("a\n" * lines), CHART, bullets("Courts close work slowly."))

    chart = next(number for number, sheet in enumerate(found) if "More children wait" in sheet)
    about = next(number for number, sheet in enumerate(found) if "Courts close work slowly." in sheet)
    assert about in (chart, chart + 1)
    assert "Source: Case extract" in found[chart]


@pytest.mark.parametrize(("lines", "apart"), [(5, False), (32, True)])
def test_the_appendix_begins_a_page_only_where_half_of_one_is_used(lines: int, apart: bool) -> None:
    found = pages(Preformatted("a\n" * lines), measurements=(MEASUREMENT,))

    assert [APPENDIX in sheet for sheet in found] == ([False, True] if apart else [True])


@pytest.mark.parametrize(
    "words",
    [
        "Nationally, 6 of 8 reflections are complete. Each ended in something that we now do differently.",
        "The strategic risk is red, because of the national picture and the rate of the transmission.",
    ],
)
def test_the_last_line_of_a_paragraph_is_not_a_single_word(words: str) -> None:
    lines = pages(said(words), said("After."))[0].splitlines()

    (last,) = (line for line in lines if line.strip().endswith(words.rsplit(maxsplit=1)[-1]))
    assert 1 < len(last.split()) < len(words.split())


def test_the_last_line_of_a_title_is_not_a_single_word() -> None:
    content = render(paper(said("a"), title="Ofsted annual self-assessment: a summary"))

    lines = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().splitlines()
    assert "self-assessment: a summary" in [line.strip() for line in lines]


HOSTILE = ('#import "x": *', "$x$", "*a* _b_", "`raw`", "] #panic()", "\\", "<label>", "@ref", "// gone", "= no")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_is_taken_for_markup(hostile: str) -> None:
    table = scorecard().table.model_copy(update={"title": hostile, "note": hostile})
    blocks = (said(hostile), Preformatted(hostile), TableBlock(table))
    document = paper(title=hostile, sections=(Section(hostile, (Topic(hostile, blocks),)),))

    assert text_of(render(document)).count(" ".join(hostile.split())) >= 6


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=300))
def test_any_latin_text_is_drawn(text: str) -> None:
    content = render(paper(said(text), Preformatted(text), title=text))

    assert content.startswith(b"%PDF")


def test_a_word_without_end_does_not_leave_the_page() -> None:
    content = render(paper(said("x" * 4000), scorecard(), measurements=(MEASUREMENT,)))

    assert text_of(content).replace(" ", "").replace("\u200b", "").count("x") >= 4000
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 1


@pytest.mark.parametrize("alt", ["", "  ", "chart.png"])
def test_a_picture_without_an_alternative_text_is_refused_with_its_place(alt: str) -> None:
    chart = replace(CHART, chart=CHART.chart.model_copy(update={"alt": alt}))

    with pytest.raises(ExportError, match=r"'More children wait' in 'Demand' has no alternative text"):
        render(paper(chart))


def test_a_character_that_the_font_lacks_is_refused_with_its_place() -> None:
    with pytest.raises(ExportError, match=r"'Demand'.*party popper"):
        render(paper(said("Well done \U0001f389")))


def test_a_picture_that_cannot_be_drawn_is_refused() -> None:
    broken = PictureBlock(b"not a picture", "image/png", "Map", "", "A map.", "")

    with pytest.raises(ExportError, match="cannot be typeset"):
        render(paper(broken))


def test_a_paper_whose_date_is_none_is_refused() -> None:
    with pytest.raises(ExportError, match="ISO date"):
        render(paper(said("a"), paper=PAPER.model_copy(update={"dated": "soon"})))


def test_a_photograph_is_drawn_and_a_tall_one_fits_its_page() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (300, 4000)).save(stream, "PNG")
    tall = PictureBlock(stream.getvalue(), "image/png", "Tall", "", "A tall picture.", "")

    content = render(paper(tall))

    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) <= 2
    assert valid(content) == []


def test_nbconvert_writes_the_summary_of_a_notebook() -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Paper\n\n## Demand\n\nText."),
            new_markdown_cell("Only slides.", metadata={"tags": ["deck-only"]}),
            code_cell("secret", outputs=[new_output("stream", name="stdout", text="printed")]),
        ]
    )

    content, resources = SummaryExporter().from_notebook_node(notebook)

    text = text_of(content)
    assert resources["output_extension"] == ".pdf"
    assert "Text." in text
    assert "printed" in text
    assert "Only slides" not in text
    assert "secret" not in text


def test_nbconvert_knows_the_summary_by_its_name() -> None:
    assert get_exporter("board-summary") is SummaryExporter


@pytest.mark.parametrize(("paragraphs", "chart", "about"), [(2, 0, 0), (4, 0, 1), (8, 1, 1)])
def test_a_drawing_gives_way_a_little_then_parts_from_its_text_then_moves(
    paragraphs: int, chart: int, about: int
) -> None:
    tall = ChartBlock(CHART.chart, SVG.replace("240", "300"))
    words = tuple(said("Words of a line. " * 8) for _ in range(paragraphs))
    topics = (Topic("Before", words), Topic("Open cases", (tall, bullets("why " * 10, "so what " * 10))))

    found = sheets(paper(sections=(Section("Demand", topics),)))

    assert [number for number, sheet in enumerate(found) if CHART.chart.title in sheet] == [chart]
    assert [number for number, sheet in enumerate(found) if "so what" in sheet] == [about]


def test_many_charts_each_find_their_place() -> None:
    topics = tuple(
        Topic(
            f"Topic {number}", (CHART, bullets(*["why " * 20] * (number % 4 + 1)), said("Words. " * 30 * (number % 3)))
        )
        for number in range(14)
    )

    found = sheets(paper(sections=(Section("Demand", topics),)))

    assert [f"Topic {number}" for number in range(14)] == [
        line for sheet in found for line in sheet.splitlines() if line.startswith("Topic")
    ]
    assert len(found) <= 11  # with each chart and its text on one page it would be 13


@pytest.mark.parametrize("rows", [19, 20, 21, 22, 23])
def test_a_table_never_ends_with_one_row_on_a_page(rows: int) -> None:
    found = [sheet for sheet in pages(scorecard(rows=rows)) if "Measure" in sheet]

    last = found[-1][found[-1].rindex("This year") :] if "Timeliness" in found[-1] else found[-1]
    assert last.count("Measure ") >= 2


def test_bookmarks_lead_to_the_title_and_below_it_to_sections_and_topics() -> None:
    sections = (Section("Demand", (Topic("Open cases", (said("Text."),)),)),)
    outline = pypdf.PdfReader(io.BytesIO(render(paper(sections=sections)))).outline

    titles = [[entry.title for entry in level if not isinstance(entry, list)] for level in _levels(outline)]
    assert titles == [["Performance report"], ["Demand"], ["Open cases"]]


def _levels(outline: list[Any]) -> Iterator[list[Any]]:
    yield outline
    for entry in outline:
        if isinstance(entry, list):
            yield from _levels(entry)
