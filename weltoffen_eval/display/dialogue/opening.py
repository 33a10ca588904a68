"""The first page of the report on a dialogue: title, status, and the essentials for who reads no more."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Facts, Heading, Listing, Sentence
from weltoffen_eval.display.cover_wording import designation, release_status
from weltoffen_eval.display.dialogue import intentions, topics
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.shown import Shown, entry, facts, paragraph
from weltoffen_eval.study.kinds.given import Given

#: So many intentions stand on the first page, and so many results.
_MOST_INTENTIONS, MOST_OUTCOMES = 5, 7


def title(telling: DialogueTelling) -> Shown:
    """Whose dialogue when, draft or released, and whether the data are synthetic."""
    dialogue = telling.dialogue
    date = dialogue.event.date
    return telling.show_title(
        Heading(1, telling.text("title", municipality=dialogue.municipality.name), "title"),
        facts(
            (
                (
                    telling.word("terms", "municipality"),
                    designation(dialogue.municipality, telling.language),
                ),
                (telling.text("term_date"), telling.language.date(date) if date else telling.nothing),
                (telling.word("terms", "study"), dialogue.study.title),
                *_source(telling),
                (telling.word("terms", "date"), telling.language.date(dialogue.last_day)),
                (
                    telling.word("terms", "status"),
                    release_status(
                        dialogue.municipality,
                        dialogue.last_day,
                        telling.common,
                    ),
                ),
            )
        ),
        telling.synthetic,
    )


def _source(telling: DialogueTelling) -> list[tuple[str, str]]:
    """Whence it is known, where study.toml says so: a reader may hold a summary for the minutes."""
    source = telling.study.source
    return [(telling.word("terms", "source"), source)] if source else []


def summary(telling: DialogueTelling) -> Shown:
    """Who spoke when, what was said most to each question, the results, some intentions."""
    dialogue = telling.dialogue
    results, given = _outcomes(telling)
    named, of_measures = _intentions(telling)
    return telling.show(
        paragraph(*who_spoke(telling), lead=True),
        paragraph(telling.say("no_sample")),
        *_questions(telling),
        *results,
        *named,
        given=[*given, *of_measures] if dialogue.outcomes or dialogue.measures else (),
    )


def who_spoke(telling: DialogueTelling) -> Iterator[Sentence]:
    """How many spoke when, and in how many groups, as far as it is documented."""
    dialogue = telling.dialogue
    came, groups = telling.of_event("n_participants"), telling.of_event("n_groups")
    where = dialogue.municipality.name
    date = dialogue.event.date
    if came is not None and date is not None:
        yield telling.say("spoke", people=came, date=date, municipality=where)
    elif came is not None:
        yield telling.say("spoke_undated", people=came, municipality=where)
    elif date is not None:
        yield telling.say("spoke_uncounted", date=date, municipality=where)
    else:
        yield telling.say("spoke_unknown", municipality=where)
    if groups is not None and (came is None or came.value):
        name = "in_drawn_groups" if dialogue.event.seed is not None else "in_groups"
        yield telling.say(name, groups=groups)


def _questions(telling: DialogueTelling) -> Iterator[Block | None]:
    """A sentence per guiding question."""
    dialogue = telling.dialogue
    if not dialogue.statements:
        return
    said = [topics.in_short(telling, question) for question in telling.questions]
    yield Listing(tuple(entry(sentence) for sentence in said))


def _outcomes(telling: DialogueTelling) -> tuple[list[Block | None], list[tuple[Given, str]]]:
    """The results, where single statements are not documented; else how many there are."""
    outcomes = telling.dialogue.outcomes
    if not outcomes:
        return [], []
    counted = telling.say("outcomes_stated", outcomes=len(outcomes))
    if telling.dialogue.statements:
        return [paragraph(counted, telling.say("outcomes_follow"))], []
    shown = outcomes[:MOST_OUTCOMES]
    more = telling.say("more_outcomes", shown=len(shown)) if len(outcomes) > len(shown) else None
    return [
        Heading(3, telling.text("outcomes_heading"), "outcomes-in-short"),
        paragraph(counted, more),
        _outcome_facts(telling, shown),
    ], [(row, "text") for row in shown]


def outcomes(telling: DialogueTelling) -> Shown:
    """A chapter with all results in their words; nothing where all of them stand in the essentials."""
    there = telling.dialogue.outcomes
    if len(there) <= (0 if telling.dialogue.statements else MOST_OUTCOMES):
        return telling.show()
    return telling.show(
        Heading(2, telling.text("outcomes_heading"), "outcomes"),
        _outcome_facts(telling, there),
        given=[(row, "text") for row in there],
    )


def _outcome_facts(telling: DialogueTelling, outcomes: tuple[Given, ...]) -> Facts:
    """Results in their words, each with its number."""
    return facts(
        (telling.text("outcome_term", number=row.values.position), row.values.text) for row in outcomes
    )


def _intentions(telling: DialogueTelling) -> tuple[list[Block | None], list[tuple[Given, str]]]:
    measures = telling.dialogue.measures
    first = sorted(measures, key=lambda row: row.values.priority or 4)[:_MOST_INTENTIONS]
    blocks: list[Block | None] = [
        Heading(3, telling.text("intentions_heading"), "intentions-in-short"),
        paragraph(
            intentions.counted(telling),
            intentions.ready(telling) if measures else None,
            telling.say("more_intentions") if len(measures) > len(first) else None,
        ),
    ]
    if first:
        blocks.append(Listing(tuple(entry(intentions.in_short(telling, row)) for row in first)))
    return blocks, [(row, "what") for row in first]
