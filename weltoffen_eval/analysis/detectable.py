"""What the test across municipalities can find: the smallest mean gap, simulated and kept as a table.

Wilcoxon's signed-rank test in each field, Holm over the fields, p at most 0.05, four of five cases. Gaps are
normal and one field alone differs; where several do, smaller gaps are found. benchmarks/detectable_effects.py
makes the table.
"""

from __future__ import annotations

import math
from bisect import bisect_left

#: No gaps whatever would be found.
_NONE = math.nan
#: Numbers of fields, in the order of the columns of the table.
_FIELDS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 40)
#: By number of municipalities: mean gap in standard deviations of the gaps, for each number of fields.
_EFFECTS: dict[int, tuple[float, ...]] = {
    8: (1.25, 1.41, 1.55, 1.93, 1.93, 1.93, _NONE, _NONE, _NONE, _NONE, _NONE, _NONE),
    9: (1.15, 1.32, 1.48, 1.48, 1.61, 1.61, 1.96, 1.96, 1.96, _NONE, _NONE, _NONE),
    10: (1.02, 1.22, 1.31, 1.39, 1.39, 1.54, 1.54, 1.54, 1.66, 2.02, 2.02, _NONE),
    11: (0.99, 1.09, 1.21, 1.28, 1.28, 1.36, 1.36, 1.44, 1.44, 1.58, 1.71, 2.05),
    12: (0.94, 1.06, 1.11, 1.16, 1.21, 1.27, 1.27, 1.34, 1.34, 1.50, 1.50, 1.75),
    13: (0.87, 1.00, 1.08, 1.12, 1.16, 1.16, 1.21, 1.21, 1.26, 1.39, 1.39, 1.54),
    14: (0.83, 0.93, 0.99, 1.06, 1.10, 1.13, 1.13, 1.17, 1.21, 1.26, 1.31, 1.43),
    15: (0.80, 0.92, 0.96, 0.99, 1.05, 1.08, 1.08, 1.11, 1.15, 1.22, 1.26, 1.36),
    16: (0.78, 0.86, 0.92, 0.97, 0.99, 1.01, 1.04, 1.07, 1.10, 1.16, 1.19, 1.30),
    17: (0.76, 0.84, 0.90, 0.94, 0.96, 0.98, 1.00, 1.02, 1.04, 1.09, 1.14, 1.24),
    18: (0.72, 0.81, 0.85, 0.89, 0.92, 0.94, 0.96, 0.98, 1.00, 1.06, 1.08, 1.19),
    19: (0.70, 0.79, 0.83, 0.86, 0.88, 0.90, 0.93, 0.93, 0.97, 1.02, 1.04, 1.12),
    20: (0.69, 0.76, 0.81, 0.84, 0.87, 0.88, 0.91, 0.92, 0.94, 0.98, 1.02, 1.09),
    22: (0.65, 0.72, 0.76, 0.79, 0.81, 0.82, 0.85, 0.86, 0.88, 0.92, 0.96, 1.02),
    25: (0.60, 0.67, 0.71, 0.73, 0.75, 0.77, 0.78, 0.79, 0.82, 0.85, 0.88, 0.94),
    28: (0.56, 0.62, 0.66, 0.69, 0.70, 0.71, 0.73, 0.74, 0.76, 0.79, 0.81, 0.87),
    32: (0.52, 0.58, 0.61, 0.63, 0.65, 0.66, 0.68, 0.69, 0.71, 0.73, 0.75, 0.80),
    36: (0.49, 0.55, 0.58, 0.60, 0.61, 0.63, 0.64, 0.65, 0.66, 0.69, 0.71, 0.75),
    40: (0.46, 0.51, 0.54, 0.56, 0.58, 0.59, 0.60, 0.61, 0.62, 0.64, 0.66, 0.70),
    45: (0.44, 0.48, 0.51, 0.53, 0.54, 0.55, 0.56, 0.57, 0.58, 0.61, 0.62, 0.66),
    50: (0.41, 0.46, 0.48, 0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.57, 0.58, 0.62),
    60: (0.38, 0.42, 0.44, 0.46, 0.47, 0.48, 0.49, 0.49, 0.50, 0.53, 0.54, 0.57),
    80: (0.33, 0.36, 0.38, 0.39, 0.40, 0.41, 0.42, 0.42, 0.43, 0.45, 0.46, 0.49),
    100: (0.29, 0.32, 0.34, 0.35, 0.36, 0.36, 0.37, 0.38, 0.38, 0.40, 0.41, 0.43),
    150: (0.23, 0.26, 0.27, 0.28, 0.29, 0.29, 0.30, 0.30, 0.31, 0.32, 0.33, 0.35),
    200: (0.21, 0.22, 0.24, 0.24, 0.25, 0.26, 0.26, 0.26, 0.27, 0.28, 0.29, 0.30),
}


def detectable_effect(n: int, fields: int) -> float:
    """Mean gap, in standard deviations of the gaps, that the test finds in four of five cases.

    NaN where it can find none, or below 8 municipalities, where there is no test. Between the numbers of
    municipalities of the table by ``1/√n``, between its numbers of fields at the next larger one; above 40
    fields at 40.
    """
    column = min(bisect_left(_FIELDS, fields), len(_FIELDS) - 1)
    known = list(_EFFECTS)
    if n < known[0]:
        return math.nan
    if n >= known[-1]:
        return _EFFECTS[known[-1]][column] * math.sqrt(known[-1] / n)
    after = bisect_left(known, n)
    if known[after] == n:
        return _EFFECTS[n][column]
    low, high = known[after - 1], known[after]
    share = (1 / math.sqrt(low) - 1 / math.sqrt(n)) / (1 / math.sqrt(low) - 1 / math.sqrt(high))
    return _EFFECTS[low][column] * (1 - share) + _EFFECTS[high][column] * share
