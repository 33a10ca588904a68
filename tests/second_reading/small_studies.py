"""Studies of a few cells, written by a test line by line, and what the package makes of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from second_reading.comparison import Comparison
from second_reading.questionnaires import Refused
from second_reading.reading import StudyReading
from weltoffen_eval import clean_responses, load_study
from weltoffen_eval.errors import RefusedError

SCALES = """
[[scale]]
id = "stufen"
kind = "ordinal"
options = [
  { code = 0, points = 0, label = { de = "nein" } },
  { code = 1, points = 50, label = { de = "teils" } },
  { code = 2, points = 100, label = { de = "ja" } },
]
non_answers = [
  { kind = "dont_know", code = 98, label = { de = "weiß nicht" } },
  { kind = "not_applicable", code = 99, label = { de = "nicht zuständig" } },
  { kind = "skipped", label = { de = "keine Angabe" } },
]
[[scale]]
id = "mitte"
kind = "ordinal"
options = [
  { code = 1, points = 35, label = { de = "eher nicht" } },
  { code = 2, points = 65, label = { de = "eher ja" } },
]
"""
#: Two fields of two questions; a test changes what it is about.
ITEMS = ["A1,alpha,,stufen,1,1", "A2,alpha,,stufen,1,1", "B1,beta,,stufen,1,1", "B2,beta,,stufen,1,1"]
ADMINISTRATION = 'setting = "questionnaire"\nperspective = "administration"\nlayout = "wide"'
RESIDENTS = 'setting = "workshop"\nperspective = "residents"\nlayout = "wide"'


def write_small(
    folder: Path,
    files: Iterable[tuple[str, str]],
    *,
    items: list[str] = ITEMS,
    fields: str = "alpha beta",
    criteria: str = "",
    scheme: str = "min_coverage = 0.5\nmin_group_size = 1\noverall = true",
    wave: str = '"2021"',
) -> Path:
    """A study of two municipalities, Adorf and Bestadt.

    ``files`` are pairs of settings (TOML lines) and CSV text; ``items`` rows of item, dimension, criterion, scale,
    direction, weight; ``fields`` and ``criteria`` words such as ``beta=2`` or ``alpha/alpha.eins=0``.
    """
    instrument = folder / "instrument"
    instrument.mkdir(parents=True)
    lines = [
        'id = "klein"',
        'edition = "1"',
        'title = { de = "Klein" }',
        'source = "test"',
        'licence = "CC0-1.0"',
    ]
    for word in fields.split():
        name, _, weight = word.partition("=")
        lines += [
            "[[dimension]]",
            f'id = "{name}"',
            f'title = {{ de = "{name}" }}',
            f"weight = {weight or 1}",
        ]
    for word in criteria.split():
        place, _, weight = word.partition("=")
        field, name = place.split("/")
        lines += ["[[criterion]]", f'id = "{name}"', f'dimension = "{field}"', f'title = {{ de = "{name}" }}']
        lines += [f"weight = {weight or 1}"]
    (instrument / "instrument.toml").write_text("\n".join(lines) + SCALES, encoding="utf-8")
    heads = [
        "item",
        "dimension",
        "criterion",
        "position",
        "scale",
        "direction",
        "weight",
        "aspect",
        "text_de",
    ]
    rows = []
    for number, row in enumerate(items, start=1):
        item, field, criterion, scale, direction, weight = row.split(",")
        rows.append([item, field, criterion, number, scale, direction, weight, "", f"Frage {number}"])
    with (instrument / "items.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])
    (folder / "scheme.toml").write_text(
        f'id = "klein"\ntitle = {{ de = "Klein" }}\n{scheme}\n', encoding="utf-8"
    )
    (folder / "municipalities.csv").write_text(
        "municipality,name,ags,kind,state,population,parent,consent\n"
        "adorf,Adorf,01001001,Gemeinde,SH,4000,,\nbestadt,Bestadt,01002000,Stadt,SH,90000,,\n",
        encoding="utf-8",
    )
    study = [
        'id = "klein"',
        'title = "Klein (synthetisch)"',
        'instrument = "./instrument"',
        'scheme = "./scheme.toml"',
    ]
    study += ["synthetic = true", 'licence = "CC0-1.0"', "[[wave]]", f"id = {wave}", "date = 2021-06-30"]
    for number, (settings, text) in enumerate(files):
        study += ["[[file]]", f'path = "roh{number}.csv"', f"wave = {wave}", settings]
        (folder / f"roh{number}.csv").write_text(text, encoding="utf-8")
    (folder / "study.toml").write_text("\n".join(study) + "\n", encoding="utf-8")
    return folder


def answers_of(folder: Path) -> list[dict[str, Any]]:
    """Per respondent whose it is, and its answer per item: a code, a number or the kind of missing.

    The second reading must have the same.
    """
    comparison = Comparison(folder)
    assert comparison.of_answers == []
    respondents: dict[tuple[str, ...], dict[str, Any]] = {}
    whose = ["municipality", "wave", "setting", "perspective", "unit", "respondent"]
    for row in comparison.responses.to_dict("records"):
        key = tuple(str(row[part]) for part in whose)
        there = [row[part] for part in ("code", "value", "missing") if not pd.isna(row[part])]
        respondents.setdefault(key, dict(zip(whose, key, strict=True)))[row["item"]] = there[0]
    return list(respondents.values())


def score_of(folder: Path, place: str, *, unit: str = "", respondent: int | None = None) -> dict[str, Any]:
    """The row of the score file at ``level/id``, of the only group or unit; of the respondent of that number.

    The second reading must have the same.
    """
    comparison = Comparison(folder)
    assert comparison.of_answers + comparison.of_scores() == []
    frame = comparison.score_file("municipality" if respondent is None else "respondent")
    level, _, name = place.partition("/")
    rows = frame[(frame["level"] == level) & (frame["id"] == name)]
    if unit:
        rows = rows[rows["unit"] == unit]
    if respondent is None:
        assert len(rows) == 1
    row = rows.iloc[respondent or 0].to_dict()
    return {key: None if pd.isna(value) else value for key, value in row.items()}


def assert_refused(folder: Path, *words: str) -> None:
    """Both readings refuse the study, and the package names these words."""
    with pytest.raises(Refused):
        StudyReading(folder)
    with pytest.raises(RefusedError) as refusal:
        clean_responses(load_study(folder))
    for word in words:
        assert word in str(refusal.value)
