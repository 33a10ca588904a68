"""What is known of the workshop of one municipality in one wave: who rated what, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from weltoffen_eval.analysis.disclosure import ALL, cells_of
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.all_waves import answers_of
from weltoffen_eval.results.profile import Profile, load_profile
from weltoffen_eval.results.workshop_findings import ReleasedWorkshop, workshop_findings


# one is itself alone: tables cannot be compared as a whole
@dataclass(frozen=True, eq=False)
class Workshop:
    """One workshop beside the self-check of the same municipality and wave.

    ``rated``: what persons answered to the questions of the self-check; None where nobody rated them.
    Everything in it that comes from persons has gone through the door.
    """

    profile: Profile
    rated: ReleasedWorkshop | None

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Persons who rated questions, by perspective: for counts of cells alone."""
        return self.rated.persons.sizes if self.rated else {}

    @property
    def persons(self) -> int:
        """How many persons rated questions."""
        return sum(self.sizes.values())

    @cached_property
    def cells(self) -> Mapping[str, int]:
        """The groups that are told of, with their persons; all together where there are no two."""
        parts = cells_of(self.sizes, self.profile.scheme.min_group_size)
        counted = {cell: sum(self.sizes[name] for name in names) for cell, names in parts.items()}
        return counted or {ALL: self.persons}

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """What is out, by key."""
        told = self.rated.told.values() if self.rated else ()
        return {finding.key: finding for finding in told}

    def finding(self, group: str, level: str, entry: str, quantity: str) -> Finding | None:
        """What may be told of a group, with the reason where it is nothing; None where nobody asked."""
        return self.rated.told.get((group, level, entry, quantity)) if self.rated else None


def load_workshop(
    study: str | Path,
    municipality: str,
    wave: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
) -> Workshop:
    """The workshop of a municipality; parameters and errors as of ``load_profile``."""
    profile = load_profile(study, municipality, wave, scheme, language, audience)
    answers = answers_of(profile.study, municipality, profile.scheme)
    return Workshop(profile, workshop_findings(profile.study, answers, profile.scheme, wave, audience))
