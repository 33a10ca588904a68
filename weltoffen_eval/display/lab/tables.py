"""What another scheme moves, in numbers."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display import numbers
from weltoffen_eval.study.questionnaire.instrument import Instrument


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Table:
    """Per dimension: medians before and after, the largest change, and how many scores come and go."""
    rows = []
    for dimension in instrument.dimensions:
        of_field = compared[compared["dimension"] == dimension.id]
        change = of_field["change"].dropna()
        rows.append(
            (
                dimension.title["de"],
                numbers.points(of_field["before"].median()),
                numbers.points(of_field["after"].median()),
                numbers.decimal(change.abs().max()),
                str(len(change)),
                str(int((of_field["before"].isna() & of_field["after"].notna()).sum())),
                str(int((of_field["before"].notna() & of_field["after"].isna()).sum())),
            )
        )
    return Table(
        "Was das geänderte Bewertungsschema bewegt",
        (
            Column("Handlungsfeld"),
            Column("Median vorher", True, "Punkte"),
            Column("Median nachher", True, "Punkte"),
            Column("größte Veränderung", True, "Punkte"),
            Column("n", True, "Werte"),
            Column("neu ausgewiesen", True),
            Column("nicht mehr ausgewiesen", True),
        ),
        tuple(rows),
        "scheme-change",
    )
