"""What the notebook of the final report shows, cell by cell; the last two are papers of their own."""

from __future__ import annotations

from weltoffen_eval.display.final_report import (
    changes,
    decisions,
    fields,
    measures,
    opening,
    procedure,
    voices,
)
from weltoffen_eval.display.final_report import council_paper as paper
from weltoffen_eval.display.final_report import plain_language as plain
from weltoffen_eval.display.final_report.telling import CourseTelling, telling_of
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.course import Course
from weltoffen_eval.study.kinds.given import Given


def title(course: Course) -> Shown:
    """Whose report, of which time, by whose mandate, and whether it is a draft."""
    return opening.title(telling_of(course))


def summary(course: Course) -> Shown:
    """All a hurried reader needs on a page."""
    telling = telling_of(course)
    given = [(row, name) for row in course.measures.new for name in ("what", "who", "until")]
    given += [(row, "text") for row in course.outcomes]
    return telling.show(*opening.essentials_of(telling), given=_there(given))


def procedure_of(course: Course) -> Shown:
    """Why and how it was done."""
    telling = telling_of(course)
    return telling.show(*procedure.blocks(telling))


def standing(course: Course) -> Shown:
    """The fields as dots."""
    telling = telling_of(course)
    return telling.show(*fields.standing(telling))


def dimensions(course: Course) -> Shown:
    """Each field in four lines."""
    telling = telling_of(course)
    return telling.show(*fields.blocks(telling))


def others(course: Course) -> Shown:
    """How the groups of the workshop see the fields."""
    telling = telling_of(course)
    return telling.show(*voices.workshop(telling))


def people(course: Course) -> Shown:
    """What people said in the dialogue."""
    telling = telling_of(course)
    of = telling.dialogue
    told = [*voices.quotes(of), *voices.results(of)] if of is not None else []
    return telling.show(*voices.dialogue(telling), given=[(row, "text") for row in told])


def changed(course: Course) -> Shown:
    """What has changed since the last wave."""
    telling = telling_of(course)
    remarks = [(row, "text") for row in changes.remarks(telling)]
    return telling.show(*changes.blocks(telling), given=remarks)


def became(course: Course) -> Shown:
    """What became of the measures of the last wave."""
    telling = telling_of(course)
    rows = [(one.earlier, name) for one in course.measures.before for name in ("what", "who", "until")]
    rows += [(one.now, "evidence") for one in course.measures.before if one.now is not None]
    return telling.show(*measures.became(telling), given=_there(rows))


def agreed(course: Course) -> Shown:
    """The measures."""
    telling = telling_of(course)
    rows = [(row, name) for row in course.measures.new for name in measures.TEXTS]
    return telling.show(*measures.blocks(telling), given=_there(rows))


def outlook(course: Course) -> Shown:
    """When it is reported again, and what is open."""
    telling = telling_of(course)
    return telling.show(*decisions.outlook(telling))


def to_decide(course: Course) -> Shown:
    """What is to be decided, as a proposal."""
    telling = telling_of(course)
    return telling.show(*decisions.blocks(telling))


def origin(course: Course) -> Shown:
    """How the report came about."""
    telling = telling_of(course)
    return telling.show(*procedure.origin(telling))


def council_paper(course: Course) -> Shown:
    """The Sitzungsvorlage, a paper of its own."""
    telling = telling_of(course)
    given = _there(_of_measures(telling))
    return telling.show_title(*paper.blocks(telling), given=given, report="council_paper")


def plain_language(course: Course) -> Shown:
    """The page in Einfacher Sprache, a paper of its own."""
    telling = telling_of(course)
    given = _there(_of_measures(telling))
    return telling.show_title(*plain.blocks(telling), given=given, report="plain_language")


def _of_measures(telling: CourseTelling) -> list[tuple[Given, str]]:
    return [(row, "what") for row in telling.course.measures.new]


def _there(given: list[tuple[Given, str]]) -> list[tuple[Given, str]]:
    """The texts that somebody wrote."""
    return [(row, name) for row, name in given if getattr(row.values, name)]
