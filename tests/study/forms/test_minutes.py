"""Minutes in Word: made, filled in, brought back; a row that is not plain is a fault that names table and row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from filled_sheets import FOLDER, sheet_study
from given_studies import given_faults, given_in, values_of
from small_studies import change

from weltoffen_eval.commands.main import main
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.study.forms.minutes import MINUTES_KINDS

#: The place of each table in the document.
ENTRIES, NOTES, STATEMENTS, OUTCOMES, MEASURES = range(5)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    return sheet_study(tmp_path / "klein", *MINUTES_KINDS)


def blank(study: Path) -> Path:
    out = study.parent / "protokoll.docx"
    # nothing that may have been filled in is written over
    out.unlink(missing_ok=True)
    call = ["form", str(study), "-m", "adorf", "--kind", "minutes", "--setting", "dialogue"]
    assert main([*call, "--out", str(out)]) == 0
    return out


def filled(study: Path, done: Callable[[Document], Any] | None = None) -> Path:
    path = blank(study)
    document = docx.Document(str(path))
    entries, notes, statements, outcomes, measures = document.tables
    line = {row.cells[0].text: row for row in entries.rows}
    line["Datum"].cells[1].text = "03.05.2024"
    line["Teilnehmende"].cells[1].text = "31"
    for cell, text in zip(
        notes.rows[1].cells, ("Feld B", "Räume fehlen.", "Bedarf", "T1", "ja"), strict=True
    ):
        cell.text = text
    statements.rows[2].cells[1].text, statements.rows[2].cells[2].text = "3", "Im Amt.\nUnd im Bus."
    outcomes.rows[1].cells[1].text = "Mehr Räume."
    measures.rows[1].cells[0].text, measures.rows[1].cells[3].text = "Räume öffnen", "Hauptamt"
    if done:
        done(document)
    document.save(str(path))
    return path


READ: dict[str, list[dict[str, object]]] = {
    "notes": [{"dimension": "beta", "text": "Räume fehlen.", "kind": "need", "group": "T1", "released": True}],
    "statements": [
        {"statement": "A2", "question": "3", "text": "Im Amt.\nUnd im Bus.", "released": False}
    ],
    "outcomes": [{"position": 1, "text": "Mehr Räume."}],
    "measures": [{"what": "Räume öffnen", "who": "Hauptamt", "needs_decision": False, "take": False}],
}  # fmt: skip


def test_the_tables_of_minutes_come_back_as_rows_of_their_kinds(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled(study)
    assert main(["import", str(path), "--study", str(study)]) == 0
    assert (study / FOLDER / "adorf-1.docx").read_bytes() == path.read_bytes()
    assert {kind: values_of(study, kind) for kind in READ} == READ
    ((event),) = values_of(study, "events")
    assert (str(event["date"]), event["participants"]) == ("2024-05-03", 31)
    (row,) = given_in(study).of("statements")
    assert (row.municipality, row.wave, row.setting) == ("adorf", "2024", "dialogue")
    assert (row.file, row.tab, row.row) == (f"{FOLDER}/adorf-1.docx", "Tabelle 3", 3)


def test_empty_minutes_have_the_same_bytes_and_are_refused(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = blank(study).read_bytes()
    assert blank(study).read_bytes() == first
    words = load_catalogue("sheets", "de")
    said = [paragraph.text for paragraph in docx.Document(str(blank(study))).paragraphs]
    assert said[:2] == ["Protokoll", words.text("minutes_how")]
    assert "Art: Stärke; Bedarf; Idee; Widerspruch; Anmerkung" in said
    assert "4: Welche Hürden sehen Sie?" in said
    assert main(["import", str(blank(study)), "--study", str(study)]) == 3
    assert "minutes without any entry" in capsys.readouterr().err


def test_minutes_that_were_filled_in_are_not_written_over(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled(study)
    content = path.read_bytes()
    call = ["form", str(study), "-m", "adorf", "--kind", "minutes", "--setting", "dialogue"]
    assert main([*call, "--out", str(path)]) == 2
    assert "another content" in capsys.readouterr().err
    assert path.read_bytes() == content


def add_row(document: Document) -> None:
    table = document.tables[NOTES]
    table._tbl.append(deepcopy(table.rows[2]._tr))


def swap_columns(document: Document) -> None:
    for row in document.tables[NOTES].rows:
        first, third = row._tr.tc_lst[0], row._tr.tc_lst[2]
        first.addprevious(third)


def move_table(document: Document) -> None:
    document.element.body.insert(0, document.tables[MEASURES]._tbl)


def shorten_empty_row(document: Document) -> None:
    row = document.tables[NOTES].rows[3]
    row._tr.remove(row._tr.tc_lst[4])


def part_runs(document: Document) -> None:
    paragraph = document.tables[NOTES].rows[1].cells[1].paragraphs[0]
    paragraph.runs[0].text = "Räume "
    paragraph.add_run("fehlen.").bold = True


@pytest.mark.parametrize("done", [add_row, swap_columns, move_table, shorten_empty_row, part_runs])
def test_what_people_do_to_minutes_changes_nothing(study: Path, done: Callable[[Document], Any]) -> None:
    assert main(["import", str(filled(study, done)), "--study", str(study)]) == 0
    assert {kind: values_of(study, kind) for kind in READ} == READ


def test_a_table_that_is_not_needed_may_be_deleted(study: Path) -> None:
    def delete(document: Document) -> None:
        table = document.tables[MEASURES]._tbl
        table.getparent().remove(table)

    assert main(["import", str(filled(study, delete)), "--study", str(study)]) == 0
    assert {kind: values_of(study, kind) for kind in READ} == {**READ, "measures": []}


def merge_across(document: Document) -> None:
    row = document.tables[NOTES].rows[1]
    row.cells[3].merge(row.cells[4])


def merge_down(document: Document) -> None:
    table = document.tables[NOTES]
    table.cell(1, 1).merge(table.cell(2, 1))


def track(document: Document) -> None:
    paragraph = document.tables[NOTES].rows[1].cells[1].paragraphs[0]
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "1")
    inserted.append(paragraph.runs[0]._r)
    paragraph._p.append(inserted)


def hide(document: Document) -> None:
    document.tables[NOTES].rows[1].cells[1].paragraphs[0].runs[0].font.hidden = True


def strike(document: Document) -> None:
    document.tables[NOTES].rows[1].cells[1].paragraphs[0].runs[0].font.strike = True


def nest(document: Document) -> None:
    document.tables[NOTES].rows[1].cells[1].add_table(1, 1).rows[0].cells[0].text = "x"


def put_in(name: str) -> Callable[[Document], Any]:
    def put(document: Document) -> None:
        document.tables[NOTES].rows[1].cells[1].paragraphs[0].runs[0]._r.append(OxmlElement(name))

    return put


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (put_in("w:drawing"), "a picture"),
        (put_in("w:footnoteReference"), "a footnote"),
        (put_in("w:sym"), "a sign of another font"),
        (merge_across, "merged cells"),
        (merge_down, "merged cells"),
        (track, "a tracked change"),
        (hide, "hidden text"),
        (strike, "a value that is struck through"),
        (nest, "a table within the table"),
    ],
)
def test_what_is_not_plain_is_a_fault_that_names_table_and_row(
    study: Path, done: Callable[[Document], Any], found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(filled(study, done)), "--study", str(study)]) == 3
    told = capsys.readouterr().err
    assert "tab Tabelle 2, row" in told
    assert found in told
    assert not list((study / FOLDER).iterdir())


def test_a_wrong_word_is_a_fault_at_its_cell_and_a_table_without_its_heads_is_one(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def write(document: Document) -> None:
        document.tables[NOTES].rows[1].cells[2].text = "Lob"

    def behead(document: Document) -> None:
        table = document.tables[NOTES]
        table._tbl.remove(table.rows[0]._tr)

    def unmark(document: Document) -> None:
        rows = document.tables[ENTRIES].rows
        row = next(row for row in rows if row.cells[0].text == "Kennung")
        row.cells[1].text = ""

    assert main(["import", str(filled(study, write)), "--study", str(study)]) == 3
    assert "tab Tabelle 2, row 2, column Art" in capsys.readouterr().err
    assert main(["import", str(filled(study, behead)), "--study", str(study)]) == 3
    assert "a table with other heads" in capsys.readouterr().err
    assert main(["import", str(filled(study, unmark)), "--study", str(study)]) == 3
    assert "no Kennung of minutes" in capsys.readouterr().err


def test_nothing_in_minutes_is_left_unread(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(study)
    assert main(["import", str(path), "--study", str(study)]) == 0
    change(study / "study.toml", 'kind = "measures"', 'kind = "participants"')
    assert [fault.found for fault in given_faults(study)] == ["a form of the kind 'measures'"]
    change(study / "study.toml", 'kind = "participants"', 'kind = "measures"')
    change(study / "study.toml", 'id = "klein"', 'id = "anders"')
    assert [fault.found for fault in given_faults(study)] == ["a form of the study 'klein'"]


def test_a_correction_names_table_row_and_head(study: Path) -> None:
    (study / FOLDER / "a.docx").write_bytes(filled(study).read_bytes())
    entries = docx.Document(str(study / FOLDER / "a.docx")).tables[ENTRIES]
    line = next(n for n, row in enumerate(entries.rows, 1) if row.cells[0].text == "Teilnehmende")
    lines = (f"Tabelle 1,{line},Eintrag,31,32", "Tabelle 2,2,Art,Bedarf,Idee")
    text = "".join(f"{FOLDER}/a.docx,{one},nachgezählt\n" for one in lines)
    (study / "corrections.csv").write_text(f"file,tab,row,column,old,new,reason\n{text}", encoding="utf-8")
    assert values_of(study, "events")[0]["participants"] == 32
    assert values_of(study, "notes")[0]["kind"] == "idea"


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


def test_a_hostile_document_is_refused(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(filled(study)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    main_part = parts["word/document.xml"]
    entity = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + main_part[main_part.index(b"<w:document") :]
    )
    hostile = {
        "a document type": packed({**parts, "word/document.xml": entity}),
        "a part that leaves": packed({**parts, "../x": b"x"}),
        "packed ": packed(
            {"[Content_Types].xml": b"", "word/document.xml": main_part, "word/x.xml": b" " * 30_000_000}
        ),
        "a broken document": packed({**parts, "word/document.xml": main_part[:-300]}),
        "a document within": packed(
            {**parts, "word/document.xml": main_part.replace(b"</w:body>", b"<w:altChunk/></w:body>")}
        ),
        "bytes unpacked": packed(
            {**parts, "word/document.xml": main_part + b"<!-- " + b"-x" * 21_000_000 + b" -->"}
        ),
        "an empty file": b"",
    }
    for found, content in hostile.items():
        path = study.parent / "boese.docx"
        path.write_bytes(content)
        assert main(["import", str(path), "--study", str(study)]) == 3, found
        assert found in capsys.readouterr().err
