"""What was agreed in a wave, and what became of what was agreed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from weltoffen_eval.study.kinds.given import Given, GivenFiles

#: How a measure can stand, in the order of its way.
STATUS = ("planned", "under_way", "done", "dropped")
#: A measure without a priority comes after those that have one.
_LAST = 4


@dataclass(frozen=True)
class Became:
    """A measure of an earlier wave, and the row of the present wave that says what became of it."""

    earlier: Given
    now: Given | None

    @property
    def status(self) -> str:
        """How it stands now; empty where that is not documented."""
        return str(self.now.values.status) if self.now is not None else ""


@dataclass(frozen=True)
class Measures:
    """``new``: agreed in the present wave, those of first priority first; ``before``: agreed earlier.

    ``earlier_wave``: the wave in which they were agreed last; empty where there are none.
    """

    new: tuple[Given, ...]
    before: tuple[Became, ...]
    earlier_wave: str = ""

    @cached_property
    def complete(self) -> tuple[Given, ...]:
        """Those that have both somebody and a date."""
        return tuple(row for row in self.new if row.values.who and row.values.until)

    @cached_property
    def to_decide(self) -> tuple[Given, ...]:
        """Those that need a decision and are not done or dropped, of both waves."""
        going_on = (one.now for one in self.before if one.now is not None)
        rows = (*self.new, *going_on)
        return tuple(
            r for r in rows if r.values.needs_decision and r.values.status not in ("done", "dropped")
        )

    @cached_property
    def proposed(self) -> tuple[Given, ...]:
        """Those of the present wave that need a decision; the others are planned."""
        return tuple(row for row in self.new if any(row is one for one in self.to_decide))

    @cached_property
    def planned(self) -> tuple[Given, ...]:
        """Those of the present wave that need no decision."""
        return tuple(row for row in self.new if not any(row is one for one in self.proposed))

    @cached_property
    def with_existing_means(self) -> tuple[Given, ...]:
        """Those that are done with what is there already."""
        return tuple(row for row in self.new if row.values.resources == "existing")

    @cached_property
    def became(self) -> Counter[str]:
        """How many of the earlier ones stand how; under an empty name where it is not documented."""
        return Counter(one.status for one in self.before)


def measures_of(given: GivenFiles, municipality: str, wave: str, waves: Sequence[str]) -> Measures:
    """The measures of a municipality in a wave, and of the waves before; ``waves`` in order of time."""
    before = waves[: list(waves).index(wave)]
    rows = {one: given.of("measures", municipality, one) for one in (*before, wave)}
    # a measure that was reported on in between counts with the wave in which it was agreed
    first: dict[str, Given] = {}
    agreed: list[Given] = []
    for one in before:
        for row in rows[one]:
            if row.values.measure and row.values.measure in first:
                continue
            first[row.values.measure] = row
            agreed.append(row)
    now = {row.values.measure: row for row in rows[wave] if row.values.measure}
    new = [row for row in rows[wave] if not row.values.measure or row.values.measure not in first]
    new.sort(key=lambda row: row.values.priority or _LAST)
    became = tuple(Became(row, now.get(row.values.measure)) for row in agreed)
    return Measures(tuple(new), became, next((w for w in reversed(before) if rows[w]), ""))
