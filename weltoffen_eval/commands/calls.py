"""Groups of commands that are imported when they are called, and what becomes of their failures."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any

import click

from weltoffen_eval.errors import WeltoffenError, did_you_mean


def _debug() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=_note_debug,
        help="Show the traceback of a failure.",
    )  # fmt: skip


def _note_debug(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        context.meta["debug"] = True


class Call(click.Command):
    """A command; says which word may have been meant, and takes ``--debug`` anywhere in the line.

    An option of one value is refused where it stands twice: the last would count and nobody be told.
    """

    allow_extra_args = True

    def __init__(self, *arguments: Any, **settings: Any):
        super().__init__(*arguments, **settings)
        self.params.append(_debug())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        left = _parsed(self._parse_once, ctx, args)
        if left:
            raise _not_understood(left[0], [], ctx)
        return left

    def _parse_once(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = self.make_parser(ctx).parse_args(list(args))[2] if not ctx.resilient_parsing else []
        for option in given:
            if not isinstance(option, click.Option) or option.multiple or option.is_flag:
                continue
            if (times := given.count(option)) > 1:
                name = max(option.opts, key=len)
                raise click.UsageError(f"{name} stands {times} times and takes one value.", ctx)
        return super().parse_args(ctx, args)


class Word(click.Choice[str]):
    """One of some words; the closest is suggested."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        known = [str(choice) for choice in self.choices]
        return f"there is no choice {value!r}; there are {', '.join(known)}.{did_you_mean(str(value), known)}"


class Calls(click.Group):
    """A group whose commands (``names``) are modules of a ``room``, each with a ``command``."""

    def __init__(self, name: str, *, room: str, names: Sequence[str], **settings: Any):
        super().__init__(name, no_args_is_help=True, **settings)
        self.room, self.names = room, tuple(names)
        self.params.append(_debug())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        # import is no name that a module can have
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = importlib.import_module(f"{self.room}.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        command = self.get_command(ctx, word)
        if command is None:
            raise click.UsageError(
                f"there is no command {word!r}; there are {', '.join(self.names)}."
                f"{did_you_mean(word, self.names)}",
                ctx,
            )
        return word, command, args[1:]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return _parsed(super().parse_args, ctx, args)

    def invoke(self, ctx: click.Context) -> int:
        """The exit code of the command; an expected failure is one sentence."""
        if ctx.parent is not None:
            return int(super().invoke(ctx) or 0)
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return int(code or 0)
        except WeltoffenError as error:
            return self._told(ctx, str(error), error.exit_code)
        except KeyboardInterrupt:
            return self._told(ctx, "interrupted.", 130)
        except BrokenPipeError:
            # the reader of our output has gone; there is nobody to tell
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            return self._told(ctx, f"{place}{error.strerror or error}.", 4)

    def _told(self, ctx: click.Context, said: str, code: int) -> int:
        if ctx.meta.get("debug"):
            traceback.print_exc()
        print(f"{ctx.command_path} {ctx.invoked_subcommand}: {said}", file=sys.stderr)
        return code


def _parsed(
    parse: Callable[[click.Context, list[str]], list[str]], ctx: click.Context, words: list[str]
) -> list[str]:
    try:
        return parse(ctx, words)
    except click.NoSuchOption as error:
        known = [name for option in ctx.command.params for name in option.opts if name.startswith("-")]
        raise _not_understood(error.option_name, known, ctx) from error


def _not_understood(word: str, known: Sequence[str], ctx: click.Context) -> click.UsageError:
    return click.UsageError(f"{word!r} is not understood here.{did_you_mean(word, known)}", ctx)
