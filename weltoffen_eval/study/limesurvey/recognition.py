"""The columns of an export recognised: items, whose each response is, and what is left aside and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.limesurvey.asked_items import AskedItems
from weltoffen_eval.study.limesurvey.exports import OpenedFile
from weltoffen_eval.study.limesurvey.headings import Headings
from weltoffen_eval.study.limesurvey.structure import collapse, seen
from weltoffen_eval.study.limesurvey.whose import NamedColumn, find_whose
from weltoffen_eval.study.listed_files import RawFile

#: What tells which perspective somebody has, where study.toml says nothing.
_PERSPECTIVE = ("perspective", "Perspektive")
_ADVICE = "Export the responses with question codes, or say in study.toml which column it is: items = { … }."


@dataclass
class Recognised:
    """An export whose columns are known.

    ``raw``: what study.toml says of the file, with the headings of items and columns filled in. ``fixed``:
    by code the heading of what every export has. ``aside``: by heading why a column is not read. ``named``:
    what the columns are called that are no items.
    """

    table: RawTable
    raw: RawFile
    asked: AskedItems
    headings: Headings
    fixed: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)
    named: Sequence[NamedColumn] = ()


def recognise(opened: OpenedFile, raw: RawFile, asked: AskedItems, faults: list[Fault]) -> Recognised:
    """What each column of an export is.

    A heading that may be two items, two columns of one item, and no column that says whose a response is
    are faults.
    """
    table = opened.table
    headings = Headings(table.columns, asked)
    fixed: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for head in table.columns:
        found = headings.fixed_of(head)
        if found is not None and head not in headings.items_of:
            kinds[head] = found.kind
            if found.code:
                fixed.setdefault(found.code, head)
    items = _items(headings, raw, table, opened.described, faults)
    names = [
        _named(head, headings, asked, opened.described)
        for head in table.columns
        if head not in items.values()
    ]
    columns = _columns(raw, names, table, faults)
    if "respondent" not in columns and "id" in fixed and not _is_ignored(fixed["id"], raw.ignore):
        columns["respondent"] = fixed["id"]
    if not raw.attributes:
        others = [column for column in names if column.head not in kinds]
        columns |= find_whose(
            others, {key: raw.columns.get(key, "") for key in ("municipality", "ags")}, table, faults
        )
        if not columns.keys() & {"municipality", "ags"}:
            table.without_owner.update(table.lines)
    perspective = columns.pop("perspective", raw.perspective_column)
    read = {*items.values(), *columns.values(), perspective}
    aside = {head: kinds.get(head, "other") for head in table.columns if head not in read}
    # numbers of LimeSurvey have a dot, whatever its language
    described = replace(
        raw, items=items, columns=columns, item_header="", decimal=raw.decimal or ".",
        perspective_column=perspective, ignore=_without(raw.ignore, aside),
    )  # fmt: skip
    return Recognised(table, described, asked, headings, fixed, aside, names)


def _is_ignored(head: str, patterns: Iterable[str]) -> bool:
    # in study.toml a bracket is a bracket
    return any(fnmatchcase(head, pattern.replace("[", "[[]")) for pattern in patterns)


def _without(patterns: Iterable[str], aside: Mapping[str, str]) -> tuple[str, ...]:
    """What study.toml ignores, without the headings that are left aside anyhow."""
    return tuple(pattern for pattern in patterns if pattern not in aside)


def _items(
    headings: Headings, raw: RawFile, table: RawTable, described: Mapping[str, str], faults: list[Fault]
) -> dict[str, str]:
    """By item the heading of its column: as study.toml names it, else as it was recognised."""
    found = dict(raw.items)
    for item, name in raw.items.items():
        columns = [NamedColumn(head, _names_of(head, headings)) for head in table.columns]
        heads = find_called(columns, name)
        if len(heads) == 1:
            found[item] = heads[0]
    columns_of: dict[str, list[str]] = {}
    for head in table.columns:
        meant = headings.items_of.get(head, set()) - raw.items.keys()
        if head in found.values() or not meant:
            continue
        if len(meant) > 1:
            several = ", ".join(sorted(meant)[:4])
            faults.append(
                table.fault(
                    f"a heading that may be {len(meant)} items: {several}",
                    "a heading for each item",
                    _ADVICE,
                    row=table.header_line, column=head,
                )
            )  # fmt: skip
            continue
        columns_of.setdefault(next(iter(meant)), []).append(head)
    for item, heads in columns_of.items():
        if len(heads) > 1:
            faults.append(
                table.fault(
                    f"{len(heads)} columns that may be {item}: {', '.join(heads[:4])}",
                    "one column for each item",
                    f'Say in study.toml which it is: items = {{ {item} = "…" }}.',
                    row=table.header_line, column=heads[1],
                )
            )  # fmt: skip
        found[item] = heads[0]
    return found


def _columns(raw: RawFile, names: list[NamedColumn], table: RawTable, faults: list[Fault]) -> dict[str, str]:
    """The columns that study.toml names besides whose a response is, by the headings that they have here."""
    wanted = {key: name for key, name in raw.columns.items() if key not in ("municipality", "ags")}
    if raw.perspective_column:
        wanted["perspective"] = raw.perspective_column
    elif not raw.perspective and any(find_called(names, word) for word in _PERSPECTIVE):
        wanted.setdefault("perspective", next(word for word in _PERSPECTIVE if find_called(names, word)))
    found = {}
    for key, name in wanted.items():
        heads = find_called(names, name)
        if len(heads) > 1:
            expected = "a heading of one column"
            faults.append(
                table.fault(f"{name!r}, which {len(heads)} columns are called", expected, column=name)
            )
        found[key] = heads[0] if heads else name
    return found


def find_called(columns: Iterable[NamedColumn], name: str) -> list[str]:
    """The headings of the columns that have a name: as they stand, else by what else they are called."""
    columns = list(columns)
    exact = [column.head for column in columns if plain(column.head) == plain(name)]
    wanted = {folded(name), folded(_by_underlines(name))}
    return exact or [column.head for column in columns if wanted & {folded(other) for other in column.names}]


def _by_underlines(code: str) -> str:
    """A code of a part as an expression code: K01[MS01] is K01_MS01 too."""
    return code.replace("[", "_").replace("]", "")


def _names_of(head: str, headings: Headings) -> tuple[str, ...]:
    """All that a column is called: its heading, code, text; a code of parts in both ways of writing."""
    code = headings.code_of(head)
    names = (
        head,
        code,
        _by_underlines(code),
        headings.text_of(head),
        seen(headings.text_of(head)),
        head.replace("_", " "),
    )
    return tuple(dict.fromkeys(collapse(name) for name in names if name))


def _named(head: str, headings: Headings, asked: AskedItems, described: Mapping[str, str]) -> NamedColumn:
    code = headings.code_of(head)
    known = [text for text in (asked.structure.attributes.get(code), described.get(head)) if text]
    return NamedColumn(head, (*_names_of(head, headings), *known))
