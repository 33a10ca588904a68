"""The jobs of a run: which notebook for whom, from what data, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.publish.keeping.public_names import public_name
from weltoffen_eval.publish.running.job import Job
from weltoffen_eval.runs.inputs import Inputs
from weltoffen_eval.runs.kinds import Kind, Need
from weltoffen_eval.runs.settings import Asked

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Wave
    from weltoffen_eval.study.register import Municipality

#: What most notebooks import, once for all reports of a run.
_COMMON_MODULES = (
    "babel.dates",
    "babel.lists",
    "babel.numbers",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "pandas.io.formats.csvs",
    "pyarrow.csv",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "weltoffen_eval.results.scheme_model",
)
#: The folder of the reports on a study as a whole.
OF_STUDY = "_study"
#: Why nothing is made of a municipality in a wave in which nothing was asked.
NO_QUESTIONNAIRE = "no questionnaire in this wave"


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
    """What workers import once for all reports of such a run.

    Where no report is named what takes long is too: most runs need it, and the study is read meanwhile.
    """
    of_notebooks = [module for kind in asked.kinds for module in kind.imports]
    slow = [] if asked.named else [module for kind in asked.kinds for module in kind.late_imports]
    # what is asked for may not be checked yet
    of_formats = [FORMATS[form].module for form in asked.formats if form in FORMATS]
    return tuple(dict.fromkeys((*of_notebooks, *_COMMON_MODULES, *of_formats, *slow)))


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
        # what is the same for tens of thousands of jobs is looked up once
        self.study_argument, self.scheme = _study_argument(asked.folder), _scheme_argument(asked.scheme)
        self.notebooks = {kind.file: paths.notebook_file(kind.file) for kind in asked.kinds}
        chosen = asked.municipalities
        self.municipalities = [m for m in self.study.register.municipalities if not chosen or m.key in chosen]
        self.waves = tuple(wave for wave in self.study.waves if not asked.waves or wave.id in asked.waves)

    def make(self, kinds: Sequence[Kind], municipality: Municipality, waves: Sequence[Wave]) -> None:
        """The jobs of one municipality in one wave, or in all of them."""
        faulty = any(wave.id in self.inputs.faulty.waves.get(municipality.key, ()) for wave in waves)
        wanted: list[Job] = []
        concerned = False
        for kind in kinds:
            if kind.of_members and not any(self.inputs.has_members(municipality.key, w.id) for w in waves):
                # whom it does not concern is not left out; what was made of a consent that is withdrawn goes
                self.jobs.gone.append(self._job(kind, municipality, waves[-1], {}))
                continue
            concerned = True
            met = [wave for wave in waves if self.inputs.met(kind, municipality.key, wave.id)]
            parts = self.inputs.of_municipality(kind.inputs, municipality, met or waves)
            linked = [job.report for job in wanted if job.report in kind.after]
            parts |= {"after": ",".join(linked)} if linked else {}
            job = self._job(kind, municipality, (met or waves)[-1], parts)
            if faulty and any(self.inputs.refused(kind, municipality.key, wave.id) for wave in waves):
                self.jobs.refused.append(job)
            elif met and not faulty:
                wanted.append(job)
            else:
                self.jobs.gone.append(job)
        self.jobs.wanted += wanted
        if concerned and not wanted and not faulty and kinds[0].scope == "municipality_wave":
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
            "study": self.study_argument,
            "municipality": municipality.key if municipality else "",
            "wave": wave.id,
            "scheme": self.scheme,
            "audience": asked.audience,
            "language": self.language,
        }
        title, key = kind.title_in(self.language), municipality.key if municipality else self.study.id
        if municipality is None:
            folder, title = self.out / OF_STUDY, f"{title}: {self.study.title}"
        elif kind.scope == "municipality":
            folder, title = self.out / municipality.key, f"{title}: {municipality.name}"
        else:
            folder = self.out / wave.id / municipality.key
            title = f"{title}: {municipality.name}, {wave.id}"
        return Job(
            notebook=self.notebooks[kind.file],
            parameters={name: set_to[name] for name in kind.parameters},
            title=title,
            inputs=parts,
            target=folder / self._file_name(kind.name, kind.file_title, wave, key),
            report=kind.name,
            formats=tuple(form for form in asked.formats if form in kind.formats),
            day=wave.date.isoformat(),
            attach=asked.attach,
            time_limit=asked.time_limit,
            parts=kind.parts,
            part_names=tuple(
                self._file_name(part, title, wave, key)
                for part, title in zip(kind.parts, kind.part_titles, strict=True)
            ),
            papers=kind.papers,
            public=asked.public,
            # where study and scheme lay is nothing of the result
            recorded={
                "study": self.study.id,
                **({"scheme": self.inputs.scheme.id} if asked.scheme is not None else {}),
            },
        )

    def _file_name(self, name: str, title: str, wave: Wave, key: str) -> str:
        """What the files of a report, or of a part of it, are called, without their ending."""
        return public_name(wave.date.isoformat(), title, key) if self.asked.public else name

    def _left_out(self, kinds: Sequence[Kind], municipality: Municipality, wave: Wave) -> LeftOut:
        """Of whom no report can be made, though something may have come."""
        here = self.inputs.rests_on.get((municipality.key, wave.id))
        needed = {need for kind in kinds for needs in kind.needs for need in needs}
        if wave.id not in self.study.instruments:
            # where nothing is asked, no sheet is missing
            needed = {need for need in needed if need.kind not in ("responses", "earlier")}
            if not needed:
                return LeftOut(municipality.key, wave.id, NO_QUESTIONNAIRE, "kein Fragebogen")
        if Need("responses", "questionnaire") not in needed:
            said = " or ".join(sorted({f"{need.kind} {need.setting}".strip() for need in needed}))
            reason, remark = f"no {said}", "keine Angaben zu diesen Berichten"
        elif here is not None and here.self_check == "empty":
            reason, remark = "its sheet holds no answer", "Bogen ohne Antwort"
        elif self.study.report.of_others:
            reason, remark = f"no answers of {self.study.report.perspective}", "keine Antworten"
        else:
            reason, remark = "no sheet of the administration", "kein Bogen der Verwaltung"
        return LeftOut(municipality.key, wave.id, reason, remark)


def _study_argument(folder: Path) -> str:
    """How a notebook names the study: by its name where that is enough, else by its folder."""
    return paths.study_name(folder) or str(folder)


def _scheme_argument(scheme: str | None) -> str:
    """A path of a scheme for a notebook, which runs in another folder; a shipped id stays."""
    if scheme is None:
        return ""
    path = Path(scheme)
    return str(path.resolve()) if path.is_file() else scheme
