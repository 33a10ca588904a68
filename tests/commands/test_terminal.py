"""The terminal is sent no control character, from whatever text of a study it may come."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from terminals import Terminal

from weltoffen_eval.commands.main import main
from weltoffen_eval.commands.run_progress import progress_of
from weltoffen_eval.commands.terminal import VisibleText
from weltoffen_eval.publish.running.job import Job, Outcome

HOSTILE = "x\x1b[2J\x07\u202e\u200b\x9b1my"


def printed_of(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert printed
    assert all(line.isprintable() for line in printed.splitlines())
    return printed


def damage(study: Path, place: str) -> None:
    raw = study / "verwaltung.csv"
    if place == "a column":
        raw.write_text(raw.read_text(encoding="utf-8").replace("A1", HOSTILE, 1), encoding="utf-8")
    elif place == "an answer":
        raw.write_text(raw.read_text(encoding="utf-8").replace(",ja,", f",{HOSTILE},", 1), encoding="utf-8")
    elif place == "a key":
        raw.write_text(raw.read_text(encoding="utf-8").replace("adorf", HOSTILE, 1), encoding="utf-8")
    elif place == "the register":
        register = study / "municipalities.csv"
        register.write_text(
            register.read_text(encoding="utf-8").replace("municipality", HOSTILE, 1), encoding="utf-8"
        )
    else:
        settings = study / "study.toml"
        text = settings.read_text(encoding="utf-8")
        written = '"x\\u001b[2J\\u0007\\u202e\\u200b\\u009by"'
        changed = {
            "a path": text.replace('"verwaltung.csv"', written, 1),
            "a name of a key": f"{written} = 1\n{text}",
            "a title": text.replace('title = "', 'title = "\\u001b[2J', 1),
        }[place]
        assert changed != text
        settings.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(
    "place", ["a column", "an answer", "a key", "the register", "a path", "a name of a key", "a title"]
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_nothing_unseen_is_printed(
    project: Path, capsys: pytest.CaptureFixture[str], place: str, options: tuple[str, ...]
) -> None:
    damage(project / "data" / "raw" / "mini", place)
    main(["check", "mini", *options])
    printed_of(capsys)
    main(["studies", *options])
    printed_of(capsys)


def test_a_hostile_word_of_the_call_is_printed_visibly(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", HOSTILE]) != 0
    assert "1my" in printed_of(capsys)
    with pytest.raises(SystemExit):
        main([HOSTILE])
    printed_of(capsys)


def test_a_table_on_the_standard_output_stays_a_table(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", "mini"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 50


def outcome(title: str, state: str = "done", reason: str = "") -> Outcome:
    job = Job(notebook=Path("n.ipynb"), parameters={}, title=title, inputs={}, target=Path("x"))
    return Outcome(job, state, reason=reason)


def test_the_bar_alone_moves_the_cursor_and_shows_every_title_visibly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal, told = Terminal(), io.StringIO()
    monkeypatch.setattr("sys.stdout", VisibleText(terminal))
    monkeypatch.setattr("sys.stderr", VisibleText(told))
    tell = progress_of(2, quiet=False)
    tell(outcome(HOSTILE))
    tell(outcome("Bericht", "failed", "ValueError: \x1b[31mrot"))
    shown = terminal.getvalue()
    assert "2/2" in shown
    assert not set(shown) & set("\x1b\x07\u202e\u200b\x9b")
    assert told.getvalue() == "failed: Bericht: ValueError: rot\n"


def test_without_a_terminal_there_is_a_line_per_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tell = progress_of(2, quiet=False)
    tell(outcome("Bericht A"))
    tell(outcome("Bericht B"))
    assert capsys.readouterr().out == "[1/2] Bericht A\n[2/2] Bericht B\n"
    progress_of(1, quiet=True)(outcome("Bericht C"))
    assert capsys.readouterr().out == ""
