"""Pictures in a notebook: decoded and checked before any format draws them."""

from __future__ import annotations

import base64
import binascii
import io
import re

from lxml import etree
from PIL import Image

from cafcass_reports.errors import ExportError

SVG = "image/svg+xml"
MIMETYPES = (SVG, "image/png", "image/jpeg", "image/gif", "image/webp")
_REDRAWN = ("image/gif", "image/webp")  # as PNG, their first frame: neither PowerPoint nor PDF has them all
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp|bmp|tiff?)", re.IGNORECASE)


def spoken(alt: str) -> str:
    """Return an alt text, empty where it is but a file's name (which Jupyter writes for a pasted picture)."""
    return "" if _FILE_NAME.fullmatch(alt.strip()) else alt.strip()


def checked_svg(svg: str, where: str) -> str:
    """Return an SVG that is well-formed and refers to nothing outside itself.

    Raises
    ------
    ExportError
        Where it is not.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_a_picture(where, SVG) from error
    if etree.QName(root).localname != "svg":
        raise _not_a_picture(where, SVG)
    return svg


def decoded(data: str, mimetype: str, where: str) -> bytes:
    """Return the bytes of a picture as it stands in a notebook: in base64, but a displayed SVG as text.

    Raises
    ------
    ExportError
        Where the bytes are not a picture of that type.
    """
    if mimetype == SVG and "<" in data:
        return checked_svg(data, where).encode("utf-8")
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
        if mimetype == SVG:
            return checked_svg(content.decode("utf-8"), where).encode("utf-8")
        with Image.open(io.BytesIO(content), formats=[mimetype.removeprefix("image/").upper()]) as image:
            image.load()
            if mimetype in _REDRAWN:
                redrawn = io.BytesIO()
                image.convert("RGBA").save(redrawn, "PNG")
                return redrawn.getvalue()
    except (binascii.Error, ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise _not_a_picture(where, mimetype) from error
    return content


def drawn_as(mimetype: str) -> str:
    """Return the mimetype of what :func:`decoded` gives: GIF and WebP become PNG."""
    return "image/png" if mimetype in _REDRAWN else mimetype


def _not_a_picture(where: str, mimetype: str) -> ExportError:
    return ExportError(
        f"{where} holds a picture that cannot be read as {mimetype}.",
        valid=f"Pictures are {', '.join(MIMETYPES)}.",
        next_step="Draw it again, or save it in one of these types and attach it to the cell.",
    )
