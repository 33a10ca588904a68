"""What is told before a terminal while something is calculated."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminals import Terminal

from weltoffen_eval.analysis.progress import counted
from weltoffen_eval.commands.main import main
from weltoffen_eval.commands.terminal import VisibleText
from weltoffen_eval.commands.waiting import shown_steps


def test_who_waits_for_an_analysis_before_a_terminal_is_told_what_goes_on(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert main(["analyse", "mini", "--what", "reliability"]) == 0
    assert terminal.getvalue().splitlines() == [
        "weltoffen analyse: reading the files of mini …",
        "weltoffen analyse: reliability of 3 municipalities …",
    ]
    assert capsys.readouterr().out.startswith("wave,setting,")


def test_before_a_terminal_a_bar_counts_the_steps_and_is_gone_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", VisibleText(terminal))
    with shown_steps():
        assert [*counted(["a", "b", "c"])] == ["a", "b", "c"]
        assert [*counted(["d", "e"])] == ["d", "e"]
    shown = terminal.getvalue()
    assert "0/3" in shown
    assert "0/2" in shown
    # both are written over with blanks
    assert shown.split("\r")[-1] == ""
    assert not shown.split("\r")[-2].strip()


def test_without_a_terminal_nothing_is_told_of_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_steps():
        assert [*counted([1, 2])] == [1, 2]
    assert capsys.readouterr() == ("", "")
