"""Keys are file names on every system; reserved words and endings are none."""

from __future__ import annotations

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.keys import check_study_id, is_key


@pytest.mark.parametrize("text", ["a", "muenster", "MS-01.b_c", "0", "2024", "a" * 64])
def test_a_key_is_of_ascii_letters_and_digits(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        ".a",
        "a.",
        "a/b",
        "a\\b",
        "../x",
        "ä",
        "a b",
        "nul",
        "COM1.txt",
        "a\n",
        "\x00",
        "a" * 65,
    ],
)
def test_what_could_lead_elsewhere_is_no_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    "text", ["../../X", "klein-public", "klein-en", "Klein-DE", "merged", "participants", "consensus", "@"]
)
def test_a_study_id_is_a_key_without_the_endings_of_report_folders(text: str) -> None:
    faults: list[Fault] = []
    check_study_id(text, Fault("study.toml", "", "", column="id"), faults)
    assert [(fault.found, fault.column) for fault in faults] == [(repr(text), "id")]


def test_an_ordinary_study_id_is_none_of_these() -> None:
    faults: list[Fault] = []
    for text in ("beispiel", "egi-chile", "public", "de", "stadt-public-2"):
        check_study_id(text, Fault("study.toml", "", ""), faults)
    assert faults == []
