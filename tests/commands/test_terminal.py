"""The terminal is sent no control character, from whatever text of a study it may come."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main
from weltoffen_eval.commands.terminal import VisibleText, clear_line

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


def test_only_the_command_itself_begins_a_line_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = io.StringIO()
    monkeypatch.setattr("sys.stdout", VisibleText(bare))
    clear_line()
    print("\r\x1b[Kein Text")
    assert bare.getvalue() == "\r\x1b[K\\u000d\\u001b[Kein Text\n"
