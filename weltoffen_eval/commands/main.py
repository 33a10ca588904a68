"""The command ``weltoffen``: reads the call, runs one command, turns failures into exit codes."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

import click

from weltoffen_eval.commands.calls import Calls
from weltoffen_eval.commands.terminal import visible_streams

#: Each is a module of this room, imported when it is called; in the order in which help shows them.
COMMANDS = (
    "run",
    "check",
    "clean",
    "score",
    "export",
    "analyse",
    "groups",
    "form",
    "import",
    "attack",
    "trace",
    "archive",
    "verify",
    "diff",
    "studies",
    "instruments",
    "schemes",
    "scheme",
    "lab",
    "new",
    "register",
    "notebooks",
)


def _tell_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"weltoffen-eval {version('weltoffen-eval')}")
        context.exit()


#: The command with all its commands.
weltoffen = Calls(
    "weltoffen",
    room="weltoffen_eval.commands",
    names=COMMANDS,
    help="Evaluate the Selbstcheck of municipalities: raw files in, one report each out.",
    epilog="STUDY is a folder with a study.toml, or the name of one under data/raw/ or of the package; "
    "without it the example study is taken.",
    params=[
        click.Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_tell_version,
            help="Show the version and end.",
        )
    ],
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of 'Exit codes' in README.

    Raises
    ------
    SystemExit
        With 2, if the call cannot be read; what may have been meant is told.
    """
    if arguments is None:
        _look_for_garbage_seldom()
    words = sys.argv[1:] if arguments is None else list(arguments)
    with visible_streams():
        try:
            return int(weltoffen.main(words, "weltoffen", standalone_mode=False) or 0)
        except click.Abort:
            # before any command could answer it
            return 130
        except click.ClickException as error:
            where = (
                error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "weltoffen"
            )
            print(f"{where}: {error.format_message()}", file=sys.stderr)
            raise SystemExit(2) from error


def _look_for_garbage_seldom() -> None:
    """A seventh of a short command's time; what its libraries make when they are imported is no garbage."""
    gc.set_threshold(50_000, 20, 20)
    # nor is it looked for when all ends
    atexit.register(gc.freeze)


if __name__ == "__main__":
    sys.exit(main())
