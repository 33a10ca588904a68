"""The catalogue of sentences, and how languages write numbers; expected texts are written by hand."""

from __future__ import annotations

import datetime
import math
from pathlib import Path

import pytest

from weltoffen_eval.display.language import language_names, load_language
from weltoffen_eval.display.sentences import Catalogue, Known, SentenceError, read_catalogue
from weltoffen_eval.errors import CallError

DECLARED = """
[open_questions]
when = "at least one applicable question of the dimension is not answered"
places = { open = "count", total = "count", low = "points", high = "points" }
rests_on = ["{who}/dimension/{id}/score", "{who}/dimension/{id}/coverage"]
example = { open = 2, total = 15, low = 43, high = 57 }
[heading]
when = "always"
"""
GERMAN = """
[open_questions]
plural = "open"
one = "Eine von {total} Fragen ist nicht beantwortet; mit ihr wären {low} bis {high} Punkte möglich."
other = "{open} von {total} Fragen sind nicht beantwortet; mit ihnen wären {low} bis {high} Punkte möglich."
example = "Zwei von 15 Fragen sind nicht beantwortet; mit ihnen wären 43 bis 57 Punkte möglich."
[heading]
text = "Wo steht die Kommune?"
"""
WHO = {"who": "musterstadt/2021/questionnaire/administration", "id": "access"}
SCORE = "musterstadt/2021/questionnaire/administration/dimension/access/score"


def catalogue(folder: Path, declared: str = DECLARED, german: str = GERMAN) -> Catalogue:
    (folder / "de").mkdir(exist_ok=True)
    (folder / "selfcheck.toml").write_text(declared, encoding="utf-8")
    (folder / "de" / "selfcheck.toml").write_text(german, encoding="utf-8")
    return read_catalogue(folder, "selfcheck", load_language("de"))


def test_a_sentence_is_said_with_its_numbers_and_what_it_rests_on(tmp_path: Path) -> None:
    said = catalogue(tmp_path).say(
        "open_questions",
        WHO,
        open=2,
        total=15,
        low=Known(43.2, SCORE + ".low"),
        high=Known(56.5, SCORE + ".high"),
    )
    assert said.text == "Zwei von 15 Fragen sind nicht beantwortet; mit ihnen wären 43 bis 57 Punkte möglich."
    assert said.name == "selfcheck.open_questions"
    assert said.rests_on == (SCORE, SCORE.replace("/score", "/coverage"))
    assert said.numbers == ((SCORE + ".low", "43"), (SCORE + ".high", "57"))


def test_one_question_is_in_the_singular(tmp_path: Path) -> None:
    said = catalogue(tmp_path).say("open_questions", WHO, open=1, total=15, low=48, high=52)
    assert said.text == "Eine von 15 Fragen ist nicht beantwortet; mit ihr wären 48 bis 52 Punkte möglich."


def test_a_heading_is_only_a_text(tmp_path: Path) -> None:
    assert catalogue(tmp_path).text("heading") == "Wo steht die Kommune?"


@pytest.mark.parametrize(
    ("declared", "german"),
    [
        (DECLARED, GERMAN.replace("{total}", "{sum}")),
        (DECLARED, GERMAN.replace("{total}", "{total.real}")),
        (DECLARED, GERMAN.replace("{total}", "{total:x}")),
        (DECLARED, GERMAN.replace("mit ihnen wären {low}", "mit ihnen wären 1")),
        (DECLARED, GERMAN.replace('plural = "open"\n', "")),
        (DECLARED, GERMAN.replace('plural = "open"', 'plural = "all"')),
        (DECLARED, GERMAN + '[more]\ntext = "Mehr."\n'),
        (DECLARED + '[more]\nwhen = "always"\n', GERMAN),
        (DECLARED.replace('open = "count"', 'open = "number"'), GERMAN),
        (DECLARED.replace("open = 2,", ""), GERMAN),
        (DECLARED.replace("when =", "if ="), GERMAN),
        (DECLARED, GERMAN + "["),
    ],
)
def test_files_that_do_not_fit_each_other_are_refused(tmp_path: Path, declared: str, german: str) -> None:
    with pytest.raises(SentenceError):
        catalogue(tmp_path, declared, german)


def test_a_place_that_is_not_handed_over_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SentenceError, match="has the places"):
        catalogue(tmp_path).say("open_questions", WHO, open=1)
    with pytest.raises(SentenceError, match="no sentence"):
        catalogue(tmp_path).say("closed_questions")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    german, english = load_language("de"), load_language("en")
    assert (german.decimal(0.25, 2), english.decimal(0.25, 2)) == ("0,25", "0.25")
    assert (german.decimal(3.0), german.decimal(3.0, 1, fixed=True), german.decimal(-0.04)) == (
        "3",
        "3,0",
        "0",
    )
    assert (german.points(50.5), german.points(math.nan)) == ("51", "–")
    assert (german.share(0.125), english.share(0.5)) == ("13\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%")
    assert (german.count(12), german.count(13), english.count(3)) == ("zwölf", "13", "three")
    day = datetime.date(2021, 6, 30)
    assert (german.date(day), english.date(day)) == ("30. Juni 2021", "30 June 2021")
    assert german.listing(["a", "b", "c"]) == "a, b und c"
    assert english.listing(["a", "b", "c"]) == "a, b and c"


def test_a_language_without_sentences_is_refused() -> None:
    assert {"de", "en"} <= set(language_names())
    with pytest.raises(CallError, match="Did you mean"):
        load_language("dee")
