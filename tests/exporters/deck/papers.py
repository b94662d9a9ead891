"""Papers built by hand, and how the tests of the deck read a deck back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cafcass_reports.exhibits.payload import (
    Arrangement,
    BigNumber,
    Cell,
    ChartForm,
    ChartPayload,
    Interval,
    NumbersPayload,
    Panel,
    PanelsPayload,
    PaperPayload,
    Provenance,
    Series,
    SeriesRole,
    Standing,
    Status,
    TableColumn,
    TablePayload,
    TableSection,
    Tone,
)
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    PanelsBlock,
    PanelText,
    Paragraph,
    PictureBlock,
    Quotation,
    Run,
    Section,
    TableBlock,
    Topic,
)

PAPER = PaperPayload(
    pack="2020-21-q3",
    pack_title="Board papers",
    organisation="Cafcass",
    area="England",
    period="April to November 2020",
    as_at="1 December 2020",
    dated="2021-01-20",
    status="draft",
    classification="OFFICIAL",
    synthetic=True,
)
GRADES = ("Outstanding", "Good", "Met", "Requires improvement", "Inadequate")
MONTHS = tuple(
    f"{month} {year}"
    for year in (19, 20)
    for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
)


def provenance(measurement: str = "public_open") -> Provenance:
    return Provenance(
        measurement=measurement,
        metric="public_open",
        title="Open public law cases",
        definition="Public law cases open on the day",
        kind="measured",
        area="England",
        period="1 December 2020",
        value="14,124",
        numerator="14,124",
        denominator="",
        comparison="1 December 2019: 12,124",
        change="+16.5%",
        source="cases extract",
        owner="operational performance",
        sql="select 1",
    )


def text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def bullets(*items: str) -> ListBlock:
    return ListBlock(tuple(ListItem((Run(item),)) for item in items))


def scorecard(rows: int = 10, title: str = "Open work is a fifth higher than a year ago") -> TablePayload:
    half = rows // 2

    def row(number: int) -> tuple[Cell, ...]:
        worse = Cell(text=f"{number}.5 points", tone=Tone.CONCERN, arrow="up")
        better = Cell(text=f"{number}.5 points", tone=Tone.IMPROVEMENT, arrow="down")
        return Cell(text=f"Measure {number}"), Cell(text=f"{number * 1000:,}"), (worse, better)[number % 2]

    return TablePayload(
        title=title,
        subtitle="Board scorecard, England",
        alt="A table of measures with their change.",
        source="cases extract",
        measurements=(provenance(),),
        columns=(
            TableColumn(label="Measure", row_header=True, weight=2),
            TableColumn(label="Now", align="right"),
            TableColumn(label="Change", align="right"),
        ),
        sections=(
            TableSection(title="Service", rows=tuple(row(number) for number in range(half))),
            TableSection(title="Practice", rows=tuple(row(number) for number in range(half, rows))),
        ),
        note="* on the day",
    )


def trend(**changes: Any) -> ChartPayload:
    payload = ChartPayload(
        title="Open cases have risen since spring",
        subtitle="Cases open at the end of each month, England",
        alt="Line chart of open cases by month.",
        source="Case records",
        measurements=(provenance(),),
        form=ChartForm.LINE,
        categories=MONTHS,
        series=(
            Series(name="Private law", role=SeriesRole.ACTUAL, values=tuple(18000.0 + 200 * n for n in range(24))),
            Series(name="Public law", role=SeriesRole.ACTUAL, values=tuple(12000.0 + 90 * n for n in range(24))),
        ),
        number_format="#,##0",
        unit="cases",
    )
    return payload.model_copy(update=changes)


def bars(**changes: Any) -> ChartPayload:
    series = (
        Series(name="2019", role=SeriesRole.COMPARISON, values=(88.1, 70.2, 91.0)),
        Series(name="2020", role=SeriesRole.ACTUAL, values=(92.1, 75.2, 90.0)),
    )
    given = {
        "title": "FTE grew in two of three areas",
        "form": ChartForm.BAR,
        "categories": ("A1", "A2", "A3"),
        "series": series,
        "number_format": "0.0",
    }
    return trend(**(given | changes))


def grades(**changes: Any) -> ChartPayload:
    shares = ((9.0, 54.0, 25.0, 10.0, 2.0), (7.0, 52.0, 27.0, 11.0, 3.0))
    series = tuple(
        Series(
            name=grade,
            role=SeriesRole.GRADE,
            values=tuple(share[number] for share in shares),
            labels=tuple(f"{share[number]:.0f}%" for share in shares),
        )
        for number, grade in enumerate(GRADES)
    )
    given = {
        "title": "Most audited work is good",
        "form": ChartForm.STACKED_100,
        "categories": ("2020", "2019"),
        "series": series,
        "number_format": "0",
    }
    return trend(**(given | changes))


REGIONS = (
    "Greater London",
    "South Yorkshire and Humberside",
    "Cumbria and Lancashire",
    "Durham, Teesside and Tyne",
    "Cheshire, Merseyside and Wirral",
    "Nottinghamshire and Derbyshire",
)


def areas(count: int = 19, **changes: Any) -> ChartPayload:
    """Areas in order of their figures, with the whole among them as a series of its own."""
    names = tuple("England" if at == 7 else f"A{at} {REGIONS[at % len(REGIONS)]}" for at in range(count))
    values = tuple(round(28 - 0.9 * at, 1) for at in range(count))
    series = tuple(
        Series(
            name=name,
            role=role,
            values=tuple(value if (at == 7) is whole else None for at, value in enumerate(values)),
            labels=tuple(f"{value:.1f}" for value in values),
        )
        for name, role, whole in (
            ("By area", SeriesRole.ACTUAL, False),
            ("England", SeriesRole.COMPARISON, True),
        )
    )
    given = {
        "title": "Active cases per adviser differ twofold between areas",
        "subtitle": "Active cases per full-time equivalent, 1 December 2020, by area; England stands out",
        "form": ChartForm.BAR,
        "categories": names,
        "series": series,
        "number_format": "0.0",
    }
    return trend(**(given | changes))


def dots(**changes: Any) -> ChartPayload:
    """Two parts with their intervals against the whole's line."""
    given: dict[str, Any] = {
        "name": "Worse than England",
        "role": SeriesRole.ACTUAL,
        "values": (50.0, None),
        "labels": ("50%", ""),
        "intervals": (Interval(low=40.0, high=60.0, shown=("40", "60")), None),
        "standing": Standing.WORSE,
    }
    whole = Series(name="England", role=SeriesRole.COMPARISON, values=(80.0, 80.0), labels=("80%", "80%"))
    return trend(
        title="Good or better: A1 worse than England (80%)",
        form=ChartForm.DOT,
        categories=("A1", "A2 [c]"),
        series=(Series(**(given | changes)), whole),
        number_format='#,##0"%"',
        unit="percent",
    )


def columns_with_a_line() -> ChartPayload:
    now = Series(name="New cases", role=SeriesRole.ACTUAL, values=(4.0, 5.0), labels=("4", "5"))
    before = Series(name="A year before", role=SeriesRole.COMPARISON, values=(3.0, 6.0), labels=("3", "6"))
    return trend(form=ChartForm.COMBO, categories=("Oct 20", "Nov 20"), series=(now, before))


def small_multiples() -> ChartPayload:
    series = tuple(
        Series(name=f"A{at}", role=SeriesRole.ACTUAL, values=(1.0, 2.0 + at), labels=("1", f"{2 + at}"))
        for at in range(1, 8)
    )
    return trend(form=ChartForm.MULTIPLES, categories=("Oct 20", "Nov 20"), series=series)


_FOUND = (
    "72% of case plans have a management review. Oversight at allocation, review of the plan after ten days and "
    "supervision when it is needed are in place; work that is not self-filed is signed off by managers.",
    "Assessments are well reasoned, and strong where the child impact assessment is used. We need to challenge unsafe "
    "orders with better evidence, use perpetrator programmes more consistently, and tell conflict from abuse.",
    "Separate representation is always considered, reasons are good and the child is always seen. Analysis of the "
    "impact on children has to improve.",
    "186 children and families were interviewed. Preparation, and understanding what the adviser does, matter most.",
)
_DONE = (
    "New guidance is issued; a monthly review by the operational management team; oversight is part of the audit.",
    "Management oversight of cases without contact, better explanations to children, support for work that is less "
    "than good, guidance on challenging unsafe orders, training with the judiciary.",
    "Stronger oversight during proceedings, consistent use of templates, new guidance on escalation.",
    "Review after six months, new letters, new guidance, a new record of the child seen.",
)
_AREAS = (
    "Supervision and management oversight",
    "Domestic abuse",
    "Unregulated and unregistered placements",
    "Communication and direct work with children",
)


def tracker(rows: int = 8) -> TablePayload:
    """Reviews with their status and long texts."""
    statuses = tuple(Status)
    return TablePayload(
        title="Six of eight reviews are complete, and two of them led to new guidance",
        subtitle="Reviews of practice since the last inspection",
        alt="A table of reviews.",
        source="Register of reviews",
        columns=(
            TableColumn(label="Area", row_header=True, weight=2),
            TableColumn(label="Status", weight=1),
            TableColumn(label="What we found", weight=4),
            TableColumn(label="What we do", weight=3),
        ),
        sections=(
            TableSection(
                title="",
                rows=tuple(
                    (
                        Cell(text=f"{_AREAS[at % 4]} ({at + 1})"),
                        Cell(text=str(statuses[at % len(statuses)]), status=statuses[at % len(statuses)]),
                        Cell(text=_FOUND[at % 4]),
                        Cell(text=_DONE[at % 4]),
                    )
                    for at in range(rows)
                ),
            ),
        ),
    )


_COUNTED = (
    ("13,482", "Children's cases open for more than 26 weeks", "1 December 2020"),
    ("23.6", "Active cases per adviser", "1 December 2020"),
    ("63.2%", "Audited files that are good or better", "19 of 30, July to September 2020"),
    ("4,893", "New cases in the month", "December 2020"),
    ("99.5%", "Care applications allocated", "April to November 2020"),
    ("9.1 days", "Working days lost to sickness", "year to November 2020"),
)


def numbers(count: int = 4) -> NumbersPayload:
    worse = Cell(text="16.5%", tone=Tone.CONCERN, arrow="up")
    better = Cell(text="1.2 points", tone=Tone.IMPROVEMENT, arrow="up")
    level = Cell(text="no change", tone=Tone.NEUTRAL, arrow="level")
    return NumbersPayload(
        title="13,482 children have waited more than half a year",
        subtitle="England, change against the same period or day last year",
        alt="Figures set large.",
        source="Case records",
        measurements=(provenance(),),
        numbers=tuple(
            BigNumber(value=value, label=label, basis=basis, change=(worse, better, level, None)[at % 4])
            for at, (value, label, basis) in enumerate(_COUNTED[:count])
        ),
    )


_SAID = {
    "short": "We ask what works for a family, and what could harm a child.",
    "middle": "Group supervision helps colleagues to reflect, to grow in confidence, and to use the framework in the "
    "same way everywhere. Family story boards help children to understand why they are involved in the courts.",
    "long": "An analysis and planning instrument makes sense of complex information and shows a strong rationale for "
    "decisions about the protection of children and the promotion of their welfare. Managers read each plan after ten "
    "days, and again when a case has to wait. Group supervision helps colleagues to reflect, to grow in confidence, "
    "and to use the framework in the same way everywhere.",
}
_PANELS = (
    "Strengths and risks",
    "Clear and reasoned decisions",
    "Respectful relationships",
    "Children at the heart of our practice",
    "Learning",
)


def panels(arrangement: Arrangement, count: int, length: str = "middle", items: int = 0) -> PanelsBlock:
    """Panels with a text each, and a list under it where ``items`` says so."""
    moments = arrangement is Arrangement.TIMELINE
    titles = [MONTHS[at + 12] if moments else _PANELS[at % len(_PANELS)] for at in range(count)]
    listed = (bullets(*["New letters for children", "Feedback in half of all audits", "A listening post"] * items),)
    text_of = Paragraph((Run("What we do: ", bold=True), Run(_SAID[length])))
    return PanelsBlock(
        PanelsPayload(
            name="panels",
            owner="practice",
            dated="2021-01-10",
            title="Four principles hold our framework together",
            subtitle="",
            alt="Panels.",
            source="",
            arrangement=arrangement,
            panels=tuple(Panel(title=title, markdown=_SAID[length]) for title in titles),
        ),
        tuple(PanelText(title, (text_of, *(listed if items else ()))) for title in titles),
    )


def quotation(words: str = "My worker listened, and told the judge what I had said.") -> Quotation:
    return Quotation((text(words),), "A girl of twelve, in the survey of May 2020")


def picture(mimetype: str = "image/png", title: str = "Caseloads vary between teams") -> PictureBlock:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30"/></svg>'
    drawn = io.BytesIO()
    Image.new("RGB", (600, 300), "#12436D").save(drawn, "PNG")
    data = svg if mimetype == "image/svg+xml" else drawn.getvalue()
    return PictureBlock(data, mimetype, title, "Active cases per FTE", "Bars of caseloads.", "cases extract")


def one_topic(*blocks: Block, title: str = "The topic", notes: tuple[Block, ...] = ()) -> Document:
    return Document("The paper", PAPER, (Section("The section", (Topic(title, blocks, notes),)),))


def whole_paper() -> Document:
    """A paper with each kind of slide."""
    return Document(
        "Performance and quality",
        PAPER,
        (
            Section(
                "How the year has gone",
                (
                    Topic("", (text("Proceedings take longer."),)),
                    Topic("What has changed", (bullets("One", "Two", "Three"),), (text("Thank the teams."),)),
                    Topic("Scorecard", (TableBlock(scorecard()),)),
                ),
            ),
            Section(
                "Demand",
                (
                    Topic("Open work", (ChartBlock(trend(), "<svg/>"), bullets("Why", "So what"))),
                    Topic("Audits", (ChartBlock(grades(), "<svg/>"), bullets("Why", "So what"))),
                    Topic("Staff", (ChartBlock(bars(), "<svg/>"), picture())),
                    Topic("Caseloads", (picture("image/svg+xml"),)),
                ),
            ),
            Section("Decisions", (Topic("The board is asked to", (bullets("Note", "Agree"),)),)),
        ),
    )


def opened(document: Document) -> Any:
    """Draw a paper and open the deck again."""
    return Presentation(io.BytesIO(draw(document)))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text for slide in deck.slides]


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def tables(deck: Any) -> list[Any]:
    return [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def shapes(slide: Any) -> Iterator[Any]:
    """All shapes of a slide in reading order, those in groups for themselves."""
    for shape in slide.shapes:
        yield from shape.shapes if shape.shape_type is MSO_SHAPE_TYPE.GROUP else (shape,)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in shapes(slide) if shape.has_text_frame)
