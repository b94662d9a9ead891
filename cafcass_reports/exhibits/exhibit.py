"""The exhibit: a frozen object that a notebook cell ends in, shown in every form that a reader may need."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from typing import Any

from pydantic import BaseModel

from cafcass_reports.exhibits.payload import Shown, mimetype, source_line


def drawn_html(shown: Shown, svg: str) -> str:
    """Write a drawing with its title and source as HTML: JupyterLab prefers HTML to a bare SVG."""
    address = base64.b64encode(svg.encode()).decode()
    picture = f'<img alt="{escape(shown.alt)}" src="data:image/svg+xml;base64,{address}">'
    lines = (
        f"<strong>{escape(shown.title)}</strong>",
        escape(shown.subtitle),
        picture,
        escape(source_line(shown.source)),
    )
    return "".join(f"<p>{line}</p>" for line in lines if line)


@dataclass(frozen=True)
class Exhibit:
    """What a cell shows.

    Parameters
    ----------
    kind
        One of :data:`cafcass_reports.exhibits.payload.EXHIBITS`.
    payload
        What exporters read.
    html
        What JupyterLab shows.
    text
        What a terminal shows.
    svg
        A chart or figure, drawn once for page and summary.
    """

    kind: str
    payload: BaseModel
    html: str
    text: str
    svg: str | None = None

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {
            mimetype(self.kind): self.payload.model_dump(mode="json"),
            "text/html": self.html,
            "text/plain": self.text,
        }
        if self.svg is not None:
            bundle["image/svg+xml"] = self.svg
        return bundle
