"""What is wrong with raw data, in German: where it stands and what to do, nothing that persons answered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from places import REFERENCE, ROOT

from weltoffen_eval.blocks import Block, Heading, Paragraph, Table
from weltoffen_eval.display.fault_list import list_faults, list_plainly
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import Study, load_study

CATALOGUE = load_catalogue("faults", "de")
KINDS = [name for name in CATALOGUE.declared if f"{name}_to_do" in CATALOGUE.declared]
READERS = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("raw", "study")
    for path in (ROOT / "weltoffen_eval" / room).rglob("*.py")
)
#: Of an answer of the administration's sheets, and of the same of a person in the workshop.
OFFICE = Fault(
    "verwaltung.csv",
    "'7'",
    "x",
    row=3,
    column="A1",
    municipality="bestadt",
    kind="not_an_answer",
    text="7",
    item="A1",
)
PERSON = replace(OFFICE, file="workshop.csv", found="'geheim'", text="geheim")


@pytest.fixture(scope="module")
def mini() -> Study:
    return load_study(REFERENCE / "example" / "study")


def texts(blocks: tuple[Block, ...]) -> str:
    said = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                said.append(block.text)
            case Table():
                said += [block.caption, *(column.title for column in block.columns)]
                said += [cell for row in block.rows for cell in row]
    return "\n".join(said)


@pytest.mark.parametrize("kind", [*KINDS, "of_a_kind_that_comes_later"])
def test_every_kind_of_fault_says_what_it_is_and_what_to_do(mini: Study, kind: str) -> None:
    fault = Fault(
        "verwaltung.csv",
        "english",
        "english",
        "english",
        tab="Blatt",
        row=2,
        column="A1",
        municipality="bestadt",
        kind=kind,
    )
    said = texts(list_faults(mini, [fault], "bestadt"))
    name = kind if kind in KINDS else "other"
    assert CATALOGUE.text(name) in said
    assert CATALOGUE.text(f"{name}_to_do") in said
    assert said.splitlines()[0] == "Bitte prüfen: Angaben aus Bestadt"
    assert "english" not in said
    assert "Tabellenblatt Blatt" in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_one_that_a_reader_finds(kind: str) -> None:
    assert kind == "other" or f'"{kind}"' in READERS


def test_what_an_institution_wrote_stands_there_with_the_answers_that_are_possible(mini: Study) -> None:
    said = texts(list_faults(mini, [OFFICE], "bestadt"))
    assert said.splitlines()[-6:] == ["Zeile", "Spalte", "Dort steht", "3", "A1", "7"]
    # tests/reference/example/study/instrument/instrument.toml, scale of A1
    assert "Möglich sind: 0 = nein; 1 = teils; 2 = ja; weiß nicht; nicht zuständig." in said
    assert CATALOGUE.text("of_persons") not in said


@pytest.mark.parametrize("kind", KINDS)
def test_of_what_a_person_wrote_nothing_stands_there(mini: Study, kind: str) -> None:
    if kind in ("columns_missing", "columns_unknown", "tabs_several"):
        pytest.skip("words of the header, nobody's answers")
    said = texts(list_faults(mini, [replace(PERSON, kind=kind)], "bestadt"))
    assert "geheim" not in said
    assert "geheim" not in list_plainly(mini, [replace(PERSON, kind=kind)])
    assert CATALOGUE.text("of_persons") in said
    assert {"3", "A1"} <= set(said.splitlines())


def test_a_file_that_the_study_does_not_name_is_taken_for_one_of_persons(mini: Study) -> None:
    assert "geheim" not in texts(list_faults(mini, [replace(PERSON, file="other.csv")], "bestadt"))


def test_an_answer_of_a_file_with_a_column_of_perspectives_is_taken_for_one_of_a_person(mini: Study) -> None:
    files = tuple(replace(raw, perspective="", perspective_column="Wer") for raw in mini.files)
    assert "\n7" not in texts(list_faults(replace(mini, files=files), [OFFICE], "bestadt"))
    files = tuple(replace(raw, unit="institution") for raw in files)
    assert "\n7" in texts(list_faults(replace(mini, files=files), [OFFICE], "bestadt"))


def test_each_sees_its_own_faults_only(mini: Study) -> None:
    mine, other = replace(OFFICE, column="A2"), replace(OFFICE, municipality="astadt", column="B1")
    said = texts(list_faults(mini, [mine, other, replace(other, municipality="")], "bestadt"))
    assert "A2" in said
    assert "B1" not in said
    of_study = texts(list_faults(mini, [mine, replace(other, municipality="")]))
    assert CATALOGUE.text("of_all") in of_study
    assert "A2" not in of_study


def test_many_of_one_kind_are_one_part_of_the_page_and_those_not_listed_are_counted(mini: Study) -> None:
    faults = [replace(OFFICE, row=row) for row in range(2, 243)]
    blocks = list_faults(mini, faults, "bestadt")
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert len(table.rows) == 200
    assert blocks[-1] == Paragraph("41 weitere Stellen sind nicht aufgeführt.")
    assert "241 Stellen lassen sich nicht eindeutig lesen." in texts(blocks)


def test_a_place_with_several_faults_is_one_place(mini: Study) -> None:
    twice = [OFFICE, replace(OFFICE, kind="letters_broken", found="a character that nobody sees")]
    assert "Eine Stelle lässt sich nicht eindeutig lesen." in texts(list_faults(mini, twice, "bestadt"))
    of_files = [replace(OFFICE, row=None, column="", found=found) for found in ("one thing", "another")]
    assert "3 Stellen lassen sich" in (said := texts(list_faults(mini, [*twice, *of_files], "bestadt"))) or (
        "Drei Stellen lassen sich" in said
    )


def test_as_plain_text_it_names_the_places_below_what_is_wrong_there(mini: Study) -> None:
    told = list_plainly(mini, [OFFICE, PERSON]).splitlines()
    assert told[0] == "Datei verwaltung.csv"
    assert "    – Zeile 3, Spalte A1: 7" in told
    assert told[-1] == "    – Zeile 3, Spalte A1"


def test_headings_of_the_page_skip_no_level_and_every_name_on_it_is_used_once(mini: Study) -> None:
    faults = [replace(OFFICE, kind=kind, file=file) for kind in KINDS for file in ("a.csv", "b.csv")]
    blocks = list_faults(mini, faults, "bestadt")
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [block.anchor if isinstance(block, Heading) else block.name for block in blocks
             if isinstance(block, Heading | Table)]  # fmt: skip
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z0-9-]+", name) for name in names)


def test_the_numbers_of_a_scale_are_its_ends(mini: Study) -> None:
    fault = replace(OFFICE, item="B2", column="B2", text="250")
    said = texts(list_faults(mini, [fault], "bestadt"))
    assert "Möglich ist eine Zahl von 0 bis 200." in said


def test_names_of_columns_are_told_where_many_are_missing(mini: Study) -> None:
    fault = Fault("workshop.csv", "x", "y", row=1, kind="columns_missing", text="A1, A2, B1, B2")
    assert "Es geht um: A1, A2, B1, B2." in texts(list_faults(mini, [fault]))


def test_one_of_many_places_is_left(mini: Study) -> None:
    faults = [replace(OFFICE, row=row) for row in range(2, 203)]
    assert "Eine weitere Stelle ist nicht aufgeführt." in texts(list_faults(mini, faults, "bestadt"))
