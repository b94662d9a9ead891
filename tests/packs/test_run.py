"""Running a small pack: narrowing, what is kept and what is refused, figures and front page."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pptx
import pypdf
import pytest

from cafcass_reports.errors import PackError, PaperError
from cafcass_reports.packs.front import front_page
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.parameters import Pack, open_pack
from cafcass_reports.packs.run import run
from cafcass_reports.packs.verify import verify
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import COMMENTARY, SET_UP, change, make
from tests.packs.small_project import notebook as written


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose pack has run."""
    project = make(tmp_path_factory.mktemp("finished") / "project")
    run(open_pack("q3", project))
    return project


@pytest.fixture
def again(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(finished, tmp_path / "again"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def figures(project: Path) -> list[dict[str, str]]:
    with (project / "outputs" / "q3" / "measurements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_of_every_paper_has_one_row_that_names_its_papers(finished: Path) -> None:
    shown: dict[str, set[str]] = {}
    for notebook in (finished / "outputs" / "q3" / "england").rglob("*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        for line in text.splitlines():
            if '"measurement": "' in line and '"measurement": ""' not in line:  # a cell may show no figure
                shown.setdefault(line.split('"')[3], set()).add(f"england/{notebook.stem}")
    rows = figures(finished)
    assert {row["id"]: set(row["papers"].split()) for row in rows} == shown
    assert [row["id"] for row in rows] == sorted(shown)


def test_a_row_says_what_the_paper_says(finished: Path) -> None:
    (row,) = [row for row in figures(finished) if row["id"] == "open_cases.england.2020-12-01"]
    page = (finished / "outputs" / "q3" / "england" / "words" / "words.html").read_text(encoding="utf-8")
    assert f"There are {row['value']} open cases." in page
    assert (row["as_at"], row["period_from"], row["area"], row["kind"]) == ("2020-12-01", "", "England", "measured")


def test_the_checks_of_texts_and_files_stand_beside_those_of_the_extracts(finished: Path) -> None:
    checks = json.loads((finished / "outputs" / "q3" / "checks.json").read_text(encoding="utf-8"))
    assert checks["numbers"] == {"ok": True, "findings": []}
    assert checks["claims"] == {"ok": True, "findings": []}


def test_outputs_are_verified_as_their_run_wrote_them(finished: Path) -> None:
    report = verify(open_pack("q3", finished))
    assert report.checks == ("files", "numbers", "accessibility")
    assert report.findings == ()


def test_verifying_names_each_file_that_was_changed_is_gone_or_is_new(again: Path) -> None:
    outputs = again / "outputs" / "q3"
    page = outputs / "england" / "words" / "words.html"
    (value,) = {row["value"] for row in figures(again) if row["id"] == "open_cases.england.2020-12-01"}
    page.write_text(
        page.read_text(encoding="utf-8").replace(f"are {value} open", f"are {int(value) + 1} open"), "utf-8"
    )
    (outputs / "index.html").unlink()
    (outputs / "note.txt").write_text("mine", "utf-8")
    report = verify(open_pack("q3", again))
    said = {one.place.file: one.found for one in report.findings if one.check == "files"}
    assert said == {
        "england/words/words.html": "It was changed after the run.",
        "index.html": "It is gone.",
        "note.txt": "The run did not write it.",
    }
    numbers = [one for one in report.findings if one.check == "numbers"]
    assert numbers
    assert {one.place.file for one in numbers} == {"england/words/words.html"}


def test_there_is_nothing_to_verify_before_a_run(again: Path) -> None:
    shutil.rmtree(again / "outputs" / "q3")
    with pytest.raises(PackError, match="has no outputs"):
        verify(open_pack("q3", again))


def test_the_manifest_names_every_file(finished: Path) -> None:
    outputs = finished / "outputs" / "q3"
    manifest = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["outputs"]) == set(bytes_of(outputs)) - {"run.jsonl", "manifest.json"}
    assert str(finished) not in json.dumps(manifest)


@pytest.mark.parametrize(
    ("papers", "areas", "said"),
    [
        (["word"], [], "q3 has no paper 'word'. Nearest: words. A new notebook is named under 'papers'"),
        ([], ["Narnia"], "There is no area 'Narnia'"),
        ([], ["A1"], "q3 has no papers for A1. Areas: England"),
    ],
)
def test_a_paper_or_area_that_is_not_of_the_pack_is_refused(
    again: Path, papers: list[str], areas: list[str], said: str
) -> None:
    before = bytes_of(again / "outputs" / "q3")
    with pytest.raises(PackError, match=said):
        run(open_pack("q3", again), papers=papers, areas=areas)
    assert bytes_of(again / "outputs" / "q3") == before


def test_a_narrowed_run_renews_its_paper_once_and_keeps_the_rest(again: Path) -> None:
    outputs = again / "outputs" / "q3"
    before = bytes_of(outputs)
    text = again / "params" / "q3" / "commentary" / "open-cases.md"
    text.write_text(COMMENTARY.replace("There are", "We hold"), encoding="utf-8")
    run(open_pack("q3", again), papers=["words", "words"], areas=["England", "england"])
    after = bytes_of(outputs)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {
        "england/words/words.ipynb", "england/words/words.html", "manifest.json", "run.jsonl",
    }  # fmt: skip
    events = [json.loads(line)["event"] for line in (outputs / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert events.count("execute") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("status: draft", "status: final"),
        ("to: 2020-11-30", "to: 2020-10-31"),
        ("title: Small board", "title: Another board"),
    ],
)
def test_a_narrowed_run_does_not_keep_papers_of_other_parameters(again: Path, before: str, after: str) -> None:
    with pytest.raises(PackError, match=r"would mix two versions.*Run the whole pack"):
        run(change(again, before, after), papers=["words"])


def test_a_narrowed_run_does_not_keep_papers_whose_figures_moved(again: Path) -> None:
    Folder(again / "extracts").add("cases", "0075|C9|public|care|2020-06-01|2020-06-02|||A1 Wear|W2|worker|")
    with pytest.raises(PackError, match=r"would mix two versions\. england/figures stays.*open_cases for England"):
        run(open_pack("q3", again), papers=["words"])


BINDER = "binders: [{name: january, title: January meeting, papers: [words, figures]}]\nareas: [England]"


@pytest.mark.parametrize("workers", [1, 2])
def test_papers_are_bound_in_their_order_into_one_deck_and_one_pdf(again: Path, workers: int) -> None:
    run(change(again, "areas: [England]", BINDER), papers=["words"], workers=workers)
    outputs = again / "outputs" / "q3"
    manifest = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
    files = [f"england/january/january.{ending}" for ending in ("pdf", "pptx")]
    assert manifest["binders"] == {"england/january": {"papers": ["words", "figures"], "files": files}}
    deck = [slide.shapes.title.text for slide in pptx.Presentation(outputs / files[1]).slides if slide.shapes.title]
    assert deck[0] == "January meeting"
    with pypdf.PdfReader(outputs / files[0]) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "January meeting" in text
    shown = next(row["value"] for row in figures(again) if row["id"] == "open_cases.england.2020-12-01")
    assert f"There are {shown} open cases" in text.replace("\n", " ")
    page = (outputs / "index.html").read_text(encoding="utf-8")
    assert page.index("January meeting") < page.index("england/words")
    assert all(f'href="{file}"' in page for file in files)


def test_a_binder_is_made_anew_with_any_of_its_papers_and_not_without_all_of_them(again: Path) -> None:
    pack = change(again, "areas: [England]", BINDER)
    run(pack, papers=["figures"])
    bound = again / "outputs" / "q3" / "england" / "january" / "january.pptx"
    before = bound.read_bytes()
    text = again / "params" / "q3" / "commentary" / "open-cases.md"
    text.write_text(COMMENTARY.replace("There are", "We hold"), encoding="utf-8")
    run(pack, papers=["words"])
    assert bound.read_bytes() != before
    shutil.rmtree(again / "outputs" / "q3")
    run(pack, papers=["words"])
    assert not bound.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"papers": 1}'])
def test_a_manifest_that_is_damaged_is_said_to_be(again: Path, text: str) -> None:
    (again / "outputs" / "q3" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match="is not a manifest"):
        run(open_pack("q3", again), papers=["words"])


def test_a_pack_by_path_does_not_say_where_it_lies(again: Path) -> None:
    folder = again / "elsewhere" / "q3"
    shutil.copytree(again / "params" / "q3", folder)
    outputs = run(open_pack(folder / "pack.yml"))
    text = (outputs / "england" / "words" / "words.ipynb").read_text(encoding="utf-8")
    assert "elsewhere/q3/pack.yml" in text
    assert str(again) not in text


def test_every_paper_is_tried_and_all_that_failed_are_named(again: Path) -> None:
    before = bytes_of(again / "outputs" / "q3")
    (again / "params" / "scorecards.yml").write_text("board: {sections: {Service: [open_case]}}", encoding="utf-8")
    (again / "params" / "q3" / "commentary" / "open-cases.md").unlink()
    with pytest.raises(
        PaperError, match=r"2 of 2 papers failed.*figures: .*words: .*What there is of their notebooks lies in"
    ):
        run(open_pack("q3", again))
    assert bytes_of(again / "outputs" / "q3") == before
    assert len(list((again / "outputs" / ".failed" / "q3").rglob("*.ipynb"))) == 2


def test_the_front_page_escapes_what_the_pack_says_and_its_links_lead_somewhere(pack: Pack) -> None:
    hostile = change(pack.project, "title: Small board", 'title: "<script>alert(1)</script> & \\"more\\""')
    name = "50% #1? <b>"
    page = front_page(hostile, [("<i>A1</i>", name, [f"a1/{name}/{name}.html"])], synthetic=False)
    for tag in ("<script>", "<b>", "<i>"):
        assert tag not in page
    assert 'href="a1/50%25%20%231%3F%20%3Cb%3E/50%25%20%231%3F%20%3Cb%3E.html"' in page


def test_the_front_page_says_draft_and_synthetic_where_it_is(pack: Pack) -> None:
    assert "DRAFT" in front_page(pack, [], synthetic=False)
    assert "Synthetic" not in front_page(pack, [], synthetic=False)
    assert "Synthetic" in front_page(pack, [], synthetic=True)
    final = change(pack.project, "status: draft", "status: final")
    assert "DRAFT" not in front_page(final, [], synthetic=False)


def test_the_log_holds_every_stage_and_what_stopped_it(tmp_path: Path) -> None:
    seen: list[str] = []
    log = RunLog(on_stage=seen.append)
    with log.stage("measure"):
        pass
    with pytest.raises(KeyboardInterrupt), log.stage("execute", paper="words", area="England"):
        raise KeyboardInterrupt
    log.write(tmp_path / "run.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert seen == ["measure", "execute words England"]
    assert [(line["event"], line.get("problem")) for line in lines] == [
        ("measure", None), ("execute", "KeyboardInterrupt"),
    ]  # fmt: skip
    assert lines[1]["paper"] == "words"


def test_papers_made_side_by_side_are_those_made_one_after_another(finished: Path, again: Path) -> None:
    made = bytes_of(run(open_pack("q3", again), clean=True, workers=2))
    before = bytes_of(finished / "outputs" / "q3")
    assert made.keys() == before.keys()
    assert [name for name in made if made[name] != before[name]] == ["run.jsonl"]


def test_a_paper_that_fails_in_a_process_of_its_own_is_named_and_nothing_is_published(again: Path) -> None:
    before = bytes_of(again / "outputs" / "q3")
    written(again / "notebooks" / "figures.ipynb", (SET_UP, []), ("1 / 0", []))
    with pytest.raises(PaperError, match=r"1 of 2 papers failed\. england/figures: .*ZeroDivisionError"):
        run(open_pack("q3", again), clean=True, workers=2)
    assert bytes_of(again / "outputs" / "q3") == before
