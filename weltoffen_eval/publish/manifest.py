"""The manifest of a reports folder: which report was made from what, hashes of its files; what is missing.

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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from weltoffen_eval import paths
from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.files import write_whole
from weltoffen_eval.publish.notebook_source import hash_notebook

if TYPE_CHECKING:
    from weltoffen_eval.publish.job import Job

Entry = TypeVar("Entry")
_JOURNAL = ".journal"
#: What data the shipped questionnaires and schemes are is told by the inputs of a job.
_NO_PROGRAM = ("instruments", "schemes", "__pycache__")


@dataclass(frozen=True)
class Made:
    """A report as it was made: hashes of what it is made from, and of its files by path in the folder."""

    parts: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Absent:
    """A report, or all of a municipality in a wave, that is not there.

    ``state``: failed, refused or skipped. ``remark``: why, in German. ``files``: the page in its place, and
    what is left of it, by path in the folder.
    """

    state: str
    remark: str = ""
    files: tuple[str, ...] = ()


class Manifest:
    """What is known of a reports folder; read from it, kept up while a run goes on.

    ``reports`` and ``absent`` by path in the folder, without ending; ``about``: what the index says of the
    study, and the hash of its data in the last run over all. ``look_only``: nothing in the folder is touched.
    """

    def __init__(self, folder: Path, look_only: bool = False):
        self.folder = folder
        stored = _read_json(folder / "manifest.json")
        self.reports = _entries(stored.get("reports"), _made)
        self.absent = _entries(stored.get("absent"), _absent)
        about = stored.get("about")
        self.about: dict[str, Any] = about if isinstance(about, dict) else {}
        for name, entry in _read_journal(folder / _JOURNAL):
            if "parts" in entry:
                self.reports.update(_entries({name: entry}, _made))
                self.absent.pop(name, None)
            else:
                self.absent.update(_entries({name: entry}, _absent))
                self.reports.pop(name, None)
        if not look_only and (folder / _JOURNAL).exists():
            # the last run did not come to its end: what it had half written is of no use
            for part in folder.rglob(".*.part-*"):
                part.unlink(missing_ok=True)

    def reasons(self, job: Job) -> list[str]:
        """Why the report of a job must be made; nothing where it is there as it would be made."""
        name = self._name(job)
        made = self.reports.get(name)
        if made is None:
            absent = self.absent.get(name)
            return ["new" if absent is None else f"{absent.state} before"]
        parts = parts_of(job)
        changed = [
            f"{name} changed"
            for name in sorted({*parts, *made.parts})
            if parts.get(name) != made.parts.get(name)
        ]
        if changed:
            return changed
        missing = [f"no {form} yet" for form in job.formats if f"{name}.{form}" not in made.files]
        return missing or [
            f"{path} {'is not there' if found is None else 'was changed'}"
            for path, digest in made.files.items()
            if (found := hash_file(f"{self.folder}/{path}")) != digest
        ]

    def files_of(self, job: Job) -> tuple[str, ...]:
        """The files of a report that is there: their paths in the folder of the report."""
        start = len(self._folder(job))
        return tuple(path[start:] for path in self.reports[self._name(job)].files)

    def add(self, job: Job, files: Iterable[str]) -> None:
        """A report that was just made: into the journal, and files of an earlier state out of the way.

        ``files``: their paths in the folder of the report.
        """
        name, parts, folder = self._name(job), parts_of(job), self._folder(job)
        made = {f"{folder}{path}": hash_file(f"{self.folder}/{folder}{path}") or "" for path in files}
        before = self.reports.get(name)
        if before is not None and before.parts == parts:
            # another format of the same report
            made = {**before.files, **made}
        elif before is not None:
            for path in set(before.files) - set(made):
                (self.folder / path).unlink(missing_ok=True)
        self._take_away(self.absent.pop(name, None), made)
        # what was said of the municipality as a whole
        self.absent.pop(folder.rstrip("/"), None)
        self.reports[name] = Made(parts, dict(sorted(made.items())))
        self._write_down({name: {"parts": dict(parts), "files": made}})

    def lack(self, job: Job, state: str, remark: str, files: Iterable[str]) -> None:
        """A report that is not there any more, or could not be made: into the journal.

        ``files``: what lies in its place, their paths in the folder of the report.
        """
        name, folder = self._name(job), self._folder(job)
        absent = Absent(state, remark, tuple(f"{folder}{path}" for path in files))
        before = self.reports.pop(name, None)
        if before is not None:
            self._take_away(before, absent.files)
        self._take_away(self.absent.get(name), absent.files)
        self.absent[name] = absent
        self._write_down({name: vars(absent)})

    def _take_away(self, old: Made | Absent | None, but: Iterable[str]) -> None:
        for path in set(old.files) - set(but) if old is not None else ():
            (self.folder / path).unlink(missing_ok=True)

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

    def write(self) -> None:
        """manifest.json; the journal is no longer needed then."""
        content = {
            "about": self.about,
            "absent": {name: vars(absent) for name, absent in self.absent.items()},
            "reports": {
                name: {"parts": dict(made.parts), "files": dict(made.files)}
                for name, made in self.reports.items()
            },
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(self.folder / "manifest.json", text.encode("utf-8"))
        (self.folder / _JOURNAL).unlink(missing_ok=True)

    def _folder(self, job: Job) -> str:
        return f"{job.target.parent.relative_to(self.folder).as_posix()}/"

    def _name(self, job: Job) -> str:
        return job.target.relative_to(self.folder).as_posix()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # without a manifest everything is made
        return {}
    return content if isinstance(content, dict) else {}


def _read_journal(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """What a run that did not come to its end wrote down; a line that was half written is none."""
    found = []
    with contextlib.suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, AttributeError):
                found += [(name, e) for name, e in json.loads(line).items() if isinstance(e, dict)]
    return found


def _made(entry: Mapping[str, Any]) -> Made:
    return Made(dict(entry["parts"]), dict(entry["files"]))


def _absent(entry: Mapping[str, Any]) -> Absent:
    return Absent(str(entry["state"]), str(entry["remark"]), tuple(entry["files"]))


def _entries(stored: Any, read: Callable[[Mapping[str, Any]], Entry]) -> dict[str, Entry]:
    """The entries that are as they should be; none of a damaged manifest is trusted."""
    try:
        return {name: read(entry) for name, entry in stored.items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def parts_of(job: Job) -> dict[str, str]:
    """Hashes of what a report is made from: notebook, parameters, its data, program and libraries."""
    about = {**job.parameters, "title": job.title, "day": job.day, "attach": job.attach}
    return {
        **job.inputs,
        "notebook": hash_notebook(job.notebook),
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
