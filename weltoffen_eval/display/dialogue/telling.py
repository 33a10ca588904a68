"""How the report on a dialogue is told: its sentences, keys of its numbers, and where given texts stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Sentence
from weltoffen_eval.display.brands import brand_data
from weltoffen_eval.display.report_words import ReportWords
from weltoffen_eval.display.sentences import Given as Value
from weltoffen_eval.display.sentences import Known
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.dialogue import DIALOGUE, Dialogue
from weltoffen_eval.results.dialogue_findings import findings_of, key_of
from weltoffen_eval.results.guiding_questions import guiding_questions
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import Given


@dataclass(frozen=True, eq=False)
class DialogueTelling(ReportWords):
    """A dialogue, in the words of its report."""

    dialogue: Dialogue
    report: str = DIALOGUE

    @property
    def study(self) -> Study:
        return self.dialogue.study

    @property
    def reader(self) -> str:
        return self.dialogue.language

    @property
    def audience(self) -> str:
        return self.dialogue.audience

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """All numbers of the dialogue, by key."""
        return findings_of(self.dialogue)

    def say(self, name: str, /, **given: Value) -> Sentence:
        """A sentence of this report; it rests on the findings of its numbers."""
        return self.own.say(name, None, **given)

    def key(self, level: str, entry: str, quantity: str, variant: str = "") -> str:
        """The key of a number."""
        return key_of(self.dialogue, level, entry, quantity, variant)

    def known(self, level: str, entry: str, quantity: str, variant: str = "", field: str = "value") -> Known:
        """A number with its key and field."""
        key = self.key(level, entry, quantity, variant)
        return Known(float(getattr(self.findings[key], field)), f"{key}.{field}")

    def of_event(self, quantity: str) -> Known | None:
        """A number of the event; None where it is not documented."""
        known = self.known("event", DIALOGUE, quantity)
        return None if self.findings[known.key.rpartition(".")[0]].reason else known

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """The guiding questions by id; the usual four where the study has none of its own."""
        return guiding_questions(self.dialogue.given, self.dialogue.wave.id, self.language.id)

    def show(self, *blocks: Block | None, given: Iterable[tuple[Given, str]] = ()) -> Shown:
        """Blocks with the findings on which they rest; ``given``: rows and columns of the texts in them."""
        texts = self.given_texts(given, self.dialogue.given)
        return Shown(*blocks, findings=self.findings, given=texts)

    def show_title(self, *blocks: Block | None) -> Shown:
        """As :meth:`show`, and whose report this is."""
        dialogue = self.dialogue
        return Shown(
            *blocks,
            findings=self.findings,
            about=self.whose,
            brand=brand_data(dialogue.study.brand_of(dialogue.wave.id), self.language),
            cells=self.other_cells,
        )

    @cached_property
    def whose(self) -> dict[str, object]:
        """Of what this report is, as its twin says it."""
        dialogue = self.dialogue
        return self.about(
            dialogue.wave,
            dialogue.study.instruments.get(dialogue.wave.id),
            dialogue.scheme,
            {"software": dialogue.software},
            dialogue.municipality.key,
            dialogue.wave.id,
            dialogue.last_day,
        )


# all cells of a notebook tell of the same
@lru_cache(maxsize=2)
def telling_of(dialogue: Dialogue) -> DialogueTelling:
    """The words of a dialogue's report."""
    return DialogueTelling(dialogue)
