"""What a summary must have before it is compiled: alternative texts, and characters that its font can draw.

Typst refuses such papers too, but its errors name no place; these do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.pictures import spoken
from cafcass_reports.theme import fonts_folder

# Marks that shape text but are not drawn: soft hyphen, joiners, direction marks, variation selectors.
_NOT_DRAWN = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    """Return the characters that every style of the shipped font has."""
    maps = []
    for path in sorted(fonts_folder().glob("*.ttf")):
        with TTFont(path) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset(map(chr, frozenset.intersection(*maps))) if maps else frozenset()


def check_characters(texts: Iterable[str], where: str) -> None:
    """Check that the shipped font can draw all texts.

    Raises
    ------
    ExportError
        Naming the place and the characters that it cannot draw.
    """
    missing = sorted(set[str]().union(*texts) - _drawable() - _NOT_DRAWN)
    if missing:
        names = ", ".join(f"'{character}' ({_name(character)})" for character in missing[:5])
        raise ExportError(
            f"{where} has characters that the paper's font cannot draw: {names}.",
            valid="Latin, Greek and Cyrillic letters, common signs and arrows.",
            next_step="Write them as words, or take them out.",
        )


def check_alternative(alt: str, title: str, where: str) -> None:
    """Check that a picture has an alternative text that is not a file's name.

    Raises
    ------
    ExportError
        Naming the place and the picture.
    """
    if not spoken(alt):
        named = f"The picture '{title}'" if title else "A picture"
        instead = f", only a file's name: '{alt}'" if alt else ""
        raise ExportError(
            f"{named} in {where} has no alternative text{instead}.",
            valid="A sentence that says what the picture shows, for a reader who cannot see it.",
            next_step="Give it as ![the text](attachment:...) in Markdown, or as the exhibit's alt.",
        )


def texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, without the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
