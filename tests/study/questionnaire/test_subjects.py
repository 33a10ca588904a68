"""What a scale is about: it says so itself, or its answers do; of numbers the others say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from weltoffen_eval.study.questionnaire.files import instrument_names, load_instrument
from weltoffen_eval.study.questionnaire.instrument import Dimension, Instrument, Item, Option, ResponseScale
from weltoffen_eval.study.questionnaire.subjects import asks_what_is_in_place, is_of_implementation


def of_labels(*labels: str, about: str = "") -> ResponseScale:
    last = len(labels) - 1
    options = tuple(Option(n, 100 * n / last, {"de": label}) for n, label in enumerate(labels))
    return ResponseScale(labels[0], "ordinal", options, about=about)


def asked(*scales: ResponseScale) -> Instrument:
    items = tuple(
        Item(f"q{n}", "d", "", n, scale.id, 1, 1.0, "", {"de": "?"}) for n, scale in enumerate(scales)
    )
    return Instrument("i", "1", {"de": "I"}, "", "", (Dimension("d", {"de": "D"}),), (), scales, items)


@pytest.mark.parametrize("name", instrument_names())
def test_the_shipped_questionnaires_ask_what_is_in_place(name: str) -> None:
    assert asks_what_is_in_place(load_instrument(name))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("nein", "in Planung", "teilweise", "ja"), True),
        (("nicht umgesetzt", "teilweise umgesetzt", "umgesetzt"), True),
        (("stimme gar nicht zu", "teils/teils", "stimme voll zu"), False),
        (("nie", "manchmal", "immer"), False),
        (("ungenügend", "gut", "sehr gut"), False),
        # whether one feels safe, or whether there is a mission statement
        (("nein", "ja"), False),
    ],
)
def test_a_scale_that_says_nothing_is_known_by_its_answers(labels: tuple[str, ...], expected: bool) -> None:
    assert is_of_implementation(of_labels(*labels)) is expected


def test_what_a_scale_says_goes_before_its_answers() -> None:
    assert is_of_implementation(of_labels("nein", "ja", about="implementation"))
    assert not is_of_implementation(of_labels("nicht vorhanden", "vorhanden", about="other"))


def test_where_many_points_mean_that_little_is_there_other_words_are_used() -> None:
    there = of_labels("nicht vorhanden", "teilweise", "dauerhaft gesichert")
    assert asks_what_is_in_place(asked(there))
    # a question that counts the other way round
    turned = replace(asked(there), items=(replace(asked(there).items[0], direction=-1),))
    assert not asks_what_is_in_place(turned)
    # a scheme that turns the points round, and a scale that says nothing better with most points
    assert not asks_what_is_in_place(asked(there), {"nicht vorhanden": {0: 100, 1: 50, 2: 0}})
    assert asks_what_is_in_place(asked(there), {"nicht vorhanden": {0: 0, 1: 60, 2: 100}})
    for labels in (("geplant", "nicht geplant"), ("planned", "not planned"), ("in Arbeit", "ohne Arbeit")):
        assert not asks_what_is_in_place(asked(of_labels(*labels, about="implementation")))


def test_one_scale_of_another_kind_is_enough_and_numbers_follow_the_others() -> None:
    there, agreed = of_labels("nicht vorhanden", "vorhanden"), of_labels("lehne ab", "stimme zu")
    number = ResponseScale("zahl", "numeric")
    assert asks_what_is_in_place(asked(there, number))
    assert not asks_what_is_in_place(asked(there, agreed))
    assert not asks_what_is_in_place(asked(agreed, number))
    assert not asks_what_is_in_place(asked(number))
    # a scale that no question uses says nothing
    both = asked(there, agreed)
    unused = Instrument(*(getattr(both, name) for name in ("id", "edition", "title", "source", "licence")),
                        both.dimensions, (), both.scales, both.items[:1])  # fmt: skip
    assert asks_what_is_in_place(unused)
