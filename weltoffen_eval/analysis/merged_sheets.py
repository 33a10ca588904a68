"""Merged sheets: what several offices filled in together, as the answers of one respondent."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.answers import SHEET, Answers, Mask, SpreadResponses, answers_of
from weltoffen_eval.analysis.groups import Groups
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.merging import MERGED, Merging
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Instrument
from weltoffen_eval.study.responses.matrices import ANSWERED
from weltoffen_eval.study.responses.table import WaveOfSheets

#: Where no office answered, the first of these that one gave counts.
PRECEDENCE = ("dont_know", "not_applicable", "skipped", "not_chosen", "not_asked")
_ANSWER = 0
#: By the mark of an answer, whose lowest is −2, an item of which there is no row: its place in precedence.
_RANKS = np.zeros(len(MISSING_KINDS) + 2, dtype=np.int8)
for _kind in PRECEDENCE:
    _RANKS[MISSING_KINDS.index(_kind) + 2] = PRECEDENCE.index(_kind) + 1
_RANKS[0] = PRECEDENCE.index("skipped") + 1
_RANKS[ANSWERED + 2] = _ANSWER
_APPLICABLE = [_ANSWER, *(PRECEDENCE.index(kind) + 1 for kind in ("dont_know", "skipped"))]


class Respondents:
    """Sheets by respondent: those that are parts of one questionnaire are one, called MERGED.

    ``who``: a row per respondent, columns as SHEET.
    """

    def __init__(self, sheets: SpreadResponses | WaveOfSheets, merging: Merging | None = None):
        self.sheets, self.merging, self.who = sheets, merging or Merging(), sheets.who
        self._groups: Groups | None = None
        merged = self.merging.merges(self.who) if self.merging else np.zeros(0, dtype=bool)
        if merged.any():
            names = np.where(merged, MERGED, self.who["respondent"].astype(str))
            renamed = self.who.assign(respondent=pd.Categorical(names))
            self._groups = Groups.of(renamed, SHEET)
            self.who = self._groups.who

    def answers(self, rows: NDArray[np.intp], instrument: Instrument, scheme: ScoringScheme) -> Answers:
        """The answers of some respondents, by the numbers of their rows in ``who``."""
        groups = self._groups
        if groups is None:
            return answers_of(self.sheets.given(rows), instrument, scheme)
        sizes = groups.sizes[rows]
        starts = np.cumsum(sizes) - sizes
        places = np.arange(sizes.sum()) + np.repeat(groups.starts[rows] - starts, sizes)
        sheets = groups.order[places]
        given = self.sheets.given(sheets)
        answers = answers_of(given, instrument, scheme)
        if not len(rows) or (sizes == 1).all():
            return answers
        rank = np.minimum.reduceat(_RANKS[given.missing + 2], starts)
        answered = rank == _ANSWER
        points = self._points(answers, starts, sheets, rows, instrument)
        return Answers(
            points,
            np.where(answered, points, np.minimum.reduceat(answers.worst, starts)),
            np.where(answered, points, np.maximum.reduceat(answers.best, starts)),
            answered,
            np.isin(rank, _APPLICABLE),
            rank == PRECEDENCE.index("not_chosen") + 1,
            rank == PRECEDENCE.index("not_asked") + 1,
        )

    def _points(
        self,
        answers: Answers,
        starts: NDArray[np.intp],
        sheets: NDArray[np.intp],
        rows: NDArray[np.intp],
        instrument: Instrument,
    ) -> NDArray[np.float64]:
        """The points that count: what offices say alike, else the responsible one's, else their mean."""
        lowest = np.fmin.reduceat(answers.points, starts)
        differ = np.fmax.reduceat(answers.points, starts) > lowest
        ends = np.append(starts[1:], len(sheets))
        for row, column in np.argwhere(differ).tolist():
            part = slice(starts[row], ends[row])
            there = answers.answered[part, column]
            points = answers.points[part, column][there]
            municipality, wave, setting, perspective = (names[rows[row]] for names in self._whose)
            item = instrument.items[column].id
            wanted = self.merging.whose(municipality, wave, setting, perspective, item)
            own = self._named(sheets[part], wanted, perspective)[there]
            chosen = points[own] if own.any() else points
            lowest[row, column] = math.fsum(chosen.tolist()) / len(chosen)
        return lowest

    def _named(self, sheets: NDArray[np.intp], wanted: str, perspective: str) -> Mask:
        """Which of a group's sheets is of the respondent of this name."""
        names = [self._names[sheet] for sheet in sheets.tolist()]
        found = wanted.casefold()
        if wanted and found not in names:
            # a name that two perspectives use has each one's added
            found = f"{wanted}@{perspective}".casefold()
        return np.array([bool(found) and name == found for name in names])

    # a frame is asked once, not for each item on which offices differ
    @cached_property
    def _whose(self) -> list[list[str]]:
        """By respondent: municipality, wave, setting, perspective."""
        return [self.who[name].astype(str).tolist() for name in SHEET[:4]]

    @cached_property
    def _names(self) -> list[str]:
        """Of each sheet the name of its respondent, as names are compared."""
        return [str(name).casefold() for name in self.sheets.who["respondent"].tolist()]
