"""Start the next quarter's pack from the last one: periods rolled, texts carried over as not yet reviewed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from cafcass_reports.errors import CafcassReportsError, CommentaryError, PackError
from cafcass_reports.exhibits.commentary import front_of
from cafcass_reports.packs.edited import changed, replaced, with_comment, with_key, written
from cafcass_reports.packs.owed import Owed, owed
from cafcass_reports.packs.parameters import Pack, PackParameters, PeriodParameters, open_pack
from cafcass_reports.packs.reviewed import fronts
from cafcass_reports.periods import Period, Snapshot, financial_year, named, quarter_name, rolled, three_months_on

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_QUARTER = re.compile(r"\d{4}-\d{2}-q[1-4]")
_LIKE_A_QUARTER = re.compile(r"\d{4}-\d{2}-q\d+", re.IGNORECASE)  # 2020-21-q5 is a slip, and no other name
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?)(?=\n---\n)", re.DOTALL)
_TO_BE_SET = "To be set: the date of the meeting, in the title too; this is the last one's and three months."


@dataclass(frozen=True)
class Started:
    """A pack that was started.

    Parameters
    ----------
    pack
        The new pack.
    owed
        Who has to look at what, before it can be final.
    to_be_set
        What nobody but a person knows, in sentences.
    """

    pack: Pack
    owed: tuple[Owed, ...]
    to_be_set: tuple[str, ...]


def start(name: str, last: Pack) -> Started:
    """Start a pack from the last one.

    ``pack.yml`` keeps its comments. The period moves by a quarter (:func:`cafcass_reports.periods.rolled`), the
    snapshot and the papers' date by three months; ``history`` stays. April to June is the first of four quarters
    where the pack before the last reports on January to March, and else a year to date. Every commentary is copied
    with ``reviewed: no``.

    Parameters
    ----------
    name
        The new pack's folder under ``params/``; it does not exist yet.
    last
        The pack to start from.

    Raises
    ------
    PackError
        Where the name is not free, the period is neither a year to date nor three months, a value to be changed is
        not written out in ``pack.yml``, or the folder cannot be written.
    CommentaryError
        Where a text cannot be read or does not say whose it is.
    PaperError
        Where a notebook cannot be read.
    """
    folder = _folder(name, last)
    meant = _next(last)
    found = tuple(owed(last))
    with _beside(folder) as built:
        (built / "pack.yml").write_text(_pack_file(last, meant), encoding="utf-8", newline="")
        for file in fronts(last):
            copy = built / "commentary" / file.relative_to(last.commentary_folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_unreviewed(file), encoding="utf-8", newline="")
            _check_unreviewed(copy, file)
        _check(built, meant, last)
    return Started(open_pack(name, last.project), found, _to_be_set(meant))


def _folder(name: str, last: Pack) -> Path:
    folder = last.project / "params" / name
    if not _NAME.fullmatch(name) or name in ("pack.yml", "metrics"):
        raise PackError(
            f"{name!r} cannot be the name of a pack.",
            valid="Letters, digits, hyphens, points and underscores, such as 2020-21-q4.",
        )
    if last.file != last.project / "params" / last.name / "pack.yml":
        raise PackError(
            f"{last.file} is not directly under {last.project / 'params'}, where the next pack would look for it.",
            next_step="Move its folder there.",
        )
    if (
        _LIKE_A_QUARTER.fullmatch(name)
        and _QUARTER.fullmatch(last.name)
        and name != (after := _quarter_after(last.name))
    ):
        raise PackError(
            f"{name} is not the quarter after {last.name}.",
            valid=f"Valid: {after}, or a name that is no quarter's.",
            next_step="Start from the pack of the quarter before.",
        )
    if folder.exists():
        raise PackError(f"{folder} exists already.", next_step="Give another name; no pack is written over.")
    return folder


def _quarter_after(quarter: str) -> str:
    first = three_months_on(named(quarter).first)
    return f"{financial_year(first)}-q{quarter_name(Period.of_months(first, 3))[1]}"


def _next(last: Pack) -> PackParameters:
    said = last.parameters
    try:
        period = rolled(said.period.period, by_quarter=_by_quarter(last))
    except ValueError as problem:
        raise PackError(
            f"{last.file}: {problem}, so that nobody can say which period comes next.",
            valid="A period from 1 April to the end of a month of the same financial year, or three months.",
            next_step="Copy the folder and set the period yourself.",
        ) from None
    dated = three_months_on(said.date)
    try:
        days = PeriodParameters.model_validate(
            {
                "from": period.first,
                "to": period.last,
                "snapshot": three_months_on(said.period.snapshot),
                "history": said.period.history,
                "latest": three_months_on(said.period.latest) if said.period.latest else None,
            }
        )
    except ValueError:
        raise PackError(f"{last.file}: the period after {said.period.period.label} is too late.") from None
    return said.model_copy(
        update={
            "title": said.title.replace(Snapshot(said.date).label, Snapshot(dated).label),
            "status": "draft",
            "date": dated,
            "previous": last.name,
            "period": days,
        }
    )


def _by_quarter(last: Pack) -> bool:
    """April to June is a quarter and a year to date; the pack before it says which is meant."""
    if last.parameters.previous is None:
        return False
    before = open_pack(last.parameters.previous, last.project).parameters.period.period
    return before.months == 3 and before.first.month == 1


def _pack_file(last: Pack, meant: PackParameters) -> str:
    """The last pack.yml with what changes changed."""
    before, after = Snapshot(last.parameters.date).label, Snapshot(meant.date).label
    days = {"from": meant.period.from_, "to": meant.period.to, "snapshot": meant.period.snapshot}
    if meant.period.latest is not None:
        days["latest"] = meant.period.latest
    try:
        text = last.file.read_text(encoding="utf-8")
        text = _COMMENT.sub(lambda comment: comment.group().replace(before, after), text)
        text = changed(text, ("title",), lambda old: old.replace(before, after))
        text = replaced(text, ("status",), "draft")
        text = replaced(text, ("date",), meant.date.isoformat())
        for key, day in days.items():
            text = replaced(text, ("period", key), day.isoformat())
        text = with_key(text, "previous", written(last.name), before="period")
        return text if _TO_BE_SET in text else with_comment(text, "date", _TO_BE_SET)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as problem:
        raise _not_carried_over(last.file, _fault(problem)) from None


def _unreviewed(file: Path) -> str:
    text = file.read_text(encoding="utf-8-sig")

    def mark(front: re.Match[str]) -> str:
        return "---\n" + with_key(front.group(1), "reviewed", "no", before="date")

    try:
        return _FRONT.sub(mark, text, count=1)
    except (ValueError, yaml.YAMLError) as problem:
        raise _front_not_marked(file, _fault(problem)) from None


def _check_unreviewed(copy: Path, file: Path) -> None:
    """What was cut into a text is read again: it says the same as before, and that it is not reviewed."""
    try:
        said = front_of(copy)
    except CommentaryError as problem:
        raise _front_not_marked(file, problem.given.rstrip(".")) from None
    if said != front_of(file).model_copy(update={"reviewed": False}):
        raise _front_not_marked(file, "it would say something else")


def _check(built: Path, meant: PackParameters, last: Pack) -> None:
    """What was cut into pack.yml is read again: it says what was meant and nothing else."""
    try:
        said = open_pack(built / "pack.yml").parameters
    except CafcassReportsError as problem:
        raise _not_carried_over(last.file, problem.given.rstrip(".")) from None
    if said != meant:
        differs = [key for key in PackParameters.model_fields if getattr(said, key) != getattr(meant, key)]
        raise _not_carried_over(last.file, f"{', '.join(differs)} would say something else")


def _fault(problem: Exception) -> str:
    """PyYAML's own words without its picture of the line, which is of a text that nobody sees."""
    return str(getattr(problem, "problem", None) or problem)


def _not_carried_over(file: Path, why: str) -> PackError:
    return PackError(
        f"{file} cannot be carried over: {why}.",
        valid="title, status, date and the period's from, to and snapshot stand there without anchors (& and *).",
        next_step="Write them so, or copy the folder by hand.",
    )


def _front_not_marked(file: Path, why: str) -> CommentaryError:
    return CommentaryError(
        f"{file} cannot be marked as not yet reviewed: {why}.",
        valid="Between its lines of --- stand owner: and date:, each on a line of its own.",
    )


def _to_be_set(meant: PackParameters) -> tuple[str, ...]:
    return (
        f"date: {meant.date} is the last meeting's date and three months; title: {meant.title!r}.",
        f"extracts: the folder is still {meant.extracts.folder.as_posix()}.",
    )


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give a folder to build in, which takes its name when the block ends and is gone where it fails."""
    try:
        room = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    except OSError as problem:
        raise PackError(f"{folder.parent} cannot be written: {problem.strerror}.") from None
    try:
        built = room / folder.name  # a level deeper than packs are looked for
        built.mkdir()
        yield built
        built.rename(folder)
    except OSError as problem:
        raise PackError(
            f"{folder} cannot be written: {problem.strerror}.", next_step="Check its permissions."
        ) from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
