"""The line of a command: words that were meant, and --debug anywhere in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.shell_completion import ShellComplete

from weltoffen_eval.commands.main import main, weltoffen


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


def commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        else:
            yield (*before, name), command


def test_an_option_given_twice_counts_twice_or_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    repeatable, refused = set(), 0
    for line, command in commands(weltoffen):
        for option in command.params:
            if not isinstance(option, click.Option) or option.is_flag:
                continue
            short, long = min(option.opts, key=len), max(option.opts, key=len)
            if option.multiple:
                repeatable.add((line[-1], long))
                continue
            refused += 1
            with pytest.raises(SystemExit) as ended:
                main([*line, short, "a", f"{long}=b"])
            assert ended.value.code == 2
            assert f"{long} stands 2 times and takes one value." in capsys.readouterr().err
    assert refused > 30
    assert repeatable == {
        ("run", "--municipality"), ("run", "--wave"), ("run", "--notebook"), ("run", "--format"),
        ("export", "--wave"), ("archive", "--creator"), ("attack", "--with"),
        ("register", "--ags"), ("register", "--names"),
    }  # fmt: skip


@pytest.mark.parametrize("line", ["--debug run nowhere", "run --debug nowhere", "run nowhere --debug"])
def test_debug_may_stand_anywhere_and_shows_the_traceback(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    assert "Traceback" in capsys.readouterr().err


def test_without_debug_there_is_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "begun", "known"),
    [
        ("", "s", {"score", "studies", "schemes", "scheme"}),
        ("run", "--fo", {"--format"}),
        ("run", "bei", {"beispiel"}),
        ("run -n", "self", {"selfcheck"}),
        ("run --language", "", {"de", "en"}),
        ("score --scheme", "st", {"standard"}),
        ("analyse --what", "ga", {"gaps"}),
    ],
)
def test_a_shell_completes_commands_options_and_names(line: str, begun: str, known: set[str]) -> None:
    shell = ShellComplete(weltoffen, {}, "weltoffen", "_WELTOFFEN_COMPLETE")
    assert {item.value for item in shell.get_completions(line.split(), begun)} == known


def test_help_imports_nothing_that_only_a_run_needs() -> None:
    program = (
        "import sys\nfrom weltoffen_eval.commands.main import main\nmain(['--help'])\n"
        "print([name for name in ('pandas', 'filelock', 'tqdm', 'multiprocessing', 'importlib.metadata')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
