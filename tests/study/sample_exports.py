"""The samples of a running LimeSurvey (tests/reference/limesurvey), as a study that reads one of them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from places import ROOT

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

SAMPLES = ROOT / "tests" / "reference" / "limesurvey"
#: By name of a municipality its key, and its AGS.
KEYS = {
    "Musterstadt": ("musterstadt", "01990000"),
    "Beispielstadt": ("beispielstadt", "02990001"),
    "Landkreis Übungsau": ("uebungsau", "03990002"),
    'Probestadt; Ortsteil "West"': ("probestadt", "04990003"),
    "Modellstadt": ("modellstadt", "05990004"),
    "Leerstadt": ("leerstadt", "06990005"),
    "Emojidorf": ("emojidorf", "08990007"),
    "Halbfertig, Markt": ("halbfertig", "09990008"),
}
STUDY = """id = "umfrage"
title = "Umfrage (synthetisch)"
instrument = "./instrument"
synthetic = true

[[wave]]
id = "2026"
date = 2026-11-26

[[file]]
path = "{path}"
wave = "2026"
setting = "questionnaire"
perspective = "administration"
format = "limesurvey"
{keys}
"""
#: One row of expected_responses.csv or of what was read: respondent, municipality, item, code, missing.
Row = tuple[str, str, str, str, str]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_study(folder: Path, *files: str | Path, keys: str = "") -> Path:
    """A study whose file of responses is the first of the files; the others lie beside it."""
    paths = [SAMPLES / file for file in files]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SAMPLES / "instrument", folder / "instrument")
    for path in paths:
        shutil.copy(path, folder / path.name)
    (folder / "study.toml").write_text(STUDY.format(path=paths[0].name, keys=keys), encoding="utf-8")
    with (folder / "municipalities.csv").open("w", encoding="utf-8", newline="") as stream:
        written = csv.writer(stream)
        written.writerow(["municipality", "name", "ags"])
        written.writerows([key, name, ags] for name, (key, ags) in KEYS.items())
    return folder


def read(folder: Path) -> tuple[CleanedStudy, list[Fault]]:
    """What cleaning makes of a study, and its faults."""
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None and not faults, [str(fault) for fault in faults]
    return read_responses(study, faults), faults


def answers_of(cleaned: CleanedStudy) -> set[Row]:
    """All responses; whether a field is not chosen is decided over all sheets and is skipped here."""
    names = {key: name for name, (key, _) in KEYS.items()}
    table = cleaned.responses
    columns = ["respondent", "municipality", "item", "code", "missing"]
    rows = table[columns].astype(object).where(table[columns].notna(), "").astype(str)
    return {
        (respondent, names.get(key, ""), item, code, missing.replace("not_chosen", "skipped"))
        for respondent, key, item, code, missing in rows.itertuples(index=False)
    }


def expected_answers(survey: str, status: str = "counted", complete: bool = False) -> set[Row]:
    """The right reading of a survey, of the responses with this status."""
    wanted = {
        row["respondent"]
        for row in rows_of(SAMPLES / "expected_respondents.csv")
        if row["survey"] == survey and row["status"] == status and (not complete or row["complete"] == "yes")
    }
    return {
        (row["respondent"], row["municipality"], row["item"], row["code"], row["missing"])
        for row in rows_of(SAMPLES / "expected_responses.csv")
        if row["survey"] == survey and row["respondent"] in wanted
    }
