"""Theme colours as python-pptx wants them, and whether text in one can be read."""

from __future__ import annotations

from pptx.dml.color import RGBColor

_TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def rgb(colour: str) -> RGBColor:
    """Return ``#RRGGBB`` as python-pptx wants it."""
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def lightened(colour: str, share: float) -> str:
    """Return white with so much of a colour in it.

    Examples
    --------
    >>> lightened("#12436D", 0.1)
    '#E7ECF0'
    """
    channels = bytes.fromhex(colour.lstrip("#"))
    return "#" + "".join(f"{round(255 - share * (255 - channel)):02X}" for channel in channels)


def reads_on_white(colour: str) -> bool:
    """Tell whether text in a colour has enough contrast on white.

    Examples
    --------
    >>> reads_on_white("#12436D"), reads_on_white("#28A197")
    (True, False)
    """
    channels = [value / 255 for value in bytes.fromhex(colour.lstrip("#"))]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05) >= _TEXT_CONTRAST
