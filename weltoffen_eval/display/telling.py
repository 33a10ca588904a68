"""How a report on one municipality is told: its sentences in the reader's language, and keys of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.language import Label, Language
from weltoffen_eval.display.manner import Manner, manner_of
from weltoffen_eval.display.sentences import Catalogue, Given, Known, load_catalogue
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profile_findings import findings_of, key_of

#: The catalogue of what all reports say.
COMMON = "common"


@dataclass(frozen=True)
class Telling:
    """A profile and the name of the report that tells of it, as its sentences are called."""

    profile: Profile
    report: str

    @cached_property
    def manner(self) -> Manner | None:
        """How the study speaks, where it is not of administrations."""
        return manner_of(self.profile.study, self.profile.language)

    @cached_property
    def own(self) -> Catalogue:
        """What this report alone can say."""
        return load_catalogue(self.report, self.profile.language, self.manner)

    @cached_property
    def common(self) -> Catalogue:
        """What all reports can say."""
        return load_catalogue(COMMON, self.profile.language, self.manner)

    @property
    def language(self) -> Language:
        return self.common.language

    def word(self, table: str, term: str) -> str:
        """The reader's word for a term."""
        return self.language.word(table, term)

    def label(self, texts: Mapping[str, str]) -> Label:
        """A text of the instrument or scheme in the reader's language, else in the first there is."""
        return self.language.of(texts)

    def title(self, texts: Mapping[str, str]) -> str:
        """As :meth:`label`, the text alone."""
        return self.language.of(texts).text

    def foreign(self, texts: Mapping[str, str]) -> str:
        """The language of such a text where it is not the reader's, else nothing."""
        return self.language.foreign(self.language.of(texts))

    def say(self, name: str, level: str = "", entry: str = "", /, **given: Given) -> Sentence:
        """A sentence of this report; on the scores of an entry of a level, where one is named."""
        about = None
        if level:
            who, _, _ = self.key(level, entry, "score").rpartition(f"/{level}/")
            about = {"who": who, "id": self.key(level, entry, "score").split("/")[5]}
            found = self.profile.reference(level, entry)
            about["group"] = found.grouping if found else ""
        return self.own.say(name, about, **given)

    def text(self, name: str, /, **given: Given) -> str:
        """The text of a heading, a caption, a label of this report."""
        return self.own.text(name, **given)

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
        profile = self.profile
        about = {
            "report": self.report,
            "study": profile.study.id,
            "municipality": profile.municipality.key,
            "wave": profile.wave.id,
            "language": profile.language,
            "audience": "internal",
            "date": profile.wave.date.isoformat(),
            "software": str(profile.provenance["software"]),
            "instrument": {
                "id": profile.instrument.id,
                "edition": profile.instrument.edition,
                "sha256": profile.instrument.sha256,
            },
            "scheme": {"id": profile.scheme.id, "sha256": profile.scheme.sha256},
        }
        brand = brand_data(profile.study.brand_of(profile.wave.id), self.language)
        return Shown(
            *blocks, findings=self.findings, about=about, brand=brand, elsewhere=self.manner is not None
        )
