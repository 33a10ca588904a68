"""The register of municipalities: who takes part, and how a raw file may name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.raw_table import folded, plain, read_records

_OPTIONAL = ("ags", "kind", "state", "population", "parent", "consent")


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
    def _by_spelling(self) -> dict[str, str]:
        """Keys by key or name without regard to case; a name that two bear means neither."""
        found: dict[str, set[str]] = {}
        for entry in self.municipalities:
            for spelling in (entry.key, entry.name):
                found.setdefault(folded(spelling), set()).add(entry.key)
        return {spelling: keys.pop() for spelling, keys in found.items() if len(keys) == 1}

    def find(self, cell: str) -> tuple[str, str] | None:
        """(key, rule) of the municipality that a cell names by key or name; None if there is none.

        ``rule`` is empty where the cell is the key itself.
        """
        text = plain(cell)
        if text in self.by_key:
            return text, "" if text == cell else "trimmed"
        key = self._by_spelling.get(folded(text))
        return (key, "municipality_name") if key else None

    def find_ags(self, cell: str) -> tuple[str, str] | None:
        """(key, rule) of the municipality with this AGS; a leading zero that a program lost is restored."""
        text = plain(cell)
        if text in self._by_ags:
            return self._by_ags[text], "" if text == cell else "trimmed"
        key = self._by_ags.get("0" + text)
        return (key, "ags_zero_restored") if key else None


def read_register(path: Path, file: str, faults: list[Fault]) -> Register:
    """municipalities.csv; an empty register, with faults, where it is refused."""
    records = read_records(path, file, ("municipality", "name"), _OPTIONAL, faults)
    municipalities = []
    seen_keys: dict[str, str] = {}
    seen_ags: dict[str, str] = {}
    keys = {record["municipality"] for record in records}
    for record in records:
        row, key, ags = int(record["line"]), record["municipality"], record["ags"]

        def fault(column: str, found: str, expected: str, advice: str = "", row: int = row) -> None:
            faults.append(Fault(file, found, expected, advice, row=row, column=column))

        check_key(key, "a municipality's key", Fault(file, "", "", row=row, column="municipality"), faults)
        if key.casefold() in seen_keys:
            fault("municipality", f"{key!r} after {seen_keys[key.casefold()]!r}", "each key once")
        seen_keys[key.casefold()] = key
        if ags and ags in seen_ags:
            fault("ags", f"{ags!r}, which is that of {seen_ags[ags]!r}", "each AGS once")
        seen_ags[ags] = key
        if not record["name"]:
            fault("name", "nothing", "a name")
        if record["parent"] and record["parent"] not in keys:
            fault("parent", repr(record["parent"]), "the key of a municipality, or nothing")
        population = None
        if record["population"]:
            if record["population"].isascii() and record["population"].isdigit():
                population = int(record["population"])
            else:
                fault("population", repr(record["population"]), "digits only, or nothing")
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
