"""The table of responses: the sheets of a wave below each other, one row per respondent × item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.study.instrument import MISSING_KINDS, Instrument
from weltoffen_eval.study.raw_table import LogEntry
from weltoffen_eval.study.sheets import ANSWERED, NOT_ASKED, NOT_CHOSEN, SKIPPED, Sheets

SHEET_COLUMNS = ("municipality", "wave", "setting", "perspective", "unit", "respondent")
RESPONSE_COLUMNS = (*SHEET_COLUMNS, "item", "code", "value", "missing")
COMMENT_COLUMNS = (*SHEET_COLUMNS[:4], "respondent", "item", "comment")
RECORD_COLUMNS = ("file", "tab", "row", *SHEET_COLUMNS, "counted")


@dataclass
class WaveOfSheets:
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


def join_sheets(
    wave: str, instrument: Instrument, all_sheets: list[Sheets], log: list[LogEntry]
) -> WaveOfSheets:
    """The sheets of a wave that count, in order; what a whole group left aside is marked as not chosen."""
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
    return WaveOfSheets(who, code, value, missing, comments, records)


def _records(who: pd.DataFrame, all_sheets: list[Sheets], silent: NDArray[np.bool_]) -> pd.DataFrame:
    """One row per record of the raw files: where it stands, whose it is, whether it is counted."""
    first = np.cumsum([0, *(len(s.lines) for s in all_sheets)])
    sheet_of_record = [
        start + sheet for start, s in zip(first, all_sheets, strict=False) for sheet in s.sheet_of_record
    ]
    frame = who.iloc[sheet_of_record].reset_index(drop=True)
    frame.insert(0, "file", [s.raw.path for s in all_sheets for _ in s.record_lines])
    frame.insert(1, "tab", [s.sheet for s in all_sheets for _ in s.record_lines])
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


def stack_waves(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The waves' tables as one; text stays categorical, which a concatenation would give up."""
    columns = {}
    for name in RESPONSE_COLUMNS:
        series = [part[name] for part in parts]
        if isinstance(series[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(pd.api.types.union_categoricals(series, sort_categories=True))
        else:
            columns[name] = pd.concat(series, ignore_index=True)
    return pd.DataFrame(columns)


def no_responses() -> pd.DataFrame:
    """The table of responses of a study without any."""
    kinds = dict.fromkeys(RESPONSE_COLUMNS, "str") | {"code": "Int64", "value": "Float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
