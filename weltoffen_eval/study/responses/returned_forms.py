"""Returned forms as sheets: each answer at its tab, row and column, whatever was done to the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import LogEntry, RawTable, plain
from weltoffen_eval.study.corrections import apply_corrections
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.found_tables import Heads
from weltoffen_eval.study.forms.identity import heads_in
from weltoffen_eval.study.forms.returned import ReturnedForm
from weltoffen_eval.study.listed_files import RawFile, unit_of
from weltoffen_eval.study.opened_forms import is_led_out, open_workbook
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.decoding import CellFaults, decode_answers, style_of
from weltoffen_eval.study.responses.form_entries import FormOwner, check_identity, read_owner
from weltoffen_eval.study.responses.form_questions import QuestionsBeside
from weltoffen_eval.study.responses.matrices import Matrices
from weltoffen_eval.study.responses.sheets import SheetsOfFile

_ENTRIES, _ANSWERS = "entries", "answers"
_TEXTS = ("comment", "office", "evidence")


def check_form_folders(study: Study, faults: list[Fault], log: list[LogEntry]) -> None:
    """A fault for each folder of forms that is not there; one in which none lies yet is logged."""
    # a folder may hold forms of several kinds
    for raw in {raw.path: raw for raw in study.form_folders}.values():
        if not (study.folder / raw.path).is_dir():
            advice = "Make the folder, or correct the path; weltoffen import puts returned forms there."
            faults.append(Fault(raw.path, "no such folder", "a folder of returned forms", advice))
        elif not any(other.form_folder == raw.path for other in study.files):
            log.append(LogEntry(raw.path, "", None, "", "", "", "no_form_yet"))


def read_form(
    study: Study,
    raw: RawFile,
    instrument: Instrument | None,
    faults: list[Fault],
    log: list[LogEntry],
    read: set[tuple[str, str]],
    path: Path | None = None,
) -> list[SheetsOfFile]:
    """The sheet of one returned form, or none, with faults.

    Parameters
    ----------
    read : is told the tables that could be read
    path : where it lies, if not yet in the study folder
    """
    if is_led_out(study, raw, path, faults):
        return []

    def take(form: ReturnedForm) -> SheetsOfFile | None:
        sheets = _read_sheets(study, raw, form, instrument, faults, read)
        for found in form.tables:
            log.extend(found.table.log)
        return sheets

    sheets = open_workbook(study, raw, path, lambda said: _wanted(said, instrument), take, faults)
    return [sheets] if sheets is not None else []


def _wanted(said: Mapping[str, str], instrument: Instrument | None) -> dict[str, Heads]:
    """The tables of a form, by the heads that it says it has."""
    heads = heads_in(said)
    if not {"item", "text", "response", "entry", "value"} <= heads.keys():
        return {}
    entries = [heads[name] for name in ("response", *_TEXTS) if name in heads]
    keys = instrument.item_by_id if instrument is not None else ()
    left_aside = (heads["before"],) if "before" in heads else ()
    known_by = heads["item"], heads["response"]
    return {
        _ANSWERS: Heads(known_by, tuple(entries), keys, left_aside, (heads["text"],)),
        _ENTRIES: Heads((heads["entry"], heads["value"]), (heads["value"],)),
    }


def _read_sheets(
    study: Study,
    raw: RawFile,
    form: ReturnedForm,
    instrument: Instrument | None,
    faults: list[Fault],
    read: set[tuple[str, str]],
) -> SheetsOfFile | None:
    if not check_identity(study, raw, form, instrument, faults) or instrument is None:
        return None
    for found in form.tables:
        read.add((found.table.file, found.table.tab))
        apply_corrections(found.table, study.corrections, faults)
    pages = [found.table for found in form.of_kind(_ENTRIES)]
    first_page = pages[0] if pages else None
    owner = read_owner(study, raw, form, pages, faults)
    if form.identity.get("instrument_sha256") != instrument.sha256 and first_page is not None:
        # the same edition: its wording may have been mended
        first_page.log_change(owner.line, "", "", "", "form_of_other_wording")
    answers = _FormAnswers(raw, instrument, owner, form, faults)
    for found in form.of_kind(_ANSWERS):
        answers.read(found.table)
    answers.tell_missing(first_page)
    return answers.sheets()


@dataclass(frozen=True)
class _Told:
    """What a row says of an item, and where it stands."""

    tab: str
    line: int
    texts: tuple[str, str, str, str]


class _FormAnswers:
    """The answers of one form on their way to a sheet."""

    def __init__(
        self,
        raw: RawFile,
        instrument: Instrument,
        owner: FormOwner,
        form: ReturnedForm,
        faults: list[Fault],
    ) -> None:
        self.raw, self.instrument, self.owner, self.faults = raw, instrument, owner, faults
        self.heads = heads_in(form.identity)
        self.column_of = {item.id: column for column, item in enumerate(instrument.items)}
        self.matrices = Matrices.of(1, instrument, raw.not_asked)
        self.told: dict[str, _Told] = {}
        self.questions = QuestionsBeside.of(instrument)

    def read(self, table: RawTable) -> None:
        """The rows of one table."""
        response, of_item = self.heads["response"], self.heads["item"]
        cells = {
            name: table.cells(self.heads[name])
            if self.heads.get(name) in table.columns
            else [""] * len(table.lines)
            for name in ("item", "response", "text", *_TEXTS)
        }
        # who types a number as a text may part thousands by a dot
        style = replace(style_of(self.raw, table, [response]), dot_in_doubt=True)
        cell_faults = CellFaults(table, [self.owner.municipality] * len(table.lines))
        for position, line in enumerate(table.lines):
            item = plain(cells["item"][position])
            answer = cells["response"][position]
            comment, office, evidence = (plain(cells[name][position]) for name in _TEXTS)
            texts = plain(answer), comment, office, evidence
            if not self._is_to_be_read(table, line, item, texts):
                continue
            other = self.questions.contradicted(item, cells["text"][position]) if any(texts) else ""
            if other:
                expected = f"{item} beside its own question"
                advice = "Write the ids back beside their questions, or have a new form filled in."
                self._tell(table, f"{item} beside the question of {other}", expected, advice, line, of_item)
                continue
            if item in self.raw.not_asked:
                if plain(answer):
                    expected = "no answer; study.toml lists the item as not_asked"
                    self._tell(table, f"{plain(answer)!r} for {item}", expected, "", line, response)
                continue
            (decoded,) = decode_answers(
                table, self.instrument, item, [answer], [0], [line], response, style, cell_faults
            )
            self.matrices.set_cell(0, self.column_of[item], answer, decoded)
        cell_faults.tell([], self.faults)

    def _is_to_be_read(self, table: RawTable, line: int, item: str, texts: tuple[str, str, str, str]) -> bool:
        """Whether a row says something of an item that no other row has said; a fault where it is unclear."""
        of_item = self.heads["item"]
        if item not in self.column_of:
            if any(texts):
                found = f"an answer to {item!r}" if item else "an answer without the id of its question"
                advice = "Write the id back, or delete the row."
                expected = f"the id of an item of {self.instrument.id}"
                self._tell(table, found, expected, advice, line, of_item)
            return False
        first = self.told.get(item)
        if first is not None and any(first.texts):
            if any(texts) and texts != first.texts:
                advice = f"The first stands in tab {first.tab}, row {first.line}. Delete one of them."
                self._tell(
                    table, f"{item} once more, answered otherwise", "each item once", advice, line, of_item
                )
            elif any(texts):
                table.log_change(line, of_item, item, "", "row_repeated")
            return False
        self.told[item] = _Told(table.tab, line, texts)
        return True

    def _tell(self, table: RawTable, found: str, expected: str, advice: str, line: int, column: str) -> None:
        self.faults.append(table.fault(found, expected, advice, line, column))

    def tell_missing(self, first_page: RawTable | None) -> None:
        """Items whose row is no longer there are not answered; that is told."""
        for item in self.instrument.items:
            if item.id not in self.told and item.id not in self.raw.not_asked and first_page is not None:
                first_page.log_change(self.owner.line, item.id, "", "skipped", "form_row_missing")

    def sheets(self) -> SheetsOfFile:
        """The sheet, with a record for each row of an item."""
        owner = self.owner
        # the first page is a record too: of it and of each row the log may tell something
        first_page = [_Told(owner.tab, owner.line, ("", "", "", ""))] if owner.line else []
        rows = [*first_page, *self.told.values()]
        texts = [
            (0, item, told.texts[1], told.texts[2], told.texts[3])
            for item, told in self.told.items()
            if any(told.texts[1:])
        ]
        return SheetsOfFile(
            self.raw,
            owner.tab,
            [owner.line],
            [owner.municipality],
            [owner.perspective],
            [unit_of(self.raw, owner.perspective)],
            [owner.respondent],
            self.matrices,
            [told.line for told in rows],
            [0] * len(rows),
            texts,
            [told.tab for told in rows],
            owner.filled_on,
        )
