"""The head of a report: whose it is, without saying a kind twice, and who is not counted."""

from __future__ import annotations

import pytest

from weltoffen_eval.display.cover_wording import designation
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.study.register import Municipality


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Landkreis Silbental", "Landkreis", "Landkreis Silbental, SH"),
        ("landkreis Silbental", "Landkreis", "landkreis Silbental, SH"),
        ("Silbental (Landkreis)", "Landkreis", "Silbental (Landkreis), SH"),
        ("Silbental, kreisfreie Stadt", "kreisfreie Stadt", "Silbental, kreisfreie Stadt, SH"),
        ("Musterstadt", "Stadt", "Musterstadt, Stadt, SH"),
        ("Gemeindetal", "Gemeinde", "Gemeindetal, Gemeinde, SH"),
        ("Adorf", "", "Adorf, SH"),
        ("Adorf", "a.c (x", "Adorf, a.c (x, SH"),
    ],
)
def test_a_kind_that_the_name_says_is_not_repeated(name: str, kind: str, expected: str) -> None:
    assert designation(Municipality("x", name, kind=kind, state="SH")) == expected


def test_who_is_left_out_is_counted_and_not_named() -> None:
    of_study = load_catalogue("study", "de")
    assert of_study.text("left_out", count=1).startswith("Nicht berücksichtigt ist eine Kommune, weil")
    assert of_study.text("left_out", count=3).startswith("Nicht berücksichtigt sind 3 Kommunen, weil")
    said = load_catalogue("common", "de")
    assert "die Angaben einer weiteren Kommune, weil" in said.text("others_left_out", count=1)
    assert "die Angaben von 2 weiteren Kommunen, weil" in said.text("others_left_out", count=2)
