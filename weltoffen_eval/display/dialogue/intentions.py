"""What a dialogue wants to do: intentions with who, until when, and what they go back to."""

from __future__ import annotations

from weltoffen_eval.blocks import Column, Sentence, Table
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.study.kinds.given import Given

_COLUMNS = ("what", "who", "until", "origin", "status")


def blocks(telling: DialogueTelling) -> Shown:
    """How many intentions there are, and each in a row."""
    measures = telling.dialogue.measures
    given = [
        (row, name) for row in measures for name in ("what", "who", "until") if getattr(row.values, name)
    ]
    # how many there are stands in the essentials
    said = ready(telling) if measures else counted(telling)
    return telling.show(paragraph(said), _table(telling) if measures else None, given=given)


def counted(telling: DialogueTelling) -> Sentence:
    """How many intentions were named."""
    if not telling.dialogue.measures:
        return telling.say("no_intentions")
    return telling.say("intentions", intentions=telling.known("measure", "", "n_measures"))


def ready(telling: DialogueTelling) -> Sentence:
    """How many of the intentions have somebody and a date."""
    total, with_both = len(telling.dialogue.measures), _with_both(telling)
    if with_both == total:
        return telling.say("all_intentions_ready", intentions=total)
    if with_both:
        return telling.say("intentions_ready", ready=with_both, intentions=total)
    return telling.say("no_intention_ready", intentions=total)


def _with_both(telling: DialogueTelling) -> int:
    return sum(bool(row.values.who and row.values.until) for row in telling.dialogue.measures)


def in_short(telling: DialogueTelling, row: Given) -> Sentence:
    """An intention in one sentence, with who and until when as far as it is documented.

    Where no intention has both, that is said once for all of them, and each tells what is known alone.
    """
    what, who, until = row.values.what, row.values.who, telling.until(row.values.until)
    alone = "" if _with_both(telling) else "_alone"
    if who and until:
        return telling.say("intention_who_until", what=what, who=who, until=until)
    if who:
        return telling.say(f"intention_who{alone}", what=what, who=who)
    if until:
        return telling.say(f"intention_until{alone}", what=what, until=until)
    return telling.say("intention_what" if alone else "intention_alone", what=what)


def _table(telling: DialogueTelling) -> Table:
    nothing = telling.nothing
    rows = []
    for row in telling.dialogue.measures:
        status = telling.text(f"status_of_measure_{row.values.status}") if row.values.status else nothing
        rows.append(
            (
                row.values.what,
                row.values.who or nothing,
                telling.until(row.values.until) or nothing,
                _origin(telling, row.values.origin),
                status,
            )
        )
    return Table(
        telling.text("intentions_caption"),
        tuple(Column(telling.text(f"column_{name}")) for name in _COLUMNS),
        tuple(rows),
        "intentions",
    )


def _origin(telling: DialogueTelling, origin: str) -> str:
    """What an intention goes back to, in words; a statement in its own only where it is released."""
    kind, _, name = origin.partition(":")
    quoted = telling.language.quoted
    match kind:
        case "outcome":
            return telling.text("origin_outcome", number=name)
        case "question":
            return quoted(telling.questions[name]) if name in telling.questions else telling.nothing
        case "statement":
            words = [row.values.text for row in telling.dialogue.released if row.values.statement == name]
            return quoted(words[0]) if words else telling.text("origin_statement")
        case "item" | "gap":
            return _of_questionnaire(telling, kind, name)
    return telling.nothing


def _of_questionnaire(telling: DialogueTelling, kind: str, name: str) -> str:
    """A question or a field of the self-check, as it is called there."""
    instrument = telling.study.instruments.get(telling.dialogue.wave.id)
    titles = {}
    if instrument is not None and kind == "item":
        titles = {item.id: item.label or item.text for item in instrument.items}
    elif instrument is not None:
        titles = {dimension.id: dimension.title for dimension in instrument.dimensions}
    called = telling.title(titles[name]) if name in titles else name
    return telling.text(f"origin_{kind}", name=called)
