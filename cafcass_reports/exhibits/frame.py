"""Any pandas frame, with its provenance, as a table exhibit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pandas as pd

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import Rows, provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement, number
from cafcass_reports.metrics.measurements import Measurements

_MISSING = "not available"
_DECIMALS = 2  # of numbers that nobody says the metric of


def frame_table(
    measurements: Measurements,
    frame: pd.DataFrame,
    derived_from: Sequence[Measurement],
    *,
    title: str,
    rows: Rows = MappingProxyType({}),
) -> Exhibit:
    """Show a frame; its columns are the table's, its index is not shown.

    Parameters
    ----------
    measurements
        Where history is looked up.
    frame
        Any frame; numbers are aligned right and have the metrics' decimals, the first column heads its rows.
    derived_from
        The figures that it is made from; without any, it is marked as unprotected.
    title
        Its message.
    rows
        By metric, the figures in the frame, where they are more than those named.

    Raises
    ------
    ExportError
        Where ``frame`` is not a frame or has no columns, or there is no title.
    """
    if not isinstance(frame, pd.DataFrame) or not len(frame.columns):
        raise ExportError(
            f"{type(frame).__name__} is not a table.",
            valid="A pandas frame with columns.",
            next_step="A series becomes one with series.reset_index().",
        )
    if not title.strip():
        raise ExportError("A table has no title.", valid="Say in it what the table says.")
    hidden = [found for figures in rows.values() for found in figures if found.suppressed]
    hidden += [found for found in derived_from if found.suppressed]
    missing = SUPPRESSED if hidden else _MISSING
    decimals = max((found.metric.decimals for found in derived_from), default=_DECIMALS)
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    payload = TablePayload(
        title=title,
        subtitle=", ".join(dict.fromkeys(found.title for found in derived_from)),
        # How many rows there are is said by what reads a table aloud.
        alt=f"{title}. Table: {', '.join(str(name) for name in frame.columns)}.".replace(SUPPRESSED, "suppressed"),
        source=sources([*derived_from, *hidden]),
        measurements=tuple(provenance(measurements, found, rows.get(found.metric.id)) for found in derived_from),
        protected=bool(derived_from),
        columns=tuple(
            TableColumn(
                label=headlines.sentence(str(name)), align="right" if number else "left", row_header=position == 0
            )
            for position, (name, number) in enumerate(zip(frame.columns, numeric, strict=True))
        ),
        sections=(
            TableSection(
                title="",
                rows=tuple(
                    tuple(_cell(value, decimals, missing) for value in row) for row in frame.itertuples(index=False)
                ),
            ),
        ),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _cell(value: object, decimals: int, missing: str) -> Cell:
    if not pd.api.types.is_scalar(value):
        return Cell(text=str(value))
    # Nothing divided by nothing, and something by nothing: neither is a number that a reader could use.
    if pd.isna(value) or (isinstance(value, float) and math.isinf(value)):  # type: ignore[call-overload]
        return Cell(text=missing)
    if isinstance(value, pd.Timestamp):
        return Cell(text=f"{value.day} {value:%B %Y}")
    if isinstance(value, np.number):
        value = value.item()
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = number(Fraction(value), 0 if isinstance(value, int) else decimals)
        return Cell(text=shown, value=float(value))
    return Cell(text=str(value))
