"""What a run that came to its end has left in a folder of reports, read report by report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.json_members import members
from weltoffen_eval.publish.keeping.manifest import JOURNAL, hash_file


class FinishedRun:
    """A folder of reports with its manifest, of which no more than a report is held at a time."""

    def __init__(self, folder: Path):
        """Raises CallError if a run goes on there, or one did not come to its end."""
        self._folder = folder
        if (folder / JOURNAL).exists():
            raise CallError(
                f"A run in {folder} has not come to its end; wait for it, or go on with it by weltoffen run."
            )

    def reports(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The reports that were made: name, and hashes of the files by path in the folder."""
        for name, entry in self._members("reports"):
            files = entry.get("files") if isinstance(entry, dict) else None
            if not isinstance(files, dict):
                raise self._damaged(f"{name} has no files")
            yield name, {str(path): str(digest) for path, digest in files.items()}

    def not_made(self) -> Iterator[str]:
        """The names of reports that should be there and are not."""
        for name, entry in self._members("absent"):
            if not isinstance(entry, dict) or entry.get("state") != "skipped":
                yield name

    def changed(self) -> Iterator[str]:
        """Files that are not as they were made, in words."""
        for _, files in self.reports():
            for path, digest in files.items():
                found = hash_file(f"{self._folder}/{path}")
                if found != digest:
                    yield f"{path} {'is not there' if found is None else 'was changed'}"

    def _members(self, name: str) -> Iterator[tuple[str, Any]]:
        path = self._folder / "manifest.json"
        if not path.is_file():
            return
        try:
            yield from members(path, name)
        except (OSError, ValueError, RecursionError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, what: str) -> CallError:
        path = self._folder / "manifest.json"
        return CallError(f"{path} is damaged: {what}. Make it anew by weltoffen run.")
