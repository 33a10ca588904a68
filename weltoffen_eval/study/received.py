"""What a study is read from beside its raw files and questionnaires: the tables that people write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval.study.corrections import correction_files
from weltoffen_eval.study.listed_files import RawFile


def written_tables(folder: Path, files: Iterable[RawFile]) -> list[str]:
    """study.toml, register, corrections, who is responsible: those that are there, by path in the study."""
    names = ["study.toml", "municipalities.csv", *correction_files(folder)]
    names += [raw.responsible_path for raw in files if raw.responsible_path]
    return [name for name in dict.fromkeys(names) if (folder / name).is_file()]
