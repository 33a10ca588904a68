"""A register from the official list: those that are asked for by key or name, each found for certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.ags import advise_on_form, read_ags
from weltoffen_eval.study.drafting.draft import slug
from weltoffen_eval.study.official_list.entries import OfficialPlace
from weltoffen_eval.study.raw.table import folded

REGISTER_COLUMNS = ("municipality", "name", "ags", "kind", "state", "population", "parent")
_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Wanted:
    """One that is asked for, by AGS or by name; ``key``: the one that it has in a register already."""

    ags: str = ""
    name: str = ""
    key: str = ""


def choose(
    entries: Sequence[OfficialPlace], wanted: Iterable[Wanted], file: str, faults: list[Fault]
) -> dict[OfficialPlace, str]:
    """Each entry that is asked for, with the key it has already; a fault for each that is not certain.

    A name that several have is a fault with all of them, one that nobody has is a fault: no other place is
    taken because its name is near.
    """
    by_ags = {entry.ags.ljust(8, "0"): entry for entry in entries}
    by_name: dict[str, list[OfficialPlace]] = {}
    for entry in entries:
        for form in entry.forms():
            by_name.setdefault(form, []).append(entry)
    name_of_kreis = {entry.ags: entry.name for entry in entries if len(entry.ags) == 5}
    chosen: dict[OfficialPlace, str] = {}
    for one in wanted:
        if one.ags:
            read = read_ags(one.ags)
            found = [by_ags[read[0]]] if read is not None and read[0] in by_ags else []
            asked, advice = one.ags, advise_on_form(one.ags) if read is None else _GONE
        else:
            found, asked = by_name.get(folded(one.name), []), one.name
            advice = "Write it as the list does, or name its AGS. " + _GONE
        if len(found) == 1:
            chosen.setdefault(found[0], one.key)
        elif found:
            told = "; ".join(_told(entry, name_of_kreis) for entry in found[:_MOST_CANDIDATES])
            more = f"; and {len(found) - _MOST_CANDIDATES} more" if len(found) > _MOST_CANDIDATES else ""
            said = f"{asked!r}, which {len(found)} are called"
            faults.append(Fault(file, said, f"the AGS of one of them: {told}{more}", "Name its AGS."))
        else:
            faults.append(Fault(file, f"no {asked!r}", "a Gemeinde or a Landkreis of the list", advice))
    return chosen


_GONE = "A Gemeinde that was merged stands in older editions only."


def _told(entry: OfficialPlace, name_of_kreis: Mapping[str, str]) -> str:
    where = name_of_kreis.get(entry.kreis, "") if len(entry.ags) == 8 else ""
    return f"{entry.ags} {entry.official} ({entry.kind}{f', {where}' if where else ''}, {entry.state})"


def register_rows(
    entries: Sequence[OfficialPlace], chosen: Mapping[OfficialPlace, str], with_kreise: bool = True
) -> list[list[str]]:
    """Rows of municipalities.csv (REGISTER_COLUMNS), those asked for in their order, then their Landkreise.

    ``parent`` is the key of a row; without ``with_kreise`` it is empty where that Landkreis is not asked for.
    """
    rows = dict(chosen)
    if with_kreise:
        kreise = {entry.ags: entry for entry in entries if len(entry.ags) == 5}
        for entry in chosen:
            if len(entry.ags) == 8 and entry.kreis in kreise:
                rows.setdefault(kreise[entry.kreis], "")
    keys: dict[OfficialPlace, str] = {}
    used = {key for key in rows.values() if key}
    for entry, key in rows.items():
        made = key or slug(entry.name) or entry.ags
        if not key and made in used:
            made = f"{made}-{entry.ags}"
        used.add(made)
        keys[entry] = made
    of_kreis = {entry.ags: key for entry, key in keys.items() if len(entry.ags) == 5}
    return [
        [
            key, entry.name, entry.ags, entry.kind, entry.state,
            "" if entry.population is None else str(entry.population),
            of_kreis.get(entry.kreis, "") if len(entry.ags) == 8 else "",
        ]
        for entry, key in keys.items()
    ]  # fmt: skip
