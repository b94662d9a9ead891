"""Who works here, as a dashboard: a state for each choice of post kind, business unit and quarter end.

Everything is worked out from the rounded counts of :mod:`cafcass_reports.metrics.diversity`, which is all that a
notebook has.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.headlines import joined
from cafcass_reports.exhibits.payload import (
    Cell,
    Characteristic,
    ChartForm,
    ChartPayload,
    DashboardPayload,
    Series,
    SeriesRole,
    SlicedState,
    Slicer,
    TableColumn,
    TablePayload,
    TableSection,
)
from cafcass_reports.exhibits.registers import Registers
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.diversity import ALL_POSTS, ALL_UNITS, BASE, CHARACTERISTICS, EVERYBODY, NAME, POST_KINDS
from cafcass_reports.metrics.measurements import Measurements

FEWEST = 25
"""Below this no share is shown: HESA leaves out percentages of 22.5 people or fewer, and the next multiple is 25."""

NOTE = (
    f"Every count is rounded to a multiple of {BASE}, so that nothing is said of a few people; rounded counts add up, "
    f"and 0 stands for none to {BASE - 1}. "
    f"Shares are worked out from them, among those whose group is known, where these are {FEWEST} or more. "
    "A person who holds two posts counts twice."
)
_NONE = "–"
_PHRASES = {"Women": "held by women", "Disabled": "by disabled people", "Ethnic minorities": "by ethnic minorities"}


@dataclass(frozen=True)
class Workforce:
    """The rounded counts and the local population, as notebooks have them."""

    counts: Mapping[tuple[str, str, date, str, str], int]
    units: tuple[str, ...]
    days: tuple[date, ...]
    population: Mapping[tuple[str, str], int]
    nation: str
    source: str

    def posts(self, kind: str, unit: str, day: date) -> int:
        """How many posts are held."""
        return self.counts[kind, unit, day, EVERYBODY, EVERYBODY]

    def groups(self, kind: str, unit: str, day: date) -> tuple[tuple[int, ...], ...]:
        """How many of them by the groups of each characteristic."""
        return tuple(
            tuple(self.counts[kind, unit, day, characteristic.name, group] for group in characteristic.names)
            for characteristic in CHARACTERISTICS
        )

    def compared_with(self, unit: str) -> str:
        """The area whose population a unit is compared with: the nation where the unit has none of its own."""
        return unit if any(area == unit for area, _ in self.population) else self.nation

    def local(self, unit: str) -> tuple[tuple[float | None, ...], ...]:
        """The shares of that population by the groups of each characteristic, in per cent."""
        area = self.compared_with(unit)
        counts = (
            tuple(self.population.get((area, group), 0) for group in characteristic.names)
            for characteristic in CHARACTERISTICS
        )
        return tuple(_shares(each, fewest=1) for each in counts)


def workforce(measurements: Measurements, registers: Registers) -> Workforce:
    """Return the rounded counts that a pack holds.

    Raises
    ------
    CatalogueError
        Where it holds none.
    """
    if NAME not in registers or registers[NAME].empty:
        raise CatalogueError(
            "The pack has no workforce by characteristic at any quarter end.",
            valid="Packs that read the tables workforce and population, over a quarter or more.",
            next_step="Add both extracts, or leave the exhibit out.",
        )
    frame, people = registers[NAME], registers["population"]
    columns = ("post_kind", "unit", "as_at", "characteristic", "group")
    sources = ["Workforce records at quarter ends", *dict.fromkeys(people["source"])]
    return Workforce(
        counts=dict(zip(frame[list(columns)].itertuples(index=False, name=None), frame["posts"], strict=True)),
        units=tuple(unit for unit in dict.fromkeys(frame["unit"]) if unit != ALL_UNITS),
        days=tuple(dict.fromkeys(frame["as_at"])),
        population={
            (area, group): int(count)
            for area, group, count in zip(people["area"], people["population_group"], people["people"], strict=True)
        },
        nation=measurements.areas.nation.name,
        source="; ".join(sources),
    )


def dashboard(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show gender, disability and ethnicity for every post kind, business unit and quarter end that can be chosen.

    Raises
    ------
    CatalogueError
        Where the pack holds no counts.
    """
    held = workforce(measurements, registers)
    kinds, units = (ALL_POSTS, *POST_KINDS), (ALL_UNITS, *held.units)
    states = tuple(_state(held, kind, unit, day) for kind, unit, day in itertools.product(kinds, units, held.days))
    first = len(held.days) - 1
    chart, table = _chart(held, states[first]), _table(held, states[first])
    payload = DashboardPayload(
        title=chart.title,
        subtitle="Gender, disability and ethnicity of the workforce, by post kind, business unit and quarter end",
        alt=chart.alt,
        source=held.source,
        slicers=(
            Slicer(label="Posts", options=kinds, adds_up=True),
            Slicer(label="Business unit", options=units, adds_up=True),
            Slicer(label="Quarter end", options=tuple(_in_words(day) for day in held.days)),
        ),
        characteristics=tuple(Characteristic(name=each.name, groups=each.names) for each in CHARACTERISTICS),
        states=states,
        first=first,
        rounded_to=BASE,
        chart=chart,
        table=table,
        note=NOTE,
    )
    drawing = draw(chart)
    return Exhibit("dashboard", payload, drawn_html(chart, drawing) + as_html(table), as_text(table), drawing)


def by_unit(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show the followed group of each characteristic by business unit on the latest day, beside the population."""
    held = workforce(measurements, registers)
    day = held.days[-1]
    states = [_state(held, ALL_POSTS, unit, day) for unit in (ALL_UNITS, *held.units)]
    followed = [each.names[0] for each in CHARACTERISTICS]
    known = [state for state in states[1:] if state.shares[0][0] is not None]
    low, high = (end(known, key=lambda state: state.shares[0][0] or 0) for end in (min, max)) if known else (None, None)
    title = (
        f"Women hold from {_percent(low.shares[0][0])} to {_percent(high.shares[0][0])} of posts, by business unit"
        if low and high
        else "No business unit is large enough for shares"
    )
    rows = tuple(
        (
            Cell(text=state.chosen[1]),
            Cell(text=f"{state.posts:,}", value=float(state.posts)),
            *(
                cell
                for shares, local in zip(state.shares, state.local, strict=True)
                for cell in (Cell(text=_percent(shares[0]), value=shares[0]), Cell(text=_percent(local[0])))
            ),
        )
        for state in states
    )
    payload = TablePayload(
        title=title,
        subtitle=f"Colleagues and local population by business unit, {_in_words(day)}",
        alt=f"Table. {title}. " + " ".join("; ".join(cell.text for cell in row) + "." for row in rows),
        source=held.source,
        columns=(
            TableColumn(label="Unit", row_header=True, weight=1.1),
            TableColumn(label="Posts", align="right"),
            *(TableColumn(label=label, align="right") for name in followed for label in (name, f"{name}, local")),
        ),
        sections=(TableSection(title="", rows=rows),),
        note=f"{_NONE}: fewer than {FEWEST} people whose group is known. {NOTE}",
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def over_time(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show the followed group of each characteristic at each quarter end, for the whole, as lines."""
    held = workforce(measurements, registers)
    states = [_state(held, ALL_POSTS, ALL_UNITS, day) for day in held.days]
    lines = [
        (characteristic.names[0], [state.shares[at][0] for state in states])
        for at, characteristic in enumerate(CHARACTERISTICS)
    ]
    first, last = (_in_words(held.days[end]) for end in (0, -1))
    said = "; ".join(f"{name} from {_percent(line[0])} to {_percent(line[-1])}" for name, line in lines)
    still = all(abs((line[-1] or 0) - (line[0] or 0)) <= 1 for _, line in lines)
    title = "Who works here has hardly changed" if still else f"Since {first}: {said[0].lower()}{said[1:]}"
    payload = ChartPayload(
        title=title,
        subtitle=f"Share of colleagues whose group is known, per cent, {held.nation}, {first} to {last}",
        alt=f"Line chart. {title}. {said}.",
        source=held.source,
        form=ChartForm.LINE,
        categories=tuple(f"{day:%b %Y}" for day in held.days),
        series=tuple(
            Series(
                name=name,
                role=SeriesRole.ACTUAL,
                values=tuple(line),
                labels=tuple(_percent(value) for value in line),
            )
            for name, line in lines
        ),
        number_format="0",
        unit="percent",
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), f"{title}\n{payload.subtitle}\n{said}", drawing)


def _state(held: Workforce, kind: str, unit: str, day: date) -> SlicedState:
    counts = held.groups(kind, unit, day)
    return SlicedState(
        chosen=(kind, unit, _in_words(day)),
        posts=held.posts(kind, unit, day),
        counts=counts,
        shares=tuple(_shares(each, fewest=FEWEST) for each in counts),
        local_of=held.compared_with(unit),
        local=held.local(unit),
    )


def _shares(counts: Sequence[int], *, fewest: int) -> tuple[float | None, ...]:
    """Return shares of those known in whole per cent, to 100; the last count is of those not known."""
    known = sum(counts[:-1])
    if known < fewest:
        return (None,) * len(counts)
    return (*(float(round(100 * count / known)) for count in counts[:-1]), None)


def _chart(held: Workforce, state: SlicedState) -> ChartPayload:
    named = [each.names[0] for each in CHARACTERISTICS]
    ours = [shares[0] for shares in state.shares]
    local = [shares[0] for shares in state.local]
    title = f"Of {state.posts:,} posts, " + joined(
        [f"{_percent(share)} are {_PHRASES[name]}" if not at else f"{_percent(share)} {_PHRASES[name]}"
         for at, (name, share) in enumerate(zip(named, ours, strict=True))]
    )  # fmt: skip
    categories = tuple(f"{name}, {who}" for name in named for who in ("colleagues", f"people in {state.local_of}"))
    said = ". ".join(
        f"{name}: {_percent(our)} of colleagues, {_percent(other)} of people in {state.local_of}"
        for name, our, other in zip(named, ours, local, strict=True)
    )
    return ChartPayload(
        title=title,
        subtitle=f"Share of those whose group is known, per cent. {', '.join(state.chosen)}",
        alt=f"Bar chart. {title}. {said}.",
        source=held.source,
        form=ChartForm.BAR,
        categories=categories,
        series=(
            _bars("Colleagues", SeriesRole.ACTUAL, [value for our in ours for value in (our, None)]),
            _bars("Local population", SeriesRole.COMPARISON, [value for other in local for value in (None, other)]),
        ),
        number_format="0",
        unit="percent",
    )


def _bars(name: str, role: SeriesRole, values: Sequence[float | None]) -> Series:
    labels = tuple("" if value is None else _percent(value) for value in values)
    return Series(name=name, role=role, values=tuple(values), labels=labels)


def _table(held: Workforce, state: SlicedState) -> TablePayload:
    title = f"{state.posts:,} posts by gender, disability and ethnicity"
    sections = tuple(
        TableSection(
            title=characteristic.name,
            rows=tuple(
                (
                    Cell(text=group),
                    Cell(text=f"{counts[at]:,}", value=float(counts[at])),
                    Cell(text=_percent(shares[at]), value=shares[at]),
                    Cell(text=_percent(local[at]), value=local[at]),
                )
                for at, group in enumerate(characteristic.names)
            ),
        )
        for characteristic, counts, shares, local in zip(
            CHARACTERISTICS, state.counts, state.shares, state.local, strict=True
        )
    )
    said = " ".join(f"{row[0].text} {row[1].text}, {row[2].text}." for each in sections for row in each.rows)
    return TablePayload(
        title=title,
        subtitle=", ".join(state.chosen),
        alt=f"Table. {title}. {said}",
        source=held.source,
        columns=(
            TableColumn(label="Group", row_header=True, weight=1.6),
            TableColumn(label="Posts", align="right"),
            TableColumn(label="Share of known", align="right"),
            TableColumn(label=f"People in {state.local_of}", align="right", weight=1.2),
        ),
        sections=sections,
        note=NOTE,
    )


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{value:.0f}%"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
