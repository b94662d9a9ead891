"""What an exhibit hands to the exporters: the JSON in an executed notebook, strict and versioned.

Notebook cells display exhibits; each emits its payload under ``application/vnd.cafcass.<kind>.v1+json``.
Exporters read nothing else, so that no format can show what another does not.
"""

from __future__ import annotations

from pydantic import BaseModel

from cafcass_reports.exhibits.payload.charts import (
    Break,
    ChartForm,
    ChartPayload,
    ControlChart,
    ControlPayload,
    Interval,
    PicturePayload,
    Series,
    SeriesRole,
    Standing,
)
from cafcass_reports.exhibits.payload.dashboard import Characteristic, DashboardPayload, SlicedState, Slicer
from cafcass_reports.exhibits.payload.marks import Signal, Status, Tone
from cafcass_reports.exhibits.payload.paper import PaperPayload, PreviousPayload
from cafcass_reports.exhibits.payload.shown import HistoryPoint, Provenance, Shown, Since, Written, source_line
from cafcass_reports.exhibits.payload.tables import (
    BigNumber,
    Cell,
    NumbersPayload,
    TableColumn,
    TablePayload,
    TableSection,
)
from cafcass_reports.exhibits.payload.texts import (
    Arrangement,
    CommentaryPayload,
    Panel,
    PanelsPayload,
    QuotationPayload,
)

__all__ = [
    "EXHIBITS",
    "Arrangement",
    "BigNumber",
    "Break",
    "Cell",
    "Characteristic",
    "ChartForm",
    "ChartPayload",
    "CommentaryPayload",
    "ControlChart",
    "ControlPayload",
    "DashboardPayload",
    "HistoryPoint",
    "Interval",
    "NumbersPayload",
    "Panel",
    "PanelsPayload",
    "PaperPayload",
    "PicturePayload",
    "PreviousPayload",
    "Provenance",
    "QuotationPayload",
    "Series",
    "SeriesRole",
    "Shown",
    "Signal",
    "Since",
    "SlicedState",
    "Slicer",
    "Standing",
    "Status",
    "TableColumn",
    "TablePayload",
    "TableSection",
    "Tone",
    "Written",
    "mimetype",
    "source_line",
]

EXHIBITS: dict[str, type[BaseModel]] = {
    "chart": ChartPayload,
    "spc": ControlPayload,
    "table": TablePayload,
    "picture": PicturePayload,
    "dashboard": DashboardPayload,
    "numbers": NumbersPayload,
    "commentary": CommentaryPayload,
    "panels": PanelsPayload,
    "quotation": QuotationPayload,
    "paper": PaperPayload,
}
"""The kinds there are, each with its payload."""


def mimetype(kind: str) -> str:
    """Return the mimetype under which a kind of exhibit stands in a notebook.

    Examples
    --------
    >>> mimetype("chart")
    'application/vnd.cafcass.chart.v1+json'
    """
    return f"application/vnd.cafcass.{kind}.v1+json"
