"""How the reports of a study speak that is not of administrations, or whose units are no municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from weltoffen_eval.display.language import Language, load_language
from weltoffen_eval.study.definition import Study


@dataclass(frozen=True)
class Manner:
    """What one and several units are called, and whose answers these are, in the reader's language.

    ``perspectives``: what those are called that the study declares, or that are not who they seem to be.
    """

    unit: str
    units: str
    whose: str
    perspectives: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> dict[str, str]:
        """The places that each of its sentences may have besides its own."""
        return {"unit": self.unit, "units": self.units, "whose": self.whose}

    def spoken(self, language: Language, words: Mapping[str, Mapping[str, str]]) -> Language:
        """The language with these words in place of its own."""
        tables = {name: dict(table) for name, table in language.words.items()}
        for name, table in words.items():
            tables[name] |= {term: text.format(**self.places) for term, text in table.items()}
        tables["perspectives"] |= dict(self.perspectives)
        return replace(language, words=tables)


def manner_of(study: Study, language: str) -> Manner | None:
    """How a study speaks; None where it is of administrations of municipalities, as usual."""
    said = study.words
    if not (study.report.of_others or said.unit or said.answers_from or study.perspectives):
        return None
    reader = load_language(language)
    usual = reader.word("terms", "municipality"), reader.word("units", "municipalities")
    one, several = said.unit.get(language) or next(iter(said.unit.values()), usual)
    own = tuple((key, reader.of(title).text) for key, title in study.perspectives.items())
    known = {**reader.words["perspectives"], **dict(own)}
    whose = known.get(study.report.perspective, study.report.perspective)
    if said.answers_from:
        whose = reader.of(said.answers_from).text
        own = (*own, (study.report.perspective, whose))
    return Manner(one, several, whose, own)
