"""What has changed since the last wave, as far as it can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Figure, Listing
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import section, wording
from weltoffen_eval.results.waves import field_changes
from weltoffen_eval.study.kinds.given import Given

#: So many questions of a field that is stated lower are named.
_MOST_LOWER = 10


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """The fields then and now; that there is nothing to compare, where the self-check came once or never."""
    own = telling.selfcheck
    shown = list(section.blocks(own, telling.answered)) if own is not None else []
    if own is None or not any(block is not None for block in shown):
        yield paragraph(telling.say("nothing_to_compare"))
        return
    first = next((n for n, block in enumerate(shown) if isinstance(block, Figure)), None)
    if first is None:
        yield from shown
        return
    yield from shown[:first]
    yield from _lower(telling, own)
    if _differ(own):
        yield paragraph(telling.say("other_points"))
    yield from shown[first:]


def _differ(own: Telling) -> bool:
    """Whether the compared questions give a field other points, as printed, than all of its questions."""
    points = own.language.points
    return any(
        points(found.now.value) != points(float(own.profile.score("dimension", found.dimension.id)["score"]))
        for found in field_changes(own.profile)
    )


def _lower(telling: CourseTelling, own: Telling) -> Iterator[Block | None]:
    """Of the fields that are stated lower the questions, and what the administration remarks on them."""
    fields = [found for found in field_changes(own.profile) if found.moved == "down"]
    said = [wording.questions_moved(own, found, "down", _MOST_LOWER) for found in fields]
    if any(said):
        yield Listing(tuple(entry(sentence) for sentence in said if sentence is not None))
    for row in remarks(telling):
        field = own.title(own.profile.instrument.dimension(row.values.dimension).title)
        yield paragraph(telling.say("remark", field=field, text=telling.ended(row.values.text)))


def remarks(telling: CourseTelling) -> list[Given]:
    """What the administration noted on the fields that are stated lower, as far as the audience reads it."""
    own = telling.selfcheck
    lower = {f.dimension.id for f in field_changes(own.profile) if f.moved == "down"} if own else set()
    return [row for row in telling.course.remarks if row.values.dimension in lower]
