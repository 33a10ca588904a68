"""The scoring lab in a notebook: its title, its controls, and what they move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weltoffen_eval.display.lab import state
from weltoffen_eval.display.lab.live import LiveState
from weltoffen_eval.results.lab.session import ScoringLab

if TYPE_CHECKING:
    from weltoffen_eval.display.lab.controls import Controls


def title(lab: ScoringLab) -> LiveState:
    """The title of the scoring lab, which names the study."""
    return LiveState(lab, "title", state.title)


def controls(lab: ScoringLab) -> Controls:
    """The controls by which the scheme of a session is changed."""
    # what draws controls takes half a second to import
    from weltoffen_eval.display.lab.controls import Controls

    return Controls(lab)


def results(lab: ScoringLab) -> LiveState:
    """The state of a session, drawn anew after each change."""
    return LiveState(lab, "state", state.state)
