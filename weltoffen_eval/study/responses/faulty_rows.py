"""Faults that lie in rows of known municipalities: whom they concern, and in which waves these answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any

from weltoffen_eval.errors import Fault


def number_of(faults: Sized) -> str:
    """'1 fault', '2 faults'."""
    return f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"


@dataclass(frozen=True)
class FaultyRows:
    """The municipalities that a study is read without, and why.

    ``faults``: each names its municipality. ``waves``: by municipality, those in which anything of it came;
    ``came``: wave, kind of file and setting of all that did.
    """

    faults: tuple[Fault, ...] = ()
    waves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    came: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)

    def of(self, municipalities: Iterable[str]) -> list[Fault]:
        """The faults that concern these municipalities."""
        keys = set(municipalities)
        return [fault for fault in self.faults if fault.municipality in keys]

    def count_in(self, waves: Iterable[str]) -> int:
        """How many municipalities of these waves are left out."""
        wanted = set(waves)
        return sum(bool(wanted & set(came)) for came in self.waves.values())

    def has_come(self, municipality: str, wave: str, kind: str, setting: str = "") -> bool:
        """Whether a row of a municipality came in a wave, faulty or not; without ``setting`` at any."""
        return any(
            (of_wave, of_kind) == (wave, kind) and (setting in ("", at) or not at)
            for of_wave, of_kind, at in self.came.get(municipality, ())
        )

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "faults": [vars(fault) for fault in self.faults],
            "waves": dict(self.waves),
            "came": dict(self.came),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> FaultyRows:
        """As it was stored."""
        faults = tuple(Fault(**fault) for fault in stored.get("faults", ()))
        waves = {key: tuple(of) for key, of in stored.get("waves", {}).items()}
        came = {key: tuple((w, k, s) for w, k, s in of) for key, of in stored.get("came", {}).items()}
        return cls(faults, waves, came)
