"""What the notebook on a workshop shows, cell by cell."""

from __future__ import annotations

from weltoffen_eval.display import cover
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.workshop import certainty, essentials, spoken
from weltoffen_eval.display.workshop import fields as field_blocks
from weltoffen_eval.display.workshop import questions as question_blocks
from weltoffen_eval.display.workshop import taking_part as taking_part_blocks
from weltoffen_eval.display.workshop.telling import telling_of
from weltoffen_eval.results.workshop import WorkshopProfile
from weltoffen_eval.results.workshop_findings import WORKSHOP
from weltoffen_eval.study.perspectives import is_self_check


def title(workshop: WorkshopProfile) -> Shown:
    """The title, whose workshop when, and whether the data are synthetic."""
    telling = telling_of(workshop)
    day = workshop.event.values.date if workshop.event is not None else None
    of_data = (telling.text("term_selfcheck"), workshop.profile.wave.date)
    return cover.title(telling, [of_data, (telling.text("term_held"), day)] if day else ())


def summary(workshop: WorkshopProfile) -> Shown:
    """The essentials: who met, where views are alike and where not, what was agreed, what comes next."""
    telling = telling_of(workshop)
    return telling.show(*essentials.blocks(telling))


def taking_part(workshop: WorkshopProfile) -> Shown:
    """Who took part, and what was spoken about."""
    telling = telling_of(workshop)
    return telling.show(*taking_part_blocks.blocks(telling))


def fields(workshop: WorkshopProfile) -> Shown:
    """How the groups see the fields."""
    telling = telling_of(workshop)
    return telling.show(*field_blocks.blocks(telling))


def questions(workshop: WorkshopProfile) -> Shown:
    """What is seen alike, what otherwise, what others know."""
    telling = telling_of(workshop)
    return telling.show(*question_blocks.blocks(telling))


def notes(workshop: WorkshopProfile) -> Shown:
    """What was said about the fields."""
    telling = telling_of(workshop)
    return telling.show(*spoken.notes(telling))


def agreed(workshop: WorkshopProfile) -> Shown:
    """What was agreed."""
    telling = telling_of(workshop)
    return telling.show(*spoken.agreed(telling))


def certainty_of(workshop: WorkshopProfile) -> Shown:
    """What the numbers say, and what they do not."""
    telling = telling_of(workshop)
    return telling.show(*certainty.blocks(telling))


def agreement(workshop: WorkshopProfile) -> Shown:
    """The coefficients of agreement, question by question."""
    telling = telling_of(workshop)
    return telling.show(*certainty.appendix(telling))


def provenance(workshop: WorkshopProfile) -> Shown:
    """What the numbers were made from: the sheets of the self-check; of persons files of several, no hash."""
    telling = telling_of(workshop)
    records = workshop.profile.records
    records = records[is_self_check(records)]
    of_persons = cover.files_of_persons(workshop.profile, WORKSHOP)
    return telling.show(cover.provenance(telling, records[records["counted"]], of_persons=of_persons))
