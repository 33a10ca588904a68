"""The register of municipalities: who takes part, and how a raw file may name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.ags import read_ags
from weltoffen_eval.study.keys import check_key, is_key
from weltoffen_eval.study.raw.records import read_records
from weltoffen_eval.study.raw.table import folded, plain
from weltoffen_eval.study.study_files import check_file

_OPTIONAL = ("ags", "kind", "state", "population", "parent", "consent")
#: Of the contract, for reports that are not made yet.
_NOT_YET_USED = ("contact", "mandate", "status", "released_on")
#: More people live in no country.
_MOST_DIGITS = 10


@dataclass(frozen=True)
class Municipality:
    """One municipality (Landkreise included). ``population`` is None where it is not known."""

    key: str
    name: str
    ags: str = ""
    kind: str = ""
    state: str = ""
    population: int | None = None
    parent: str = ""
    consent: str = ""
    contact: str = ""
    mandate: str = ""


@dataclass(frozen=True)
class Register:
    """The municipalities of a study, in the order of their keys."""

    municipalities: tuple[Municipality, ...]

    @cached_property
    def by_key(self) -> dict[str, Municipality]:
        return {entry.key: entry for entry in self.municipalities}

    @cached_property
    def _by_ags(self) -> dict[str, str]:
        return {entry.ags: entry.key for entry in self.municipalities if entry.ags}

    @cached_property
    def _by_official_key(self) -> dict[str, str]:
        """Keys by the eight digits of the AGS; digits that two have mean neither."""
        return _unambiguous(
            (read[0], entry.key) for entry in self.municipalities if (read := read_ags(entry.ags)) is not None
        )

    @cached_property
    def _by_spelling(self) -> dict[str, list[str]]:
        """Keys by key or name without regard to case."""
        found: dict[str, list[str]] = {}
        for entry in self.municipalities:
            for spelling in dict.fromkeys((folded(entry.key), folded(entry.name))):
                found.setdefault(spelling, []).append(entry.key)
        return found

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entry in self.municipalities:
            found.setdefault(plain(entry.name), set()).add(entry.key)
        return found

    def find(self, cell: str) -> tuple[str, str] | None:
        """(key, rule) of the municipality that a cell names by key or name; None if there is none.

        ``rule`` is empty where the cell is the key itself. A key that is the name of another
        municipality means neither.
        """
        text = plain(cell)
        if text in self.by_key:
            if self._by_name.get(text, {text}) != {text}:
                return None
            return text, "" if text == cell else "trimmed"
        bearers = self.bearers(text)
        return (bearers[0], "municipality_name") if len(bearers) == 1 else None

    def bearers(self, cell: str) -> list[str]:
        """The keys of those whom a cell names by key or name, without regard to case."""
        return self._by_spelling.get(folded(cell), [])

    def find_ags(self, cell: str) -> tuple[str, str] | None:
        """(key, rule) of the municipality with this AGS or ARS, read by its structure, or None."""
        text = plain(cell)
        if text in self._by_ags:
            return self._by_ags[text], "" if text == cell else "trimmed"
        read = read_ags(text)
        if read is None:
            return None
        key = self._by_official_key.get(read[0])
        if key is None:
            return None
        other_form = "ags_of_kreis" if len(self.by_key[key].ags) <= 5 else "ags_from_ars"
        return key, read[1] or other_form

    def agrees(self, key: str, ags: str) -> bool:
        """Whether an AGS says the same as a key; it does where the register knows no AGS of it."""
        known = self.by_key[key].ags
        found = self.find_ags(ags)
        return found is not None and found[0] == key if found or known else True


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for spelling, key in pairs:
        found.setdefault(spelling, set()).add(key)
    return {spelling: keys.pop() for spelling, keys in found.items() if len(keys) == 1}


def read_register(path: Path, file: str, faults: list[Fault]) -> Register:
    """municipalities.csv; an empty register, with faults, where it is refused."""
    if not check_file(path, file, faults, path.parent):
        return Register(())
    columns = (*_OPTIONAL, *_NOT_YET_USED)
    records = read_records(path, file, ("municipality", "name"), columns, faults)
    municipalities = []
    seen_keys: dict[str, str] = {}
    seen_ags: dict[str, str] = {}
    keys = {record["municipality"] for record in records}
    for record in records:
        row, key, ags = int(record["line"]), record["municipality"], record["ags"]

        def fault(
            column: str,
            found: str,
            expected: str,
            advice: str = "",
            row: int = row,
            of: str = key if is_key(key) else "",
        ) -> None:
            faults.append(Fault(file, found, expected, advice, row=row, column=column, municipality=of))

        check_key(key, "a municipality's key", Fault(file, "", "", row=row, column="municipality"), faults)
        if key.casefold() in seen_keys:
            fault("municipality", f"{key!r} after {seen_keys[key.casefold()]!r}", "each key once")
        seen_keys[key.casefold()] = key
        # the same municipality in another form: 01001, 1001000, 010010000000
        official = read[0] if (read := read_ags(ags)) is not None else ags
        if ags and official in seen_ags:
            fault("ags", f"{ags!r}, which is that of {seen_ags[official]!r}", "each AGS once")
        seen_ags[official] = key
        if not record["name"]:
            fault("name", "nothing", "a name")
        if record["parent"] and record["parent"] not in keys:
            fault("parent", repr(record["parent"]), "the key of a municipality, or nothing")
        population = None
        if record["population"]:
            digits = record["population"]
            if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
                population = int(digits)
            else:
                fault("population", repr(digits), f"digits only, at most {_MOST_DIGITS}, or nothing")
        municipalities.append(
            Municipality(
                key,
                record["name"],
                ags,
                record["kind"],
                record["state"],
                population,
                record["parent"],
                record["consent"],
            )
        )
    return Register(tuple(sorted(municipalities, key=lambda entry: entry.key)))
