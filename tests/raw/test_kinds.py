"""A file is what it holds, whatever its name; advice is that of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.kinds import recognise

PAGES = {
    "a page": "<html><table><tr><td>a</td></tr></table></html>",
    "a page behind a mark and a comment": "\ufeff  <!-- export --><table><tr><td>a</td></tr></table>",
    "a page that begins with its style": "<style>td {}</style><table></table>",
    "a page that begins with a script": "\n<script type='x'>1</script>",
    "a bare row": "<tr><td>a</td></tr>",
    "XHTML": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    "the page of an office program": "<HTML xmlns:x='urn:x'><x:ExcelWorkbook/></HTML>",
}
TEXTS = {
    "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html/>": "mht",
    "{\\rtf1\\ansi a}": "rtf",
    "ID;PWXL;N;E\r\nC;Y1;X1;K1\r\n": "sylk",
    '[{"municipality": "adorf"}]': "json",
    '{ "municipality": "adorf" }': "json",
    "municipality,Q1\nadorf,1\n": "csv",
    "<5 %,municipality\n1,adorf\n": "csv",
    "ID;PLZ;Ort\n1;24937;Flensburg\n": "csv",
    "[Kommune],Q1\nadorf,1\n": "csv",
    "{token};Q1\nadorf;1\n": "csv",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_page_is_told_as_one_under_any_name(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text(PAGES[name], encoding="utf-8")
    faults: list[Fault] = []
    assert read_table(path, path.name, faults) is None
    assert [fault.advice for fault in faults] == ["Open it in a spreadsheet program and save it as .xlsx."]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_told_from_its_beginning(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text(text, encoding="utf-8", newline="")
    assert recognise(path) == TEXTS[text]
