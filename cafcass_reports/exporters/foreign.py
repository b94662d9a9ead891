"""A notebook from anywhere, made fit for the exporters, or refused in words."""

from __future__ import annotations

from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode

from cafcass_reports.errors import ExportError


def fit(found: NotebookNode) -> NotebookNode:
    """Return a notebook in the current format, without metadata that no format needs and that are not valid.

    Parameters
    ----------
    found
        A notebook of any nbformat; it may be changed.

    Raises
    ------
    ExportError
        Where it is not a notebook.
    """
    try:
        if found.get("nbformat") != nbformat.current_nbformat:
            found = nbformat.convert(found, nbformat.current_nbformat)
        metadata = found.get("metadata", {})
        kernel = metadata.get("kernelspec")
        if kernel is not None and not (isinstance(kernel, Mapping) and {"name", "display_name"} <= kernel.keys()):
            del metadata["kernelspec"]
        nbformat.validate(found, relax_add_props=True)
    except Exception as error:  # the schema's, and whatever a conversion of a broken file stumbles over
        raise ExportError(
            f"This is not a valid notebook: {_first_line(error)}",
            valid=f"A notebook of nbformat {nbformat.current_nbformat} or one that can be converted to it.",
            next_step="Open it in JupyterLab, run it and save it again.",
        ) from error
    return found


def worded(name: str) -> str:
    """Return the name of a notebook's file in words."""
    return " ".join(name.replace("_", " ").replace("-", " ").split())


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
