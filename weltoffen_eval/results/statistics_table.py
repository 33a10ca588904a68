"""Every analysis of a study as one table of findings, for those who check the numbers without a notebook."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from weltoffen_eval.analysis import change, reliability, robustness
from weltoffen_eval.analysis.across import across_findings
from weltoffen_eval.analysis.comparison import printed, reference_findings, references_of, statements
from weltoffen_eval.analysis.disclosure import ALL, is_statement
from weltoffen_eval.analysis.findings import Finding, findings_frame
from weltoffen_eval.analysis.gaps import absolute_gaps, gap_findings
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.progress import counted
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.results.agreement_table import agreements
from weltoffen_eval.results.compared_waves import compared_waves
from weltoffen_eval.results.persons import persons_of, scored_waves
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.reported import SELF_CHECK, as_self_check


def analyse(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    what: str,
    merging: Merging | None = None,
) -> pd.DataFrame:
    """One of ANALYSES over all waves and municipalities of a study, as internal; columns as findings.COLUMNS.

    Nothing is rounded; a value that does not exist is empty, with the reason. ``merging``: how the
    sheets are merged; without it as the files of the study say, which may have to be read for it.
    """
    own = as_self_check(responses, study.report)
    merging = (merging_of(study) if merging is None else merging).as_self_check(study.report)
    return findings_frame(as_reported(ANALYSES[what](study, own, scheme, merging), study.report))


def reference(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
) -> list[Finding]:
    """Median and quartiles of the others, and each position to the middle half; nothing for the public."""
    if audience == "public":
        return []
    scores = score_study(study, responses, scheme, merging=merging)
    wanted = reference_findings(references_of(study, scores, scheme))
    return _let_out(wanted, study, responses, scheme, merging, audience)


def _let_out(
    wanted: list[Finding],
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str,
) -> list[Finding]:
    """Of administrations; where persons stand in for one, what their door lets out."""
    in_place = responses[is_self_check(responses) & (responses["unit"] == "persons")]
    their = {*zip(in_place["municipality"].astype(str), in_place["wave"].astype(str), strict=True)}
    waves = list(scored_waves(study, responses, scheme, merging)) if their else []
    people = [of for of in persons_of(waves, scheme) if (of.municipality, of.wave) in their]
    return release(wanted, people, scheme=scheme, audience=audience).findings


def gaps(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
) -> list[Finding]:
    """Of every municipality with persons' answers, then across municipalities."""
    if not (responses["unit"] == "persons").any():
        return []
    waves = list(scored_waves(study, responses, scheme, merging))
    people = persons_of(waves, scheme)
    wanted = [finding for of in people if not stand_alone(of) for finding in gap_findings(of, scheme)]
    door = release(wanted, people, scheme=scheme, audience=audience)
    found = door.findings
    for wave, instrument, _ in waves:
        items = {item.id: item.dimension for item in instrument.items}
        found = found + door.also(absolute_gaps((f for f in door.findings if f.wave == wave), items))
    return found + door.also(across_findings(door.findings))


def stand_alone(of: PersonAnswers) -> bool:
    """Whether all these persons stand for the administration: nobody is there to differ from them."""
    return of.in_place and set(of.perspectives) == {SELF_CHECK.perspective}


def changes(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
) -> list[Finding]:
    """From the wave before; of an administration from the last in which it, or its predecessor, answered."""
    waves = list(scored_waves(study, responses, scheme, merging))
    wanted = []
    for before, after, instruments in compared_waves(study, responses, waves):
        wanted += change.compare_waves(before, after, instruments, scheme).findings
    # who is in no change needs no look
    told = {
        (f.municipality, f.setting) for f in wanted if f.perspective == ALL or f.setting == "questionnaire"
    }
    people = [of for of in persons_of(waves, scheme) if (of.municipality, of.setting) in told]
    return release(wanted, people, scheme=scheme, audience=audience).findings


def robust(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
) -> list[Finding]:
    """Of every administration that answered."""
    scores = score_study(study, responses, scheme, merging=merging)
    medians: dict[tuple[str, str], dict[str, float]] = {}
    if audience != "public":
        compared = references_of(study, scores, scheme)
        compared = compared[compared["level"] == "dimension"]
        # against what is printed, as in the reports
        as_printed = [printed(row).median for row in compared.to_dict("records")]
        medians = _by_municipality(compared.assign(median=as_printed), "median")
    own = statements(scores)
    own_scores = _by_municipality(own[own["level"] == "dimension"], "score")
    answers = responses[is_statement(responses, scheme.min_group_size)]
    found = []
    of_each = answers.groupby(["municipality", "wave"], observed=True)
    for (municipality, wave), rows in counted(list(of_each)):
        key = str(municipality), str(wave)
        bands = robustness.robustness_bands(
            rows, study.instruments[key[1]], scheme, medians.get(key, {}), own_scores.get(key, {}),
            robustness.seed_of(study.id, key[0]), merging=merging,
        )  # fmt: skip
        found += robustness.robustness_findings(bands, key[1], key[0])
    return _let_out(found, study, responses, scheme, merging, audience)


def _by_municipality(rows: pd.DataFrame, column: str) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for municipality, wave, name, value in zip(
        *(rows[c] for c in ("municipality", "wave", "id", column)), strict=True
    ):
        found.setdefault((str(municipality), str(wave)), {})[str(name)] = float(value)
    return found


def reliabilities(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    merging: Merging,
    audience: str = "internal",
) -> list[Finding]:
    """Of the questionnaire in each wave; a row is the administration of a municipality."""
    found = []
    for wave, instrument, scores in scored_waves(study, responses, scheme, merging):
        points = administration_points(scores, instrument, scheme)
        asked = asked_items(scores, scheme)
        where = Finding("", wave=wave, setting="questionnaire", perspective="administration")
        for dimension in instrument.dimensions:
            every = [item.id for item in instrument.items_of(dimension.id)]
            items = [item for item in every if item in asked]
            for item in (item for item in every if item not in asked):
                about = replace(where, level="item", id=item, n=0.0, reason="not_asked")
                found += [replace(about, quantity=name) for name in ("discrimination", "difficulty")]
            matrix = points[items].to_numpy(dtype=float)
            found += _alpha_findings(
                reliability.cronbach_alpha(matrix), replace(where, level="dimension", id=dimension.id)
            )
            complete = int((~np.isnan(matrix)).all(axis=1).sum())
            for item, value in zip(items, reliability.discriminations(matrix), strict=True):
                answered = points[item].dropna()
                about = replace(where, level="item", id=item, n=float(len(answered)))
                least = matrix.shape[1] > 1 and complete >= reliability.LEAST_RESPONDENTS
                reason = "" if not math.isnan(value) else "no_variance" if least else "too_few"
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
    return release(found, (), scheme=scheme, audience=audience).findings


def asked_items(by_respondent: pd.DataFrame, scheme: ScoringScheme) -> set[str]:
    """The items that were put to an administration; the others are no part of a scale."""
    told = is_statement(by_respondent, scheme.min_group_size)
    own = by_respondent[(by_respondent["level"] == "item") & told]
    return set(map(str, own[own["withheld"] != "not_asked"]["id"].unique()))


def administration_points(
    by_respondent: pd.DataFrame, instrument: Instrument, scheme: ScoringScheme
) -> pd.DataFrame:
    """Points municipality × item of the administrations, each the mean of its sheets."""
    told = is_statement(by_respondent, scheme.min_group_size)
    own = by_respondent[(by_respondent["level"] == "item") & told]
    own = own.astype({"municipality": "category", "id": "category"})
    points = own.groupby(["municipality", "id"], observed=True)["score"].mean().unstack()
    points = points.set_axis(points.columns.astype(str), axis="columns")
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


#: What can be analysed, by the name that the command takes.
ANALYSES: dict[str, Callable[[Study, pd.DataFrame, ScoringScheme, Merging], list[Finding]]] = {
    "reference": reference,
    "gaps": gaps,
    "change": changes,
    "robustness": robust,
    "reliability": reliabilities,
    "agreement": agreements,
}
