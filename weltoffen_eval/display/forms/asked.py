"""What a form asks whom: study, wave, municipality, and what is known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from weltoffen_eval.display.language import Language
from weltoffen_eval.display.manner import manner_of
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item, ResponseScale
from weltoffen_eval.study.register import Municipality

#: By item, the answers of other offices: the answer as it is printed, and the office.
AnswersBefore = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class AskedForm:
    """One form of the questionnaire: for whom it is, and who fills it in.

    ``unit``: institution or persons. ``perspective`` is empty where the form asks for it; ``office``: that
    fills in, empty where the form asks for it. ``own_items``: for which that office is responsible.
    ``before``: what other offices answered; ``given``: by item, what this office has answered already.
    """

    study: Study
    wave: str
    municipality: Municipality
    setting: str = "questionnaire"
    perspective: str = "administration"
    unit: str = "institution"
    office: str = ""
    own_items: tuple[str, ...] = ()
    before: AnswersBefore = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_persons(self) -> bool:
        return self.unit == "persons"

    @cached_property
    def instrument(self) -> Instrument:
        return self.study.instruments[self.wave]

    @cached_property
    def words(self) -> Catalogue:
        """What a form says, in the language of the study."""
        language = self.study.language
        return load_catalogue("form", language, manner_of(self.study, language))

    @property
    def language(self) -> Language:
        return self.words.language

    def say(self, texts: Mapping[str, str]) -> str:
        """A text of the questionnaire in the language of the form, else in the first that it has."""
        return self.language.of(texts).text if texts else ""

    @cached_property
    def title(self) -> str:
        return self.say(self.instrument.title)

    @cached_property
    def edition(self) -> str:
        """The questionnaire with its edition."""
        return self.words.text("edition", title=self.title, edition=self.instrument.edition)

    @property
    def kinds(self) -> str:
        """What municipalities of this kind are called, several of them."""
        kind = self.municipality.kind
        return self.language.words["kinds_plural"].get(kind) or self.language.quoted(kind)

    def is_put(self, item: Item) -> bool:
        """Whether an item is put to this kind of municipality."""
        return item.is_put_to(self.municipality.kind)

    def answers_of(self, scale: ResponseScale) -> tuple[str, ...]:
        """What can be chosen on a scale, in its order."""
        labels = [option.label for option in scale.options] + [other.label for other in scale.non_answers]
        return tuple(self.say(label) for label in labels)

    def perspective_name(self) -> str:
        return self.language.words["perspectives"].get(self.perspective, self.perspective)

    @cached_property
    def heads(self) -> dict[str, str]:
        """By name the heads of the tables that are read back."""
        names = {
            "item": "number",
            "text": "statement" if self.instrument.stem else "question",
            "response": "answer",
            "before": "before",
            "comment": "comment",
            "office": "office",
            "evidence": "evidence",
            "entry": "entry_name",
            "value": "entry_value",
        }
        return {name: self.words.text(sentence) for name, sentence in names.items()}

    @cached_property
    def entries(self) -> dict[str, str]:
        """By name what is entered on the first page."""
        who = "entry_person" if self.of_persons else "entry_office"
        names = {
            "municipality": "entry_municipality",
            "perspective": "entry_perspective",
            "respondent": who,
            "date": "entry_date",
        }
        return {name: self.words.text(sentence) for name, sentence in names.items()}
