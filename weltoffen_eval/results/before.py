"""What a municipality answered before: the last of the earlier waves in which it did."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from weltoffen_eval.study.definition import Study, Wave
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.reported import as_self_check


@dataclass(frozen=True, eq=False)
class Before:
    """What one municipality answered in the last wave before, in which it did; ``files``: where it stands."""

    wave: Wave
    instrument: Instrument
    responses: pd.DataFrame
    merging: Merging
    files: tuple[str, ...] = ()


def answers_before(study: Study, wave: Wave, answers: pd.DataFrame, records: pd.DataFrame) -> Before | None:
    """The last of the waves before in which there are answers to the questionnaire.

    In ``answers`` those of which a report tells stand in the place of the self-check; ``records`` are as they
    came.
    """
    earlier = [one for one in study.waves[: study.waves.index(wave)] if one.id in study.instruments]
    for one in reversed(earlier):
        there = of_wave(answers, one.id)
        if is_self_check(there).any():
            sheets = of_wave(records, one.id)
            own = as_self_check(sheets, study.report)
            files = tuple(sorted({str(path) for path in own.loc[is_self_check(own), "file"]}))
            merging = merging_of(study, sheets).as_self_check(study.report)
            instrument = study.instruments[one.id]
            return Before(one, instrument, there.reset_index(drop=True), merging, files)
    return None


def of_wave(frame: pd.DataFrame, wave: str) -> pd.DataFrame:
    """The rows of one wave."""
    return frame[frame["wave"] == wave]
