"""Columns of a raw file: which are needed, which are known, and which may be left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.heads import find_head, fits
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.study.file_words import COLUMNS
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: So many columns of one fault are named one by one; more are told in one line.
_MOST_ONE_BY_ONE = 3
_MOST_NAMED = 8

# what a survey tool puts before the number of a question
_STEM = re.compile(r"[^\W\d]\D+")


def heads_of(raw: RawFile, table: RawTable) -> dict[str, str]:
    """How the columns of the contract are headed in this file."""
    heads = {name: raw.columns.get(name, name) for name in COLUMNS}
    if raw.perspective_column:
        heads["perspective"] = raw.perspective_column
    return {name: find_head(head, table.columns) for name, head in heads.items()}


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
        read += [heads[name] for name in ("item", "response", "comment", "office", "evidence")]
    _check_heads(table, read, items, faults)
    told = len(table.without_owner) == len(table.lines)
    if not told and heads["municipality"] not in table.columns and heads["ags"] not in table.columns:
        faults.append(
            table.fault(
                "neither of the columns",
                f"a column {heads['municipality']} or {heads['ags']}",
                'Add it, or name it in study.toml: columns = { municipality = "…" }.',
                row=table.header_line,
                kind="no_column_of_municipality",
            )
        )
    left = [name for name in table.columns if name not in (*read, *items)]
    unknown = _unknown_columns(raw, table, [*read, *items], faults)
    _check_needed(raw, table, heads, unknown, faults)
    _check_named(raw, table, heads, read, left, faults)
    _check_items(raw, table, [item for item in asked if item not in table.columns], left, faults)
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
                    kind="column_for_two_things",
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
                table.fault(
                    "no such column", "this column", advice, table.header_line, name, "column_missing"
                )
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
                kind="column_missing",
            )
        )


def _check_named(
    raw: RawFile,
    table: RawTable,
    heads: dict[str, str],
    read: Sequence[str],
    left: Sequence[str],
    faults: list[Fault],
) -> None:
    """A fault for each column that study.toml names and the file lacks: it would be missed in silence."""
    # of a long file the needed ones are told already
    told = ("item", "response", "respondent", "perspective") if raw.layout == "long" else ("perspective",)
    for name in raw.columns:
        missing = heads[name] in read and heads[name] not in table.columns
        either = name in ("municipality", "ags") and not {heads["municipality"], heads["ags"]} & {
            *table.columns
        }
        if missing and name not in told and not either:
            advice = did_you_mean(heads[name], left).strip() or "Correct columns there."
            expected = f"the column for {name} that study.toml names"
            faults.append(
                table.fault("no such column", expected, advice, row=table.header_line, column=heads[name])
            )


def _check_items(
    raw: RawFile, table: RawTable, missing: Sequence[str], left: Sequence[str], faults: list[Fault]
) -> None:
    """Items without column; ``left``: columns of which one may hold them under another name."""
    expected = "a column for each item"
    advice = "Add it; an item that was not put goes into not_asked in study.toml."
    if left:
        # of the tools that head a column otherwise, each has its own way
        advice += " If it has another name, say items = { … }"
        advice += "." if raw.item_header else ', or item_header = "text" where its wording stands there.'
    if len(missing) > _MOST_ONE_BY_ONE:
        found = f"no column for {len(missing):,} items: {_listed(missing)}"
        faults.append(
            table.fault(found, expected, advice, table.header_line, "", "columns_missing", _listed(missing))
        )
        return
    for name in missing:
        told = table.fault("no such column", expected, advice, table.header_line, name, "column_missing")
        faults.append(told)


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
            told = table.fault(found, expected, close or advice, table.header_line, name, "column_unknown")
            faults.append(told)
        return
    patterns = ", ".join(f'"{pattern}"' for pattern in common_patterns(unknown, known))
    if patterns:
        advice = f"If they are to be left aside, add ignore = [{patterns}] to its [[file]] in study.toml."
    else:
        advice = 'Correct their names, or add them to ignore in study.toml; "time_*" names many at once.'
    found = f"{len(unknown):,} columns that are neither items nor named in study.toml: {_listed(unknown)}"
    faults.append(
        table.fault(found, expected, advice, table.header_line, "", "columns_unknown", _listed(unknown))
    )


def common_patterns(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """Patterns for the beginnings that many of the names share, and that fit none of the known ones."""
    stems = Counter(match.group() for name in names if (match := _STEM.match(name)))
    common = [f"{stem}*" for stem, count in stems.most_common(_MOST_NAMED) if count > 2]
    return [p for p in common if not any(fits(name, p) for name in known) and '"' not in p]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown}, … {names[-1]}"
