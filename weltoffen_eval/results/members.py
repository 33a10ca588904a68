"""A Landkreis beside its members: only those that let themselves be seen, each for itself, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.results.before import of_wave
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Item
from weltoffen_eval.study.register import Municipality
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.healthy import clean_healthy


@dataclass(frozen=True, eq=False)
class Beside:
    """One municipality with the rows of its own scores, by dimension."""

    municipality: Municipality
    scores: dict[str, pd.Series]

    def finding(self, wave: str, dimension: str) -> Finding:
        """The points of a field with their bounds; ``n``: sheets, ``n_applicable``: questions that apply."""
        row = self.scores[dimension]
        return Finding(
            "score", float(row["score"]), low=float(row["low"]), high=float(row["high"]), n=float(row["n"]),
            n_applicable=float(row["n_items"]), method="weighted mean", reason=str(row["withheld"]),
            wave=wave, setting="questionnaire", municipality=self.municipality.key, level="dimension",
            id=dimension, perspective="administration",
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Members:
    """``shown``: the Landkreis, then its members in the order of their names. ``total``: how many it has.

    ``without_consent``, ``without_answers``: how many of them are not shown, and why; they are not named.
    """

    shown: tuple[Beside, ...]
    total: int
    without_consent: int
    without_answers: int


@lru_cache(maxsize=2)
def members_of(profile: Profile) -> Members:
    """The Landkreis of a profile beside its members; for the Landkreis only."""
    key = profile.municipality.key
    every = [m for m in profile.study.register.municipalities if m.parent == key]
    # of the others nothing is read
    consenting = sorted((m for m in every if m.consent == "yes"), key=lambda m: (m.name, m.key))
    rows = _scores_of(profile, [key, *(m.key for m in consenting)])
    found = [
        Beside(m, scores)
        for m in (profile.municipality, *consenting)
        if (scores := _by_dimension(rows[rows["municipality"] == m.key]))
    ]
    if not found or found[0].municipality.key != key:
        # persons answered in its place: it is not set beside others
        found = []
    shown = len(found[1:])
    return Members(tuple(found), len(every), len(every) - len(consenting), len(consenting) - shown)


def _scores_of(profile: Profile, keys: Sequence[str]) -> pd.DataFrame:
    """Scores of what these administrations sent themselves; persons in their place have their own door."""
    study, scheme = profile.study, profile.scheme
    stored = read_processed(paths.processed_folder(study.id), study, scheme)
    if stored is not None:
        scores = stored.table("scores", *keys)
    else:
        cleaned, _ = clean_healthy(study)
        scores = score_study(study, cleaned.responses, scheme, merging=merging_of(study, cleaned.records))
    scores = as_self_check(of_wave(scores, profile.wave.id), study.report)
    told = is_self_check(scores) & (scores["unit"] != "persons") & scores["municipality"].isin(keys)
    return scores[told & (scores["level"] == "dimension")].astype({"municipality": str, "id": str})


def _by_dimension(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {str(row["id"]): row for _, row in rows.iterrows()}


@dataclass(frozen=True)
class PutTo:
    """How many of the questions are put to both levels, to the Landkreis alone, to its members alone."""

    both: int
    district: int
    members: int


def put_to(profile: Profile, members: Members) -> PutTo:
    """To whom the questions are put, by the kinds of those that are shown."""
    own = profile.municipality.kind
    kinds = [beside.municipality.kind for beside in members.shown[1:]]

    def put(item: Item) -> tuple[bool, bool]:
        return item.is_put_to(own), any(item.is_put_to(kind) for kind in kinds)

    found = [put(item) for item in profile.instrument.items]
    return PutTo(found.count((True, True)), found.count((True, False)), found.count((False, True)))


def member_findings(profile: Profile) -> dict[str, Finding]:
    """The points of the Landkreis and of each of its members that are shown, by key."""
    members = members_of(profile)
    found = (
        beside.finding(profile.wave.id, dimension) for beside in members.shown for dimension in beside.scores
    )
    return {finding.key: finding for finding in found}
