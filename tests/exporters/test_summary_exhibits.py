"""Numbers set large, panels, quotations and statuses in the summary."""

import io
from dataclasses import replace

import pypdf
import pytest

from cafcass_reports.exhibits.payload import Arrangement, Cell, Status
from cafcass_reports.exporters.summary import render
from cafcass_reports.exporters.tree import Preformatted, Quotation, Section, TableBlock, Topic
from tests.exporters.summary_papers import (
    bullets,
    elements,
    headings,
    numbers,
    pages,
    panels,
    paper,
    said,
    scorecard,
    sheets,
    text_of,
    valid,
)

EACH = [
    numbers(5),
    panels(),
    panels(Arrangement.PILLARS, 5),
    panels(Arrangement.TIMELINE, 8),
    Quotation((said("They listened."), said("They came back.")), "A young person"),
]


def test_every_exhibit_conforms_wherever_it_stands() -> None:
    topics = (Topic("", tuple(EACH)), Topic("A topic", tuple(EACH)))
    sections = (Section("", topics), Section("A section", topics))

    assert valid(render(paper(sections=sections))) == []


@pytest.mark.parametrize("count", range(1, 7))
def test_a_number_is_one_paragraph_with_what_it_counts(count: int) -> None:
    content = render(paper(numbers(count)))

    text = text_of(content)
    for number in range(count):
        assert f"{number},881 Open cases {number} 1 December 2020 concern ▲ +19.0%" in text
    around = [tag for tag, _ in elements(content)].count("/P") - count
    assert around == [tag for tag, _ in elements(render(paper(numbers(1))))].count("/P") - 1


@pytest.mark.parametrize("arrangement", Arrangement)
def test_panels_are_read_one_after_the_other(arrangement: Arrangement) -> None:
    text = text_of(render(paper(panels(arrangement))))

    each = " ".join(f"Panel {number} We listen. • to children" for number in range(4))
    assert f"Four principles guide us {each}" in text


@pytest.mark.parametrize(
    ("section", "topic", "level"), [("", "", "/H2"), ("", "Topic", "/H3"), ("Section", "", "/H3"), ("S", "T", "/H4")]
)
def test_panels_titles_are_headings_one_level_below_what_they_stand_under(section: str, topic: str, level: str) -> None:
    document = paper(sections=(Section(section, (Topic(topic, (panels(),)),)),))

    found = [tag for tag, title in headings(render(document)) if title.startswith("Panel")]

    assert found == [level] * 4


def test_panels_titles_stand_in_no_contents() -> None:
    sections = tuple(Section(f"Section {number}", (Topic("", (panels(),)),)) for number in range(3))

    _, _, listed = sheets(paper(sections=sections))[0].partition("Contents")
    contents, _, _ = listed.partition("Four principles guide us")
    assert "Section 2" in contents
    assert "Panel" not in contents


@pytest.mark.parametrize("arrangement", Arrangement)
def test_long_panels_go_on_over_pages_and_lose_nothing(arrangement: Arrangement) -> None:
    content = render(paper(panels(arrangement, words="word " * 1500)))

    assert text_of(content).count("word") == 4 * 1500
    assert min(heights(content)) > 0
    assert valid(content) == []


def heights(content: bytes) -> list[float]:
    """Return how far above the foot of its page each piece of text stands, in points."""
    found: list[float] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append(matrix[5] + matrix[3] * text_matrix[5])

    for sheet in pypdf.PdfReader(io.BytesIO(content)).pages:
        sheet.extract_text(visitor_text=visit)
    return found


def test_a_quotation_stands_in_marks_before_its_speaker() -> None:
    quotation = Quotation((said("They listened."), said("They came back.")), "A young person")

    assert "“They listened. They came back.” – A young person" in text_of(render(paper(quotation)))


def test_a_quotation_without_a_speaker_is_left_as_it_was_written() -> None:
    text = text_of(render(paper(Quotation((said("They listened."),)))))

    assert "They listened." in text
    assert "“" not in text


@pytest.mark.parametrize("status", Status)
def test_a_status_is_shown_by_shape_and_word(status: Status) -> None:
    table = scorecard().table
    row = (Cell(text="Reviews"), Cell(text=""), Cell(text=str(status), status=status))
    section = table.sections[0].model_copy(update={"rows": (row,)})

    text = text_of(render(paper(TableBlock(table.model_copy(update={"sections": (section,)})))))

    assert f"{status.shape} {status}" in text


@pytest.mark.parametrize("lines", range(20, 40, 4))
def test_rows_of_text_stay_whole_under_their_labels(lines: int) -> None:
    table = scorecard().table
    rows = tuple(
        (Cell(text=f"Review {number}"), Cell(text=f"begins{number} " + "word " * 40 + f"ends{number}"), Cell(text="–"))
        for number in range(8)
    )
    section = table.sections[0].model_copy(update={"rows": rows})
    block = TableBlock(table.model_copy(update={"sections": (section,)}))

    found = [sheet for sheet in pages(Preformatted("a\n" * lines), block) if "Review" in sheet]

    for sheet in found:
        assert "This year" in sheet
        for number in range(8):
            assert (f"begins{number}" in sheet) == (f"ends{number}" in sheet) == (f"Review {number}" in sheet)


@pytest.mark.parametrize("lines", [12, 18])
def test_a_tall_table_begins_on_the_page_that_has_room_for_some_of_it(lines: int) -> None:
    first, second = pages(Preformatted("a\n" * lines), scorecard(rows=11))

    assert "Measure 0" in first
    assert "Measure 10" in second


def test_a_short_table_stays_whole() -> None:
    first, second = pages(Preformatted("a\n" * 28), scorecard(rows=2))

    assert "Measure" not in first
    assert "Measure 1" in second


@pytest.mark.parametrize("lines", range(16, 36, 2))
def test_a_table_never_begins_with_a_row_or_two(lines: int) -> None:
    first, *_ = pages(Preformatted("a\n" * lines), scorecard(rows=20))

    assert "Measure 0" not in first or "Measure 2" in first


@pytest.mark.parametrize("lines", range(18, 40, 3))
def test_a_sections_message_is_never_parted_from_its_first_topic(lines: int) -> None:
    topics = (Topic("", (said("The message."),)), Topic("First", (said("word " * 60),)))
    sections = (Section("", (Topic("", (Preformatted("a\n" * lines),)),)), Section("Demand", topics))

    (sheet,) = (sheet for sheet in sheets(paper(sections=sections)) if "The message." in sheet)

    assert "Demand" in sheet
    assert "First" in sheet


@pytest.mark.parametrize("lines", range(30, 42, 2))
def test_what_announces_a_list_is_never_parted_from_it(lines: int) -> None:
    blocks = (Preformatted("a\n" * lines), said("In five ways:"), bullets("one thing", "another thing"))

    (sheet,) = (sheet for sheet in pages(*blocks) if "In five ways:" in sheet)

    assert "one thing" in sheet


def test_hostile_words_are_shown_as_they_are() -> None:
    hostile = '#panic() $x$ *a* ] "quoted"'
    block = numbers(1)
    number = block.numbers.numbers[0].model_copy(update={"label": hostile, "value": "$1"})
    cards = replace(block, numbers=block.numbers.model_copy(update={"numbers": (number,)}))

    text = text_of(render(paper(cards, panels(words=hostile), Quotation((said(hostile),), hostile))))

    assert text.count(hostile) == 1 + 4 + 2
