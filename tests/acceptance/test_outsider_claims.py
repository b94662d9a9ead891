"""Claims by two people who had not read the checks, held against the demo's figures (synthetic data).

A false claim is caught where it is refused for what is wrong with it; a true one that is refused is a false alarm.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cafcass_reports.checks.claims import check
from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.exhibits.commentary import fill
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack

DATA = Path(__file__).parents[1] / "checks" / "data"
SIZES = {"outsider_claims.csv": 200, "outsider_claims_2.csv": 120}

# What is wrong with the false claims of a kind, as a finding has to say it.
REASONS = {
    "sign": r"it (rose|fell)\.",
    "metric_or_area": r"the words name|it speaks of",
    "points_for_percent": r"by points",
    "wrong_base": r"the base is the earlier",
    "stale": r"is not (the figure|its change)",
    "flattering_rounding": r"is not (the figure|its change)",
    "multiple": r"times what it was|is not (the figure|its change)",
    "share": r"is not (the figure|its share)|% are not|it is \d+ of \d+",
    "record": r"20\d\d was [\d,.]+",
    "improved": r"(higher|lower) is better",
    "steady": r"it (rose|fell)\.",
    "run": r"it did not do so",
    "threshold": r"is not (the figure|its change)",
    "wrong_year": r"is compared with|the figure is not of|is not (its change|what it was before)",
    "against_england": r"England (is|it is) ",
    "rank": r"A\d+[AB]? was ",
    "points-percent": r"by points",
    "base": r"the base is the earlier|is not its change",
    "rounding": r"is not the figure",
    "wrong area": r"is not (the figure|its change)",
    "rank-record": r"(20\d\d|A\d+[AB]?) was ",
    "doubled-halved": r"times what it was",
    "against England": r"England (is|it is) ",
    "target": r"the target is",
    "streak": r"it did not do so",
    "average-median": r"the figure is a mean",
    "cherry-picked": r"it (rose|fell)[.;]",
    "words": r"is not (the figure|its change)|it is \d+ of \d+",
    "more-than-nearly": r"is not the figure",
}
# True, and doubted all the same: the checks ask for a reason where an improvement may be chance.
DOUBTED = {"improved-117", "improved-121", "points_for_percent-029"}


class Result(NamedTuple):
    """A claim of the set, and what the checks found."""

    claim: dict[str, str]
    found: list[Finding]


@pytest.fixture(scope="module", params=SIZES)
def results(request: pytest.FixtureRequest, project: Path) -> list[Result]:
    # The pack's run takes the same measurements, so that they are made once for all acceptance tests.
    measurements = measured(open_pack("2020-21-q3", project)).measurements
    lines = (DATA / request.param).read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == SIZES[request.param]
    return [Result(row, _findings(measurements, row)) for row in rows]


def _findings(measurements: Measurements, row: dict[str, str]) -> list[Finding]:
    text = fill(measurements, row["sentence"], measurements.areas.nation, "a.md, line")
    assert len(text.claims) == 1, row["id"]
    return [one for claim in text.claims for one in check(measurements, claim, Place("a.md", line=claim.line))]


def test_the_set_is_half_false_and_every_kind_has_both(results: list[Result]) -> None:
    kinds = {one.claim["kind"] for one in results}
    for truth in ("true", "false"):
        claims = [one.claim for one in results if one.claim["truth"] == truth]
        assert len(claims) == len(results) / 2
        assert {claim["kind"] for claim in claims} == kinds


def test_every_false_claim_is_refused_for_what_is_wrong_with_it(results: list[Result]) -> None:
    missed = [
        f"{one.claim['id']}: {one.claim['sentence']} {[finding.found for finding in one.found]}"
        for one in results
        if one.claim["truth"] == "false"
        and not any(
            finding.severity is Severity.ERROR and re.search(REASONS[one.claim["kind"]], finding.found)
            for finding in one.found
        )
    ]
    assert missed == []


def test_true_claims_pass_but_for_improvements_that_may_be_chance(results: list[Result]) -> None:
    alarms = {one.claim["id"]: one.found for one in results if one.claim["truth"] == "true" and one.found}
    assert alarms.keys() <= DOUBTED, alarms
    for name, found in alarms.items():
        assert all(one.severity is Severity.WARNING and "may be chance" in one.found for one in found), name
