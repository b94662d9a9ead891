from __future__ import annotations

import runpy
import shutil
import zipfile
from pathlib import Path

import pytest

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck import draw, template
from cafcass_reports.exporters.deck.template import Kind, Role

from .papers import whole_paper


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for suffix in (".pptx", ".toml"):
        shutil.copy(template.board().with_suffix(suffix), tmp_path / f"own{suffix}")
    return tmp_path / "own.pptx"


def edit(own: Path, old: str, new: str) -> None:
    mapping = own.with_suffix(".toml")
    mapping.write_text(mapping.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_the_shipped_template_is_what_its_script_makes() -> None:
    made = runpy.run_path(str(template.board().with_name("make_template.py")))["make"]()
    assert made == template.board().read_bytes(), "Run templates/deck/make_template.py."


def test_the_shipped_template_carries_no_thumbnail_printer_settings_or_unused_layout() -> None:
    with zipfile.ZipFile(template.board()) as archive:
        names = archive.namelist()
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
    assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == len(Kind)


def test_content_slides_have_their_title_at_one_place_and_size() -> None:
    frames = template.read(template.board()).frames
    places = {frames[kind].slots[Role.TITLE].box for kind in (Kind.TEXT, Kind.EXHIBIT, Kind.TEXT_AND_EXHIBIT)}
    assert len(places) == 1


def test_an_own_template_with_other_names_serves(own: Path) -> None:
    assert draw(whole_paper(), own)[:2] == b"PK"


def test_a_layout_that_the_template_lacks_is_named_with_those_it_has(own: Path) -> None:
    edit(own, 'layout = "Exhibit"', 'layout = "Exhibits"')
    with pytest.raises(ExportError, match=r"no layout 'Exhibits'.*Nearest: Exhibit"):
        template.read(own)


def test_a_placeholder_that_the_layout_lacks_is_named(own: Path) -> None:
    edit(own, 'kicker = "Kicker"', 'kicker = "Label"')
    with pytest.raises(ExportError, match="no placeholder 'Label'"):
        template.read(own)


def test_a_mapping_without_a_part_that_a_slide_needs_is_refused(own: Path) -> None:
    edit(own, 'exhibit = "Exhibit"\n', 'exhibit = ""\n')
    with pytest.raises(ExportError, match="no exhibit"):
        template.read(own)


def test_a_part_that_a_layout_has_no_room_for_is_left_out(own: Path) -> None:
    mapping = own.with_suffix(".toml")
    lines = mapping.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("kicker", "subtitle", "source", "footer", "number"))]
    mapping.write_text("\n".join(kept), encoding="utf-8")
    assert draw(whole_paper(), own)[:2] == b"PK"


def test_a_template_without_a_mapping_serves_by_its_names_and_types(own: Path) -> None:
    mapped = draw(whole_paper(), own)
    own.with_suffix(".toml").unlink()
    assert draw(whole_paper(), own) == mapped


def test_a_mapping_that_is_none_is_refused(own: Path) -> None:
    own.with_suffix(".toml").write_text('[text]\nlayuot = "Text"\n', encoding="utf-8")
    with pytest.raises(ExportError, match=r"own\.toml is not the mapping.*layuot"):
        template.read(own)
