"""The reference group: where a score stands among those of other municipalities, without naming any."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.register import Municipality, Register

#: Others from which there is a reference: a median of five would be one member's value.
LEAST_OTHERS = 8
#: Groupings, from the closest to the widest.
GROUPINGS = ("size_and_kind", "kind", "all")
QUARTILES = (0.25, 0.5, 0.75)
#: A smaller difference, in points, is never named.
LEAST_DIFFERENCE = 5.0
_SIZES = (20_000, 100_000)
_COLUMNS = ("municipality", "wave", "level", "id", "grouping", "n", "q25", "median", "q75", "position")


@dataclass(frozen=True)
class Reference:
    """Quartiles of the others' scores, in points, and on which side of the middle half a score lies.

    ``position``: −1 below, 0 within, 1 above the middle half. ``n``: how many others; ``grouping``: one
    of GROUPINGS, or empty where there are too few others and so no reference.
    """

    grouping: str
    n: int
    q25: float
    median: float
    q75: float
    position: int


def size_class(population: int | None) -> str:
    """Below 20,000, to 100,000, above; empty where the population is not known."""
    if population is None:
        return ""
    return "small" if population < _SIZES[0] else "medium" if population <= _SIZES[1] else "large"


def group_of(municipality: Municipality, grouping: str) -> str:
    """What municipalities have in common with which this one is compared; empty: not to be grouped so."""
    if grouping == "all":
        return "all"
    if not municipality.kind:
        return ""
    if grouping == "kind":
        return municipality.kind
    size = size_class(municipality.population)
    return f"{size} {municipality.kind}" if size else ""


def compare_with_others(scores: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Every score of an administration against the others' of the same wave, level and id.

    Leave-one-out: a municipality is no part of its own reference. The closest grouping with at least 8
    others is taken. Withheld scores are no part of it; a municipality without a score has a reference too,
    with position 0.

    Parameters
    ----------
    scores : DataFrame as score_study gives it; criteria, dimensions and overall are compared

    Returns
    -------
    DataFrame, one row per municipality × wave × level × id
        ``q25``, ``median``, ``q75`` in points (NaN without reference), ``n`` others, ``position``.

    References
    ----------
    .. [1] Hyndman & Fan (1996), Sample quantiles in statistical packages: type 7.
    """
    own = scores[is_self_check(scores) & (scores["level"] != "item")]
    names = {
        grouping: {m.key: group_of(m, grouping) for m in register.municipalities} for grouping in GROUPINGS
    }
    parts = []
    for (wave, level, entry), rows in own.groupby(["wave", "level", "id"], observed=True, sort=True):
        keys = rows["municipality"].astype(str).to_numpy()
        values = rows["score"].to_numpy(dtype=float)
        frame = _closest(values, {g: np.array([names[g].get(key, "") for key in keys]) for g in GROUPINGS})
        parts.append(frame.assign(municipality=keys, wave=str(wave), level=str(level), id=str(entry)))
    if not parts:
        return pd.DataFrame(columns=list(_COLUMNS))
    compared = pd.concat(parts, ignore_index=True)[list(_COLUMNS)]
    return compared.sort_values(["municipality", "wave", "level", "id"], ignore_index=True)


def _closest(values: NDArray[np.float64], groups: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """For every value the quartiles of the others in its closest group that is large enough."""
    count = len(values)
    grouping = np.full(count, "", dtype=object)
    n = np.zeros(count, dtype=np.int64)
    quartiles = np.full((count, 3), np.nan)
    for name in GROUPINGS:
        for group in sorted(set(groups[name]) - {""}):
            members = np.flatnonzero(groups[name] == group)
            others, of_others = quartiles_of_others(values[members])
            open_yet = (grouping[members] == "") & (others >= LEAST_OTHERS)
            chosen = members[open_yet]
            grouping[chosen], n[chosen], quartiles[chosen] = name, others[open_yet], of_others[open_yet]
    with np.errstate(invalid="ignore"):
        position = (values > quartiles[:, 2]).astype(int) - (values < quartiles[:, 0]).astype(int)
    q25, median, q75 = quartiles.T
    return pd.DataFrame(
        {"grouping": grouping, "n": n, "q25": q25, "median": median, "q75": q75, "position": position}
    )


def quartiles_of_others(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For every value how many others there are, and their quartiles; NaN is nobody's value.

    As ``numpy.quantile`` of all others (type 7), for all at once: leaving one out of sorted values moves
    those behind it by one place.
    """
    there = ~np.isnan(values)
    ordered = np.sort(values[there])
    total = len(ordered)
    others = np.where(there, total - 1, total)
    quartiles = np.full((len(values), 3), np.nan)
    # of equal values it is the same which one is left out
    place = np.where(there, np.searchsorted(ordered, values), total)
    for column, share in enumerate(QUARTILES):
        spot = np.maximum(others - 1, 0) * share
        below = np.floor(spot).astype(int)
        above = np.minimum(below + 1, np.maximum(others - 1, 0))
        enough = others > 0
        at = [np.where(index < place, index, index + 1)[enough] for index in (below, above)]
        low, high = ordered[at[0]], ordered[at[1]]
        quartiles[enough, column] = low + (high - low) * (spot - below)[enough]
    return others, quartiles


def printed(row: Mapping[Any, Any] | pd.Series) -> Reference:
    """A reference as a report prints it, in whole points; what a report says of it rests on these alone."""
    q25, median, q75 = (
        math.floor(row[name] + 0.5) if row["grouping"] else math.nan for name in ("q25", "median", "q75")
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
            method = "leave-one-out, type 7"
            found.append(replace(where, quantity=quantity, value=float(row[quantity]), method=method))
        position = float(row["position"]) if row["grouping"] else math.nan
        found.append(replace(where, quantity="position", value=position, method="against the middle half"))
    return found
