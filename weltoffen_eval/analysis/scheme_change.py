"""What another scoring scheme changes: the scores of all municipalities, before and after."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.reported import as_self_check

_KEYS = ["municipality", "wave", "id"]


def compare_schemes(
    study: Study, responses: pd.DataFrame, before: ScoringScheme, after: ScoringScheme
) -> pd.DataFrame:
    """One row per municipality × wave × dimension, from the answers of which a report tells.

    Columns ``municipality, wave, dimension, before, after, change``: points, empty where a scheme
    withholds the score; ``change`` only where both have one.
    """
    told = as_self_check(responses, study.report)
    own = told[is_self_check(told)]
    merging = merging_of(study).as_self_check(study.report)
    scores = []
    for scheme in (before, after):
        rows = score_study(study, own, scheme, merging=merging)
        rows = rows[rows["level"] == "dimension"].astype(dict.fromkeys(_KEYS, str))
        scores.append(rows.set_index(_KEYS)["score"])
    compared = pd.DataFrame({"before": scores[0], "after": scores[1]}).reset_index()
    compared["change"] = compared["after"] - compared["before"]
    return compared.rename(columns={"id": "dimension"})
