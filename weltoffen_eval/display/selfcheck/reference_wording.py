"""Where the fields stand among those of comparable municipalities: one statement for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from weltoffen_eval.analysis.comparison import LEAST_DIFFERENCE, Reference, size_class
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.study.questionnaire.instrument import Dimension

#: So many fields are named, of more the number is told.
_MOST_NAMED = 3


class _ComparedField(NamedTuple):
    """A field that has points and a reference."""

    field: Dimension
    reference: Reference
    score: float


def all_fields(telling: Telling) -> tuple[Sentence | None, ...]:
    """In which fields the municipality lies within the middle half or above, and in which below."""
    compared = _compared(telling)
    below = [one for one in compared if one.reference.position < 0]
    within = [one for one in compared if one not in below and whole(one.score) >= one.reference.q25]
    near = [one for one in compared if one not in below and one not in within]
    if not compared:
        return ()
    name = telling.profile.municipality.name
    if len(within) == len(compared) > 1:
        every = len(compared) == len(telling.profile.instrument.dimensions)
        said = telling.say(
            "all_at_least" if every else "all_compared_at_least", fields=len(compared), municipality=name
        )
    elif within and below:
        # of those that are the rest the number alone would not say which
        counted = telling.text("in_fields", fields=len(within), total=_total(telling))
        less = _which(telling, below, "in_so_many")
        said = telling.say("at_least_and_below", within=counted, below=less, municipality=name)
    elif within:
        said = telling.say("at_least", within=_which(telling, within), municipality=name)
    elif below:
        said = telling.say("below_only", below=_which(telling, below), municipality=name)
    else:
        said = None
    fewer = _below_median(telling) if within and not below else None
    unclear = telling.say("fields_near", near=_which(telling, near)) if near else None
    return said, fewer, unclear, telling.say("comparison_depends")


def _which(telling: Telling, those: Sequence[_ComparedField], counted: str = "in_fields") -> str:
    """Up to three fields by name, of more, or where they are all of several, how many."""
    total = _total(telling)
    if len(those) <= _MOST_NAMED and (len(those) < total or total == 1):
        quoted = [telling.language.quoted(telling.title(one.field.title)) for one in those]
        return telling.language.listing(quoted)
    given = {"total": total} if counted == "in_fields" else {}
    return telling.text(counted, fields=len(those), **given)


def _total(telling: Telling) -> int:
    return len(telling.profile.instrument.dimensions)


def _below_median(telling: Telling) -> Sentence | None:
    """In which of those fields the printed points lie so far below the printed median that it is told."""
    fewer = [
        one
        for one in _compared(telling)
        if whole(one.reference.median) - whole(one.score) >= LEAST_DIFFERENCE
    ]
    return telling.say("fields_below_median", below=_which(telling, fewer)) if fewer else None


def group(telling: Telling) -> tuple[Sentence | None, ...]:
    """With whom the fields are compared, or why they are not."""
    profile = telling.profile
    others = telling.common.say("others_left_out", count=profile.left_out) if profile.left_out else None
    scored = any(not profile.score("dimension", d.id)["withheld"] for d in profile.instrument.dimensions)
    if profile.audience == "public":
        return ()
    groups: dict[str, list[_ComparedField]] = {}
    for one in _compared(telling):
        groups.setdefault(_named_group(telling, one.reference.grouping), []).append(one)
    if not groups:
        kinds = _kinds(telling, (profile.municipality.kind,))
        return (telling.say("no_reference", kinds=kinds) if scored else None), others
    if len(groups) > 1:
        said = [
            telling.say("compared_in", fields=_which(telling, those), n=_others(telling, those), groups=named)
            for named, those in groups.items()
        ]
        return *said, telling.say("compared_without_names"), others
    ((named, those),) = groups.items()
    name = "compared_with" if len({one.reference.n for one in those}) == 1 else "compared_with_by_field"
    return telling.say(name, n=_others(telling, those), groups=named), others


def _others(telling: Telling, those: Sequence[_ComparedField]) -> str:
    """With how many others fields are compared: "acht", "acht oder neun", "acht bis zwölf"."""
    counts = {one.reference.n for one in those}
    low, high = (telling.language.count(count) for count in (min(counts), max(counts)))
    if len(counts) == 1:
        return low
    form = "either" if max(counts) - min(counts) == 1 else "range"
    return telling.word("forms", form).format(low=low, high=high)


def _compared(telling: Telling) -> list[_ComparedField]:
    profile = telling.profile
    return [
        _ComparedField(d, found, float(row["score"]))
        for d in profile.instrument.dimensions
        if (found := profile.reference("dimension", d.id)) is not None
        and not (row := profile.score("dimension", d.id))["withheld"]
    ]


def _named_group(telling: Telling, grouping: str) -> str:
    municipality = telling.profile.municipality
    kind = _kinds(telling, (municipality.kind,))
    if grouping == "size_and_kind":
        size = telling.word("sizes", size_class(municipality.population))
        return telling.text("group_of_size", kind=kind, size=size)
    if grouping == "kind":
        return kind
    families = telling.profile.scheme.reference_families
    family = next((entry for entry in families if municipality.kind in entry), ())
    named = _kinds(telling, family)
    return telling.text("group_of_kinds", kinds=named) if len(family) > 1 else named


def _kinds(telling: Telling, kinds: tuple[str, ...]) -> str:
    """The plural of kinds of municipality; where one has no word, comparable municipalities in general."""
    words = telling.language.words["kinds_plural"]
    if not kinds or any(kind not in words for kind in kinds):
        return words["other"]
    return telling.language.listing([words[kind] for kind in kinds])
