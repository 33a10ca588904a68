"""``weltoffen form --kind minutes``: a Word document whose tables can be read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.errors import CallError
from weltoffen_eval.study.file_words import MEETINGS

if TYPE_CHECKING:
    from weltoffen_eval.display.forms.sheets import AskedSheet
    from weltoffen_eval.publish.exporting.fill_in_document import FillInTable
    from weltoffen_eval.study.definition import Study

#: By kind the columns that fit on a page with the parts of its width, and how many rows are empty.
_TABLES: Mapping[str, tuple[Mapping[str, float], int]] = {
    "notes": ({"dimension": 3, "text": 6, "kind": 2, "group": 2, "released": 2}, 12),
    "statements": ({"statement": 1.6, "question": 1.8, "text": 7, "group": 2, "released": 2.2}, 16),
    "outcomes": ({"position": 1.6, "text": 12}, 6),
    "measures": (
        {"what": 4, "measure": 1.7, "dimension": 2.5, "who": 2.2, "until": 1.8, "evidence": 2.6}, 8,
    ),
}  # fmt: skip


def write_minutes(
    study: Study, kind: str, municipality: str, wave: str, setting: str, out: Path
) -> dict[Path, str]:
    """Write them; by file what it is for.

    Raises
    ------
    CallError
        If no municipality or setting is named, or the file is named otherwise, or holds
        something else that may have been filled in.
    """
    from weltoffen_eval.commands.form_sheets import guiding_questions
    from weltoffen_eval.commands.table_files import write_unfilled
    from weltoffen_eval.display.forms.sheets import AskedSheet
    from weltoffen_eval.publish.exporting.fill_in_document import make_fill_in_document
    from weltoffen_eval.publish.exporting.frame_words import Words

    if not municipality:
        raise CallError("Minutes are for one municipality: say -m KEY.")
    if setting not in MEETINGS:
        raise CallError("Of what are the minutes? Say --setting workshop or --setting dialogue.")
    if out.suffix.lower() != ".docx":
        raise CallError(f"--out is {out}, but minutes are a document of Word; name {out.stem}.docx.")
    of_wave = study.wave(wave).id if wave else study.waves[-1].id
    place = study.register.by_key[municipality]
    questions = guiding_questions(study, of_wave)
    asked = {
        name: AskedSheet(study, name, of_wave, place, setting, questions) for name in ("events", *_TABLES)
    }
    words = asked["events"].words
    tables = [_entries(asked["events"]), *(_table(asked[name]) for name in _TABLES)]
    told = [words.text("minutes_how")]
    made = make_fill_in_document(words.text("title_minutes"), told, tables, Words(study.language))
    write_unfilled({out: made})
    return {out: ""}


def _entries(asked: AskedSheet) -> FillInTable:
    from weltoffen_eval.publish.exporting.fill_in_document import FillInTable
    from weltoffen_eval.study.forms.minutes import OF_ENTRIES, mark_of, minutes_heads
    from weltoffen_eval.study.forms.sheet_heads import LABEL, VALUE

    mark = mark_of(asked.study.id, asked.municipality.key, asked.wave, asked.setting)
    rows = [(OF_ENTRIES["municipality"], asked.municipality.name), (OF_ENTRIES["mark"], mark)]
    rows += [(head, "") for head in minutes_heads("events").values()]
    return FillInTable(asked.title, (), (OF_ENTRIES[LABEL], OF_ENTRIES[VALUE]), (1.0, 2.6), tuple(rows))


def _table(asked: AskedSheet) -> FillInTable:
    from weltoffen_eval.publish.exporting.fill_in_document import FillInTable
    from weltoffen_eval.study.forms.minutes import minutes_heads
    from weltoffen_eval.study.forms.sheet_heads import NUMBERED

    columns, count = _TABLES[asked.kind]
    heads = minutes_heads(asked.kind)
    numbered, first = NUMBERED.get(asked.kind, ("", ""))
    rows = [
        tuple(f"{first}{number}" if name == numbered else "" for name in columns)
        for number in range(1, count + 1)
    ]
    said = asked.words
    told = []
    for name in columns:
        if name == "question":
            told += [said.text("question", number=n, text=text) for n, text in asked.questions.items()]
            continue
        words = list(asked.choices.get(name, ()))
        if words:
            told.append(said.text("minutes_words", head=heads[name], words=words))
    widths = tuple(columns.values())
    return FillInTable(asked.title, tuple(told), tuple(heads[name] for name in columns), widths, tuple(rows))
