"""Talking points: they follow from the answers, name the item, and say nothing where there is nothing."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from places import REFERENCE

from weltoffen_eval import load_profile, report, wording
from weltoffen_eval.blocks import DataFile, Heading, Listing
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.questions_to_discuss import questions_to_talk_about
from weltoffen_eval.results.talking_points import (
    aspect_scores,
    category_points,
    disagreements,
    is_done_only,
    is_laid_down_only,
    pairs_of,
    suggestions_of,
    unanswered_items,
)
from weltoffen_eval.study.questionnaire.files import load_instrument


def mini(municipality: str, folder: Path = REFERENCE / "example" / "study") -> Profile:
    return load_profile(folder, municipality, "2021")


def test_concept_against_practice_of_the_worked_example() -> None:
    profile = mini("adorf")
    items = profile.instrument.items_of("alpha")
    found = aspect_scores(profile, items)
    # by hand: concept A1 = 100; practice (2·100 + 1·50) / 3
    assert found["concept"].score == pytest.approx(100)
    assert found["practice"].score == pytest.approx(250 / 3)
    assert category_points(profile, items) == 50
    assert wording.pairs(Telling(profile, "selfcheck"), "alpha") == [], "its questions are no pair"


def test_unanswered_are_those_skipped_or_not_known() -> None:
    assert [item.id for item in unanswered_items(mini("bestadt"))] == ["A2", "A3"]
    assert [item.id for item in unanswered_items(mini("cekreis"))] == [], "a field not chosen is not open"


def test_with_several_opinions_a_question_is_unanswered_only_where_no_sheet_answered_it(
    example: Path,
) -> None:
    (example / "verwaltung.csv").write_text(
        "municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,0,?,,1,5\nadorf,b2,,0,?,1,200\n", encoding="utf-8"
    )
    assert [item.id for item in unanswered_items(mini("adorf", example))] == ["A3"]


def paired(profile: Profile, **points: float) -> Profile:
    """The worked example with A1 and A2 as a pair, and with these points."""
    instrument = profile.instrument
    items = tuple(replace(i, pair="alpha.eins") if i.id in ("A1", "A2") else i for i in instrument.items)
    scores = profile.scores.copy()
    for item, value in points.items():
        scores.loc[(scores["level"] == "item") & (scores["id"] == item), "score"] = value
    return replace(profile, instrument=replace(instrument, items=items), scores=scores)


def withheld(profile: Profile, field: str) -> Profile:
    """As if a field had no points."""
    rows = profile.scores
    there = (rows["level"] == "dimension") & (rows["id"] == field)
    return replace(profile, scores=rows.assign(withheld=rows["withheld"].astype(str).mask(there, "coverage")))


@pytest.mark.parametrize(
    ("concept", "practice", "laid_down", "done"),
    [
        (100, 50, True, False),
        (100, 74.4, False, False),  # less than a step of this scale apart, which is 50
        (50, 100, False, True),
        (0, 50, False, True),
        (0, 49.4, False, False),  # where little is done, nothing is called done
        (100, 100, False, False),
        (75, 25, True, False),
        (75.4, 25.6, False, False),  # 75 and 26 as printed
        (100, 75, False, False),  # what is well done is not called less
    ],
)
def test_concept_and_practice_are_set_against_each_other_in_a_pair_from_one_step_on(
    concept: float, practice: float, laid_down: bool, done: bool
) -> None:
    profile = paired(mini("adorf"), A1=concept, A2=practice)
    (pair,) = pairs_of(profile)
    assert (is_laid_down_only(profile, pair), is_done_only(profile, pair)) == (laid_down, done)
    assert len(questions_to_talk_about(profile).laid_down) == laid_down
    assert pairs_of(mini("adorf")) == []


def test_sheets_two_categories_apart_disagree(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(
        "municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,0,0,1,1,5\nadorf,b2,2,0,2,1,200\n", encoding="utf-8"
    )
    assert [item.id for item in disagreements(mini("adorf", example))] == ["A1"]
    assert disagreements(mini("adorf")) == [], "one sheet agrees with itself"


def test_every_question_has_one_suggestion_of_its_own() -> None:
    instrument = load_instrument("selbstcheck-1")
    assert sorted(s.item for s in instrument.suggestions) == sorted(item.id for item in instrument.items)
    assert len({s.text for s in instrument.suggestions}) == 108


def test_suggestions_fit_the_answers_and_name_them() -> None:
    profile = load_profile("beispiel", "musterstadt", "2021")
    scores = profile.own_scores.set_index("id")["score"]
    own = {suggestion.item for suggestion in profile.instrument.suggestions}
    for dimension in profile.instrument.dimensions:
        suggested = suggestions_of(profile, dimension.id)
        for entry in suggested:
            if entry.text["de"] in {s.text for s in profile.instrument.suggestions}:
                assert scores[entry.item.id] == 0 and entry.item.id in own
    blocks = report.dimensions(profile).bundle.blocks
    listings = [block for block in blocks if isinstance(block, Listing)]
    assert listings
    for listing in listings:
        assert len(listing.entries) <= 3
        for entry in listing.entries:
            assert entry.links
            for link in entry.links:
                assert link.anchor == f"item-{link.text.strip('(,)')}"
            assert re.search(r" Anlass: [^()]+ – [^()]+$", entry.text)
            # one pair of brackets for all questions: (MS03, MS04)
            told = " ".join(link.text for link in entry.links)
            assert re.fullmatch(r"\([^(), ]+(, [^(), ]+)*\)", told)


def test_what_belongs_to_an_answer_stands_once_for_a_field_with_all_its_questions() -> None:
    profile = load_profile("beispiel", "musterstadt", "2024")
    blocks = report.dimensions(profile).bundle.blocks
    entries = [entry.text for block in blocks if isinstance(block, Listing) for entry in block.entries]
    of_opening = [text for text in entries if "Auswahlverfahren" in text]
    # by hand from 2024/verwaltung.csv: the questions on opening that are answered with 1, in Planung
    assert of_opening == [
        "Was fehlt, damit aus der Planung Umsetzung wird: Zuständigkeit, Mittel oder Frist? Anlass: "
        "Auswahlverfahren; Einarbeitung; Erfassung von Beschwerden; Prüfung der Abläufe; "
        "Vergabe und Zuwendung – in Planung"
    ]


def test_all_suggestions_are_a_table_that_comes_back_as_measures() -> None:
    profile = load_profile("beispiel", "musterstadt", "2021")
    (file,) = [block for block in report.dimensions(profile).bundle.blocks if isinstance(block, DataFile)]
    assert file.name == "suggestions.csv"
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")), delimiter=";"))
    # the heads of the contract (03, measures), and what the table tells besides
    measures = "what,measure,setting,dimension,who,until,evidence,status,source,priority,resources,needs_decision,origin,take"
    assert set(rows[0]) == {*measures.split(","), "municipality", "wave", "question", "answer"}
    every = [s for d in profile.instrument.dimensions for s in suggestions_of(profile, d.id)]
    assert [row["origin"] for row in rows] == [f"item:{s.item.id}" for s in every]
    assert {row["take"] for row in rows} == {""}
    answers = {item.id: item.text["de"] for item in profile.instrument.items}
    assert all(row["question"] == answers[row["origin"].removeprefix("item:")] for row in rows)
    assert all(row["what"] and row["answer"] for row in rows)


def test_without_any_hint_the_report_says_so() -> None:
    # of a questionnaire with one field no field has the fewest points, and nothing was put before
    (block,) = report.workshop_topics(withheld(mini("adorf"), "beta")).bundle.blocks
    assert "keine Hinweise" in block.text  # type: ignore[union-attr]
    shown = report.workshop_topics(withheld(mini("bestadt"), "beta")).bundle.blocks
    assert [b.text for b in shown if isinstance(b, Heading)] == ["Was ist nicht beantwortet?"]
