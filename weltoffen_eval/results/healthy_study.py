"""A study read whole: answers, and what was given beside them; without those in whose rows a fault lies."""

from __future__ import annotations

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import GivenFiles, read_given_files
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses
from weltoffen_eval.study.responses.faulty_rows import FaultyRows
from weltoffen_eval.study.responses.healthy import clean_healthy
from weltoffen_eval.study.responses.kept_sheets import KeptSheets


def read_whole(study: Study, kept: KeptSheets | None = None) -> tuple[CleanedStudy, GivenFiles, FaultyRows]:
    """Everything that a study holds; without faults, so that nobody is left out.

    ``kept``: of which files of answers it is known already what is read of them.

    Raises
    ------
    RefusedError
        With every fault of every file.
    """
    faults: list[Fault] = []
    cleaned, given = read_responses(study, faults, kept), read_given_files(study, faults)
    if faults:
        raise RefusedError(faults)
    return cleaned, given, FaultyRows()


def read_healthy(study: Study, kept: KeptSheets | None = None) -> tuple[CleanedStudy, GivenFiles, FaultyRows]:
    """As :func:`read_whole`, without the municipalities that have a fault in a row; these, and their faults.

    Raises
    ------
    RefusedError
        With every fault, if one of them concerns all.
    """
    faults: list[Fault] = []
    given = read_given_files(study, faults)
    came = given.came(wave.id for wave in study.waves)
    cleaned, left_out = clean_healthy(study, faults, came, kept)
    return cleaned, given.without(left_out.waves), left_out
