"""What people wrote for a pack: texts, notebooks and registers, and the gate before papers are made."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
import pytest

from cafcass_reports.checks.findings import Finding, Report
from cafcass_reports.checks.gate import CheckError
from cafcass_reports.extracts.columns import Kind
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs.checked import check_sources
from cafcass_reports.packs.measured import Measured, measured
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from cafcass_reports.periods import from_key
from tests.packs.small_project import change, make

FRONT = "---\nowner: Head of performance\ndate: 2021-01-11\n{more}---\n{text}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is measured once; tests write other texts into it."""
    return make(tmp_path_factory.mktemp("texts") / "project")


def checked(project: Path, text: str, more: str = "") -> Report:
    write(project, text, more)
    pack = open_pack("q3", project)
    return check_sources(pack, measured(pack))


def write(project: Path, text: str, more: str = "") -> None:
    (project / "params" / "q3" / "commentary" / "open-cases.md").write_text(FRONT.format(text=text, more=more), "utf-8")


def figures(project: Path) -> Measurements:
    return measured(open_pack("q3", project)).measurements


def only(report: Report) -> Finding:
    (one,) = report.findings
    return one


def test_a_clean_pack_has_both_checks_and_no_findings(made: Path) -> None:
    report = checked(made, "There are {{ open_cases.value }} open cases, and section 7 reports take 25 hours.",
                     "constants: {25 hours: published guidance}\n")  # fmt: skip
    assert report.checks == ("numbers", "claims")
    assert report.findings == ()


def test_a_typed_number_is_named_with_file_and_line(made: Path) -> None:
    one = only(checked(made, "First.\n\nThere are 24 of them."))
    assert one.check == "numbers"
    assert (one.place.file, one.place.line) == ("params/q3/commentary/open-cases.md", 7)


def test_constants_of_the_project_hold_for_every_text(made: Path) -> None:
    file = made / "params" / "constants.yml"
    file.write_text("24 of them: a count beneath\n", "utf-8")
    assert checked(made, "There are 24 of them.").findings == ()
    file.unlink()


def test_a_notebook_s_own_text_is_checked_too(made: Path) -> None:
    file = made / "notebooks" / "words.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("We ask for 17 things.", id="asks"))
    before = file.read_text(encoding="utf-8")
    nbformat.write(notebook, file)
    one = only(checked(made, "Nothing."))
    file.write_text(before, "utf-8")
    assert one.place.file == "notebooks/words.ipynb"
    assert one.place.paper == "words"
    assert "17" in one.found


def test_a_number_typed_into_any_words_of_any_register_is_found(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(made, "Nothing.")
    pack = open_pack("q3", made)
    prose = {(table.name, column.name) for table in TABLES.values() for column in table.columns if column.prose}
    registers = {
        name: pd.DataFrame([{column: f"24 {column}s" if (name, column) in prose else column for column in table.names}])
        for name, table in TABLES.items()
        if table.register
    }
    monkeypatch.setattr(Measured, "registers", registers)
    findings = check_sources(pack, measured(pack)).findings
    found = {(one.place.file.removeprefix("extract "), one.place.part.rpartition(": ")[2]) for one in findings}
    assert found == prose
    assert {one.check for one in findings} == {"numbers"}


def test_words_of_a_register_are_prose_unless_they_only_name_something() -> None:
    names = {
        "evidence_metric", "inspectorate", "owner", "place", "record", "source", "speaker",  # as a list has them
        "target_dates",  # held by a rule of its own
    }  # fmt: skip
    plain = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if table.register and column.kind is Kind.TEXT and not (column.prose or column.allowed or column.references)
        if column.name not in table.key
    }
    assert {column for _, column in plain} == names


def test_a_false_claim_is_an_error_with_what_the_figure_says(made: Path) -> None:
    england = figures(made).areas.nation
    figure = figures(made).one("open_cases", england)
    one = only(checked(made, f"Nothing.\nThere are [{int(figure.value or 0) + 1}]{{open_cases}} open cases."))
    assert one.check == "claims"
    assert (one.place.line, one.place.area) == (6, "England")
    assert f"It is {figure.shown}" in one.valid


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("It [rose]{open_case}.", "there is no metric 'open_case'"),
        ("It [rose]{open_cases", "does not end"),
        ("It [rose]{open_cases.value}.", "one field of a figure"),
    ],
)
def test_a_mark_that_cannot_be_read_is_a_finding_and_no_traceback(made: Path, text: str, fault: str) -> None:
    one = only(checked(made, f"Nothing.\n{text}"))
    assert fault in one.found
    assert "line 6" in one.found


def test_a_text_that_nobody_reviewed_is_stale_and_shows_both_values(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    folder = project / "params" / "q2"
    folder.mkdir()
    text = (project / "params" / "q3" / "pack.yml").read_text(encoding="utf-8")
    before = text.replace("to: 2020-11-30, snapshot: 2020-12-01", "to: 2020-04-30, snapshot: 2020-05-01")
    (folder / "pack.yml").write_text(before, "utf-8")
    change(project, "date: 2021-01-20\n", "date: 2021-01-20\nprevious: q2\n")
    england = figures(project).areas.nation
    was = figures(project).one("open_cases", england, from_key("2020-05-01"))
    now = figures(project).one("open_cases", england)
    assert was.shown != now.shown
    carried = checked(project, "There are {{ open_cases.value }} open cases.", "reviewed: no\n")
    one = only(carried)
    assert f"was {was.shown}" in one.found
    assert f"is {now.shown}" in one.found
    assert checked(project, "There are {{ open_cases.value }} open cases.").findings == ()
    stale = only(checked(project, f"There are [{was.shown}]{{open_cases}} open cases."))
    assert "stale: it was written for 1 May 2020" in stale.found


def test_a_final_pack_stops_before_a_paper_is_made_and_a_draft_does_not(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    write(project, "There are 24 of them.")
    with pytest.raises(CheckError, match=r"q3 is final.*open-cases\.md, line 5.*“24” is typed"):
        run(change(project, "status: draft", "status: final"))
    assert not (project / "outputs" / "q3").exists()


def test_a_text_is_judged_for_the_areas_of_the_papers_that_show_it(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    change(project, "areas: [England]", "areas: [England, every area]")
    false = "There are [77]{open_cases} open cases."
    everywhere = checked(project, false)
    assert sorted(one.place.area for one in everywhere.findings) == ["A1", "A15A", "England"]
    change(project, "{notebook: words, formats: [page]}", "{notebook: words, formats: [page], areas: [A1]}")
    assert only(checked(project, false)).place.area == "A1"
