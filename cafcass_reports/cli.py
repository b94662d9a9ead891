"""The command line: parses, then calls one function.

Exit status: 0 done, 1 something in the data or the papers is wrong (and it says what), 2 the command line is wrong,
130 it was stopped with Ctrl-C.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from cafcass_reports.errors import CafcassReportsError

app = typer.Typer(
    help="Turn a quarter's extracts into the papers a public board reads.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_SHOWN = 10
"""Findings that a run prints; all are in checks.json."""

template_commands = typer.Typer(help="The organisation's own template for decks.", no_args_is_help=True)
app.add_typer(template_commands, name="template")

_out = Console()
_err = Console(stderr=True)

PackName = Annotated[str, typer.Argument(metavar="PACK", help="A folder under params/, or a path to a pack.yml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Report as JSON.")]


@contextmanager
def _without_traceback() -> Iterator[None]:
    """Say what is wrong, and end with status 1; 130 where the user stopped it."""
    try:
        yield
    except CafcassReportsError as problem:
        from cafcass_reports.checks.gate import CheckError
        from cafcass_reports.extracts import BrokenExtractsError

        if isinstance(problem, BrokenExtractsError):
            _err.print(problem.report.table())
        elif isinstance(problem, CheckError):
            _err.print(problem.report.table())
            _err.print(Text(str(problem), style="bold"), soft_wrap=True)
        else:
            _err.print(Text(str(problem), style="bold"), soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        _err.print(Text("Stopped. Nothing was published; earlier outputs are as they were."))
        sys.exit(130)


@app.command()
@_without_traceback()
def run(
    pack: PackName,
    *,
    paper: Annotated[list[str] | None, typer.Option(help="Only this paper (again for more).")] = None,
    area: Annotated[list[str] | None, typer.Option(help="Only this area (again for more).")] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Make all of them, also where nothing changed.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Papers made side by side; as many as there are processors.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="SCHEDULER", help="A Dask cluster makes them, such as tcp://scheduler:8786.")
    ] = None,
    through: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="With --dask: a folder of all its machines, or s3://bucket.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the papers of a pack: decks, summaries, review pages, executed notebooks."""
    from cafcass_reports.packs.parameters import open_pack

    # What these log of a kernel that was stopped is of no use to whoever stopped it.
    for library in ("asyncio", "traitlets"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    if through and not dask:
        raise typer.BadParameter("A folder between machines goes with --dask.", param_hint="--through")
    opened = open_pack(pack)
    # These import all that papers are made with: a mistyped name is answered before that.
    from cafcass_reports.packs.cluster import Cluster
    from cafcass_reports.packs.log import RunLog
    from cafcass_reports.packs.run import run as run_pack
    from cafcass_reports.packs.workers import cores

    cluster = Cluster(dask, through or "") if dask else None
    with _err.status("Starting") as status:
        log = RunLog(on_stage=lambda stage: _show_stage(stage, status.update))
        outputs = run_pack(
            opened,
            papers=paper or (),
            areas=area or (),
            clean=clean,
            workers=workers or cores(),
            cluster=cluster,
            log=log,
        )
    checks = json.loads((outputs / "checks.json").read_text(encoding="utf-8"))
    _print_notes(checks["extracts"]["notes"])
    _print_findings(checks, outputs / "checks.json")
    if as_json:
        _out.out(json.dumps({"pack": opened.name, "outputs": str(outputs)}))
    else:
        _out.print(Text(f"Done. The papers of {opened.name} are in {outputs}", style="bold"), soft_wrap=True)
        _out.print(Text(f"Begin with {outputs / 'index.html'}"), soft_wrap=True)


@app.command()
@_without_traceback()
def plan(pack: PackName, as_json: AsJson = False) -> None:
    """Say which papers a run would make, and why; the others it keeps as they are."""
    from cafcass_reports.packs import plan as planning
    from cafcass_reports.packs.kept import KeptPapers
    from cafcass_reports.packs.measured import measured
    from cafcass_reports.packs.parameters import open_pack

    opened = open_pack(pack)
    with _err.status("Measuring, where the extracts have changed"):
        found = measured(opened)
    steps = planning.plan(opened, found, KeptPapers(opened, found))
    if as_json:
        _out.out(json.dumps([step.as_dict() for step in steps], indent=2, ensure_ascii=False))
    else:
        _out.print(planning.table(steps))


@app.command()
@_without_traceback()
def preview(
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="A paper of the pack, by its notebook's name.")],
    pack: PackName,
    area: Annotated[str | None, typer.Option(help="The area; the paper's first where it is not given.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Again each time that a file of it is saved.")] = False,
) -> None:
    """Show one paper for one area while it is written: its page, and what the checks would say."""
    from cafcass_reports.kernels.warm_kernels import warm_kernels

    # It imports what the kernel needs while this process imports what all else needs.
    with warm_kernels("cafcass_reports.rehearsed"):
        from cafcass_reports.packs import preview as previewing
        from cafcass_reports.packs.parameters import open_pack

        opened = open_pack(pack)

        def show(page: Path, seconds: float) -> None:
            _out.print(Text(f"{page} ({seconds:.1f} s)", style="bold"), soft_wrap=True)

        shown = (
            previewing.watch(opened, paper, area, show=show)
            if watch
            else [previewing.preview(opened, paper, area, show=show)]
        )
        for made in shown:
            if made.report.findings:
                _err.print(made.report.table())
            if made.problem and not watch:
                raise made.problem
            if made.problem:
                _err.print(Text(str(made.problem), style="bold"), soft_wrap=True)


@app.command()
@_without_traceback()
def check(pack: PackName, as_json: AsJson = False) -> None:
    """Check the extracts of a pack, and nothing else."""
    from cafcass_reports.extracts import examine
    from cafcass_reports.metrics.measure import areas_of
    from cafcass_reports.packs.jobs import jobs_of
    from cafcass_reports.packs.parameters import open_pack

    opened = open_pack(pack)
    with examine(opened.extracts_folder, **opened.parameters.extracts.reading) as found:
        report = found.report
        if report.ok:
            jobs_of(opened, areas_of(found.connection))
    if as_json:
        _out.out(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
    else:
        _out.print(report.table() if report.findings else Text(report.summary, style="bold"))
        if report.ok:
            _print_notes(report.notes)
    raise typer.Exit(0 if report.ok else 1)


@app.command()
@_without_traceback()
def verify(pack: PackName, as_json: AsJson = False) -> None:
    """Check that a pack's files are as its run wrote them, and show what was measured."""
    from cafcass_reports.packs.parameters import open_pack
    from cafcass_reports.packs.verify import verify as verify_pack

    report = verify_pack(open_pack(pack))
    if as_json:
        _out.out(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
    else:
        _out.print(report.table() if report.findings else Text(report.summary, style="bold"))
    raise typer.Exit(1 if report.errors else 0)


@app.command()
@_without_traceback()
def new(
    name: Annotated[str, typer.Argument(metavar="PACK", help="The new pack: a folder that params/ does not hold yet.")],
    last: Annotated[str, typer.Option("--from", metavar="PACK", help="The last pack, from which it is started.")],
    as_json: AsJson = False,
) -> None:
    """Start the next quarter's pack from the last one, and list who owes what."""
    from dataclasses import asdict

    from cafcass_reports.packs.new import start
    from cafcass_reports.packs.parameters import open_pack

    started = start(name, open_pack(last))
    said = started.pack.parameters
    if as_json:
        period = said.period.model_dump(mode="json", by_alias=True)
        content = {
            "pack": started.pack.name,
            "previous": said.previous,
            "folder": str(started.pack.file.parent),
            "date": said.date.isoformat(),
            "period": period,
            "to_be_set": started.to_be_set,
            "owed": [asdict(one) for one in started.owed],
        }
        _out.out(json.dumps(content, indent=2, ensure_ascii=False))
        return
    _out.print(Text("Who owes what", style="bold"))
    for owner, pieces in groupby(started.owed, key=lambda one: one.owner):
        _out.print(Text(owner, style="bold"))
        for one in pieces:
            place = ", ".join(filter(None, (one.paper, one.section))) or "no paper shows it"
            _out.print(Text(f"  {one.task} {one.file} ({place})"), soft_wrap=True)
    about = f"{said.period.period.label}, as at {started.pack.snapshot.label}"
    _out.print(
        Text(f"Started {started.pack.name} in {started.pack.file.parent}: {about}.", style="bold"), soft_wrap=True
    )
    for sentence in started.to_be_set:
        _out.print(Text(f"To be set: {sentence}"), soft_wrap=True)


@app.command()
@_without_traceback()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the synthetic extracts are written.")],
    seed: Annotated[int, typer.Option(help="Another seed gives other records with the same published figures.")] = 2021,
) -> None:
    """Write the extracts of a synthetic organisation, whose measured figures are those published."""
    from cafcass_reports.extracts import demo as organisation

    with _err.status("Writing synthetic extracts"):
        files = organisation.write(folder, seed=seed)
    _out.print(Text(f"Wrote {len(files)} files to {folder}. All of it is synthetic."), soft_wrap=True)


@app.command()
@_without_traceback()
def forms(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the workbooks are written.")],
    pack: Annotated[str | None, typer.Option(metavar="PACK", help="Offer the teams of this pack's extracts.")] = None,
) -> None:
    """Write the workbooks in which people fill in what is kept by hand; none that is there is replaced."""
    from cafcass_reports.packs import forms as of_pack
    from cafcass_reports.packs.parameters import find_project, open_pack

    opened = open_pack(pack) if pack else None
    done = of_pack.write(folder, opened.project if opened else find_project(Path.cwd()), opened)
    for path in done.written:
        _out.print(Text(f"Wrote {path}"), soft_wrap=True)
    for path in done.kept:
        _out.print(Text(f"Kept {path}, which is there"), soft_wrap=True)


@app.command()
@_without_traceback()
def metrics(
    as_json: AsJson = False,
    xlsx: Annotated[Path | None, typer.Option(help="Write a workbook for the owners to review.")] = None,
) -> None:
    """Print the catalogue of metrics."""
    from cafcass_reports.metrics import listing
    from cafcass_reports.metrics.catalogue import load
    from cafcass_reports.packs.parameters import find_project

    catalogue = load(find_project(Path.cwd()))
    if xlsx is not None:
        listing.write_workbook(catalogue, xlsx)
        _out.print(Text(f"Wrote {len(catalogue)} metrics to {xlsx}."), soft_wrap=True)
    elif as_json:
        _out.out(json.dumps(listing.as_dicts(catalogue), indent=2, ensure_ascii=False))
    else:
        _out.print(listing.table(catalogue))


@app.command()
@_without_traceback()
def trace(
    pack: PackName,
    asked: Annotated[str, typer.Argument(metavar="ID", help="A figure's id or a part of it, a metric, or '36,881'.")],
    as_json: AsJson = False,
) -> None:
    """Say of a figure what it is, how and from what it was measured, and where it stands."""
    from dataclasses import asdict

    from cafcass_reports.packs import trace as trail
    from cafcass_reports.packs.parameters import open_pack

    found = trail.trace(open_pack(pack), asked)
    if isinstance(found, list):
        if as_json:
            _out.out(json.dumps({"matches": [asdict(match) for match in found]}, indent=2, ensure_ascii=False))
        else:
            _out.print(trail.listed(found))
    elif as_json:
        _out.out(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    else:
        _out.print(trail.drawn(found))


@app.command()
@_without_traceback()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier pack, or a folder of its outputs.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later pack, or a folder of its outputs.")],
    as_json: AsJson = False,
    page: Annotated[Path | None, typer.Option(help="Write a page (HTML) for reviewers.")] = None,
) -> None:
    """Say what changed between two packs: figures, definitions, texts, exhibits, sources."""
    from cafcass_reports.packs import comparison
    from cafcass_reports.packs.comparison import page as written
    from cafcass_reports.packs.comparison import terminal

    difference = comparison.compare(comparison.opened(old), comparison.opened(new))
    if page is not None:
        written.write(difference, page)
    if as_json:
        _out.out(json.dumps(difference.as_dict(), indent=2, ensure_ascii=False))
    elif page is not None:
        _out.print(Text(f"Wrote what changed to {page}."), soft_wrap=True)
    else:
        _out.print(terminal.drawn(difference))


@template_commands.command("check")
@_without_traceback()
def template_check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A template: .pptx or .potx.")],
    mapping: Annotated[bool, typer.Option("--mapping", help="Write a mapping to begin with beside it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say which layouts of a template serve, what is missing, and what will be done instead."""
    from cafcass_reports.exporters.deck import template_check as checking

    report = checking.check(file)
    written = checking.write_mapping(file) if mapping and report.usable else None
    if as_json:
        _out.out(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
    else:
        if report.usable:
            from rich.table import Table

            table = Table("Slide", "Layout", "Placeholders", "Done instead", title=f"{file.name}, {report.size}")
            for row in report.rows():
                table.add_row(*(Text(part) for part in row))
            _out.print(table)
        _print_notes(report.notes)
        _out.print(Text(report.summary, style="bold"), soft_wrap=True)
    if written:
        _err.print(Text(f"Wrote {written}."), soft_wrap=True)
    raise typer.Exit(0 if report.usable else 1)


@app.command()
@_without_traceback()
def refresh(
    deck: Annotated[Path, typer.Argument(metavar="DECK", help="A deck of the pack that was edited, wherever it is.")],
    pack: PackName,
    as_json: AsJson = False,
) -> None:
    """Bring an edited deck up to date; keep every edit, list what a person has to settle."""
    from cafcass_reports.packs.parameters import open_pack
    from cafcass_reports.packs.refresh import refresh as refresh_deck

    done = refresh_deck(deck, open_pack(pack))
    if as_json:
        _out.out(json.dumps(done.as_dict(), indent=2, ensure_ascii=False))
    else:
        if done.findings:
            _out.print(done.table())
        _out.print(Text(done.summary, style="bold"), soft_wrap=True)
    raise typer.Exit(1 if done.conflicts else 0)


def _print_notes(notes: Iterable[str]) -> None:
    """What did not bar the way, and should be known all the same."""
    for note in notes:
        _err.print(Text(f"Note: {note}"), soft_wrap=True)


def _print_findings(checks: dict[str, Any], file: Path) -> None:
    """What the checks of a draft found: the first few, and where all of them are."""
    from cafcass_reports.checks.findings import Report

    report = Report.from_dict(checks)
    if report.findings:
        shown = Report(report.checks, tuple(sorted(report.findings, key=lambda one: one.severity))[:_SHOWN])
        _err.print(shown.table(report.summary))
        _err.print(Text(f"All findings: {file}"), soft_wrap=True)


def _show_stage(stage: str, update: Callable[[str], None]) -> None:
    """A terminal shows the stage in place; a log gets a line for each."""
    if _err.is_terminal:
        update(f"{stage} …")
    else:
        _err.print(Text(stage), soft_wrap=True)


def main() -> None:
    """Run the command line."""
    app()
