"""How far the persons of workshops agree, as findings that have gone through the door."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from weltoffen_eval.analysis import agreement, robustness
from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import no_interval
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.persons import persons_of, scored_waves
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument


def agreements(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
    bootstrap: bool = True,
) -> list[Finding]:
    """How far the persons of a workshop agree, by item and over all; and whether municipalities differ."""
    if not (responses["unit"] == "persons").any():
        return []
    waves = list(scored_waves(study, responses, scheme, merging))
    people = persons_of(waves, scheme)
    door = release((), people, scheme=scheme, audience=audience)
    found = []
    for wave, instrument, scores in waves:
        persons = responses[(responses["wave"] == wave) & (responses["unit"] == "persons")]
        for (municipality, setting), rows in persons.groupby(["municipality", "setting"], observed=True):
            where = Finding(
                "", wave=wave, setting=str(setting), municipality=str(municipality), perspective=ALL
            )
            told = door.clearances[str(municipality), wave, str(setting)].shown("item", DISTRIBUTION)
            found += _within_workshop(rows, instrument, scheme, where, study.id, told, bootstrap)
        for setting, of_setting in scores[scores["unit"] == "persons"].groupby("setting", observed=True):
            where = Finding("", wave=wave, setting=str(setting), perspective=ALL)
            told_of = {
                (key, dimension)
                for (key, at, there), clearance in door.clearances.items()
                if (at, there) == (wave, str(setting))
                for dimension in clearance.shown("dimension", DISTRIBUTION)
            }
            found += _between_municipalities(of_setting, where, told_of)
    return door.also(found)


def _within_workshop(
    rows: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    where: Finding,
    study: str,
    told: Collection[str],
    bootstrap: bool,
) -> list[Finding]:
    texts = rows.assign(
        item=rows["item"].astype(str),
        who=rows["perspective"].astype(str) + "/" + rows["respondent"].astype(str),
    )
    codes = texts.pivot(index="item", columns="who", values="code").astype(float)
    # rows of numbers: to take and set rows of a frame takes a hundred times as long
    codes_of = dict(zip(codes.index, codes.to_numpy(), strict=True))
    points: dict[str, list[float]] = {}
    found = []
    for item in instrument.items:
        points_of, _, _ = item_points(item, instrument, scheme)
        if item.id not in codes_of or not points_of:
            continue
        # over points, so that a reversed item counts as it scores
        options = sorted(points_of, key=lambda code: points_of[code])
        given = [code for code in codes_of[item.id] if not math.isnan(code)]
        points[item.id] = [points_of.get(code, math.nan) for code in codes_of[item.id]]
        about = replace(where, level="item", id=item.id, n=float(len(given)))
        reason = "group_size" if len(given) < scheme.min_group_size else ""
        places = np.array([options.index(code) for code in given], dtype=float)
        frequencies = [int((places == n).sum()) for n in range(len(options))]
        for quantity, value, method in (
            ("average_deviation", agreement.average_deviation(places), "from the median, in categories"),
            ("van_der_eijk_a", agreement.van_der_eijk_a(frequencies), "of the frequencies"),
        ):
            shown = math.nan if reason else value
            found.append(replace(about, quantity=quantity, value=shown, method=method, reason=reason))
    people = codes.shape[1]
    # over the items that are out: alpha would tell of the others
    ordinal = [
        item.id for item in instrument.items if item.id in told and instrument.scale_by_id[item.scale].options
    ]
    unanswered = [math.nan] * people
    ratings = np.array([points.get(name, unanswered) for name in ordinal], dtype=float)
    for metric in ("nominal", "ordinal", "interval"):
        about = replace(
            where, quantity="krippendorff_alpha", variant=metric, level="overall", id="overall",
            n=float(people), n_applicable=float(len(ordinal)), method="units: items; bootstrap over items",
        )  # fmt: skip
        if people < scheme.min_group_size or not ordinal:
            reason = "group_size" if people < scheme.min_group_size else "disclosure"
            found.append(replace(about, reason=reason))
            continue
        value = agreement.krippendorff_alpha(ratings, metric)
        seed = robustness.seed_of(study, where.municipality, metric)
        interval = no_interval("")
        if bootstrap:
            interval = agreement.krippendorff_interval(ratings, metric, seed)
        reason = "no_variance" if math.isnan(value) else interval.reason
        found.append(replace(about, value=value, low=interval.low, high=interval.high, reason=reason))
    return found


def _between_municipalities(
    scores: pd.DataFrame, where: Finding, told: Collection[tuple[str, str]]
) -> list[Finding]:
    """ICC of the persons' dimension scores, grouped by municipality; of those whose dimension is out."""
    rows = scores[(scores["level"] == "dimension") & scores["score"].notna()]
    keys = zip(rows["municipality"].astype(str), rows["id"].astype(str), strict=True)
    rows = rows[[key in told for key in keys]]
    found = []
    for dimension, part in rows.groupby("id", observed=True):
        groups = [of.to_numpy(dtype=float) for _, of in part.groupby("municipality", observed=True)["score"]]
        icc = agreement.one_way_icc(groups)
        about = replace(
            where, level="dimension", id=str(dimension), n=float(icc.n_units),
            n_applicable=float(sum(map(len, groups))), method=f"one-way, k0 = {icc.k0:.4g}",
        )  # fmt: skip
        for quantity, value, interval in (
            ("icc_1_1", icc.single, icc.single_interval),
            ("icc_1_k", icc.mean, icc.mean_interval),
        ):
            found.append(
                replace(
                    about, quantity=quantity, value=value, low=interval.low, high=interval.high,
                    reason=icc.reason or interval.reason,
                )
            )  # fmt: skip
    return found
