"""The reference group: where a score stands among those of other municipalities, without naming any."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.quartiles import quartiles_of_others
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item
from weltoffen_eval.study.register import Municipality, Register

#: Others from which there is a reference: fewer would tell too much of each.
LEAST_OTHERS = 8
#: Groupings, from the closest to the widest; across families nobody is compared.
GROUPINGS = ("size_and_kind", "kind", "family")
#: A smaller difference, in points, is never named.
LEAST_DIFFERENCE = 5.0
METHOD = "leave-one-out, Harrell–Davis"
_SIZES = (20_000, 100_000)
_COLUMNS = ("municipality", "wave", "level", "id", "grouping", "n", "q25", "median", "q75", "position")
Array = NDArray[np.float64]
#: By wave, level and id: what one answer, one category further, moves on an item of a score.
Steps = Mapping[tuple[str, str, str], float]


@dataclass(frozen=True)
class Reference:
    """Quartiles of the others' scores, in points, and on which side of the middle half a score lies.

    ``position``: −1 below, 1 above the middle half, where that is to be said; else 0. ``n``: how many others;
    ``grouping``: one of GROUPINGS, or empty where there are too few others and so no reference.
    """

    grouping: str
    n: int
    q25: float
    median: float
    q75: float
    position: int

    def holds(self, score: float) -> bool:
        """Whether a score, as it is printed, lies in the middle half as it is printed."""
        return self.q25 <= whole(score) <= self.q75


def whole(points: float) -> int:
    """Points as they are printed: to the nearest whole number, halves upwards; last digits play no part."""
    return math.floor(round(points, 9) + 0.5)


def whole_of(points: Array) -> Array:
    """As :func:`whole`, of many points at once; NaN stays."""
    up = points + 0.5
    found = np.floor(up)
    # where the last digits may play a part, they are rounded as one number is
    near = np.flatnonzero(np.abs(up - np.rint(up)) < 1e-6)
    found[near] = [whole(value) for value in points[near].tolist()]
    return np.asarray(found)


def size_class(population: int | None) -> str:
    """Below 20,000, to 100,000, above; empty where the population is not known."""
    if population is None:
        return ""
    return "small" if population < _SIZES[0] else "medium" if population <= _SIZES[1] else "large"


def group_of(municipality: Municipality, grouping: str, families: Sequence[Sequence[str]] = ()) -> str:
    """What municipalities have in common with which this one is compared; empty: not to be grouped so.

    Without ``families`` all are one. A kind that is in none of them is a family of its own, and so are those
    of no known kind.
    """
    kind = municipality.kind
    if grouping == "family":
        of_kind = (number for number, family in enumerate(families) if kind in family)
        return "all" if not families else f"family {next(of_kind, kind)}"
    if grouping == "kind":
        return kind
    size = size_class(municipality.population)
    return f"{size} {kind}" if size and kind else ""


def step_points(instrument: Instrument, items: Sequence[Item]) -> float:
    """Points between two neighbouring options, 100/(k − 1), the widest among the items; numbers have none."""
    scales = [instrument.scale_by_id[item.scale] for item in items]
    return max((100 / (len(scale.options) - 1) for scale in scales if len(scale.options) > 1), default=0.0)


def steps_of(study: Study) -> dict[tuple[str, str, str], float]:
    """The steps of every criterion, dimension and the whole, in every wave."""
    steps = {}
    for wave, instrument in study.instruments.items():
        places = {("dimension", d.id): instrument.items_of(d.id) for d in instrument.dimensions}
        places |= {("criterion", c.id): instrument.items_of_criterion(c.id) for c in instrument.criteria}
        places["overall", "overall"] = list(instrument.items)
        for (level, entry), items in places.items():
            steps[wave, level, entry] = step_points(instrument, items)
    return steps


def references_of(study: Study, scores: pd.DataFrame, scheme: ScoringScheme) -> pd.DataFrame:
    """Every score of an administration against the others', as :func:`compare_with_others`."""
    return compare_with_others(scores, study.register, scheme.reference_families, steps_of(study))


def compare_with_others(
    scores: pd.DataFrame,
    register: Register,
    families: Sequence[Sequence[str]] = (),
    steps: Steps | None = None,
) -> pd.DataFrame:
    """Every score of an administration against the others' of the same wave, level and id.

    Leave-one-out: a municipality is no part of its own reference. The closest grouping with at least 8
    others is taken; whose population is not known is compared with its family. Withheld scores are no part of
    it; a municipality without a score has a reference too, with position 0.

    Parameters
    ----------
    scores : DataFrame as score_study gives it; criteria, dimensions and overall are compared
    families : kinds of municipality that have the same duties
    steps : for the position; without them 5 points are always enough

    Returns
    -------
    DataFrame, one row per municipality × wave × level × id
        ``q25``, ``median``, ``q75`` in points (NaN without reference), ``n`` others, ``position``.
    """
    own = statements(scores)
    own = own[own["level"] != "item"]
    # whose a row is, and what of whom, is asked once, not for each level and id again
    number_of, keys = pd.factorize(own["municipality"].astype(str))
    own = own.assign(number=number_of)
    known = [register.by_key.get(key) for key in keys]
    numbered = {
        grouping: _numbered([group_of(m, grouping, families) if m else "" for m in known])
        for grouping in GROUPINGS
    }
    sized = np.array([m is not None and size_class(m.population) != "" for m in known], dtype=bool)
    whose = np.asarray(keys, dtype=object)
    parts = []
    for (wave, level, entry), rows in own.groupby(["wave", "level", "id"], observed=True, sort=True):
        at = rows["number"].to_numpy()
        values = rows["score"].to_numpy(dtype=float)
        frame = _closest(values, {name: groups[at] for name, groups in numbered.items()}, sized[at])
        step = (steps or {}).get((str(wave), str(level), str(entry)), 0.0)
        frame["position"] = _positions(rows, frame, step)
        parts.append(frame.assign(municipality=whose[at], wave=str(wave), level=str(level), id=str(entry)))
    if not parts:
        return pd.DataFrame(columns=list(_COLUMNS))
    compared = pd.concat(parts, ignore_index=True)[list(_COLUMNS)]
    return compared.sort_values(["municipality", "wave", "level", "id"], ignore_index=True)


def _numbered(names: Sequence[str]) -> NDArray[np.int64]:
    """A number for each name, the same for the same; -1 for none."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)))}
    return np.array([numbers.get(name, -1) for name in names], dtype=np.int64)


def statements(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores of the self-checks, one of each municipality: sheets come before persons in their place."""
    own = scores[is_self_check(scores)]
    persons = own["unit"] == "persons"
    if not persons.any():
        return own
    whose = own["municipality"].astype(str) + "\0" + own["wave"].astype(str)
    return own[~persons | ~whose.isin(set(whose[~persons]))]


def _closest(
    values: NDArray[np.float64], groups: dict[str, NDArray[Any]], sized: NDArray[np.bool_]
) -> pd.DataFrame:
    """For every value the quartiles of the others in its closest group that is large enough.

    ``groups``: by grouping the number of each value's group; below 0 it is in none.
    """
    count = len(values)
    grouping = np.full(count, "", dtype=object)
    n = np.zeros(count, dtype=np.int64)
    found = np.full((count, 3), np.nan)
    for name in GROUPINGS:
        for group in np.unique(groups[name][groups[name] >= 0]):
            members = np.flatnonzero(groups[name] == group)
            open_yet = (grouping[members] == "") & (sized[members] | (name == "family"))
            if not open_yet.any():
                continue
            others, of_others = quartiles_of_others(values[members])
            open_yet &= others >= LEAST_OTHERS
            chosen = members[open_yet]
            grouping[chosen], n[chosen], found[chosen] = name, others[open_yet], of_others[open_yet]
    q25, median, q75 = found.T
    return pd.DataFrame({"grouping": grouping, "n": n, "q25": q25, "median": median, "q75": q75})


def _positions(rows: pd.DataFrame, found: pd.DataFrame, step: float) -> NDArray[np.int64]:
    """The position of each row, from the numbers as they are printed."""
    score, low, high, answered = (
        rows[name].to_numpy(dtype=float) for name in ("score", "low", "high", "n_answered")
    )
    q25, q75 = (found[name].to_numpy(dtype=float) for name in ("q25", "q75"))
    # few numbers of answers differ
    counts, number = np.unique(answered, return_inverse=True)
    named = np.array([named_from(step, count) for count in counts.tolist()])[number]
    positions = positions_of((score, low, high), (q25, q75), named)
    return np.where(found["grouping"].to_numpy() != "", positions, 0)


def positions_of(
    scores: tuple[Array, Array, Array], middle: tuple[Array, Array], named: Array
) -> NDArray[np.int64]:
    """−1 below, 1 above the middle half, where that is to be said; else 0. All of it of printed numbers.

    Parameters
    ----------
    scores : with their bounds: what the open questions could make of one reaches no part of the middle
        half; NaN is on no side
    middle : lower and upper quartile
    named : points from the nearer quartile on
    """
    value, low, high = map(whole_of, scores)
    q25, q75 = map(whole_of, middle)
    below = (q25 - value >= named - 1e-9) & (high < q25)
    above = (value - q75 >= named - 1e-9) & (low > q75)
    return above.astype(np.int64) - below


def printed(row: Mapping[Any, Any] | pd.Series) -> Reference:
    """A reference as a report prints it, in whole points; what a report says of it rests on these alone."""
    q25, median, q75 = (
        whole(row[name]) if row["grouping"] else math.nan for name in ("q25", "median", "q75")
    )
    return Reference(str(row["grouping"]), int(row["n"]), q25, median, q75, int(row["position"]))


def named_from(category_points: float, answered: float) -> float:
    """Points from which a difference is named: one answer, one category further, moves a score by so much.

    ``category_points``: between neighbouring options, 100/(k − 1); ``answered``: the items of the score.
    """
    return max(LEAST_DIFFERENCE, category_points / answered) if answered else math.inf


def reference_findings(compared: pd.DataFrame) -> list[Finding]:
    """The reference as findings: ``median``, ``q25``, ``q75``, ``position``; variant: the grouping."""
    found = []
    for row in compared.to_dict("records"):
        reason = "" if row["grouping"] else "no_reference"
        where = Finding(
            "", n=float(row["n"]), variant=row["grouping"], reason=reason, wave=row["wave"],
            setting="questionnaire", municipality=row["municipality"], level=row["level"], id=row["id"],
            perspective="administration", other="reference",
        )  # fmt: skip
        for quantity in ("median", "q25", "q75"):
            found.append(replace(where, quantity=quantity, value=float(row[quantity]), method=METHOD))
        position = float(row["position"]) if row["grouping"] else math.nan
        found.append(replace(where, quantity="position", value=position, method="against the middle half"))
    return found
