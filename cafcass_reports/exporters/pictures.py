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
_ACTIVE = ("script", "foreignObject", "handler")
_WITHIN = re.compile(r"\s*(?:#|data:image/|$)")  # what a reference within a picture may name
_FOLLOWED = re.compile(r"\s*(?:#|https?:|mailto:|$)", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:image/|[\"'\s])", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp|bmp|tiff?)", re.IGNORECASE)


def spoken(alt: str) -> str:
    """Return an alt text, empty where it is but a file's name (which Jupyter writes for a pasted picture)."""
    return "" if _FILE_NAME.fullmatch(alt.strip()) else alt.strip()


def checked_svg(svg: str, where: str) -> str:
    """Return an SVG that is well-formed; what it runs, or would fetch from elsewhere, is left out.

    Raises
    ------
    ExportError
        Where it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_a_picture(where, SVG) from error
    if etree.QName(root).localname != "svg":
        raise _not_a_picture(where, SVG)
    found = [(element, _not_its_own(element)) for element in root.iter(etree.Element)]
    if not any(names is None or names for _, names in found):
        return svg
    for element, names in found:
        parent = element.getparent()
        if names is None and parent is not None:
            parent.remove(element)
        for name in names or ():
            del element.attrib[name]
    return etree.tostring(root, encoding="unicode")


def _not_its_own(element: etree._Element) -> list[str] | None:
    """Name the attributes that run something or fetch it from elsewhere; None where the whole element does.

    A link that a reader may follow does neither.
    """
    kind = _local(element.tag)
    if kind in _ACTIVE or (kind == "style" and _reaches_outside(element.text or "")):
        return None
    within = _FOLLOWED if kind == "a" else _WITHIN
    named = [(str(name), _local(name), str(value)) for name, value in element.attrib.items()]
    return [
        name
        for name, local, value in named
        if local.startswith("on") or (local == "href" and not within.match(value)) or _reaches_outside(value)
    ]


def _local(name: object) -> str:
    """Return a name without its namespace."""
    return str(name).rpartition("}")[2]


def _reaches_outside(value: str) -> bool:
    """Whether a style names what would be fetched; the paths of lines, which are long, have no sign of it."""
    return ("(" in value or "@" in value) and _OUTSIDE.search(value) is not None


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
