"""The IPython shell in which a forked process runs the cells of a notebook, without sockets."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets.config import Config

from weltoffen_eval.publish.running import processes

#: A cell that puts out more than this has gone astray.
MOST_OUTPUT_BYTES = 10_000_000
#: What a cell put out; or None and the line of the cell at which it was too much.
Said: TypeAlias = tuple[list[NotebookNode] | None, str]
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class _TooMuchOutput(BaseException):
    """Ends a cell at the line that put out too much."""


class _Outputs(list[NotebookNode]):
    """The outputs of the cell that is running; texts of one stream one after the other are one output."""

    size = 0

    def add(self, output: NotebookNode) -> None:
        self.append(output)
        self.grow(len(str(output)))

    def write(self, name: str, text: str) -> None:
        if self and self[-1].output_type == "stream" and self[-1].name == name:
            self[-1].text += text
        else:
            self.append(new_output("stream", name=name, text=text))
        self.grow(len(text))

    def grow(self, size: int) -> None:
        too_much_already = self.size > MOST_OUTPUT_BYTES
        self.size += size
        if self.size > MOST_OUTPUT_BYTES and not too_much_already:
            raise _TooMuchOutput


class _Stream:
    """Stands for sys.stdout or sys.stderr."""

    encoding = "utf-8"

    def __init__(self, outputs: _Outputs, name: str):
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        if text:
            self.outputs.write(self.name, text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


class _Publisher(DisplayPublisher):
    outputs: _Outputs

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **unused: Any) -> None:
        self.outputs.add(new_output("display_data", data=data, metadata=metadata or {}))

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    outputs: _Outputs
    source = ""

    def quiet(self) -> bool:
        return bool(self.semicolon_at_end_of_expression(self.source))

    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.compute_format_data(result)
        if data:
            assert self.shell is not None
            count = self.shell.execution_count
            self.outputs.add(
                new_output("execute_result", data=data, metadata=metadata, execution_count=count)
            )


class _Shell(InteractiveShell):
    """IPython without terminal, history or sockets."""

    outputs: _Outputs
    displayhook_class = _Hook
    display_pub_class = _Publisher

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        name = getattr(etype, "__name__", str(etype))
        self.outputs.add(new_output("error", ename=name, evalue=str(evalue), traceback=list(stb)))

    def enable_gui(self, gui: Any = None) -> None:
        pass


def run_cells(sources: list[str | None], allowed: list[bool], tell: Callable[[Said], None]) -> None:
    """Run cells one after the other, up to the first that fails; None stands for a cell without code.

    ``allowed``: which cells may fail. ``tell`` is called after each cell.
    """
    processes.reseed()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = _Shell.instance(config=config)
    count = 0
    for source, may_fail in zip(sources, allowed, strict=True):
        if source is None:
            continue
        count += 1
        shell.execution_count = count
        outputs = _Outputs()
        # one list for all three, each of which IPython makes itself
        setattr(shell.displayhook, "source", source)  # noqa: B010
        for part in (shell, shell.displayhook, shell.display_pub):
            setattr(part, "outputs", outputs)  # noqa: B010
        with _captured(outputs):
            done = shell.run_cell(source).success
        said = list(outputs)
        if outputs.size > MOST_OUTPUT_BYTES:
            tell((None, line_of(said)))
            return
        tell((said, ""))
        if not done and not may_fail:
            return


def line_of(outputs: list[NotebookNode]) -> str:
    """The line of the cell in which it failed, as IPython tells it; empty where it does not."""
    for output in outputs:
        if output["output_type"] == "error":
            found = _LINE.search(_COLOURS.sub("", "\n".join(output["traceback"])))
            return found.group(1) if found else ""
    return ""


@contextlib.contextmanager
def _captured(outputs: _Outputs) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(outputs, "stdout"), _Stream(outputs, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
