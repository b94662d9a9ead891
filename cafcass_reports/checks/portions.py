"""A count that is said to make up a share of another: private law makes up 62% of all open cases."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cafcass_reports.checks import rounding
from cafcass_reports.checks.quantities import Kind
from cafcass_reports.checks.said import Said
from cafcass_reports.checks.vocabulary import matching
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements


def portion_faults(said: Said, figure: Measurement, after: str, measurements: Measurements) -> Iterator[str]:
    """Say why a figure is not the share of another that a claim says; its shares are then judged, and taken out.

    Parameters
    ----------
    said
        The claim.
    figure
        Its figure.
    after
        The words after the claim, which name the whole.
    measurements
        Where the whole is looked up, for the same area and time.
    """
    shares = [one for one in said.values if one.quantity.kind in (Kind.PERCENT, Kind.FRACTION)]
    if not said.portion or not shares or figure.metric.unit == "percent":
        return
    said.values = [one for one in said.values if one not in shares]
    named = {metric.phrase.lower(): metric for metric in measurements.catalogue.values() if metric.unit != "percent"}
    found = matching(named).search(after)
    whole = measurements.one(named[found.group().lower()].id, figure.area, figure.when) if found else None
    if whole is None or not whole.value or figure.value is None:
        yield "it does not say of which metric in its title's words; or mark a metric that is a percentage"
        return
    exact = Fraction(figure.value) / whole.value
    for one in shares:
        if not rounding.says(one, exact if one.quantity.kind is Kind.FRACTION else exact * 100):
            text = one.quantity.text.strip()
            yield f"“{text}” is not its share: {figure.shown} of {whole.shown} are {float(exact * 100):.1f}%"
