"""Run a pack: measure once, execute each paper for each area, render it, and publish all of it or nothing."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from concurrent.futures import as_completed
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cafcass_reports.checks import gate
from cafcass_reports.checks.accessibility.rules import CHECK as ACCESSIBILITY
from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import PackError, PaperError
from cafcass_reports.exporters.deck.template import files as template_files
from cafcass_reports.exporters.deck.template import read as read_template
from cafcass_reports.kernels.warm_kernels import warm_kernels
from cafcass_reports.packs import figures, ledger, outputs
from cafcass_reports.packs.accessible import check_accessible
from cafcass_reports.packs.checked import check_sources
from cafcass_reports.packs.disclosed import check_disclosure, check_identifiers
from cafcass_reports.packs.front import front_page, title_of
from cafcass_reports.packs.jobs import Binding, Job, bindings_of
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.make import Made, make, record_of
from cafcass_reports.packs.measured import Measured, file_hash, key, measured
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.plan import plan
from cafcass_reports.packs.render import bind
from cafcass_reports.packs.reviewed import refuse_unreviewed
from cafcass_reports.packs.standards import TARGETS
from cafcass_reports.packs.workers import executor
from cafcass_reports.packs.written import check_written

_VERSIONED = ("cafcass_reports", "duckdb", "matplotlib", "nbconvert", "pandas", "papermill", "python-pptx", "typst")

_APART = ("manifest.json", "run.jsonl")  # the one names the files, the other differs between equal runs


def run(
    pack: Pack,
    *,
    papers: Sequence[str] = (),
    areas: Sequence[str] = (),
    clean: bool = False,
    workers: int = 1,
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
        Where a paper or area is not of the pack, an input changed during the run, papers that would be kept are
        not up to date, or a commentary of a final pack is not reviewed.
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
    with warm_kernels("cafcass_reports.paper"):
        return _run(pack, papers=papers, areas=areas, clean=clean, workers=workers, log=log)


def _run(pack: Pack, *, papers: Sequence[str], areas: Sequence[str], clean: bool, workers: int, log: RunLog) -> Path:
    with log.stage("read extracts and measurements"):
        found = measured(pack, progress=log.note)
    bindings = bindings_of(pack, found.measurements.areas)
    inputs = _inputs(pack, found)
    with log.stage("check texts"):
        report = check_sources(pack, found)
    gate.hold(pack.name, pack.parameters.status, report)
    with log.stage("plan"):
        kept = KeptPapers(pack, found)
        steps = plan(pack, found, kept, papers, areas, clean=clean)
    whole = [step.job for step in steps]
    with outputs.building(pack) as built:
        accessible = Report.of(ACCESSIBILITY, ())
        for step in steps:
            if not step.reasons:
                accessible |= kept.carry_over(step.job, built)
        made = _make(pack, [step.job for step in steps if step.reasons], built, workers, log)
        unchanged = _inputs(pack, found) == inputs and key(pack) == found.key
        for job, one in made.items():
            accessible |= one.report
            if unchanged and one.problem is None:
                kept.keep(job, built, record_of(job, built), one.report)
        _refuse_failed(pack, made, built)
        if not unchanged:
            raise PackError(
                "Extracts, commentary, notebooks or parameters changed while the pack ran.", next_step="Run it again."
            )
        bound = _bind(pack, bindings, whole, built, log)
        with log.stage("check disclosure"):
            notebooks = {job.folder: built / job.folder / f"{job.paper.notebook}.ipynb" for job in whole}
            disclosed = check_disclosure(pack, found.measurements, notebooks)
        with log.stage("write figures, checks and manifest"):
            shown = _publish(pack, found, whole, bound, built, report=report, disclosed=disclosed)
        with log.stage("check accessibility"):
            check_accessible(pack, built, accessible, [one.folder for one in bound])
        log.write(built / "run.jsonl")
        _manifest(pack, found, whole, bound, built, shown=shown)
        with log.stage("look for identifiers"):
            check_identifiers(pack, found.identifiers, built)
        log.write(built / "run.jsonl")
        _manifest(pack, found, whole, bound, built, shown=shown)
    outputs.clear_failed(pack)
    if pack.parameters.status == "final":
        ledger.write(pack, found.measurements, found.key, shown)
    return pack.outputs


def _make(pack: Pack, jobs: Sequence[Job], built: Path, workers: int, log: RunLog) -> dict[Job, Made]:
    """Make papers side by side; where some fail the others are still tried."""
    if not jobs:
        return {}
    made = {}
    with executor(min(workers, len(jobs))) as pool:
        waiting = {pool.submit(make, pack, job, built): job for job in jobs}
        for done in as_completed(waiting):
            job = waiting[done]
            made[job] = done.result()
            log.add(made[job].lines, f"made {job.paper.notebook} for {job.area.name}")
    return {job: made[job] for job in jobs}


def _refuse_failed(pack: Pack, made: Mapping[Job, Made], built: Path) -> None:
    problems = {job.folder: one.problem for job, one in made.items() if one.problem is not None}
    if problems:
        failed = outputs.keep_failed(pack, {folder: built / folder for folder in problems})
        said = "; ".join(f"{folder}: {problem}" for folder, problem in problems.items())
        raise PaperError(
            f"{len(problems)} of {len(made)} papers failed. {said}",
            next_step=f"Their notebooks lie in {failed}; the published papers are as they were.",
        )


def _parameters(pack: Pack) -> dict[str, Any]:
    """What pack.yml says; of folders and files the name alone, since the rest is of this machine."""
    said = pack.parameters.model_dump(mode="json", by_alias=True)
    template = pack.template.name if pack.template else None
    return {
        **said,
        "extracts": {**said["extracts"], "folder": pack.parameters.extracts.folder.name},
        "template": template,
    }


def _bind(pack: Pack, bindings: Sequence[Binding], jobs: Sequence[Job], built: Path, log: RunLog) -> list[Binding]:
    """Bind papers; give back the binders that were made.

    A binder is made anew whenever any of its papers is. Where a narrowed run has never made one of them, there is
    nothing whole to bind.
    """
    there = {built / job.folder / f"{job.paper.notebook}.ipynb" for job in jobs}
    whole = [binding for binding in bindings if there.issuperset(binding.notebooks(built))]
    for binding in whole:
        name, title = binding.binder.name, binding.binder.title
        with log.stage("bind", paper=name, area=binding.area.name):
            bind(title, binding.notebooks(built), built / binding.folder / name, pack.template)
    return whole


def _publish(
    pack: Pack,
    found: Measured,
    jobs: Sequence[Job],
    bound: Sequence[Binding],
    built: Path,
    *,
    report: Report,
    disclosed: Mapping[str, Any],
) -> dict[str, list[str]]:
    """Write all but the manifest; give back the ids of the figures shown, each with its papers."""
    notebooks = {job.folder: built / job.folder / f"{job.paper.notebook}.ipynb" for job in jobs}
    shown = figures.shown_in(notebooks)
    rows = figures.rows(found.measurements, shown, synthetic=found.synthetic)
    outputs.write_csv(built / "measurements.csv", figures.COLUMNS, rows)
    report |= check_written(built, [job.folder for job in jobs], {one.folder: one.binder.papers for one in bound})
    gate.hold(pack.name, pack.parameters.status, report)
    checks = {"synthetic": found.synthetic, "extracts": found.checks, "disclosure": disclosed, **report.as_dict()}
    outputs.write_json(built / "checks.json", checks)
    binders = [(one.area.name, one.binder.title, _files(one.folder, built)) for one in bound]
    papers = [(job.area.name, title_of(notebooks[job.folder]), _files(job.folder, built)) for job in jobs]
    page = front_page(pack, [*binders, *papers], synthetic=found.synthetic)
    (built / "index.html").write_text(page, encoding="utf-8", newline="")
    return shown


def _files(folder: str, built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in (built / folder).iterdir())


def _inputs(pack: Pack, found: Measured) -> dict[str, Any]:
    text = sorted(pack.commentary_folder.glob("*.md"))
    notebooks = [pack.notebook(paper.notebook) for paper in pack.parameters.papers]
    own = [pack.file, pack.project / "params" / "scorecards.yml", pack.project / "params" / TARGETS, *text, *notebooks]
    return {
        "measurements": found.key,
        "extracts": {file["name"]: file["sha256"] for file in found.checks["files"]},
        "files": {path.relative_to(pack.project).as_posix(): file_hash(path) for path in own if path.is_file()},
        "template": {path.name: file_hash(path) for path in template_files(pack.template) if path.is_file()},
    }


def _manifest(
    pack: Pack,
    found: Measured,
    jobs: Sequence[Job],
    bound: Sequence[Binding],
    built: Path,
    *,
    shown: Mapping[str, list[str]],
) -> None:
    """Write the manifest, last: readers trust what it names."""
    written = sorted(path for path in built.rglob("*") if path.is_file() and path.name not in _APART)
    content = {
        "pack": pack.name,
        "synthetic": found.synthetic,
        "parameters": _parameters(pack),
        "inputs": _inputs(pack, found),
        **figures.definitions(found.measurements, shown),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _VERSIONED}},
        "papers": {
            job.folder: {"status": "done", "audience": job.paper.audience, "files": _files(job.folder, built)}
            for job in sorted(jobs, key=lambda job: job.folder)
        },
        "binders": {
            one.folder: {"papers": list(one.binder.papers), "files": _files(one.folder, built)}
            for one in sorted(bound, key=lambda one: one.folder)
        },
        "outputs": {path.relative_to(built).as_posix(): file_hash(path) for path in written},
    }
    outputs.write_json(built / "manifest.json", content)
