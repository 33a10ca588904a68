"""How far points could move: which sentences hold; the numbers stand in the table beside them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from weltoffen_eval.analysis.robustness import DRAWS, RobustnessBand
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.talking_points import unanswered_items

#: Share of the draws from which points count as firmly on one side of the median.
_FIRM = 0.9
#: So many fields are named, of more none.
_MOST_NAMED = 3


def bounds(telling: Telling) -> tuple[Sentence, ...]:
    """Which field the unanswered questions could move most, as it is printed."""
    profile = telling.profile
    rows = [(d.id, profile.score("dimension", d.id)) for d in profile.instrument.dimensions]
    widths = {name: whole(r["high"]) - whole(r["low"]) for name, r in rows if not r["withheld"]}
    if not widths:
        return (telling.say("no_scores"),)
    moved = [name for name, width in widths.items() if width]
    # of several opinions, a question that one of them left out is not open for all; and who left out too
    # many of a field counts neither in its points nor in its range, so that no effect can be told of those
    several = profile.sheets > 1 and not profile.merged
    unanswered = len(unanswered_items(profile))
    if not moved and not (several and profile.own.by_persons):
        return (telling.say("scores_fixed", questions=unanswered) if unanswered else nothing_open(telling),)
    if moved and len(rows) == 1:
        key = telling.key("dimension", moved[0], "score")
        rule = sheets_that_count(telling) if several else telling.say("open_matters")
        return (replace(rule, rests_on=(key,)),)
    only = "only_range" if several else "only_bounds_one" if unanswered == 1 else "only_bounds"
    widest_name = "widest_range" if several else "widest_bounds"
    named = widest(widths) if moved else []
    name = "no_range" if not moved else only if len(moved) == 1 else widest_name
    given = {"fields": _titles(telling, named)} if named else {}
    keys = tuple(telling.key("dimension", field, "score") for field in named)
    said = replace(telling.say(name, **given), rests_on=keys)
    return (said, sheets_that_count(telling)) if several else (said,)


def sheets_that_count(telling: Telling) -> Sentence:
    """Of several sheets: on which of them points and range of a field rest."""
    return telling.say("range_of_sheets", least=telling.profile.scheme.min_coverage)


def nothing_open(telling: Telling) -> Sentence:
    """Every question that was put and applies is answered."""
    several = telling.profile.sheets > 1 and not telling.profile.merged
    return telling.say("nothing_uncertain_of_offices" if several else "nothing_uncertain")


def robustness(telling: Telling) -> tuple[Sentence | None, ...]:
    """Which field other sensible weights could move most, and whether they change the comparison."""
    bands = _bands(telling)
    if not bands:
        return ()
    name = "widest_band" if any_open(telling) else "widest_band_all_answered"
    said = [telling.say(name, draws=DRAWS), widest_of_bands(telling)]
    sides = {name: band.same_side for name, band in bands.items() if not math.isnan(band.same_side)}
    others = [name for name, side in sides.items() if side < _FIRM]
    firm = len(sides) - len(others)
    if sides and not others:
        said.append(telling.say("same_side_all", fields=firm))
    elif firm and len(others) <= _MOST_NAMED:
        said.append(telling.say("same_side_but", others=_titles(telling, others)))
    elif firm:
        share = telling.text("in_so_many", fields=firm)
        said.append(telling.say("same_side", firm=share, fields=len(sides)))
    elif sides:
        said.append(telling.say("same_side_none", fields=len(sides)))
    return tuple(said)


def any_open(telling: Telling) -> bool:
    """Whether any sheet leaves a question open, to which answers are drawn."""
    rows = [telling.profile.score("dimension", d.id) for d in telling.profile.instrument.dimensions]
    return any(row["low"] < row["high"] for row in rows if not row["withheld"])


def widest_of_bands(telling: Telling, least: int = 1, with_range: bool = False) -> Sentence | None:
    """Which field, or which few alike, other weights could move most: by ``least`` printed points or more.

    ``with_range``: from where to where, of one field, where no table stands beside it.
    """
    widths = {name: whole(band.high) - whole(band.low) for name, band in _bands(telling).items()}
    most = widest(widths)
    if not most or widths[most[0]] < least or len(most) > _MOST_NAMED or len(most) == len(widths):
        return None
    said = telling.say("widest_of_bands", fields=_titles(telling, most))
    if len(most) == 1 and with_range:
        band = telling.profile.bands[most[0]]
        said = telling.say(
            "widest_band_between", field=_titles(telling, most)[0], low=band.low, high=band.high
        )
    return replace(said, rests_on=tuple(telling.key("dimension", name, "band") for name in most))


def widest(widths: Mapping[str, int]) -> list[str]:
    """Those of the greatest width; several where it is the same."""
    greatest = max(widths.values(), default=0)
    return [name for name, width in widths.items() if width == greatest]


def _bands(telling: Telling) -> dict[str, RobustnessBand]:
    return {name: band for name, band in telling.profile.bands.items() if not math.isnan(band.low)}


def _titles(telling: Telling, dimensions: list[str]) -> list[str]:
    return [telling.title(telling.profile.instrument.dimension(name).title) for name in dimensions]


def strongest(telling: Telling) -> Sentence | None:
    """Which choice moves most in most fields."""
    found = Counter(band.strongest for band in telling.profile.bands.values() if band.strongest)
    if not found:
        return None
    most = max(found.values())
    choices = [telling.word("choices", name) for name, count in found.items() if count == most]
    fields = len(_bands(telling))
    name = "strongest_choice" if 2 * most > fields else "strongest_choice_among"
    name = "strongest_choice_of_one" if fields == 1 else name
    return telling.say(name, choice=telling.word("forms", "or_if").join(choices))
