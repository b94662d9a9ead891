"""LaTeX that a cell put out, drawn: matplotlib knows most of its mathematics, and needs no TeX."""

from __future__ import annotations

import re

from matplotlib.figure import Figure

from cafcass_reports import theme
from cafcass_reports.exhibits.drawing import house_look, svg

_ENVIRONMENT = r"\{(?:equation|displaymath)\*?\}"
_AROUND = re.compile(rf"^\s*(?:\$\$?|\\\[|\\\(|\\begin{_ENVIRONMENT})|(?:\$\$?|\\\]|\\\)|\\end{_ENVIRONMENT})\s*$")
_SIZE, _HEIGHT = 16.0, 0.9  # points, and inches for a line with fractions
_LONGEST = 300  # characters; what is longer is no formula of one line


def formula(latex: str) -> str:
    r"""Return a formula as SVG; empty where it is none that matplotlib can draw, and stays text.

    Examples
    --------
    >>> formula(r"$$\frac{1}{2}$$").count("<svg"), formula(r"\begin{tabular}{l} a \end{tabular}")
    (1, '')
    """
    inner = " ".join(_AROUND.sub("", _AROUND.sub("", latex)).replace(r"\displaystyle", "").split())
    if not inner or len(inner) > _LONGEST or "$" in inner:
        return ""
    with house_look():
        figure = Figure(figsize=(theme.load().chart.width, _HEIGHT))
        figure.text(0.5, 0.5, f"${inner}$", size=_SIZE, ha="center", va="center")
        try:
            return svg(figure)
        except ValueError:  # mathtext's parser: the rest of LaTeX is a language of its own
            return ""
