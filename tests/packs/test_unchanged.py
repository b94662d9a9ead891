"""A late row has only the metrics measured that it touches, and the figures are those of measuring all."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.metrics.catalogue import load
from cafcass_reports.metrics.counted import families
from cafcass_reports.packs import measured as measuring
from cafcass_reports.packs import unchanged
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Pack, open_pack
from tests.extracts.small_organisation import Folder
from tests.packs.small_project import change


@pytest.fixture
def remeasured(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Measure the pack as it is now; return which metrics that took, and hold the files against measuring all."""
    measured(pack)
    measure, asked = unchanged.measure, []

    def noted(connection, catalogue, *rest):  # type: ignore[no-untyped-def]
        asked.append(set(catalogue))
        return measure(connection, catalogue, *rest)

    monkeypatch.setattr(unchanged, "measure", noted)

    def again() -> set[str]:
        files = []
        for _ in ("what changed", "all"):
            kept = measured(open_pack("q3", pack.project)).kept
            files.append({path.name: path.read_bytes() for path in kept.iterdir()})
            shutil.rmtree(kept.parent)
        assert files[0] == files[1]
        assert asked[0] <= asked[1]
        return asked[0]

    return again


def counted_in(table: str) -> set[str]:
    return {metric.id for metric in load().values() if table in {metric.table, metric.with_}}


def test_a_late_row_has_the_metrics_of_its_extract_measured_and_no_others(
    pack: Pack, remeasured: Callable[[], set[str]]
) -> None:
    folder = Folder(pack.extracts_folder)
    folder.add("absences", "S2|W1|yes|A1 Tyne|sickness|2020-06-01|2020-06-03")
    late = remeasured()
    assert counted_in("absences") <= late
    assert not late & (counted_in("cases") - counted_in("absences"))


def test_metrics_that_are_protected_together_are_measured_together(
    pack: Pack, remeasured: Callable[[], set[str]]
) -> None:
    Folder(pack.extracts_folder).change("audits", 2, grade="Requires improvement")
    late = remeasured()
    for family in families(load().values()):
        of_family = {metric.id for metric in family.metrics}
        assert of_family <= late or not of_family & late


def test_other_areas_have_all_measured(pack: Pack, remeasured: Callable[[], set[str]]) -> None:
    Folder(pack.extracts_folder).add("areas", "England|North|A2|A2 Tees|to first hearing")
    assert remeasured() >= counted_in("cases") | counted_in("workforce")


def test_another_period_has_all_measured(pack: Pack, remeasured: Callable[[], set[str]]) -> None:
    change(pack.project, "to: 2020-11-30", "to: 2020-10-31")
    assert remeasured() >= counted_in("cases") | counted_in("workforce")


OWN = """\
private_ones:
  title: Private law cases
  phrase: private law cases
  definition: Cases with an application received in the period.
  kind: distinct
  table: cases
  counted_on: received_on
  where: "true"
  numerator: case_id
  unit: cases
  better: neither
  period: year to date
  compared_with: same period last year
  decimals: 0
  disclosive: false
  owner: operational performance
  in_force: {from: 2015-04-01}
"""


def test_another_definition_is_measured_and_all_is_as_after_measuring_all(
    pack: Pack, remeasured: Callable[[], set[str]]
) -> None:
    own = pack.project / "params" / "metrics" / "own.yml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN, encoding="utf-8")
    assert "private_ones" in remeasured()


def test_a_definition_that_changes_while_extracts_are_read_is_refused_and_measured(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = pack.project / "params" / "metrics" / "own.yml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN, encoding="utf-8")
    load_extracts = measuring.extracts.load

    def changed_meanwhile(*given, **read):  # type: ignore[no-untyped-def]
        own.write_text(OWN.replace('"true"', "law = 'private'"), encoding="utf-8")
        return load_extracts(*given, **read)

    monkeypatch.setattr(measuring.extracts, "load", changed_meanwhile)
    with pytest.raises(PackError, match="changed while they were read"):
        measured(open_pack("q3", pack.project))
    again = measured(open_pack("q3", pack.project)).kept
    figures = (again / "measurements.arrow").read_bytes()
    shutil.rmtree(again.parent)
    assert (measured(open_pack("q3", pack.project)).kept / "measurements.arrow").read_bytes() == figures


@pytest.mark.parametrize("half", ["measurements.arrow", "about.json"])
def test_what_is_kept_by_halves_is_measured_anew(pack: Pack, half: str) -> None:
    before = measured(pack).kept
    broken = before / half
    broken.write_bytes(broken.read_bytes()[:100])
    Folder(pack.extracts_folder).add("absences", "S2|W1|yes|A1 Tyne|sickness|2020-06-01|2020-06-03")
    figures = (measured(open_pack("q3", pack.project)).kept / "measurements.arrow").read_bytes()
    shutil.rmtree(before.parent)
    assert (measured(open_pack("q3", pack.project)).kept / "measurements.arrow").read_bytes() == figures
