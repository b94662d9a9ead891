"""The written files of a pack, held against its executed notebooks and ``measurements.csv``."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import or_
from pathlib import Path

from cafcass_reports.checks.findings import Finding, Place, Report, Severity
from cafcass_reports.checks.numbers import CHECK
from cafcass_reports.checks.opened import Opened, open_all
from cafcass_reports.checks.shown import ShownFigure, figures
from cafcass_reports.checks.written import files
from cafcass_reports.checks.written.expected import Executed
from cafcass_reports.checks.written.held import differences
from cafcass_reports.packs.formats import FORMATS
from cafcass_reports.packs.parameters import Format


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
    notebooks = {
        folder: json.loads((outputs / folder / f"{Path(folder).name}.ipynb").read_bytes()) for folder in papers
    }
    executed = {folder: Executed.read(notebook) for folder, notebook in notebooks.items()}
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shown = {folder: figures(notebook) for folder, notebook in notebooks.items()}
    report = check_figures(shown, rows)
    bound = {folder: [f"{folder.partition('/')[0]}/{paper}" for paper in names] for folder, names in binders.items()}
    for folder, made_from in ({folder: [folder] for folder in papers} | bound).items():
        there = outputs / folder
        with open_all(there.iterdir() if there.is_dir() else ()) as held:
            report |= check_files(held, folder, [executed[paper] for paper in made_from])
    return report


def check_files(held: Iterable[Opened], folder: str, notebooks: Sequence[Executed]) -> Report:
    """Hold the files of a paper or binder against the executed notebooks that they were made from.

    Parameters
    ----------
    held
        Its files.
    folder
        Its folder below the outputs.
    notebooks
        Its own, or those that are bound.
    """
    return Report.of(CHECK, _differences(held, folder, notebooks))


def check_figures(shown: Mapping[str, Iterable[ShownFigure]], rows: Iterable[Mapping[str, str]]) -> Report:
    """Hold the figures that papers show, by folder, against the rows of ``measurements.csv``."""
    measured = {row["id"]: row for row in rows}
    return Report.of(
        CHECK,
        (
            one
            for folder, figures in shown.items()
            for figure in figures
            for one in _same(figure.measurement, figure.value, measured, folder)
        ),
    )


def _differences(held: Iterable[Opened], folder: str, notebooks: Sequence[Executed]) -> Iterator[Finding]:
    area, _, name = folder.partition("/")
    by_name = {file.path.name: file for file in held}
    for form, kind in FORMATS.items():
        file = by_name.get(f"{name}{kind.ending}")
        if file is None:
            continue
        place = Place(f"{folder}/{file.path.name}", paper=name, area=area)
        shown = reduce(or_, (notebook.shown(kind.audience) for notebook in notebooks))
        shown.said = "\x1f".join([shown.said, *_on_the_cover(notebooks)])
        try:
            content = kind.read(file)
        except Exception as problem:
            # Each reader has errors of its own, and a broken file is what this check is for.
            yield Finding(
                place, CHECK, Severity.ERROR, f"It cannot be read: {problem}.", next_step="Run the pack again."
            )
            continue
        yield from differences(content, shown, place, whole=kind.calculations)
        if form is Format.DASHBOARD:
            yield from _choices(content, notebooks, place)


def _on_the_cover(notebooks: Sequence[Executed]) -> Iterator[str]:
    """What a binder says of all its papers: their periods and days, each once."""
    papers = [payload for one in notebooks for kind, payload, _ in one.exhibits if kind == "paper"]
    for about in ("period", "as_at"):
        yield ", ".join(dict.fromkeys(payload[about] for payload in papers))


def _choices(content: files.Read, notebooks: Sequence[Executed], place: Place) -> Iterator[Finding]:
    """Hold what a dashboard shows of each choice, which its script draws, against the notebook."""
    (given,) = (payload for one in notebooks for kind, payload, _ in one.exhibits if kind == "dashboard")
    differs = [name for name, held in content.data.items() if held != given[name]]
    if differs or not content.data:
        what = ", ".join(differs) or "none"
        yield Finding(
            place, CHECK, Severity.ERROR, f"The data of its choices ({what}) are not its notebook's.",
            "A dashboard holds what was measured.", "Run the pack again.",
        )  # fmt: skip


def _same(figure: str, value: str, rows: Mapping[str, Mapping[str, str]], folder: str) -> Iterator[Finding]:
    row = rows.get(figure)
    numeral = re.match(r"[−-]?[\d,]+(?:\.\d+)?", value)
    shown = Fraction(numeral.group().replace(",", "").replace("−", "-")) if numeral else None
    measured = Fraction(row["value"]) if row and row["value"] else None
    if row is None or shown != measured:
        area, _, name = folder.partition("/")
        place = Place(f"{folder}/{name}.ipynb", paper=name, area=area)
        was = "not in it" if row is None else row["value"] or "missing"
        yield Finding(
            place, CHECK, Severity.ERROR, f"{figure} is {value}, and in measurements.csv {was}.",
            "A paper shows what was measured.", "Run the pack again.",
        )  # fmt: skip
