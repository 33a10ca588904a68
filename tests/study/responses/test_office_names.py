"""A name is that of an office by a word that says so, if it names nobody besides."""

from __future__ import annotations

import pytest

from weltoffen_eval.study.responses.office_names import has_telephone, is_office


@pytest.mark.parametrize(
    "name",
    [
        "Jugendamt",
        "Fachbereich 3",
        "Stabsstelle Integration",
        "Büro der Bürgermeisterin",
        "Amt 50/51",
        "Amt für Jugend, Familie und Bildung",
        "Hauptamt (Zentrale Dienste)",
        "Jugendamt Adorf",
        "Städtisches Jugendamt",
        "Amt 50 / ASD",
        "Stabsstelle Frau und Beruf",
        "Fachbereich 3 – Soziales",
        "Amt für Besondere Aufgaben",
    ],
)
def test_a_word_says_that_it_is_an_office(name: str) -> None:
    assert is_office(name)


@pytest.mark.parametrize(
    "name",
    ["Erika Muster", "Muster, Max", "Dr. Samtleben", "jugendamt@adorf.de", "=cmd|'x'!Amt", "", "Frau Ammer"],
)
def test_without_one_it_may_be_a_person(name: str) -> None:
    assert not is_office(name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna Meier (Hauptamt)",
        "Hauptamt, Frau Meier",
        "Amt 50 / Herr Kurz",
        "Hauptamt, Anna Meier",
        "Meier, Hauptamt",
        "Hauptamt Anna Meier",
        "Hauptamt - Schulz",
        "Sozialamt, Dr. Lang",
        "Hauptamt (0441 12345)",
        "Hauptamt Tel. 12",
    ],
)
def test_an_office_with_somebody_in_it_is_a_person(name: str) -> None:
    assert not is_office(name)


def test_a_telephone_number_is_known_by_its_first_signs() -> None:
    numbers = ("0441-12345", "+49 441 12345", "04411234567", "Hauptamt 0441/123-45")
    assert all(map(has_telephone, numbers))
    assert not any(map(has_telephone, ("r1", "2024-12345", "0012-0034", "Amt 50/51", "03403000")))
