"""What our exporters share: the reading of the notebook, strict or not, and what they say about it."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Bool, TraitError, Unicode, validate

from weltoffen_eval.errors import ExportError, WeltoffenError, visible
from weltoffen_eval.publish.exporting.contents import Report, read_report
from weltoffen_eval.publish.exporting.frame_words import language_of


class NotConverted(ExportError, SystemExit):
    """A file that makes no report: an error like others for who calls nbconvert from Python; a program that
    does not catch it, such as nbconvert's own command, ends with its sentence instead of a traceback."""

    def __init__(self, said: str):
        super().__init__(said)
        self.code = said


def _refusal(said: str) -> ExportError:
    """What is raised for a file that makes no report.

    Where an event loop runs, as in a server or a notebook, or in a thread on which one may wait, it ends no
    program: a SystemExit would end the loop and all that runs in it.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if threading.current_thread() is threading.main_thread():
            return NotConverted(said)
    return ExportError(said)


def read_notebook(content: str) -> NotebookNode:
    """The notebook in the text of a file, of whichever format, as one of format 4.

    Small faults that Jupyter too lets pass, such as cells without id, are none.

    Raises
    ------
    ExportError
        If it is no notebook. nbformat itself takes ``{}`` for an empty one.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"this is no notebook: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("nbformat"), int):
        raise ExportError("this is no notebook: nothing says which nbformat it has")
    try:
        node: NotebookNode = nbformat.reads(content, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:
        # whatever nbformat comes upon in what is damaged
        raise ExportError(f"this is a damaged notebook: {visible(str(error).strip())[:200]}") from error
    _check_shape(node)
    return node


def _check_shape(node: NotebookNode) -> None:
    """Raise ExportError where a notebook lacks what each one has."""
    cells = node.get("cells")
    missing = [
        key for key, kind in (("metadata", dict), ("cells", list)) if not isinstance(node.get(key), kind)
    ]
    for number, cell in enumerate(cells if isinstance(cells, list) else (), start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            missing.append(f"kind of cell {number}")
            continue
        missing += [
            f"{key} of cell {number}"
            for key, kind in (("source", str), ("metadata", dict))
            if not isinstance(cell.get(key), kind)
        ]
        outputs = cell.get("outputs") if cell["cell_type"] == "code" else []
        if not isinstance(outputs, list) or not all(
            isinstance(output, dict) and "output_type" in output for output in outputs
        ):
            missing.append(f"outputs of cell {number}")
    if missing:
        raise ExportError(f"this is a damaged notebook: {', '.join(missing[:5])} cannot be read")


class ReportExporter(Exporter):
    """An exporter that works from the parts of a report."""

    strict = Bool(
        False,
        help="Refuse a notebook that makes no accessible report, instead of mending and remarking it.",
    ).tag(config=True)

    language_code = Unicode(
        "", help="Language of the report (a tag such as de or en-GB); else that which the notebook names."
    ).tag(config=True)

    @validate("language_code")
    def _valid_language_code(self, proposal: Any) -> str:
        if proposal["value"] and language_of({"lang": proposal["value"]}, "") == "":
            raise TraitError(f"{proposal['value']!r} is no tag of a language, such as de or en-GB.")
        return str(proposal["value"])

    def from_filename(  # type: ignore[override]
        self, filename: str, resources: Any = None, **kwargs: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        try:
            with Path(filename).open("rb"):
                pass
        except OSError as error:
            raise _refusal(f"{visible(filename)} cannot be read: {error.strerror}.") from error
        return super().from_filename(filename, resources, **kwargs)  # type: ignore[return-value]

    def from_file(  # type: ignore[override]
        self, file_stream: Any, resources: Any = None, **kwargs: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        try:
            try:
                content = file_stream.read()
            except UnicodeDecodeError as error:
                raise ExportError("this is no notebook: it is not written in UTF-8") from error
            return self.from_notebook_node(read_notebook(content), resources, **kwargs)
        except WeltoffenError as error:
            name = visible(str(getattr(file_stream, "name", "the notebook")))
            raise _refusal(f"{name}: {str(error).removesuffix('.')}.") from error

    def from_notebook_node(  # type: ignore[override]  # the base class names its own type wrongly
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        # with nbconvert's own steps before it, such as --execute; a template is for HTML only
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)
        metadata = resources["metadata"]
        # nbconvert knows the folder where it has read the file itself
        folder = Path(metadata["path"] or ".") if "path" in metadata else None
        report = read_report(nb, self.strict, metadata.get("name", ""), folder, self.language_code)
        return self.write(report, resources)

    def write(self, report: Report, resources: dict[str, Any]) -> tuple[str | bytes, dict[str, Any]]:
        """A report that was read, with what is to be said of it."""
        for remark in report.remarks:
            self.log.warning("%s", remark)
        return self.render(report, resources), resources

    def warm(self, report: Report) -> None:
        """Make what is the same for all reports, by writing a short one."""
        self.render(report, {})

    def render(self, report: Report, resources: dict[str, Any]) -> str | bytes:
        """The report in the format of the exporter."""
        raise NotImplementedError
