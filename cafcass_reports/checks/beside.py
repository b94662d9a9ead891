"""An area held against the nation, as a claim says: slower than in England, below the national average."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cafcass_reports.checks.judge import Figure, faults
from cafcass_reports.checks.said import Said
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.metric import Better


def nation_faults(said: Said, figure: Measurement, nation: Measurement) -> Iterator[str]:
    """Say why an area does not stand to the nation as a claim says.

    Parameters
    ----------
    said
        The claim.
    figure, nation
        The area's figure, and the nation's of the same time and comparison.
    """
    if nation.value is None:
        yield f"{nation.area.name} has no figure to hold it against"
        return
    own, whole = Figure.of(figure), Figure.of(nation)
    if not said.pace:
        if any(faults(said, replace(own, before=whole.value))):
            yield f"{nation.area.name} is {nation.shown}"
        return
    wrong = [*faults(said, own)]
    yield from wrong
    share = figure.metric.unit == "percent"
    moved, others = (own.change, whole.change) if share else (own.percent, whole.percent)
    if wrong or moved is None or others is None:
        return
    sign = 1 if _upwards(said, figure) else -1
    further = sign * (moved - others)
    if further == 0 or (further > 0) != (said.pace == "more"):
        yield f"in {nation.area.name} it is {nation.change_shown}, and here {figure.change_shown}"


def _upwards(said: Said, figure: Measurement) -> bool:
    if said.judgement:
        return (said.judgement == "better") == (figure.metric.better is Better.HIGHER)
    return said.direction == "up"
