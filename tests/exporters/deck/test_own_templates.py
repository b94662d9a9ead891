from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import validate_pptx
from pptx import Presentation

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck import draw, template, template_check
from cafcass_reports.exporters.deck.template import Kind, Role

from . import foreign_templates
from .papers import whole_paper
from .unusable_templates import UNUSABLE

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECKS: dict[str, Any] = {}


@pytest.fixture(scope="module", params=foreign_templates.TEMPLATES, ids=lambda make: make.__name__)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    make: Callable[[Path], Path] = request.param
    return make(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="module")
def deck(path: Path) -> bytes:
    return draw(whole_paper(), path)


def slides(deck: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(deck)).slides)


def test_a_deck_in_anybodys_template_is_valid(deck: bytes, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(deck)
    assert not validate_pptx(tmp_path / "deck.pptx").errors


def test_every_slide_has_a_title_that_screen_readers_find(deck: bytes) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in slides(deck)]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if "Last year" in title]


def test_nothing_stands_outside_the_slide(deck: bytes) -> None:
    opened: Any = Presentation(io.BytesIO(deck))
    for slide in opened.slides:
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0, shape.name
            assert shape.left + shape.width <= opened.slide_width + 1, shape.name
            assert shape.top + shape.height <= opened.slide_height + 1, shape.name


def test_no_placeholder_is_left_empty_and_every_slide_bears_its_marks(deck: bytes) -> None:
    for number, slide in enumerate(slides(deck)):
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders if shape.has_text_frame)
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "OFFICIAL" in said
        assert "DRAFT" in said
        fields = [field.get("type") for field in slide._element.iter(f"{A}fld")]
        assert fields == ([] if number == 0 and not fields else ["slidenum"])


def test_words_and_exhibits_do_not_stand_on_each_other(path: Path) -> None:
    for kind, frame in template.read(path).frames.items():
        parts = [frame.slots[role].box for role in frame.slots if role not in (Role.TITLE, Role.KICKER)]
        for at, one in enumerate(parts):
            for other in parts[at + 1 :]:
                apart = (
                    one.right <= other.left + 1
                    or other.right <= one.left + 1
                    or one.bottom <= other.top + 1
                    or other.bottom <= one.top + 1
                )
                assert apart, f"{kind}: {frame.slots}"


def test_the_report_names_a_layout_for_every_kind_and_what_is_done_instead(path: Path) -> None:
    report = template_check.check(path)
    assert report.usable
    assert [kind.kind for kind in report.kinds] == [kind.value for kind in Kind]
    for kind in report.kinds:
        assert kind.layout
        missing = [role for role in ("title", "footer") if role not in kind.placeholders and kind.kind != "title"]
        assert all(any(role in said for said in kind.instead) for role in missing)


def test_a_mapping_to_begin_with_gives_the_same_deck(path: Path, deck: bytes) -> None:
    written = template_check.write_mapping(path)
    try:
        assert draw(whole_paper(), path) == deck
        with pytest.raises(ExportError, match="is there already"):
            template_check.write_mapping(path)
    finally:
        written.unlink()


def test_layouts_are_found_in_a_language_that_we_do_not_read(tmp_path: Path) -> None:
    frames = template.read(foreign_templates.in_german(tmp_path)).frames
    assert frames[Kind.TITLE].layout.name == "Titelfolie"
    assert frames[Kind.SECTION].layout.name == "Abschnittsüberschrift"
    assert frames[Kind.TEXT_AND_EXHIBIT].layout.name == "Zwei Inhalte"


def test_of_two_masters_the_one_with_layouts_serves_and_a_mapping_may_choose(tmp_path: Path) -> None:
    path = foreign_templates.two_masters(tmp_path)
    assert template.read(path).master == 2
    path.with_suffix(".toml").write_text("master = 1\n")
    assert {frame.layout.name for frame in template.read(path).frames.values()} == {"Blank"}
    path.with_suffix(".toml").write_text("master = 3\n")
    with pytest.raises(ExportError, match="has 2, counted from 1"):
        template.read(path)


def test_a_title_in_capitals_is_written_as_a_sentence(tmp_path: Path) -> None:
    path = foreign_templates.four_to_three(tmp_path)
    divider = slides(draw(whole_paper(), path))[2]
    assert [run.get("cap") for run in divider.shapes.title._element.iter(f"{A}rPr")] == ["none"]


@pytest.mark.parametrize(("make", "said"), UNUSABLE.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_file_that_cannot_serve_is_refused_and_reported(
    make: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(ExportError, match=f"{path.name} {said}"):
        template.read(path)
    report = template_check.check(path)
    assert not report.usable
    assert said in report.problem


def test_layouts_called_alike_or_not_at_all_are_told_apart(tmp_path: Path) -> None:
    alike = {kind.layout for kind in template_check.check(foreign_templates.same_names(tmp_path)).kinds}
    assert 'Ours & "theirs" <2021> (2)' in alike
    nameless = {kind.layout for kind in template_check.check(foreign_templates.unnamed(tmp_path)).kinds}
    assert "Layout 1" in nameless


def test_text_is_never_put_into_a_placeholder_for_a_picture_or_a_chart(tmp_path: Path) -> None:
    drawn = draw(whole_paper(), foreign_templates.pictures_and_tables(tmp_path))
    kinds = {str(mark.get("type")) for slide in slides(drawn) for mark in slide._element.xpath(".//p:ph")}
    assert not kinds & {"pic", "chart", "tbl"}


def test_what_a_dark_ground_does_to_charts_is_said(tmp_path: Path) -> None:
    assert "ground is dark" in " ".join(template_check.check(foreign_templates.dark(tmp_path)).notes)


def test_text_and_rules_follow_the_theme_and_data_keep_their_colours() -> None:
    deck = draw(whole_paper())
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        on_slides = {name for name in archive.namelist() if name.startswith("ppt/slides/slide")}
        slides_xml = b"".join(archive.read(name) for name in sorted(on_slides))
        charts = [archive.read(name) for name in archive.namelist() if name.startswith("ppt/charts/chart")]
    for colour in (b"12436D", b"1F1F1F", b"BFBFBF", b"EEF3F8"):
        assert colour not in slides_xml
    for chart in charts:
        root = etree.fromstring(chart)
        texts = root.iter(f"{A}defRPr", f"{A}rPr")
        assert not [text for text in texts if text.find(f".//{A}srgbClr[@val='1F1F1F']") is not None]
    assert any(b"12436D" in chart for chart in charts)
