"""scheme check and scheme diff, called as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

from calls import call_within
from places import REFERENCE, ROOT

MINI = str(REFERENCE / "example" / "study")


def test_a_sound_scheme_is_said_to_be_one_with_what_moves_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'id = "mine"\ntitle = { de = "Meins" }\n[weights.dimension]\naccess = 2.0\n', encoding="utf-8"
    )
    done = call_within(ROOT, "scheme", "check", str(tmp_path / "s.toml"))
    assert done.returncode == 0, done.stderr
    assert "mine: no faults" in done.stdout
    assert "Weights of dimensions move nothing" in done.stdout


def test_a_mistyped_id_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'id = "mine"\ntitle = { de = "Meins" }\n[weights.dimension]\nacess = 2.0\n', encoding="utf-8"
    )
    done = call_within(ROOT, "scheme", "check", str(tmp_path / "s.toml"))
    assert done.returncode == 3
    assert "Did you mean 'access'?" in done.stderr


def test_two_schemes_are_compared_in_words_and_in_scores(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'id = "strict"\ntitle = { de = "Streng" }\nmin_coverage = 0.0\n', encoding="utf-8"
    )
    done = call_within(ROOT, "scheme", "diff", "standard", str(tmp_path / "s.toml"), MINI, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"what": "min_coverage", "before": "0.6", "after": "0"} in told["differences"]
    # nothing is counted otherwise; what was withheld for want of answers is shown
    assert {row["moved"] for row in told["moved"]} == {0}
    assert sum(row["shown"] for row in told["moved"]) > 0
    done = call_within(ROOT, "scheme", "diff", "standard", "standard", MINI)
    assert "no differences" in done.stdout


def test_a_word_that_is_no_command_is_told_with_the_closest() -> None:
    done = call_within(ROOT, "scheme", "chek", "standard")
    assert done.returncode == 2
