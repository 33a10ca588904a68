"""A questionnaire as a survey that LimeSurvey 3, 5 and 6 import without loss: an .lss in the old style.

Texts of LimeSurvey are HTML in which braces are computed, so both are written as entities; what LimeSurvey
would cut, rename or drop is refused here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.limesurvey.code_tables import COLUMNS
from weltoffen_eval.study.limesurvey.structure import escaped
from weltoffen_eval.study.limesurvey.survey_layout import (
    LaidOutQuestion,
    answer_codes,
    check_answer_codes,
    lay_out,
)
from weltoffen_eval.study.questionnaire.instrument import Instrument, ResponseScale

#: A version before the style that 3 refuses; 5 and 6 import it too.
DB_VERSION = 366
MOST_TITLE, MOST_GROUP = 200, 100
#: German dates (dd.mm.yyyy) and a decimal comma: without them a comma is an error in the form.
_FORMATS = {"surveyls_dateformat": "1", "surveyls_numberformat": "1"}
_SETTINGS = {
    "anonymized": "N", "format": "G", "datestamp": "Y", "allowprev": "Y", "allowsave": "Y", "listpublic": "N",
    "tokenanswerspersistence": "Y", "alloweditaftercompletion": "Y", "shownoanswer": "Y",
}  # fmt: skip
_ATTRIBUTE = {"mandatory": "N", "show_register": "N", "encrypted": "N", "cpdbmap": "", "type": "TB"}
_ATTRIBUTES = {"attribute_1": "Kommune", "attribute_2": "AGS"}
_RANGE = {"de": "Bitte geben Sie eine Zahl von {low} bis {high} an.", "en": "A number from {low} to {high}."}

Row = Mapping[str, str]


@dataclass(frozen=True)
class WrittenSurvey:
    """``lss``: the file to import. ``codes``: the table of items and their codes. ``languages``: those in it.

    ``changed``: items whose code in LimeSurvey is not their id.
    """

    lss: bytes
    codes: bytes
    languages: tuple[str, ...]
    changed: Mapping[str, str]


def write_survey(instrument: Instrument, language: str = "de") -> WrittenSurvey:
    """The survey of a questionnaire, first in ``language``, then in every other in which it is whole.

    The same questionnaire gives the same bytes.

    Raises
    ------
    RefusedError
        With all that LimeSurvey would cut or drop.
    """
    questions = lay_out(instrument)
    languages = _languages(instrument, language)
    faults: list[Fault] = []
    check_answer_codes(instrument, faults)
    _check_lengths(instrument, languages, faults)
    if faults:
        raise RefusedError(faults)
    sections = _Sections(instrument, questions, languages)
    changed = {
        item.id: code or q.code for q in questions for item, code in q.items if (code or q.code) != item.id
    }
    return WrittenSurvey(sections.document(), _codes_table(questions), languages, changed)


def _languages(instrument: Instrument, first: str) -> tuple[str, ...]:
    """The languages in which the questionnaire has every text, that of the survey first."""
    texts: list[Mapping[str, str]] = [instrument.title]
    texts += [dimension.title for dimension in instrument.dimensions]
    texts += [criterion.title for criterion in instrument.criteria]
    texts += [item.text for item in instrument.items]
    for scale in instrument.scales:
        texts += [option.label for option in scale.options] + [n.label for n in scale.non_answers]
    whole = [name for name in instrument.title if all(text.get(name) for text in texts)]
    # a text that lacks in the first language is taken in whatever language it is
    first = first if first in instrument.title else next(iter(instrument.title))
    return (first, *(name for name in whole if name != first))


def _check_lengths(instrument: Instrument, languages: Sequence[str], faults: list[Fault]) -> None:
    def check(text: str, most: int, what: str) -> None:
        written = escaped(text)
        if len(written) > most:
            found, expected = f"{len(written)} letters in {written[:40]!r}…", f"at most {most} for a {what}"
            faults.append(Fault("instrument.toml", found, expected, "LimeSurvey would cut it: shorten it."))

    for language in languages:
        check(instrument.title[language], MOST_TITLE, "survey's title")
        for dimension in instrument.dimensions:
            check(dimension.title[language], MOST_GROUP, "group's title")


class _Sections:
    """The sections of the document, in which ids are only links."""

    def __init__(
        self, instrument: Instrument, questions: Sequence[LaidOutQuestion], languages: Sequence[str]
    ) -> None:
        self.instrument, self.questions, self.languages = instrument, questions, languages
        number = int(hashlib.sha256(instrument.id.encode()).hexdigest()[:8], 16)
        self.sid = str(100_000 + number % 900_000)
        self.groups = {dimension.id: str(n) for n, dimension in enumerate(instrument.dimensions, start=1)}
        self.next_id = 1
        self.ids: dict[str, str] = {}
        for question in questions:
            self.ids[question.code] = self._number()

    def _number(self) -> str:
        self.next_id += 1
        return str(self.next_id - 1)

    def document(self) -> bytes:
        made = [
            '<?xml version="1.0" encoding="UTF-8"?>', "<document>",
            " <LimeSurveyDocType>Survey</LimeSurveyDocType>", f" <DBVersion>{DB_VERSION}</DBVersion>",
            " <languages>",
            *(f"  <language>{language}</language>" for language in self.languages), " </languages>",
        ]  # fmt: skip
        for name, rows in (
            ("answers", self._answers()),
            ("groups", self._groups()),
            ("questions", self._questions()),
            ("subquestions", self._subquestions()),
            ("surveys", self._surveys()),
            ("surveys_languagesettings", self._titles()),
        ):
            made += _section(name, list(rows))
        return ("\n".join([*made, "</document>"]) + "\n").encode("utf-8")

    def _groups(self) -> Iterable[Row]:
        for order, dimension in enumerate(self.instrument.dimensions, start=1):
            for language in self.languages:
                stem = self.instrument.stem[language] if self.instrument.stem else ""
                yield {
                    "gid": self.groups[dimension.id], "sid": self.sid, "group_order": str(order),
                    "randomization_group": "", "grelevance": "",
                    "group_name": escaped(dimension.title[language]), "description": escaped(stem),
                    "language": language,
                }  # fmt: skip

    def _questions(self) -> Iterable[Row]:
        order: dict[str, int] = {}
        for question in self.questions:
            order[question.dimension] = order.get(question.dimension, 0) + 1
            kind = "F" if question.is_array else "N"
            for language in self.languages:
                yield self._question(
                    self.ids[question.code], "0", question, kind, question.code, order[question.dimension],
                    question.texts[language], _help(question.scale, language), language,
                )  # fmt: skip

    def _subquestions(self) -> Iterable[Row]:
        for question in self.questions:
            for order, (item, code) in enumerate(question.items if question.is_array else (), start=1):
                number = self._number()
                for language in self.languages:
                    yield self._question(
                        number,
                        self.ids[question.code],
                        question,
                        "T",
                        code,
                        order,
                        item.text[language],
                        "",
                        language,
                    )

    def _question(
        self,
        number: str,
        parent: str,
        question: LaidOutQuestion,
        kind: str,
        code: str,
        order: int,
        text: str,
        help_text: str,
        language: str,
    ) -> Row:
        preg = {"preg": ""} if parent == "0" else {}
        return {
            "qid": number, "parent_qid": parent, "sid": self.sid, "gid": self.groups[question.dimension],
            "type": kind, "title": code, **preg, "other": "N", "mandatory": "N", "question_order": str(order),
            "scale_id": "0", "same_default": "0", "relevance": "1", "question": escaped(text),
            "help": help_text, "language": language,
        }  # fmt: skip

    def _answers(self) -> Iterable[Row]:
        for question in self.questions:
            if not question.is_array:
                continue
            codes = answer_codes(question.scale)
            given = [(option.code, option.label) for option in question.scale.options]
            given += [(n.code, n.label) for n in question.scale.non_answers if n.code is not None]
            offered = [(codes[code], label) for code, label in given if code in codes]
            for order, (code, label) in enumerate(offered, start=1):
                for language in self.languages:
                    yield {
                        "qid": self.ids[question.code], "code": code, "answer": escaped(label[language]),
                        "sortorder": str(order), "assessment_value": "0", "language": language,
                        "scale_id": "0",
                    }  # fmt: skip

    def _surveys(self) -> Iterable[Row]:
        described = {code: {"description": name, **_ATTRIBUTE} for code, name in _ATTRIBUTES.items()}
        yield {
            "sid": self.sid, "language": self.languages[0],
            "additional_languages": " ".join(self.languages[1:]),
            **_SETTINGS, "attributedescriptions": json.dumps(described),
        }  # fmt: skip

    def _titles(self) -> Iterable[Row]:
        instructions = self.instrument.instructions
        for language in self.languages:
            yield {
                "surveyls_survey_id": self.sid, "surveyls_language": language,
                "surveyls_title": escaped(self.instrument.title[language]), "surveyls_description": "",
                "surveyls_welcometext": escaped(instructions[language]) if instructions else "",
                "surveyls_endtext": "", **_FORMATS,
            }  # fmt: skip


def _help(scale: ResponseScale, language: str) -> str:
    """What explains the answers: their help, or between which numbers one is expected."""
    if scale.kind == "numeric":
        sentence = _RANGE.get(language, _RANGE["en"])
        return sentence.format(low=f"{scale.minimum:g}", high=f"{scale.maximum:g}")
    explained = [(o.label, o.help) for o in scale.options] + [(n.label, n.help) for n in scale.non_answers]
    lines = [f"{escaped(label[language])}: {escaped(text[language])}" for label, text in explained if text]
    return "<br />".join(lines)


def _section(name: str, rows: Sequence[Row]) -> list[str]:
    fields = list(rows[0]) if rows else []
    lines = [
        f" <{name}>",
        "  <fields>",
        *(f"   <fieldname>{field}</fieldname>" for field in fields),
        "  </fields>",
    ]
    lines.append("  <rows>")
    for row in rows:
        lines.append("   <row>")
        # what is escaped as HTML holds no end of a CDATA section
        lines += [
            f"    <{field}><![CDATA[{value}]]></{field}>" if value else f"    <{field}/>"
            for field, value in row.items()
        ]
        lines.append("   </row>")
    return [*lines, "  </rows>", f" </{name}>"]


def _codes_table(questions: Sequence[LaidOutQuestion]) -> bytes:
    stream = io.StringIO(newline="")
    written = csv.writer(stream, lineterminator="\n")
    written.writerow(COLUMNS)
    written.writerows(
        [item.id, f"{question.code}[{code}]" if code else question.code]
        for question in questions
        for item, code in question.items
    )
    return stream.getvalue().encode("utf-8")
