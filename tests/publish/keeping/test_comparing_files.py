"""Files compared: the same, the same but for rounding, another; with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.publish.keeping.comparing_files import Compared, compare_folders


def compare(folder: Path, name: str, one: str | None, other: str | None) -> Compared:
    for side, text in (("one", one), ("other", other)):
        (folder / side).mkdir(exist_ok=True)
        if text is not None:
            (folder / side / name).write_text(text, encoding="utf-8")
    (found,) = compare_folders(folder / "one", folder / "other")
    return found


@pytest.mark.parametrize(
    ("name", "one", "other", "state", "where"),
    [
        ("a.html", "<p>1</p>", "<p>1</p>", "identical", ""),
        ("a.html", "<p>1</p>", "<p>2</p>", "different", ""),
        (
            "a.json",
            '{"a": [1, 2.5]}',
            '{"a": [1, 2.5000000000001]}',
            "equal after rounding",
            "/a/2: 2.5 and ",
        ),
        ("a.json", '{"a": [1, 2.5]}', '{"a": [1, 2.6]}', "different", "/a/2: 2.5 and 2.6"),
        ("a.json", '{"a": 1}', '{"b": 1}', "different", "/a"),
        ("a.csv", "x;y\n1;2,5\n", "x;y\n1;2,6\n", "different", '/2/2: "2,5" and "2,6"'),
        ("a.csv", "x,y\r\n1,2\r\n", "x,y\n1,2\n", "equal after rounding", ""),
        ("a.csv", "x\n1\n", None, "missing", ""),
        ("a.csv", None, "x\n1\n", "new", ""),
    ],
)
def test_two_files_are_compared(
    tmp_path: Path, name: str, one: str | None, other: str | None, state: str, where: str
) -> None:
    found = compare(tmp_path, name, one, other)
    assert (found.path, found.state) == (name, state)
    assert found.where.startswith(where)


def test_hidden_files_and_those_of_a_run_are_no_part(tmp_path: Path) -> None:
    for side in ("one", "other"):
        (tmp_path / side).mkdir()
        (tmp_path / side / ".lock").write_text(side)
        (tmp_path / side / "run.json").write_text(side)
    assert list(compare_folders(tmp_path / "one", tmp_path / "other", ("run.json",))) == []
