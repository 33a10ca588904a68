"""The manifest of a reports folder: which files each report has, with their hashes; what is missing.

While a run goes on, every finished report is added to a journal; the manifest is written last. So a run
that was killed goes on where it was. From what a report was made is kept elsewhere (origins): a hash of
answers would tell the answers to whoever tries a few.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.whole_files import parts_in

Record = TypeVar("Record")
#: What was made since the manifest was written, while a run goes on.
JOURNAL = ".journal"


@dataclass(frozen=True)
class Filed:
    """A report as it was made: hashes of its files by path in the folder."""

    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash of all its files."""
        text = json.dumps(sorted(self.files.items()))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


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

    ``reports`` and ``absent`` by path in the folder, without ending (the name of a report); ``about``: what
    the index says of the study, and of which state its last whole run was. ``look_only``: nothing in the
    folder is touched.
    """

    def __init__(self, folder: Path, look_only: bool = False):
        self.folder = folder
        # without a manifest everything is made
        stored = read_json(folder / "manifest.json")
        self.reports = _records(stored.get("reports"), _filed)
        self.absent = _records(stored.get("absent"), _absent)
        about = stored.get("about")
        self.about: dict[str, Any] = about if isinstance(about, dict) else {}
        for name, entry in _read_journal(folder / JOURNAL):
            if "state" in entry:
                self.absent.update(_records({name: entry}, _absent))
                self.reports.pop(name, None)
            else:
                self.reports.update(_records({name: entry}, _filed))
                self.absent.pop(name, None)
        if not look_only:
            # the last run did not come to its end: what it had half written is of no use
            for part in parts_in(folder, below=(folder / JOURNAL).exists()):
                part.unlink(missing_ok=True)

    def begin(self) -> None:
        """From now on a run is under way, until the manifest is written.

        Raises
        ------
        SurroundingsError
            If the folder cannot be written.
        """
        try:
            (self.folder / JOURNAL).touch()
        except OSError as error:
            raise SurroundingsError(f"{self.folder} cannot be written: {error.strerror or error}.") from error

    def name_of(self, target: Path) -> str:
        """The name of the report that lies at a path without ending."""
        return target.relative_to(self.folder).as_posix()

    def lacking(self, name: str) -> str:
        """Why there is no report of this name, as one or two words; empty where there is one."""
        if name in self.reports:
            return ""
        return f"{self.absent[name].state} before" if name in self.absent else "new"

    def flaws(self, name: str, formats: Sequence[str]) -> list[str]:
        """What a report that was made lacks of these formats, and what of it is not as it was made."""
        files = self.reports[name].files
        missing = [f"no {form} yet" for form in formats if f"{name}.{form}" not in files]
        return missing or [
            f"{path} {'is not there' if found is None else 'was changed'}"
            for path, digest in files.items()
            if (found := hash_file(f"{self.folder}/{path}")) != digest
        ]

    def files_of(self, name: str) -> tuple[str, ...]:
        """The files of a report that is there: their paths in the folder of the report."""
        start = len(_folder(name))
        return tuple(path[start:] for path in self.reports[name].files)

    def add(self, name: str, files: Iterable[str], same: bool = False) -> Filed:
        """A report that was just made: into the journal, and files of an earlier state out of the way.

        Parameters
        ----------
        files : their paths in the folder of the report
        same : whether it was made from the same as what is there, and so is only another format of it
        """
        folder = _folder(name)
        made = {f"{folder}{path}": hash_file(f"{self.folder}/{folder}{path}") or "" for path in files}
        before = self.reports.get(name)
        if before is not None and same:
            made = {**before.files, **made}
        else:
            self._take_away(before, made)
        self._take_away(self.absent.pop(name, None), made)
        # what was said of the municipality as a whole
        self.absent.pop(folder.rstrip("/"), None)
        self.reports[name] = Filed(dict(sorted(made.items())))
        self._write_down({name: {"files": made}})
        return self.reports[name]

    def lack(self, name: str, state: str, remark: str, files: Iterable[str]) -> None:
        """A report that is not there any more, or could not be made: into the journal.

        ``files``: what lies in its place, their paths in the folder of the report.
        """
        absent = Absent(state, remark, tuple(f"{_folder(name)}{path}" for path in files))
        self._take_away(self.reports.pop(name, None), absent.files)
        self._take_away(self.absent.get(name), absent.files)
        self.absent[name] = absent
        self._write_down({name: vars(absent)})

    def _take_away(self, old: Filed | Absent | None, but: Iterable[str]) -> None:
        for path in set(old.files) - set(but) if old is not None else ():
            (self.folder / path).unlink(missing_ok=True)

    def _write_down(self, entry: Mapping[str, object]) -> None:
        append_line(self.folder / JOURNAL, entry)

    def name_only_those_there(self) -> None:
        """Forget the names of all of whom there is nothing in the folder."""
        there = {part for name in {*self.reports, *self.absent} for part in name.split("/")[:2]}
        names = self.about.get("names", {})
        self.about["names"] = {key: name for key, name in names.items() if key in there}

    def state(self) -> str:
        """One hash of all reports that are there, by which two states of the folder are told apart."""
        text = json.dumps(sorted((name, filed.digest) for name, filed in self.reports.items()))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def write(self) -> None:
        """manifest.json; the journal is no longer needed then."""
        content = {
            "about": self.about,
            "absent": {name: vars(absent) for name, absent in self.absent.items()},
            "reports": {name: {"files": dict(filed.files)} for name, filed in self.reports.items()},
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(self.folder / "manifest.json", text.encode("utf-8"))
        (self.folder / JOURNAL).unlink(missing_ok=True)


def append_line(path: Path, entry: Mapping[str, object]) -> None:
    """One line of JSON at the end of a file, on the disk when this returns.

    Raises
    ------
    SurroundingsError
        If it cannot be written.
    """
    # a line of its own, also after one that was half written when a disk was full
    line = f"\n{json.dumps(entry, sort_keys=True)}\n"
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SurroundingsError(f"{path} cannot be written: {error.strerror or error}.") from error


def read_lines(path: Path) -> list[Any]:
    """What was written to such a file; a line that was half written is none."""
    found = []
    with contextlib.suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                found.append(json.loads(line))
    return found


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


def _folder(name: str) -> str:
    """Where a report lies, with the stroke behind it."""
    return f"{name.rpartition('/')[0]}/"


def read_json(path: Path) -> dict[str, Any]:
    """What a file of JSON says; empty where it is not there, or says nothing that has names."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _read_journal(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """What a run that did not come to its end wrote down."""
    lines = [line for line in read_lines(path) if isinstance(line, dict)]
    return [(name, entry) for line in lines for name, entry in line.items() if isinstance(entry, dict)]


def _filed(entry: Mapping[str, Any]) -> Filed:
    return Filed(dict(entry["files"]))


def _absent(entry: Mapping[str, Any]) -> Absent:
    return Absent(str(entry["state"]), str(entry["remark"]), tuple(entry["files"]))


def _records(stored: Any, read: Callable[[Mapping[str, Any]], Record]) -> dict[str, Record]:
    """The records that are as they should be; none of a damaged manifest is trusted."""
    try:
        return {name: read(entry) for name, entry in stored.items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}
