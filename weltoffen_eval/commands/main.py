"""The command ``weltoffen``: reads the call, runs one command, turns failures into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version

from weltoffen_eval.commands import analyse, analysis_commands, catalogue, run
from weltoffen_eval.commands.terminal import visible_streams
from weltoffen_eval.errors import WeltoffenError


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands, with their help."""
    parser = argparse.ArgumentParser(
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
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of 'Exit codes' in README."""
    with visible_streams():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    call = build_parser().parse_args(arguments)
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
