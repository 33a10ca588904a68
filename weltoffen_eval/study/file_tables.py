"""What a [[file]] of study.toml may say: a model for each kind of file."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import Field

from weltoffen_eval.errors import did_you_mean
from weltoffen_eval.study import declared
from weltoffen_eval.study.declared import DeclaredTable, required
from weltoffen_eval.study.file_words import (
    COLUMNS,
    FORMATS,
    INCOMPLETE,
    ITEM_HEADERS,
    RESENT,
    SETTINGS,
    SHEETS,
    UNITS,
)
from weltoffen_eval.study.toml_files import Section

# of the many codecs of Python those that are texts of office programs
_ENCODINGS = ("utf-8", "utf-8-sig", "ascii", "mac-roman", "cp437", "cp850", "cp852", "cp858")
_ENCODING_FAMILIES = ("utf-16", "utf-32", "cp125", "iso8859")

AnyText = Annotated[str, declared.any_text()]
Texts = Annotated[tuple[str, ...], declared.texts()]


def _encoding(section: Section) -> str | None:
    encoding: str | None = section.text("value", None)
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ENCODINGS and not name.startswith(_ENCODING_FAMILIES):
        section.fault("value", repr(encoding), "the encoding of a text, such as utf-8, utf-16 or cp1252")
        return None
    return encoding


def _delimiter(section: Section) -> str | None:
    delimiter: str | None = section.text("value", None)
    if delimiter is None:
        return None
    one = len(delimiter) == 1 and delimiter.isascii()
    if not one or delimiter.isalnum() or delimiter in "\"'.+-\n ":
        section.fault("value", repr(delimiter), r'one character that parts cells, such as ";" or "\t"')
        return None
    return delimiter


def _columns(section: Section) -> dict[str, str]:
    return known_columns(section.texts_by_key("value"), COLUMNS, section, "value")


def known_columns(
    columns: Mapping[str, str], known: Collection[str], section: Section, key: str
) -> dict[str, str]:
    """Those of the columns that a kind of file has, with a fault for each other, and for a head of two."""
    for name in columns:
        if name not in known:
            advice = did_you_mean(name, known).strip()
            section.fault(key, repr(name), "one of " + ", ".join(known), advice)
    heads = [head for name, head in columns.items() if name in known]
    for head in dict.fromkeys(h for h in heads if heads.count(h) > 1):
        section.fault(key, f"{head!r} for two columns", "each column for one thing")
    return {name: head for name, head in columns.items() if name in known}


class ListedTable(DeclaredTable):
    """A [[file]] of any kind; ``wave`` and ``kind`` are held against the study beside the model."""

    kind: Any = None
    path: Annotated[str, declared.text()] = required()
    wave: Any = None
    setting: Annotated[str, declared.choice(SETTINGS)] = ""
    tab: Annotated[str | None, declared.text()] = None
    # the former word for a tab
    sheet: Annotated[str | None, declared.text()] = None
    encoding: Annotated[str | None, declared.checked(_encoding)] = None
    delimiter: Annotated[str | None, declared.checked(_delimiter)] = None
    decimal: Annotated[str | None, declared.choice((",", "."))] = None
    header_row: Annotated[int | None, declared.whole_number(at_least=1)] = None
    skip_rows: Annotated[tuple[int, ...], declared.whole_numbers(at_least=1)] = ()


class GivenTable(ListedTable):
    """A [[file]] of any other kind than responses; ``columns`` is held against its kind beside the model."""

    columns: Annotated[dict[str, str], declared.texts_by_key()] = Field(default_factory=dict)
    ignore: Texts = ()
    format: Annotated[str, declared.choice(("form",))] = ""


class RatingsTable(GivenTable):
    """A [[file]] of ``field_ratings``."""

    scale: AnyText = ""


class ResponsesTable(ListedTable):
    """A [[file]] of responses; ``perspective`` is held against those of the study beside the model."""

    setting: Annotated[str, declared.choice(SETTINGS)] = required()
    perspective: AnyText = ""
    perspective_column: AnyText = ""
    unit: Annotated[str, declared.choice(UNITS)] = ""
    layout: Annotated[str, declared.choice(("wide", "long"))] = "wide"
    columns: Annotated[dict[str, str], declared.checked(_columns)] = Field(default_factory=dict)
    not_asked: Texts = ()
    ignore: Texts = ()
    sheets: Annotated[str, declared.choice(SHEETS)] = "average"
    responsible: AnyText = ""
    items: Annotated[dict[str, str], declared.texts_by_key()] = Field(default_factory=dict)
    item_header: Annotated[str, declared.choice(ITEM_HEADERS)] = ""
    ignore_rest: Annotated[bool, declared.boolean()] = False
    format: Annotated[str, declared.choice(FORMATS)] = ""
    attributes: AnyText = ""
    structure: AnyText = ""
    incomplete: Annotated[str, declared.choice(INCOMPLETE)] = "keep"
    resent: Annotated[str, declared.choice(RESENT)] = "refuse"
