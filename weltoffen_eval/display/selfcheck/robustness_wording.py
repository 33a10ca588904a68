"""How far scores could move, and what to talk about: which sentences hold, with their numbers."""

from __future__ import annotations

import math

from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.telling import Telling

#: Share of the draws from which a score counts as firmly on one side of the median.
_FIRM = 0.9


def bounds(telling: Telling) -> tuple[Sentence, ...]:
    """How far the open questions could move the scores, and which most."""
    profile = telling.profile
    rows = [(d, profile.score("dimension", d.id)) for d in profile.instrument.dimensions]
    shown = [(dimension, row) for dimension, row in rows if not row["withheld"]]
    if not shown:
        return (telling.say("no_scores"),)
    dimension, widest = max(shown, key=lambda entry: entry[1]["high"] - entry[1]["low"])
    if whole(widest["low"]) == whole(widest["high"]):
        return (telling.say("scores_fixed"),)
    where = ("dimension", dimension.id)
    said = telling.say(
        "widest_bounds",
        *where,
        field=telling.label(dimension.title),
        low=telling.known(*where, "score", "low"),
        high=telling.known(*where, "score", "high"),
    )
    fixed = sum(whole(row["low"]) == whole(row["high"]) for _, row in shown)
    return (said, telling.say("fields_fixed", fixed=fixed, fields=len(shown))) if fixed else (said,)


def robustness(telling: Telling) -> tuple[Sentence, ...]:
    """How far other sensible choices could move the scores, and whether they change the comparison."""
    bands = telling.profile.bands
    if not bands:
        return ()
    widest = max(bands, key=lambda name: bands[name].high - bands[name].low)
    where = ("dimension", widest)
    said = telling.say(
        "widest_band",
        *where,
        draws=DRAWS,
        field=telling.label(telling.profile.instrument.dimension(widest).title),
        low=telling.known(*where, "band", "low"),
        high=telling.known(*where, "band", "high"),
    )
    sides = [band.same_side for band in bands.values() if not math.isnan(band.same_side)]
    if not sides:
        return (said,)
    firm = sum(side >= _FIRM for side in sides)
    return said, telling.say("same_side", firm=firm, fields=len(sides))
