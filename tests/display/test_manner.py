"""A study that is not of administrations: every other text of a sentence can be said and pretends nothing."""

from __future__ import annotations

import re
import tomllib

import pytest

from weltoffen_eval import paths
from weltoffen_eval.display.manner import Manner, manner_of
from weltoffen_eval.display.sentence_list import example_of, report_names
from weltoffen_eval.display.sentences import elsewhere, load_catalogue
from weltoffen_eval.study.definition import load_study

SCHOOLS = Manner("Schule", "Schulen", "Kollegium", (("staff", "Kollegium"),))
OURS = re.compile(r"Verwaltung|Kommune|Weltoffen|Selbstcheck|Landkreis|Workshop")


@pytest.mark.parametrize("report", report_names())
def test_every_other_text_can_be_said_and_names_nothing_of_ours(report: str) -> None:
    catalogue = load_catalogue(report, "de", SCHOOLS)
    for name in elsewhere(report, "de"):
        text = example_of(catalogue, name)
        assert "{" not in text, name
        # the example of a place may be a municipality of ours
        assert not OURS.search(" ".join(catalogue.worded[name].texts.values())), name


@pytest.mark.parametrize(
    "report",
    [
        "selfcheck",
        "data_quality",
        "common",
        "all_municipalities",
        "instrument_quality",
        "study",
        "waves",
        "district",
    ],
)
def test_no_sentence_of_these_reports_is_left_without_another_text(report: str) -> None:
    catalogue = load_catalogue(report, "de", SCHOOLS)
    left = {name: w.texts for name, w in catalogue.worded.items() if OURS.search(" ".join(w.texts.values()))}
    assert left == {}


def test_markdown_cells_that_name_a_municipality_have_other_texts() -> None:
    text = (paths.SENTENCES / "de" / "elsewhere" / "cells.toml").read_text(encoding="utf-8")
    cells = tomllib.loads(text)
    assert not [name for name, cell in cells.items() if OURS.search(cell)]


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
