"""An executed notebook as everybody may have it: what its page shows, and nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from nbformat import NotebookNode

from weltoffen_eval.publish.exporting.cells import NO_CELL, NO_OUTPUT

#: Cells with this tag are for those alone who take part.
INTERNAL = "internal"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def for_everybody(notebook: NotebookNode) -> NotebookNode:
    """The notebook without code, which names folders, and without what no page shows.

    Left out are cells that are tagged ``internal``, cells and outputs that their tag takes out of the page,
    what was written to stderr, where an allowed error came from, and comments in Markdown.
    """
    made: NotebookNode = deepcopy(notebook)
    made.cells = [cell for cell in made.cells if not (NO_CELL | {INTERNAL}) & _tags(cell)]
    for cell in made.cells:
        cell.source = "" if cell.cell_type == "code" else _COMMENT.sub("", cell.source)
        if cell.cell_type == "code":
            cell.outputs = list(_seen(cell))
    made.cells = [cell for cell in made.cells if cell.source or cell.get("outputs")]
    return made


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def _seen(cell: NotebookNode) -> Iterator[NotebookNode]:
    if NO_OUTPUT & _tags(cell):
        return
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            continue
        if output.output_type == "error":
            output.traceback = []
        yield output
