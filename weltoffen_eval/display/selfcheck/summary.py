"""The essentials on one page: who answered, strengths, gaps, what is uncertain, changed, and comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from weltoffen_eval.blocks import Block, Entry, Facts, Heading, Listing, Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.selfcheck import robustness_wording, suggestions, wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import wording as changed
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.earlier import Change, change_since
from weltoffen_eval.results.offices import offices_of
from weltoffen_eval.results.questions_to_discuss import questions_to_talk_about
from weltoffen_eval.results.standing import (
    ABSENT,
    PRESENT,
    UNDER_WAY,
    Topic,
    strengths_and_gaps,
    topics,
)

#: So many questions stand behind a strength or gap.
_MOST_ITEMS = 3
#: So many topics are named where none stands out.
_MOST_TOPICS = 3
#: So many fields that changed are named, of more the number is told.
_MOST_FIELDS = 3
#: Printed points that other weights can make of a field before it is called uncertain.
_LEAST_WIDTH = 5


def blocks(telling: Telling) -> Iterator[Block | None]:
    """The page, as far as something is to be said."""
    profile = telling.profile
    yield paragraph(*who_answered(telling), lead=True)
    if not profile.own.told:
        yield paragraph(telling.common.say("persons_not_told"))
        return
    yield from strengths_and_gaps_of(telling)
    yield Heading(3, telling.text("notes_heading"), "notes")
    noted = [
        (telling.word("summary", "uncertain"), _uncertain(telling)),
        *changes(telling),
        (telling.word("summary", "next"), _next(telling)),
    ]
    told = ((term, entry(*said)) for term, said in noted if any(said))
    yield Facts((*told, *_given(telling)))


def strengths_and_gaps_of(telling: Telling, within: str = "") -> Iterator[Block]:
    """Of which topics most, and of which least is there, in words; ``within``: how its anchors begin."""
    strengths, gaps = strengths_and_gaps(telling.profile)
    for anchor, named, states in (
        ("strengths", strengths, (PRESENT, UNDER_WAY)),
        ("gaps", gaps, (ABSENT, UNDER_WAY)),
    ):
        if named:
            yield Heading(3, _heading(telling, anchor, named), f"{within}{anchor}")
            entries = [_topic(telling, topic, states, anchor == "gaps") for topic in named]
            entries[-1] = entry(*entries[-1].sentences, _tied(telling, named))
            yield Listing(tuple(entries))
    alike = topics(telling.profile)[:_MOST_TOPICS] if not strengths and not gaps else []
    if alike:
        yield Heading(3, telling.text("standing_heading"), f"{within}standing")
        yield Listing(tuple(_both_ends(telling, topic) for topic in alike))


def who_answered(telling: Telling) -> tuple[Sentence | None, ...]:
    """Who filled the questionnaire in, when, and how much of it."""
    profile = telling.profile
    date = profile.wave.date
    if profile.own.by_persons:
        evaluated = telling.say("persons_evaluated", persons=profile.sheets, date=date)
    elif profile.sheets == 1:
        evaluated = telling.say("one_sheet", date=date)
    else:
        name = "merged_sheets" if profile.merged else "several_sheets"
        evaluated = telling.say(name, sheets=profile.sheets, date=date)
    return evaluated, _offices(telling), _answered(telling), _not_chosen(telling)


def _offices(telling: Telling) -> Sentence | None:
    """Which offices answered, where their sheets are called by names."""
    names = [] if telling.profile.own.by_persons else offices_of(telling.profile.own_responses)
    return telling.say("offices", offices=names) if names else None


def _answered(telling: Telling) -> Sentence | None:
    rows = telling.profile.own_scores
    items = rows[rows["level"] == "item"]
    answered, asked = (float(items[name].sum()) for name in ("n_answered", "n_items"))
    # how much of what is not shown was answered is not shown either
    if not telling.profile.own.told or (items["withheld"] == "disclosure").any():
        return None
    if telling.profile.sheets > 1 and not telling.profile.merged:
        if whole(answered) == whole(asked):
            return telling.say("less_than_one_left_on_average")
        means = {"answered": float(whole(answered)), "asked": float(whole(asked))}
        return telling.say("questions_answered_on_average", **means)
    if answered == asked:
        return telling.say("all_questions_answered", asked=asked)
    return telling.say("questions_answered", answered=answered, asked=asked)


def _not_chosen(telling: Telling) -> Sentence | None:
    fields = _withheld(telling, "not_chosen")
    return telling.say("fields_not_chosen", fields=fields) if fields else None


def _withheld(telling: Telling, reason: str) -> list[str]:
    """The titles of the fields that have no points for this reason."""
    profile = telling.profile
    return [
        telling.title(d.title)
        for d in profile.instrument.dimensions
        if profile.score("dimension", d.id)["withheld"] == reason
    ]


def _heading(telling: Telling, name: str, named: list[Topic]) -> str:
    """What is listed below, and how many of how many."""
    total = len(topics(telling.profile))
    term = named[0].level if total > 1 else f"{named[0].level}_one"
    among = telling.word("among_levels", term).format(total=telling.language.count(total))
    return telling.text(f"{name}_heading", topics=len(named), among=among)


def _tied(telling: Telling, named: list[Topic]) -> Sentence | None:
    """Which topics have as many points as the last that is named; of many their number."""
    last = named[-1]
    tied = [t for t in topics(telling.profile) if t.points == last.points and t not in named]
    if not tied:
        return None
    names = [telling.title(topic.entry.title) for topic in tied]
    if len(tied) == 1:
        said = telling.say("topic_tied", name=names[0])
    elif len(tied) <= _MOST_TOPICS:
        said = telling.say("topics_tied", names=names)
    else:
        level = telling.word("level_plurals", last.level)
        said = telling.say("topics_tied_many", topics=len(tied), level=level)
    keys = tuple(telling.key(topic.level, topic.entry.id, "score") for topic in (last, *tied))
    return replace(said, rests_on=keys)


def _topic(telling: Telling, topic: Topic, states: tuple[str, ...], gap: bool = False) -> Entry:
    """A strength or a ``gap`` in words, with up to three of its questions."""
    band = telling.band(topic.points)
    name = telling.label(topic.entry.title)
    if band:
        said = telling.say("topic_in_words", topic=name, state=telling.label(band.label))
    else:
        said = telling.say("topic_in_points", topic=name, points=float(topic.points))
    said = replace(said, rests_on=(telling.key(topic.level, topic.entry.id, "score"),))
    state = next(state for state in states if topic.items[state])
    items = topic.items[state]
    among = "_among" if len(items) > _MOST_ITEMS else ""
    term = "only_under_way" if state == UNDER_WAY and (gap or among) else state
    return entry(said, wording.named_items(telling, f"topic_{term}{among}", items[:_MOST_ITEMS]))


def _both_ends(telling: Telling, topic: Topic) -> Entry:
    """A topic that is neither a strength nor a gap: what is there of it, and what is not."""
    said = _topic(telling, topic, (PRESENT, UNDER_WAY, ABSENT))
    if not topic.items[ABSENT] or not (topic.items[PRESENT] or topic.items[UNDER_WAY]):
        return said
    least = _topic(telling, topic, (ABSENT,), gap=True)
    return entry(*said.sentences, *least.sentences[1:])


def _uncertain(telling: Telling) -> tuple[Sentence | None, ...]:
    profile = telling.profile
    unanswered = talking_points.unanswered_items(profile)
    said: list[Sentence | None] = []
    if not unanswered and not profile.own.by_persons:
        said.append(robustness_wording.nothing_open(telling))
    elif len(unanswered) > _MOST_ITEMS:
        said.append(telling.say("some_uncertain", questions=len(unanswered)))
    elif unanswered:
        said.append(
            wording.named_items(telling, "some_uncertain_named", unanswered, questions=len(unanswered))
        )
    said.append(robustness_wording.widest_of_bands(telling, _LEAST_WIDTH, with_range=True))
    without = _withheld(telling, "coverage")
    if without:
        said.append(telling.say("without_points", fields=without))
    apart = len(talking_points.disagreements(profile))
    if apart and not profile.own.by_persons:
        said.append(telling.say("offices_differ" if profile.merged else "offices_apart", questions=apart))
    return tuple(said)


def changes(
    telling: Telling, documented: tuple[str, str] = ("", "")
) -> list[tuple[str, tuple[Sentence, ...]]]:
    """What is higher and what is lower than in the wave before, each by itself, under its term.

    ``documented``: who answered then and now, where people wrote it down.
    """
    since, lost = change_since(telling.profile), changed.not_joined(telling)
    if lost is not None:
        return [(telling.word("summary", "not_joined"), (lost,))]
    if since is None:
        return []
    term = telling.word("summary", "changed").format(wave=since.wave)
    if not since.comparable:
        return [(term, (telling.say("change_not_comparable", wave=since.wave),))]
    found = []
    for name, sign in (("changed_up", 1), ("changed_down", -1)):
        moved = {field: abs(points) for field, points in since.fields if points * sign > 0}
        if moved:
            found.append((name, _moved(telling, since, name, moved)))
    if not found:
        return [(term, (telling.say("unchanged_since", wave=since.wave), *_rests_on(telling, documented)))]
    noted = [(telling.word("summary", name).format(wave=since.wave), (said,)) for name, said in found]
    term, said = noted.pop()
    return [*noted, (term, (*said, *_rests_on(telling, documented)))]


def _rests_on(telling: Telling, documented: tuple[str, str]) -> tuple[Sentence, ...]:
    """What is compared, whose answers, and who gave them, where that is known.

    Who is documented stands elsewhere; here is said that a difference can be due to that.
    """
    joined = changed.joined(telling)
    offices = changed.who_answered(telling) if changed.offices_known(telling) else ()
    if any(documented):
        offices = changed.who_answered(telling, documented)[1:]
    return (telling.say("change_rests_on"), *((joined,) if joined else ()), *offices)


def _moved(telling: Telling, since: Change, name: str, moved: dict[str, int]) -> Sentence:
    """Fields that moved in one way, and by how much the one that moved most."""
    titles = {field: telling.title(telling.profile.instrument.dimension(field).title) for field in moved}
    furthest = max(moved.values())
    most = [titles[field] for field, points in moved.items() if points == furthest]
    if len(moved) == 1:
        sentence = telling.say(f"{name}_one", field=most, wave=since.wave, points=furthest)
    else:
        quoted = [telling.language.quoted(title) for title in titles.values()]
        few = len(moved) <= _MOST_FIELDS
        total = len(telling.profile.instrument.dimensions)
        fields = (
            telling.language.listing(quoted)
            if few and len(moved) < total
            else telling.text("in_fields", fields=len(moved), total=total)
        )
        sentence = telling.say(name, fields=fields, wave=since.wave, most=most, points=furthest)
    keys = tuple(telling.key("dimension", field, "printed_change", since.wave) for field in moved)
    return replace(sentence, rests_on=keys)


def _next(telling: Telling) -> tuple[Sentence | None, ...]:
    profile = telling.profile
    questions = questions_to_talk_about(profile).count
    suggested = any(talking_points.suggestions_of(profile, d.id) for d in profile.instrument.dimensions)
    said: list[Sentence] = []
    if questions:
        said.append(telling.say("next_workshop", questions=questions))
    if suggested:
        said.append(telling.say("next_suggestions", file=suggestions.FILE))
    if not said:
        said.append(telling.say("next_discuss"))
    return tuple(said)


def _given(telling: Telling) -> Iterator[tuple[str, Entry]]:
    """What the register says of the decision behind the Selbstcheck and of who is asked."""
    municipality = telling.profile.municipality
    if municipality.mandate:
        yield telling.word("summary", "mandate"), telling.as_given(municipality.mandate)
    if municipality.contact:
        yield telling.word("summary", "contact"), telling.as_given(municipality.contact)
