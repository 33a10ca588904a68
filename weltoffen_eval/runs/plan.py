"""What a run would do: the study read, whose data are refused, whose reports are wanted; nothing made yet."""

from __future__ import annotations

import contextlib
import gc
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, RefusedError
from weltoffen_eval.publish.keeping.lock import only_writer
from weltoffen_eval.runs.inputs import Inputs
from weltoffen_eval.runs.jobs import Jobs, make_jobs
from weltoffen_eval.runs.kinds import KINDS, Kind, titles
from weltoffen_eval.runs.settings import Asked, ending_of
from weltoffen_eval.study.responses.faulty_rows import FaultyRows, number_of

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.study.definition import Study


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run would do, and where; ``about`` is what the index says of the study.

    ``faulty``: the municipalities that the study is read without. ``unspoken``: the kinds of report that are
    left out, since there are no sentences of them in ``language``; ``closed``: those that are not made for
    the audience. ``wanted_of``: whose answers the reports show, as questionnaire/administration; ``groups``:
    who answered anything in this study, likewise.
    """

    study: str
    out: Path
    jobs: Jobs
    faulty: FaultyRows
    about: dict[str, Any]
    language: str
    unspoken: tuple[Kind, ...] = ()
    closed: tuple[Kind, ...] = ()
    wanted_of: str = ""
    groups: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many reports, and kinds of report, are not made."""
        return len(self.unspoken) + len(self.closed) + len(self.jobs.left_out)

    @property
    def names(self) -> list[str]:
        """Those of the refused municipalities that the run was asked for."""
        return sorted({job.parameters["municipality"] for job in self.jobs.refused})

    @property
    def faults(self) -> list[Fault]:
        """The faults for which reports of this run are refused."""
        return self.faulty.of(self.names)

    @property
    def other_faults(self) -> list[Fault]:
        """The faults of municipalities that are no part of this run."""
        return self.faulty.of(set(self.faulty.waves) - set(self.names))


class RefusedRows(RefusedError):
    """Faults in rows of municipalities of which reports are wanted; all others could be made."""

    def __str__(self) -> str:
        names = ", ".join(sorted({fault.municipality for fault in self.faults}))
        return (
            f"{number_of(self.faults)} in rows of {names}; no report was made.\n{super().__str__()}\n"
            "With --keep-going the reports of all others are made; with -m only those that it names."
        )


def plan_run(asked: Asked, write: bool = True) -> Plan:
    """Read a study and find out what is to be made of it; ``write``: whether what is read may be stored.

    Raises
    ------
    CallError
        If there is no such municipality or wave, a report cannot be made in the language, or the scheme
        shows groups that are too small for the public.
    RefusedError
        With all faults, if one concerns the study as a whole, or what was released is not known any more.
    SurroundingsError
        If data/processed cannot be written.
    """
    from weltoffen_eval.results.given import read_hashes
    from weltoffen_eval.results.provenance import stored_faults
    from weltoffen_eval.results.report_inputs import read_report_inputs
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study

    study = load_study(asked.folder)
    asked = replace(asked, municipalities=tuple(study.key_of(name) for name in asked.municipalities))
    for wave in asked.waves:
        study.wave(wave)
    language = asked.language or study.language
    kinds = _speaking(asked, language)
    scheme = load_scheme(asked.scheme, study)
    if asked.public:
        _check_for_public(study, scheme)
    with _stored(asked, study, scheme, write) as store:
        faulty, given = stored_faults(store), read_hashes(store)
        inputs = Inputs(study, scheme, read_report_inputs(store), faulty, given)
    out = paths.reports_folder(study.id, asked.out, ending_of(asked, study.language))
    about = {
        "title": study.title,
        "note": "Diese Daten sind synthetisch erzeugt; niemand hat diese Antworten gegeben."
        if study.synthetic
        else "",
        "names": {m.key: m.name for m in study.register.municipalities},
        "labels": _labels((*KINDS, *asked.kinds), language, study, asked.public),
        "order": _order((*KINDS, *asked.kinds), asked.public),
        **({"file_titles": _file_titles((*KINDS, *asked.kinds))} if asked.public else {}),
        "waves": [wave.id for wave in study.waves],
        **({"unit": unit} if (unit := study.words.unit.get(language)) else {}),
        **({"brand": brand} if (brand := _brand_name(study, language)) else {}),
    }
    jobs = make_jobs(asked, kinds, inputs, language, out)
    unspoken = tuple(kind for kind in asked.open_kinds if kind not in kinds)
    return Plan(
        study=study.id,
        out=out,
        jobs=jobs,
        faulty=inputs.faulty,
        about=about,
        language=language,
        unspoken=unspoken,
        closed=tuple(kind for kind in asked.kinds if kind not in asked.open_kinds),
        wanted_of=f"{study.report.setting}/{study.report.perspective}",
        groups=tuple(sorted({group for here in inputs.rests_on.values() for group in here.groups})),
    )


def _check_for_public(study: Study, scheme: ScoringScheme) -> None:
    """Refuse a scheme that shows groups that are too small, and a ledger that does not say what is out."""
    # pandas, for which a run that finds everything as it was need not wait
    from weltoffen_eval.analysis.disclosure import limits_for
    from weltoffen_eval.results.ledger import read_ledger

    limits_for(scheme, "public")
    read_ledger(study.folder)


def _speaking(asked: Asked, language: str) -> tuple[Kind, ...]:
    """The kinds of report that can be made in a language.

    Raises
    ------
    CallError
        If one that was asked for by name cannot, or none.
    """
    speaking = tuple(kind for kind in asked.open_kinds if kind.speaks(language))
    silent = [kind.name for kind in asked.open_kinds if kind not in speaking]
    if silent and (asked.named or not speaking):
        raise CallError(
            f"There are no sentences in {language!r} of {', '.join(silent)}; "
            f"a report speaks a language that has a file sentences/{language}/<report>.toml."
        )
    return speaking


@contextlib.contextmanager
def _stored(asked: Asked, study: Study, scheme: ScoringScheme, write: bool) -> Iterator[Path]:
    """The folder of a study's tables as they would be made now."""
    from weltoffen_eval.publish.running.workers import run_once
    from weltoffen_eval.results.provenance import stored_provenance
    from weltoffen_eval.results.whole_folder import clear_leftovers

    store = paths.processed_folder(study.id)
    with contextlib.ExitStack() as stack:
        if write:
            stack.enter_context(only_writer(store))
            clear_leftovers(store)
        if stored_provenance(store, study, scheme) is None:
            if not write:
                place = stack.enter_context(tempfile.TemporaryDirectory(prefix="weltoffen-"))
                store = Path(place) / study.id
            # apart, so that the command stays small, however large the study
            run_once(_store, asked.folder, asked.scheme, store)
        yield store


def _store(folder: Path, scheme: str | None, store: Path) -> None:
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import store_healthy
    from weltoffen_eval.study.definition import load_study

    # this process ends with what it does here; to look for garbage among what it read would take a while
    gc.disable()
    study = load_study(folder)
    store_healthy(store, study, load_scheme(scheme, study))


def _labels(kinds: Sequence[Kind], language: str, study: Study, public: bool) -> dict[str, str]:
    """What reports and their parts are called, by their names; of others than administrations otherwise."""
    parts = {part: titles(language).get(part, part) for kind in kinds for part in _files_beside(kind, public)}
    usual = {**parts, **{kind.name: kind.title_in(language) for kind in kinds}}
    said = study.words
    of_others = study.report.of_others or bool(said.unit or said.answers_from or study.perspectives)
    return {**usual, **titles(f"{language}/elsewhere")} if of_others else usual


def _order(kinds: Sequence[Kind], public: bool) -> list[str]:
    """In which order the index shows reports and their parts."""
    ordered = sorted(kinds, key=lambda kind: kind.last)
    return list(dict.fromkeys(name for kind in ordered for name in (kind.name, *_files_beside(kind, public))))


def _files_beside(kind: Kind, public: bool) -> tuple[str, ...]:
    """The parts of a report that are files too, and its papers, which the public does not get."""
    return kind.parts if public else (*kind.parts, *kind.papers)


def _file_titles(kinds: Sequence[Kind]) -> dict[str, str]:
    """The names of reports and their parts by what they are called in names of files."""
    parts = {title: part for kind in kinds for part, title in zip(kind.parts, kind.part_titles, strict=True)}
    return {**parts, **{kind.file_title: kind.name for kind in kinds}}


def _brand_name(study: Study, language: str) -> str:
    """The name at the head of the index: that of the brand of the last wave, if it has one."""
    brand = study.brand_of(study.waves[-1].id) if study.waves else None
    return brand.name.get(language) or next(iter(brand.name.values()), "") if brand else ""
