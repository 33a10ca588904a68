"""succession.csv: which municipality took the place of which, after a reform of territories."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.study_files import check_file, is_there

if TYPE_CHECKING:
    import pandas as pd

    from weltoffen_eval.study.declared_records import Row
    from weltoffen_eval.study.succession_records import SuccessionRecord

FILE = "succession.csv"
#: Whether a municipality (its key) answered in a wave (its id).
Answered = Callable[[str, str], bool]


@dataclass(frozen=True)
class Succession:
    """From ``wave`` on ``municipality`` stands in the place of ``previous``; ``line`` of succession.csv."""

    previous: str
    municipality: str
    wave: str
    line: int = 0


@dataclass(frozen=True)
class Holder:
    """Who held the place of a municipality in an earlier wave.

    ``municipality``: one alone; empty where there is none. ``refused``: why: ``merged``, several became one,
    ``split``, one became several. ``names``: of the several, in the order of their keys; ``previous``: who
    became several; ``wave``: from which wave on; also where one alone took the place of another.
    """

    municipality: str = ""
    refused: Literal["", "merged", "split"] = ""
    names: tuple[str, ...] = ()
    previous: str = ""
    wave: str = ""


@dataclass(frozen=True)
class Successions:
    """The records of succession.csv; ``waves``: the ids of the study's waves in order of time."""

    records: tuple[Succession, ...] = ()
    waves: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records)

    @cached_property
    def _by_municipality(self) -> Mapping[str, list[Succession]]:
        return _grouped(self.records, "municipality")

    @cached_property
    def _by_previous(self) -> Mapping[str, list[Succession]]:
        return _grouped(self.records, "previous")

    def predecessors(self, municipality: str) -> tuple[str, ...]:
        """All whose place it took, at whatever remove, sorted; without itself."""
        found: set[str] = set()
        left = [municipality]
        while left:
            names = {record.previous for record in self._by_municipality.get(left.pop(), ())}
            left += names - found
            found |= names
        return tuple(sorted(found - {municipality}))

    def holder(self, municipality: str, later: str, earlier: str, answered: Answered) -> Holder:
        """Who held its place in an earlier wave.

        A municipality that answered before it took another's place is the two together from then on.
        """
        if municipality not in self._by_municipality:
            return Holder(municipality)
        key, until, since = municipality, self.waves.index(later), ""
        while records := self._between(key, self.waves.index(earlier), until):
            names = {record.previous for record in records}
            until = max(self.waves.index(record.wave) for record in records)
            first = min(self.waves.index(record.wave) for record in records)
            if any(answered(key, wave) for wave in self.waves[:first]):
                names.add(key)
            if len(names) > 1:
                return Holder("", "merged", tuple(sorted(names)), wave=self.waves[until])
            (previous,) = names
            successors = {record.municipality for record in self._by_previous[previous]}
            if len(successors) > 1:
                return Holder("", "split", tuple(sorted(successors)), previous, self.waves[until])
            # the latest reform is the one that a reader knows
            key, since = previous, since or self.waves[until]
        return Holder(key, wave=since)

    def _between(self, municipality: str, earlier: int, until: int) -> list[Succession]:
        """The records by which it took a place after one wave, and up to another."""
        records = self._by_municipality.get(municipality, ())
        return [record for record in records if earlier < self.waves.index(record.wave) <= until]


def _grouped(records: Iterable[Succession], name: str) -> dict[str, list[Succession]]:
    found: dict[str, list[Succession]] = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return found


def read_successions(
    folder: Path, keys: Collection[str], waves: Sequence[str], faults: list[Fault]
) -> Successions:
    """succession.csv, where there is one; what has a fault is not among its records."""
    if not is_there(folder / FILE) or not check_file(folder / FILE, FILE, faults, folder):
        return Successions((), tuple(waves))
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.declared_records import check_known, check_once, read_rows
    from weltoffen_eval.study.succession_records import SuccessionRecord

    rows = read_rows(SuccessionRecord, folder / FILE, FILE, faults)
    before = len(faults)
    for row in rows:
        for column in ("previous", "municipality"):
            # of a register that is refused nothing is known; and no place is proposed for another
            if keys and row.cells[column] not in keys:
                found = repr(row.cells[column]) if row.cells[column] else "nothing"
                faults.append(row.fault(column, found, "the key of a municipality, as in municipalities.csv"))
        check_known(row, "wave", waves, "the id of a wave, as in study.toml", faults)
    check_once(rows, ("previous", "municipality"), faults, "each succession once")
    if len(faults) == before:
        _check_order(rows, waves, faults)
    if len(faults) > before:
        return Successions((), tuple(waves))
    records = (Succession(r.read.previous, r.read.municipality, r.read.wave, r.line) for r in rows)
    return Successions(tuple(records), tuple(waves))


def _check_order(rows: list[Row[SuccessionRecord]], waves: Sequence[str], faults: list[Fault]) -> None:
    """A fault for each record of a circle, and where one takes a place that it has left before."""
    following: dict[str, list[Row[SuccessionRecord]]] = {}
    for row in rows:
        following.setdefault(row.read.previous, []).append(row)
    for row in rows:
        circle = _way_back(row.read.municipality, row.read.previous, following)
        if circle is not None:
            named = " → ".join((row.read.previous, *circle))
            expected = "a municipality that comes after the previous one, and never before it"
            faults.append(row.fault("municipality", f"a circle: {named}", expected))
            continue
        for after in following.get(row.read.municipality, ()):
            if waves.index(after.read.wave) < waves.index(row.read.wave):
                found = f"{row.read.wave!r}, but {row.read.municipality!r} is followed by another "
                found += f"from {after.read.wave!r} on (row {after.line})"
                faults.append(row.fault("wave", found, "a wave up to that in which it is followed itself"))


def _way_back(
    start: str, end: str, following: Mapping[str, list[Row[SuccessionRecord]]]
) -> tuple[str, ...] | None:
    """The keys on the shortest way from one municipality to another by its successors; None without any."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for row in following.get(way[-1], ()):
            name = row.read.municipality
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return None


def check_answers(successions: Successions, records: pd.DataFrame, faults: list[Fault]) -> None:
    """A fault for each ``previous`` of whom anything came in or after the wave in which it was followed.

    ``records``: as :class:`CleanedStudy` has them.
    """
    if not successions or not len(records):
        return
    came = records[records["counted"].astype(bool)]
    names = zip(came["municipality"].astype(str), came["wave"].astype(str), strict=True)
    there = set(names)
    for record, wave in _later_answers(successions, there):
        found = f"{record.previous!r}, which answers in {wave}"
        expected = f"a municipality without answers from {record.wave} on"
        advice = f"Correct the wave, or leave the record out: {record.municipality!r} took its place."
        faults.append(
            Fault(
                FILE, found, expected, advice, row=record.line, column="previous",
                municipality=record.municipality,
            )
        )  # fmt: skip


def _later_answers(
    successions: Successions, there: Collection[tuple[str, str]]
) -> Iterator[tuple[Succession, str]]:
    """Each record with the first wave in which its ``previous`` answers all the same."""
    for record in successions.records:
        later = successions.waves[successions.waves.index(record.wave) :]
        wave = next((wave for wave in later if (record.previous, wave) in there), None)
        if wave is not None:
            yield record, wave
