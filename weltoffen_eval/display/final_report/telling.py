"""How the final report is told: in its own sentences, and in those of the reports on single modules."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.dialogue.telling import telling_of as dialogue_telling
from weltoffen_eval.display.report_words import ReportWords
from weltoffen_eval.display.sentences import Given as Value
from weltoffen_eval.display.sentences import Known
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.display.workshop.telling import telling_of as workshop_telling
from weltoffen_eval.results.course import Course
from weltoffen_eval.results.course_findings import event_key, findings_of, measures_key
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import Given

#: As its sentences are called.
REPORT = "final_report"
#: Those that are told of the Kreis, whose council is another.
_KREISE = ("Kreis", "Landkreis")
#: Those whose council is not that of a town.
_VILLAGES = ("Gemeinde",)


@dataclass(frozen=True, eq=False)
class CourseTelling(ReportWords):
    """A course in the words of the final report; its modules in the words of theirs."""

    course: Course
    report: str = REPORT

    @property
    def study(self) -> Study:
        return self.course.study

    @property
    def reader(self) -> str:
        return self.course.language

    @property
    def audience(self) -> str:
        return self.course.audience

    @property
    def scoring(self) -> ScoringScheme:
        return self.course.scheme

    @cached_property
    def selfcheck(self) -> Telling | None:
        """The self-check in the words of its report."""
        return None if self.course.alone is None else Telling(self.course.alone, "selfcheck")

    @cached_property
    def workshop(self) -> WorkshopTelling | None:
        """The workshop in the words of its report."""
        return workshop_telling(self.course.workshop) if self.course.workshop is not None else None

    @cached_property
    def dialogue(self) -> DialogueTelling | None:
        """The dialogue in the words of its report."""
        return dialogue_telling(self.course.dialogue) if self.course.dialogue is not None else None

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """All that is known of the municipality in any of its modules, by key."""
        known: list[Mapping[str, Finding]] = [findings_of(self.course)]
        if self.dialogue is not None:
            known.append(self.dialogue.findings)
        if self.workshop is not None:
            known.append(self.workshop.workshop.findings)
        # last, since these compute all that they could know before they say that they do not know a key
        known += [one.findings for one in (self.selfcheck, self.workshop) if one is not None]
        # read only; a chain wants mappings that can be changed
        return ChainMap(*cast("list[dict[str, Finding]]", known))

    def say(self, name: str, /, **given: Value) -> Sentence:
        """A sentence of this report; it rests on the findings of its numbers."""
        return self.own.say(name, None, **given)

    @property
    def answered(self) -> tuple[str, str]:
        """Who filled the questionnaire in earlier and now, as people wrote it down; empty where not."""
        profile = self.course.profile
        if profile is None:
            return "", ""
        earlier = profile.before.wave.id if profile.before is not None else ""
        return self.course.answered_by(earlier), self.course.answered_by(profile.wave.id)

    def participants(self, setting: str) -> Known | None:
        """How many took part in a module; None where that is not documented."""
        count = self.course.held(setting).told.participants
        return None if count is None else Known(float(count), f"{event_key(self.course, setting)}.value")

    def measures(self, count: int, wave: str, status: str = "") -> Known:
        """How many measures there are, with the key of their number."""
        return Known(float(count), f"{measures_key(self.course, wave, status)}.value")

    @property
    def is_draft(self) -> bool:
        """Whether it is still to be completed."""
        return not self.course.municipality.released(self.course.last_day)

    @property
    def is_kreis(self) -> bool:
        """Whether it is a Kreis, whose council and house are others than those of a town."""
        return self.course.municipality.kind in _KREISE

    @property
    def council(self) -> str:
        """Who decides in such a municipality, as its state calls it, at the beginning of a sentence."""
        municipality = self.course.municipality
        if self.is_kreis:
            return self.word("councils", "district")
        of_village = "_village" if municipality.kind in _VILLAGES else ""
        names = self.language.words["councils"]
        return names.get(f"{municipality.state}{of_village}", names["council"])

    def unended(self, text: str) -> str:
        """What people wrote, as a part of a sentence."""
        return text.rstrip(". ")

    def show(self, *blocks: Block | None, given: Iterable[tuple[Given, str]] = ()) -> Shown:
        """Blocks with the findings on which they rest, and the given texts in them: rows, their columns."""
        texts = self.given_texts(given, self.course.given)
        return Shown(*blocks, findings=self.findings, given=texts)

    def show_title(
        self, *blocks: Block | None, given: Iterable[tuple[Given, str]] = (), report: str = REPORT
    ) -> Shown:
        """As :meth:`show`, and whose report this is; ``report``: or which of its papers."""
        course = self.course
        shown = self.show(*blocks, given=given)
        shown.about = {**self.whose, "report": report}
        shown.brand = dict(brand_data(course.study.brand_of(course.wave.id), self.language) or {})
        shown.cells = self.other_cells
        return shown

    @cached_property
    def whose(self) -> dict[str, object]:
        """Of what this report is, as its twin says it."""
        course = self.course
        instrument = course.study.instruments.get(course.wave.id)
        software, key = {"software": course.software}, course.municipality.key
        return self.about(course.wave, instrument, course.scheme, software, key, last_day=course.last_day)


# all cells of a notebook tell of the same
@lru_cache(maxsize=2)
def telling_of(course: Course) -> CourseTelling:
    """The words of a final report."""
    return CourseTelling(course)
