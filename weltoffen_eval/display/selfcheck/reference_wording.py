"""Where the fields stand among those of comparable municipalities: one statement for all of them."""

from __future__ import annotations

from weltoffen_eval.analysis.comparison import Reference, size_class
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.telling import Telling


def all_fields(telling: Telling) -> tuple[Sentence | None, ...]:
    """In how many fields the municipality lies within the middle half or above, and in how many below."""
    within = below = near = 0
    for found, score in _compared(telling):
        if found.position < 0:
            below += 1
        elif whole(score) >= found.q25:
            within += 1
        else:
            near += 1
    total = within + below + near
    if not total:
        return ()
    name = telling.profile.municipality.name
    fields = telling.text("in_fields", fields=within or below)
    if within == total:
        every = total == len(telling.profile.instrument.dimensions)
        said = telling.say(
            "all_at_least" if every else "all_compared_at_least", fields=total, municipality=name
        )
    elif within and below:
        less = telling.text("in_so_many", fields=below)
        said = telling.say("at_least_and_below", within=fields, below=less, municipality=name)
    elif within:
        said = telling.say("at_least", within=fields, municipality=name)
    elif below:
        said = telling.say("below_only", below=fields, municipality=name)
    else:
        said = None
    fewer = _below_median(telling) if within and not below else None
    unclear = telling.say("fields_near", near=telling.text("in_fields", fields=near)) if near else None
    return said, fewer, unclear, telling.say("comparison_depends")


def _below_median(telling: Telling) -> Sentence | None:
    """In how many of those fields fewer points are printed than the median."""
    fewer = sum(whole(score) < whole(found.median) for found, score in _compared(telling))
    return telling.say("fields_below_median", fields=fewer) if fewer else None


def group(telling: Telling) -> tuple[Sentence | None, ...]:
    """With whom the fields are compared, or why they are not."""
    profile = telling.profile
    others = telling.common.say("others_left_out", count=profile.left_out) if profile.left_out else None
    scored = any(not profile.score("dimension", d.id)["withheld"] for d in profile.instrument.dimensions)
    found = [reference for reference, _ in _compared(telling)]
    if profile.audience == "public":
        return ()
    if not found:
        kinds = _kinds(telling, (profile.municipality.kind,))
        return (telling.say("no_reference", kinds=kinds) if scored else None), others
    counts = sorted({reference.n for reference in found})
    groups = dict.fromkeys(_named_group(telling, reference.grouping) for reference in found)
    named = telling.language.listing(list(groups))
    if len(counts) == 1:
        return telling.say("compared_with", n=counts[0], groups=named), others
    ends = [telling.language.count(count) for count in (counts[0], counts[-1])]
    form = "either" if counts[-1] - counts[0] == 1 else "range"
    span = telling.word("forms", form).format(low=ends[0], high=ends[1])
    return telling.say("compared_with_by_field", n=span, groups=named), others


def _compared(telling: Telling) -> list[tuple[Reference, float]]:
    """The fields that have points and a reference."""
    profile = telling.profile
    return [
        (found, float(row["score"]))
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
    return _kinds(telling, family)


def _kinds(telling: Telling, kinds: tuple[str, ...]) -> str:
    """The plural of kinds of municipality; where one has no word, comparable municipalities in general."""
    words = telling.language.words["kinds_plural"]
    if not kinds or any(kind not in words for kind in kinds):
        return words["other"]
    return telling.language.listing([words[kind] for kind in kinds])
