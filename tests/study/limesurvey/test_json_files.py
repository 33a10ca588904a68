"""JSON of responses in both nestings; what is hostile is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.study.limesurvey.json_files import MOST_BYTES, MOST_COLUMNS, read_json


def read(path: Path, content: str) -> tuple[RawTable | None, list[Fault]]:
    path = path / "r.json"
    path.write_text(content, encoding="utf-8")
    faults: list[Fault] = []
    return read_json(path, "r.json", faults), faults


@pytest.mark.parametrize(
    "content",
    [
        '{"responses":[{"id":"1","K01[MS01]":"98","N":2.5},{"id":"2","K01[MS01]":null,"N":""}]}',
        '{"responses":[{"1":{"id":"1","K01[MS01]":"98","N":2.5}},{"2":{"id":"2","K01[MS01]":null,"N":""}}]}',
    ],
    ids=["5 and 6", "3"],
)
def test_both_nestings_are_read_and_null_is_empty(tmp_path: Path, content: str) -> None:
    table, faults = read(tmp_path, content)
    assert table is not None and not faults
    assert table.columns == ["id", "K01[MS01]", "N"]
    assert [list(row) for row in table.rows] == [["1", "98", "2.5"], ["2", "", ""]]
    assert table.lines == [2, 3]


@pytest.mark.parametrize(
    "content, told",
    [
        ('{"responses":[{"id":"1","id":"2"}]}', "the key 'id' twice in one response"),
        ('{"responses":[{"id":NaN}]}', "the value NaN"),
        ('{"responses":' + "[" * 5_000 + "]" * 5_000 + "}", "values within values without end"),
        ('{"responses":[]}', "no response"),
        ('{"responses":[{}]}', "0 questions"),
        ('{"responses":[1]}', "a response that holds no answers by question"),
        ("[]", "no list of responses"),
        ("{", "text that is no JSON"),
        ("", "text that is no JSON"),
        (" " * (MOST_BYTES + 1), f"{MOST_BYTES + 1:,} bytes"),
        (
            '{"responses":[{' + ",".join(f'"{n}":1' for n in range(MOST_COLUMNS + 1)) + "}]}",
            "10,001 questions",
        ),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(tmp_path: Path, content: str, told: str) -> None:
    table, faults = read(tmp_path, content)
    assert table is None
    assert [fault.found for fault in faults] == [told]


@pytest.mark.parametrize(
    "content, row, told",
    [
        (
            '{"responses":[{"id":"1"},{"id":"2","x":"1"}]}',
            3,
            "other questions than in the first response, such as 'x'",
        ),
        ('{"responses":[{"id":["1"]}]}', 2, "a value that is no text"),
        ('{"responses":[{"id":"1\\u0000"}]}', 2, "characters that nobody sees (U+0000) in '1\\u0000'"),
    ],
)
def test_a_faulty_response_is_named_by_its_row(tmp_path: Path, content: str, row: int, told: str) -> None:
    _, faults = read(tmp_path, content)
    assert [(fault.row, fault.found) for fault in faults] == [(row, told)]
