"""Where gaps repeat and what changed, as tables: municipalities are counted in them and never named."""

from __future__ import annotations

import math
from collections.abc import Iterable

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.study.cells import (
    cell,
    dimension_column,
    interval,
    named,
    question_cells,
    question_columns,
    signed,
    statistic_column,
)
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_waves import LOW_FIELD, changes_across, repeated_gaps
from weltoffen_eval.results.standing import ABSENT_BELOW

#: So many questions are listed, those that are missing in the largest part of the municipalities.
MOST_QUESTIONS = 10
#: Municipalities from which a part of them is printed in percent.
_LEAST_FOR_PERCENT = 20


def repeated(telling: StudyTelling, wave: str) -> Iterable[Table]:
    """Of the fields and of the questions, a table each."""
    yield repeated_fields(telling, wave)
    yield repeated_items(telling, wave)


def repeated_fields(telling: StudyTelling, wave: str) -> Table:
    """One row per dimension: in how many municipalities its points lie below 50."""
    found = {f.id: f for f in repeated_gaps(telling.overview, wave)["dimension"] if not math.isnan(f.value)}
    fields = [d for d in telling.overview.instrument(wave).dimensions if d.id in found]
    return keyed_table(
        telling.text("repeated_fields_table", wave=wave, points=LOW_FIELD),
        (dimension_column(telling, wave), *_count_columns(telling)),
        ([named(d, telling), *_counted(telling, found[d.id])] for d in fields),
        f"repeated-fields-{wave}",
    )


def repeated_items(telling: StudyTelling, wave: str) -> Table:
    """The questions that are missing in the largest part of the municipalities, at most ten."""
    rows: list[list[Cell]] = [
        [*question_cells(telling, wave, found.id), *_counted(telling, found)]
        for found in most_missing(telling, wave)
    ]
    return keyed_table(
        telling.text("repeated_items_table", wave=wave, points=ABSENT_BELOW),
        (*question_columns(telling, wave), *_count_columns(telling)),
        rows,
        f"repeated-items-{wave}",
    )


def most_missing(telling: StudyTelling, wave: str) -> list[Finding]:
    """The questions that are missing somewhere, those in the largest part of the municipalities first."""
    found = [f for f in repeated_gaps(telling.overview, wave)["item"] if f.value > 0]
    return sorted(found, key=lambda f: -f.value / f.n)[:MOST_QUESTIONS]


def changes(telling: StudyTelling, wave: str) -> Iterable[Table]:
    """By the earlier wave a table, a row per dimension: mean change, and in how many it is higher, lower."""
    municipalities = telling.word("units", "municipalities")
    for earlier, found in changes_across(telling.overview, wave).items():
        rows = []
        for dimension in telling.overview.instrument(wave).dimensions:
            of = found.get(dimension.id)
            if of is None or math.isnan(of["mean_change"].value):
                continue
            mean, up, down = of["mean_change"], of["municipalities_up"], of["municipalities_down"]
            rows.append(
                [
                    named(dimension, telling),
                    cell(str(int(mean.n)), mean),
                    cell(signed(telling.language, mean.value), mean),
                    cell(interval(telling, mean), mean),
                    *(cell(str(int(count.value)), count) for count in (up, down)),
                ]
            )
        yield keyed_table(
            telling.text("changes_table", wave=wave, earlier=earlier),
            (
                dimension_column(telling, wave),
                Column(telling.word("columns", "n"), True, municipalities),
                statistic_column(telling, "mean", telling.word("units", "points")),
                statistic_column(telling, "interval", telling.word("units", "points")),
                *(Column(telling.word("waves", name), True, municipalities) for name in ("higher", "lower")),
            ),
            rows,
            f"changes-{wave}-{earlier}",
        )


def _count_columns(telling: StudyTelling) -> tuple[Column, Column]:
    municipalities = telling.word("units", "municipalities")
    return (
        Column(telling.word("columns", "n"), True, municipalities),
        Column(telling.word("columns", "below"), True, municipalities),
    )


def _counted(telling: StudyTelling, found: Finding) -> tuple[Cell, Cell]:
    """Of how many municipalities, and in how many; with the share from 20 on, but for none and all."""
    count = str(int(found.value))
    share = found.value / found.n
    if found.n >= _LEAST_FOR_PERCENT and 0 < whole(share * 100) < 100:
        count = f"{count} ({telling.language.share(share)})"
    return cell(str(int(found.n)), found), cell(count, found)
