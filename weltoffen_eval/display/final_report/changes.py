"""What has changed since the last wave, as far as it can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.display.waves import section


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """The fields then and now; that there is nothing to compare, where the self-check came once or never."""
    shown = list(section.blocks(telling.selfcheck)) if telling.selfcheck is not None else []
    if any(block is not None for block in shown):
        yield from shown
    else:
        yield paragraph(telling.say("nothing_to_compare"))
