"""Figures in a person's text, led to how they were calculated.

A text arrives with its figures filled in. One is known again by its value or change as shown, where it is the only
figure of the text with these characters and they cannot be a bare small number such as the 3 of "3 of 8".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token

from cafcass_reports.exhibits.payload import Provenance

_TELLING = re.compile(r"[\d,]*\d(?:\.\d+)?%|\d[\d,]*\.\d+|\d{3,}|\d{1,3}(?:,\d{3})+")
_SIGN = "+\N{MINUS SIGN}"


def told(figures: Iterable[Provenance]) -> dict[str, str]:
    """Return the texts by which figures are known, each with the id of the one that it can be."""
    ids: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        for text in (figure.value, figure.change.lstrip(_SIGN)):
            if _TELLING.fullmatch(text):
                ids[text].add(figure.measurement)
    return {text: next(iter(found)) for text, found in ids.items() if len(found) == 1}


def linked(children: Iterable[Token], known: Mapping[str, str]) -> list[Token]:
    """Return a paragraph's parts with a link around each known figure; inside links and code none is put."""
    if not known:
        return list(children)
    longest_first = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    figure = re.compile(rf"(?<![\d.,])({longest_first})(?![\d%]|[.,]\d)")
    found: list[Token] = []
    within = 0
    for child in children:
        within += child.nesting if child.type in ("link_open", "link_close") else 0
        found += _parts(child, figure, known) if child.type == "text" and not within else [child]
    return found


def _parts(text: Token, figure: re.Pattern[str], known: Mapping[str, str]) -> Iterator[Token]:
    for place, part in enumerate(figure.split(text.content)):
        if place % 2:  # what the pattern caught
            yield Token("link_open", "a", 1, attrs={"class": "figure", "href": f"#{known[part]}"})
            yield Token("text", "", 0, content=part)
            yield Token("link_close", "a", -1)
        elif part:
            yield Token("text", "", 0, content=part)
