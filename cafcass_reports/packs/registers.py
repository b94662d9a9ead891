"""The rows of the registers, kept beside what a pack measured: a notebook reads them there and never the extracts.

Beside them, where the local population is among the extracts to compare with, the workforce by characteristic: rounded
counts only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from cafcass_reports.extracts import Extracts
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import diversity
from cafcass_reports.reporting import Reporting

Registers: TypeAlias = Mapping[str, pd.DataFrame]
"""The rows of each register that the extracts hold, by the name of its table; and ``diversity``."""

_NAMES = (*(name for name, table in TABLES.items() if table.register), diversity.NAME)


def of(checked: Extracts, reporting: Reporting, published: diversity.Published) -> dict[str, pa.Table]:
    """Return the rows of each register that came with the extracts and may be shown, in the order of its file.

    ``published`` is what earlier packs published of the workforce by characteristic: it is shown again.
    """
    rows = {
        name: checked.connection.table(name).filter(TABLES[name].shown_where).to_arrow_table()
        for name in _NAMES
        if name in checked.files
    }
    if {"population", "workforce"} <= checked.files.keys():
        days = [quarter.last for quarter in reporting.quarters()]
        rows[diversity.NAME] = diversity.rounded(checked.connection, days, published)
    return rows


def write(folder: Path, registers: Mapping[str, pa.Table]) -> None:
    """Write each register as a file of its own."""
    for name, rows in registers.items():
        parquet.write_table(rows, folder / f"{name}.parquet")


def read(folder: Path) -> Registers:
    """Read the registers that were written to a folder.

    Returns
    -------
    mapping of str to pandas.DataFrame
        Columns as the schema has them, of dtype object: text as ``str``, days as ``datetime.date``, yes and no as
        ``bool``, and ``None`` where a cell is empty. A register that is not there is left out.
    """
    files = {name: folder / f"{name}.parquet" for name in _NAMES}
    return MappingProxyType({name: _frame(file) for name, file in files.items() if file.is_file()})


def _frame(file: Path) -> pd.DataFrame:
    rows = parquet.read_table(file)
    # Through Python's own values: pandas would make dates that are not there NaT, and texts NaN.
    return pd.DataFrame(rows.to_pylist(), columns=rows.column_names, dtype=object)
