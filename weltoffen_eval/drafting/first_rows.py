"""Where the table of an unknown raw file begins: its tab, the row of the heads, and what is no record."""

from __future__ import annotations

import csv
import datetime
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

from weltoffen_eval.drafting.explained_numbers import explanations
from weltoffen_eval.drafting.heads_above import groups_above, with_merged_down
from weltoffen_eval.drafting.kobo_columns import OF_REPEATED
from weltoffen_eval.drafting.parted_questions import begins_with_parts, parts_of_questions, without_stems
from weltoffen_eval.errors import Fault, RefusedError, on_one_line
from weltoffen_eval.raw.code_and_text import split_heads
from weltoffen_eval.raw.csv_files import DELIMITERS
from weltoffen_eval.raw.encoding import find_encoding, has_endless_line, read_lines
from weltoffen_eval.raw.files import SAV_ENDINGS, XLSX_ENDINGS, read_table
from weltoffen_eval.raw.header import FIRST_ROWS, Record
from weltoffen_eval.raw.heads import Aside
from weltoffen_eval.raw.merged_heads import read_merged
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.raw.tool_notes import read_notes
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook
from weltoffen_eval.raw.xlsx_parts import Workbook, check_container, read_workbook
from weltoffen_eval.raw.xlsx_ranges import Range
from weltoffen_eval.raw.xlsx_rows import TabRows

#: Of the first rows of a file.
_MOST_CHARACTERS = 10_000_000
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*\s?%?")
_TOTAL = re.compile(
    r"(summe|gesamt|insgesamt|total|mittelwert|durchschnitt|anzahl|quelle|stand|hinweis|anmerkung)\b.*", re.I
)
_OF_WHEN = re.compile(r"(stand|datum|erhoben|erhebung)\b", re.IGNORECASE)
#: A day of this century in a workbook, counted from the last but one of 1899.
_SERIAL = re.compile(r"(3[6-9]|[4-6][0-9])[0-9]{3}(\.0*)?")
_FIRST_DAY = datetime.date(1899, 12, 30)
#: Why rows are skipped that a survey tool marks so.
TRIES = "tries, as the survey tool notes: previews, tests, spam, not approved; check"
_BELOW = "a total or a remark below the table"
_MARKS_OF_QUALTRICS = '{"ImportId"'


@dataclass
class Beginning:
    """What study.toml has to say of the rows. ``wordings``: by head what a second row says of it.

    ``skipped`` are rows that are no records, by number, each with the reason. ``unfinished``: rows of records
    that were not finished, as the survey tool notes. ``codes``: by head the code that LimeSurvey put before
    its text. ``groups``: by head what stands over several heads. ``titles``: lines above the heads, and
    remarks below the table that say of when it is; ``remarks``: all of these. ``delimiter``: of a CSV whose
    first line does not say it.
    """

    tab: str = ""
    header_row: int = 1
    skipped: dict[int, str] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    unfinished: list[int] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    delimiter: str = ""


def read_unknown(path: Path) -> tuple[RawTable, Beginning]:
    """The table of a raw file, as text, and where it begins.

    Raises
    ------
    RefusedError
        Where it is no file of which a table can be read.
    """
    faults: list[Fault] = []
    beginning, merged, delimiter = Beginning(), list[Range](), ""
    if path.is_file() and path.suffix.lower() in XLSX_ENDINGS and check_container(path, path.name, faults):
        beginning.tab, first, merged = _first_of_workbook(path)
    elif path.is_file() and path.suffix.lower() not in XLSX_ENDINGS + SAV_ENDINGS:
        first, delimiter = _first_of_csv(path, faults)
    else:
        first = []
    if faults:
        raise RefusedError(faults)
    if first:
        _find_heads(beginning, first)
        # a title in the first line does not say by what the cells of the others are parted
        beginning.delimiter = delimiter if beginning.header_row > 1 else ""
        beginning.groups |= groups_above(first, beginning.header_row, merged)
        above = [_line(cells) for line, cells in first if line < beginning.header_row]
        beginning.titles = [line for line in above if line]
    # what is wrong with cells says check; here every column is left aside
    table = read_table(
        path,
        # it stands in comments, in source and on the console
        on_one_line(path.name),
        faults,
        tab=beginning.tab or None,
        delimiter=beginning.delimiter or None,
        header_row=beginning.header_row if beginning.header_row > 1 else None,
        skip_rows=list(beginning.skipped),
        aside=Aside((), frozenset()),
    )
    if table is None:
        raise RefusedError(faults or [Fault(path.name, "no table", "a header and records")])
    # what a file of SPSS calls its variables stands before the words of its labels
    beginning.wordings |= {head: labels[0] for head, labels in table.headings.items() if labels}
    said = split_heads(table.columns)
    beginning.codes = {head: parts.code for head, parts in said.items()}
    beginning.wordings |= {head: parts.text for head, parts in said.items()}
    beginning.groups |= {head: parts.group for head, parts in said.items() if parts.group}
    _skip_short_rows_below(beginning, path, max(table.lines, default=0), faults)
    _skip_what_is_below(beginning, table)
    notes = read_notes(table)
    beginning.skipped |= dict.fromkeys(notes.tries, TRIES)
    beginning.unfinished = [line for line in notes.unfinished if line not in beginning.skipped]
    return table, beginning


def _first_of_csv(path: Path, faults: list[Fault]) -> tuple[list[Record], str]:
    """The first rows, and by what their cells are parted."""
    if has_endless_line(path):
        return [], ""
    encoding = find_encoding(path, path.name, None, faults, [])
    if encoding is None:
        return [], ""
    lines: list[str] = []
    for line in islice(read_lines(path, encoding), 40 * FIRST_ROWS):
        lines.append(line)
        if len(line) > _MOST_CHARACTERS or sum(map(len, lines)) > _MOST_CHARACTERS:
            break
    of_delimiter = {delimiter: _records(lines, delimiter) for delimiter in DELIMITERS}
    best = max(of_delimiter, key=lambda sign: sum(len(cells) for _, cells in of_delimiter[sign][:FIRST_ROWS]))
    return of_delimiter[best], best


def _records(lines: list[str], delimiter: str) -> list[Record]:
    reader = csv.reader(lines, delimiter=delimiter)
    found: list[Record] = []
    begun = 1
    try:
        for cells in reader:
            found.append((begun, cells))
            begun = reader.line_num + 1
    except csv.Error:
        pass
    return found


def _first_of_workbook(path: Path) -> tuple[str, list[Record], list[Range]]:
    """The tab with most filled cells among its first rows, these, and what is merged in it.

    It is named where there are several.
    """
    try:
        with zipfile.ZipFile(path) as container:
            book = read_workbook(container)
            shown = [tab for tab in book.tabs if not tab.hidden]
            of_tab = {tab.name: list(_first_of_tab(book, tab.part)) for tab in shown}
            name, several = _fullest(of_tab)
            merged = [read_merged(book, tab.part) for tab in shown if tab.name == name]
    except BrokenWorkbook as error:
        raise RefusedError([Fault(path.name, str(error), "a workbook")]) from error
    if not merged:
        return "", [], []
    return name if several else "", with_merged_down(of_tab[name], merged[0]), merged[0]


def _fullest(of_tab: dict[str, list[Record]]) -> tuple[str, bool]:
    """The name of the tab with most filled cells, "" where none has any; whether several have some."""
    filled = {name: rows for name, rows in of_tab.items() if any(_filled(cells) for _, cells in rows)}
    # rows of a repeated group belong to records of another tab
    whole = {
        name: rows for name, rows in filled.items() if not any(OF_REPEATED in cells for _, cells in rows)
    }
    if not filled:
        return "", False
    fullest = max(whole or filled, key=lambda tab: sum(len(_filled(cells)) for _, cells in filled[tab]))
    return fullest, len(filled) > 1


def _first_of_tab(book: Workbook, part: str) -> Iterator[Record]:
    for row in islice(TabRows(book, part), 2 * FIRST_ROWS):
        yield row.number, [row.cells.get(column, "") for column in range(1, max(row.cells, default=0) + 1)]


def _filled(cells: list[str]) -> list[str]:
    return [plain(cell) for cell in cells if plain(cell)]


def _line(cells: list[str]) -> str:
    """A row of cells as a line; the number behind Stand is a day, as a workbook counts them."""
    told = list(dict.fromkeys(_filled(cells)))
    for at, (before, cell) in enumerate(pairwise(told), start=1):
        if _OF_WHEN.match(before) and _SERIAL.fullmatch(cell):
            told[at] = (_FIRST_DAY + datetime.timedelta(days=int(cell.partition(".")[0]))).isoformat()
    return " ".join(told)


def _find_heads(beginning: Beginning, first: list[Record]) -> None:
    """The row of the heads is the first with most filled cells of text; below it wordings may stand."""
    rows = [(line, cells) for line, cells in first if _filled(cells)]
    if not rows:
        return
    texts = [sum(not _NUMBER.fullmatch(cell) for cell in _filled(cells)) for _, cells in rows[:FIRST_ROWS]]
    # of a question with many parts more stands below the heads than in them
    parted = [at for at in range(len(texts)) if begins_with_parts(rows[at][1], rows[at + 1 :])]
    at = parted[0] if parted else texts.index(max(texts))
    beginning.header_row, heads = rows[at][0], [plain(cell) for cell in rows[at][1]]
    below = rows[at + 1 :]
    if parted:
        beginning.skipped[below[0][0]] = "a second row of heads, of the parts of questions"
        beginning.wordings, beginning.groups = parts_of_questions(heads, below[0][1])
        return
    for position, (_, cells) in enumerate(below[:3]):
        marks = sum(cell.lstrip().startswith(_MARKS_OF_QUALTRICS) for cell in cells)
        if marks * 2 > len(_filled(cells)):
            for number, _ in below[: position + 1]:
                beginning.skipped[number] = "wordings and marks of Qualtrics"
            said = _said_of(heads, below[0][1] if position else [])
            beginning.wordings, beginning.groups = without_stems(said)
            return
    if below and (_is_labels_of_sosci(heads, below[0][1]) or _are_wordings([cells for _, cells in below])):
        beginning.skipped[below[0][0]] = "a second row of heads"
        beginning.wordings = _said_of(heads, below[0][1])


def _said_of(heads: list[str], cells: list[str]) -> dict[str, str]:
    said = zip(heads, (" ".join(cell.split()) for cell in cells), strict=False)
    return {head: text for head, text in said if head and text}


def _is_labels_of_sosci(heads: list[str], cells: list[str]) -> bool:
    """Whether a row below the variables of SoSci Survey is their labels: a case has a number."""
    names = [head.upper() for head in heads]
    if not {"CASE", "QUESTNNR"} <= {*names} or len(cells) <= names.index("CASE"):
        return False
    return not _NUMBER.fullmatch(plain(cells[names.index("CASE")]))


def _are_wordings(rows: list[list[str]]) -> bool:
    """Whether the first row is words in columns that hold numbers below it, each another."""
    cells, *records = rows
    if len(records) < 3:
        return False
    numeric = [
        plain(cell)
        for column, cell in enumerate(cells)
        if (below := [plain(r[column]) for r in records if column < len(r) and plain(r[column])])
        and all(_NUMBER.fullmatch(text) for text in below)
    ]
    words = [cell for cell in numeric if cell and not _NUMBER.fullmatch(cell)]
    return len(words) > 1 and len(words) == len(numeric) and len(set(words)) == len(words)


def _skip_short_rows_below(beginning: Beginning, path: Path, last: int, faults: list[Fault]) -> None:
    """Totals and remarks at the end of a CSV that has no cells beside them are no records either."""
    short = [fault.row for fault in faults if fault.kind == "fields_wrong" and fault.row and fault.row > last]
    encoding = find_encoding(path, path.name, None, [], []) if short else None
    if encoding is None:
        return
    for number, line in enumerate(islice(read_lines(path, encoding), max(short)), start=1):
        text = plain(line).strip('";,\t ')
        if number in short and (_TOTAL.fullmatch(text) or explanations(text)):
            beginning.skipped[number] = _BELOW
            beginning.remarks.append(text)


def _skip_what_is_below(beginning: Beginning, table: RawTable) -> None:
    """Totals and remarks at the end of a table are no records."""
    last = [
        (table.lines[at], list(table.rows[at]))
        for at in range(max(0, len(table.lines) - 8), len(table.lines))
    ]
    for line, cells in reversed(last):
        filled = _filled(cells)
        alone = len(table.columns) > 2 and (_TOTAL.fullmatch(filled[0]) or len(filled) == 1)
        # signs that part cells stand in remarks too
        if not alone and not (len(filled) < len(table.columns) and all(map(explanations, filled))):
            return
        beginning.skipped[line] = _BELOW
        beginning.remarks.append(_line(cells))
        if _OF_WHEN.match(filled[0]):
            beginning.titles.append(_line(cells))
