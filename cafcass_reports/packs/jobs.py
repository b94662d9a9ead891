"""What a pack makes: its papers, each for the areas that it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cafcass_reports.errors import PackError, nearest
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.packs.parameters import BinderParameters, Pack, PaperParameters

_EVERY = {f"every {level}": level for level in (Level.REGION, Level.AREA, Level.TEAM)}


@dataclass(frozen=True)
class Job:
    """One paper for one area."""

    paper: PaperParameters
    area: Area

    @property
    def folder(self) -> str:
        """Its folder below the outputs."""
        return f"{self.area.slug}/{self.paper.notebook}"


@dataclass(frozen=True)
class Binding:
    """One binder, with the area whose papers it holds."""

    binder: BinderParameters
    area: Area

    @property
    def folder(self) -> str:
        """Its folder below the outputs."""
        return f"{self.area.slug}/{self.binder.name}"

    @property
    def papers(self) -> tuple[str, ...]:
        """The folders of its papers below the outputs, in its order."""
        return tuple(f"{self.area.slug}/{paper}" for paper in self.binder.papers)

    def notebooks(self, built: Path) -> list[Path]:
        """Return the executed notebooks of its papers, in its order."""
        return [built / folder / f"{Path(folder).name}.ipynb" for folder in self.papers]


def jobs_of(pack: Pack, areas: Areas, papers: Sequence[str] = (), only: Sequence[str] = ()) -> list[Job]:
    """List what a pack makes, area by area, in the order of ``pack.yml``.

    Parameters
    ----------
    pack
        The pack.
    areas
        Those of its extracts.
    papers, only
        The papers and the names of areas to which the list is narrowed; all of them where there are none.

    Raises
    ------
    PackError
        Where a paper or an area is not of the pack, a paper is for an area that the pack leaves out, or the narrowed
        list is empty.
    """
    of_pack = [paper.notebook for paper in pack.parameters.papers]
    for paper in papers:
        if paper not in of_pack:
            raise PackError(
                f"{pack.name} has no paper {paper!r}.",
                valid=nearest(paper, of_pack),
                next_step=f"A new notebook is named under 'papers' in the pack.yml of {pack.name}.",
            )
    places = places_of(pack, areas)
    made_for = {paper.notebook: _made_for(pack, paper, places, areas) for paper in pack.parameters.papers}
    wanted = list(dict.fromkeys(areas.named(name) for name in only)) or places
    for place in wanted:
        if place not in places:
            raise PackError(
                f"{pack.name} has no papers for {place.name}.", valid=f"Areas: {', '.join(p.name for p in places)}."
            )
    jobs = [
        Job(paper, place)
        for place in wanted
        for paper in pack.parameters.papers
        if place in made_for[paper.notebook] and (not papers or paper.notebook in papers)
    ]
    if not jobs:
        raise PackError(
            f"{pack.name} makes {', '.join(papers)} for none of {', '.join(place.name for place in wanted)}.",
            valid="; ".join(f"{paper}: {', '.join(place.name for place in made_for[paper])}" for paper in papers) + ".",
        )
    return jobs


def places_of(pack: Pack, areas: Areas) -> list[Area]:
    """List the areas of a pack, each once, in its order.

    Raises
    ------
    PackError
        Where the pack names one that is not in the ``areas`` extract.
    """
    return _places(pack.parameters.areas, areas)


def bindings_of(pack: Pack, areas: Areas) -> list[Binding]:
    """List the binders of a pack, each for the area that it names, or the pack's first.

    Raises
    ------
    PackError
        Where a paper of a binder is not made for that area.
    """
    jobs = jobs_of(pack, areas)
    first = places_of(pack, areas)[0]
    bindings = [
        Binding(binder, areas.named(binder.area) if binder.area else first) for binder in pack.parameters.binders
    ]
    for binding in bindings:
        made = [job.paper.notebook for job in jobs if job.area == binding.area]
        for paper in binding.binder.papers:
            if paper not in made:
                raise PackError(
                    f"{pack.file}: binder {binding.binder.name}: {paper} is not made for {binding.area.name}.",
                    valid=f"For {binding.area.name}: {', '.join(made) or 'no papers'}.",
                )
    return bindings


def _made_for(pack: Pack, paper: PaperParameters, places: Sequence[Area], areas: Areas) -> list[Area]:
    if paper.areas is None:
        return list(places)
    found = _places(paper.areas, areas)
    for place in found:
        if place not in places:
            raise PackError(
                f"{pack.file}: {paper.notebook} is for {place.name}, which is not among the pack's areas.",
                valid=f"Areas: {', '.join(p.name for p in places)}.",
            )
    return found


def _places(names: Iterable[str], areas: Areas) -> list[Area]:
    """The areas that names mean, each once, in the order given."""
    found: list[Area] = []
    for name in names:
        level = _EVERY.get(" ".join(name.lower().split()))
        found += [areas.named(name)] if level is None else [area for area in areas if area.level is level]
    return list(dict.fromkeys(found))
