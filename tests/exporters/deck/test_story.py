from __future__ import annotations

from dataclasses import replace

from cafcass_reports.exporters.deck.story import tell
from cafcass_reports.exporters.deck.template import Kind
from cafcass_reports.exporters.tree import ChartBlock, Document, Section, TableBlock, Topic

from . import papers
from .papers import PAPER, one_topic, whole_paper


def test_a_paper_opens_with_its_title_and_an_agenda_of_its_sections() -> None:
    title, agenda = tell(whole_paper())[:2]
    assert (title.kind, title.title) == (Kind.TITLE, "Performance and quality")
    assert "England" in title.subtitle
    assert "April to November 2020" in title.subtitle
    assert [line.text for line in agenda.lines] == ["How the year has gone", "Demand", "Decisions"]


def test_a_paper_of_one_section_has_no_agenda() -> None:
    assert Kind.AGENDA not in {slide.kind for slide in tell(one_topic(papers.text("a")))}


def test_all_sections_but_the_closing_one_have_a_divider_with_its_true_number() -> None:
    dividers = [(slide.title, slide.kicker) for slide in tell(whole_paper()) if slide.kind is Kind.SECTION]
    assert dividers == [
        ("How the year has gone", "Section 1 of 3"),
        ("Demand", "Section 2 of 3"),
    ]


def test_a_paper_of_mostly_single_topics_has_no_divider_and_keeps_its_sections_names() -> None:
    paper = whole_paper()
    single = tuple(replace(section, topics=section.topics[-1:]) for section in paper.sections)
    slides = tell(replace(paper, sections=(paper.sections[0], *single[1:])))
    assert Kind.SECTION not in {slide.kind for slide in slides}
    for section in paper.sections:
        assert any(slide.kicker.startswith(section.title) for slide in slides[2:])


def test_a_divider_bears_the_sections_message() -> None:
    first, second = (slide for slide in tell(whole_paper()) if slide.kind is Kind.SECTION)
    assert [line.text for line in first.lines] == ["Proceedings take longer."]
    assert second.lines[0].text == "Open cases have risen since spring"


def test_an_exhibits_message_is_the_title_and_its_section_and_topic_the_kicker() -> None:
    slide = tell(one_topic(ChartBlock(papers.trend(), "")))[-1]
    assert (slide.title, slide.kicker) == ("Open cases have risen since spring", "The section · The topic")


def test_a_text_topic_has_its_own_title_and_the_section_as_kicker() -> None:
    slide = tell(one_topic(papers.text("a")))[-1]
    assert (slide.kind, slide.title, slide.kicker) == (Kind.TEXT, "The topic", "The section")


def test_two_charts_share_a_slide_but_a_table_has_its_own() -> None:
    pair = tell(one_topic(ChartBlock(papers.trend(), ""), ChartBlock(papers.bars(), "")))
    assert [len(slide.exhibits) for slide in pair[1:]] == [2]
    mixed = tell(one_topic(ChartBlock(papers.trend(), ""), TableBlock(papers.scorecard())))
    assert [len(slide.exhibits) for slide in mixed[1:]] == [1, 1]


def test_a_last_section_that_asks_for_a_decision_is_the_closing_slide() -> None:
    slides = tell(whole_paper())
    assert [slide.kind for slide in slides if slide.section == "Decisions"] == [Kind.CLOSING]
    assert tell(one_topic(papers.text("a")))[-1].kind is Kind.TEXT


def test_an_exhibit_without_figures_is_said_in_words() -> None:
    slide = tell(one_topic(ChartBlock(papers.trend(categories=(), series=()), "")))[-1]
    assert slide.exhibits == ()
    assert "no figures" in slide.lines[-1].text


def test_an_exhibit_without_a_title_takes_its_topics() -> None:
    plain = papers.scorecard().model_copy(update={"title": ""})
    assert tell(one_topic(TableBlock(plain)))[-1].title == "The topic"


def test_a_section_with_nothing_in_it_is_neither_slide_nor_in_the_agenda() -> None:
    slides = tell(Document("P", PAPER, (Section("Empty", ()), Section("Other", (Topic("T", (papers.text("a"),)),)))))
    assert [slide.kind for slide in slides] == [Kind.TITLE, Kind.TEXT]


def test_what_is_asked_of_partners_and_colleagues_closes_a_deck_as_a_decision_does() -> None:
    paper = whole_paper()
    asked = Section("Your part", (Topic("What we ask of you", (papers.text("Look at a record with your team."),)),))
    slides = tell(replace(paper, sections=(*paper.sections[:-1], asked)))
    assert [slide.kind for slide in slides if slide.section == "Your part"] == [Kind.CLOSING]
