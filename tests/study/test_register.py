"""A cell names a municipality by key, name or AGS, or it names none: nothing is guessed by nearness."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import write_study

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.register import Municipality, Register, read_register

REGISTER = Register(
    (
        Municipality("adorf", "Adorf", ags="12052000"),
        Municipality("bestadt", "Bestadt", ags="01002000"),
        Municipality("kreis", "Kreis Ce", ags="01001"),
        Municipality("neustadt", "Neustadt", ags="03353026"),
        Municipality("neustadt-2", "Neustadt", ags="06534014"),
        Municipality("Ohne", "Ohne Schlüssel", ags=""),
        Municipality("anders", "Ohne", ags="01003000"),
    )
)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("adorf", ("adorf", "")),
        (" adorf ", ("adorf", "trimmed")),
        ("ADORF", ("adorf", "municipality_name")),
        ("Kreis  ce", ("kreis", "municipality_name")),
        ("neustadt", ("neustadt", "")),
        ("Neustadt", None),  # the name of two
        ("Ohne", None),  # the key of one and the name of another
        ("adorff", None),
        ("Bestad", None),
        ("", None),
    ],
)
def test_a_municipality_is_found_by_key_or_name(cell: str, found: tuple[str, str] | None) -> None:
    assert REGISTER.find(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("12052000", ("adorf", "")),
        ("120520000000", ("adorf", "ags_from_ars")),
        ("01001", ("kreis", "")),
        ("01001000", ("kreis", "ags_of_kreis")),
        ("1001", ("kreis", "ags_zero_restored")),
        ("01002000 ", ("bestadt", "trimmed")),
        ("01002", ("bestadt", "ags_of_kreis")),
        ("12052001", None),  # one digit beside it is another place
        ("02052000", None),
        ("", None),
    ],
)
def test_a_municipality_is_found_by_its_official_key(cell: str, found: tuple[str, str] | None) -> None:
    assert REGISTER.find_ags(cell) == found


def test_an_ags_agrees_where_it_means_the_same_or_the_register_knows_none() -> None:
    assert REGISTER.agrees("adorf", "120520000000")
    assert not REGISTER.agrees("adorf", "01002000")
    assert not REGISTER.agrees("adorf", "99999999")
    assert REGISTER.agrees("Ohne", "99999999")
    assert not REGISTER.agrees("Ohne", "01002000"), "it is that of another"


def read(folder: Path, text: str) -> tuple[Register, list[Fault]]:
    write_study(folder)
    (folder / "municipalities.csv").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return read_register(folder / "municipalities.csv", "municipalities.csv", faults), faults


def test_a_population_of_5000_digits_is_a_fault_of_its_row(tmp_path: Path) -> None:
    _, faults = read(tmp_path, f"municipality,name,population\na,A,{'9' * 5000}\nb,B,10\n")
    assert [(f.row, f.column, f.municipality) for f in faults] == [(2, "population", "a")]


@pytest.mark.parametrize("key", ["merged", "Participants", "consensus", "a/b", "", "con", "ä", "a" * 65])
def test_a_key_is_a_file_name_and_no_reserved_word(tmp_path: Path, key: str) -> None:
    _, faults = read(tmp_path, f"municipality,name\n{key},A\nb,B\n")
    assert [(f.row, f.column) for f in faults] == [(2, "municipality")]


def test_the_columns_of_later_reports_are_known(tmp_path: Path) -> None:
    head = "municipality,name,ags,kind,state,population,parent,consent,contact,mandate,status,released_on"
    register, faults = read(tmp_path, f"{head}\na,A,,,,,,,x@y.de,Beschluss 7,draft,\n")
    assert faults == []
    assert list(register.by_key) == ["a"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("01001001", "010010000001"),
        ("01001001", "1001001"),
        ("01001", "01001000"),
        ("12052000", "12 0 52 000"),
    ],
)
def test_the_same_ags_in_another_form_is_the_same(tmp_path: Path, first: str, second: str) -> None:
    path = tmp_path / "municipalities.csv"
    path.write_text(f"municipality,name,ags\na,A,{first}\nb,B,{second}\nc,C,\nd,D,\n", encoding="utf-8")
    faults: list[Fault] = []
    read_register(path, "municipalities.csv", faults)
    assert [(fault.row, fault.column) for fault in faults] == [(3, "ags")]
