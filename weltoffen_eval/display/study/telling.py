"""How a report on a whole study is told: its sentences in the reader's language, and keys of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.language import Label, Language
from weltoffen_eval.display.manner import Manner, manner_of
from weltoffen_eval.display.sentences import Catalogue, Given, load_catalogue
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.overview import Overview

#: The two reports on a whole study, as their sentences are called.
STUDY_REPORTS = (ALL_MUNICIPALITIES, INSTRUMENT_QUALITY) = "all_municipalities", "instrument_quality"


@dataclass(frozen=True)
class StudyTelling:
    """A study as a whole and the name of the report that tells of it."""

    overview: Overview
    report: str

    @cached_property
    def manner(self) -> Manner | None:
        """How the study speaks, where it is not of administrations."""
        return manner_of(self.overview.study, self.overview.language)

    @cached_property
    def own(self) -> Catalogue:
        """What this report alone can say."""
        return load_catalogue(self.report, self.overview.language, self.manner)

    @cached_property
    def shared(self) -> Catalogue:
        """What the reports on a whole study share."""
        return load_catalogue("study", self.overview.language, self.manner)

    @cached_property
    def common(self) -> Catalogue:
        """What all reports can say."""
        return load_catalogue("common", self.overview.language, self.manner)

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

    def say(self, name: str, findings: Iterable[Finding] = (), /, **given: Given) -> Sentence:
        """A sentence of this report that rests on these findings."""
        said = self.own.say(name, None, **given)
        keys = dict.fromkeys([*(finding.key for finding in findings), *said.rests_on])
        return replace(said, rests_on=tuple(keys))

    def text(self, name: str, /, **given: Given) -> str:
        """The text of a heading, a caption, a label of this report."""
        return self.own.text(name, **given)

    def show(self, blocks: Iterable[Block | None], findings: Iterable[Finding] = ()) -> Shown:
        """Blocks with those of the findings on which they rest."""
        return Shown(*blocks, findings={finding.key: finding for finding in findings})

    def show_title(self, *blocks: Block | None) -> Shown:
        """Blocks, and of what this report is."""
        overview = self.overview
        last = overview.waves[-1]
        instrument = overview.instrument(last.id)
        about = {
            "report": self.report,
            "study": overview.study.id,
            "municipality": "",
            "wave": "",
            "language": overview.language,
            "audience": "internal",
            "date": last.date.isoformat(),
            "software": str(overview.provenance["software"]),
            "instrument": {
                "id": instrument.id,
                "edition": instrument.edition,
                "sha256": instrument.sha256,
            },
            "scheme": {"id": overview.scheme.id, "sha256": overview.scheme.sha256},
        }
        brand = brand_data(overview.study.brand_of(last.id), self.language)
        return Shown(*blocks, about=about, brand=brand, elsewhere=self.manner is not None)
