"""Who took part, who was invited, and what was spoken about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.blocks import Block, Column, Facts, Sentence, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import facts, paragraph
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.workshop_findings import Rated
from weltoffen_eval.results.workshop_views import fields_of
from weltoffen_eval.study.perspectives import PERSPECTIVES

#: What the minutes say of how the workshop was held: words of ``minutes`` and columns of ``events``.
_HELD = ("date", "place", "format", "duration", "moderation", "interpreting", "invited")


def blocks(telling: WorkshopTelling) -> Iterator[Block | None]:
    """How many of whom, what the minutes say, what was rated."""
    said = [_sheets(telling, rated) for rated in telling.workshop.rated]
    yield paragraph(*said, *_fields(telling), telling.say("no_sample"), _not_reached(telling))
    yield _table(telling)
    yield _minutes(telling)


def _sheets(telling: WorkshopTelling, rated: Rated) -> Sentence:
    """How many rated, in the groups that are told of."""
    name = "field_sheets_given" if rated.variant else "sheets_given"
    persons = sum(rated.sizes.values())
    alone = list(rated.sizes) if len(rated.sizes) == 1 else []
    if len(rated.cells) == 1 and ALL not in rated.cells:
        alone = next(iter(rated.cells)).split("+")
    if alone:
        # a list of one would hold the same number again
        return telling.say(f"{name}_alone", persons=persons, whence=telling.whence(alone))
    if ALL in rated.cells:
        return telling.say(f"{name}_together", persons=persons)
    groups = [_group(telling, cell, count) for cell, count in rated.cells.items()]
    return telling.say(name, persons=persons, groups=groups)


def _group(telling: WorkshopTelling, cell: str, count: int) -> str:
    names = [telling.word("perspectives", name) for name in cell.split("+")]
    if len(names) > 1:
        return telling.text("counted_several", persons=count, names=names)
    return telling.text(
        "counted_one" if cell in PERSPECTIVES else "counted_own", persons=count, name=names[0]
    )


def _fields(telling: WorkshopTelling) -> Iterator[Sentence]:
    """Which fields were rated or spoken of, and who chose them."""
    chosen = fields_of(telling.workshop)
    if not chosen:
        return
    yield telling.say("fields_discussed", fields=[telling.title(field.title) for field in chosen])
    event = telling.workshop.event
    if event is not None and event.values.chosen_by:
        yield telling.say("fields_chosen_by", who=event.values.chosen_by)
    else:
        yield telling.say("fields_chosen_by_unknown")


def _not_reached(telling: WorkshopTelling) -> Sentence | None:
    event = telling.workshop.event
    known = event is not None and event.values.not_reached
    return telling.say("not_reached", who=event.values.not_reached) if known and event else None


def _minutes(telling: WorkshopTelling) -> Facts:
    """What is documented of how the workshop was held, and what is not."""
    event = telling.workshop.event
    entries = []
    for name in _HELD:
        said = getattr(event.values, name) if event is not None else None
        if name == "interpreting" and not said:
            continue
        text = telling.language.date(said) if name == "date" and said else said
        entries.append((telling.word("minutes", name), text or telling.nothing))
    kinds = [
        telling.text(name)
        for name, there in (
            ("how_items", telling.workshop.questions),
            ("how_fields", telling.workshop.fields),
        )
        if there is not None
    ]
    entries.append(
        (telling.word("minutes", "rated"), telling.language.listing(kinds or [telling.text("how_notes")]))
    )
    return facts(entries)


def _table(telling: WorkshopTelling) -> Table | None:
    """Invited, there, and with a sheet, by the groups that are told of; nothing where nobody rated."""
    rated = telling.workshop.rated
    if not rated:
        return None
    invited = telling.workshop.of("participants")
    rows = []
    for cell, count in rated[0].cells.items():
        names = list(rated[0].sizes) if cell == ALL else cell.split("+")
        of_cell = [row.values for row in invited if row.values.perspective in names]
        there = [one for one in of_cell if one.present]
        rows.append(
            [
                (telling.group_label(cell), ()),
                *([_count(of_cell), _count(there)] if invited else []),
                (str(count), ()),
            ]
        )
    heads = ("invited_persons", "present_persons", "rated_persons") if invited else ("rated_persons",)
    return keyed_table(
        telling.text("perspectives_table"),
        (
            Column(telling.word("columns", "perspective")),
            *(Column(telling.word("columns", h), True) for h in heads),
        ),
        rows,
        "perspectives",
    )


def _count(persons: Sequence[object]) -> Cell:
    return str(len(persons)) if persons else NOTHING, ()
