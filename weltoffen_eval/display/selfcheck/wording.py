"""The computed sentences on the fields: which of them holds, with its numbers; neutral, none without n."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.sentences import Given, Span
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.talking_points import aspect_scores, category_points
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension


def withheld(telling: Telling, reason: str) -> str:
    """Why there is no score, in few words."""
    scheme = telling.profile.scheme
    if reason == "group_size":
        return telling.text("withheld_group_size", persons=scheme.min_group_size)
    if reason == "coverage" and scheme.min_coverage >= 1:
        return telling.text("withheld_incomplete")
    return telling.text(f"withheld_{reason}")


def score(telling: Telling, row: pd.Series) -> str:
    """A score, or why there is none."""
    if row["withheld"]:
        return withheld(telling, str(row["withheld"]))
    return telling.language.points(row["score"])


def who_answered(telling: Telling) -> tuple[Sentence | None, ...]:
    """Who filled the questionnaire in, when, and how much of it."""
    profile = telling.profile
    rows = profile.own_scores
    items = rows[rows["level"] == "item"]
    one = profile.sheets == 1 or profile.merged
    answered = "questions_answered" if one else "questions_answered_on_average"
    left_out = [
        telling.title(d.title)
        for d in profile.instrument.dimensions
        if profile.score("dimension", d.id)["withheld"] == "not_chosen"
    ]
    if profile.own.by_persons:
        evaluated = telling.say("persons_evaluated", persons=profile.sheets, date=profile.wave.date)
    else:
        evaluated = telling.say("sheets_evaluated", sheets=profile.sheets, date=profile.wave.date)
    return (
        evaluated,
        telling.say(answered, answered=float(items["n_answered"].sum()), asked=float(items["n_items"].sum())),
        telling.say("fields_not_chosen", fields=left_out) if left_out else None,
    )


def dimension_score(telling: Telling, dimension: str) -> tuple[Sentence, ...]:
    """One neutral sentence about a field, and what its open questions could change."""
    profile = telling.profile
    row = profile.score("dimension", dimension)
    where = ("dimension", dimension)
    counted = {
        "answered": telling.known(*where, "coverage", "n"),
        "asked": telling.known(*where, "coverage", "n_applicable"),
    }
    reason = str(row["withheld"])
    if reason == "coverage":
        return (telling.say("no_score_coverage", *where, **counted, least=profile.scheme.min_coverage),)
    if reason == "group_size":
        return (telling.say("no_score_group_size", *where, persons=profile.scheme.min_group_size),)
    if reason:
        return (telling.say(f"no_score_{reason}", *where),)
    value = telling.known(*where, "score")
    # the word belongs to the number as it is printed: "50" is never called what is said of less than 50
    band = profile.scheme.band(whole(row["score"]))
    if band:
        said = telling.say("score_in_words", *where, score=value, state=telling.label(band.label))
    else:
        said = telling.say("score", *where, score=value)
    if row["n_answered"] >= row["n_items"]:
        return (said,)
    mean = "_on_average" if profile.sheets > 1 and not profile.merged else ""
    if whole(row["low"]) == whole(row["high"]):
        return said, telling.say(f"answered_in_part{mean}", *where, **counted)
    bounds = {field: telling.known(*where, "score", field) for field in ("low", "high")}
    return said, telling.say(f"open_questions{mean}", *where, **counted, **bounds)


def aspects(telling: Telling, dimension: str) -> Sentence | None:
    """What is intended against what is done; nothing where a field asks for one of them only."""
    profile = telling.profile
    items = profile.instrument.items_of(dimension)
    found = aspect_scores(profile, items)
    where = ("dimension", dimension)
    if not found:
        return None
    known = {
        f"{aspect}{behind}": telling.known(*where, "aspect_score", field, aspect)
        for aspect in found
        for behind, field in (("", "value"), ("_answered", "n"), ("_asked", "n_applicable"))
    }
    concept, practice = found["concept"].score, found["practice"].score
    if concept is None or practice is None:
        there = "concept" if concept is not None else "practice"
        if concept is None and practice is None:
            return None
        counted = {name: known[f"{there}_{name}"] for name in ("answered", "asked")}
        return telling.say(f"only_{there}", *where, points=known[there], **counted)
    # one answer, one category further, moves the smaller group by so much
    fewest = min(entry.n_answered for entry in found.values())
    named = max(5.0, category_points(profile, items) / fewest)
    if concept - practice >= named:
        return telling.say("more_intended", *where, **known)
    return telling.say("more_done" if practice - concept >= named else "aspects_alike", *where, **known)


def reference(telling: Telling, dimension: str) -> Sentence | None:
    """Where a field stands among the others'; nothing without a score or without a reference."""
    profile = telling.profile
    found, row = profile.reference("dimension", dimension), profile.score("dimension", dimension)
    if found is None or row["withheld"]:
        return None
    where, group = ("dimension", dimension), found.grouping
    given: dict[str, Given] = {
        "band": Span(
            telling.known(*where, "q25", variant=group), telling.known(*where, "q75", variant=group)
        ),
        "median": telling.known(*where, "median", variant=group),
        "n": telling.known(*where, "median", "n", variant=group),
    }
    if found.position == 0:
        said = "within_middle_half" if found.holds(row["score"]) else "near_median"
        return telling.say(said, *where, **given)
    return telling.say(f"{'below' if found.position < 0 else 'above'}_middle_half", *where, **given)


def reference_group(telling: Telling) -> tuple[Sentence | None, ...]:
    """With whom the fields are compared, or why they are not."""
    profile = telling.profile
    scored = [d.id for d in profile.instrument.dimensions if not profile.score("dimension", d.id)["withheld"]]
    found = [there for name in scored if (there := profile.reference("dimension", name))]
    others = telling.common.say("others_left_out", count=profile.left_out) if profile.left_out else None
    if not found:
        return telling.say("no_reference", least=LEAST_OTHERS), others
    counts = sorted({there.n for there in found})
    groups = list(dict.fromkeys(telling.word("groupings", there.grouping) for there in found))
    return (
        telling.say("compared_with", n=Span(counts[0], counts[-1]), groups=groups),
        telling.say("differences_not_judged"),
        others,
    )


def band_words(telling: Telling) -> Sentence | None:
    """What the words for a state mean."""
    bands = telling.profile.scheme.bands
    if not bands:
        return None
    parts, lower = [], 0.0
    for band in bands:
        name = telling.title(band.label)
        if band.below <= 100:
            parts.append(telling.text("band", name=name, lower=lower, upper=band.below))
        else:
            parts.append(telling.text("highest_band", name=name, lower=lower))
        lower = band.below
    return telling.say("words_for_points", bands=parts)


def dimension_alternative(telling: Telling, part: Sequence[Dimension]) -> str:
    """The alternative text of the profile figure: every field with its value."""
    name = clipped(telling.profile.municipality.name)
    return fitting(
        [_named_score(telling, "dimension", d) for d in part],
        lambda parts: telling.text("profile_alternative", municipality=name, fields=parts),
        lambda parts: telling.text("profile_alternative_cut", municipality=name, fields=parts),
    )


def criterion_alternative(telling: Telling, dimension: str, part: Sequence[Criterion]) -> str:
    """The alternative text of the criteria of one field."""
    of = {
        "field": clipped(telling.title(telling.profile.instrument.dimension(dimension).title)),
        "municipality": clipped(telling.profile.municipality.name),
    }
    return fitting(
        [_named_score(telling, "criterion", c) for c in part],
        lambda parts: telling.text("criteria_alternative", **of, criteria=parts),
        lambda parts: telling.text("criteria_alternative_cut", **of, criteria=parts),
    )


def _named_score(telling: Telling, level: str, entry: Dimension | Criterion) -> str:
    """A name with its score; where there is none for want of answers, with how many there are."""
    row = telling.profile.score(level, entry.id)
    name = clipped(telling.title(entry.title))
    if row["withheld"] != "coverage":
        return telling.text("named_score", name=name, score=score(telling, row))
    return telling.text(
        "named_coverage",
        name=name,
        reason=score(telling, row),
        answered=float(row["n_answered"]),
        asked=float(row["n_items"]),
    )
