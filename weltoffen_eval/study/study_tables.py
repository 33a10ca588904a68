"""What study.toml may say, but for its files: the models of its tables."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault
from weltoffen_eval.study import declared
from weltoffen_eval.study.brand_table import BrandTable
from weltoffen_eval.study.declared import DeclaredTable, required
from weltoffen_eval.study.file_words import SETTINGS
from weltoffen_eval.study.keys import check_study_id
from weltoffen_eval.study.languages import ByLanguage, is_language
from weltoffen_eval.study.study_files import control_characters
from weltoffen_eval.study.toml_files import Section, show_value

AnyText = Annotated[str, declared.any_text()]
#: Letters of a word that stands in sentences and heads of tables, and of what answers come from.
_LONGEST_WORD, _LONGEST_SOURCE = 60, 200
Word = Annotated[ByLanguage, declared.title(_LONGEST_WORD)]
Source = Annotated[ByLanguage, declared.title(_LONGEST_SOURCE)]


def _study_id(section: Section) -> str:
    study_id: str = section.text("value") or ""
    if study_id:
        check_study_id(study_id, Fault("", "", ""), section.faults)
    return study_id


def _language(section: Section) -> str:
    return section.choice("value", paths.languages()) or "de"


def _unit(section: Section) -> dict[str, tuple[str, str]]:
    """By language one and several, as in "Schule", "Schulen"."""
    given = section.values.get("value")
    if not isinstance(given, dict) or not given or not all(map(_is_one_and_several, given.items())):
        section.fault("value", show_value(given), '{ de = ["Schule", "Schulen"] }, one and several')
        return {}
    return {language: (words[0], words[1]) for language, words in given.items()}


def _is_word(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST_WORD and "\n" not in text


def _is_one_and_several(entry: tuple[str, Any]) -> bool:
    language, words = entry
    sound = (
        isinstance(words, list) and len(words) == 2 and all(isinstance(w, str) and _is_word(w) for w in words)
    )
    return sound and is_language(language) and not any(map(control_characters, words))


class WaveTable(DeclaredTable):
    """A [[wave]]."""

    id: Annotated[str, declared.key("a wave id")] = required()
    date: Annotated[Any, declared.date()] = required()
    instrument: AnyText = ""


class PerspectiveTable(DeclaredTable):
    """A [[perspective]]."""

    id: Annotated[str, declared.key("a perspective id")] = required()
    title: Word = required()


class ReportTable(DeclaredTable):
    """The table [report]."""

    setting: Annotated[str, declared.choice(SETTINGS)] = "questionnaire"
    perspective: AnyText = "administration"


class WordsTable(DeclaredTable):
    """The table [words]."""

    unit: Annotated[dict[str, tuple[str, str]], declared.checked(_unit)] = Field(default_factory=dict)
    answers_from: Source = ByLanguage()


class StudyFile(DeclaredTable):
    """study.toml; each [[file]] has a model of its kind."""

    id: Annotated[str, declared.checked(_study_id)] = required()
    title: Annotated[str, declared.text()] = required()
    instrument: AnyText = ""
    scheme: AnyText = "standard"
    language: Annotated[str, declared.checked(_language)] = "de"
    synthetic: Annotated[bool, declared.boolean()] = False
    licence: AnyText = ""
    source: AnyText = ""
    brand: BrandTable | None = None
    report: ReportTable = ReportTable()
    words: WordsTable = WordsTable()
    perspective: list[PerspectiveTable] = Field(default_factory=list)
    wave: list[WaveTable] = Field(default_factory=list)
    file: list[dict[str, Any]] = Field(default_factory=list)
