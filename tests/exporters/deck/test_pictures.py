from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck import draw

from .papers import one_topic, opened, picture


def shown(deck: Any) -> Any:
    (shape,) = [shape for shape in deck.slides[-1].shapes if shape.shape_type == 13]
    return shape


def test_a_picture_keeps_its_proportions_and_stays_on_the_slide() -> None:
    deck = opened(one_topic(picture()))
    shape = shown(deck)
    assert shape.width / shape.height == pytest.approx(2, rel=0.001)
    assert shape.width > deck.slide_width / 2
    assert shape.left + shape.width <= deck.slide_width


def test_an_svg_stands_in_the_deck_as_itself_with_a_png_beside_it() -> None:
    given = picture("image/svg+xml")
    with zipfile.ZipFile(io.BytesIO(draw(one_topic(given)))) as deck:
        media = {name.rpartition(".")[2]: deck.read(name) for name in deck.namelist() if "/media/" in name}
    assert media["svg"] == given.data
    with Image.open(io.BytesIO(media["png"])) as image:
        assert image.size[0] >= 1600


def test_a_pictures_alt_text_is_never_a_file_name() -> None:
    shape = shown(opened(one_topic(replace(picture(), alt="", title=""))))
    assert not shape._element.xpath(".//p:cNvPr/@descr")[0].endswith((".png", ".svg"))


@pytest.mark.parametrize("mimetype", ["image/png", "image/svg+xml"])
def test_bytes_that_are_no_picture_are_named_in_the_error(mimetype: str) -> None:
    with pytest.raises(ExportError, match="Caseloads vary"):
        draw(one_topic(replace(picture(), data=b"not a picture", mimetype=mimetype)))
