"""How figures moved since the pack before, in sentences made by rule."""

from __future__ import annotations

from dataclasses import replace

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.payload import Since
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.periods import Period, When


def since(found: Measurement, before: Measurement | None) -> Since | None:
    """Say how a figure moved since the pack before.

    Figures that can stand side by side (of a day, shares and means, counts of as many months) are compared. Counts
    of more months than before only grew longer: of these the change on the year before is compared.

    Parameters
    ----------
    found
        A figure.
    before
        The same in the pack before; None where it has none.

    Returns
    -------
    Since or None
        None where nothing moved that a reader sees, or too little was counted to say so.
    """
    if before is None or found.value is None or before.value is None or _few(before) or _few(found):
        return None
    if found.metric.divided or found.metric.unit == "percent" or _months(found.when) == _months(before.when):
        against = replace(found, comparison=before)
        if against.change is None or found.shown == before.shown:
            return None
        relative = against.change_unit not in ("percent", "points")
        size = float(abs(found.value / before.value - 1) * 100 if relative and before.value else abs(against.change))
        said = headlines.since(against, before)
    else:
        units = {found.change_unit, before.change_unit}
        if found.change is None or before.change is None or units != {"percent"}:
            return None
        if found.change_shown == before.change_shown:
            return None
        size = float(abs(found.change - before.change))
        said = headlines.since_in_changes(found, before)
    return Since(measurement=before.id, value=before.shown, said=said, size=round(size, 6))


def _few(found: Measurement) -> bool:
    """Whether so few are counted that a change of one or two would look like news."""
    if found.denominator is not None:
        return found.denominator < headlines.FEW
    return found.value is None or abs(found.value) < headlines.NOTABLE


def _months(when: When) -> int:
    return when.months if isinstance(when, Period) else 0
