"""No silent change: a clean file, one random cell changed: exactly its response changes, or a fault names the cell.

A format joins by one entry in FORMATS: how it writes a table, and what study.toml says of it.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from small_studies import write_study
from tries import TRIES

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

HEAD = ["municipality", "respondent", "A1", "A2", "B1", "B2"]
#: Numbers are numbers, where a format knows them; texts are texts.
CLEAN: list[list[Any]] = [
    ["adorf", "p1", 0, "ja", 12, 50],
    ["adorf", "p2", 1, "nein", 4999.5, 0.25],
    ["bestadt", "p3", 2, "weiß nicht", None, 99],
    ["bestadt", "p4", 98, "teilweise", 0, None],
    ["kreis", "p5", None, "ja", 3.5, 100],
]
#: What stands in a cell by mistake or by malice; of those that are answers it is known what they say.
NASTY: list[Any] = [
    "", " ", "0", "1", "2", "3", "98", "99", "-1", "0.5", "1.0", "1,0", "01", "1e0", "NaN", "nan", "NA", "N/A", "NULL",
    "None", "inf", "-inf", "1e999", "TRUE", "ja", "JA", " ja ", "jaein", "nein", "keine Angabe", "weiss nicht",
    "weiß nicht", "weiß\u00a0nicht", "ja\u200b", "\u200eja", "j\u0430", "ja\nnein", "1\t", "1;2", "1,2", '"', '""', "'", "'1",
    "=1+1", "=HYPERLINK(1)", "+1", "@1", "5 %", "50%", "1.234", "1,234", "12.345,6", "1 000", "1\u202f000", "٣", "²", "½",
    "fÃ¼r", "\ufffd", "\ufeff1", "x" * 500, "2024-06-30", "#N/A", "#REF!", "?", "-", "–", "0x1", "1_000", "۱", "1.", ".5",
    0, 1, 2, 3, 98, -1, 0.5, 1e300, 5000.000001, 100.0000001, 1.2345678901234567, 4.9e-324,
]  # fmt: skip
#: Times on record, and in the suite.
SHORT = 100


@dataclass(frozen=True)
class Format:
    """``write`` puts a table (its head, its rows) into a file; ``seen`` is what a cell then shows."""

    ending: str
    write: Callable[[Path, list[list[Any]]], None]
    keys: str = ""
    seen: Callable[[Any], Any] = lambda cell: cell
    #: The row of the first record.
    first_line: int = 2


def write_csv(path: Path, rows: list[list[Any]]) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *([text_of(cell) for cell in row] for row in rows)])


def text_of(cell: Any) -> str:
    return "" if cell is None else str(cell)


def write_xlsx(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line, row in enumerate([HEAD, *rows], start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str) and cell:
                made = sheet.cell(line, column)
                made.value, made.data_type = cell, "s"
            elif cell is not None and cell != "":
                sheet.cell(line, column, cell)
    book.save(path)


#: A1 has labels that repeat the scale, and 98 declared missing; A2 is a text.
LABELS = {0: "nein", 1: "teilweise", 2: "ja", 98: "weiß nicht"}


def write_sav(path: Path, rows: list[list[Any]]) -> None:
    """Where a column of numbers holds a text it is a column of texts, as in SPSS."""
    columns: dict[str, Any] = {}
    for place, name in enumerate(HEAD):
        cells = [row[place] for row in rows]
        of_texts = any(isinstance(cell, str) for cell in cells)
        made = (
            [text_of(cell) for cell in cells]
            if of_texts
            else [None if c is None else float(c) for c in cells]
        )
        columns[name] = pd.Series(made, dtype=object if of_texts else "float64")
    of_numbers = [name for name in HEAD if columns[name].dtype == "float64"]
    coded = "A1" in of_numbers
    pyreadstat.write_sav(
        pd.DataFrame(columns), str(path),
        variable_value_labels={"A1": LABELS} if coded else None,
        missing_ranges={"A1": [98]} if coded else None,
        variable_format=dict.fromkeys(of_numbers, "F40.16"), compress=path.suffix == ".zsav",
    )  # fmt: skip


FORMATS = {
    "csv": Format(".csv", write_csv),
    "xlsx": Format(".xlsx", write_xlsx),
    # F40.16 shows 16 decimals
    **{
        ending: Format(
            f".{ending}", write_sav, seen=lambda cell: round(cell, 16) if isinstance(cell, float) else cell
        )
        for ending in ("sav", "zsav")
    },
}


class Trial:
    """One format with its clean file and what that says."""

    def __init__(self, folder: Path, form: Format) -> None:
        self.form, self.name = form, f"personen{form.ending}"
        self.folder = write_study(folder, (self.name, ""), keys=f'perspective = "civil_society"\n{form.keys}')
        self.before = self.read(CLEAN)
        assert not self.faults
        assert len(self.responses(self.before)) == len(CLEAN) * 4

    def read(self, rows: list[list[Any]]) -> CleanedStudy:
        self.form.write(self.folder / self.name, rows)
        self.faults: list[Fault] = []
        study = read_study(self.folder, self.faults)
        assert study is not None
        return read_responses(study, self.faults)

    def responses(self, cleaned: CleanedStudy) -> dict[tuple[str, str], tuple[Any, ...]]:
        frame = cleaned.responses.astype(object)
        return {
            (who, item): tuple(None if pd.isna(part) else part for part in answer)
            for who, item, *answer in zip(
                *(frame[name] for name in ("respondent", "item", "code", "value", "missing")), strict=True
            )
        }

    def change(self, row: int, column: int, cell: Any) -> None:
        """Exactly the response of the cell changes, or a fault names it; whose cell it is may be a fault too."""
        rows = [list(cells) for cells in CLEAN]
        rows[row][column] = cell
        try:
            after = self.read(rows)
        except ValueError as error:
            # a text that the format itself has no room for is not written
            assert "surrogates" in str(error) or "llegal" in str(error), error
            return
        line, head, who = row + self.form.first_line, HEAD[column], CLEAN[row][1]
        told = f"{head} of row {line} became {cell!r}"
        if self.faults:
            assert any(fault.row == line and fault.column == head for fault in self.faults), (
                told,
                self.faults[:3],
            )
            return
        was, now = self.responses(self.before), self.responses(after)
        if head == "municipality":
            # another place that is in the register, by name or key
            assert str(cell).strip() in ("adorf", "bestadt", "kreis"), told
            return
        if head == "respondent":
            assert sorted(map(str, was.values())) == sorted(map(str, now.values())), told
            return
        changed = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        # the field that a sheet left empty as a whole is not chosen
        field = {(who, head), *((who, item) for item in HEAD[2:] if item[0] == head[0])}
        assert changed <= {(who, head)} or (
            changed <= field
            and all(now[key][2] in ("not_chosen", "skipped") for key in changed - {(who, head)})
        ), (told, changed)
        assert_answer(now[who, head], self.form.seen(cell), head, told)


def assert_answer(now: tuple[Any, ...], cell: Any, head: str, told: str) -> None:
    """What is read of the changed cell is what the cell says, worked out by other means than the reader's."""
    text = " ".join(str(cell).split()) if cell is not None else ""
    if text == "":
        assert now[2] in ("skipped", "not_chosen"), told
    elif text.casefold() == "keine angabe":
        assert now[2] == "skipped", told
    elif now[2] is not None:
        assert (now[2], text.removesuffix(".0").casefold() in ("98", "weiss nicht")) == ("dont_know", True), (
            told
        )
    elif head.startswith("A"):
        words = {"nein": 0, "teilweise": 1, "ja": 2}
        number = words.get(text.casefold(), text.replace(",0", "").replace(".0", ""))
        assert float(now[0]) == float(number), told
    else:
        number = text.removesuffix("%").strip().replace(",", ".")
        assert now[1] == pytest.approx(float(number), rel=1e-12), told


@pytest.fixture(scope="module", params=FORMATS)
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp(request.param) / "study", FORMATS[request.param])


def try_often(trial: Trial, times: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(times):
        row, column = chance.randrange(len(CLEAN)), chance.randrange(len(HEAD))
        trial.change(row, column, chance.choice(NASTY))


def test_a_changed_cell_changes_its_response_or_is_a_fault(trial: Trial) -> None:
    # packed or not, the reader is the same
    try_often(trial, SHORT // 10 if trial.form.ending == ".zsav" else SHORT, seed=1)


@pytest.mark.slow
def test_a_changed_cell_changes_its_response_or_is_a_fault_at_length(trial: Trial) -> None:
    try_often(trial, TRIES, seed=2)


def test_a_change_that_nobody_tells_fails_the_trial(tmp_path: Path) -> None:
    # the trial itself must be able to fail: a writer that shifts the changed cell into the next row
    def shifted(path: Path, rows: list[list[Any]]) -> None:
        write_csv(path, [rows[0], [*rows[1][:2], 2, *rows[1][3:]], *rows[2:]] if rows != CLEAN else rows)

    trial = Trial(tmp_path / "study", Format(".csv", shifted))
    with pytest.raises(AssertionError):
        trial.change(0, 2, 1)
    shutil.rmtree(tmp_path / "study")
