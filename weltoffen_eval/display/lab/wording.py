"""What another scheme moves, in a sentence."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.display import numbers
from weltoffen_eval.study.questionnaire.instrument import Instrument


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> str:
    """How far another scheme moves the scores, and where most."""
    change = compared.dropna(subset=["change"])
    if change.empty:
        return "Unter beiden Schemata zusammen ist kein Wert ausgewiesen."
    moved = change["change"].abs()
    field = instrument.dimension(str(change["dimension"].iloc[int(moved.to_numpy().argmax())])).title["de"]
    if moved.max() < 0.05:
        return f"Keiner der {len(change)} Werte ändert sich."
    return (
        f"Von {len(change)} Werten ändern sich {int((moved >= 0.5).sum())} um mindestens einen halben "
        f"Punkt; am weitesten, um {numbers.decimal(moved.max())} Punkte, bewegt sich ein Wert im Feld "
        f"{field}."
    )
