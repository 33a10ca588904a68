"""The Sitzungsvorlage: what a council gets, with marked places for what only the municipality can add."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Column, Heading, Listing, Sentence
from weltoffen_eval.display.final_report import decisions, measures, opening
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.keyed_tables import keyed_table
from weltoffen_eval.display.selfcheck import summary
from weltoffen_eval.display.shown import entry, facts, note, paragraph

_WAY = ("body", "date", "public")
#: What is told of a measure to be decided.
_REASONS = ("origin", "evidence")
#: What is enclosed, as far as it was made.
_ENCLOSED = ("selfcheck", "workshop", "dialogue")


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """Subject, way through the bodies, proposed decision, facts, financial effects, enclosures."""
    name = telling.course.municipality.name
    yield Heading(1, telling.text("paper_title"), "paper")
    yield note(telling.text("complete_label"), telling.say("paper_marked"))
    yield telling.synthetic
    yield facts(
        (
            (telling.text("paper_subject"), telling.text("paper_subject_text", municipality=name)),
            (telling.text("paper_number"), telling.text("add")),
            (telling.text("paper_office"), telling.course.municipality.contact or telling.text("add")),
        )
    )
    yield Heading(2, telling.text("paper_way"), "paper-way")
    yield keyed_table(
        telling.text("paper_way_caption"),
        tuple(Column(telling.text(f"paper_way_{column}")) for column in _WAY),
        [[(telling.text("add"), ())] * len(_WAY)] * 2,
        "paper-way-table",
    )
    yield Heading(2, telling.text("paper_decision"), "paper-decision")
    yield decisions.numbered(decisions.proposals(telling))
    yield Heading(2, telling.text("paper_facts"), "paper-facts")
    yield paragraph(*opening.course_of(telling))
    if telling.selfcheck is not None and telling.selfcheck.profile.own.told:
        yield paragraph(*opening.asked(telling, telling.selfcheck))
        yield from summary.strengths_and_gaps_of(telling.selfcheck, "paper-")
    yield from opening.changed(telling, "paper-")
    yield from opening.others_said(telling, "paper-")
    yield Heading(3, telling.text(f"{measures.planned_or_named(telling)}_heading"), "paper-plans")
    yield paragraph(*measures.counted(telling), measures.gaps_without(telling))
    yield from _reasons(telling)
    if left_open := telling.course.next_report.next:
        yield Heading(3, telling.text("line_open"), "paper-open")
        yield paragraph(telling.say("still_open", what=telling.ended(left_open)))
    yield Heading(2, telling.text("paper_means"), "paper-means")
    yield from _means(telling)
    yield Heading(2, telling.text("paper_enclosures"), "paper-enclosures")
    yield Listing(tuple(entry(sentence) for sentence in _enclosures(telling)))


def _reasons(telling: CourseTelling) -> Iterator[Block | None]:
    """Of each measure to be decided what it goes back to, and by what is seen that it is done."""
    found = [(row, measures.cells_of(telling, row)) for row in telling.course.measures.to_decide]
    if not found:
        return
    yield Heading(3, telling.text("paper_reasons"), "paper-reasons")
    for row, cells in found:
        yield paragraph(telling.say("plain_plan", what=telling.ended(row.values.what)))
        yield facts((telling.text(f"column_{name}"), cells[name] or telling.nothing) for name in _REASONS)


def _means(telling: CourseTelling) -> Iterator[Block | None]:
    """What each measure needs, or that it is not documented; the sums are for the municipality to add."""
    said = [
        telling.say(
            "paper_means_of",
            what=telling.unended(row.values.what),
            means=measures.cells_of(telling, row)["resources"] or telling.nothing,
        )
        for row in telling.course.measures.new
    ]
    if said:
        yield Listing(tuple(entry(sentence) for sentence in said))
    yield note(telling.text("complete_label"), telling.say("complete_means"))


def _enclosures(telling: CourseTelling) -> Iterator[Sentence]:
    yield telling.say("enclosed_final_report")
    course = telling.course
    made = {"selfcheck": course.profile, "workshop": course.workshop, "dialogue": course.dialogue}
    for name in _ENCLOSED:
        if made[name] is not None:
            yield telling.say(f"enclosed_{name}")
