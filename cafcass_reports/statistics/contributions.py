"""Why a whole moved: what each part adds to the change, such that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple


class Rate(NamedTuple):
    """What a quotient is made of; either may be negative where parts overlap and one of them stands for that."""

    numerator: Fraction
    denominator: Fraction


@dataclass(frozen=True)
class Contribution:
    """What a part adds to the change of the whole: by how its own rate moved, and by how its size did."""

    own: Fraction
    size: Fraction

    @property
    def total(self) -> Fraction:
        """Both together."""
        return self.own + self.size


def of_counts(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Contribution]:
    """Return what each part adds to the change of a sum: its own change.

    Examples
    --------
    >>> [int(part.total) for part in of_counts([Fraction(5), Fraction(7)], [Fraction(8), Fraction(6)])]
    [3, -1]
    """
    return [Contribution(now - then, Fraction(0)) for then, now in zip(before, after, strict=True)]


def of_rates(before: Sequence[Rate], after: Sequence[Rate]) -> list[Contribution]:
    r"""Return what each part adds to the change of a quotient of sums, such as a mean or a share.

    With a part's weight :math:`w = d / \sum d`, its rate :math:`r = n / d`, the rate of the whole :math:`R`, and a bar
    for the mean of before and after, a part adds

    .. math:: \bar w \, \Delta r + \Delta w \, (\bar r - \bar R)

    The first term is its own change, the second that of its size: growth of a part that is worse than the whole makes
    the whole worse. All parts add up to :math:`\Delta R` with nothing left over. The symmetrical form is Kitagawa's
    (*Components of a difference between two rates*, Journal of the American Statistical Association, 1955); the
    size of each part is held against the whole as by Griliches and Regev (*Firm productivity in Israeli industry*,
    Journal of Econometrics, 1995).

    Parameters
    ----------
    before, after
        For each part, in the same order, its numerator and denominator. A part without a denominator has no rate:
        all that it adds, if it is there before or after, is by its size.

    Raises
    ------
    ValueError
        If the denominators before, or after, add up to 0: the whole has no rate.

    Examples
    --------
    >>> then = [Rate(Fraction(50), Fraction(100)), Rate(Fraction(90), Fraction(100))]
    >>> now = [Rate(Fraction(60), Fraction(100)), Rate(Fraction(90), Fraction(100))]
    >>> [float(part.total) for part in of_rates(then, now)]
    [0.05, 0.0]
    """
    then, now = (Rate(sum(r.numerator for r in side), sum(r.denominator for r in side)) for side in (before, after))  # type: ignore[arg-type]
    if then.denominator == 0 or now.denominator == 0:
        raise ValueError("The denominators add up to 0; a whole without any has no rate.")
    middle = (then.numerator / then.denominator + now.numerator / now.denominator) / 2
    found = []
    for first, last in zip(before, after, strict=True):
        # Weight times rate is the numerator's share, so that a part without a denominator needs no rate.
        total = (last.numerator - middle * last.denominator) / now.denominator
        total -= (first.numerator - middle * first.denominator) / then.denominator
        own = Fraction(0)
        if first.denominator and last.denominator:
            weight = (first.denominator / then.denominator + last.denominator / now.denominator) / 2
            own = weight * (last.numerator / last.denominator - first.numerator / first.denominator)
        found.append(Contribution(own, total - own))
    return found


def rounded_together(values: Sequence[Fraction], decimals: int) -> list[Fraction]:
    """Round values so that, as shown, they add up to their rounded sum.

    Each is cut down to the decimals shown; the units still missing go to the largest remainders, a tie to the first.
    Each lies within one unit of its exact value.

    Examples
    --------
    >>> [float(value) for value in rounded_together([Fraction(1, 3), Fraction(1, 3), Fraction(-1, 6)], 1)]
    [0.4, 0.3, -0.2]
    """
    unit = 10**decimals
    scaled = [value * unit for value in values]
    cut = [floor(value) for value in scaled]
    missing = floor(sum(scaled, Fraction(1, 2))) - sum(cut)
    order = sorted(range(len(values)), key=lambda place: (cut[place] - scaled[place], place))
    up = set(order[:missing])
    return [Fraction(value + (place in up), unit) for place, value in enumerate(cut)]
