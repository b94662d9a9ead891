"""The figures that the board reads are traced from the shipped papers back to the demo's extracts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.trace import Trail, trace


@pytest.mark.parametrize(
    ("shown", "metric", "parts"),
    [
        ("36,881", "open_cases", ("36,881", "")),
        ("63.0%", "audits_good_or_better", ("1,606", "2,550")),
    ],
)
def test_a_figure_as_the_board_reads_it_leads_to_its_extract_and_into_every_format(
    project: Path, outputs: Path, shown: str, metric: str, parts: tuple[str, str]
) -> None:
    found = trace(open_pack("2020-21-q3", project), shown)
    assert isinstance(found, Trail)
    assert (found.metric, found.value) == (metric, shown)
    assert (found.numerator, found.denominator) == parts
    for source in found.extracts:
        content = (project / "extracts" / "demo" / source.file).read_bytes()
        assert source.sha256 == hashlib.sha256(content).hexdigest()
    files = {Path(place.file) for place in found.places}
    assert {file.suffix for file in files} == {".pptx", ".pdf", ".html", ".csv", ".md"}
    assert all((outputs / file).is_file() or (project / file).is_file() for file in files)
