"""Files that cannot serve as a template, each with what is said of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches

from tests.exporters.deck.foreign_templates import four_to_three

_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _rewritten(folder: Path, name: str, change: Callable[[str, bytes], bytes]) -> Path:
    path = folder / name
    with zipfile.ZipFile(four_to_three(folder)) as given, zipfile.ZipFile(path, "w") as new:
        for entry in given.namelist():
            new.writestr(entry, change(entry, given.read(entry)))
    return path


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "ours.pptx"
    path.write_bytes(content)
    return path


def missing(folder: Path) -> Path:
    return folder / "nowhere.pptx"


def a_folder(folder: Path) -> Path:
    (folder / "templates.pptx").mkdir()
    return folder / "templates.pptx"


def empty(folder: Path) -> Path:
    return _written(folder, b"")


def no_zip(folder: Path) -> Path:
    return _written(folder, b"not a zip")


def half_a_zip(folder: Path) -> Path:
    content = four_to_three(folder).read_bytes()
    return _written(folder, content[: len(content) // 2])


def with_a_password(folder: Path) -> Path:
    return _written(folder, bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600)


def with_macros(folder: Path) -> Path:
    macros = b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml"
    return _rewritten(folder, "macros.potm", lambda _, content: content.replace(_MAIN, macros))


def a_text_renamed(folder: Path) -> Path:
    """A Word document whose ending somebody changed."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as new:
        new.writestr(
            "[Content_Types].xml", b'<Types><Override ContentType="' + _WORD + b'" PartName="/w.xml"/></Types>'
        )
        new.writestr("w.xml", b"<document/>")
    return _written(folder, saved.getvalue())


def a_broken_layout(folder: Path) -> Path:
    return _rewritten(
        folder, "broken.pptx", lambda name, content: content[:200] if name.endswith("slideLayout2.xml") else content
    )


def strict(folder: Path) -> Path:
    """Saved by PowerPoint as a Strict Open XML Presentation, whose names are others."""
    transitional, names = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def change(name: str, content: bytes) -> bytes:
        return content.replace(transitional, names) if name.startswith(("_rels", "ppt/")) else content

    return _rewritten(folder, "strict.pptx", change)


def without_layouts(folder: Path) -> Path:
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(layout)
    presentation.save(str(folder / "bare.pptx"))
    return folder / "bare.pptx"


def tiny(folder: Path) -> Path:
    presentation = Presentation()
    presentation.slide_width = Inches(3)
    presentation.save(str(folder / "tiny.pptx"))
    return folder / "tiny.pptx"


UNUSABLE: dict[Callable[[Path], Path], str] = {
    missing: "cannot be read",
    a_folder: "cannot be read",
    empty: "cannot be opened",
    no_zip: "cannot be opened",
    half_a_zip: "cannot be opened",
    with_a_password: "has a password",
    with_macros: "carries macros",
    a_text_renamed: "is not a PowerPoint file",
    a_broken_layout: "cannot be opened",
    strict: "is saved as Strict Open XML",
    without_layouts: "has no slide layouts",
    tiny: "has slides smaller than",
}
"""Makers of such files, each with what the refusal says."""
