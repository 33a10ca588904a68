"""What respondents are called: pseudonyms of persons, offices by their name, nobody twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.keys import RESERVED, is_key, is_reserved
from weltoffen_eval.study.raw_table import LogEntry
from weltoffen_eval.study.sheets import Sheets

# words by which a name is that of an office; whatever has none of them may be a person
_OFFICE = re.compile(
    r"amt\b|ämter\b|amts|fachbereich|fachdienst|fachstelle|dezernat|abteilung|referat|büro\b|stelle\b"
    r"|stabsstelle|beauftragte|verwaltung|zentrum\b|zentrale\b|behörde|dienst\b|sachgebiet|eigenbetrieb"
    r"|jobcenter|volkshochschule|bibliothek|feuerwehr|polizei|kämmerei|kasse\b|team\b|rathaus|gericht\b",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[^\W_][\w .,;:/&()+–-]{0,79}")


def is_office(text: str) -> bool:
    """Whether a respondent's name is that of an office, by a word that says so; an address is none."""
    return _PLAIN_NAME.fullmatch(text) is not None and _OFFICE.search(text) is not None


@dataclass
class _Sheet:
    """One sheet among all of a wave."""

    sheets: Sheets
    position: int

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
        of_institution = self.sheets.unit[self.position] == "institution"
        return is_key(self.given) or (of_institution and is_office(self.given))

    def answers_like(self, other: _Sheet) -> bool:
        return all(
            np.array_equal(mine[self.position], theirs[other.position], equal_nan=mine.dtype.kind == "f")
            for mine, theirs in (
                (self.sheets.code, other.sheets.code),
                (self.sheets.value, other.sheets.value),
                (self.sheets.missing, other.sheets.missing),
            )
        )

    def fault(self, found: str, expected: str, advice: str) -> Fault:
        return Fault(
            self.sheets.raw.path,
            found,
            expected,
            advice,
            self.sheets.sheet,
            self.line,
            municipality=self.group[0],
        )


def name_respondents(all_sheets: list[Sheets], faults: list[Fault], log: list[LogEntry]) -> None:
    """Give every sheet of a wave a respondent that is unique within municipality × setting, across files.

    Sheets without a name are numbered r1, r2, …; a name that is neither a key nor an office (an
    e-mail address, a full name) is replaced by a number too. A name that two perspectives use gets
    the perspective's added. A name twice in one perspective is a fault, as are two sheets of one
    institution without names: one of them may be the same sheet once more.
    """
    _check_names(all_sheets, faults)
    taken = _perspectives_of_names(all_sheets)
    numbers: Counter[tuple[str, str]] = Counter()
    for sheet in _sheets_in_order(all_sheets):
        given = sheet.given
        of_group = taken.setdefault(sheet.group, {})
        if sheet.keeps_its_name():
            if len(of_group[given.casefold()]) == 1:
                continue
            name, rule, old = f"{given}-{sheet.perspective}", "respondent_of_perspective", given
            while name.casefold() in of_group:
                name += "-"
        else:
            while True:
                numbers[sheet.group] += 1
                name = f"r{numbers[sheet.group]}"
                if name not in of_group:
                    break
            # the old value stays out of the log: it looks like a person
            rule, old = "pseudonymised" if given else "", ""
        sheet.sheets.respondent[sheet.position] = name
        if rule:
            log.append(
                LogEntry(sheet.sheets.raw.path, sheet.sheets.sheet, sheet.line, "respondent", old, name, rule)
            )


def _sheets_in_order(all_sheets: list[Sheets]) -> Iterator[_Sheet]:
    for sheets in all_sheets:
        for position, municipality in enumerate(sheets.municipality):
            if municipality:
                yield _Sheet(sheets, position)


def _perspectives_of_names(all_sheets: list[Sheets]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """By municipality and setting: the names that stay, each with the perspectives that use it."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for sheet in _sheets_in_order(all_sheets):
        if sheet.keeps_its_name():
            of_group = found.setdefault(sheet.group, {})
            of_group.setdefault(sheet.given.casefold(), set()).add(sheet.perspective)
    return found


def _check_names(all_sheets: list[Sheets], faults: list[Fault]) -> None:
    first_of: dict[tuple[str, str, str, str], _Sheet] = {}
    for sheet in _sheets_in_order(all_sheets):
        given, of_institution = sheet.given, sheet.sheets.unit[sheet.position] == "institution"
        if is_reserved(given) or given == "@":
            faults.append(
                sheet.fault(
                    f"the respondent {given!r}",
                    f"another name than {', '.join(RESERVED)} and @, which have a meaning of their own",
                    "Rename it in corrections.csv.",
                )
            )
        if not given and not of_institution:
            continue
        key = (*sheet.group, sheet.perspective, given.casefold())
        first = first_of.setdefault(key, sheet)
        if first is sheet:
            continue
        there = f"{first.sheets.raw.path}, row {first.line}"
        if not given:
            faults.append(
                sheet.fault(
                    f"a second sheet of {sheet.group[0]}",
                    "one sheet of an institution, or a column respondent",
                    f"The first stands in {there}. Delete one of them, or number them.",
                )
            )
            continue
        same = "the same" if sheet.answers_like(first) else "other"
        who = f"the respondent {given!r}" if sheet.keeps_its_name() else "a respondent"
        advice = f"The first stands in {there}."
        if first.sheets.raw.path != sheet.sheets.raw.path:
            advice += " Where one file replaces the other, take the older one out of study.toml."
        faults.append(
            sheet.fault(
                f"{who} of {sheet.group[0]} once more, with {same} answers as in {first.sheets.raw.path}",
                "each respondent once in a municipality, wave, setting and perspective",
                advice,
            )
        )
