"""A template's file opened: ``.pptx`` or ``.potx``, whoever made it, without the slides that it came with."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck.names import qn

_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.%s.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/"  # python-pptx knows the names of the transitional form only
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1")  # how files of before 2007 begin, and those under a password
_LEAST = (400.0, 280.0)  # points: on a smaller slide nothing is legible


@dataclass(frozen=True)
class Opened:
    """A template's presentation, and how many slides it had, which were taken out."""

    presentation: Presentation
    dropped: int


def open_file(path: Path) -> Opened:
    """Open a template.

    Parameters
    ----------
    path
        A ``.pptx`` or ``.potx``. They differ in one content type, on which python-pptx insists.

    Raises
    ------
    ExportError
        Where there is no such file, it is no presentation, has macros or a password, no layouts, or slides too small.
    """
    content = _content(path)
    try:
        presentation = pptx.Presentation(io.BytesIO(content))
        layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
        size = (presentation.slide_width, presentation.slide_height)
    except (PythonPptxError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise _refused(path, "cannot be opened as a deck", "Save it again in PowerPoint as a presentation.") from error
    if not layouts:
        raise _refused(path, "has no slide layouts", "Add one in PowerPoint: View, Slide Master, Insert Layout.")
    if not all(size) or any(side.pt < least for side, least in zip(size, _LEAST, strict=True) if side):
        said = f"has slides smaller than {_LEAST[0]:.0f} by {_LEAST[1]:.0f} points"
        raise _refused(path, said, "Enlarge them in PowerPoint: Design, Slide Size.")
    dropped = len(presentation.slides)
    if dropped:
        _drop_slides(presentation)
    return Opened(presentation, dropped)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}", "Check the template's path.") from error
    if content.startswith(_ENCRYPTED):
        raise _refused(path, "has a password, or is of before 2007", "Save it without a password as .pptx or .potx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            types = archive.read(_TYPES)
            if b"macroEnabled" in types:
                raise _refused(path, "carries macros", "Save it as .pptx or .potx, without them.")
            if b"presentationml" not in types:
                raise _refused(path, "is not a PowerPoint file, whatever its ending", "Check the template's path.")
            if _STRICT in archive.read("_rels/.rels"):
                raise _refused(path, "is saved as Strict Open XML", "Save it as 'PowerPoint Presentation (.pptx)'.")
            if _MAIN % b"template" not in types:
                return content
            switched = io.BytesIO()
            with zipfile.ZipFile(switched, "w", zipfile.ZIP_DEFLATED) as new:
                for entry in archive.infolist():
                    data = archive.read(entry)
                    if entry.filename == _TYPES:
                        data = types.replace(_MAIN % b"template", _MAIN % b"presentation")
                    new.writestr(entry.filename, data)
            return switched.getvalue()
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as error:
        raise _refused(path, "cannot be opened as a deck", "Save it again in PowerPoint as a presentation.") from error


def _drop_slides(presentation: Presentation) -> None:
    """Take out the slides of a template with everything that names them: sections and custom shows."""
    root: Any = presentation.part._element
    for entry in list(root.sldIdLst):
        presentation.part.drop_rel(entry.rId)
        root.sldIdLst.remove(entry)
    shows = root.find(qn("p:custShowLst"))
    if shows is not None:
        root.remove(shows)
    for extension in root.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if extension.get("uri") == _SECTIONS:
            extension.getparent().remove(extension)


def _refused(path: Path, fault: str, next_step: str) -> ExportError:
    return ExportError(
        f"{path.name} {fault}.",
        valid="A template is a .pptx or .potx file with slide layouts.",
        next_step=next_step,
    )
