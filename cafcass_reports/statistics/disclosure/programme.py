"""A linear programme that is asked one question after another, each from where the last one ended.

An attacker asks for the lowest and the highest of every hidden count of a table: thousands of questions on the same
sums. HiGHS keeps its basis from one to the next, so that most take a few steps of the simplex method
(docs/decisions/0029).
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat, simplex_constants
from scipy.sparse import csr_array

Vector = npt.NDArray[np.float64]


class End(Enum):
    """How a question ends."""

    FOUND = HighsModelStatus.kOptimal
    IMPOSSIBLE = HighsModelStatus.kInfeasible
    UNLIMITED = HighsModelStatus.kUnbounded


class Answer(NamedTuple):
    """The least that a goal can be.

    Parameters
    ----------
    end
        Whether there is one.
    values
        What the columns are there; empty unless it was found.
    prices
        How much the goal would change for one more on the right of each equation; empty unless it was found.
    """

    end: End
    values: Vector
    prices: Vector


class Programme:
    """Equations ``sums @ x = right`` with bounds on each column.

    Parameters
    ----------
    sums
        A row for each equation, a column for each unknown.
    right
        What each equation gives.
    least, most
        The bounds of each column; infinite where there is none.
    """

    def __init__(self, sums: csr_array, right: Vector, least: Vector, most: Vector) -> None:
        self._least, self._most, self._right = least, most, right
        self._goal, self._limits = np.zeros(len(least)), most
        # Its constructor has no annotations.
        self._solver = _Silent()  # type: ignore[no-untyped-call]
        # One thread, so that equal tables are answered alike.
        self._solver.setOptionValue("threads", 1)
        self._go_on_from_the_last_answer()
        self._solver.passModel(_model(sums, right, least, most))

    def least_of(self, goal: Vector, most: Vector | None = None) -> Answer:
        """Find the least that a goal can be, with other upper bounds than the programme's for this once.

        Raises
        ------
        ArithmeticError
            If the solver gives up.
        """
        if len(goal) == 0:
            return Answer(End.IMPOSSIBLE if self._right.any() else End.FOUND, np.empty(0), np.zeros(len(self._right)))
        limits = self._most if most is None else most
        costs = np.flatnonzero(goal != self._goal).astype(np.int32)
        bounds = np.flatnonzero(limits != self._limits).astype(np.int32)
        self._solver.changeColsCost(len(costs), costs, goal[costs])
        self._solver.changeColsBounds(len(bounds), bounds, self._least[bounds], limits[bounds])
        self._goal, self._limits = goal, limits
        self._solver.run()
        if self._solver.getModelStatus() == HighsModelStatus.kUnknown:
            self._start_afresh()
        status = self._solver.getModelStatus()
        try:
            end = End(status)
        except ValueError:
            raise ArithmeticError(f"HiGHS gave up: {self._solver.modelStatusToString(status)}.") from None
        if end is not End.FOUND:
            return Answer(end, np.empty(0), np.empty(0))
        found = self._solver.getSolution()
        return Answer(end, np.array(found.col_value), np.array(found.row_dual))

    def _go_on_from_the_last_answer(self) -> None:
        # Presolve would throw the basis away; from one goal to the next the last answer stays feasible, which is what
        # the primal simplex method starts from.
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", simplex_constants.SimplexStrategy.kSimplexStrategyPrimal)

    def _start_afresh(self) -> None:
        # Where bounds leave no answer at all, the primal method can end without saying so: it has moved the bounds a
        # little against going round in circles, and what it finds does not fit the true ones. The usual way tells.
        self._solver.setOptionValue("presolve", "choose")
        self._solver.setOptionValue("simplex_strategy", simplex_constants.SimplexStrategy.kSimplexStrategyChoose)
        self._solver.clearSolver()
        self._solver.run()
        self._go_on_from_the_last_answer()


class _Silent(Highs):
    """HiGHS without a word."""

    def enableCallbacks(self) -> None:  # noqa: N802 (HiGHS's own name)
        # Called as a solver is made: with callbacks it prints its licence before anybody can ask it not to.
        self.silent()


def _model(sums: csr_array, right: Vector, least: Vector, most: Vector) -> HighsLp:
    columns = sums.tocsc()
    model = HighsLp()
    model.num_row_, model.num_col_ = columns.shape
    model.col_cost_ = np.zeros(len(least))
    model.col_lower_, model.col_upper_ = least, most
    model.row_lower_ = model.row_upper_ = right
    model.a_matrix_.format_ = MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
    model.a_matrix_.value_ = columns.data
    return model
