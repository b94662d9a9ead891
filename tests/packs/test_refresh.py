"""An edited deck brought up to date with its pack: files, refusals, exit status, and words that figures contradict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt
from typer.testing import CliRunner, Result

from cafcass_reports.cli import app
from cafcass_reports.errors import ExportError, PackError
from cafcass_reports.packs import make, run
from cafcass_reports.packs.parameters import Pack, open_pack
from cafcass_reports.packs.refresh import refresh
from tests.extracts.small_organisation import Folder
from tests.packs import in_process, small_project

TEXT = small_project.COMMENTARY + "\nThis is a second sentence.\n"
CLOSED = "0070|C9|public|care|2019-05-05|2019-05-06|2019-05-20|2020-01-31|A1 Tyne|W1|worker|yes"
LATE = "0075|C4|public|care|2020-10-05|2020-10-06|||A1 Tyne|W1|worker|no"
DECK = "england/words/words.pptx"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A project whose pack has run twice, a case having come in late; and the first deck of its words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "execute", in_process.execute)
        project = small_project.make(tmp_path_factory.mktemp("refresh") / "project")
        (project / "params" / "q3" / "commentary" / "open-cases.md").write_text(TEXT, encoding="utf-8")
        pack = small_project.change(project, "{notebook: words, formats: [page]}", "{notebook: words, formats: [deck]}")
        extracts = Folder(project / "extracts")
        extracts.add("cases", CLOSED)
        run.run(pack)
        first = (pack.outputs / DECK).read_bytes()
        extracts.add("cases", CLOSED, LATE)
        run.run(pack)
    return project, first


@pytest.fixture
def pack(twice: tuple[Path, bytes]) -> Pack:
    return open_pack("q3", twice[0])


@pytest.fixture
def deck(twice: tuple[Path, bytes], tmp_path: Path) -> Path:
    """The director's copy, under a name of its own."""
    file = tmp_path / "Board, my copy.pptx"
    file.write_bytes(twice[1])
    return file


def edit(deck: Path, change: Any) -> None:
    presentation = Presentation(str(deck))
    change(presentation)
    presentation.save(str(deck))


def words(deck: Path) -> str:
    return "\n".join(
        shape.text_frame.text
        for slide in Presentation(str(deck)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


def call(twice: tuple[Path, bytes], *said: str) -> Result:
    return CliRunner().invoke(app, [*said, str(twice[0] / "params" / "q3" / "pack.yml")])


def sentence(presentation: Any) -> Any:
    return next(
        paragraph
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if "open cases" in paragraph.text
    )


def test_the_refreshed_deck_takes_the_place_and_the_old_one_stands_beside_it(deck: Path, pack: Pack) -> None:
    old = deck.read_bytes()
    assert "There are 3 open cases." in words(deck)
    done = refresh(deck, pack)
    assert "There are 4 open cases." in words(deck)
    assert done.before == deck.with_name("Board, my copy.before.pptx")
    assert done.before.read_bytes() == old
    assert sorted(file.name for file in deck.parent.iterdir()) == ["Board, my copy.before.pptx", "Board, my copy.pptx"]


def test_an_earlier_old_deck_is_not_overwritten(deck: Path, pack: Pack) -> None:
    earlier = deck.with_name("Board, my copy.before.pptx")
    earlier.write_bytes(b"mine")
    assert refresh(deck, pack).before == deck.with_name("Board, my copy.before-2.pptx")
    assert earlier.read_bytes() == b"mine"


def test_a_deck_in_which_nothing_moved_is_left_alone(deck: Path, pack: Pack) -> None:
    deck.write_bytes((pack.outputs / DECK).read_bytes())
    done = refresh(deck, pack)
    assert (done.before, done.updated, list(deck.parent.iterdir())) == (None, 0, [deck])


def test_the_command_ends_with_0_without_conflicts_and_says_where_the_old_deck_is(
    deck: Path, twice: tuple[Path, bytes]
) -> None:
    result = call(twice, "refresh", str(deck))
    assert result.exit_code == 0
    assert "no conflicts" in result.output
    assert ".before.pptx" in result.output


def test_the_command_ends_with_1_and_lists_conflicts_having_written_the_deck(
    deck: Path, twice: tuple[Path, bytes]
) -> None:
    def rewrite(presentation: Any) -> None:
        sentence(presentation).text = "Very few open cases are left."

    edit(deck, rewrite)
    result = call(twice, "refresh", str(deck), "--json")
    said = json.loads(result.output)
    assert result.exit_code == 1
    assert [(one["yours"], one["now"]) for one in said["conflicts"]] == [
        ("Very few open cases are left.", "There are 4 open cases.")
    ]
    assert Path(said["before"]).is_file()
    assert "Very few open cases are left." in words(deck)


def test_a_word_of_ones_own_that_the_new_figures_contradict_is_a_conflict(deck: Path, pack: Pack) -> None:
    def add(presentation: Any) -> None:
        slide = next(
            one for one in presentation.slides if "open cases" in "".join(s.text_frame.text for s in one.shapes)
        )
        for at, said in enumerate(("Our work has fallen.", "Our work has grown.")):
            slide.shapes.add_textbox(Pt(9), Pt(9 + 40 * at), Pt(300), Pt(30)).text_frame.text = said

    edit(deck, add)
    assert [(one.yours, one.what) for one in refresh(deck, pack).conflicts] == [
        ("Our work has fallen.", "Written by hand; it says 'fallen', which the new figures contradict.")
    ]


def test_the_packs_own_file_is_not_refreshed(pack: Pack) -> None:
    with pytest.raises(PackError, match="is the pack's own file"):
        refresh(pack.outputs / DECK, pack)


def test_a_deck_of_another_pack_is_refused_and_left_alone(twice: tuple[Path, bytes], deck: Path) -> None:
    project, old = twice
    other = project / "params" / "q4" / "pack.yml"
    other.parent.mkdir(exist_ok=True)
    other.write_text((project / "params" / "q3" / "pack.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (project / "outputs" / "q4").mkdir(exist_ok=True)
    for name in ("manifest.json", "checks.json", "measurements.csv"):
        (project / "outputs" / "q4" / name).write_bytes((project / "outputs" / "q3" / name).read_bytes())
    with pytest.raises(PackError, match="is 'A paper' for England of q3, and not of q4"):
        refresh(deck, open_pack("q4", project))
    assert (deck.read_bytes(), list(deck.parent.iterdir())) == (old, [deck])


def test_a_deck_whose_paper_was_not_published_is_refused_with_those_that_were(deck: Path, pack: Pack) -> None:
    manifest = pack.outputs / "manifest.json"
    kept = manifest.read_text(encoding="utf-8")
    said = json.loads(kept)
    said["papers"]["england/words"]["files"].remove(DECK)
    manifest.write_text(json.dumps(said), encoding="utf-8")
    try:
        with pytest.raises(PackError, match=r"holds no deck\. It holds no deck at all\. Run the pack"):
            refresh(deck, pack)
    finally:
        manifest.write_text(kept, encoding="utf-8")


def test_a_pack_that_was_never_run_is_refused(deck: Path, tmp_path: Path) -> None:
    project = small_project.make(tmp_path / "elsewhere" / "project")
    with pytest.raises(PackError, match="nothing was published there"):
        refresh(deck, open_pack("q3", project))


def test_a_deck_that_is_not_there_is_refused(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(PackError, match=r"lost\.pptx cannot be read"):
        refresh(tmp_path / "lost.pptx", pack)


def test_what_is_no_deck_is_refused(tmp_path: Path, pack: Pack) -> None:
    file = tmp_path / "minutes.pptx"
    file.write_bytes(b"minutes")
    with pytest.raises(ExportError, match=r"minutes\.pptx cannot be opened"):
        refresh(file, pack)
    assert file.read_bytes() == b"minutes"
