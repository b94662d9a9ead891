"""Two packs compared: what a reviewer has to look at before signing the new one off, the most important first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cafcass_reports.errors import PackError
from cafcass_reports.exhibits.payload import Written
from cafcass_reports.packs.comparison import figures, words
from cafcass_reports.packs.comparison.figures import differing
from cafcass_reports.packs.comparison.model import Difference, Extract, Paper, Side, Unchanged, What
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.published import Published, published

# Periods, days and titles are another matter each quarter, and stand at the head of the comparison.
_COMPARED = ("organisation", "classification", "status", "compared_with", "extracts", "areas")


def opened(named: str) -> Published:
    """Open the outputs of a pack.

    Parameters
    ----------
    named
        The name of a pack, the path of a ``pack.yml``, or a folder of outputs.

    Raises
    ------
    PackError
        Where there is neither, the pack was never run, or its outputs are not of this version.
    """
    folder = Path(named)
    if (folder / "manifest.json").is_file():
        return published(folder)
    if folder.is_dir() and len(folder.parts) > 1:
        raise PackError(
            f"{folder} holds no manifest.json.",
            valid="The name of a pack, or a folder of its outputs, such as outputs/2020-21-q3.",
        )
    pack = open_pack(named)
    return published(pack.outputs, pack.name)


def compare(old: Published, new: Published) -> Difference:
    """Compare two packs; equal outputs give a difference that is :attr:`~Difference.empty`."""
    redefined, defined = figures.redefined(old, new)
    extracts = list(_extracts(old, new))
    files = {file["name"]: file["table"] for of in (old, new) for file in of.checks["extracts"]["files"]}
    restated, history = figures.restated(
        old, new, {one.metric for one in redefined}, {files[extract.file] for extract in extracts}
    )
    moved, level = figures.moved(old, new)
    exhibits, same = words.exhibits(old, new)
    texts = words.texts(old, new, {one.new_id: one.title for one in moved if one.turned})
    return Difference(
        old=_side(old),
        new=_side(new),
        synthetic=bool(new.manifest["synthetic"]),
        parameters=tuple(differing(*(_compared(of) for of in (old, new)))),
        redefined=tuple(redefined),
        restated=tuple(restated),
        papers=tuple(_papers(old, new)),
        moved=tuple(moved),
        first_shown=_only(new, old),
        no_longer_shown=_only(old, new),
        exhibits=tuple(exhibits),
        texts=tuple(texts),
        extracts=tuple(extracts),
        versions=tuple(differing(*(dict(of.manifest["versions"]) for of in (old, new)))),
        unchanged=Unchanged(
            figures=level,
            history=history,
            definitions=defined,
            exhibits=same,
            texts=sum(text.what is What.CARRIED_OVER for text in texts),
            extracts=len(new.checks["extracts"]["files"]) - sum(e.what is not What.REMOVED for e in extracts),
        ),
    )


def _compared(of: Published) -> dict[str, Any]:
    return {key: value for key, value in of.manifest["parameters"].items() if key in _COMPARED}


def _side(of: Published) -> Side:
    said, about = of.manifest["parameters"], figures.reporting(of)
    return Side(of.name, said["title"], about.period.label, about.snapshot.label, said["status"])


def _papers(old: Published, new: Published) -> list[Paper]:
    found = [_paper(new, folder, None if folder in old.papers else What.ADDED) for folder in new.papers]
    return found + [_paper(old, folder, What.REMOVED) for folder in old.papers if folder not in new.papers]


def _paper(of: Published, folder: str, what: What | None) -> Paper:
    shown = [exhibit for exhibit in of.exhibits if exhibit.paper == folder]
    texts = sum(isinstance(exhibit.payload, Written) for exhibit in shown)
    return Paper(folder, of.titles[folder], what, len(shown) - texts, texts)


def _only(of: Published, other: Published) -> tuple[str, ...]:
    """The titles of metrics that papers of one pack show and none of the other does."""
    known = {origin.metric for origin in other.own.values()}
    return tuple(dict.fromkeys(origin.title for origin in of.own.values() if origin.metric not in known))


def _extracts(old: Published, new: Published) -> list[Extract]:
    before, after = ({f["name"]: f for f in of.checks["extracts"]["files"]} for of in (old, new))
    found = []
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            found.append(Extract(name, What.REMOVED if now is None else What.ADDED, _rows(was), _rows(now)))
        elif was["sha256"] != now["sha256"]:
            found.append(Extract(name, What.CHANGED, _rows(was), _rows(now)))
    return found


def _rows(file: Any) -> int | None:
    return None if file is None else int(file["rows"])
