"""The organisation's own template: examined on the command line, named by a pack, refused before work begins."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner, Result

from cafcass_reports import cli
from cafcass_reports.errors import ExportError
from cafcass_reports.packs import make
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.exporters.deck import foreign_templates, unusable_templates
from tests.packs import in_process, small_project

NAMED = "template: templates/organisation.potx\nareas: [England]"


def check(*words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli._out, "width", 200)  # a terminal's, whatever the tests are run in
        return CliRunner().invoke(cli.app, ["template", "check", *words])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(make, "execute", in_process.execute)
    folder = small_project.make(tmp_path / "project")
    (folder / "templates").mkdir()
    foreign_templates.potx(folder / "templates")
    small_project.change(folder, "  - {notebook: figures, formats: [page]}\n", "")
    small_project.change(folder, "{notebook: words, formats: [page]}", "{notebook: words, formats: [deck]}")
    return folder


def size_and_slides(project: Path) -> tuple[int | None, int]:
    deck = (project / "outputs" / "q3" / "england" / "words" / "words.pptx").read_bytes()
    opened = Presentation(io.BytesIO(deck))
    return opened.slide_width, len(opened.slides)


def test_a_packs_decks_are_drawn_into_its_template_and_anew_when_that_is_another(project: Path) -> None:
    run(small_project.change(project, "areas: [England]", NAMED), workers=1)
    template = Presentation()
    assert size_and_slides(project)[0] == template.slide_width
    wide = foreign_templates.wide(project / "templates")
    shutil.copy(wide, wide.with_name("organisation.potx"))
    run(open_pack("q3", project), workers=1)
    height = Presentation(io.BytesIO((project / "outputs/q3/england/words/words.pptx").read_bytes())).slide_height
    assert height == Presentation(str(wide)).slide_height != template.slide_height


@pytest.mark.parametrize("make_file", [unusable_templates.missing, unusable_templates.a_text_renamed])
def test_a_template_that_cannot_serve_stops_a_run_before_it_begins(
    project: Path, make_file: Callable[[Path], Path]
) -> None:
    path = make_file(project / "templates")
    pack = small_project.change(project, "areas: [England]", f"template: templates/{path.name}\nareas: [England]")
    with pytest.raises(ExportError, match=path.name):
        run(pack)
    assert not (project / "outputs" / "q3").exists()


def test_the_command_says_what_serves_and_what_is_done_instead(tmp_path: Path) -> None:
    said = check(str(foreign_templates.title_only(tmp_path)))
    assert said.exit_code == 0
    assert "Title Only" in said.stdout
    assert "body: a box of text under the title" in said.stdout
    assert "Usable: title-only.pptx serves" in said.stdout


def test_the_command_reports_in_json_and_writes_a_mapping_once(tmp_path: Path) -> None:
    path = foreign_templates.two_masters(tmp_path)
    said = check(str(path), "--json", "--mapping")
    report = json.loads(said.stdout)
    assert (said.exit_code, report["usable"], report["master"], report["masters"]) == (0, True, 2, 2)
    assert "master = 2" in path.with_suffix(".toml").read_text(encoding="utf-8")
    again = check(str(path), "--mapping")
    assert again.exit_code == 1
    assert "two-masters.toml is there already" in again.stderr


@pytest.mark.parametrize(
    ("make_file", "why"), unusable_templates.UNUSABLE.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_the_command_ends_with_status_1_where_a_file_cannot_serve(
    make_file: Callable[[Path], Path], why: str, tmp_path: Path
) -> None:
    said = check(str(make_file(tmp_path)), "--mapping")
    assert said.exit_code == 1
    assert "Not usable: " in said.stdout
    assert why in said.stdout
    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert not list(tmp_path.glob("*.toml"))
