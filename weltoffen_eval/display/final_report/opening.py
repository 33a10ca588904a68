"""The cover of the final report, and the page that holds all a hurried reader needs."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Heading, Listing, Note, Sentence
from weltoffen_eval.display.cover_wording import designation, release_status
from weltoffen_eval.display.final_report import decisions, measures, voices
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.selfcheck import summary
from weltoffen_eval.display.selfcheck.scales import words_for_points
from weltoffen_eval.display.shown import Shown, entry, facts, note, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.workshop import essentials
from weltoffen_eval.results.dialogue import DIALOGUE
from weltoffen_eval.results.standing import NOT_APPLICABLE, state_of
from weltoffen_eval.results.workshop_findings import WORKSHOP

#: So many differences, plans and decisions stand on the page.
_MOST_APART, _MOST_PLANS = 2, 3
#: So many topics of the dialogue that are not ranked.
_MOST_TOLD = 2
#: A module that holds an event, as it is called among those who took part.
_INVOLVED = (WORKSHOP, DIALOGUE)


def title(telling: CourseTelling) -> Shown:
    """Whose report, of which time, by whose mandate, and whether it is a draft."""
    course = telling.course
    municipality = course.municipality
    return telling.show_title(
        Heading(1, telling.text("title", municipality=municipality.name), "title"),
        facts(
            (
                (telling.word("terms", "municipality"), designation(municipality, telling.language)),
                (telling.text("term_period"), _period(telling)),
                (telling.text("term_mandate"), municipality.mandate or telling.nothing),
                (telling.text("term_contact"), municipality.contact or telling.nothing),
                (telling.word("terms", "study"), course.study.title),
                *([(telling.word("terms", "source"), course.study.source)] if course.study.source else []),
                (
                    telling.word("terms", "status"),
                    release_status(municipality, course.last_day, telling.common),
                ),
            )
        ),
        telling.synthetic,
        _to_complete(telling),
    )


def _period(telling: CourseTelling) -> str:
    dates = telling.course.dates
    if not dates:
        return telling.nothing
    if not telling.course.has_dates:
        days = telling.language.listing([telling.language.date(day) for day in dict.fromkeys(dates)])
        return telling.text("period_partly", date=days)
    if dates[0] == dates[-1]:
        return telling.language.date(dates[0])
    return telling.text("period", first=dates[0], last=dates[-1])


def _to_complete(telling: CourseTelling) -> Note | None:
    """Of a draft what only the municipality can add on its cover."""
    municipality = telling.course.municipality
    lacking = [
        telling.text(f"lacking_{name}")
        for name, there in (("mandate", municipality.mandate), ("contact", municipality.contact))
        if not there
    ]
    if not lacking or not telling.is_draft:
        return None
    return note(telling.text("complete_label"), telling.say("complete_cover", what=lacking))


def essentials_of(telling: CourseTelling) -> Iterator[Block | None]:
    """Who did what when; what is there and missing, where views differ, what is planned and to decide."""
    yield paragraph(*course_of(telling), lead=True)
    if telling.selfcheck is not None and telling.selfcheck.profile.own.told:
        yield paragraph(*asked(telling, telling.selfcheck))
        yield from summary.strengths_and_gaps_of(telling.selfcheck)
    yield from changed(telling)
    yield from others_said(telling)
    yield from _outcomes(telling)
    kind = measures.planned_or_named(telling)
    yield Heading(3, telling.text(f"{kind}_heading"), "plans")
    of = telling.course.measures
    # one more is told as well, rather than that there is one more
    all_told = len(of.planned) <= _MOST_PLANS + 1
    first = f"{kind}_are" if all_told else f"first_{kind}"
    yield paragraph(
        *measures.counted(telling),
        measures.gaps_without(telling),
        telling.say(first) if of.planned else None,
    )
    planned = of.planned if all_told else of.planned[:_MOST_PLANS]
    if planned:
        yield Listing(tuple(entry(measures.in_short(telling, row)) for row in planned))
    yield Heading(3, telling.text("decide_heading"), "decide")
    yield from decisions.in_short(telling)


def asked(telling: CourseTelling, own: Telling) -> Iterator[Sentence]:
    """How much the self-check asks, and the words for how much is there."""
    # a Kreis is not asked of all criteria
    put = [item for item in own.profile.instrument.items if item.id in own.profile.applicable_items]
    counts = {
        "questions": len(put),
        "criteria": len({item.criterion for item in put} - {""}),
        "fields": len({item.dimension for item in put}),
    }
    parts = {name: telling.text(f"asked_{name}", **{name: count}) for name, count in counts.items() if count}
    if put:
        yield telling.say("asked" if counts["criteria"] else "asked_in_fields", **parts)
        left = [item for item in own.profile.instrument.items if item not in put]
        if left and all(state_of(own.profile, item.id) == NOT_APPLICABLE for item in left):
            yield telling.say("asked_not_applying", questions=len(left))
    bands = [f"{word} ({points})" for points, word in words_for_points(own)]
    if len(bands) > 1:
        yield telling.say("words_for_points", words=bands)


def others_said(telling: CourseTelling, within: str = "") -> Iterator[Block | None]:
    """What groups of the dialogue told and what most of them spoke of; where views differ at the workshop.

    ``within``: how the anchor begins.
    """
    # the most frequent topics stand where nothing harder is to be told
    said = (voices.told(telling) or voices.leading(telling))[:_MOST_TOLD]
    said += _apart(telling)
    if said:
        yield Heading(3, telling.text("others_heading"), f"{within}others")
        yield Listing(tuple(entry(sentence) for sentence in said))


def course_of(telling: CourseTelling) -> Iterator[Sentence]:
    """When it was worked on, and who took part, as far as that is documented."""
    course, name = telling.course, telling.course.municipality.name
    dates = course.dates
    if not dates:
        yield telling.say("worked_somewhen", municipality=name)
    elif dates[0] == dates[-1]:
        yield telling.say("worked_on", municipality=name, date=dates[0])
    else:
        yield telling.say("worked_between", municipality=name, first=dates[0], last=dates[-1])
    parts: list[str] = []
    keys: list[tuple[str, str]] = []
    involved = 0
    if course.profile is not None and not course.profile.own.by_persons:
        parts.append(telling.text("involved_sheets", sheets=course.profile.sheets))
        involved += course.profile.sheets
    for setting in _INVOLVED:
        count = telling.participants(setting)
        if count is not None and count.value:
            said = telling.say(f"involved_{setting}", people=count)
            parts.append(said.text)
            keys += said.numbers
            involved += int(count.value)
    if parts:
        sentence = telling.say("involved_one" if involved == 1 else "involved", who=parts)
        rests_on = tuple(dict.fromkeys(key.rpartition(".")[0] for key, _ in keys))
        yield Sentence(sentence.text, sentence.name, rests_on, tuple(keys))


def changed(telling: CourseTelling, within: str = "") -> Iterator[Block | None]:
    """What is stated higher and lower than in the wave before, and what became of its measures.

    ``within``: how the anchor begins.
    """
    own = telling.selfcheck
    stated = summary.changes(own, telling.answered) if own is not None and own.profile.own.told else []
    said = [entry(*sentences) for _, sentences in stated]
    if telling.course.measures.before:
        said.append(entry(*measures.counted_before(telling)))
    if said:
        yield Heading(3, telling.text("changed_heading"), f"{within}changed")
        yield Listing(tuple(said))


def _apart(telling: CourseTelling) -> list[Sentence]:
    """Where views differ most at the workshop."""
    if telling.workshop is None or not telling.workshop.workshop.rated:
        return []
    return list(essentials.apart(telling.workshop, _MOST_APART))[:_MOST_APART]


def _outcomes(telling: CourseTelling) -> Iterator[Block | None]:
    """What workshop and dialogue stated as their results, where single statements are not documented."""
    course = telling.course
    if not course.outcomes or (course.dialogue is not None and course.dialogue.statements):
        return
    yield Heading(3, telling.text("outcomes_heading"), "outcomes")
    yield Listing(
        tuple(entry(telling.say("outcome", text=telling.ended(row.values.text))) for row in course.outcomes)
    )
