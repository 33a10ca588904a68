"""The numbers of archived reports held against those that follow from the archived answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.analysis.finding_keys import FIELDS
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.runs.kinds import KINDS

if TYPE_CHECKING:
    from weltoffen_eval.results.recomputed import Looked

#: Numbers that differ by no more than this share of the larger are the same.
_CLOSE = 1e-9
_TEXTS = ("method", "reason")


@dataclass
class Recomputed:
    """How many numbers of how many reports were computed anew; ``wrong``: each that is another, in words.

    ``beyond``: reports of a kind that this program does not know.
    """

    reports: int = 0
    numbers: int = 0
    wrong: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


@contextmanager
def recomputing(study: Path, scheme: Path, project: Path) -> Iterator[Recomputing]:
    """What holds twins against the answers of a study, which is cleaned and scored once.

    Parameters
    ----------
    study, scheme : its folder and its file, as they lie in the archive
    project : a folder in which the tables of the study are stored meanwhile

    Raises
    ------
    RefusedError
        With all faults, if the study cannot be read.
    """
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import store_healthy
    from weltoffen_eval.study.definition import load_study

    with paths.within_project(project):
        loaded = load_study(study)
        store_healthy(paths.processed_folder(loaded.id), loaded, load_scheme(str(scheme), loaded))
        yield Recomputing(study, scheme)


class Recomputing:
    """Holds twins against what is known where they are of; ``found``: what came of it."""

    def __init__(self, study: Path, scheme: Path):
        self._study, self._scheme = study, scheme
        # parts of a report are told of like the whole
        self._kinds = {name: kind for kind in KINDS for name in (kind.name, *kind.parts, *kind.papers)}
        # reports of one municipality in one wave come together
        self._known = lru_cache(maxsize=len({kind.numbers for kind in KINDS}))(self._look)
        self.found = Recomputed()

    def hold(self, name: str, twin: Mapping[str, Any]) -> None:
        """Every number of a twin, which has this path in the archive."""
        found, kind = self.found, self._kinds.get(str(twin.get("report")))
        if kind is None:
            found.beyond.append(name)
            return
        place = (str(twin.get(part, "")) for part in ("municipality", "wave", "audience"))
        look = self._known(kind.numbers, *place)
        if isinstance(look, str):
            found.wrong.append(f"{name}: {look}")
            return
        found.reports += 1
        for entry in twin.get("findings", ()):
            found.numbers += 1
            found.wrong += [f"{name} {entry['key']}{said}" for said in _unlike(entry, look)]

    def _look(self, numbers: str, municipality: str, wave: str, audience: str) -> Looked | str:
        """What is known of whom, when and for whom; or why nothing is."""
        from weltoffen_eval.results import recomputed

        told = recomputed.ToldOf(self._study, municipality, wave, str(self._scheme), audience)
        try:
            look: Looked = getattr(recomputed, numbers)(told)
        except WeltoffenError as error:
            return str(error)
        return look


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
