"""Which reports are stale: what each is made from now, against what it was made from, and its files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.keeping.manifest import Manifest
from weltoffen_eval.publish.keeping.origins import Origins
from weltoffen_eval.publish.running.notebook_source import hash_notebook

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.job import Job


@dataclass(frozen=True)
class Stale:
    """Which reports of a plan are to be made, each with the reasons; and which are kept."""

    reasons: Mapping[Path, Sequence[str]]
    stale: tuple[Job, ...]
    kept: tuple[Job, ...]


class Account:
    """What is known of a reports folder: the files that lie in it, and from what they were made.

    ``look_only``: nothing is written.
    """

    def __init__(self, study: str, folder: Path, look_only: bool = False):
        self.study = study
        self.manifest = Manifest(folder, look_only)
        self.origins = Origins(paths.origins_file(study, folder))

    def check_claim(self, folder: Path) -> None:
        """Raise CallError where the reports are those of another study folder of the same id.

        A folder that is not there any more, or has another id by now, was moved or renamed.
        """
        before = Path(self.origins.folder)
        if not self.origins.folder or before == folder.resolve() or _id_of(before) != self.study:
            return
        raise CallError(
            f"The reports in {self.manifest.folder} are those of the study in {before}, and the study in "
            f"{folder} has the same id {self.study!r}; give one of them another id, or name another folder "
            "with --out."
        )

    def claim(self, folder: Path) -> None:
        """As :meth:`check_claim`, and the reports are those of this study folder from now on."""
        self.check_claim(folder)
        self.origins.claim(str(folder.resolve()))

    def reasons(self, job: Job) -> list[str]:
        """Why the report of a job must be made; nothing where it is there as it would be made."""
        name = self.manifest.name_of(job.target)
        lacking = self.manifest.lacking(name)
        if lacking:
            return [lacking]
        changed = self.origins.changed(name, parts_of(job), self.manifest.reports[name])
        return [f"{part} changed" for part in changed] or self.manifest.flaws(name, job.formats)

    def add(self, job: Job, files: Iterable[str]) -> None:
        """A report that was just made; ``files``: their paths in the folder of the report."""
        name, parts = self.manifest.name_of(job.target), parts_of(job)
        before = self.manifest.reports.get(name)
        same = before is not None and not self.origins.changed(name, parts, before)
        self.origins.add(name, parts, self.manifest.add(name, files, same))

    def lack(self, job: Job, state: str, files: Iterable[str]) -> None:
        """A report that is not there any more, or could not be made; ``files``: what lies in its place."""
        self.manifest.lack(self.manifest.name_of(job.target), state, "", files)

    def files_of(self, job: Job) -> tuple[str, ...]:
        """The files of a report that is there: their paths in the folder of the report."""
        return self.manifest.files_of(self.manifest.name_of(job.target))

    def write(self) -> None:
        """Manifest and origins; without them everything would be made again."""
        self.origins.write(self.manifest.reports)
        self.manifest.write()


def _id_of(folder: Path) -> str:
    """The id of the study in a folder; empty where none can be read."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if (folder / "study.toml").is_file():
            said = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
            return str(said.get("id", ""))
    return ""


def find_stale(jobs: Sequence[Job], account: Account, fresh: bool) -> Stale:
    """Which of these reports a run would make and keep."""
    reasons = {job.target: ["--fresh"] if fresh else account.reasons(job) for job in jobs}
    return Stale(
        reasons,
        tuple(job for job in jobs if reasons[job.target]),
        tuple(job for job in jobs if not reasons[job.target]),
    )


def parts_of(job: Job) -> dict[str, str]:
    """Hashes of what a report is made from: notebook, parameters, its data, sentences, program, libraries."""
    about = {**job.parameters, "title": job.title, "day": job.day, "attach": job.attach, "parts": job.parts}
    return {
        **job.inputs,
        "notebook": hash_notebook(job.notebook),
        "parameters": _hash_text(json.dumps(about, sort_keys=True)),
        "sentences": hash_sentences(job.parameters.get("language", "")),
        "environment": hash_environment(),
    }


@cache
def hash_sentences(language: str) -> str:
    """A hash of all that can be said in a language; those of others change none of its reports."""
    digest = hashlib.sha256()
    for folder in (paths.SENTENCES, paths.SENTENCES / language):
        for path in sorted(folder.glob("*.toml")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
