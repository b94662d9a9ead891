"""The notebook author's face: what a paper gives, and what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cafcass_reports import open_paper
from cafcass_reports.errors import CatalogueError, PackError
from cafcass_reports.exhibits.payload import PaperPayload, TablePayload, mimetype
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.paper import Paper
from tests.packs.small_project import change, make


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("paper") / "project")


@pytest.fixture
def paper(project: Path) -> Paper:
    return open_paper(project / "params" / "q3" / "pack.yml", "england")


def rows(paper: Paper, *sections: str) -> list[tuple[str, str]]:
    payload = paper.scorecard("board", *sections).payload
    assert isinstance(payload, TablePayload)
    return [(row[0].text, row[2].text if len(row) > 2 else "") for section in payload.sections for row in section.rows]


def test_a_paper_says_what_it_is_about(paper: Paper) -> None:
    bundle = paper._repr_mimebundle_()
    about = PaperPayload.model_validate(bundle[mimetype("paper")])
    assert (about.area, about.period, about.as_at) == ("England", "April to November 2020", "1 December 2020")
    assert (about.status, about.classification, about.synthetic) == ("draft", "OFFICIAL", False)
    assert bundle["text/plain"] == "Small board: England, April to November 2020, as at 1 December 2020."


def test_a_title_with_markup_is_shown_as_text(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    change(project, "title: Small board", "title: <script>x</script>")
    said = open_paper(project / "params" / "q3" / "pack.yml", "England")._repr_mimebundle_()
    assert "<script>" not in said["text/html"]
    assert "<script>" in said["text/plain"]


def test_synthetic_extracts_are_said_to_be(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    (project / "extracts" / "SYNTHETIC.txt").write_text("synthetic", encoding="utf-8")
    paper = open_paper(project / "params" / "q3" / "pack.yml", "England")
    assert paper.payload.synthetic
    assert paper._repr_mimebundle_()["text/plain"].endswith("Synthetic data.")


def test_a_scorecard_shows_its_sections_in_the_order_asked_for(paper: Paper) -> None:
    every = [title for title, _ in rows(paper)]
    assert [title for title, _ in rows(paper, "People", "Service")] == [every[2], every[0], every[1]]
    assert [title for title, _ in rows(paper, "People")] == [every[2]]


@pytest.mark.parametrize(
    ("name", "sections", "said"),
    [
        ("bord", (), "has no scorecard 'bord'. Nearest: board"),
        ("board", ("Servise",), "board has no section 'Servise'. Nearest: Service"),
    ],
)
def test_a_scorecard_or_section_that_is_not_there_is_refused(
    paper: Paper, name: str, sections: tuple[str, ...], said: str
) -> None:
    with pytest.raises(PackError, match=said):
        paper.scorecard(name, *sections)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("board: {sections: {}}", "sections: dictionary should have at least 1 item"),
        ("board: {sections: {Service: []}}", "sections.Service: tuple should have at least 1 item"),
        ("board: []", "valid dictionary"),
        (
            "board: {sections: {Service: [open_cases]}, without: [x]}",
            "without: there is no such key. Nearest: without_",
        ),
        ("2020: {sections: {Service: [open_cases]}}\nother: {}", "has no scorecard 'board'"),
        ("board: {sections: {Service: [open_case]}}", "no metric 'open_case'. Nearest: open_cases"),
    ],
)
def test_a_scorecard_that_is_not_well_defined_is_refused(tmp_path: Path, text: str, said: str) -> None:
    project = make(tmp_path / "project")
    (project / "params" / "scorecards.yml").write_text(text, encoding="utf-8")
    with pytest.raises((PackError, CatalogueError), match=said):
        open_paper(project / "params" / "q3" / "pack.yml", "England").scorecard("board")


def test_a_measure_is_a_frame_of_months_or_of_areas(paper: Paper) -> None:
    months = paper.measure("open_cases", by="month")
    assert list(months.columns) == ["measurement", "area", "period", "first", "numerator", "denominator", "value"]
    assert months["first"].is_monotonic_increasing
    assert paper.measure("open_cases", last=3)["period"].tolist() == months["period"].tolist()[-3:]
    assert paper.measure("open_cases", last=3).index.tolist() == [0, 1, 2]
    assert paper.measure("open_cases", by="area")["area"].tolist() == ["A1", "A15A"]


def test_a_step_that_is_not_known_is_refused(paper: Paper) -> None:
    with pytest.raises(CatalogueError, match=r"by='week' is not known\. Valid: month"):
        paper.measure("open_cases", by="week")  # type: ignore[arg-type]


def test_a_figure_in_a_title_is_the_one_of_the_scorecard(paper: Paper) -> None:
    payload = paper.scorecard("board").payload
    assert isinstance(payload, TablePayload)
    assert payload.sections[0].rows[0][1].text == paper.figure("open_cases")


def test_a_change_that_is_not_there_is_refused_and_the_value_named(paper: Paper) -> None:
    with pytest.raises(CatalogueError, match=r"has no change for England\. .*paper\.figure"):
        paper.change("plr_compliance")


def test_an_author_s_table_and_chart_keep_their_provenance(paper: Paper) -> None:
    axes = paper.axes()
    axes.plot([1, 2])
    chart = paper.chart(axes, title="A line", alt="From 1 to 2.", derived_from=["open_cases"])
    table = paper.table(pd.DataFrame({"a": [1]}), title="One", derived_from=["open_cases"])
    for exhibit in (chart, table):
        (figure,) = exhibit.payload.model_dump()["measurements"]
        assert figure["measurement"] == "open_cases.england.2020-12-01"
    with pytest.raises(CatalogueError, match="Nearest: open_cases"):
        paper.table(pd.DataFrame({"a": [1]}), title="One", derived_from=["open_case"])


def test_a_merge_of_frames_keeps_its_provenance_and_an_id_that_is_none_is_named(paper: Paper) -> None:
    months = paper.measure("open_cases", by="month", last=2)
    merged = months.merge(pd.DataFrame({"period": ["another"]}), how="outer", on="period")
    assert merged["measurement"].isna().any()
    table = paper.table(merged[["period"]], title="Months", derived_from=merged)
    (figure,) = table.payload.model_dump()["measurements"]
    assert [*(each["measurement"] for each in figure["history"]), figure["measurement"]] == [*months["measurement"]]
    for wrong, said in (
        ("open_cases.englnd.2020-12-01", "no area 'englnd'.*Nearest: england"),
        ("open_cases.england.december", r"'open_cases\.england\.december' is no id.*metric\.area\.period"),
        ("open_cases", "'open_cases' is no id"),
    ):
        with pytest.raises(CatalogueError, match=said):
            paper.table(merged, title="Months", derived_from=pd.DataFrame({"measurement": [wrong]}))


def test_an_area_that_is_not_there_is_answered_with_the_nearest(project: Path) -> None:
    with pytest.raises(PackError, match=r"There is no area 'A2'\. Nearest: "):
        open_paper(project / "params" / "q3" / "pack.yml", "A2")


def test_a_team_stands_among_the_teams_of_its_area_and_an_area_shows_its_own(project: Path) -> None:
    pack = project / "params" / "q3" / "pack.yml"
    own = open_paper(pack, "England").measurements
    team = next(
        area for area in own.areas if area.level is Level.TEAM and len(own.parts_of(_area_of(own, area), "team")) > 1
    )
    whole = _area_of(own, team)
    names = [whole.name, *(part.name for part in own.parts_of(whole, "team"))]
    for name in (team.name, whole.name):
        payload = open_paper(pack, name).matrix("open_cases", months=12).payload
        assert isinstance(payload, TablePayload)
        assert [row[0].text for row in payload.sections[0].rows] == names


def _area_of(measurements: Measurements, team: Area) -> Area:
    return measurements.areas.named(team.part_of or "")
