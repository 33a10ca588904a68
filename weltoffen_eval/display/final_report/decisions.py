"""What is to be decided, and when it is reported again; all of it proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Facts, Listing, Sentence
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import entry, note, paragraph
from weltoffen_eval.study.kinds.given import Given

#: So many decisions stand on the first page.
_MOST = 3


def in_short(telling: CourseTelling) -> Iterator[Block | None]:
    """What is to be decided, at most three; that nothing is, where no measure says so."""
    needed = telling.course.measures.to_decide
    if not needed:
        yield paragraph(_nothing_to_decide(telling))
        return
    yield Listing(
        tuple(entry(telling.say("decide", what=telling.ended(row.values.what))) for row in needed[:_MOST])
    )


def outlook(telling: CourseTelling) -> Iterator[Block | None]:
    """When the next report is due, and what is still open."""
    due = telling.course.next_report
    again = telling.say("next_report", date=due.date) if due.date else telling.say("next_report_unknown")
    if due.next:
        still_open = telling.say("still_open", what=telling.ended(due.next))
        lines = (("line_again", again), ("line_open", still_open))
        yield Facts(tuple((telling.text(name), entry(said)) for name, said in lines))
    else:
        yield paragraph(again)
    if not due.date and telling.is_draft:
        yield note(telling.text("complete_label"), telling.say("complete_next_report"))


def proposals(telling: CourseTelling) -> tuple[Sentence, ...]:
    """The wording of a decision: to take note, a mandate for each measure that needs one, the next report."""
    council, name = telling.council, telling.course.municipality.name
    said = [telling.say("takes_note", council=council, municipality=name)]
    said += [_mandate(telling, row) for row in telling.course.measures.to_decide]
    due = telling.course.next_report.date
    if due is not None:
        said.append(telling.say("reports_again", date=due))
    return tuple(said)


def _mandate(telling: CourseTelling, row: Given) -> Sentence:
    """A measure to be decided, with what is documented of it."""
    said, what = row.values, telling.unended(row.values.what)
    means = telling.text("means_existing") if said.resources == "existing" else said.resources
    details = [
        telling.text(f"mandate_{name}", **{name: text})
        for name, text in (("who", said.who), ("until", telling.until(said.until)), ("means", means))
        if text
    ]
    if not details:
        return telling.say("mandates", what=what)
    return telling.say("mandates_detailed", what=what, details=details)


def _nothing_to_decide(telling: CourseTelling) -> Sentence:
    """That no measure says that it needs a decision, or that there are no measures."""
    return telling.say("nothing_to_decide" if telling.course.measures.new else "no_measures_to_decide")


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """The proposals, and that they are proposals."""
    needed = telling.course.measures.to_decide
    yield paragraph(telling.say("are_proposals") if needed else _nothing_to_decide(telling))
    yield numbered(proposals(telling))


def numbered(proposed: Sequence[Sentence]) -> Facts:
    """Points to vote on, each by itself."""
    return Facts(tuple((f"({number})", entry(said)) for number, said in enumerate(proposed, start=1)))
