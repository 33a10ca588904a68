"""The jobs of a run: which notebook for whom, from what data, and who is left out."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.commands.run_summary import LeftOut
from weltoffen_eval.errors import CallError, did_you_mean

if TYPE_CHECKING:
    from weltoffen_eval.analysis.report_inputs import ReportInputs
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.publish.job import Job
    from weltoffen_eval.study.definition import Study, Wave
    from weltoffen_eval.study.register import Municipality

#: The notebooks that a run executes: file, name of the report, German title.
NOTEBOOKS = (
    ("01_data_quality.ipynb", "data_quality", "Datenqualität"),
    ("02_selfcheck.ipynb", "selfcheck", "Selbstcheck"),
)
#: Those on the whole study; they are left out of a run of chosen municipalities or waves.
STUDY_NOTEBOOKS = (
    ("06_all_municipalities.ipynb", "all_municipalities", "Alle Kommunen"),
    ("07_instrument_quality.ipynb", "instrument_quality", "Güte des Fragebogens"),
)
#: What those of a municipality import: once for all reports of a run. The two of a study need scipy too,
#: for which every run would wait.
MODULES = (
    "weltoffen_eval.display.report",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "pyarrow.csv",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
)


def modules_for(formats: Sequence[str]) -> tuple[str, ...]:
    """What workers import once for all reports in these formats."""
    from weltoffen_eval.publish.job import FORMATS

    return (*MODULES, *(FORMATS[form][0] for form in formats))


def make_jobs(
    call: argparse.Namespace,
    folder: Path,
    study: Study,
    scheme: ScoringScheme,
    rests_on: Mapping[tuple[str, str], ReportInputs],
    wanted: Sequence[Municipality],
    waves: Sequence[Wave],
    out: Path,
) -> tuple[list[Job], list[LeftOut]]:
    """A job per wave, municipality and notebook, as far as the administration answered; then the study's."""
    from weltoffen_eval.publish.job import Job

    notebooks, formats = choose_notebooks(call.notebook), formats_of(call)
    asked = {
        "study": _study_argument(folder),
        "scheme": "" if call.scheme is None else _absolute(call.scheme),
    }
    anybody = False
    jobs, left_out = [], []
    for wave in waves:
        for municipality in wanted:
            here = rests_on.get((municipality.key, wave.id))
            if here is None or here.self_check != "counted":
                left_out.append(_left_out(municipality, wave, here))
                continue
            anybody = True
            for file, name, title in (entry for entry in notebooks if entry in NOTEBOOKS):
                jobs.append(
                    Job(
                        paths.notebooks_folder() / file,
                        {
                            # in the order in which the notebook declares them
                            "study": asked["study"],
                            "municipality": municipality.key,
                            "wave": wave.id,
                            "scheme": asked["scheme"],
                        },
                        f"{title}: {municipality.name}, {wave.id}",
                        {
                            "answers": here.answers,
                            "register": hash_register(study, municipality, wave),
                            "questionnaire": study.instruments[wave.id].sha256,
                            "scheme": scheme.sha256,
                            # the only notebook of one municipality that compares it with others
                            **({"reference": here.reference} if name == "selfcheck" else {}),
                        },
                        out / wave.id / municipality.key / name,
                        formats,
                        wave.date.isoformat(),
                        call.attach,
                        call.time_limit,
                    )
                )
    if anybody and not call.municipality and not call.wave:
        everything = {
            "answers": _hash_of_all({key: entry.answers for key, entry in rests_on.items()}),
            "register": _hash_of_all({m.key: hash_register(study, m, w) for m in wanted for w in waves}),
            "questionnaire": _hash_of_all({wave: i.sha256 for wave, i in study.instruments.items()}),
            "scheme": scheme.sha256,
        }
        for file, name, title in (entry for entry in notebooks if entry in STUDY_NOTEBOOKS):
            jobs.append(
                Job(
                    paths.notebooks_folder() / file,
                    asked,
                    f"{title}: {study.title}",
                    everything,
                    out / "_study" / name,
                    formats,
                    max(wave.date for wave in waves).isoformat(),
                    call.attach,
                    call.time_limit,
                )
            )
    return jobs, left_out


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
    return LeftOut(municipality.key, wave.id, reason, f"{wave.id}: {remark}")


def hash_register(study: Study, municipality: Municipality, wave: Wave) -> str:
    """A hash of what study.toml and the register say of a municipality and wave."""
    said = [*vars(municipality).values(), wave.id, wave.date, study.id, study.title, study.source]
    said += [study.licence, study.synthetic]
    return hashlib.sha256(json.dumps([str(entry) for entry in said]).encode("utf-8")).hexdigest()


def formats_of(call: argparse.Namespace) -> tuple[str, ...]:
    """The formats named by ``--format``, in their order."""
    from weltoffen_eval.publish.job import FORMATS

    named = [name.strip() for name in call.format.split(",")]
    if call.attach and "pdf" not in named:
        raise CallError("--attach is for PDF; add pdf to --format.")
    for name in named:
        if name not in FORMATS:
            raise CallError(
                f"The format {name!r} is not known; a run writes {', '.join(FORMATS)}."
                f"{did_you_mean(name, FORMATS)}"
            )
    return tuple(name for name in FORMATS if name in named)


def choose_notebooks(wanted: Sequence[str]) -> list[tuple[str, str, str]]:
    """The notebooks named by file or by the name of their report; all without a name."""
    known: dict[str, tuple[str, str, str]] = {}
    for entry in (*NOTEBOOKS, *STUDY_NOTEBOOKS):
        for name in (entry[0], entry[0].removesuffix(".ipynb"), entry[1]):
            known[name] = entry
    for name in wanted:
        if name not in known:
            names = [entry[1] for entry in (*NOTEBOOKS, *STUDY_NOTEBOOKS)]
            raise CallError(
                f"There is no notebook {name!r}; a run has {', '.join(names)}.{did_you_mean(name, known)}"
            )
    chosen = [known[name] for name in wanted]
    return [entry for entry in (*NOTEBOOKS, *STUDY_NOTEBOOKS) if not wanted or entry in chosen]


def _study_argument(folder: Path) -> str:
    """How a notebook names the study: by its name where it lies under data/raw, else by its folder."""
    return folder.name if folder.parent == paths.raw_folder() else str(folder)


def _absolute(scheme: str) -> str:
    """A path of a scheme for a notebook, which runs in another folder; a shipped id stays."""
    path = Path(scheme)
    return str(path.resolve()) if path.is_file() else scheme
