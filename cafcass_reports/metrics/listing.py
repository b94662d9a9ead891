"""The catalogue as its owners read it: a table, JSON, or an accessible workbook."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics.catalogue import Metric

_HEADINGS = {
    "id": "Metric",
    "title": "Title",
    "definition": "Definition",
    "kind": "Kind",
    "table": "Extract",
    "when": "Counted on",
    "where": "Where",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "unit": "Unit",
    "better": "Better",
    "period": "Period",
    "owner": "Owner",
    "in_force": "In force from",
}


def as_dicts(catalogue: Mapping[str, Metric]) -> list[dict[str, Any]]:
    """Return the metrics as plain values, keys as in the files."""
    return [metric.model_dump(mode="json", by_alias=True, exclude_none=True) for metric in catalogue.values()]


def table(catalogue: Mapping[str, Metric]) -> Table:
    """Return the metrics as a table for the terminal."""
    drawn = Table(title=f"{len(catalogue)} metrics", title_justify="left")
    drawn.add_column("Metric", no_wrap=True)
    for heading in ("Title", "Kind", "Period"):
        drawn.add_column(heading)
    for metric in catalogue.values():
        row = _row(metric)
        drawn.add_row(*(Text(row[key]) for key in ("id", "title", "kind", "period")))
    return drawn


def write_workbook(catalogue: Mapping[str, Metric], path: Path) -> None:
    """Write the metrics as a workbook that follows the Analysis Function's rules for accessible spreadsheets.

    Raises
    ------
    CatalogueError
        Where the file cannot be written, or its name does not end in .xlsx.
    """
    if path.suffix != ".xlsx":
        raise CatalogueError(f"{path.name} is not the name of a workbook.", valid="It ends in .xlsx.")
    with warnings.catch_warnings():
        # gptables leaves a file of its own open when it is imported.
        warnings.simplefilter("ignore", ResourceWarning)
        import gptables  # noqa: PLC0415
    frame = pd.DataFrame([_row(metric) for metric in catalogue.values()]).rename(columns=_HEADINGS)
    sheet = gptables.GPTable(
        table=frame,
        table_name="metrics",
        title="Catalogue of metrics",
        subtitles=["One row a metric. Owners: say what is wrong with a definition by its metric's name."],
        scope="cafcass_reports",
        source="The package's metrics and the project's own.",
        index_columns={1: 0},
    )
    try:
        with warnings.catch_warnings():
            # There are no notes to write; gptables says so on every sheet without them, and sorts in a way that
            # pandas will drop.
            warnings.filterwarnings("ignore", message="No note text provided", category=UserWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            gptables.write_workbook(filename=path, sheets={"Metrics": sheet}, auto_width=True)
    except OSError as problem:
        raise CatalogueError(f"{path} cannot be written: {problem.strerror}.") from None


def _row(metric: Metric) -> dict[str, str]:
    during = " to ".join(metric.during) if metric.during else None
    return {
        "id": metric.id,
        "title": metric.title,
        "definition": metric.definition,
        "kind": metric.kind.value,
        "table": metric.table or "none",
        "when": metric.counted_on or metric.as_at or during or "as its parts",
        "where": metric.where,
        "numerator": _part(metric.numerator, "1 a row"),
        "denominator": _part(metric.denominator, "none"),
        "unit": metric.unit,
        "better": metric.better.value,
        "period": metric.period.value if metric.period else "snapshot",
        "owner": metric.owner,
        "in_force": metric.in_force.from_.isoformat(),
    }


def _part(part: object, default: str) -> str:
    if part is None:
        return default
    return part if isinstance(part, str) else str(getattr(part, "metric", part))
