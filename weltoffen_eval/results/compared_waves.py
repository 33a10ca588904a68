"""Which scores of an earlier wave stand beside those of a later one, each under the later one's key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from weltoffen_eval.results.persons import ScoredWave
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.earlier_answers import earlier_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument


class ComparedWaves(NamedTuple):
    """Scores by respondent of two waves, and their questionnaires, the earlier one first."""

    before: pd.DataFrame
    after: pd.DataFrame
    instruments: tuple[Instrument, Instrument]


def compared_waves(
    study: Study, responses: pd.DataFrame, waves: Sequence[ScoredWave]
) -> Iterator[ComparedWaves]:
    """Of administrations the last of the waves before in which they answered; of persons the wave before.

    A municipality that took the place of one alone is compared with that; persons stay under their own key,
    for there the door knows them.
    """
    own = responses[is_self_check(responses)]
    pairs = own[["municipality", "wave"]].drop_duplicates().astype(str)
    there = set(pairs.itertuples(index=False, name=None))
    for position, (name, instrument, later) in enumerate(waves):
        holders: dict[str, dict[str, str]] = {}
        for key, _ in sorted(pair for pair in there if pair[1] == name):
            before = [earlier for earlier, _, _ in waves[:position]]
            found = earlier_of(study.successions, key, name, before, lambda *of: of in there)
            if found.wave:
                holders.setdefault(found.wave, {})[found.holder.municipality] = key
        for at, (earlier_name, earlier_instrument, earlier) in enumerate(waves[:position]):
            side = _under_later_keys(earlier, holders.get(earlier_name, {}), at == position - 1)
            if len(side):
                yield ComparedWaves(side, later, (earlier_instrument, instrument))


def _under_later_keys(scores: pd.DataFrame, holders: dict[str, str], adjacent: bool) -> pd.DataFrame:
    """The rows of those who are compared, and of the persons of the wave before."""
    keys = scores["municipality"].astype(str)
    sheets = (is_self_check(scores) & (scores["unit"] != "persons")).to_numpy(dtype=bool)
    kept = np.where(sheets, keys.isin(holders), adjacent)
    names = [holders.get(key, key) if sheet else key for key, sheet in zip(keys, sheets, strict=True)]
    return scores.assign(municipality=names)[kept]
