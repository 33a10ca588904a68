"""Every number of an archived report is held against the answers: one that is another is named with its report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import shared as made
from kept_archives import laid_out
from places import ROOT

from weltoffen_eval.runs.kinds import KINDS
from weltoffen_eval.runs.recomputing import Recomputed, recomputing


def another(finding: dict[str, Any], field: str) -> None:
    """Another value of a field of a finding."""
    value = finding.get(field)
    finding[field] = f"{value} " if isinstance(value, str) else 1.0 if value is None else value + 0.5


def plant(twins: Iterable[Path], fields: Iterable[str]) -> dict[str, str]:
    """Changes one field of every finding of every twin, in turn; which, by ``file key``."""
    planted, turn = {}, cycle(fields)
    for path in twins:
        twin = json.loads(path.read_text(encoding="utf-8"))
        for finding in twin["findings"]:
            field = next(turn)
            another(finding, field)
            planted[f"{path.name} {finding['key']}"] = field
        path.write_text(json.dumps(twin), encoding="utf-8")
    return planted


def is_named(found: Recomputed, place: str, field: str) -> bool:
    """Whether one sentence names the field of a finding as printed, and as computed."""
    where = re.escape(place) + ("" if field == "value" else rf"(\.{field}| \({field}\))")
    return sum(bool(re.fullmatch(rf"{where}: printed .+, computed .+", said)) for said in found.wrong) == 1


FIELDS = ("value", "low", "high", "n", "n_applicable", "reason", "method")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("kept"))


def recompute(study: Path, scheme: Path, project: Path, twins: Mapping[str, Path]) -> Recomputed:
    with recomputing(study, scheme, project) as numbers:
        for name, path in twins.items():
            numbers.hold(name, json.loads(path.read_text(encoding="utf-8")))
    return numbers.found


def of_kept(kept: Path, project: Path, names: Iterable[Path]) -> Recomputed:
    twins = {path.name: path for path in names}
    return recompute(kept / "study", kept / "scheme.toml", project, twins)


def twins_of(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.json")) if path.name not in ("manifest.json", "run.json")]


def test_every_number_of_an_archived_report_follows_from_its_answers(kept: Path, tmp_path: Path) -> None:
    found = of_kept(kept, tmp_path, twins_of(kept / "reports"))
    # two twins, of 15 and of 6 numbers
    assert (found.reports, found.numbers, found.wrong, found.beyond) == (2, 21, [], [])


def test_whatever_of_a_number_is_changed_is_named_as_printed_and_as_computed(
    kept: Path, tmp_path: Path
) -> None:
    twins = []
    for path in twins_of(kept / "reports"):
        twins.append(tmp_path / path.name)
        twins[-1].write_bytes(path.read_bytes())
    planted = plant(twins, FIELDS)
    found = of_kept(kept, tmp_path / "project", twins)
    assert len(found.wrong) == len(planted) == found.numbers == 21
    assert [place for place, field in planted.items() if not is_named(found, place, field)] == []
    # the first of the longer twin; its value was 100
    score = "selfcheck.json adorf/2021/questionnaire/administration/criterion/alpha.eins/score"
    assert f"{score}: printed 100.5, computed 100" in found.wrong


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("adorf/2021/questionnaire/administration/dimension/gamma/score", "no such number follows"),
        ("adorf/2021/questionnaire/administration/dimension/alpha/change=2019", "no such number follows"),
    ],
)
def test_a_number_that_nothing_gives_is_named(kept: Path, tmp_path: Path, key: str, said: str) -> None:
    twin = json.loads((kept / "reports/2021/adorf/selfcheck.json").read_text(encoding="utf-8"))
    twin["findings"] = [{"key": key, "value": 5, "method": "", "reason": ""}]
    (tmp_path / "selfcheck.json").write_text(json.dumps(twin), encoding="utf-8")
    found = of_kept(kept, tmp_path / "project", [tmp_path / "selfcheck.json"])
    assert len(found.wrong) == 1
    assert key in found.wrong[0]
    assert said in found.wrong[0]


def test_a_report_of_nobody_and_one_of_an_unknown_kind_are_told_apart(kept: Path, tmp_path: Path) -> None:
    twin = json.loads((kept / "reports/2021/adorf/selfcheck.json").read_text(encoding="utf-8"))
    (tmp_path / "nobody.json").write_text(json.dumps({**twin, "municipality": "nobody"}), encoding="utf-8")
    (tmp_path / "unknown.json").write_text(json.dumps({**twin, "report": "horoscope"}), encoding="utf-8")
    found = of_kept(kept, tmp_path / "project", [tmp_path / "nobody.json", tmp_path / "unknown.json"])
    assert found.beyond == ["unknown.json"]
    assert len(found.wrong) == 1
    assert found.wrong[0].startswith("nobody.json: ")


@pytest.mark.slow
def test_a_change_in_any_number_of_any_report_of_the_example_is_named(shared: Path, tmp_path: Path) -> None:
    folders = [made.example_reports(shared), made.example_pages(shared)]
    study, scheme = ROOT / "data/raw/beispiel", ROOT / "weltoffen_eval/schemes/standard.toml"
    originals = {f"{n}/{path.relative_to(f)}": path for n, f in enumerate(folders) for path in twins_of(f)}
    sound = recompute(study, scheme, tmp_path / "project", originals)
    assert sound.wrong == []
    assert sound.beyond == []
    assert sound.numbers > 4_000
    told = {json.loads(path.read_text(encoding="utf-8"))["report"] for path in originals.values()}
    # made of nothing but others' numbers, or of a Landkreis only
    assert {kind.name for kind in KINDS} - told == {"workshop_kit", "district"}
    copies = {}
    for name, path in originals.items():
        copies[name] = tmp_path / "twins" / name
        copies[name].parent.mkdir(parents=True, exist_ok=True)
        copies[name].write_bytes(path.read_bytes())
    plant(copies.values(), FIELDS)
    found = recompute(study, scheme, tmp_path / "project", copies)
    assert len(found.wrong) == found.numbers == sound.numbers
