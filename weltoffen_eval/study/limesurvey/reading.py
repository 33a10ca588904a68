"""Response exports of LimeSurvey before they are cleaned: opened, recognised, reduced to what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import LogEntry, RawTable, folded, plain
from weltoffen_eval.study.corrections import Correction, apply_corrections
from weltoffen_eval.study.limesurvey.cell_readings import MARKS, is_yes_or_no, reading_of
from weltoffen_eval.study.limesurvey.exports import is_inside, open_export, read_asked
from weltoffen_eval.study.limesurvey.json_files import MOST_COLUMNS
from weltoffen_eval.study.limesurvey.own_attributes import check_own_attributes
from weltoffen_eval.study.limesurvey.recognition import Recognised, recognise
from weltoffen_eval.study.limesurvey.structure import seen
from weltoffen_eval.study.limesurvey.whose import find_whose, join_participants, participant_columns
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Rules in the cleaning log for a column that is not read.
_RULES = {
    "technical": "column_technical",
    "personal": "column_personal",
    "other": "column_not_of_the_questionnaire",
}


def read_export(folder: Path, raw: RawFile, instrument: Instrument, faults: list[Fault]) -> Recognised | None:
    """An export with its columns recognised; None, with faults, where it cannot be read.

    What is wrong with columns that are left aside is no fault: nothing of them is read.
    """
    if raw.layout != "wide":
        expected = 'layout = "wide", as LimeSurvey exports'
        faults.append(Fault("study.toml", repr(raw.layout), expected, column=f"{raw.path} layout"))
        return None
    asked = read_asked(folder, raw, instrument, faults)
    if asked is None:
        return None
    of_file: list[Fault] = []
    opened = open_export(folder, raw, asked, of_file)
    if opened is None:
        faults.extend(of_file)
        return None
    if len(opened.table.columns) > MOST_COLUMNS:
        found, expected = f"{len(opened.table.columns):,} columns", f"at most {MOST_COLUMNS:,}"
        faults.append(opened.table.fault(found, expected, "Is this an export of LimeSurvey?"))
        return None
    recognised = recognise(opened, raw, asked, faults)
    for head in recognised.headings.rivals:
        found = "a heading that is an item by its code and another by its text"
        faults.append(
            recognised.table.fault(found, "one item", row=recognised.table.header_line, column=head)
        )
    unread = {visible(head) for head in recognised.aside}
    faults.extend(fault for fault in of_file if fault.column not in unread)
    return recognised


def reduce_export(
    export: Recognised,
    folder: Path,
    instrument: Instrument,
    corrections: Sequence[Correction],
    faults: list[Fault],
) -> RawFile:
    """Leave in the table what is read, joined with the participants; what study.toml would say of it then.

    ``corrections`` are for the file of participants; those of the responses are applied before.
    """
    table, raw = export.table, export.raw
    _keep_complete(export, faults)
    if raw.attributes:
        raw = _join(export, folder, raw, corrections, faults)
    for head, why in export.aside.items():
        table.log_change(table.header_line, head, "", "", _RULES[why])
        table.drop_column(head)
    for key in ("municipality", "ags", "comment"):
        if raw.columns.get(key) in table.columns:
            _unmask(table, raw.columns[key])
    for listed in (raw.columns.get("municipality"), raw.perspective_column):
        if listed in table.columns:
            _name_answers(export, table, listed)
    table.marks = MARKS
    for item, head in raw.items.items():
        if head in table.columns and item in instrument.item_by_id:
            _read_cells(export, item, head, instrument)
    return raw


def _keep_complete(export: Recognised, faults: list[Fault]) -> None:
    """Log which responses were not sent off; leave them out where study.toml says so."""
    table, raw, sent = export.table, export.raw, export.fixed.get("submitdate", "")
    drop = raw.incomplete == "drop"
    if not sent:
        if drop:
            faults.append(
                table.fault(
                    "no column submitdate, which says what was sent off",
                    'this column, for incomplete = "drop"',
                    "Export it too, or take incomplete out of study.toml.", row=table.header_line,
                )
            )  # fmt: skip
        return
    complete = [plain(text) != "" for text in table.cells(sent)]
    rule = "incomplete_dropped" if drop else "incomplete_kept"
    pages = table.cells(export.fixed["lastpage"]) if "lastpage" in export.fixed else None
    for position, line in enumerate(table.lines):
        if not complete[position]:
            page = f"last page {plain(pages[position]) or 'none'}" if pages else ""
            table.log_change(line, sent, "", page, rule)
    if drop:
        table.keep(complete)


def _join(
    export: Recognised, folder: Path, raw: RawFile, corrections: Sequence[Correction], faults: list[Fault]
) -> RawFile:
    """The export with what the participants' export says of whose each response is."""
    table = export.table
    token = export.fixed.get("token")
    if token is None:
        faults.append(
            table.fault(
                "no access codes (token)", "a column token, by which participants are found",
                "An anonymised survey has none: there a question must ask for the municipality.",
                row=table.header_line,
            )
        )  # fmt: skip
        return raw
    if not is_inside(folder, raw.attributes, faults):
        return raw
    path = folder / raw.attributes
    participants = read_table(
        path, raw.attributes, faults, known=("tid", "token", "firstname", "lastname", "email")
    )
    if participants is None:
        return raw
    apply_corrections(participants, corrections, faults)
    table.log.extend(participants.log)
    if "token" not in map(folded, participants.columns):
        found, expected = "no column token", "the export of the participants, with their access codes"
        faults.append(participants.fault(found, expected, row=participants.header_line))
        return raw
    wanted = {key: raw.columns.get(key, "") for key in ("municipality", "ags")}
    heads = find_whose(participant_columns(participants), wanted, participants, faults)
    for head in participants.columns:
        if head not in heads.values():
            entry = LogEntry(
                raw.attributes, participants.tab, participants.header_line, head, "", "", "column_personal"
            )
            table.log.append(entry)
    joined = join_participants(table, token, participants, heads, faults)
    questions = {question.code for question in export.asked.structure.questions}
    own = [named for named in export.named if export.headings.code_of(named.head) not in questions]
    check_own_attributes(table, own, participant_columns(participants), heads, joined, faults)
    others = {key: head for key, head in raw.columns.items() if key not in ("municipality", "ags")}
    return replace(raw, columns={**others, **joined})


def _unmask(table: RawTable, head: str) -> None:
    """Take off what an export puts before an equals sign, so that no program computes it."""
    column = table.content[table.index(head)]
    for position, text in enumerate(table.cells(head)):
        if text.startswith("'="):
            column.replace(position, text[1:])
            table.log_change(table.lines[position], head, text, text[1:], "mask_removed")


def _name_answers(export: Recognised, table: RawTable, head: str) -> None:
    """Of a question that asks for the municipality by a list, the labels in the place of the codes."""
    code = export.headings.code_of(head)
    question = next((q for q in export.asked.structure.questions if q.code == code), None)
    if question is None or not question.answers:
        return
    labels = {c: seen(next(iter(texts.values()))) for c, texts in question.answers.items() if texts}
    column = table.content[table.index(head)]
    for position, text in enumerate(list(table.cells(head))):
        label = labels.get(plain(text))
        if label is not None and label != text:
            column.replace(position, label)
            table.log_change(table.lines[position], head, text, label, "survey_code")


def _read_cells(export: Recognised, item: str, head: str, instrument: Instrument) -> None:
    """How the cells of an item's column are read; a code that is another in the questionnaire is logged."""
    table = export.table
    asked = export.asked.items.get(item)
    code = export.headings.code_of(head)
    alone = "[" not in code and "_" not in code
    reading = reading_of(asked, instrument.scale_of(item), alone, export.asked.from_structure)
    table.readings[head] = reading
    for text in table.content[table.index(head)].texts():
        meaning = reading.meanings.get(plain(text))
        if meaning is not None and meaning != plain(text):
            table.log_change(table.header_line, head, plain(text), meaning, "survey_code")
    question = asked.question if asked is not None else None
    of_two = question.kind in ("Y", "M", "P") if question else is_yes_or_no(instrument.scale_of(item))
    if of_two:
        _empty_unshown(table, head)


def _empty_unshown(table: RawTable, head: str) -> None:
    """N/A of a question of Yes and No is an empty cell: it was not answered, or not shown."""
    column = table.content[table.index(head)]
    unshown = [position for position, text in enumerate(table.cells(head)) if plain(text) == "N/A"]
    for position in unshown:
        column.replace(position, "")
    if unshown:
        table.log_change(table.header_line, head, "N/A", "", f"not_shown, {len(unshown)} times")
