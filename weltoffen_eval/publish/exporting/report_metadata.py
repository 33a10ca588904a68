"""What an executed notebook says of its report besides what is seen: metadata of its cells' outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from weltoffen_eval.blocks import MIME
from weltoffen_eval.publish.exporting.brand_head import BrandHead, brand_head


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


def origin_of(notebook: NotebookNode) -> tuple[tuple[str, str], ...]:
    """From what a report was made, as name and value, for the metadata of its files; empty where silent."""
    about = about_report(notebook)
    named = ("study", "municipality", "wave", "report", "audience", "language", "date")
    found = [(name, str(about[name])) for name in named if about.get(name)]
    for name in ("instrument", "scheme"):
        of = about.get(name)
        if isinstance(of, Mapping) and of.get("id"):
            edition = f" edition {of['edition']}" if of.get("edition") else ""
            found.append((name, f"{of['id']}{edition} sha256:{of.get('sha256', '')}"))
    made_with = ("software", "program_tree", "lock_sha256")
    return (*found, *((name, str(about[name])) for name in made_with if about.get(name)))


def brand_of(notebook: NotebookNode) -> BrandHead | None:
    """The brand at the head of the report; None where no cell carries one."""
    told = (carried["brand"] for carried in metadata_of(notebook) if carried.get("brand"))
    data = next(told, None)
    return brand_head(data) if isinstance(data, Mapping) else None
