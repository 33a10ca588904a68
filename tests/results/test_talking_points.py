"""Talking points: they follow from the answers, name the item, and say nothing where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import REFERENCE

from weltoffen_eval import load_profile, report, wording
from weltoffen_eval.blocks import Heading, Listing
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.talking_points import (
    aspect_scores,
    category_points,
    concepts_without_practice,
    disagreements,
    open_items,
    suggestions_of,
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
    # 17 points apart; one answer one category further would move the concept by 50
    telling = Telling(profile, "selfcheck")
    said = wording.aspects(telling, "alpha")
    assert said is not None
    assert said.text.startswith("Konzept und Umsetzung liegen nah beieinander")
    assert wording.aspects(telling, "beta") is None, "field B asks for practice only"


def test_open_items_are_those_skipped_or_not_known() -> None:
    assert [item.id for item in open_items(mini("bestadt"))] == ["A2", "A3"]
    assert [item.id for item in open_items(mini("cekreis"))] == [], "a field not chosen is not open"


def test_a_criterion_whose_concept_is_a_category_ahead_is_named(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("adorf,ja,0", "adorf,ja,1"), encoding="utf-8")
    ((criterion, concept, practice),) = concepts_without_practice(mini("adorf", example))
    # by hand: A1 = 100, A2 reversed = 50; 50 apart is one category of this scale
    assert (criterion.id, concept.score, practice.score) == ("alpha.eins", 100, 50)
    assert concepts_without_practice(mini("adorf")) == []


def test_sheets_two_categories_apart_disagree(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(
        "municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,0,0,1,1,5\nadorf,b2,2,0,2,1,200\n", encoding="utf-8"
    )
    assert [item.id for item in disagreements(mini("adorf", example))] == ["A1"]
    assert disagreements(mini("adorf")) == [], "one sheet agrees with itself"


def test_every_question_has_one_suggestion_of_its_own() -> None:
    instrument = load_instrument("selbstcheck-1")
    assert [s.item for s in instrument.suggestions] == [item.id for item in instrument.items]
    texts = [s.text for s in instrument.suggestions]
    assert len(set(texts)) == 108
    assert all(re.search(r"\bSie\b", text) and text.endswith(".") and len(text) <= 160 for text in texts)


def test_suggestions_fit_the_answers_and_lead_to_them() -> None:
    profile = load_profile("beispiel", "musterstadt", "2021")
    scores = profile.own_scores.set_index("id")["score"]
    for dimension in profile.instrument.dimensions:
        for suggestion in suggestions_of(profile, dimension.id):
            assert scores[suggestion.item] <= 25
    blocks = report.dimensions(profile).bundle.blocks
    listings = [block for block in blocks if isinstance(block, Listing)]
    assert listings
    links = [link for block in listings for entry in block.entries for link in entry.links]
    assert links
    assert all(link.anchor == f"item-{link.text.split()[-1]}" for link in links)


def test_without_any_hint_the_report_says_so() -> None:
    (block,) = report.workshop_topics(mini("adorf")).bundle.blocks
    assert "keine Hinweise" in block.text  # type: ignore[union-attr]
    shown = report.workshop_topics(mini("bestadt")).bundle.blocks
    assert [b.text for b in shown if isinstance(b, Heading)] == ["Was ist offen?"]
