"""Why there was a dialogue, who was there, and how it was done, as far as it is documented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from weltoffen_eval.blocks import Column, Entry, Facts, Sentence, Table
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.shown import Shown, entry, paragraph
from weltoffen_eval.results.dialogue_persons import came_from
from weltoffen_eval.study.kinds.given import Given

#: Groups of fewer people are told of on average: "one person" is not a group.
_LEAST_DRAWN = 2
_TEXTS_OF_PEOPLE = ("invited", "not_reached")
_TEXTS_OF_WORK = ("format", "place", "duration", "moderation", "interpreting")


def who(telling: DialogueTelling) -> Shown:
    """What the dialogue follows, who was invited, who came, who was not reached."""
    return telling.show(
        paragraph(_follows(telling), *_numbers(telling)),
        _known(telling, _people(telling)),
        paragraph(telling.say("nobody_is_told_of")),
        _perspectives(telling),
        given=_given(telling, _TEXTS_OF_PEOPLE),
    )


def how(telling: DialogueTelling) -> Shown:
    """Form, place, duration, moderation, interpreters; how groups were drawn; which questions were asked."""
    return telling.show(
        paragraph(*_groups(telling)),
        _known(telling, _work(telling)),
        given=_given(telling, _TEXTS_OF_WORK),
    )


def lacking(telling: DialogueTelling) -> list[str]:
    """What is not documented of who was there and how it was done, as parts of a sentence."""
    numbers = {name: telling.of_event(f"n_{name}") for name in ("registered", "participants")}
    return [
        *(telling.text(f"lacking_{name}") for name, known in numbers.items() if known is None),
        *(
            telling.text(f"lacking_{name}")
            for name, said in (*_people(telling), *_work(telling))
            if said is None
        ),
    ]


def _people(telling: DialogueTelling) -> list[tuple[str, Entry | None]]:
    return [(name, _text(telling, name)) for name in _TEXTS_OF_PEOPLE]


def _known(telling: DialogueTelling, found: Sequence[tuple[str, Entry | None]]) -> Facts | None:
    known = tuple((telling.text(f"term_{name}"), said) for name, said in found if said is not None)
    return Facts(known) if known else None


def _work(telling: DialogueTelling) -> list[tuple[str, Entry | None]]:
    date = telling.dialogue.event.date
    return [
        ("date", Entry(telling.language.date(date)) if date else None),
        *((name, _text(telling, name)) for name in _TEXTS_OF_WORK),
        ("groups", _number(telling, "n_groups")),
        ("group_size", _size(telling)),
        # that groups were drawn is said above
        *([("drawing", None)] if telling.dialogue.event.seed is None else []),
    ]


def _text(telling: DialogueTelling, name: str) -> Entry | None:
    text = str(getattr(telling.dialogue.event, name))
    return Entry(text) if text else None


def _number(telling: DialogueTelling, quantity: str) -> Entry | None:
    known = telling.of_event(quantity)
    return None if known is None else Entry(telling.language.decimal(known.value))


def _size(telling: DialogueTelling) -> Entry | None:
    """How many people a group had: of drawn groups each, else on average; where both numbers are known."""
    came, groups = telling.of_event("n_participants"), telling.of_event("n_groups")
    if came is None or not came.value or groups is None or not telling.dialogue.event.groups:
        return None
    keys = tuple(known.key.rpartition(".")[0] for known in (came, groups))
    fewest, over = divmod(int(came.value), int(groups.value))
    if telling.dialogue.event.seed is None or fewest < _LEAST_DRAWN:
        said = telling.say("mean_group_size", size=came.value / groups.value)
    elif over:
        said = telling.say("drawn_group_sizes", fewest=fewest, most=fewest + 1)
    else:
        said = telling.say("drawn_group_size", persons=fewest)
    return entry(replace(said, rests_on=keys))


def _given(telling: DialogueTelling, names: tuple[str, ...]) -> list[tuple[Given, str]]:
    row = telling.dialogue.event_row
    return [(row, name) for name in names if getattr(row.values, name)] if row is not None else []


def _follows(telling: DialogueTelling) -> Sentence:
    before = telling.dialogue.settings_before
    if len(before) > 1:
        return telling.say("follows_both")
    return telling.say(f"follows_{before[0]}" if before else "follows_unknown")


def _numbers(telling: DialogueTelling) -> Iterator[Sentence]:
    registered, came = telling.of_event("n_registered"), telling.of_event("n_participants")
    if registered is not None and came is not None and min(registered.value, came.value) > 1:
        yield telling.say("registered_and_came", registered=registered, came=came)
        return
    if registered is not None:
        yield telling.say("registered_alone", registered=registered)
    if came is not None:
        yield telling.say("came_alone", came=came)


def _groups(telling: DialogueTelling) -> Iterator[Sentence]:
    if telling.dialogue.event.seed is not None:
        yield telling.say("drawn")
    if telling.dialogue.statements or telling.dialogue.questions:
        yield telling.say("same_questions", questions=len(telling.questions))


def _perspectives(telling: DialogueTelling) -> Table | None:
    """From where people came, where no number is below the minimum; small ones stand together."""
    cells = came_from(telling.dialogue)
    if not cells:
        return None
    rows = tuple((_named(telling, names), str(count)) for names, count in cells)
    return Table(
        telling.text("perspectives_caption"),
        (Column(telling.text("column_perspective")), Column(telling.text("column_came"), True)),
        rows,
        "perspectives",
    )


def _named(telling: DialogueTelling, names: tuple[str, ...]) -> str:
    words = telling.language.words["perspectives"]
    own = {key: telling.title(title) for key, title in telling.study.perspectives.items()}
    return telling.language.listing([own.get(name, words.get(name, name)) for name in names])
