"""Cleaning: from raw files to the table of responses, with a log of everything that was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.heads import Aside, worded
from weltoffen_eval.raw.table import LogEntry, RawTable
from weltoffen_eval.study.corrections import apply_corrections, check_tabs
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.file_words import COLUMNS
from weltoffen_eval.study.listed_files import RawFile, check_content_once
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.doubled_files import check_doubled
from weltoffen_eval.study.responses.kept_sheets import KeptSheets, read_back, stands_alone, written
from weltoffen_eval.study.responses.merging_rules import check_merging
from weltoffen_eval.study.responses.pseudonyms import name_respondents
from weltoffen_eval.study.responses.resent import settle_resent
from weltoffen_eval.study.responses.returned_forms import check_form_folders, read_form
from weltoffen_eval.study.responses.sheets import SheetsOfFile, read_sheets
from weltoffen_eval.study.responses.table import (
    COMMENT_COLUMNS,
    RECORD_COLUMNS,
    WaveOfSheets,
    join_sheets,
    rows_of,
)
from weltoffen_eval.study.responses.unfinished import settle_unfinished
from weltoffen_eval.study.study_files import check_file, leads_out
from weltoffen_eval.study.succession import check_answers

LOG_COLUMNS = ("file", "tab", "row", "column", "old", "new", "rule")


@dataclass(frozen=True)
class CleanedStudy:
    """What cleaning makes of a study.

    ``waves``: the answers as matrices, by wave. ``comments``: free text, apart. ``records``: one row per
    record of a raw file, whose it is and whether it was counted. ``cleaning_log``: one row per change.
    """

    waves: tuple[WaveOfSheets, ...]
    comments: pd.DataFrame
    records: pd.DataFrame
    cleaning_log: pd.DataFrame

    @cached_property
    def responses(self) -> pd.DataFrame:
        """One row per respondent × item (columns RESPONSE_COLUMNS); one of code, value, missing is set.

        Takes some twenty times the memory of the matrices, so it is made where it is asked for.
        """
        return rows_of(self.waves)

    def count_responses(self) -> int:
        """How many rows ``responses`` has."""
        return sum(map(len, self.waves))


def clean_responses(study: Study) -> CleanedStudy:
    """All answers of a study, cleaned.

    Raises
    ------
    RefusedError
        With every fault of every raw file. Nothing that cannot be understood is guessed or dropped.
    """
    faults: list[Fault] = []
    cleaned = read_responses(study, faults)
    if faults:
        raise RefusedError(faults)
    return cleaned


def read_responses(study: Study, faults: list[Fault], kept: KeptSheets | None = None) -> CleanedStudy:
    """As :func:`clean_responses`, with faults collected; incomplete where there are any.

    ``kept``: of which files it is known already what is read of them.
    """
    log: list[LogEntry] = []
    waves: list[WaveOfSheets] = []
    comments: list[tuple[str, ...]] = []
    records: list[pd.DataFrame] = []
    read: set[tuple[str, str]] = set()
    _check_files(study, faults, log)
    kinds = {entry.key: entry.kind for entry in study.register.municipalities}
    for wave in study.waves:
        sheets_of_wave = read_wave(study, wave.id, faults, log, read, kept)
        instrument = study.instruments.get(wave.id)
        check_merging(sheets_of_wave, faults)
        check_doubled(sheets_of_wave, study.folder, faults)
        name_respondents(sheets_of_wave, faults, log)
        if sheets_of_wave and instrument is not None:
            joined = join_sheets(wave.id, instrument, sheets_of_wave, kinds, log)
            waves.append(joined.sheets)
            comments.extend(joined.comments)
            records.append(joined.records)
    # a file of no wave has a fault already, which hides none of those inside it
    for unknown in sorted({raw.wave for raw in study.files} - {wave.id for wave in study.waves}):
        read_wave(study, unknown, faults, log, read)
    check_tabs(study.corrections, read, faults)
    of_all = pd.concat(records, ignore_index=True) if records else pd.DataFrame(columns=list(RECORD_COLUMNS))
    check_answers(study.successions, of_all, faults)
    return CleanedStudy(
        tuple(waves),
        pd.DataFrame(sorted(comments), columns=list(COMMENT_COLUMNS), dtype=str),
        of_all,
        _log_frame(log),
    )


def _check_files(study: Study, faults: list[Fault], log: list[LogEntry]) -> None:
    """Faults of files as files: the same bytes twice."""

    def fault(number: int, found: str, expected: str, advice: str) -> None:
        form = study.files[number - 1].path if study.files[number - 1].form_folder else ""
        column = "" if form else f"file {number} path"
        faults.append(Fault(form or "study.toml", found, expected, advice, column=column))

    check_form_folders(study, faults, log)
    check_content_once(study.files, study.folder, fault)


def read_wave(
    study: Study,
    wave: str,
    faults: list[Fault],
    log: list[LogEntry],
    read: set[tuple[str, str]],
    kept: KeptSheets | None = None,
) -> list[SheetsOfFile]:
    """The sheets of all files of a wave; ``read`` is told the tables that could be read."""
    # a wave whose questionnaire is not known may have that of the others
    known = list({instrument.id: instrument for instrument in study.instruments.values()}.values())
    instrument = study.instruments.get(wave) or (known[0] if len(known) == 1 else None)
    sheets_of_wave: list[SheetsOfFile] = []
    for raw in study.files:
        if raw.kind != "responses" or raw.wave != wave or not raw.path:
            continue
        if raw.form_folder:
            sheets_of_wave += read_form(study, raw, instrument, faults, log, read)
            continue
        content = kept.find(raw) if kept is not None and stands_alone(raw) else None
        if kept is not None and content is not None and instrument is not None:
            sheets, changed = read_back(content, raw, instrument)
            kept.add(raw, content)
            read.add((raw.path, sheets.tab))
            log.extend(changed)
            sheets_of_wave.append(sheets)
            continue
        before, export = len(faults), None
        if raw.format == "limesurvey" and instrument is not None:
            # a study without such exports does not wait for what reads them
            from weltoffen_eval.study.limesurvey.reading import read_export, reduce_export

            export = read_export(study.folder, raw, instrument, faults)
            table = export.table if export else None
        else:
            table = _read_file(study, raw, instrument, faults)
        if table is None:
            continue
        read.add((table.file, table.tab))
        apply_corrections(table, study.corrections, faults)
        if export is not None and instrument is not None:
            raw = reduce_export(export, study.folder, instrument, study.corrections, faults)
        else:
            settle_unfinished(raw, table, [i.id for i in instrument.items] if instrument else [], faults)
        sheets_of_file = read_sheets(study, raw, table, instrument, faults)
        log.extend(table.log)
        if sheets_of_file is not None:
            sheets_of_wave.append(sheets_of_file)
            if kept is not None and stands_alone(raw) and len(faults) == before:
                content = written(sheets_of_file, table.log)
                if content is not None:
                    kept.add(raw, content)
    return settle_resent(sheets_of_wave, faults, log)


def _read_file(
    study: Study, raw: RawFile, instrument: Instrument | None, faults: list[Fault]
) -> RawTable | None:
    # a link may have been changed since study.toml was read
    if leads_out(study.folder, raw.path):
        faults.append(Fault(raw.path, "a path that leads out of the study folder", "a file inside it"))
        return None
    if not check_file(study.folder / raw.path, raw.path, faults, study.folder):
        return None
    return read_table(
        study.folder / raw.path,
        raw.path,
        faults,
        known=_known_heads(raw, instrument),
        tab=raw.tab,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        header_row=raw.header_row,
        skip_rows=raw.skip_rows,
        aside=_aside(raw, instrument),
    )


def _aside(raw: RawFile, instrument: Instrument | None) -> Aside:
    """The columns that study.toml leaves aside."""
    if not raw.ignore_rest:
        return Aside(raw.ignore)
    return Aside(raw.ignore, frozenset(map(worded, _known_heads(raw, instrument))))


def _known_heads(raw: RawFile, instrument: Instrument | None) -> list[str]:
    """What a column may be headed; by it the row of the heads and the delimiter are recognised."""
    items = instrument.items if instrument is not None else ()
    wordings = (
        [text for item in items for text in (*item.text.values(), *item.label.values())]
        if raw.item_header == "text"
        else []
    )
    named = [*raw.columns.values(), *raw.items.values()]
    if raw.perspective_column:
        named.append(raw.perspective_column)
    return [*COLUMNS, *(item.id for item in items), *named, *wordings]


def with_log(frame: pd.DataFrame, log: Sequence[LogEntry]) -> pd.DataFrame:
    """A cleaning log with more entries, sorted by place."""
    return _sorted_by_place(pd.concat([frame, _log_frame(log)], ignore_index=True)) if log else frame


def _log_frame(log: Sequence[LogEntry]) -> pd.DataFrame:
    """The log as a table, sorted by place."""
    rows = [(e.file, e.tab, e.row, e.column, e.old, e.new, e.rule) for e in log]
    frame = pd.DataFrame(rows, columns=list(LOG_COLUMNS))
    frame["row"] = frame["row"].astype("Int64")
    return _sorted_by_place(frame)


def _sorted_by_place(frame: pd.DataFrame) -> pd.DataFrame:
    columns = ["file", "tab", "row", "column", "rule"]
    return frame.sort_values(columns, kind="stable", na_position="first").reset_index(drop=True)
