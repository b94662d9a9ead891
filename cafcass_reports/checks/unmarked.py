"""Words of direction beside a metric that carry no mark: nobody checks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cafcass_reports.checks.claims import CHECK
from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.vocabulary import matching, table
from cafcass_reports.metrics.metric import Metric

_MARK = re.compile(r"\[[^\[\]]+\]\{[^{}]*\}")
_REFERENCE = re.compile(r"\{\{\s*(\w+)[^{}]*\}\}")
_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\w)|\n(?!\s*\n|\s*[-*#\d]))+")


def check(text: str, metrics: Iterable[Metric], place: Place, first_line: int = 1) -> Iterator[Finding]:
    """Point out sentences in which a word of direction stands beside a metric's name, or a reference, without a mark.

    Parameters
    ----------
    text
        The text as written.
    metrics
        The metrics whose names are looked for.
    place
        Where it stands.
    first_line
        The number of the text's first line; 0 where it stands in no file.
    """
    names = matching(name for metric in metrics for name in (metric.phrase, metric.title) if " " in name)
    words = matching(table("unmarked")["words"])
    for sentence in _SENTENCE.finditer(text):
        left = _MARK.sub(" ", sentence.group())
        reference = _REFERENCE.search(left)
        plain = _REFERENCE.sub(" ", left).replace("’", "'")
        word, name = words.search(plain), names.search(plain)
        if word and (name or reference):
            beside = name.group() if name else reference[1] if reference else ""
            start = sentence.start() + max(0, sentence.group().find(word.group()))
            line = first_line and first_line + text.count("\n", 0, start)
            yield Finding(
                replace(place, line=line), CHECK, Severity.WARNING,
                f"“{word.group()}” stands beside {beside}, and nobody checks it.",
                next_step=f"Mark what is claimed: [{word.group()}]{{metric}}.",
            )  # fmt: skip
