"""Any pandas frame, with its provenance, as a table exhibit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_MISSING = "not available"


def frame_table(
    measurements: Measurements, frame: pd.DataFrame, derived_from: Sequence[Measurement], *, title: str
) -> Exhibit:
    """Show a frame; its columns are the table's, its index is not shown.

    Parameters
    ----------
    measurements
        Where history is looked up.
    frame
        Any frame; numbers are aligned right, the first column heads its rows.
    derived_from
        The figures that it is made from; without any, it is marked as unprotected.
    title
        Its message.
    """
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    payload = TablePayload(
        title=title,
        subtitle=", ".join(dict.fromkeys(found.title for found in derived_from)),
        alt=f"{title}. Table of {len(frame)} rows: {', '.join(str(name) for name in frame.columns)}.",
        source=sources(derived_from),
        measurements=tuple(provenance(measurements, found) for found in derived_from),
        columns=tuple(
            TableColumn(
                label=headlines.sentence(str(name)), align="right" if number else "left", row_header=position == 0
            )
            for position, (name, number) in enumerate(zip(frame.columns, numeric, strict=True))
        ),
        sections=(TableSection(title="", rows=tuple(tuple(map(_cell, row)) for row in frame.itertuples(index=False))),),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _cell(value: object) -> Cell:
    if pd.isna(value):  # type: ignore[call-overload]  # a cell of a frame is a scalar
        return Cell(text=_MISSING)
    if isinstance(value, pd.Timestamp):
        return Cell(text=f"{value.day} {value:%B %Y}")
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")
        return Cell(text=text, value=float(value))
    return Cell(text=str(value))
