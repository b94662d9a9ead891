"""With every file of two final packs in hand, an attacker who begins from nothing of ours finds no hidden count.

The counts are read from the extracts by hand, what is known from the files, and the attack is written anew here, so
that it shares no line with what hides, nor with the gate.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import linprog

from cafcass_reports.checks.identifiers import opened
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.extracts.small_organisation import Folder
from tests.packs import in_process, small_project
from tests.packs.test_disclosure import TEAMS

GRADES = ("Good", "Met", "Requires improvement")
# By area and month: A1 has 3 that met the standard in August and 2 in October, which together would be enough to show.
AUDITS = {
    "A1": {"08": (1013, 3, 1057), "10": (5, 2, 7)},
    "A2": {"08": (1087, 1103, 1153), "10": (13, 11, 17)},
    "A3": {"08": (1201, 1303, 1409), "10": (19, 23, 29)},
    "A15A": {"08": (1511, 1601, 1709), "10": (31, 37, 41)},
}
LEAVES = [(area, grade, month) for area in AUDITS for grade in GRADES for month in ("08", "10")]
INSIDE = {"England": set(AUDITS), "North": {"A1", "A2", "A3"}, "South": {"A15A"}} | {area: {area} for area in AUDITS}
ABOVE = {
    "da_audit_good": {"Good"},
    "da_audit_met": {"Met"},
    "da_audit_requires_improvement": {"Requires improvement"},
    "da_audit_records": set(GRADES),
}
SHOWN = [
    f'paper.grades({{"domestic abuse audits": {json.dumps(list(ABOVE)[:3])}}})',
    'paper.numbers("da_audit_met", "da_audit_records")',
]
WORDS = re.compile(rb"(?<![\w.,#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w-])")
PACKED = (b"PK\x03\x04", b"%PDF", b"\x89PNG")
DATED = re.compile(rb"\d{4}-\d{2}-\d{2}|<[^>]*>")


class Count(NamedTuple):
    """A count that a file may name: above or below the line of a figure."""

    area: str
    grades: frozenset[str]
    period: str

    @property
    def row(self) -> np.ndarray:
        """Which of the leaves it adds up."""
        first, last = self.period.split("_")
        return np.array([
            area in INSIDE[self.area] and grade in self.grades and first <= f"2020-{month}-05" <= last
            for area, grade, month in LEAVES
        ], dtype=float)  # fmt: skip


TRUE = np.array([AUDITS[area][month][GRADES.index(grade)] for area, grade, month in LEAVES], dtype=float)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = small_project.make(tmp_path_factory.mktemp("quarters") / "project")
    extracts = Folder(folder / "extracts")
    extracts.add("areas", "England|North|A2|A2 Tees|to first hearing", "England|North|A3|A3 Ouse|to first hearing")
    rows = [
        f"audit-{area}-{grade[:3]}-{month}-{n:04d}|case-{n:05d}|2020-{month}-05|{TEAMS[area]}|domestic abuse|{grade}||"
        for area, grade, month in LEAVES
        for n in range(AUDITS[area][month][GRADES.index(grade)])
    ]
    early = "audit-early-001|case-00000|2020-04-01|A1 Wear|case planning|Met||"  # from then on audits are on record
    extracts.write("audits", [row.split("|") for row in [early, *rows]])
    small_project.notebook(
        folder / "notebooks" / "figures.ipynb", (small_project.SET_UP, []), *((cell, []) for cell in SHOWN)
    )
    q3 = small_project.PACK.replace("\n  - {notebook: words, formats: [page]}", "")
    q3 = q3.replace("status: draft", "status: final").replace("[page]", "[deck, summary, page]")
    q3 = q3.replace("areas: [England]", "areas: [England, A1, A2]")
    q2 = q3.replace("to: 2020-11-30, snapshot: 2020-12-01", "to: 2020-09-30, snapshot: 2020-10-01")
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cafcass_reports.packs.make.execute", in_process.execute)
        for name, text in (("q2", q2), ("q3", q3.replace("areas: [", "previous: q2\nareas: ["))):
            file = folder / "params" / name / "pack.yml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            made.append(run(open_pack(name, folder)))
    return made


def told(figure: Mapping[str, str]) -> Iterator[tuple[Count, str]]:
    """What a figure says above and below the line, by whatever file names it."""
    metric, area, period = figure["id"].split(".")
    place = {name.lower(): name for name in INSIDE}.get(area)
    if metric in ABOVE and place:
        yield Count(place, frozenset(ABOVE[metric]), period), figure["numerator"]
        if metric != "da_audit_records":
            yield Count(place, frozenset(GRADES), period), figure["denominator"]


def figures(folder: Path) -> Iterator[Mapping[str, str]]:
    """Every figure that the measurements, and the exhibits within executed notebooks, hold."""
    yield from csv.DictReader((folder / "measurements.csv").read_text(encoding="utf-8").splitlines())
    for notebook in folder.rglob("*.ipynb"):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                for kind, payload in output["data"].items():
                    if kind.startswith("application/vnd.cafcass"):
                        for found in payload.get("measurements", []):
                            yield {**found, "id": found["measurement"]}


def harvest(folders: list[Path]) -> tuple[dict[Count, int], set[Count]]:
    """What all files tell together, and what they keep to themselves."""
    pairs = [pair for folder in folders for figure in figures(folder) for pair in told(figure)]
    known = {count: int(text.replace(",", "")) for count, text in pairs if text}
    return known, {count for count, text in pairs if not text} - known.keys()


def limits(count: Count, known: Mapping[Count, int]) -> tuple[float, float]:
    """How low and how high a count can be, for somebody who knows the others."""
    sums, values = np.array([each.row for each in known]), list(known.values())
    low, high = (
        linprog(sense * count.row, A_eq=sums, b_eq=values, bounds=(0, 1e6), options={"presolve": False}).fun * sense
        for sense in (1, -1)
    )
    return low, high


def test_no_hidden_count_of_two_quarters_is_pinned_and_each_small_one_could_be_the_threshold(
    packs: list[Path],
) -> None:
    known, hidden = harvest(packs)
    assert {count for count in known if count.row @ TRUE != known[count]} == set()
    small = {count for count in hidden if 0 < count.row @ TRUE < 5}
    assert Count("A1", frozenset({"Met"}), "2020-04-01_2020-09-30") in small
    for count in hidden:
        low, high = limits(count, known)
        assert high - low >= 1, count
        assert high >= 5 or count not in small, count


def test_the_attack_finds_by_subtraction_what_a_careless_pack_gives_away(packs: list[Path]) -> None:
    known, hidden = harvest(packs)
    met = [Count(area, frozenset({"Met"}), "2020-04-01_2020-09-30") for area in ("A1", "A2", "A3", "A15A", "England")]
    target = met[0]
    assert target in hidden
    careless = known | {count: int(count.row @ TRUE) for count in met[1:]}
    assert limits(target, careless) == pytest.approx((3, 3))


def test_no_part_of_any_file_holds_a_hidden_count_that_is_told_from_others(packs: list[Path]) -> None:
    known, hidden = harvest(packs)
    counts = {int(count.row @ TRUE) for count in hidden} - set(known.values())
    telling = {f"{count:{form}}".encode() for count in counts if count >= 1000 for form in ("", ",")}
    assert telling
    looked_into = []
    for folder in packs:
        for file in (path for path in folder.rglob("*") if path.is_file()):
            for name, content in opened(file.relative_to(folder).as_posix(), file.read_bytes()):
                # What is packed is looked into part by part; a PDF's streams number glyphs, its pages have the text.
                if content[:4] not in PACKED and "!object" not in name:
                    looked_into.append(name)
                    assert not telling & set(WORDS.findall(DATED.sub(b" ", content))), name
    for part in ("pptx!ppt/notesSlides", "xlsx!xl/worksheets", "pdf!page", ".csv", ".html", ".ipynb", "run.jsonl"):
        assert any(part in name for name in looked_into), part
