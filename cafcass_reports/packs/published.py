"""The outputs of a pack as they were published: figures, exhibits, definitions and extracts, for trace and diff.

Nothing is measured here. All is read from the manifest and the files that it names, so that an answer is about the
papers that people hold, whatever has happened to extracts and metrics since.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from pydantic import BaseModel, ValidationError

from cafcass_reports.errors import ExportError, PackError
from cafcass_reports.exhibits.payload import PaperPayload, Provenance
from cafcass_reports.exporters import executed
from cafcass_reports.exporters.reading import read
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.packs.figures import COLUMNS
from cafcass_reports.periods import Snapshot, When, covering

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_RUN = "Run it: cafcass-reports run {}."


@dataclass(frozen=True)
class Figure:
    """A row of ``measurements.csv``, with the line of the file on which it stands."""

    id: str
    line: int
    row: Mapping[str, str]

    @property
    def metric(self) -> str:
        """The metric's id."""
        return self.row["metric"]

    @property
    def area(self) -> str:
        """The area's name."""
        return self.row["area"]

    @property
    def when(self) -> When:
        """The period or snapshot that it is for."""
        if self.row["as_at"]:
            return Snapshot(date.fromisoformat(self.row["as_at"]))
        return covering(date.fromisoformat(self.row["period_from"]), date.fromisoformat(self.row["period_to"]))

    @property
    def papers(self) -> list[str]:
        """The papers that show it, by their folders."""
        return self.row["papers"].split()


@dataclass(frozen=True)
class Exhibit:
    """What one cell of an executed notebook shows.

    Parameters
    ----------
    paper
        The folder of its paper below the outputs.
    heading
        The nearest heading above it.
    kind
        One of :data:`cafcass_reports.exhibits.payload.EXHIBITS`.
    payload
        What it shows.
    """

    paper: str
    heading: str
    kind: str
    payload: BaseModel

    @property
    def title(self) -> str:
        """Its message; of a text the name of its file."""
        return str(getattr(self.payload, "title", "") or getattr(self.payload, "name", ""))

    @property
    def measurements(self) -> tuple[Provenance, ...]:
        """The figures that it shows or says, each with others of its metric."""
        return tuple(getattr(self.payload, "measurements", ()))

    def vouching_for(self, figure: str) -> Provenance | None:
        """Return the provenance that speaks of a figure: its own, or that of another which has it in its history."""
        own = [origin for origin in self.measurements if origin.measurement == figure]
        others = (o for o in self.measurements if figure in _others(o))
        return next(iter(own), None) or next(others, None)


def _others(origin: Provenance) -> list[str]:
    """The ids of the other figures of a metric that a figure comes with."""
    since = [origin.since.measurement] if origin.since else []
    return [point.measurement for point in origin.history] + since


class Published:
    """The published outputs of a pack.

    Parameters
    ----------
    folder
        The folder of outputs.
    next_step
        What to do where it holds none.

    Raises
    ------
    PackError
        Where the pack was never run, or its outputs are not of this version.
    """

    def __init__(self, folder: Path, next_step: str) -> None:
        self.folder = folder
        self._next_step = next_step
        if not (folder / "manifest.json").is_file():
            raise PackError(f"There are no papers in {folder}: nothing was published there.", next_step=next_step)
        self.manifest: Mapping[str, Any] = self._read("manifest.json")
        self.checks: Mapping[str, Any] = self._read("checks.json")
        try:
            self.name = str(self.manifest["pack"])
            self.levels: Mapping[str, str] = self.manifest["areas"]
            self.metrics = {metric: Metric.model_validate(said) for metric, said in self.manifest["metrics"].items()}
            order = [paper["notebook"] for paper in self.manifest["parameters"]["papers"]]
            made = self.manifest["papers"].items()
            self.papers: Mapping[str, Any] = dict(sorted(made, key=lambda paper: order.index(Path(paper[0]).name)))
            self.binders: Mapping[str, Any] = self.manifest["binders"]
        except (KeyError, ValueError, TypeError, AttributeError, ValidationError):
            raise self._other_version("manifest.json") from None

    def _read(self, name: str) -> Mapping[str, Any]:
        try:
            content = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise self._other_version(name) from None
        if not isinstance(content, dict):
            raise self._other_version(name)
        return content

    def _other_version(self, name: str) -> PackError:
        return PackError(
            f"{self.folder / name} is missing, or not as this version writes it.", next_step=self._next_step
        )

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure of ``measurements.csv`` by its id, in the file's order."""
        try:
            with (self.folder / "measurements.csv").open(encoding="utf-8", newline="") as stream:
                rows = csv.DictReader(stream)
                if tuple(rows.fieldnames or ()) != COLUMNS:
                    raise KeyError(rows.fieldnames)
                found = [Figure(row["id"], rows.line_num, row) for row in rows]
        except (OSError, UnicodeDecodeError, KeyError):
            raise self._other_version("measurements.csv") from None
        return {figure.id: figure for figure in found}

    @cached_property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """What the papers show, in the order of the pack and of each notebook."""
        try:
            return tuple(exhibit for paper in self.papers for exhibit in self._exhibits(paper))
        except ExportError as error:
            raise PackError(f"{self.folder}: {error}", next_step=self._next_step) from error

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each paper, by its folder; with its area where the pack has papers for several."""
        documents = {paper: read(notebook) for paper, notebook in self._notebooks.items()}
        areas = {paper: said.paper.area if said.paper else "" for paper, said in documents.items()}
        several = len(set(areas.values())) > 1
        return {paper: said.title + f", {areas[paper]}" * several for paper, said in documents.items()}

    @cached_property
    def shown(self) -> dict[str, str]:
        """Every figure as a reader sees it, by its id."""
        found: dict[str, str] = {}
        for exhibit in self.exhibits:
            for origin in exhibit.measurements:
                found.setdefault(origin.measurement, origin.value)
                for point in origin.history:
                    found.setdefault(point.measurement, point.value)
                if origin.since:
                    found.setdefault(origin.since.measurement, origin.since.value)
        return found

    @cached_property
    def own(self) -> dict[str, Provenance]:
        """The figures that papers show or say for themselves, not only as others of a metric, by their ids."""
        return {origin.measurement: origin for exhibit in self.exhibits for origin in exhibit.measurements}

    @cached_property
    def _notebooks(self) -> dict[str, executed.Executed]:
        return {paper: self._notebook(f"{paper}/{Path(paper).name}.ipynb") for paper in self.papers}

    def _notebook(self, name: str) -> executed.Executed:
        try:
            return executed.read_executed(nbformat.read(self.folder / name, as_version=4))
        except (OSError, ValueError, nbformat.ValidationError):
            raise self._other_version(name) from None

    def _exhibits(self, paper: str) -> Iterator[Exhibit]:
        heading = ""
        for cell in self._notebooks[paper].cells:
            if cell.kind == "markdown":
                heading = (_HEADING.findall(cell.source) or [heading])[-1]
            for output in cell.outputs:
                if isinstance(output, executed.Exhibit) and not isinstance(output.payload, PaperPayload):
                    yield Exhibit(paper, heading, output.kind, output.payload)


def published(folder: Path, pack: str = "") -> Published:
    """Open the outputs in a folder; ``pack`` is the name under which they would be made again.

    Raises
    ------
    PackError
        Where the pack was never run, or its outputs are not of this version.
    """
    return Published(folder, _RUN.format(pack or folder.name))
