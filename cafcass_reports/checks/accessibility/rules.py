"""The rules of the accessibility gate, each with where it comes from.

Sources: the Web Content Accessibility Guidelines (WCAG) 2.2, level AA; PDF/UA-1 (ISO 14289-1); the rules of the
accessibility checker in Microsoft Office (MS); the Government Analysis Function's guidance on tables and charts (GAF).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cafcass_reports.checks.findings import Finding, Place, Severity

CHECK = "accessibility"
"""The name under which these findings stand in ``checks.json``."""


@dataclass(frozen=True)
class _Said:
    name: str
    source: str
    valid: str
    next_step: str


class Rule(Enum):
    """A rule: its name, its source, what is valid and what to do next."""

    READABLE = _Said(
        "Readable file",
        "PDF/UA-1 5; WCAG 4.1.2",
        "A file that opens, which assistive technology may read.",
        "Make it again.",
    )
    DOCUMENT_TITLE = _Said(
        "Document title",
        "WCAG 2.4.2; PDF/UA-1 7.1",
        "A title that says what the paper is, no file name, shown by the reader.",
        "Give the notebook a title (H1).",
    )
    LANGUAGE = _Said(
        "Language",
        "WCAG 3.1.1, 3.1.2; PDF/UA-1 7.2",
        "British English (en-GB) for the file and each text of it.",
        "Set the language of the text named, or make the file again.",
    )
    TITLES = _Said(
        "Titles and headings",
        "WCAG 2.4.2, 2.4.6; MS: slide title missing, slide titles not unique",
        "A title for each slide, each one different; no heading without text.",
        "Write a title; where slides continue, number them '(1 of 2)'.",
    )
    HEADING_ORDER = _Said(
        "Heading levels",
        "WCAG 1.3.1; PDF/UA-1 7.4.2",
        "One heading of level 1 first, then no level left out on the way down.",
        "Change the heading's level in the notebook.",
    )
    ALT_TEXT = _Said(
        "Alternative text",
        "WCAG 1.1.1; PDF/UA-1 7.3; MS: missing alternative text",
        "A sentence that says what it shows; nothing where it is decoration, and then marked so.",
        "Give the exhibit an `alt` that says what it shows.",
    )
    ALT_NAMES = _Said(
        "Alternative text that is a name",
        "WCAG 1.1.1 (F30); MS: alternative text that is a file's name",
        "What it shows, in words; never a file's name, a kind ('Chart 3', 'image') or a place holder.",
        "Write what it shows.",
    )
    ALT_DATA = _Said(
        "Alternative text and data",
        "WCAG 1.1.1; GAF: charts, alternative text",
        "The first, last, lowest and highest figure of each series as drawn, and special cause where there is any.",
        "Show the exhibit again from its figures, or correct its `alt`.",
    )
    CHART_DATA = _Said(
        "Chart data",
        "ECMA-376 part 1, 21.2.2 (c:ptCount, c:idx)",
        "As many points in each series as there are categories, each of them once.",
        "Make the deck again.",
    )
    READING_ORDER = _Said(
        "Reading order",
        "WCAG 1.3.2; PDF/UA-1 7.2; MS: check reading order",
        "The title first, then what stands higher, or left in the same row, before what stands lower or to the right.",
        "Set the order in PowerPoint's reading order pane, or make the file again.",
    )
    TABLE_HEADERS = _Said(
        "Table headers",
        "WCAG 1.3.1 (H63, F91); PDF/UA-1 7.5; MS: no header row; GAF: tables",
        "A header row and a header for each row, marked as such, none of them blank.",
        "Name the columns, and mark row headers with `row_header`.",
    )
    TABLE_SHAPE = _Said(
        "Simple tables",
        "WCAG 1.3.1; MS: merged or split cells; GAF: tables",
        "As many cells in each row as columns, none merged, no row or column empty, no table in a table.",
        "Split merged cells, take empty rows and columns out.",
    )
    TABLE_CAPTION = _Said(
        "Table captions",
        "WCAG 1.3.1 (H39); GAF: tables",
        "A caption, or a title that the table names as its own.",
        "Give the table's exhibit a title.",
    )
    LINK_TEXT = _Said(
        "Link text",
        "WCAG 2.4.4; MS: unclear hyperlink text; PDF/UA-1 7.18.5",
        "Words that say where it leads; not 'here' or 'more', no bare address.",
        "Write the link's text anew.",
    )
    LINK_TARGET = _Said(
        "Links that lead somewhere",
        "WCAG 2.4.1, 2.4.5; PDF/UA-1 7.18.5",
        "An address, or a place in the file that exists.",
        "Correct the link.",
    )
    CONTRAST = _Said(
        "Contrast of text",
        "WCAG 1.4.3; MS: hard-to-read text contrast",
        "4.5:1 against what stands behind it, 3:1 from 18 points, or 14 points in bold.",
        "Choose the theme's colour of text or a darker one.",
    )
    CHART_CONTRAST = _Said(
        "Contrast of graphics",
        "WCAG 1.4.11",
        "3:1 against the background and what adjoins, or a label, or a white line between.",
        "Choose colours of the theme, show labels, or draw a line between.",
    )
    COLOUR_ALONE = _Said(
        "Colour alone",
        "WCAG 1.4.1; MS: use of colour alone",
        "A word or shape beside each colour that means something; each series named.",
        "Add the word or shape, or name the series.",
    )
    SIZE = _Said(
        "Size of text",
        "WCAG 1.4.4; GAF: charts; MS: use of a large enough font",
        "On slides 12 points or more, 11 in footers; in PDFs 7; on pages 12 pixels.",
        "Enlarge the text, or split what does not fit.",
    )
    ON_PAGE = _Said(
        "Text within reach",
        "WCAG 1.3.2, 1.4.10; MS: check reading order",
        "Everything that is read stands on the slide or page, and is not hidden.",
        "Move it onto the slide, or delete it.",
    )
    SECTIONS = _Said(
        "Sections",
        "MS: sections with names; ECMA-376 and [MS-PPTX] 2.6",
        "Each slide in one section, each section named, and of slides that exist.",
        "Make the deck again, or name the sections in PowerPoint.",
    )
    MEDIA = _Said(
        "Time and movement",
        "WCAG 1.2.1, 1.2.2, 2.2.1, 2.2.2, 2.3.1",
        "Nothing that plays, moves, blinks or turns over by itself.",
        "Take it out.",
    )
    TAGGED = _Said(
        "Tagged PDF",
        "PDF/UA-1 5, 6.2, 7.1",
        "A marked and tagged PDF, its whole content tagged or an artefact, identified as PDF/UA-1.",
        "Make the file again.",
    )
    PDF_STRUCTURE = _Said(
        "Structure of the PDF",
        "PDF/UA-1 7.1 to 7.21; ISO 32000-1 14.8",
        "Lists of items, tables of rows, and every other rule of PDF/UA-1 that a machine can check.",
        "Make the file again.",
    )
    BOOKMARKS = _Said(
        "Bookmarks",
        "WCAG 2.4.5; PDF/UA-1 7.17",
        "A bookmark for each section (heading of level 2) in a document of more than two pages.",
        "Make the file again.",
    )
    LANDMARKS = _Said(
        "Landmarks",
        "WCAG 1.3.1, 2.4.1",
        "One main region, which a link at the top of the page skips to; each navigation with a name.",
        "Mend the page's template.",
    )
    LABELS = _Said(
        "Names of controls",
        "WCAG 1.3.1, 3.3.2, 4.1.2",
        "A label for each field, button, frame and control, said in words.",
        "Add a label.",
    )
    KEYBOARD = _Said(
        "Keyboard",
        "WCAG 2.1.1, 2.4.3, 2.4.7",
        "Everything reached with the keyboard, in the page's own order, with the focus to be seen.",
        "Take `tabindex` above 0 and lost focus outlines out; use links and buttons.",
    )
    MARKUP = _Said(
        "Sound markup",
        "WCAG 1.3.1, 4.1.2",
        "Each id once, references that lead somewhere, roles that exist, lists of items.",
        "Mend the page's template.",
    )
    ZOOM = _Said(
        "Zoom",
        "WCAG 1.4.4, 1.4.10",
        "A page that readers may enlarge.",
        "Take `user-scalable=no` and `maximum-scale` out.",
    )

    def at(self, place: Place, found: str) -> Finding:
        """Return the finding that this rule is broken at a place."""
        said = self.value
        return Finding(
            place,
            CHECK,
            Severity.ERROR,
            f"{said.name}: {found}",
            f"{said.valid} ({said.source}.)",
            said.next_step,
        )
