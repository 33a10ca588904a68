"""The table of responses: the sheets of a wave below each other, one row per respondent × item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.raw.table import LogEntry
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Instrument
from weltoffen_eval.study.responses.matrices import (
    ANSWERED,
    NOT_ASKED,
    NOT_CHOSEN,
    SKIPPED,
    GivenAnswers,
    numeric_items,
)
from weltoffen_eval.study.responses.sheets import SheetsOfFile

SHEET_COLUMNS = ("municipality", "wave", "setting", "perspective", "unit", "respondent")
RESPONSE_COLUMNS = (*SHEET_COLUMNS, "item", "code", "value", "missing")
COMMENT_COLUMNS = (*SHEET_COLUMNS[:4], "respondent", "item", "comment", "office", "evidence")
RECORD_COLUMNS = ("file", "tab", "row", *SHEET_COLUMNS, "counted")


@dataclass(frozen=True)
class WaveOfSheets:
    """All sheets of one wave below each other, sorted by municipality, setting, perspective, respondent.

    ``who``: a row per sheet, columns SHEET_COLUMNS. The matrices are sheet × item, items as ``items``;
    ``value`` has a column for each of the items at ``numeric`` only, since numbers take eight times as much.
    """

    who: pd.DataFrame
    items: tuple[str, ...]
    numeric: tuple[int, ...]
    code: NDArray[np.signedinteger[Any]]
    value: NDArray[np.float64]
    missing: NDArray[np.int8]

    def __len__(self) -> int:
        """How many rows the table of responses has for this wave."""
        return len(self.who) * len(self.items)

    def given(self, sheets: NDArray[np.intp] | slice) -> GivenAnswers:
        """The answers of some sheets."""
        missing = self.missing[sheets]
        value = np.full(missing.shape, np.nan)
        value[:, list(self.numeric)] = self.value[sheets]
        coded = (missing == ANSWERED) & np.isnan(value)
        return GivenAnswers(np.where(coded, self.code[sheets], np.nan), value, missing)

    def of(self, kept: NDArray[np.bool_]) -> WaveOfSheets:
        """Only some of the sheets; who is left out is no municipality of the wave."""
        who = self.who[kept].reset_index(drop=True)
        who["municipality"] = who["municipality"].cat.remove_unused_categories()
        return replace(
            self, who=who, code=self.code[kept], value=self.value[kept], missing=self.missing[kept]
        )

    def rows(self, start: int = 0, stop: int | None = None) -> pd.DataFrame:
        """The table of responses, or a part of it: one row per sheet × item."""
        stop = len(self) if stop is None else stop
        count = max(len(self.items), 1)
        sheets = slice(start // count, -(-stop // count))
        within = slice(start - sheets.start * count, stop - sheets.start * count)
        given = self.given(sheets)
        who = self.who.iloc[sheets]
        frame = {
            column: who[column].repeat(len(self.items)).iloc[within].reset_index(drop=True)
            for column in SHEET_COLUMNS
        }
        number = np.tile(np.arange(len(self.items)), len(who))[within]
        frame["item"] = pd.Series(
            pd.Categorical.from_codes(number, categories=pd.Index(self.items, dtype="str"))
        )
        code, value = given.code.ravel()[within], given.value.ravel()[within]
        frame["code"] = pd.Series(
            pd.arrays.IntegerArray(np.nan_to_num(code).astype(np.int64), np.isnan(code))
        )
        frame["value"] = pd.Series(pd.arrays.FloatingArray(np.nan_to_num(value), np.isnan(value)))
        frame["missing"] = pd.Series(
            pd.Categorical.from_codes(
                given.missing.ravel()[within], categories=pd.Index(MISSING_KINDS, dtype="str")
            )
        )
        return pd.DataFrame(frame)


@dataclass(frozen=True)
class JoinedSheets:
    """The sheets of a wave that count, with their comments, and one row per record of the raw files."""

    sheets: WaveOfSheets
    comments: list[tuple[str, ...]]
    records: pd.DataFrame


def join_sheets(
    wave: str,
    instrument: Instrument,
    all_sheets: list[SheetsOfFile],
    kinds: Mapping[str, str],
    log: list[LogEntry],
) -> JoinedSheets:
    """The sheets of a wave that count, in order; what a whole group left aside is marked as not chosen.

    ``kinds``: of each municipality; an item that is not put to a kind is not asked where its cell is empty.
    """
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
        np.concatenate([getattr(sheets.answers, name) for sheets in all_sheets])
        for name in ("code", "value", "missing", "empty")
    )
    line = [line for s in all_sheets for line in s.lines]
    origin = [s for s in all_sheets for _ in s.lines]
    first = np.cumsum([0, *(len(s.lines) for s in all_sheets)])
    comments = [
        (*who.loc[start + row, list(COMMENT_COLUMNS[:5])], *texts)
        for start, s in zip(first[:-1], all_sheets, strict=True)
        for row, *texts in s.comments
    ]

    _mark_not_put(instrument, [kinds.get(key, "") for key in who["municipality"]], missing, empty)
    # a sheet without any answer is no response
    silent = ((missing == SKIPPED) | (missing == NOT_ASKED)).all(axis=1)
    for position in np.flatnonzero(silent):
        sheets = origin[position]
        log.append(
            LogEntry(
                sheets.raw.path,
                sheets.tab,
                line[position],
                "",
                who["municipality"][position],
                "",
                "sheet_without_answer",
            )
        )
    records = _records(who, all_sheets, silent)
    kept = np.flatnonzero(~silent)
    who = who.iloc[kept].reset_index(drop=True)
    for column in SHEET_COLUMNS:
        who[column] = who[column].astype("category")
    # categories are sorted, so their numbers sort as the texts do
    order = np.lexsort([who[column].cat.codes.to_numpy() for column in reversed(SHEET_COLUMNS)])
    who = who.iloc[order].reset_index(drop=True)
    order = kept[order]
    code, value, missing, empty = code[order], value[order], missing[order], empty[order]
    _mark_not_chosen(instrument, who, missing, empty)
    items = tuple(item.id for item in instrument.items)
    wave_of_sheets = WaveOfSheets(who, items, numeric_items(instrument), code, value, missing)
    return JoinedSheets(wave_of_sheets, comments, records)


def _records(who: pd.DataFrame, all_sheets: list[SheetsOfFile], silent: NDArray[np.bool_]) -> pd.DataFrame:
    """One row per record of the raw files: where it stands, whose it is, whether it is counted."""
    first = np.cumsum([0, *(len(s.lines) for s in all_sheets)])
    sheet_of_record = [
        start + sheet for start, s in zip(first, all_sheets, strict=False) for sheet in s.sheet_of_record
    ]
    frame = who.iloc[sheet_of_record].reset_index(drop=True)
    frame.insert(0, "file", [s.raw.path for s in all_sheets for _ in s.record_lines])
    tabs = [tab for s in all_sheets for tab in s.record_tabs or [s.tab] * len(s.record_lines)]
    frame.insert(1, "tab", tabs)
    frame.insert(2, "row", [line for s in all_sheets for line in s.record_lines])
    return frame.assign(counted=~silent[sheet_of_record])[list(RECORD_COLUMNS)]


def _mark_not_put(
    instrument: Instrument, kinds: Sequence[str], missing: NDArray[np.int8], empty: NDArray[np.bool_]
) -> None:
    """Mark, in ``missing``, empty cells of items that are not put to a sheet's kind of municipality."""
    numbers, words = pd.factorize(np.asarray(kinds, dtype=object))
    for column, item in enumerate(instrument.items):
        if item.applies_to:
            left_out = np.array([not item.is_put_to(kind) for kind in words], dtype=bool)[numbers]
            missing[left_out & empty[:, column] & (missing[:, column] == SKIPPED), column] = NOT_ASKED


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
        for column in np.flatnonzero(columns):
            missing[not_chosen & (missing[:, column] == SKIPPED), column] = NOT_CHOSEN


def rows_of(waves: Sequence[WaveOfSheets]) -> pd.DataFrame:
    """The table of responses: the waves below each other."""
    return _stack([wave.rows() for wave in waves]) if waves else _no_rows()


def rows_in_parts(waves: Sequence[WaveOfSheets], rows: int) -> Iterator[pd.DataFrame]:
    """The table of responses in parts of so many ``rows`` (the last may have fewer); at least one part."""
    ends = np.cumsum([0, *map(len, waves)])
    for start in range(0, max(int(ends[-1]), 1), rows):
        stop = min(start + rows, int(ends[-1]))
        parts = [
            wave.rows(max(start - begin, 0), min(stop, end) - begin)
            for wave, begin, end in zip(waves, ends[:-1].tolist(), ends[1:].tolist(), strict=True)
            if begin < stop and start < end
        ]
        # most parts lie within one wave
        yield parts[0] if len(parts) == 1 else _stack(parts) if parts else rows_of(waves)


def _stack(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables as one; text stays categorical, which a concatenation would give up."""
    columns = {}
    for name in RESPONSE_COLUMNS:
        series = [part[name] for part in parts]
        if isinstance(series[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(pd.api.types.union_categoricals(series, sort_categories=True))
        else:
            columns[name] = pd.concat(series, ignore_index=True)
    return pd.DataFrame(columns)


def _no_rows() -> pd.DataFrame:
    """The table of responses of a study without any."""
    kinds = dict.fromkeys(RESPONSE_COLUMNS, "str") | {"code": "Int64", "value": "Float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
