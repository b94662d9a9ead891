"""The deck as a format of nbconvert: ``jupyter nbconvert --to board-deck paper.ipynb``."""

from __future__ import annotations

from pathlib import Path

from traitlets import Unicode, default

from cafcass_reports.exporters.board_exporter import BoardExporter
from cafcass_reports.exporters.deck.drawing import draw
from cafcass_reports.exporters.executed import Executed
from cafcass_reports.exporters.foreign import worded
from cafcass_reports.exporters.reading import read


class DeckExporter(BoardExporter):
    """Converts an executed notebook into a slide deck (.pptx), in the board's template or the organisation's own.

    ``jupyter nbconvert --to board-deck --DeckExporter.template=OUR.potx PAPER.ipynb`` names a template.
    """

    template = Unicode("", help="An organisation's template, .pptx or .potx; the shipped one where it is empty.").tag(
        config=True
    )

    export_from_notebook = None  # type: ignore[assignment]  # no entry in JupyterLab's menu: the pack makes decks
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pptx"

    def drawn(self, executed: Executed, name: str) -> bytes:
        """Draw the paper as a deck.

        Raises
        ------
        ExportError
            Where one of its exhibits cannot be drawn, or the template cannot be used.
        """
        document = read(executed, "deck", worded(name))
        return draw(document, Path(self.template) if self.template else None)
