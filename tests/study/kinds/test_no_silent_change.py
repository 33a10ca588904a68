"""One cell of a returned sheet or of minutes is changed: that entry says what the cell says, or a fault names it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from filled_sheets import FOLDER, blank, fill, first_row, sheet_study
from tries import TRIES

from weltoffen_eval.commands.main import main
from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.forms.minutes import MINUTES_KINDS
from weltoffen_eval.study.kinds.given import read_given_files

#: What stands in a cell by mistake or by malice: texts, words of lists, numbers as a program stores them.
NASTY: list[Any] = [
    "", " ", "ja", "JA", "nein", "yes", "vielleicht", "Bedarf", "bedarf", "Stärke", "Lob", "Feld A", "feld b", "beta", "Feld Z",
    "Politik", "politics", "geplant", "in Arbeit", "planned", "1", "2", "3", "4", "0", "-1", "01", "1.0", "1,0", "1e0", "12,5",
    "101", "100", "1.234", "NaN", "NULL", "N/A", "=1+1", "'=1", "@x", "+1", "a\nb", "a\tb", "a\u200bb", "\u202ea", "Ã¼", "\ufffd",
    "😀", "x" * 500, "2024-05-03", "3.5.2024", "31.02.2024", "item:A1", "item:Z9", "A1", "A2", "A3", "T1", "Adorf", "Bestadt",
    "#N/A", "_x0041_", "<b>x</b>", "&amp;", "٣", "½", "Notiz", "Wortlaut",
    0, 1, 2, 3, -1, 0.5, 60, 101, 12.5, True,
]  # fmt: skip
ROWS: dict[str, list[dict[str, object]]] = {
    "field_ratings": [
        {"Person": str(n), "Perspektive": "Politik", "Handlungsfeld": field, "Bewertung": 10 * n}
        for n in (1, 2)
        for field in ("Feld A", "Feld B")
    ],
    "notes": [
        {"Handlungsfeld": "Feld B", "Notiz": f"Räume {n}", "Art": "Bedarf", "Gruppe": "T1", "freigegeben": "ja"}
        for n in range(3)
    ],
    "statements": [
        {"Leitfrage": "2", "Wortlaut": f"Im Verein {n}.", "Gruppe": "T1", "freigegeben": "nein"} for n in range(3)
    ],
    "participants": [
        {"Person": str(n), "Perspektive": "Wirtschaft", "Organisation": "Verein", "anwesend": "nein"} for n in (7, 8, 9)
    ],
    "measures": [
        {"Maßnahme": f"Stelle {n}", "Kennung": f"M{n}", "Stand": "in Arbeit", "Priorität": 1, "Wer": "Hauptamt"}
        for n in range(3)
    ],
    "outcomes": [{"Ergebnis": "Mehr Räume."}, {"Ergebnis": "Mehr Zeit."}],
}  # fmt: skip
#: By head the name of what is read of it, and what words of closed lists mean; texts mean themselves.
NAMES = {
    "Person": "respondent participant", "Perspektive": "perspective", "Handlungsfeld": "dimension", "Bewertung": "rating",
    "Notiz": "text", "Art": "kind", "Gruppe": "group", "freigegeben": "released", "Leitfrage": "question", "Wortlaut": "text",
    "Organisation": "organisation", "anwesend": "present", "Maßnahme": "what", "Kennung": "measure", "Stand": "status",
    "Priorität": "priority", "Wer": "who", "Ergebnis": "text", "Merkmal": "stratum", "Nr.": "statement position",
    "Nummer": "statement position",
}  # fmt: skip
MEANT = {
    "ja": True, "yes": True, "nein": False, "bedarf": "need", "stärke": "strength", "feld a": "alpha", "feld b": "beta",
    "beta": "beta", "politik": "politics", "politics": "politics", "geplant": "planned", "planned": "planned",
    "in arbeit": "under_way",
}  # fmt: skip
LISTS = ("kind", "released", "dimension", "perspective", "present", "status")


def same(read: object, cell: object, name: str) -> bool:
    """Whether what was read of a cell is what it says, worked out by no code of the reader."""
    text = "" if cell is None else " ".join(str(cell).split())
    if name in ("respondent", "participant") and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text):
        # who is not called by a key is called by a number
        return re.fullmatch("[rp][0-9]+", str(read)) is not None
    if name in LISTS and text.casefold() in MEANT:
        return read == MEANT[text.casefold()]
    if text == "":
        return read in ("", None, False) or (name == "present" and read is True)
    if isinstance(read, bool) or read is None:
        return False
    if isinstance(read, (int, float)):
        try:
            return float(text.replace(",", ".")) == read
        except ValueError:
            return False
    # a program shows TRUE of what is true, and whole numbers without decimals
    shown = {"True": "TRUE"}.get(text, text)
    return " ".join(str(read).split()) == shown


class Trial:
    """A study with one returned file of a kind, and what it says before a cell is changed."""

    def __init__(self, folder: Path, kind: str, path: Path, kinds: tuple[str, ...]) -> None:
        self.folder, self.kind, self.base, self.kinds = folder, kind, path, kinds
        self.place = folder / FOLDER / f"adorf-1{path.suffix}"
        self.before = self.read()
        assert self.before and not self.faults

    def read(self) -> dict[tuple[str, int | None], dict[str, object]]:
        if not self.place.exists():
            self.place.write_bytes(self.base.read_bytes())
        self.faults: list[Fault] = []
        study = read_study(self.folder, self.faults)
        assert study is not None
        given = read_given_files(study, self.faults)
        if self.faults:
            return {}
        return {(kind, row.row): row.values.model_dump() for kind in self.kinds for row in given.of(kind)}

    def compare(self, kind: str, line: int, head: str, value: object, tab: str) -> str:
        """What came of the change of a cell in a row; nothing else may have changed."""
        told = (kind, line, head, value)
        after = self.read()
        if self.faults:
            # of what stands twice the second is told, and where the first is
            places = [line if f"in row {line}." in fault.advice else fault.row for fault in self.faults]
            assert {place for place in places if place} == {line}, (told, self.faults)
            assert all(fault.tab == tab for fault in self.faults if fault.row), (told, self.faults)
            return "fault"
        names = NAMES[head].split()
        others = {key: row for key, row in self.before.items() if key != (kind, line)}
        assert {key: row for key, row in after.items() if key != (kind, line)} == others, told
        row = after.get((kind, line))
        if row is None:
            # without its only text it says nothing
            assert " ".join(str(value if value is not None else "").split()) == "", told
            return "gone"
        was = self.before.get((kind, line), {})
        changed = {name for name in row if row[name] != was.get(name)}
        assert changed <= {*names} or not was, (told, changed)
        name = next(name for name in names if name in row)
        assert same(row[name], value, name), (told, row[name])
        return "changed" if changed else "same"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))


def try_sheets(tmp_path: Path, kind: str, times: int) -> dict[str, int]:
    folder = sheet_study(tmp_path / "klein", kind)
    setting = () if kind == "measures" else ("--setting", "dialogue")
    trial = Trial(folder, kind, fill(blank(folder, kind, *setting), kind, ROWS[kind]), (kind,))
    chance, seen = random.Random(kind), dict.fromkeys(("fault", "changed", "same", "gone"), 0)
    book = openpyxl.load_workbook(trial.base)
    tab, first, column = first_row(book, kind)
    for _ in range(times):
        line, head = first + chance.randrange(len(ROWS[kind])), chance.choice([*ROWS[kind][0]])
        value = chance.choice(NASTY)
        cell = tab.cell(line, column[head])
        was = cell.value, cell.data_type
        cell.value = value
        if isinstance(value, str) and value:
            cell.data_type = "s"
        book.save(trial.place)
        cell.value, cell.data_type = was
        # in a workbook this is how a sign is written that could not be written else
        says = None if value == "" else "A" if value == "_x0041_" else value
        seen[trial.compare(kind, line, head, says, tab.title)] += 1
    return seen


def try_minutes(tmp_path: Path, times: int) -> dict[str, int]:
    folder = sheet_study(tmp_path / "klein", *MINUTES_KINDS)
    path = tmp_path / "protokoll.docx"
    call = ["form", str(folder), "-m", "adorf", "--kind", "minutes", "--setting", "dialogue"]
    assert main([*call, "--out", str(path)]) == 0
    document = docx.Document(str(path))
    of_kind = dict(zip(("notes", "statements", "outcomes", "measures"), document.tables[1:], strict=True))
    for kind, table in of_kind.items():
        heads = [cell.text for cell in table.rows[0].cells]
        for number, row in enumerate(ROWS[kind][: len(table.rows) - 1], start=1):
            for head in row.keys() & {*heads}:
                table.rows[number].cells[heads.index(head)].text = str(row[head])
    document.save(str(path))
    trial = Trial(folder, "minutes", path, tuple(of_kind))
    chance, seen = random.Random("minutes"), dict.fromkeys(("fault", "changed", "same", "gone"), 0)
    texts = [value for value in NASTY if isinstance(value, str)]
    for _ in range(times):
        document = docx.Document(str(path))
        kind = chance.choice([*of_kind])
        number = [*of_kind].index(kind) + 1
        table = document.tables[number]
        heads = [cell.text for cell in table.rows[0].cells]
        head = chance.choice([head for head in heads if head in ROWS[kind][0]])
        line, value = 1 + chance.randrange(len(ROWS[kind])), chance.choice(texts)
        table.rows[line].cells[heads.index(head)].text = value
        document.save(str(trial.place))
        seen[trial.compare(kind, line + 1, head, value, f"Tabelle {number + 1}")] += 1
    return seen


TRIALS: dict[str, Callable[[Path, int], dict[str, int]]] = {
    **{kind: lambda path, times, kind=kind: try_sheets(path, kind, times) for kind in ROWS},  # type: ignore[misc]
    "minutes": try_minutes,
}


@pytest.mark.parametrize("name", TRIALS)
def test_a_changed_cell_changes_its_entry_or_is_a_fault(tmp_path: Path, name: str) -> None:
    TRIALS[name](tmp_path, 4)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_many_changed_cells_change_their_entries_or_are_faults(tmp_path: Path, name: str) -> None:
    seen = TRIALS[name](tmp_path, TRIES)
    assert seen["fault"] and seen["changed"]
