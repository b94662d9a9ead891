"""The control chart: a metric's months with their limits, special causes and target (XmR, Making Data Count)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.control_drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import (
    Break,
    ChartForm,
    ChartPayload,
    ControlChart,
    ControlPayload,
    Series,
    SeriesRole,
    Signal,
)
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.process import Process, process
from cafcass_reports.statistics.spc import SpecialCause, Variation

MOST = 4
"""Charts in one exhibit."""

_WHOLE = 100  # percent


def spc(measurements: Measurements, metrics: Sequence[str], area: Area, months: int) -> Exhibit:
    """Show metrics on control charts.

    Parameters
    ----------
    measurements
        What was measured, with its targets and rebases.
    metrics
        One to four metrics that are measured month by month.
    area
        The area shown.
    months
        How many months, the latest last; fewer where the records begin later.

    Raises
    ------
    CatalogueError
        Where there are more metrics or none, one stands twice, or one has no months or no figure for the area.
    """
    if not 1 <= len(set(metrics)) == len(metrics) <= MOST:
        raise CatalogueError(
            f"Control charts of {', '.join(metrics) or 'no metric'}.", valid=f"1 to {MOST} metrics, each once."
        )
    found = [process(measurements, metric, area, months) for metric in metrics]
    without = [each.metric.id for each in found if each.latest is None]
    if without:
        raise CatalogueError(
            f"{', '.join(without)} has no monthly figure for {area.name}.",
            next_step="Leave it out, or show it for a larger area.",
        )
    title = headline(found)
    figures = [figure for each in found for figure in (each.figures[each.known[-1]],)]
    payload = ControlPayload(
        title=title,
        subtitle=_subtitle(measurements, found),
        alt=f"{'Control chart' if len(found) == 1 else 'Control charts'}. "
        + (f"{title}. " if len(found) > 1 else "")
        + " ".join((*(each.spoken for each in found), *standing(found))),
        source=sources(figures),
        measurements=tuple(
            provenance(measurements, figure, history=each.figures) for each, figure in zip(found, figures, strict=True)
        ),
        charts=tuple(_chart(each) for each in found),
        note=" ".join(dict.fromkeys(_notes(found))),
    )
    drawing = draw(payload)
    return Exhibit("spc", payload, drawn_html(payload, drawing), payload.alt, drawing)


KEY = (
    "▲ or ▼ better, worse or changed: special cause; else usual variation. "
    "Meets or misses: what to expect of its target; else either."
)
"""What the marks beside a figure mean, for the note of a table."""


def signal(found: Process) -> Signal:
    """Return a process' icons; it has a figure."""
    if found.variation is None:
        raise ValueError(f"{found.metric.id} has no figure for {found.area.name}")
    return Signal(
        variation=found.variation,
        direction={1: "up", -1: "down"}.get(found.direction),  # type: ignore[arg-type]
        assurance=found.assurance,
    )


def headline(found: Sequence[Process]) -> str:
    """Say what one process does, or which of several give concern, improved or changed."""
    if len(found) == 1:
        return found[0].headline
    for means, one, more in (
        (Variation.CONCERN, "gives concern", "give concern"),
        (Variation.IMPROVEMENT, "improved", "improved"),
        (Variation.NEITHER, "changed", "changed"),
    ):
        named = [each.metric.phrase for each in found if each.variation is means]
        if named:
            verb = one if len(named) == 1 else more
            return f"{len(named)} of {len(found)} measures {verb}: {headlines.joined(named)}"
    return f"All {len(found)} measures varied as usual"


def _notes(found: Sequence[Process]) -> Iterator[str]:
    """The notes of all; of several each note says whose it is, once for all that share it."""
    whose: dict[str, list[str]] = {}
    for each in found:
        for note in each.notes:
            whose.setdefault(note, []).append(each.metric.phrase)
    for note, phrases in whose.items():
        named = headlines.sentence(headlines.joined(phrases))
        yield f"{named}: {note[:1].lower()}{note[1:]}" if len(found) > 1 else note
    yield from standing(found)


def standing(found: Iterable[Process]) -> Iterator[str]:
    """Say once for all what a reader must know: that limits can lie out of reach, that targets are illustrative."""
    found = list(found)
    uppers = [each.segments[-1].upper for each in found if each.metric.unit == "percent" and each.segments]
    if any(upper is not None and upper > _WHOLE for upper in uppers):
        yield "A limit above 100% is a calculation, which no month can reach."
    lowers = [each.segments[-1].lower for each in found if each.segments and _is_never_negative(each)]
    if any(lower is not None and lower < 0 for lower in lowers):
        yield "A limit below zero is a calculation, which no month can reach."
    aims = {each.metric.phrase: each.aim for each in found if each.target and each.target.illustrative}
    if len(aims) == 1:
        yield "The target is illustrative: nobody has agreed it."
    if len(aims) > 1:
        yield "The targets are illustrative: nobody has agreed them."


def _is_never_negative(found: Process) -> bool:
    return all(figure.value is None or figure.value >= 0 for figure in found.figures)


def _subtitle(measurements: Measurements, found: Sequence[Process]) -> str:
    """Say what is shown and, of a single process, the change on last year that the scorecard shows."""
    first, last = found[0].figures[0].when.label, found[0].figures[-1].when.label
    area = found[0].area.name
    if len(found) > 1:
        return f"{area}, {first} to {last}, by month; dashed lines are the expected range"
    shown = f"{headlines.sentence(found[0].metric.unit)}, {area}, {first} to {last}, by month"
    headline_figure = measurements.one(found[0].metric.id, found[0].area)
    if not headline_figure.change_shown:
        return shown
    return f"{shown}; {headline_figure.when.label} {headline_figure.shown}, {headline_figure.change_shown} on last year"


def _chart(found: Process) -> ControlChart:
    points = list(zip(found.figures, found.points, strict=True))
    return ControlChart(
        lines=ChartPayload(
            title=found.sentence,
            subtitle=headlines.sentence(found.metric.unit),
            alt=found.spoken,
            source=sources([found.figures[-1]]),
            form=ChartForm.LINE,
            categories=tuple(figure.when.short for figure, _ in points),
            series=(
                Series(
                    name=headlines.sentence(found.metric.phrase),
                    role=SeriesRole.ACTUAL,
                    values=tuple(point.value if point else None for _, point in points),
                    labels=tuple(figure.shown for figure, _ in points),
                    measurements=tuple(figure.id for figure, _ in points),
                ),
                *_limits(found),
                *_target(found),
            ),
            number_format="#,##0" if found.metric.decimals == 0 else "#,##0." + "0" * found.metric.decimals,
            unit=found.metric.unit,
            starts_at_zero=False,
        ),
        meanings=tuple(
            found.meaning(point) if point and point.special_cause is not SpecialCause.NONE else None
            for _, point in points
        ),
        breaks=tuple(
            Break(at=found.span(segment)[0], month=f"{rebase.month:%b %Y}", reason=rebase.reason.rstrip("."))
            for segment, rebase in zip(found.segments[1:], found.rebases, strict=True)
        ),
        signal=signal(found),
        aim=found.target_said,
    )


def _limits(found: Process) -> Iterator[Series]:
    """Mean and limits, for each segment series of their own: they do not join those of the next."""
    count = len(found.figures)
    for number, segment in enumerate(found.segments, start=1):
        first, last = found.span(segment)
        until = f" to {found.figures[last].when.short}" if number < len(found.segments) else ""
        lines = (
            ("Mean", SeriesRole.MEAN, segment.mean),
            ("Upper limit", SeriesRole.LIMIT, segment.upper),
            ("Lower limit", SeriesRole.LIMIT, segment.lower),
        )
        for name, role, value in lines:
            if value is not None:
                yield _level(f"{name}{until}", role, value, found.said(value), (first, last, count))


def _target(found: Process) -> Iterator[Series]:
    if found.target is None:
        return
    first = next(at for at, figure in enumerate(found.figures) if figure.when.last >= found.target.from_)
    name = headlines.sentence(found.target_said.split(" of ")[0])
    aim = found.target.target
    yield _level(name, SeriesRole.TARGET, aim, found.aim, (first, len(found.figures) - 1, len(found.figures)))


def _level(name: str, role: SeriesRole, value: float, label: str, places: tuple[int, int, int]) -> Series:
    """A line at one height; ``places`` are its first and its last, and how many there are."""
    first, last, count = places
    within = [first <= at <= last for at in range(count)]
    return Series(
        name=name,
        role=role,
        values=tuple(value if inside else None for inside in within),
        labels=tuple(label if inside else "" for inside in within),
    )
