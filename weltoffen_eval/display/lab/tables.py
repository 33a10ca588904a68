"""What another scheme moves, in language."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.lab.catalogue import said_in_lab
from weltoffen_eval.study.questionnaire.instrument import Instrument


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Table:
    """Per dimension: medians before and after, the largest change, and how many scores come and go."""
    said = said_in_lab()
    language = said.language
    rows = []
    for dimension in instrument.dimensions:
        of_field = compared[compared["dimension"] == dimension.id]
        change = of_field["change"].dropna()
        rows.append(
            (
                language.of(dimension.title).text,
                language.points(of_field["before"].median()),
                language.points(of_field["after"].median()),
                language.decimal(change.abs().max(), fixed=True),
                str(len(change)),
                str(int((of_field["before"].isna() & of_field["after"].notna()).sum())),
                str(int((of_field["before"].notna() & of_field["after"].isna()).sum())),
            )
        )
    first = language.of(instrument.dimensions[0].title)
    points, scores = language.word("units", "points"), language.word("statistics_units", "scores")
    return Table(
        said.text("table"),
        (
            Column(language.word("columns", "dimension"), language=language.foreign(first)),
            *(
                Column(language.word("statistics", term), True, points)
                for term in ("median_before", "median_after", "largest_change")
            ),
            Column(language.word("columns", "n"), True, scores),
            *(Column(language.word("statistics", term), True) for term in ("now_given", "no_longer_given")),
        ),
        tuple(rows),
        "scheme-change",
    )
