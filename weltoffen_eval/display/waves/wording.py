"""The computed sentences on what is stated higher or lower than in an earlier wave, never better or worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.sentences import Catalogue
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results import waves
from weltoffen_eval.results.earlier import LEAST_CHANGE, change_since
from weltoffen_eval.results.waves import FieldChange, field_changes, moved_items

#: So many questions that moved are named of a field.
_MOST_QUESTIONS = 3
_MINUS = "−"


def catalogue(telling: Telling) -> Catalogue:
    """What every report can say of a change."""
    return telling.catalogue("waves")


def not_joined(telling: Telling) -> Sentence | None:
    """Why no earlier answers are set beside those of a municipality that took the place of others."""
    found = telling.profile.not_joined
    if found is None:
        return None
    words, name, holder = catalogue(telling), telling.profile.municipality.name, found.holder
    if holder.refused == "merged":
        return words.say(
            "not_joined_merged", municipality=name, wave=holder.wave, names=_names(telling, holder.names)
        )
    if holder.refused == "split":
        (previous,) = _names(telling, [holder.previous])
        return words.say(
            "not_joined_split", previous=previous, wave=holder.wave, names=_names(telling, holder.names)
        )
    (previous,) = _names(telling, [holder.municipality])
    reason = "not_joined_faulty" if found.faulty else "not_joined_silent"
    return words.say(reason, previous=previous, wave=holder.wave, municipality=name)


def _names(telling: Telling, keys: Sequence[str]) -> list[str]:
    return [telling.study.register.by_key[key].name for key in keys]


def joined(telling: Telling) -> Sentence | None:
    """Whose the earlier answers are, where they are those of another."""
    before = telling.profile.before
    if before is None or not before.since:
        return None
    (previous,) = _names(telling, [before.municipality])
    name = telling.profile.municipality.name
    return catalogue(telling).say(
        "joined", previous=previous, earlier=before.wave.id, wave=before.since, municipality=name
    )


def not_comparable(telling: Telling) -> Sentence | None:
    """That the questionnaires do not say which of their questions are the same."""
    since = change_since(telling.profile)
    if since is None or since.comparable:
        return None
    return catalogue(telling).say("not_comparable", earlier=since.wave)


def compared(telling: Telling) -> tuple[Sentence, ...]:
    """How many of the questions are comparable and were answered both times."""
    found = field_changes(telling.profile)
    questions = int(sum(one.change.n for one in found))
    if not questions:
        return ()
    keys = tuple(one.change.key for one in found)
    said = catalogue(telling).say(
        "compared", questions=questions, total=len(telling.profile.applicable_items)
    )
    rest = _not_compared(telling, keys)
    return (replace(said, rests_on=keys), *([rest] if rest is not None else []))


def _not_compared(telling: Telling, keys: tuple[str, ...]) -> Sentence | None:
    """Why some of the questions are not compared."""
    words, questions = catalogue(telling), waves.questions_apart(telling.profile)
    left = {name: len(of) for name, of in (("new", questions.new), ("open", questions.open)) if of}
    if not left:
        return None
    rest = sum(left.values())
    if len(left) == 1:
        said = words.say(f"rest_all_{next(iter(left))}", rest=rest)
    else:
        parts = [words.text(f"rest_{name}", questions=count) for name, count in left.items()]
        said = words.say("not_all_compared", rest=rest, what=parts)
    return replace(said, rests_on=keys)


def fields(telling: Telling) -> tuple[Sentence, ...]:
    """In how many fields something changed, from the threshold on, and in which it is higher and lower."""
    since, words = change_since(telling.profile), catalogue(telling)
    assert since is not None
    shown = [one for one in field_changes(telling.profile) if one.moved != "not_compared"]
    if not shown:
        return (words.say("nothing_compared"),)
    moved = [one for one in shown if one.moved != "same"]
    keys = tuple(one.change.key for one in shown)
    given = {"total": len(shown), "points": LEAST_CHANGE}
    if not moved:
        return (replace(words.say("no_field_changed", **given), rests_on=keys),)
    how_many = (
        words.say("all_fields_changed", **given)
        if len(moved) == len(shown)
        else words.say("fields_changed", fields=len(moved), **given)
    )
    said = [replace(how_many, rests_on=keys)]
    for way, name in (("up", "stated_higher"), ("down", "stated_lower")):
        those = [one for one in moved if one.moved == way]
        if those:
            names = [telling.title(one.dimension.title) for one in those]
            sentence = words.say(name, earlier=since.wave, fields=names)
            said.append(replace(sentence, rests_on=tuple(one.change.key for one in those)))
    return tuple(said)


def offices_known(telling: Telling) -> bool:
    """Whether the offices are known that answered then and now."""
    found = waves.who_answered(telling.profile)
    return found is not None and bool(found.earlier and found.now)


def who_answered(telling: Telling, documented: tuple[str, str] = ("", "")) -> tuple[Sentence, ...]:
    """Who answered then and now, or that it is not known; ``documented``: who, as people wrote it down."""
    found, since = waves.who_answered(telling.profile), change_since(telling.profile)
    if found is None or since is None:
        return ()
    words, about = catalogue(telling), {"earlier": since.wave, "wave": telling.profile.wave.id}
    if any(documented):
        then, now = (name or telling.nothing for name in documented)
        said = words.say("offices_documented", then=then, now=now, **about)
    elif not offices_known(telling):
        said = words.say("offices_unknown", **about)
    elif found.earlier == found.now:
        return (words.say("offices_same", offices=list(found.now), count=len(found.now), **about),)
    elif len(found.earlier) == len(found.now) == 1:
        said = words.say("offices_one_each", then=found.earlier[0], now=found.now[0], **about)
    else:
        said = words.say("offices_other", then=list(found.earlier), now=list(found.now), **about)
    return said, words.say("offices_matter")


def not_compared(telling: Telling) -> Sentence | None:
    """Of which fields no change is told."""
    left = [one for one in field_changes(telling.profile) if one.moved == "not_compared"]
    if not left or len(left) == len(field_changes(telling.profile)):
        return None
    said = catalogue(telling).say(
        "fields_not_compared", fields=[telling.title(one.dimension.title) for one in left]
    )
    return replace(said, rests_on=tuple(one.change.key for one in left))


def questionnaire_changed(telling: Telling) -> Sentence | None:
    """What is due to the questionnaire: questions that are new, put otherwise, or gone."""
    since, found = change_since(telling.profile), field_changes(telling.profile)
    questions = int(sum(one.not_comparable.value for one in found))
    if since is None or not questions:
        return None
    gone = waves.questions_apart(telling.profile).gone
    words, earlier = catalogue(telling), since.wave
    if 0 < gone < questions:
        counts = {"questions": questions, "new": questions - gone, "gone": gone}
        said = words.say("questionnaire_changed_both", earlier=earlier, **counts)
    else:
        said = words.say("questionnaire_changed", earlier=earlier, questions=questions)
    return replace(said, rests_on=tuple(one.not_comparable.key for one in found))


def below_table(telling: Telling, shown: Sequence[FieldChange]) -> Sentence | None:
    """What the table of the fields does not count."""
    fields = {one.dimension.id for one in shown}
    left = any(item.dimension in fields for item in waves.questions_apart(telling.profile).open)
    return catalogue(telling).say("no_column") if left else None


def questions(telling: Telling) -> list[Sentence]:
    """Of each field the questions that are stated higher, and lower, up to three by name."""
    said = []
    for one in field_changes(telling.profile):
        ways = (questions_moved(telling, one, "up"), questions_moved(telling, one, "down"))
        said += [sentence for sentence in ways if sentence is not None]
    return said


def questions_moved(
    telling: Telling, field: FieldChange, way: Literal["up", "down"], most: int = _MOST_QUESTIONS
) -> Sentence | None:
    """The questions of a field that are stated higher, or lower; so many of them by name."""
    items = moved_items(telling.profile, field.dimension.id, way)
    if not items:
        return None
    named = [short_name(telling, item).text for item in items[:most]]
    sentence = catalogue(telling).say(
        f"questions_{way}_among" if len(items) > most else f"questions_{way}",
        field=telling.title(field.dimension.title),
        questions=len(items),
        items=named,
    )
    return replace(sentence, rests_on=((field.up if way == "up" else field.down).key,))


def from_to(telling: Telling, found: FieldChange) -> str:
    """ "39 → 63", as it is printed at the end of a row."""
    sides = (telling.language.points(side.value) for side in (found.earlier, found.now))
    return " → ".join(sides)


def alternative(telling: Telling, part: Sequence[FieldChange]) -> str:
    """The alternative text of the fields then and now."""
    since, words = change_since(telling.profile), catalogue(telling)
    assert since is not None
    named = [
        words.text(
            "named_change",
            name=clipped(telling.title(found.dimension.title)),
            then=float(whole(found.earlier.value)),
            now=float(whole(found.now.value)),
        )
        for found in part
    ]
    about = {"earlier": since.wave, "wave": telling.profile.wave.id}
    return fitting(
        named,
        lambda parts: words.text("alternative", fields=parts, **about),
        lambda parts: words.text("alternative_cut", fields=parts, **about),
    )


def signed(telling: Telling, value: float) -> str:
    """A difference in whole points with its sign."""
    points = whole(abs(value)) if value >= 0 else -whole(abs(value))
    return f"+{points}" if points > 0 else str(points).replace("-", _MINUS)
