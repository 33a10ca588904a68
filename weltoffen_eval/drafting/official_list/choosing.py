"""A register from the official list: those that are asked for by key or name, each found for certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from weltoffen_eval.drafting.names import slug
from weltoffen_eval.drafting.official_list.entries import OfficialPlace, spelt
from weltoffen_eval.errors import Fault
from weltoffen_eval.study.ags import advise_on_form, read_ags

REGISTER_COLUMNS = ("municipality", "name", "ags", "kind", "state", "population", "parent")
_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Wanted:
    """One that is asked for, by AGS or, without one, by name.

    ``name`` beside an AGS is held against it. ``key`` and ``others``: what a register says of it already, of
    which the list knows nothing (consent, contact, …), by column.
    """

    ags: str = ""
    name: str = ""
    key: str = ""
    others: Mapping[str, str] = field(default_factory=dict, hash=False)


def choose(
    entries: Sequence[OfficialPlace], wanted: Iterable[Wanted], file: str, faults: list[Fault]
) -> dict[OfficialPlace, Wanted]:
    """Each entry with how it is asked for; a fault for each that is not certain.

    An AGS beside a name that the list gives to somebody else is a fault. A name that several have is a
    fault with all of them, one that nobody has is a fault: no other place is taken because its name is near.
    """
    by_ags = {entry.ags.ljust(8, "0"): entry for entry in entries}
    by_name: dict[str, list[OfficialPlace]] = {}
    for entry in entries:
        for form in entry.forms():
            by_name.setdefault(form, []).append(entry)
    name_of_kreis = {entry.ags: entry.name for entry in entries if len(entry.ags) == 5}
    chosen: dict[OfficialPlace, Wanted] = {}
    for one in wanted:
        if one.ags:
            read = read_ags(one.ags)
            found = [by_ags[read[0]]] if read is not None and read[0] in by_ags else []
            asked, advice = one.ags, advise_on_form(one.ags) if read is None else _GONE
        else:
            found, asked = by_name.get(spelt(one.name), []), one.name
            advice = "Write it as the list does, or name its AGS. " + _GONE
        if len(found) == 1 and one.ags and one.name and not _may_be(one.name, found[0]):
            said = f"{one.ags} beside the name {one.name!r}; of the list it is {found[0].official!r}"
            faults.append(Fault(file, said, "an AGS and a name of one place", "Correct one of them."))
        elif len(found) == 1:
            chosen.setdefault(found[0], one)
        elif found:
            told = "; ".join(_told(entry, name_of_kreis) for entry in found[:_MOST_CANDIDATES])
            more = f"; and {len(found) - _MOST_CANDIDATES} more" if len(found) > _MOST_CANDIDATES else ""
            said = f"{asked!r}, which {len(found)} are called"
            faults.append(Fault(file, said, f"the AGS of one of them: {told}{more}", "Name its AGS."))
        else:
            faults.append(Fault(file, f"no {asked!r}", "a Gemeinde or a Landkreis of the list", advice))
    return chosen


def _may_be(name: str, entry: OfficialPlace) -> bool:
    """Whether a name is that of a place, also where one says more than the other: Winsen, Winsen (Luhe)."""
    given = _words(name)
    return any(
        given == form[: len(given)] or form == given[: len(form)] for form in map(_words, entry.forms())
    )


def _words(name: str) -> list[str]:
    words = slug(name).split("-")
    # what is before a name says of what kind it is
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


_TITLES = (
    "stadt",
    "gemeinde",
    "samtgemeinde",
    "markt",
    "hansestadt",
    "universitaetsstadt",
    "landkreis",
    "kreis",
)
_GONE = "A Gemeinde that was merged stands in older editions only."


def _told(entry: OfficialPlace, name_of_kreis: Mapping[str, str]) -> str:
    where = name_of_kreis.get(entry.kreis, "") if len(entry.ags) == 8 else ""
    return f"{entry.ags} {entry.official} ({entry.kind}{f', {where}' if where else ''}, {entry.state})"


def other_columns(chosen: Mapping[OfficialPlace, Wanted]) -> list[str]:
    """The columns of a register beside REGISTER_COLUMNS that say something of one."""
    return list(dict.fromkeys(name for one in chosen.values() for name, text in one.others.items() if text))


def register_rows(
    entries: Sequence[OfficialPlace], chosen: Mapping[OfficialPlace, Wanted], with_kreise: bool = True
) -> list[list[str]]:
    """Rows of municipalities.csv (REGISTER_COLUMNS, then ``other_columns``), as asked for, then Landkreise.

    ``parent`` is the key of a row; without ``with_kreise`` it is empty where that Landkreis is not asked for.
    """
    rows = dict(chosen)
    others = other_columns(chosen)
    if with_kreise:
        kreise = {entry.ags: entry for entry in entries if len(entry.ags) == 5}
        for entry in chosen:
            if len(entry.ags) == 8 and entry.kreis in kreise:
                rows.setdefault(kreise[entry.kreis], Wanted())
    keys: dict[OfficialPlace, str] = {}
    used = {one.key for one in rows.values() if one.key}
    for entry, one in rows.items():
        made = one.key or slug(entry.name) or entry.ags
        if not one.key and made in used:
            made = f"{made}-{entry.ags}"
        used.add(made)
        keys[entry] = made
    of_kreis = {entry.ags: key for entry, key in keys.items() if len(entry.ags) == 5}
    return [
        [
            key, entry.name, entry.ags, entry.kind, entry.state,
            "" if entry.population is None else str(entry.population),
            of_kreis.get(entry.kreis, "") if len(entry.ags) == 8 else "",
            *(rows[entry].others.get(name, "") for name in others),
        ]
        for entry, key in keys.items()
    ]  # fmt: skip
