from __future__ import annotations

import pytest
from lxml import html

from cafcass_reports.exporters.markup import coloured_code, coloured_sql, highest_heading, inline_svg, prose, sanitised


def as_given(level: int, text: str) -> tuple[int, str]:
    return level, text.lower()


def test_a_heading_takes_the_level_and_id_that_it_is_given() -> None:
    assert prose("## One *two*", as_given, {}) == '<h2 id="one two">One <em>two</em></h2>\n'


def test_a_heading_of_level_0_is_left_out_and_the_text_below_it_stays() -> None:
    assert prose("# Title\n\ntext", lambda *_: (0, ""), {}) == "<p>text</p>\n"


def test_harmless_html_in_markdown_stays_and_keeps_the_headings_ids() -> None:
    shown = prose("## Top\n\nH<sub>2</sub>O <span id='top' onclick='x()'>s</span>", as_given, {})
    assert "<sub>2</sub>" in shown
    assert '<h2 id="top">' in shown
    assert "onclick" not in shown


def test_a_picture_from_elsewhere_becomes_its_words() -> None:
    assert "[Picture not held in the notebook: a map]" in prose("![a map](https://example.org/m.png)", as_given, {})


@pytest.mark.parametrize(("source", "level"), [("### a\n\n## b", 2), ("no heading", 1), ("Set\n===", 1)])
def test_the_highest_heading_is_found(source: str, level: int) -> None:
    assert highest_heading(source) == level


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<img src='data:text/html,x'>",
        "<p style='background-image: url(https://example.org/x)'>x</p>",
        "<form action='https://example.org'><button formaction='x'>x</button></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_html_that_acts_or_fetches_is_made_harmless(hostile: str) -> None:
    root = html.fragment_fromstring(sanitised(hostile), create_parent="div")
    assert list(root.iter("script", "style", "svg", "math", "form", "button")) == []
    assert root.xpath("//@onerror | //@src | //@href | //@formaction") == []
    assert "url(" not in " ".join(root.xpath("//@style"))


def test_what_makes_a_data_frame_readable_stays() -> None:
    frame = sanitised(
        '<table class="dataframe"><tr style="text-align: right;"><td colspan="2">a &lt; b</td></tr></table>'
    )
    assert 'colspan="2"' in frame
    assert "text-align: right" in frame
    assert "a &lt; b" in frame


def test_a_drawing_with_prefixed_names_is_drawn_without_them() -> None:
    drawing = '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:rect id="a"/><s:foreignObject/></s:svg>'
    shown = inline_svg(drawing, 'say "so"', lambda wished: f"first-{wished}")
    assert shown == '<svg role="img" aria-label="say &quot;so&quot;"><rect id="first-a"/></svg>'


@pytest.mark.parametrize("fetching", ["url(https://example.org/x)", "url( 'data:text/css,x' )", r"\75rl(x)"])
def test_an_attribute_of_a_drawing_that_fetches_is_left_out(fetching: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="{fetching}" width="3"/></svg>'
    assert inline_svg(drawing, "", str) == '<svg role="img" aria-label=""><rect width="3"/></svg>'


@pytest.mark.parametrize(
    "sql",
    [
        "\n-- numerator: cases\n-- calendar: each day\nSELECT 'a'\n\nFROM t AS x\n",
        "select 'from\nwhere', 1 from t",
        'select "from\nwhere" from t',
        "/* select\nfrom */ select 1",
        "-- it's\nselect 'x' -- from\n-- where",
    ],
)
def test_sql_is_coloured_by_its_lines_as_it_is_as_a_whole(sql: str) -> None:
    assert coloured_sql(sql) == coloured_code(sql, "sql")


def test_code_in_a_language_that_nobody_knows_is_shown_plain() -> None:
    assert coloured_code("a < b", "no such language") == "a &lt; b"


def test_code_marks_what_the_page_colours_and_nothing_else() -> None:
    said = coloured_code("select a, 'x' from t where b is not null -- why\n", "sql")
    marked = html.fragment_fromstring(f"<pre>{said}</pre>")
    assert marked.text_content() == "select a, 'x' from t where b is not null -- why"
    assert [(span.get("class"), span.text) for span in marked if span.get("class") != "k"] == [
        ("s", "'x'"),
        ("c", "-- why"),
    ]
    assert [span.text for span in marked if span.get("class") == "k"][:2] == ["select", "from"]
