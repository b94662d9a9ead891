"""How much room text takes, measured with the shipped fonts, whose widths are those of Arial.

PowerPoint fits text only when a person edits it, so every size is decided here and written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PIL import ImageFont

from cafcass_reports import theme

LINE = 1.2
"""Height of a line for a font of size 1: what PowerPoint and LibreOffice give Arial, rounded up."""

_DRAWN = 100  # pixels: widths scale, so one size is measured and the others follow


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "LiberationSans-Bold.ttf" if bold else "LiberationSans-Regular.ttf"
    return ImageFont.truetype(str(theme.fonts_folder() / name), _DRAWN, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def _unit_width(text: str, bold: bool) -> float:
    return _font(bold).getlength(text) / _DRAWN


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of text in points.

    Examples
    --------
    >>> width("1,000", 18) == 2 * width("1,000", 9)
    True
    """
    return _unit_width(text, bold) * size


@lru_cache(maxsize=20_000)  # a table asks anew of each way to share it out, and the next area's paper asks the same
def count_lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """Return how many lines a text takes.

    Parameters
    ----------
    text
        The text; line feeds begin a new line.
    size
        Size of the font in points.
    room
        Width of the box in points; a word wider than it is broken, and no width is too small.
    bold
        Whether the bold face is measured.
    """
    return sum(_lines_of(line, size, max(room, size), bold) for line in text.split("\n"))


def _lines_of(line: str, size: float, room: float, bold: bool) -> int:
    space = width(" ", size, bold)
    lines, used = 1, 0.0
    for word in line.split(" "):
        needed = width(word, size, bold)
        if used and used + space + needed > room:
            lines, used = lines + 1, 0.0
        elif used:
            used += space
        if needed > room:
            # The rest of a broken word is one character a line at worst less full than the box.
            extra = int((used + needed) // (room - min(size, room / 2)))
            lines, used = lines + extra, room
        else:
            used += needed
    return lines


def wrap(text: str, size: float, room: float) -> str:
    """Return a text with line feeds where its lines would be wider than the room (in points); no word is broken."""
    lines: list[str] = []
    for given in text.split("\n"):
        line = ""
        for word in given.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer, size) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return "\n".join(lines)


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """Return the width in points of the widest word: what a column cannot be narrower than without breaking it."""
    return _longest_unit_word(text, bold) * size


@lru_cache(maxsize=20_000)
def _longest_unit_word(text: str, bold: bool) -> float:
    return max((_unit_width(word, bold) for word in text.split()), default=0.0)


def largest(sizes: Sequence[int], text: str, room: float, lines: int, bold: bool = False) -> int:
    """Return the largest of the sizes (in points, descending) at which a text takes at most ``lines`` lines.

    The smallest where none does.
    """
    return next((size for size in sizes if count_lines(text, size, room, bold) <= lines), sizes[-1])
