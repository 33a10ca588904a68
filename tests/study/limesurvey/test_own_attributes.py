"""What an export says of whose a response is, and what the list of participants says, are one."""

from __future__ import annotations

from pathlib import Path

from sample_exports import read, write_study

from weltoffen_eval.errors import Fault

FILES = ("v6-tokens/codes.csv", "v6-tokens/participants.csv")


def faults_with(folder: Path, *changed: tuple[str, str]) -> list[Fault]:
    study = write_study(folder, *FILES, keys='attributes = "participants.csv"')
    path = study / "participants.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in changed:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return read(study)[1]


def test_a_response_of_another_municipality_than_its_participant_is_a_fault_of_its_row(
    tmp_path: Path,
) -> None:
    before = faults_with(tmp_path / "a")
    found = [
        fault
        for fault in faults_with(tmp_path / "b", ('"Musterstadt","01990000"', '"Beispielstadt","02990001"'))
        if fault not in before
    ]
    told = {(fault.row, fault.column, fault.found) for fault in found if fault.row == 2}
    assert told == {
        (2, "attribute_1", "'Musterstadt', but 'Beispielstadt' among the participants"),
        (2, "attribute_2", "'01990000', but '02990001' among the participants"),
    }
    assert all("among the participants" in fault.found for fault in found)


def test_an_ags_that_lost_its_zero_is_the_same(tmp_path: Path) -> None:
    before = faults_with(tmp_path / "a")
    assert faults_with(tmp_path / "b", ('"01990000"', '"1990000"')) == before
