"""Cleaning: from raw files to the table of responses, with a log of everything that was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.corrections import apply_corrections
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.instrument import MISSING_KINDS, Instrument
from weltoffen_eval.study.keys import is_key
from weltoffen_eval.study.raw_files import read_table
from weltoffen_eval.study.raw_table import LogEntry
from weltoffen_eval.study.sheets import (
    ANSWERED,
    NOT_ASKED,
    NOT_CHOSEN,
    SKIPPED,
    Sheets,
    read_sheets,
)

SHEET_COLUMNS = ("municipality", "wave", "setting", "perspective", "unit", "respondent")
RESPONSE_COLUMNS = (*SHEET_COLUMNS, "item", "code", "value", "missing")
COMMENT_COLUMNS = (*SHEET_COLUMNS[:4], "respondent", "item", "comment")
RECORD_COLUMNS = ("file", "sheet", "row", *SHEET_COLUMNS, "counted")
LOG_COLUMNS = ("file", "sheet", "row", "column", "old", "new", "rule")


@dataclass(frozen=True)
class CleanedStudy:
    """What cleaning makes of a study.

    ``responses``: one row per respondent × item (columns RESPONSE_COLUMNS; exactly one of code,
    value, missing is set). ``comments``: free text, apart. ``records``: one row per record of a raw
    file, whose it is and whether it was counted. ``cleaning_log``: one row per change.
    """

    responses: pd.DataFrame
    comments: pd.DataFrame
    records: pd.DataFrame
    cleaning_log: pd.DataFrame


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


def read_responses(study: Study, faults: list[Fault]) -> CleanedStudy:
    """As :func:`clean_responses`, with faults collected; incomplete where there are any."""
    log: list[LogEntry] = []
    parts = []
    comments: list[tuple[str, ...]] = []
    records: list[pd.DataFrame] = []
    for wave in study.waves:
        instrument = study.instruments.get(wave.id)
        if instrument is None:
            continue
        sheets_of_wave = []
        for raw in study.files:
            if raw.kind != "responses" or raw.wave != wave.id:
                continue
            table = read_table(
                study.folder / raw.path,
                raw.path,
                faults,
                known=_known_columns(instrument),
                sheet=raw.sheet,
                encoding=raw.encoding,
                delimiter=raw.delimiter,
                ignored=raw.ignore,
            )
            if table is None:
                continue
            apply_corrections(table, study.corrections, faults)
            sheets = read_sheets(study, raw, table, instrument, faults)
            log.extend(table.log)
            if sheets is not None:
                sheets_of_wave.append(sheets)
        _name_respondents(sheets_of_wave, faults, log)
        if sheets_of_wave:
            wave_of_sheets = _join(wave.id, instrument, sheets_of_wave, log)
            parts.append(wave_of_sheets.responses(instrument))
            comments.extend(wave_of_sheets.comments)
            records.append(wave_of_sheets.records)
    for raw in study.files:
        if raw.kind != "responses" and not (study.folder / raw.path).is_file():
            faults.append(Fault(raw.path, "no such file", f"a file of the kind {raw.kind}"))
    responses = _below_each_other(parts) if parts else _no_responses()
    return CleanedStudy(
        responses,
        pd.DataFrame(sorted(comments), columns=list(COMMENT_COLUMNS), dtype=str),
        pd.concat(records, ignore_index=True) if records else pd.DataFrame(columns=list(RECORD_COLUMNS)),
        _log_frame(log),
    )


def _known_columns(instrument: Instrument) -> list[str]:
    names = ["municipality", "ags", "respondent", "perspective", "item", "response"]
    return names + [item.id for item in instrument.items]


def _name_respondents(all_sheets: list[Sheets], faults: list[Fault], log: list[LogEntry]) -> None:
    """Give every sheet a respondent that is unique within municipality × setting, across files.

    Sheets without a name are numbered r1, r2, …; a name that is no key (an e-mail address, a full
    name) is replaced by a number too. Two sheets of one institution without names are a fault: one
    of them may be the same sheet once more.
    """
    taken: dict[tuple[str, str, str], tuple[str, int]] = {}
    for sheets in all_sheets:
        for position, given in enumerate(sheets.respondent):
            municipality, setting = sheets.municipality[position], sheets.raw.setting
            if given == "" or municipality == "" or not is_key(given):
                continue
            key = (municipality, setting, given.casefold())
            line = sheets.lines[position]
            if key in taken:
                file, row = taken[key]
                faults.append(
                    Fault(
                        sheets.raw.path,
                        f"the respondent {given!r} of {municipality} once more",
                        "each respondent once in a municipality, wave and setting",
                        f"The first stands in {file}, row {row}.",
                        sheets.sheet,
                        line,
                    )
                )
            taken[key] = (sheets.raw.path, line)
    numbers: Counter[tuple[str, str]] = Counter()
    without_name: dict[tuple[str, str, str], tuple[str, int]] = {}
    renamed: dict[tuple[str, str, str], int] = {}
    for sheets in all_sheets:
        for position, given in enumerate(sheets.respondent):
            municipality, setting = sheets.municipality[position], sheets.raw.setting
            line = sheets.lines[position]
            if municipality == "" or is_key(given):
                continue
            if given == "" and sheets.unit[position] == "institution":
                key = (municipality, setting, sheets.perspective[position])
                if key in without_name:
                    file, row = without_name[key]
                    faults.append(
                        Fault(
                            sheets.raw.path,
                            f"a second sheet of {municipality}",
                            "one sheet of an institution, or a column respondent",
                            f"The first stands in {file}, row {row}. Delete one of them, or number them.",
                            sheets.sheet,
                            line,
                        )
                    )
                without_name[key] = (sheets.raw.path, line)
            if given:
                key = (municipality, setting, given.casefold())
                if key in renamed:
                    faults.append(
                        Fault(
                            sheets.raw.path,
                            f"a respondent of {municipality} once more",
                            "each respondent once in a municipality, wave and setting",
                            f"The first stands in row {renamed[key]}.",
                            sheets.sheet,
                            line,
                        )
                    )
                renamed[key] = line
            while True:
                numbers[municipality, setting] += 1
                name = f"r{numbers[municipality, setting]}"
                if (municipality, setting, name) not in taken:
                    break
            sheets.respondent[position] = name
            if given:
                # the old value stays out of the log: it looks like a person
                log.append(
                    LogEntry(sheets.raw.path, sheets.sheet, line, "respondent", "", name, "pseudonymised")
                )


@dataclass
class _WaveOfSheets:
    """All sheets of one wave below each other, sorted by municipality, setting, perspective, respondent."""

    who: pd.DataFrame
    code: NDArray[np.int32]
    value: NDArray[np.float64]
    missing: NDArray[np.int8]
    comments: list[tuple[str, ...]]
    records: pd.DataFrame

    def responses(self, instrument: Instrument) -> pd.DataFrame:
        """Long: one row per sheet × item."""
        items = [item.id for item in instrument.items]
        sheets = len(self.who)
        frame = {
            column: self.who[column].repeat(len(items)).reset_index(drop=True) for column in SHEET_COLUMNS
        }
        frame["item"] = pd.Series(
            pd.Categorical.from_codes(
                np.tile(np.arange(len(items)), sheets),
                categories=pd.Index(items, dtype="str"),
            )
        )
        missing = self.missing.ravel()
        value = self.value.ravel()
        answered = missing == ANSWERED
        frame["code"] = pd.Series(
            pd.arrays.IntegerArray(self.code.ravel().astype(np.int64), ~(answered & np.isnan(value)))
        )
        frame["value"] = pd.Series(
            pd.arrays.FloatingArray(np.where(answered, value, 0.0), ~answered | np.isnan(value))
        )
        frame["missing"] = pd.Series(
            pd.Categorical.from_codes(missing, categories=pd.Index(MISSING_KINDS, dtype="str"))
        )
        return pd.DataFrame(frame)


def _join(wave: str, instrument: Instrument, all_sheets: list[Sheets], log: list[LogEntry]) -> _WaveOfSheets:
    who = pd.DataFrame(
        {
            "municipality": [m for s in all_sheets for m in s.municipality],
            "wave": wave,
            "setting": [s.raw.setting for s in all_sheets for _ in s.lines],
            "perspective": [p for s in all_sheets for p in s.perspective],
            "unit": [u for s in all_sheets for u in s.unit],
            "respondent": [r for s in all_sheets for r in s.respondent],
        },
        dtype=str,
    )
    code, value, missing, empty = (
        np.concatenate([getattr(sheets, name) for sheets in all_sheets])
        for name in ("code", "value", "missing", "empty")
    )
    line = [line for s in all_sheets for line in s.lines]
    origin = [s for s in all_sheets for _ in s.lines]
    first = np.cumsum([0, *(len(s.lines) for s in all_sheets)])
    comments = [
        (*who.loc[start + row, list(COMMENT_COLUMNS[:5])], item, text)
        for start, s in zip(first[:-1], all_sheets, strict=True)
        for row, item, text in s.comments
    ]

    # a sheet without any answer is no response
    silent = ((missing == SKIPPED) | (missing == NOT_ASKED)).all(axis=1)
    for position in np.flatnonzero(silent):
        sheets = origin[position]
        log.append(
            LogEntry(
                sheets.raw.path,
                sheets.sheet,
                line[position],
                "",
                who["municipality"][position],
                "",
                "sheet_without_answer",
            )
        )
    records = _records(who, all_sheets, silent)
    kept = np.flatnonzero(~silent)
    order = kept[np.lexsort([who[c].to_numpy(dtype=str)[kept] for c in reversed(SHEET_COLUMNS)])]
    who = who.iloc[order].reset_index(drop=True)
    for column in SHEET_COLUMNS:
        who[column] = who[column].astype("category")
    code, value, missing, empty = code[order], value[order], missing[order], empty[order]
    _mark_not_chosen(instrument, who, missing, empty)
    return _WaveOfSheets(who, code, value, missing, comments, records)


def _records(who: pd.DataFrame, all_sheets: list[Sheets], silent: NDArray[np.bool_]) -> pd.DataFrame:
    """One row per record of the raw files: where it stands, whose it is, whether it is counted."""
    first = np.cumsum([0, *(len(s.lines) for s in all_sheets)])
    sheet_of_record = [
        start + sheet for start, s in zip(first, all_sheets, strict=False) for sheet in s.sheet_of_record
    ]
    frame = who.iloc[sheet_of_record].reset_index(drop=True)
    frame.insert(0, "file", [s.raw.path for s in all_sheets for _ in s.record_lines])
    frame.insert(1, "sheet", [s.sheet for s in all_sheets for _ in s.record_lines])
    frame.insert(2, "row", [line for s in all_sheets for line in s.record_lines])
    return frame.assign(counted=~silent[sheet_of_record])[list(RECORD_COLUMNS)]


def _mark_not_chosen(
    instrument: Instrument,
    who: pd.DataFrame,
    missing: NDArray[np.int8],
    empty: NDArray[np.bool_],
) -> None:
    """Mark, in ``missing``, the dimensions that a group leaves empty on all sheets but answers another."""
    if len(who) == 0:
        return
    group = who.groupby(["municipality", "setting", "perspective"], observed=True, sort=False).ngroup()
    starts = np.flatnonzero(np.diff(group.to_numpy(), prepend=-1))
    in_dimension = {
        d.id: np.array([item.dimension == d.id for item in instrument.items]) for d in instrument.dimensions
    }
    left_empty = empty | (missing == NOT_ASKED)
    answered_any = np.logical_or.reduceat((missing == ANSWERED).any(axis=1), starts)
    for columns in in_dimension.values():
        untouched = np.logical_and.reduceat(left_empty[:, columns].all(axis=1), starts)
        not_chosen = (untouched & answered_any)[group.to_numpy()]
        cells = np.outer(not_chosen, columns) & (missing == SKIPPED)
        missing[cells] = NOT_CHOSEN


def _below_each_other(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The waves' tables as one; text stays categorical, which a concatenation would give up."""
    columns = {}
    for name in RESPONSE_COLUMNS:
        series = [part[name] for part in parts]
        if isinstance(series[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(pd.api.types.union_categoricals(series, sort_categories=True))
        else:
            columns[name] = pd.concat(series, ignore_index=True)
    return pd.DataFrame(columns)


def _no_responses() -> pd.DataFrame:
    kinds = dict.fromkeys(RESPONSE_COLUMNS, "str") | {"code": "Int64", "value": "Float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _log_frame(log: list[LogEntry]) -> pd.DataFrame:
    frame = pd.DataFrame([vars(entry) for entry in log], columns=list(LOG_COLUMNS))
    frame["row"] = frame["row"].astype("Int64")
    columns = ["file", "sheet", "row", "column", "rule"]
    return frame.sort_values(columns, kind="stable", na_position="first").reset_index(drop=True)
