"""The jobs of a run: which notebook for whom, from what data, and who is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.publish.running.job import Job
from weltoffen_eval.runs.kinds import Kind

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.results.report_inputs import ReportInputs
    from weltoffen_eval.study.definition import Study, Wave
    from weltoffen_eval.study.register import Municipality
    from weltoffen_eval.study.responses.faulty_rows import FaultyRows

#: What those of a municipality import: once for all reports of a run. The two of a study need scipy too,
#: for which every run would wait.
MODULES = (
    "weltoffen_eval.display.selfcheck.report",
    "weltoffen_eval.results.scheme_model",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "pyarrow.csv",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
)


@dataclass(frozen=True)
class Asked:
    """What a run is to make, as it was called.

    ``folder``: of the study. ``scheme``: as named, None for the study's own. ``municipalities``, ``wave``:
    only these, all where empty. ``out``: in place of reports/.
    """

    folder: Path
    kinds: tuple[Kind, ...]
    scheme: str | None = None
    municipalities: tuple[str, ...] = ()
    wave: str | None = None
    formats: tuple[str, ...] = ("html",)
    attach: bool = False
    time_limit: float = 600.0
    out: Path | None = None

    @property
    def part(self) -> bool:
        """Whether only chosen municipalities or a wave are wanted."""
        return bool(self.municipalities) or self.wave is not None


@dataclass(frozen=True)
class LeftOut:
    """A municipality and wave without report: ``reason`` in English, ``remark`` in German."""

    municipality: str
    wave: str
    reason: str
    remark: str


@dataclass
class Jobs:
    """Whose reports are to be made; whose data are refused, with the faults; who has none to be made.

    ``gone``: reports that an earlier run may have made, of data that are not there any more.
    """

    wanted: list[Job] = field(default_factory=list)
    refused: list[Job] = field(default_factory=list)
    gone: list[Job] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def modules_for(formats: Sequence[str]) -> tuple[str, ...]:
    """What workers import once for all reports in these formats."""
    from weltoffen_eval.publish.running.job import FORMATS

    return (*MODULES, *(FORMATS[form][0] for form in formats))


def make_jobs(
    asked: Asked,
    study: Study,
    scheme: ScoringScheme,
    rests_on: Mapping[tuple[str, str], ReportInputs],
    faulty: FaultyRows,
    out: Path,
) -> Jobs:
    """A job per wave, municipality and notebook, as far as the administration answered; then the study's."""
    jobs = Jobs()
    chosen = asked.municipalities
    municipalities = [m for m in study.register.municipalities if not chosen or m.key in chosen]
    waves = [wave for wave in study.waves if asked.wave in (None, wave.id)]
    for wave in waves:
        for municipality in municipalities:
            here = rests_on.get((municipality.key, wave.id))
            of_it = jobs.wanted
            if wave.id in faulty.waves.get(municipality.key, ()):
                of_it = jobs.refused
            elif here is None or here.self_check != "counted":
                jobs.left_out.append(_left_out(municipality, wave, here))
                of_it = jobs.gone
            for kind in (kind for kind in asked.kinds if not kind.of_study):
                inputs = {} if here is None else _inputs(study, scheme, municipality, wave, here)
                if kind.name != "selfcheck":
                    # the only notebook of one municipality that compares it with others
                    inputs.pop("reference", None)
                elif missing := faulty.count_in([wave.id]):
                    inputs["left_out"] = str(missing)
                of_it.append(_job(asked, kind, municipality, wave, inputs, out))
    if waves and not asked.part:
        everything = {
            "answers": _hash_of_all({key: entry.answers for key, entry in rests_on.items()}),
            "register": _hash_of_all(
                {m.key: hash_register(study, m, w) for m in municipalities for w in waves}
            ),
            "questionnaire": _hash_of_all({wave: i.sha256 for wave, i in study.instruments.items()}),
            "scheme": scheme.sha256,
            **({"left_out": str(len(faulty.waves))} if faulty.waves else {}),
        }
        anybody = any(entry.self_check == "counted" for entry in rests_on.values())
        for kind in (kind for kind in asked.kinds if kind.of_study):
            of_study = jobs.wanted if anybody else jobs.gone
            of_study.append(_study_job(asked, kind, study, waves, everything, out))
    return jobs


def _inputs(
    study: Study, scheme: ScoringScheme, municipality: Municipality, wave: Wave, here: ReportInputs
) -> dict[str, str]:
    """Hashes of what the reports of one municipality are made from."""
    return {
        "answers": here.answers,
        "register": hash_register(study, municipality, wave),
        "questionnaire": study.instruments[wave.id].sha256,
        "scheme": scheme.sha256,
        "reference": here.reference,
    }


def _job(
    asked: Asked, kind: Kind, municipality: Municipality, wave: Wave, inputs: Mapping[str, str], out: Path
) -> Job:
    set_to = {
        "study": _study_argument(asked.folder),
        "municipality": municipality.key,
        "wave": wave.id,
        "scheme": _scheme_argument(asked.scheme),
    }
    return Job(
        paths.notebooks_folder() / kind.file,
        {name: set_to[name] for name in kind.parameters},
        f"{kind.title}: {municipality.name}, {wave.id}",
        inputs,
        out / wave.id / municipality.key / kind.name,
        asked.formats,
        wave.date.isoformat(),
        asked.attach,
        asked.time_limit,
    )


def _study_job(
    asked: Asked, kind: Kind, study: Study, waves: Sequence[Wave], inputs: Mapping[str, str], out: Path
) -> Job:
    return Job(
        paths.notebooks_folder() / kind.file,
        {"study": _study_argument(asked.folder), "scheme": _scheme_argument(asked.scheme)},
        f"{kind.title}: {study.title}",
        inputs,
        out / "_study" / kind.name,
        asked.formats,
        max(wave.date for wave in waves).isoformat(),
        asked.attach,
        asked.time_limit,
    )


def _hash_of_all(hashes: Mapping[Any, str]) -> str:
    text = json.dumps(sorted((str(key), digest) for key, digest in hashes.items()))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _left_out(municipality: Municipality, wave: Wave, here: ReportInputs | None) -> LeftOut:
    """Of whom no sheet of the administration counts, though one may have come."""
    reason, remark = (
        ("its sheet holds no answer", "Bogen ohne Antwort")
        if here is not None and here.self_check == "empty"
        else ("no sheet of the administration", "kein Bogen der Verwaltung")
    )
    return LeftOut(municipality.key, wave.id, reason, remark)


def hash_register(study: Study, municipality: Municipality, wave: Wave) -> str:
    """A hash of what study.toml and the register say of a municipality and wave."""
    said = [*vars(municipality).values(), wave.id, wave.date, study.id, study.title, study.source]
    said += [study.licence, study.synthetic]
    return hashlib.sha256(json.dumps([str(entry) for entry in said]).encode("utf-8")).hexdigest()


def _study_argument(folder: Path) -> str:
    """How a notebook names the study: by its name where it lies under data/raw, else by its folder."""
    return folder.name if folder.parent == paths.raw_folder() else str(folder)


def _scheme_argument(scheme: str | None) -> str:
    """A path of a scheme for a notebook, which runs in another folder; a shipped id stays."""
    if scheme is None:
        return ""
    path = Path(scheme)
    return str(path.resolve()) if path.is_file() else scheme
