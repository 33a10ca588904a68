"""Folders of returned forms: every workbook in one is a raw file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from weltoffen_eval.study.listed_files import RawFile

#: What systems and office programs leave in a folder.
_LEFT_BEHIND = ("thumbs.db", "desktop.ini")


def is_form_folder(raw: RawFile) -> bool:
    """Whether an entry of study.toml names a folder of returned forms."""
    return raw.format == "form" and bool(raw.path) and not raw.form_folder


def form_files(folder: Path, path: str) -> list[str]:
    """What lies in a folder of forms, but for what programs leave there; none where there is no folder."""
    place = folder / path
    if not place.is_dir() or not place.resolve().is_relative_to(folder.resolve()):
        return []
    return sorted(
        f"{path}/{entry.name}"
        for entry in place.iterdir()
        if not entry.name.startswith((".", "~$")) and entry.name.lower() not in _LEFT_BEHIND
    )


def each_form(files: Iterable[RawFile], folder: Path) -> tuple[RawFile, ...]:
    """The entries of study.toml, in place of each folder of forms the forms in it."""
    found: list[RawFile] = []
    for raw in files:
        if is_form_folder(raw):
            forms = form_files(folder, raw.path)
            found += [replace(raw, path=form, form_folder=raw.path) for form in forms]
        else:
            found.append(raw)
    return tuple(found)
