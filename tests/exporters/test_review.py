"""The review page, read back with lxml."""

from __future__ import annotations

import base64
import copy
import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from nbformat.v4 import new_markdown_cell, new_notebook, new_output

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import CommentaryPayload, PicturePayload, Series, SeriesRole, mimetype
from cafcass_reports.exporters.review import ReviewExporter
from tests.exporters.review_papers import (
    SQL,
    SVG,
    board_paper,
    chart,
    code,
    paper,
    picture_of,
    provenance,
    shows,
    table,
)

HOSTILE = """</title><script>alert('x')</script>"><img src=x onerror="alert(1)">&'"""


def plain(**data: str) -> nbformat.NotebookNode:
    names = {"html": "text/html", "text": "text/plain", "png": "image/png", "svg": "image/svg+xml"}
    return new_output("display_data", data={names[name]: value for name, value in data.items()})


def written(*cells: nbformat.NotebookNode, **resources: Any) -> str:
    return ReviewExporter().from_notebook_node(new_notebook(cells=list(cells)), resources)[0]


def page(*cells: nbformat.NotebookNode, **resources: Any) -> html.HtmlElement:
    return html.document_fromstring(written(*cells, **resources).encode())


def text_of(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_the_header_says_what_the_paper_is_about() -> None:
    header = page(*board_paper()).find("body/header")
    assert [text_of(h1) for h1 in header.iter("h1")] == ["How well we serve children"]
    for said in ("Cafcass", "England", "April to November 2020", "1 December 2020", "DRAFT", "OFFICIAL"):
        assert said in text_of(header)
    assert "Synthetic data" in text_of(header)


def test_a_final_paper_of_real_data_is_not_called_synthetic_or_draft() -> None:
    seen = text_of(page(code("x", shows("paper", paper(synthetic=False, status="final")))).find("body"))
    assert "Synthetic" not in seen
    assert "DRAFT" not in seen
    assert "FINAL" in seen


def test_the_page_has_a_language_a_title_landmarks_and_a_way_past_them() -> None:
    root = page(*board_paper())
    assert root.get("lang") == "en-GB"
    assert root.findtext("head/title").startswith("How well we serve children, England")
    for landmark in ("header", "nav", "main", "footer"):
        assert len(list(root.iter(landmark))) == 1
    assert root.find("body")[0].get("href") == "#main"
    assert root.get_element_by_id("main").tag == "main"


def test_headings_step_down_one_level_at_a_time_from_the_only_h1() -> None:
    root = page(*board_paper(), new_markdown_cell("# Another\n\n##### Deep"))
    levels = [int(e.tag[1]) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_contents_lead_to_each_section_and_topic() -> None:
    root = page(*board_paper(), new_markdown_cell("## The numbers"))
    links = [(text_of(a), a.get("href")[1:]) for a in root.find(".//nav").iter("a")]
    assert [name for name, _ in links] == [
        "The numbers",
        "Scorecard",
        "Open work",
        "Quality",
        "Why",
        "The numbers",
    ]
    assert all(text_of(root.get_element_by_id(anchor)) == name for name, anchor in links)


def test_without_a_heading_the_pack_and_then_the_file_give_the_title() -> None:
    assert text_of(page(code("x", shows("paper", paper()))).find(".//h1")) == "Public Board, January 2021"
    assert text_of(page(code("x"), metadata={"name": "my notebook"}).find(".//h1")) == "my notebook"


def test_a_table_is_a_real_table_with_header_cells_in_every_direction() -> None:
    drawn = page(*board_paper()).find(".//table")
    assert "Demand fell while open work grew" in text_of(drawn.find("caption"))
    assert [(text_of(th), th.get("scope")) for th in drawn.findall("thead/tr/th")] == [
        ("Measure", "col"),
        ("Value", "col"),
        ("Change", "col"),
    ]
    bodies = drawn.findall("tbody")
    assert [text_of(body[0]) for body in bodies] == ["Service", "Public law"]
    assert [body[0][0].get("scope") for body in bodies] == ["rowgroup", "rowgroup"]
    assert [body[0][0].get("colspan") for body in bodies] == ["3", "3"]
    row = bodies[1][1]
    assert (row[0].tag, row[0].get("scope"), text_of(row[0])) == ("th", "row", "Open*")
    assert (row[1].tag, row[1].get("class"), text_of(row[1])) == ("td", "right", "14,124")


def test_a_change_has_its_word_its_arrow_and_its_direction_for_those_who_hear_it() -> None:
    cell = page(*board_paper()).xpath("//table//*[contains(@class, 'concern')]")[0]
    assert text_of(cell) == "concern ▲ up 16.5%"
    assert cell.xpath(".//*[@aria-hidden='true']")[0].text == "▲"


def test_a_chart_stands_in_the_page_with_its_alt_text_and_its_data() -> None:
    root = page(*board_paper())
    figure = root.findall(".//figure")[0]
    drawing = figure.find(".//svg")
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "A line that rises from 10 to 1,200")
    assert text_of(figure.find("figcaption")).startswith("Open work rose")
    data = figure.find(".//details[@class='data']//tbody")
    assert [[text_of(cell) for cell in row] for row in data] == [["2019", "no figure"], ["2020", "1,200"]]


def test_a_chart_shows_the_labels_that_the_notebook_gave() -> None:
    labelled = chart(series=(Series(name="P", role=SeriesRole.GRADE, values=(1, 2), labels=("1%", "[c]")),))
    assert "[c]" in text_of(page(code("x", picture_of(labelled))).find(".//tbody"))


def test_a_negative_number_has_a_true_minus_sign() -> None:
    fallen = chart(series=(Series(name="P", role=SeriesRole.ACTUAL, values=(-0.25, 1)),), number_format="0.0%")
    assert "\N{MINUS SIGN}25.0%" in text_of(page(code("x", picture_of(fallen))).find(".//tbody"))


def test_nothing_in_a_drawing_acts_or_fetches_and_its_references_still_meet() -> None:
    source = written(*board_paper())
    root = html.document_fromstring(source.encode())
    assert "example.org" not in source
    assert "made today" not in source
    assert not root.xpath("//@onclick")
    for drawing in root.iter("svg"):
        inside = {e.get("id") for e in drawing.iter() if e.get("id")}
        assert drawing.find(".//use").get("href").removeprefix("#") in inside
        assert drawing.find(".//g").get("clip-path").removeprefix("url(#").rstrip(")") in inside


def test_every_id_is_unique_even_where_a_figure_is_shown_twice() -> None:
    cells = (*board_paper(), *board_paper(), new_markdown_cell("## open 2020\n\n## main\n\n## contents"))
    ids = Counter(page(*cells).xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []


def test_each_figure_says_how_it_was_calculated_under_the_id_of_its_measurement() -> None:
    root = page(*board_paper())
    figure = root.get_element_by_id("kpi_2:england")
    assert figure.getparent().tag == "details"
    assert text_of(figure.getparent().find("summary")) == "Working days to allocate 1.2"
    assert "Calculation" not in text_of(figure)
    for said in ("Mean working days from receipt", "10,636 working days", "8,863 applications", "0.2 fewer"):
        assert said in text_of(figure)
    assert figure.find(".//pre/code").text_content() == SQL
    assert "April to November 2018 1.5" in text_of(figure.find(".//tbody"))
    assert "there is no SQL" in text_of(root.get_element_by_id("public_open:england"))


def test_a_calculation_stands_above_what_it_is_made_from() -> None:
    measured = provenance("open", calculation="3,642 × 4 ÷ 1,471.7", numerator="3,642", denominator="1,471.7")
    terms = page(code("x", picture_of(chart(measurements=(measured,))))).xpath("//dl[@class='provenance']/div")
    said = [text_of(term) for term in terms]
    assert "Calculation 3,642 × 4 ÷ 1,471.7" in said
    assert said.index("Calculation 3,642 × 4 ÷ 1,471.7") < said.index("Numerator 3,642")
    assert "Denominator 1,471.7" in said


def test_the_page_says_where_its_ids_lead() -> None:
    said = text_of(page(*board_paper()).find(".//footer"))
    assert "Each figure's id is its row in measurements.csv, beside the front page." in said


def test_a_heading_never_takes_the_id_of_a_measurement_that_comes_later() -> None:
    measured = chart(measurements=(provenance("open"),))
    root = page(new_markdown_cell("## Open\n\n## Shut"), code("x", picture_of(measured)))
    assert "Mean working days" in text_of(root.get_element_by_id("open"))


def test_commentary_names_its_owner_and_date_and_stays_in_its_section() -> None:
    commentary = page(*board_paper()).xpath("//div[@class='commentary']")[0]
    assert [e.tag for e in commentary.iter("h1", "h2", "h3")] == ["h3"]
    assert commentary.find(".//em").text == "listened"
    assert "Director of Practice, 8 January 2021" in text_of(commentary)


def test_sentences_without_their_figure_are_folded_away_and_can_be_read() -> None:
    def shown(*left_out: str) -> html.HtmlElement:
        words = CommentaryPayload(name="n", markdown="Kept.", owner="o", dated="2021-01-08", left_out=left_out)
        return page(code("x", shows("commentary", words)))

    (note,) = shown("Turnover is {{ turnover.value }}.", "<b>Two</b>.").xpath("//details[@class='left-out']")
    assert text_of(note.find("summary")) == "Left out for this area"
    assert note.get("open") is None
    assert [text_of(item) for item in note.iter("li")] == ["Turnover is {{ turnover.value }}.", "<b>Two</b>."]
    assert shown().xpath("//details[@class='left-out']") == []


def test_commentary_of_the_last_pack_says_that_it_is_not_reviewed() -> None:
    def marks(reviewed: bool) -> list[html.HtmlElement]:
        words = CommentaryPayload(name="n", markdown="Kept.", owner="o", dated="2021-01-08", reviewed=reviewed)
        return page(code("x", shows("commentary", words))).xpath("//div[@class='commentary']/p[@class='unreviewed']")

    (mark,) = marks(reviewed=False)
    assert text_of(mark).startswith("Not yet reviewed for this quarter.")
    assert marks(reviewed=True) == []


def test_an_empty_cell_among_changes_is_a_dash() -> None:
    days = page(*board_paper()).findall(".//table/tbody")[0][1]
    assert [text_of(cell) for cell in days] == ["Days to allocate", "1.2", "–"]


def test_a_drawing_can_be_reached_and_scrolled_by_keyboard() -> None:
    room = page(*board_paper()).find(".//figure//svg").getparent()
    assert (room.get("tabindex"), room.get("role"), room.get("aria-label")) == ("0", "group", "Chart")
    assert "scroll" in room.get("class").split()


def test_a_source_is_introduced_once() -> None:
    shown = page(code("x", picture_of(chart(source="Case records")))).xpath("//p[@class='source']")
    assert [text_of(line) for line in shown] == ["Source: Case records."]


def test_every_cells_code_is_folded_and_what_sets_the_page_up_in_one_fold() -> None:
    folded = page(*board_paper()).xpath("//details[@class='code']")
    assert [details.get("open") for details in folded] == [None] * 4
    assert [code.text_content() for code in folded[0].iter("code")] == [
        'pack = "2020-21-q3"',
        "paper = open_paper(pack)",
    ]
    assert [details.find(".//code").text_content() for details in folded[1:]] == [
        "paper.scorecard()",
        "paper.chart()",
        "paper.commentary()",
    ]


def test_without_headings_each_cell_keeps_its_code() -> None:
    folded = page(code("a = 1"), code("b = 2")).xpath("//details[@class='code']")
    assert [text_of(details.find("summary")) for details in folded] == ["Code of cell 1", "Code of cell 2"]


def test_parameters_that_the_run_replaced_are_not_shown_beside_those_in_force() -> None:
    default = code('area = "England"', tags=["parameters"])
    injected = code('area = "A1"', tags=["injected-parameters"])
    assert [shown.text_content() for shown in page(default, injected).iter("code")] == ['area = "A1"']
    assert [shown.text_content() for shown in page(default).iter("code")] == ['area = "England"']


def test_what_opens_a_paper_is_shown_even_before_its_first_heading() -> None:
    root = page(code("x", picture_of(chart())), new_markdown_cell("## Later"))
    assert root.find(".//figure") is not None
    assert len(root.xpath("//details[@class='code']")) == 1


def test_code_is_left_out_where_the_author_or_the_command_says_so() -> None:
    hidden = page(code("secret = 1", tags=["remove-input"]))
    assert "secret" not in text_of(hidden)
    notebook = new_notebook(cells=[code("secret = 1")])
    assert "secret" not in ReviewExporter(exclude_input=True).from_notebook_node(notebook)[0]


def test_cells_and_outputs_that_the_author_removed_are_on_no_page_but_errors_are() -> None:
    removed = code("secret", shows("table", table()), tags=["remove-cell"])
    without_output = code("x", shows("table", table()), tags=["remove-output"])
    assert not page(removed, without_output).findall(".//table")
    stopped = new_output("error", ename="ValueError", evalue="no rows", traceback=[])
    assert "no rows" in text_of(page(code("x", stopped, tags=["remove-output"])))


def test_closed_board_cells_stand_only_in_a_closed_board_paper() -> None:
    closed = new_markdown_cell("## In private", metadata={"tags": ["closed-board"]})
    assert "In private" not in written(code("x", shows("paper", paper())), closed)
    confidential = new_notebook(cells=[closed], metadata={"cafcass": {"audience": "closed board"}})
    open_to_them = ReviewExporter().from_notebook_node(confidential)[0]
    assert "In private" in open_to_them
    assert "Closed board only" in open_to_them


def test_speaker_notes_are_marked_as_such() -> None:
    notes = new_markdown_cell("Say thanks.", metadata={"slideshow": {"slide_type": "notes"}})
    assert "Speaker notes Say thanks." in text_of(page(notes).find(".//main"))


def test_data_without_provenance_in_a_paper_of_ours_is_marked_unprotected() -> None:
    frame = plain(html="<table><tbody><tr><td>7</td></tr></tbody></table>")
    assert "Unprotected" in written(code("x", shows("paper", paper()), frame))
    assert "Unprotected" not in written(code("x", frame))
    assert "Unprotected" in written(code("x", picture_of(chart(measurements=(), protected=False))))
    assert "Unprotected" not in written(code("x", picture_of(chart())))


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    cells = (
        *board_paper(),
        new_markdown_cell("![far](https://example.org/a.png) <script>alert(1)</script> <b onclick='x()'>bold</b>"),
        new_markdown_cell("[bad](javascript:alert(1)) [good](https://example.org/read)"),
        code(
            "x",
            plain(html="<script src='https://example.org/x.js'></script><style>@import 'x'</style><p>kept</p>"),
        ),
        code("x", plain(html="<img src='https://example.org/x.png'><iframe src='https://example.org'></iframe>text")),
        code("x", plain(svg=SVG)),
    )
    root = page(*cells)
    assert list(root.iter("script", "iframe", "link", "object", "embed", "base", "form")) == []
    assert [src for src in root.xpath("//@src") if not src.startswith("data:image/")] == []
    far = {href for href in root.xpath("//@href") if not href.startswith("#")}
    assert far == {"https://example.org/read"}
    assert root.xpath("//@*[starts-with(name(), 'on')]") == []
    assert "kept" in text_of(root)
    assert "alert(1)" not in text_of(root.xpath("//div[@class='plain']")[0])
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    style = "".join(root.xpath("//style/text()"))
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_text_is_shown_as_text_wherever_it_stands() -> None:
    cells = (
        code("x", shows("paper", paper(organisation=HOSTILE, area=HOSTILE, pack_title=HOSTILE))),
        code(HOSTILE, shows("table", table(title=HOSTILE, note=HOSTILE, measurements=(provenance(sql=HOSTILE),)))),
        code("x", picture_of(chart(title=HOSTILE, alt=HOSTILE, measurements=(provenance(HOSTILE, title=HOSTILE),)))),
        code("x", new_output("stream", text=HOSTILE), plain(text=HOSTILE)),
        code("x", new_output("error", ename=HOSTILE, evalue=HOSTILE, traceback=[HOSTILE])),
    )
    root = page(*cells)
    assert list(root.iter("script")) == []
    assert root.xpath("//img") == []
    assert root.find(".//svg").get("aria-label") == HOSTILE
    assert root.findtext("head/title").startswith(HOSTILE)
    assert root.find(".//main").text_content().count("<script>alert('x')</script>") >= 9


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    source = written(
        new_markdown_cell("# A\x00B\ud800\n\n## C\x1b[0m"), code("x", new_output("stream", text="\x1b[31mred"))
    )
    assert source.encode("utf-8")
    assert ">AB<" in source
    assert "red" in source
    assert "[31m" not in source


def test_anybodys_notebook_is_rendered_as_it_is() -> None:
    png = base64.b64encode(b"\x89PNG").decode()
    cells = (
        new_markdown_cell("# My analysis\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
        code(
            "df",
            plain(
                html='<table class="dataframe"><thead><tr><th></th><th>n</th></tr></thead>'
                "<tbody><tr><th>0</th><td>5</td></tr></tbody></table>",
                text="n 5",
            ),
        ),
        code("print(1)", new_output("stream", text="out "), new_output("stream", text="put")),
        code("warn()", new_output("stream", name="stderr", text="careful")),
        code("1/0", new_output("error", ename="ZeroDivisionError", evalue="division", traceback=["line 1"])),
        new_markdown_cell("![photo](attachment:p.png)", attachments={"p.png": {"image/png": png}}),
        nbformat.v4.new_raw_cell("raw"),
    )
    root = page(*cells)
    frame = root.xpath("//table[@class='dataframe']")[0]
    assert [(th.text, th.get("scope")) for th in frame.iter("th")] == [
        ("Row", "col"),
        ("n", "col"),
        ("0", "row"),
    ]
    assert root.xpath("//pre[@class='plain']/text()") == ["out put"]
    assert "careful" in text_of(root.xpath("//details[@class='log']")[0])
    assert "ZeroDivisionError: division" in text_of(root.xpath("//div[@class='stopped']")[0])
    assert root.xpath("//img/@src") == [f"data:image/png;base64,{png}"]
    assert root.xpath("//img/@alt") == ["photo"]
    assert [text_of(td) for td in root.xpath("//div[@class='prose']//td")] == ["1", "2"]


def test_a_plain_picture_has_the_alt_text_of_its_output_or_says_that_it_has_none() -> None:
    image = copy.deepcopy(plain(svg=SVG))
    image["metadata"] = {"image/svg+xml": {"alt": "A rising line"}}
    assert page(code("x", image)).xpath("//img/@alt") == ["A rising line"]
    assert page(code("x", plain(svg=SVG))).xpath("//img/@alt") == ["No description has been provided for this image"]


def test_an_output_that_only_acts_is_named_and_not_run() -> None:
    acting = new_output("display_data", data={"application/javascript": "alert(1)"})
    assert "[Output that a page cannot show: application/javascript]" in written(code("x", acting))


def test_slideshow_metadata_of_an_unknown_shape_is_passed_over() -> None:
    odd = new_markdown_cell("text", metadata={"slideshow": "notes"})
    assert "text" in written(odd)


@pytest.mark.parametrize(
    ("kind", "payload", "says"),
    [
        ("table", {"title": "x"}, "malformed table"),
        ("table", {**table().model_dump(mode="json"), "colour": "red"}, "colour"),
        ("table", {**table().model_dump(mode="json"), "columns": [{"label": "one"}]}, "cells than there are columns"),
        ("chart", {**chart().model_dump(mode="json"), "categories": ["2019"]}, "points than there are categories"),
        ("gauge", {"title": "x"}, "unknown kind"),
    ],
)
def test_a_malformed_exhibit_is_named_with_its_cell(kind: str, payload: dict[str, Any], says: str) -> None:
    broken = new_output("display_data", data={mimetype(kind): payload})
    with pytest.raises(ExportError, match=f"Cell 2 .*{says}"):
        written(new_markdown_cell("# T"), code("x", broken))


def test_a_picture_without_its_drawing_or_with_a_broken_one_is_named_with_its_cell() -> None:
    free = PicturePayload(title="t", subtitle="s", alt="a", source="z")
    with pytest.raises(ExportError, match=r"Cell 1 .*without its drawing"):
        written(code("x", shows("picture", free)))
    with pytest.raises(ExportError, match=r"Cell 1 .*cannot be read as image/svg"):
        written(code("x", picture_of(free, "picture", "<svg><g></svg>")))
    with pytest.raises(ExportError, match="Cell 1"):
        written(code("x", plain(png="not base64!")))


def test_equal_notebooks_give_equal_bytes_and_stay_as_they_were() -> None:
    notebook = new_notebook(cells=list(board_paper()))
    before = copy.deepcopy(notebook)
    first = ReviewExporter().from_notebook_node(notebook)[0]
    assert first == ReviewExporter().from_notebook_node(copy.deepcopy(notebook))[0]
    assert notebook == before


def test_nbconvert_finds_the_exporter_by_name_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import entry_points

    monkeypatch.chdir(tmp_path)
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Hello")]), "out.ipynb")
    exporter = entry_points(group="nbconvert.exporters", name="board-review")["board-review"].load()()
    content, resources = exporter.from_filename("out.ipynb")
    assert resources["output_extension"] == ".html"
    assert "Hello" in content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    markdown=st.text(alphabet=st.sampled_from("#<>&\"'`*_[]()!|-= \nabscript:/x1$\\\x00\u200b"), max_size=80),
    output=st.text(alphabet=st.sampled_from("<>&\"'/ =-!abscriptyleh1:;()"), max_size=60),
)
def test_no_text_breaks_the_page_or_slips_a_script_into_it(markdown: str, output: str) -> None:
    root = page(new_markdown_cell(markdown), code(markdown, plain(html=output), new_output("stream", text=markdown)))
    assert list(root.iter("script")) == []
    assert len(root.xpath("//h1")) == 1
    assert len(root.xpath("//main")) == 1
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
