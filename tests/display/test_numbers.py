"""Numbers and dates as they are printed, worked out by hand."""

from __future__ import annotations

import datetime
import math

import pytest

from weltoffen_eval.display import numbers


@pytest.mark.parametrize(("value", "shown"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2), (-0.5, 0), (-1.5, -1)])
def test_halves_go_upwards(value: float, shown: int) -> None:
    assert numbers.whole(value) == shown


def test_a_number_has_a_decimal_comma_and_no_zeros_behind_it() -> None:
    assert [numbers.decimal(v) for v in (1, 10, 1.25, 0.04, 2.0)] == ["1", "10", "1,2", "0", "2"]
    assert numbers.decimal(1.256, 2) == "1,26"


def test_what_is_not_there_is_a_dash() -> None:
    gone = math.nan
    assert {numbers.points(gone), numbers.decimal(gone), numbers.percent(gone)} == {"–"}
    assert numbers.interval(gone, 1) == numbers.interval(1, gone) == "–"


def test_an_interval_whose_ends_print_alike_is_one_number() -> None:
    assert numbers.interval(51.6, 64.4) == "52 bis 64"
    assert numbers.interval(51.6, 52.4) == "52"


def test_shares_parts_counts_dates_and_listings() -> None:
    assert numbers.percent(0.625) == "63\N{NO-BREAK SPACE}%"
    assert numbers.part_of(14, 15.5) == "14 von 15,5"
    assert [numbers.count(n, "Frage", "Fragen") for n in (0, 1, 2)] == ["0 Fragen", "1 Frage", "2 Fragen"]
    assert numbers.date(datetime.date(2021, 3, 1)) == "1. März 2021"
    assert numbers.date(datetime.date(2021, 12, 31)) == "31. Dezember 2021"
    assert [numbers.listing(["a", "b", "c"][:n]) for n in (1, 2, 3)] == ["a", "a und b", "a, b und c"]
