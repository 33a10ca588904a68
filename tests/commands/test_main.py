"""The line of a command: words that were meant, and --debug anywhere in it."""

from __future__ import annotations

import pytest

from weltoffen_eval.commands.main import main


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rum", "there is no command 'rum'; there are run, check"),
        ("rum", "Did you mean 'run'?"),
        ("run --formt html", "'--formt' is not understood here. Did you mean '--format'?"),
        ("run --formt=html", "Did you mean '--format'?"),
        ("run mini another", "'another' is not understood here."),
        ("analyse --what gap", "there is no choice 'gap'; there are reference"),
        ("analyse --what gap", "Did you mean 'gaps'?"),
    ],
)
def test_a_word_that_is_not_known_ends_with_2_and_says_which_may_be_meant(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("line", ["--debug run nowhere", "run --debug nowhere", "run nowhere --debug"])
def test_debug_may_stand_anywhere_and_shows_the_traceback(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    assert "Traceback" in capsys.readouterr().err


def test_without_debug_there_is_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere"]) == 2
    assert "Traceback" not in capsys.readouterr().err
