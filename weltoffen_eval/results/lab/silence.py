"""Why a change of a scheme moves no score of the answers that there are."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.silent_settings import why_silent
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Levels whose scores the lab shows.
SHOWN_LEVELS = ("dimension", "overall")
#: What may be said of a change that moves nothing.
REASONS = (
    "needs_overall", "needs_criteria", "no_criteria", "words_only", "coverage_not_crossed", "alone",
    "not_answered", "same_value", "same_anyway",
)  # fmt: skip


def moves(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Whether any score of a dimension, or the overall score, is another, comes or goes.

    Both are scores of the same answers, so that their rows differ in the overall score at most.
    """
    one, other = (
        scores.loc[scores["level"].isin(SHOWN_LEVELS), "score"].to_numpy() for scores in (before, after)
    )
    return not np.array_equal(one, other, equal_nan=True)


def why_nothing_moves(
    setting: str, scheme: ScoringScheme, instrument: Instrument, given: Collection[tuple[str, str]]
) -> str:
    """One of REASONS: why a setting that was changed to that of ``scheme`` moves no score.

    ``given``: scales and codes of all answers, as text.
    """
    if why := why_silent(setting, scheme, instrument):
        return why
    if setting == "min_coverage":
        return "coverage_not_crossed"
    first, _, rest = setting.partition(".")
    is_points = first == "points" and tuple(rest.rsplit(".", 1)) not in given
    return "not_answered" if is_points else "same_anyway"
