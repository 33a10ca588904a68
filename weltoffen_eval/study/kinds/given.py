"""What was given beside answers: the other kinds of file of a study, read with all their faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.kinds.rows import Given, GivenFiles

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study

__all__ = ["Given", "GivenFiles", "read_given", "read_given_files"]


def read_given(study: Study) -> GivenFiles:
    """All rows of the other kinds of file of a study.

    Raises
    ------
    RefusedError
        With every fault of every such file.
    """
    faults: list[Fault] = []
    given = read_given_files(study, faults)
    if faults:
        raise RefusedError(faults)
    return given


def read_given_files(study: Study, faults: list[Fault]) -> GivenFiles:
    """As :func:`read_given`, with faults collected; rows with a fault hold what of them can be read."""
    if all(raw.kind == "responses" for raw in study.files):
        return GivenFiles()
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.kinds.cross_checks import check_across
    from weltoffen_eval.study.kinds.persons import name_persons
    from weltoffen_eval.study.kinds.reading import read_files

    rows, log = read_files(study, faults)
    check_across(study, rows, faults)
    rows, of_persons = name_persons(rows)
    return GivenFiles(tuple(rows), (*log, *of_persons))
