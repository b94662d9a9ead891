"""An action plan of work streams: where each stands, what is overdue or slipping, what changed, and a Gantt chart.

A stream is read as its owner last returned it by the pack's snapshot. It is overdue where a target's last day has
passed and the target is not marked as met; slipping where a date lies later than in the return before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from matplotlib.figure import Figure

from cafcass_reports import theme
from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.drawing import house_look, svg
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import (
    Cell,
    PicturePayload,
    Status,
    TableColumn,
    TablePayload,
    TableSection,
)
from cafcass_reports.exhibits.registers.rows import NONE, Registers
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.extracts.plain_dates import Target, targets
from cafcass_reports.metrics.measurements import Measurements

Rows: TypeAlias = Mapping[str, Sequence[tuple[Cell, ...]]]

_NAME = "action_plan"
_SOURCE = "Action plan, as its owners returned it"
_NOTE = (
    "Late: a target's last day has passed, and it is not marked as met. Slipping: a date moved since the return before."
)


@dataclass(frozen=True)
class Stream:
    """A work stream as it was last returned, and as it was before (None where it is new)."""

    row: dict[str, Any]
    before: dict[str, Any] | None
    day: date

    @property
    def targets(self) -> tuple[Target, ...]:
        """Its targets, in the order in which they are written."""
        return targets(self.row["target_dates"])

    @property
    def complete(self) -> bool:
        """Whether it was finished by the snapshot."""
        return self.row["completed_on"] is not None and self.row["completed_on"] <= self.day

    @property
    def overdue(self) -> tuple[Target, ...]:
        """Targets that are not met and whose last day has passed."""
        late = (one for one in self.targets if one.due is not None and one.due < self.day and not one.met)
        return () if self.complete else tuple(late)

    @property
    def slipping(self) -> bool:
        """Whether its dates lie later than in the return before."""
        if self.before is None or self.complete:
            return False
        now, then = (
            [one.due for one in each if one.due] for each in (self.targets, targets(self.before["target_dates"]))
        )
        return any(new > old for new, old in zip(now, then, strict=False)) or (
            max(now, default=self.day) > max(then, default=date.max)
        )

    @property
    def status(self) -> Cell:
        """Its status, with its word, shape and meaning."""
        if self.complete:
            return _status(Status.COMPLETE)
        if self.overdue:
            return _status(Status.LATE)
        if self.slipping:
            return Cell(text="Slipping", status=Status.AT_RISK, tone=Status.AT_RISK.tone)
        return Cell(text="On time", status=Status.ON_TRACK)  # of its dates: it may not have begun

    @property
    def changes(self) -> tuple[str, ...]:
        """What is new since the return before, in words."""
        if self.before is None:
            return ("New.",)
        said = []
        if self.complete and self.before["completed_on"] is None:
            said.append("Complete.")
        if self.row["progress"] != self.before["progress"]:
            said.append(f"Was: {_lower(self.before['progress'])}. Now: {_lower(self.row['progress'])}.")
        met = [one.words for one in self.targets if one.met]
        new = [
            words
            for words in met
            if words not in {one.words for one in targets(self.before["target_dates"]) if one.met}
        ]
        said += [f"Met: {words}." for words in new]
        now, then = ([one.words for one in each] for each in (self.targets, targets(self.before["target_dates"])))
        gone, new_dates = [words for words in then if words not in now], [words for words in now if words not in then]
        if self.slipping:
            said.append(f"Dates moved: {'; '.join(new_dates)}" + (f" (was {'; '.join(gone)})." if gone else " (new)."))
        return tuple(said)


def streams(measurements: Measurements, registers: Registers) -> tuple[Stream, ...]:
    """Return the work streams as they stood on the snapshot.

    Raises
    ------
    CatalogueError
        Where the pack holds no action plan that was returned by then.
    """
    reporting = measurements.reporting
    day, opened = reporting.snapshot.day, reporting.period.first
    by_number: dict[str, list[dict[str, Any]]] = {}
    rows = registers[_NAME].to_dict("records") if _NAME in registers else []
    for row in sorted(rows, key=lambda row: (int(row["number"]), row["returned_on"])):
        if row["returned_on"] <= day:
            by_number.setdefault(row["number"], []).append({str(name): value for name, value in row.items()})
    if not by_number:
        raise CatalogueError(
            f"The pack's extracts hold no action plan returned by {reporting.snapshot.label}.",
            next_step=f"Add the extract {_NAME}, or leave the exhibit out.",
        )
    return tuple(
        Stream(returns[-1], next((one for one in reversed(returns) if one["returned_on"] < opened), None), day)
        for returns in by_number.values()
    )


def action_plan(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show all work streams by strand: owner, what comes next, target dates, status."""
    found = streams(measurements, registers)
    late = sum(bool(one.overdue) for one in found)
    slipping = sum(one.slipping and not one.overdue for one in found)
    title = f"{late or 'None'} of {len(found)} work streams late, {slipping or 'none'} slipping"
    rows: Rows = {
        strand: [
            (
                _named(one),
                Cell(text=one.row["owner"]),
                Cell(text=f"{one.row['progress']}. Next: {_lower(one.row['next_action'])}."),
                _dates(one),
                one.status,
            )
            for one in found
            if one.row["strand"] == strand
        ]
        for strand in _strands(found)
    }
    return _table(
        measurements,
        title,
        "Work streams by strand",
        ("Work stream", 1.7), ("Owner", 1.1), ("Where it stands", 2.2), ("Target dates", 2.0), ("Status", 1.0),
        rows=rows,
        note=_NOTE,
    )  # fmt: skip


def by_strand(measurements: Measurements, registers: Registers) -> Exhibit:
    """Count the work streams of each strand by how far they are; one that is late and slipping counts as late."""
    found = streams(measurements, registers)
    strands = {strand: [one for one in found if one.row["strand"] == strand] for strand in _strands(found)}
    late = sum(bool(one.overdue) for one in found)
    title = f"{sum(one.complete for one in found)} of {len(found)} work streams complete, {late or 'none'} late"
    return _table(
        measurements,
        title,
        "Work streams by strand, and the next date of each strand",
        ("Strand", 1.6), ("Next date", 1.2),
        ("Work streams", 1.0), ("Complete", 0.9), ("On time", 0.9), ("Slipping", 0.9), ("Late", 0.7),
        rows={"": [_strand_row(name, of) for name, of in (*strands.items(), ("All strands", found))]},
        note=_NOTE,
        numbers=range(2, 7),
    )  # fmt: skip


def attention(measurements: Measurements, registers: Registers) -> Exhibit:
    """List the work streams that are late, then those that are slipping, with who answers for them."""
    found = streams(measurements, registers)
    late = [one for one in found if one.overdue]
    slipping = [one for one in found if one.slipping and not one.overdue]
    rows = [
        (_named(one), Cell(text=one.row["owner"]), Cell(text=f"{one.row['next_action']}."), _dates(one), one.status)
        for one in (*late, *slipping)
    ]
    none = (Cell(text="None"), *(Cell(text="") for _ in range(4)))
    return _table(
        measurements,
        f"{_counted(len(late))} late, {len(slipping) or 'none'} slipping",
        "Work streams that are late or slipping, and what their owners do next",
        ("Work stream", 1.7), ("Owner", 1.1), ("Next", 2.0), ("Target dates", 1.8), ("Status", 1.0),
        rows={"": rows or [none]},
        note=_NOTE,
    )  # fmt: skip


def changes(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show what changed since the return before the period."""
    found = [one for one in streams(measurements, registers) if one.changes]
    title = f"{_counted(len(found))} changed in the quarter"
    rows = [(_named(one), Cell(text=" ".join(one.changes))) for one in found]
    return _table(
        measurements,
        title,
        "What changed since the return before",
        ("Work stream", 1.4),
        ("What changed", 3.0),
        rows={"": rows},
    )


def _counted(count: int) -> str:
    return f"{count} work streams" if count > 1 else f"{count or 'No'} work stream"


def gantt(measurements: Measurements, registers: Registers) -> Exhibit:
    """Draw a line a work stream: from its first date to its last, a mark for each target, the snapshot across."""
    found = streams(measurements, registers)
    day = measurements.reporting.snapshot.day
    days = [one.due for stream in found for one in stream.targets if one.due]
    first, last = min([*days, day]), max([*days, day])
    overdue = sum(bool(one.overdue) for one in found)
    title = f"{_counted(overdue)} {'have' if overdue > 1 else 'has'} a date in the past that is not met"
    said = " ".join(f"{one.row['number']}. {one.row['work_stream']}: {one.row['target_dates']}." for one in found)
    payload = PicturePayload(
        title=title,
        subtitle=f"Target dates by work stream, {measurements.reporting.snapshot.label}",
        alt=f"Gantt chart. {title}. {said}",
        source=_SOURCE,
    )
    drawing = _drawn(found, day, first, last)
    return Exhibit("picture", payload, drawn_html(payload, drawing), f"{title}\n{said}", drawing)


def _drawn(found: Sequence[Stream], day: date, first: date, last: date) -> str:
    look = theme.load()
    with house_look():
        figure = Figure(figsize=(look.chart.width, 0.6 + 0.21 * len(found)), layout="constrained")
        axes = figure.subplots()
        for at, stream in enumerate(found):
            dated = [one for one in stream.targets if one.due]
            ends = [*(one.due for one in dated), *(one.begins for one in stream.targets if one.begins)]
            begins = min([*(max(end, first) for end in ends if end), day])
            goes_on = any(one.due is None for one in stream.targets)
            until = last + timedelta(days=20) if goes_on else max([end for end in ends if end], default=day)
            axes.plot(
                [begins.toordinal(), until.toordinal()],
                [at, at],
                color=look.colour.comparison,
                linewidth=5,
                solid_capstyle="butt",
            )
            for one in dated:
                late = one in stream.overdue
                colour = look.colour.concern if late else look.colour.improvement if one.met else look.colour.series[0]
                axes.plot(
                    [_ordinal(one)],
                    [at],
                    "s" if late else "o",
                    color=colour,
                    fillstyle="full" if late or one.met else "none",
                    markersize=7,
                )
        axes.axvline(day.toordinal(), color=look.colour.neutral, linewidth=1)
        axes.set_yticks(
            range(len(found)), [f"{one.row['number']}. {one.row['work_stream']}" for one in found], fontsize=8.5
        )
        axes.invert_yaxis()
        halves = [date(year, month, 1) for year in range(first.year, last.year + 2) for month in (1, 7)]
        seen = [half for half in halves if first <= half <= last]
        axes.set_xticks([half.toordinal() for half in seen], [f"{half:%b %Y}" for half in seen])
        axes.tick_params(axis="x", labelsize=8)
        axes.set_xlabel("Filled: met. Ring: to come. Square: late. Upright line: the day of the figures.", fontsize=8)
        return svg(figure)


def _table(
    measurements: Measurements, title: str, subtitle: str, *columns: tuple[str, float],
    rows: Rows, note: str = "", numbers: Collection[int] = (),
) -> Exhibit:  # fmt: skip
    """A table of the plan; ``numbers`` says which columns hold numbers."""
    label = measurements.reporting.snapshot.label
    sections = tuple(TableSection(title=strand, rows=tuple(of)) for strand, of in rows.items())
    said = " ".join("; ".join(spoken(cell) for cell in row) + "." for section in sections for row in section.rows)
    payload = TablePayload(
        title=title,
        subtitle=f"{subtitle}, {measurements.areas.nation.name}, {label}",
        alt=f"{title}. {said}",
        source=f"{_SOURCE}, {label}",
        columns=tuple(
            TableColumn(label=name, row_header=not at, weight=weight, align="right" if at in numbers else "left")
            for at, (name, weight) in enumerate(columns)
        ),
        sections=sections,
        note=note,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _strands(found: Sequence[Stream]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.row["strand"] for one in found))


def _strand_row(name: str, found: Sequence[Stream]) -> tuple[Cell, ...]:
    complete, late = sum(one.complete for one in found), sum(bool(one.overdue) for one in found)
    slipping = sum(one.slipping and not one.overdue for one in found)
    counts = (len(found), complete, len(found) - complete - late - slipping, slipping, late)
    ahead = [one.due for stream in found if not stream.complete for one in stream.targets
             if one.due and not one.met and one.due >= stream.day]  # fmt: skip
    return (
        Cell(text=name),
        Cell(text=f"{min(ahead):%B %Y}" if ahead else NONE),
        *(Cell(text=str(count), value=float(count)) for count in counts),
    )


def _named(stream: Stream) -> Cell:
    return Cell(text=f"{stream.row['number']}. {stream.row['work_stream']}")


def _dates(stream: Stream) -> Cell:
    return Cell(text=stream.row["target_dates"])


def _ordinal(target: Target) -> int:
    return 0 if target.due is None else target.due.toordinal()


def _status(status: Status) -> Cell:
    return Cell(text=status.value, status=status, tone=status.tone)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
