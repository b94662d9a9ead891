"""A pack's parameters: ``params/<pack>/pack.yml``, strict, and the project's folders around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from cafcass_reports.errors import PackError, nearest
from cafcass_reports.extracts.schemas import ALWAYS_READ, TABLES
from cafcass_reports.extracts.staging import Duplicates
from cafcass_reports.extracts.values import DateOrder
from cafcass_reports.metrics.standards import Rebase
from cafcass_reports.parameters import Strict, build, read_yaml
from cafcass_reports.periods import Period, Snapshot

_FIRST_YEAR, _LAST_YEAR = 1990, 2099  # a day outside is a slip of the keyboard


class Format(StrEnum):
    """What a paper can be rendered to, beside the executed notebook."""

    DECK = "deck"
    SUMMARY = "summary"
    TWO_PAGES = "two-pages"
    LETTER = "letter"
    BRIEFING = "briefing"
    PAGE = "page"
    DASHBOARD = "dashboard"


class PeriodParameters(Strict):
    """What the pack reports on: whole months, the day of its snapshot, and where history begins.

    ``history`` is the first month whose records are whole; without it, that of the first case received, or the
    period's own where the pack reads no cases. ``latest`` is the last day of a later month up to which commentary may
    tell what happened since.
    """

    from_: date = Field(alias="from")
    to: date
    snapshot: date
    history: date | None = None
    latest: date | None = None

    @model_validator(mode="after")
    def _whole_months(self) -> PeriodParameters:
        days = [day for day in (self.from_, self.to, self.snapshot, self.history, self.latest) if day is not None]
        if not all(_FIRST_YEAR <= day.year <= _LAST_YEAR for day in days):
            raise ValueError(f"days lie between {_FIRST_YEAR} and {_LAST_YEAR}")
        period = self.period
        if self.snapshot < period.last:
            raise ValueError(f"the snapshot is on or after the period's last day, {period.last}")
        if self.history is not None and (self.history.day != 1 or self.history > self.from_):
            raise ValueError("history begins on the first of a month, not after the period does")
        if self.latest is not None and (self.latest <= period.last or (self.latest + timedelta(days=1)).day != 1):
            raise ValueError("latest is the last day of a month after the period")
        return self

    @property
    def period(self) -> Period:
        """The months reported on."""
        return Period(self.from_, self.to)


class ExtractsParameters(Strict):
    """Where the extracts lie, which of them are read, and how they name columns and write dates.

    ``tables`` are those that the pack reads beside ``areas``, which all figures need; each must have its file. Where
    they are not given, all are read, and only registers may be missing. ``mapping`` holds, for
    a table, our column names and the organisation's. ``duplicates: remove`` is for sources known to give exact
    duplicate rows.
    """

    folder: Path
    tables: tuple[str, ...] | None = Field(default=None, min_length=1)
    mapping: dict[str, dict[str, str]] = Field(default_factory=dict)
    date_order: DateOrder = "dmy"
    duplicates: Duplicates = "refuse"

    @field_validator("tables")
    @classmethod
    def _known_tables(cls, tables: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in tables or ():
            if name not in TABLES:
                raise ValueError(f"there is no table {name!r}. {nearest(name, TABLES)}")
        return tables

    @property
    def read(self) -> frozenset[str]:
        """The tables that the pack reads."""
        return frozenset(TABLES if self.tables is None else {*self.tables, ALWAYS_READ})

    @property
    def reading(self) -> dict[str, Any]:
        """How the extracts are read, as the arguments of :func:`cafcass_reports.extracts.examine`."""
        return {
            "tables": None if self.tables is None else self.read,
            "mapping": self.mapping,
            "date_order": self.date_order,
            "duplicates": self.duplicates,
        }


def _is_name(name: str) -> bool:
    """Whether a file in a folder that is not said may be called so."""
    return name == Path(name).name and not name.startswith(".") and bool(name)


class PaperParameters(Strict):
    """One paper: its notebook's name, the formats it is rendered to, who reads it, and for which areas it is.

    ``areas`` are some of the pack's, all of them where they are not given.
    """

    notebook: str
    formats: tuple[Format, ...] = Field(min_length=1)
    audience: str = "board"
    areas: tuple[str, ...] | None = Field(default=None, min_length=1)

    @field_validator("notebook")
    @classmethod
    def _name_only(cls, name: str) -> str:
        if not _is_name(name) or name.endswith(".ipynb"):
            raise ValueError("a notebook is named without folder and ending, as in notebooks/NAME.ipynb")
        return name


class BinderParameters(Strict):
    """Papers bound in the order of a meeting into one deck and one PDF.

    ``name`` is that of its files; ``area`` the area whose papers it holds, the pack's first where it is not given.
    """

    name: str
    title: str
    papers: tuple[str, ...] = Field(min_length=2)
    area: str | None = None

    @field_validator("name")
    @classmethod
    def _name_only(cls, name: str) -> str:
        if not _is_name(name):
            raise ValueError("a binder is named without folder")
        return name


class PackParameters(Strict):
    """All that ``pack.yml`` says; ``previous`` is the name of the pack before, under the same ``params/``.

    ``rebases`` are the months in which a process is known to have changed, so that its limits start again.
    ``areas`` are names, or ``every area`` (and ``every region``, ``every team``) for all of that level.
    ``template`` is the organisation's own, for the decks: a .pptx or .potx; the shipped one where it is not given.
    """

    title: str
    organisation: str
    classification: str
    status: Literal["draft", "final"]
    date: date
    previous: str | None = None
    template: Path | None = None
    period: PeriodParameters
    compared_with: Literal["same period last year"] = "same period last year"
    extracts: ExtractsParameters
    areas: tuple[str, ...] = Field(min_length=1)
    papers: tuple[PaperParameters, ...] = Field(min_length=1)
    binders: tuple[BinderParameters, ...] = ()
    rebases: tuple[Rebase, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> PackParameters:
        # Areas are found whatever their case, so that two spellings of one would be written over each other.
        areas = [area.strip().lower() for area in self.areas]
        papers = [paper.notebook for paper in self.papers]
        lists = {"areas": areas, "papers": papers, "papers and binders": [*papers, *(b.name for b in self.binders)]}
        lists |= {f"binder {binder.name}": list(binder.papers) for binder in self.binders}
        for what, names in lists.items():
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{what}: {', '.join(twice)} stands twice")
        return self

    @model_validator(mode="after")
    def _binds_its_own(self) -> PackParameters:
        for binder in self.binders:
            known = [paper.notebook for paper in self.papers]
            for paper in binder.papers:
                if paper not in known:
                    raise ValueError(f"binder {binder.name}: {paper} is no paper of this pack ({', '.join(known)})")
            readers = {paper.audience for paper in self.papers if paper.notebook in binder.papers}
            if len(readers) > 1:
                raise ValueError(f"binder {binder.name}: its papers are for {' and '.join(sorted(readers))}")
        return self


@dataclass(frozen=True)
class Pack:
    """A pack in its project.

    Parameters
    ----------
    name
        The name of its folder under ``params/``.
    file
        Its ``pack.yml``.
    project
        The folder that holds ``params/`` and ``notebooks/``.
    parameters
        What ``pack.yml`` says.
    """

    name: str
    file: Path
    project: Path
    parameters: PackParameters

    @property
    def extracts_folder(self) -> Path:
        """The folder of its extracts; a relative one is the project's."""
        return self.project / self.parameters.extracts.folder

    @property
    def template(self) -> Path | None:
        """The template of its decks, where it has its own; a relative one is the project's."""
        given = self.parameters.template
        return None if given is None else self.project / given

    @property
    def commentary_folder(self) -> Path:
        """The folder of its commentary."""
        return self.file.parent / "commentary"

    @property
    def outputs(self) -> Path:
        """The folder that its papers are published to."""
        return self.project / "outputs" / self.name

    @property
    def snapshot(self) -> Snapshot:
        """The day of its snapshot."""
        return Snapshot(self.parameters.period.snapshot)

    def notebook(self, paper: str) -> Path:
        """Return a paper's notebook."""
        return self.project / "notebooks" / f"{paper}.ipynb"


def open_pack(name: str | Path, start: Path | None = None) -> Pack:
    """Find a pack and read its parameters.

    Parameters
    ----------
    name
        The name of a folder under ``params/``, or a path to a ``pack.yml``.
    start
        Where to look for the project from: this folder or one above it holds ``params/``. The current
        folder where it is not given.

    Raises
    ------
    PackError
        Where there is no such pack, or its parameters are not valid.
    """
    file = Path(name)
    if file.name == "pack.yml":
        file = file.resolve()
        if not file.is_file():
            raise PackError(f"There is no file {name}.", next_step="Check the path.")
        project = _project(file.parent)
    else:
        project = _project((start or Path.cwd()).resolve())
        file = project / "params" / str(name) / "pack.yml"
        if str(Path(name)) != Path(name).name or not file.is_file():
            packs = _names(project)
            raise PackError(
                f"There is no pack {str(name)!r} in {project / 'params'}.",
                valid=nearest(str(name), packs) or "There are no packs yet.",
                next_step="Name a folder under params/, or give the path of a pack.yml.",
            )
    parameters = build(PackParameters, read_yaml(file, PackError), str(file), PackError)
    pack = Pack(file.parent.name, file, project, parameters)
    _check_notebooks(pack)
    _check_previous(pack)
    return pack


def find_project(start: Path) -> Path | None:
    """Return the folder, this one or one above it, that holds ``params/`` and ``notebooks/``; None outside any."""
    folders = (folder for folder in (start, *start.parents) if (folder / "params").is_dir())
    return next((folder for folder in folders if (folder / "notebooks").is_dir()), None)


def _project(start: Path) -> Path:
    found = find_project(start)
    if found is None:
        raise PackError(
            f"{start} lies in no project.",
            valid="A project is a folder that holds params/ and notebooks/.",
            next_step="Change to the project's folder and run again.",
        )
    return found


def _check_notebooks(pack: Pack) -> None:
    for paper in pack.parameters.papers:
        if not pack.notebook(paper.notebook).is_file():
            known = [path.stem for path in (pack.project / "notebooks").glob("*.ipynb")]
            raise PackError(
                f"{pack.file}: there is no notebook {paper.notebook!r}.", valid=nearest(paper.notebook, known)
            )


def _check_previous(pack: Pack) -> None:
    previous = pack.parameters.previous
    others = [name for name in _names(pack.project) if pack.project / "params" / name != pack.file.parent]
    if previous is not None and previous not in others:
        raise PackError(
            f"{pack.file}: previous: there is no other pack {previous!r} in {pack.project / 'params'}.",
            valid=nearest(previous, others) or "There are no other packs.",
            next_step="Name the pack before this one, or leave the key out.",
        )


def _names(project: Path) -> list[str]:
    return sorted(path.parent.name for path in (project / "params").glob("*/pack.yml"))
