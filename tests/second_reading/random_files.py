"""Random raw files: the same answers as CSV or XLSX, wide or long, with codes, labels, aliases."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from openpyxl import Workbook

from second_reading.random_heads import add_columns, rename_items
from second_reading.random_questionnaires import Option

if TYPE_CHECKING:
    from second_reading.random_studies import PlannedFile, PlannedSheet

GERMAN = {
    "administration": "Verwaltung",
    "politics": "Politik",
    "civil_society": "Zivilgesellschaft",
    "business": "Wirtschaft",
    "residents": "Einwohnerschaft",
}
#: A perspective of the study's own, and its title.
OWN = "parents", "Eltern"
WORDS = GERMAN | dict([OWN])
Cell = str | int | float


def _number(random: Random, number: float, style: _Style) -> str:
    """A number with the decimal sign of the file; where study.toml names the sign, thousands may be parted."""
    sign, other = (",", ".") if style.comma else (".", ",")
    whole = number == int(number) and random.random() < 0.7
    if style.decimal and random.random() < 0.5:
        text = f"{int(number):,d}" if whole else f"{number:,.3f}"
        return text.translate(str.maketrans({",": other, ".": sign}))
    return str(int(number)) if whole else str(float(number)).replace(".", sign)


def _cell(random: Random, answer: Option | float | None, style: _Style) -> Cell:
    """One of the ways in which an answer can be written."""
    if answer is None:
        return ""
    if isinstance(answer, Option):
        ways: list[Cell] = list(answer.texts)
        if answer.code is not None:
            ways += [answer.code] * 3
            ways += [f"{answer.code}.0", float(answer.code)] if random.random() < 0.3 else []
        chosen = random.choice(ways)
        return chosen if style.book else str(chosen)
    return answer if style.book and random.random() < 0.7 else _number(random, answer, style)


class _Style:
    """What holds for a whole file."""

    def __init__(self, random: Random, file: PlannedFile) -> None:
        self.book = random.random() < 0.12
        self.comma = random.random() < 0.5
        self.place = random.choice([0, 0, 0, 1, 2])
        self.place_head = "ags" if self.place == 2 else random.choice(["municipality", "Kommune"])
        self.name_head = random.choice(["respondent", "ID"])
        self.named = (
            file.layout == "long" or any(sheet.name for sheet in file.sheets) or random.random() < 0.3
        )
        self.who_head = random.choice(["perspective", "Gruppe"])
        self.german = random.random() < 0.5
        self.extra = random.random() < 0.3
        self.encoding = random.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"])
        self.delimiter = random.choice([",", ",", ";", "\t"])
        self.told = random.random() < 0.2
        self.decimal = random.random() < 0.2
        self.tab = random.random() < 0.4
        self.lines_above = random.choice([0, 0, 0, 0, 0, 1, 2])
        self.lines_below = random.choice([0, 0, 0, 0, 0, 1, 2])
        self.quoted_wave = not file.wave.isdigit() or random.random() < 0.8

    def lines(self, file: PlannedFile) -> list[str]:
        """The settings in study.toml that the file needs."""
        columns = {}
        if self.place_head == "Kommune":
            columns["municipality"] = "Kommune"
        if self.name_head == "ID" and self.named:
            columns["respondent"] = "ID"
        lines = []
        if columns:
            lines.append(
                "columns = { " + ", ".join(f'{key} = "{head}"' for key, head in columns.items()) + " }"
            )
        if file.perspective:
            lines.append(f'perspective = "{file.perspective}"')
        elif self.who_head == "Gruppe":
            lines.append('perspective_column = "Gruppe"')
        if file.unit:
            lines.append(f'unit = "{file.unit}"')
        if file.not_asked:
            lines.append(f"not_asked = {json.dumps(file.not_asked)}")
        if self.extra:
            lines.append('ignore = ["url"]')
        if self.told:
            lines.append('kind = "responses"')
        if self.told and not self.book:
            lines += [f'encoding = "{self.encoding}"', f"delimiter = {json.dumps(self.delimiter)}"]
        if self.decimal:
            lines.append(f'decimal = "{"," if self.comma else "."}"')
        if self.book and self.tab:
            lines.append('tab = "Antworten"')
        if self.lines_above:
            lines.append(f"header_row = {self.lines_above + 1}")
        if self.lines_below:
            first = self.lines_above + 2
            lines.append(f"skip_rows = {list(range(first, first + self.lines_below))}")
        return lines

    def around(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """Lines above the head and below it that are no records."""
        width = len(rows[0])

        def line(text: str) -> list[Cell]:
            return [text] * width

        above = [line("Umfrage der Kommunen")] * self.lines_above
        below = [line("Wortlaut der Frage")] * self.lines_below
        return [*above, rows[0], *below, *rows[1:]]

    def first_cells(self, sheet: PlannedSheet, file: PlannedFile) -> dict[str, Cell]:
        cells: dict[str, Cell] = {self.place_head: sheet.place[self.place]}
        if self.named:
            cells[self.name_head] = sheet.name
        if not file.perspective:
            cells[self.who_head] = WORDS[sheet.perspective] if self.german else sheet.perspective
        if self.extra:
            cells["url"] = "https://example.org/7"
        return cells


def _wide(random: Random, file: PlannedFile, style: _Style) -> list[list[Cell]]:
    there = [item for item in file.questionnaire.items if item not in file.not_asked or random.random() < 0.5]
    if random.random() < 0.5:
        random.shuffle(there)
    heads = [*style.first_cells(file.sheets[0], file), *there]
    rows = []
    for sheet in file.sheets:
        cells = style.first_cells(sheet, file)
        cells |= {item: _cell(random, sheet.cells[item], style) for item in there}
        rows.append([cells[head] for head in heads])
    return [heads, *rows]


def _long(random: Random, file: PlannedFile, style: _Style) -> list[list[Cell]]:
    heads = [*style.first_cells(file.sheets[0], file), "item", "response"]
    comment = random.random() < 0.3
    rows = []
    for sheet in file.sheets:
        first = list(style.first_cells(sheet, file).values())
        for item, answer in sheet.cells.items():
            if answer is not None or random.random() < 0.2:
                row = [*first, item, _cell(random, answer, style)]
                rows.append([*row, random.choice(["", "eine Anmerkung"])] if comment else row)
    if not rows:
        rows.append([*style.first_cells(file.sheets[0], file).values(), next(iter(file.sheets[0].cells)), ""])
        rows[0] += [""] if comment else []
    random.shuffle(rows)
    return [[*heads, "comment"] if comment else heads, *rows]


def _blanks(random: Random, rows: list[list[Cell]]) -> None:
    for row in rows[1:]:
        for place, cell in enumerate(row):
            if cell not in ("", "kaputt") and random.random() < 0.03:
                row[place] = f" {cell} "


def _correct(
    random: Random, name: str, rows: list[list[Cell]], answers: list[int], corrections: list[list[str]]
) -> None:
    """Some answers stand in the file otherwise and are put right in corrections.csv."""
    for line, row in enumerate(rows[1:], start=2):
        if random.random() < 0.2:
            column = random.choice(answers)
            corrections.append([name, str(line), str(rows[0][column]), "kaputt", str(row[column]), "geprüft"])
            row[column] = "kaputt"


def _write_csv(random: Random, path: Path, rows: list[list[Cell]], style: _Style) -> None:
    stream = io.StringIO(newline="")
    ending = random.choice(["\n", "\r\n"])
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(stream, delimiter=style.delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
    path.write_bytes(stream.getvalue().encode(style.encoding))


def _write_xlsx(path: Path, rows: list[list[Cell]], style: _Style) -> None:
    book = Workbook()
    if style.tab:
        book.active.append(["Hinweise zum Ausfüllen"])
        book.active = book.create_sheet("Antworten")
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)


def _write_responsible(random: Random, path: Path, rows: list[tuple[str, str, str]]) -> None:
    """Who is responsible; without municipalities the column may be missing."""
    width = 3 if any(row[2] for row in rows) or random.random() < 0.5 else 2
    heads = ("item", "respondent", "municipality")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(row[:width] for row in (heads, *rows))


def write_file(
    random: Random, folder: Path, number: int, file: PlannedFile, corrections: list[list[str]]
) -> list[str]:
    """Write one file; its lines in study.toml."""
    style = _Style(random, file)
    rows = (_wide if file.layout == "wide" else _long)(random, file, style)
    name = f"roh/datei{number}" + (".xlsx" if style.book else ".csv")
    of_answers = [
        place for place, head in enumerate(rows[0]) if head == "response" or head in file.questionnaire.items
    ]
    called = rename_items(file, name, rows)
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if not style.book:
        rows = [[str(cell) for cell in row] for row in rows]
        if random.random() < 0.2 and of_answers and not style.lines_above + style.lines_below:
            _correct(random, name, rows, of_answers, corrections)
        _blanks(random, rows)
        called += add_columns(name, rows)
        _write_csv(random, path, style.around(rows), style)
    else:
        called += add_columns(name, rows)
        _write_xlsx(path, style.around(rows), style)
    if file.responsible:
        _write_responsible(random, folder / "roh" / f"zuständig{number}.csv", file.responsible)
    merged = ['sheets = "merge"'] if file.merge else ['sheets = "average"'] if style.told else []
    return [
        *merged,
        *([f'responsible = "roh/zuständig{number}.csv"'] if file.responsible else []),
        f'path = "{name}"',
        f'wave = "{file.wave}"' if style.quoted_wave else f"wave = {file.wave}",
        f'setting = "{file.setting}"',
        f'layout = "{file.layout}"',
        *style.lines(file),
        *called,
    ]
