"""The same records in two files without names of respondents: in another encoding, or as a workbook."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.responses.sheets import SheetsOfFile

#: Two sheets may be alike by chance; that two files of several are, in the same order, is none.
_LEAST = 2


def check_doubled(sheets_of_wave: Sequence[SheetsOfFile], folder: Path, faults: list[Fault]) -> None:
    """A fault for each file of a wave whose persons all stand in another file of it too.

    Respondents who have names are told one by one, files of the same bytes in study.toml.
    """
    unnamed = [s for s in sheets_of_wave if len(s.lines) >= _LEAST and not any(s.respondent)]
    told: set[str] = set()
    for one, other in combinations(unnamed, 2):
        paths = one.raw.path, other.raw.path
        if paths[1] in told or not _are_alike(one, other):
            continue
        if filecmp.cmp(folder / paths[0], folder / paths[1], shallow=False):
            continue
        told.add(paths[1])
        faults.append(
            Fault(
                paths[1],
                f"the same {len(other.lines):,} records as in {paths[0]}, none of which names a respondent",
                "each file once",
                "Take one of the two out of study.toml; records that differ have a column respondent.",
                tab=other.tab,
                kind="file_twice",
            )
        )


def _are_alike(one: SheetsOfFile, other: SheetsOfFile) -> bool:
    """Whether two files hold the answers of the same municipalities and perspectives, sheet by sheet."""
    return (
        one.raw.setting == other.raw.setting
        and one.municipality == other.municipality
        and one.perspective == other.perspective
        and np.array_equal(one.answers.missing, other.answers.missing)
        and np.array_equal(one.answers.code, other.answers.code)
        and np.array_equal(one.answers.value, other.answers.value, equal_nan=True)
    )
