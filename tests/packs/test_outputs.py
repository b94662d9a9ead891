"""Outputs: the old pack or the new one, never a mixture."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.packs import outputs
from cafcass_reports.packs.parameters import Pack


def publish(pack: Pack, text: str, stopped: type[BaseException] | None = None) -> None:
    with outputs.building(pack) as built:
        (built / "paper.txt").write_text(text, encoding="utf-8")
        if stopped:
            raise stopped


def published(pack: Pack) -> str:
    (file,) = pack.outputs.iterdir()
    return file.read_text(encoding="utf-8")


def rooms(pack: Pack) -> list[str]:
    return [path.name for path in (pack.outputs.parent / ".building").iterdir()]


def test_new_outputs_replace_the_old_whole(pack: Pack) -> None:
    publish(pack, "old")
    (pack.outputs / "paper.txt").rename(pack.outputs / "former.txt")
    publish(pack, "new")
    assert published(pack) == "new"
    assert rooms(pack) == []


@pytest.mark.parametrize("stopped", [ValueError, KeyboardInterrupt])
def test_what_fails_while_it_is_built_leaves_the_old(pack: Pack, stopped: type[BaseException]) -> None:
    publish(pack, "old")
    with pytest.raises(stopped):
        publish(pack, "half", stopped=stopped)
    assert published(pack) == "old"
    assert rooms(pack) == []


def test_a_kill_between_the_two_renames_is_mended_by_the_next_run(pack: Pack) -> None:
    publish(pack, "old")
    pack.outputs.rename(pack.outputs.parent / ".building" / "q3.former")
    with pytest.raises(KeyboardInterrupt):
        publish(pack, "half", stopped=KeyboardInterrupt)
    assert published(pack) == "old"


def test_a_kill_after_the_swap_leaves_the_new(pack: Pack) -> None:
    publish(pack, "new")
    former = pack.outputs.parent / ".building" / "q3.former"
    former.mkdir()
    (former / "paper.txt").write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        publish(pack, "half", stopped=KeyboardInterrupt)
    assert published(pack) == "new"
    assert rooms(pack) == []


def test_a_swap_that_is_refused_puts_the_old_back(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(pack, "old")
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PackError, match=r"cannot be replaced: Permission denied.*Close the files"):
        publish(pack, "new")
    assert published(pack) == "old"


def test_what_a_killed_run_left_is_cleared_after_a_day_and_not_before(pack: Pack) -> None:
    publish(pack, "old")
    building = pack.outputs.parent / ".building"
    for name, age in (("q3-dead", 25 * 3600), ("q3-alive", 3600)):
        (building / name / "new").mkdir(parents=True)
        os.utime(building / name, (time.time() - age,) * 2)
    publish(pack, "new")
    assert rooms(pack) == ["q3-alive"]


def test_outputs_that_cannot_be_written_are_named(pack: Pack) -> None:
    (pack.project / "outputs").write_text("a file", encoding="utf-8")
    with pytest.raises(PackError, match=r"outputs cannot be written: .*Check its permissions"):
        publish(pack, "new")


def test_failed_notebooks_are_kept_until_the_next_run_that_succeeds(pack: Pack, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "paper.ipynb").write_text(name, encoding="utf-8")
    outputs.keep_failed(pack, {"england/one": tmp_path / "one"})
    failed = outputs.keep_failed(pack, {"england/two": tmp_path / "two"})
    assert [p.relative_to(failed).as_posix() for p in failed.rglob("*.ipynb")] == ["england/two/paper.ipynb"]
    outputs.clear_failed(pack)
    assert not failed.exists()


def test_csv_and_json_are_the_same_bytes_on_every_system(tmp_path: Path) -> None:
    outputs.write_csv(tmp_path / "a.csv", ("a", "b"), [{"a": "x, y", "b": "é"}])
    assert (tmp_path / "a.csv").read_bytes() == 'a,b\n"x, y",é\n'.encode()
    outputs.write_json(tmp_path / "a.json", {"b": "é", "a": 1})
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n  "b": "é",\n  "a": 1\n}\n'


def test_two_runs_of_a_pack_at_once_are_refused(pack: Pack) -> None:
    with outputs.building(pack) as built:
        (built / "paper.txt").write_text("first", encoding="utf-8")
        with pytest.raises(PackError, match="Another run of q3 is on"):
            publish(pack, "second")
    assert published(pack) == "first"
    publish(pack, "third")
    assert published(pack) == "third"


def test_a_file_that_is_replaced_stays_as_readable_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "records.csv"
    outputs.replace_whole(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o644
    file.chmod(0o664)
    outputs.replace_whole(file, b"newer")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"newer", 0o664)
    assert [path.name for path in tmp_path.iterdir()] == ["records.csv"]
