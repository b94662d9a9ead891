"""The deck as a format of nbconvert: ``jupyter nbconvert --to board-deck paper.ipynb``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Unicode, default

from cafcass_reports.exporters.deck.drawing import draw
from cafcass_reports.exporters.foreign import fit, name_of
from cafcass_reports.exporters.reading import read
from cafcass_reports.exporters.refusal import in_words


class DeckExporter(Exporter):
    """Converts an executed notebook into a slide deck (.pptx), in the board's template or the organisation's own.

    ``jupyter nbconvert --to board-deck --DeckExporter.template=OUR.potx PAPER.ipynb`` names a template.
    """

    template = Unicode("", help="An organisation's template, .pptx or .potx; the shipped one where it is empty.").tag(
        config=True
    )

    export_from_notebook = None  # type: ignore[assignment]  # no entry in JupyterLab's menu: the pack makes decks
    optimistic_validation = True  # once, not after each preprocessor
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pptx"

    def from_notebook_node(  # type: ignore[override]  # the base class only passes the notebook on
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert a notebook.

        Parameters
        ----------
        nb
            An executed notebook; it is not changed.
        resources
            What nbconvert hands from stage to stage.
        **kwargs
            Passed on to nbconvert's own preprocessing.

        Returns
        -------
        tuple
            The deck's bytes, and the resources with the file's extension.

        Raises
        ------
        ExportError
            Where the notebook or one of its exhibits cannot be drawn, or the template cannot be used.
        """
        with in_words(self):
            prepared, resources = super().from_notebook_node(fit(nb), resources, **kwargs)
            document = read(prepared, "deck", name_of(resources))
            return draw(document, Path(self.template) if self.template else None), resources
