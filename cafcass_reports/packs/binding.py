"""Bind the papers of an area into one file, and examine it."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.packs import render
from cafcass_reports.packs.examined import Examined, examine_bound
from cafcass_reports.packs.jobs import Binding
from cafcass_reports.packs.parameters import Format


def bind(binding: Binding, built: Path, template: Path | None, wanted: Format) -> Examined:
    """Bind papers into one file; this may happen in a process of its own.

    Parameters
    ----------
    binding
        What is bound.
    built
        The folder of the outputs that are being built; the binder has its folder there.
    template
        The deck's own, where it has one.
    wanted
        The file's format.
    """
    title, notebooks = binding.binder.title, binding.notebooks(built)
    file = render.bind(title, notebooks, built / binding.folder / binding.binder.name, wanted, template)
    return examine_bound(built, file, title, notebooks)
