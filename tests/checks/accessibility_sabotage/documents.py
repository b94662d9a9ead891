"""Faults of PDFs."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.checks.accessibility_sabotage.decks import FILE_NAMES, NAMES, SAYING_NOTHING
from tests.checks.accessibility_sabotage.faults import Kinds, Plant, spread

FAINT = ("0.4706", "0.58", "0.75", "1")
"""Greys of 4.4:1 and less on white."""


def _written(pdf: Any) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


KINDS: Kinds[Any] = Kinds(lambda content: pikepdf.open(io.BytesIO(content)), _written)
of = KINDS.of


def alts(good: bytes) -> tuple[str, ...]:
    """Give the alternative texts that the exhibits of a good file have."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        return tuple(str(figure.Alt) for _, figure in _elements(pdf, "/Figure"))


def _children(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _walk(element: Any) -> Iterator[Any]:
    for child in _children(element):
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            yield from _walk(child)


def _elements(pdf: Any, *kinds: str) -> list[tuple[str, Any]]:
    found = [element for element in _walk(pdf.Root.StructTreeRoot) if str(element.S) in kinds]
    return [(f"{element.S} {number}", element) for number, element in enumerate(found, 1)]


def _rename(element: Any, kind: str) -> None:
    element.S = Name(kind)


def _put(dictionary: Any, key: str, value: Any) -> None:
    dictionary[key] = value


def _drop(dictionary: Any, key: str) -> None:
    del dictionary[key]


def _remove(element: Any) -> None:
    """Take an element out of its parent's children; what it held is drawn, but belongs to nothing."""
    parent = element.P
    parent.K = Array([kid for kid in _children(parent) if not _same(kid, element)])


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, Dictionary) and one.is_indirect and one.objgen == other.objgen


def _exchange(parent: Any, one: int, other: int) -> None:
    kids = _children(parent)
    kids[one], kids[other] = kids[other], kids[one]
    parent.K = Array(kids)


def _attribute(element: Any, key: str) -> Iterator[Any]:
    for attributes in _attributes(element):
        if key in attributes:
            yield attributes


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A")
    return list(found) if isinstance(found, Array) else [] if found is None else [found]


def _streams(pdf: Any) -> Iterator[tuple[str, Any]]:
    for number, page in enumerate(pdf.pages, 1):
        yield f"page {number}", page.Contents


def _rewrite(stream: Any, match: re.Match[bytes], new: bytes) -> None:
    content = stream.read_bytes()
    stream.write(content[: match.start()] + new + content[match.end() :])


def _texts(pdf: Any, most: int) -> list[tuple[str, Any, re.Match[bytes]]]:
    """Give pieces of text as drawn: colour, size and place, outside artefacts."""
    found = []
    for at, stream in _streams(pdf):
        content = stream.read_bytes()
        for match in re.finditer(
            rb"(?P<tag>/\w+<<(?:[^<>]|<[^<>]*>)*>>BDC\n)q (?P<scale>1 0 0 -1) (?P<x>[\d.-]+) (?P<y>[\d.-]+) cm"
            rb"(?P<space>/c\d+ cs )(?P<colour>[\d. ]+) scn\nBT (?P<mode>\d) Tr(?P<font>/f\d+) (?P<size>[\d.]+) Tf",
            content,
        ):
            if b"MCID" in match["tag"]:
                found.append((f"{at}, at {match['x'].decode()} {match['y'].decode()}", stream, match))
    return spread(found, most)


def _redrawn(match: re.Match[bytes], **changes: bytes) -> bytes:
    part = {**match.groupdict(), **changes}
    return b"%sq %s %s %s cm%s%s scn\nBT %s Tr%s %s Tf" % tuple(
        part[name] for name in ("tag", "scale", "x", "y", "space", "colour", "mode", "font", "size")
    )


# The file


@of("Document title", "no document title, or none that says anything")
def document_title(pdf: Any) -> Iterator[Plant]:
    def retitle(title: str | None) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            if title is None:
                del metadata["dc:title"]
            else:
                metadata["dc:title"] = title
        if title is not None:
            pdf.docinfo["/Title"] = String(title)
        elif "/Title" in pdf.docinfo:
            del pdf.docinfo["/Title"]

    for title in (None, "", " ", *FILE_NAMES, "board_papers.pdf", "summary.typ", "Microsoft Word - q3"):
        yield repr(title), partial(retitle, title)


@of("Document title", "title not shown")
def title_not_shown(pdf: Any) -> Iterator[Plant]:
    yield "DisplayDocTitle false", partial(_put, pdf.Root.ViewerPreferences, "/DisplayDocTitle", False)
    yield "no DisplayDocTitle", partial(_drop, pdf.Root.ViewerPreferences, "/DisplayDocTitle")
    yield "no ViewerPreferences", partial(_drop, pdf.Root, "/ViewerPreferences")


@of("Language", "language of the file missing or another")
def file_language(pdf: Any) -> Iterator[Plant]:
    yield "none", partial(_drop, pdf.Root, "/Lang")
    for value in ("", "en-US", "fr", "fr-FR", "xx-invalid-language-tag-9999999999", "english"):
        yield repr(value), partial(_put, pdf.Root, "/Lang", String(value))


@of("Language", "language of a part is another")
def part_language(pdf: Any) -> Iterator[Plant]:
    for number, (at, element) in enumerate(spread(_elements(pdf, "/P", "/H2", "/TH", "/TD", "/LBody"), 8)):
        value = ("fr-FR", "en-US", "de")[number % 3]
        yield f"{at}, {value}", partial(_put, element, "/Lang", String(value))
    for at, stream in _streams(pdf):
        match = re.search(rb"/Lang\(en-GB\)", stream.read_bytes())
        if match:
            yield f"{at}, in its content", partial(_rewrite, stream, match, b"/Lang(fr-FR)")


@of("Tagged PDF", "not a tagged PDF")
def untagged(pdf: Any) -> Iterator[Plant]:
    root = pdf.Root
    yield "no MarkInfo", partial(_drop, root, "/MarkInfo")
    yield "Marked false", partial(_put, root.MarkInfo, "/Marked", False)
    yield "Suspects true", partial(_put, root.MarkInfo, "/Suspects", True)
    yield "no structure tree", partial(_drop, root, "/StructTreeRoot")
    yield "empty structure tree", partial(_put, root.StructTreeRoot, "/K", Array([]))
    yield "no parent tree", partial(_drop, root.StructTreeRoot, "/ParentTree")
    yield "no metadata", partial(_drop, root, "/Metadata")

    def unidentified(new: bytes) -> None:
        content = root.Metadata.read_bytes()
        root.Metadata.write(re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", new, content))

    yield "not identified as PDF/UA", partial(unidentified, b"")
    yield "identified as PDF/UA of part 7", partial(unidentified, b"<pdfuaid:part>7</pdfuaid:part>")


@of("Tagged PDF", "content without a tag")
def untagged_content(pdf: Any) -> Iterator[Plant]:
    for at, stream in _streams(pdf):
        content = stream.read_bytes()
        matches = list(re.finditer(rb"/\w+<<(?:[^<>]|<[^<>]*>)*>>BDC(?P<inner>.*?)EMC", content, re.S))
        for match in spread(matches, 2):
            yield f"{at}, mark taken off", partial(_rewrite, stream, match, match["inner"])


@of("Tagged PDF", "text marked as an artefact")
def text_as_artefact(pdf: Any) -> Iterator[Plant]:
    for at, stream, match in _texts(pdf, 5):
        yield at, partial(_rewrite, stream, match, _redrawn(match, tag=b"/Artifact BMC\n"))


@of("Tagged PDF", "a paragraph, list, table or figure that is in no structure")
def out_of_structure(pdf: Any) -> Iterator[Plant]:
    for kind in ("/P", "/H2", "/LI", "/Table", "/TR", "/Figure", "/L", "/TD"):
        for at, element in spread(_elements(pdf, kind), 2):
            yield at, partial(_remove, element)


# Headings


@of("Heading levels", "no heading of level 1, or two")
def level_one(pdf: Any) -> Iterator[Plant]:
    headings = _elements(pdf, "/H1", "/H2", "/H3")
    for at, first in headings[:1]:
        for kind in ("/P", "/H2", "/H3", "/H"):
            yield f"{at} to {kind}", partial(_rename, first, kind)
    for at, other in spread(headings[1:], 3):
        yield f"{at} to H1", partial(_rename, other, "/H1")


@of("Heading levels", "a level left out on the way down")
def level_skipped(pdf: Any) -> Iterator[Plant]:
    headings = _elements(pdf, "/H1", "/H2", "/H3", "/H4")
    for (_, before), (at, element) in itertools.pairwise(headings):
        level = int(str(before.S)[2:])
        yield f"{at} to H{level + 2}", partial(_rename, element, f"/H{level + 2}")
        yield f"{at} to H6", partial(_rename, element, "/H6")


@of("Titles and headings", "heading without text")
def blank_heading(pdf: Any) -> Iterator[Plant]:
    for at, element in spread(_elements(pdf, "/H1", "/H2", "/H3"), 4):
        yield f"{at}, emptied", partial(_drop, element, "/K")

        def added(element: Any = element) -> None:
            new = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=element.S, P=element.P))
            kids = _children(element.P)
            kids.insert(next(n for n, kid in enumerate(kids) if _same(kid, element)) + 1, new)
            element.P.K = Array(kids)

        if str(element.S) != "/H1":
            yield f"{at}, an empty one after it", added


# Alternative text


@of("Alternative text", "figure without alternative text")
def no_alt(pdf: Any) -> Iterator[Plant]:
    for at, figure in _elements(pdf, "/Figure"):
        yield f"{at}, none", partial(_drop, figure, "/Alt")
        for value in ("", "  ", "\u00a0"):
            yield f"{at}, {value!r}", partial(_put, figure, "/Alt", String(value))


@of("Alternative text that is a name", "alternative text is a name")
def alt_is_name(pdf: Any) -> Iterator[Plant]:
    figures = _elements(pdf, "/Figure")
    for number, name in enumerate(NAMES if figures else ()):
        at, figure = figures[number % len(figures)]
        yield f"{at}, {name!r}", partial(_put, figure, "/Alt", String(name))


@of("Alternative text", "alternative text says nothing")
def alt_says_nothing(pdf: Any) -> Iterator[Plant]:
    figures = _elements(pdf, "/Figure")
    for number, text in enumerate(SAYING_NOTHING if figures else ()):
        at, figure = figures[number % len(figures)]
        yield f"{at}, {text!r}", partial(_put, figure, "/Alt", String(text))


@of("Alternative text", "figure tagged as something else, so without alternative text")
def figure_as_other(pdf: Any) -> Iterator[Plant]:
    for at, figure in _elements(pdf, "/Figure"):
        for kind in ("/P", "/Div", "/Span"):

            def change(figure: Any = figure, kind: str = kind) -> None:
                _rename(figure, kind)
                del figure["/Alt"]

            yield f"{at} to {kind}", change


@of("Alternative text and data", "alternative text says another figure than its exhibit")
def alt_other_figure(pdf: Any) -> Iterator[Plant]:
    for at, figure in _elements(pdf, "/Figure"):
        alt = str(figure.Alt)
        digits = [match.start() for match in re.finditer(r"\d", alt)]
        for place in spread(digits, 6):
            other = alt[:place] + str((int(alt[place]) + 3) % 10) + alt[place + 1 :]
            yield f"{at}, '{alt[max(0, place - 12) : place + 4]}'", partial(_put, figure, "/Alt", String(other))
        yield f"{at}, its end left out", partial(_put, figure, "/Alt", String(alt[: len(alt) // 2] + "."))


@of("Alternative text and data", "alternative texts of two figures exchanged")
def alt_exchanged(pdf: Any) -> Iterator[Plant]:
    figures = _elements(pdf, "/Figure")
    for (at, one), (_, other) in itertools.pairwise(figures):

        def change(one: Any = one, other: Any = other) -> None:
            one.Alt, other.Alt = String(str(other.Alt)), String(str(one.Alt))

        if str(one.Alt) != str(other.Alt):
            yield at, change


# Reading order


@of("Reading order", "what stands below is read first")
def below_first(pdf: Any) -> Iterator[Plant]:
    document = pdf.Root.StructTreeRoot.K
    document = document[0] if isinstance(document, Array) else document
    count = len(_children(document))
    for number in spread(range(count - 1), 10):
        yield f"children {number} and {number + 1}", partial(_exchange, document, number, number + 1)
    yield "the title last", lambda: _put(document, "/K", Array([*_children(document)[3:], *_children(document)[:3]]))
    yield "backwards", lambda: _put(document, "/K", Array(_children(document)[::-1]))


@of("Reading order", "rows, cells or items exchanged")
def rows_exchanged(pdf: Any) -> Iterator[Plant]:
    for kind in ("/TBody", "/TR", "/L", "/LI"):
        for at, parent in spread([(a, e) for a, e in _elements(pdf, kind) if len(_children(e)) > 1], 3):
            last = len(_children(parent)) - 1
            yield f"{at}, the last two", partial(_exchange, parent, last, last - 1)


# Tables


@of("Table headers", "headers tagged as cells")
def headers_as_cells(pdf: Any) -> Iterator[Plant]:
    for number, (_, table) in enumerate(_elements(pdf, "/Table"), 1):
        rows = [element for element in _walk(table) if str(element.S) == "/TR"]
        columns = _children(rows[0])
        sides = [_children(row)[0] for row in rows[1:]]

        def change(cells: list[Any]) -> None:
            for cell in cells:
                _rename(cell, "/TD")

        yield f"table {number}, header row", partial(change, columns)
        yield f"table {number}, row headers", partial(change, sides)
        yield f"table {number}, all", partial(change, columns + sides)
        yield f"table {number}, one column's", partial(change, columns[-1:])
        yield f"table {number}, one row's", partial(change, sides[-1:])


@of("Table headers", "scope of a header missing or of the other way")
def scope(pdf: Any) -> Iterator[Plant]:
    for at, cell in spread(_elements(pdf, "/TH"), 8):
        for attributes in _attribute(cell, "/Scope"):
            other = Name("/Row") if str(attributes.Scope) == "/Column" else Name("/Column")
            yield f"{at}, {other}", partial(_put, attributes, "/Scope", other)

            def change(attributes: Any = attributes) -> None:
                del attributes["/Scope"]

            yield f"{at}, none", change


@of("Table headers", "blank header cell")
def blank_header(pdf: Any) -> Iterator[Plant]:
    for at, cell in spread(_elements(pdf, "/TH"), 6):
        yield at, partial(_drop, cell, "/K")


@of("Table headers", "cell that names a header which is not there")
def lost_header(pdf: Any) -> Iterator[Plant]:
    for at, cell in spread(_elements(pdf, "/TD"), 4):
        for attributes in _attribute(cell, "/Headers"):
            yield at, partial(_put, attributes, "/Headers", Array([String("nowhere")]))


@of("Simple tables", "merged cells")
def merged(pdf: Any) -> Iterator[Plant]:
    for kind in ("/TH", "/TD"):
        for at, cell in spread(_elements(pdf, kind), 3):
            for span in ("/ColSpan", "/RowSpan"):

                def change(cell: Any = cell, span: str = span) -> None:
                    cell.A = Array([*_attributes(cell), Dictionary({"/O": Name.Table, span: 2})])

                yield f"{at}, {span} 2", change


@of("Simple tables", "ragged or empty row, table in a table")
def ragged(pdf: Any) -> Iterator[Plant]:
    for at, row in spread(_elements(pdf, "/TR"), 4):
        yield f"{at}, a cell too few", partial(_put, row, "/K", Array(_children(row)[:-1]))

        def another(row: Any = row) -> None:
            cell = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=row))
            row.K = Array([*_children(row), cell])

        yield f"{at}, a cell too many", another
        yield f"{at}, no cell", partial(_put, row, "/K", Array([]))
    for at, cell in spread(_elements(pdf, "/TD"), 1):

        def nested(cell: Any = cell) -> None:
            table = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, P=cell))
            row = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TR, P=table))
            row.K = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=row))
            table.K = row
            cell.K = Array([*_children(cell), table])

        yield f"{at}, a table in it", nested


@of("Table captions", "table that names no title")
def no_summary(pdf: Any) -> Iterator[Plant]:
    for at, table in _elements(pdf, "/Table"):
        for attributes in _attribute(table, "/Summary"):
            yield f"{at}, none", partial(_drop, attributes, "/Summary")
            yield f"{at}, blank", partial(_put, attributes, "/Summary", String(" "))


# Structure


@of("Structure of the PDF", "a part in the wrong place, or of no known kind")
def misplaced(pdf: Any) -> Iterator[Plant]:
    renamed = (
        ("/LI", "/P"), ("/LBody", "/Div"), ("/L", "/Div"), ("/TR", "/P"), ("/TD", "/P"), ("/Table", "/Div"), ("/P", "/LI"),
        ("/P", "/TR"), ("/P", "/Wichtig"), ("/H2", "/Ueberschrift"), ("/TH", "/H3"), ("/THead", "/P"), ("/Lbl", "/TD"),
    )  # fmt: skip
    for kind, other in renamed:
        for at, element in spread(_elements(pdf, kind), 2):
            yield f"{at} to {other}", partial(_rename, element, other)
    roles = Dictionary({"/Wichtig": Name("/Anders"), "/Anders": Name("/Wichtig")})
    yield "roles in a circle", partial(_put, pdf.Root.StructTreeRoot, "/RoleMap", roles)
    remapped = Dictionary({"/P": Name("/Artifact"), "/H1": Name("/P")})
    yield "standard types mapped anew", partial(_put, pdf.Root.StructTreeRoot, "/RoleMap", remapped)


@of("Structure of the PDF", "font without its characters, or not embedded")
def fonts(pdf: Any) -> Iterator[Plant]:
    found = [
        (number, name, font) for number, page in enumerate(pdf.pages, 1) for name, font in page.Resources.Font.items()
    ]
    for number, name, font in spread(found, 3):
        yield f"page {number}, {name}, no ToUnicode", partial(_drop, font, "/ToUnicode")
        yield (
            f"page {number}, {name}, not embedded",
            partial(_drop, font.DescendantFonts[0].FontDescriptor, "/FontFile2"),
        )


@of("Structure of the PDF", "comment, form field or file that nothing describes")
def undescribed(pdf: Any) -> Iterator[Plant]:
    def annotate(page: Any, subtype: str, **entries: Any) -> None:
        annotation = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([100, 100, 200, 120]), F=4, **entries)
        )
        page.Annots = Array([*page.get("/Annots", []), annotation])

    for number, page in list(enumerate(pdf.pages, 1))[:2]:
        yield f"page {number}, comment", partial(annotate, page, "/Text", Contents=String("Check this"))
        yield (
            f"page {number}, highlight",
            partial(annotate, page, "/Highlight", QuadPoints=Array([100, 100, 200, 100, 100, 120, 200, 120])),
        )
        yield f"page {number}, field", partial(annotate, page, "/Widget", FT=Name.Tx, T=String("f"))

    def attached() -> None:
        pdf.attachments["data.csv"] = b"a,b\n1,2\n"
        specification = pdf.Root.Names.EmbeddedFiles.Names[-1]
        for key in ("/UF", "/Desc", "/AFRelationship"):
            if key in specification:
                del specification[key]

    yield "attached file", attached


# Links and bookmarks


def _links(pdf: Any) -> list[tuple[str, Any]]:
    return [
        (f"page {number}, link", annotation)
        for number, page in enumerate(pdf.pages, 1)
        for annotation in page.get("/Annots", [])
        if str(annotation.Subtype) == "/Link"
    ]


@of("Link text", "link without a description, or with one that says nothing")
def link_undescribed(pdf: Any) -> Iterator[Plant]:
    for at, link in spread(_links(pdf), 4):
        yield f"{at}, none", partial(_drop, link, "/Contents")
        for said in ("", " ", "here", "click here", "link", "https://www.example.org/a"):
            yield f"{at}, {said!r}", partial(_put, link, "/Contents", String(said))


@of("Link text", "link that is not tagged")
def link_untagged(pdf: Any) -> Iterator[Plant]:
    for at, link in spread(_links(pdf), 2):
        yield f"{at}, no StructParent", partial(_drop, link, "/StructParent")
    for at, element in spread(_elements(pdf, "/Link"), 3):
        yield f"{at} to Span", partial(_rename, element, "/Span")
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page and "/Tabs" in page:
            yield f"page {number}, no order of tabs", partial(_drop, page, "/Tabs")
            break


@of("Links that lead somewhere", "link that leads nowhere")
def link_nowhere(pdf: Any) -> Iterator[Plant]:
    def to(link: Any, address: str) -> None:
        del link["/Dest"]
        link.A = Dictionary(S=Name.URI, URI=String(address))

    for at, link in spread([(at, link) for at, link in _links(pdf) if "/Dest" in link], 2):
        yield f"{at}, no destination", partial(_drop, link, "/Dest")
        yield f"{at}, a name that is not", partial(_put, link, "/Dest", String("nowhere"))
        yield f"{at}, no page", partial(_put, link, "/Dest", Array([Dictionary(Type=Name.Page), Name.Fit]))
        for address in ("", "#", "http://", "javascript:void(0)", "file:///C:/q3.xlsx"):
            yield f"{at}, {address!r}", partial(to, link, address)


def _bookmarks(parent: Any) -> Iterator[Any]:
    one = parent.get("/First")
    while one is not None:
        yield one
        yield from _bookmarks(one)
        one = one.get("/Next")


@of("Bookmarks", "bookmarks missing, blank or leading nowhere")
def bookmarks(pdf: Any) -> Iterator[Plant]:
    if len(pdf.pages) < 3:
        return
    yield "none", partial(_drop, pdf.Root, "/Outlines")
    found = list(_bookmarks(pdf.Root.Outlines))
    for number, bookmark in enumerate(spread(found, 4), 1):
        yield f"bookmark {number}, blank", partial(_put, bookmark, "/Title", String(" "))
        yield f"bookmark {number}, no destination", partial(_drop, bookmark, "/Dest")

    sections = {str(element.get("/T")) for _, element in _elements(pdf, "/H2")}
    for bookmark in spread([one for one in found if str(one.Title) in sections], 3):
        yield f"'{bookmark.Title}' under another name", partial(_put, bookmark, "/Title", String("Section"))


# What is seen


@of("Contrast of text", "text too faint")
def faint_text(pdf: Any) -> Iterator[Plant]:
    for number, (at, stream, match) in enumerate(_texts(pdf, 10)):
        size = float(match["size"])
        grey = FAINT[number % len(FAINT)] if size < 14 else "0.65"
        yield (
            f"{at}, grey {grey}",
            partial(_rewrite, stream, match, _redrawn(match, colour=f"{grey} {grey} {grey}".encode())),
        )


@of("Contrast of graphics", "line of a chart too faint")
def faint_graphics(pdf: Any) -> Iterator[Plant]:
    for at, stream in _streams(pdf):
        content = stream.read_bytes()
        for drawing in re.finditer(rb"/\w+<<(?:[^<>]|<[^<>]*>)*>>BDC\nq [\d.]+ [\d.]+ m.*?EMC", content, re.S):
            colours = set(re.findall(rb"CS ([\d.]+ [\d.]+ [\d.]+) SCN", drawing[0]))
            for colour in sorted(colours):
                for faint in (b"0.88 0.88 0.88", b"1 0.93 0.6"):
                    redrawn = drawing[0].replace(colour, faint)
                    yield f"{at}, {colour.decode()} to {faint.decode()}", partial(_rewrite, stream, drawing, redrawn)


@of("Size of text", "text below the floor")
def small_text(pdf: Any) -> Iterator[Plant]:
    for number, (at, stream, match) in enumerate(_texts(pdf, 8)):
        size = (b"6.5", b"5", b"3", b"1")[number % 4]
        yield f"{at}, {size.decode()} points", partial(_rewrite, stream, match, _redrawn(match, size=size))


@of("Text within reach", "text off the page, or not drawn")
def out_of_reach(pdf: Any) -> Iterator[Plant]:
    for number, (at, stream, match) in enumerate(_texts(pdf, 8)):
        name, changes = (
            ("left", {"x": b"-900"}), ("below", {"y": b"-900"}), ("invisible", {"mode": b"3"}), ("right", {"x": b"2000"}),
        )[number % 4]  # fmt: skip
        yield f"{at}, {name}", partial(_rewrite, stream, match, _redrawn(match, **changes))
    for number, page in list(enumerate(pdf.pages, 1))[:2]:
        yield f"page {number}, cropped", partial(_put, page, "/CropBox", Array([0, 0, 300, 400]))


@of("Time and movement", "a page or film that moves by itself, or a script")
def by_itself(pdf: Any) -> Iterator[Plant]:
    script = Dictionary(S=Name.JavaScript, JS=String("app.setTimeOut('this.pageNum++', 3000)"))
    yield "script at the opening", partial(_put, pdf.Root, "/OpenAction", script)
    yield "page turned after 3 seconds", partial(_put, pdf.pages[0], "/Dur", 3)
    yield "script at the page", partial(_put, pdf.pages[0], "/AA", Dictionary(O=script))

    def film(subtype: str) -> None:
        page = pdf.pages[0]
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name(subtype),
            Rect=Array([1, 1, 90, 90]),
            Contents=String("The chief executive speaks"),
            F=4,
        )
        page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(annotation)])

    for subtype in ("/Movie", "/Screen", "/Sound", "/RichMedia"):
        yield subtype, partial(film, subtype)


def truncated(good: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give files that no reader opens, or that keep assistive technology out."""
    yield "empty", lambda: b""
    yield "cut in half", lambda: good[: len(good) // 2]
    yield "not a file of its kind", lambda: b"<html><body>Sign in to continue</body></html>"

    def locked(user: str, *, accessible: bool) -> bytes:
        pdf = pikepdf.open(io.BytesIO(good))
        file = io.BytesIO()
        allow = pikepdf.Permissions(accessibility=accessible, extract=False)
        revision = 3 if not accessible else 6
        with pdf.open_metadata():
            pdf.save(
                file,
                encryption=pikepdf.Encryption(
                    owner="o", user=user, R=revision, allow=allow, aes=accessible, metadata=accessible
                ),
            )
        return file.getvalue()

    yield "needs a password", partial(locked, "secret", accessible=True)
    yield "keeps screen readers out", partial(locked, "", accessible=False)
