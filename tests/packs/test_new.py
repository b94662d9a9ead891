"""A pack started from the last one: what moves, what is kept, who owes what, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import nbformat
import pytest

from cafcass_reports.errors import CommentaryError, PackError, PaperError
from cafcass_reports.exhibits.commentary import front_of
from cafcass_reports.packs.new import start
from cafcass_reports.packs.owed import NOBODY, Owed, owed
from cafcass_reports.packs.parameters import Pack, open_pack
from cafcass_reports.packs.run import run
from tests.packs.small_project import COMMENTARY, PACK, change, notebook

ROOT = Path(__file__).parents[2]


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_period_moves_a_quarter_and_all_else_is_kept(pack: Pack) -> None:
    before = texts(pack.file.parent)
    said = start("q4", pack).pack.parameters
    assert (said.period.from_, said.period.to) == (date(2020, 4, 1), date(2021, 2, 28))
    assert (said.period.snapshot, said.date) == (date(2021, 3, 1), date(2021, 4, 20))
    assert (said.status, said.previous) == ("draft", "q3")
    kept = {"title", "organisation", "classification", "compared_with", "extracts", "areas", "papers"}
    assert said.model_dump(include=kept) == pack.parameters.model_dump(include=kept)
    assert texts(pack.file.parent) == before


def test_the_financial_year_turns_and_history_stays(project: Path) -> None:
    change(project, "snapshot: 2020-12-01", "snapshot: 2020-12-01, history: 2018-04-01")
    start("q4", open_pack("q3", project))
    said = start("q1", open_pack("q4", project)).pack.parameters
    assert (said.period.from_, said.period.to) == (date(2021, 4, 1), date(2021, 5, 31))
    assert (said.period.history, said.previous) == (date(2018, 4, 1), "q4")


def test_april_to_june_is_a_quarter_where_the_pack_before_it_is_one(project: Path) -> None:
    quarter = PACK.replace("from: 2020-04-01, to: 2020-11-30", "from: 2020-01-01, to: 2020-03-31")
    (project / "params" / "q3" / "pack.yml").write_text(quarter, encoding="utf-8")
    first = start("spring", open_pack("q3", project)).pack
    assert (first.parameters.period.from_, first.parameters.period.to) == (date(2020, 4, 1), date(2020, 6, 30))
    after = start("summer", first).pack.parameters.period
    assert (after.from_, after.to) == (date(2020, 7, 1), date(2020, 9, 30))
    alone = first.file.read_text(encoding="utf-8").replace("previous: q3\n", "")
    first.file.write_text(alone, encoding="utf-8")
    to_date = start("half-year", open_pack("spring", project)).pack.parameters.period
    assert (to_date.from_, to_date.to) == (date(2020, 4, 1), date(2020, 9, 30))


def test_comments_stay_and_the_date_is_marked_once(project: Path) -> None:
    file = project / "params" / "q3" / "pack.yml"
    own = "# For the board of 20 January 2021.\n" + PACK.replace(
        "Small board", "'Board, 20 January 2021'  # as minuted"
    )
    file.write_text(own.replace("areas:", "# only the nation\nareas:"), encoding="utf-8")
    first = start("q4", open_pack("q3", project))
    text = first.pack.file.read_text(encoding="utf-8")
    assert text.startswith("# For the board of 20 April 2021.\ntitle: 'Board, 20 April 2021'  # as minuted\n")
    assert "# only the nation\nareas: [England]" in text
    assert "# To be set: the date of the meeting" in text
    assert "2021-04-20" in first.to_be_set[0]
    assert start("q1", first.pack).pack.file.read_text(encoding="utf-8").count("To be set") == 1


def test_a_final_pack_is_followed_by_a_draft_with_its_words(project: Path) -> None:
    file = project / "params" / "q3" / "commentary" / "open-cases.md"
    file.write_bytes(
        b"\xef\xbb\xbf" + COMMENTARY.replace("---\nThere", "reviewed: yes  # by the board\n---\nThere").encode()
    )
    new = start("q4", change(project, "status: draft", "status: final")).pack
    assert new.parameters.status == "draft"
    copy = (new.commentary_folder / "open-cases.md").read_text(encoding="utf-8")
    assert copy == COMMENTARY.replace("---\nThere", "reviewed: no  # by the board\n---\nThere")
    assert front_of(file).reviewed


def test_files_as_windows_editors_write_them_are_carried_over(project: Path) -> None:
    for file in (project / "params" / "q3").rglob("*.*"):
        if file.is_file():
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    new = start("q4", open_pack("q3", project)).pack
    assert new.parameters.previous == "q3"
    assert not front_of(new.commentary_folder / "open-cases.md").reviewed


def test_texts_in_folders_below_come_too(project: Path) -> None:
    below = project / "params" / "q3" / "commentary" / "regions"
    below.mkdir()
    (below / "north.md").write_text(COMMENTARY, encoding="utf-8")
    new = start("q4", open_pack("q3", project)).pack
    assert not front_of(new.commentary_folder / "regions" / "north.md").reviewed


def test_who_owes_what_is_listed_by_owner_with_paper_and_section(project: Path) -> None:
    folder = project / "params" / "q3" / "commentary"
    (folder / "aside.md").write_text(COMMENTARY.replace("Head of performance", "Finance"), encoding="utf-8")
    cells = ('%time\npaper.commentary("open-cases")', []), ("x = !ls", []), ('paper.commentary(name="not-there")', [])
    path = notebook(project / "notebooks" / "words.ipynb", *cells)
    book = nbformat.read(path, as_version=4)
    book.cells.insert(
        2, nbformat.v4.new_markdown_cell("## Old\n\n### Gone\n\n## Our `work`\n\n### Open *cases*", id="h")
    )
    book.cells.append(nbformat.v4.new_markdown_cell('```\npaper.commentary("in-prose")\n```', id="prose"))
    nbformat.write(book, path)
    section = "Our work: Open cases"
    assert owed(open_pack("q3", project)) == [
        Owed("Finance", "", "", "commentary/aside.md", "review"),
        Owed("Head of performance", "words", section, "commentary/open-cases.md", "review"),
        Owed(NOBODY, "words", section, "commentary/not-there.md", "write"),
    ]


@pytest.mark.parametrize("name", ["", ".", "..", "../q4", "a/b", "-q4", ".q4", "q 4", "pack.yml", "metrics", "nul\0l"])
def test_a_name_that_is_no_folder_is_refused(pack: Pack, name: str) -> None:
    with pytest.raises(PackError, match="cannot be the name of a pack"):
        start(name, pack)


def test_no_pack_is_written_over(project: Path, pack: Pack) -> None:
    before = texts(project)
    with pytest.raises(PackError, match="q3 exists already"):
        start("q3", pack)
    (project / "params" / "q4").mkdir()
    with pytest.raises(PackError, match="q4 exists already"):
        start("q4", pack)
    assert texts(project) == before


def broken(project: Path, before: str, after: str) -> Pack:
    file = project / "params" / "q3" / "commentary" / "open-cases.md"
    file.write_text(COMMENTARY.replace(before, after), encoding="utf-8")
    return open_pack("q3", project)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("from: 2020-04-01", "from: 2020-06-01", "June to November 2020 is neither a financial year to date nor three"),
        ("from: 2020-04-01", "from: 2019-04-01", "neither"),
        ("to: 2020-11-30, snapshot: 2020-12-01", "to: &e 2020-11-30, snapshot: *e", "cannot be carried over.*anchors"),
    ],
)
def test_a_pack_that_cannot_be_rolled_is_refused_and_nothing_is_written(
    project: Path, before: str, after: str, said: str
) -> None:
    last = change(project, before, after)
    there = texts(project)
    with pytest.raises(PackError, match=said):
        start("q4", last)
    assert texts(project) == there
    assert sorted(path.name for path in (project / "params").iterdir()) == ["q3", "scorecards.yml"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("---\nowner", "owner", "does not say whose it is"),
        ("owner: Head of performance\n", "", "owner: is missing"),
        ("date: 2021-01-11", "date: 2021-01-11\nreviewed: perhaps", "reviewed: .*perhaps"),
        ("date: 2021-01-11", "? date\n: 2021-01-11", "cannot be marked as not yet reviewed"),
    ],
)
def test_a_text_that_cannot_be_marked_is_refused_and_nothing_is_written(
    project: Path, before: str, after: str, said: str
) -> None:
    last = broken(project, before, after)
    with pytest.raises(CommentaryError, match=said):
        start("q4", last)
    assert sorted(path.name for path in (project / "params").iterdir()) == ["q3", "scorecards.yml"]


def test_a_notebook_that_cannot_be_read_is_refused(project: Path, pack: Pack) -> None:
    (project / "notebooks" / "words.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(PaperError, match="is not a notebook"):
        start("q4", pack)


def test_a_pack_outside_params_is_refused(project: Path) -> None:
    shutil.copytree(project / "params" / "q3", project / "elsewhere" / "q3")
    with pytest.raises(PackError, match="is not directly under"):
        start("q4", open_pack(project / "elsewhere" / "q3" / "pack.yml"))


def test_a_write_that_fails_leaves_nothing(project: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(PackError, match="cannot be written: No space left"):
        start("q4", pack)
    assert sorted(path.name for path in (project / "params").iterdir()) == ["q3", "scorecards.yml"]


@pytest.mark.parametrize("previous", ["q2", "q3", "", "../q3", "2021"])
def test_the_pack_before_is_another_that_exists(project: Path, previous: str) -> None:
    with pytest.raises(PackError, match=r"previous: .*(there is no other pack|valid string)"):
        change(project, "status: draft", f"status: draft\nprevious: {previous or repr('')}")


def test_a_final_pack_with_texts_of_the_last_quarter_is_not_run(project: Path, pack: Pack) -> None:
    new = start("q4", pack).pack
    (new.commentary_folder / "aside.md").write_text(COMMENTARY, encoding="utf-8")
    final = new.file.read_text(encoding="utf-8").replace("status: draft", "status: final")
    new.file.write_text(final, encoding="utf-8")
    with pytest.raises(PackError, match=r"1 of its texts .*: open-cases\.md \(Head of performance\)\. ") as refused:
        run(open_pack("q4", project))
    assert "aside.md" not in str(refused.value)
    assert not (project / "outputs").exists()


def test_a_new_pack_says_in_its_paper_what_is_not_reviewed(project: Path, pack: Pack) -> None:
    made = run(start("q4", pack).pack, papers=["words"]) / "england" / "words" / "words.html"
    assert "Not yet reviewed for this quarter" in made.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted((ROOT / "params").glob("*/pack.yml")), ids=lambda file: file.parent.name)
def test_every_text_that_a_shipped_pack_shows_is_written(file: Path) -> None:
    listed = owed(open_pack(file))
    assert [one for one in listed if one.task == "write" or not one.paper] == []


def test_the_shipped_packs_follow_each_other() -> None:
    last = open_pack("2020-21-q3", ROOT)
    assert last.parameters.previous == "2020-21-q2"
    assert open_pack("2020-21-q2", ROOT).parameters.previous is None


@pytest.mark.parametrize(
    ("last", "asked", "valid"), [("2020-21-q3", "2020-21-q1", "2020-21-q4"), ("2020-21-q4", "2021-22-q2", "2021-22-q1")]
)
def test_a_name_of_another_quarter_than_the_next_is_refused(project: Path, last: str, asked: str, valid: str) -> None:
    (project / "params" / "q3").rename(project / "params" / last)
    pack = open_pack(last, project)
    with pytest.raises(PackError, match=rf"{asked} is not the quarter after {last}\. Valid: {valid}"):
        start(asked, pack)
    assert not (project / "params" / asked).exists()
    assert start(valid, pack).pack.name == valid
