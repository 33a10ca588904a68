"""A questionnaire without gaps: each dimension and criterion has items, and no number is too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import question
from small_studies import INSTRUMENT, ITEMS, write_study

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.questionnaire.files import read_instrument

CRITERION = '[[criterion]]\nid = "alpha.eins"\ndimension = "alpha"\ntitle = { de = "Eins" }\n'
GAMMA = '[[dimension]]\nid = "gamma"\ntitle = { de = "Feld C" }\n'


def faults_of(
    folder: Path, instrument: str = INSTRUMENT, items: str = ITEMS, suggestions: str = ""
) -> list[Fault]:
    write_study(folder)
    (folder / "instrument" / "instrument.toml").write_text(instrument, encoding="utf-8")
    (folder / "instrument" / "items.csv").write_text(items, encoding="utf-8")
    if suggestions:
        (folder / "instrument" / "suggestions.csv").write_text(suggestions, encoding="utf-8")
    faults: list[Fault] = []
    read_instrument(folder / "instrument", "instrument", faults)
    return faults


@pytest.mark.parametrize(
    ("added", "kind", "name"), [(CRITERION, "criterion", "alpha.eins"), (GAMMA, "dimension", "gamma")]
)
def test_a_criterion_or_dimension_without_an_item_is_a_fault(
    tmp_path: Path, added: str, kind: str, name: str
) -> None:
    (fault,) = faults_of(tmp_path, INSTRUMENT.replace("[[scale]]", f"{added}[[scale]]", 1))
    assert (fault.file, fault.column, fault.found) == (
        "instrument/instrument.toml",
        kind,
        f"{name!r} without an item",
    )


def test_with_an_item_it_is_none(tmp_path: Path) -> None:
    items = (
        ITEMS.replace("direction,", "direction,criterion,")
        .replace(",1,Frage", ",1,,Frage")
        .replace(",1,,Frage A1", ",1,alpha.eins,Frage A1")
    )
    assert faults_of(tmp_path, INSTRUMENT.replace("[[scale]]", f"{CRITERION}[[scale]]", 1), items) == []


@pytest.mark.parametrize("number", ["9" * 5000, "nan", "inf", "1e400", "1_0", "٣", "1.5", ""])
def test_a_position_is_a_whole_number_of_ordinary_length(tmp_path: Path, number: str) -> None:
    faults = faults_of(tmp_path, items=ITEMS.replace("A2,alpha,2", f"A2,alpha,{number}"))
    assert ("instrument/items.csv", 3, "position") in [(f.file, f.row, f.column) for f in faults]


@pytest.mark.parametrize("number", ["9" * 5000, "nan", "-1", "101", "50 Punkte"])
def test_a_suggestion_is_for_0_to_100_points(tmp_path: Path, number: str) -> None:
    faults = faults_of(tmp_path, suggestions=f"item,at_most,text_de\nA1,{number},Text\n")
    assert [(f.file, f.row, f.column) for f in faults] == [("instrument/suggestions.csv", 2, "at_most")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max = 5000", "max = 1e999"),
        ("max = 5000", "max = nan"),
        ("max = 5000", "max = 0x" + "f" * 400),
        ("code = 2", "code = 3000000000"),
    ],
)
def test_numbers_of_a_scale_fit_into_the_tables(tmp_path: Path, old: str, new: str) -> None:
    faults = faults_of(tmp_path, INSTRUMENT.replace(old, new))
    assert faults
    assert all(fault.file == "instrument/instrument.toml" for fault in faults)


def test_an_instrument_that_is_no_toml_hides_no_fault_of_its_items(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "id = ", ITEMS.replace("A2,alpha,2,stufen,1", "A2,alpha,2,stufen,5"))
    assert [(f.file, f.column) for f in faults] == [
        ("instrument/instrument.toml", ""),
        ("instrument/items.csv", "direction"),
    ]


def test_titles_may_be_in_any_language_and_need_one(tmp_path: Path) -> None:
    assert faults_of(tmp_path, INSTRUMENT.replace("{ de =", "{ en =")) == []
    title = 'title = { de = "Kleiner Fragebogen" }'
    for other in ("title = {}", 'title = { "d e" = "Kleiner Fragebogen" }', 'title = { en = "" }'):
        assert title in INSTRUMENT
        (fault,) = faults_of(tmp_path, INSTRUMENT.replace(title, other))
        assert fault.expected == '{ de = "…" }, or a text in any other languages'


@pytest.mark.parametrize(
    ("table", "text", "head", "told"),
    [
        ("glossary.csv", "term_de,text_de\nLeitbild,a\nBeirat,b\nLeitbild,c\n", "", "'Leitbild' once more"),
        ("mapping.csv", "previous,item,comparable\nQ0,Q1,yes\n", "", "no previous questionnaire"),
        ("mapping.csv", "previous,item,comparable\nQ0,Q1,yes\n", 'previous = "question"\n', "'question'"),
    ],
)
def test_what_contradicts_itself_beside_a_questionnaire_is_a_fault(
    tmp_path: Path, table: str, text: str, head: str, told: str
) -> None:
    folder = question(tmp_path / "study")
    (folder / "instrument" / table).write_text(text, encoding="utf-8")
    path = folder / "instrument" / "instrument.toml"
    path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
    faults: list[Fault] = []
    read_study(folder, faults)
    assert [fault.found for fault in faults] == [told]
