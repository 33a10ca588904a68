"""What has changed since the last wave, as far as it can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.display.waves import section


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """The fields then and now; that there is nothing to compare, where the self-check came once or never."""
    shown = (
        [block for block in section.blocks(telling.selfcheck) if block is not None]
        if telling.selfcheck
        else []
    )
    yield from shown or [paragraph(telling.say("nothing_to_compare"))]
