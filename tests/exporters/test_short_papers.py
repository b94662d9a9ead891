"""Letters and briefings: so many pages at most, signed and dated, and as accessible as the summary."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from nbconvert.exporters import get_exporter

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.briefing import BriefingExporter
from cafcass_reports.exporters.calculations import APPENDIX
from cafcass_reports.exporters.fitted import FittedExporter
from cafcass_reports.exporters.letter import LetterExporter
from cafcass_reports.exporters.summary import render
from cafcass_reports.exporters.tree import Block, Document, Quotation, Section, Topic
from tests.exporters.summary_papers import (
    MEASUREMENT,
    bullets,
    headings,
    numbers,
    panels,
    paper,
    said,
    scorecard,
    text_of,
    valid,
)


def addressed(*blocks: Block, **about: str) -> Document:
    document = paper(sections=(Section("", (Topic("", blocks),)),), measurements=(MEASUREMENT,))
    assert document.paper is not None
    return replace(document, paper=document.paper.model_copy(update=about))


def drawn(exporter: type[FittedExporter], document: Document) -> bytes:
    return exporter()._pdf(document)


def pages(content: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def test_a_letter_is_one_page_with_head_date_and_the_role_that_signs() -> None:
    content = drawn(LetterExporter, addressed(said("Dear colleagues,"), scorecard(), author="Chief Executive"))
    text = text_of(content)
    assert pages(content) == 1
    assert valid(content) == []
    assert text.index("Demonstration organisation") < text.index("Dear colleagues") < text.rindex("Chief Executive")
    assert "20 January 2021" in text[: text.index("Dear colleagues")]
    assert "on the review page of the same name" in text
    assert APPENDIX not in text.replace("How each figure was calculated is", "")
    assert headings(content) == [("/H1", "Performance report")]


@pytest.mark.parametrize(
    ("exporter", "most", "few", "many"), [(LetterExporter, 1, 300, 900), (BriefingExporter, 4, 900, 3500)]
)
def test_a_short_paper_takes_no_more_pages_than_it_may_or_is_refused(
    exporter: type[FittedExporter], most: int, few: int, many: int
) -> None:
    assert pages(drawn(exporter, addressed(*(said("word " * 50) for _ in range(few // 50))))) <= most
    with pytest.raises(ExportError, match=r"'Performance report' takes \d+ pages") as refused:
        drawn(exporter, addressed(*(said("word " * 50) for _ in range(many // 50))))
    assert f"{most} page" in str(refused.value)


def test_a_briefing_begins_with_its_purpose_and_has_no_front_sheet() -> None:
    quotation = Quotation((said("Now I start with the child."),), "A family court adviser")
    content = drawn(
        BriefingExporter, addressed(panels(), numbers(), quotation, purpose="To tell our partners what changes.")
    )
    text = text_of(content)
    assert valid(content) == []
    assert text.index("To tell our partners") < text.index("Now I start with the child.")
    assert "Classification" not in text


def test_readers_who_are_not_the_board_are_addressed_as_you() -> None:
    asks = replace(bullets("Tell us.", "Ask us."), ordered=True)
    ours, theirs = (text_of(render(addressed(asks, readers=readers))) for readers in ("", "our partners"))
    assert "The board is asked to" in ours
    assert "We ask you to" in theirs
    assert "Our partners" in theirs
    assert "board is asked" not in theirs


@pytest.mark.parametrize(("name", "exporter"), [("board-letter", LetterExporter), ("board-briefing", BriefingExporter)])
def test_nbconvert_knows_them_by_their_names(name: str, exporter: type[FittedExporter]) -> None:
    assert get_exporter(name) is exporter
