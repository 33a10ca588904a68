"""What answers in a form mean, and what is read of forms: for tests that fill them in at random."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

#: What may be written into a cell for an item, and what that means: code, number, or what is missing.
STEPS: dict[object, object] = {
    None: "skipped", "nein": 0, "teilweise": 1, "ja": 2, "weiß nicht": "dont_know", "keine Angabe": "skipped",
    0: 0, 1: 1, 2: 2, "2 – ja": 2, " TEILWEISE ": 1,
}  # fmt: skip
NUMBERS: dict[object, object] = {
    None: "skipped",
    0: 0.0,
    12.5: 12.5,
    "7,25": 7.25,
    "100": 100.0,
    "keine Angabe": "skipped",
}
# the share has no answers beside its numbers
ITEMS = {
    "A1": STEPS,
    "A2": STEPS,
    "B1": NUMBERS,
    "B2": {key: NUMBERS[key] for key in (None, 0, 12.5, "7,25", "100")},
}
CLEAN: dict[str, object] = {"A1": "ja", "A2": "nein", "B1": 12.5, "B2": "100"}
#: What one cell may be changed to: nothing of it may go unnoticed.
NASTY = [
    "vielleicht", "3", 3, -1, 1e300, "1e9", "=1+1", "#N/A", "ja\u200b", "\u202eja", "ja nein", "1.000,5", "1 000",
    "ｊａ", "Ja!", True, "2 – nein", "2–", "– ja", "NULL", "nan", "inf", "-0", "٣", "０", "0x1", "1_0", "½", "", " ",
    "\n", "ja\nnein", "'ja", "_x0031_", "1.2.2024", 0.5, 99, "a" * 40000,
]  # fmt: skip


def read(folder: Path) -> tuple[dict[str, object], list[Fault], CleanedStudy]:
    """By item what it means; the faults."""
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None
    cleaned = read_responses(study, faults)
    found: dict[str, object] = {}
    for item, code, value, missing in (
        cleaned.responses[["item", "code", "value", "missing"]].astype(object).to_numpy()
    ):
        given = [part for part in (code, value, missing) if str(part) not in ("<NA>", "nan")]
        (found[str(item)],) = given
    return found, faults, cleaned


def expected(answers: dict[str, object]) -> dict[str, object]:
    return {item: ITEMS[item][answers[item]] for item in ITEMS}


def told(meaning: dict[str, object]) -> bool:
    """Whether anything is answered: a sheet of nothing but empty cells is no response."""
    return any(answer != "skipped" for answer in meaning.values())


def not_chosen(meaning: dict[str, object], answers: dict[str, object]) -> dict[str, object]:
    """A field whose cells are all empty beside a real answer in the other is not chosen (03)."""
    fields = (("A1", "A2"), ("B1", "B2"))
    made = dict(meaning)
    for field, other in (fields, fields[::-1]):
        real = any(not isinstance(meaning[item], str) for item in other)
        if real and all(answers[item] is None for item in field):
            made |= dict.fromkeys(field, "not_chosen")
    return made
