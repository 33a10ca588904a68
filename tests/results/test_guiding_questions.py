"""The guiding questions: in the project's wording, unless a study has its own."""

from __future__ import annotations

from places import ROOT

from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.results.guiding_questions import guiding_questions
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.kinds.given import GivenFiles, read_given

#: The mission (01), module 3.
PROJECT = [
    "Wo begegnet Ihnen Weltoffenheit?",
    "Woran machen Sie die Weltoffenheit fest?",
    "Wo wird Weltoffenheit noch nicht gelebt?",
    "Welche Hürden sehen Sie?",
]


def test_without_own_questions_they_are_the_four_of_the_project() -> None:
    assert guiding_questions(GivenFiles(), "2021") == dict(zip("1234", PROJECT, strict=True))
    # in a language without wording they are asked as they were
    assert guiding_questions(GivenFiles(), "2021", "xx") == guiding_questions(GivenFiles(), "2021")
    assert "obstacles" in guiding_questions(GivenFiles(), "2021", "en")["4"]


def test_the_wording_is_in_the_catalogue_of_all_sentences() -> None:
    worded = load_catalogue("questions", "de").worded
    assert [text for entry in worded.values() for text in entry.texts.values()] == PROJECT


def test_wilhelmshaven_asked_of_itself() -> None:
    given = read_given(load_study(ROOT / "data" / "raw" / "wilhelmshaven"))
    assert (
        guiding_questions(given, "2021")["2"] == "Woran machen Sie die Weltoffenheit in Wilhelmshaven fest?"
    )
