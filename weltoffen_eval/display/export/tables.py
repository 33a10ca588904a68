"""The responses of one wave as a table: a row per respondent, or a row per answer; and the comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.display.export.variables import NOT_ANSWERED, WHO, ItemVariable
from weltoffen_eval.display.language import Language
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Instrument, ResponseScale
from weltoffen_eval.study.responses.table import WaveOfSheets

#: What heads a column that is no item.
LONG = (*WHO, "item", "code", "value", "missing", "answer")


@dataclass(frozen=True)
class CodedAnswers:
    """The answers of all sheets to one item.

    ``numbers``: the code, the number, or the code of the kind of missing answer. ``kinds``: −1, or the
    position in MISSING_KINDS.
    """

    variable: ItemVariable
    scale: ResponseScale
    numbers: NDArray[np.float64]
    kinds: NDArray[np.int8]

    def cells(self, language: Language) -> list[Any]:
        """As a table without labels holds them, so that it can be read in again as a raw file.

        Answers are numbers; a missing answer is its code in the questionnaire, else its label there, else
        nothing; what was not asked or not chosen is nothing.
        """
        written: dict[int, Any] = {}
        for place, kind in enumerate(MISSING_KINDS):
            entry = next((entry for entry in self.scale.non_answers if entry.kind == kind), None)
            if entry is None or kind in NOT_ANSWERED:
                written[place] = None
            elif entry.code is not None and self.scale.kind == "ordinal":
                written[place] = entry.code
            else:
                written[place] = language.of(entry.label).text if entry.label else None
        numbers = [int(n) if n.is_integer() else n for n in self.numbers.tolist()]
        return [
            number if kind < 0 else written[kind]
            for number, kind in zip(numbers, self.kinds.tolist(), strict=True)
        ]


def who_of(study: Study, wave: WaveOfSheets) -> dict[str, list[str]]:
    """Whose each row is, by the columns WHO."""
    keys = wave.who["municipality"].astype(str).tolist()
    places = study.register.by_key
    given: dict[str, list[str]] = {
        "name": [places[key].name for key in keys],
        "ags": [places[key].ags for key in keys],
    }
    return {name: given.get(name) or wave.who[name].astype(str).tolist() for name in WHO}


def coded_answers(
    wave: WaveOfSheets, instrument: Instrument, variables: Sequence[ItemVariable]
) -> list[CodedAnswers]:
    """The answers item by item."""
    given = wave.given(slice(None))
    answers = []
    for column, variable in enumerate(variables):
        kinds = given.missing[:, column]
        codes = np.array([*(variable.missing[kind] for kind in MISSING_KINDS), np.nan])
        numbers = np.where(np.isnan(given.value[:, column]), given.code[:, column], given.value[:, column])
        numbers = np.where(kinds < 0, numbers, codes[kinds])
        answers.append(CodedAnswers(variable, instrument.scale_of(variable.item.id), numbers, kinds))
    return answers


def long_table(
    study: Study,
    wave: WaveOfSheets,
    instrument: Instrument,
    variables: Sequence[ItemVariable],
    language: Language,
) -> pd.DataFrame:
    """A row per respondent × item, columns LONG; one of code, value, missing is set, ``answer`` says it."""
    frame = wave.rows()
    keys = frame["municipality"].astype(str)
    places = study.register.by_key
    made = {name: frame[name].astype(str) for name in WHO if name not in ("name", "ags")}
    made["name"] = keys.map({key: entry.name for key, entry in places.items()})
    made["ags"] = keys.map({key: entry.ags for key, entry in places.items()})
    for name in ("item", "code", "value", "missing"):
        made[name] = frame[name]
    labels = {(v.item.id, str(code)): label for v in variables for code, label in v.labels.items()}
    kinds = {(v.item.id, kind): v.labels[code] for v in variables for kind, code in v.missing.items()}
    items, codes = frame["item"].astype(str).tolist(), frame["code"].astype("object").tolist()
    missing = frame["missing"].astype("object").tolist()
    made["missing"] = pd.Series(["" if pd.isna(kind) else str(kind) for kind in missing])
    made["answer"] = pd.Series(
        [
            kinds[item, kind] if not pd.isna(kind) else labels.get((item, str(code)), "")
            for item, code, kind in zip(items, codes, missing, strict=True)
        ]
    )
    return pd.DataFrame({name: made[name] for name in LONG})
