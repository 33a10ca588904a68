"""Tables of numbers as CSV: nothing rounded, counts as whole numbers, empty where there is none."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pa_compute
from numpy.typing import NDArray

#: So many rows are put together at once, so that their cells take little memory.
_ROWS_AT_ONCE = 100_000
#: Means of counts over a group: whole wherever every member has as many.
SCORE_COUNTS = ("n_items", "n_answered")
#: Of findings: what a number rests on is always a count, its value is one for these quantities.
FINDING_COUNTS = ("n", "n_applicable")
COUNTED = (
    "items_up", "items_down", "items_same", "items_not_comparable", "municipalities_above",
    "municipalities_below", "position",
)  # fmt: skip


def scores_csv(scores: pd.DataFrame) -> str:
    """A score table as the text of the score file."""
    columns = [_Written.of(scores[name], name in SCORE_COUNTS) for name in scores.columns]
    parts = [",".join(scores.columns)]
    for start in range(0, len(scores), _ROWS_AT_ONCE):
        cells = [column.cells(slice(start, start + _ROWS_AT_ONCE)) for column in columns]
        parts.append("\n".join(pa_compute.binary_join_element_wise(*cells, ",").to_pylist()))
    return "\n".join(parts) + "\n"


class _Written(NamedTuple):
    """A column of which each different value is written once: millions of scores have few of them.

    ``places``: of each row the place of its text in ``texts``, whose last one is that of no value.
    """

    texts: pa.Array
    places: NDArray[np.intp]

    @classmethod
    def of(cls, values: pd.Series, counts: bool) -> _Written:
        """``counts``: where whole numbers are written without a decimal point."""
        if values.dtype == np.float64:
            # by their bits: 0.0 and -0.0 are equal, but not written alike
            places, bits = pd.factorize(values.to_numpy().view(np.int64))
            different = pd.Series(bits.view(np.float64))
        else:
            places, found = pd.factorize(values)
            different = pd.Series(found)
        different = _whole(different) if counts else different
        # the place of no value is −1, which is the last
        texts = pa.array([*map(_cell, different.tolist()), ""], pa.string())
        return cls(texts, places % len(texts))

    def cells(self, rows: slice) -> pa.Array:
        return self.texts.take(pa.array(self.places[rows]))


def _cell(value: object) -> str:
    """A value as it stands in a CSV file, in quotes where it needs some; nothing for NaN."""
    if value != value:
        return ""
    line = io.StringIO()
    # of a row of one field alone an empty text would be in quotes
    csv.writer(line, lineterminator="\n").writerow([value, ""])
    return line.getvalue().removesuffix(",\n")


def findings_csv(findings: pd.DataFrame) -> str:
    """Findings as the text that ``weltoffen analyse`` writes."""
    whole = {name: _whole(findings[name]) for name in FINDING_COUNTS}
    counted = findings["quantity"].isin(COUNTED)
    value = findings["value"].astype(object).mask(counted, _whole(findings["value"].where(counted)))
    return findings.assign(**whole, value=value).to_csv(index=False, lineterminator="\n")


def _whole(values: pd.Series) -> pd.Series:
    """Numbers of which the whole ones are written without a decimal point."""
    as_objects = [int(v) if v == v and float(v).is_integer() else v for v in values.tolist()]
    return pd.Series(as_objects, index=values.index, dtype=object)
