"""A questionnaire in any languages, at least one: what is there is read, and stands for what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import change, clean, faults_of, write_study

from weltoffen_eval.analysis.scoring import score_waves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.languages import ByLanguage

TEXT = "municipality,respondent,A1,A2,B1,B2\nadorf,p1,partly,1,1,1\n"


def in_english(folder: Path) -> Path:
    for name in ("instrument.toml", "items.csv"):
        path = folder / "instrument" / name
        text = path.read_text(encoding="utf-8").replace("{ de = ", "{ en = ").replace("text_de", "text_en")
        path.write_text(text.replace("teilweise", "partly"), encoding="utf-8")
    return folder


def test_a_questionnaire_in_english_alone_is_read_and_scored(tmp_path: Path) -> None:
    study = load_study(in_english(write_study(tmp_path, ("a.csv", TEXT))))
    questionnaire = study.instruments["2024"]
    assert questionnaire.title == {"en": "Kleiner Fragebogen"}
    assert questionnaire.title["de"] == "Kleiner Fragebogen"
    assert questionnaire.items[0].text["de"] == "Frage A1"
    cleaned = clean(tmp_path)
    assert cleaned.responses["code"].dropna().tolist() == [1, 1]
    scores = score_waves(study, cleaned.waves, load_scheme(None, study), "respondent")
    assert scores[scores["id"] == "A1"]["score"].tolist() == [50]


@pytest.mark.parametrize(
    "title", ['{ fr = "Petit" }', '{ en = "Small", de = "Klein", tr = "Küçük" }', '{ de-AT = "Klein" }']
)
def test_a_title_is_in_any_languages(tmp_path: Path, title: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT.replace("partly", "teilweise")))
    change(folder / "instrument" / "instrument.toml", '{ de = "Kleiner Fragebogen" }', title)
    assert load_study(folder).instruments["2024"].title["de"]


@pytest.mark.parametrize(
    "title", ["{}", '{ de = "" }', '{ en = "Small", de = "" }', '{ Deutsch = "Klein" }', "{ de = 1 }"]
)
def test_a_title_without_text_or_language_is_a_fault(tmp_path: Path, title: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT.replace("partly", "teilweise")))
    change(folder / "instrument" / "instrument.toml", '{ de = "Kleiner Fragebogen" }', title)
    assert [(f.file, f.column) for f in faults_of(folder)] == [("./instrument/instrument.toml", "title")]


def test_a_language_that_lacks_is_the_first_that_there_is() -> None:
    assert ByLanguage({"tr": "a", "en": "b"})["de"] == "a"
    assert ByLanguage({"tr": "a", "de": "b"})["de"] == "b"
    assert ByLanguage({"tr": "a"}).get("de") is None
    with pytest.raises(KeyError):
        ByLanguage()["de"]
