"""The words that several commands understand, with their help and what a shell completes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from weltoffen_eval import paths
from weltoffen_eval.commands.calls import Call
from weltoffen_eval.errors import WeltoffenError

Function = TypeVar("Function", bound=Callable[..., Any])


def as_command(name: str, text: str) -> Callable[[Function], click.Command]:
    """Makes a function a command; ``text`` is its help."""
    return click.command(name, cls=Call, help=text, short_help=text)


class FilePath(click.Path):
    """A path that a file or folder can have."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if "\0" in str(value):
            self.fail(f"{str(value)!r} is no path that a file can have.", param, ctx)
        return super().convert(value, param, ctx)


def _starting_with(known: Callable[[], list[str]]) -> Callable[..., list[str]]:
    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
        try:
            return [name for name in known() if name.startswith(begun)]
        except WeltoffenError:
            # a shell that completes is told no fault
            return []

    return complete


def _notebook_names() -> list[str]:
    from weltoffen_eval.runs.kinds import KINDS

    return [kind.name for kind in KINDS]


complete_notebook = _starting_with(_notebook_names)
complete_language = _starting_with(paths.languages)
study = click.argument("study", required=False, shell_complete=_starting_with(paths.study_names))
as_json = click.option("--json", "as_json", is_flag=True, help="Print what a script needs.")
scheme = click.option(
    "--scheme",
    metavar="S",
    help="A shipped scheme or the path of one.",
    shell_complete=_starting_with(lambda: paths.shipped(paths.SCHEMES, "*.toml")),
)
out_file = click.option("--out", metavar="F", type=FilePath(), help="The file to write (default: print).")
