"""Persons in the other kinds of file: a name that is no key becomes a number, as in responses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from weltoffen_eval.raw.table import LogEntry
from weltoffen_eval.study.keys import is_key
from weltoffen_eval.study.kinds.rows import Given

#: The column of a kind that names a person, and what numbers begin with.
NAMED = {"field_ratings": ("respondent", "r"), "participants": ("participant", "p")}


def name_persons(rows: Sequence[Given]) -> tuple[list[Given], list[LogEntry]]:
    """The rows with a pseudonym for each person, unique within municipality × wave × setting.

    A key stays; where two perspectives use the same, the perspective is added. Anything else becomes a
    number, the same for the same name; who has no name is somebody else in each row.
    """
    keys: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for row in rows:
        if row.kind in NAMED and is_key(_name(row)):
            keys.setdefault(_group(row), {}).setdefault(_name(row).casefold(), set()).add(_view(row))
    numbers: dict[tuple[str, ...], int] = {}
    given: dict[tuple[str, ...], str] = {}
    log: list[LogEntry] = []

    def pseudonym(row: Given) -> Given:
        column, letter = NAMED[row.kind]
        name, group = _name(row), _group(row)
        of_group = keys.get(group, {})
        if is_key(name):
            if len(of_group[name.casefold()]) == 1:
                return row
            new, rule = f"{name}@{_view(row)}", "respondent_of_perspective"
        else:
            person = (*group, _view(row), name.casefold())
            new = given.get(person, "") if name else ""
            while not new or new in of_group:
                numbers[group] = numbers.get(group, 0) + 1
                new = f"{letter}{numbers[group]}"
            if name:
                given[person] = new
            rule = "pseudonymised" if name else ""
        if rule:
            # the old value stays out of the log: it may be a person's name
            log.append(LogEntry(row.file, row.tab, row.row, column, "", new, rule))
        return replace(row, values=row.values.model_copy(update={column: new}))

    return [pseudonym(row) if row.kind in NAMED else row for row in rows], log


def _name(row: Given) -> str:
    return str(getattr(row.values, NAMED[row.kind][0]) or "")


def _view(row: Given) -> str:
    # who takes part is one person, whatever is said of the perspective
    return str(row.values.perspective) if row.kind == "field_ratings" else ""


def _group(row: Given) -> tuple[str, ...]:
    return row.kind, row.municipality, row.wave, row.setting
