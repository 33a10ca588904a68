"""Exporting an executed notebook: its report in every format, its tables and its twin for machines."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting import fonts
from weltoffen_eval.publish.exporting.contents import Report, read_report
from weltoffen_eval.publish.exporting.exporter import ReportExporter
from weltoffen_eval.publish.exporting.formats import FORMATS, NOTEBOOK
from weltoffen_eval.publish.exporting.twin import SENTENCE_COLUMNS, sentence_rows, twin_json
from weltoffen_eval.publish.keeping.files import spreadsheet_csv

#: A page with a table, and with a letter beyond ASCII.
_SAMPLE = "# Café\n\n| a | b |\n|---|---|\n| é | 1 |"


@cache
def _exporter(form: str, attach: bool) -> ReportExporter:
    # made once for all reports of a worker; a format that nobody wants is not imported
    exporter = getattr(importlib.import_module(FORMATS[form].module), FORMATS[form].exporter)
    config = Config({"WeltoffenPDFExporter": {"attach": attach}})
    made: ReportExporter = exporter(config=config, strict=True)
    return made


def export_notebook(node: NotebookNode, form: str, attach: bool = False) -> bytes:
    """The executed notebook as the bytes of a file: ``html``, ``pdf``, ``docx`` or ``ipynb``.

    Parameters
    ----------
    attach : whether a PDF holds the data files of the report too
    """
    if form == NOTEBOOK:
        return (nbformat.writes(node) + "\n").encode("utf-8")
    return export_report(read_report(node), form, attach)


def export_report(report: Report, form: str, attach: bool = False) -> bytes:
    """The same of a notebook that was read; nbconvert's own steps before it would only copy it, twice."""
    made, _ = _exporter(form, attach).write(report, {})
    return made.encode("utf-8") if isinstance(made, str) else made


def warm_exporters(formats: Iterable[str] = ("html",)) -> None:
    """Make once what is the same for all reports in these formats: templates, fonts, the rules for notebooks.

    No thread is started by it, so that the process can be forked.
    """
    cells = [nbformat.v4.new_markdown_cell(_SAMPLE), nbformat.v4.new_code_cell("")]
    report = read_report(nbformat.v4.new_notebook(cells=cells))
    for form in formats:
        _exporter(form, False).warm(report)
    if set(formats) - {"html"}:
        # pictures in PDF and Word ask for it
        fonts.family(fonts.TEXT)


def export_data(node: NotebookNode, report: Report, name: str, folder: str) -> dict[str, bytes]:
    """What machines read of a report: files by their path, as seen from the folder of the report.

    Every table and the list of sentences as CSV files, its data files as they are, and its twin.

    Parameters
    ----------
    report : the notebook, read
    name : of the report
    folder : of the tables

    Raises
    ------
    ExportError
        If a table and another file have one name.
    """
    paths = {table.name: f"{folder}/{name}-{table.name}.csv" for table in report.tables}
    files = {
        paths[table.name]: spreadsheet_csv([[column.head for column in table.columns], *table.rows])
        for table in report.tables
    }
    more = {f"{folder}/{name}-{file.name}": file.text.encode("utf-8") for file in report.data_files}
    twin = twin_json(node, report, paths)
    if twin:
        more[f"{folder}/{name}-sentences.csv"] = spreadsheet_csv([SENTENCE_COLUMNS, *sentence_rows(report)])
        more[f"{name}.json"] = twin
    if twice := files.keys() & more.keys():
        raise ExportError(
            f"The notebook has a table and another file of one name: {', '.join(sorted(twice))}."
        )
    return files | more
