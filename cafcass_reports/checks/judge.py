"""Whether what a claim says holds of its figure: one reason for each part of it that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from cafcass_reports.checks import rounding
from cafcass_reports.checks.quantities import Kind
from cafcass_reports.checks.said import Amount, Said
from cafcass_reports.checks.vocabulary import table
from cafcass_reports.metrics.measurement import Measurement, rounded
from cafcass_reports.metrics.metric import Better, Metric

NOTHING_BEFORE = "the figure is compared with nothing"


@dataclass(frozen=True)
class Figure:
    """A figure and what it is compared with, exact.

    Parameters
    ----------
    metric
        The metric.
    value, before
        Its value, and that of its comparison; None where there is none.
    numerator, denominator
        What it was counted from, for "19 of 21".
    """

    metric: Metric
    value: Fraction
    before: Fraction | None
    numerator: int | None = None
    denominator: int | None = None

    @classmethod
    def of(cls, found: Measurement) -> Figure:
        """Return the figure of a measurement that has a value."""
        if found.value is None:
            raise ValueError(f"{found.id} has no value")
        # Shares are rounded together; the exact one may round to another whole number than all formats show.
        value = found.share if found.share is not None else found.value
        before = found.comparison.value if found.comparison else None
        return cls(found.metric, value, before, found.numerator, found.denominator)

    @property
    def change(self) -> Fraction | None:
        """The change in the metric's own unit."""
        return None if self.before is None else self.value - self.before

    @property
    def is_growth(self) -> bool:
        """Whether the figure itself is a change, as another team returned it."""
        return self.metric.title.startswith(tuple(table("growth")["titles"]))

    @property
    def percent(self) -> Fraction | None:
        """The change in percent of the comparison."""
        return None if not self.before else (self.value - self.before) / abs(self.before) * 100

    @property
    def moved(self) -> str:
        """Where it moved at the precision at which it is shown: up, down or level; empty without a comparison."""
        if self.before is None:
            # A figure that is itself a fall of so much has fallen where it is positive.
            fall = self.metric.title.startswith(tuple(table("growth")["falls"]))
            by = -self.value if fall else self.value
            return "" if not self.is_growth else "up" if by > 0 else "down" if by < 0 else "level"
        decimals = max(1, self.metric.decimals) if self.metric.divided else self.metric.decimals
        change = rounded(self.value - self.before, decimals)
        return "level" if change == 0 else "up" if change > 0 else "down"


def faults(said: Said, figure: Figure) -> Iterator[str]:
    """Say what of a claim does not hold of a figure; what needs its history is judged elsewhere.

    Parameters
    ----------
    said
        The claim.
    figure
        The figure.
    """
    if said.ambiguous:
        yield f"says both {said.ambiguous}"
        return
    # A run of months is held against those months, whatever the figure is compared with.
    # What fell to the lowest on record has fallen, whatever it is compared with.
    way = {"highest": "up", "lowest": "down"}.get(said.extreme)
    elsewhere = said.streak or (figure.before is None and said.direction and said.direction == way)
    moved = (said.direction or said.judgement) and not elsewhere
    compared = moved or said.multiple or said.changes or said.bases
    if figure.before is None and compared and not figure.is_growth:
        yield NOTHING_BEFORE
        return
    if not elsewhere:
        yield from _direction(said, figure)
        yield from _judgement(said, figure)
    if said.changes and not (said.direction or said.judgement or said.multiple):
        yield "it says by how much, and not which way in a word of the vocabulary"
    for amount in said.changes:
        yield from _change(amount, figure)
    for amount in said.values:
        yield from _value(amount, figure)
    for amount in said.bases:
        if figure.before is not None and not _is(amount, figure.before, figure.metric):
            yield f"{_quoted(amount)} is not what it was before"
    yield from _counted(said, figure)
    if said.multiple and figure.before:
        times, near = Fraction(said.multiple[0]), said.multiple[1]
        if not rounding.multiple(times, near, figure.value / figure.before):
            yield f"it is {float(figure.value / figure.before):.2f} times what it was"


def _direction(said: Said, figure: Figure) -> Iterator[str]:
    if said.direction == "steady":
        within = Fraction(table("tolerance")["steady"]) * 100
        moved = figure.change if figure.metric.unit == "percent" else figure.percent
        holds = moved is not None and abs(moved) <= within
    else:
        holds = not said.direction or said.direction == figure.moved
    if said.direction and holds == said.negated:
        yield f"it {_moved(figure)}"


def _judgement(said: Said, figure: Figure) -> Iterator[str]:
    if not said.judgement:
        return
    if figure.metric.better is Better.NEITHER:
        yield "the catalogue does not say which way is better, so that nobody can say that it improved"
        return
    good = "up" if figure.metric.better is Better.HIGHER else "down"
    holds = figure.moved in ("up", "down") and (figure.moved == good) == (said.judgement == "better")
    if holds == said.negated:
        yield f"it {_moved(figure)}, and {figure.metric.better.value} is better"


def _change(amount: Amount, figure: Figure) -> Iterator[str]:
    change, percent, kind = figure.change, figure.percent, amount.quantity.kind
    if figure.is_growth and change is None:
        if not _is(amount, figure.value, figure.metric):
            yield f"{_quoted(amount)} is not the figure"
        return
    if change is None:
        return
    share = figure.metric.unit == "percent"
    if kind is Kind.POINTS and not share:
        yield f"{_quoted(amount)}: only a percentage changes by points"
    elif kind is Kind.PERCENT and share:
        yield f"{_quoted(amount)}: a percentage changes by points, not by percent"
    elif kind in (Kind.PERCENT, Kind.FRACTION):
        if percent is None:
            yield f"{_quoted(amount)}: of nothing there is no percentage"
        elif not rounding.says(amount, percent / 100 if kind is Kind.FRACTION else percent):
            yield f"{_quoted(amount)} is not its change{_wrong_base(amount, figure)}"
    elif not rounding.says(amount, change):
        yield f"{_quoted(amount)} is not its change"


def _wrong_base(amount: Amount, figure: Figure) -> str:
    if figure.before is not None and figure.value and amount.quantity.kind is Kind.PERCENT:
        other = (figure.value - figure.before) / abs(figure.value) * 100
        if rounding.says(amount, other):
            return ", but its part of the later figure: the base is the earlier"
    return ""


def _value(amount: Amount, figure: Figure) -> Iterator[str]:
    if amount.quantity.kind is Kind.POINTS:
        yield from _change(amount, figure)
    elif amount.quantity.kind is Kind.PERCENT and figure.metric.unit != "percent":
        # A percentage of what is no share can only be a change.
        if figure.before is None:
            yield f"{_quoted(amount)}: the figure is no percentage, and is compared with nothing"
        yield from _change(amount, figure)
    elif not _is(amount, figure.value, figure.metric):
        yield f"{_quoted(amount)} is not the figure"
    elif _all_or_none(amount) and figure.value != amount.quantity.value:
        # 99.6% rounds to 100%, and yet some are left.
        counted = "" if figure.denominator is None else f": it is {figure.numerator} of {figure.denominator}"
        yield f"{_quoted(amount)} is not the figure{counted}"


def _all_or_none(amount: Amount) -> bool:
    return amount.quantity.kind is Kind.PERCENT and not amount.near and amount.quantity.value in (0, 100)


def _is(amount: Amount, value: Fraction, metric: Metric) -> bool:
    if amount.quantity.kind is Kind.FRACTION:
        return metric.unit == "percent" and rounding.says(amount, value / 100)
    return rounding.says(amount, value)


def _counted(said: Said, figure: Figure) -> Iterator[str]:
    if said.counted:
        part, whole = said.counted
        same = (part, whole) == (figure.numerator, figure.denominator)
        # "One in five" is a share, not a count.
        as_share = figure.metric.unit == "percent" and part < whole <= 100 and part <= 10
        holds = as_share and rounding.share(part, whole, said.counted_near, figure.value)
        if not (holds or (same and not said.counted_near)):
            yield f"it is {figure.numerator} of {figure.denominator}"
    share = figure.value if figure.metric.unit == "percent" else None
    if said.majority and share is not None:
        kind, near = said.majority
        close = Fraction(table("tolerance")["near"]) * 100 if near else 0
        large = Fraction(table("tolerance")["large_majority"])
        enough = {
            "most": share > 50, "large": share >= large, "all": share >= 100 - close, "none": share <= close,
            "minority": share < 50,
        }[kind]  # fmt: skip
        if not enough:
            words = {"minority": "a minority", "large": "a large majority"}
            yield f"{float(rounded(share, 1)):g}% are not {words.get(kind, kind)}"


def _moved(figure: Figure) -> str:
    return {"up": "rose", "down": "fell", "level": "held level"}[figure.moved]


def _quoted(amount: Amount) -> str:
    return f"“{amount.quantity.text.strip()}”"
