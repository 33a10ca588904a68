"""The numbers across municipalities as tables; municipalities are counted in them and never named."""

from __future__ import annotations

import math
from collections.abc import Mapping

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.study.cells import (
    cell,
    dimension_column,
    interval,
    named,
    p_value,
    question_cells,
    question_columns,
    reason,
    signed,
    statistic_column,
)
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_findings import by_quantity, settings_of, spread_findings


def spread(telling: StudyTelling, wave: str) -> Table:
    """One row per dimension: how many municipalities, median, middle half."""
    language, found = telling.language, spread_findings(telling.overview, wave)
    points, municipalities = telling.word("units", "points"), telling.word("units", "municipalities")
    rows = []
    for dimension in telling.overview.instrument(wave).dimensions:
        of = found[dimension.id]
        rows.append(
            [
                named(dimension, telling),
                cell(str(int(of["median"].n)), of["median"]),
                cell(language.points(of["median"].value), of["median"]),
                cell(language.range(of["q25"].value, of["q75"].value), of["q25"], of["q75"]),
            ]
        )
    return keyed_table(
        telling.text("spread_table", wave=wave),
        (
            dimension_column(telling, wave),
            Column(telling.word("columns", "n"), True, municipalities),
            statistic_column(telling, "median", points),
            statistic_column(telling, "middle_half", points),
        ),
        rows,
        f"spread-{wave}",
    )


def mean_gaps(telling: StudyTelling, wave: str, setting: str = "") -> list[tuple[str, Finding]]:
    """(title, mean gap) of every dimension that has one."""
    found = by_quantity(telling.overview.across, wave, "dimension", setting)
    return [
        (telling.title(d.title), found[d.id]["mean_gap"])
        for d in telling.overview.instrument(wave).dimensions
        if d.id in found and not math.isnan(found[d.id]["mean_gap"].value)
    ]


def gaps(telling: StudyTelling, wave: str, setting: str = "") -> Table:
    """One row per dimension: the mean gap of the persons, its interval, signs, and the corrected p."""
    language, found = telling.language, by_quantity(telling.overview.across, wave, "dimension", setting)
    points, municipalities = telling.word("units", "points"), telling.word("units", "municipalities")
    rows = []
    for dimension in telling.overview.instrument(wave).dimensions:
        of = found.get(dimension.id)
        if of is not None and not math.isnan(of["mean_gap"].value):
            mean, shift, p = of["mean_gap"], of["hodges_lehmann"], of["holm_p"]
            above, below = of["municipalities_above"], of["municipalities_below"]
            rows.append(
                [
                    named(dimension, telling),
                    cell(str(int(mean.n)), mean),
                    cell(signed(language, mean.value), mean),
                    cell(interval(telling, mean), mean),
                    cell(signed(language, shift.value), shift),
                    cell(f"{int(above.value)} / {int(below.value)}", above, below),
                    cell(p_value(language, p.value), p),
                ]
            )
    return keyed_table(
        telling.text("gaps_table", wave=wave, fields=len(rows)),
        (
            dimension_column(telling, wave),
            Column(telling.word("columns", "n"), True, municipalities),
            statistic_column(telling, "mean", points),
            statistic_column(telling, "interval", points),
            statistic_column(telling, "hodges_lehmann", points),
            statistic_column(telling, "above_below", municipalities),
            statistic_column(telling, "holm"),
        ),
        rows,
        gaps_name(telling, wave, setting),
    )


def gaps_name(telling: StudyTelling, wave: str, setting: str) -> str:
    """The name of what shows the gaps at a setting of a wave."""
    several = len(settings_of(telling.overview.across, wave)) > 1
    return f"gaps-{wave}-{setting}" if several else f"gaps-{wave}"


def worth_asking(telling: StudyTelling, wave: str) -> Table:
    """The items to ask about: mean gap, corrected p, and an ordinal model as a check."""
    overview, language = telling.overview, telling.language
    rows = []
    for finding in sorted(overview.worth_asking(wave), key=lambda f: (f.value, f.id, f.setting)):
        mean = by_quantity(overview.across, wave, "item", finding.setting)[finding.id]["mean_gap"]
        checks = by_quantity(overview.models, wave, "item", finding.setting)
        rows.append(
            [
                *question_cells(telling, wave, finding.id),
                cell(str(int(finding.n)), finding),
                cell(signed(language, mean.value), mean),
                cell(p_value(language, finding.value), finding),
                _ordinal_model(telling, checks[finding.id]),
            ]
        )
    return keyed_table(
        telling.text("ask_table", wave=wave),
        (
            *question_columns(telling, wave),
            Column(telling.word("columns", "n"), True, telling.word("units", "municipalities")),
            statistic_column(telling, "mean_gap", telling.word("units", "points")),
            statistic_column(telling, "benjamini_hochberg"),
            statistic_column(telling, "ordinal_model"),
        ),
        rows,
        f"ask-{wave}",
    )


def _ordinal_model(telling: StudyTelling, found: Mapping[str, Finding]) -> Cell:
    shift, p = found["ordinal_shift"], found["ordinal_p"]
    if shift.reason:
        return cell(reason(telling, shift.reason), shift)
    text = p_value(telling.language, p.value)
    is_said = text if text.startswith("<") else f"= {text}"
    return cell(f"{signed(telling.language, shift.value, 2)} (p {is_said})", shift, p)
