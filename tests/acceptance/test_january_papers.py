"""The papers of January 2021 beside the document: every section has its slides, every fact its place.

Facts are looked for in our words, on the slides of their topic or in the notes to them, in the decks that were made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from .test_document_figures import MEASURED, REPORTED

SELF_ASSESSMENT, COVID, DEMAND, STRATEGY = (
    "ofsted_self_assessment",
    "covid_update",
    "demand_pressures",
    "year_highlights",
)
PAPERS = (SELF_ASSESSMENT, COVID, DEMAND, STRATEGY)

# By paper and topic: what the document says there, besides its figures.
FACTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    (SELF_ASSESSMENT, "A transitional year"): (
        "chief executive", "operational directors", "interim chair", "three new board members", "Continuity",
        "three-year strategy", "grip", "Six months to consolidate", "most challenging time", "practice framework",
        "leaders closer to practice", "feedback from families", "reform of private and public law", "largest employer",
        "proud", "ahead for what to do first", "audited practice",
    ),
    (SELF_ASSESSMENT, "The numbers"): ("inspection of 2018", "two thirds", "busiest financial quarter"),
    (SELF_ASSESSMENT, "Reports and time in court"): ("25 hours", "50 to 60 hours", "first hearing"),
    (SELF_ASSESSMENT, "Our people"): ("higher than a year ago", "half the national rate", "snapshot of 2019"),
    (SELF_ASSESSMENT, "Scorecard: service and public law"): ("KPI 1", "KPI 4", "Care Application Demand"),
    (SELF_ASSESSMENT, "Scorecard: private law and people"): ("R16.4 Demand", "Sickness", "PLR Compliance"),
    (SELF_ASSESSMENT, "The stretch: our priorities"): (
        "Practice framework", "Complaints", "Listening and learning", "Organisational development",
        "Social Work Academy", "Oversight of performance", "Within our means", "Equality, diversity and inclusion",
        "Public law", "Private law", "Local family justice partnerships",
    ),
    (SELF_ASSESSMENT, "Together: our principles"): (
        "Appreciative Inquiry", "tool for analysis and planning", "group supervision", "story boards",
    ),
    (SELF_ASSESSMENT, "Together: the difference"): ("balanced", "outcome that they know", "views and experiences"),
    (SELF_ASSESSMENT, "The impact of Covid-19"): (
        "busiest year", "shock to the system", "courts slowed", "nearly a full caseload", "repeat work", "addendum",
        "prioritises new work", "courageous", "work from home", "under threat",
    ),
    (SELF_ASSESSMENT, "Leading through Covid-19"): (
        "20 March 2020", "incident management", "business centre", "police checks", "programme board", "remotely again",
        "Offices stay open",
    ),
    (SELF_ASSESSMENT, "What leaders put first"): (
        "See children", "every two weeks", "Briefings", "Wellbeing surveys", "red", "every student", "Blogs",
        "think-ins", "snapshot of public law",
    ),
    (SELF_ASSESSMENT, "How we assure quality"): (
        "may file their own reports", "confirmed in post", "three years", "after ten days", "in groups", "observed",
        "Regions compare judgements", "Regional performance boards", "in the spotlight", "corporate management team",
    ),
    (SELF_ASSESSMENT, "What children told us"): (
        "first lockdown", "from a distance", "rather meet in person", "missed", "mystery callers", "calm music",
    ),
    (SELF_ASSESSMENT, "What we did in response"): (
        "letter introduces us", "Half of all quality audits", "listening post",
    ),
    (SELF_ASSESSMENT, "The Family Justice Young People’s Board"): (
        "funded entirely", "first in January", "review of complaints", "board’s meetings",
        "Research Advisory Committee",
        "how was it for you", "impact of separation", "Advice on feedback", "achievements event",
        "Learning and Improvement Board",
    ),
    (SELF_ASSESSMENT, "What audits found"): ("Better than at the inspection of 2018", "grew as never before"),
    (SELF_ASSESSMENT, "What we do well"): (
        "what each child needs", "Direct work", "Risks are analysed", "own work and words", "speak up firmly", "judges",
        "Other professions", "settles disputes", "When a case closes",
    ),
    (SELF_ASSESSMENT, "What we need to do better"): (
        "unique needs", "reasons for what we recommend", "feedback and thoughts", "understand the basis", "limit delay",
        "was seen, and how", "brothers and sisters", "lives elsewhere", "advice was acted on",
    ),
    (SELF_ASSESSMENT, "Domestic abuse"): (
        "disclose", "well reasoned", "harms each child", "our work helps", "other agencies", "gender identity",
        "unsafe", "reasons to children", "harmful conflict", "from feedback",
    ),
    (SELF_ASSESSMENT, "We learn from practice, and tell every team"): (
        "practice alerts", "new training", "each quarter", "Regional improvement plans", "not named", "section 37",
        "beyond parental control", "secure accommodation", "special guardians",
    ),
    (SELF_ASSESSMENT, "Since the last inspection"): (
        "Supervision and management oversight", "pro contact", "perpetrator programmes", "missing as normal",
        "way to escalate", "Older children", "August 2021", "second review in February 2021", "In progress",
        "From April to December 2020",
    ),
    (SELF_ASSESSMENT, "A national improvement plan"): (
        *(f"{number}. " for number in range(1, 13)), "care orders at home", "Child Impact Assessment Framework",
    ),
    (SELF_ASSESSMENT, "The impact of leaders"): (
        "visible senior team", "service managers", "protocol", "section 7 hub", "directors begin to audit",
        "see children", "sponsor", "Principal Social Worker",
    ),
    (SELF_ASSESSMENT, "Reform of family justice"): (
        "Practice Direction 36Q", "two years of reform", "pilots", "children who wait longest", "(ADCS)",
        "good enough", "Social Work Evidence Template", "care at home", "supervision orders",
    ),
    (COVID, "Where we stand"): ("risk is red", "national picture", "5 January", "variant", "week to 15 January 2021"),
    (COVID, "Colleagues absent and self-isolating"): ("national picture", "School places"),
    (COVID, "How children are seen"): ("December 2020", "5 January", "seen by video", "Offices stay open"),
    (COVID, "The strategic risk"): ("High: 20", "up from 12", "rate of transmission"),
    (COVID, "Where work is prioritised"): (
        "1 of 7 regions", "2 more are at risk", "in place since", "South Yorkshire and Humber", "first hearing",
    ),
    (COVID, "What we are doing"): (
        "Live events", "every two weeks", "School places", "special leave", "continuity", "exhausted", "protocol",
    ),
    (DEMAND, "New and open cases"): ("busiest December on record", "known future work", "remains slow",
                                     "Quiet is a worry", "addendum reports and section 7 reports"),
    (DEMAND, "Teams that allocate late"): ("3 working days or more",),
    (DEMAND, "Caseloads"): ("Practice supervisors", "nearly a full caseload"),
    (STRATEGY, "Year 1 highlights"): (
        "updated values", "review of complaints", "listen and learn", "New letters", "Social Work Academy",
        "IT projects",
        "wellbeing offer", "performance boards", "research advisory committee", "recovery group", "36Q", "Template",
    ),
    (STRATEGY, "Priorities for year 2"): (
        "domestic abuse", "diversity better", "listening post", "digital offer", "after Covid-19", "workforce",
        "inclusion strategy", "backlogs", "pilots", "why court now",
    ),
    (STRATEGY, "Next steps"): ("February 2021", "to 2023", "March 2021", "April 2021", "Early autumn 2021"),
    (STRATEGY, "The principles"): ("Appreciative Inquiry", "story boards"),
    (STRATEGY, "The commitments"): ("balanced", "risk", "empathy and integrity", "safety and welfare"),
    (STRATEGY, "The difference"): ("strengths", "outcome that they know"),
    (STRATEGY, "An emerging framework"): ("restorative", "hears practitioners and families", "practitioners own it"),
}  # fmt: skip

# What a paper writes otherwise than print: as measured and not to the thousand, with decimals, in words.
WRITTEN = {
    "open_children_dec_2020, change": "17,431",
    "busiest_quarter": "July to September 2020 was the busiest",
    "children_public_share": "33.3%",
    "children_private_share": "66.7%",
    "caseload_after_first_hearing_teams": "23.9",
    "caseload_to_first_hearing_teams": "55.0",
    "over_20_cases": "74.0%",
    "court_throughput": "−20%",
    "addendum_rate": "rate 25% above",
    "children_2019_20, change": "growing by 5% a year",
    "section_7_2019_20, change": "30% more than three years before",
    "rule_16_4_2019_20, change": "reports, 54% more",
    "teams_kpi2_high": "4 of 64 teams",
    "regions_prioritising": "1 region prioritises",
    "regions_prioritising, change": "2 more are at risk",
    "covid_absences, change": "8 more absent with Covid-19 than a week before",
    "covid_isolating, change": "10 more self-isolating",
    "audits_per_adviser": "least 8 files",
    "audits_per_adviser, change": "reduced to 4 a year",
    "benchmarking_sessions": "4 times a year",
    "reflection_areas": "of 8 areas",
    "reflection_areas, change": "6 of 8",
    "improvement_plan_areas": "12 areas",
    "audits_good_or_better": "63.0%",
    "audits_met": "30.0%",
    "audits_requires_improvement": "7.0%",
    "da_audit_requires_improvement": "8%",
    "da_audit_requires_improvement, change": "17 required improvement",
    "active_associates": "105 active associates",
    "students": "34 students",
    "public_duration": "40 weeks",
    "private_to_first_hearing": "11 weeks",
    "private_after_first_hearing": "45 weeks",
    "open_public_dec_2020, change": "public law cases have grown by 17%",
    "open_private_dec_2020, change": "private law cases by 25%",
    "open_public_vs_jan_2020, change": "up 16% since January 2020",
    "open_private_vs_jan_2020, change": "private law 25%",
    "plans_with_review": "85% showed a manager’s review",
    "average_after_first_hearing": "23.9",
    "qualified_social_workers_fte": "1,471.7",
    "supervisor_share": "one open case in 20",
    "staff_absence_change": "1.53 days",
}


@cache
def slides(deck: Path) -> tuple[tuple[str, str], ...]:
    """Each slide's words, and those of its notes."""
    found = []
    for slide in Presentation(str(deck)).slides:
        shapes = [inner for shape in slide.shapes for inner in (shape.shapes if shape.shape_type == 6 else (shape,))]
        words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        words += [
            cell.text for shape in shapes if getattr(shape, "has_table", False) for cell in shape.table.iter_cells()
        ]
        notes = slide.notes_slide.notes_text_frame
        found.append(("\n".join(words), notes.text if slide.has_notes_slide and notes else ""))
    return tuple(found)


def deck(outputs: Path, paper: str) -> tuple[tuple[str, str], ...]:
    return slides(outputs / "england" / paper / f"{paper}.pptx")


@pytest.mark.parametrize(("place", "facts"), FACTS.items(), ids=[" ".join(place) for place in FACTS])
def test_every_section_of_the_document_has_its_slides_and_every_fact_its_place(
    place: tuple[str, str], facts: tuple[str, ...], outputs: Path
) -> None:
    paper, topic = place
    told = [said for said in deck(outputs, paper) if re.search(rf"(?m)(^|· ){re.escape(topic)}$", said[0])]
    assert told
    words = " ".join("\n".join(said) for said in told).casefold()
    assert [fact for fact in facts if fact.casefold() not in words] == []


@pytest.mark.parametrize(("name", "printed"), [row[:2] for row in (*MEASURED, *REPORTED)])
def test_every_figure_of_the_document_is_told_in_a_paper(name: str, printed: str, outputs: Path) -> None:
    told = "\n".join("\n".join(said) for paper in PAPERS for said in deck(outputs, paper))
    written = WRITTEN.get(name, printed)
    assert re.search(rf"(?<![\d.,]){re.escape(written)}(?!\d|[.,]\d)", told)


def test_a_paper_ends_with_what_it_asks(outputs: Path) -> None:
    for paper in PAPERS:
        assert "What we ask" in deck(outputs, paper)[-1][0]


def test_the_binder_holds_the_papers_in_the_order_of_the_meeting_with_contents_and_numbers_run_through(
    outputs: Path,
) -> None:
    folder = outputs / "england" / "board_papers"
    bound = slides(folder / "board_papers.pptx")
    titles = [deck(outputs, paper)[0][0].split("\n")[0] for paper in PAPERS]
    contents = " ".join(bound[1][0].split())
    starts = [int(re.search(rf"{re.escape(title)} (\d+)", contents)[1]) for title in titles]  # type: ignore[index]
    assert [bound[start - 1][0].split("\n")[0] for start in starts] == titles
    assert starts == sorted(starts)
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "board_papers.pdf").pages]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    listed = " ".join(" ".join(pages[:2]).split())  # the contents of nine papers go over to a second page
    firsts = [int(re.search(rf"{re.escape(title)}\D*(\d+)", listed)[1]) for title in titles]  # type: ignore[index]
    assert firsts == sorted(firsts)
    assert all(title in " ".join(pages[first - 1].split()) for first, title in zip(firsts, titles, strict=True))


def test_two_pages_are_two_pages(outputs: Path) -> None:
    reader = pypdf.PdfReader(outputs / "england" / STRATEGY / f"{STRATEGY}.two-pages.pdf")
    assert len(reader.pages) == 2
