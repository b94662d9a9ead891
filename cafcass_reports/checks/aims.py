"""Whether a figure stands to its target as a claim says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cafcass_reports.checks import rounding
from cafcass_reports.checks.said import Said
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.metric import Better
from cafcass_reports.metrics.standards import Target


def target_faults(said: Said, figure: Measurement, target: Target | None) -> Iterator[str]:
    """Say what of "met the target of 97%" does not hold.

    Parameters
    ----------
    said
        The claim.
    figure
        A figure that has a value.
    target
        That of its metric; None where it has none.
    """
    if not said.target or figure.value is None:
        return
    if target is None:
        yield "it has no target in params/targets.yml"
    elif figure.when.last < target.from_:
        yield f"its target holds from {target.from_} on"
    elif said.streak:
        yield "months running are not held against a target"
    else:
        aim = Fraction(str(target.target))
        holds = _stands(said.target, figure, aim)
        if holds == said.negated:
            yield f"the target is {target.target:g}, and {'higher' if _higher(figure) else 'lower'} is better"
        for amount in said.target_values:
            if not rounding.says(amount, aim):
                yield f"“{amount.quantity.text.strip()}” is not the target, which is {target.target:g}"


def _stands(how: str, figure: Measurement, target: Fraction) -> bool:
    value = figure.value or Fraction(0)
    if how in ("above", "below"):
        return value > target if how == "above" else value < target
    reached = value >= target if _higher(figure) else value <= target
    return reached == (how == "met")


def _higher(figure: Measurement) -> bool:
    return figure.metric.better is Better.HIGHER
