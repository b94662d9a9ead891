"""Every question has an answer, however the last one ended."""

import numpy as np
from scipy.sparse import csr_array

from cafcass_reports.statistics.disclosure.programme import End, Programme

# Equations as {unknown: sign} and what they give, of a table of three areas and four outcomes whose other counts are
# shown: the primal simplex method said "unknown" of bounds that leave no answer. Without the empty ones it did not.
EQUATIONS: list[tuple[dict[int, int], int]] = [
    ({}, 0), ({2: 1, 8: 1}, 101), ({0: -1, 3: 1}, -56), ({1: -1, 4: 1, 9: 1}, 0), ({}, 0), ({8: -1, 10: 1}, -56),
    ({}, 0), ({9: -1, 11: 1}, -50), ({}, 0), ({2: -1, 5: 1}, 0), ({3: -1, 6: 1}, 0), ({4: -1, 7: 1}, 0), ({}, 0),
    ({10: -1, 12: 1}, -5), ({}, 0), ({11: -1, 13: 1}, 0), ({0: 1, 1: 1}, 145), ({2: 1, 3: 1, 4: 1}, 6),
    ({5: 1, 6: 1, 7: 1}, 6), ({8: 1, 9: 1}, 184), ({}, 0), ({10: 1, 11: 1}, 78), ({12: 1, 13: 1}, 73), ({}, 0),
    ({}, 0),
]  # fmt: skip


def test_bounds_that_leave_no_answer_are_impossible_whatever_was_asked_before() -> None:
    sums = np.zeros((len(EQUATIONS), 14))
    for row, (signs, _) in enumerate(EQUATIONS):
        sums[row, list(signs)] = list(signs.values())
    right = np.array([gives for _, gives in EQUATIONS], dtype=float)
    programme = Programme(csr_array(sums), right, np.zeros(14), np.full(14, np.inf))
    assert programme.least_of(np.zeros(14)).end is End.FOUND
    assert programme.least_of(-np.ones(14), np.full(14, 5.0)).end is End.IMPOSSIBLE
    found = programme.least_of(-np.ones(14))
    assert found.end is End.FOUND
    assert np.allclose(sums @ found.values, right)
