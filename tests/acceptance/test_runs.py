"""Running packs: equal bytes, whole swaps, narrowed runs, plain papermill and nbconvert, broken extracts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import yaml

from cafcass_reports.errors import PaperError
from cafcass_reports.extracts import BrokenExtractsError
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.made_once import made_once

FEW = ("ofsted_self_assessment", "performance_scorecard", "explore")
BIN = Path(sys.executable).parent


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def command(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONWARNINGS": "default", "COLUMNS": "200"}
    line = [str(BIN / words[0]), *words[1:]]
    return subprocess.run(line, check=False, cwd=project, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def few(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the outputs of three of its papers, for tests that run it again; it stays as it is."""

    def make(folder: Path) -> None:
        shutil.copytree(project, folder, ignore=shutil.ignore_patterns("outputs"), dirs_exist_ok=True)
        file = folder / "params" / "2020-21-q3" / "pack.yml"
        pack = yaml.safe_load(file.read_text(encoding="utf-8"))
        pack["papers"] = [paper for paper in pack["papers"] if paper["notebook"] in FEW]
        for binder in pack["binders"]:
            binder["papers"] = [name for name in binder["papers"] if name in FEW]
        file.write_text(yaml.safe_dump(pack), encoding="utf-8")
        run(open_pack("2020-21-q3", folder), workers=2)

    return made_once(tmp_path_factory, "few papers", make)


@pytest.fixture
def copy(few: Path, tmp_path: Path) -> Path:
    """The project with the outputs of a few papers, to break."""
    folder = tmp_path / "project"
    shutil.copytree(few, folder)
    return folder


def test_the_pack_before_runs_on_the_same_extracts(copy: Path) -> None:
    before = open_pack(open_pack("2020-21-q3", copy).parameters.previous or "", copy)
    page = run(before, papers=["ofsted_self_assessment"]) / "england/ofsted_self_assessment/ofsted_self_assessment.html"
    text = page.read_text(encoding="utf-8")
    assert "April to September 2020" in text
    assert "1 October 2020" in text


def test_equal_inputs_give_equal_bytes_in_a_clean_project_elsewhere(few: Path, tmp_path: Path) -> None:
    """Nothing of the machine, the folder or what was kept from an earlier run is in the outputs."""
    folder = tmp_path / "another place"
    shutil.copytree(few, folder, ignore=shutil.ignore_patterns("outputs"))
    outputs = open_pack("2020-21-q3", few).outputs
    before, after = snapshot(outputs), snapshot(run(open_pack("2020-21-q3", folder)))
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["run.jsonl"]


def test_a_narrowed_run_keeps_the_rest(copy: Path) -> None:
    outputs = copy / "outputs" / "2020-21-q3"
    before = snapshot(outputs)
    notebook = copy / "notebooks" / "explore.ipynb"
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("## Demand by quarter", "## Demand"), encoding="utf-8"
    )
    run(open_pack("2020-21-q3", copy), papers=["explore"])
    after = snapshot(outputs)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"run.jsonl", "manifest.json", "england/explore/explore.ipynb", "england/explore/explore.html"}


def test_a_paper_that_fails_leaves_the_published_ones(copy: Path) -> None:
    outputs = copy / "outputs" / "2020-21-q3"
    before = snapshot(outputs)
    commentary = copy / "params" / "2020-21-q3" / "commentary" / "the-numbers.md"
    commentary.write_text(
        commentary.read_text(encoding="utf-8").replace("open_cases.value", "open_case.value"), encoding="utf-8"
    )
    with pytest.raises(
        PaperError, match=r"the-numbers.md, line 5: there is no metric 'open_case'. Nearest: open_cases"
    ):
        run(open_pack("2020-21-q3", copy))
    assert snapshot(outputs) == before
    failed = copy / "outputs" / ".failed" / "2020-21-q3" / "england" / "ofsted_self_assessment"
    assert "there is no metric" in (failed / "ofsted_self_assessment.ipynb").read_text(encoding="utf-8")
    assert not list((copy / "outputs" / ".building").iterdir())


def test_ctrl_c_leaves_the_published_ones(copy: Path) -> None:
    outputs = copy / "outputs" / "2020-21-q3"
    before = snapshot(outputs)
    with subprocess.Popen(
        [BIN / "cafcass-reports", "run", "2020-21-q3", "--clean"],
        cwd=copy,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("check texts"):
                break
        time.sleep(4)  # papers are being made now
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert "Traceback" not in rest
    assert "Stopped" in rest
    assert snapshot(outputs) == before
    assert not list((copy / "outputs" / ".building").iterdir())
    left = [p.pid for p in psutil.process_iter(["cwd"]) if str(copy) in (p.info["cwd"] or "")]
    assert left == [], "kernels outlive the run"


BROKEN = [
    ("cases", "received_on", "31/02/2020"),
    ("audits", "grade", "Excellent"),
    ("cases", "allocated_on", "2001-01-01"),
    ("cases", "team", "A99-T1"),
]


def test_broken_extracts_give_a_table_and_leave_the_outputs(copy: Path) -> None:
    before = snapshot(copy / "outputs")
    for row, (table, column, value) in enumerate(BROKEN, start=1):
        path = copy / "extracts" / "demo" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        cells = lines[row].split(",")
        cells[lines[0].split(",").index(column)] = value
        path.write_text("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :]]) + "\n", encoding="utf-8")
    for word in ("check", "run"):
        said = command(copy, "cafcass-reports", word, "2020-21-q3")
        assert said.returncode == 1
        text = said.stdout + said.stderr
        assert "Traceback" not in text
        for row, (table, column, value) in enumerate(BROKEN, start=2):
            (line,) = [line for line in text.splitlines() if value in line]
            for part in (f"{table}.csv", f" {row} ", column):
                assert part in line
    assert snapshot(copy / "outputs") == before


def test_a_missing_column_and_a_key_given_twice_are_found(copy: Path) -> None:
    audits = copy / "extracts" / "demo" / "audits.csv"
    audits.write_text(audits.read_text(encoding="utf-8").replace("grade", "mark", 1), encoding="utf-8")
    cases = copy / "extracts" / "demo" / "cases.csv"
    lines = cases.read_text(encoding="utf-8").splitlines()
    again = lines[1].split(",")
    again[1] = "000000000001"
    cases.write_text("\n".join([*lines, ",".join(again)]) + "\n", encoding="utf-8")
    found = command(copy, "cafcass-reports", "check", "2020-21-q3", "--json")
    assert found.returncode == 1
    findings = json.loads(found.stdout)["findings"]
    assert ("audits.csv", "grade") in {(f["file"], f["column"]) for f in findings}
    assert ("cases.csv", len(lines) + 1) in {(f["file"], f["row"]) for f in findings}


def test_a_duplicated_row_stops_the_run_unless_the_pack_knows_of_it(copy: Path) -> None:
    cases = copy / "extracts" / "demo" / "cases.csv"
    lines = cases.read_text(encoding="utf-8").splitlines()
    cases.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    said = command(copy, "cafcass-reports", "check", "2020-21-q3")
    assert said.returncode == 1
    assert f" {len(lines) + 1} " in said.stdout
    assert "row 2 has it too" in said.stdout
    pack = copy / "params" / "2020-21-q3" / "pack.yml"
    text = pack.read_text(encoding="utf-8").replace("date_order: ymd", "date_order: ymd\n  duplicates: remove")
    pack.write_text(text, encoding="utf-8")
    said = command(copy, "cafcass-reports", "check", "2020-21-q3")
    assert said.returncode == 0
    assert f"1 exact duplicate row was removed (row {len(lines) + 1} first)" in said.stderr


def test_run_refuses_extracts_that_are_broken(copy: Path) -> None:
    (copy / "extracts" / "demo" / "areas.csv").write_text("nation,region\nEngland,North\n", encoding="utf-8")
    with pytest.raises(BrokenExtractsError):
        run(open_pack("2020-21-q3", copy))


def test_plain_papermill_and_nbconvert_make_an_area_s_deck(copy: Path) -> None:
    notebook = "notebooks/ofsted_self_assessment.ipynb"
    ran = command(copy, "papermill", notebook, "out.ipynb", "-p", "pack", "2020-21-q3", "-p", "area", "A7")
    assert ran.returncode == 0, ran.stderr
    for wanted, ending in (("board-deck", "pptx"), ("board-summary", "pdf"), ("board-review", "html")):
        made = command(copy, "jupyter", "nbconvert", "--to", wanted, "out.ipynb")
        assert made.returncode == 0, made.stderr
        assert (copy / f"out.{ending}").stat().st_size > 10_000
    from pptx import Presentation

    first = " ".join(
        s.text_frame.text for s in Presentation(str(copy / "out.pptx")).slides[0].shapes if s.has_text_frame
    )
    assert "A7" in first


def test_the_installed_command_says_what_is_wrong_and_what_is_valid(project: Path) -> None:
    said = command(project, "cafcass-reports", "run", "2020-21-q4")
    assert said.returncode == 1
    assert "Nearest: 2020-21-q3" in said.stderr
    assert command(project, "cafcass-reports", "walk").returncode == 2
