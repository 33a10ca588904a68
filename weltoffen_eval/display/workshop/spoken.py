"""What was said about the fields, in the words of the minutes, and what was agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Column, Entry, Facts, Heading, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.study.kinds.given import Given

#: The kinds of note in the order in which they stand; what has no kind comes last.
KINDS = ("strength", "need", "idea", "dissent", "")


def notes(telling: WorkshopTelling) -> Iterator[Block | None]:
    """A box per field: strengths, needs, ideas, dissent, each note as it was written."""
    noted = telling.workshop.notes
    if not noted:
        hidden = any(note.values.kind != "remark" for note in telling.workshop.of("notes"))
        yield paragraph(telling.say("notes_not_released" if hidden else "notes_none"))
        return
    yield paragraph(telling.say("notes_in_these_words"))
    for dimension in telling.profile.instrument.dimensions:
        of_field = [note for note in noted if note.values.dimension == dimension.id]
        if of_field:
            label = telling.label(dimension.title)
            anchor = f"notes-{dimension.id}"
            yield Heading(3, label.text, anchor, language=telling.language.foreign(label))
            yield _box(telling, of_field)
    others = [note for note in noted if not note.values.dimension]
    if others:
        yield Heading(3, telling.text("notes_of_all"), "notes-of-all")
        yield _box(telling, others)


def _box(telling: WorkshopTelling, noted: Sequence[Given]) -> Facts:
    facts: list[tuple[str, Entry]] = []
    for kind in KINDS:
        said = tuple(
            telling.say("note", text=telling.ended(note.values.text))
            for note in noted
            if note.values.kind == kind
        )
        if said:
            facts.append((telling.word("notes", kind or "other"), entry(*said)))
    return Facts(tuple(facts))


def agreed(telling: WorkshopTelling) -> Iterator[Block | None]:
    """What was agreed: what, who, until when, how it stands."""
    measures = telling.workshop.measures
    if not measures:
        yield paragraph(telling.say("agreed_none"))
        return
    lacking = sum(not (measure.values.who and measure.values.until) for measure in measures)
    yield paragraph(
        telling.say("agreed", measures=len(measures)),
        telling.say("agreed_open", open=lacking) if lacking else None,
    )
    yield _table(telling, measures)


def _table(telling: WorkshopTelling, measures: Sequence[Given]) -> Table:
    unknown = telling.nothing
    rows: list[list[Cell]] = []
    for measure in measures:
        said = measure.values
        status = telling.word("measure_status", said.status) if said.status else unknown
        until = telling.until(said.until)
        rows.append([(text, ()) for text in (said.what, said.who or unknown, until or unknown, status)])
    heads = ("what", "who", "until", "status")
    columns = tuple(Column(telling.word("columns", head)) for head in heads)
    return keyed_table(telling.text("agreed_table"), columns, rows, "agreed")
