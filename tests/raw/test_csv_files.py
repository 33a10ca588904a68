"""CSV files as they come: encodings, unseen characters, titles and second headers; each has its row."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from places import REFERENCE

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.columns import TRIAL, RawColumn
from weltoffen_eval.raw.csv_files import MOST_CELLS, read_csv
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import read_responses

CASES = REFERENCE / "cases"
KNOWN = ("municipality", "respondent", "Q1", "Q2", "item", "response")
GOOD = "municipality,Q1,comment\nadorf,1,für\nbestadt,2,Größe\n"


def read(path: Path, content: bytes | str, **options: object) -> tuple[RawTable | None, list[Fault]]:
    path = path / "a.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    faults: list[Fault] = []
    return read_table(path, "a.csv", faults, known=KNOWN, **options), faults  # type: ignore[arg-type]


def places_of_case(name: str) -> list[tuple[int | None, str]]:
    faults: list[Fault] = []
    read_responses(load_study(next(CASES.glob(f"{name}-*"))), faults)
    return [(fault.row, fault.column) for fault in faults]


# the rows stand in the READMEs of the cases
def test_a_line_of_another_encoding_is_named() -> None:
    assert places_of_case("60") == [(56, "")]


def test_every_cell_with_an_unseen_character_is_named() -> None:
    places = places_of_case("61")
    assert {(2, "A1"), (3, "A2"), (4, "A3"), (5, "municipality")} <= set(places)
    assert all(row is not None for row, _ in places)


def test_second_and_third_headers_of_qualtrics_are_one_fault_with_the_rows_to_skip() -> None:
    path = CASES / "31-three-header-rows" / "qualtrics.csv"
    faults: list[Fault] = []
    read_table(path, "q.csv", faults, known=KNOWN)
    assert ["skip_rows = [2, 4]" in fault.advice for fault in faults] == [True]
    # the wording of row 2 goes over two lines: by lines the marks stand in 4, in a spreadsheet in row 3
    for rows in ([2, 4], [2, 3]):
        faults.clear()
        table = read_table(path, "q.csv", faults, known=KNOWN, skip_rows=rows)
        assert faults == []
        assert table is not None
        assert table.lines[0] == 5
        assert [entry.row for entry in table.log if entry.rule == "row_skipped"] == [2, 4]


MIXED: dict[str, tuple[bytes, list[int | None]]] = {
    "one line of cp1252": ("municipality,c\na,für\n".encode() + b"b,f\xfcr\nc,ja\n", [3]),
    "several lines of cp1252": ("municipality,c\na,für\nb,ä\nc,ö\n".encode() + b"d,\xfc\ne,\xe4\n", [5, 6]),
    "one line of UTF-8 in cp1252": (b"municipality,c\na,f\xfcr\nb,\xe4\n" + "c,ö\n".encode(), [4]),
    "both in one line": (b"municipality,c\na,f\xfcr f\xc3\xbcr\n", [2]),
    "the header of cp1252": (b"municipality,Gr\xf6\xdfe\n" + "a,für\n".encode(), [1]),
    "inside a text of several lines": (
        "municipality,c\na,für\nb,\"eins\nzwei ".encode() + b"\xfc" + b'\ndrei"\n', [3],
    ),
    "a mark of UTF-8 before cp1252": (b"\xef\xbb\xbfmunicipality,c\na,f\xfcr\n", [2]),
    "old Mac line ends": ("municipality,c\ra,für\r".encode() + b"b,f\xfcr\r", [3]),
    "neither UTF-8 nor cp1252": ("municipality,c\na,für\n".encode() + b"b,\x81\n", [3]),
}  # fmt: skip


@pytest.mark.parametrize("kind", MIXED)
def test_lines_of_another_encoding_are_faults_with_their_rows(tmp_path: Path, kind: str) -> None:
    content, rows = MIXED[kind]
    _, faults = read(tmp_path, content)
    assert [fault.row for fault in faults] == rows


# bytes, declared encoding, and what the last column holds
READ: dict[str, tuple[bytes, str | None, list[str]]] = {
    "cp1252": (GOOD.encode("cp1252"), None, ["für", "Größe"]),
    "cp1252 with ß before a quotation mark": (
        "municipality,Q1,comment\na,1,„Gruß“\nb,2,„Ä…“\n".encode("cp1252"), None, ["„Gruß“", "„Ä…“"],
    ),
    "Turkish, Polish and Greek in UTF-8": (
        "municipality,Q1,comment\na,1,Iğdır\nb,2,Łódź Ω\n".encode(), None, ["Iğdır", "Łódź Ω"],
    ),
    "UTF-16 with mark": (GOOD.encode("utf-16"), None, ["für", "Größe"]),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode(), None, ["für", "Größe"]),
    "a declared code page": (GOOD.encode("cp850"), "cp850", ["für", "Größe"]),
    "Mac Roman, declared": (GOOD.encode("mac-roman"), "mac-roman", ["für", "Größe"]),
    "mixed line ends": (b"municipality,Q1,comment\r\na,1,x\rb,2,y\n", None, ["x", "y"]),
    "a family in one sign": ("municipality,Q1,comment\na,1,👨‍👩‍👧\n".encode(), None, ["👨‍👩‍👧"]),
    "tabs and breaks in a text": (b'municipality,Q1,comment\na,1,"x\ty\nz"\n', None, ["x\ty\nz"]),
    "a French Ç and a degree": ("municipality,Q1,comment\na,1,Ça – 5 °C\n".encode(), None, ["Ça – 5 °C"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_letters_are_read_as_they_were_typed(tmp_path: Path, kind: str) -> None:
    content, encoding, expected = READ[kind]
    table, faults = read(tmp_path, content, encoding=encoding)
    assert faults == []
    assert table is not None
    assert table.cells(table.columns[-1]) == expected


# bytes, declared encoding, rows of the faults, a word of what was found
REFUSED: dict[str, tuple[bytes, str | None, list[int | None], str]] = {
    "UTF-8 declared as cp1252": (GOOD.encode(), "cp1252", [None], "UTF-8"),
    "letters broken before": ("municipality,c\na,fÃ¼r\n".encode(), None, [2], "broken"),
    "letters broken twice": ("municipality,c\na,fÃƒÂ¼r\n".encode(), None, [2], "broken"),
    "a broken euro": ("municipality,c\na,5 â‚¬\n".encode(), None, [2], "broken"),
    "letters broken by Mac Roman": ("municipality,c\na,f√ºr\n".encode(), None, [2], "broken"),
    "letters broken by DOS": ("municipality,c\na,f├╝r\n".encode(), None, [2], "broken"),
    "lost letters": ("municipality,c\na,f\ufffdr\n".encode(), None, [2], "lost"),
    "a broken name of a column": ("municipality,GrÃ¶ÃŸe\na,1\n".encode(), None, [1], "broken"),
    "Mac Roman taken for cp1252": (b"municipality,c\na,f\x9fr\n", None, [2], "another encoding"),
    "no cp1252": (b"municipality,c\na,f\x81r\n", None, [2], "no cp1252"),
    "UTF-16 cut off": ("municipality,c\na,für".encode("utf-16") + b"x", None, [2], "no utf-16"),
    "an unknown encoding": (GOOD.encode(), "klingon", [None], "klingon"),
    "an encoding that is none": (GOOD.encode(), "idna", [None], "idna"),
    "an encoding of bytes": (GOOD.encode(), "hex", [None], "hex"),
    "an encoding with NUL": (GOOD.encode(), "utf\x00-8", [None], "utf"),
    "an escape": (b"municipality,c\na,\x1b[31m3\n", None, [2], "U+001B"),
    "a bell in a key": (b"municipality,c\na\x07,3\n", None, [2], "U+0007"),
    "a C1 control": ("municipality,c\na,\x9b31m\n".encode(), None, [2], "U+009B"),
    "a mark of direction": ("municipality,c\na,1\u202e4\n".encode(), None, [2], "U+202E"),
    "an isolate": ("municipality,c\na,\u20663\n".encode(), None, [2], "U+2066"),
    "a blank of no width": ("municipality,c\nad\u200borf,3\n".encode(), None, [2], "U+200B"),
    "a joiner between letters": ("municipality,c\nad\u200dorf,3\n".encode(), None, [2], "U+200D"),
    "a tag": ("municipality,c\na,3\U000e0041\n".encode(), None, [2], "U+E0041"),
    "a mark of UTF-8 in the middle": ("municipality,c\n\ufeffa,3\n".encode(), None, [2], "U+FEFF"),
    "a line separator": ("municipality,c\na,3\u20284\n".encode(), None, [2], "U+2028"),
    "a delete": (b"municipality,c\na,3\x7f\n", None, [2], "U+007F"),
    "an unseen character in a header": ("municipality,c\u200bd\na,3\n".encode(), None, [1], "U+200B"),
    "NUL": (b"municipality,c\na,\x003\n", None, [2], "NUL"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_letters_that_cannot_be_told_are_faults_with_their_rows(tmp_path: Path, kind: str) -> None:
    content, encoding, rows, found = REFUSED[kind]
    _, faults = read(tmp_path, content, encoding=encoding)
    assert [fault.row for fault in faults] == rows
    assert all(found in fault.found and fault.expected for fault in faults)


def test_a_fault_hides_no_other_kind_in_the_file(tmp_path: Path) -> None:
    text = (
        'municipality,Q1,,Q1\na,1,x,1\nb,f\u200b,x,2\nc,1\nd,1,x,fÃ¼r\n'
    ).encode() + b'e,1,x,f\xfcr\nf,"1,x\n'  # fmt: skip
    table, faults = read(tmp_path, text)
    assert [(fault.row, fault.found.split(" (")[0].split("'")[0].strip()) for fault in faults] == [
        (1, "the column stands twice"),
        (1, "column 3 has no name"),
        (3, "characters that nobody sees"),
        (4, "2 fields"),
        (5, "letters that were broken by a wrong encoding in"),
        (6, "letters in cp1252, while the rest of the file is in UTF-8"),
        (7, "quotes that do not fit"),
    ]
    assert table is not None
    assert table.lines == [2, 3, 5, 6]


@pytest.mark.parametrize("quote", ['"', ""])
def test_a_cell_that_is_too_long_is_told_as_such(tmp_path: Path, quote: str) -> None:
    text = f"municipality,Q1\na,1\nb,{quote}{'x' * 131_073}{quote}\nc,1\n"
    table, (fault,) = read(tmp_path, text.encode())
    assert (fault.row, fault.kind) == (3, "cell_too_long")
    assert fault.found == "a cell of more than 131,072 characters"
    assert table is not None
    assert table.lines == [2]
    longest = f"municipality,Q1\na,{'x' * 131_072}\n"
    assert read(tmp_path, longest.encode())[1] == []


# what stands above and below, options, the lines that are read, a word of the advice
LAYOUTS: dict[str, tuple[str, dict[str, object], list[int], str]] = {
    "a title": ("Rücklauf 2024\n\nmunicipality,Q1\na,1\n", {}, [4], "header_row = 3"),
    "a title with the delimiter": ("Rücklauf, Stand Mai\nmunicipality,Q1\na,1\n", {}, [3], "header_row = 2"),
    "a title and semicolons": ("Rücklauf, Stand, Mai, 2024\nmunicipality;Q1\na;1\n", {}, [3], "header_row = 2"),
    "a header row that is named": ("Rücklauf\n\nmunicipality,Q1\na,1\n", {"header_row": 3}, [4], ""),
    "a header row as a spreadsheet counts": (
        '"Rück\nlauf"\nmunicipality,Q1\na,1\n', {"header_row": 2}, [4], "",
    ),
    "a header row that is not there": ("municipality,Q1\na,1\n", {"header_row": 9}, [], "header_row"),
    "empty rows first": ("\n\nmunicipality,Q1\na,1\n", {}, [4], ""),
    "rows to skip": ("municipality,Q1\nKommune,Frage\nx,y\na,1\n", {"skip_rows": [2, 3]}, [4], ""),
    "a row to skip that is not there": ("municipality,Q1\na,1\n", {"skip_rows": [9]}, [2], "skip_rows"),
    "a total to skip": ("municipality,Q1\na,1\nSumme,1\n", {"skip_rows": [3]}, [2], ""),
    "empty columns at the edges": (",municipality,Q1,,\n,a,1,,\n", {}, [2], ""),
    "sep= and a title": ("sep=;\nTitel\nmunicipality;Q1\na;1\n", {"header_row": 3}, [4], ""),
    "two signs as delimiter": ("municipality,Q1\na,1\n", {"delimiter": "||"}, [], "one sign"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_header_is_found_or_the_advice_says_where_it_seems_to_be(tmp_path: Path, kind: str) -> None:
    text, options, lines, advice = LAYOUTS[kind]
    table, faults = read(tmp_path, text, **options)
    assert [advice in fault.advice + fault.expected for fault in faults] == ([True] if advice else [])
    assert (table.lines if table else []) == lines
    if table is not None:
        assert table.columns == ["municipality", "Q1"]


KINDS: dict[str, tuple[str, bytes, str]] = {
    "a page as workbook": ("a.xlsx", b"\xef\xbb\xbf\r\n<html><table><tr><td>1", "HTML"),
    "a page as CSV": ("a.csv", b"<!DOCTYPE html><html>", "HTML"),
    "a page in UTF-16": ("a.xlsx", "<html>".encode("utf-16"), "HTML"),
    "a spreadsheet in XML": ("a.xlsx", b"<?xml version='1.0'?><Workbook>", "Excel 2003"),
    "an old workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "old workbook"),
    "a locked workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old workbook by its ending": ("a.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "old workbook"),
    "a CSV file as workbook": ("a.xlsx", GOOD.encode(), "plain text"),
    "a PDF": ("a.csv", b"%PDF-1.7", "PDF"),
    "a picture": ("a.xlsx", b"\x89PNG\r\n", "picture"),
    "SPSS": ("a.csv", b"$FL2@(#)", "SPSS"),
    "a packed file": ("a.csv", b"\x1f\x8b\x08", "gzip"),
    "an empty file": ("a.xlsx", b"", "empty"),
    "an empty CSV file": ("a.csv", b"", "empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_told_with_what_helps(tmp_path: Path, kind: str) -> None:
    name, content, found = KINDS[kind]
    (tmp_path / name).write_bytes(content)
    faults: list[Fault] = []
    assert read_table(tmp_path / name, name, faults, known=KNOWN) is None
    (fault,) = faults
    assert found in fault.found
    assert fault.advice


def test_a_large_file_takes_little_more_than_a_byte_for_each_cell(tmp_path: Path) -> None:
    count, width = 20_000, 30
    path = tmp_path / "a.csv"
    row = ",".join("01234"[n % 5] for n in range(width))
    path.write_text(
        "municipality," + ",".join(f"Q{n}" for n in range(width)) + "\n" + f"a,{row}\n" * count,
        encoding="utf-8",
    )
    tracemalloc.start()
    table = read_csv(path, "a.csv", [])
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert table is not None
    assert len(table.lines) == count
    # the numbers of the lines take 40 bytes each
    assert kept < count * width * 1.5 + count * 44
    # the promise: never fewer than these
    assert MOST_CELLS >= 1_000_000 * 110


def test_a_column_holds_what_was_put_in_whatever_it_holds() -> None:
    for cells in (
        ["a", "b", "a"],
        [str(n % 300) for n in range(1000)],
        [str(n) for n in range(TRIAL + 70_000)],
    ):
        column = RawColumn()
        for start in range(0, len(cells), 30_000):
            column.extend(cells[start : start + 30_000])
        column.replace(1, "neu")
        expected = [cells[0], "neu", *cells[2:]]
        assert column.cells() == expected
        texts, codes = column.coded()
        assert [texts[code] for code in codes] == expected
        assert (column[1], len(column)) == ("neu", len(cells))


@pytest.mark.parametrize("rows", [{"skip_rows": (1,)}, {"header_row": 1, "skip_rows": (1, 3)}])
def test_the_row_of_the_header_cannot_be_skipped(tmp_path: Path, rows: dict[str, object]) -> None:
    _, faults = read(tmp_path, GOOD, **rows)
    assert [(fault.row, fault.found) for fault in faults] == [(1, "the row of the header in skip_rows")]


def test_a_tab_of_a_csv_file_is_a_fault_and_hides_none(tmp_path: Path) -> None:
    _, faults = read(tmp_path, GOOD + "x,y\n", tab="Daten")
    assert [fault.row for fault in faults] == [None, 4]
