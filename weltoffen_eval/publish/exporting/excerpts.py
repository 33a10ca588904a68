"""Parts of a report that are exported alone: the cells of an executed notebook that have one tag."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from nbformat import NotebookNode

from weltoffen_eval.blocks import MIME
from weltoffen_eval.publish.exporting.cells import NO_CELL

#: Under which the metadata of a notebook say of which part of a report it is.
PART = "weltoffen_part"


def excerpt(notebook: NotebookNode, tag: str) -> NotebookNode | None:
    """The notebook with only the cells of a tag; what it says of its report, it says of the part.

    None where no cell has the tag: whoever changed a notebook may have taken the part out.
    """
    if not any(tag in cell.metadata.get("tags", []) for cell in notebook.cells):
        return None
    part: NotebookNode = deepcopy(notebook)
    part.cells = [cell for cell in part.cells if tag in cell.metadata.get("tags", [])]
    part.metadata[PART] = tag
    for cell in part.cells:
        # of a paper, which is on no page of the report
        cell.metadata.tags = [name for name in cell.metadata.tags if name not in NO_CELL]
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get(MIME, {}).get("about")
            if about:
                about["report"] = tag
    return part


def without(notebook: NotebookNode, tags: Iterable[str]) -> NotebookNode:
    """The notebook without the cells of papers that are exported alone only; itself where it has none."""
    apart = set(tags)
    if not any(apart & set(cell.metadata.get("tags", [])) for cell in notebook.cells):
        return notebook
    rest: NotebookNode = deepcopy(notebook)
    rest.cells = [cell for cell in rest.cells if not apart & set(cell.metadata.get("tags", []))]
    return rest
