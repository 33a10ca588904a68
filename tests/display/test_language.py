"""Numbers, dates and lists as German writes them, worked out by hand."""

from __future__ import annotations

import datetime
import math

import pytest

from weltoffen_eval.display.language import Label, load_language, whole
from weltoffen_eval.errors import CallError

GERMAN = load_language("de")


@pytest.mark.parametrize(("value", "shown"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2), (-0.5, 0), (-1.5, -1)])
def test_halves_go_upwards(value: float, shown: int) -> None:
    assert whole(value) == shown


def test_a_number_has_a_decimal_comma_and_no_zeros_behind_it() -> None:
    assert [GERMAN.decimal(v) for v in (1, 10, 1.25, 0.04, 2.0)] == ["1", "10", "1,2", "0", "2"]
    assert GERMAN.decimal(1.256, 2) == "1,26"


def test_in_a_column_digits_can_be_fixed() -> None:
    assert [GERMAN.decimal(v, 2, fixed=True) for v in (0.7, 0.0, 0.914)] == ["0,70", "0,00", "0,91"]


def test_what_is_not_there_is_a_dash() -> None:
    gone = math.nan
    assert {GERMAN.points(gone), GERMAN.decimal(gone), GERMAN.share(gone)} == {"–"}
    assert GERMAN.range(gone, 1) == GERMAN.range(1, gone) == "–"


def test_an_interval_whose_ends_print_alike_is_one_number() -> None:
    assert GERMAN.range(51.6, 64.4) == "52 bis 64"
    assert GERMAN.range(51.6, 52.4) == "52"


def test_shares_parts_counts_dates_and_listings() -> None:
    assert GERMAN.share(0.625) == "63\N{NO-BREAK SPACE}%"
    assert GERMAN.part_of(14, 15.5) == "14 von 15,5"
    assert [GERMAN.count(n) for n in (0, 1, 12, 13)] == ["null", "eins", "zwölf", "13"]
    assert GERMAN.date(datetime.date(2021, 3, 1)) == "1. März 2021"
    assert GERMAN.date(datetime.date(2021, 12, 31)) == "31. Dezember 2021"
    assert [GERMAN.listing(["a", "b", "c"][:n]) for n in (0, 1, 2, 3)] == ["", "a", "a und b", "a, b und c"]


def test_a_text_that_is_not_there_in_the_language_is_said_to_be_foreign() -> None:
    english = GERMAN.of({"en": "Access"})
    assert (english, GERMAN.foreign(english)) == (Label("Access", "en"), "en")
    assert GERMAN.foreign(GERMAN.of({"en": "Access", "de": "Zugang"})) == ""


def test_a_language_without_sentences_is_refused() -> None:
    with pytest.raises(CallError, match="no sentences in the language 'fr'; there are de, en"):
        load_language("fr")
