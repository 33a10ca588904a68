"""The form of a sentence belongs to its number, and says so where the number is that of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.sentences import Catalogue, SentenceError, load_catalogue, read_catalogue

DECLARED = (
    'when = "always"\nplaces = { groups = "count", total = "count" }\nexample = { groups = 1, total = 2 }'
)
TEXTS = """
one = "In einer von {total} Gruppen."
both = "In beiden Gruppen."
all = "In allen {total} Gruppen."
other = "In {groups} von {total} Gruppen."
"""


def catalogue(folder: Path, worded: str) -> Catalogue:
    (folder / "de").mkdir()
    (folder / "topic.toml").write_text(f"[raised]\n{DECLARED}\n", encoding="utf-8")
    (folder / "de" / "topic.toml").write_text(f"[raised]\n{worded}\n", encoding="utf-8")
    return read_catalogue(folder, "topic", load_language("de"))


@pytest.mark.parametrize(
    ("groups", "total", "said"),
    [
        (1, 6, "In einer von sechs Gruppen."),
        (2, 6, "In zwei von sechs Gruppen."),
        (6, 6, "In allen sechs Gruppen."),
        (2, 2, "In beiden Gruppen."),
        (0, 0, "In null von null Gruppen."),
    ],
)
def test_a_number_that_is_that_of_all_is_told_so(groups: int, total: int, said: str, tmp_path: Path) -> None:
    made = catalogue(tmp_path, f'plural = "groups"\nof = "total"{TEXTS}')
    assert made.text("raised", groups=groups, total=total) == said


def test_the_only_one_has_words_of_its_own_where_the_catalogue_gives_them(tmp_path: Path) -> None:
    only = 'plural = "groups"\nof = "total"\nonly = "In der einzigen Gruppe."' + TEXTS
    assert catalogue(tmp_path, only).text("raised", groups=1, total=1) == "In der einzigen Gruppe."


@pytest.mark.parametrize("of", ["", 'of = "groups_in_all"\n'])
def test_words_for_all_need_the_place_with_the_number_of_all(of: str, tmp_path: Path) -> None:
    with pytest.raises(SentenceError, match="raised"):
        catalogue(tmp_path, f'plural = "groups"\n{of}{TEXTS}')


@pytest.mark.parametrize(
    ("report", "name", "given", "said"),
    [
        ("waves", "compared", {"questions": 108, "total": 108}, "Vergleichbar sind alle 108 Fragen; sie "),
        ("waves", "compared", {"questions": 98, "total": 108}, "Vergleichbar sind 98 von 108 Fragen; sie "),
        ("waves", "rest_all_new", {"rest": 9}, "Die übrigen neun sind neu oder anders gestellt und deshalb "),
        ("waves", "rest_all_open", {"rest": 1}, "Die übrige ist nicht in beiden Erhebungen beantwortet und "),
        ("all_municipalities", "field_repeated", {"field": "Zugang", "points": 50, "count": 9, "n": 9},
         "Am häufigsten liegt „Zugang“ unter 50 Punkten: in allen 9 Kommunen."),
        ("final_report", "became_all", {"measures": 8, "wave": "2021", "status": "umgesetzt"},
         "Alle acht Maßnahmen der Erhebung 2021 sind umgesetzt."),
        ("scoring_lab", "profile_moves",
         {"scheme": "Standard", "moved": 7, "total": 7, "field": "Zugang", "points": 4.2},
         "Gegenüber dem Schema „Standard“ ändern sich alle sieben Werte; "),
        ("workshop", "certain_agreement_alike", {"total": 2, "word": "gemischt"},
         "Es gibt zwei Fragen, bei denen die Antworten aller Teilnehmenden gezeigt werden dürfen; geantwortet wurde bei "
         "beiden gemischt."),
    ],
)  # fmt: skip
def test_the_catalogues_say_all_where_all_are_meant_and_no_number_twice(
    report: str, name: str, given: dict[str, float | str], said: str
) -> None:
    assert load_catalogue(report, "de").text(name, **given).startswith(said)
