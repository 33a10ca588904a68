"""Blocks as plain data for a notebook and back, checked both ways: complete, safe, with proper ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from weltoffen_eval.blocks import (
    MIME,
    SHEETS,
    Block,
    BlockError,
    Bundle,
    Column,
    DataFile,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Sentence,
    Table,
)
from weltoffen_eval.drawings import DrawingError, check_drawing

#: A tag of a language, such as de, de-AT or zh-Hant.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
#: An id of a page, which is the name of a file too: nothing in it leads anywhere.
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?!\.)){0,199}")


def to_json(bundle: Bundle) -> dict[str, Any]:
    """The bundle as plain data for a notebook."""
    for block in bundle.blocks:
        _check(block)
    return {"blocks": [asdict(block) for block in bundle.blocks]}


def from_json(content: Any) -> Bundle:
    """The bundle that :func:`to_json` wrote; a BlockError where it is none."""
    try:
        return Bundle(tuple(_read(entry) for entry in content["blocks"]))
    except BlockError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BlockError(f"not a block of {MIME}: {error}") from error


def _links(entries: Iterable[dict[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(**entry) for entry in entries)


def _sentence(fields: dict[str, Any]) -> Sentence:
    pairs = {name: tuple(map(tuple, fields[name])) for name in ("numbers", "foreign")}
    return Sentence(**{**fields, "rests_on": tuple(fields["rests_on"]), **pairs})


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of what holds sentences and, but for notes, links."""
    links = {"links": _links(fields["links"])} if "links" in fields else {}
    return {**fields, **links, "sentences": tuple(map(_sentence, fields.get("sentences", ())))}


def _table(fields: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in fields.pop("columns"))
    rows = tuple(tuple(row) for row in fields.pop("rows"))
    keys = tuple(tuple(cell) for cell in fields.pop("rests_on", ()))
    return Table(columns=columns, rows=rows, anchors=tuple(fields.pop("anchors")), rests_on=keys, **fields)


def _figure(fields: dict[str, Any]) -> Figure:
    keys = tuple(fields.pop("rests_on", ()))
    return Figure(**{**fields, "table": _table(dict(fields["table"]))}, rests_on=keys)


#: How each kind comes back from JSON.
_READERS: dict[str, Callable[[dict[str, Any]], Block]] = {
    "heading": lambda fields: Heading(**fields),
    "paragraph": lambda fields: Paragraph(**_said(fields)),
    "note": lambda fields: Note(**_said(fields)),
    "facts": lambda fields: Facts(
        tuple((term, Entry(**_said(entry))) for term, entry in fields["facts"]), fields.get("language", "")
    ),
    "listing": lambda fields: Listing(tuple(Entry(**_said(entry)) for entry in fields["entries"])),
    "table": _table,
    "figure": _figure,
    "data_file": lambda fields: DataFile(**fields),
}


def _read(entry: dict[str, Any]) -> Block:
    block = _READERS[entry["kind"]](dict(entry))
    _check(block)
    return block


def _check(block: Block) -> None:
    for name in _names(block):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise BlockError(
                f"{str(name)[:60]!r} is no name of a place in a page: letters, digits, hyphens, dots."
            )
    match block:
        case Heading():
            _check_language(block.language)
            if block.level not in range(1, 7):
                raise BlockError(f"The heading {block.text!r} is of level {block.level}; there are 1 to 6.")
            if block.sheet not in ("", *SHEETS):
                raise BlockError(f"The heading {block.text!r} opens no sheet {str(block.sheet)[:60]!r}.")
        case Figure():
            if not block.alternative.strip():
                raise BlockError(f"The figure {block.caption!r} has no alternative text.")
            try:
                check_drawing(block.svg)
            except DrawingError as error:
                raise BlockError(f"The figure {block.caption!r} cannot be shown: {error}.") from error
            _check(block.table)
        case Table():
            for column in block.columns:
                _check_language(column.language)
            wrong = [row for row in block.rows if len(row) != len(block.columns)]
            if wrong:
                raise BlockError(f"The table {block.caption!r} has rows of another length: {wrong[0]}.")
            if block.rests_on and len(block.rests_on) != len(block.rows) * len(block.columns):
                raise BlockError(f"The table {block.caption!r} has keys for other cells than it has.")
        case Paragraph() | Note():
            _check_sentences(block)
        case Listing():
            for entry in block.entries:
                _check_sentences(entry)
        case Facts():
            _check_language(block.language)
            for _, entry in block.facts:
                _check_sentences(entry)


def _check_sentences(said: Paragraph | Note | Entry) -> None:
    if said.sentences and said.text != " ".join(sentence.text for sentence in said.sentences):
        raise BlockError(f"The text {said.text[:60]!r} does not consist of its sentences.")
    for sentence in said.sentences:
        end = 0
        for first, behind, language in sentence.foreign:
            _check_language(language)
            if not end <= first <= behind <= len(sentence.text):
                raise BlockError(f"What is in another language is no part of {sentence.text[:60]!r}.")
            end = behind


def _check_language(tag: str) -> None:
    if tag != "" and not (isinstance(tag, str) and _LANGUAGE.fullmatch(tag)):
        raise BlockError(f"{str(tag)[:60]!r} is no tag of a language, such as de or de-AT.")


def _names(block: Block) -> Iterator[str]:
    """The ids that a block has and those to which it leads."""
    match block:
        case Heading():
            yield block.anchor
        case Table():
            yield block.name
            yield from block.anchors
        case DataFile():
            yield block.name
        case Paragraph():
            yield from (link.anchor for link in block.links)
        case Listing():
            yield from (link.anchor for entry in block.entries for link in entry.links)
        case Facts():
            yield from (link.anchor for _, entry in block.facts for link in entry.links)
