"""What is documented of the course of a municipality in numbers, as findings by key."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.course import Course

_GIVEN = "as documented"


# one process makes the report of one municipality; all cells of it ask for the same
@lru_cache(maxsize=2)
def findings_of(course: Course) -> dict[str, Finding]:
    """How many took part in each module, and how many measures there are of each status."""
    return {finding.key: finding for kind in (_events(course), _measures(course)) for finding in kind}


def event_key(course: Course, setting: str) -> str:
    """The key of how many took part in a module."""
    return _participants(course, setting, None).key


def measures_key(course: Course, wave: str, status: str = "") -> str:
    """The key of how many measures of a wave there are, or have a status now."""
    return _counted(course, wave, status, 0).key


def _events(course: Course) -> Iterator[Finding]:
    for module in course.modules:
        if module.wave is not None:
            yield _participants(course, module.setting, module.told.participants)


def _participants(course: Course, setting: str, count: int | None) -> Finding:
    wave = course.held(setting).wave
    return Finding(
        "n_participants",
        value=math.nan if count is None else float(count),
        method=_GIVEN,
        reason="not_documented" if count is None else "",
        municipality=course.municipality.key,
        wave=wave.id if wave is not None else "",
        setting=setting,
        level="event",
        id=setting,
    )


def _measures(course: Course) -> Iterator[Finding]:
    measures = course.measures
    yield _counted(course, course.wave.id, "", len(measures.new))
    if measures.before:
        yield _counted(course, measures.earlier_wave, "", len(measures.before))
        for status, count in sorted(measures.became.items()):
            if status:
                # how they stand is said in the present wave
                yield _counted(course, course.wave.id, status, count)


def _counted(course: Course, wave: str, status: str, count: int) -> Finding:
    return Finding(
        "n_measures",
        value=float(count),
        method="count of measures",
        variant=status,
        municipality=course.municipality.key,
        wave=wave,
        level="measure",
    )
