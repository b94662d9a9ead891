"""Markup that others wrote, made fit to stand in a page: Markdown, HTML outputs, drawings, code.

Whatever comes out runs nothing and asks for nothing outside the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, zip_longest
from types import MappingProxyType
from typing import Any

import bleach.html5lib_shim as html5lib  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]
from bleach.sanitizer import Cleaner  # type: ignore[import-untyped]
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.token import Comment, Keyword, Operator, String  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from cafcass_reports.exporters.figure_links import linked

NO_ALT = "No description has been provided for this image"

_SVG = "http://www.w3.org/2000/svg"
_DRAWING = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "image", "clipPath", "mask", "marker", "pattern"),
        *("linearGradient", "radialGradient", "stop"),
    )
)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_MATPLOTLIB_STYLE = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")

_DROPPED_WHOLE = frozenset({"script", "style"})
_TAGS = frozenset(
    (
        *("div", "p", "pre", "blockquote", "hr", "br", "details", "summary", "figure", "figcaption"),
        *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("a", "abbr", "b", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "samp"),
        *("small", "span", "strong", "sub", "sup", "u", "var"),
    )
)
_ATTRIBUTES = frozenset({"colspan", "rowspan", "scope", "title", "lang", "dir", "style", "start", "open"})
_STYLES = (
    "color",
    "background-color",
    "font-weight",
    "font-style",
    "text-align",
    "text-decoration",
    "white-space",
    "width",
)
_LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

_LINES = re.compile(r"(?:--.*\n)+|.*\n|.+")  # of SQL: one, or comments that follow each other
_COLOURED = MappingProxyType({Keyword: "k", Operator.Word: "k", String: "s", Comment: "c"})

Heading = Callable[[int, str], tuple[int, str]]
"""Given a heading's level and text, its level in the page and its id there; level 0 leaves it out."""


def prose(
    source: str,
    heading: Heading,
    attachments: Mapping[str, Mapping[str, str]],
    figures: Mapping[str, str] = MappingProxyType({}),
) -> Markup:
    """Render Markdown (CommonMark with tables).

    Parameters
    ----------
    source
        The Markdown. HTML in it is kept where it is harmless.
    heading
        Asked for each heading, in order.
    attachments
        The cell's attached pictures: for each name, its base64 data by mimetype.
    figures
        Texts of figures, each with the id that it leads to; headings are left as they are.
    """
    tokens = _MARKDOWN.parse(source)
    has_html = False
    left_out = False
    kept: list[Token] = []
    ids: set[str] = set()
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == "heading_open" and following:
            level, anchor = heading(int(token.tag[1]), _plain(following))
            left_out = not level
            token.attrSet("id", anchor)
            ids.add(anchor)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
        if token.type == "inline" and not (kept and kept[-1].type == "heading_open"):
            token.children = linked(token.children or [], figures)
        for child in token.children or []:
            if child.type == "image":
                _keep_picture_inside(child, attachments)
            has_html = has_html or child.type == "html_inline"
        has_html = has_html or token.type == "html_block"
        if not left_out:
            kept.append(token)
        left_out = left_out and token.type != "heading_close"
    html = _MARKDOWN.renderer.render(kept, _MARKDOWN.options, {})
    return sanitised(html, ids) if has_html else Markup(html)


def highest_heading(source: str) -> int:
    """Return the highest level of heading in Markdown, 1 where it has none."""
    levels = (int(token.tag[1]) for token in _MARKDOWN.parse(source) if token.type == "heading_open")
    return min(levels, default=1)


def _plain(inline: Token) -> str:
    """Return an inline token's text without its mark-up."""
    children = inline.children or []
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "image")
    ).strip()


def _keep_picture_inside(image: Token, attachments: Mapping[str, Mapping[str, str]]) -> None:
    """Turn an attached picture into a data address, and one from elsewhere into its words."""
    address = str(image.attrGet("src") or "")
    data = attachments.get(address.removeprefix("attachment:"), {}) if "attachment:" in address else {}
    for mimetype, content in data.items():
        address = f"data:{mimetype};base64,{''.join(content.split())}"
    if _PICTURE.match(address):
        image.attrSet("src", address)
        return
    words = _plain(image) or "no description"
    image.type, image.tag, image.children = "text", "", None
    image.content = f"[Picture not held in the notebook: {words}]"


class _Harmless(html5lib.Filter):  # type: ignore[misc]
    """Drops scripts and style sheets with their text; names header cells' direction; describes pictures."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        dropped = 0
        part = ""
        for token in super().__iter__():
            name = token.get("name", "")
            if name in _DROPPED_WHOLE:
                dropped += {"StartTag": 1, "EndTag": -1}.get(token["type"], 0)
                continue
            if dropped:
                continue
            if token["type"] in ("StartTag", "EmptyTag"):
                attributes = token["data"]
                if name in ("thead", "tbody"):
                    part = name
                if name == "th" and part:
                    attributes.setdefault((None, "scope"), "col" if part == "thead" else "row")
                if name == "img":
                    attributes.setdefault((None, "alt"), NO_ALT)
            yield token


def _allowed(ids: Collection[str]) -> Callable[[str, str, str], bool]:
    def allowed(tag: str, name: str, value: str) -> bool:
        match tag, name:
            case "img", "src":
                return bool(_PICTURE.match(value))
            case "img", "alt":
                return True
            case "a", "href":
                return bool(_LINK.match(value))
            case _, "id":
                return value in ids
            case _, "class":
                return value == "dataframe"
        return name in _ATTRIBUTES

    return allowed


def sanitised(html: str, ids: Collection[str] = ()) -> Markup:
    """Return HTML without scripts, style sheets, frames, forms and anything that a browser would fetch.

    Parameters
    ----------
    html
        A fragment, as a data frame or any library wrote it.
    ids
        The ids that stay. All others go, since two outputs may have the same.
    """
    cleaner = Cleaner(
        tags=_TAGS | _DROPPED_WHOLE,
        attributes=_allowed(ids),
        protocols={"http", "https", "mailto", "data"},
        strip=True,
        filters=[_Harmless],
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
    )
    # An empty header cell, which pandas writes above an index, announces nothing: it is a plain cell.
    return Markup(re.sub(r"<th(?: [^<>]*)?>(?:&nbsp;|\s)*</th>", "<td></td>", cleaner.clean(html)))


def inline_svg(svg: str, alt: str, claim: Callable[[str], str]) -> Markup:
    """Return a drawing as an element of the page, with its alternative text.

    Rebuilt from the elements that draw, so that nothing of another kind (scripts, styles for the whole
    page, links, foreign content) comes along.

    Parameters
    ----------
    svg
        The drawing as the text of a file: well-formed SVG.
    alt
        What a reader who cannot see it hears.
    claim
        Given a wished-for id, one that no other element of the page has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(svg.encode(), parser)
    ids = {old: claim(old) for old in dict.fromkeys(e.get("id") for e in root.iter()) if old}
    drawing = _redrawn(root, ids)
    drawing.set("role", "img")
    drawing.set("aria-label", alt)
    for style in root.iter(f"{{{_SVG}}}style"):
        inherited = _MATPLOTLIB_STYLE.fullmatch(style.text or "")
        if inherited and "url" not in inherited[1]:
            drawing.set("style", inherited[1].strip())
    text = etree.tostring(drawing, encoding="unicode")
    return Markup(text.replace(f' xmlns="{_SVG}"', "", 1))


def _redrawn(element: etree._Element, ids: Mapping[str, str]) -> etree._Element:
    plain: dict[Any, str] = {None: _SVG}  # no prefix: HTML knows none
    new = etree.Element(f"{{{_SVG}}}{etree.QName(element).localname}", nsmap=plain)
    for key, value in element.attrib.items():
        name = etree.QName(key).localname
        kept = _kept_attribute(etree.QName(element).localname, name, str(value), ids)
        if kept is not None:
            new.set(name, kept)
    new.text = element.text if (element.text or "").strip() else None
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname in _DRAWING:
            redrawn = _redrawn(child, ids)
            redrawn.tail = child.tail if (child.tail or "").strip() else None
            new.append(redrawn)
    return new


def _kept_attribute(tag: str, name: str, value: str, ids: Mapping[str, str]) -> str | None:
    if name == "id":
        return ids.get(value)
    if name == "href":
        if value.startswith("#"):
            return f"#{ids[value[1:]]}" if value[1:] in ids else None
        return value if tag == "image" and _PICTURE.match(value) else None
    if name.startswith("on") or name in ("class", "base", "space"):
        return None
    mapped = _REFERENCE.sub(lambda found: f"url(#{ids.get(found[1], '')})", value)
    return None if re.search(r"url\((?!#)|@import|\\", mapped) else mapped


def coloured_code(source: str, language: str) -> Markup:
    """Return source code with its keywords (``k``), texts (``s``) and comments (``c``) marked; escaped.

    What the page's style sheet has no colour for is not marked: of SQL that is all but a few words. An unknown language
    is shown plain.
    """
    return _coloured(source.strip("\n"), language)


def coloured_sql(source: str) -> Markup:
    """Return SQL as :func:`coloured_code` does, line by line: of the 10,000 that a paper's queries have, 160 differ."""
    lines = _LINES.findall(source.strip("\n"))
    if any("/*" in line or line.count("'") % 2 or line.count('"') % 2 for line in lines):
        return coloured_code(source, "sql")  # a comment or text may go on in the next line
    return Markup("").join(_coloured(line, "sql") for line in lines)


@lru_cache(maxsize=2048)
def _coloured(source: str, language: str) -> Markup:
    try:
        lexer = get_lexer_by_name(language, ensurenl=False, stripnl=False)
    except ClassNotFound:
        return escape(source)
    alike = groupby(lexer.get_tokens(source), key=lambda token: _mark(token[0]))
    return Markup("".join(_marked(mark, "".join(text for _, text in tokens)) for mark, tokens in alike))


@lru_cache
def _mark(kind: Any) -> str:
    return next((mark for coloured, mark in _COLOURED.items() if kind in coloured), "")


def _marked(mark: str, text: str) -> str:
    return f'<span class="{mark}">{escape(text)}</span>' if mark else escape(text)
