"""Executing one notebook with papermill, in a process of its own; whatever goes wrong has a name."""

from __future__ import annotations

import functools
import os
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG
from papermill.log import logger
from traitlets.config import Config

from weltoffen_eval import paths
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.publish.running import forked, processes
from weltoffen_eval.publish.running.cell_texts import translate_cells
from weltoffen_eval.publish.running.child_kernel import ARGUMENTS_OF_A_REPORT, line_of
from weltoffen_eval.publish.running.given_values import GivenValues

_KERNEL = "weltoffen-kernel"
#: The folder of the file that a cell seems to be, as warnings name it: it holds the number of the process.
_CELL_FILE = re.compile(re.escape(tempfile.gettempdir()) + r"[/\\]ipykernel_\d+[/\\]")
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class NotebookFailed(WeltoffenError):
    """A notebook that did not run to its end: cell, line and reason, in one sentence.

    ``notebook``: what was executed of it, for the person who repairs it; None if nothing was.
    """

    exit_code = 1

    def __init__(self, message: str, notebook: NotebookNode | None = None):
        super().__init__(message)
        self.notebook = notebook


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, str],
    title: str,
    time_limit: float = 600,
    day: str = "",
    kernel: str | None = None,
) -> NotebookNode:
    """The notebook, executed in a process of its own, without timings and other traces of the run.

    It is forked from this process where that is safe, else it gets an ordinary kernel; the result is
    the same.

    Parameters
    ----------
    time_limit : seconds that the notebook may take
    day : the date of the data (ISO), which stands in the files; the clock never does
    kernel : name of a kernel that is to run it in any case

    Raises
    ------
    NotebookFailed
        If a cell raises, the notebook takes too long or puts out too much, or its process dies.
    """
    # the notebook runs in an empty folder; this tells it where data are written and own studies lie
    os.environ["WELTOFFEN_PROJECT"] = str(paths.project_folder())
    fork = kernel is None and processes.can_fork()
    with tempfile.TemporaryDirectory(prefix="weltoffen-") as folder:
        began: list[NotebookNode] = []
        cells: list[int] = []
        try:
            with warnings.catch_warnings():
                # papermill calls parts of Jupyter that announce their own changes
                warnings.simplefilter("ignore")
                node = papermill.execute_notebook(
                    str(notebook),
                    str(Path(folder) / notebook.name),
                    parameters=dict(parameters),
                    kernel_name=kernel or "python3",
                    language="python",
                    progress_bar=False,
                    request_save_on_cell_execute=False,
                    cwd=folder,
                    record_timing=False,
                    tell_notebook=began.append,
                    engine_name=forked.NAME if fork else _KERNEL,
                    given=GivenValues(parameters),
                    **(
                        {"execution_timeout": time_limit}
                        if fork
                        else {"settings": _ordinary_kernel(time_limit, cells)}
                    ),
                )
            forked.check_size(node)
            translate_cells(node, parameters.get("language", ""))
        except (PapermillExecutionError, forked.CellFailed, CellTimeoutError, DeadKernelError) as error:
            number = cells[-1] + 1 if cells else None
            executed = _without_marks(began[-1]) if began else None
            if executed is not None and _only_expected(error, executed):
                return _without_traces(executed, title, day)
            failed = _failure(_too_much_of(executed) or error, notebook.name, executed, number, time_limit)
            if failed.notebook is not None:
                failed.notebook = _without_traces(failed.notebook, title, day)
            raise failed from error
    return _without_traces(node, title, day)


class _Client(PapermillNotebookClient):
    """Papermill's own client, which asks after every cell for the values that were given."""

    def __init__(self, nb_man: Any, given: GivenValues, **settings: Any):
        super().__init__(nb_man, on_cell_executed=self._check, **settings)
        self._given = given

    def papermill_execute_cells(self) -> None:
        self.kc.execute = functools.partial(self.kc.execute, user_expressions=self._given.question)
        super().papermill_execute_cells()

    async def _check(self, cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        content = execute_reply["content"]
        if content["status"] == "error" and forked.may_fail(cell):
            # what failed answers no question
            identity = await ensure_async(self.kc.execute("", silent=True, store_history=False))
            content = (await self.async_wait_for_reply(identity, cell))["content"]
        if reason := self._given.reason(self.nb.cells, cell_index, content):
            raise forked.CellFailed(cell_index + 1, reason)


class KernelEngine(Engine):
    """As papermill's own; ``tell_notebook`` gets the notebook, which is else lost when a kernel dies."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        tell_notebook: Callable[[NotebookNode], None],
        given: GivenValues,
        settings: Mapping[str, Any],
        **unused: Any,
    ) -> Any:
        tell_notebook(nb_man.nb)
        return _Client(nb_man, given, kernel_name=kernel_name, **settings).execute()


papermill_engines.register(_KERNEL, KernelEngine)


def _ordinary_kernel(time_limit: float, cells: list[int]) -> dict[str, Any]:
    """How papermill runs an ordinary kernel; the positions of the cells that began go to ``cells``."""
    deadline = time.monotonic() + time_limit
    return {
        "log": logger,
        "record_timing": False,
        # the limit is for the notebook, so each cell has what is left of it
        "timeout_func": lambda cell: max(deadline - time.monotonic(), 0.1),
        "on_cell_start": lambda cell, cell_index: cells.append(cell_index),
        "shutdown_kernel": "immediate",
        "extra_arguments": list(ARGUMENTS_OF_A_REPORT),
        # sockets in the file system, where only this user gets at them, not open ports
        "config": Config({"KernelManager": {"transport": "ipc"}}),
    }


def _failure(
    error: Exception, name: str, node: NotebookNode | None, number: int | None, time_limit: float
) -> NotebookFailed:
    """What happened, with the cell as it is counted in the notebook before its parameters were put in.

    ``number``: the cell that ran last, counted from 1 in what was executed.
    """
    line = ""
    if isinstance(error, PapermillExecutionError):
        number = error.cell_index + 1
        reason = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
        line = line_of(node.cells[number - 1].outputs) if node is not None else ""
    elif isinstance(error, forked.CellFailed):
        number, reason, line = error.number, error.reason, error.line
    else:
        reason = forked.too_long(time_limit) if isinstance(error, CellTimeoutError) else forked.DIED
    if node is None or number is None:
        return NotebookFailed(f"{name}: {reason}", node)
    injected = any("injected-parameters" in c.metadata.get("tags", []) for c in node.cells[: number - 1])
    last = len(node.cells[number - 1].source.splitlines())
    where = f"line {line or 1}" if line or last <= 1 else f"lines 1 to {last}"
    return NotebookFailed(f"cell {number - injected} of {name}, {where}: {reason}", node)


def _only_expected(error: Exception, node: NotebookNode) -> bool:
    """Whether nothing failed but cells with the tag ``raises-exception``, which papermill does not know."""
    return isinstance(error, PapermillExecutionError) and not node.metadata.papermill.exception


def _too_much_of(node: NotebookNode | None) -> forked.CellFailed | None:
    """That a cell put out too much, which is why it was ended, whatever ended it."""
    try:
        forked.check_size(node or nbformat.v4.new_notebook())
    except forked.CellFailed as error:
        return error
    return None


def _without_marks(node: NotebookNode) -> NotebookNode:
    """Without the cells that papermill puts into a notebook that failed."""
    node.cells = [c for c in node.cells if ERROR_MARKER_TAG not in c.metadata.get("tags", [])]
    return node


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Texts of one stream one after the other are one output, in however many parts they came."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == "stream" and joined[-1].get("name") == output.name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _without_traces(node: NotebookNode, title: str, day: str) -> NotebookNode:
    """Only what belongs to the result: no clock, no folder, no name of a machine; ids by position."""
    about = {"title": title, **({"date": day} if day else {})}
    # whatever kernel and program it was last saved with
    node.metadata = nbformat.from_dict(
        {"kernelspec": _KERNELSPEC, "language_info": {"name": "python"}, **about}
    )
    node.nbformat_minor = 5
    for number, cell in enumerate(node.cells):
        for output in cell.get("outputs", []):
            if "text" in output:
                output.text = _CELL_FILE.sub(r"ipykernel/", output.text)
        if "outputs" in cell:
            cell.outputs = _joined(cell.outputs)
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        cell.id = f"cell-{number:02d}"
    return node
