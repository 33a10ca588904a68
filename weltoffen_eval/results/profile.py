"""The profile of one municipality in one wave: its own answers and scores, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.comparison import Reference, printed, references_of
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.merged_sheets import PRECEDENCE
from weltoffen_eval.analysis.robustness import RobustnessBand, robustness_bands, seed_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import CallError, RefusedError
from weltoffen_eval.results.before import Before, answers_before, of_wave
from weltoffen_eval.results.fingerprints import hash_answers
from weltoffen_eval.results.healthy_study import read_healthy
from weltoffen_eval.results.ledger import released_findings
from weltoffen_eval.results.own_answers import OwnAnswers, own_answers
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import log_of, read_processed
from weltoffen_eval.study.definition import Study, Wave, load_study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.register import Municipality
from weltoffen_eval.study.reported import as_self_check


@dataclass(frozen=True)
class Answer:
    """What one sheet says to an item: exactly one of code, value, missing."""

    code: int | None
    value: float | None
    missing: str | None


# one is itself alone: tables cannot be compared as a whole
@dataclass(frozen=True, eq=False)
class Profile:
    """One municipality in one wave.

    ``responses``, ``scores`` and ``records`` hold the rows of this municipality and wave only, of all
    settings and perspectives; ``references`` its reference in every score (see comparison), and
    ``cleaning_log`` what was changed in its records. ``left_out``: how many municipalities of the wave are
    in no reference, since a fault lies in their rows. ``language``: in which its reports are written.
    ``before``: what the municipality answered in an earlier wave, if it did.
    ``merging``: which sheets are parts of one questionnaire. The ``audience`` public gets no reference;
    ``earlier``: what it was told of the municipality before.
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
    earlier: tuple[Finding, ...] = ()

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
        """What identifies the sheets on which the report rests; empty where persons answered.

        Of a hash over answers of persons, the answers are found by trial.
        """
        return "" if self.own.by_persons else hash_answers(self.own_responses)

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


def load_profile(
    study: str | Path,
    municipality: str,
    wave: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
) -> Profile:
    """The profile of a municipality; from data/processed where that is up to date, else computed.

    Parameters
    ----------
    language : in which its reports are written; without it the study's own
    audience : the public gets no comparison with others

    Raises
    ------
    CallError
        If there is no such study, municipality or wave, or the municipality gave no answers in it.
    RefusedError
        With all faults, if the study cannot be read; with its own, if one lies in a row of the municipality.
    """
    loaded = load_study(study)
    loaded.check_municipality(municipality)
    chosen = loaded.wave(wave)
    rules = load_scheme(scheme, loaded)
    instrument = loaded.instruments.get(wave)
    if instrument is None:
        raise CallError(f"The wave {wave} of {loaded.id} has no questionnaire.")
    stored = read_processed(paths.processed_folder(loaded.id), loaded, rules)
    if stored is not None:
        names = ("responses", "records", "scores", "reference")
        answers, sheets, *others = (stored.table(name, municipality) for name in names)
        responses, records, scores, references = (
            of_wave(frame, wave) for frame in (answers, sheets, *others)
        )
        log, provenance, left_out = stored.cleaning_log(records), stored.provenance, stored.left_out
    else:
        cleaned, _, left_out = read_healthy(loaded)
        answers, sheets = (
            frame[frame["municipality"] == municipality] for frame in (cleaned.responses, cleaned.records)
        )
        responses, records = of_wave(answers, wave), of_wave(sheets, wave)
        all_scores = score_study(loaded, cleaned.responses, rules)
        scores, references = (
            of_wave(frame[frame["municipality"] == municipality], wave)
            for frame in (all_scores, references_of(loaded, as_self_check(all_scores, loaded.report), rules))
        )
        log, provenance = log_of(cleaned.cleaning_log, records), provenance_of(loaded, rules)
    if faults := left_out.of([municipality]):
        raise RefusedError(faults)
    if len(responses) == 0:
        raise CallError(f"{municipality} gave no answers in wave {wave} of {loaded.id}.")
    responses, scores, answers = (
        as_self_check(frame, loaded.report) for frame in (responses, scores, answers)
    )
    return Profile(
        loaded,
        loaded.register.by_key[municipality],
        chosen,
        instrument,
        rules,
        responses.reset_index(drop=True),
        scores.reset_index(drop=True),
        records.reset_index(drop=True),
        references.reset_index(drop=True),
        log,
        provenance,
        left_out.count_in([wave]),
        language or loaded.language,
        answers_before(loaded, chosen, answers, sheets),
        merging_of(loaded, records).as_self_check(loaded.report),
        audience,
        released_findings(loaded, municipality) if audience == "public" else (),
    )
