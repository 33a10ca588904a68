"""Change between two waves, over the items that are comparable and that both sides answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

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


def change_findings(
    before: pd.DataFrame,
    after: pd.DataFrame,
    instruments: tuple[Instrument, Instrument],
    scheme: ScoringScheme,
) -> list[Finding]:
    """What moved from one wave to the next; ``wave`` is the later one, ``variant`` the earlier.

    Of the administration: ``change`` in points, and how many items went up, down, stayed, or cannot be
    compared. Of persons: two cross-sections with the interval of Welch. Never an effect of anything.

    Parameters
    ----------
    before, after : scores by respondent of the two waves, as score_responses gives them
    """
    same, other = comparable_items(*instruments)
    earlier_names = {previous: item for item, previous in same.items()}
    waves = (
        str(before["wave"].iloc[0]) if len(before) else "",
        str(after["wave"].iloc[0]) if len(after) else "",
    )
    sides = [_points(before, earlier_names), _points(after, {item: item for item in same})]
    minimum = scheme.min_group_size
    told = [
        _points(before[is_statement(before, minimum)], earlier_names),
        _points(after[is_statement(after, minimum)], {item: item for item in same}),
    ]
    found = []
    for municipality in sorted(
        set(sides[0].index.unique("municipality")) & set(sides[1].index.unique("municipality"))
    ):
        own = [_administration(side, municipality) for side in told]
        for dimension in instruments[1].dimensions:
            items = [item.id for item in instruments[1].items_of(dimension.id) if item.id in same]
            where = Finding(
                "", wave=waves[1], variant=waves[0], setting="questionnaire", municipality=municipality,
                level="dimension", id=dimension.id, perspective="administration",
            )  # fmt: skip
            lost = sum(at == dimension.id for at in other.values())
            found += _of_administration(own, items, lost, where)
            found += _of_persons(sides, municipality, items, where, minimum)
    return found


def compared_points(
    before: pd.DataFrame, after: pd.DataFrame, instruments: tuple[Instrument, Instrument], municipality: str
) -> dict[str, tuple[float, float]]:
    """By item what an administration has earlier and now, of the items on which its change rests.

    Parameters
    ----------
    before, after : as in :func:`change_findings`, of institutions
    """
    same, _ = comparable_items(*instruments)
    earlier = _administration(_points(before, {old: new for new, old in same.items()}), municipality)
    now = _administration(_points(after, {item: item for item in same}), municipality)
    return {
        item.id: (earlier[item.id], now[item.id])
        for item in instruments[1].items
        if item.id in earlier and item.id in now
    }


def _points(scores: pd.DataFrame, names: Mapping[str, str]) -> pd.Series:
    """Points by municipality, setting, perspective, unit, respondent and (new) item."""
    rows = scores[(scores["level"] == "item") & scores["score"].notna()]
    keys = ["municipality", "setting", "perspective", "unit", "respondent", "id"]
    texts = rows.astype(dict.fromkeys(keys, str))
    texts = texts[texts["id"].isin(names)]
    return texts.assign(id=texts["id"].map(names)).set_index(keys)["score"]


def _administration(side: pd.Series, municipality: str) -> dict[str, float]:
    rows = side[
        (side.index.get_level_values("municipality") == municipality)
        & (side.index.get_level_values("setting") == "questionnaire")
        & (side.index.get_level_values("perspective") == "administration")
    ]
    return {str(item): float(value) for item, value in rows.groupby("id").mean().items()}


def _of_administration(
    own: list[dict[str, float]], items: list[str], lost: int, where: Finding
) -> list[Finding]:
    both = [item for item in items if item in own[0] and item in own[1]]
    moves = np.array([own[1][item] - own[0][item] for item in both])
    where = replace(where, n=float(len(both)), n_applicable=float(len(items)))
    reason = "" if len(both) else "no_common_items"
    value = float(moves.mean()) if len(both) else math.nan
    found = [replace(where, quantity="change", value=value, method="mean over the items", reason=reason)]
    for quantity, count in (
        ("items_up", int((moves > 1e-9).sum())),
        ("items_down", int((moves < -1e-9).sum())),
        ("items_same", int((np.abs(moves) <= 1e-9).sum())),
        ("items_not_comparable", lost),
    ):
        found.append(replace(where, quantity=quantity, value=float(count), method="count"))
    return found


def _of_persons(
    sides: list[pd.Series], municipality: str, items: list[str], where: Finding, minimum: int
) -> list[Finding]:
    """Two cross-sections of persons, one per setting in which there were persons in both waves."""
    means: list[dict[str, list[float]]] = []
    for side in sides:
        rows = side[
            (side.index.get_level_values("municipality") == municipality)
            & (side.index.get_level_values("unit") == "persons")
            & side.index.get_level_values("id").isin(items)
        ]
        of_person = rows.groupby(["setting", "perspective", "respondent"]).mean().reset_index()
        by_setting: dict[str, list[float]] = {}
        for setting, value in zip(of_person["setting"], of_person["score"], strict=True):
            by_setting.setdefault(str(setting), []).append(float(value))
        means.append(by_setting)
    found = []
    for setting in sorted(set(means[0]) & set(means[1])):
        earlier, later = means[0][setting], means[1][setting]
        about = replace(
            where, quantity="change", setting=setting, perspective="participants",
            n=float(len(earlier) + len(later)), method="Welch, two cross-sections",
        )  # fmt: skip
        if min(len(earlier), len(later)) < minimum:
            found.append(replace(about, reason="group_size"))
            continue
        interval = welch_interval(later, earlier)
        value = float(np.mean(later) - np.mean(earlier))
        found.append(
            replace(about, value=value, low=interval.low, high=interval.high, reason=interval.reason)
        )
    return found
