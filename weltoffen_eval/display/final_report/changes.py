"""What has changed since the last wave, as far as it can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Figure
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.display.waves import section


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """The fields then and now; that there is nothing to compare, where the self-check came once or never."""
    own = telling.selfcheck
    shown: list[Block | None] = []
    if own is not None:
        before = own.profile.before
        earlier = before.wave.id if before is not None else ""
        documented = (telling.course.answered_by(earlier), telling.course.answered_by(own.profile.wave.id))
        shown = list(section.blocks(own, documented))
    if any(block is not None for block in shown):
        yield from shown
        compared = any(isinstance(block, Figure) for block in shown)
        yield paragraph(telling.say("other_points") if compared else None)
    else:
        yield paragraph(telling.say("nothing_to_compare"))
