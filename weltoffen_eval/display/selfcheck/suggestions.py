"""Suggestions: a few in the text of a field, all of them as a table that can be filled in."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from weltoffen_eval.blocks import Block, DataFile, Entry, Link, Listing, Sentence
from weltoffen_eval.display.answers import answer, short_name
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.talking_points import Suggested, chosen_suggestions, suggestions_of
from weltoffen_eval.study.questionnaire.instrument import Item

#: So many stand in the text of a field.
MOST = 3
#: What the table of all of them is called.
FILE = "suggestions.csv"
#: The heads of the kind of file ``measures``, as which the table comes back, after question and answer.
HEADS = (
    "municipality", "wave", "question", "answer", "what", "take", "who", "until", "evidence", "status",
    "priority", "resources", "needs_decision", "measure", "setting", "dimension", "source", "origin",
)  # fmt: skip
_RISKY = re.compile(r"[=+\-@\t\r\n]")


def of_field(telling: Telling, dimension: str) -> list[Block | None]:
    """At most three suggestions for a field, each once, with the answers that called for it."""
    chosen = chosen_suggestions(suggestions_of(telling.profile, dimension), MOST)
    if not chosen:
        return []
    return [
        paragraph(telling.say("suggestions", suggestions=len(chosen))),
        Listing(tuple(_entry(telling, group) for group in chosen)),
    ]


def _entry(telling: Telling, group: list[Suggested]) -> Entry:
    """A suggestion, which people wrote, once with all the answers on which it rests."""
    text = telling.label(group[0].text)
    foreign = telling.language.foreign(text)
    items = [suggested.item for suggested in group]
    return entry(
        Sentence(text.text, foreign=((0, len(text.text), foreign),) if foreign else ()),
        _reason(telling, items),
        links=_links(items),
    )


def _links(items: list[Item]) -> tuple[Link, ...]:
    """Where the questions stand, within one pair of brackets: "(MS03, MS04)"."""
    texts = [f"{item.id}," for item in items[:-1]] + [f"{items[-1].id})"]
    texts[0] = f"({texts[0]}"
    return tuple(Link(text, f"item-{item.id}") for text, item in zip(texts, items, strict=True))


def _reason(telling: Telling, items: list[Item]) -> Sentence:
    """The answers behind a suggestion: "A; B – in Planung" where they are alike, else each with its own."""
    answers = [answer(telling, item.id) for item in items]
    names = [short_name(telling, item) for item in items]
    alike = {said.text for said in answers}
    if len(alike) == 1:
        reason = telling.say(
            "suggestion_reason_alike", answer=alike.pop(), items=[name.text for name in names]
        )
    else:
        pairs = zip(names, answers, strict=True)
        reason = telling.say(
            "suggestion_reason", items=[f"{name.text} – {said.text}" for name, said in pairs]
        )
    keys = tuple(dict.fromkeys(key for said in answers for key in said.rests_on))
    return replace(reason, rests_on=keys, foreign=wording.stretches(telling, reason.text, names))


def table_file(telling: Telling) -> DataFile | None:
    """All suggestions as a table; with ``take`` filled in it is a file of measures. None without any."""
    profile = telling.profile
    rows = []
    for dimension in profile.instrument.dimensions:
        for suggested in suggestions_of(profile, dimension.id):
            item = suggested.item
            known = {
                "municipality": profile.municipality.key,
                "wave": profile.wave.id,
                "question": telling.title(item.text),
                "answer": answer(telling, item.id).text,
                "what": telling.title(suggested.text),
                "dimension": dimension.id,
                "origin": f"item:{item.id}",
            }
            rows.append([_cell(known.get(head, "")) for head in HEADS])
    if not rows:
        return None
    stream = io.StringIO()
    # as a German spreadsheet program opens it
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows([HEADS, *rows])
    text = "\N{ZERO WIDTH NO-BREAK SPACE}" + stream.getvalue()
    return DataFile(FILE, telling.text("suggestions_file"), text)


def _cell(text: str) -> str:
    """A text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if _RISKY.match(text) else text
