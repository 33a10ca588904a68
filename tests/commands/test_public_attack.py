"""The attack on what public runs write of random small studies: two versions, with who came in between."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from calls import call_within
from places import REFERENCE, ROOT
from releases import all_of, publish

from weltoffen_eval import load_profile
from weltoffen_eval.results.attacked_folders import attack_folders
from weltoffen_eval.results.ledger import read_ledger

_GROUPS = ("Politik", "Zivilgesellschaft", "Wirtschaft", "Einwohnerschaft")
_STUDY = """id = "zufall"
title = "Zufällige kleine Studien (synthetisch)"
instrument = "./instrument"
scheme = "./scheme.toml"
synthetic = true
[[wave]]
id = "2021"
date = 2021-06-30
[[file]]
path = "personen.csv"
wave = "2021"
setting = "questionnaire"
perspective = "administration"
unit = "persons"
[[file]]
path = "workshop.csv"
wave = "2021"
setting = "workshop"
perspective_column = "Gruppe"
unit = "persons"
"""
Sheet = list[str]


class Random:
    """A study of municipalities in which few persons answered in the place of the administration and at a workshop."""

    def __init__(self, folder: Path, municipalities: int, seed: int):
        self.project, self.random = folder, np.random.default_rng(seed)
        self.study = folder / "data" / "raw" / "zufall"
        shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
        shutil.copytree(REFERENCE / "example" / "study", self.study, ignore=shutil.ignore_patterns("*.csv"))
        for name in ("items.csv", "suggestions.csv", "mapping.csv", "glossary.csv"):
            if (path := REFERENCE / "example" / "study" / "instrument" / name).is_file():
                shutil.copy(path, self.study / "instrument" / name)
        scheme = (self.study / "scheme.toml").read_text(encoding="utf-8")
        (self.study / "scheme.toml").write_text(scheme.replace("size = 3", "size = 5"), encoding="utf-8")
        (self.study / "study.toml").write_text(_STUDY, encoding="utf-8")
        keys = [f"m{n}" for n in range(municipalities)]
        register = [f"{key},Ort {key},released,2021-10-{n % 28 + 1:02d}" for n, key in enumerate(keys)]
        write(self.study / "municipalities.csv", "municipality,name,status,released_on", register)
        # about as many below the minimum as above it, and as many of whom the public sees distributions
        self.persons = {key: self.sheets(int(self.random.integers(1, 15))) for key in keys}
        self.groups = {
            key: {group: self.sheets(int(self.random.integers(0, 9))) for group in _GROUPS} for key in keys
        }
        self.write()

    def sheets(self, count: int) -> list[Sheet]:
        return [self.sheet() for _ in range(count)]

    def sheet(self) -> Sheet:
        codes = [str(self.random.integers(0, 3)) for _ in range(4)]
        answers = [*codes, str(20 * self.random.integers(0, 11))]
        return ["" if self.random.random() < 0.15 else answer for answer in answers]

    def write(self) -> None:
        rows = [
            ",".join([key, f"p{n}", *sheet])
            for key, sheets in self.persons.items()
            for n, sheet in enumerate(sheets)
        ]
        write(self.study / "personen.csv", "municipality,respondent,A1,A2,A3,B1,B2", rows)
        rows = [
            ",".join([key, f"{group[0]}{n}", group, *sheet])
            for key, groups in self.groups.items()
            for group, sheets in groups.items()
            for n, sheet in enumerate(sheets)
        ]
        write(self.study / "workshop.csv", "municipality,respondent,Gruppe,A1,A2,A3,B1,B2", rows)

    def change(self) -> None:
        """In each municipality somebody came, went or answered anew."""
        for key, persons in self.persons.items():
            for sheets in (persons, self.groups[key][str(self.random.choice(_GROUPS))]):
                match self.random.integers(0, 3):
                    case 0:
                        sheets.append(self.sheet())
                    case 1 if len(sheets) > 1:
                        sheets.pop()
                    case _ if sheets:
                        sheets[0] = self.sheet()
        self.write()

    def run(self, *arguments: str) -> Path:
        done = call_within(self.project, "run", "zufall", "--audience", "public", *arguments)
        assert done.returncode == 0, done.stderr
        return self.project / "reports" / "zufall-public"


def write(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def two_versions(folder: Path, municipalities: int, seed: int) -> None:
    study = Random(folder / "p", municipalities, seed)
    first = shutil.copytree(study.run(), folder / "first")
    alone = attack_folders(first)
    assert (alone.recovered, alone.unsaid) == ([], [])
    study.change()
    second = study.run()
    both = attack_folders(second, [first, study.study / "released"])
    assert (both.recovered, both.unsaid) == ([], [])


def tell(study: Random) -> Path:
    """All that a profile knows of each municipality, as if a report showed it, in the ledger and in a folder."""
    for key in study.persons:
        profile = load_profile(study.study, key, "2021", audience="public")
        out = publish(study.study, all_of(profile), key)
    return out


def test_nothing_is_recovered_of_ten_small_studies_and_their_next_version(tmp_path: Path) -> None:
    study = Random(tmp_path / "p", 10, 1)
    first = shutil.copytree(tell(study), tmp_path / "first")
    assert any(load_profile(study.study, key, "2021", audience="public").own.told for key in study.persons)
    study.change()
    assert attack_folders(tell(study), [first, study.study / "released"]).recovered == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_nothing_is_recovered_of_a_hundred_small_studies(tmp_path: Path, seed: int) -> None:
    two_versions(tmp_path, 10, seed)


@pytest.fixture
def eleven(tmp_path: Path) -> Random:
    """Eleven persons in the place of one administration."""
    study = Random(tmp_path / "p", 1, 0)
    study.persons = {"m0": [["0", "1", "2", "1", "40"], *study.sheets(10)]}
    study.groups = {"m0": {"Politik": study.sheets(2)}}
    study.write()
    return study


def test_a_run_knows_what_the_run_before_released(tmp_path: Path, eleven: Random) -> None:
    first = shutil.copytree(eleven.run(), tmp_path / "first")
    eleven.persons["m0"].append(["2", "0", "0", "2", "200"])
    eleven.write()
    second = eleven.run()
    entered = [release.report for release in read_ledger(eleven.study)]
    assert (entered.count("summary"), entered.count("selfcheck")) == (2, 2)
    assert attack_folders(second, [first]).recovered == []


def test_without_the_ledger_who_came_is_recovered(tmp_path: Path, eleven: Random) -> None:
    """The tests above can fail: a twelfth came, and nobody remembers what eleven said."""
    first = shutil.copytree(tell(eleven), tmp_path / "first")
    eleven.persons["m0"].append(["2", "0", "0", "2", "200"])
    eleven.write()
    shutil.rmtree(eleven.study / "released")
    assert attack_folders(tell(eleven), [first]).recovered != []
