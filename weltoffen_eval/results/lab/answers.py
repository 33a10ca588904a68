"""The answers that the lab scores: those of one wave, cleaned once."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from weltoffen_eval.analysis.influence import ItemInfluence, influences
from weltoffen_eval.analysis.merged_sheets import Respondents
from weltoffen_eval.analysis.robustness import RobustnessBand, robustness_bands, seed_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import lay_out_waves, score_laid_out
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.healthy_study import read_healthy
from weltoffen_eval.results.lab.scheme_text import scheme_text
from weltoffen_eval.results.own_answers import OwnAnswers, own_answers
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.cleaning import CleanedStudy
from weltoffen_eval.study.responses.table import WaveOfSheets, rows_of

#: So many schemes keep their scores.
_KEPT = 64


class LabAnswers:
    """The answers to the self-check in one wave of a study, and their scores under any scheme.

    Raises
    ------
    CallError
        If the wave has no questionnaire, or nobody answered it.
    """

    def __init__(self, study: Study, cleaned: CleanedStudy, wave: str):
        self.study, self.wave = study, study.wave(wave)
        found = study.instruments.get(wave)
        if found is None:
            raise CallError(f"The wave {wave} of {study.id} has no questionnaire.")
        self.instrument = found
        self._records = cleaned.records
        self._sheets = [_of_report(sheets, study) for sheets in cleaned.waves if _is_of(sheets, wave)]
        self._scores: dict[str, pd.DataFrame] = {}
        self._bands: dict[tuple[str, str], dict[str, RobustnessBand]] = {}
        if not self.municipalities:
            raise CallError(f"Nobody answered the questionnaire in wave {wave} of {study.id}.")

    def scores(self, scheme: ScoringScheme) -> pd.DataFrame:
        """The rows of the score file for these answers, as if they were those of the self-check."""
        key = scheme_text(scheme)
        if key not in self._scores:
            if len(self._scores) >= _KEPT:
                del self._scores[next(iter(self._scores))]
            self._scores[key] = as_self_check(score_laid_out(self._laid_out, scheme), self.study.report)
        return self._scores[key]

    @cached_property
    def _laid_out(self) -> list[tuple[Respondents, Instrument]]:
        return lay_out_waves(self.study, self._sheets, self._records)

    @cached_property
    def _responses(self) -> pd.DataFrame:
        return as_self_check(rows_of(self._sheets), self.study.report)

    @cached_property
    def municipalities(self) -> list[str]:
        """The keys of those that answered, in the order of the register."""
        rows = self._responses
        there = set(rows[is_self_check(rows)]["municipality"].astype(str))
        return [entry.key for entry in self.study.register.municipalities if entry.key in there]

    @cached_property
    def given(self) -> set[tuple[str, str]]:
        """Which answers somebody gave: a scale and the code of its option, as text."""
        scales = {item.id: item.scale for item in self.instrument.items}
        rows = self._responses[is_self_check(self._responses)].dropna(subset=["code"])
        pairs = rows[["item", "code"]].drop_duplicates()
        return {
            (scales[str(item)], str(int(code)))
            for item, code in zip(pairs["item"], pairs["code"], strict=True)
        }

    def own(self, municipality: str, scheme: ScoringScheme) -> OwnAnswers:
        """The answers and scores of one municipality, as far as its report shows them."""
        answers, scores = self._responses, self.scores(scheme)
        return own_answers(
            answers[answers["municipality"] == municipality],
            scores[scores["municipality"] == municipality],
            self.instrument,
            scheme,
        )

    def bands(self, municipality: str, scheme: ScoringScheme) -> dict[str, RobustnessBand]:
        """How far the scores of a municipality could move under other sensible choices, by dimension."""
        key = municipality, scheme_text(scheme)
        if key not in self._bands:
            own, seed = self.own(municipality, scheme), seed_of(self.study.id, municipality)
            self._bands[key] = (
                robustness_bands(
                    own.responses, self.instrument, scheme, {}, points_of(own), seed, merging=self._merging
                )
                if own.told
                else {}
            )
        return self._bands[key]

    def influences(self, municipality: str, scheme: ScoringScheme) -> list[ItemInfluence]:
        """Which single answers carry most; none where persons answered, whose single answers never leave."""
        own = self.own(municipality, scheme)
        if own.by_persons:
            return []
        return influences(own.responses, self.instrument, scheme, points_of(own), self._merging)

    @cached_property
    def _merging(self) -> Merging:
        return merging_of(self.study, self._records).as_self_check(self.study.report)


def read_answers(study: Study) -> CleanedStudy:
    """The answers of a study, without the municipalities in whose rows a fault lies."""
    cleaned, _, _ = read_healthy(study)
    return cleaned


def waves_answered(study: Study, cleaned: CleanedStudy) -> list[str]:
    """The waves with a questionnaire that somebody answered, in order of time."""
    told = (_of_report(sheets, study).who for sheets in cleaned.waves)
    there = {str(who["wave"].iloc[0]) for who in told if len(who)}
    return [wave.id for wave in study.waves if wave.id in study.instruments and wave.id in there]


def points_of(own: OwnAnswers) -> dict[str, float]:
    """The points of each dimension, NaN where they are withheld."""
    rows = own.scores[own.scores["level"] == "dimension"]
    return dict(zip(rows["id"].astype(str), rows["score"].astype(float), strict=True))


def _is_of(sheets: WaveOfSheets, wave: str) -> bool:
    return bool(len(sheets.who)) and str(sheets.who["wave"].iloc[0]) == wave


def _of_report(sheets: WaveOfSheets, study: Study) -> WaveOfSheets:
    """The sheets of which the self-check report tells, and those beside which persons among them stand."""
    return sheets.of(sheets.who["setting"].isin({"questionnaire", study.report.setting}).to_numpy())
