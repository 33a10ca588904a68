"""What a study is read from beside its raw files and questionnaires: the tables that people write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval.study.corrections import correction_files
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.succession import FILE as SUCCESSION


def written_tables(folder: Path, files: Iterable[RawFile]) -> list[str]:
    """Of study.toml, register, succession, corrections and what files name beside them those there are.

    By path; files name who is responsible, and what a survey tool gave (participants, structure).
    """
    names = ["study.toml", "municipalities.csv", SUCCESSION, *correction_files(folder)]
    for raw in files:
        names += [name for name in (raw.responsible_path, raw.attributes, raw.structure) if name]
    return [name for name in dict.fromkeys(names) if (folder / name).is_file()]
