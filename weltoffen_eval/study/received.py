"""What a study is read from beside its raw files and questionnaires: the tables that people write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval.study.corrections import correction_files
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.succession import FILE as SUCCESSION


def written_tables(folder: Path, files: Iterable[RawFile]) -> list[str]:
    """study.toml, register, succession, corrections, who is responsible: those there are, by path."""
    names = ["study.toml", "municipalities.csv", SUCCESSION, *correction_files(folder)]
    names += [raw.responsible_path for raw in files if raw.responsible_path]
    return [name for name in dict.fromkeys(names) if (folder / name).is_file()]
