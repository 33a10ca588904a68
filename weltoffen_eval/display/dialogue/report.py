"""What the notebook on a dialogue shows, cell by cell."""

from __future__ import annotations

from weltoffen_eval.display.dialogue import afterwards, annex, intentions, opening, questions, taking_part
from weltoffen_eval.display.dialogue.telling import telling_of
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.dialogue import Dialogue


def title(dialogue: Dialogue) -> Shown:
    """The title, whose dialogue when, and whether the data are synthetic."""
    return opening.title(telling_of(dialogue))


def summary(dialogue: Dialogue) -> Shown:
    """The essentials on one page."""
    return opening.summary(telling_of(dialogue))


def taking_part_in(dialogue: Dialogue) -> Shown:
    """Why there was a dialogue, and who was there."""
    return taking_part.who(telling_of(dialogue))


def working(dialogue: Dialogue) -> Shown:
    """How it was done."""
    return taking_part.how(telling_of(dialogue))


def results(dialogue: Dialogue) -> Shown:
    """What the event stated as its results; nothing where the essentials have them all."""
    return opening.outcomes(telling_of(dialogue))


def said(dialogue: Dialogue) -> Shown:
    """What groups said to each guiding question."""
    return questions.blocks(telling_of(dialogue))


def dissent(dialogue: Dialogue) -> Shown:
    """What was seen differently."""
    return afterwards.dissent(telling_of(dialogue))


def planned(dialogue: Dialogue) -> Shown:
    """What is to be done, by whom and until when."""
    return intentions.blocks(telling_of(dialogue))


def remarks(dialogue: Dialogue) -> Shown:
    """What the administration remarks, apart from what others said."""
    return afterwards.remarks(telling_of(dialogue))


def following(dialogue: Dialogue) -> Shown:
    """How it goes on."""
    return afterwards.following(telling_of(dialogue))


def statements(dialogue: Dialogue) -> Shown:
    """All statements that are released."""
    return annex.statements(telling_of(dialogue))


def coding(dialogue: Dialogue) -> Shown:
    """How statements were given topics."""
    return annex.coding(telling_of(dialogue))


def provenance(dialogue: Dialogue) -> Shown:
    """Where what is told comes from."""
    return annex.provenance(telling_of(dialogue))
