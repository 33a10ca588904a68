"""How far points could move: which sentences hold; the numbers stand in the table beside them."""

from __future__ import annotations

import math
from collections import Counter

from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.telling import Telling

#: Share of the draws from which points count as firmly on one side of the median.
_FIRM = 0.9


def bounds(telling: Telling) -> tuple[Sentence, ...]:
    """Which field the unanswered questions could move most, as it is printed."""
    profile = telling.profile
    rows = [(d, profile.score("dimension", d.id)) for d in profile.instrument.dimensions]
    shown = [(whole(r["high"]) - whole(r["low"]), d) for d, r in rows if not r["withheld"]]
    if not shown:
        return (telling.say("no_scores"),)
    width, dimension = max(shown, key=lambda found: found[0])
    if not width:
        return (telling.say("scores_fixed"),)
    field = telling.label(dimension.title)
    return (telling.say("widest_bounds", "dimension", dimension.id, field=field),)


def robustness(telling: Telling) -> tuple[Sentence, ...]:
    """Which field other sensible weights could move most, and whether they change the comparison."""
    profile = telling.profile
    bands = {name: band for name, band in profile.bands.items() if not math.isnan(band.low)}
    if not bands:
        return ()
    said = [telling.say("widest_band", draws=DRAWS)]
    widths = {name: whole(band.high) - whole(band.low) for name, band in bands.items()}
    widest = max(widths, key=lambda name: widths[name])
    if len(bands) > 1 and widths[widest]:
        field = telling.label(profile.instrument.dimension(widest).title)
        said.append(telling.say("widest_of_bands", "dimension", widest, field=field))
    sides = [band.same_side for band in bands.values() if not math.isnan(band.same_side)]
    firm = sum(side >= _FIRM for side in sides)
    if sides and firm == len(sides):
        said.append(telling.say("same_side_all", fields=firm))
    elif firm:
        share = telling.text("in_so_many", fields=firm)
        said.append(telling.say("same_side", firm=share, fields=len(sides)))
    elif sides:
        said.append(telling.say("same_side_none"))
    return tuple(said)


def strongest(telling: Telling) -> Sentence | None:
    """Which choice moves most in most fields."""
    found = Counter(band.strongest for band in telling.profile.bands.values() if band.strongest)
    if not found:
        return None
    most = max(found.values())
    choices = [telling.word("choices", name) for name, count in found.items() if count == most]
    return telling.say("strongest_choice", choice=" / ".join(choices))
