"""What is known before a form is made: what the offices of a municipality have answered already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS
from weltoffen_eval.study.responses.cleaning import CleanedStudy
from weltoffen_eval.study.responses.matrices import ANSWERED


def with_answers_before(asked: AskedForm, cleaned: CleanedStudy) -> AskedForm:
    """The form with what other offices answered beside, and what this office answered in its cells.

    Nothing that persons answered: only sheets of the institution are looked at.
    """
    before: dict[str, list[tuple[str, str]]] = {}
    given: Mapping[str, str] = {}
    for respondent, answers in _answers(asked, cleaned).items():
        if folded(respondent) == folded(asked.office):
            given = answers
            continue
        for item, answer in answers.items():
            before.setdefault(item, []).append((answer, respondent))
    return replace(asked, before={item: tuple(told) for item, told in before.items()}, given=given)


def _answers(asked: AskedForm, cleaned: CleanedStudy) -> dict[str, dict[str, str]]:
    """By respondent and item, the answers of the institution as they are printed."""
    found: dict[str, dict[str, str]] = {}
    for wave in cleaned.waves:
        who = wave.who
        here = np.flatnonzero(
            (who["wave"] == asked.wave)
            & (who["municipality"] == asked.municipality.key)
            & (who["setting"] == asked.setting)
            & (who["perspective"] == asked.perspective)
            & (who["unit"] == "institution")
        )
        matrices = wave.given(here)
        for row, sheet in enumerate(here.tolist()):
            answers = {}
            for column, item in enumerate(wave.items):
                printed = _printed(
                    asked,
                    item,
                    matrices.code[row, column],
                    matrices.value[row, column],
                    matrices.missing[row, column],
                )
                if printed:
                    answers[item] = printed
            found[str(who["respondent"].iloc[sheet])] = answers
    return found


def _printed(asked: AskedForm, item: str, code: float, value: float, missing: int) -> str:
    scale = asked.instrument.scale_of(item)
    if missing == ANSWERED:
        return (
            asked.say(scale.option(int(code)).label) if np.isnan(value) else asked.language.decimal(value, 6)
        )
    kind = MISSING_KINDS[missing]
    if kind == "skipped":
        return ""
    return next((asked.say(other.label) for other in scale.non_answers if other.kind == kind), "")
