"""Numbers as they come in: of Python, numpy or pandas, and refused in words where they are none."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from numbers import Integral, Real
from typing import cast

import numpy as np


def whole(given: object, what: str, least: int = 0) -> int:
    """Return a whole number of any kind; pandas makes floats of whole numbers wherever a table had gaps on its way.

    Parameters
    ----------
    given
        What should be one.
    what
        What it is, for the error: "A count".
    least
        The least that it may be.

    Raises
    ------
    ValueError
        If it is missing, a truth value, a text or anything else that is no whole number, or below `least`.
    """
    number = _real(given)
    if number is None or number % 1 != 0 or number < least:
        raise ValueError(f"{what} is {_shown(given)}; give a whole number, {least} or more.")
    return int(number)


def finite(given: object, what: str) -> float:
    """Return a number that is neither missing nor infinite.

    Raises
    ------
    ValueError
        If it is no such number.
    """
    number = _real(given)
    if number is None or not abs(number) <= sys.float_info.max:
        raise ValueError(f"{what} is {_shown(given)}; give a finite number.")
    return float(number)


def several(given: object, what: str) -> list[object]:
    """Return what a list, a series or any other row of values holds.

    Raises
    ------
    ValueError
        If it is one value alone, or a text.
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ValueError(f"{what} is {_shown(given)}; give a list.")
    return list(given)


def _real(given: object) -> float | int | None:
    # To Python a truth value is a number; among counts it is a slip of the caller.
    if isinstance(given, (bool, np.bool_)) or not isinstance(given, (Integral, Real)):
        return None
    return cast("float | int", given)


def _shown(given: object) -> str:
    return repr(given.item() if isinstance(given, np.generic) else given)
