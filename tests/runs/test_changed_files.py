"""What is told of two states of a file: where they differ, whose it is, and no answer of a person."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from weltoffen_eval.runs.changed_files import changes_within

HEAD = "municipality,respondent,A,B\n"


@pytest.mark.parametrize(
    ("name", "before", "after", "within"),
    [
        ("a.csv", f"{HEAD}x,b1,1,2\ny,b1,3,4\n", f"{HEAD}x,b1,1,2\ny,b1,3,0\n", ["row 3, column B of y"]),
        ("a.csv", f"{HEAD}x,b1,1,2\ny,b1,3,4\n", f"{HEAD}y,b1,3,4\n", ["1 rows of x gone"]),
        (
            "a.csv",
            f"{HEAD}x,b1,1,2\n",
            f"{HEAD}x,b1,0,2\nx,b2,1,2\ny,b1,3,4\n",
            ["1 rows of x gone", "1 rows of y new", "2 rows of x new"],
        ),
        ("a.csv", "item;n\na;1\n", "item;m\na;1\n", ["other columns: m, n"]),
        ("a.toml", "a = 0.6\n[b]\nc = 1\n", "a = 0.5\n[b]\n", ["a: 0.6 and 0.5", "b/c"]),
        ("a.toml", "a = 0.6\n", "a = 0.60 # said\n", ["the same entries, written otherwise"]),
        ("a.toml", "a = 0.6\n", "a = \n", []),
        (
            "requirements.txt",
            "numpy==2.3.1\npandas==2.3.0\nsix==1\n",
            "numpy==2.3.5\npandas==2.3.0\nzipp==3\n",
            ["numpy: 2.3.1 → 2.3.5", "six: 1 → nothing", "zipp: nothing → 3"],
        ),
        ("a.parquet", "1", "2", []),
    ],
)
def test_what_differs_is_named(tmp_path: Path, name: str, before: str, after: str, within: list[str]) -> None:
    for folder, content in (("one", before), ("other", after)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(content, encoding="utf-8")
    one, other = tmp_path / "one" / name, tmp_path / "other" / name
    assert sorted(changes_within(one, other, values=False)) == sorted(within)


def test_what_is_no_data_is_told_with_what_stood_there(tmp_path: Path) -> None:
    for name, weight in (("one.csv", 1), ("other.csv", 3)):
        (tmp_path / name).write_text(f"item,text,weight\nMS04,x,{weight}\n", encoding="utf-8")
    said = changes_within(tmp_path / "one.csv", tmp_path / "other.csv")
    assert said == ['row 2, column weight of MS04: "1" → "3"']


def test_of_a_wheel_the_modules_are_named(tmp_path: Path) -> None:
    for name, files in (
        ("one.whl", {"a.py": "1", "b.py": "1", "x/RECORD": "1"}),
        ("other.whl", {"a.py": "2"}),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as wheel:
            for path, content in files.items():
                wheel.writestr(path, content)
    assert changes_within(tmp_path / "one.whl", tmp_path / "other.whl") == ["a.py", "b.py is gone"]
