"""One cell of an export is changed to something nasty: that response changes, or a fault names that cell."""

from __future__ import annotations

import copy
import random
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from changed_cells import NASTY, Export, exports
from sample_exports import SAMPLES, Row, answers_of, rows_of, write_study
from tries import TRIES

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.responses.cleaning import read_responses

EXPORTS = exports()
ITEMS = {row["item"]: row["text_de"] for row in rows_of(SAMPLES / "instrument" / "items.csv")}
(SCALE,) = tomllib.loads((SAMPLES / "instrument" / "instrument.toml").read_text(encoding="utf-8"))["scale"]
#: By what may stand in a cell the code or the kind of no answer: labels, aliases and codes of the questionnaire.
MEANINGS = {
    text.casefold(): str(option.get("kind", option.get("code")))
    for option in SCALE["options"] + SCALE["non_answers"]
    for text in (option["label"]["de"], *option.get("aliases", ()), str(option.get("code", "")))
} | {"": "skipped", "{question_not_shown}": "skipped"}


def item_of(head: str) -> str | None:
    """The item that a heading names, by code or by text, whole or cut after 15 characters."""
    code = re.search(r"[\[_]([A-Z]{2}[0-9]{2})(?:\]|$)", head)
    if code and code[1] in ITEMS:
        return code[1]
    forms = {item: (text, f"{text[:15]}.. ") for item, text in ITEMS.items()}
    named = [item for item, texts in forms.items() if any(head.endswith(f"[{text}]") for text in texts)]
    return named[0] if len(named) == 1 else None


def meaning_of(cell: str) -> str | None:
    """What a cell of an item says, by no code of the reader; None where it is no answer."""
    text = " ".join(cell.split()).casefold()
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return MEANINGS.get(text)
    return MEANINGS.get(str(int(number))) if number in range(100) else None


class Changed:
    """A study whose export is written anew with each change."""

    def __init__(self, folder: Path, export: Export) -> None:
        self.export = export
        # the first file is only there to be replaced
        self.folder = write_study(folder, "v6-tokens/codes.csv", *export.beside, keys=export.keys)
        (self.folder / "codes.csv").unlink()
        if "feld-1.lsa" in export.keys:
            with zipfile.ZipFile(self.folder / "feld-1.lsa", "w") as archive:
                archive.write(self.folder / "feld-1.lss", "survey_123456.lss")
        toml = self.folder / "study.toml"
        toml.write_text(
            toml.read_text(encoding="utf-8").replace('"codes.csv"', f'"{export.name}"'), encoding="utf-8"
        )
        told: list[Fault] = []
        study = read_study(self.folder, told)
        assert study is not None and not told
        self.study = study
        self.before = self._read(export)
        self.answered = {row[0] for row in self.before[0]}
        assert not self.before[1]
        assert self.before[0]
        self.respondent_at = export.heads.index(
            next(h for h in export.heads if h in ("id", "Antwort ID") or h[:3] == "id.")
        )

    def _read(self, export: Export) -> tuple[set[Row], list[Fault]]:
        export.write(self.folder)
        faults: list[Fault] = []
        cleaned = read_responses(self.study, faults)
        return (answers_of(cleaned) if len(cleaned.waves) else set()), faults

    def check(self, rng: random.Random) -> str:
        """Change one cell; what came of it: the same, changed, or a fault."""
        changed = copy.deepcopy(self.export)
        row, column = rng.randrange(len(changed.rows)), rng.randrange(len(changed.heads))
        value = rng.choice(NASTY)
        if self.export.format == "xlsx" and "\x0b" in value:
            # no workbook can hold it
            value = "x"
        old, head, respondent = (
            changed.rows[row][column],
            changed.heads[column],
            changed.rows[row][self.respondent_at],
        )
        changed.rows[row][column] = value
        answers, faults = self._read(changed)
        what = (self.export.name, row + self.export.first_row, head, old, value)
        if faults:
            line = row + self.export.first_row
            assert any(fault.row == line for fault in faults), (what, [(f.place(), f.found) for f in faults])
            strange = [f for f in faults if f.row != line and not _of_same_respondent(f)]
            assert not strange, (what, [(f.place(), f.found) for f in strange])
            return "fault"
        differing = answers ^ self.before[0]
        if column == self.respondent_at:
            # the response is the same under another name
            assert {r[1:] for r in differing if r[0] != respondent} <= {
                r[1:] for r in self.before[0] if r[0] == respondent
            }
            return "changed"
        assert {r[0] for r in differing} <= {respondent}, (what, sorted(differing)[:4])
        # who had answered nothing is no response until there is an answer
        items = {
            r[2] for r in differing if respondent in self.answered or r[4] not in ("skipped", "not_asked")
        }
        item = item_of(head)
        if item:
            read = {
                code or missing
                for who, _, which, code, missing in answers
                if (who, which) == (respondent, item)
            }
            # who answered nothing at all is no response
            # the ends of lines, as VV writes them
            said = value.replace("{newline}", "\n") if self.export.format == "vv" else value
            assert (read or {"skipped"}) == {meaning_of(said)}, (what, read)
        whose = any(word in head for word in ("attribute", "Kommune", "AGS", "token"))
        assert whose or len(items) <= 1, (what, sorted(differing)[:4])
        return "changed" if differing else "same"


def _of_same_respondent(fault: Fault) -> bool:
    """A name that two rows have, or one municipality that two name differently, is told at the second."""
    return "twice" in fault.found or "second" in fault.found or "once" in fault.expected


@pytest.mark.parametrize("label", EXPORTS)
def test_a_changed_cell_changes_its_response_or_is_a_fault(tmp_path: Path, label: str) -> None:
    study = Changed(tmp_path / "study", EXPORTS[label])
    rng = random.Random(label)
    for _ in range(8):
        study.check(rng)


@pytest.mark.slow
@pytest.mark.parametrize("label", EXPORTS)
def test_many_changed_cells_of_each_format(tmp_path: Path, label: str) -> None:
    study = Changed(tmp_path / "study", EXPORTS[label])
    rng = random.Random(f"{label} many")
    outcomes = [study.check(rng) for _ in range(TRIES)]
    assert {"fault", "changed", "same"} == set(outcomes)
