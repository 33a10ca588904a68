"""What is known of the workshop of one municipality in one wave: who rated what, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.all_waves import answers_of
from weltoffen_eval.results.given import given_of
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.workshop_findings import WORKSHOP, Rated, rated_at
from weltoffen_eval.study.kinds.given import Given, GivenFiles


# one is itself alone: tables cannot be compared as a whole
@dataclass(frozen=True, eq=False)
class WorkshopProfile:
    """One workshop beside the self-check of the same municipality and wave.

    ``questions``: what persons answered to the questions of the self-check; ``fields``: ratings of whole
    fields; None where nobody gave any. Both have gone through the door. ``given``: what else was given.
    """

    profile: Profile
    questions: Rated | None
    fields: Rated | None
    given: GivenFiles

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """What is out, by key."""
        rated = [one for one in (self.questions, self.fields) if one is not None]
        return {finding.key: finding for one in rated for finding in one.told.values()}

    @property
    def rated(self) -> tuple[Rated, ...]:
        """Questions before fields, as far as they were rated."""
        return tuple(one for one in (self.questions, self.fields) if one is not None)

    def of(self, kind: str) -> tuple[Given, ...]:
        """The rows of a kind of file on this workshop, in file order."""
        return self.given.of(kind, self.profile.municipality.key, self.profile.wave.id, WORKSHOP)

    @cached_property
    def notes(self) -> tuple[Given, ...]:
        """What was noted, as far as the audience may read it; remarks of the administration are no notes."""
        notes = [note for note in self.of("notes") if note.values.kind != "remark"]
        public = self.profile.audience == "public"
        return tuple(note for note in notes if note.values.released or not public)

    @cached_property
    def event(self) -> Given | None:
        """How the workshop was held, if that is documented."""
        return next(iter(self.of("events")), None)

    @cached_property
    def measures(self) -> tuple[Given, ...]:
        """What was agreed."""
        return self.of("measures")


def load_workshop(
    study: str | Path,
    municipality: str,
    wave: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
) -> WorkshopProfile:
    """The workshop of a municipality; parameters and errors as of ``load_profile``.

    Where it was noted down or fields were rated, nobody need have answered a questionnaire.
    """
    profile = load_profile(study, municipality, wave, scheme, language, audience, silent=True)
    return workshop_of(profile, given_of(profile.study, municipality))


def workshop_of(profile: Profile, given: GivenFiles) -> WorkshopProfile:
    """The workshop beside a profile that is read already; ``given``: what was given of its municipality."""
    municipality, wave = profile.municipality.key, profile.wave.id
    rows = given.of("field_ratings", municipality, wave, WORKSHOP)
    columns = ("respondent", "perspective", "dimension", "rating")
    ratings = pd.DataFrame(
        [{name: getattr(row.values, name) for name in columns} for row in rows], columns=list(columns)
    ).assign(municipality=municipality, wave=wave, setting=WORKSHOP)
    scores = profile.own_scores
    scores = scores[(scores["level"] == "dimension") & (scores["withheld"] == "")]
    own = dict(zip(scores["id"].astype(str), scores["score"].astype(float), strict=True))
    questions, fields = rated_at(
        profile.study,
        answers_of(profile.study, municipality, profile.scheme),
        ratings,
        own,
        profile.scheme,
        wave,
        profile.audience,
        profile.earlier,
    )
    return WorkshopProfile(profile, questions, fields, given)
