"""The workshop kit: an agenda that adds up, a sheet per chosen field, a card per question worth talking about."""

from __future__ import annotations

import re

import pytest
from profiles import profile_of

from weltoffen_eval import workshop_kit
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.blocks import Heading, Listing, Note, Table
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.questions_to_discuss import questions_to_talk_about


def text_of(shown: Shown) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bundle_html(shown.bundle)))


def test_the_parts_of_the_agenda_are_as_long_as_it_says() -> None:
    shown = workshop_kit.agenda(profile_of("beispiel", "musterstadt", "2021"))
    table = next(block for block in shown.bundle.blocks if isinstance(block, Table))
    minutes = sum(int(row[0]) for row in table.rows)
    assert f"Der Vorschlag dauert {minutes} Minuten." in text_of(shown)
    assert [row[1] for row in table.rows][:2] == ["Begrüßung", "Ergebnisse des Selbstchecks"]


@pytest.mark.parametrize(("municipality", "fields"), [("musterstadt", 7), ("silbenstadt", 4)])
def test_a_sheet_for_the_wall_is_made_of_each_field_that_was_chosen(municipality: str, fields: int) -> None:
    shown = workshop_kit.wall(profile_of("beispiel", municipality, "2021"))
    sheets = [block for block in shown.bundle.blocks if isinstance(block, Heading)]
    assert [block.sheet for block in sheets] == ["wall"] * fields
    boxes = [block for block in shown.bundle.blocks if isinstance(block, Listing)]
    assert {len(block.entries) for block in boxes} == {4}


@pytest.mark.parametrize("municipality", ["musterstadt", "modellstadt"])
def test_a_card_is_made_of_each_question_of_which_talking_pays_off(municipality: str) -> None:
    profile = profile_of("beispiel", municipality, "2021")
    cards = [block for block in workshop_kit.cards(profile).bundle.blocks if isinstance(block, Note)]
    assert len(cards) == questions_to_talk_about(profile).count
    assert len({card.text for card in cards}) == len(cards)
    assert all(card.text.endswith("Wie erleben Sie das, und was wäre ein erster Schritt?") for card in cards)
