"""The catalogue as its owners read it: a table, JSON, or an accessible workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter
from rich.table import Table
from rich.text import Text

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.periods import Snapshot

Row: TypeAlias = dict[str, str | int]

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
    "decimals": "Decimals",
    "better": "Better",
    "period": "Period",
    "comparison": "Compared with",
    "disclosive": "Disclosive",
    "owner": "Owner",
    "in_force": "In force from",
}
_TITLE = "Catalogue of metrics"
_ABOVE = (
    "This worksheet contains one table.",
    "One row a metric: the package's own and the project's. "
    "Owners: say what is wrong with a definition by its metric's name.",
)
_WIDEST = 60  # characters; longer texts are wrapped
_LANGUAGE = "en-GB"


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
        drawn.add_row(*(Text(str(row[key])) for key in ("id", "title", "kind", "period")))
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
    content = _with_language(_workbook([_row(metric) for metric in catalogue.values()]))
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise CatalogueError(f"{path} cannot be written: {problem}.", next_step="Check its folder.") from None


def _workbook(rows: list[Row]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": _TITLE, "author": "cafcass_reports"})
        sheet = workbook.add_worksheet("Metrics")
        sheet.write_string(0, 0, _TITLE, workbook.add_format({"bold": True, "font_size": 16}))
        for line, text in enumerate(_ABOVE, start=1):
            sheet.write_string(line, 0, text)
        head = len(_ABOVE) + 1
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        cell = workbook.add_format({"text_wrap": True, "valign": "top"})
        columns = [{"header": heading, "header_format": bold} for heading in _HEADINGS.values()]
        marked = {"name": "metrics", "columns": columns, "autofilter": False, "style": "Table Style Light 1"}
        sheet.add_table(head, 0, head + max(len(rows), 1), len(columns) - 1, marked)
        for place, (key, heading) in enumerate(_HEADINGS.items()):
            values = [row[key] for row in rows]
            widest = max([len(heading), *(len(str(value)) for value in values)])
            sheet.set_column(place, place, min(widest + 2, _WIDEST))
            for line, value in enumerate(values, start=head + 1):
                # Never `write`, which takes a text such as "=1" for a formula.
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(line, place, value, cell)
        sheet.freeze_panes(head + 1, 1)
    return stream.getvalue()


def _with_language(content: bytes) -> bytes:
    """Say a workbook's language, by which a screen reader chooses its voice; xlsxwriter has no property for it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as written, zipfile.ZipFile(stream, "w") as said:
        for part in written.infolist():
            data = written.read(part)
            if part.filename == "docProps/core.xml":
                end = b"</dc:creator>"
                data = data.replace(end, end + f"<dc:language>{_LANGUAGE}</dc:language>".encode())
            said.writestr(part, data)
    return stream.getvalue()


def _row(metric: Metric) -> Row:
    during = " to ".join(metric.during) if metric.during else None
    return {
        "id": metric.id,
        # On no particular months: their names, which change with each pack, are left out.
        "title": metric.title_for(Snapshot(metric.in_force.from_)),
        "definition": metric.definition,
        "kind": metric.kind.value,
        "table": metric.table or "none",
        "when": metric.counted_on or metric.as_at or during or "as its parts",
        "where": metric.where,
        "numerator": _part(metric.numerator, "1 a row"),
        "denominator": _part(metric.denominator, "none"),
        "unit": metric.unit,
        "decimals": metric.decimals,
        "better": metric.better.value,
        "period": metric.period.value if metric.period else _day_of(metric),
        "comparison": metric.compared_with or "none",
        "disclosive": _disclosive(metric.disclosive),
        "owner": metric.owner,
        "in_force": metric.in_force.from_.isoformat(),
    }


def _day_of(metric: Metric) -> str:
    return "latest return" if metric.returned else "snapshot" if metric.on_a_day else "months ahead"


def _part(part: object, default: str) -> str:
    if part is None:
        return default
    return part if isinstance(part, str) else str(getattr(part, "metric", part))


def _disclosive(threshold: bool | int) -> str:
    if isinstance(threshold, bool):
        return "yes" if threshold else "no"
    return f"below {threshold}"
