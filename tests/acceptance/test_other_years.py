"""The packs of other years: each runs whole from the demo, passes every gate and shows what its paper is for."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.made_once import made_once

PACKS = ("2017-18-annual", "2019-20-q3", "2022-23-q3")
WITHHELD = "said in confidence"


@pytest.fixture(scope="module")
def made(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    packs = {name: open_pack(name, project) for name in PACKS}
    made_once(tmp_path_factory, "packs of other years", lambda _: [run(pack) for pack in packs.values()])
    return {name: pack.outputs for name, pack in packs.items()}


def pdf(outputs: Path, paper: str, ending: str = ".pdf") -> tuple[int, str]:
    reader = pypdf.PdfReader(outputs / "england" / paper / f"{paper}{ending}")
    return len(reader.pages), " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("name", PACKS)
def test_every_gate_is_passed_without_a_finding(made: dict[str, Path], name: str) -> None:
    checks = json.loads((made[name] / "checks.json").read_text(encoding="utf-8"))
    assert checks["synthetic"] is True
    assert {
        check: said["findings"] for check, said in checks.items() if isinstance(said, dict) and said.get("findings")
    } == {}


def test_the_letter_is_one_page_with_the_ratings_and_the_progress_of_its_promises(made: dict[str, Path]) -> None:
    pages, text = pdf(made["2017-18-annual"], "chief_executive_message", ".letter.pdf")
    assert pages == 1
    for part in (
        "Overall Good Outstanding",
        "Practice in private law – Good",
        "Of their 11 steps, 3 were done",
        "1 of 4",
    ):
        assert part in text, part


def test_the_roadshows_report_holds_what_was_said_and_shows_no_words_without_consent(made: dict[str, Path]) -> None:
    outputs = made["2019-20-q3"]
    _, text = pdf(outputs, "roadshow_feedback")
    for part in ("537 people used the live vote", "17 themes", "8 roadshows", "7 graphic records", "You said, we did"):
        assert part in text, part
    assert "We were asked, not told." in text
    for path in (path for path in outputs.rglob("*") if path.suffix in (".ipynb", ".html", ".csv", ".json")):
        assert WITHHELD not in path.read_text(encoding="utf-8"), path
    shown = [shape.text_frame.text for slide in Presentation(str(next(outputs.rglob("*.pptx")))).slides
             for shape in slide.shapes if shape.has_text_frame]  # fmt: skip
    assert not any(WITHHELD in said for said in (text, *shown))
    kept = outputs.parent / ".measured" / "2019-20-q3"
    assert not any(WITHHELD.encode() in path.read_bytes() for path in kept.rglob("*.parquet"))
    assert list(kept.rglob("quotations.parquet"))


def test_the_briefing_is_four_pages_at_most_and_asks_partners_its_questions(made: dict[str, Path]) -> None:
    pages, text = pdf(made["2022-23-q3"], "together_briefing", ".briefing.pdf")
    assert pages <= 4
    for part in ("Four principles", "Five commitments", "6 parts are in use", "77% do, against 68%", "1. Tell us"):
        assert part in text, part
