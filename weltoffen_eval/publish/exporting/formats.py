"""What a report can be written as: the formats, who writes each, and how readers call it."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """``module`` and ``exporter``: the class that writes it; ``word``: its name in the index."""

    module: str
    exporter: str
    word: str


#: In the order in which they are offered; the executed notebook from which they came is written always.
FORMATS = {
    "html": Format("weltoffen_eval.publish.exporting.html", "WeltoffenHTMLExporter", "HTML"),
    "pdf": Format("weltoffen_eval.publish.exporting.pdf", "WeltoffenPDFExporter", "PDF"),
    "docx": Format("weltoffen_eval.publish.exporting.word", "WeltoffenDOCXExporter", "Word"),
}
NOTEBOOK = "ipynb"
