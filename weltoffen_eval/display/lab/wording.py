"""What another scheme moves, in a sentence."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.lab.catalogue import said_in_lab
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: What is less does not show: scores are printed in whole points, changes with one digit.
_NOTHING_MOVED, _HALF_A_POINT = 0.05, 0.5


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Sentence:
    """How far another scheme moves the scores, and where most."""
    said = said_in_lab()
    change = compared.dropna(subset=["change"])
    if change.empty:
        return said.say("no_score")
    moved = change["change"].abs()
    if moved.max() < _NOTHING_MOVED:
        return said.say("nothing_changes", scores=len(change))
    furthest = str(change["dimension"].iloc[int(moved.to_numpy().argmax())])
    return said.say(
        "scores_change",
        scores=len(change),
        moved=int((moved >= _HALF_A_POINT).sum()),
        most=float(moved.max()),
        field=said.language.of(instrument.dimension(furthest).title),
    )
