"""How a report on one municipality is told: its sentences in the reader's language, and keys of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.report_words import ReportWords
from weltoffen_eval.display.sentences import Given, Known
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profile_findings import findings_of, key_of
from weltoffen_eval.study.definition import Study


@dataclass(frozen=True)
class Telling(ReportWords):
    """A profile and the name of the report that tells of it, as its sentences are called."""

    profile: Profile
    report: str

    @property
    def study(self) -> Study:
        return self.profile.study

    @property
    def reader(self) -> str:
        return self.profile.language

    @property
    def audience(self) -> str:
        return self.profile.audience

    @property
    def scoring(self) -> ScoringScheme:
        return self.profile.scheme

    def say(self, name: str, level: str = "", entry: str = "", /, **given: Given) -> Sentence:
        """A sentence of this report; on the scores of an entry of a level, where one is named."""
        about = None
        if level:
            who, _, _ = self.key(level, entry, "score").rpartition(f"/{level}/")
            about = {"who": who, "id": self.key(level, entry, "score").split("/")[5]}
            found = self.profile.reference(level, entry)
            about["group"] = found.grouping if found else ""
        return self.own.say(name, about, **given)

    def key(self, level: str, entry: str, quantity: str, variant: str = "") -> str:
        """The key of one number of the administration's own answers."""
        return key_of(self.profile, level, entry, quantity, variant)

    def known(self, level: str, entry: str, quantity: str, field: str = "value", variant: str = "") -> Known:
        """A number with its key and field."""
        key = self.key(level, entry, quantity, variant)
        return Known(float(getattr(self.findings[key], field)), f"{key}.{field}")

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """All that is known of the municipality."""
        return findings_of(self.profile)

    def show(self, *blocks: Block | None) -> Shown:
        """Blocks with the findings on which they rest."""
        return Shown(*blocks, findings=self.findings)

    def show_title(self, *blocks: Block | None) -> Shown:
        """As :meth:`show`, and whose report this is."""
        brand = brand_data(self.study.brand_of(self.profile.wave.id), self.language)
        return Shown(*blocks, findings=self.findings, about=self.whose, brand=brand, cells=self.other_cells)

    @cached_property
    def whose(self) -> dict[str, object]:
        """Of what this report is, as its twin says it."""
        profile = self.profile
        return self.about(
            profile.wave,
            profile.instrument if profile.instrument.id else None,
            profile.scheme,
            profile.provenance,
            profile.municipality.key,
            profile.wave.id,
        )
