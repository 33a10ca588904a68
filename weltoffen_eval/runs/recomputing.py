"""The numbers of archived reports held against those that follow from the archived answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.analysis.finding_keys import FIELDS
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.publish.keeping.manifest import read_json
from weltoffen_eval.runs.kinds import KINDS

if TYPE_CHECKING:
    from weltoffen_eval.results.recomputed import Looked, ToldOf

#: Numbers that differ by no more than this share of the larger are the same.
_CLOSE = 1e-9
_TEXTS = ("method", "reason")
#: What computes the numbers, and of whom, when and for whom.
_Place = tuple[str, str, str, str]


@dataclass
class Recomputed:
    """How many numbers of how many reports were computed anew; ``wrong``: each that is another, in words.

    ``beyond``: reports of a kind that this program does not know.
    """

    reports: int = 0
    numbers: int = 0
    wrong: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


def recompute(study: Path, scheme: Path, project: Path, twins: Mapping[str, Path]) -> Recomputed:
    """Every number of every twin, from the answers alone.

    Parameters
    ----------
    study, scheme : its folder and its file, as they lie in the archive
    project : a folder in which the tables of the study are stored meanwhile
    twins : by their path in the archive; each is read when its turn comes

    Raises
    ------
    RefusedError
        With all faults, if the study cannot be read.
    """
    from weltoffen_eval.results import recomputed
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import store_healthy
    from weltoffen_eval.study.definition import load_study

    found = Recomputed()
    with paths.within_project(project):
        loaded = load_study(study)
        store_healthy(paths.processed_folder(loaded.id), loaded, load_scheme(str(scheme), loaded))
        for (numbers, municipality, wave, audience), names in sorted(_by_place(twins, found).items()):
            told = recomputed.ToldOf(study, municipality, wave, str(scheme), audience)
            _hold(numbers, told, {name: twins[name] for name in names}, found)
    return found


def _by_place(twins: Mapping[str, Path], found: Recomputed) -> dict[_Place, list[str]]:
    """The names of twins by what computes their numbers, municipality, wave and audience.

    Parts of a report are told of like the whole.
    """
    kinds = {name: kind for kind in KINDS for name in (kind.name, *kind.parts, *kind.papers)}
    by_place: dict[_Place, list[str]] = {}
    for name, path in sorted(twins.items()):
        twin = read_json(path)
        kind = kinds.get(str(twin.get("report")))
        if kind is None:
            found.beyond.append(name)
            continue
        municipality, wave, audience = (
            str(twin.get(part, "")) for part in ("municipality", "wave", "audience")
        )
        by_place.setdefault((kind.numbers, municipality, wave, audience), []).append(name)
    return by_place


def _hold(numbers: str, told: ToldOf, twins: Mapping[str, Path], found: Recomputed) -> None:
    """The twins of one place against what is known there."""
    from weltoffen_eval.results import recomputed

    try:
        look: Looked = getattr(recomputed, numbers)(told)
    except WeltoffenError as error:
        found.wrong += [f"{name}: {error}" for name in twins]
        return
    for name, path in twins.items():
        found.reports += 1
        for entry in read_json(path).get("findings", ()):
            found.numbers += 1
            found.wrong += [f"{name} {entry['key']}{said}" for said in _unlike(entry, look)]


def _unlike(entry: Mapping[str, Any], look: Looked) -> Iterator[str]:
    """What of a finding of a twin is not what was computed: field, as it is printed, as it was computed."""
    from weltoffen_eval.display.shown import as_plain

    try:
        known = as_plain(look(str(entry["key"])))
    except KeyError:
        yield ": no such number follows from the answers"
        return
    for name in FIELDS:
        printed, computed = entry.get(name), known.get(name)
        if not _same(printed, computed):
            field_of = "" if name == "value" else f".{name}"
            yield f"{field_of}: printed {_written(printed)}, computed {_written(computed)}"
    for name in _TEXTS:
        if entry.get(name, "") != known[name]:
            yield f" ({name}): printed {entry.get(name, '')!r}, computed {known[name]!r}"


def _same(printed: Any, computed: Any) -> bool:
    if printed is None or computed is None:
        return printed is computed
    return math.isclose(float(printed), float(computed), rel_tol=_CLOSE, abs_tol=_CLOSE)


def _written(number: Any) -> str:
    return "nothing" if number is None else f"{number:.10g}" if isinstance(number, float) else str(number)
