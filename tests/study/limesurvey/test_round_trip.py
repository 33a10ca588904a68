"""A questionnaire made at random becomes a survey, is answered, exported in every layout, and read as answered."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pandas as pd
import pytest
from sample_exports import STUDY
from survey_exports import (
    MUNICIPALITIES,
    Answered,
    Layout,
    answer,
    survey_in,
    table_of,
    write_export,
    write_instrument,
)

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.limesurvey.survey_file import WrittenSurvey, write_survey
from weltoffen_eval.study.questionnaire.files import read_instrument
from weltoffen_eval.study.responses.cleaning import read_responses

HEADS = ("code", "expression", "text", "cut", "both")
FILES = ("csv", "csv", "xlsx", "json5", "json3", "vv", "vv3")
#: Respondent, item, and what was answered: a code, a number, or why there is none.
Answer = tuple[str, str, str]


def some_layout(rng: random.Random) -> Layout:
    """A layout that LimeSurvey can write: VV has codes only, and no attributes."""
    file = rng.choice(FILES)
    vv = file.startswith("vv")
    heads = "expression" if vv else rng.choice(HEADS)
    return Layout(
        heads,
        "codes" if vv else rng.choice(("codes", "labels")),
        file,
        rng.choice((",", ";", "\t")),
        rng.choice((8, 15, 15, 30)),
        rng.choice((". ", " - ", "|", "")),
        heads != "expression" and rng.random() < 0.2,
        not vv and rng.random() < 0.7,
    )


def write_study(folder: Path, rng: random.Random, layout: Layout) -> tuple[WrittenSurvey, Answered]:
    """A study whose responses are an export of the survey that was made of its questionnaire."""
    write_instrument(folder / "instrument", rng)
    faults: list[Fault] = []
    instrument = read_instrument(folder / "instrument", "instrument", faults)
    assert instrument is not None, [fault.found for fault in faults]
    written = write_survey(instrument)
    survey = survey_in(written.lss)
    answered = answer(survey, rng)
    path = write_export(folder / "antworten", table_of(survey, answered, layout), layout)
    keys = []
    if layout.attributes:
        keys.append('columns = { municipality = "attribute_1", ags = "attribute_2" }')
    else:
        keys.append('attributes = "teilnehmer.csv"')
        lines = ["tid,firstname,token, attribute_1 <Kommune>, attribute_2 <AGS>"]
        lines += [
            f'{r},Vor,t{r},"{name}",{MUNICIPALITIES[name][1]}' for r, name in answered.municipality.items()
        ]
        (folder / "teilnehmer.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside = rng.choice(("", "F.lss", "F-codes.csv"))
    if beside:
        keys.append(f'structure = "{beside}"')
        (folder / beside).write_bytes(written.lss if beside == "F.lss" else written.codes)
    (folder / "study.toml").write_text(STUDY.format(path=path.name, keys="\n".join(keys)), encoding="utf-8")
    register = [
        "municipality,name,ags",
        *(f"{key},{name},{ags}" for name, (key, ags) in MUNICIPALITIES.items()),
    ]
    (folder / "municipalities.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
    return written, answered


def expected(written: WrittenSurvey, answered: Answered) -> set[Answer]:
    """What was answered, in the codes of the questionnaire: those of the survey have no sign."""
    item_of = {row["code"]: row["item"] for row in csv.DictReader(io.StringIO(written.codes.decode()))}
    found = set()
    for respondent, given in answered.codes.items():
        for (code, part), cell in given.items():
            said = {"98": "dont_know"}.get(cell, cell.replace("M", "-")) if part else cell
            found.add((respondent, item_of[f"{code}[{part}]" if part else code], said or "skipped"))
    return found


def read(folder: Path) -> tuple[set[Answer], list[Fault]]:
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None and not faults, [fault.found for fault in faults]
    cleaned = read_responses(study, faults)
    if faults:
        return set(), faults
    found = set()
    for row in cleaned.responses.itertuples():
        if isinstance(row.missing, str):
            said = row.missing.replace("not_chosen", "skipped")
        else:
            said = f"{row.value:g}" if pd.isna(row.code) else str(int(row.code))
        found.add((str(row.respondent), str(row.item), said))
    return found, faults


@pytest.mark.parametrize("seed", range(40))
def test_what_was_answered_in_a_survey_is_read_from_its_export(tmp_path: Path, seed: int) -> None:
    check_round_trip(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_what_was_answered_in_many_surveys_is_read_from_their_exports(tmp_path: Path, part: int) -> None:
    for seed in range(100 + part * 50, 150 + part * 50):
        check_round_trip(tmp_path / str(seed), seed)


def check_round_trip(folder: Path, seed: int) -> bool:
    """Whether it was read; where it was refused, headings were texts that look the same."""
    rng = random.Random(seed)
    layout = some_layout(rng)
    written, answered = write_study(folder / "study", rng, layout)
    found, faults = read(folder / "study")
    if faults:
        told = [(fault.found, fault.expected) for fault in faults]
        assert layout.heads in ("text", "cut"), (layout, told)
        assert all(fault.row == 1 for fault in faults), (layout, told)
        return False
    assert found == expected(written, answered), layout
    return True
