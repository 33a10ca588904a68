"""How the questionnaire works, as tables: consistency, agreement, questions, weights."""

from __future__ import annotations

import math

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.study.cells import (
    cell,
    dimension_column,
    ends,
    hundredths,
    named,
    question_cells,
    question_columns,
    signed,
    statistic_column,
    value_or_reason,
)
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_findings import (
    answer_findings,
    by_quantity,
    settings_of,
    weight_findings,
)

#: Persons or municipalities from which a share is printed in percent.
LEAST_FOR_PERCENT = 20
_KINDS = ("skipped", "dont_know", "not_applicable")


def alpha(telling: StudyTelling, wave: str) -> Table:
    """One row per dimension: alpha with both intervals, or why there is none."""
    found = by_quantity(telling.overview.reliability, wave, "dimension")
    rows = []
    for dimension in telling.overview.instrument(wave).dimensions:
        of = found[dimension.id]
        raw, standardised = of["alpha"], of["alpha_standardised"]
        rows.append(
            [
                named(dimension, telling),
                cell(str(int(raw.n)), raw),
                cell(str(int(raw.n_applicable)), raw),
                cell(value_or_reason(telling, raw), raw),
                *(cell(ends(telling.language, e), e) for e in (of["alpha=feldt"], of["alpha=bonett"])),
                cell(hundredths(telling.language, standardised.value), standardised),
            ]
        )
    return keyed_table(
        telling.text("alpha_table", wave=wave),
        (
            dimension_column(telling, wave),
            Column(telling.word("columns", "n"), True, telling.word("statistics_units", "complete")),
            statistic_column(telling, "k", telling.word("units", "questions")),
            *(statistic_column(telling, term) for term in ("alpha", "feldt", "bonett", "standardised")),
        ),
        rows,
        f"alpha-{wave}",
    )


def agreement(telling: StudyTelling, wave: str, setting: str = "") -> Table:
    """One row per dimension: how far the persons of one municipality are like each other."""
    found = by_quantity(telling.overview.agreement, wave, "dimension", setting)
    rows = []
    for dimension in telling.overview.instrument(wave).dimensions:
        of = found.get(dimension.id)
        if of is not None:
            single, mean = of["icc_1_1"], of["icc_1_k"]
            rows.append(
                [
                    named(dimension, telling),
                    cell(str(int(single.n)), single),
                    cell(str(int(single.n_applicable)), single),
                    cell(value_or_reason(telling, single), single),
                    cell(ends(telling.language, single), single),
                    cell(value_or_reason(telling, mean), mean),
                    cell(ends(telling.language, mean), mean),
                ]
            )
    return keyed_table(
        telling.text("agreement_table", wave=wave),
        (
            dimension_column(telling, wave),
            Column(telling.word("columns", "n"), True, telling.word("units", "municipalities")),
            statistic_column(telling, "persons"),
            statistic_column(telling, "icc_1_1"),
            statistic_column(telling, "icc_interval", telling.word("statistics_units", "one_person")),
            statistic_column(telling, "icc_1_k"),
            statistic_column(telling, "icc_interval", telling.word("statistics_units", "mean_of_persons")),
        ),
        rows,
        f"agreement-{wave}-{setting}"
        if len(settings_of(telling.overview.agreement, wave)) > 1
        else f"agreement-{wave}",
    )


def items(telling: StudyTelling, wave: str) -> Table:
    """One row per item: answers, non-answers by kind, mean, ends of the scale, discrimination."""
    overview, language = telling.overview, telling.language
    reliability = by_quantity(overview.reliability, wave, "item")
    answers = answer_findings(overview, wave)
    rows = []
    for item in overview.instrument(wave).items:
        of = {**reliability[item.id], **answers[item.id]}
        options = sorted(overview.instrument(wave).scale_of(item.id).options, key=lambda o: o.points)
        codes = (options[0].code, options[-1].code) if options else (None, None)
        missing = (of[f"n_missing={kind}"] for kind in _KINDS)
        told = not math.isnan(of["difficulty"].value)
        rows.append(
            [
                *question_cells(telling, wave, item.id, texts=False),
                cell(str(int(of["coverage"].n)), of["coverage"]),
                *(cell(str(int(count.value)), count) for count in missing),
                cell(language.points(of["difficulty"].value), of["difficulty"]),
                *(_end(telling, of.get(f"share={code}") if told else None) for code in codes),
                cell(signed(language, of["discrimination"].value, 2), of["discrimination"]),
            ]
        )
    return keyed_table(
        telling.text("items_table", wave=wave),
        (
            *question_columns(telling, wave, texts=False),
            Column(telling.word("columns", "n"), True, telling.word("units", "sheets")),
            *(Column(telling.word("missing", kind), True) for kind in _KINDS),
            statistic_column(telling, "mean", telling.word("units", "points")),
            *(statistic_column(telling, term) for term in ("lowest", "highest", "discrimination")),
        ),
        rows,
        f"items-{wave}",
        folded=True,
    )


def _end(telling: StudyTelling, share: Finding | None) -> Cell:
    """How many chose an end of the scale: in percent from 20 answers on, else as a count.

    "0 %" is said where nobody did, "100 %" where all did, and of nobody's answers nothing.
    """
    if share is None or math.isnan(share.value):
        return cell(telling.word("cells", "no_value"))
    if share.n < LEAST_FOR_PERCENT:
        return cell(telling.language.part_of(whole(share.value * share.n), share.n), share)
    if 0 < share.value < 1 and whole(share.value * 100) in (0, 100):
        form = "share_above" if share.value > 0.5 else "share_below"
        bound = telling.language.share(0.99 if share.value > 0.5 else 0.01)
        return cell(telling.word("forms", form).format(share=bound), share)
    return cell(telling.language.share(share.value), share)


def weights(telling: StudyTelling, wave: str) -> Table:
    """What each dimension counts by the scheme, and how far it goes along with the whole."""
    overview, language = telling.overview, telling.language
    found = weight_findings(overview, wave)
    nominal = {name: weight for name, weight, _ in overview.weights(wave)}
    return keyed_table(
        telling.text("weights_table", wave=wave),
        (
            dimension_column(telling, wave),
            statistic_column(telling, "weight", telling.word("statistics_units", "share")),
            statistic_column(telling, "r_squared"),
        ),
        (
            [
                named(dimension, telling),
                cell(hundredths(language, nominal[dimension.id])),
                cell(
                    hundredths(language, found[dimension.id]["effective_weight"].value),
                    found[dimension.id]["effective_weight"],
                ),
            ]
            for dimension in overview.instrument(wave).dimensions
        ),
        f"weights-{wave}",
    )
