"""The document tree: what an executed notebook says, free of any format.

``read(notebook)`` gives a :class:`Document`; deck and summary draw it. H1 is the paper's title, H2 a section,
H3 a topic (a slide, or a sub-heading). Code is not part of it.
"""

from __future__ import annotations

from cafcass_reports.exporters.reading import Audience, read
from cafcass_reports.exporters.tree import (
    Binder,
    Block,
    ChartBlock,
    Document,
    ListBlock,
    ListItem,
    NumbersBlock,
    PanelsBlock,
    PanelText,
    Paragraph,
    PictureBlock,
    Preformatted,
    Quotation,
    Run,
    Runs,
    Section,
    TableBlock,
    Topic,
)

__all__ = [
    "Audience",
    "Binder",
    "Block",
    "ChartBlock",
    "Document",
    "ListBlock",
    "ListItem",
    "NumbersBlock",
    "PanelText",
    "PanelsBlock",
    "Paragraph",
    "PictureBlock",
    "Preformatted",
    "Quotation",
    "Run",
    "Runs",
    "Section",
    "TableBlock",
    "Topic",
    "read",
]
