"""What a municipality, or the one whose place it took, answered in the last wave before in which it did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from weltoffen_eval.study.definition import Study, Wave
from weltoffen_eval.study.earlier_answers import earlier_of
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.succession import Holder


@dataclass(frozen=True, eq=False)
class Before:
    """What was answered in the last wave before, in which there were answers; ``files``: where they stand.

    ``municipality``: whose answers they are: its own, or those of the one whose place it took. ``since``:
    from which wave on it has that place; empty where it always had it. Their rows keep that key.
    """

    wave: Wave
    instrument: Instrument
    responses: pd.DataFrame
    merging: Merging
    files: tuple[str, ...] = ()
    municipality: str = ""
    since: str = ""


@dataclass(frozen=True)
class NotJoined:
    """That a municipality took the place of others, and why no earlier answers are set beside its own.

    ``holder``: of whom, as :class:`Holder` says it. ``faulty``: a fault lies in the rows of one before it;
    ``silent``: that one never answered. Neither: several became one, or one became several.
    """

    holder: Holder
    faulty: bool = False
    silent: bool = False


def answers_before(
    study: Study,
    municipality: str,
    wave: Wave,
    answers: pd.DataFrame,
    records: pd.DataFrame,
    faulty: Collection[str] = (),
) -> Before | NotJoined | None:
    """The answers that come before those of a wave; why they are not joined; None where there are none.

    Parameters
    ----------
    answers : all of the municipality, and of those whose place it took; those of which a report tells stand
        in the place of the self-check
    records : likewise, as they came
    faulty : the municipalities in whose rows a fault lies, which are not among them
    """
    own = answers[is_self_check(answers)]
    there = set(zip(own["municipality"].astype(str), own["wave"].astype(str), strict=True))
    waves = [one.id for one in study.waves[: study.waves.index(wave)] if one.id in study.instruments]
    found = earlier_of(study.successions, municipality, wave.id, waves, lambda *of: of in there)
    if found.holder.refused:
        return NotJoined(found.holder)
    if found.holder.wave and not set(faulty).isdisjoint(study.successions.predecessors(municipality)):
        return NotJoined(found.holder, faulty=True)
    if not found.wave:
        return NotJoined(found.holder, silent=True) if found.silent else None
    key, one = found.holder.municipality, found.wave
    sheets = of_wave(of_municipality(records, key), one)
    told = as_self_check(sheets, study.report)
    files = tuple(sorted({str(path) for path in told.loc[is_self_check(told), "file"]}))
    rows = of_wave(of_municipality(answers, key), one).reset_index(drop=True)
    merging = merging_of(study, sheets).as_self_check(study.report)
    return Before(study.wave(one), study.instruments[one], rows, merging, files, key, found.holder.wave)


def of_wave(frame: pd.DataFrame, wave: str) -> pd.DataFrame:
    """The rows of one wave."""
    return frame[frame["wave"] == wave]


def of_municipality(frame: pd.DataFrame, municipality: str) -> pd.DataFrame:
    """The rows of one municipality."""
    return frame[frame["municipality"] == municipality]


def lineage(study: Study, municipality: str) -> Sequence[str]:
    """Its key, and those whose place it took: under them stand the answers that its reports compare."""
    return [municipality, *study.successions.predecessors(municipality)]
