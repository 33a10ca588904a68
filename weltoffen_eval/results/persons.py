"""The persons of a study, of every municipality, wave and setting, as the door asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from weltoffen_eval.analysis.change import NotComparable, comparable_items
from weltoffen_eval.analysis.person_answers import PersonAnswers, person_answers
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Wave, its questionnaire, and its scores by respondent.
ScoredWave = tuple[str, Instrument, pd.DataFrame]


def scored_waves(
    study: Study, responses: pd.DataFrame, scheme: ScoringScheme, merging: Merging
) -> Iterator[ScoredWave]:
    """The waves in which anybody answered.

    Of ``responses`` those of which a report tells stand in the place of the self-check.

    Parameters
    ----------
    merging : which sheets are parts of one questionnaire, as the sheets in ``responses`` are called
    """
    for wave, instrument in study.instruments.items():
        rows = responses[responses["wave"] == wave]
        if len(rows):
            yield (
                wave,
                instrument,
                score_responses(rows, instrument, scheme, by="respondent", merging=merging),
            )


def persons_of(waves: list[ScoredWave], scheme: ScoringScheme) -> list[PersonAnswers]:
    """The persons of all waves, with the items over which a change between two waves may be told."""
    found = [of for _, instrument, scores in waves for of in person_answers(scores, instrument, scheme)]
    there = {of.where for of in found}
    for (before, earlier, _), (after, later, _) in pairwise(waves):
        try:
            same, _ = comparable_items(earlier, later)
        except NotComparable:
            continue
        both = {(key, setting) for key, wave, setting in there if wave == before} & {
            (key, setting) for key, wave, setting in there if wave == after
        }
        found = [
            of
            if (of.municipality, of.setting) not in both or of.wave not in (before, after)
            else replace(of, changed_to=frozenset(same.values()))
            if of.wave == before
            else replace(of, changed_from=frozenset(same))
            for of in found
        ]
    return found
