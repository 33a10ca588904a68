"""The numbers that a report may show, computed anew from the answers: its twin is held against them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results import course_findings, dialogue_findings, profile_findings
from weltoffen_eval.results.course import load_course
from weltoffen_eval.results.dialogue import load_dialogue
from weltoffen_eval.results.members import member_findings
from weltoffen_eval.results.overview import Overview, load_overview
from weltoffen_eval.results.overview_findings import (
    answer_findings,
    every,
    settings_agreement,
    settings_of,
    spread_findings,
    weight_findings,
)
from weltoffen_eval.results.overview_waves import changes_across, repeated_gaps
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop

#: Findings by key; a key that nothing gives is a KeyError.
Looked = Callable[[str], Finding]


@dataclass(frozen=True)
class ToldOf:
    """Of whom and for whom a report tells; ``municipality`` and ``wave`` are empty where it is of all."""

    study: Path
    municipality: str
    wave: str
    scheme: str
    audience: str = "internal"


def of_profile(told: ToldOf) -> Looked:
    """What is known of the self-check of a municipality in a wave."""
    return profile_findings.findings_of(_profile(told)).__getitem__


def of_members(told: ToldOf) -> Looked:
    """The points of a Landkreis and of its members that are shown."""
    return member_findings(_profile(told)).__getitem__


def of_workshop(told: ToldOf) -> Looked:
    """What persons of a workshop said, and the self-check beside it."""
    workshop = load_workshop(told.study, told.municipality, told.wave, told.scheme, audience=told.audience)
    return _first([_workshop(workshop), profile_findings.findings_of(workshop.profile).__getitem__])


def of_dialogue(told: ToldOf) -> Looked:
    """What is counted of a dialogue."""
    dialogue = load_dialogue(told.study, told.municipality, told.wave, told.scheme, audience=told.audience)
    return dialogue_findings.findings_of(dialogue).__getitem__


def of_course(told: ToldOf) -> Looked:
    """What is known of a municipality in any of its modules."""
    course = load_course(told.study, told.municipality, told.scheme, audience=told.audience)
    known: list[Looked] = [course_findings.findings_of(course).__getitem__]
    if course.dialogue is not None:
        known.append(dialogue_findings.findings_of(course.dialogue).__getitem__)
    if course.workshop is not None:
        known.append(_workshop(course.workshop))
    # what takes longest comes last
    profiles = [course.alone, course.workshop.profile if course.workshop is not None else None]
    return _first(
        [*known, *(profile_findings.findings_of(one).__getitem__ for one in profiles if one is not None)]
    )


def of_study(told: ToldOf) -> Looked:
    """What is known of all municipalities together."""
    return _overview(told.study, told.scheme)


def _profile(told: ToldOf) -> Profile:
    how = (told.study, told.municipality, told.wave, told.scheme)
    return load_profile(*how, audience=told.audience, silent=True)


def _workshop(workshop: WorkshopProfile) -> Looked:
    return workshop.findings.__getitem__


def _first(known: Iterable[Looked]) -> Looked:
    """What gives a key first."""
    every = list(known)

    def look(key: str) -> Finding:
        for one in every:
            try:
                return one(key)
            except KeyError:
                continue
        raise KeyError(key)

    return look


# several reports tell of the same study
@lru_cache(maxsize=1)
def _overview(study: Path, scheme: str) -> Looked:
    overview = load_overview(study, scheme)
    kinds = [_spread, _repeated, _changes, _items, _agreement, _across]
    known: dict[str, Finding] = {}

    def look(key: str) -> Finding:
        while key not in known and kinds:
            known.update((finding.key, finding) for finding in kinds.pop(0)(overview))
        return known[key]

    return look


def _across(overview: Overview) -> Iterator[Finding]:
    yield from overview.across
    yield from overview.models


def _spread(overview: Overview) -> Iterator[Finding]:
    for wave in overview.waves:
        yield from every(spread_findings(overview, wave.id))
        yield from every(weight_findings(overview, wave.id))


def _repeated(overview: Overview) -> Iterator[Finding]:
    for wave in overview.waves:
        for found in repeated_gaps(overview, wave.id).values():
            yield from found


def _changes(overview: Overview) -> Iterator[Finding]:
    for wave in overview.waves:
        for found in changes_across(overview, wave.id).values():
            yield from every(found)


def _items(overview: Overview) -> Iterator[Finding]:
    yield from overview.reliability
    for wave in overview.waves:
        yield from every(answer_findings(overview, wave.id))


def _agreement(overview: Overview) -> Iterator[Finding]:
    yield from (found for found in overview.agreement if not found.municipality)
    for wave in overview.waves:
        for setting in settings_of(overview.agreement, wave.id):
            median = settings_agreement(overview, wave.id, setting)
            if median is not None:
                yield median
