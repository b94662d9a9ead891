"""What a run would do: which papers it makes and why, and which it keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from cafcass_reports.errors import PackError
from cafcass_reports.packs.jobs import Job, jobs_of
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.measured import Measured
from cafcass_reports.packs.parameters import Pack


@dataclass(frozen=True)
class Step:
    """One paper for one area, and why it is made; it is kept where there is no reason."""

    job: Job
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        about = {"paper": self.job.paper.notebook, "area": self.job.area.name}
        return {**about, "made": bool(self.reasons), "reasons": list(self.reasons)}


def plan(
    pack: Pack,
    found: Measured,
    kept: KeptPapers,
    papers: Sequence[str] = (),
    areas: Sequence[str] = (),
    *,
    clean: bool = False,
) -> list[Step]:
    """List the papers that the outputs will hold, area by area, in the order of ``pack.yml``.

    Parameters
    ----------
    pack, found, kept
        The pack, what it measures and its papers of before.
    papers, areas
        Narrow what is made to these; others stay in the outputs if they are in them.
    clean
        Whether all of them are made, whatever there is.

    Raises
    ------
    PackError
        Where a paper or area is not of the pack, or a paper that would stay in the outputs is not up to date.
    """
    wanted = jobs_of(pack, found.measurements.areas, papers, areas)
    whole = jobs_of(pack, found.measurements.areas)
    published = _published(pack) if len(wanted) < len(whole) else frozenset()
    steps = []
    for job in whole:
        if job in wanted or job.folder in published:
            reasons = tuple(kept.reasons(job))
            if job not in wanted and reasons:
                raise PackError(
                    f"Renewing some papers would mix two versions. {job.folder} stays, and is not up to date: "
                    f"{'; '.join(reasons)}.",
                    next_step="Run the whole pack, without --paper and --area: it makes only what changed.",
                )
            steps.append(Step(job, ("all are made anew",) if clean and job in wanted else reasons))
    return steps


def table(steps: Sequence[Step]) -> Table:
    """Return a plan as a table for the terminal."""
    making = sum(bool(step.reasons) for step in steps)
    drawn = Table("Paper", "Area", "What", "Why", title=f"{making} of {len(steps)} papers would be made.")
    for step in steps:
        what, why = (
            ("make", "; ".join(step.reasons)) if step.reasons else ("keep", "nothing that it is made from changed")
        )
        drawn.add_row(*(Text(cell) for cell in (step.job.paper.notebook, step.job.area.name, what, why)))
    return drawn


def _published(pack: Pack) -> frozenset[str]:
    """The folders of the papers that the outputs hold."""
    manifest = pack.outputs / "manifest.json"
    if not manifest.is_file():
        return frozenset()
    try:
        return frozenset(dict(json.loads(manifest.read_text(encoding="utf-8"))["papers"]))
    except (ValueError, KeyError, TypeError):
        raise PackError(
            f"{manifest} is not a manifest of this version.",
            next_step="Run the whole pack, without --paper and --area.",
        ) from None
