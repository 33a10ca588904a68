"""The manifest of a reports folder: which report was made from what, and the hash of each of its files.

A report is made anew only if what it is made from has changed, or a file of it is not there as it was
made. While a run goes on, every finished report is added to a journal; the manifest is written last. So a
run that was killed goes on where it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.files import write_whole

if TYPE_CHECKING:
    from weltoffen_eval.publish.job import Job

_JOURNAL = ".journal"
#: What data the shipped questionnaires and schemes are is told by the inputs of a job.
_NO_PROGRAM = ("instruments", "schemes", "__pycache__")


@dataclass(frozen=True)
class Made:
    """A report as it was made: hashes of what it is made from, and of its files by path in the folder."""

    parts: Mapping[str, str]
    files: Mapping[str, str]


class Manifest:
    """What is known of a reports folder; read from it, kept up while a run goes on."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._reports = _read_manifest(folder / "manifest.json")
        if (folder / _JOURNAL).exists():
            # the last run did not come to its end: what it had half written is of no use
            self._reports.update(_read_journal(folder / _JOURNAL))
            for part in folder.rglob(".*.part-*"):
                part.unlink(missing_ok=True)

    def reasons(self, job: Job) -> list[str]:
        """Why the report of a job must be made; nothing where it is there as it would be made."""
        made = self._reports.get(self._name(job))
        if made is None:
            return ["new"]
        parts = parts_of(job)
        changed = [
            f"{name} changed"
            for name in sorted({*parts, *made.parts})
            if parts.get(name) != made.parts.get(name)
        ]
        if changed:
            return changed
        name = self._name(job)
        missing = [f"no {form} yet" for form in job.formats if f"{name}.{form}" not in made.files]
        return missing or [
            f"{path} {'is not there' if found is None else 'was changed'}"
            for path, digest in made.files.items()
            if (found := hash_file(f"{self.folder}/{path}")) != digest
        ]

    def files_of(self, job: Job) -> tuple[str, ...]:
        """The files of a report that is there: their paths in the folder of the report."""
        start = len(self._folder(job))
        return tuple(path[start:] for path in self._reports[self._name(job)].files)

    def add(self, job: Job, files: Iterable[str]) -> None:
        """A report that was just made: into the journal, and files of an earlier state out of the way.

        ``files``: their paths in the folder of the report.
        """
        name, parts, folder = self._name(job), parts_of(job), self._folder(job)
        made = {f"{folder}{path}": hash_file(f"{self.folder}/{folder}{path}") or "" for path in files}
        before = self._reports.get(name)
        if before is not None and before.parts == parts:
            # another format of the same report
            made = {**before.files, **made}
        elif before is not None:
            for path in set(before.files) - set(made):
                (self.folder / path).unlink(missing_ok=True)
        self._reports[name] = Made(parts, dict(sorted(made.items())))
        self._write_down({name: {"parts": dict(parts), "files": made}})

    def _write_down(self, entry: Mapping[str, object]) -> None:
        # a line of its own, also after one that was half written when a disk was full
        line = f"\n{json.dumps(entry, sort_keys=True)}\n"
        path = self.folder / _JOURNAL
        try:
            with path.open("a", encoding="utf-8") as journal:
                journal.write(line)
                journal.flush()
                os.fsync(journal.fileno())
        except OSError as error:
            raise SurroundingsError(f"{path} cannot be written: {error.strerror or error}.") from error

    def drop(self, job: Job) -> None:
        """A report that could not be made."""
        self._reports.pop(self._name(job), None)

    def write(self) -> None:
        """manifest.json; the journal is no longer needed then."""
        content = {
            name: {"parts": dict(made.parts), "files": dict(made.files)}
            for name, made in sorted(self._reports.items())
        }
        text = json.dumps({"reports": content}, indent=1, sort_keys=True) + "\n"
        write_whole(self.folder / "manifest.json", text.encode("utf-8"))
        (self.folder / _JOURNAL).unlink(missing_ok=True)

    def _folder(self, job: Job) -> str:
        return f"{job.target.parent.relative_to(self.folder).as_posix()}/"

    def _name(self, job: Job) -> str:
        return job.target.relative_to(self.folder).as_posix()


def _read_manifest(path: Path) -> dict[str, Made]:
    try:
        reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
        return {name: Made(entry["parts"], entry["files"]) for name, entry in reports.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # without a manifest everything is made
        return {}


def _read_journal(path: Path) -> dict[str, Made]:
    """The reports of a run that did not come to its end; a line that was half written is none."""
    found: dict[str, Made] = {}
    with contextlib.suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                for name, entry in json.loads(line).items():
                    found[name] = Made(entry["parts"], entry["files"])
    return found


def parts_of(job: Job) -> dict[str, str]:
    """Hashes of what a report is made from: notebook, parameters, its data, program and libraries."""
    about = {**job.parameters, "title": job.title, "day": job.day, "attach": job.attach}
    return {
        **job.inputs,
        "notebook": hash_file(job.notebook) or "",
        "parameters": _hash_text(json.dumps(about, sort_keys=True)),
        "environment": hash_environment(),
    }


@cache
def hash_environment() -> str:
    """A hash of the program's own files, of the versions of all libraries, and of Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted({f"{d.name}=={d.version}" for d in distributions()}):
        digest.update(name.encode() + b"\n")
    for path in sorted(paths.PACKAGE.rglob("*")):
        if path.is_file() and not set(_NO_PROGRAM) & set(path.relative_to(paths.PACKAGE).parts):
            digest.update(path.relative_to(paths.PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def hash_file(path: Path | str) -> str | None:
    """SHA-256 of a file; None where it is not there.

    Raises
    ------
    SurroundingsError
        If it is there and cannot be read.
    """
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 (a Path for each of many files costs as much as the hash)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SurroundingsError(f"{path} cannot be read: {error.strerror or error}.") from error


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
