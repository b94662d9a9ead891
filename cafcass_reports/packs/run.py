"""Run a pack: measure once, execute each paper for each area, render it, and publish all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cafcass_reports.checks import gate
from cafcass_reports.checks.accessibility import examine
from cafcass_reports.checks.accessibility.rules import CHECK as ACCESSIBILITY
from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import PackError
from cafcass_reports.exporters.deck.template import read as read_template
from cafcass_reports.kernels.warm_kernels import warm_kernels
from cafcass_reports.packs import figures, ledger, outputs, records, rounded
from cafcass_reports.packs.accessible import check_accessible
from cafcass_reports.packs.checked import check_sources
from cafcass_reports.packs.cluster import Cluster
from cafcass_reports.packs.disclosed import check_disclosure, check_identifiers
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.front import FRONT, front_page
from cafcass_reports.packs.jobs import Binding, Job, bindings_of
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.make import record_of
from cafcass_reports.packs.making import bind_papers, make_papers, refuse_failed
from cafcass_reports.packs.manifest import files_of, inputs, write_manifest
from cafcass_reports.packs.measured import Measured, key, measured
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.plan import plan
from cafcass_reports.packs.reviewed import refuse_unreviewed
from cafcass_reports.packs.written import check_figures


def run(
    pack: Pack,
    *,
    papers: Sequence[str] = (),
    areas: Sequence[str] = (),
    clean: bool = False,
    workers: int = 1,
    cluster: Cluster | None = None,
    log: RunLog | None = None,
) -> Path:
    """Make the papers of a pack; those that nothing has changed for are carried over.

    Parameters
    ----------
    pack
        The pack.
    papers, areas
        Narrow the run to these; the others are kept as they are. All where none is named.
    clean
        Whether all of these are made, also where nothing they are made from has changed.
    workers
        How many papers are made side by side, each in a process of its own; 1 makes them here.
    cluster
        The Dask cluster that makes them instead.
    log
        Where stages are noted.

    Returns
    -------
    pathlib.Path
        The folder of outputs: ``manifest.json``, ``measurements.csv``, ``checks.json``, ``index.html``,
        ``run.jsonl`` and a folder a paper.

    Raises
    ------
    BrokenExtractsError
        Where the extracts break their rules.
    CheckError
        Where the pack is final and checks found an error in its texts or files.
    PackError
        Where a paper or area is not of the pack, the cluster cannot be used, an input changed during the run, papers
        that would be kept are not up to date, or a commentary of a final pack is not reviewed.
    ExportError
        Where the pack's own template cannot be used.
    PaperError
        Where papers failed, are not accessible, or one of a final pack shows what nobody says the metrics of; they
        lie in ``outputs/.failed/<pack>/``. The outputs are as they were.
    """
    log = log or RunLog()
    if pack.parameters.status == "final":
        refuse_unreviewed(pack)
    if pack.template:
        read_template(pack.template)  # a minute's work is not begun for a deck that cannot be drawn
    with warm_kernels("cafcass_reports.rehearsed"):
        return _run(pack, papers, areas, clean=clean, workers=workers, cluster=cluster, log=log)


def _run(
    pack: Pack,
    papers: Sequence[str],
    areas: Sequence[str],
    *,
    clean: bool,
    workers: int,
    cluster: Cluster | None,
    log: RunLog,
) -> Path:
    with log.stage("read extracts and measurements"):
        found = measured(pack, progress=log.note)
    bindings = bindings_of(pack, found.measurements.areas)
    before = inputs(pack, found)
    with log.stage("check texts"):
        report = check_sources(pack, found)
    gate.hold(pack.name, pack.parameters.status, report)
    with log.stage("plan"):
        kept = KeptPapers(pack, found)
        steps = plan(pack, found, kept, papers, areas, clean=clean)
    with outputs.building(pack) as built:
        examined = {step.job: kept.carry_over(step.job, built) for step in steps if not step.reasons}
        making = [step.job for step in steps if step.reasons]
        made = make_papers(pack, making, built, found.key, workers=workers, cluster=cluster, log=log)
        unchanged = inputs(pack, found) == before and key(pack) == found.key
        for job, one in made.items():
            if one.examined is not None:
                examined[job] = one.examined
                if unchanged:
                    kept.keep(job, built, record_of(job, built), one.examined)
        refuse_failed(pack, made, built)
        if not unchanged:
            raise PackError(
                "Extracts, commentary, notebooks or parameters changed while the pack ran.", next_step="Run it again."
            )
        whole = {step.job: examined[step.job] for step in steps}
        by_folder = {job.folder: one for job, one in whole.items()}
        bound = bind_papers(bindings, by_folder, kept, built, workers=workers, log=log)
        with log.stage("check disclosure"):
            disclosed = check_disclosure(pack, found.measurements, by_folder)
        with log.stage("write figures, checks and manifest"):
            shown = _publish(pack, found, whole, bound, built, report=report, disclosed=disclosed)
            log.write(built / "run.jsonl")
            write_manifest(pack, found, whole, bound, built, shown=shown)
        with log.stage("look for identifiers"):
            in_binders = {one.folder: examined for one, examined in bound.items()}
            check_identifiers(pack, found.identifiers, built, {**by_folder, **in_binders})
        log.write(built / "run.jsonl")
        write_manifest(pack, found, whole, bound, built, shown=shown)
    outputs.clear_failed(pack)
    if pack.parameters.status == "final":
        with records.entering(pack.project):
            ledger.write(pack, found.measurements, found.key, shown)
            rounded.write(pack, found.registers, found.key)
    return pack.outputs


def _publish(
    pack: Pack,
    found: Measured,
    papers: Mapping[Job, Examined],
    bound: Mapping[Binding, Examined],
    built: Path,
    *,
    report: Report,
    disclosed: Mapping[str, Any],
) -> dict[str, list[str]]:
    """Write all but the manifest; give back the ids of the figures shown, each with its papers."""
    in_papers = {job.folder: one.figures for job, one in papers.items()}
    shown = figures.shown_in(in_papers)
    rows = figures.rows(found.measurements, shown, synthetic=found.synthetic)
    outputs.write_csv(built / "measurements.csv", figures.COLUMNS, rows)
    made: list[tuple[Binding | Job, Examined]] = [*bound.items(), *papers.items()]
    listed = [(one.area.name, held.title, files_of(one.folder, held)) for one, held in made]
    page = front_page(pack, listed, synthetic=found.synthetic)
    (built / FRONT).write_text(page, encoding="utf-8", newline="")
    report |= check_figures(in_papers, rows)
    for _, held in made:
        report |= held.report
    report |= Report.of(ACCESSIBILITY, examine(built / FRONT))
    check_accessible(pack, built, report)
    gate.hold(pack.name, pack.parameters.status, report)
    checks = {"synthetic": found.synthetic, "extracts": found.checks, "disclosure": disclosed, **report.as_dict()}
    outputs.write_json(built / "checks.json", checks)
    return shown
