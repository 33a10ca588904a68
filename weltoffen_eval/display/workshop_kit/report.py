"""What the notebook of the workshop kit shows, cell by cell."""

from __future__ import annotations

from weltoffen_eval.display import cover
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.workshop_kit import agenda as plan
from weltoffen_eval.display.workshop_kit import cards as questions
from weltoffen_eval.display.workshop_kit import sheets
from weltoffen_eval.results.profile import Profile

#: As its sentences are called.
REPORT = "workshop_kit"


def title(profile: Profile) -> Shown:
    """The title, for whom, and whether the data are synthetic."""
    return cover.title(Telling(profile, REPORT))


def agenda(profile: Profile) -> Shown:
    """What is done when, and what is needed."""
    telling = Telling(profile, REPORT)
    return telling.show(*plan.blocks(telling))


def wall(profile: Profile) -> Shown:
    """A sheet for each field that the municipality chose."""
    telling = Telling(profile, REPORT)
    return telling.show(*sheets.blocks(telling))


def cards(profile: Profile) -> Shown:
    """A card for each question of which talking pays off."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    return telling.show(*questions.blocks(telling))
