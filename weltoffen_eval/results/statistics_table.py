"""Every analysis of a study as one table of findings, for those who check the numbers without a notebook."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from weltoffen_eval.analysis import agreement, change, reliability, robustness
from weltoffen_eval.analysis.across import across_findings
from weltoffen_eval.analysis.comparison import compare_with_others, reference_findings
from weltoffen_eval.analysis.findings import Finding, findings_frame
from weltoffen_eval.analysis.gap_matrix import ALL, gap_matrices
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.intervals import no_interval
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses, score_study
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument


def analyse(study: Study, responses: pd.DataFrame, scheme: ScoringScheme, what: str) -> pd.DataFrame:
    """One of ANALYSES over all waves and municipalities of a study; columns as findings.COLUMNS.

    Nothing is rounded; a value that does not exist is empty, with the reason.
    """
    return findings_frame(ANALYSES[what](study, responses, scheme))


def reference(study: Study, responses: pd.DataFrame, scheme: ScoringScheme) -> list[Finding]:
    """Median and quartiles of the others, and on which side of the middle half each score lies."""
    return reference_findings(compare_with_others(score_study(study, responses, scheme), study.register))


def gaps(study: Study, responses: pd.DataFrame, scheme: ScoringScheme) -> list[Finding]:
    """Of every municipality with persons' answers, then across municipalities."""
    found = []
    for _, instrument, scores in _by_wave(study, responses, scheme):
        for matrix in gap_matrices(scores, instrument):
            found += gap_findings(matrix, scheme)
    return found + across_findings(found)


def changes(study: Study, responses: pd.DataFrame, scheme: ScoringScheme) -> list[Finding]:
    """From each wave to the next."""
    waves = [(instrument, scores) for _, instrument, scores in _by_wave(study, responses, scheme)]
    found = []
    for (before, earlier), (after, later) in pairwise(waves):
        found += change.change_findings(earlier, later, (before, after), scheme)
    return found


def robust(study: Study, responses: pd.DataFrame, scheme: ScoringScheme) -> list[Finding]:
    """Of every administration that answered."""
    scores = score_study(study, responses, scheme)
    compared = compare_with_others(scores, study.register)
    medians = _by_municipality(compared[compared["level"] == "dimension"], "median")
    own = scores[is_self_check(scores)]
    own_scores = _by_municipality(own[own["level"] == "dimension"], "score")
    answers = responses[is_self_check(responses)]
    found = []
    for (municipality, wave), rows in answers.groupby(["municipality", "wave"], observed=True):
        key = str(municipality), str(wave)
        bands = robustness.robustness_bands(
            rows, study.instruments[key[1]], scheme, medians.get(key, {}), own_scores.get(key, {}),
            robustness.seed_of(study.id, key[0]),
        )  # fmt: skip
        found += robustness.robustness_findings(bands, key[1], key[0])
    return found


def _by_municipality(rows: pd.DataFrame, column: str) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for municipality, wave, name, value in zip(
        *(rows[c] for c in ("municipality", "wave", "id", column)), strict=True
    ):
        found.setdefault((str(municipality), str(wave)), {})[str(name)] = float(value)
    return found


def reliabilities(study: Study, responses: pd.DataFrame, scheme: ScoringScheme) -> list[Finding]:
    """Of the questionnaire in each wave; a row is the administration of a municipality."""
    found = []
    for wave, instrument, scores in _by_wave(study, responses, scheme):
        points = administration_points(scores, instrument)
        where = Finding("", wave=wave, setting="questionnaire", perspective="administration")
        for dimension in instrument.dimensions:
            items = [item.id for item in instrument.items_of(dimension.id)]
            matrix = points[items].to_numpy(dtype=float)
            found += _alpha_findings(
                reliability.cronbach_alpha(matrix), replace(where, level="dimension", id=dimension.id)
            )
            for item, value in zip(items, reliability.discriminations(matrix), strict=True):
                answered = points[item].dropna()
                about = replace(where, level="item", id=item, n=float(len(answered)))
                reason = "" if not math.isnan(value) else "no_variance_or_n_below_10"
                found.append(
                    replace(
                        about,
                        quantity="discrimination",
                        value=value,
                        method="item–rest, listwise",
                        reason=reason,
                    )
                )
                mean = float(answered.mean()) if len(answered) else math.nan
                reason = "" if len(answered) else "no_responses"
                found.append(
                    replace(about, quantity="difficulty", value=mean, method="mean points", reason=reason)
                )
    return found


def administration_points(by_respondent: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Points municipality × item of the administrations, each the mean of its sheets."""
    own = by_respondent[(by_respondent["level"] == "item") & is_self_check(by_respondent)]
    own = own.astype({"municipality": str, "id": str})
    points = own.groupby(["municipality", "id"])["score"].mean().unstack()
    return points.reindex(columns=[item.id for item in instrument.items])


def _alpha_findings(alpha: reliability.Alpha, where: Finding) -> list[Finding]:
    where = replace(where, n=float(alpha.n), n_applicable=float(alpha.k), reason=alpha.reason)
    rows = [
        replace(where, quantity="alpha", value=alpha.raw, method=f"listwise, {len(alpha.constant)} constant")
    ]
    for variant, interval in (("feldt", alpha.feldt), ("bonett", alpha.bonett)):
        rows.append(
            replace(
                where, quantity="alpha", variant=variant, value=alpha.raw, low=interval.low,
                high=interval.high, method="95 %", reason=alpha.reason or interval.reason,
            )
        )  # fmt: skip
    reason = alpha.reason or ("no_variance" if math.isnan(alpha.standardised) else "")
    rows.append(
        replace(
            where, quantity="alpha_standardised", value=alpha.standardised, method="listwise", reason=reason
        )
    )
    return rows


def agreements(
    study: Study, responses: pd.DataFrame, scheme: ScoringScheme, bootstrap: bool = True
) -> list[Finding]:
    """How far the persons of a workshop agree, by item and over all; and whether municipalities differ."""
    found = []
    for wave, instrument, scores in _by_wave(study, responses, scheme):
        persons = responses[(responses["wave"] == wave) & (responses["unit"] == "persons")]
        for (municipality, setting), rows in persons.groupby(["municipality", "setting"], observed=True):
            where = Finding(
                "", wave=wave, setting=str(setting), municipality=str(municipality), perspective=ALL
            )
            found += _within_workshop(rows, instrument, scheme, where, study.id, bootstrap)
        for setting, of_setting in scores[scores["unit"] == "persons"].groupby("setting", observed=True):
            where = Finding("", wave=wave, setting=str(setting), perspective=ALL)
            found += _between_municipalities(of_setting, where)
    return found


def _within_workshop(
    rows: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    where: Finding,
    study: str,
    bootstrap: bool,
) -> list[Finding]:
    texts = rows.assign(
        item=rows["item"].astype(str),
        who=rows["perspective"].astype(str) + "/" + rows["respondent"].astype(str),
    )
    codes = texts.pivot(index="item", columns="who", values="code").astype(float)
    found = []
    for item in instrument.items:
        options = sorted(option.code for option in instrument.scale_by_id[item.scale].options)
        if item.id not in codes.index or not options:
            continue
        given = codes.loc[item.id].dropna()
        about = replace(where, level="item", id=item.id, n=float(len(given)))
        reason = "group_size" if len(given) < scheme.min_group_size else ""
        places = given.map(options.index).to_numpy(dtype=float)
        frequencies = [int((places == n).sum()) for n in range(len(options))]
        for quantity, value, method in (
            ("average_deviation", agreement.average_deviation(places), "from the median, in categories"),
            ("van_der_eijk_a", agreement.van_der_eijk_a(frequencies), "of the frequencies"),
        ):
            shown = math.nan if reason else value
            found.append(replace(about, quantity=quantity, value=shown, method=method, reason=reason))
    people = codes.shape[1]
    ordinal = [item.id for item in instrument.items if instrument.scale_by_id[item.scale].options]
    ratings = codes.reindex(ordinal).to_numpy(dtype=float)
    for metric in ("nominal", "ordinal", "interval"):
        about = replace(
            where, quantity="krippendorff_alpha", variant=metric, level="overall", id="overall",
            n=float(people), n_applicable=float(len(ordinal)), method="units: items; bootstrap over items",
        )  # fmt: skip
        if people < scheme.min_group_size:
            found.append(replace(about, reason="group_size"))
            continue
        value = agreement.krippendorff_alpha(ratings, metric)
        seed = robustness.seed_of(study, where.municipality, metric)
        interval = no_interval("not_asked_for")
        if bootstrap:
            interval = agreement.krippendorff_interval(ratings, metric, seed)
        reason = "no_variance" if math.isnan(value) else interval.reason
        found.append(replace(about, value=value, low=interval.low, high=interval.high, reason=reason))
    return found


def _between_municipalities(scores: pd.DataFrame, where: Finding) -> list[Finding]:
    """ICC of the persons' dimension scores, grouped by municipality."""
    rows = scores[(scores["level"] == "dimension") & scores["score"].notna()]
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


def _by_wave(
    study: Study, responses: pd.DataFrame, scheme: ScoringScheme
) -> Iterator[tuple[str, Instrument, pd.DataFrame]]:
    """Wave, its questionnaire, and its scores by respondent."""
    for wave, instrument in study.instruments.items():
        rows = responses[responses["wave"] == wave]
        if len(rows):
            yield wave, instrument, score_responses(rows, instrument, scheme, by="respondent")


#: What can be analysed, by the name that the command takes.
ANALYSES: dict[str, Callable[[Study, pd.DataFrame, ScoringScheme], list[Finding]]] = {
    "reference": reference,
    "gaps": gaps,
    "change": changes,
    "robustness": robust,
    "reliability": reliabilities,
    "agreement": agreements,
}
