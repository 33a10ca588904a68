"""Whose a returned form is: what it says of itself, held against the study, and its first page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.identity import RESPONSES, entries_in, words_in
from weltoffen_eval.study.forms.returned import ReturnedForm
from weltoffen_eval.study.listed_files import RawFile, unit_of
from weltoffen_eval.study.perspectives import find_perspective
from weltoffen_eval.study.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class FormOwner:
    """Whose a form is: ``tab`` and ``line`` are where the respondent stands; ``filled_on`` may be unknown."""

    municipality: str
    perspective: str
    respondent: str
    filled_on: datetime.date | None
    tab: str
    line: int


def check_identity(
    study: Study, raw: RawFile, form: ReturnedForm, instrument: Instrument | None, faults: list[Fault]
) -> bool:
    """False, with faults, where a form is of another kind, study, municipality, wave or questionnaire."""
    said = form.identity
    before = len(faults)

    def fault(found: str, expected: str, advice: str = "") -> None:
        faults.append(Fault(form.file, found, expected, advice))

    if said.get("kind") != RESPONSES:
        fault(f"a form of the kind {said.get('kind', '')!r}", "a form of the questionnaire")
        return False
    if said.get("study") != study.id:
        fault(f"a form of the study {said.get('study', '')!r}", f"a form of {study.id}")
        return False
    key = said.get("municipality", "")
    if key not in study.register.by_key:
        fault(f"a form for {key!r}", "a municipality of municipalities.csv")
    for name, of_file in (("wave", raw.wave), ("setting", raw.setting), ("perspective", raw.perspective)):
        own = said.get(name, "")
        if own != of_file and own and of_file:
            advice = f"Put it into the folder that study.toml names for {own!r}."
            fault(f"a form of the {name} {own!r}", f"the {name} {of_file!r}, as in study.toml", advice)
    if instrument is not None:
        given = said.get("instrument", ""), said.get("edition", "")
        if given != (instrument.id, instrument.edition):
            fault(
                f"a form of the questionnaire {given[0]}, edition {given[1]}",
                f"{instrument.id}, edition {instrument.edition}, which is that of the wave {raw.wave}",
                "Have the form of this edition filled in, or name its questionnaire in study.toml.",
            )
    return len(faults) == before


def read_owner(
    study: Study, raw: RawFile, form: ReturnedForm, pages: Sequence[RawTable], faults: list[Fault]
) -> FormOwner:
    """Whose the form is; ``pages``: its tables of entries, corrected; several where a page was copied."""
    said = form.identity
    key = said.get("municipality", "")
    entered = _entries(pages, entries_in(said), key, faults)
    place = entered.get("respondent") or entered.get("municipality") or _Entered("", "", 0)

    def fault(name: str, found: str, expected: str, advice: str = "") -> None:
        at = entered[name]
        made = Fault(form.file, found, expected, advice, tab=at.tab, row=at.line)
        faults.append(replace(made, municipality=key))

    named = entered.get("municipality")
    if named and named.text and not _names(study, named.text, key, said):
        advice = "A form is for one municipality: fill in that of the other."
        fault("municipality", f"{named.text!r} in a form for {key}", f"the name of {key}", advice)
    perspective = said.get("perspective", "") or raw.perspective
    if not perspective:
        perspective = _perspective(study, said, entered, fault)
    day = entered.get("date")
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.register_records import read_date

    filled_on = read_date(day.text) if day and day.text else None
    if day and day.text and filled_on is None:
        fault("date", repr(day.text), "a date such as 30.06.2024, or nothing")
    respondent = entered["respondent"].text if "respondent" in entered else said.get("respondent", "")
    return FormOwner(key, perspective, respondent or _unnamed(raw, key), filled_on, place.tab, place.line)


def _names(study: Study, text: str, key: str, said: Mapping[str, str]) -> bool:
    """Whether a text names the municipality of a form, be it by the name that it had when it was sent."""
    found = study.register.find(text)
    bearers = [found[0]] if found is not None else study.register.bearers(text)
    return key in bearers if bearers else folded(text) == folded(said.get("municipality_name", ""))


def _unnamed(raw: RawFile, key: str) -> str:
    """An institution that names no office is the municipality itself; persons are numbered."""
    return key if unit_of(raw, raw.perspective or "administration") == "institution" else ""


@dataclass(frozen=True)
class _Entered:
    text: str
    tab: str
    line: int


def _entries(
    pages: Sequence[RawTable], names: Mapping[str, str], key: str, faults: list[Fault]
) -> dict[str, _Entered]:
    """By name what was entered on the first page; an entry that stands twice with two values is a fault."""
    name_of = {folded(text): name for name, text in names.items()}
    found: dict[str, _Entered] = {}
    for table in pages:
        label, value = table.columns[:2]
        for line, text, entry in zip(table.lines, table.cells(label), table.cells(value), strict=True):
            name = name_of.get(folded(text))
            if name is None:
                continue
            first = found.get(name)
            if first is not None and first.text and plain(entry) not in ("", first.text):
                advice = f"The first stands in tab {first.tab}, row {first.line}. Delete one of them."
                made = table.fault(f"{plain(text)} once more", "each entry once", advice, line, value)
                faults.append(replace(made, municipality=key))
            elif first is None or not first.text:
                found[name] = _Entered(plain(entry), table.tab, line)
    return found


def _perspective(
    study: Study, said: Mapping[str, str], entered: Mapping[str, _Entered], fault: object
) -> str:
    given = entered.get("perspective")
    if given is None:
        return ""
    word_of = {folded(word): key for key, word in words_in(said).items()}
    found = word_of.get(folded(given.text)) or find_perspective(given.text, study.perspectives)
    if found is None and callable(fault):
        expected = "one of " + ", ".join(words_in(said).values())
        fault("perspective", repr(given.text) if given.text else "nothing", expected)
    return found or ""
