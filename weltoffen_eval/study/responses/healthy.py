"""Cleaning that goes on without the municipalities in whose rows a fault lies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.responses.cleaning import LOG_COLUMNS, CleanedStudy, read_responses
from weltoffen_eval.study.responses.faulty_rows import FaultyRows
from weltoffen_eval.study.responses.kept_sheets import KeptSheets
from weltoffen_eval.study.responses.table import RECORD_COLUMNS

#: File, tab and row, as records and log call them.
_PLACE, _PLACE_IN_LOG = list(RECORD_COLUMNS[:3]), list(LOG_COLUMNS[:3])


def clean_healthy(
    study: Study,
    others: Sequence[Fault] = (),
    came_in: Collection[tuple[str, str, str, str]] = (),
    kept: KeptSheets | None = None,
) -> tuple[CleanedStudy, FaultyRows]:
    """All answers of a study without the municipalities that have a fault in a row; these, and their faults.

    ``others``: faults of files without answers; ``came_in``: of whom such files hold a row, in which
    wave, of which kind at which setting. ``kept``: as :func:`read_responses` has it.

    Raises
    ------
    RefusedError
        With every fault, if one of them concerns all: a file, a header, a questionnaire, the register, a
        row whose municipality is not known.
    """
    found: list[Fault] = []
    cleaned = read_responses(study, found, kept)
    faults = tell_whose([*found, *others], cleaned.records)
    if not faults:
        return cleaned, FaultyRows()
    if not all(fault.municipality for fault in faults):
        raise RefusedError(faults)
    keys = sorted({fault.municipality for fault in faults})
    of_records = cleaned.records[["municipality", "wave", "setting"]].astype(str).drop_duplicates()
    answered = {(key, wave, "responses", at) for key, wave, at in of_records.itertuples(index=False)}
    came = {
        key: tuple(
            sorted((wave, kind, at) for whose, wave, kind, at in {*answered, *came_in} if whose == key)
        )
        for key in keys
    }
    waves = {key: tuple(sorted({wave for wave, _, _ in came[key]})) for key in keys}
    return _without(cleaned, keys), FaultyRows(tuple(faults), waves, came)


def tell_whose(faults: Sequence[Fault], records: pd.DataFrame) -> list[Fault]:
    """The faults, those in a row of a known municipality with its key."""
    wanted: set[tuple[str, str, int | None]] = {
        (f.file, f.tab, f.row) for f in faults if not f.municipality and f.row is not None
    }
    if not wanted:
        return list(faults)
    owner: dict[tuple[str, str, int | None], str] = {
        place: str(municipality)
        for *place_parts, municipality in records[[*_PLACE, "municipality"]].itertuples(index=False)
        if (place := (str(place_parts[0]), str(place_parts[1]), int(place_parts[2]))) in wanted
    }
    return [
        fault
        if fault.municipality
        else replace(fault, municipality=owner.get((fault.file, fault.tab, fault.row), ""))
        for fault in faults
    ]


def _without(cleaned: CleanedStudy, keys: Sequence[str]) -> CleanedStudy:
    def others(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[~frame["municipality"].astype(str).isin(keys)].reset_index(drop=True)

    records = cleaned.records
    theirs = records[records["municipality"].astype(str).isin(keys)]
    places = set(zip(*(theirs[name].astype(str) for name in _PLACE), strict=True))
    log = cleaned.cleaning_log
    at = zip(*(log[name].astype(str) for name in _PLACE_IN_LOG), strict=True)
    kept = pd.Series([place not in places for place in at], index=log.index, dtype=bool)
    waves = (wave.of(~wave.who["municipality"].isin(keys).to_numpy()) for wave in cleaned.waves)
    return CleanedStudy(
        tuple(wave for wave in waves if len(wave)),
        others(cleaned.comments),
        others(records),
        log[kept].reset_index(drop=True),
    )
