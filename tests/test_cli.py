"""The command line: help, exit statuses, JSON, and messages without tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from cafcass_reports.cli import app
from cafcass_reports.errors import ExportError
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import make

COMMANDS = ("run", "check", "verify", "plan", "new", "trace", "diff", "demo", "forms", "metrics")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make(tmp_path / "project")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    return folder


def call(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_helps(command: str) -> None:
    said = call(command, "--help")
    assert said.exit_code == 0
    assert "Usage" in said.stdout


def test_help_names_every_command() -> None:
    said = call("--help")
    assert said.exit_code == 0
    assert all(command in said.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ("walk",),
        ("run",),
        ("check",),
        ("demo",),
        ("trace", "q3"),
        ("diff", "q3"),
        ("new", "q4"),
        ("new", "--from", "q3"),
        ("run", "q3", "--papr", "words"),
        ("demo", "x", "--seed", "y"),
    ],
)
def test_a_wrong_command_line_is_status_2_and_says_so_on_stderr(project: Path, words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.exit_code == 2
    assert said.stdout == ""
    assert "Usage" in said.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "q4"), "There is no pack 'q4'"),
        (("check", "q4"), "Nearest: q3"),
        (("run", "q3", "--paper", "word"), "q3 has no paper 'word'. Nearest: words"),
        (("run", "q3", "--area", "Wales"), "There is no area 'Wales'"),
        (("new", "q3", "--from", "q3"), "q3 exists already"),
        (("new", "q5", "--from", "q4"), "There is no pack 'q4'"),
        (("new", "../q4", "--from", "q3", "--json"), "cannot be the name of a pack"),
        (("metrics", "--xlsx", "metrics.csv"), "It ends in .xlsx"),
        (("metrics", "--xlsx", "nowhere/metrics.xlsx"), "metrics.xlsx cannot be written"),
    ],
)
def test_what_is_wrong_with_data_or_papers_is_status_1_on_stderr(
    project: Path, words: tuple[str, ...], message: str
) -> None:
    said = call(*words)
    assert said.exit_code == 1
    assert message in said.stderr
    assert "Traceback" not in said.output
    assert said.stdout == ""


def test_outside_a_project_a_pack_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("run", "q3")
    assert (said.exit_code, "lies in no project" in said.stderr) == (1, True)


def test_square_brackets_in_a_message_are_shown(project: Path) -> None:
    assert "[bold]" in call("run", "[bold]").stderr


def test_extracts_that_keep_the_rules_are_status_0(project: Path) -> None:
    assert call("check", "q3").exit_code == 0
    said = call("check", "q3", "--json")
    assert said.exit_code == 0
    assert json.loads(said.stdout)["findings"] == []


def test_extracts_that_break_a_rule_are_status_1_with_file_row_column_and_value(project: Path) -> None:
    Folder(project / "extracts").change("cases", 2, received_on="31/02/2020")
    said = call("check", "q3")
    assert said.exit_code == 1
    for part in ("cases.csv", "2", "received_on", "31/02/2020"):
        assert part in said.stdout
    as_json = call("check", "q3", "--json")
    assert as_json.exit_code == 1
    (finding,) = json.loads(as_json.stdout)["findings"]
    assert (finding["file"], finding["row"], finding["column"]) == ("cases.csv", 2, "received_on")
    ran = call("run", "q3", "--json")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "31/02/2020" in ran.stderr


def test_a_run_says_in_json_where_the_papers_are_and_its_stages_on_stderr(project: Path) -> None:
    said = call("run", "q3", "--paper", "words", "--json")
    assert said.exit_code == 0, said.stderr
    assert json.loads(said.stdout) == {"pack": "q3", "outputs": str(project / "outputs" / "q3")}
    assert "made words for England" in said.stderr


def test_the_catalogue_is_json_for_programs_and_a_table_for_people(project: Path) -> None:
    metrics = json.loads(call("metrics", "--json").stdout)
    assert "kpi_2" in {metric["id"] for metric in metrics}
    assert "kpi_2" in call("metrics").stdout


def test_the_catalogue_is_a_workbook_for_its_owners(project: Path) -> None:
    assert call("metrics", "--xlsx", "metrics.xlsx").exit_code == 0
    assert (project / "metrics.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("raised", "status", "message"),
    [
        (
            ExportError("It is wrong.", valid="This is right.", next_step="Do that."),
            1,
            "It is wrong. This is right. Do that.",
        ),
        (KeyboardInterrupt(), 130, "Stopped. Nothing was published"),
    ],
)
def test_our_errors_and_ctrl_c_end_without_a_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, message: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("cafcass_reports.packs.run.run", stop)
    said = call("run", "q3")
    assert said.exit_code == status
    assert message in said.stderr
    assert "Traceback" not in said.output


def test_a_new_pack_is_started_and_says_who_owes_what(project: Path) -> None:
    said = call("new", "q4", "--from", "q3")
    assert said.exit_code == 0, said.stderr
    for part in ("Head of performance", "words", "commentary/open-cases.md", "review"):
        assert part in said.stdout
    assert f"Started q4 in {project / 'params' / 'q4'}: April 2020 to February 2021, as at 1 March 2021." in said.stdout
    assert "To be set: date: 2021-04-20" in said.stdout
    assert "To be set: extracts: the folder is still extracts." in said.stdout


def test_a_new_pack_is_json_for_programs(project: Path) -> None:
    said = call("new", "q4", "--from", "q3", "--json")
    assert said.exit_code == 0, said.stderr
    found = json.loads(said.stdout)
    assert (found["pack"], found["previous"], found["folder"]) == ("q4", "q3", str(project / "params" / "q4"))
    assert found["period"] == {
        "from": "2020-04-01",
        "to": "2021-02-28",
        "snapshot": "2021-03-01",
        "history": None,
        "latest": None,
    }
    assert (found["date"], len(found["to_be_set"])) == ("2021-04-20", 2)
    assert found["owed"] == [
        {
            "owner": "Head of performance",
            "paper": "words",
            "section": "",
            "file": "commentary/open-cases.md",
            "task": "review",
        }
    ]


def test_forms_offer_the_teams_of_a_pack_and_say_what_was_kept(project: Path) -> None:
    said = call("forms", "by-hand", "--pack", "q3")
    assert said.exit_code == 0, said.stderr
    book = load_workbook(project / "by-hand" / "team_reviews.xlsx")
    assert "A1 Tyne" in [cell.value for cell in book["lists"]["A"]]
    again = call("forms", "by-hand")
    assert again.exit_code == 0
    assert "Wrote" not in again.stdout
    assert "Kept" in again.stdout
