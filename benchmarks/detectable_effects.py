"""What a test across municipalities can find: smallest mean gaps, in standard deviations, by simulation.

The test is the one that is made: Wilcoxon's signed-rank test per field, Holm over the fields. Gaps are
normal, one field differs and the others do not, so that Holm asks of it p ≤ 0.05/fields: where several
differ, smaller gaps are found. Prints the table of weltoffen_eval/analysis/detectable.py.

    python benchmarks/detectable_effects.py
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

SEED, DRAWS, POWER, LEVEL = 20210630, 20_000, 0.8, 0.05
MUNICIPALITIES = (*range(8, 21), 22, 25, 28, 32, 36, 40, 45, 50, 60, 80, 100, 150, 200, 350)
FIELDS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 40)
#: Up to so many gaps the test is exact.
EXACT = 50


def critical_sum(n: int, level: float) -> float:
    """The largest sum of negative ranks with a two-sided p of at most ``level``; −1 where there is none."""
    if n > EXACT:
        middle, deviation = n * (n + 1) / 4, math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
        return math.floor(middle - 0.5 + deviation * float(stats.norm.ppf(level / 2)))
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        ways[rank:] = ways[rank:] + ways[:-rank]
    tail = 2 * np.cumsum(ways) / 2.0**n
    return int(np.searchsorted(tail, level, side="right")) - 1


def negative_sums(gaps: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """The sum of the ranks of negative gaps of each draw, after a shift upwards."""
    moved = gaps + shift
    order = np.argsort(np.abs(moved), axis=1)
    negative = np.take_along_axis(moved < 0, order, axis=1)
    return (negative * np.arange(1, gaps.shape[1] + 1)).sum(axis=1)


def detectable(n: int) -> list[float]:
    """The smallest effect for each number of fields; NaN where no gaps whatever would be found."""
    gaps = np.random.Generator(np.random.PCG64([SEED, n])).standard_normal((DRAWS, n))
    found = []
    for fields in FIELDS:
        critical = critical_sum(n, LEVEL / fields)
        if critical < 0:
            found.append(math.nan)
            continue
        low, high = 0.0, 4.0
        for _ in range(11):
            middle = (low + high) / 2
            if (negative_sums(gaps, middle) <= critical).mean() >= POWER:
                high = middle
            else:
                low = middle
        found.append(round(high, 2))
    return found


if __name__ == "__main__":
    for n in MUNICIPALITIES:
        printed = ("NONE" if math.isnan(effect) else f"{effect:.2f}" for effect in detectable(n))
        print(f"    {n}: ({', '.join(printed)}),", flush=True)
