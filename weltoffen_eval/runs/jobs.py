"""The jobs of a run: which notebook for whom, from what data, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.publish.running.job import Job
from weltoffen_eval.runs.inputs import Inputs
from weltoffen_eval.runs.kinds import Kind, Need
from weltoffen_eval.runs.settings import Asked

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Wave
    from weltoffen_eval.study.register import Municipality

<<<<<<< HEAD
#: What most notebooks import, once for all reports of a run.
_COMMON_MODULES = (
=======
#: What those of a municipality import: once for all reports of a run. The two of a study need scipy too,
#: for which every run would wait.
MODULES = (
    "weltoffen_eval.display.selfcheck.report",
    "weltoffen_eval.display.quality.report",
    "babel.dates",
    "babel.lists",
    "babel.numbers",
>>>>>>> h-selfcheck
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "pyarrow.csv",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
)
#: The folder of the reports on a study as a whole.
OF_STUDY = "_study"


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


def modules_for(asked: Asked) -> tuple[str, ...]:
    """What workers import once for all reports of such a run."""
    of_notebooks = [module for kind in asked.kinds for module in kind.imports]
    of_formats = [FORMATS[form].module for form in asked.formats]
    return (*dict.fromkeys(of_notebooks), *_COMMON_MODULES, *of_formats)


<<<<<<< HEAD
def make_jobs(asked: Asked, kinds: Sequence[Kind], inputs: Inputs, language: str, out: Path) -> Jobs:
    """A job per report of these kinds, as far as what they need has come; those on the study come last."""
    maker = _Maker(asked, inputs, language, out)
    kinds = [k for k in kinds if asked.includes(k) and set(asked.formats) & set(k.formats)]
    for wave in maker.waves:
        for municipality in maker.municipalities:
            maker.make([k for k in kinds if k.scope == "municipality_wave"], municipality, (wave,))
    of_all_waves = [kind for kind in kinds if kind.scope == "municipality"]
    for municipality in maker.municipalities if of_all_waves else ():
        maker.make(of_all_waves, municipality, maker.waves)
    if maker.waves:
        maker.make_of_study([kind for kind in kinds if kind.scope == "study"])
    return maker.jobs


class _Maker:
    """Makes the jobs, one scope after the other."""

    def __init__(self, asked: Asked, inputs: Inputs, language: str, out: Path):
        self.asked, self.inputs, self.language, self.out = asked, inputs, language, out
        self.study, self.jobs = inputs.study, Jobs()
        chosen = asked.municipalities
        self.municipalities = [m for m in self.study.register.municipalities if not chosen or m.key in chosen]
        self.waves = tuple(wave for wave in self.study.waves if asked.wave in (None, wave.id))

    def make(self, kinds: Sequence[Kind], municipality: Municipality, waves: Sequence[Wave]) -> None:
        """The jobs of one municipality in one wave, or in all of them."""
        faulty = any(wave.id in self.inputs.faulty.waves.get(municipality.key, ()) for wave in waves)
        wanted: list[Job] = []
        for kind in kinds:
            met = [wave for wave in waves if self.inputs.met(kind, municipality.key, wave.id)]
            parts = self.inputs.of_municipality(kind.inputs, municipality, met or waves)
            linked = [job.report for job in wanted if job.report in kind.after]
            parts |= {"after": ",".join(linked)} if linked else {}
            job = self._job(kind, municipality, (met or waves)[-1], parts)
            if faulty:
                self.jobs.refused.append(job)
            elif met:
                wanted.append(job)
            else:
                self.jobs.gone.append(job)
        self.jobs.wanted += wanted
        if kinds and not wanted and not faulty and kinds[0].scope == "municipality_wave":
            self.jobs.left_out.append(self._left_out(kinds, municipality, waves[0]))

    def make_of_study(self, kinds: Sequence[Kind]) -> None:
        """The jobs about the study as a whole."""
        keys = [municipality.key for municipality in self.municipalities]
        for kind in kinds:
            anybody = any(self.inputs.met(kind, key, wave.id) for key in keys for wave in self.waves)
            of_study = self.jobs.wanted if anybody else self.jobs.gone
            parts = self.inputs.of_study(kind.inputs, self.waves)
            of_study.append(self._job(kind, None, self.waves[-1], parts))

    def _job(self, kind: Kind, municipality: Municipality | None, wave: Wave, parts: dict[str, str]) -> Job:
        asked = self.asked
        set_to = {
            "study": _study_argument(asked.folder),
            "municipality": municipality.key if municipality else "",
            "wave": wave.id,
            "scheme": _scheme_argument(asked.scheme),
            "audience": asked.audience,
            "language": self.language,
=======
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
                of_it.append(_job(asked, kind, municipality, wave, inputs, out, study.language))
    if waves and not asked.part:
        everything = {
            "answers": _hash_of_all({key: entry.answers for key, entry in rests_on.items()}),
            "register": _hash_of_all(
                {m.key: hash_register(study, m, w) for m in municipalities for w in waves}
            ),
            "questionnaire": _hash_of_all({wave: i.sha256 for wave, i in study.instruments.items()}),
            "scheme": scheme.sha256,
            **({"left_out": str(len(faulty.waves))} if faulty.waves else {}),
>>>>>>> h-selfcheck
        }
        title = kind.title_in(self.language)
        if municipality is None:
            folder, title = self.out / OF_STUDY, f"{title}: {self.study.title}"
        elif kind.scope == "municipality":
            folder, title = self.out / municipality.key, f"{title}: {municipality.name}"
        else:
            folder = self.out / wave.id / municipality.key
            title = f"{title}: {municipality.name}, {wave.id}"
        return Job(
            notebook=paths.notebooks_folder() / kind.file,
            parameters={name: set_to[name] for name in kind.parameters},
            title=title,
            inputs=parts,
            target=folder / kind.name,
            report=kind.name,
            formats=tuple(form for form in asked.formats if form in kind.formats),
            day=wave.date.isoformat(),
            attach=asked.attach,
            time_limit=asked.time_limit,
        )

<<<<<<< HEAD
    def _left_out(self, kinds: Sequence[Kind], municipality: Municipality, wave: Wave) -> LeftOut:
        """Of whom no report can be made, though something may have come."""
        here = self.inputs.rests_on.get((municipality.key, wave.id))
        needed = {need for kind in kinds for needs in kind.needs for need in needs}
        if Need("responses", "questionnaire") not in needed:
            said = " or ".join(sorted({f"{need.kind} {need.setting}".strip() for need in needed}))
            reason, remark = f"no {said}", "keine Angaben zu diesen Berichten"
        elif here is not None and here.self_check == "empty":
            reason, remark = "its sheet holds no answer", "Bogen ohne Antwort"
        else:
            reason, remark = "no sheet of the administration", "kein Bogen der Verwaltung"
        return LeftOut(municipality.key, wave.id, reason, remark)
=======

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
    asked: Asked,
    kind: Kind,
    municipality: Municipality,
    wave: Wave,
    inputs: Mapping[str, str],
    out: Path,
    language: str,
) -> Job:
    set_to = {
        "study": _study_argument(asked.folder),
        "municipality": municipality.key,
        "wave": wave.id,
        "scheme": _scheme_argument(asked.scheme),
        "audience": "internal",
        "language": language,
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
>>>>>>> h-selfcheck


def _study_argument(folder: Path) -> str:
    """How a notebook names the study: by its name where it lies under data/raw, else by its folder."""
    return folder.name if folder.parent == paths.raw_folder() else str(folder)


def _scheme_argument(scheme: str | None) -> str:
    """A path of a scheme for a notebook, which runs in another folder; a shipped id stays."""
    if scheme is None:
        return ""
    path = Path(scheme)
    return str(path.resolve()) if path.is_file() else scheme
