"""Two files with the same persons: they are told in whatever form the second is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import clean, faults_of, told, write_study
from workbooks import head, number, row, tab, text, write_workbook

HEAD = "municipality,A1,A2,B1,B2\n"
ROWS = "adorf,1,weiß nicht,10,50\nadorf,2,1,20,2.5\n"


def listed_twice(folder: Path, name: str, content: bytes) -> Path:
    write_study(folder, ("a.csv", HEAD + ROWS), (name, ""))
    (folder / name).write_bytes(content)
    return folder


COPIES = {
    "other line ends": (HEAD + ROWS).replace("\n", "\r\n").encode(),
    "a mark at the beginning": (HEAD + ROWS).encode("utf-8-sig"),
    "cp1252": (HEAD + ROWS).encode("cp1252"),
    "UTF-16": (HEAD + ROWS).encode("utf-16"),
    "another delimiter and decimal sign": (HEAD + ROWS).replace(",", ";").replace(".", ",").encode(),
    "labels in place of codes": (HEAD + ROWS.replace("adorf,1", "adorf,teilweise")).encode(),
}


@pytest.mark.parametrize("kind", COPIES)
def test_the_same_persons_in_another_form_of_the_file_are_told_once(tmp_path: Path, kind: str) -> None:
    faults = faults_of(listed_twice(tmp_path, "b.csv", COPIES[kind]))
    assert told(faults) == [("b.csv", None, "")]
    assert "the same 2 records as in a.csv" in faults[0].found


def test_the_same_persons_in_a_workbook_are_told(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", HEAD + ROWS), ("b.xlsx", ""))
    sheet = tab(
        head("municipality", "A1", "A2", "B1", "B2"),
        row(
            2,
            text("A2", "adorf"),
            number("B2", "1"),
            text("C2", "weiß nicht"),
            number("D2", "10"),
            number("E2", "50"),
        ),
        row(
            3,
            text("A3", "adorf"),
            number("B3", "2"),
            number("C3", "1"),
            number("D3", "20"),
            number("E3", "2.5"),
        ),
    )
    write_workbook(folder / "b.xlsx", sheet)
    assert told(faults_of(folder)) == [("b.xlsx", None, "")]


def test_a_file_that_differs_in_one_answer_is_another(tmp_path: Path) -> None:
    cleaned = clean(listed_twice(tmp_path, "b.csv", (HEAD + ROWS.replace("2.5", "2.6")).encode("utf-16")))
    assert len(cleaned.records) == 4


def test_one_person_may_answer_as_another_did(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path, ("a.csv", HEAD + "adorf,1,1,10,50\n"), ("b.csv", HEAD + "adorf,1,1,10,50.0\n")
    )
    assert len(clean(folder).records) == 2
