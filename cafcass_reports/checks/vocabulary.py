"""The words of claims and numbers: ``vocabulary.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return one table of the vocabulary."""
    found: dict[str, Any] = _all()[name]
    return found


@cache
def kinds(name: str) -> dict[str, str]:
    """Return what each word of a table of lists says: ``kinds("direction")["rose"]`` is ``"up"``."""
    return {word: kind for kind, words in table(name).items() for word in words}


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Return a pattern of all words of tables, the longest first, each matched whole."""
    words = [word for name in names for word in (kinds(name) if _lists(name) else table(name))]
    return matching(words)


def matching(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds words whole, whatever their case, the longest first."""
    return _matching(tuple(words))


@lru_cache(maxsize=1024)
def _matching(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_loose, ordered))})(?![\w-])", re.IGNORECASE)


@cache
def nation() -> re.Pattern[str]:
    """Return the pattern of the nation where something is held against it: ``than in England``."""
    words = "|".join(_loose(word) for word in sorted(table("nation")["words"], key=len, reverse=True))
    return re.compile(
        # Above and below stay: they say the direction.
        rf"(?:\b(?:than|as|with)\s+(?:in\s+|for\s+|across\s+)?|(?<=\babove\s)|(?<=\bbelow\s))(?:the\s+)?(?:{words})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def labels() -> re.Pattern[str]:
    """Return the pattern of numbers that name something and count nothing: dates, sections, ``KPI 2``."""
    return re.compile("|".join(f"(?:{one})" for one in table("labels")["patterns"]).replace("(?m)", ""), re.MULTILINE)


def _loose(word: str) -> str:
    """A word or phrase, however the spaces in it are broken."""
    return r"\s+".join(map(re.escape, word.split()))


def _lists(name: str) -> bool:
    return all(isinstance(value, list) for value in table(name).values())


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((files("cafcass_reports.checks") / "vocabulary.toml").read_text(encoding="utf-8"))
