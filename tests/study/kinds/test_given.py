"""The rows of other kinds of file as reports ask for them: by kind, municipality, wave and setting."""

from __future__ import annotations

from pathlib import Path

import pytest
from given_studies import AT_DIALOGUE, given_in, write_given
from small_studies import STUDY, clean

from weltoffen_eval.errors import RefusedError
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.kinds.given import read_given

TWO_WAVES = STUDY + '\n[[wave]]\nid = "2027"\ndate = 2027-06-30\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    measures = "municipality,wave,setting,what\nadorf,2024,,a\nadorf,2024,workshop,b\nadorf,2027,workshop,c\n"
    return write_given(
        tmp_path,
        ("measures", "", measures + "bestadt,2024,workshop,d\n"),
        ("codebook", 'wave = "2027"', "code,title\nort,Orte\n"),
        ("codebook", "", "code,title\nzeit,Zeit\n"),
        study=TWO_WAVES,
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("measures",), ["a", "b", "c", "d"]),
        (("measures", "adorf"), ["a", "b", "c"]),
        (("measures", "adorf", "2024"), ["a", "b"]),
        (("measures", "adorf", "2024", "workshop"), ["b"]),
        (("measures", "", "2024", "workshop"), ["b", "d"]),
        (("measures", "cdorf"), []),
        (("notes",), []),
        # what holds for all is everybody's, in each wave that it does not leave out
        (("codebook", "adorf", "2024", "dialogue"), ["zeit"]),
        (("codebook", "adorf", "2027", "dialogue"), ["ort", "zeit"]),
    ],
)
def test_rows_come_in_the_order_of_the_files(
    folder: Path, asked: tuple[str, ...], expected: list[str]
) -> None:
    rows = given_in(folder).of(*asked)
    assert [row.values.what if row.kind == "measures" else row.values.code for row in rows] == expected


def test_a_study_with_faults_is_refused_with_all_of_them(folder: Path) -> None:
    (folder / "measures1.csv").write_text("municipality,wave,what\nadorf,2023,\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_given(load_study(folder))
    assert [fault.column for fault in refused.value.faults] == ["wave", "what"]


def test_no_free_text_comes_among_the_answers(tmp_path: Path) -> None:
    folder = write_given(tmp_path, ("notes", AT_DIALOGUE, "municipality,text\nadorf,MARKE\n"))
    cleaned = clean(folder)
    assert "MARKE" not in cleaned.responses.to_csv() + cleaned.records.to_csv() + cleaned.comments.to_csv()
