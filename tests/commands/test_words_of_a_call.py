"""What a call may name, and what it is told where something is not as it seems: names, folders, empty tables."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def would_make(done: subprocess.CompletedProcess[str]) -> set[str]:
    assert done.returncode == 0, done.stderr
    return {entry["report"] for entry in json.loads(done.stdout)["would_make"]}


def test_a_municipality_is_named_by_key_or_by_exactly_its_name(within: Call, project: Path) -> None:
    register = project / "data" / "raw" / "mini" / "municipalities.csv"
    text = register.read_text(encoding="utf-8")
    assert "bestadt,Bestadt" in text
    dry = ("run", "mini", "-n", "selfcheck", "--dry-run", "--json", "-m")
    assert (
        would_make(within(*dry, "Bestadt"))
        == would_make(within(*dry, "bestadt"))
        == {"2021/bestadt/selfcheck"}
    )
    done = within(*dry, "Bestatd")
    assert done.returncode == 2
    assert "no municipality 'Bestatd'. Did you mean 'bestadt'?" in done.stderr
    # the name of two is that of neither; a key stays a key
    register.write_text(
        text.replace("bestadt,Bestadt", "bestadt,Zwilling").replace("adorf,Adorf", "adorf,Zwilling"),
        encoding="utf-8",
    )
    done = within(*dry, "Zwilling")
    assert done.returncode == 2
    assert (
        "Several municipalities of the study mini are called 'Zwilling': adorf, bestadt. Name the key."
        in done.stderr
    )
    assert would_make(within(*dry, "adorf")) == {"2021/adorf/selfcheck"}


def test_reports_of_another_study_of_the_same_id_are_not_overwritten(within: Call, project: Path) -> None:
    first, second = (project / "data" / "raw" / name for name in ("mini", "kopie"))
    shutil.copytree(first, second)
    call = ("run", "-n", "selfcheck", "-m", "adorf")
    assert within(*call, "mini").returncode == 0
    page = project / "reports" / "mini" / "2021" / "adorf" / "selfcheck.html"
    made = page.read_bytes()
    for more in ((), ("--dry-run",), ("--fresh",)):
        done = within(*call, "kopie", *more)
        assert done.returncode == 2
        assert "has the same id 'mini'; give one of them another id" in done.stderr
        assert str(first) in done.stderr
        assert page.read_bytes() == made
    # no published file says where the study lies
    for path in (project / "reports").rglob("*"):
        assert not path.is_file() or str(project).encode() not in path.read_bytes(), path
    assert within(*call, "kopie", "--out", "anderswo").returncode == 0
    # a folder that was renamed is the same study
    shutil.rmtree(first)
    assert within(*call, "kopie").returncode == 0
    assert within(*call, "kopie").returncode == 0


def test_a_table_without_numbers_says_why(within: Call) -> None:
    done = within("analyse", "mini", "--what", "change")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert (
        done.stderr
        == "weltoffen analyse: there are no numbers: nobody answered the same questions in two waves.\n"
    )
    assert "no numbers" not in within("analyse", "mini", "--what", "gaps").stderr


def test_a_folder_that_is_made_for_a_table_is_named(within: Call, project: Path) -> None:
    done = within("score", "mini", "--out", "neu/scores.csv")
    assert done.returncode == 0
    assert "The folder neu was not there; it was made." in done.stderr
    assert (project / "neu" / "scores.csv").is_file()
    assert "it was made" not in within("score", "mini", "--out", "neu/scores.csv").stderr
    assert "it was made" in within("analyse", "mini", "--what", "gaps", "--out", "noch/eins.csv").stderr
