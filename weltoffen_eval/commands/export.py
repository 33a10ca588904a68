"""``weltoffen export``: a study's own data for R, Stata and SPSS, labelled, with a codebook."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.commands.own_data import check_apart_from_reports, tell_own_data
from weltoffen_eval.errors import CallError

if TYPE_CHECKING:
    from weltoffen_eval.display.export.tables import CodedAnswers
    from weltoffen_eval.display.language import Language
    from weltoffen_eval.publish.exporting.data_files import DataColumn
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.responses.cleaning import CleanedStudy
    from weltoffen_eval.study.responses.table import WaveOfSheets

FORMATS = ("sav", "csv", "xlsx", "parquet")
#: Rows of a long table that still fit into memory as a whole.
_MOST_LONG_ROWS = 20_000_000


@options.as_command("export", "A study's own data for R, Stata and SPSS, with a codebook.")
@options.study
@options.as_json
@click.option("--to", "form", type=Word(FORMATS), required=True, help="sav, csv, xlsx or parquet.")
@click.option("-w", "--wave", metavar="W", multiple=True, help="Only this wave (repeatable; default: all).")
@click.option(
    "--layout",
    type=Word(("wide", "long")),
    default="wide",
    help="A row per respondent (wide, the default) or per answer (long).",
)
@click.option("--with-comments", is_flag=True, help="Also the comments, as a table of their own.")
@click.option(
    "--out", metavar="DIR", type=options.FilePath(),
    help="The folder, or the file of one wave (default: <study>-export).",
)  # fmt: skip
def command(
    study: str | None,
    as_json: bool,
    form: str,
    wave: tuple[str, ...],
    layout: str,
    with_comments: bool,
    out: Path | None,
) -> int:
    """Write one table and one codebook for each wave."""
    from weltoffen_eval.commands.table_files import check_apart_from_study, check_out
    from weltoffen_eval.display.language import load_language
    from weltoffen_eval.publish.keeping.files import write_whole
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.responses.cleaning import clean_responses

    the_study = load_study(study)
    waves = _wanted(the_study, wave)
    place = out if out is not None else Path(f"{the_study.id}-export")
    one = _as_file(place, form, waves)
    check_apart_from_reports(place)
    check_apart_from_study(place, the_study)
    cleaned = clean_responses(the_study)
    language = load_language(the_study.language)
    sheets = [w for w in cleaned.waves if len(w.who) and str(w.who["wave"].iloc[0]) in waves]
    if not sheets:
        raise CallError(f"The study {the_study.id} has no responses to export.")
    written = []
    for of_wave in sheets:
        name = str(of_wave.who["wave"].iloc[0])
        stem = place.with_suffix("") if one else place / (name if layout == "wide" else f"{name}-long")
        made = _files_of_wave(the_study, of_wave, name, language, form, layout)
        if with_comments:
            made = _with_comments(made, cleaned, the_study, name, form)
        for ending, content in made:
            path = place if one and ending == f".{form}" else stem.with_name(stem.name + ending)
            check_out(path, the_study)
            write_whole(path, content)
            written.append(str(path))
    tell_own_data(cleaned.records)
    if as_json:
        print(json.dumps({"study": the_study.id, "files": written}))
    else:
        print("\n".join(written))
    return 0


def _wanted(study: Study, waves: Sequence[str]) -> list[str]:
    known = [entry.id for entry in study.waves]
    for wave in waves:
        if wave not in known:
            raise CallError(f"--wave is {wave!r}, but the study {study.id} has the waves {', '.join(known)}.")
    return [wave for wave in known if wave in waves] if waves else known


def _as_file(place: Path, form: str, waves: Sequence[str]) -> bool:
    """Whether ``--out`` names a file rather than a folder."""
    ending = place.suffix.lower()
    if place.is_dir() or ending not in [f".{name}" for name in FORMATS]:
        return False
    if ending != f".{form}":
        raise CallError(
            f"--out is {place}, but --to is {form}; name a file that ends with .{form}, or a folder."
        )
    if len(waves) > 1:
        raise CallError(f"--out is the file {place}, but there are the waves {', '.join(waves)}; add --wave.")
    return True


def _files_of_wave(
    study: Study, sheets: WaveOfSheets, wave: str, language: Language, form: str, layout: str
) -> Iterator[tuple[str, bytes]]:
    """The files of a wave: what each is called behind its name, and its content."""
    from weltoffen_eval.display.export.codebook import COLUMNS, codebook
    from weltoffen_eval.display.export.tables import coded_answers, long_table
    from weltoffen_eval.display.export.variables import variables_of
    from weltoffen_eval.publish.exporting.data_files import DataColumn, csv_file, xlsx_file

    instrument = study.instruments[wave]
    day = next(entry.date for entry in study.waves if entry.id == wave)
    variables = variables_of(instrument, language)
    if layout == "long":
        _check_length(len(sheets), form)
        columns = _of_frame(long_table(study, sheets, instrument, variables, language))
    else:
        _check_length(len(sheets.who), form)
        columns = _wide_columns(study, sheets, coded_answers(sheets, instrument, variables), form, language)
    yield f".{form}", _file(columns, form, f"{study.title}, {wave}", wave, day)
    rows = list(codebook(instrument, coded_answers(sheets, instrument, variables), language))
    explained = [DataColumn(name, [row[place] for row in rows]) for place, name in enumerate(COLUMNS)]
    yield "-codebook.csv", csv_file(explained)
    yield "-codebook.xlsx", xlsx_file(explained, "codebook", day)


def _check_length(rows: int, form: str) -> None:
    from weltoffen_eval.publish.exporting.data_files import MOST_XLSX_ROWS

    most = MOST_XLSX_ROWS - 1 if form == "xlsx" else _MOST_LONG_ROWS
    if rows > most:
        raise CallError(
            f"The table has {rows:,} rows, but --to {form} takes {most:,}; take --layout wide, or one wave."
        )


def _wide_columns(
    study: Study, sheets: WaveOfSheets, answers: Sequence[CodedAnswers], form: str, language: Language
) -> list[DataColumn]:
    from weltoffen_eval.display.export.tables import who_of
    from weltoffen_eval.publish.exporting.data_files import DataColumn

    columns = [DataColumn(name, texts, is_text=True) for name, texts in who_of(study, sheets).items()]
    for of_item in answers:
        variable = of_item.variable
        if form in ("csv", "xlsx"):
            columns.append(DataColumn(variable.name, of_item.cells(language)))
        else:
            numbers = [None if n != n else n for n in of_item.numbers.tolist()]
            columns.append(
                DataColumn(variable.name, numbers, variable.label, variable.labels, variable.ranges)
            )
    return columns


def _of_frame(frame: object) -> list[DataColumn]:
    import pandas as pd

    from weltoffen_eval.publish.exporting.data_files import DataColumn

    assert isinstance(frame, pd.DataFrame)
    columns = []
    for name in frame.columns:
        of_numbers = name in ("code", "value")
        cells = [
            (None if of_numbers else "") if pd.isna(cell) else cell if of_numbers else str(cell)
            for cell in frame[name].astype(object).tolist()
        ]
        columns.append(DataColumn(str(name), cells, is_text=not of_numbers))
    return columns


def _with_comments(
    made: Iterator[tuple[str, bytes]], cleaned: CleanedStudy, study: Study, wave: str, form: str
) -> Iterator[tuple[str, bytes]]:
    yield from made
    comments = cleaned.comments[cleaned.comments["wave"] == wave]
    day = next(entry.date for entry in study.waves if entry.id == wave)
    yield f"-comments.{form}", _file(_of_frame(comments), form, study.title, "comments", day)
    print("Not for publication: comments are there as people wrote them.", file=sys.stderr)


def _file(columns: Sequence[DataColumn], form: str, title: str, tab: str, day: object) -> bytes:
    import datetime

    from weltoffen_eval.publish.exporting.data_files import csv_file, parquet_file, xlsx_file
    from weltoffen_eval.publish.exporting.sav_file import sav_file

    assert isinstance(day, datetime.date)
    if form == "csv":
        return csv_file(columns)
    if form == "xlsx":
        return xlsx_file(columns, tab, day)
    return sav_file(columns, title, day) if form == "sav" else parquet_file(columns)
