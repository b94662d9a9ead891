"""Pictures: as large as their box allows; an SVG with a PNG for programs that cannot show it."""

from __future__ import annotations

import io
from typing import Any

import typst
from PIL import Image, UnidentifiedImageError
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import PictureBlock

SVG = "image/svg+xml"
_RASTER_WIDTH = 900  # points; at 144 to the inch, 1,800 pixels across a slide
_SVG_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_SVG_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{key}"/></a:ext></a:extLst>'
)


def draw(slide: Any, picture: PictureBlock, box: Box) -> Any:
    """Draw a picture, undistorted and centred in its box; return its shape.

    Raises
    ------
    ExportError
        Where its bytes are not the picture that its mimetype says.
    """
    data = _png(picture) if picture.mimetype == SVG else picture.data
    try:
        with Image.open(io.BytesIO(data)) as image:
            wide, high = image.size
    except (UnidentifiedImageError, OSError) as error:
        raise _unreadable(picture) from error
    scale = min(box.width / wide, box.height / high)
    width, height = wide * scale, high * scale
    shape = slide.shapes.add_picture(
        io.BytesIO(data),
        Pt(box.left + (box.width - width) / 2),
        Pt(box.top + (box.height - height) / 2),
        Pt(width),
        Pt(height),
    )
    if picture.mimetype == SVG:
        _add_svg(slide, shape, picture.data)
    return shape


def _png(picture: PictureBlock) -> bytes:
    """Draw an SVG as PNG with Typst, which the summary needs anyway: no second renderer to keep."""
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg", width: {_RASTER_WIDTH}pt)'
    try:
        drawn: bytes = typst.compile(  # type: ignore[call-overload]  # its stub forgets a folder of bytes
            {"main.typ": page.encode(), "picture.svg": picture.data},
            format="png",
            ppi=144.0,
            font_paths=[str(theme.fonts_folder())],
            ignore_system_fonts=True,
        )
    except (typst.TypstError, RuntimeError) as error:
        raise _unreadable(picture) from error
    return drawn


def _add_svg(slide: Any, shape: Any, svg: bytes) -> None:
    package = slide.part.package
    name = package.next_image_partname("svg")
    part = Part(PackURI(name), SVG, package, svg)
    key = slide.part.relate_to(part, _SVG_RELATIONSHIP)
    shape._element.blipFill.blip.append(parse_xml(_SVG_EXTENSION.format(key=key)))


def _unreadable(picture: PictureBlock) -> ExportError:
    name = f"The picture '{picture.title}'" if picture.title else "A picture"
    return ExportError(
        f"{name} cannot be read as {picture.mimetype}.",
        valid="Pictures are PNG, JPEG or SVG.",
        next_step="Run the cell that draws it again.",
    )
