"""What the notebook on a workshop shows, cell by cell."""

from __future__ import annotations

from weltoffen_eval.display import cover
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.workshop import fields as field_blocks
from weltoffen_eval.display.workshop.telling import telling_of
from weltoffen_eval.results.workshop import Workshop


def title(workshop: Workshop) -> Shown:
    """The title, whose workshop when, and whether the data are synthetic."""
    return cover.title(telling_of(workshop))


def fields(workshop: Workshop) -> Shown:
    """How the groups see the fields."""
    telling = telling_of(workshop)
    return telling.show(*field_blocks.blocks(telling))
