"""What all our exporters of nbconvert share: a notebook is made fit and read, then a format draws what was read.

A pack reads each executed notebook once, and has it drawn in each of its formats.
"""

from __future__ import annotations

import copy
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from cafcass_reports.exporters.executed import Executed, read_executed
from cafcass_reports.exporters.foreign import fit
from cafcass_reports.exporters.refusal import in_words


class BoardExporter(Exporter):
    """A format of papers; each says how it is drawn."""

    optimistic_validation = True  # once, not after each preprocessor

    def from_notebook_node(  # type: ignore[override]  # nbconvert's annotation knows no exporter's result
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes | str, dict[str, Any]]:
        """Convert a notebook.

        Parameters
        ----------
        nb
            An executed notebook; it is not changed.
        resources
            What nbconvert hands from stage to stage.
        **kw
            Passed on to nbconvert's own preprocessing.

        Returns
        -------
        tuple
            The file's content, and nbconvert's resources with its ending.

        Raises
        ------
        ExportError
            Where it is no notebook, or as :meth:`drawn` does.
        """
        with in_words(self):
            # nbconvert's preprocessing alone: its HTMLExporter would parse the finished page once more for alt texts,
            # which our template writes already, and set the names in drawings in lower case.
            prepared, held = Exporter.from_notebook_node(self, fit(copy.deepcopy(nb)), resources, **kw)
            return self.drawn(read_executed(prepared), str(held["metadata"]["name"])), held

    def drawn(self, executed: Executed, name: str) -> bytes | str:
        """Return a paper's content in this format; ``name`` is that of the notebook's file, without ending.

        Raises
        ------
        ExportError
            Where the format cannot hold what the notebook says.
        """
        raise NotImplementedError
