"""What an executed notebook says of its report besides what is seen: metadata of its cells' outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from weltoffen_eval.blocks import MIME


def metadata_of(notebook: NotebookNode) -> Iterator[Mapping[str, Any]]:
    """What each output of our blocks carries along: ``about`` the report, ``findings`` behind the blocks."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            carried = output.get("metadata", {}).get(MIME)
            if isinstance(carried, Mapping):
                yield carried


def about_report(notebook: NotebookNode) -> dict[str, Any]:
    """Whose report this is, as its title says; nothing where no cell says it."""
    told = (
        carried["about"] for carried in metadata_of(notebook) if isinstance(carried.get("about"), Mapping)
    )
    return dict(next(told, {}))
