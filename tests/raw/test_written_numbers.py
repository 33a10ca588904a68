"""A number that can be read in two ways is in doubt, unless study.toml says which sign parts decimals."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_studies import change, clean, faults_of, told, write_study

from weltoffen_eval.raw.written_numbers import NumberStyle, find_style

UNKNOWN = NumberStyle()
GERMAN = NumberStyle(",")
ENGLISH = NumberStyle(".")


# by hand: what a German, an English reader, and somebody who knows neither takes a text for
@pytest.mark.parametrize(
    ("text", "unknown", "german", "english"),
    [
        ("12", 12, 12, 12),
        ("12,5", 12.5, 12.5, None),
        ("12.5", 12.5, None, 12.5),
        ("1.234", 1.234, 1234, 1.234),
        ("1,234", 1.234, 1.234, 1234),
        ("1.234,5", None, 1234.5, None),
        ("1,234.5", None, None, 1234.5),
        ("1.234.567", None, 1234567, None),
        ("1.23.456", None, None, None),
        ("-1.500", -1.5, -1500, -1.5),
        ("1e3", 1000, 1000, 1000),
        ("1_000", None, None, None),
        ("nan", None, None, None),
        ("٣", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_number_is_read_by_its_decimal_sign(
    text: str, unknown: float | None, german: float | None, english: float | None
) -> None:
    for style, expected in ((UNKNOWN, unknown), (GERMAN, german), (ENGLISH, english)):
        read = style.read(text)
        assert (read[0] if read else None) == expected


@pytest.mark.parametrize(
    ("text", "maximum", "in_doubt"),
    [
        ("1.234", 5000, True), ("1.234", 100, False), ("12.345", 5000, False), ("0.234", 5000, False),
        ("1.23", 5000, False), ("1.2345", 5000, False), ("1,234", 5000, False), ("123.456", 1_000_000, True),
    ],
)  # fmt: skip
def test_where_both_readings_are_on_the_scale_a_dot_is_in_doubt(
    text: str, maximum: float, in_doubt: bool
) -> None:
    assert bool(UNKNOWN.doubt(text, 0, maximum)) == in_doubt
    assert GERMAN.doubt(text, 0, maximum) == ""
    assert ENGLISH.doubt(text, 0, maximum) == ""


def test_the_style_of_a_file_follows_from_its_numbers_and_delimiter() -> None:
    assert find_style(["12,5", "1.234"], None, ",") == NumberStyle("", True, False)
    assert find_style(["1.234"], None, ";") == NumberStyle("", True, False)
    assert find_style(["1,234", "12.5"], None, ",") == NumberStyle("", True, True)
    assert find_style(["1.234", "ja"], None, ",") == NumberStyle()
    assert find_style(["12,5"], ".", ";") == NumberStyle(".")


def write_numbers(folder: Path, text: str, keys: str = "") -> Path:
    return write_study(folder, ("a.csv", text), keys=f'perspective = "civil_society"\n{keys}')


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_thousands_dot_beside_a_decimal_comma_is_a_fault_of_its_cell(
    tmp_path: Path, delimiter: str
) -> None:
    rows = ["municipality|A1|A2|B1|B2", 'adorf|1|1|900|"12,5"', "adorf|1|1|4.000|1.500"]
    folder = write_numbers(tmp_path, "\n".join(rows).replace("|", delimiter))
    faults = faults_of(folder)
    assert told(faults) == [("a.csv", 3, "B1"), ("a.csv", 3, "B2")]
    assert faults[0].found == "'4.000', which is 4000 or 4"
    assert {fault.municipality for fault in faults} == {"adorf"}


@pytest.mark.parametrize(
    ("decimal", "numbers", "values"),
    [
        (",", ["4.000", "12,5"], [4000, 12.5]),
        (".", ["4.000", "12.5"], [4, 12.5]),
        (".", ["4,000", "1.5"], [4000, 1.5]),
    ],
)
def test_decimal_says_which_reading_it_is(
    tmp_path: Path, decimal: str, numbers: list[str], values: list[float]
) -> None:
    text = "municipality;A1;A2;B1;B2\nadorf;1;1;" + ";".join(numbers)
    responses = clean(write_numbers(tmp_path, text, f'decimal = "{decimal}"')).responses
    assert responses["value"].dropna().tolist() == values


def test_a_long_file_is_read_alike(tmp_path: Path) -> None:
    text = 'municipality,respondent,item,response\nadorf,r1,B1,4.000\nadorf,r1,B2,"12,5"\n'
    folder = write_numbers(tmp_path, text, 'layout = "long"')
    assert told(faults_of(folder)) == [("a.csv", 2, "response")]
    change(folder / "study.toml", "layout", 'decimal = ","\nlayout')
    assert clean(folder).responses["value"].dropna().tolist() == [4000, 12.5]


@pytest.mark.parametrize(("layout", "decimal"), [("wide", ""), ("wide", 'decimal = ","'), ("long", "")])
def test_a_number_of_a_workbook_is_certain_and_a_text_there_is_not(
    tmp_path: Path, layout: str, decimal: str
) -> None:
    folder = write_study(
        tmp_path, ("a.xlsx", ""), keys=f'perspective = "politics"\nlayout = "{layout}"\n{decimal}'
    )
    rows: list[list[object]] = {
        "wide": [["municipality", "A1", "A2", "B1", "B2"], ["adorf", 1, 1, 1.234, 12.5], ["adorf", 1, 1, "1.234", 12.5]],
        "long": [["municipality", "respondent", "item", "response"], ["adorf", "r1", "B1", 1.234],
                 ["adorf", "r1", "B2", 12.5], ["adorf", "r2", "B1", "1.234"], ["adorf", "r2", "B2", 12.5]],
    }[layout]  # fmt: skip
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    if decimal:
        assert clean(folder).responses["value"].dropna().tolist() == [1.234, 12.5, 1234, 12.5]
    else:
        (fault,) = faults_of(folder)
        assert fault.row == (3 if layout == "wide" else 4)
        assert "1234 or 1.234" in fault.found
