"""Whose each record is: municipality, perspective and respondent, and what respondents are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.table import LogEntry, RawTable, plain
from weltoffen_eval.study.ags import advise_on_ags
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.perspectives import OwnPerspectives, find_perspective, perspective_words
from weltoffen_eval.study.register import Register


@dataclass
class Owners:
    """Whose each record of a file is; empty where there is a fault, or no name."""

    municipality: list[str]
    perspective: list[str]
    respondent: list[str]


def read_owners(
    study: Study, raw: RawFile, table: RawTable, heads: dict[str, str], faults: list[Fault]
) -> Owners:
    """Municipality, perspective and respondent of each record, as far as the columns are there."""
    municipality = read_municipalities(study.register, table, heads, faults)
    perspective = [raw.perspective] * len(table.rows)
    if not raw.perspective and heads["perspective"] in table.columns:
        perspective = _read_perspectives(
            table, heads["perspective"], municipality, study.perspectives, faults
        )
    respondent = [""] * len(table.rows)
    if heads["respondent"] in table.columns:
        respondent = [plain(cell) for cell in table.cells(heads["respondent"])]
    return Owners(municipality, perspective, respondent)


def read_municipalities(
    register: Register, table: RawTable, heads: dict[str, str], faults: list[Fault]
) -> list[str]:
    """The municipality of each record, by name, key or AGS; empty, with a fault, where it is not known.

    ``heads``: how the columns ``municipality`` and ``ags`` are headed.
    """
    by_name, by_ags = (
        table.cells(heads[name]) if heads[name] in table.columns else None for name in ("municipality", "ags")
    )
    if not register.municipalities or (by_name is None and by_ags is None):
        # that is a fault already, told once; of none a row can be
        return [""] * len(table.rows)
    found: list[str] = []
    known: dict[tuple[str, str], _Found] = {}
    for position, line in enumerate(table.lines):
        cells = (by_name[position] if by_name else "", by_ags[position] if by_ags else "")
        if cells not in known:
            known[cells] = _find(register, *cells, by_name is not None, by_ags is not None)
        place = known[cells]
        column = heads[place.column]
        if place.found and line not in table.without_owner:
            faults.append(
                table.fault(place.found, place.expected, place.advice, line, column, place.kind, place.text)
            )
        elif place.rule:
            old = cells[0] if place.column == "municipality" else cells[1]
            table.log.append(
                LogEntry(table.file, table.tab, line, column, old, place.municipality, place.rule)
            )
        found.append(place.municipality)
    return found


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A municipality, with the column and the rule by which it was found; or what is wrong."""

    municipality: str = ""
    column: str = "municipality"
    rule: str = ""
    found: str = ""
    expected: str = "a municipality of municipalities.csv"
    advice: str = ""
    kind: str = "municipality_unknown"
    text: str = ""


def _find(register: Register, name: str, ags: str, has_name: bool, has_ags: bool) -> _Found:
    """The municipality that a name or key, an AGS, or both say; two that contradict each other say none."""
    name_text, ags_text = plain(name), plain(ags)
    if name_text or not has_ags:
        by_name = register.find(name)
        if by_name is None:
            bearers = register.bearers(name)
            if len(bearers) > 1:
                expected = "the key of one of them: " + ", ".join(bearers)
                found = f"{name_text!r}, which several may mean"
                return _Found(found=found, expected=expected, kind="municipality_of_several", text=name_text)
            if not name_text:
                return _Found(found="nothing", advice=_NOBODY, kind="municipality_missing")
            advice = "Add it to municipalities.csv, or correct it in corrections.csv."
            return _Found(found=repr(name_text), advice=advice, text=name_text)
        key, rule = by_name
        if ags_text and not register.agrees(key, ags):
            return _Found(
                column="ags",
                found=f"{ags_text!r} beside {name_text!r}",
                expected=f"the AGS of {key}",
                advice="The two contradict each other: correct one of them in corrections.csv.",
                kind="ags_against_name",
                text=f"{name_text}, {ags_text}",
            )
        return _Found(municipality=key, rule=rule)
    if not ags_text:
        column = "municipality" if has_name else "ags"
        return _Found(column=column, found="nothing", advice=_NOBODY, kind="municipality_missing")
    by_ags = register.find_ags(ags)
    if by_ags is None:
        advice = advise_on_ags(ags_text)
        return _Found(column="ags", found=repr(ags_text), advice=advice, kind="ags_unknown", text=ags_text)
    return _Found(municipality=by_ags[0], column="ags", rule=by_ags[1])


_NOBODY = "Write whose answers these are, or delete the row."


def _read_perspectives(
    table: RawTable, column: str, municipality: list[str], own: OwnPerspectives, faults: list[Fault]
) -> list[str]:
    perspectives = []
    words = perspective_words(own)
    meaning = {cell: find_perspective(cell, own) for cell in dict.fromkeys(table.cells(column))}
    for line, cell, owner in zip(table.lines, table.cells(column), municipality, strict=True):
        named = meaning[cell]
        if named is None:
            fault = table.fault(
                repr(plain(cell)) if plain(cell) else "nothing",
                "one of " + ", ".join(words),
                did_you_mean(plain(cell), words).strip() if len(cell) < 100 else "",
                row=line,
                column=column,
                kind="perspective_unknown",
                text=plain(cell),
            )
            faults.append(replace(fault, municipality=owner))
        perspectives.append(named or "")
    return perspectives
