"""What the official list says of one place, whichever of its forms it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from weltoffen_eval.raw.table import folded

#: Of the Länder by the first two digits of a key.
STATES = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
#: Satzart of the records that are read: Kreis and Gemeinde.
KREIS, GEMEINDE = "40", "60"
#: Kinds by Textkennzeichen, which says what a Kreis or a Gemeinde is; Markt and the rest are a Gemeinde.
_KINDS = {
    "41": "kreisfreie Stadt", "42": "kreisfreie Stadt", "61": "kreisfreie Stadt", "62": "kreisfreie Stadt",
    "43": "Landkreis", "44": "Landkreis", "45": "Landkreis", "63": "Stadt", "67": "Stadt",
    "65": "gemeindefreies Gebiet", "66": "gemeindefreies Gebiet",
}  # fmt: skip
_WORD_OF_KREIS = {"43": "Kreis", "44": "Landkreis"}


@dataclass(frozen=True)
class OfficialPlace:
    """A Gemeinde or a Landkreis. ``ags``: 8 digits, of a Landkreis 5. ``official``: its name in the list."""

    ags: str
    official: str
    kind: str
    population: int | None
    word: str = ""

    @property
    def state(self) -> str:
        return STATES.get(self.ags[:2], "")

    @property
    def kreis(self) -> str:
        """The key of the Kreis in which a Gemeinde lies."""
        return self.ags[:5]

    @property
    def name(self) -> str:
        """As it is called in running text: Flensburg, not "Flensburg, Stadt"; Landkreis Harburg."""
        short = self.official.partition(",")[0].strip()
        return short if not self.word or "kreis" in folded(short) else f"{self.word} {short}"

    def forms(self) -> set[str]:
        """The names by which it can be asked for, as they are compared: whole, without, behind its title."""
        short, _, title = (part.strip() for part in self.official.partition(","))
        found = {self.official, short, self.name}
        if title:
            found.add(f"{title} {short}")
        if self.kind == "Landkreis":
            found |= {f"Landkreis {short}", f"Kreis {short}"}
        return {spelt(form) for form in found}


def spelt(name: str) -> str:
    """A name as two are compared: the list has "Lauenburg/ Elbe" beside "Fröndenberg/Ruhr"."""
    return re.sub(r"\s*/\s*", "/", folded(name))


def entry_of(satzart: str, mark: str, ags: str, name: str, population: int | None) -> OfficialPlace | None:
    """The entry of one record; None for one that is neither Gemeinde nor Landkreis.

    The Kreis that a kreisfreie Stadt is for itself is no entry: its Gemeinde is.
    """
    kind = _KINDS.get(mark, "Gemeinde")
    if satzart == KREIS:
        return (
            OfficialPlace(ags, name, kind, None, _WORD_OF_KREIS.get(mark, ""))
            if kind == "Landkreis"
            else None
        )
    return OfficialPlace(ags, name, kind, population) if satzart == GEMEINDE else None


def with_population(entries: Iterable[OfficialPlace]) -> list[OfficialPlace]:
    """The list does not count a Landkreis; it has as many people as its Gemeinden, where each is counted."""
    listed = list(entries)
    people: dict[str, int | None] = {}
    for entry in listed:
        if len(entry.ags) == 8:
            known = people.get(entry.kreis, 0)
            people[entry.kreis] = (
                None if known is None or entry.population is None else known + entry.population
            )
    return [replace(e, population=people.get(e.ags)) if len(e.ags) == 5 else e for e in listed]
