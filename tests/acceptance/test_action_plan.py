"""The action plan of 2017 beside the document: 24 work streams in three strands, and what follows from their dates."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

PAPER = "diversity_action_plan"
STRANDS = ("Child impact", "Inclusive employer", "Staff diversity")


@pytest.fixture(scope="module")
def streams(project: Path) -> dict[str, dict[str, str]]:
    """What owners last returned by the end of June 2017, by the number of the work stream."""
    with (project / "extracts/demo/2017-18/action_plan.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: row["returned_on"])
    return {row["number"]: row for row in rows if row["returned_on"] <= "2017-06-30"}


@pytest.fixture(scope="module")
def summary(diversity_papers: Path) -> str:
    reader = pypdf.PdfReader(diversity_papers / PAPER / f"{PAPER}.pdf")
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture(scope="module")
def tables(diversity_papers: Path) -> dict[str, list[list[str]]]:
    slides = Presentation(str(diversity_papers / PAPER / f"{PAPER}.pptx")).slides
    return {
        slide.shapes.title.text_frame.text: [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
    }


def test_the_plan_has_the_document_s_work_streams_each_with_owner_next_action_and_dates(
    streams: dict[str, dict[str, str]], summary: str
) -> None:
    assert len(streams) == 24
    assert tuple(dict.fromkeys(row["strand"] for row in streams.values())) == STRANDS
    printed = summary.lower().replace(" ", "").replace("-", "")  # lines break at hyphens
    for number, row in streams.items():
        for said in (f"{number}. {row['work_stream']}", row["owner"], row["next_action"], row["target_dates"]):
            assert said.lower().replace(" ", "").replace("-", "") in printed, (number, said)


def test_the_deck_counts_by_strand_and_names_each_stream_that_is_late_or_slipping(
    tables: dict[str, list[list[str]]],
) -> None:
    header, *strands, whole = tables["1 of 24 work streams complete, 2 late"]
    assert header == ["Strand", "Next date", "Work streams", "Complete", "On time", "Slipping", "Late"]
    counts = [[int(cell) for cell in row[2:]] for row in strands]
    assert [sum(column) for column in zip(*counts, strict=True)] == [int(cell) for cell in whole[2:]]
    assert all(total == sum(parts) for total, *parts in counts)
    named = tables["2 work streams late, 2 slipping"][1:]
    assert [row[4].split(" ", 1)[1] for row in named] == ["Late", "Late", "Slipping", "Slipping"]
    assert all(row[1] and row[2] for row in named)


def test_changes_are_told_since_the_return_before(tables: dict[str, list[list[str]]]) -> None:
    changed = tables["5 work streams changed in the quarter"][1:]
    assert all(re.match(r"Was: |Complete\.|Dates moved: ", row[1]) for row in changed)


def test_the_gantt_chart_says_every_stream_and_its_dates_in_its_alternative_text(
    diversity_papers: Path, streams: dict[str, dict[str, str]]
) -> None:
    page = (diversity_papers / PAPER / f"{PAPER}.html").read_text(encoding="utf-8")
    (said,) = set(re.findall(r"Gantt chart\. [^\"<]+", page))
    assert all(f"{number}. " in said for number in streams)
