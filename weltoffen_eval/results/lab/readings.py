"""What the lab reads off: the profile under both schemes, how all move, and schemes side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.study.perspectives import is_self_check


@dataclass(frozen=True)
class FieldReading:
    """The score of a dimension, or the overall score, under the standard and under what is tried.

    ``title`` by language; points, NaN where withheld, and why. ``low``, ``high``: the robustness band of the
    standard's score; NaN where there is none.
    """

    id: str
    title: Mapping[str, str]
    before: float
    after: float
    withheld_before: str
    withheld_after: str
    low: float = math.nan
    high: float = math.nan

    @property
    def change(self) -> float:
        """By how many points; NaN where one of both is withheld."""
        return self.after - self.before

    @property
    def leaves_band(self) -> bool:
        """Whether the score lies outside the band of the standard's."""
        return self.after < self.low or self.after > self.high


def profile_readings(lab: ScoringLab) -> list[FieldReading]:
    """The profile of the municipality: its dimensions, and the overall score where a scheme has one."""
    before, after = (_rows(lab, scheme) for scheme in (lab.standard, lab.current))
    bands = lab.answers.bands(lab.municipality, lab.standard)
    entries = [("dimension", d.id, d.title) for d in lab.instrument.dimensions]
    if ("overall", "overall") in before or ("overall", "overall") in after:
        entries.append(("overall", "overall", {}))
    found = []
    for level, name, title in entries:
        (one, why_one), (other, why_other) = (
            rows.get((level, name), (math.nan, "not_computed")) for rows in (before, after)
        )
        band = bands.get(name) if level == "dimension" else None
        ends = (band.low, band.high) if band else (math.nan, math.nan)
        found.append(FieldReading(name, title, one, other, why_one, why_other, *ends))
    return found


def _rows(lab: ScoringLab, scheme: ScoringScheme) -> dict[tuple[str, str], tuple[float, str]]:
    rows = lab.answers.own(lab.municipality, scheme).scores
    columns = (rows["level"].astype(str), rows["id"].astype(str), rows["score"], rows["withheld"].astype(str))
    return {(level, name): (float(score), why) for level, name, score, why in zip(*columns, strict=True)}


def all_moves(lab: ScoringLab) -> pd.DataFrame | None:
    """One row per municipality × dimension, columns as :func:`compare_schemes` has them.

    None where fewer municipalities answered than a comparison without names needs.
    """
    if len(lab.answers.municipalities) < LEAST_OTHERS:
        return None
    # scores of the same answers: the same rows in the same order
    before, after = (lab.answers.scores(scheme) for scheme in (lab.standard, lab.current))
    one, other = (rows[is_self_check(rows) & (rows["level"] == "dimension")] for rows in (before, after))
    compared = one[["municipality", "wave", "id"]].rename(columns={"id": "dimension"})
    compared["before"] = one["score"].to_numpy()
    compared["after"] = other["score"].to_numpy()
    compared["change"] = compared["after"] - compared["before"]
    return compared.reset_index(drop=True)


def side_by_side(lab: ScoringLab) -> dict[str, dict[str, float]]:
    """The points of each dimension under the schemes that were set aside, by their names."""
    dimensions = [dimension.id for dimension in lab.instrument.dimensions]
    found = {}
    for name, scheme in lab.beside.items():
        rows = _rows(lab, scheme)
        found[name] = {entry: rows.get(("dimension", entry), (math.nan, ""))[0] for entry in dimensions}
    return found
