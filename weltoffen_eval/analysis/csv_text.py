"""Tables of numbers as CSV: nothing rounded, counts as whole numbers, empty where there is none."""

from __future__ import annotations

import pandas as pd

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
    whole = {name: _whole(scores[name]) for name in SCORE_COUNTS}
    return scores.assign(**whole).to_csv(index=False, lineterminator="\n")


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
