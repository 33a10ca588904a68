"""What was read of a file is read back as it was, and is written nowhere where a person is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.responses.cleaning import read_responses, read_wave
from weltoffen_eval.study.responses.kept_sheets import read_back, stands_alone, written
from weltoffen_eval.study.responses.sheets import SheetsOfFile


class InMemory:
    """Keeps what is added, and gives back what was there at its beginning."""

    def __init__(self, before: dict[str, bytes]):
        self.before, self.added = before, dict[str, bytes]()

    def find(self, raw: RawFile) -> bytes | None:
        return self.before.get(raw.path)

    def add(self, raw: RawFile, content: bytes) -> None:
        self.added[raw.path] = content


def test_every_part_of_the_sheets_of_a_file_is_read_back(tmp_path: Path) -> None:
    write_study(tmp_path / "s", 3, study_id="s")
    study = load_study(tmp_path / "s")
    for sheets in read_wave(study, "2021", [], [], set()):
        content = written(sheets, [])
        if content is None:
            continue
        again, log = read_back(content, sheets.raw, study.instruments["2021"])
        assert log == []
        for part in fields(SheetsOfFile):
            one, other = getattr(sheets, part.name), getattr(again, part.name)
            if part.name == "answers":
                assert one.place_of == other.place_of
                for name in ("code", "value", "missing", "empty"):
                    before, after = getattr(one, name), getattr(other, name)
                    assert before.dtype == after.dtype
                    np.testing.assert_array_equal(before, after)
            elif part.name == "raw":
                assert one is other
            else:
                assert list(one or []) == list(other or []), part.name


def test_a_study_read_back_is_that_which_was_read(tmp_path: Path) -> None:
    write_study(tmp_path / "s", 3, study_id="s")
    study = load_study(tmp_path / "s")
    first = InMemory({})
    expected = read_responses(study, [], first)
    assert first.added
    # nothing is there to be read any more
    for path in first.added:
        (study.folder / path).write_bytes(b"")
    second = InMemory(first.added)
    cleaned = read_responses(study, [], second)
    assert second.added == first.added
    for name in ("responses", "comments", "records", "cleaning_log"):
        assert getattr(cleaned, name).equals(getattr(expected, name)), name


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [("p1", True), ("", True), ("Erika Muster", False), ("a@b.de", False), ("0391-5401234", False)],
)
def test_a_file_in_which_a_person_is_named_is_kept_nowhere(example: Path, name: str, is_kept: bool) -> None:
    path = example / "workshop.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("adorf,p1,", f"adorf,{name},", 1), encoding="utf-8"
    )
    kept = InMemory({})
    read_responses(load_study(example), [], kept)
    assert ("workshop.csv" in kept.added) == is_kept


def test_a_file_with_a_fault_is_read_again(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("bestadt,2,", "bestadt,9,"), encoding="utf-8")
    kept = InMemory({})
    read_responses(load_study(example), [], kept)
    assert kept.added.keys() == {"workshop.csv"}


def test_forms_and_exports_of_a_survey_tool_are_read_with_what_lies_beside_them() -> None:
    assert stands_alone(RawFile(kind="responses", path="a.csv"))
    assert not stands_alone(RawFile(kind="responses", path="a.csv", format="limesurvey"))
    assert not stands_alone(RawFile(kind="responses", path="f/a.xlsx", form_folder="f", format="form"))
