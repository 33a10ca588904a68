"""From what each report was made, as hashes; kept beside the processed data, never with the reports.

A hash over answers tells them to whoever tries the few that are possible, so it stays with the answers.
Without this file, or for a folder that was moved, every report is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.publish.keeping.manifest import Filed, append_line, read_lines
from weltoffen_eval.whole_files import parts_of_the_dead


class Origins:
    """What is known of the origins of reports, by the name of the report, and of which folder they are.

    ``file``: a line per report, added to while a run goes on; it is its own journal. Each origin names the
    files that came of it: those of another state have another.
    """

    def __init__(self, file: Path):
        self.file = file
        self.folder = ""
        self.known: dict[str, tuple[str, dict[str, str]]] = {}
        for line in read_lines(file):
            match line:
                case {"report": str(name), "files": str(digest), "parts": dict(parts)}:
                    self.known[name] = digest, {str(part): str(value) for part, value in parts.items()}
                case {"folder": str(folder)}:
                    self.folder = folder
                case _:
                    # written by another version, or by nobody
                    continue

    def changed(self, name: str, parts: Mapping[str, str], filed: Filed) -> list[str]:
        """The parts that are not those from which the files of a report were made."""
        digest, before = self.known.get(name, ("", {}))
        if digest != filed.digest:
            return ["origin"]
        return [part for part in sorted({*parts, *before}) if parts.get(part) != before.get(part)]

    def claim(self, folder: str) -> None:
        """The reports are those of the study in this folder."""
        if folder != self.folder:
            self.folder = folder
            self._append({"folder": folder})

    def add(self, name: str, parts: Mapping[str, str], filed: Filed) -> None:
        """A report that was just made of these parts."""
        self.known[name] = filed.digest, dict(parts)
        self._append(self._line(name))

    def _append(self, line: Mapping[str, object]) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise SurroundingsError(f"{self.file.parent} cannot be written: {reason}.") from error
        append_line(self.file, line)

    def write(self, names: Iterable[str]) -> None:
        """Only what is known of these reports, a line for each."""
        lines: list[dict[str, object]] = [{"folder": self.folder}] if self.folder else []
        lines += [self._line(name) for name in sorted(names) if name in self.known]
        kept = [json.dumps(line, sort_keys=True) for line in lines]
        for part in parts_of_the_dead(self.file.parent, self.file.name):
            part.unlink(missing_ok=True)
        write_whole(self.file, "".join(f"{line}\n" for line in kept).encode("utf-8"))

    def _line(self, name: str) -> dict[str, object]:
        digest, parts = self.known[name]
        return {"report": name, "files": digest, "parts": parts}
