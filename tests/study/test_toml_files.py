"""Whatever a TOML file holds is handed out checked or told as a fault; there is no traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.errors import Fault, describe_faults
from weltoffen_eval.study.toml_files import Section, read_toml


def read(folder: Path, content: str | bytes) -> tuple[Section | None, list[Fault]]:
    faults: list[Fault] = []
    path = folder / "study.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_toml(path, "study.toml", faults), faults


HOSTILE = {
    "5,000 brackets": "a = " + "[" * 5000,
    "5,000 braces": "a = " + "{a=" * 5000,
    "5,000 digits": "a = " + "9" * 5000,
    "20,000 names in a key": "a = 1\n" + ".".join(["b"] * 20_000) + " = 1",
    "names in a head": "[" + ". 'b' .".join(['"a"'] * 5_000) + "]",
    "30 February": "a = 2021-02-30",
    "month 13": "a = 2021-13-01",
    "half a surrogate": 'a = "\\ud800"',
    "a key twice": "a = 1\na = 2",
    "a lone carriage return": "a = 1\rb = 2",
    "a NUL": "a = '\x00'",
    "no UTF-8": b"a = '\xff'",
    "UTF-16": "a = 1".encode("utf-16"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_toml_is_one_fault(tmp_path: Path, name: str) -> None:
    section, faults = read(tmp_path, HOSTILE[name])
    assert section is None
    assert len(faults) == 1
    assert describe_faults(faults)


@pytest.mark.parametrize(
    "value",
    ["0x" + "f" * 5000, "1e999", "nan", "-inf", str(2**63), "2021-01-01", "12:30:00", "[[[1]]]", "{a = 0x" + "f" * 5000 + "}", "true"],
)  # fmt: skip
def test_a_value_of_any_kind_is_a_fault_where_another_is_wanted(tmp_path: Path, value: str) -> None:
    section, faults = read(tmp_path, f"a = {value}")
    assert section is not None
    handed_out = [
        section.text("a", ""),
        section.number("a", 1.0, at_least=0, at_most=1),
        section.whole_number("a", 1),
        section.choice("a", ("x",), "x"),
        section.texts_by_key("missing"),
    ]
    assert handed_out == ["", 1.0, 1, "x", {}]
    assert len(faults) == 4
    assert describe_faults(faults)


@pytest.mark.parametrize(
    ("value", "text"), [("2025", "2025"), ("1.10", "1.10"), ("-3", "-3"), ('"2025"', "2025"), ("1e3", "1e3")]
)
def test_a_number_where_a_text_is_wanted_is_read_as_its_text(tmp_path: Path, value: str, text: str) -> None:
    section, faults = read(tmp_path, f"a = {value}\nb = [{value}]")
    assert section is not None
    assert section.text("a") == text
    assert section.choice("a", (text,)) == text
    assert section.texts("b") == [text]
    assert faults == []


@pytest.mark.parametrize("value", ["true", "2021-06-30", "nan", "[1]", "{a = 1}"])
def test_any_other_kind_is_no_text(tmp_path: Path, value: str) -> None:
    section, faults = read(tmp_path, f"a = {value}")
    assert section is not None
    assert section.text("a", "") == ""
    assert [fault.column for fault in faults] == ["a"]


@pytest.mark.parametrize("escape", [r"\u0000", r"\u001b[31m", r"\u0007", r"\u009b", r"\r"])
def test_control_characters_are_in_no_text(tmp_path: Path, escape: str) -> None:
    section, faults = read(tmp_path, f'a = "x{escape}y"\nb = ["{escape}"]\nc = {{ de = "{escape}" }}')
    assert section is not None
    assert section.text("a", "") == ""
    assert section.texts("b") == []
    section.title("c")
    assert [fault.column for fault in faults] == ["a", "b", "c"]


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path, found in ((pipe, "a pipe"), (Path("/dev/zero"), "a device"), (tmp_path, "a folder")):
        faults: list[Fault] = []
        assert read_toml(path, "x.toml", faults) is None
        assert [fault.found for fault in faults] == [found]


SPLINTERS = ["[", "]", "{", "}", "=", '"', "'", "#", "\n", ".", ",", "1", "e9", "0x", "_", "a", "T", ":", "-", "nan", "inf", "\\", "u", "\x00"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SPLINTERS), max_size=30).map("".join))
def test_any_text_is_toml_or_a_fault(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    section, faults = read(folder, text)
    assert (section is None) == (len(faults) == 1)
    if section is not None:
        for key in section.values:
            section.text(key, "")
            section.texts(key)
            section.title(key)
            section.sections(key)
        section.finish()
        describe_faults(faults)


def test_a_number_that_is_too_long_is_told_with_its_line(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "a = 1\nb = " + "9" * 5000)
    assert [(fault.row, fault.found) for fault in faults] == [(2, "a number of 5,000 digits")]


def test_a_text_with_many_dots_is_no_key(tmp_path: Path) -> None:
    section, faults = read(tmp_path, 'a = "' + "Der Satz ist kurz. " * 300 + '"\nb = "' + "." * 5_000 + '"')
    assert not faults
    assert section is not None and section.text("b") == "." * 5_000


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\ufeff", "\u2028"])
def test_marks_of_direction_are_in_no_text(tmp_path: Path, mark: str) -> None:
    section, faults = read(tmp_path, f'a = "Klei{mark}ne"\nb = ["x{mark}"]\nc = {{ de = "y{mark}" }}')
    assert section is not None and not faults
    section.text("a")
    section.texts("b")
    section.title("c")
    assert [fault.column for fault in faults] == ["a", "b", "c"]
    assert mark not in describe_faults(faults)


def test_where_nothing_can_be_chosen_that_is_told_where_it_is_missing(tmp_path: Path) -> None:
    section, faults = read(tmp_path, 'wave = "2024"')
    assert section is not None and section.choice("wave", ()) == "2024"
    assert not faults
