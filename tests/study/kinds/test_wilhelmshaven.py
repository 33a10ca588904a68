"""Wilhelmshaven: what is public of a real municipality, and nothing else; a list by hand of every statement."""

from __future__ import annotations

import datetime

import pytest
from places import ROOT

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.kinds.given import GivenFiles, read_given

FOLDER = ROOT / "data" / "raw" / "wilhelmshaven"
SOURCE = "Kurzbericht der Stadt Wilhelmshaven"
#: From the facts that are public, translated; a cell that is not here is not documented.
EVENTS = {
    "questionnaire": {"answered_by": "Migrationsbüro"},
    "workshop": {"invited": "die relevanten Beteiligten aus Zivilgesellschaft, Politik und Wirtschaft"},
    "dialogue": {
        "date": datetime.date(2021, 11, 30),
        "format": "digital, in ausgelosten Arbeitsgruppen, als geschützter Raum",
        "participants": 62,
        "invited": (
            "Verwaltung, Politik, Wirtschaft, Zivilgesellschaft und ein erweiterter Kreis der Einwohnerschaft"
        ),
    },
}
#: What, who, until, status, origin.
MEASURES = [
    ("Offener Dialog „Miteinander in Wilhelmshaven“", "", "September 2022", "planned", "outcome:2"),
    ("Antrag im Programm CERV-2022-EQUAL: „LeDiWi – Lebenswertes diskriminierungsfreies Wilhelmshaven“",
     "Stadt und Jadehochschule", "", "", "outcome:3"),
    ("Erweiterung des Ausschusses für Soziales und Gesundheit um das Thema Integration", "", "", "", "outcome:4"),
    ("Einrichtung eines Beirats mit den Ressourcen und Kompetenzen, die er braucht", "", "", "", "outcome:4"),
]  # fmt: skip
#: Words by which each of the seven results is known.
OUTCOMES = [
    "Blick von außen",
    "Dialoge",
    "bewirbt",
    "Einwanderungsgeschichte",
    "Vernetzung",
    "niedrigschwellig",
    "Prozess",
]


@pytest.fixture(scope="module")
def given() -> GivenFiles:
    return read_given(load_study(FOLDER))


def said(values: object) -> dict[str, object]:
    return {name: value for name, value in values.model_dump().items() if value not in ("", None, False)}  # type: ignore[attr-defined]


def test_it_is_read_without_a_questionnaire_and_without_faults(given: GivenFiles) -> None:
    study = load_study(FOLDER)
    assert study.instruments == {}
    assert {raw.kind for raw in study.files} == {"events", "questions", "outcomes", "measures"}
    assert not study.synthetic
    assert [m.key for m in study.register.municipalities] == ["wilhelmshaven"]
    assert (study.register.municipalities[0].ags, study.register.municipalities[0].population) == ("", None)


def test_every_cell_of_its_events_is_a_public_fact(given: GivenFiles) -> None:
    found = {row.setting: said(row.values) for row in given.of("events")}
    assert found == {setting: {**cells, "source": SOURCE} for setting, cells in EVENTS.items()}


def test_its_seven_results_and_four_intentions_are_there_in_order(given: GivenFiles) -> None:
    outcomes = given.of("outcomes", setting="dialogue")
    assert [row.values.position for row in outcomes] == [1, 2, 3, 4, 5, 6, 7]
    for word, row in zip(OUTCOMES, outcomes, strict=True):
        assert word in row.values.text
        assert said(row.values).keys() == {"position", "text", "source"}
    measures = [row.values for row in given.of("measures", setting="dialogue")]
    assert [(m.what, m.who, m.until, m.status, m.origin) for m in measures] == MEASURES
    assert all(said(m).keys() <= {"what", "who", "until", "status", "origin", "source"} for m in measures)


def test_its_questions_are_in_its_own_wording(given: GivenFiles) -> None:
    assert [row.values.text for row in given.of("questions")] == [
        "Wo begegnet Ihnen Weltoffenheit?",
        "Woran machen Sie die Weltoffenheit in Wilhelmshaven fest?",
        "Wo wird Weltoffenheit noch nicht gelebt?",
        "Welche Hürden sehen Sie?",
    ]
