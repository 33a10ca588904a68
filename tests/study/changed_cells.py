"""Exports of the samples with one cell changed: tables taken apart, one cell replaced, written again as they were."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from sample_exports import SAMPLES, rows_of

#: What people, programs and survey tools put into cells.
NASTY = [
    "", " ", "0", "1", "4", "97", "98", "99", "5", "-1", "1.0", "1,0", "01", "1e0", " 1", "1 ", "+1", "²", "１", "nan", "NaN",
    "inf", "NULL", "null", "None", "N/A", "n/a", "-oth-", "Y", "N", "Ja", "weiß nicht", "WEISS NICHT", "weiss nicht",
    "nicht vorhanden", "Nicht  Vorhanden", "=1", "'=1", "=A1", "'1", "1;2", '"', '""', "'", "#N/A", "#REF!", "TRUE", "true",
    "{question_not_shown}", "{newline}", "1.5", "1/2", "½", "2024-01-01", "01.02.2024", "9" * 400, "😀", "Musterstadt",
    "musterstadt", "01990000", "1990000", "02990001", "tokt01", "tokt02", "A1", "keine Angabe", "1\u00a0", "\u200b1", "1\x0b",
    "Ã¼", "\ufffd", "1\t", "1\n2", "1000000000000000000000", "0x1", "--", "?", "w. n.", "fest verankert", "[MS01]", "<b>1</b>",
]  # fmt: skip


@dataclass
class Export:
    """A sample as a table: headings and rows, and how it is written again. ``keys``: what study.toml says of it."""

    name: str
    format: str
    heads: list[str]
    rows: list[list[str]]
    keys: str
    beside: tuple[str, ...] = ()
    delimiter: str = ","

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        getattr(self, f"_write_{self.format}")(path)
        return path

    def _write_csv(self, path: Path) -> None:
        stream = io.StringIO(newline="")
        written = csv.writer(stream, delimiter=self.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        written.writerows([self.heads, *self.rows])
        path.write_bytes(b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8"))

    def _write_json(self, path: Path) -> None:
        entries = [dict(zip(self.heads, (cell or None for cell in row), strict=True)) for row in self.rows]
        path.write_text(json.dumps({"responses": entries}), encoding="utf-8")

    def _write_vv(self, path: Path) -> None:
        stream = io.StringIO(newline="")
        written = csv.writer(stream, delimiter="\t", lineterminator="\n")
        texts = (SAMPLES / "v6-tokens" / "vv.csv").read_text(encoding="utf-8").splitlines()[0]
        marks = {"\n": "{newline}", "\r": "{cr}", "\t": "{tab}"}
        written.writerow(self.heads)
        for row in self.rows:
            written.writerow(["".join(marks.get(c, c) for c in cell) for cell in row])
        path.write_text(texts + "\n" + stream.getvalue(), encoding="utf-8")

    def _write_spss(self, path: Path) -> None:
        stream = io.StringIO(newline="")
        written = csv.writer(stream, quotechar="'", lineterminator="\n")
        written.writerows([[" ".join(cell.splitlines()) for cell in row] for row in self.rows])
        path.write_text(stream.getvalue(), encoding="utf-8")

    def _write_xlsx(self, path: Path) -> None:
        book = load_workbook(SAMPLES / "v6-tokens" / "codes.xlsx")
        sheet = book.active
        assert sheet is not None
        sheet.delete_rows(1, sheet.max_row)
        for number, row in enumerate([self.heads, *self.rows], start=1):
            for column, cell in enumerate(row, start=1):
                put = sheet.cell(number, column)
                whole = cell.isascii() and cell.isdigit() and len(cell) < 6 and str(int(cell)) == cell
                put.value = (int(cell) if whole else cell) if cell else None
                if cell and not whole:
                    put.data_type = "s"
        book.save(path)

    @property
    def first_row(self) -> int:
        """The row of the first response, where each takes one."""
        return {"spss": 1, "vv": 3}.get(self.format, 2)


BY_CODE = 'columns = { municipality = "attribute_1", ags = "attribute_2" }'
NOBODYS = ("9", "12")


def exports() -> dict[str, Export]:
    """A clean export of each format: the responses of which it is known whose they are."""
    made = {}
    participants = ("v6-tokens/participants.csv",)
    for label, file, delimiter, keys, beside in (
        ("question codes", "codes.csv", ",", BY_CODE, ()),
        ("full texts", "default.csv", ",", "", ()),
        ("code and text", "codetext-labels-semicolon.csv", ";", "", ()),
        ("abbreviated", "abbreviated-codes.csv", ",", "", ()),
        (
            "participants beside",
            "codes-without-attributes.csv",
            ",",
            'attributes = "participants.csv"',
            participants,
        ),
        ("converted", "codes-yes-no-converted.csv", ",", BY_CODE, ()),
    ):
        heads, rows = _csv(file, delimiter)
        made[label] = Export("export.csv", "csv", heads, rows, keys, beside, delimiter)
    codes, texts = made["question codes"], made["full texts"]
    expressions = [head.replace("[", "_").removesuffix("]") for head in codes.heads]
    made["expression codes"] = Export("export.csv", "csv", expressions, codes.rows, BY_CODE)
    for label, of, keys in (("", codes, BY_CODE), ("full texts, ", texts, "")):
        made[f"{label}JSON"] = Export("export.json", "json", of.heads, of.rows, keys)
        made[f"{label}XLSX"] = Export("export.xlsx", "xlsx", of.heads, of.rows, keys)
    by_text = ("structure/selbstcheck-1.txt",)
    made["structure"] = Export(
        "export.csv", "csv", codes.heads, codes.rows, 'structure = "selbstcheck-1.txt"', by_text
    )
    made |= {f"structure {ending}": _of_first_field(codes, ending) for ending in ("lss", "lsa")}
    lines = (SAMPLES / "v6-tokens" / "vv.csv").read_text(encoding="utf-8").splitlines()[1:]
    heads, *rows = list(csv.reader(lines, delimiter="\t"))
    rows = [row for row in rows if row[0] not in NOBODYS]
    made["VV"] = Export("export.csv", "vv", heads, rows, 'attributes = "participants.csv"', participants)
    syntax = (SAMPLES / "v6-tokens" / "spss-syntax.sps").read_text(encoding="utf-8-sig")
    names = [line.split()[-2] for line in syntax.splitlines() if line.startswith("RENAME VARIABLES")]
    lines = (SAMPLES / "v6-tokens" / "spss-data.dat").read_text(encoding="utf-8-sig").splitlines()
    rows = [row for row in csv.reader(lines, quotechar="'") if row[names.index("id")] not in NOBODYS]
    made["SPSS"] = Export(
        "export.dat", "spss", names, rows, 'structure = "spss-syntax.sps"', ("v6-tokens/spss-syntax.sps",)
    )
    return made


def _of_first_field(codes: Export, ending: str) -> Export:
    """The columns that the smallest structure file asks; as .lsa it is packed."""
    items = [row["item"] for row in rows_of(SAMPLES / "instrument" / "items.csv")]
    not_asked = [item for item in items if not item.startswith("MS")]
    heads = [head for head in codes.heads if head.rpartition("[")[2].rstrip("]") not in not_asked]
    at = [codes.heads.index(head) for head in heads]
    keys = f'structure = "feld-1.{ending}"\nnot_asked = {json.dumps(not_asked)}'
    rows = [[row[place] for place in at] for row in codes.rows]
    return Export("export.csv", "csv", heads, rows, keys, ("structure/feld-1.lss",))


def _csv(file: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    with (SAMPLES / "v6-tokens" / file).open(encoding="utf-8-sig", newline="") as stream:
        heads, *rows = list(csv.reader(stream, delimiter=delimiter))
    # texts of several lines would shift the rows
    kept = [[" ".join(cell.split("\n")) for cell in row] for row in rows if row[0] not in NOBODYS]
    return heads, kept
