"""Change between two waves, over the items that are comparable and that both sides answered."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.disclosure import is_statement
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import welch_interval
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.study.questionnaire.instrument import Instrument


class NotComparable(WeltoffenError):
    """Two questionnaires of which nothing says what became of their items."""

    exit_code = 2


def comparable_items(before: Instrument, after: Instrument) -> tuple[dict[str, str], dict[str, str]]:
    """(new item → its earlier one) where the two are comparable; and the dimension of each that is not.

    Raises
    ------
    NotComparable
        If the later questionnaire does not name the earlier one as its previous.
    """
    if before.id == after.id and before.sha256 == after.sha256:
        return {item.id: item.id for item in after.items}, {}
    if after.previous != before.id:
        raise NotComparable(
            f"The questionnaire {after.id} does not say what became of the items of {before.id}; "
            "name it as previous and add a mapping.csv."
        )
    same = {m.item: m.previous for m in after.mapping if m.comparable == "yes" and m.item and m.previous}
    dimension_of = {item.id: item.dimension for item in after.items}
    earlier = {item.id: item.dimension for item in before.items}
    other = {name: dimension for name, dimension in dimension_of.items() if name not in same}
    kept = {m.previous for m in after.mapping if m.item}
    # an item that was dropped has no new name; it stays under its earlier one
    dropped = {f"previous:{name}": at for name, at in earlier.items() if name not in kept}
    return same, {**other, **dropped}


class WaveComparison(NamedTuple):
    """What two waves say of each other.

    ``points``: by municipality and item, in the order of the questionnaire, what its administration had and
    what it has, of the items on which its change rests.
    """

    findings: list[Finding]
    points: dict[str, dict[str, tuple[float, float]]]


def compare_waves(
    before: pd.DataFrame,
    after: pd.DataFrame,
    instruments: tuple[Instrument, Instrument],
    scheme: ScoringScheme,
) -> WaveComparison:
    """What moved from one wave to the next; ``wave`` is the later one, ``variant`` the earlier.

    Of the administration: ``change`` in points, and how many items went up, down, stayed, or cannot be
    compared. Of persons: two cross-sections with the interval of Welch. Never an effect of anything.

    Parameters
    ----------
    before, after : scores by respondent of the two waves, as score_responses gives them
    """
    same, other = comparable_items(*instruments)
    waves = (
        str(before["wave"].iloc[0]) if len(before) else "",
        str(after["wave"].iloc[0]) if len(after) else "",
    )
    sides = [
        _points(before, {previous: item for item, previous in same.items()}, scheme.min_group_size),
        _points(after, {item: item for item in same}, scheme.min_group_size),
    ]
    own = [_administrations(side[side["told"]]) for side in sides]
    of_persons = [_persons(side) for side in sides]
    lost = Counter(other.values())
    found, points = [], {}
    answered = [set(map(str, side["municipality"].unique())) for side in sides]
    for municipality in sorted(answered[0] & answered[1]):
        earlier, now = (side.get(municipality, {}) for side in own)
        both = {
            i.id: (earlier[i.id], now[i.id]) for i in instruments[1].items if i.id in earlier and i.id in now
        }
        persons = [side[municipality] for side in of_persons if municipality in side]
        for dimension in instruments[1].dimensions:
            items = [item.id for item in instruments[1].items_of(dimension.id) if item.id in same]
            where = Finding(
                "", wave=waves[1], variant=waves[0], setting="questionnaire", municipality=municipality,
                level="dimension", id=dimension.id, perspective="administration",
            )  # fmt: skip
            found += _of_administration(both, items, lost[dimension.id], where)
            found += _of_persons(persons, items, where, scheme.min_group_size)
        points[municipality] = both
    return WaveComparison(found, points)


#: What tells one answer from another, beside its item.
_WHO = ["municipality", "setting", "perspective", "unit", "respondent"]


def _points(scores: pd.DataFrame, names: Mapping[str, str], minimum: int) -> pd.DataFrame:
    """Rows of items that have points and a (new) name, with who gave them.

    ``told``: whether it is what the administration says of itself.
    """
    chosen = (scores["level"] == "item") & scores["score"].notna()
    rows = scores.loc[chosen, [*_WHO, "id", "score"]].assign(told=is_statement(scores, minimum)[chosen])
    rows = rows.assign(id=rows["id"].astype(str).map(names)).dropna(subset=["id"])
    # texts of which few differ: by their numbers they are grouped at once
    return rows.astype(dict.fromkeys((*_WHO, "id"), "category"))


def _administrations(side: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Points of the administration by municipality and item, the mean of its sheets."""
    rows = side[(side["setting"] == "questionnaire") & (side["perspective"] == "administration")]
    found: dict[str, dict[str, float]] = {}
    of_item = rows.groupby(["municipality", "id"], observed=True)["score"].mean().reset_index()
    for municipality, item, value in of_item.itertuples(index=False):
        found.setdefault(str(municipality), {})[str(item)] = float(value)
    return found


def _persons(side: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of persons by municipality, each of which is looked up once."""
    rows = side[side["unit"] == "persons"]
    return {str(municipality): of_one for municipality, of_one in rows.groupby("municipality", observed=True)}


def _of_administration(
    compared: Mapping[str, tuple[float, float]], items: list[str], lost: int, where: Finding
) -> list[Finding]:
    both = [compared[item] for item in items if item in compared]
    moves = np.array([now - earlier for earlier, now in both])
    where = where.having(n=float(len(both)), n_applicable=float(len(items)))
    reason = "" if len(both) else "no_common_items"
    value = float(moves.mean()) if len(both) else math.nan
    found = [where.having(quantity="change", value=value, method="mean over the items", reason=reason)]
    for quantity, count in (
        ("items_up", int((moves > 1e-9).sum())),
        ("items_down", int((moves < -1e-9).sum())),
        ("items_same", int((np.abs(moves) <= 1e-9).sum())),
        ("items_not_comparable", lost),
    ):
        found.append(where.having(quantity=quantity, value=float(count), method="count"))
    return found


def _of_persons(persons: list[pd.DataFrame], items: list[str], where: Finding, minimum: int) -> list[Finding]:
    """Two cross-sections of persons, one per setting in which there were persons in both waves."""
    if len(persons) < 2:
        # in one of the waves there were none
        return []
    means: list[dict[str, list[float]]] = []
    for side in persons:
        rows = side[side["id"].isin(items)]
        who = ["setting", "perspective", "respondent"]
        of_person = rows.groupby(who, observed=True)["score"].mean().reset_index()
        by_setting: dict[str, list[float]] = {}
        for setting, value in zip(of_person["setting"], of_person["score"], strict=True):
            by_setting.setdefault(str(setting), []).append(float(value))
        means.append(by_setting)
    found = []
    for setting in sorted(set(means[0]) & set(means[1])):
        earlier, later = means[0][setting], means[1][setting]
        about = where.having(
            quantity="change", setting=setting, perspective="participants",
            n=float(len(earlier) + len(later)), method="Welch, two cross-sections",
        )  # fmt: skip
        if min(len(earlier), len(later)) < minimum:
            found.append(about.having(reason="group_size"))
            continue
        interval = welch_interval(later, earlier)
        value = float(np.mean(later) - np.mean(earlier))
        found.append(about.having(value=value, low=interval.low, high=interval.high, reason=interval.reason))
    return found
