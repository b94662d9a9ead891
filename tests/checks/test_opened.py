from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from cafcass_reports.checks.opened import Opened, Page, Pdf, open_all
from tests.checks.accessibility import papers

PAGE = """<!doctype html><title>T</title>
<nav aria-label="Contents"><a href="#one">One</a></nav>
<p id="one" role="note">First</p><ul><li id="two" role="note">Second</li></ul><p class="note">Third</p>"""


@pytest.fixture
def page(tmp_path: Path) -> Page:
    file = tmp_path / "paper.html"
    file.write_text(PAGE, encoding="utf-8")
    return Opened(file).page


def tags(elements: list[object]) -> list[str]:
    return [element.tag for element in elements]  # type: ignore[attr-defined]  # lxml's elements have no types


def test_elements_are_found_by_attributes_in_the_order_of_the_page(page: Page) -> None:
    assert tags(page.having("id", "href")) == ["a", "p", "li"]
    assert tags(page.having("aria-hidden")) == []


def test_an_element_that_has_two_of_the_attributes_is_found_once(page: Page) -> None:
    assert tags(page.having("role", "id")) == ["p", "li"]


def test_elements_are_found_by_role_beside_those_whose_tag_says_it(page: Page) -> None:
    assert tags(page.of_role("note")) == ["p", "li"]
    assert tags(page.of_role("note", "nav")) == ["nav", "p", "li"]


def test_a_page_tells_which_attributes_it_has(page: Page) -> None:
    assert set(page.attributes) == {"aria-label", "class", "href", "id", "role"}


def test_a_page_that_holds_nothing_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(b"")
    with pytest.raises(ValueError, match="holds nothing"):
        _ = Opened(file).page


def test_every_check_is_handed_the_same_page(tmp_path: Path) -> None:
    file = tmp_path / "paper.html"
    file.write_text(PAGE, encoding="utf-8")
    with open_all([file]) as (opened,):
        first = opened.page
        file.unlink()
        assert opened.page is first


def test_a_broken_file_is_no_fault_until_a_check_asks_for_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "paper.pptx"
    file.write_bytes(b"no deck")
    with open_all([file]) as (opened,):
        assert opened.content == b"no deck"
        with pytest.raises(Exception, match=r"not a zip file|Package not found"):
            _ = opened.deck


def test_files_are_opened_in_their_order(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("b.txt", "a.txt")]
    for file in files:
        file.write_text(file.name)
    with open_all(files) as opened:
        assert [each.content for each in opened] == [b"b.txt", b"a.txt"]


def test_a_pdf_reads_the_same_from_its_file_and_from_its_content(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers.pdf())
    with open_all([file]) as (opened,):
        held = Pdf(file.read_bytes())
        assert [page.text for page in opened.pdf.pages] == [page.text for page in held.pages]
        held.close()


def test_a_pdf_is_closed_with_the_files(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers.pdf())
    with open_all([file]) as (opened,):
        drawn = opened.pdf.objects.pages[0].Contents
        assert opened.pdf.pages
    with pytest.raises(pikepdf.PdfError, match="closed"):
        drawn.read_bytes()
