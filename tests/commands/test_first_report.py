"""docs/first-report.md as a reader follows it: its files, its commands as written, what they are said to say."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from calls import call_within
from places import ROOT

PAGE = (ROOT / "docs" / "first-report.md").read_text(encoding="utf-8")
WAYS = re.split(r"^## (?=From )", PAGE.partition("\n## What it may say")[0], flags=re.MULTILINE)[1:]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.splitlines()[0])
def test_the_commands_of_the_page_make_reports(tmp_path: Path, way: str) -> None:
    (name,), (text,) = re.findall(r"Here `([a-z]+\.csv)`:", way), blocks(way, "csv")
    (tmp_path / name).write_text(text, encoding="utf-8")
    # an installed package has them; here they are those of the checkout
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    calls = [shlex.split(line) for block in blocks(way, "bash") for line in block.splitlines()]
    assert [call[:2] for call in calls] == [["weltoffen", command] for command in ("new", "check", "run")]
    said = []
    for _, *words in calls:
        done = call_within(tmp_path, *words)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert [*blocks(way, "text")] in ([], said[:1])
    study = name.removesuffix(".csv")
    made = tomllib.loads((tmp_path / study / "study.toml").read_text(encoding="utf-8"))
    assert str(made["wave"][0]["date"]) == ("2024-03-15" if study == "abfrage" else "2024-03-12")
    assert re.search(r"(\d+) reports made, 0 kept, 0 failed, 0 left out\.", said[2])
    assert (tmp_path / "reports" / study / "index.html").is_file()
    assert list((tmp_path / "reports" / study / "2024").glob("*/selfcheck.html"))


def test_there_are_three_ways_and_the_readme_leads_to_them() -> None:
    assert len(WAYS) == 3
    assert "(docs/first-report.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
