"""What a claim says against one figure and what it is compared with."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.checks.judge import Figure, faults
from cafcass_reports.checks.said import read
from cafcass_reports.metrics.measurement import number
from tests.exhibits.figures import METRICS, figure


def wrong(words: str, metric: str, now: int, before: int | None, of: int | None = None) -> list[str]:
    share = METRICS[metric].unit == "percent"
    return list(faults(read(words, share=share), Figure.of(figure(metric, now, before, of=of))))


@pytest.mark.parametrize(
    ("words", "metric", "now", "before", "of"),
    [
        ("rose", "open_cases", 36881, 30994, None),
        ("rose by 19%", "open_cases", 36881, 30994, None),
        ("up 19.0% in a year", "open_cases", 36881, 30994, None),
        ("5,887 more", "open_cases", 36881, 30994, None),
        ("rose from 30,994 to 36,881", "open_cases", 36881, 30994, None),
        ("19% higher", "open_cases", 36881, 30994, None),
        ("a 19% increase", "open_cases", 36881, 30994, None),
        ("grew by nearly a fifth", "open_cases", 36881, 30994, None),
        ("has not fallen", "open_cases", 36881, 30994, None),
        ("worsened", "open_cases", 36881, 30994, None),
        ("more than doubled", "open_cases", 2100, 1000, None),
        ("halved", "open_cases", 500, 1000, None),
        ("stable", "open_cases", 1010, 1000, None),
        ("unchanged", "open_cases", 1000, 1000, None),
        ("rose by 3.2 points", "audits_good_or_better", 630, 598, 1000),
        ("improved", "audits_good_or_better", 630, 598, 1000),
        ("630 of 1,000", "audits_good_or_better", 630, 598, 1000),
        ("most", "audits_good_or_better", 630, 598, 1000),
        ("nearly two thirds", "audits_good_or_better", 630, 598, 1000),
        ("eased by 4 to 96", "open_cases", 96, 100, None),
        ("three quarters", "audits_good_or_better", 760, 598, 1000),
        ("improved", "kpi_2", 1200, 1300, 1000),
        ("0.1 days faster", "kpi_2", 1200, 1300, 1000),
        ("hardly changed", "open_cases", 1010, 1000, None),
        ("up from 93 a year ago", "open_cases", 105, 93, None),
        ("less than one day", "kpi_2", 900, 1300, 1000),
        ("a minority", "audits_good_or_better", 430, 598, 1000),
        ("more than six in ten", "audits_good_or_better", 630, 598, 1000),
        ("one in fourteen", "audits_good_or_better", 70, 598, 1000),
        ("the vast majority", "audits_good_or_better", 800, 598, 1000),
        ("100%", "audits_good_or_better", 1000, 598, 1000),
        ("nearly 100%", "audits_good_or_better", 998, 598, 1000),
        ("makes up three fifths", "audits_good_or_better", 600, None, 1000),
        ("an extra 1,000", "open_cases", 2000, 1000, None),
        ("dipped by just under 1%", "open_cases", 9921, 10000, None),
        ("grew by more than a quarter", "open_cases", 1260, 1000, None),
        ("passed 36,000", "open_cases", 36881, 30994, None),
        ("stayed within two working days", "kpi_2", 1900, 1300, 1000),
        ("fell for the third month running", "open_cases", 1030, 1000, None),  # months, not the year: judged elsewhere
    ],
)
def test_a_true_claim_passes(words: str, metric: str, now: int, before: int, of: int | None) -> None:
    assert wrong(words, metric, now, before, of) == []


@pytest.mark.parametrize(
    ("words", "metric", "now", "before", "of", "why"),
    [
        ("fell", "open_cases", 36881, 30994, None, "it rose"),
        ("100%", "audits_good_or_better", 998, 598, 1000, "it is 998 of 1000"),
        ("0%", "audits_good_or_better", 2, 598, 1000, "it is 2 of 1000"),
        ("barely moved", "open_cases", 36881, 30994, None, "it rose"),
        ("improved", "open_cases", 36881, 30994, None, "lower is better"),
        ("improved", "new_cases", 900, 1000, None, "does not say which way is better"),
        ("rose by 16%", "open_cases", 36881, 30994, None, "the base is the earlier"),
        ("rose by 20%", "open_cases", 36881, 30994, None, "is not its change"),
        ("rose by 19 points", "open_cases", 36881, 30994, None, "only a percentage changes by points"),
        ("rose by 3.2%", "audits_good_or_better", 630, 598, 1000, "by points, not by percent"),
        ("rose from 30,949", "open_cases", 36881, 30994, None, "not what it was before"),
        ("rose to 37,881", "open_cases", 36881, 30994, None, "is not the figure"),
        ("doubled", "open_cases", 1800, 1000, None, "1.80 times"),
        ("halved", "open_cases", 600, 1000, None, "0.60 times"),
        ("a third", "audits_good_or_better", 300, 598, 1000, "is not the figure"),
        ("631 of 1,000", "audits_good_or_better", 630, 598, 1000, "630 of 1000"),
        ("most", "audits_good_or_better", 430, 598, 1000, "43% are not most"),
        ("stable", "open_cases", 1030, 1000, None, "it rose"),
        ("has not risen", "open_cases", 1030, 1000, None, "it rose"),
        ("rose and fell", "open_cases", 1030, 1000, None, "says both"),
        ("rose", "open_cases", 1030, None, None, "compared with nothing"),
        ("changed by 3%", "open_cases", 1030, 1000, None, "not which way"),
        ("nearly three quarters", "audits_good_or_better", 700, 598, 1000, "is not the figure"),
        ("99%", "audits_good_or_better", 984, 598, 1000, "is not the figure"),
        ("100%", "audits_good_or_better", 993, 598, 1000, "is not the figure"),
        ("up from 94 a year ago", "open_cases", 105, 93, None, "not what it was before"),
        ("less than one day", "kpi_2", 1200, 1300, 1000, "is not the figure"),
        ("a minority", "audits_good_or_better", 730, 598, 1000, "are not a minority"),
        ("more than three in four", "audits_good_or_better", 730, 598, 1000, "730 of 1000"),
        ("one in twenty", "audits_good_or_better", 70, 598, 1000, "70 of 1000"),
        ("the vast majority", "audits_good_or_better", 630, 598, 1000, "not a large majority"),
        ("grew by more than a quarter", "open_cases", 1240, 1000, None, "is not its change"),
        ("stayed within two working days", "kpi_2", 2100, 1300, 1000, "is not the figure"),
        ("rose to nearly 40,000", "open_cases", 36881, 30994, None, "is not the figure"),
    ],
)
def test_a_false_claim_is_refused_with_its_reason(
    words: str, metric: str, now: int, before: int | None, of: int | None, why: str
) -> None:
    (reason, *_) = wrong(words, metric, now, before, of)
    assert why in reason


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2))
def test_a_change_claimed_at_its_own_rounding_holds_and_the_next_one_does_not(
    now: int, before: int, decimals: int
) -> None:
    if now == before:
        return
    percent = abs(Fraction(now - before, before) * 100)
    way = "rose" if now > before else "fell"
    other = "fell" if now > before else "rose"
    shown = number(percent, decimals)
    next_one = number(percent + Fraction(1, 10**decimals), decimals)
    assert wrong(f"{way} by {shown}%", "open_cases", now, before) == []
    assert wrong(f"{other} by {shown}%", "open_cases", now, before) != []
    # 1,000 may be said for 999 where it ends in noughts: that is another precision.
    if not next_one.replace(",", "").endswith("0") or "." in next_one:
        assert wrong(f"{way} by {next_one}%", "open_cases", now, before) != []
