"""What respondents are called: pseudonyms of persons, offices by their name, nobody twice."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import accumulate

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import LogEntry, folded
from weltoffen_eval.study.keys import RESERVED, is_key, is_reserved
from weltoffen_eval.study.responses.office_names import has_telephone, is_office, may_be_kept
from weltoffen_eval.study.responses.sheets import SheetsOfFile

_ONCE = "each respondent once in a municipality, wave, setting and perspective"
#: So many records that stand in two files are told one by one; more of a municipality in one line.
_MOST_ONE_BY_ONE = 3


@dataclass(slots=True)
class _Sheet:
    """One sheet among all of a wave, which are numbered from 1 on.

    ``offices``: who is responsible for an item, by municipality ("": in all of them).
    """

    sheets: SheetsOfFile
    position: int
    number: int
    offices: Set[tuple[str, str]] = frozenset()

    @property
    def given(self) -> str:
        return self.sheets.respondent[self.position]

    @property
    def group(self) -> tuple[str, str]:
        """Within which names are unique when all is done."""
        return self.sheets.municipality[self.position], self.sheets.raw.setting

    @property
    def perspective(self) -> str:
        return self.sheets.perspective[self.position]

    @property
    def line(self) -> int:
        return self.sheets.lines[self.position]

    def keeps_its_name(self) -> bool:
        if is_key(self.given):
            return not has_telephone(self.given)
        if self.sheets.unit[self.position] != "institution":
            return False
        return is_office(self.given) or (self._is_responsible() and may_be_kept(self.given))

    def _is_responsible(self) -> bool:
        """Whoever is named as responsible is an office, whatever its name."""
        name = folded(self.given)
        return ("", name) in self.offices or (self.group[0], name) in self.offices

    def answers_like(self, other: _Sheet) -> bool:
        return self.sheets.answers.alike(self.position, other.sheets.answers, other.position)

    def fault(self, found: str, expected: str, advice: str, kind: str) -> Fault:
        return Fault(
            self.sheets.raw.path,
            found,
            expected,
            advice,
            tab=self.sheets.tab,
            row=self.line,
            municipality=self.group[0],
            kind=kind,
        )


def name_respondents(all_sheets: list[SheetsOfFile], faults: list[Fault], log: list[LogEntry]) -> None:
    """Give every sheet of a wave a respondent that is unique within municipality × setting, across files.

    Sheets without a name are numbered r1, r2, …; a name that is neither a key nor an office (an
    e-mail address, a full name, a telephone number) is replaced by a number too.
    A name that two perspectives use gets the perspective's added. A name twice in one perspective is a
    fault, as are two sheets of one institution without names: one of them may be the same sheet once more.
    """
    names = _check_names(all_sheets, faults)
    numbers: Counter[tuple[str, str]] = Counter()
    for sheet in _sheets_in_order(all_sheets):
        given = sheet.given
        of_group = names.get(sheet.group, {}).values()
        if sheet.keeps_its_name():
            if _uses(of_group, given) <= 1:
                continue
            # no name that stays has such a sign: an address becomes a number
            name, rule, old = f"{given}@{sheet.perspective}", "respondent_of_perspective", given
        else:
            while True:
                numbers[sheet.group] += 1
                name = f"r{numbers[sheet.group]}"
                if not _uses(of_group, name):
                    break
            # the old value stays out of the log: it looks like a person
            rule, old = "pseudonymised" if given else "", ""
        sheet.sheets.respondent[sheet.position] = name
        if rule:
            log.append(
                LogEntry(sheet.sheets.raw.path, sheet.sheets.tab, sheet.line, "respondent", old, name, rule)
            )


def _uses(of_group: Iterable[Mapping[str, int]], name: str) -> int:
    """How many perspectives use a name that stays."""
    return sum(names.get(name.casefold(), 0) > 0 for names in of_group)


def _sheets_in_order(all_sheets: list[SheetsOfFile]) -> Iterator[_Sheet]:
    number = 0
    offices = {
        (municipality, folded(name))
        for sheets in all_sheets
        for (municipality, _), name in sheets.raw.responsible.items()
    }
    for sheets in all_sheets:
        for position, municipality in enumerate(sheets.municipality):
            number += 1
            if municipality:
                yield _Sheet(sheets, position, number, offices)


def _check_names(
    all_sheets: list[SheetsOfFile], faults: list[Fault]
) -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """By group and perspective: each name, with the number of the sheet that has it first.

    Sheets are numbered from 1 on, below zero those whose name does not stay.
    """
    first_of: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    sent_twice: dict[tuple[str, str, str, str], list[Fault]] = {}
    ends = list(accumulate(len(sheets.lines) for sheets in all_sheets))
    for sheet in _sheets_in_order(all_sheets):
        given, of_institution = sheet.given, sheet.sheets.unit[sheet.position] == "institution"
        if is_reserved(given) or given == "@":
            faults.append(
                sheet.fault(
                    f"the respondent {given!r}",
                    f"another name than {', '.join(RESERVED)} and @, which have a meaning of their own",
                    "Rename it in corrections.csv.",
                    "respondent_reserved",
                )
            )
        if not given and not of_institution:
            continue
        names = first_of.setdefault(sheet.group, {}).setdefault(sheet.perspective, {})
        number = sheet.number if sheet.keeps_its_name() else -sheet.number
        known = abs(names.setdefault(given.casefold(), number)) - 1
        if known + 1 == sheet.number:
            continue
        of_file = bisect(ends, known)
        before = ends[of_file - 1] if of_file else 0
        first = _Sheet(all_sheets[of_file], known - before, known + 1)
        there = f"{first.sheets.raw.path}, row {first.line}"
        if not given:
            faults.append(
                sheet.fault(
                    f"a second sheet of {sheet.group[0]}",
                    "one sheet of an institution, or a column respondent",
                    f"The first stands in {there}. Delete one of them, or number them.",
                    "sheet_twice",
                )
            )
            continue
        fault, same = _tell_again(sheet, first)
        if same and first.sheets.raw.path != sheet.sheets.raw.path:
            both = (sheet.sheets.raw.path, sheet.sheets.tab, first.sheets.raw.path, sheet.group[0])
            sent_twice.setdefault(both, []).append(fault)
        else:
            faults.append(fault)
    for (*_, other, municipality), again in sent_twice.items():
        faults.extend(_told_together(again, other, municipality))
    return first_of


def _tell_again(sheet: _Sheet, first: _Sheet) -> tuple[Fault, bool]:
    """The fault of a respondent who is there already, and whether with the same answers."""
    one, other = first.sheets.raw.path, sheet.sheets.raw.path
    there, same = f"{one}, row {first.line}", sheet.answers_like(first)
    who = f"the respondent {sheet.given!r}" if sheet.keeps_its_name() else "a respondent"
    who = f"{who} of {sheet.group[0]}"
    found = f"the same record as in {there}: {who} once more, with the same answers as in {one}"
    if not same:
        found = f"{who} once more, with other answers than in {there}"
    advice = f"The first stands in {there}. Delete one of them, or give each a name of its own."
    if one != other:
        # the same for many rows, so that they are told together
        advice = f"Where one of {one} and {other} replaces the other, take the older one out of study.toml."
    kind = "respondent_twice" if same else "respondent_twice_otherwise"
    return sheet.fault(found, _ONCE, advice, kind), same


def _told_together(again: list[Fault], other: str, municipality: str) -> list[Fault]:
    """What stands in two files: each by itself where it is little, else once, as of an export sent twice."""
    if len(again) <= _MOST_ONE_BY_ONE:
        return again
    rows = [str(fault.row) for fault in again]
    found = (
        f"{again[0].found.partition(':')[0]}, and {len(again) - 1:,} more of {municipality} that stand in "
        f"{other} too, with the same answers (rows {', '.join(rows[:3])} … {rows[-1]})"
    )
    return [replace(again[0], found=found)]
