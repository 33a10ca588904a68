"""A small study with other kinds of file, each written as a test needs it."""

from __future__ import annotations

from pathlib import Path

from small_studies import REGISTER, STUDY, write_study

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import load_study, read_study
from weltoffen_eval.study.kinds.given import GivenFiles, read_given, read_given_files

ANSWERS = ("antworten.csv", "municipality,respondent,A1,A2,B1,B2\nadorf,p1,0,1,10,45\nbestadt,p1,0,1,10,45\n")
#: Where most kinds of file say neither wave nor setting.
AT_DIALOGUE = 'wave = "2024"\nsetting = "dialogue"'


def write_given(folder: Path, *files: tuple[str, str, str | bytes], study: str = STUDY) -> Path:
    """The small study with files of (kind, keys of its [[file]], content); a name is made of the kind."""
    write_study(folder, ANSWERS, study=study)
    assert "adorf" in REGISTER
    for number, (kind, keys, content) in enumerate(files, start=1):
        path = folder / f"{kind}{number}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        with (folder / "study.toml").open("a", encoding="utf-8") as stream:
            stream.write(f'\n[[file]]\nkind = "{kind}"\npath = "{path.name}"\n{keys}\n')
    return folder


def given_in(folder: Path) -> GivenFiles:
    return read_given(load_study(folder))


def values_of(folder: Path, kind: str) -> list[dict[str, object]]:
    """What the rows of a kind say, without what is empty."""
    return [
        {name: value for name, value in row.values.model_dump().items() if value not in ("", None)}
        for row in given_in(folder).of(kind)
    ]


def given_faults(folder: Path) -> list[Fault]:
    """All faults of the other kinds of file, and of study.toml."""
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None
    read_given_files(study, faults)
    return faults


def told(faults: list[Fault]) -> list[tuple[int | None, str, str, str]]:
    """Row, column, found, municipality."""
    return [(fault.row, fault.column, fault.found, fault.municipality) for fault in faults]
