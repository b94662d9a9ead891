"""How far moderators agree with first grades: both grades crossed, and the agreement beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.agreement import kappa

_KAPPA = (
    "Kappa (Cohen, 1968, weighted by how far grades lie apart): 1 is full agreement, 0 what chance alone would give."
)


def agreement(measurements: Measurements, grades: Mapping[str, Sequence[str]], area: Area) -> Exhibit:
    """Show how moderation changed grades.

    Parameters
    ----------
    measurements
        What was measured.
    grades
        By the grade first given, best first, the counts of audits by their grade after moderation, in the same order.
    area
        The area for which they are counted.

    Raises
    ------
    CatalogueError
        Where a first grade has not one count for each grade after moderation.
    """
    names = list(grades)
    if not names or any(len(counts) != len(names) for counts in grades.values()):
        raise CatalogueError(
            f"{len(names)} first grades, with {', '.join(str(len(counts)) for counts in grades.values())} counts.",
            valid="For each grade first given as many counts as there are grades, in the same order.",
        )
    rows = [[measurements.one(metric, area) for metric in counts] for counts in grades.values()]
    every = [figure for row in rows for figure in row]
    title = summary([[figure.numerator for figure in row] for row in rows])
    payload = TablePayload(
        title=title,
        subtitle=f"Moderated audits of all kinds by grade, {area.name}, {every[0].when.label}",
        alt=f"{title}. " + " ".join(_spoken(name, names, row) for name, row in zip(names, rows, strict=True)),
        source=sources(every),
        measurements=tuple(provenance(measurements, figure) for figure in every),
        columns=(
            TableColumn(label="First grade", row_header=True, weight=1.4),
            *(TableColumn(label=f"Then {name[:1].lower()}{name[1:]}", align="right") for name in names),
        ),
        sections=(
            TableSection(
                title="", rows=tuple((Cell(text=n), *map(_cell, row)) for n, row in zip(names, rows, strict=True))
            ),
        ),
        note=" ".join([_KAPPA] + [f"{NOTE}."] * any(figure.suppressed for figure in every)),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def summary(counts: Sequence[Sequence[int | None]]) -> str:
    """Say how many first grades moderators kept, and kappa; of counts some of which are suppressed, nothing."""
    known = [[count for count in row if count is not None] for row in counts]
    if [len(row) for row in known] != [len(row) for row in counts]:
        return "How moderators agree with first grades: some counts are too small to be shown"
    total = sum(map(sum, known))
    if not total:
        return "No audits were moderated in the period"
    kept = sum(row[place] for place, row in enumerate(known))
    found = kappa(known, "linear")
    beyond = "" if found is None else f"; agreement beyond chance is {found:.2f} (kappa)"
    said = f"{kept} of {total}" if total < headlines.FEW else f"{100 * kept / total:.0f}% of"
    return f"Moderators kept {said} first grades{beyond}"


def _cell(figure: Measurement) -> Cell:
    value = None if figure.value is None else float(figure.value)
    return Cell(text=figure.shown, value=value, measurement=figure.id)


def _spoken(name: str, names: Sequence[str], row: Sequence[Measurement]) -> str:
    said = ", ".join(f"{figure.spoken} then {after.lower()}" for after, figure in zip(names, row, strict=True))
    return f"First {name.lower()}: {said}."
