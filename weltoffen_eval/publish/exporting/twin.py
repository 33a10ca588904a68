"""What a report says, for machines: its findings, sentences, figures and tables with the keys behind them.

It is put together from the metadata of an executed notebook; nothing is computed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from weltoffen_eval.blocks import Figure, Table
from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.report_metadata import about_report, metadata_of
from weltoffen_eval.publish.exporting.said_sentences import said_in

SCHEMA = "weltoffen-report/1"
#: The columns of the table of sentences.
SENTENCE_COLUMNS = ("id", "text", "rests_on")


def twin_json(notebook: NotebookNode, report: Report, tables: Mapping[str, str]) -> bytes:
    """The twin of a report as the bytes of a file, keys sorted; nothing where it does not say whose it is.

    Parameters
    ----------
    tables : where the file of each table lies, by its name, as seen from the folder of the report
    """
    about = about_report(notebook)
    if not about:
        return b""
    twin = {"schema": SCHEMA, **about, **_contents(notebook, report, tables)}
    text = json.dumps(twin, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _contents(notebook: NotebookNode, report: Report, tables: Mapping[str, str]) -> dict[str, Any]:
    return {
        "findings": _findings(notebook),
        "sentences": [
            {
                "id": sentence.id,
                "sentence": sentence.name,
                "text": sentence.text,
                "rests_on": list(sentence.rests_on),
                "numbers": [{"key": key, "printed": printed} for key, printed in sentence.numbers],
            }
            for sentence in said_in(report.parts)
            if sentence.name
        ],
        "figures": [
            {"id": part.name, "alternative": part.alternative, "rests_on": list(part.rests_on)}
            for part in report.parts
            if isinstance(part, Figure)
        ],
        "tables": [
            {"id": table.name, "file": tables[table.name], "rests_on": _cells(table)}
            for table in report.tables
        ],
        "given": _given(notebook),
    }


def _cells(table: Table) -> list[list[str]]:
    """The keys behind each cell, row by row."""
    none: tuple[tuple[str, ...], ...] = ((),) * (len(table.rows) * len(table.columns))
    return [list(keys) for keys in table.rests_on or none]


def _findings(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Every finding once, sorted by key; cells that show the same number must say the same of it."""
    found: dict[str, dict[str, Any]] = {}
    for finding in _told(notebook):
        key = str(finding["key"])
        if found.setdefault(key, finding) != finding:
            raise ExportError(f"The cells of the notebook say different things of {key}.")
    return [found[key] for key in sorted(found)]


def _told(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for metadata in metadata_of(notebook):
        yield from (dict(finding) for finding in metadata.get("findings", []))


def _given(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Every text that people gave once, in the order in which it is told first."""
    found: dict[str, dict[str, Any]] = {}
    for metadata in metadata_of(notebook):
        for text in metadata.get("given", []):
            found.setdefault(str(text["id"]), dict(text))
    return list(found.values())


def sentence_rows(report: Report) -> list[tuple[str, str, str]]:
    """``id``, ``text`` and ``rests_on`` of every sentence, for those who read the PDF or the Word file."""
    return [
        (sentence.id, sentence.text, " ".join(sentence.rests_on))
        for sentence in said_in(report.parts)
        if sentence.name
    ]
