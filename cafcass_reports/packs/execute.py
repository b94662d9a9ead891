"""Execute a paper's notebook with papermill, for one pack and one area, without a trace of when or where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import chdir
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from cafcass_reports.errors import PaperError
from cafcass_reports.exporters import closed_session
from cafcass_reports.kernels.provisioner import NAME as WARM
from cafcass_reports.packs import reads

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL_SECONDS = 900
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
# A kernel writes to the terminal of whoever runs the pack; what goes wrong in a cell is in the notebook anyway. The
# history of what was typed is for people: it has a database and a thread of its own.
_QUIET = ["--IPKernelApp.log_level=CRITICAL", "--HistoryManager.enabled=False"]
_ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # papermill's tags of the cells that it adds


def execute(
    notebook: Path,
    target: Path,
    parameters: Mapping[str, str],
    *,
    folder: Path,
    audience: str,
    record: Path | None = None,
    measured: str = "",
) -> None:
    """Execute a notebook and write it.

    Parameters
    ----------
    notebook
        The paper's notebook, with one cell tagged ``parameters``.
    target
        Where the executed notebook is written; also where it fails, with its error.
    parameters
        Values for the parameters cell.
    folder
        The kernel's working folder.
    audience
        Who reads it; cells for the board's closed session are not executed for anybody else.
    record
        Where the kernel notes what the notebook reads (:mod:`cafcass_reports.packs.reads`).
    measured
        The key of the measurements that it reads; where it is not given, the kernel finds it.

    Raises
    ------
    PaperError
        Where the notebook cannot be read, lacks a parameter, or stops at a cell.
    """
    source = read_notebook(notebook)
    _check_parameters(source, notebook.name, parameters)
    source.metadata["cafcass"] = closed_session.metadata(audience)
    source.cells = [cell for cell in source.cells if not closed_session.withheld(cell, source)]
    begins = [f"--IPKernelApp.exec_lines={reads.beginning(record, folder, measured)}"] if record else []
    executed = source
    try:
        executed = _parameterised(source, parameters)
        _run(executed, folder, [*_QUIET, *begins])
    except PapermillExecutionError as stopped:
        raise PaperError(
            f"{notebook.name}, cell {stopped.cell_index}: {stopped.ename}: {_ANSI.sub('', stopped.evalue)}",
            next_step="Open it in JupyterLab, or read the failed notebook.",
        ) from None
    except NoSuchKernel as missing:
        raise PaperError(
            f"{notebook.name} asks for the kernel {missing.name!r}, which is not installed.",
            next_step="Open it in JupyterLab, choose 'Python 3 (ipykernel)' and save it.",
        ) from None
    except (PapermillException, CellTimeoutError, DeadKernelError, RuntimeError) as stopped:
        raise PaperError(f"{notebook.name} could not be executed: {stopped}") from None
    finally:
        _remove_traces(executed, parameters)
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(executed, target)


def _parameterised(source: nbformat.NotebookNode, parameters: Mapping[str, str]) -> nbformat.NotebookNode:
    """Return a notebook with the values of its parameters, and with what papermill's engines note in it."""
    kernel, language = _kernel(source)
    loaded = remove_error_markers(load_notebook_node(source))
    parameterised: nbformat.NotebookNode = parameterize_notebook(
        loaded, dict(parameters), kernel_name=kernel, language=language, engine_name=WARM
    )
    return parameterised


def _run(notebook: nbformat.NotebookNode, folder: Path, arguments: Sequence[str]) -> None:
    """Execute a notebook in place, by the steps of papermill's ``execute_notebook``.

    That would write it and read it again on the way; a large one costs more there than a kernel's start.
    """
    with chdir(folder):
        papermill_engines.execute_notebook_with_engine(
            WARM,
            notebook,
            kernel_name=papermill_engines.nb_kernel_name(WARM, notebook, _kernel(notebook)[0]),
            progress_bar=False,
            autosave_cell_every=0,
            execution_timeout=_CELL_SECONDS,
            record_timing=False,
            extra_arguments=list(arguments),
        )
    raise_for_execution_errors(notebook, None)


def _kernel(notebook: nbformat.NotebookNode) -> tuple[str | None, str | None]:
    """Return the kernel and language of a notebook that names none."""
    return (None, None) if "kernelspec" in notebook.metadata else ("python3", "python")


def read_notebook(notebook: Path) -> nbformat.NotebookNode:
    """Read a notebook; cells of before 2021, which have no ids, are given some.

    Raises
    ------
    PaperError
        Where it is not a notebook.
    """
    try:
        found: nbformat.NotebookNode = nbformat.read(notebook, as_version=4)
    except (OSError, ValueError, TypeError, AttributeError, nbformat.ValidationError) as problem:
        raise PaperError(f"{notebook} is not a notebook: {problem}", next_step="Save it again in JupyterLab.") from None
    if found.nbformat_minor < 5:
        # Notebooks of before 2021 have no ids of cells; papermill would give them other random ones in each run.
        found = nbformat.v4.upgrade(found)
        for position, cell in enumerate(found.cells):
            cell["id"] = f"cell-{position}"
    return found


def _check_parameters(notebook: nbformat.NotebookNode, name: str, parameters: Mapping[str, str]) -> None:
    """Papermill only warns of a parameter that the notebook does not have, and then uses its default."""
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise PaperError(f"{name} has {len(cells)} cells tagged 'parameters'.", valid="It has one, with literals only.")
    known = re.findall(r"^(\w+)\s*(?::[^=]+)?=", cells[0].source, re.MULTILINE)
    missing = [name for name in parameters if name not in known]
    if missing:
        raise PaperError(
            f"{name}: its parameters cell does not set {', '.join(missing)}.",
            valid=f"A paper's parameters cell sets {', '.join(parameters)}.",
        )


def _remove_traces(executed: nbformat.NotebookNode, parameters: Mapping[str, str]) -> None:
    """Take out times, durations, paths and random ids, so that equal runs give equal bytes."""
    executed.metadata["papermill"] = {"parameters": dict(parameters)}
    for position, cell in enumerate(executed.cells):
        _tidy_outputs(cell)
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if _ADDED.intersection(cell.metadata.get("tags", [])):
            cell["id"] = f"papermill-{position}"


def _tidy_outputs(cell: nbformat.NotebookNode) -> None:
    """Leave out warnings, which name files of this machine, and where objects lie in its memory."""
    if cell.cell_type == "code":
        cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
        for output in cell.outputs:
            for holder, key in ((output, "text"), (output.get("data", {}), "text/plain")):
                if isinstance(holder.get(key), str):
                    holder[key] = _ADDRESS.sub("", holder[key])
