"""Numbers in a text, as figures and as words: ``36,881``, ``5%``, ``twenty-two``, ``three quarters``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from cafcass_reports.checks.vocabulary import table

_PERCENT = r"%|\s?per\s?cent\b(?!age)"
_POINTS = r"[\s-]?(?:percentage\s+points?|points?|pp|ppts?)\b"
_NUMERAL = re.compile(
    rf"(?<![\w.,])(?:[+−–-]\s?)?£?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<decimals>\.\d+)?"
    rf"(?:\s(?P<size>thousand|million)\b)?(?P<unit>{_PERCENT}|{_POINTS})?(?!\d|,\d|\.\d)",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?P<unit>{_PERCENT}|{_POINTS})", re.IGNORECASE)
_AFTER_FRACTION = (
    r"(?=\s*$|\s*[^\w\s]|\s+(?:of|in|more|fewer|less|higher|lower|larger|smaller|longer|shorter|are|is|were|was|have|"
    r"has|had|as|from|to|since|the|on|than|over|open|up|down|each)\b)"
)


class Kind(StrEnum):
    """What a number in a text is."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    FRACTION = "fraction"
    """A share in words: a third, three quarters."""


@dataclass(frozen=True)
class Quantity:
    """A number in a text.

    Parameters
    ----------
    start, end
        Where it stands.
    text
        As written.
    value
        What it says; never negative, since a word says the direction.
    decimals
        Decimals written.
    kind
        What it is.
    """

    start: int
    end: int
    text: str
    value: Fraction
    decimals: int
    kind: Kind


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text in order.

    A lone "one" is left out: in English it seldom counts. So is "third" where a noun follows, which it only orders.

    Examples
    --------
    >>> [(one.text, float(one.value), one.kind.value) for one in quantities("Up 5% to twenty-two, a third of all.")]
    [('5%', 5.0, 'percent'), ('twenty-two', 22.0, 'number'), ('a third', 0.3333333333333333, 'fraction')]
    """
    found: list[Quantity] = []
    taken: set[int] = set()
    for one in (*_fractions(text), *_numerals(text), *_words(text)):
        if not taken.intersection(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _numerals(text: str) -> Iterator[Quantity]:
    for match in _NUMERAL.finditer(text):
        decimals = match["decimals"] or ""
        value = Fraction(match["digits"].replace(",", "") + decimals)
        if match["size"]:
            value *= table("numbers")[match["size"].lower()]
        yield Quantity(*match.span(), match.group(), value, max(0, len(decimals) - 1), _kind(match["unit"]))


def _words(text: str) -> Iterator[Quantity]:
    for match in _number_words().finditer(text):
        value = _value(match.group())
        if value == 1:
            continue
        unit = _UNIT.match(text, match.end())
        end = unit.end() if unit else match.end()
        kind = _kind(unit["unit"] if unit else None)
        yield Quantity(match.start(), end, text[match.start() : end], Fraction(value), 0, kind)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _fraction_words().finditer(text):
        named = table("fractions")[(match["part"] or "half").lower()]
        count = match["count"] or "one"
        times = 1 if count.lower() in ("a", "one") else _value(count)
        if times * Fraction(named) < 1:
            yield Quantity(*match.span(), match.group(), times * Fraction(named), 0, Kind.FRACTION)


def _kind(unit: str | None) -> Kind:
    if unit is None:
        return Kind.NUMBER
    return Kind.PERCENT if re.fullmatch(_PERCENT, unit, re.IGNORECASE) else Kind.POINTS


def _value(words: str) -> int:
    """What number words say: "two hundred and five" is 205."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ("and", "a"):
            continue
        number = table("numbers")[word]
        if number >= 1000:
            total, part = total + max(part, 1) * number, 0
        elif number == 100:
            part = max(part, 1) * 100
        else:
            part += number
    return total + part


@cache
def _number_words() -> re.Pattern[str]:
    word = f"(?:{'|'.join(table('numbers'))})"
    return re.compile(rf"(?<![\w-]){word}(?:(?:\s+and\s+|[\s-]+){word})*(?![\w-])", re.IGNORECASE)


@cache
def _fraction_words() -> re.Pattern[str]:
    plural = "|".join(word for word in table("fractions") if word.endswith("s"))
    single = "|".join(word for word in table("fractions") if not word.endswith("s") and word != "half")
    counted = rf"(?:{plural})(?![\w-])|(?:{single})(?![\w-]){_AFTER_FRACTION}"
    return re.compile(
        rf"(?<![\w-])(?:(?P<count>a|{'|'.join(table('numbers'))})[\s-]+(?P<part>{counted})"
        r"|(?<!first\s)(?<!second\s)half(?![\w-]))",
        re.IGNORECASE,
    )
