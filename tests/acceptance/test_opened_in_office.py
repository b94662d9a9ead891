"""The deck opened by LibreOffice: every slide is drawn, and what it says can be read there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pptx import Presentation

pytestmark = pytest.mark.verify


@pytest.fixture(scope="module")
def drawn(paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    office = shutil.which("soffice") or "soffice"
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", folder, paper / "ofsted_self_assessment.pptx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / "ofsted_self_assessment.pdf"


def test_every_slide_is_drawn_with_its_title(paper: Path, drawn: Path) -> None:
    slides = Presentation(str(paper / "ofsted_self_assessment.pptx")).slides
    pages = pypdf.PdfReader(drawn).pages
    assert len(pages) == len(slides)
    for slide, page in zip(slides, pages, strict=True):
        title = slide.shapes.title
        assert title is not None
        assert "".join(title.text_frame.text.split()) in "".join(page.extract_text().split())


def test_no_slide_is_drawn_empty(drawn: Path, tmp_path: Path) -> None:
    pdftoppm = shutil.which("pdftoppm") or "pdftoppm"
    subprocess.run([pdftoppm, "-r", "30", "-png", drawn, tmp_path / "slide"], check=True, timeout=120)
    pictures = sorted(tmp_path.glob("slide-*.png"))
    assert pictures
    for picture in pictures:
        with Image.open(picture) as image:
            colours = image.convert("RGB").getcolors(maxcolors=image.width * image.height) or []
        assert len(colours) > 20, picture.name
