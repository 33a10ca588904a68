"""How far a mean could move, by linear programs over equations that hang together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from weltoffen_eval.analysis.attack_equations import Equation, Line
from weltoffen_eval.analysis.linear_programs import LinearProgram

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]
Ends = tuple[float, float, frozenset[str]]
#: Programs that are kept at hand at a time.
_PROGRAMS = 256


class _Part(NamedTuple):
    """Unknowns that equations bind to each other: the numbers of both, in their order."""

    equations: Numbers
    unknowns: Numbers


class AttackPrograms:
    """Linear programs, one for each part of the unknowns that hang together.

    Most parts are one item, or one dimension with its items, of one municipality and wave: what ties no two
    parts moves in each by itself, so the ends of a sum are the sums of the ends. A part is set up once, and
    each goal goes on from where the last one ended.
    """

    def __init__(self, found: Sequence[Equation], most: Array) -> None:
        self._found, self._most = list(found), most
        rows = [n for n, of in enumerate(found) for _ in of.coefficients]
        columns = np.array([number for of in found for number in of.coefficients], dtype=np.intp)
        values = [value for of in found for value in of.coefficients.values()]
        self._matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(most)))
        count = len(found) + len(most)
        joined = sparse.csr_matrix((np.ones(len(rows)), (rows, columns + len(found))), shape=(count, count))
        label = connected_components(joined, directed=False)[1]
        order = np.argsort(label, kind="stable")
        members = np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if count else []
        self._part_of = label[len(found) :]
        self._parts = [_Part(of[of < len(found)], of[of >= len(found)] - len(found)) for of in members]
        self._program = lru_cache(maxsize=_PROGRAMS)(self._set_up)
        self._solved: dict[tuple[int, tuple[tuple[int, float], ...]], Ends] = {}

    def ends(self, line: Line) -> Ends:
        """Lowest and highest value of a mean, and the files on which they rest."""
        by_part: dict[int, dict[int, float]] = {}
        for number, weight in line.coefficients.items():
            by_part.setdefault(int(self._part_of[number]), {})[number] = weight
        low = high = line.added
        sources: frozenset[str] = frozenset()
        for part, goal in by_part.items():
            key = part, tuple(sorted(goal.items()))
            if key not in self._solved:
                self._solved[key] = self._ends_in(part, goal)
            least, most, files = self._solved[key]
            low, high, sources = low + least, high + most, sources | files
        return low, high, sources

    def _ends_in(self, part: int, goal: dict[int, float]) -> Ends:
        equations, unknowns = self._parts[part]
        numbers = np.array(list(goal))
        weights = np.array(list(goal.values()))
        reach = weights * self._most[numbers]
        widest = float(np.minimum(reach, 0).sum()), float(np.maximum(reach, 0).sum()), frozenset[str]()
        if not len(equations):
            return widest
        program = self._program(part)
        whole = np.zeros(len(unknowns))
        whole[np.searchsorted(unknowns, numbers)] = weights
        ends, used = [], set()
        for sign in (-1, 1):
            best = program.best(sign * whole)
            if best is None:
                # published numbers that contradict each other tell nothing that could be relied on
                return widest
            ends.append(float(whole @ best))
            used |= {int(equations[row]) for row in program.holding_rows(whole)}
        return ends[0], ends[1], frozenset(file for n in used for file in self._found[n].sources)

    def _set_up(self, part: int) -> LinearProgram:
        equations, unknowns = self._parts[part]
        low, high = (np.array([getattr(self._found[n], end) for n in equations]) for end in ("low", "high"))
        matrix = self._matrix[equations][:, unknowns].toarray()
        return LinearProgram(matrix, low, high, self._most[unknowns])
