"""What a page, a table or a list of sentences says otherwise than the twin of its report is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kept_archives import laid_out

from weltoffen_eval.runs.told_alike import not_alike


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The folder of a report, its twin in it."""
    return laid_out(tmp_path) / "reports" / "2021" / "adorf"


def told(report: Path, change: Callable[[dict[str, Any]], None] = lambda twin: None) -> list[str]:
    twin = json.loads((report / "selfcheck.json").read_text(encoding="utf-8"))
    change(twin)
    return list(not_alike(report / "selfcheck.json", twin))


def sentence(twin: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in twin["sentences"] if one["id"] == name)
    return found


def test_a_report_as_it_was_made_says_the_same_everywhere(report: Path) -> None:
    assert told(report) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("selfcheck.html", "38 Punkte: untere", "48 Punkte: untere", "selfcheck.html score_in_words-2: '48 Punkte"),
        ("selfcheck.html", 'id="one_sheet"', 'id="sheet"', "selfcheck.html one_sheet: 'nothing'"),
        ("tables/selfcheck-sentences.csv", "38 Punkte", "48 Punkte", "selfcheck-sentences.csv score_in_words-2"),
        ("tables/selfcheck-profile.csv", "Feld B;38", "Feld B;48", "selfcheck-profile.csv: '48', which is none"),
        ("tables/selfcheck-robustness.csv", "33 bis 42", "33 bis 52", "selfcheck-robustness.csv: '33 bis 52'"),
        ("tables/selfcheck-bands.csv", "\n", "\nx;y\n", "selfcheck-bands.csv: "),
    ],
)  # fmt: skip
def test_one_change_in_a_file_beside_the_twin_is_named(
    report: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (report / file).read_text(encoding="utf-8")
    assert old in text
    (report / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    (found,) = told(report)
    assert said in found


def test_a_table_that_is_not_there_is_named(report: Path) -> None:
    (report / "tables" / "selfcheck-profile.csv").unlink()
    assert told(report) == ["selfcheck.json: no table tables/selfcheck-profile.csv"]


def test_a_number_is_printed_as_its_finding_and_stands_in_its_sentence(report: Path) -> None:
    def another_print(twin: dict[str, Any]) -> None:
        sentence(twin, "score_in_words")["numbers"][0]["printed"] = "78"

    (found,) = told(report, another_print)
    assert "score_in_words: '78' is printed for" in found
    assert found.endswith("which is 87.5")

    def another_value(twin: dict[str, Any]) -> None:
        key = sentence(twin, "score_in_words")["numbers"][0]["key"].rpartition(".")[0]
        next(one for one in twin["findings"] if one["key"] == key)["value"] = 37.5

    # the sentence, and two tables, in which 88 points stand
    assert any("'88' is printed for" in one for one in told(report, another_value))


def test_what_rests_on_a_number_that_the_twin_does_not_have_is_named(report: Path) -> None:
    key = "adorf/2021/questionnaire/administration/criterion/alpha.eins/score"

    def without(twin: dict[str, Any]) -> None:
        twin["findings"] = [one for one in twin["findings"] if one["key"] != key]

    assert f"selfcheck.json: no finding {key}" in told(report, without)
