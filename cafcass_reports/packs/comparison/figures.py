"""Figures of two packs compared: what moved, what history says otherwise, what is defined otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cafcass_reports.exhibits.payload import Provenance
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.metric import Better, Kind, Metric
from cafcass_reports.packs.comparison.model import Course, Moved, Redefined, Restated, Setting
from cafcass_reports.packs.published import Figure, Published
from cafcass_reports.periods import Period, Snapshot, When
from cafcass_reports.reporting import Reporting

Role = tuple[str, str, str]
"""Metric, area, and which of the metric's figures: that of the pack, or the latest of so many months."""

_PARTS = ("value", "numerator", "denominator")
_OWN = "own"


def reporting(of: Published) -> Reporting:
    """Return what a pack reports on."""
    said = of.manifest["parameters"]["period"]
    period = Period(date.fromisoformat(said["from"]), date.fromisoformat(said["to"]))
    return Reporting(period, Snapshot(date.fromisoformat(said["snapshot"])), period.first)


def moved(old: Published, new: Published) -> tuple[list[Moved], int]:
    """Compare the figures that both packs show for their own periods.

    Returns
    -------
    tuple
        Those that a reader sees otherwise, the most telling first: turned, then by how far the change on the year
        before has moved; and how many read the same.
    """
    before, after = _by_role(old), _by_role(new)
    found: list[tuple[tuple[bool, float], Moved]] = []
    same = 0
    for role, origin in after.items():
        former = before.get(role)
        if former is None or former.measurement == origin.measurement:
            continue
        if (former.value, former.change) == (origin.value, origin.change):
            same += 1
            continue
        one = _moved(old, new, former, origin)
        found.append(((not one.turned, -_distance(old, new, one)), one))
    return [one for _, one in sorted(found, key=lambda each: each[0])], same


def _moved(old: Published, new: Published, former: Provenance, origin: Provenance) -> Moved:
    metric = new.metrics[origin.metric]
    courses = [_course(of.figures[one.measurement], metric) for of, one in ((old, former), (new, origin))]
    papers = [exhibit.paper for exhibit in new.exhibits if origin in exhibit.measurements]
    return Moved(
        metric=origin.metric,
        title=origin.title,
        area=origin.area,
        paper=papers[0],
        papers=tuple(dict.fromkeys(papers)),
        old_id=former.measurement,
        new_id=origin.measurement,
        old_period=former.period,
        new_period=origin.period,
        old_value=former.value,
        new_value=origin.value,
        old_change=former.change,
        new_change=origin.change,
        old_course=courses[0],
        new_course=courses[1],
        turned=_turned(*courses),
    )


def _by_role(of: Published) -> dict[Role, Provenance]:
    """The figures that papers show for themselves: each metric's own for the pack, and the latest of other lengths."""
    about = reporting(of)
    found: dict[Role, Provenance] = {}
    for figure, origin in of.own.items():
        metric, when = of.metrics[origin.metric], of.figures[figure].when
        length = f"{when.months} months" if isinstance(when, Period) else "day"
        role = (origin.metric, origin.area, _OWN if _is_own(metric, when, about) else length)
        held = found.get(role)
        if held is None or of.figures[held.measurement].when.last < when.last:
            found[role] = origin
    return found


def _is_own(metric: Metric, when: When, about: Reporting) -> bool:
    if metric.returned:
        return True  # of what is returned for days of its own the latest is shown
    return when == (about.window(metric.period) if metric.period else about.snapshot)


def _course(figure: Figure, metric: Metric) -> Course:
    change = _number(figure.row["change"])
    if change is None:
        return Course.UNKNOWN
    if change == 0:
        return Course.LEVEL
    up = change > 0
    if metric.better is Better.NEITHER:
        return Course.UP if up else Course.DOWN
    return Course.IMPROVEMENT if up == (metric.better is Better.HIGHER) else Course.CONCERN


def _turned(old: Course, new: Course) -> bool:
    opposite = {Course.IMPROVEMENT: Course.CONCERN, Course.CONCERN: Course.IMPROVEMENT}
    opposite |= {Course.UP: Course.DOWN, Course.DOWN: Course.UP}
    return opposite.get(old) is new


def _distance(old: Published, new: Published, one: Moved) -> float:
    """How far a figure has moved, in percent or points: by its change on the year before where it has one."""
    rows = [old.figures[one.old_id].row, new.figures[one.new_id].row]
    units = {row["change_unit"] for row in rows}
    before, after = (_number(row["change"]) for row in rows)
    if before is not None and after is not None and units <= {"percent", "points"} and len(units) == 1:
        return abs(after - before)
    return 100 * _jump(*rows)


def restated(old: Published, new: Published, redefined: set[str], extracts: set[str]) -> tuple[list[Restated], int]:
    """Find the figures to which the new pack gives another value, numerator or denominator than the old one did.

    A projection is none of them: it is of days to come, and made anew from the records of each pack.

    Parameters
    ----------
    old, new
        The packs.
    redefined
        Metrics that are defined otherwise.
    extracts
        Tables whose extract is another file.

    Returns
    -------
    tuple
        Those that a reader sees otherwise first, the nation's before those of its parts, by how far they moved; and
        how many are as they were.
    """
    both = [figure for figure in new.figures if figure in old.figures and not _is_projected(new, figure)]
    found = []
    for figure in both:
        before, after = old.figures[figure].row, new.figures[figure].row
        if all(before[part] == after[part] for part in _PARTS):
            continue
        metric = new.metrics[after["metric"]]
        found.append(
            Restated(
                id=figure,
                title=after["title"],
                area=after["area"],
                period=new.figures[figure].when.label,
                old_value=old.shown.get(figure, before["value"]),
                new_value=new.shown.get(figure, after["value"]),
                old_parts=_parts(before),
                new_parts=_parts(after),
                reason=_reason(new, metric, redefined, extracts),
                papers=tuple(new.figures[figure].papers),
            )
        )
    order = list(Level)
    # A team of three jumps further than a nation of thousands, and matters less.
    found.sort(
        key=lambda one: (
            not one.visible,
            order.index(Level(new.levels[one.area])),
            -_jump(old.figures[one.id].row, new.figures[one.id].row),
            one.id,
        )
    )
    return found, len(both) - len(found)


def _parts(row: Any) -> str:
    """What a figure was calculated from; empty where that is the figure itself."""
    if row["numerator"] == row["value"]:
        return ""
    counts = [int(row[part]) for part in _PARTS[1:] if row[part].lstrip("-").isdigit()]
    return " of ".join(f"{count:,}" for count in counts)


def _jump(old: Mapping[str, str], new: Mapping[str, str]) -> float:
    """How far a value has moved in relation to what it was; nothing where it was none."""
    before, after = _number(old["value"]), _number(new["value"])
    return abs(after / before - 1) if before and after is not None else 0.0


def _number(text: str) -> float | None:
    """A number of ``measurements.csv``; None where a cell is empty or its figure is suppressed."""
    try:
        return float(text)
    except ValueError:
        return None


def _is_projected(of: Published, figure: str) -> bool:
    return of.metrics[of.figures[figure].row["metric"]].kind is Kind.PROJECTED


def _reason(of: Published, metric: Metric, redefined: set[str], extracts: set[str]) -> str:
    named = [metric, *parts(of, metric)]
    if any(each.id in redefined for each in named):
        return "its definition changed"
    tables = {table for each in named for table in _tables(each)}
    if changed := sorted(tables & extracts):
        return f"another extract: {', '.join(changed)}"
    return "neither its definition nor its extract changed: ask its owner"


def _tables(metric: Metric) -> Iterator[str]:
    yield from (table for table in (metric.table, metric.with_) if table)
    if metric.kind is Kind.REPORTED:
        yield "reported_figures"


def parts(of: Published, metric: Metric) -> list[Metric]:
    """Return the metrics that a quotient divides, or that a projection rests on."""
    return [of.metrics[part] for part in metric.rests_on]


def redefined(old: Published, new: Published) -> tuple[list[Redefined], int]:
    """Find the metrics that both packs use and define otherwise; and how many are defined as they were."""
    both = [metric for metric in new.metrics if metric in old.metrics]
    found = [
        Redefined(metric, new.metrics[metric].title, settings, _papers(new, metric))
        for metric in both
        if (settings := tuple(differing(_said(old, metric), _said(new, metric))))
    ]
    return found, len(both) - len(found)


def _said(of: Published, metric: str) -> dict[str, Any]:
    said: dict[str, Any] = of.manifest["metrics"][metric]
    return said


def _papers(of: Published, metric: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paper for f in of.figures.values() if f.metric == metric for paper in f.papers))


def differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Setting]:
    """Give the keys whose values are not the same, with both values in words."""
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield Setting(key, _in_words(old.get(key)), _in_words(new.get(key)))


def _in_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case dict():
            return ", ".join(f"{key} {_in_words(part)}" for key, part in value.items() if part is not None)
        case list():
            return ", ".join(map(_in_words, value))
        case _:
            return str(value)
