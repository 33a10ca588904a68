"""The structure of a survey as tab-separated .txt, in which order says what belongs to what."""

from __future__ import annotations

import csv
import io

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.limesurvey.structure import Part, Structure, SurveyQuestion, read_attributes

_NEEDED = ("class", "name", "text", "language")


def parse_text(content: bytes, file: str, faults: list[Fault]) -> Structure | None:
    """The structure in the bytes of a .txt; None, with a fault, where it is none."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
        csv.field_size_limit(1_000_000)
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except UnicodeError:
        faults.append(
            Fault(file, "letters that are no UTF-8", "UTF-8 or UTF-16", "Export the structure anew.")
        )
        return None
    except csv.Error as error:
        faults.append(
            Fault(file, f"quotes that do not fit ({error})", "a structure with tabs between its cells")
        )
        return None
    heads = [head.strip() for head in records[0]] if records else []
    if not set(_NEEDED) <= set(heads):
        faults.append(
            Fault(
                file,
                "no heading of a structure",
                "tab-separated columns " + ", ".join(_NEEDED),
                "Is it an export?",
            )
        )
        return None
    rows = [dict(zip(heads, record, strict=False)) for record in records[1:] if any(record)]
    settings = {row.get("name", ""): row.get("text", "") for row in rows if row.get("class") == "S"}
    return Structure(_questions(rows), read_attributes(settings.get("attributedescriptions", "")))


class _Question:
    """A question as it is gathered, row by row and language by language."""

    def __init__(self, kind: str, group: str) -> None:
        self.kind, self.group = kind, group
        self.texts: dict[str, str] = {}
        self.parts: dict[str, dict[str, str]] = {}
        self.answers: dict[str, dict[str, str]] = {}


def _questions(rows: list[dict[str, str]]) -> tuple[SurveyQuestion, ...]:
    found: dict[str, _Question] = {}
    current: _Question | None = None
    group = ""
    for row in rows:
        kind, name, language = row.get("class", ""), row.get("name", ""), row.get("language", "")
        # the first scale only: of two-dimensional questions the second names columns
        first = row.get("type/scale", "").strip() in ("", "0")
        if kind == "G":
            group = name
        elif kind == "Q":
            current = found.setdefault(name, _Question(row.get("type/scale", ""), group))
            current.texts[language] = row.get("text", "")
        elif kind == "SQ" and current is not None and first:
            current.parts.setdefault(name, {})[language] = row.get("text", "")
        elif kind == "A" and current is not None and first:
            current.answers.setdefault(name, {})[language] = row.get("text", "")
    return tuple(
        SurveyQuestion(
            code,
            question.kind,
            question.texts,
            tuple(Part(name, texts) for name, texts in question.parts.items()),
            question.answers,
            question.group,
        )
        for code, question in found.items()
    )
