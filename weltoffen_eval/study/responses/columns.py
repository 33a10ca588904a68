"""Columns of a raw file: which are needed, which are known, and which may be left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.file_words import COLUMNS
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.raw.table import RawTable

#: So many columns of one fault are named one by one; more are told in one line.
_MOST_ONE_BY_ONE = 3
_MOST_NAMED = 8

# what a survey tool puts before the number of a question
_STEM = re.compile(r"[^\W\d]\D+")


def heads_of(raw: RawFile) -> dict[str, str]:
    """How the columns of the contract are headed in this file."""
    heads = {name: raw.columns.get(name, name) for name in COLUMNS}
    if raw.perspective_column:
        heads["perspective"] = raw.perspective_column
    return heads


def check_columns(
    raw: RawFile,
    table: RawTable,
    instrument: Instrument | None,
    heads: dict[str, str],
    columns: Mapping[str, str],
    faults: list[Fault],
) -> bool:
    """False, with faults, where a needed column is missing or one is neither known nor ignored.

    ``columns``: of a wide file, by item the head of its column. Without an instrument, which has faults of
    its own, nothing is said of items.
    """
    before = len(faults)
    items = list(columns.values())
    asked = [head for item, head in columns.items() if item not in raw.not_asked]
    read = [heads["municipality"], heads["ags"], heads["respondent"]]
    if not raw.perspective:
        read.append(heads["perspective"])
    if raw.layout == "long":
        read += [heads["item"], heads["response"], heads["comment"]]
    _check_heads(table, read, items, faults)
    told = len(table.without_owner) == len(table.lines)
    if not told and heads["municipality"] not in table.columns and heads["ags"] not in table.columns:
        faults.append(
            table.fault(
                "neither of the columns",
                f"a column {heads['municipality']} or {heads['ags']}",
                'Add it, or name it in study.toml: columns = { municipality = "…" }.',
                row=table.header_line,
            )
        )
    unknown = _unknown_columns(raw, table, [*read, *items], faults)
    _check_needed(raw, table, heads, unknown, faults)
    _check_items(table, [item for item in asked if item not in table.columns], faults)
    if instrument is not None:
        absent = [name for name in [*read, *asked] if name not in table.columns]
        _tell_unknown(table, unknown, absent, [*read, *items], instrument.id, faults)
    return len(faults) == before


def _check_heads(table: RawTable, read: Sequence[str], items: Sequence[str], faults: list[Fault]) -> None:
    for name in dict.fromkeys(name for name in read if name in items or read.count(name) > 1):
        if name in table.columns:
            faults.append(
                table.fault(
                    "a column that stands for two things",
                    "a column of its own for each",
                    "See columns and perspective_column in study.toml.",
                    row=table.header_line,
                    column=name,
                )
            )


def _check_needed(
    raw: RawFile, table: RawTable, heads: dict[str, str], unknown: Sequence[str], faults: list[Fault]
) -> None:
    needed = [heads["item"], heads["response"], heads["respondent"]] if raw.layout == "long" else []
    for name in needed:
        if name not in table.columns:
            advice = did_you_mean(name, unknown).strip()
            faults.append(
                table.fault("no such column", "this column", advice, row=table.header_line, column=name)
            )
    name = heads["perspective"]
    if not raw.perspective and name not in table.columns:
        faults.append(
            table.fault(
                "no such column",
                "this column, or perspective = … in study.toml",
                did_you_mean(name, unknown).strip(),
                row=table.header_line,
                column=name,
            )
        )


def _check_items(table: RawTable, missing: Sequence[str], faults: list[Fault]) -> None:
    expected = "a column for each item"
    advice = "Add it; an item that was not put goes into not_asked in study.toml."
    if len(missing) > _MOST_ONE_BY_ONE:
        found = f"no column for {len(missing):,} items: {_listed(missing)}"
        faults.append(table.fault(found, expected, advice, row=table.header_line))
        return
    for name in missing:
        faults.append(table.fault("no such column", expected, advice, row=table.header_line, column=name))


def _unknown_columns(raw: RawFile, table: RawTable, known: Sequence[str], faults: list[Fault]) -> list[str]:
    """Columns that are neither read nor ignored; what is ignored is logged, what is read cannot be."""
    unknown = [name for name in table.columns if name not in known]
    for pattern in (*raw.ignore, *(["*"] if raw.ignore_rest else [])):
        read = [name for name in table.columns if name in known and fits(name, pattern)]
        if read and pattern in raw.ignore:
            faults.append(
                Fault(
                    "study.toml",
                    f"{pattern!r}, which is also {_listed(read)}",
                    "columns that are not read",
                    "An item that was not put goes into not_asked.",
                    column=f"{raw.path} ignore",
                )
            )
        for name in [name for name in unknown if fits(name, pattern)]:
            unknown.remove(name)
            table.log_change(table.header_line, name, "", "", "column_ignored")
    return unknown


def _tell_unknown(
    table: RawTable,
    unknown: Sequence[str],
    absent: Sequence[str],
    known: Sequence[str],
    instrument: str,
    faults: list[Fault],
) -> None:
    found = "a column that is neither an item nor named in study.toml"
    expected = f"items of {instrument} and columns of the contract"
    advice = "Correct its name, or add it to ignore in study.toml."
    if len(unknown) <= _MOST_ONE_BY_ONE:
        for name in unknown:
            close = did_you_mean(name, absent).strip()
            faults.append(table.fault(found, expected, close or advice, row=table.header_line, column=name))
        return
    patterns = _patterns(unknown, known)
    if patterns:
        advice = f"If they are to be left aside, add ignore = [{patterns}] to its [[file]] in study.toml."
    else:
        advice = 'Correct their names, or add them to ignore in study.toml; "time_*" names many at once.'
    found = f"{len(unknown):,} columns that are neither items nor named in study.toml: {_listed(unknown)}"
    faults.append(table.fault(found, expected, advice, row=table.header_line))


def _patterns(unknown: Sequence[str], known: Sequence[str]) -> str:
    """Patterns for the beginnings that many of the columns share, as study.toml would have them."""
    stems = Counter(match.group() for name in unknown if (match := _STEM.match(name)))
    common = [f"{stem}*" for stem, count in stems.most_common(_MOST_NAMED) if count > 2]
    fitting = [p for p in common if not any(fits(name, p) for name in known) and '"' not in p]
    return ", ".join(f'"{pattern}"' for pattern in fitting)


def fits(name: str, pattern: str) -> bool:
    """Whether a name is the pattern, in which * stands for any letters; a bracket is a bracket."""
    first, *others = pattern.split("*")
    if not others:
        return name == pattern
    if not name.startswith(first):
        return False
    *middle, last = others
    at = len(first)
    for part in middle:
        at = name.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(name) - len(last) >= at and name.endswith(last)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown}, … {names[-1]}"
