"""Which characters may enter a paper: those that XML, fonts and readers' software can hold."""

from __future__ import annotations

import re
from typing import Any

# Controls other than tab and line feed, lone surrogates, non-characters, and marks without a width of
# their own that only confuse searching (word joiner, byte-order mark).
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2060\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
# ECMA-48: control sequences, operating-system commands, and two-character escapes.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")


def clean(text: str) -> str:
    r"""Take out what is not text.

    Examples
    --------
    >>> clean("a\x00b\r\nc\ud800")
    'ab\nc'
    """
    if text.replace("\n", "").isprintable():  # lines of nothing but text, as nearly all are
        return text
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_all(value: Any) -> Any:
    """Clean every text in a JSON value, keys too; a new value is returned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): clean_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(item) for item in value]
    return value


def printed(text: str) -> str:
    r"""Return what a terminal would show of a printed text: no colours, no overwritten progress.

    Examples
    --------
    >>> printed("\x1b[31m10%\r100%\x1b[0m\n")
    '100%\n'
    """
    lines = _ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return clean("\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines))
