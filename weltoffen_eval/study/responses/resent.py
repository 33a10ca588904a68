"""Forms that the same office sent twice: refused, or the later one counts; never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import LogEntry, folded
from weltoffen_eval.study.responses.matrices import NOT_ASKED, SKIPPED
from weltoffen_eval.study.responses.sheets import SheetsOfFile


def settle_resent(
    all_sheets: Sequence[SheetsOfFile], faults: list[Fault], log: list[LogEntry]
) -> list[SheetsOfFile]:
    """The sheets that count: of several forms of one office one, or a fault that names them.

    With ``resent = "replace"`` it is the one with the later date inside; forms without a date, or of the
    same, are a fault.
    """
    forms: dict[tuple[str, ...], list[SheetsOfFile]] = {}
    for sheets in all_sheets:
        if sheets.raw.form_folder:
            # a form has one sheet
            who = sheets.municipality[0], sheets.raw.setting, sheets.perspective[0]
            forms.setdefault((*who, folded(sheets.respondent[0])), []).append(sheets)
    left_out: set[int] = set()
    for of_office in forms.values():
        # a form without any answer is no response, and replaces none
        same = [sheets for sheets in of_office if not _is_silent(sheets)] or of_office[:1]
        for sheets in of_office:
            if not any(sheets is other for other in same):
                log.append(_entry(sheets, "", "sheet_without_answer"))
                left_out.add(id(sheets))
        if len(same) > 1:
            kept = _latest(same) if all(s.raw.resent == "replace" for s in same) else None
            for sheets in same:
                if kept is not None and sheets is not kept:
                    log.append(_entry(sheets, kept.raw.path, "form_replaced"))
                    left_out.add(id(sheets))
            if kept is None:
                left_out.update(id(sheets) for sheets in same[1:])
                faults.extend(_fault(sheets, same[0]) for sheets in same[1:])
    return [sheets for sheets in all_sheets if id(sheets) not in left_out]


def _is_silent(sheets: SheetsOfFile) -> bool:
    missing = sheets.answers.missing
    return bool(((missing == SKIPPED) | (missing == NOT_ASKED)).all())


def _entry(sheets: SheetsOfFile, new: str, rule: str) -> LogEntry:
    return LogEntry(sheets.raw.path, sheets.tab, sheets.lines[0], "", sheets.municipality[0], new, rule)


def _latest(same: Sequence[SheetsOfFile]) -> SheetsOfFile | None:
    """The form with the latest date; None where that is not certain."""
    days = [sheets.filled_on for sheets in same]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known.count(max(known)) > 1:
        return None
    return same[known.index(max(known))]


def _fault(sheets: SheetsOfFile, first: SheetsOfFile) -> Fault:
    advice = 'Take the older one out of the folder, or say resent = "replace" in study.toml.'
    if sheets.raw.resent == "replace":
        advice = "Take one of them out of the folder, or write into each on which day it was filled in."
    dates = " without two different dates inside" if sheets.raw.resent == "replace" else ""
    return Fault(
        sheets.raw.path,
        f"a second form of one office of {sheets.municipality[0]}{dates}: the first is {first.raw.path}",
        "one form of each office",
        advice,
        tab=sheets.tab,
        row=sheets.lines[0],
        municipality=sheets.municipality[0],
    )
