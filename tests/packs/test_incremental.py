"""A paper is made anew only where something it is made from changed; the outputs are those of a clean run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cafcass_reports.errors import PaperError
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.plan import plan
from cafcass_reports.packs.run import run
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import COMMENTARY, SET_UP, change, make, notebook

OWN = "import pandas as pd\n\nfrom own import TITLE"
SHOWN = 'paper.table(pd.read_csv("own.csv"), title=TITLE, derived_from=["social_work_fte"])'


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has run; its paper of figures also shows a table of the author's own."""
    project = make(tmp_path_factory.mktemp("incremental") / "project")
    (project / "own.csv").write_text("post,filled\nAdviser,yes\n", encoding="utf-8")
    (project / "own.py").write_text('TITLE = "Posts"\n', encoding="utf-8")
    shown = ('paper.scorecard("board", "People")', SHOWN)
    notebook(project / "notebooks" / "figures.ipynb", (f"{SET_UP}", []), (OWN, []), *((cell, []) for cell in shown))
    run(open_pack("q3", project))
    return project


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(finished, tmp_path / "project"))


def outputs_of(project: Path) -> dict[str, bytes]:
    outputs = project / "outputs" / "q3"
    files = {p.relative_to(outputs).as_posix(): p.read_bytes() for p in outputs.rglob("*") if p.is_file()}
    del files["run.jsonl"]
    return files


def reasons(project: Path) -> dict[str, str]:
    """Why each paper would be made; papers that would be kept are left out."""
    pack = open_pack("q3", project)
    found = measured(pack)
    steps = plan(pack, found, KeptPapers(pack, found))
    return {step.job.paper.notebook: "; ".join(step.reasons) for step in steps if step.reasons}


def logged(project: Path) -> list[dict[str, str]]:
    lines = (project / "outputs" / "q3" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stages(project: Path) -> set[str]:
    return {line["event"] for line in logged(project)}


def executed(project: Path) -> set[str]:
    return {line["paper"] for line in logged(project) if line["event"] == "execute"}


def replace(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def late_row(project: Path) -> None:
    Folder(project / "extracts").add("cases", "0075|C9|public|care|2020-06-01|2020-06-02|||A1 Wear|W2|worker|")


def changed_commentary(project: Path) -> None:
    text = project / "params" / "q3" / "commentary" / "open-cases.md"
    text.write_text(COMMENTARY.replace("There are", "We hold"), encoding="utf-8")


def changed_notebook(project: Path) -> None:
    replace(project / "notebooks" / "words.ipynb", "# A paper", "# Another paper")


def changed_module(project: Path) -> None:
    replace(project / "own.py", "Posts", "All posts")


def changed_data(project: Path) -> None:
    replace(project / "own.csv", "yes", "no")


def changed_scorecard(project: Path) -> None:
    replace(project / "params" / "scorecards.yml", "People:", "Colleagues:")
    replace(project / "notebooks" / "figures.ipynb", '\\"People\\"', '\\"Colleagues\\"')


@pytest.mark.parametrize(
    ("change", "paper", "said"),
    [
        (late_row, "words", "figures moved: open_cases for England"),
        (changed_commentary, "words", "params/q3/commentary/open-cases.md changed"),
        (changed_notebook, "words", "notebooks/words.ipynb changed"),
        (changed_module, "figures", "own.py changed"),
        (changed_data, "figures", "own.csv changed"),
        (changed_scorecard, "figures", "notebooks/figures.ipynb changed; params/scorecards.yml changed"),
    ],
)
def test_only_the_paper_that_a_change_touches_is_made_anew_and_all_is_as_after_a_clean_run(
    project: Path, change: Callable[[Path], None], paper: str, said: str
) -> None:
    change(project)
    assert reasons(project) == {paper: said}
    run(open_pack("q3", project))
    assert executed(project) == {paper}
    incremental = outputs_of(project)
    run(open_pack("q3", project), clean=True)
    assert executed(project) == {"figures", "words"}
    assert outputs_of(project) == incremental


def test_nothing_is_made_where_nothing_changed(project: Path) -> None:
    before = outputs_of(project)
    assert reasons(project) == {}
    run(open_pack("q3", project))
    assert executed(project) == set()
    assert outputs_of(project) == before


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("title: Small board", "title: Large board", "the parameters of the pack changed"),
        ("to: 2020-11-30", "to: 2020-10-31", "the parameters of the pack changed"),
        ("areas: [England]", "areas: [England]\nrebases: [{metric: kpi_4, month: 2020-06-01, reason: R}]", ""),
    ],
)
def test_parameters_of_the_pack_touch_the_papers_that_say_them(
    project: Path, before: str, after: str, said: str
) -> None:
    replace(project / "params" / "q3" / "pack.yml", before, after)
    found = reasons(project)
    assert set(found) == ({"figures", "words"} if said else set())
    assert all(said in why for why in found.values())


def test_a_target_touches_the_papers_that_show_its_metric(project: Path) -> None:
    target = "{target: 5, illustrative: true, from: 2020-04-01, owner: Director, source: Plan}"
    (project / "params" / "targets.yml").write_text(f"kpi_4: {target}\n", encoding="utf-8")
    assert reasons(project) == {}


def test_a_change_of_the_package_or_its_templates_touches_every_paper(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cafcass_reports.packs.kept.own_code", lambda: "another")
    assert reasons(project) == dict.fromkeys(("figures", "words"), "cafcass_reports itself changed")


def test_a_kept_paper_that_somebody_has_changed_is_made_anew(project: Path) -> None:
    page = project / "outputs" / ".made" / "q3" / "england" / "words" / "words.html"
    page.write_text(page.read_text(encoding="utf-8").replace("open cases", "closed cases"), encoding="utf-8")
    assert set(reasons(project)) == {"words"}


def test_what_shows_no_provenance_is_made_each_time(project: Path) -> None:
    notebook(project / "notebooks" / "words.ipynb", (SET_UP, []), ("1 + 1", []))
    run(open_pack("q3", project))
    said = "it shows what is derived from no metric: nobody knows if that changed"
    assert reasons(project) == {"words": said}


def test_a_binder_is_kept_while_its_papers_are_and_bound_anew_with_one_that_changed(project: Path) -> None:
    binder = "binders: [{name: january, title: January, papers: [words, figures]}]"
    pack = change(project, "areas: [England]", f"areas: [England]\n{binder}")
    run(pack)
    before = outputs_of(project)
    run(pack)
    assert outputs_of(project) == before
    assert "bind" not in stages(project)
    changed_commentary(project)
    run(pack)
    assert "bind" in stages(project)
    after = outputs_of(project)
    run(pack, clean=True)
    assert outputs_of(project) == after


def test_an_identifier_that_is_new_is_found_in_a_paper_that_is_kept(project: Path) -> None:
    assert b'"id": "code-0"' in outputs_of(project)["england/figures/figures.ipynb"]
    row = "code-0|C9|private|child arrangements|2020-06-01|2020-06-02|||A1 Wear|W2|worker|"
    Folder(project / "extracts").add("cases", row)
    assert "figures" not in reasons(project)
    with pytest.raises(PaperError, match=r"england/figures/figures\.ipynb holds 1 identifiers"):
        run(open_pack("q3", project))


def test_papers_that_were_made_are_kept_where_another_fails(project: Path) -> None:
    changed_commentary(project)
    replace(project / "notebooks" / "figures.ipynb", "paper.scorecard", "paper.scorecards")
    with pytest.raises(Exception, match="1 of 2 papers failed"):
        run(open_pack("q3", project))
    replace(project / "notebooks" / "figures.ipynb", "paper.scorecards", "paper.scorecard")
    run(open_pack("q3", project))
    assert executed(project) == set()
    assert b"We hold" in outputs_of(project)["england/words/words.html"]
