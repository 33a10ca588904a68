"""The agenda of a workshop of three hours, as a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Column, Listing, Table
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.workshop_kit.sheets import chosen_fields

#: Minutes of every part, by the name of its sentence.
PARTS = {
    "welcome": 10,
    "results": 20,
    "walk": 30,
    "rating": 20,
    "pause": 15,
    "tables": 50,
    "plenum": 25,
    "agreement": 10,
}


def blocks(telling: Telling) -> Iterator[Block | None]:
    """How long it takes, what is done when, and what is needed."""
    yield paragraph(telling.say("agenda_takes", minutes=float(sum(PARTS.values()))))
    yield _table(telling)
    yield paragraph(telling.say("needed"))
    yield Listing(
        (
            entry(telling.say("needed_sheets", sheets=len(chosen_fields(telling)))),
            entry(telling.say("needed_cards")),
            entry(telling.say("needed_questionnaires")),
            entry(telling.say("needed_minutes")),
        )
    )


def _table(telling: Telling) -> Table:
    rows = tuple(
        (telling.language.decimal(minutes), telling.text(f"part_{name}"), telling.text(f"how_{name}"))
        for name, minutes in PARTS.items()
    )
    heads = ("duration", "part", "how")
    columns = tuple(Column(telling.word("agenda", head), head == "duration") for head in heads)
    return Table(telling.text("agenda_table"), columns, rows, "agenda")
