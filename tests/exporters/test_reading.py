import base64
import contextlib
import copy
import io
from typing import Any

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from PIL import Image

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    Arrangement,
    BigNumber,
    CommentaryPayload,
    NumbersPayload,
    Panel,
    PanelsPayload,
    PaperPayload,
    Provenance,
    QuotationPayload,
    TablePayload,
    mimetype,
)
from cafcass_reports.exporters.executed import read_executed
from cafcass_reports.exporters.reading import read
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
    PictureBlock,
    Preformatted,
    Quotation,
    Run,
    TableBlock,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'

PAPER = PaperPayload(
    pack="2020-21-q3",
    pack_title="Performance report",
    organisation="Demonstration organisation",
    area="England",
    period="1 April to 31 December 2020",
    as_at="31 December 2020",
    dated="2021-01-20",
    status="draft",
    classification="OFFICIAL",
    synthetic=True,
)
MEASUREMENT = Provenance(
    measurement="m1",
    metric="public_open",
    title="Open public law cases",
    definition="Cases open at the end of the period.",
    kind="measured",
    area="England",
    period="31 December 2020",
    value="14,900",
    numerator="14,900",
    denominator="",
    comparison="14,000",
    change="+900",
    source="cases",
    owner="operational performance",
    sql=None,
)
CHART: dict[str, Any] = {
    "title": "More children wait",
    "subtitle": "Open cases",
    "alt": "A line that rises.",
    "source": "Cases",
    "form": "line",
    "categories": ["April", "May"],
    "series": [{"name": "2020", "role": "actual", "values": [1, None]}],
    "number_format": "#,##0",
    "unit": "cases",
    "measurements": [MEASUREMENT.model_dump()],
}
TABLE: dict[str, Any] = {
    "title": "Scorecard",
    "subtitle": "England",
    "alt": "",
    "source": "Cases",
    "columns": [{"label": "Measure", "row_header": True}, {"label": "Value", "align": "right"}],
    "sections": [{"title": "Demand", "rows": [[{"text": "Open"}, {"text": "14,900", "value": 14900}]]}],
    "measurements": [MEASUREMENT.model_dump()],
}


def png() -> str:
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def shown(data: dict[str, Any], metadata: dict[str, Any] | None = None, **cell: Any) -> NotebookNode:
    return new_code_cell(outputs=[new_output("display_data", data=data, metadata=metadata or {})], **cell)


def exhibit(kind: str, payload: dict[str, Any], **beside: str) -> NotebookNode:
    return shown({mimetype(kind): payload, **beside})


def paper_cell(**changes: Any) -> NotebookNode:
    return exhibit("paper", PAPER.model_copy(update=changes).model_dump())


def text(markdown: str, **metadata: Any) -> NotebookNode:
    return new_markdown_cell(markdown, metadata=metadata)


def document(*cells: NotebookNode, **options: Any) -> Document:
    return read(read_executed(new_notebook(cells=list(cells))), **options)


def blocks(*cells: NotebookNode, **options: Any) -> list[Block]:
    tree = document(*cells, **options)
    return [block for section in tree.sections for topic in section.topics for block in topic.blocks]


def said(*cells: NotebookNode, **options: Any) -> list[str]:
    paragraphs = (block for block in blocks(*cells, **options) if isinstance(block, Paragraph))
    return ["".join(run.text for run in paragraph.runs) for paragraph in paragraphs]


def test_headings_become_title_sections_and_topics() -> None:
    tree = document(text("# Paper\nIntroduction\n## Demand\n### Public *law*\nText\n### Private law\n## Quality"))

    assert tree.title == "Paper"
    assert [section.title for section in tree.sections] == ["", "Demand", "Quality"]
    assert [topic.title for topic in tree.sections[1].topics] == ["Public law", "Private law"]


def test_a_deeper_heading_is_a_bold_paragraph() -> None:
    assert blocks(text("#### Method")) == [Paragraph((Run("Method", bold=True),))]


def test_the_title_falls_back_to_the_pack_then_the_notebook() -> None:
    assert document(paper_cell()).title == "Performance report"
    assert read(read_executed(new_notebook(metadata={"title": "Mine"}))).title == "Mine"
    assert document().title == "Untitled"


def test_text_keeps_its_styles_and_only_safe_links() -> None:
    (paragraph,) = blocks(text("a **b *c*** `d` [e](https://x.org) [f](javascript:g) [h](file.html)"))

    assert isinstance(paragraph, Paragraph)
    assert Run("b ", bold=True) in paragraph.runs
    assert Run("c", bold=True, italic=True) in paragraph.runs
    assert Run("d", code=True) in paragraph.runs
    assert Run("e", link="https://x.org") in paragraph.runs
    assert [run.link for run in paragraph.runs if run.link] == ["https://x.org"]


def test_lists_nest() -> None:
    assert blocks(text("1. one\n   - under\n2. two")) == [
        ListBlock((ListItem((Run("one"),), (ListItem((Run("under"),)),)), ListItem((Run("two"),))), ordered=True)
    ]


def test_a_table_in_markdown_is_a_table_with_row_headers() -> None:
    (block,) = blocks(text("| Area | Open |\n|---|--:|\n| A1 | **12** |"))

    assert isinstance(block, TableBlock)
    assert [(column.label, column.align, column.row_header) for column in block.table.columns] == [
        ("Area", "left", True),
        ("Open", "right", False),
    ]
    assert [cell.text for cell in block.table.sections[0].rows[0]] == ["A1", "12"]


def test_a_quotation_and_printed_text_are_kept() -> None:
    assert blocks(text("> They listened to me.\n\n```\na  b\n```")) == [
        Quotation((Paragraph((Run("They listened to me."),)),)),
        Preformatted("a  b"),
    ]


def test_an_attached_picture_keeps_its_alt_text() -> None:
    cell = text('![A map](attachment:map.png "Areas")')
    cell["attachments"] = {"map.png": {"image/png": png()}}

    (block,) = blocks(cell)

    assert isinstance(block, PictureBlock)
    assert (block.alt, block.title, block.mimetype) == ("A map", "Areas", "image/png")


def test_a_file_name_is_no_alt_text() -> None:
    cell = text("![image.png](attachment:image.png)")
    cell["attachments"] = {"image.png": {"image/png": png()}}

    (block,) = blocks(cell)

    assert isinstance(block, PictureBlock)
    assert block.alt == ""


def test_a_picture_outside_the_notebook_is_refused_with_its_cell() -> None:
    with pytest.raises(ExportError, match=r"Cell 2 .*elsewhere\.png"):
        document(text("one"), text("![A map](elsewhere.png)"))


def test_exhibits_become_blocks_with_their_measurements_once() -> None:
    cells = [
        exhibit("chart", CHART, **{"image/svg+xml": SVG}),
        exhibit("table", TABLE, **{"text/html": "<table></table>"}),
    ]

    chart, table = blocks(*cells)

    assert isinstance(chart, ChartBlock)
    assert chart.svg == SVG
    assert chart.chart.series[0].values == (1.0, None)
    assert isinstance(table, TableBlock)
    assert table.table.title == "Scorecard"
    assert document(*cells).measurements == (MEASUREMENT,)


def test_a_picture_exhibit_carries_its_drawing() -> None:
    payload = {"title": "Map", "subtitle": "Areas", "alt": "A map.", "source": "Cases"}

    assert blocks(exhibit("picture", payload, **{"image/svg+xml": SVG})) == [
        PictureBlock(SVG.encode(), "image/svg+xml", "Map", "Areas", "A map.", "Cases")
    ]


def test_a_commentary_is_read_as_text_below_its_section() -> None:
    commentary = CommentaryPayload(
        name="demand",
        markdown="# Why\nMore *applications*.",
        owner="operations",
        dated="2021-01-05",
        measurements=(MEASUREMENT,),
    )

    tree = document(text("# Paper\n## Demand"), exhibit("commentary", commentary.model_dump()))

    assert [section.title for section in tree.sections] == ["Demand"]
    assert [topic.title for topic in tree.sections[0].topics] == ["Why"]
    assert tree.measurements == (MEASUREMENT,)


WRITTEN: dict[str, Any] = {"name": "aim", "owner": "Head of practice", "dated": "2021-01-11"}


def test_a_quotation_is_read_with_its_speaker_and_its_figures() -> None:
    payload = QuotationPayload(
        **WRITTEN, words="# Not a heading here\n\nThey *listened*.", speaker="A child", measurements=(MEASUREMENT,)
    )

    tree = document(exhibit("quotation", payload.model_dump()))

    (topic,) = tree.sections[0].topics
    said = Paragraph((Run("They "), Run("listened", italic=True), Run(".")))
    assert topic.blocks == (Quotation((said,), "A child"),)
    assert tree.measurements == (MEASUREMENT,)


def test_panels_are_read_with_their_paragraphs_and_lists() -> None:
    payload = PanelsPayload(
        **WRITTEN,
        **{"title": "Message", "subtitle": "", "alt": "", "source": "", "measurements": (MEASUREMENT,)},
        arrangement=Arrangement.PILLARS,
        panels=(Panel(title="A", markdown="We help.\n\n- one"), Panel(title="B", markdown="### gone\n\nKept.")),
    )

    tree = document(text("## S"), exhibit("panels", payload.model_dump()))

    texts = (
        PanelText("A", (Paragraph((Run("We help."),)), ListBlock((ListItem((Run("one"),)),)))),
        PanelText("B", (Paragraph((Run("Kept."),)),)),
    )
    assert tree.sections[0].topics[0].blocks == (PanelsBlock(payload, texts),)
    assert [len(section.topics) for section in tree.sections] == [1]
    assert tree.measurements == (MEASUREMENT,)


def test_numbers_are_read_as_they_are() -> None:
    payload = NumbersPayload(
        **{"title": "Message", "subtitle": "", "alt": "", "source": "", "measurements": (MEASUREMENT,)},
        numbers=(BigNumber(value="1", label="One", basis="today"),),
    )

    tree = document(exhibit("numbers", payload.model_dump()))

    assert tree.sections[0].topics[0].blocks == (NumbersBlock(payload),)
    assert tree.measurements == (MEASUREMENT,)


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({**TABLE, "colour": "red"}, "colour"),
        ({key: value for key, value in TABLE.items() if key != "columns"}, "columns"),
        ({**TABLE, "sections": [{"title": "", "rows": [[{"text": "only one"}]]}]}, "fewer cells"),
        ("not a mapping", "table"),
    ],
)
def test_a_malformed_exhibit_is_refused_with_its_cell(payload: Any, fault: str) -> None:
    with pytest.raises(ExportError, match=f"Cell 2 .*{fault}"):
        document(text("one"), exhibit("table", payload))


def test_a_chart_without_its_drawing_is_refused() -> None:
    with pytest.raises(ExportError, match=r"Cell 1 .*drawing"):
        document(exhibit("chart", CHART))


def test_an_unknown_mimetype_is_passed_over() -> None:
    assert blocks(shown({"application/vnd.other+json": {}, "text/plain": "x"})) == [Preformatted("x")]
    assert blocks(shown({"application/vnd.other+json": {}})) == []


def test_a_widget_leaves_nothing_behind() -> None:
    progress = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "FloatProgress(value=0.0)"}

    assert blocks(shown(progress)) == []


def test_a_picture_takes_its_alt_text_from_metadata_else_from_the_heading_above() -> None:
    described = shown({"image/png": png()}, {"image/png": {"alt": "Bars"}})
    plain = shown({"image/png": png(), "text/plain": "<Figure>"})

    first, second = blocks(text("## Demand"), described, plain)

    assert isinstance(first, PictureBlock)
    assert isinstance(second, PictureBlock)
    assert (first.alt, second.alt) == ("Bars", "Demand")


@pytest.mark.parametrize(
    "bundle",
    [
        {"image/png": "?"},
        {"image/png": base64.b64encode(b"no").decode()},
        {"image/svg+xml": "<svg"},
        {"image/svg+xml": ""},
    ],
)
def test_a_broken_picture_is_refused_with_its_cell(bundle: dict[str, str]) -> None:
    with pytest.raises(ExportError, match="Cell 1"):
        document(shown(bundle))


def test_a_data_frame_loses_only_a_counting_index() -> None:
    frame = pd.DataFrame({"area": ["A1", "A2"], "open": [10, 20]})

    (counted,) = blocks(shown({"text/html": frame._repr_html_(), "text/plain": "x"}))  # type: ignore[operator]
    (indexed,) = blocks(shown({"text/html": frame.set_index("area")._repr_html_()}))  # type: ignore[operator]

    assert isinstance(counted, TableBlock)
    assert isinstance(indexed, TableBlock)
    for table in (counted.table, indexed.table):
        assert [(column.label, column.align) for column in table.columns] == [
            ("area", "left"),
            ("open", "right"),
        ]
        assert [cell.text for cell in table.sections[0].rows[1]] == ["A2", "20"]
        assert [column.row_header for column in table.columns] == [True, False]


def test_a_long_frame_is_cut_as_jupyter_shows_it_and_still_loses_its_count() -> None:
    frame = pd.DataFrame({"open": range(1000)})

    (block,) = blocks(shown({"text/html": frame._repr_html_()}))  # type: ignore[operator]

    assert isinstance(block, TableBlock)
    assert [column.label for column in block.table.columns] == ["open"]
    assert [row[0].text for row in block.table.sections[0].rows[4:6]] == ["4", "..."]


def test_an_index_of_other_numbers_is_kept() -> None:
    frame = pd.DataFrame({"open": [1, 2]}, index=[2019, 2020])

    (block,) = blocks(shown({"text/html": frame._repr_html_()}))  # type: ignore[operator]

    assert isinstance(block, TableBlock)
    assert [row[0].text for row in block.table.sections[0].rows] == ["2019", "2020"]


def test_a_frame_with_levels_keeps_all_its_labels() -> None:
    frame = pd.DataFrame(
        [[1, 2], [3, 4]],
        index=pd.MultiIndex.from_product([["North"], ["A1", "A2"]], names=["region", "area"]),
        columns=pd.MultiIndex.from_product([["2020"], ["Q1", "Q2"]], names=["year", "quarter"]),
    )

    (block,) = blocks(shown({"text/html": frame._repr_html_()}))  # type: ignore[operator]

    assert isinstance(block, TableBlock)
    assert [column.label for column in block.table.columns] == ["region", "area", "2020, Q1", "2020, Q2"]
    assert [cell.text for cell in block.table.sections[0].rows[1]] == ["North", "A2", "3", "4"]


def test_html_enters_a_paper_as_text_only() -> None:
    source = "<table><tr><th>a</th></tr><tr><td>1<script>x</script><img src=y onerror=z> b</td></tr></table>"

    (block,) = blocks(shown({"text/html": source}))

    assert isinstance(block, TableBlock)
    assert block.table.sections[0].rows[0][0].text == "1 b"


def test_printed_text_is_kept_without_colours_and_warnings_are_dropped() -> None:
    cell = new_code_cell(
        outputs=[
            new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n"),
            new_output("stream", name="stderr", text="warning"),
            new_output("execute_result", data={"text/plain": "<Axes: xlabel='x'>"}, execution_count=1),
        ]
    )

    assert blocks(cell) == [Preformatted("red")]


def test_a_cell_that_stopped_is_an_error_with_its_number() -> None:
    cell = new_code_cell(outputs=[new_output("error", ename="KeyError", evalue="'kpi_9'", traceback=[])])

    with pytest.raises(ExportError, match="Cell 2 stopped with an error: KeyError: 'kpi_9'"):
        document(text("one"), cell)


def test_code_and_raw_cells_are_never_shown() -> None:
    assert blocks(new_code_cell("secret = 1"), new_raw_cell("raw")) == []


def test_cells_that_are_skipped_or_removed_are_left_out() -> None:
    assert said(
        text("a", slideshow={"slide_type": "skip"}),
        text("b", tags=["remove-cell"]),
        text("c", tags=["parameters", "layout:text"]),
    ) == ["c"]
    assert blocks(shown({"text/plain": "x"}, metadata=None) | {"metadata": {"tags": ["remove-output"]}}) == []


def test_each_format_has_its_own_cells() -> None:
    cells = [text("deck", tags=["deck-only"]), text("summary", tags=["summary-only"]), text("both")]

    assert said(*cells, audience="deck") == ["deck", "both"]
    assert said(*cells, audience="summary") == ["summary", "both"]
    assert said(*cells) == ["deck", "summary", "both"]


def test_what_is_for_the_closed_board_stays_out_of_every_other_paper() -> None:
    cell = text("in confidence", tags=["closed-board"])

    assert said(cell) == []
    assert said(cell, paper_cell()) == []
    confidential = new_notebook(cells=[cell], metadata={"cafcass": {"audience": "closed board"}})
    assert read(read_executed(confidential)).sections[0].topics[0].blocks == (Paragraph((Run("in confidence"),)),)


def test_notes_go_to_their_topic() -> None:
    tree = document(text("### Topic"), text("Say this.", slideshow={"slide_type": "notes"}))

    (topic,) = tree.sections[0].topics
    assert topic.notes == (Paragraph((Run("Say this."),)),)
    assert topic.blocks == ()


def test_a_summary_says_as_text_what_a_speaker_would() -> None:
    cells = (text("### Topic\none"), text("#### Say this\ntwo", slideshow={"slide_type": "notes"}))

    (topic,) = document(*cells, audience="summary").sections[0].topics
    assert topic.notes == ()
    assert topic.blocks == (
        Paragraph((Run("one"),)),
        Paragraph((Run("Say this", bold=True),)),
        Paragraph((Run("two"),)),
    )
    (topic,) = document(*cells, audience="deck").sections[0].topics
    assert topic.blocks == (Paragraph((Run("one"),)),)


def test_a_new_slide_without_a_heading_is_a_topic_of_its_own() -> None:
    tree = document(text("### Topic\none"), text("two", slideshow={"slide_type": "slide"}))

    assert [topic.title for topic in tree.sections[0].topics] == ["Topic", ""]


def test_controls_and_lone_surrogates_are_taken_out() -> None:
    assert said(text("a\x00\x0b\ud800b\ufeff")) == ["ab"]


def test_the_notebook_is_not_changed() -> None:
    notebook = new_notebook(cells=[paper_cell(), text("# a"), exhibit("table", copy.deepcopy(TABLE))])
    before = copy.deepcopy(notebook)

    read(read_executed(notebook))

    assert notebook == before


def test_an_exhibit_survives_a_notebook_file() -> None:
    notebook = new_notebook(cells=[exhibit("table", TABLE)])

    again = nbformat.reads(nbformat.writes(notebook), as_version=4)

    assert read(read_executed(again)) == read(read_executed(notebook))
    (block,) = (
        block for section in read(read_executed(again)).sections for topic in section.topics for block in topic.blocks
    )
    assert isinstance(block, TableBlock)
    assert block.table == TablePayload.model_validate(TABLE)


MARKUP = st.lists(
    st.sampled_from(
        [
            "#",
            "##",
            "###",
            "-",
            "1.",
            ">",
            "*",
            "**",
            "`",
            "```",
            "<b>",
            "<table>",
            "<tr><td>",
            "<td colspan=9e9>",
            "<!--",
            "-->",
            "<br>",
            "</table>",
            "[a](b)",
            "](",
            "\\",
            "&amp;",
            "---",
            "a",
            "é",
            "\U000f0000",
            "&#0;",
            " ",
            "    ",
            "\n",
            "\n\n",
            "|",
            "|-",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), MARKUP))
def test_no_text_breaks_the_reader(source: str) -> None:
    with contextlib.suppress(ExportError):  # a picture that is not in the notebook
        assert document(text(source), shown({"text/markdown": source})).title


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), MARKUP))
def test_no_output_breaks_the_reader(source: str) -> None:
    assert document(shown({"text/html": source, "text/plain": source})).title == "Untitled"


def test_text_nested_without_end_is_read() -> None:
    assert document(text("> " * 3000 + "deep"), text("- " * 3000 + "deep"), text("*" * 5000 + "a"))
    assert document(shown({"text/html": "<div>" * 5000 + "<table><tr><td>1</td></tr></table>"}))
