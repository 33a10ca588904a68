"""To which answers of an administration evidence or an example was given: told, never scored."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.study.perspectives import is_self_check

_WHOSE = ["municipality", "wave", "setting", "perspective", "respondent"]


def with_evidence(comments: pd.DataFrame) -> pd.DataFrame:
    """Whose answer to which item has evidence, without what was written."""
    return comments[comments["evidence"].astype(str) != ""][[*_WHOSE, "item"]]


def items_with_evidence(comments: pd.DataFrame, responses: pd.DataFrame) -> frozenset[str]:
    """The items that an institution answered in the self-check with evidence.

    Parameters
    ----------
    comments, responses : of one municipality and wave, both as the self-check
    """
    given = with_evidence(comments[is_self_check(comments)])
    if not len(given):
        return frozenset()
    answers = responses[
        is_self_check(responses) & (responses["unit"] == "institution") & responses["missing"].isna()
    ]
    answered = set(zip(answers["respondent"].astype(str), answers["item"].astype(str), strict=True))
    pairs = zip(given["respondent"].astype(str), given["item"].astype(str), strict=True)
    return frozenset(item for respondent, item in pairs if (respondent, item) in answered)
