"""How a report on a whole study is told: its sentences in the reader's language, and keys of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.report_words import ReportWords
from weltoffen_eval.display.sentences import Catalogue, Given
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Item

#: The two reports on a whole study, as their sentences are called.
STUDY_REPORTS = (ALL_MUNICIPALITIES, INSTRUMENT_QUALITY) = "all_municipalities", "instrument_quality"


@dataclass(frozen=True)
class StudyTelling(ReportWords):
    """A study as a whole and the name of the report that tells of it."""

    overview: Overview
    report: str

    @property
    def study(self) -> Study:
        return self.overview.study

    @property
    def reader(self) -> str:
        return self.overview.language

    @property
    def scoring(self) -> ScoringScheme:
        return self.overview.scheme

    @cached_property
    def shared(self) -> Catalogue:
        """What the reports on a whole study share."""
        return self.catalogue("study")

    def say(self, name: str, findings: Iterable[Finding] = (), /, **given: Given) -> Sentence:
        """A sentence of this report that rests on these findings."""
        said = self.own.say(name, None, **given)
        keys = dict.fromkeys([*(finding.key for finding in findings), *said.rests_on])
        return replace(said, rests_on=tuple(keys))

    def short_name(self, item: Item) -> str:
        """The short name of a question; its text where it has none."""
        return self.title(item.label or item.text)

    def show(self, blocks: Iterable[Block | None], findings: Iterable[Finding] = ()) -> Shown:
        """Blocks with those of the findings on which they rest."""
        return Shown(*blocks, findings={finding.key: finding for finding in findings})

    def show_title(self, *blocks: Block | None) -> Shown:
        """Blocks, and of what this report is."""
        brand = brand_data(self.study.brand_of(self.overview.waves[-1].id), self.language)
        return Shown(*blocks, about=self.whose, brand=brand, cells=self.other_cells)

    @cached_property
    def whose(self) -> dict[str, object]:
        """Of what this report is, as its twin says it."""
        overview = self.overview
        last = overview.waves[-1]
        return self.about(last, overview.instrument(last.id), overview.scheme, overview.provenance)
