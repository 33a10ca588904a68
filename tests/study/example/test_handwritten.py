"""The story of Musterstadt beside its answers: what its files say fits together, and the README tells it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from places import ROOT

from weltoffen_eval.study.definition import Study, load_study
from weltoffen_eval.study.example.generator import write_study
from weltoffen_eval.study.kinds.given import GivenFiles, read_given
from weltoffen_eval.study.responses.cleaning import clean_responses

EXAMPLE = ROOT / "data" / "raw" / "beispiel"
CITY = "musterstadt"


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(EXAMPLE)


@pytest.fixture(scope="module")
def given(study: Study) -> GivenFiles:
    return read_given(study)


@pytest.mark.parametrize(
    ("wave", "setting"), [("2021", "workshop"), ("2024", "workshop"), ("2024", "dialogue")]
)
def test_as_many_came_as_the_event_says(given: GivenFiles, wave: str, setting: str) -> None:
    (event,) = given.of("events", CITY, wave, setting)
    came = [row for row in given.of("participants", CITY, wave, setting) if row.values.present]
    assert event.values.participants == len(came)
    assert event.values.registered <= len(given.of("participants", CITY, wave, setting))


def test_who_came_to_a_workshop_is_who_answered_there(study: Study, given: GivenFiles) -> None:
    records = clean_responses(study).records
    persons = records[records["setting"] == "workshop"]
    for event in given.of("events", setting="workshop"):
        answered = persons[(persons["municipality"] == event.municipality) & (persons["wave"] == event.wave)]
        rated = {r.values.respondent for r in given.of("field_ratings", event.municipality, event.wave)}
        if len(answered) or rated:
            assert event.values.participants == max(len(answered), len(rated)), event.municipality
    for wave in ("2021", "2024"):
        came = Counter(
            r.values.perspective for r in given.of("participants", CITY, wave, "workshop") if r.values.present
        )
        here = persons[(persons["municipality"] == CITY) & (persons["wave"] == wave)]
        assert came == Counter(here["perspective"].astype(str))


def test_what_was_agreed_in_2021_has_become_something_in_2024(given: GivenFiles) -> None:
    then = {row.values.measure: row.values for row in given.of("measures", CITY, "2021")}
    now = {row.values.measure: row.values for row in given.of("measures", CITY, "2024")}
    assert len(then) == 8
    assert set(then) <= set(now)
    # the README: five done, two under way, one not pursued
    assert Counter(now[key].status for key in then) == {"done": 5, "under_way": 2, "dropped": 1}
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", readme, re.MULTILINE)
    told = {what: (who, until) for what, who, until in table}
    for key in set(then) - {"dolmetschpool"}:
        assert told[then[key].what] == (then[key].who, then[key].until)


def test_two_of_the_new_measures_need_a_decision_and_one_has_nobody_yet(given: GivenFiles) -> None:
    earlier = {row.values.measure for row in given.of("measures", CITY, "2021")}
    new = [r.values for r in given.of("measures", CITY, "2024") if r.values.measure not in earlier]
    assert {m.measure for m in new if m.needs_decision} == {"begleitung", "kinderbetreuung"}
    assert [m.measure for m in new if not (m.who and m.until)] == ["bus"]
    assert all(m.origin for m in new)
    assert {m.origin.partition(":")[0] for m in new} == {"item", "gap", "statement", "question", "outcome"}


def test_sixty_statements_of_six_groups_answer_the_four_questions(given: GivenFiles) -> None:
    rows = [row.values for row in given.of("statements", CITY, "2024", "dialogue")]
    assert len(rows) == 60
    assert {(row.question, row.group) for row in rows} == {(q, g) for q in "1234" for g in "123456"}
    assert 30 <= sum(row.released for row in rows) < 60


def test_two_coders_agree_on_most_and_differ_on_some_of_which_some_are_settled(given: GivenFiles) -> None:
    by: dict[str, dict[str, set[str]]] = {}
    for row in given.of("codes", CITY):
        by.setdefault(row.values.statement, {}).setdefault(row.values.coder, set()).add(row.values.code)
    assert len(by) == 60
    apart = [codes for codes in by.values() if codes["A"] != codes["B"]]
    settled = [codes for codes in apart if "consensus" in codes]
    # S02, S05, S11, S18, S22, S24, S25, S28, S40, S45, S48, S54, S59; of these S05, S24, S28, S40, S59 are open
    assert (len(apart), len(settled)) == (13, 8)
    assert all(codes["consensus"] <= codes["A"] | codes["B"] for codes in settled)
    codebook = [row.values for row in given.of("codebook")]
    assert 10 <= len(codebook) <= 14
    assert [code.code for code in codebook if code.sensitive] == ["ausgrenzung"]
    assert {code.influence for code in codebook} == {"municipality", "other"}
    assert {row.values.code for row in given.of("codes")} == {code.code for code in codebook}


def test_others_have_less_as_in_real_life(given: GivenFiles) -> None:
    assert {r.values.coder for r in given.of("codes", "fantasiestadt")} == {"A"}
    assert [len(given.of(k, "silbenstadt")) for k in ("outcomes", "statements", "notes")] == [4, 0, 0]
    assert {r.municipality for r in given.of("events")} >= {"kreis-skizzenstadt", "probestadt", "kommastadt"}


def test_no_text_puts_a_sign_for_gender_or_ascii_in_place_of_umlauts(given: GivenFiles) -> None:
    for row in given.rows:
        text = " ".join(str(value) for value in row.values.model_dump().values())
        assert not re.search(r"\w[*:_/](?:in|innen)\b|\w(?:In|Innen)\b", text), text
        assert not re.search(r"\b(?:fuer|ueber|koennen|muessen|Massnahme|gruen)", text), text


def test_a_small_or_a_large_study_has_the_rows_of_those_it_has(tmp_path: Path) -> None:
    write_study(tmp_path / "small", municipalities=3)
    given = read_given(load_study(tmp_path / "small"))
    assert {row.municipality for row in given.of("events")} == {CITY, "probestadt"}
    assert {row.municipality for row in given.of("statements")} == {CITY}
    write_study(tmp_path / "none", municipalities=3, workshop=False)
    assert read_given(load_study(tmp_path / "none")).rows == ()
