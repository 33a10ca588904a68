"""Linear programs that differ in their goal alone, one after the other from where the last one ended."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]
#: Quiet; one thread, so that a process can still be forked; of small programs presolving costs more than it
#: saves; primal simplex, which begins where another goal ended.
_OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False, "threads": 1, "presolve": "off", "solver": "simplex", "simplex_strategy": 4,
}  # fmt: skip
#: Of the largest number of a goal: from which a row holds the goal back.
_HOLDS = 1e-5


class LinearProgram:
    """Unknowns from 0 to ``most`` of which some sums are known: ``low ≤ matrix @ unknowns ≤ high``.

    HiGHS by highspy: scipy's ``linprog`` begins every program anew, which took ten times as long here.
    """

    def __init__(self, matrix: Array, low: Array, high: Array, most: Array) -> None:
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _OPTIONS.items():
            self._solver.setOptionValue(name, value)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(len(most)), np.zeros(len(most)), most
        model.row_lower_, model.row_upper_ = low, high
        columns, rows = np.nonzero(matrix.T)
        counts = np.bincount(columns, minlength=len(most))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_, model.a_matrix_.value_ = rows.astype(np.int32), matrix[rows, columns]
        self._solver.passModel(model)
        self._numbers = np.arange(len(most), dtype=np.int32)

    def best(self, goal: Array) -> Array | None:
        """The unknowns with the highest ``goal @ unknowns``; None where no end is found."""
        self._solver.changeColsCost(len(goal), self._numbers, -goal)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)

    def holding_rows(self, goal: Array) -> Numbers:
        """The rows that keep ``goal``, of which the best was just found, from being higher."""
        duals = np.abs(np.array(self._solver.getSolution().row_dual))
        return np.flatnonzero(duals > _HOLDS * np.abs(goal).max())
