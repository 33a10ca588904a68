"""The command ``weltoffen``: reads the call, runs one command, turns failures into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from weltoffen_eval.commands import analyse, analysis_commands, catalogue, run
from weltoffen_eval.commands.terminal import visible_streams
from weltoffen_eval.errors import WeltoffenError, did_you_mean


class _Parser(argparse.ArgumentParser):
    """Says which word may have been meant, for commands and options."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            meant = did_you_mean(str(value), known)
            what = "command" if isinstance(action, argparse._SubParsersAction) else "choice"
            raise argparse.ArgumentError(
                None if what == "command" else action,
                f"there is no {what} {value!r}; there are {', '.join(known)}.{meant}",
            )

    def options(self) -> list[str]:
        """Every option of this parser and of its commands."""
        found: list[str] = []
        for action in self._actions:
            found += action.option_strings
            if isinstance(action, argparse._SubParsersAction):
                found += [name for parser in action.choices.values() for name in parser.options()]
        return found


def build_parser() -> _Parser:
    """The parser of all commands, with their help."""
    parser = _Parser(
        prog="weltoffen",
        description="Evaluate the Selbstcheck of municipalities: raw files in, one report each out.",
        epilog="STUDY is a folder with a study.toml, or the name of one under data/raw/; "
        "without it the example study is taken.",
    )
    parser.add_argument("--version", action="version", version=f"weltoffen-eval {version('weltoffen-eval')}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run.add_to(commands)
    analysis_commands.add_to(commands)
    analyse.add_to(commands)
    catalogue.add_to(commands)
    for command in commands.choices.values():
        # anywhere in the line
        command.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback of a failure"
        )
    return parser


def parse_call(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The call; one that cannot be read ends with 2 and says what may have been meant."""
    parser = build_parser()
    call, unknown = parser.parse_known_args(arguments)
    if unknown:
        option = unknown[0].partition("=")[0]
        known = parser.options() if option.startswith("-") else []
        parser.error(f"{option!r} is not understood here.{did_you_mean(option, known)}")
    return call


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of 'Exit codes' in README."""
    with visible_streams():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    call = parse_call(arguments)
    try:
        code = call.run(call)
        sys.stdout.flush()
        return int(code)
    except WeltoffenError as error:
        if call.debug:
            traceback.print_exc()
        print(f"weltoffen {call.command}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"weltoffen {call.command}: interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader of our output has gone; there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if call.debug:
            traceback.print_exc()
        place = f"{error.filename}: " if error.filename else ""
        print(f"weltoffen {call.command}: {place}{error.strerror or error}.", file=sys.stderr)
        return 4


if __name__ == "__main__":
    sys.exit(main())
