"""The ledger of rounded counts: what one pack published of the workforce, the next shows again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.metrics import diversity
from cafcass_reports.packs import rounded
from cafcass_reports.packs.measured import Measured, measured
from cafcass_reports.packs.parameters import Pack, open_pack
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import change

POST = "P{0}|W{0}|corporate|{1}|1|{2}||employee|{3}|no|White|{4}||||"


@pytest.fixture
def pack(project: Path) -> Pack:
    """A pack with forty posts in three units, a third of them new in its last quarter."""
    extracts = Folder(project / "extracts")
    extracts.write(
        "workforce",
        [
            POST.format(
                number,
                "yes" if number % 3 else "no",
                ("HR", "IT", "Operations")[number % 7 % 3],
                ("female", "male", "unknown")[number % 5 % 3],
                "2020-08-03" if number % 3 == 1 else "2015-01-05",
            ).split("|")
            for number in range(40)
        ],
    )
    extracts.write("population", extracts.rows("population"))
    return change(project, "{folder: extracts}", "{folder: extracts, tables: [workforce, population]}")


def publish(pack: Pack) -> Measured:
    """What the run of a final pack does of this."""
    found = measured(pack)
    rounded.write(pack, found.registers, found.key)
    return found


def next_pack(pack: Pack) -> Pack:
    """A pack after this one, of which nobody kept the history."""
    folder = pack.project / "params" / "q4"
    folder.mkdir()
    text = (pack.project / "params" / "q3" / "pack.yml").read_text(encoding="utf-8")
    text = text.replace("from: 2020-04-01, to: 2020-11-30, snapshot: 2020-12-01", "from: 2020-09-01, to: 2020-12-31, "
                        "snapshot: 2021-01-01, history: 2020-07-01")  # fmt: skip
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    return open_pack("q4", pack.project)


def shown(found: Measured, day: str) -> dict[tuple[str, ...], int]:
    frame = found.registers[diversity.NAME]
    rows = frame[frame["as_at"].astype(str) == day]
    choices = rows[["post_kind", "unit", "characteristic", "group"]].itertuples(index=False, name=None)
    return dict(zip(choices, rows["posts"], strict=True))


def test_the_next_pack_shows_a_quarter_end_as_it_was_published(pack: Pack) -> None:
    after = next_pack(pack)
    alone = shown(measured(after), "2020-09-30")
    published = shown(publish(pack), "2020-09-30")
    assert alone != published, "the test says nothing where both are rounded alike"
    assert shown(measured(after), "2020-09-30") == published


def test_a_pack_that_runs_again_measures_the_same_and_the_ledger_keeps_who_published_first(pack: Pack) -> None:
    found = publish(pack)
    file = pack.project / rounded.FILE
    first = file.read_bytes()
    assert measured(pack).key == found.key
    publish(pack)
    assert file.read_bytes() == first
    publish(next_pack(pack))
    lines = rounded.read(pack.project)
    assert {line.pack for line in lines if line.as_at.isoformat() == "2020-09-30"} == {"q3"}
    assert {line.pack for line in lines if line.as_at.isoformat() == "2020-12-31"} == {"q4"}


@pytest.mark.parametrize(
    ("text", "other"), [("as_at", "day"), (",HR,", ",HR,3,"), ("2020-09-30", "30/09/2020"), (",0,", ",3,")]
)
def test_a_damaged_ledger_stops_the_pack_with_its_line(pack: Pack, text: str, other: str) -> None:
    publish(pack)
    file = pack.project / rounded.FILE
    held = file.read_text(encoding="utf-8")
    assert text in held
    file.write_text(held.replace(text, other, 1), encoding="utf-8")
    with pytest.raises(PackError, match=r"rounded_counts.csv, line \d+ is not whole.*Restore the file"):
        measured(pack)


def test_a_pack_without_a_workforce_enters_nothing(project: Path) -> None:
    publish(open_pack("q3", project))
    assert not (project / rounded.FILE).exists()
