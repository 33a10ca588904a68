"""A study that is not of administrations: every other text of a sentence can be said and pretends nothing."""

from __future__ import annotations

import re
import tomllib

import pytest

from weltoffen_eval import paths
from weltoffen_eval.display.manner import ELSEWHERE, Manner, manner_of
from weltoffen_eval.display.sentence_list import example_of, report_names
from weltoffen_eval.display.sentences import Worded, load_catalogue, other_texts
from weltoffen_eval.study.definition import load_study

SCHOOLS = Manner("Schule", "Schulen", "Kollegium", (("staff", "Kollegium"),))
OURS = {
    "de": re.compile(r"Verwaltung|Kommune|Weltoffen|Selbstcheck|Landkreis|Workshop"),
    "en": re.compile(
        r"administration|municipalit|Weltoffen|[Ss]elf-(check|assessment)|\boffices?\b|workshop"
    ),
}


SPOKEN = [
    (report, language)
    for language in OURS
    for report in report_names()
    if other_texts(ELSEWHERE, report, language)
]


def words_of(worded: Worded) -> str:
    """The texts of a sentence without its places, which are called as the code calls them."""
    return re.sub(r"\{\w+\}", "", " ".join(worded.texts.values()))


@pytest.mark.parametrize(("report", "language"), SPOKEN)
def test_every_other_text_can_be_said_and_names_nothing_of_ours(report: str, language: str) -> None:
    catalogue = load_catalogue(report, language, SCHOOLS)
    for name in other_texts(ELSEWHERE, report, language):
        text = example_of(catalogue, name)
        assert "{" not in text, name
        # the example of a place may be a municipality of ours
        assert not OURS[language].search(words_of(catalogue.worded[name])), name


@pytest.mark.parametrize(("report", "language"), SPOKEN)
def test_no_sentence_of_these_reports_is_left_without_another_text(report: str, language: str) -> None:
    if report == "runs":
        pytest.skip("of its titles only those of reports that such a study has")
    catalogue = load_catalogue(report, language, SCHOOLS)
    ours = OURS[language]
    left = {name: w.texts for name, w in catalogue.worded.items() if ours.search(words_of(w))}
    assert left == {}


@pytest.mark.parametrize("language", OURS)
def test_markdown_cells_that_name_a_municipality_have_other_texts(language: str) -> None:
    def cells(folder: str) -> dict[str, str]:
        text = (paths.SENTENCES / language / folder / "cells.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)

    other = cells("elsewhere")
    assert not [name for name, cell in other.items() if OURS[language].search(cell)]
    if language != "de":
        # German ones stand in the notebooks
        named = {name for name, cell in cells("").items() if OURS[language].search(cell)}
        assert named <= set(other)


def test_words_are_those_of_the_study() -> None:
    language = load_catalogue("common", "de", SCHOOLS).language
    assert language.word("terms", "municipality") == "Schule"
    assert language.word("units", "municipalities") == "Schulen"
    assert language.word("perspectives", "staff") == "Kollegium"
    # the usual words stay as they are
    assert load_catalogue("common", "de").language.word("terms", "municipality") == "Kommune"


def test_of_administrations_a_study_speaks_as_usual_and_of_web_sites_it_does_not() -> None:
    assert manner_of(load_study("beispiel"), "de") is None
    chile = manner_of(load_study("egi-chile"), "de")
    assert chile is not None
    assert (chile.unit, chile.whose) == ("Gemeinde", "Angebote der Webseite der Gemeinde")
    assert dict(chile.perspectives)["administration"] == chile.whose
