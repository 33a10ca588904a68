"""The twins of our reports against what docs/methods.md promises of them, by a reader that shares no code with us."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from shared import (
    dialogue_reports,
    example_pages,
    example_reports,
    extreme_reports,
    foreign_reports,
    hostile_reports,
)

DOCS = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
KEYS = DOCS.partition("## Keys of numbers")[2].partition("\n## ")[0]
HEAD = {
    "schema", "report", "study", "municipality", "wave", "language", "audience", "date", "software", "program_tree",
    "lock_sha256", "instrument", "scheme", "findings", "sentences", "figures", "tables", "given",
}  # fmt: skip
ENTRIES = {
    "sentences": {"id", "sentence", "text", "rests_on", "numbers"},
    "figures": {"id", "alternative", "rests_on"},
    "tables": {"id", "file", "rests_on"},
    "given": {"id", "text", "file", "tab", "row", "column"},
}
LEVELS = {"item", "criterion", "dimension", "overall", "code", "event", "measure"}
PART = r"(?:[A-Za-z0-9_.-]|%[0-9A-F]{2})+"
WHO = re.compile(rf"{PART}(?:\+{PART})*(?::(?:persons|institution))?(?:={PART})?")
FIELD = re.compile(r"(.*/[^/.]*)\.(?:value|low|high|n|n_applicable)")


def reasons() -> set[str]:
    told = DOCS.partition("has one of 13 reasons:")[2].partition(". No persons")[0]
    return set(re.findall(r"`(\w+)`", told))


def quantities() -> list[re.Pattern[str]]:
    """What may be the last part of a key, after the table: ``<…>`` is any text, ``|`` parts alternatives."""
    found = set()
    for row in re.findall(r"^\| [a-z, ]+ \| (.*) \|$", KEYS, re.MULTILINE):
        told = row.replace("\\|", "|")
        for part in told.split("; over a study") if "~" not in told else [told]:
            behind = set(re.findall(r"each[^`]*`([=~][^`]*)`", part))
            if "=field_rating~<other>" in part:
                behind.add("=field_rating~<other>")
            for name in re.findall(r"`([a-z][^`]*)`", part):
                found |= {name + mark for mark in (behind or {""})}
    return [re.compile(_pattern(text)) for text in sorted(found)]


def _pattern(text: str) -> str:
    name, equals, variant = text.partition("=")
    if not equals:
        name, tilde, other = text.partition("~")
        return name + (tilde and "~" + _any(other))
    variant, tilde, other = variant.partition("~")
    return f"{name}={_any(variant)}" + (tilde and "~" + _any(other))


def _any(text: str) -> str:
    """Alternatives, or any id; a dot of the last part leads to a field."""
    return r"(?:[A-Za-z0-9_+-]|%[0-9A-F]{2})+" if text.startswith("<") else f"(?:{text})"


QUANTITIES = quantities()


def is_key(text: str) -> bool:
    parts = text.split("/")
    if len(parts) != 7:
        return False
    *before, who, level, name, last = parts
    plain = all(part == "@" or re.fullmatch(PART, part) for part in (*before, name))
    told = any(known.fullmatch(last) for known in QUANTITIES)
    return plain and (who == "@" or WHO.fullmatch(who) is not None) and level in LEVELS and told


def test_the_documents_tell_what_a_key_is() -> None:
    assert len(reasons()) == 13
    assert len(QUANTITIES) > 60
    before = "musterstadt/2021/workshop/politics+business/item/MS04"
    assert is_key(f"{before}/gap~administration")
    assert is_key(f"{before}/gap=field_rating~administration")
    assert is_key("m/2021/questionnaire/administration=bauamt/item/MS04/n=0")
    wrong = ("gap", "gap~", "gap=much~administration", "change", "change=2021.5", "median=all", "luck")
    assert not [last for last in wrong if is_key(f"{before}/{last}")]
    assert not is_key("musterstadt/2021/workshop/item/MS04/score")


@pytest.fixture(scope="module")
def twins(shared: Path) -> dict[Path, dict[str, Any]]:
    made = (
        example_reports, example_pages, dialogue_reports, extreme_reports, foreign_reports, hostile_reports,
    )  # fmt: skip
    paths = [path for reports in made for path in reports(shared).rglob("*.json")]
    read = {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    return {path: twin for path, twin in read.items() if "schema" in twin}


def test_of_every_kind_of_report_there_is_a_twin(twins: dict[Path, dict[str, Any]]) -> None:
    assert {twin["report"] for twin in twins.values()} >= {
        "data_quality", "selfcheck", "summary", "workshop", "dialogue", "final_report", "all_municipalities",
        "instrument_quality",
    }  # fmt: skip


def test_a_twin_has_what_is_promised_and_nothing_else(twins: dict[Path, dict[str, Any]]) -> None:
    for path, twin in twins.items():
        assert twin.keys() == HEAD, path
        assert (twin["schema"], twin["report"]) == ("weltoffen-report/1", path.stem)
        # a study of nothing but what was said and done has no questionnaire
        if twin["instrument"] is not None or twin["report"] in ("selfcheck", "data_quality", "summary"):
            assert set(twin["instrument"]) == {"id", "edition", "sha256"}, path
        assert set(twin["scheme"]) == {"id", "sha256"}
        ids = [entry["id"] for name in ENTRIES for entry in twin[name]]
        assert len(ids) == len(set(ids)), path
        assert all(re.fullmatch(r"[!-~]+", name) for name in ids), path
        for name, fields in ENTRIES.items():
            assert all(entry.keys() == fields for entry in twin[name]), (path, name)
        for sentence in twin["sentences"]:
            assert re.fullmatch(rf"{sentence['sentence'].rpartition('.')[2]}(-\d+)?", sentence["id"]), path


def test_every_finding_has_a_key_of_the_grammar_and_a_reason_where_it_has_no_value(
    twins: dict[Path, dict[str, Any]],
) -> None:
    known = reasons()
    for path, twin in twins.items():
        for finding in twin["findings"]:
            assert is_key(finding["key"]), (path, finding["key"])
            assert {"key", "value", "method", "reason"} <= finding.keys()
            assert finding.keys() <= {"key", "value", "method", "reason", "low", "high", "n", "n_applicable"}
            assert finding["reason"] in {*known, ""}, (path, finding)
            assert finding["value"] is not None or finding["reason"], (path, finding)
            assert None not in [finding[name] for name in finding.keys() - {"value"}], (path, finding)


def rests(twin: dict[str, Any]) -> Iterator[str]:
    for name in ("sentences", "figures"):
        yield from (key for entry in twin[name] for key in entry["rests_on"])
    yield from (key for table in twin["tables"] for cell in table["rests_on"] for key in cell)
    for number in (number for sentence in twin["sentences"] for number in sentence["numbers"]):
        field = FIELD.fullmatch(number["key"])
        assert field is not None, number
        yield field[1]


def test_all_that_is_said_rests_on_findings_and_every_finding_is_used(
    twins: dict[Path, dict[str, Any]],
) -> None:
    for path, twin in twins.items():
        keys = [finding["key"] for finding in twin["findings"]]
        assert keys == sorted(set(keys)), path
        assert set(rests(twin)) == set(keys), path


def test_each_cell_of_a_table_has_its_place_in_the_twin(twins: dict[Path, dict[str, Any]]) -> None:
    for path, twin in twins.items():
        for table in twin["tables"]:
            with (path.parent / table["file"]).open(encoding="utf-8-sig", newline="") as stream:
                _, *rows = csv.reader(stream, delimiter=";")
            assert len(table["rests_on"]) == sum(map(len, rows)), (path, table["file"])
