"""Raw files as tools write them, and the study folders that ``weltoffen new`` makes of them."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

from calls import call_within
from places import ROOT
from small_studies import clean


def written(path: Path, rows: list[list[Any]], delimiter: str = ",") -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def drafted(folder: Path, *words: str) -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    """What study.toml says of its file, and by respondent and item what was read; check accepts the folder."""
    done = call_within(ROOT, "new", str(folder), *words)
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["file"]
    rows = clean(folder).responses
    labels = {
        (item.item, option["code"]): option["label"]["de"]
        for item in _items(folder)
        for option in _scales(folder)[item.scale]
    }
    answers = {
        (row.respondent, row.item): labels[row.item, int(row.code)] if row.missing is None else row.missing
        for row in rows.astype(object).where(rows.notna(), None).itertuples()
        if row.value is None
    }
    return file, answers


class _Item:
    def __init__(self, row: dict[str, str]) -> None:
        self.item, self.scale = row["item"], row["scale"]


def _items(folder: Path) -> list[_Item]:
    with (folder / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        return [_Item(row) for row in csv.DictReader(stream)]


def _scales(folder: Path) -> dict[str, list[dict[str, Any]]]:
    read = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    return {scale["id"]: scale.get("options", []) for scale in read["scale"]}
