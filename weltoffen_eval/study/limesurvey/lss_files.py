"""The structure of a survey as .lss: the old style (DBVersion up to 366) and that of versions 5 and 6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.limesurvey.structure import Part, Structure, SurveyQuestion, read_attributes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Row = Mapping[str, str]
_MOST_ROWS = 200_000


def parse_lss(content: bytes, file: str, faults: list[Fault]) -> Structure | None:
    """The structure in the bytes of an .lss; None, with a fault, where it is none.

    Entities and document types are refused: no survey has them, and some of them never end.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        faults.append(
            Fault(file, "a document type or entities", "an .lss as LimeSurvey writes it", "It was not read.")
        )
        return None
    except (ParseError, ValueError, LookupError) as error:
        faults.append(Fault(file, f"XML that cannot be read ({error})", "an .lss as LimeSurvey writes it"))
        return None
    if root.tag != "document" or (root.findtext("LimeSurveyDocType") or "").strip() != "Survey":
        advice = "In LimeSurvey: Exportieren → Umfragestruktur (.lss)."
        faults.append(Fault(file, "no structure of a survey", "LimeSurveyDocType Survey", advice))
        return None
    sections = {name: _rows(root, name) for name in _SECTIONS}
    if sum(map(len, sections.values())) > _MOST_ROWS:
        faults.append(Fault(file, "too many rows", f"at most {_MOST_ROWS:,} in a structure"))
        return None
    described = sections["surveys"][0].get("attributedescriptions", "") if sections["surveys"] else ""
    return Structure(_questions(sections), read_attributes(described))


_SECTIONS = (
    "groups", "group_l10ns", "questions", "subquestions", "answers", "question_l10ns", "answer_l10ns",
    "surveys",
)  # fmt: skip


def _rows(root: Element, section: str) -> list[Row]:
    return [
        {field.tag: (field.text or "").strip() for field in row}
        for rows in root.findall(f"{section}/rows")
        for row in rows.findall("row")
    ]


def _questions(sections: Mapping[str, Sequence[Row]]) -> tuple[SurveyQuestion, ...]:
    texts: dict[str, dict[str, str]] = {}
    rows: dict[str, Row] = {}
    children: dict[str, dict[str, Row]] = {}
    # in the old style a second language is the same row once more; in the newer one texts stand apart
    for row in (*sections["questions"], *sections["subquestions"]):
        key, parent = row.get("qid", ""), row.get("parent_qid", "0")
        if "question" in row:
            texts.setdefault(key, {})[row.get("language", "")] = row["question"]
        if parent in ("", "0"):
            rows.setdefault(key, row)
        else:
            children.setdefault(parent, {}).setdefault(key, row)
    for row in sections["question_l10ns"]:
        texts.setdefault(row.get("qid", ""), {})[row.get("language", "")] = row.get("question", "")
    answers = _answers(sections)
    groups: dict[str, str] = {}
    for row in (*sections["groups"], *sections["group_l10ns"]):
        if row.get("group_name"):
            groups.setdefault(row.get("gid", ""), row["group_name"])
    return tuple(
        SurveyQuestion(
            row.get("title", ""),
            row.get("type", ""),
            texts.get(key, {}),
            tuple(
                Part(child.get("title", ""), texts.get(of_child, {}))
                for of_child, child in children.get(key, {}).items()
                if child.get("scale_id", "0") in ("", "0")
            ),
            answers.get(key, {}),
            groups.get(row.get("gid", ""), ""),
        )
        for key, row in rows.items()
    )


def _answers(sections: Mapping[str, Sequence[Row]]) -> dict[str, dict[str, dict[str, str]]]:
    """By question the labels of its answers, by code and language."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    labels: dict[str, dict[str, str]] = {}
    for row in sections["answer_l10ns"]:
        labels.setdefault(row.get("aid", ""), {})[row.get("language", "")] = row.get("answer", "")
    for row in sections["answers"]:
        # the second scale of a question with two has answers of its own
        if row.get("scale_id", "0") not in ("", "0"):
            continue
        of_code = found.setdefault(row.get("qid", ""), {}).setdefault(row.get("code", ""), {})
        if "answer" in row:
            of_code[row.get("language", "")] = row["answer"]
        of_code.update(labels.get(row.get("aid", ""), {}))
    return found
