"""The gate: a final pack stops on a finding that is an error, a draft goes on."""

from __future__ import annotations

from typing import Literal

from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import CafcassReportsError


class CheckError(CafcassReportsError):
    """Checks found errors in a final pack.

    Parameters
    ----------
    name
        The pack's name.
    report
        All that was found.
    """

    def __init__(self, name: str, report: Report) -> None:
        self.report = report
        first = report.errors[0]
        others = f" And {len(report.errors) - 1} more." if len(report.errors) > 1 else ""
        super().__init__(
            f"{name} is final, and checks found errors in it. {first}{others}",
            next_step="Mend what they name and run again; or make the pack a draft. Nothing was published.",
        )


def hold(name: str, status: Literal["draft", "final"], report: Report) -> None:
    """Let a pack through, or stop it.

    Raises
    ------
    CheckError
        Where the pack is final and a finding is an error.
    """
    if status == "final" and report.errors:
        raise CheckError(name, report)
