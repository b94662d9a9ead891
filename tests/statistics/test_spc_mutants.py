"""The tests of control charts notice when a rule is not quite the rule: each change of it fails one of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

import pytest

from cafcass_reports.statistics import spc
from tests.statistics import test_spc

# What stands in the code, and what somebody might have written instead.
MUTANTS = {
    "limits by 2.659 (3 / 1.128)": ("_LIMIT = 2.66", "_LIMIT = 2.659"),
    "limits from the standard deviation's 3": ("_LIMIT = 2.66", "_LIMIT = 3"),
    "warning lines at half": ("_NEAR_LIMIT = 2 * (_LIMIT / 3)", "_NEAR_LIMIT = _LIMIT / 2"),
    "runs of 8": ("_RUN = 7", "_RUN = 8"),
    "runs of 6": ("_RUN = 7", "_RUN = 6"),
    "a trend by 6 points": ("== _RUN - 1:", ">= _RUN - 2:"),
    "a shift by 6 points": ("(sides[start : start + _RUN])) == _RUN:", "(sides[start : start + _RUN])) >= _RUN - 1:"),
    ">= for > at the upper limit": ("value > upper", "value >= upper"),
    "<= for < at the lower limit": ("value < lower", "value <= lower"),
    ">= for > at the mean": ("(number > 0)", "(number >= 0)"),
    "one of three": (">= 2:", ">= 1:"),
    "two of three on either side of the mean": ("abs(sum(sides[window])) == 3 and ", ""),
    "outside the limits is near them too": ("0 if out else beyond for out", "beyond for out"),
    "a trend before the limits": (
        "(SpecialCause.OUTSIDE_LIMITS, outside),\n        (SpecialCause.TREND, _trends(values)),",
        "(SpecialCause.TREND, _trends(values)),\n        (SpecialCause.OUTSIDE_LIMITS, outside),",
    ),
    "a shift before two of three": (
        "(SpecialCause.TWO_OF_THREE, _two_of_three(sides, near)),\n        (SpecialCause.SHIFT, _shifts(sides)),",
        "(SpecialCause.SHIFT, _shifts(sides)),\n        (SpecialCause.TWO_OF_THREE, _two_of_three(sides, near)),",
    ),
    "the median for the mean": ("from statistics import mean", "from statistics import median as mean"),
    "rules that run across a rebase": ("_points(own, centre, spread)", "_points(series[:end], centre, spread)[start:]"),
    "limits fixed for the first segment alone": ("own[:fix_after]", "own[: None if start else fix_after]"),
    "screening by 3.3": ("_OUTLYING_RANGE = 3.267", "_OUTLYING_RANGE = 3.3"),
    "a target on a limit is met": ("last.lower <= target <= last.upper", "last.lower < target < last.upper"),
    "the first segment against the target": ("chart.segments[-1]", "chart.segments[0]"),
}


def mutated(was: str, becomes: str) -> ModuleType:
    """The module with one change, and its own classes left out, so that what it gives compares as before."""
    source = inspect.getsource(spc)
    assert source.count(was) == 1, was
    mutant = ModuleType(spc.__name__)
    exec(compile(source.replace(was, becomes), "mutant", "exec"), vars(mutant))
    for name, own in vars(spc).items():
        if inspect.isclass(own):
            setattr(mutant, name, own)
    return mutant


def checks() -> Iterator[tuple[str, Callable[[], None]]]:
    """The tests of ``test_spc`` by what they are called: the R package's cases, and those without parameters."""
    agrees = test_spc.TestAgreesWithNhsrplotthedots()
    for name in [name for name in dir(agrees) if name.startswith("test_")]:
        for case in test_spc.CASES:
            yield f"{name} {case['name']}", partial(getattr(agrees, name), case)
    for name, test in inspect.getmembers(test_spc, inspect.isfunction):
        marked = hasattr(test, "pytestmark") or hasattr(test, "hypothesis")
        if name.startswith("test_") and not marked:
            yield name, test


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_changed_rule_is_caught(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = mutated(*MUTANTS[mutant])
    for name in ("xmr", "variation", "assurance"):
        monkeypatch.setattr(test_spc, name, getattr(changed, name))
    caught = []
    for name, check in checks():
        try:
            check()
        except AssertionError:
            caught.append(name)
    assert caught


def test_the_rules_as_they_are_pass() -> None:
    for _, check in checks():
        check()
