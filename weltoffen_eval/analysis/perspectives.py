"""Gaps: what the persons of a workshop say against what the administration says of the same items."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import (
    LEAST_FOR_INTERVAL,
    Interval,
    mean_interval,
    prediction_interval,
    too_few,
    welch_interval,
    wilson_interval,
)
from weltoffen_eval.analysis.privacy import groups_to_show, narrowed
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.instrument import Instrument
from weltoffen_eval.study.perspectives import is_self_check

Array = NDArray[np.float64]
#: All persons of a workshop together.
ALL = "participants"
#: Share of the administration's items that a person must have answered to count in a dimension.
LEAST_SHARE = 0.5
#: From which share of persons on one side, and how many persons, an item is flagged.
_FLAG_SHARE, _FLAG_PERSONS = 2 / 3, 5


@dataclass(frozen=True)
class GapMatrix:
    """The gaps of one municipality, wave and setting, in points: person × item, NaN where not answered.

    Columns are the items that the administration answered. ``points`` are the administration's own;
    ``perspectives`` of the persons in their order; ``applicable`` whether an item concerns the person.
    """

    municipality: str
    wave: str
    setting: str
    items: tuple[str, ...]
    dimensions: tuple[str, ...]
    points: Array
    gaps: Array
    applicable: NDArray[np.bool_]
    perspectives: tuple[str, ...]
    half_category: Array

    def persons_of(self, perspective: str) -> NDArray[np.intp]:
        """Rows of a perspective, or of all persons."""
        return np.array(
            [n for n, name in enumerate(self.perspectives) if perspective in (ALL, name)], dtype=np.intp
        )

    def person_gaps(self, dimension: str) -> Array:
        """Mean gap of each person over a dimension's items; NaN for who answered fewer than half of them."""
        columns = [n for n, name in enumerate(self.dimensions) if name == dimension]
        gaps, applicable = self.gaps[:, columns], self.applicable[:, columns]
        answered = (~np.isnan(gaps)).sum(axis=1)
        counts = (answered > 0) & (answered >= LEAST_SHARE * applicable.sum(axis=1))
        means = np.full(len(gaps), np.nan)
        means[counts] = np.nanmean(gaps[counts], axis=1)
        return means


def gap_matrices(by_respondent: pd.DataFrame, instrument: Instrument) -> list[GapMatrix]:
    """The gaps of every municipality, wave and setting of persons in which the administration answered.

    Parameters
    ----------
    by_respondent : scores by respondent, as score_responses gives them, of one instrument

    Returns
    -------
    list of GapMatrix
        The administration's points are the mean of its sheets that answered the item.
    """
    rows = by_respondent[by_respondent["level"] == "item"]
    order = {item.id: item for item in instrument.items}
    scales = {item.id: instrument.scale_by_id[item.scale] for item in instrument.items}
    half = {
        name: 50 / (len(scale.options) - 1) if len(scale.options) > 1 else 0.5
        for name, scale in scales.items()
    }
    own = rows[is_self_check(rows)]
    persons = rows[rows["unit"] == "persons"]
    administration = {
        (str(key), str(wave)): part.groupby("id", observed=True)["score"].mean().dropna()
        for (key, wave), part in own.groupby(["municipality", "wave"], observed=True)
    }
    found = []
    for (key, wave, setting), part in persons.groupby(["municipality", "wave", "setting"], observed=True):
        said = administration.get((str(key), str(wave)))
        if said is None:
            continue
        said = said[said.index.isin(order)]
        names = [name for name in order if name in set(said.index.astype(str))]
        who = ["perspective", "respondent"]
        texts = part.astype({"perspective": str, "respondent": str, "id": str})
        points = texts.pivot(index=who, columns="id", values="score").reindex(columns=names)
        concerns = texts.pivot(index=who, columns="id", values="n_items").reindex(columns=names)
        own_points = np.array([float(said[name]) for name in names])
        found.append(
            GapMatrix(
                str(key), str(wave), str(setting), tuple(names),
                tuple(order[name].dimension for name in names), own_points,
                points.to_numpy(dtype=float) - own_points, concerns.to_numpy(dtype=float) > 0,
                tuple(points.index.get_level_values("perspective")), np.array([half[n] for n in names]),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Entry:
    """An item or a dimension: the gap of every person in it, and the groups that may be shown beside all."""

    level: str
    id: str
    columns: list[int]
    gaps: Array
    sizes: dict[str, int]
    groups: dict[str, NDArray[np.intp]]

    @property
    def everybody(self) -> NDArray[np.intp]:
        return np.flatnonzero(~np.isnan(self.gaps))


def gap_findings(matrix: GapMatrix, scheme: ScoringScheme) -> list[Finding]:
    """Gaps of all persons and, where disclosure control allows it, of each perspective."""
    minimum = scheme.min_group_size
    found = []
    for dimension in dict.fromkeys(matrix.dimensions):
        columns = [n for n, name in enumerate(matrix.dimensions) if name == dimension]
        whole = _entry(matrix, "dimension", dimension, columns, matrix.person_gaps(dimension), minimum)
        items = [_entry(matrix, "item", matrix.items[n], [n], matrix.gaps[:, n], minimum) for n in columns]
        means = _means_to_show(matrix, [whole, *items], minimum)
        # of a dimension's items only those of which the mean of all is shown, or it would follow from theirs
        shown = [entry.columns[0] for entry in items if means[entry.id] > 0]
        for entry in (whole, *items):
            all_shown = replace(entry, groups=entry.groups if means[entry.id] > 1 else {})
            found += _of_entry(matrix, all_shown, minimum, shown, means[entry.id] == 0)
    return found


def _entry(
    matrix: GapMatrix, level: str, entry: str, columns: list[int], gaps: Array, minimum: int
) -> _Entry:
    there = ~np.isnan(gaps)
    rows = {name: matrix.persons_of(name) for name in dict.fromkeys(matrix.perspectives)}
    sizes = {name: int(there[members].sum()) for name, members in rows.items()}
    groups = {}
    for name, parts in groups_to_show(sizes, minimum).items():
        members = np.concatenate([rows[part] for part in parts])
        groups[name] = members[there[members]]
    return _Entry(level, entry, columns, gaps, sizes, groups)


def _means_to_show(matrix: GapMatrix, entries: list[_Entry], minimum: int) -> dict[str, int]:
    """What may be shown of a dimension and its items: 2 all groups, 1 only all persons together, 0 nothing.

    Who answered one item and not another is in the one mean and not in the other; and near an end of the
    scale a mean leaves nobody much room. What leaves a small group less than a category is withheld: first
    the groups, then the mean of all.
    """
    answered = np.zeros(matrix.gaps.shape, dtype=bool)
    answered[:, entries[0].columns] = ~np.isnan(matrix.gaps[:, entries[0].columns])
    number = np.cumsum(answered).reshape(answered.shape) - 1
    answers = (matrix.gaps + matrix.points)[answered]
    of_item = np.nonzero(answered)[1]

    def weights(entry: _Entry, persons: NDArray[np.intp]) -> Array:
        row = np.zeros(len(answers))
        for person in persons:
            own = [number[person, column] for column in entry.columns if answered[person, column]]
            row[own] += 1 / len(persons) / len(own)
        return row

    def small_groups(entry: _Entry) -> list[NDArray[np.intp]]:
        members = [
            np.intersect1d(matrix.persons_of(name), entry.everybody)
            for name, size in entry.sizes.items()
            if 0 < size < minimum
        ]
        return [*members, entry.everybody] if 0 < len(entry.everybody) < minimum else members

    everybody = {
        entry.id: [weights(entry, entry.everybody)] if len(entry.everybody) >= minimum else []
        for entry in entries
    }
    split = {entry.id: [weights(entry, persons) for persons in entry.groups.values()] for entry in entries}
    small = [(entry, weights(entry, persons)) for entry in entries for persons in small_groups(entry)]
    hidden = np.array([row for _, row in small])
    category = np.array([2 * matrix.half_category[entry.columns].min() for entry, _ in small])
    # what may go to hide another: items first, those in the middle of the scale, which leave most room
    far = {name: abs(50 - float(rows[0] @ answers)) for name, rows in everybody.items() if rows}
    spare = sorted(far, key=lambda name: (name == entries[0].id, far[name]))
    shown = {entry.id: 2 if split[entry.id] else 1 for entry in entries}
    while small and (left := [name for name in spare if shown[name]]):
        rows = [*(everybody[name] + (split[name] if shown[name] > 1 else []) for name in left)]
        known = narrowed(np.vstack(list(chain(*rows))), hidden, answers, category, of_item)
        named = {entry.id for (entry, _), narrow in zip(small, known, strict=True) if narrow}
        if not named:
            break
        # items before their dimension; where one is known from the others, one of them
        for name in (named & set(left)) - {entries[0].id} or named & set(left) or {left[0]}:
            shown[name] -= 1
    return shown


def _of_entry(
    matrix: GapMatrix, entry: _Entry, minimum: int, shown: list[int], telling: bool
) -> list[Finding]:
    """The findings of an item or dimension; ``shown``: columns of the items of which anything is shown."""
    own = float(matrix.points[entry.columns].mean())
    # half a category, of the mean of several items too
    half = float(matrix.half_category[entry.columns].min())
    where = Finding(
        "", wave=matrix.wave, setting=matrix.setting, municipality=matrix.municipality, level=entry.level,
        id=entry.id, other="administration",
    )  # fmt: skip
    groups = {ALL: entry.everybody, **entry.groups}
    found = []
    for name, persons in groups.items():
        about = replace(where, perspective=name)
        if telling:
            found.append(replace(about, quantity="gap", n=float(len(persons)), reason="disclosure"))
            continue
        found += _of_group(entry.gaps[persons], about, own, half, minimum)
        if len(persons) >= minimum:
            # the size of a gap that is withheld would follow from the mean over all
            columns = [column for column in entry.columns if column in shown]
            found.append(_absolute(matrix, columns, persons, about, minimum))
    for name, size in entry.sizes.items():
        if name not in groups and size:
            reason = "group_size" if size < minimum else "disclosure"
            found.append(replace(where, quantity="gap", perspective=name, n=float(size), reason=reason))
    if telling:
        return found
    names = sorted(entry.groups)
    for position, one in enumerate(names):
        for other in names[position + 1 :]:
            sides = entry.gaps[entry.groups[one]], entry.gaps[entry.groups[other]]
            found += _between(*sides, replace(where, perspective=one, other=other))
    return found


def _of_group(gaps: Array, where: Finding, own: float, half: float, minimum: int) -> list[Finding]:
    """What one group of persons says against the administration."""
    n = len(gaps)
    where = replace(where, n=float(n))
    if n < minimum:
        reason = "no_responses" if n == 0 else "group_size"
        return [replace(where, quantity="gap", reason=reason)]
    mean = float(np.mean(gaps))
    interval = mean_interval(gaps.tolist(), -own, 100 - own)
    found = [_with(where, "gap", mean, interval, "t-interval of the persons")]
    below, above = int((gaps < -half - 1e-9).sum()), int((gaps > half + 1e-9).sum())
    for quantity, count in (
        ("share_below", below),
        ("share_equal", n - below - above),
        ("share_above", above),
    ):
        found.append(_with(where, quantity, count / n, wilson_interval(count, n), "Wilson"))
    signs = (int((gaps > 1e-9).sum()) - int((gaps < -1e-9).sum())) / n
    found.append(replace(where, quantity="cliffs_delta", value=signs, method="P(above) − P(below)"))
    band = prediction_interval(gaps.tolist(), -own, 100 - own)
    shifted = Interval(own + band.low, own + band.high, band.reason)
    found.append(_with(where, "prediction_band", own, shifted, "Crawford & Howell"))
    return found


def _absolute(
    matrix: GapMatrix, columns: list[int], rows: NDArray[np.intp], where: Finding, minimum: int
) -> Finding:
    """Mean size of the gaps of the single items that enough persons answered: opposite ones do not cancel."""
    part = matrix.gaps[rows][:, columns]
    part = part[:, (~np.isnan(part)).sum(axis=0) >= minimum]
    if not part.size:
        return replace(where, quantity="absolute_gap", reason="group_size")
    value = float(np.mean(np.abs(np.nanmean(part, axis=0))))
    persons = int((~np.isnan(part)).any(axis=1).sum())
    method = f"mean size over {part.shape[1]} item{'s' if part.shape[1] > 1 else ''}"
    return replace(where, quantity="absolute_gap", value=value, n=float(persons), method=method)


def _between(one: Array, other: Array, where: Finding) -> list[Finding]:
    """Two groups of persons: the difference, and from 10 on either side its interval and Cliff's delta."""
    fewest = min(len(one), len(other))
    where = replace(where, n=float(len(one) + len(other)))
    difference = float(np.mean(one) - np.mean(other))
    found = [_with(where, "gap", difference, welch_interval(one.tolist(), other.tolist()), "Welch")]
    if fewest < LEAST_FOR_INTERVAL:
        delta, interval = cliffs_delta(one, other), Interval(math.nan, math.nan, too_few(fewest))
    else:
        delta, interval = cliffs_delta(one, other), cliffs_delta_interval(one, other)
    found.append(_with(where, "cliffs_delta", delta, interval, "Brunner–Munzel"))
    return found


def _with(where: Finding, quantity: str, value: float, interval: Interval, method: str) -> Finding:
    return replace(
        where, quantity=quantity, value=value, low=interval.low, high=interval.high, method=method,
        reason=interval.reason,
    )  # fmt: skip


def cliffs_delta(values: Array, others: Array) -> float:
    """P(value > other) − P(value < other), over all pairs; NaN where a side is empty.

    References
    ----------
    .. [1] Cliff (1993), Dominance statistics: ordinal analyses to answer ordinal questions.
       Psychological Bulletin, 114.
    """
    if not len(values) or not len(others):
        return math.nan
    return float(np.mean(np.sign(values[:, None] - others[None, :])))


def cliffs_delta_interval(values: Array, others: Array) -> Interval:
    """Interval of Cliff's delta, 95 %, from Brunner & Munzel's test (statsmodels ``rank_compare_2indep``)."""
    from statsmodels.stats.nonparametric import rank_compare_2indep

    delta = cliffs_delta(values, others)
    if abs(delta) > 1 - 1e-12 or np.ptp(np.concatenate([values, others])) < 1e-12:
        return Interval(math.nan, math.nan, "no_variance")
    low, high = rank_compare_2indep(values, others).conf_int(alpha=0.05)
    return Interval(max(-1.0, 2 * float(low) - 1), min(1.0, 2 * float(high) - 1))


def is_flagged(gaps: Array, category: float) -> bool:
    """Whether an item is worth asking about: at least a category apart, two thirds on one side, 5 persons."""
    n = len(gaps)
    if n < _FLAG_PERSONS or abs(float(np.mean(gaps))) < category - 1e-9:
        return False
    return max(int((gaps > 1e-9).sum()), int((gaps < -1e-9).sum())) / n >= _FLAG_SHARE - 1e-12
