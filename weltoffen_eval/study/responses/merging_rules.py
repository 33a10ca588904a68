"""One rule for the sheets of a group: several opinions are averaged, parts of one questionnaire merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.responses.matrices import NOT_ASKED, SKIPPED
from weltoffen_eval.study.responses.sheets import SheetsOfFile

_Group = tuple[str, str, str]


def check_merging(all_sheets: Sequence[SheetsOfFile], faults: list[Fault]) -> None:
    """Faults of sheets of persons that are merged, and of groups of which some sheets are merged, some not.

    Nor do two files name different offices for an item of one municipality: whose answer counts would depend
    on their order.

    A sheet without answers is no response and concerns neither.
    """
    if all(sheets.raw.sheets == "average" for sheets in all_sheets):
        return
    first_of: dict[_Group, SheetsOfFile] = {}
    told: set[tuple[_Group, str]] = set()
    for sheets in all_sheets:
        for position, group in _groups(sheets):
            where, row = sheets.raw.path, sheets.lines[position]
            place = Fault(where, "", "", tab=sheets.tab, row=row, municipality=group[0])
            if sheets.raw.sheets == "merge" and sheets.unit[position] == "persons":
                found = f"a sheet of persons ({group[2]}) in a file whose sheets are merged"
                advice = 'Take sheets = "merge" out of its [[file]], or say unit = "institution".'
                faults.append(replace(place, found=found, expected="sheets of an institution", advice=advice))
            first = first_of.setdefault(group, sheets)
            if first.raw.sheets != sheets.raw.sheets and (group, sheets.raw.path) not in told:
                told.add((group, sheets.raw.path))
                found = f"{_rule(sheets)} of {group[0]}, beside {_rule(first)} in {first.raw.path}"
                expected = "one rule for a municipality, wave, setting and perspective"
                advice = "Say the same for sheets in each [[file]] of study.toml."
                faults.append(replace(place, found=found, expected=expected, advice=advice))
            elif first is not sheets and (group, sheets.raw.path) not in told:
                told.add((group, sheets.raw.path))
                for item, one, other in _two_responsible(first.raw, sheets.raw, group[0]):
                    found = f"{other!r} responsible for {item}, beside {one!r} for {first.raw.path}"
                    advice = f"See {first.raw.responsible_path} and {sheets.raw.responsible_path}."
                    expected = f"one office for an item of {group[0]}"
                    faults.append(replace(place, found=found, expected=expected, advice=advice))


def _two_responsible(first: RawFile, second: RawFile, municipality: str) -> Iterator[tuple[str, str, str]]:
    """The items for which two files name different offices of a municipality, and the offices."""
    for item in sorted({item for _, item in (*first.responsible, *second.responsible)}):
        one, other = (
            file.responsible.get((municipality, item), file.responsible.get(("", item), ""))
            for file in (first, second)
        )
        if one and other and folded(one) != folded(other):
            yield item, one, other


def _rule(sheets: SheetsOfFile) -> str:
    return "sheets that are merged" if sheets.raw.sheets == "merge" else "sheets that are averaged"


def _groups(sheets: SheetsOfFile) -> Iterator[tuple[int, _Group]]:
    """Each sheet that holds an answer: its position, its municipality, setting and perspective."""
    missing = sheets.answers.missing
    silent = ((missing == SKIPPED) | (missing == NOT_ASKED)).all(axis=1)
    for position in np.flatnonzero(~silent).tolist():
        if sheets.municipality[position] and sheets.perspective[position]:
            yield position, (sheets.municipality[position], sheets.raw.setting, sheets.perspective[position])
