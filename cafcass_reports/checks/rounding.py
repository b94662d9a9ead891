"""Whether a number that a text says is the figure, at the precision that the text chose."""

from __future__ import annotations

from fractions import Fraction

from cafcass_reports.checks.quantities import Kind, Quantity
from cafcass_reports.checks.said import Amount
from cafcass_reports.checks.vocabulary import table
from cafcass_reports.metrics.measurement import rounded


def says(amount: Amount, exact: Fraction) -> bool:
    """Whether an amount says a figure.

    The number itself is right where it is the exact figure rounded once, half away from zero, to as many decimals as
    are written; to tens, hundreds and so on where it ends in noughts and two digits are left, but for a percentage:
    99.3% is not 100%. Nearly, over and such words are held at their word, near ones within the tolerance of the
    vocabulary.

    Parameters
    ----------
    amount
        What the text says.
    exact
        The figure in the unit of the text; a fraction in words is a share of one.
    """
    said, exact = amount.quantity.value, abs(exact)
    near = Fraction(table("tolerance")["near"])
    if amount.quantity.kind is Kind.FRACTION:
        return _held(said, amount.near, exact, abs(exact - said) <= _off("fraction", said), _off("near_fraction", said))
    off = said * near
    if amount.quantity.kind in (Kind.PERCENT, Kind.POINTS):
        off = max(off, Fraction(table("tolerance")["near_percent"]))
    return _held(said, amount.near, exact, _rounds_to(amount.quantity, exact), off)


def share(part: int, whole: int, near: str, percent: Fraction) -> bool:
    """Whether a percentage is so many in so many: one in fourteen, nearly three in four.

    Examples
    --------
    >>> share(1, 14, "", Fraction(7)), share(1, 20, "", Fraction(7)), share(3, 4, "above", Fraction(73))
    (True, False, False)
    """
    said, exact = Fraction(part, whole), percent / 100
    return _held(said, near, exact, abs(exact - said) <= _off("fraction", said), _off("near_fraction", said))


def _off(name: str, said: Fraction) -> Fraction:
    """How far a share in words may be off: so many points, of a small one less."""
    tolerance = table("tolerance")
    return min(Fraction(tolerance[name]) / 100, said * Fraction(tolerance["small_fraction"]))


def _held(said: Fraction, near: str, exact: Fraction, close: bool, off: Fraction) -> bool:
    """Whether an exact figure is what is said, where words such as "nearly" stand before it."""
    below, above = said - off, said + off
    return {
        "": close,
        "about": close or below <= exact <= above,
        "above": exact > said,
        "at_least": exact >= said,
        "below": exact < said,
        "at_most": exact <= said,
        "just_above": said < exact <= above,
        "just_below": below <= exact < said,
    }[near]


def multiple(said: Fraction, near: str, ratio: Fraction) -> bool:
    """Whether a figure is so many times another: doubled from 1.95 times on, halved at 0.525 or less.

    Examples
    --------
    >>> multiple(Fraction(2), "", Fraction(18, 10)), multiple(Fraction(2), "just_below", Fraction(19, 10))
    (False, True)
    """
    tolerance = Fraction(table("tolerance")["near"])
    if near == "above":
        return ratio > said if said > 1 else ratio < said
    if near in ("at_least", "at_most"):
        return ratio >= said if said > 1 else ratio <= said
    if near in ("just_below", "below", "about", "just_above"):
        close = abs(ratio - said) <= said * 2 * tolerance
        return close if near == "about" else close and (ratio > said) == ((near == "just_above") == (said > 1))
    if said > 1:
        return said - tolerance <= ratio < said + Fraction(1, 2)
    return said * Fraction(4, 5) < ratio <= said * (1 + tolerance)


def _rounds_to(said: Quantity, exact: Fraction) -> bool:
    if rounded(exact, said.decimals) == said.value:
        return True
    coarse = said.kind is Kind.NUMBER and said.value.denominator == 1 and not said.decimals
    digits = str(said.value.numerator) if coarse else ""
    noughts = len(digits) - len(digits.rstrip("0"))
    steps = range(1, min(noughts, len(digits) - 2) + 1)
    return any(rounded(exact / 10**step, 0) * 10**step == said.value for step in steps)
