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
#: What is enclosed, as far as it was made.
_ENCLOSED = ("selfcheck", "workshop", "dialogue")


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """Subject, way through the bodies, proposed decision, facts, financial effects, enclosures."""
    name = telling.course.municipality.name
    yield Heading(1, telling.text("paper_title"), "paper")
    yield note(telling.text("complete_label"), telling.say("paper_marked"))
    yield opening.synthetic(telling)
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
    yield Listing(tuple(entry(sentence) for sentence in decisions.proposals(telling)))
    yield Heading(2, telling.text("paper_facts"), "paper-facts")
    yield paragraph(*opening.course_of(telling))
    if telling.selfcheck is not None and telling.selfcheck.profile.own.told:
        yield from summary.strengths_and_gaps_of(telling.selfcheck, "paper-")
    yield from opening.changed(telling, "paper-")
    yield Heading(3, telling.text("plans_heading"), "paper-plans")
    yield paragraph(*measures.counted(telling))
    yield Heading(2, telling.text("paper_means"), "paper-means")
    yield from _means(telling)
    yield Heading(2, telling.text("paper_enclosures"), "paper-enclosures")
    yield Listing(tuple(entry(sentence) for sentence in _enclosures(telling)))


def _means(telling: CourseTelling) -> Iterator[Block | None]:
    """What each measure needs, as documented; the sums are for the municipality to add."""
    rows = [row for row in telling.course.measures.new if row.values.resources]
    said = [
        telling.say(
            "paper_means_of",
            what=telling.unended(row.values.what),
            means=telling.text("means_existing")
            if row.values.resources == "existing"
            else row.values.resources,
        )
        for row in rows
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
