"""The register of municipalities: who takes part, and how a raw file may name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import folded, plain
from weltoffen_eval.study.ags import advise_on_form, read_ags
from weltoffen_eval.study.study_files import check_file

if TYPE_CHECKING:
    import datetime

    from weltoffen_eval.study.register_records import MunicipalityRecord


@dataclass(frozen=True)
class Municipality:
    """One municipality (Landkreise included). ``population`` is None where it is not known.

    ``parent``: the key of its Landkreis; ``consent``: yes where that may see it beside others, else no.
    ``contact``: who is asked; ``mandate``: the decision behind it; ``status``: draft or released, since
    ``released_on``. None where no date is given.
    """

    key: str
    name: str
    _: KW_ONLY
    ags: str = ""
    kind: str = ""
    state: str = ""
    population: int | None = None
    parent: str = ""
    consent: str = "no"
    contact: str = ""
    mandate: str = ""
    status: str = "draft"
    released_on: datetime.date | None = None

    def released(self, data: datetime.date) -> bool:
        """Whether reports on data of this date are released: what came after the release is not."""
        return self.status == "released" and (self.released_on is None or data <= self.released_on)


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
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.declared_records import read_rows
    from weltoffen_eval.study.register_records import MunicipalityRecord

    if not check_file(path, file, faults, path.parent):
        return Register(())
    rows = read_rows(MunicipalityRecord, path, file, faults, owner="municipality")
    seen_keys: dict[str, str] = {}
    seen_ags: dict[str, str] = {}
    keys = {row.cells["municipality"] for row in rows}
    for row in rows:
        key, ags, parent = (row.cells[name] for name in ("municipality", "ags", "parent"))
        if key.casefold() in seen_keys:
            found = f"{key!r} after {seen_keys[key.casefold()]!r}"
            faults.append(row.fault("municipality", found, "each key once"))
        seen_keys[key.casefold()] = key
        # the same municipality in another form: 01001, 1001000, 010010000000
        read = read_ags(ags)
        if ags and read is None:
            faults.append(row.fault("ags", repr(ags), "an AGS, or nothing", advise_on_form(ags)))
        official = read[0] if read is not None else ags
        if ags and official in seen_ags:
            found = f"{ags!r}, which is that of {seen_ags[official]!r}"
            faults.append(row.fault("ags", found, "each AGS once"))
        seen_ags[official] = key
        if parent and (parent not in keys or parent == key):
            faults.append(row.fault("parent", repr(parent), "the key of another municipality, or nothing"))
    return Register(tuple(sorted((_municipality(row.read) for row in rows), key=lambda entry: entry.key)))


def _municipality(read: MunicipalityRecord) -> Municipality:
    return Municipality(
        read.municipality,
        read.name or "",
        ags=read.ags,
        kind=read.kind,
        state=read.state,
        population=read.population,
        parent=read.parent,
        consent=read.consent or "no",
        contact=read.contact,
        mandate=read.mandate,
        status=read.status or "draft",
        released_on=read.released_on,
    )
