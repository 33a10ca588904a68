"""Studies that change at random, stored with what was kept and anew: the bytes are to be the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from random_modules import RandomModules

from weltoffen_eval.errors import RefusedError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import store_healthy, store_study
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a stored study."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def store(study: Path, folder: Path, way: Callable[..., object] = store_healthy) -> str:
    """Store a study; what is said of its faults, if it is refused."""
    try:
        loaded = load_study(study)
        way(folder, loaded, load_scheme(None, loaded))
    except RefusedError as error:
        return str(error)
    return ""


class ChangingStudy:
    """A study that is changed by one thing after the other; each change may be a faulty one."""

    def __init__(self, place: Path, seed: int):
        self.random = np.random.default_rng(seed)
        self.place = place
        if seed % 2:
            self.study = RandomModules(place, seed, municipalities=10).study
            for path in self.study.glob("codes-*.csv"):
                # each code in the municipality whose statement it names
                head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
                self._write(path, [head, *(re.sub(r"^m\d+,(m\d+)", r"\1,\1", row) for row in rows)])
        else:
            self.study = place / "data" / "raw" / "beispiel"
            write_study(self.study, 10, study_id="beispiel")
        shutil.copytree(self.study, place / "sound")

    def mend(self) -> None:
        """As it was before its last change."""
        shutil.rmtree(self.study)
        shutil.copytree(self.place / "sound", self.study)

    def accept(self) -> None:
        """What it is now is what the next change begins with."""
        shutil.rmtree(self.place / "sound")
        shutil.copytree(self.study, self.place / "sound")

    def change(self) -> str:
        """One change; what it was."""
        ways = [self._cell] * 4 + [
            self._row_away, self._row_once_more, self._rows_exchanged, self._file_swapped, self._entries_in_order,
            self._entry_away, self._correction, self._word_of_toml, self._word_of_scheme,
        ]  # fmt: skip
        way = ways[self._below(len(ways))]
        return f"{way.__name__[1:]} {way()}"

    def _below(self, count: int) -> int:
        return int(self.random.integers(0, count))

    def _table(self) -> tuple[Path, str, list[str]]:
        """One of its tables: where it lies, how its cells are parted, its lines."""
        tables = sorted(self.study.rglob("*.csv"))
        path = tables[self._below(len(tables))]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        return path, ";" if lines[0].count(";") > lines[0].count(",") else ",", lines

    def _write(self, path: Path, lines: list[str]) -> str:
        path.write_text("".join(lines), encoding="utf-8")
        return path.relative_to(self.study).as_posix()

    def _cell(self) -> str:
        """A cell becomes what stands elsewhere in its column, nothing, or a number."""
        path, sign, lines = self._table()
        rows = [line.rstrip("\n").split(sign) for line in lines]
        row, other = (1 + self._below(max(len(rows) - 1, 1)) for _ in range(2))
        if row < len(rows) and other < len(rows):
            column = self._below(len(rows[row]))
            there = rows[other][column] if column < len(rows[other]) else ""
            rows[row][column] = [there, there, "", "1", "2"][self._below(5)]
        return self._write(path, [sign.join(row) + "\n" for row in rows])

    def _row_away(self) -> str:
        path, _, lines = self._table()
        del lines[self._below(len(lines))]
        return self._write(path, lines)

    def _row_once_more(self) -> str:
        path, _, lines = self._table()
        row = lines[self._below(len(lines))]
        # as another person, where one is named
        return self._write(path, [*lines, row.replace("p1", "p98", 1).replace("r1", "r98", 1)])

    def _rows_exchanged(self) -> str:
        path, _, lines = self._table()
        one, other = self._below(len(lines)), self._below(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        return self._write(path, lines)

    def _file_swapped(self) -> str:
        """Two files each in the place of the other, or one in both places."""
        (path, _, lines), (other, _, others) = self._table(), self._table()
        if self._below(2):
            self._write(other, lines)
        return self._write(path, others)

    def _entries(self) -> list[str]:
        return (self.study / "study.toml").read_text(encoding="utf-8").split("[[file]]")

    def _entries_in_order(self) -> str:
        head, *entries = self._entries()
        order = self.random.permutation(len(entries))
        return self._write(self.study / "study.toml", ["[[file]]".join([head, *(entries[n] for n in order)])])

    def _entry_away(self) -> str:
        head, *entries = self._entries()
        del entries[self._below(len(entries))]
        return self._write(self.study / "study.toml", ["[[file]]".join([head, *entries])])

    def _correction(self) -> str:
        """A cell of a listed file is corrected to what stands elsewhere in its column."""
        path, sign, lines = self._table()
        rows = [line.rstrip("\n").split(sign) for line in lines]
        row, other = (1 + self._below(max(len(rows) - 1, 1)) for _ in range(2))
        column = self._below(len(rows[0]))
        name = path.relative_to(self.study).as_posix()
        told = [
            name,
            str(row + 1),
            rows[0][column],
            *(rows[min(n, len(rows) - 1)][column] for n in (row, other)),
        ]
        head = "file,row,column,old,new,reason\n"
        return self._write(self.study / "corrections.csv", [head, ",".join([*told, "asked"]) + "\n"]) + name

    def _word_of_toml(self) -> str:
        path = self.study / "study.toml"
        text = path.read_text(encoding="utf-8")
        words = [
            ("title =", 'licence = "CC0-1.0"\ntitle ='),
            ("unit = ", "# unit = "),
            ("2024-06", "2024-07"),
        ]
        old, new = words[self._below(len(words))]
        return self._write(path, [text.replace(old, new, 1)])

    def _word_of_scheme(self) -> str:
        path = self.study / "scheme.toml"
        if not path.exists():
            return "none"
        text = path.read_text(encoding="utf-8")
        words = [("min_group_size = 5", "min_group_size = 4"), ("overall = true", "overall = false")]
        old, new = words[self._below(len(words))]
        return self._write(path, [text.replace(old, new, 1)])


def hold_against_anew(place: Path, seed: int, changes: int) -> int:
    """Change a study so often, and hold what is stored against what is made anew; how often nothing was wrong."""
    changing = ChangingStudy(place, seed)
    kept, sound = place / "kept", 0
    assert store(changing.study, kept) == ""
    for number in range(changes):
        what = changing.change()
        way = store_study if number % 3 else store_healthy
        anew = place / f"anew-{number}"
        before = content(kept)
        said, expected = store(changing.study, kept, way), store(changing.study, anew, way)
        assert said == expected, (number, what)
        assert content(kept) == (before if said else content(anew)), (number, what)
        if said or "left_out" in (kept / "datapackage.json").read_text(encoding="utf-8"):
            changing.mend()
            if number % 2:
                assert store(changing.study, kept) == ""
        else:
            changing.accept()
            sound += 1
        shutil.rmtree(anew, ignore_errors=True)
    return sound
