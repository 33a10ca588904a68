"""Executing one notebook with papermill, and exporting what came out."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from weltoffen_eval import paths
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.publish import forked
from weltoffen_eval.publish.contents import read_report
from weltoffen_eval.publish.exporter import ReportExporter
from weltoffen_eval.publish.files import spreadsheet_csv
from weltoffen_eval.publish.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.pdf import WeltoffenPDFExporter
from weltoffen_eval.publish.word import WeltoffenDOCXExporter


class NotebookFailed(WeltoffenError):
    """A notebook that did not run to its end: cell and reason, in one sentence."""

    exit_code = 1


def run_notebook(
    notebook: Path, parameters: Mapping[str, str], title: str, time_limit: int = 600, day: str = ""
) -> NotebookNode:
    """The notebook, executed in a process of its own, without timings and other traces of the run.

    It is forked from this process where that is safe, else it gets an ordinary kernel; the result is
    the same.

    Parameters
    ----------
    time_limit : seconds that one cell may take
    day : the date of the data (ISO), which stands in the files; the clock never does

    Raises
    ------
    NotebookFailed
        If a cell raises or takes too long, or the kernel dies.
    """
    # the notebook runs in an empty folder; this tells it where the project is
    os.environ["WELTOFFEN_PROJECT"] = str(paths.project_folder())
    with tempfile.TemporaryDirectory(prefix="weltoffen-") as folder:
        executed = Path(folder) / notebook.name
        try:
            with warnings.catch_warnings():
                # papermill calls parts of Jupyter that announce their own changes
                warnings.simplefilter("ignore")
                node = papermill.execute_notebook(
                    str(notebook),
                    str(executed),
                    parameters=dict(parameters),
                    kernel_name="python3",
                    language="python",
                    progress_bar=False,
                    request_save_on_cell_execute=False,
                    execution_timeout=time_limit,
                    cwd=folder,
                    record_timing=False,
                    shutdown_kernel="immediate",
                    # sockets in the file system, where only this user gets at them, not open ports
                    config=Config({"KernelManager": {"transport": "ipc"}}),
                    engine_name=forked.NAME if forked.can_fork() else None,
                )
        except PapermillExecutionError as error:
            message = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
            raise NotebookFailed(f"cell {error.cell_index + 1} of {notebook.name}: {message}") from error
        except forked.CellFailed as error:
            raise NotebookFailed(f"cell {error.number} of {notebook.name}: {error.reason}") from error
        except CellTimeoutError as error:
            raise NotebookFailed(f"{notebook.name}: a cell took longer than {time_limit} seconds") from error
        except DeadKernelError as error:
            raise NotebookFailed(f"{notebook.name}: the kernel died") from error
    return _without_traces(node, title, day)


def _without_traces(node: NotebookNode, title: str, day: str) -> NotebookNode:
    """Only what belongs to the result: no clock, no folder, no name of a machine; ids by position."""
    kept = {key: node.metadata[key] for key in ("kernelspec",) if key in node.metadata}
    about = {"title": title, **({"date": day} if day else {})}
    node.metadata = nbformat.from_dict({**kept, "language_info": {"name": "python"}, **about})
    for number, cell in enumerate(node.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        cell.id = f"cell-{number:02d}"
    return node


_EXPORTERS: dict[str, type[ReportExporter]] = {
    "html": WeltoffenHTMLExporter,
    "pdf": WeltoffenPDFExporter,
    "docx": WeltoffenDOCXExporter,
}


@cache
def _exporter(form: str, attach: bool) -> ReportExporter:
    # made once for all reports of a worker
    config = Config({"WeltoffenPDFExporter": {"attach": attach}})
    return _EXPORTERS[form](config=config, strict=True)


def export_notebook(node: NotebookNode, form: str, attach: bool = False) -> bytes:
    """The executed notebook as the bytes of a file: ``html``, ``pdf``, ``docx`` or ``ipynb``.

    Parameters
    ----------
    attach : whether a PDF holds the data files of the report too
    """
    if form == "ipynb":
        return (nbformat.writes(node) + "\n").encode("utf-8")
    made, _ = _exporter(form, attach).from_notebook_node(node)
    return made.encode("utf-8") if isinstance(made, str) else made


def export_tables(node: NotebookNode) -> dict[str, bytes]:
    """Every table of the report as the bytes of a CSV file, by name, and its data files as they are."""
    report = read_report(node)
    files = {
        f"{table.name}.csv": spreadsheet_csv([[column.head for column in table.columns], *table.rows])
        for table in report.tables
    }
    return {**files, **{file.name: file.text.encode("utf-8") for file in report.data_files}}
