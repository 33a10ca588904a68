"""The scoring lab without its controls: what is tried, what it moves, what is refused, what is kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from calls import call_within
from lab_studies import study_of_fields
from places import ROOT

from weltoffen_eval.errors import CallError
from weltoffen_eval.results.lab.readings import all_moves, profile_readings, side_by_side
from weltoffen_eval.results.lab.session import ScoringLab, open_lab
from weltoffen_eval.results.lab.settings import SettingError
from weltoffen_eval.study.definition import load_study


def points(lab: ScoringLab) -> list[float]:
    return [reading.after for reading in profile_readings(lab)]


def test_the_first_municipality_of_the_first_wave_is_shown_as_its_own_scheme_scores_it(
    lab: ScoringLab,
) -> None:
    assert (lab.municipality, lab.answers.wave.id) == ("adorf", lab.waves[0])
    # (100 + 2·100 + 50)/4 and (50 + 25)/2
    assert points(lab)[:2] == [87.5, 37.5]


def test_undo_redo_and_reset_lead_to_what_was_there_before(lab: ScoringLab) -> None:
    assert lab.change("weights.item.A3", 2).moved
    assert points(lab)[0] == 80, "(100 + 2·100 + 2·50)/5"
    lab.change("levels", "criteria")
    # criteria: (100 + 2·100)/3 = 100 and 50
    assert points(lab)[0] == 75
    lab.undo()
    assert points(lab)[0] == 80
    lab.redo()
    assert (points(lab)[0], lab.can_redo) == (75, False)
    lab.reset()
    assert (points(lab)[0], lab.differences) == (87.5, [])
    lab.undo()
    assert points(lab)[0] == 75
    lab.undo()
    lab.change("min_coverage", 0.4)
    assert not lab.can_redo, "what was undone is given up by another change"


def test_points_of_an_answer_and_the_mean_of_a_field_change_scores_by_hand(lab: ScoringLab) -> None:
    lab.change("points.stufen.1", 80)
    # A3 and B1 are "teils": (100 + 200 + 80)/4 and (80 + 25)/2
    assert points(lab)[:2] == [95, 52.5]
    lab.change("aggregation.dimension", "geometric")
    assert points(lab)[1] == pytest.approx((80 * 25) ** 0.5)


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("weights.item.A3", -1, "number"),
        ("weights.item.A3", float("nan"), "number"),
        ("weights.item.A3", "2", "number"),
        ("weights.dimension.alpha", 1e7, "number"),
        ("weights.item.A4", 1, "unknown"),
        ("weights.field.alpha", 1, "unknown"),
        ("min_coverage", 1.01, "number"),
        ("min_coverage", True, "number"),
        ("points.stufen.1", 101, "number"),
        ("points.stufen.7", 10, "unknown"),
        ("levels", "fields", "choice"),
        ("aggregation.dimension", "harmonic", "choice"),
        ("overall", "yes", "choice"),
        ("overall", 1, "choice"),
        ("min_group_size", 1, "unknown"),
        ("bands", [(50, "wenig")], "bands"),
        ("bands", [(50, "wenig"), (50, "mehr"), (101, "viel")], "bands"),
        ("bands", [(50, " "), (101, "viel")], "bands"),
        ("bands", [], "bands"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_changed(
    lab: ScoringLab, setting: str, value: object, reason: str
) -> None:
    with pytest.raises(SettingError) as refused:
        lab.change(setting, value)
    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")
    assert (lab.differences, lab.can_undo) == ([], False)


def test_a_field_keeps_one_question_with_a_weight(lab: ScoringLab) -> None:
    lab.change("weights.item.B1", 0)
    with pytest.raises(SettingError, match="above 0") as refused:
        lab.change("weights.item.B2", 0)
    assert refused.value.reason == "no_weight"
    assert points(lab)[1] == 25


@pytest.mark.parametrize(
    ("before", "setting", "value", "reason"),
    [
        ({"overall": False}, "weights.dimension.alpha", 2, "needs_overall"),
        ({"overall": False}, "aggregation.overall", "geometric", "needs_overall"),
        ({}, "weights.criterion.alpha.eins", 2, "needs_criteria"),
        ({}, "bands", [(50, "wenig"), (101, "viel")], "words_only"),
        ({}, "min_coverage", 0.45, "coverage_not_crossed"),
        ({}, "weights.item.A3", 1.0, "same_value"),
    ],
)
def test_a_change_that_moves_nothing_says_why(
    lab: ScoringLab, before: dict[str, object], setting: str, value: object, reason: str
) -> None:
    for name, given in before.items():
        lab.change(name, given)
    tried = lab.change(setting, value)
    assert (tried.moved, tried.reason) == (False, reason)


def test_points_of_an_answer_that_nobody_gave_say_so(folder: Path) -> None:
    answers = folder / "verwaltung.csv"
    # A3 of Adorf and B1 of Adorf and A1 of Cekreis are "teils"
    text = (
        answers.read_text(encoding="utf-8")
        .replace("teilweise,1,50", "ja,2,50")
        .replace("cekreis,1", "cekreis,2")
    )
    answers.write_text(text, encoding="utf-8")
    tried = open_lab(str(folder)).change("points.stufen.1", 80)
    assert (tried.moved, tried.reason) == (False, "not_answered")


def test_the_numbers_are_those_of_the_score_file_to_the_last_digit(
    lab: ScoringLab, folder: Path, tmp_path: Path
) -> None:
    for setting, value in (
        ("weights.item.A2", 1 / 3), ("weights.criterion.alpha.zwei", 0.1), ("levels", "criteria"), ("overall", True),
        ("weights.dimension.beta", 0.7), ("min_coverage", 1 / 3), ("points.stufen.1", 33.3),
    ):  # fmt: skip
        lab.change(setting, value)
    lab.save("mine", "Meins", "to be compared")
    done = call_within(tmp_path, "score", str(folder), "--scheme", "mine", "--out", str(tmp_path / "s.csv"))
    assert done.returncode == 0, done.stderr
    scored = pd.read_csv(tmp_path / "s.csv")
    scored = scored[(scored["setting"] == "questionnaire") & (scored["perspective"] == "administration")]
    own = lab.answers.scores(lab.current)
    keys = ["municipality", "level", "id"]
    joined = scored.set_index(keys)["score"], own.astype(dict.fromkeys(keys, str)).set_index(keys)["score"]
    pd.testing.assert_series_equal(*(series.sort_index() for series in joined), check_exact=True)
    assert len(own) == 3 * (5 + 2 + 2 + 1)


def test_fewer_than_eight_municipalities_are_no_anonymous_distribution(lab: ScoringLab) -> None:
    assert all_moves(lab) is None


def test_all_municipalities_move_as_each_does_alone() -> None:
    lab = open_lab("egi-chile")
    item = lab.instrument.items[0].id
    lab.change(f"weights.item.{item}", 3.0)
    moves = all_moves(lab)
    assert moves is not None and len(moves) == len(lab.answers.municipalities)
    alone = profile_readings(lab)[0]
    (row,) = moves[moves["municipality"] == lab.municipality].to_dict("records")
    assert (row["before"], row["after"]) == (alone.before, alone.after)
    # the first question now counts 3 of (n + 2)
    assert row["after"] != row["before"]


def test_a_field_that_leaves_the_band_of_the_standard_is_told(lab: ScoringLab) -> None:
    lab.change("points.stufen.1", 100)
    lab.change("points.stufen.2", 100)
    readings = profile_readings(lab)
    # beta: B1 100, B2 25, while weights alone move it between (0.5·50 + 1.5·25)/2 and the like
    assert readings[1].after == 62.5
    assert readings[1].leaves_band
    lab.reset()
    assert not any(reading.leaves_band for reading in profile_readings(lab))


def test_two_schemes_stand_beside_the_standard_and_no_third(lab: ScoringLab) -> None:
    lab.change("weights.item.A3", 2)
    lab.set_aside("A3 zählt doppelt")
    lab.reset()
    lab.change("levels", "criteria")
    lab.set_aside("nach Kriterien")
    # of one name, the later
    lab.set_aside(" nach Kriterien ")
    assert side_by_side(lab) == {
        "A3 zählt doppelt": {"alpha": 80.0, "beta": 37.5}, "nach Kriterien": {"alpha": 75.0, "beta": 37.5},
    }  # fmt: skip
    for name in ("drittes", " "):
        with pytest.raises(CallError):
            lab.set_aside(name)


def test_another_municipality_is_seen_under_the_same_scheme_and_an_unknown_one_is_refused(
    lab: ScoringLab,
) -> None:
    lab.change("min_coverage", 0)
    lab.choose("bestadt")
    assert points(lab)[0] == 100
    with pytest.raises(CallError, match="Did you mean 'bestadt'"):
        lab.choose("bestat")
    assert lab.municipality == "bestadt"


def test_another_study_is_looked_at_under_its_own_scheme_and_the_first_is_as_it_was_left(
    lab: ScoringLab, folder: Path
) -> None:
    lab.change("weights.item.A3", 2)
    lab.set_aside("doppelt")
    told: list[str] = []
    lab.listeners["test"] = lambda: told.append(lab.study.id)
    lab.choose_study(str(ROOT / "data" / "raw" / "egi-chile"))
    assert (lab.study.id, lab.differences, lab.can_undo, lab.beside) == ("egi-chile", [], False, {})
    assert lab.municipality in lab.answers.municipalities
    with pytest.raises(SettingError):
        lab.change("weights.item.A3", 2)
    lab.choose_study(str(folder))
    assert (points(lab)[0], list(lab.beside), lab.can_undo) == (80, ["doppelt"], True)
    assert told == ["egi-chile", lab.study.id]
    assert set(lab.studies) == {str(folder), str(ROOT / "data" / "raw" / "egi-chile")}


@pytest.mark.parametrize("study", ["wilhelmshaven", "nowhere"])
def test_a_study_without_answers_to_score_is_refused_and_nothing_changes(lab: ScoringLab, study: str) -> None:
    before = lab.study.id
    lab.change("weights.item.A3", 2)
    with pytest.raises(CallError):
        lab.choose_study(study)
    assert (lab.study.id, points(lab)[0]) == (before, 80)


def test_a_wave_that_nobody_answered_is_not_offered(folder: Path) -> None:
    made = folder / "study.toml"
    text = made.read_text(encoding="utf-8")
    made.write_text(text.replace("[[wave]]", '[[wave]]\nid = "2000"\ndate = 2000-01-01\n\n[[wave]]', 1))
    lab = open_lab(str(folder))
    assert "2000" not in lab.waves and lab.answers.wave.id == lab.waves[0]
    with pytest.raises(CallError, match="Nobody answered the questionnaire in wave 2000"):
        lab.choose(wave="2000")


def test_a_study_of_forty_fields_and_one_municipality_is_tried_too(tmp_path: Path) -> None:
    lab = ScoringLab(load_study(study_of_fields(tmp_path, 40)))
    assert len(profile_readings(lab)) == 40
    assert lab.change("weights.item.Q1", 2).reason == "alone"
    lab.change("overall", True)
    # the first field has 100 points, the others none
    assert lab.change("weights.dimension.f1", 10).moved
    assert points(lab)[-1] == pytest.approx(10 * 100 / 49)
