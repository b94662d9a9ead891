"""The register of the practice framework: its parts, what partners see of them, and what a figure says today."""

from __future__ import annotations

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn
from cafcass_reports.exhibits.registers.rows import NONE, Registers, Texts, so_far, table
from cafcass_reports.metrics.measurements import Measurements


def framework(measurements: Measurements, registers: Registers) -> Exhibit:
    """Each part of the practice framework: what partners see of it, and the figure that speaks of it today."""
    rows = so_far(measurements, registers, "framework", "in_use_from")
    texts = Texts(measurements)
    evidence = [_said_today(texts, row["evidence_metric"]) for row in rows]
    measured = sum(map(bool, evidence))
    return table(
        texts,
        title=f"{len(rows)} parts are in use; {measured} have a figure that says what changes",
        subtitle="Parts of the practice framework",
        source="Register of the practice framework",
        columns=(
            TableColumn(label="Part", row_header=True, weight=1.4),
            TableColumn(label="What it is", weight=2.3),
            TableColumn(label="What you should see", weight=2.1),
            TableColumn(label="What a figure says", weight=1.7),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['number']}. {row['part']}"),
                    Cell(text=row["means"]),
                    Cell(text=row["partners_see"]),
                    Cell(text=found or NONE),
                )
                for row, found in zip(rows, evidence, strict=True)
            ]
        },
    )


def _said_today(texts: Texts, metric: str | None) -> str:
    """A metric and its figure; nothing where there is none."""
    found = texts.figure(metric, texts.measurements.areas.nation)
    return f"{headlines.sentence(found.metric.phrase)}: {found.shown}" if found else ""
