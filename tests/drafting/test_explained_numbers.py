"""Which number means most, as a text says that explains numbers by words."""

from __future__ import annotations

import pytest

from weltoffen_eval.drafting.explained_numbers import (
    CONTRADICTORY,
    DOWN,
    UNSAID,
    UP,
    explained_direction,
)

SIX = [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "codes", "most"),
    [
        ("Bürgerbüro (1 = sehr gut)", SIX, DOWN),
        ("Bürgerbüro – 1 = sehr gut", SIX, DOWN),
        ("Bürgerbüro (1=sehr gut)", SIX, DOWN),
        ("Wie gut ist: das Bürgerbüro? 1 = sehr gut", SIX, DOWN),
        ("Bürgerbüro (1 = sehr gut bis 6 = ungenügend)", SIX, DOWN),
        ("Bürgerbüro [1 sehr gut … 6 ungenügend]", SIX, DOWN),
        ("Skala von 1 (= „sehr gut“) bis 6 (= „ungenügend“)", SIX, DOWN),
        ("von sehr gut (1) bis ungenügend (6)", SIX, DOWN),
        ("sehr gut = 1, ungenügend = 6", SIX, DOWN),
        ("6 = ungenügend", SIX, DOWN),
        # nobody gave a 6
        ("6 = ungenügend", [1, 2, 3], DOWN),
        ("1 ist die beste Note", SIX, DOWN),
        # as schools in Switzerland grade
        ("Note (6 = sehr gut)", SIX, UP),
        ("5 = stimme voll zu", [1, 2, 3, 4, 5], UP),
        ("1 = stimme voll zu", [1, 2, 3, 4, 5], DOWN),
        ("1 = gar nicht zufrieden", [1, 2, 3, 4, 5], UP),
        ("0 = gar nicht, 10 = sehr", [0, 3, 10], UP),
        ("0 = sehr, 10 = gar nicht", [0, 3, 10], DOWN),
        ("5 = strongly agree", [2, 3, 4, 5], UP),
        ("1 = excellent", [1, 2, 3, 4], DOWN),
        ("1 = ja", [0, 1], UP),
        ("1 = ja, 2 = nein", [1, 2], DOWN),
        # each says one thing, and both another
        ("1 = sehr gut, 1 = ungenügend", SIX, CONTRADICTORY),
        ("1 = sehr gut, 6 = sehr gut", SIX, CONTRADICTORY),
        # no explanation of a number
        ("1: Immer mehr kommen", SIX, UNSAID),
        ("Frage 5 gut erreichbar", SIX, UNSAID),
        ("1 = sehr niedrig", SIX, UP),
        # which way that is, nobody knows
        ("1 = sehr bunt", SIX, UNSAID),
        ("3 = teils/teils", [1, 2, 3, 4, 5], UNSAID),
        ("1 = sehr gut", [], UNSAID),
    ],
)
def test_a_number_that_is_explained_says_which_means_most(text: str, codes: list[int], most: str) -> None:
    assert explained_direction([text], codes) == most


@pytest.mark.parametrize(
    ("codes", "most"),
    [(SIX, DOWN), ([2, 3], DOWN), ([0, 1, 5], UNSAID), ([1, 4, 10], UNSAID)],
)
def test_what_stands_beside_a_table_counts_for_columns_of_the_numbers_it_explains(
    codes: list[int], most: str
) -> None:
    assert explained_direction(["1 = sehr gut, 6 = ungenügend"], codes, beside=True) == most
