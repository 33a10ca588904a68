"""From where the people of a dialogue came: counts only, and none below the minimum."""

from __future__ import annotations

from collections import Counter

from weltoffen_eval.analysis.disclosure import cells_of
from weltoffen_eval.results.dialogue import Dialogue


def came_from(dialogue: Dialogue) -> list[tuple[tuple[str, ...], int]]:
    """Perspectives, small ones together, and how many of them came; empty where that splits nobody.

    The list of participants has to agree with the documented number: else a difference of the two would be a
    number of its own.
    """
    there = [row.values for row in dialogue.of("participants") if row.values.present]
    if any(not row.perspective for row in there) or len(there) != dialogue.participants:
        return []
    sizes = Counter(row.perspective for row in there)
    cells = cells_of(sizes, dialogue.scheme.min_group_size)
    return [(names, sum(sizes[name] for name in names)) for names in cells.values()]
