"""The written files of a pack, held against its executed notebooks and ``measurements.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

from cafcass_reports.checks.findings import Finding, Place, Report, Severity
from cafcass_reports.checks.numbers import CHECK
from cafcass_reports.checks.written import files
from cafcass_reports.checks.written.expected import Executed
from cafcass_reports.checks.written.held import differences

_READERS = {
    ".two-pages.pdf": (files.pdf, "summary"),
    ".letter.pdf": (files.pdf, "summary"),
    ".briefing.pdf": (files.pdf, "summary"),
    ".pptx": (files.deck, "deck"),
    ".pdf": (files.pdf, "summary"),
    ".html": (files.page, "page"),
}

_WITHOUT_APPENDIX = (".two-pages.pdf", ".letter.pdf", ".briefing.pdf")


def check_written(outputs: Path, papers: Sequence[str], binders: Mapping[str, Sequence[str]]) -> Report:
    """Check that what the files of a pack show is what was measured.

    Parameters
    ----------
    outputs
        The folder of outputs, with ``measurements.csv``.
    papers
        The folders of its papers below it, such as ``england/covid_update``.
    binders
        The folders of its binders, each with the names of the papers it binds.
    """
    executed = {folder: Executed.read(outputs / folder / f"{Path(folder).name}.ipynb") for folder in papers}
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    found: list[Finding] = []
    for folder, notebook in executed.items():
        found += _measured(notebook, folder, rows)
        found += _of(outputs, folder, [notebook])
    for folder, bound in binders.items():
        area = folder.partition("/")[0]
        found += _of(outputs, folder, [executed[f"{area}/{paper}"] for paper in bound])
    return Report.of(CHECK, found)


def _of(outputs: Path, folder: str, notebooks: Sequence[Executed]) -> Iterator[Finding]:
    area, _, name = folder.partition("/")
    for ending, (read, audience) in _READERS.items():
        file = outputs / folder / f"{name}{ending}"
        if not file.is_file():
            continue
        place = Place(f"{folder}/{file.name}", paper=name, area=area)
        shown = reduce(or_, (notebook.shown(audience) for notebook in notebooks))
        try:
            content = read(file)
        except Exception as problem:
            # Each reader has errors of its own, and a broken file is what this check is for.
            yield Finding(
                place, CHECK, Severity.ERROR, f"It cannot be read: {problem}.", next_step="Run the pack again."
            )
            continue
        yield from differences(content, shown, place, whole=ending not in _WITHOUT_APPENDIX)


def _measured(notebook: Executed, folder: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    """Hold the figures behind the exhibits of a paper against their rows in ``measurements.csv``."""
    area, _, name = folder.partition("/")
    place = Place(f"{folder}/{name}.ipynb", paper=name, area=area)
    for _, payload, _ in notebook.exhibits:
        for figure in payload.get("measurements", ()):
            yield from _same(figure["measurement"], figure["value"], rows, place)
            for point in (*figure["history"], *filter(None, [figure["since"]])):
                yield from _same(point["measurement"], point["value"], rows, place)


def _same(figure: str, value: str, rows: Mapping[str, Mapping[str, Any]], place: Place) -> Iterator[Finding]:
    row = rows.get(figure)
    numeral = re.match(r"[−-]?[\d,]+(?:\.\d+)?", value)
    shown = Fraction(numeral.group().replace(",", "").replace("−", "-")) if numeral else None
    measured = Fraction(row["value"]) if row and row["value"] else None
    if row is None or shown != measured:
        was = "not in it" if row is None else row["value"] or "missing"
        yield Finding(
            place, CHECK, Severity.ERROR, f"{figure} is {value}, and in measurements.csv {was}.",
            "A paper shows what was measured.", "Run the pack again.",
        )  # fmt: skip
