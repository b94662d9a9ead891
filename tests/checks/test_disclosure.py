"""The attack on what a pack hides, with the figures of the pack before in hand."""

from __future__ import annotations

from cafcass_reports.checks.disclosure import _found_out
from cafcass_reports.statistics.disclosure import Relation, Table


def cell(area: str, month: int) -> tuple[str, str, int]:
    return ("audits", area, month)


def test_a_corrected_record_leaves_the_attack_on_all_others_as_it_was() -> None:
    months = (4, 5)
    relations = tuple(Relation(cell("England", month), (cell("A1", month), cell("A2", month))) for month in months)
    table = Table({one: 0 for each in relations for one in (each.total, *each.parts)}, relations)
    known = {cell("England", 4): 20, cell("England", 5): 20}
    wanted = {cell("A1", month): f"audits.a1.{month}" for month in months}
    earlier = {cell("A2", 4): 17, cell("A2", 5): 25}  # more than all of England now: May was corrected since
    found, not_compared = _found_out(table, lambda: table, known, earlier, wanted=wanted, threshold=5)  # type: ignore[arg-type]
    assert found == ["audits.a1.4 can be worked out from what is shown."]
    assert not_compared == 1
