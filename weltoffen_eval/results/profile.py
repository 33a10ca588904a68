"""The profile of one municipality in one wave: its own answers and scores, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from weltoffen_eval.analysis.comparison import Reference, printed
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.merged_sheets import PRECEDENCE
from weltoffen_eval.analysis.robustness import RobustnessBand, robustness_bands, seed_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.before import (
    Before,
    NotJoined,
)
from weltoffen_eval.results.fingerprints import hash_answers
from weltoffen_eval.results.own_answers import Answer, OwnAnswers, own_answers
from weltoffen_eval.study.definition import Study, Wave
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.register import Municipality


# one is itself alone: tables cannot be compared as a whole
@dataclass(frozen=True, eq=False, kw_only=True)
class Profile:
    """One municipality in one wave.

    ``responses``, ``scores`` and ``records`` hold the rows of this municipality and wave only, of all
    settings and perspectives; ``references`` its reference in every score (see comparison), and
    ``cleaning_log`` what was changed in its records. ``left_out``: how many municipalities of the wave are
    in no reference, since a fault lies in their rows. ``language``: in which its reports are written.
    ``before``: what the municipality, or the one whose place it took, answered in an earlier wave;
    ``not_joined``: why earlier answers are not set beside its own, where others' place was taken.
    ``merging``: which sheets are parts of one questionnaire. The ``audience`` public gets no reference;
    ``earlier``: what it was told of the municipality before. ``evidence``: the items that the administration
    answered with evidence or an example, which is never scored.
    """

    study: Study
    municipality: Municipality
    wave: Wave
    instrument: Instrument
    scheme: ScoringScheme
    responses: pd.DataFrame
    scores: pd.DataFrame
    records: pd.DataFrame
    references: pd.DataFrame
    cleaning_log: pd.DataFrame
    provenance: dict[str, object]
    left_out: int = 0
    language: str = "de"
    before: Before | None = None
    merging: Merging = field(default_factory=Merging)
    audience: str = "internal"
    not_joined: NotJoined | None = None
    earlier: tuple[Finding, ...] = ()
    evidence: frozenset[str] = frozenset()

    @cached_property
    def own(self) -> OwnAnswers:
        """The answers to the self-check, as far as they may be shown."""
        return own_answers(
            self.responses, self.scores, self.instrument, self.scheme, self.audience, self.earlier
        )

    @property
    def own_scores(self) -> pd.DataFrame:
        """The scores of the administration's own answers to the questionnaire."""
        return self.own.scores

    @property
    def own_responses(self) -> pd.DataFrame:
        """The administration's own answers to the questionnaire, one row per sheet × item."""
        return self.own.responses

    @cached_property
    def _of_persons(self) -> pd.Series[bool]:
        """Which entries of the cleaning log come from sheets of persons."""
        persons = self.records[self.records["unit"] == "persons"]
        places = set(
            zip(persons["file"].astype(str), persons["tab"].astype(str), persons["row"], strict=True)
        )
        log = self.cleaning_log
        at = zip(log["file"].astype(str), log["tab"].astype(str), log["row"], strict=True)
        return pd.Series([place in places for place in at], index=log.index, dtype=bool)

    @property
    def sheets_log(self) -> pd.DataFrame:
        """What was changed in sheets of institutions."""
        return self.cleaning_log[~self._of_persons]

    @property
    def persons_log(self) -> pd.DataFrame:
        """What was changed in sheets of persons; no single row of it leaves."""
        return self.cleaning_log[self._of_persons]

    @cached_property
    def compared_with_nobody(self) -> Profile:
        """The same without a reference; one for all who ask, who then share what is found about it."""
        return replace(self, references=self.references.iloc[:0])

    @cached_property
    def sheets(self) -> int:
        """How many sheets the administration filled in."""
        return int(self.own_responses["respondent"].nunique())

    @cached_property
    def merged(self) -> bool:
        """Whether the administration's sheets are parts of one questionnaire, which is scored as one."""
        return bool(self.merging and self.merging.merges(self.own_responses).any())

    @cached_property
    def together(self) -> dict[str, str]:
        """What became of each item on all sheets of the administration together: empty where one answered it.

        Else the kind of non-answer, one of PRECEDENCE; of answers of persons, only of items that are shown.
        """
        said = {
            item.id: [answer.missing for answer in self.answers_to(item.id)] for item in self.instrument.items
        }
        return {
            item: "" if None in kinds else next(kind for kind in PRECEDENCE if kind in kinds)
            for item, kinds in said.items()
            if kinds
        }

    @property
    def data_sha256(self) -> str:
        """What identifies the sheets on which the report rests; empty where persons answered, or nobody.

        Of a hash over answers of persons, the answers are found by trial.
        """
        return "" if self.own.by_persons or not self.sheets else hash_answers(self.own_responses)

    def answers_to(self, item: str) -> list[Answer]:
        """The administration's own answers to an item, one per sheet."""
        return self._answers.get(item, [])

    @cached_property
    def _answers(self) -> dict[str, list[Answer]]:
        rows = self.own_responses
        by_item: dict[str, list[Answer]] = {}
        for item, code, value, missing in zip(
            *(rows[name] for name in ("item", "code", "value", "missing")), strict=True
        ):
            answer = Answer(
                None if pd.isna(code) else int(code),
                None if pd.isna(value) else float(value),
                None if pd.isna(missing) else str(missing),
            )
            # of persons, how many gave which answer; who gave none, is told of nobody
            counted = self.own.counted
            if counted is None or (str(item) in counted and answer.missing is None):
                by_item.setdefault(str(item), []).append(answer)
        return by_item

    def score(self, level: str, entry_id: str) -> pd.Series:
        """The row of one item, criterion, dimension or overall of the administration."""
        return self._rows[(level, entry_id)]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], pd.Series]:
        rows = self.own_scores
        keys = zip(rows["level"].astype(str), rows["id"].astype(str), strict=True)
        return {key: rows.iloc[position] for position, key in enumerate(keys)}

    def reference(self, level: str, entry_id: str) -> Reference | None:
        """The anonymous reference as a report prints it; None with too few others, and for the public."""
        if self.audience == "public":
            return None
        found = self._references.get((level, entry_id))
        return found if found is not None and found.grouping else None

    @cached_property
    def _references(self) -> dict[tuple[str, str], Reference]:
        rows = self.references
        keys = zip(rows["level"].astype(str), rows["id"].astype(str), strict=True)
        return {key: printed(rows.iloc[position]) for position, key in enumerate(keys)}

    @cached_property
    def bands(self) -> dict[str, RobustnessBand]:
        """How far the score of each dimension could move under other sensible choices."""
        if not self.own.told:
            return {}
        dimensions = [dimension.id for dimension in self.instrument.dimensions]
        medians = {
            name: found.median
            for name in dimensions
            if (found := self.reference("dimension", name)) is not None
        }
        scores = {name: float(self.score("dimension", name)["score"]) for name in dimensions}
        seed = seed_of(self.study.id, self.municipality.key)
        return robustness_bands(
            self.own_responses, self.instrument, self.scheme, medians, scores, seed, merging=self.merging
        )

    @cached_property
    def item_scores(self) -> dict[str, float]:
        """The points of every item that is answered."""
        rows = self.own_scores
        there = rows[(rows["level"] == "item") & (rows["withheld"] == "")]
        return dict(zip(there["id"].astype(str), there["score"].astype(float), strict=True))

    @cached_property
    def applicable_items(self) -> frozenset[str]:
        """The items that concern the municipality, answered or not."""
        rows = self.own_scores
        return frozenset(rows[(rows["level"] == "item") & (rows["n_items"] > 0)]["id"].astype(str))
