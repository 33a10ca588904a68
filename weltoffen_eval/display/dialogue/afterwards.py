"""What was seen differently, what the administration remarks, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Heading, Listing, Sentence
from weltoffen_eval.display.dialogue import taking_part
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.shown import Shown, entry, note, paragraph
from weltoffen_eval.study.kinds.given import Given

#: What else was noted, in the order in which it is told.
_OTHERS = ("strength", "need", "idea", "")


def dissent(telling: DialogueTelling) -> Shown:
    """Views that differ, in their words; and what else was noted."""
    dialogue = telling.dialogue
    notes = dialogue.notes("dissent")
    others = [row for kind in _OTHERS for row in dialogue.notes(kind)]
    if not _has_dissent(telling):
        # what is not documented is said once, at the end
        return telling.show()
    blocks: list[Block | None] = [Heading(2, telling.text("dissent_heading"), "dissent")]
    blocks += [paragraph(*_dissent(telling, notes)), _listing(telling, notes)]
    if others:
        blocks += [Heading(3, telling.text("noted_heading"), "noted")]
        blocks += [_listing(telling, others)]
    if dialogue.has_hidden_notes:
        blocks.append(paragraph(telling.say("notes_not_released")))
    return telling.show(*blocks, given=[(row, "text") for row in (*notes, *others)])


def _has_dissent(telling: DialogueTelling) -> bool:
    """Whether anything was noted beside statements, be it released or not."""
    return any(telling.dialogue.notes(kind) for kind in ("dissent", *_OTHERS)) or (
        telling.dialogue.has_hidden_notes
    )


def _dissent(telling: DialogueTelling, notes: Sequence[Given]) -> Iterator[Sentence]:
    groups = {row.values.group for row in notes} - {""}
    if not notes:
        # what is not released is not told as not documented
        yield telling.say("no_dissent_released" if telling.dialogue.has_hidden_notes else "no_dissent")
    elif groups and all(row.values.group for row in notes):
        yield telling.say("dissent_in_groups", groups=len(groups), total=telling.dialogue.groups or 0)
    else:
        yield telling.say("dissent", views=len(notes))


def _listing(telling: DialogueTelling, notes: Sequence[Given]) -> Listing | None:
    if not notes:
        return None
    return Listing(tuple(entry(telling.say("noted", note=row.values.text)) for row in notes))


def remarks(telling: DialogueTelling) -> Shown:
    """Remarks of the administration, apart from what others said; nothing where there are none."""
    notes = telling.dialogue.notes("remark")
    if not notes:
        return telling.show()
    return telling.show(
        Heading(2, telling.text("remarks_heading"), "remarks"),
        _listing(telling, notes),
        given=[(row, "text") for row in notes],
    )


def following(telling: DialogueTelling) -> Shown:
    """How it goes on, and when the next report is due; in a box all that is not documented."""
    dialogue = telling.dialogue
    row = dialogue.event_row
    said = row.values.next if row is not None else ""
    report = next(iter(dialogue.of("events", "report")), None)
    due = report.values.date if report is not None else None
    lacking = [
        *taking_part.lacking(telling),
        *([] if _has_dissent(telling) else [telling.text("lacking_dissent")]),
        *([] if said else [telling.text("lacking_next")]),
    ]
    return telling.show(
        Heading(2, telling.text("next_heading"), "next") if said or due else None,
        paragraph(telling.say("goes_on", what=said)) if said else None,
        paragraph(telling.say("next_report", date=due)) if due else None,
        note(telling.text("lacking_label"), telling.say("lacking", what=lacking)) if lacking else None,
        given=[(row, "next")] if said and row is not None else (),
    )
