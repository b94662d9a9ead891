"""A final pack shows no text that was written for the quarter before and that its owner has not looked at since."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.errors import PackError
from cafcass_reports.exhibits.commentary import Front, front_of
from cafcass_reports.packs.parameters import Pack


def fronts(pack: Pack) -> dict[Path, Front]:
    """Return what each commentary of a pack says of itself, by its file, in order of their names.

    Raises
    ------
    CommentaryError
        Where one cannot be read, or does not say whose it is.
    """
    return {file: front_of(file) for file in sorted(pack.commentary_folder.rglob("*.md"))}


def refuse_unreviewed(pack: Pack) -> None:
    """Refuse a pack with a commentary that says ``reviewed: no``, whether or not a paper shows it.

    Raises
    ------
    PackError
        Naming each such file and its owner.
    CommentaryError
        Where a commentary cannot be read, or does not say whose it is.
    """
    open_ones = [
        f"{file.relative_to(pack.commentary_folder).as_posix()} ({front.owner})"
        for file, front in fronts(pack).items()
        if not front.reviewed
    ]
    if open_ones:
        raise PackError(
            f"{pack.name} is final, and {len(open_ones)} of its texts in {pack.commentary_folder} are not yet "
            f"reviewed for this quarter: {', '.join(open_ones)}.",
            valid="A final pack has no commentary with 'reviewed: no'.",
            next_step="Ask the owners to review them, set 'reviewed: yes' and the date; or make the pack a draft.",
        )
