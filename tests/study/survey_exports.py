"""A questionnaire made at random, its survey answered at random, and the exports that LimeSurvey would write.

Written from the description of LimeSurvey's formats and from the .lss alone, by nothing that reads them.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook

#: Parts of texts: what is HTML, what is computed, what headings themselves consist of, and plain words.
WORDS = [
    "Leitbild", "Gibt es", "einen Beschluss", "Über", "Maß", "a < b", "R&D", "{2+3}", "[intern]", "]", "[", "_", "&lt;",
    '"Vielfalt"', "1,5", "..", "; ", "K01[MS01]", "der", "Kommune", "<b>fett</b>", "= gleich", "😀", "'so'", "Ziele",
]  # fmt: skip
MUNICIPALITIES = {"Adorf": ("adorf", "01001001"), "Bestadt": ("bestadt", "01002000")}


@dataclass
class Survey:
    """A survey as its .lss holds it. ``questions``: code, type, text, parts (code, text), answers (code, label)."""

    questions: list[tuple[str, str, str, list[tuple[str, str]], list[tuple[str, str]]]]


@dataclass(frozen=True)
class Layout:
    """How an export is written."""

    heads: str = "code"
    answers: str = "codes"
    file: str = "csv"
    delimiter: str = ","
    length: int = 15
    separator: str = ". "
    underlines: bool = False
    attributes: bool = True


@dataclass
class Answered:
    """The responses: by respondent the municipality's name, and by (question, part) the code chosen, or nothing."""

    municipality: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)


def random_text(rng: random.Random, longest: int = 6) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(1, longest))) + f" {rng.randint(1, 99)}"


def write_instrument(folder: Path, rng: random.Random) -> None:
    """A questionnaire of two fields, some criteria, up to twelve items, an ordinal and a numeric scale."""
    folder.mkdir(parents=True)
    quoted = json.dumps
    labels = [random_text(rng, 2) + f" {code}" for code in range(4)]
    first = rng.choice([0, 1, -2])
    options = ", ".join(
        f"{{ code = {code + first}, points = {code * 30}, label = {{ de = {quoted(label, ensure_ascii=False)} }} }}"
        for code, label in enumerate(labels)
    )
    criteria = [f"c{n}" for n in range(rng.randint(1, 4))]
    text = 'id = "zufall"\nedition = "1"\ntitle = { de = "Zufall" }\nsource = "made"\nlicence = "CC0-1.0"\n'
    for field_id in ("alpha", "beta"):
        text += f'[[dimension]]\nid = "{field_id}"\ntitle = {{ de = "Feld {field_id}" }}\n'
    for position, criterion in enumerate(criteria):
        title = quoted(random_text(rng), ensure_ascii=False)
        dimension = "alpha" if position % 2 == 0 else "beta"
        text += f'[[criterion]]\nid = "{criterion}"\ndimension = "{dimension}"\ntitle = {{ de = {title} }}\n'
    text += f'[[scale]]\nid = "stufen"\nkind = "ordinal"\noptions = [{options}]\n'
    text += 'non_answers = [{ kind = "dont_know", code = 98, label = { de = "weiß nicht" } }]\n'
    text += '[[scale]]\nid = "zahl"\nkind = "numeric"\nmin = 0\nmax = 5000\n'
    (folder / "instrument.toml").write_text(text, encoding="utf-8")
    ids = rng.sample(
        ["MS01", "ms01", "A-2", "B3", "frage_4", "x", "K01", "Z" * 24, "7a", "T8", "U9", "other"], 8
    )
    with (folder / "items.csv").open("w", encoding="utf-8", newline="") as stream:
        written = csv.writer(stream)
        written.writerow(["item", "dimension", "criterion", "position", "scale", "direction", "text_de"])
        for position, item in enumerate(ids, start=1):
            at = position % len(criteria)
            dimension = "alpha" if at % 2 == 0 else "beta"
            scale = "zahl" if rng.random() < 0.2 else "stufen"
            text_de = random_text(rng) + (f" Nr. {position}" if rng.random() < 0.9 else "")
            written.writerow([item, dimension, criteria[at], position, scale, 1, text_de])
        # each field needs an item
        for position, dimension in ((20, "alpha"), (21, "beta")):
            written.writerow([f"E{dimension}", dimension, "", position, "stufen", 1, f"Ende von {dimension}"])


def survey_in(lss: bytes) -> Survey:
    """The survey in an .lss, read by nothing but an XML parser."""
    root = ElementTree.fromstring(lss)

    def rows(section: str) -> list[dict[str, str]]:
        return [{e.tag: e.text or "" for e in row} for row in root.findall(f"{section}/rows/row")]

    questions = []
    for question in rows("questions"):
        parts = [
            (r["title"], r["question"]) for r in rows("subquestions") if r["parent_qid"] == question["qid"]
        ]
        answers = [(r["code"], r["answer"]) for r in rows("answers") if r["qid"] == question["qid"]]
        questions.append((question["title"], question["type"], question["question"], parts, answers))
    return Survey(questions)


def answer(survey: Survey, rng: random.Random, respondents: int = 4) -> Answered:
    """Answers at random, some left out; numbers with a dot, zeros cut."""
    answered = Answered()
    for number in range(1, respondents + 1):
        given = {}
        for code, kind, _, parts, answers in survey.questions:
            for part in [p for p, _ in parts] or [""]:
                chosen = (
                    rng.choice([a for a, _ in answers]) if answers else str(rng.choice([0, 12, 2.5, 4999]))
                )
                given[code, part] = "" if rng.random() < 0.2 else chosen
                assert kind in "FN"
        answered.codes[str(number)] = given
        answered.municipality[str(number)] = rng.choice(list(MUNICIPALITIES))
    return answered


def table_of(survey: Survey, answered: Answered, layout: Layout) -> list[list[str]]:
    """The export as rows: headings, then responses."""
    fixed = [("id", "Antwort ID"), ("submitdate", "Datum Abgeschickt"), ("token", "Zugangscode")]
    heads = [_head(layout, code, "", word, "") for code, word in fixed]
    for code, _, text, parts, _ in survey.questions:
        heads += [_head(layout, code, p, text, t) for p, t in parts] or [_head(layout, code, "", text, "")]
    if layout.attributes:
        heads += [
            _head(layout, "attribute_1", "", "Kommune", ""),
            _head(layout, "attribute_2", "", "AGS", ""),
        ]
    rows = [heads]
    for respondent, given in answered.codes.items():
        row = [respondent, "2026-11-26 05:24:47", f"t{respondent}"]
        for code, _, _, parts, answers in survey.questions:
            labels = dict(answers)
            for part in [p for p, _ in parts] or [""]:
                cell = given[code, part]
                row.append(labels.get(cell, cell) if layout.answers == "labels" else cell)
        if layout.attributes:
            name = answered.municipality[respondent]
            row += [name, MUNICIPALITIES[name][1]]
        rows.append(["'" + cell if cell.startswith("=") and layout.file == "csv" else cell for cell in row])
    return rows


def _head(layout: Layout, code: str, part: str, text: str, of_part: str) -> str:
    """A heading; HTML is stripped from it, entities stay."""
    text, of_part = (re.sub(r"<[^<>]*>", "", each) for each in (text, of_part))
    by_code = f"{code}[{part}]" if part else code
    if layout.heads == "cut":
        text, of_part = _cut(text, layout.length), _cut(of_part, layout.length)
    by_text = f"{text} [{of_part}]" if part else text
    made = {
        "code": by_code,
        "expression": f"{code}_{part}" if part else code,
        "text": by_text,
        "cut": by_text,
        "both": f"{by_code}{layout.separator}{by_text}",
    }[layout.heads]
    return made.replace(" ", "_") if layout.underlines else made


def _cut(text: str, length: int) -> str:
    return text[:length] + ".. " if len(text) > length + 3 else text


def write_export(path: Path, rows: Sequence[Sequence[str]], layout: Layout) -> Path:
    """The file of an export; its ending is that of its format."""
    heads, *records = rows
    if layout.file == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                numeric = number > 1 and re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", cell) is not None
                put = sheet.cell(number, column)
                put.value = (float(cell) if numeric else cell) if cell else None
                if cell and not numeric:
                    put.data_type = "s"
        book.save(path := path.with_suffix(".xlsx"))
    elif layout.file.startswith("json"):
        responses = [dict(zip(heads, (cell or None for cell in row), strict=True)) for row in records]
        nested = [{row[0]: entry} for row, entry in zip(records, responses, strict=True)]
        path = path.with_suffix(".json")
        path.write_text(
            json.dumps({"responses": nested if layout.file == "json3" else responses}), encoding="utf-8"
        )
    elif layout.file.startswith("vv"):
        marks = {"\n": "{newline}", "\r": "{cr}", "\t": "{tab}"}
        if layout.file == "vv3":
            marks['"'] = "{quote}"
        ending = "\t" if layout.file == "vv3" else ""
        lines = []
        for number, row in enumerate([heads, heads, *records]):
            cells = [
                "".join(marks.get(c, c) for c in cell) if number > 1 else cell.strip('"') for cell in row
            ]
            if layout.file != "vv3":
                cells = ['"' + c.replace('"', '""') + '"' if re.search(r'[\s"]', c) else c for c in cells]
            lines.append("\t".join(cells) + (ending if number < 2 else ""))
        path = path.with_suffix(".csv")
        texts = "\t".join(f"Text {number}" for number in range(len(heads))) + ending
        path.write_bytes(("\n".join([texts, *lines[1:]]) + "\n").encode("utf-8"))
    else:
        stream = io.StringIO(newline="")
        csv.writer(
            stream, delimiter=layout.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n"
        ).writerows(rows)
        path = path.with_suffix(".csv")
        path.write_bytes(b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8"))
    return path
