"""The profile of a municipality of the worked example, whose numbers were worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from places import REFERENCE

from weltoffen_eval.errors import CallError
from weltoffen_eval.paths import processed_folder
from weltoffen_eval.results.own_answers import Answer
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.study.definition import load_study

STUDY = REFERENCE / "example" / "study"


def test_answers_scores_and_what_concerns_a_municipality() -> None:
    profile = load_profile(STUDY, "bestadt", "2021")
    assert profile.answers_to("A1") == [Answer(2, None, None)]
    assert profile.answers_to("A2") == [Answer(None, None, "dont_know")]
    assert profile.answers_to("B2") == [Answer(None, 100.5, None)]
    assert profile.answers_to("nosuch") == []
    assert profile.item_scores == pytest.approx({"A1": 100, "B2": 50.25})
    assert profile.applicable_items == {"A1", "A2", "A3", "B2"}
    assert profile.score("dimension", "alpha")["withheld"] == "coverage"
    assert profile.score("dimension", "beta")["score"] == pytest.approx(50.25)
    assert profile.sheets == 1


def test_others_of_the_same_municipality_are_not_its_administration() -> None:
    profile = load_profile(STUDY, "adorf", "2021")
    assert profile.score("dimension", "alpha")["score"] == 87.5
    assert set(profile.own_responses["perspective"]) == {"administration"}
    assert len(set(profile.responses["respondent"])) == 7, "the sheet and six persons"


def test_with_two_others_there_is_no_reference_and_a_band_without_a_side() -> None:
    profile = load_profile(STUDY, "adorf", "2021")
    assert profile.reference("dimension", "alpha") is None
    band = profile.bands["alpha"]
    assert band.score == 87.5
    assert math.isnan(band.same_side)
    # criteria 100 and 50 alike: √5000
    assert band.geometric == pytest.approx(5000**0.5)
    assert set(load_profile(STUDY, "cekreis", "2021").bands) == {"alpha"}, "no band for what was not chosen"


@pytest.mark.parametrize(("municipality", "wave"), [("nosuch", "2021"), ("adorf", "1999")])
def test_who_or_what_is_not_there_is_a_wrong_call(municipality: str, wave: str) -> None:
    with pytest.raises(CallError):
        load_profile(STUDY, municipality, wave)


def test_who_gave_no_answers_has_no_profile(example: Path) -> None:
    path = example / "verwaltung.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line for line in lines if not line.startswith("cekreis")) + "\n", encoding="utf-8"
    )
    with pytest.raises(CallError, match="cekreis gave no answers in wave 2021 of mini"):
        load_profile(example, "cekreis", "2021")


def test_rows_of_a_profile_are_counted_from_its_own_first() -> None:
    profile = load_profile(STUDY, "cekreis", "2021")
    for rows in (profile.responses, profile.scores, profile.records, profile.references):
        assert rows.index.tolist() == list(range(len(rows)))
        assert set(rows["municipality"].astype(str)) == {"cekreis"}


def test_a_profile_of_stored_tables_is_the_one_that_is_computed(
    stored_studies: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [("beispiel", "modellstadt", "2024"), ("egi-chile", "putre", "2021")]
    study = {name: load_study(name).folder.resolve() for name, *_ in places}
    assert all(processed_folder(name).is_dir() for name in study), "else the test proves nothing"
    stored = [load_profile(*place) for place in places]
    # a project in which nothing was stored
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    computed = [load_profile(study[name], *rest) for name, *rest in places]
    for one, other in zip(stored, computed, strict=True):
        for name in ("responses", "scores", "records", "references"):
            here, there = (
                # a number that is missing is missing otherwise where numbers were whole
                frame.astype(object).where(frame.notna(), None)
                for frame in (getattr(one, name), getattr(other, name))
            )
            pd.testing.assert_frame_equal(here, there, check_dtype=False, check_column_type=False)
        assert len(one.cleaning_log) == len(other.cleaning_log)
        assert (one.provenance, one.evidence) == (other.provenance, other.evidence)
