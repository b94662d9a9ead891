"""Big numbers: a few figures set large, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import BigNumber, NumbersPayload, source_line
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.scorecard import change_cell
from cafcass_reports.exhibits.tables import spoken
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_MOST = 6


def numbers(measurements: Measurements, metrics: Sequence[str], area: Area) -> Exhibit:
    """Show figures set large, each with what it counts, its basis and how it moved.

    Parameters
    ----------
    measurements
        What was measured.
    metrics
        One to six metrics, in any units, the most important first: its figure makes the title.
    area
        The area shown; figures that it lacks are left out as long as it has any.

    Raises
    ------
    CatalogueError
        Where there are none or too many, or one twice.
    """
    if not 1 <= len(set(metrics)) == len(metrics) <= _MOST:
        raise CatalogueError(
            f"Big numbers show {', '.join(metrics) or 'no metric'}.", valid=f"1 to {_MOST} metrics, each once."
        )
    every = [measurements.one(metric, area) for metric in metrics]
    found = [
        figure for figure in every if figure.value is not None or figure.suppressed
    ] or every  # what an area lacks takes no room
    title = headlines.number(next((figure for figure in found if not figure.suppressed), found[0]))
    payload = NumbersPayload(
        title=title,
        subtitle=f"{area.name}, change against {headlines.against([f for f in found if f.change_shown] or found)}",
        alt=f"{title}. " + " ".join(_spoken(figure) for figure in found),
        source=sources(found),
        measurements=tuple(provenance(measurements, figure) for figure in found),
        numbers=tuple(_big(figure) for figure in found),
    )
    if not any(number.change for number in payload.numbers):
        payload = payload.model_copy(update={"subtitle": area.name})
    return Exhibit("numbers", payload, _html(payload), payload.alt)


def _big(found: Measurement) -> BigNumber:
    change = change_cell(found)
    return BigNumber(
        value=found.shown,
        label=headlines.sentence(found.metric.phrase),
        basis=_basis(found),
        change=change if change.text else None,
        measurement=found.id,
    )


def _basis(found: Measurement) -> str:
    few = found.value is not None and 0 < (found.denominator or 0) < headlines.FEW
    return f"{found.numerator} of {found.denominator}, {found.when.label}" if few else found.when.label


def _spoken(found: Measurement) -> str:
    change = f", {found.change_shown} on {_before(found)}" if found.change_shown else ""
    return f"{headlines.sentence(found.metric.phrase)}, {_basis(found)}: {found.spoken}{change}."


def _before(found: Measurement) -> str:
    return "the week before" if found.metric.weekly else "last year"


def _html(payload: NumbersPayload) -> str:
    rows = "".join(
        f"<tr><td><strong>{escape(number.value)}</strong></td><td>{escape(number.label)}, {escape(number.basis)}</td>"
        f"<td>{escape(spoken(number.change)) if number.change else ''}</td></tr>"
        for number in payload.numbers
    )
    return (
        f"<table><caption>{escape(payload.title)}</caption>{rows}</table><p>{escape(source_line(payload.source))}</p>"
    )
