"""Any figure of matplotlib or seaborn, with its provenance, as a picture of its own."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.drawing import svg
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import PicturePayload
from cafcass_reports.exhibits.provenance import Rows, provenance, sources
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements


def picture(
    measurements: Measurements,
    drawn: object,
    derived_from: Sequence[Measurement],
    *,
    title: str,
    alt: str,
    rows: Rows = MappingProxyType({}),
) -> Exhibit:
    """Show a figure.

    Parameters
    ----------
    measurements
        Where history is looked up.
    drawn
        A matplotlib figure or axes, or a seaborn grid.
    derived_from
        The figures that it is drawn from; without any, it is marked as unprotected.
    title, alt
        Its message, and what a reader who cannot see it hears.
    rows
        By metric, the figures drawn, where they are more than those named.

    Raises
    ------
    ExportError
        Where ``drawn`` is not a figure, or has no title or alt text.
    """
    figure = _figure(drawn)
    if not title.strip() or not alt.strip():
        raise ExportError("A chart has no title or no alt text.", valid="Say in both what the chart says.")
    payload = PicturePayload(
        title=title,
        subtitle=", ".join(dict.fromkeys(found.title for found in derived_from)),
        alt=alt.replace(SUPPRESSED, "suppressed"),
        source=sources([*derived_from, *(found for figures in rows.values() for found in figures if found.suppressed)]),
        measurements=tuple(provenance(measurements, found, rows.get(found.metric.id)) for found in derived_from),
        protected=bool(derived_from),
    )
    drawing = svg(figure)
    return Exhibit("picture", payload, drawn_html(payload, drawing), f"{title}\n{alt}", drawing)


def _figure(drawn: object) -> Figure:
    found = drawn if isinstance(drawn, Figure) else getattr(drawn, "figure", None)
    if isinstance(drawn, Axes | Artist) or isinstance(found, Figure):
        root = found.get_figure(root=True) if isinstance(found, Artist) else found
        if isinstance(root, Figure):
            return root
    raise ExportError(
        f"{type(drawn).__name__} is not a figure.",
        valid="A matplotlib figure or axes, or a seaborn grid.",
        next_step="Give paper.chart what the plotting call returned.",
    )
