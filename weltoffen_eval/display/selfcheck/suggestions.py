"""Suggestions: a few in the text of a field, all of them as a table that can be filled in."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from weltoffen_eval.blocks import Block, DataFile, Entry, Link, Listing, Sentence
from weltoffen_eval.display.answers import answer, short_name
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.talking_points import Suggested, chosen_suggestions, suggestions_of

#: So many stand in the text of a field.
MOST = 3
#: The heads of the kind of file ``measures``, as which the table comes back, after question and answer.
HEADS = (
    "municipality", "wave", "question", "answer", "what", "take", "who", "until", "evidence", "status",
    "priority", "resources", "needs_decision", "measure", "setting", "dimension", "source", "origin",
)  # fmt: skip
_RISKY = re.compile(r"[=+\-@\t\r\n]")


def of_field(telling: Telling, dimension: str) -> list[Block | None]:
    """At most three suggestions for a field, each with the answer that called for it."""
    chosen = chosen_suggestions(suggestions_of(telling.profile, dimension), MOST)
    if not chosen:
        return []
    return [
        paragraph(telling.say("suggestions", suggestions=len(chosen))),
        Listing(tuple(_entry(telling, suggested) for suggested in chosen)),
    ]


def _entry(telling: Telling, suggested: Suggested) -> Entry:
    """A suggestion, which people wrote, with the answer on which it rests."""
    item = suggested.item
    text = telling.label(suggested.text)
    foreign = telling.language.foreign(text)
    said = answer(telling, item.id)
    reason = telling.say("suggestion_reason", question=short_name(telling, item), answer=said.text)
    link = Link(f"({item.id})", f"item-{item.id}")
    return entry(
        Sentence(text.text, foreign=((0, len(text.text), foreign),) if foreign else ()),
        replace(reason, rests_on=said.rests_on),
        links=(link,),
    )


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
    return DataFile("suggestions.csv", telling.text("suggestions_file"), text)


def _cell(text: str) -> str:
    """A text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if _RISKY.match(text) else text
