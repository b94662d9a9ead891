"""The review page in a real browser: nothing leaves the file, nothing is reported, anybody can use it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbformat.v4 import new_notebook

from cafcass_reports.exhibits.payload import Cell, TableSection
from cafcass_reports.exporters.review import ReviewExporter
from tests.exporters.review_papers import board_paper, code, shows, table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.verify

CHROMIUM = shutil.which("chromium") or "chromium"
QUIET = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "paper.html"
    page, _ = ReviewExporter().from_notebook_node(new_notebook(cells=list(board_paper())))
    path.write_text(page, encoding="utf-8")
    return path


def opened(browser: Browser, path: Path, width: int) -> tuple[Page, list[str], list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    reported: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: reported.append(message.text))
    page.on("pageerror", lambda error: reported.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return page, asked, reported


@pytest.mark.parametrize("width", [1280, 400])
def test_no_request_leaves_the_file_and_nothing_is_reported(browser: Browser, written: Path, width: int) -> None:
    page, asked, reported = opened(browser, written, width)
    assert [url for url in asked if not url.startswith("data:")] == [written.as_uri()]
    assert reported == []
    assert page.title().startswith("How well we serve children")


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_itself_never_scrolls_sideways(browser: Browser, written: Path, width: int) -> None:
    page, _, _ = opened(browser, written, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_barrier(browser: Browser, written: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _, _ = opened(browser, written, width)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_link_to_a_measurement_unfolds_how_it_was_calculated(browser: Browser, written: Path) -> None:
    page = browser.new_page()
    page.goto(f"{written.as_uri()}#kpi_2:england")
    assert page.get_by_text("Mean working days from receipt to allocation.").first.is_visible()


def test_a_chart_is_seen_whole_on_a_telephone_but_one_of_small_parts_keeps_its_size(
    browser: Browser, written: Path
) -> None:
    page, _, _ = opened(browser, written, 400)
    box = page.locator(".drawing:not(.wide) svg").first.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 400)
    page.evaluate("document.querySelector('.drawing').classList.add('wide')")
    wide = page.locator(".drawing.wide svg").first.bounding_box()
    assert wide is not None
    assert wide["width"] >= 500


def test_sentences_in_a_table_have_room_on_a_telephone(browser: Browser, tmp_path: Path) -> None:
    said = Cell(text="Stood above the expected range (Nov 20: 40 weeks). " * 2)
    shown = table(sections=(TableSection(title="", rows=((Cell(text="Open cases"), said, Cell(text="")),)),))
    path = tmp_path / "paper.html"
    page, _ = ReviewExporter().from_notebook_node(new_notebook(cells=[code("x", shows("table", shown))]))
    path.write_text(page, encoding="utf-8")
    seen, _, _ = opened(browser, path, 400)
    box = seen.locator("td.long").first.bounding_box()
    assert box is not None
    assert box["width"] >= 190
    assert seen.evaluate("document.documentElement.scrollWidth") == 400


def test_the_keyboard_reaches_the_way_past_the_header_first(browser: Browser, written: Path) -> None:
    page = browser.new_page()
    page.goto(written.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the paper"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


REAL = ["index.html", "england/ofsted_self_assessment/ofsted_self_assessment.html", "england/explore/explore.html"]


@pytest.mark.parametrize("name", REAL)
def test_no_page_of_a_pack_asks_for_anything_or_bars_anybody(browser: Browser, outputs: Path, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, asked, reported = opened(browser, outputs / name, 1280)
    assert [url for url in asked if not url.startswith("data:")] == [(outputs / name).as_uri()]
    assert reported == []
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [1280, 400])
def test_each_link_of_the_front_page_says_of_which_paper_it_is(browser: Browser, outputs: Path, width: int) -> None:
    page, _, _ = opened(browser, outputs / "index.html", width)
    name = "Deck (PowerPoint) of Ofsted annual self-assessment: a summary, England"
    assert page.get_by_role("link", name=name, exact=True).count() == 1
    names = [link.inner_text() for link in page.get_by_role("link").all()]
    assert len(set(names)) == len(names)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_printed_table_never_leaves_its_source_alone_on_the_next_page(browser: Browser, tmp_path: Path) -> None:
    import pypdf

    for rows in range(26, 44, 3):
        body = tuple((Cell(text=f"row {row}"), Cell(text="1"), Cell(text="")) for row in range(rows))
        shown = table(sections=(TableSection(title="", rows=body),))
        content, _ = ReviewExporter().from_notebook_node(new_notebook(cells=[code("x", shows("table", shown))]))
        (tmp_path / "paper.html").write_text(content, encoding="utf-8")
        page = browser.new_page()
        page.goto((tmp_path / "paper.html").as_uri())
        page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "paper.pdf").pages]
        (last,) = (sheet for sheet in sheets if "Source: cases extract" in sheet)
        assert f"row {rows - 1}" in last
