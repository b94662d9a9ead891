"""What a pack measured: kept until anything that it depends on changes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from cafcass_reports.errors import CatalogueError, ExtractError, PackError
from cafcass_reports.extracts import BrokenExtractsError
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import diversity
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Pack, open_pack
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import change


def stages(pack: Pack) -> list[str]:
    seen: list[str] = []
    measured(pack, seen.append)
    return seen


def shown(pack: Pack) -> str:
    found = measured(pack).measurements
    return found.one("open_cases", found.areas.nation).shown


def test_measurements_are_made_once_and_then_kept(pack: Pack) -> None:
    assert stages(pack) == ["check extracts", "measure"]
    assert stages(pack) == []
    assert measured(pack).key == measured(pack).key


def change_extract(pack: Pack) -> None:
    Folder(pack.extracts_folder).add("cases", "0075|C9|public|care|2020-06-01|2020-06-02|||A1 Wear|W2|worker|")


def change_period(pack: Pack) -> None:
    change(pack.project, "to: 2020-11-30", "to: 2020-10-31")


def change_snapshot(pack: Pack) -> None:
    change(pack.project, "snapshot: 2020-12-01", "snapshot: 2020-12-02")


def change_date_order(pack: Pack) -> None:
    change(pack.project, "{folder: extracts}", "{folder: extracts, date_order: mdy}")


def change_metrics(pack: Pack) -> None:
    (pack.project / "params" / "metrics").mkdir()
    (pack.project / "params" / "metrics" / "own.yml").write_text(
        "own_turnover: {title: T, phrase: own turnover, definition: D., kind: reported, unit: percent, better: lower,"
        " period: year to date, decimals: 1, owner: me, in_force: {from: 2015-04-01}}",
        encoding="utf-8",
    )


@pytest.mark.parametrize("changed", [change_extract, change_period, change_snapshot, change_date_order, change_metrics])
def test_any_change_of_what_they_depend_on_makes_them_anew(pack: Pack, changed: Callable[[Pack], None]) -> None:
    before = measured(pack).key
    changed(pack)
    after = open_pack("q3", pack.project)
    assert stages(after) == ["check extracts", "measure"]
    assert measured(after).key != before


def test_a_change_that_they_do_not_depend_on_keeps_them(pack: Pack) -> None:
    before = measured(pack).key
    after = change(pack.project, "title: Small board", "title: Another board")
    assert (stages(after), measured(after).key) == ([], before)


def test_the_figures_follow_the_extracts(pack: Pack) -> None:
    before = int(shown(pack))
    change_extract(pack)
    assert int(shown(pack)) == before + 1


def test_extracts_that_break_their_rules_leave_nothing_behind(pack: Pack) -> None:
    Folder(pack.extracts_folder).change("cases", 2, received_on="31/02/2020")
    with pytest.raises(BrokenExtractsError):
        measured(pack)
    assert not (pack.project / "outputs").exists()


def test_extracts_that_are_not_there_are_named(pack: Pack) -> None:
    with pytest.raises(ExtractError, match="nowhere"):
        measured(change(pack.project, "{folder: extracts}", "{folder: nowhere}"))


def test_a_folder_that_cannot_be_written_is_named(pack: Pack) -> None:
    (pack.project / "outputs").write_text("a file", encoding="utf-8")
    with pytest.raises(PackError, match="cannot be written"):
        measured(pack)


def test_registers_are_kept_with_the_measurements_and_read_without_the_extracts(pack: Pack) -> None:
    folder = Folder(pack.extracts_folder)
    folder.keep_registers()
    folder.remove("improvement_plan")
    measured(pack)
    again = measured(pack)
    assert stages(pack) == []
    kept = [name for name, table in TABLES.items() if table.register and name != "improvement_plan"]
    assert list(again.registers) == [*kept, diversity.NAME]
    assert list(again.registers["quotations"]["quotation_id"]) == ["Q1"], (
        "one without consent never leaves the extracts"
    )
    reflections = again.registers["reflections"]
    assert list(reflections.columns) == folder.header("reflections")
    assert reflections.to_dict("list") == {
        "reflection": ["Supervision", "Domestic abuse"],
        "recommended": [True, False],
        "identified_on": [date(2020, 4, 1), date(2020, 6, 1)],
        "reviewed_from": [date(2020, 5, 4), None],
        "reviewed_to": [date(2020, 5, 29), None],
        "completed_on": [date(2020, 6, 15), None],
        "findings": ["{{ open_cases.value }} open.", None],
        "actions": ["Guidance", None],
        "owner": ["Director", "Head of practice"],
    }
    found = again.measurements
    assert found.one("year_1_milestones_reached", found.areas.nation).shown == "50%"
    assert found.one("improvement_plan_areas", found.areas.nation).shown == "not available"


def test_registers_that_were_removed_are_not_taken_for_empty_ones(pack: Pack) -> None:
    Folder(pack.extracts_folder).keep_registers()
    opened = measured(pack)
    shutil.rmtree(opened.kept)
    with pytest.raises(PackError, match="removed since this paper was opened"):
        _ = opened.registers


def test_a_register_without_rows_is_there_and_empty(pack: Pack) -> None:
    Folder(pack.extracts_folder).write("strategy", [])
    kept = measured(pack).registers["strategy"]
    assert kept.empty
    assert list(kept.columns) == Folder(pack.extracts_folder).header("strategy")


def test_a_metric_that_the_plan_names_and_nobody_knows_is_noted(pack: Pack) -> None:
    folder = Folder(pack.extracts_folder)
    folder.change("improvement_plan", 3, evidence_metric="good_records")
    notes = measured(pack).checks["notes"]
    assert "improvement_plan: the catalogue has no metric good_records." in notes
    assert not [note for note in notes if "audits_good_or_better" in note]
    assert any("fewer than 6 characters" in note for note in notes)


def test_what_nobody_asked_for_in_a_day_is_cleared_and_what_another_run_writes_is_not(pack: Pack) -> None:
    measured(pack)
    folder = pack.project / "outputs" / ".measured" / "q3"
    for name, age in (("unused", 25 * 3600), ("tmpwriting", 60)):
        (folder / name).mkdir()
        os.utime(folder / name, (time.time() - age,) * 2)
    change_extract(pack)
    measured(pack)
    names = {path.name for path in folder.iterdir()}
    assert "unused" not in names
    assert "tmpwriting" in names


def _measure(project: Path) -> str:
    return shown(open_pack("q3", project))


def test_runs_that_measure_at_once_do_not_break_each_other(pack: Pack) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert len(set(pool.map(_measure, [pack.project] * 4))) == 1


def test_a_run_that_comes_second_takes_what_the_first_kept(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both found nothing, both measured; the second cannot rename onto what the first has put there."""
    from cafcass_reports.packs import measured as room

    keep = room._keep
    monkeypatch.setattr(room, "_keep", lambda *about, **rest: (keep(*about, **rest), keep(*about, **rest)))
    assert shown(pack)


def test_a_pack_that_reads_some_tables_has_their_metrics_and_refuses_the_others_by_name(pack: Pack) -> None:
    (pack.project / "params" / "targets.yml").write_text(
        "kpi_2: {target: 2, illustrative: true, from: 2018-04-01, owner: Head, source: Plan}\n", encoding="utf-8"
    )
    Folder(pack.extracts_folder).remove("cases")
    pack = change(pack.project, "{folder: extracts}", "{folder: extracts, tables: [workforce]}")
    assert pack.parameters.extracts.read == {"areas", "workforce"}
    for _ in ("measured", "kept"):
        found = measured(pack).measurements
        nation = found.areas.nation
        assert found.one("social_work_fte", nation).shown == "1.8"
        # Caseloads divide cases, which are not read, by staff, who are.
        for metric, records in (("open_cases", "case records"), ("average_caseload", "case records")):
            with pytest.raises(CatalogueError, match=f"'{metric}' is not available: the pack does not read {records}"):
                found.one(metric, nation)
    with pytest.raises(PackError, match="rebases: the pack does not read what 'kpi_2'"):
        measured(change(pack.project, "areas: [", "rebases: [{metric: kpi_2, month: 2020-04-01, reason: R}]\nareas: ["))


def test_a_table_that_there_is_not_is_refused_with_the_nearest(pack: Pack) -> None:
    with pytest.raises(PackError, match=r"there is no table 'workforces'.*workforce"):
        change(pack.project, "{folder: extracts}", "{folder: extracts, tables: [workforces]}")
