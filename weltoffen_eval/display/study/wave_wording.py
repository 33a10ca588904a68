"""The computed sentences on gaps that repeat and on what changed between waves, over all municipalities."""

from __future__ import annotations

import math
from collections.abc import Iterator

from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.sentences import Known
from weltoffen_eval.display.study import wave_tables
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_waves import (
    LOW_FIELD,
    changes_across,
    compared_from,
    not_joined_in,
    repeated_gaps,
)
from weltoffen_eval.results.standing import ABSENT_BELOW


def repeated(telling: StudyTelling, wave: str) -> Iterator[tuple[Sentence, ...]]:
    """Of the fields and of the questions, a paragraph each."""
    yield repeated_fields(telling, wave)
    yield repeated_items(telling, wave)


def repeated_fields(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """In which field the points lie below 50 in the largest part of the municipalities."""
    every = repeated_gaps(telling.overview, wave)["dimension"]
    told = [found for found in every if not math.isnan(found.value)]
    if not told:
        return (telling.say("repeated_too_few", every, least=LEAST_MUNICIPALITIES),)
    largest = max(found.value / found.n for found in told)
    if not largest:
        return (telling.say("no_field_repeated", told, points=LOW_FIELD),)
    those = [found for found in told if found.value / found.n == largest]
    titles = {d.id: telling.title(d.title) for d in telling.overview.instrument(wave).dimensions}
    fields = [titles[found.id] for found in those]
    if len(those) > 1:
        return (telling.say("fields_repeated", told, fields=fields, points=LOW_FIELD),)
    (found,) = those
    return (
        telling.say(
            "field_repeated" if len(told) > 1 else "field_repeated_alone",
            told,
            field=fields[0],
            points=LOW_FIELD,
            count=_known(found),
            n=_known(found, "n"),
        ),
    )


def repeated_items(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """How many questions are listed, and what that means; nothing where too few municipalities answered."""
    every = repeated_gaps(telling.overview, wave)["item"]
    if all(math.isnan(found.value) for found in every):
        return ()
    found = wave_tables.most_missing(telling, wave)
    if not found:
        return (telling.say("no_question_repeated", every, points=ABSENT_BELOW),)
    return (
        telling.say("questions_repeated", found, questions=len(found), points=ABSENT_BELOW),
        telling.say("counts_answers"),
    )


def changes(telling: StudyTelling, wave: str) -> Iterator[tuple[Sentence, ...]]:
    """From which earlier waves, in which fields most state higher, or lower; who is compared with nothing."""
    lost = not_joined_in(telling.overview, wave)
    left = (telling.say("changes_not_joined", count=lost),) if lost else ()
    found = changes_across(telling.overview, wave)
    if not found:
        yield (telling.say("changes_none"), *left)
    for earlier, fields in found.items():
        yield (*_since(telling, wave, earlier, [of["mean_change"] for of in fields.values()]), *left)
        left = ()


def _since(telling: StudyTelling, wave: str, earlier: str, means: list[Finding]) -> tuple[Sentence, ...]:
    told = {mean.id for mean in means if not math.isnan(mean.value)}
    if not told:
        return (telling.say("changes_too_few", means, earlier=earlier, least=LEAST_MUNICIPALITIES),)
    fields = changes_across(telling.overview, wave)[earlier]
    titles = {d.id: telling.title(d.title) for d in telling.overview.instrument(wave).dimensions}
    n = compared_from(telling.overview, wave, earlier)
    said = [telling.say("changes_compared", means, n=n, earlier=earlier)]
    for quantity, name in (("municipalities_up", "most_higher"), ("municipalities_down", "most_lower")):
        counts = [of[quantity] for key, of in fields.items() if key in told]
        # as the table counts them
        those = [count for count in counts if 2 * count.value > count.n]
        if those:
            names = [titles[count.id] for count in those]
            said.append(telling.say(name, those, fields=names, earlier=earlier))
    if len(said) == 1:
        counts = [fields[key][name] for key in told for name in ("municipalities_up", "municipalities_down")]
        said.append(telling.say("most_alike", sorted(counts, key=lambda f: f.key)))
    return (*said, telling.say("changes_say_no_cause"))


def _known(finding: Finding, field: str = "value") -> Known:
    return Known(float(getattr(finding, field)), f"{finding.key}.{field}")
