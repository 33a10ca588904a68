"""Markdown cells of a notebook in another language, by the ids of the cells."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from nbformat import NotebookNode

from weltoffen_eval import paths


@cache
def _texts(language: str) -> Mapping[str, str]:
    if language not in paths.languages():
        return {}
    path = paths.SENTENCES / language / "cells.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def translate_cells(node: NotebookNode, language: str) -> None:
    """Put the texts of a language in place of those Markdown cells of which it has one; others stay."""
    texts = _texts(language)
    for cell in node.cells:
        if cell.cell_type == "markdown" and cell.get("id") in texts:
            cell.source = texts[cell["id"]]
