"""Sheets of feedback as they came back: what a municipality changed, as corrections of its own answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw.columns import NumberText
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.raw.written_numbers import NumberStyle
from weltoffen_eval.study.corrections import Correction
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.feedback import CORRECTIONS, SHOWN, feedback_table, is_right
from weltoffen_eval.study.forms.identity import heads_in
from weltoffen_eval.study.forms.returned import ReturnedForm, read_returned
from weltoffen_eval.study.questionnaire.instrument import ResponseScale
from weltoffen_eval.study.responses.cleaning import read_responses
from weltoffen_eval.study.responses.feedback_rows import FeedbackRows
from weltoffen_eval.study.responses.placed_answers import PlacedAnswer, meaning_of, place_answers


@dataclass(frozen=True)
class Feedback:
    """What a municipality sent back: corrections that are new, and how many answers it called right."""

    municipality: str
    corrections: tuple[Correction, ...]
    right: int


@dataclass(frozen=True)
class FeedbackWords:
    """What another room knows: ``reason``, the reason of a correction, of what was given as such.

    ``shown``: of a municipality what makes of an answer the question, place and reading of its row.
    """

    reason: Callable[[str], str]
    shown: Callable[[str], Callable[[PlacedAnswer], tuple[str, str, str]]]


def source_of(municipality: str) -> str:
    """Where its corrections lie in the study folder."""
    return f"corrections/{municipality}.csv"


def is_feedback(path: Path) -> bool:
    """Whether a file is a sheet of feedback; of what cannot be read nothing is told."""
    form = read_returned(path, str(path), {}, [])
    return form is not None and form.identity.get("kind") == CORRECTIONS


def read_feedback(
    study: Study, path: Path, name: str, words: FeedbackWords, faults: list[Fault]
) -> Feedback | None:
    """What a sheet of feedback changes; None, with every fault, where it cannot be taken as it is.

    Parameters
    ----------
    name : what messages call the file
    """
    form = read_returned(path, name, feedback_table, faults)
    if form is None:
        return None
    key = form.identity.get("municipality", "")
    expected = f"a sheet of feedback of the study {study.id}"
    if form.identity.get("kind") != CORRECTIONS or form.identity.get("study") != study.id:
        found = f"a form of the kind {form.identity.get('kind', '')!r} of {form.identity.get('study', '')!r}"
        faults.append(Fault(name, found, expected))
        return None
    if key not in study.register.by_key:
        faults.append(Fault(name, f"a sheet for {key!r}", "a municipality of municipalities.csv"))
        return None
    before = len(faults)
    reading = _FeedbackReading(study, key, form, words, faults)
    for found_table in form.of_kind(CORRECTIONS):
        reading.read(found_table.table)
    feedback = reading.feedback()
    if len(faults) == before:
        _check_together(study, name, feedback, faults)
    faults[before:] = [replace(fault, municipality=key) for fault in faults[before:]]
    return feedback if len(faults) == before else None


@dataclass(frozen=True)
class _SaidOfAnswer:
    """What a row says of an answer, and where it stands."""

    right: bool | None
    instead: str
    tab: str
    line: int


class _FeedbackReading:
    def __init__(
        self,
        study: Study,
        municipality: str,
        form: ReturnedForm,
        words: FeedbackWords,
        faults: list[Fault],
    ) -> None:
        self.study, self.municipality, self.reason, self.faults = study, municipality, words.reason, faults
        self.identity = form.identity
        self.heads: Mapping[str, str] = heads_in(form.identity)
        self.answers = {answer.key: answer for answer in place_answers(study, municipality, [])}
        self.rows = FeedbackRows(self.answers, words.shown(municipality))
        self.said: dict[str, _SaidOfAnswer] = {}
        self.made: list[Correction] = []

    def read(self, table: RawTable) -> None:
        """The rows of one table of answers."""
        cells = {
            name: table.cells(self.heads[name])
            if self.heads[name] in table.columns
            else [""] * len(table.lines)
            for name in ("key", "right", "instead", "reason")
        }
        beside = {name: table.cells(self.heads[name]) for name in SHOWN if self.heads[name] in table.columns}
        for position, line in enumerate(table.lines):
            key, right, instead, reason = (plain(cells[name][position]) for name in cells)
            if isinstance(cells["instead"][position], NumberText):
                # a number of the workbook has one reading
                instead = cells["instead"][position]
            answer = self.answers.get(key)
            shown = {name: beside[name][position] for name in beside}
            wrong = self.rows.contradiction(answer, shown) if answer is not None else None
            if wrong is not None:
                self._tell(table, *wrong.told, line, wrong.column)
                continue
            if not (right or instead or reason):
                continue
            if answer is None:
                found = f"{key!r}, of which no answer is known" if key else "a row without its key"
                expected = "a row of the sheet as it was sent, with the answer that still stands in the file"
                advice = "Have a new sheet made: an answer, or where it stands, has changed since."
                self._tell(table, found, expected, advice, line, "key")
                continue
            self._read_row(table, line, answer, right, instead, reason)

    def _tell(self, table: RawTable, found: str, expected: str, advice: str, line: int, column: str) -> None:
        self.faults.append(table.fault(found, expected, advice, line, self.heads[column]))

    def _read_row(
        self, table: RawTable, line: int, answer: PlacedAnswer, right: str, instead: str, reason: str
    ) -> None:
        says = is_right(self.identity, right) if right else None
        if right and says is None:
            self._tell(table, repr(right), "ja, nein or nothing", "", line, "right")
            return
        scale = self.study.instruments[answer.wave].scale_of(answer.item)
        new = self._new(table, line, answer, scale, instead) if instead else ""
        if new is None:
            return
        if says is False and not instead:
            expected = "what it should be instead"
            self._tell(table, "an answer that is not right", expected, "Choose it.", line, "instead")
            return
        if says and new:
            found, expected = f"{instead!r} beside an answer that is right", "one of the two"
            self._tell(table, found, expected, "Say no, or leave the other cell empty.", line, "instead")
            return
        first = self.said.setdefault(answer.key, _SaidOfAnswer(says, new, table.tab, line))
        if (first.tab, first.line) != (table.tab, line):
            if (first.right, first.instead) != (says, new):
                advice = f"The first stands in tab {first.tab}, row {first.line}. Delete one of them."
                self._tell(table, f"{answer.key} once more, otherwise", "each once", advice, line, "key")
            return
        if new:
            self._correct(table, line, answer, new, reason)

    def _new(
        self, table: RawTable, line: int, answer: PlacedAnswer, scale: ResponseScale, instead: str
    ) -> str | None:
        """The new text of a cell; empty where it means the same; None, with a fault, if it is no answer."""
        style = NumberStyle(dot_in_doubt=not isinstance(instead, NumberText))
        doubt = style.doubt(scale.numeral(instead), scale.minimum, scale.maximum)
        of_number = scale.kind == "numeric" and not scale.names(instead)
        decoded = None if of_number and doubt else scale.decode(instead, style)
        if decoded is None:
            self._tell(table, repr(instead), scale.expected(), "", line, "instead")
            return None
        if answer.read is not None and meaning_of(decoded) == meaning_of(answer.read):
            return ""
        if answer.correction is not None:
            now = scale.decode(answer.correction.new, style)
            if now is not None and meaning_of(now) == meaning_of(decoded):
                return ""
            found = f"{instead!r} for an answer that is corrected already"
            advice = f"See row {answer.correction.line} of {answer.correction.source}; change it there."
            self._tell(table, found, "one correction of each cell", advice, line, "instead")
            return None
        return answer.words.get(meaning_of(decoded), instead)

    def _correct(self, table: RawTable, line: int, answer: PlacedAnswer, new: str, reason: str) -> None:
        file, tab, row, column = answer.place
        told = self.reason(visible(" ".join(reason.split())))
        source = source_of(self.municipality)
        self.made.append(Correction(file, tab, row, column, answer.text, new, told, line, source))

    def feedback(self) -> Feedback:
        right = sum(said.right is True for said in self.said.values())
        return Feedback(self.municipality, tuple(self.made), right)


def _check_together(study: Study, name: str, feedback: Feedback, faults: list[Fault]) -> None:
    """Faults that come only with the corrections, such as a code that an export does not have."""
    if not feedback.corrections:
        return
    without: list[Fault] = []
    read_responses(study, without)
    with_them: list[Fault] = []
    read_responses(replace(study, corrections=(*study.corrections, *feedback.corrections)), with_them)
    known = set(without)
    faults.extend(replace(fault, file=name) for fault in with_them if fault not in known)
