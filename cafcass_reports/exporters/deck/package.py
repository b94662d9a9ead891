"""What a finished deck's file must be: in one language, valid, and the same bytes for the same content."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import PackageWriter
from pptx.presentation import Presentation

from cafcass_reports.exporters.deck.names import qn

LANGUAGE = "en-GB"

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold


def count_parts(presentation: Presentation) -> None:
    """Let a presentation give its new parts their numbers by counting on.

    python-pptx looks through all parts for each new one: of hundreds of charts the last takes twice as long as the
    first.
    """
    package: Any = presentation.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    last: Counter[str] = Counter()

    def next_partname(template: str) -> PackURI:
        last[template] += 1
        while template % last[template] in taken:
            last[template] += 1
        return PackURI(template % last[template])

    package.next_partname = next_partname


def to_bytes(presentation: Presentation, dated: datetime.datetime) -> bytes:
    """Save a presentation so that equal content gives equal bytes.

    Parameters
    ----------
    presentation
        The deck; its parts are put into British English, its chart axes given valid ids.
    dated
        The date that stands in the properties of the deck and of the workbooks in it.
    """
    package: Any = presentation.part.package
    parts = tuple(package.iter_parts())
    for part in parts:
        if isinstance(part, XmlPart):
            _set_language(part)
            _set_axis_ids(part)
        elif part.partname == "/docProps/app.xml":
            part._blob = _application(presentation)
    files = _Files()
    writer = PackageWriter(io.BytesIO(), package._rels, parts)
    writer._write_content_types_stream(files)  # type: ignore[arg-type]  # of an archive it only knows how to write in it
    writer._write_pkg_rels(files)  # type: ignore[arg-type]
    writer._write_parts(files)  # type: ignore[arg-type]
    return _archive(files.items(), dated)


class _Files(dict[str, bytes]):
    """The files of a package by name, where python-pptx would compress each: they are, once, when they are packed."""

    def write(self, uri: PackURI, content: bytes) -> None:
        """Take a file; python-pptx calls this as it calls that of its archives."""
        self[uri.membername] = content


def _application(presentation: Presentation) -> bytes:
    """Return the extended properties: python-pptx leaves those of the file that its own template was made from."""
    given: Any = presentation
    ratio = given.slide_width / given.slide_height
    shape = {1.33: "On-screen Show (4:3)", 1.78: "Widescreen"}.get(round(ratio, 2), "Custom")
    notes = sum(slide.has_notes_slide for slide in presentation.slides)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>cafcass_reports</Application><PresentationFormat>{shape}</PresentationFormat>"
        f"<Slides>{len(presentation.slides)}</Slides><Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides>"
        "</Properties>"
    ).encode()


def _set_language(part: Part) -> None:
    """Say the language of every run: a screen reader takes its voice from it."""
    root = part._element  # type: ignore[attr-defined]  # python-pptx has no public access to a part's tree
    for run in root.iter(qn("a:r"), qn("a:fld")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {}))
    for paragraph in root.iter(qn("a:p")):
        if paragraph.find(qn("a:r")) is None and paragraph.find(qn("a:endParaRPr")) is None:
            paragraph.append(paragraph.makeelement(qn("a:endParaRPr"), {}))
    for properties in root.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        properties.set("lang", LANGUAGE)


def _set_axis_ids(part: Part) -> None:
    """Replace the negative axis ids that python-pptx writes: the schema wants unsigned ones."""
    ids: dict[str, str] = {}
    axes: list[Any] = list(part._element.iter(qn("c:axId"), qn("c:crossAx")))  # type: ignore[attr-defined]
    for axis in axes:
        axis.set("val", ids.setdefault(axis.get("val"), str(50010001 + len(ids))))


def packed(archive: bytes, dated: datetime.datetime | None = None) -> bytes:
    """Pack a saved file again so that equal content gives equal bytes; its properties get a date where one is given."""
    return _archive(_unpacked(archive), dated)


def _unpacked(archive: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        for entry in given.infolist():
            yield entry.filename, given.read(entry)


def _archive(files: Iterable[tuple[str, bytes]], dated: datetime.datetime | None) -> bytes:
    stamp = f"{dated:%Y-%m-%dT%H:%M:%SZ}".encode() if dated else None
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files:
            data = content
            if name.endswith(".xlsx") and stamp:
                data = packed(data, dated)
            elif name == "docProps/core.xml" and stamp:
                data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same archive on Windows and elsewhere
            new.writestr(info, data)
    return target.getvalue()
