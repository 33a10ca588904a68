"""Markdown cells of a notebook in another language, by the ids of the cells."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from nbformat import NotebookNode

from weltoffen_eval import paths
from weltoffen_eval.blocks import MIME

#: Folders of texts for studies that are not of administrations, or not of what is in place, a later one
#: before an earlier; and how a title says that it is of one.
OTHER_TEXTS = ("elsewhere", "by_points")
#: The language in which notebooks are written.
NATIVE = "de"


@cache
def _texts(language: str, folder: str = "") -> Mapping[str, str]:
    if language not in paths.languages():
        return {}
    path = paths.SENTENCES / language / folder / "cells.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def translate_cells(node: NotebookNode, language: str) -> None:
    """Put the texts of a language in place of those Markdown cells of which it has one; others stay.

    Of a study that is not of administrations, or not of what is in place, as the title of its report says,
    some have other texts.
    """
    texts = dict(_texts(language))
    for folder in OTHER_TEXTS:
        if _says(node, folder):
            texts |= _texts(language or NATIVE, folder)
    for cell in node.cells:
        if cell.cell_type == "markdown" and cell.get("id") in texts:
            cell.source = texts[cell["id"]]


def _says(node: NotebookNode, folder: str) -> bool:
    outputs = (output for cell in node.cells for output in cell.get("outputs", []))
    return any(output.get("metadata", {}).get(MIME, {}).get(folder) for output in outputs)
