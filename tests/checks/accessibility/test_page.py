from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cafcass_reports.checks.accessibility import examine
from cafcass_reports.checks.accessibility.rules import Rule
from tests.checks.accessibility import papers


@pytest.fixture(scope="module")
def good() -> str:
    return papers.page()


def found(content: str, folder: Path) -> set[str]:
    path = folder / "paper.html"
    path.write_text(content, encoding="utf-8")
    return {one.found.partition(":")[0] for one in examine(path)}


def after_h1(markup: str) -> tuple[str, str]:
    return "</h1>", f"</h1>{markup}"


FAULTS: dict[str, tuple[Rule, tuple[str, str]]] = {
    "the page has no language": (Rule.LANGUAGE, ('<html lang="en-GB"', "<html")),
    "a part is in German": (Rule.LANGUAGE, after_h1('<p lang="de">Text</p>')),
    "the title is a file's name": (Rule.DOCUMENT_TITLE, ("<title>", "<title>a.html</title><title>")),
    "a level of heading is left out": (Rule.HEADING_ORDER, ("<h2", "<h4")),
    "there are two first headings": (Rule.HEADING_ORDER, after_h1("<h1>Another</h1>")),
    "a heading is empty": (Rule.TITLES, after_h1("<h2> </h2>")),
    "there is no main region": (Rule.LANDMARKS, ("<main", "<div")),
    "the skip link leads nowhere": (Rule.LANDMARKS, ('href="#main"', 'href="#elsewhere"')),
    "the navigation has no name": (Rule.LANDMARKS, ('aria-labelledby="contents-title"', "")),
    "a drawing has no alternative text": (Rule.ALT_TEXT, ('role="img" aria-label', 'role="img" data-label')),
    "a drawing is called by its kind": (Rule.ALT_NAMES, ('aria-label="Line chart.', 'aria-label="Chart" data-x="')),
    "a drawing says another figure": (Rule.ALT_DATA, ("Public: 1,200 in 2020", "Public: 1,900 in 2020")),
    "a picture has no alternative text": (Rule.ALT_TEXT, after_h1('<img src="data:image/png;base64,AA==">')),
    "a picture is called by its file": (Rule.ALT_NAMES, after_h1('<img src="data:," alt="figure_1.png">')),
    "a table has no caption": (Rule.TABLE_CAPTION, ("<caption", "<caption hidden></caption><p")),
    "a header has no scope": (Rule.TABLE_HEADERS, ('<th scope="row"', "<th")),
    "row headers are data": (Rule.TABLE_HEADERS, ('<th scope="row"', "<td")),
    "a header is blank": (
        Rule.TABLE_HEADERS,
        after_h1("<table><caption>C</caption><tr><th scope=col></th></tr></table>"),
    ),
    "a table is for layout": (Rule.TABLE_SHAPE, after_h1('<table role="presentation"><tr><td>A</td></tr></table>')),
    "cells are merged": (Rule.TABLE_SHAPE, ('<td class="right', '<td rowspan="2" class="right')),
    "a link says more": (Rule.LINK_TEXT, ("the guidance on charts", "more")),
    "a link is a bare address": (Rule.LINK_TEXT, ("the guidance on charts", "https://example.org/charts")),
    "a link leads to no id": (Rule.LINK_TARGET, after_h1('<a href="#not-there">The decision</a>')),
    "a field has no label": (Rule.LABELS, after_h1('<input type="text">')),
    "a button has no name": (Rule.LABELS, after_h1("<button></button>")),
    "a frame has no title": (Rule.LABELS, after_h1('<iframe src="about:blank"></iframe>')),
    "an id stands twice": (Rule.MARKUP, after_h1('<p id="main">Twice</p>')),
    "a reference leads nowhere": (Rule.MARKUP, after_h1('<p aria-describedby="nowhere">Text</p>')),
    "a role does not exist": (Rule.MARKUP, after_h1('<p role="headline">Text</p>')),
    "a list holds paragraphs": (Rule.MARKUP, ("<li>One</li>", "<p>One</p>")),
    "the order of focus is set": (Rule.KEYBOARD, after_h1('<a href="#main" tabindex="3">The paper itself</a>')),
    "the focus is not seen": (Rule.KEYBOARD, ("outline: 3px solid var(--text)", "outline: none")),
    "something is for the mouse only": (Rule.KEYBOARD, after_h1('<span onclick="go()">Go on</span>')),
    "text is pale": (Rule.CONTRAST, after_h1('<p style="color: #aaa">Pale</p>')),
    "the page's text is pale": (Rule.CONTRAST, ("--text: #1F1F1F", "--text: #BBBBBB")),
    "the quiet text is pale": (Rule.CONTRAST, ("--muted: #595959", "--muted: #A0A0A0")),
    "text is small": (Rule.SIZE, after_h1('<p style="font-size: 8px">Small</p>')),
    "a colour stands alone": (Rule.COLOUR_ALONE, after_h1('<p><span style="color: #c00000">12 cases</span></p>')),
    "what is read is hidden": (Rule.ON_PAGE, after_h1('<p style="display: none">Hidden words</p>')),
    "the page may not be enlarged": (Rule.ZOOM, ("initial-scale=1", "initial-scale=1, user-scalable=no")),
    "the page loads itself": (Rule.MEDIA, ("<title>", '<meta http-equiv="refresh" content="5"><title>')),
    "a film plays": (Rule.MEDIA, after_h1("<video autoplay></video>")),
}


def test_a_page_of_our_own_breaks_no_rule(good: str, tmp_path: Path) -> None:
    assert found(good, tmp_path) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_a_page_is_found(fault: str, good: str, tmp_path: Path) -> None:
    rule, (before, after) = FAULTS[fault]
    assert before in good
    assert rule.value.name in found(good.replace(before, after), tmp_path)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grey=st.integers(0x78, 0xFF))
def test_text_paler_than_the_least_contrast_is_found(good: str, tmp_path: Path, grey: int) -> None:
    text = f'<p style="color: rgb({grey}, {grey}, {grey})">Pale</p>'
    assert Rule.CONTRAST.value.name in found(good.replace("</h1>", f"</h1>{text}"), tmp_path)


@pytest.mark.parametrize("content", [b"", b"<!-- nothing -->"])
def test_a_page_that_holds_nothing_is_said_to(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(content)
    (finding,) = examine(tmp_path / "page.html")
    assert finding.found.startswith("Readable file: it cannot be read")
    assert "it holds nothing" in finding.found
