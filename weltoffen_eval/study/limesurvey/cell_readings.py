"""What the cells of an item mean where LimeSurvey writes them otherwise than the questionnaire."""

from __future__ import annotations

from weltoffen_eval.raw.table import CellReading, folded, plain
from weltoffen_eval.study.limesurvey.asked_items import AskedItem
from weltoffen_eval.study.limesurvey.structure import collapse, escaped, seen, strip_tags
from weltoffen_eval.study.limesurvey.survey_layout import answer_codes
from weltoffen_eval.study.questionnaire.instrument import ResponseScale

#: What LimeSurvey writes in the place of an answer; never an answer to an item.
MARKS = frozenset({"-oth-", "N/A"})
_YES, _NO, _UNCERTAIN = ("Ja", "Yes"), ("Nein", "No"), ("Unsicher", "Uncertain")
#: Types of question with answers that LimeSurvey itself words: by code its German and English word.
_WORDED = {
    "Y": {"Y": _YES, "N": _NO},
    "M": {"Y": _YES},
    "P": {"Y": _YES},
    "C": {"Y": _YES, "N": _NO, "U": _UNCERTAIN},
}
#: Types in which a converted export writes 2 for No and for nothing alike.
_CONVERTED = ("Y", "M", "P")
_CONVERTED_WORDS = "No or no answer, since Y and N were converted to 1 and 2"


def reading_of(
    asked: AskedItem | None, scale: ResponseScale, alone: bool, from_structure: bool
) -> CellReading:
    """How the cells of an item's column are read.

    ``alone``: its heading names a question, not a part of one; then, without a structure, a scale of Yes and
    No may be a question that an export converts.
    """
    question = asked.question if asked else None
    if question is not None and question.kind in _WORDED:
        return _worded(question.kind, scale)
    if question is not None and question.answers:
        return _listed({code: tuple(labels.values()) for code, labels in question.answers.items()})
    if scale.kind == "numeric":
        return CellReading({}, False)
    meanings: dict[str, str | None] = _own_spellings(scale)
    if alone and not from_structure and is_yes_or_no(scale):
        worded = _worded("Y", scale).meanings
        yes = scale.decode(worded["Y"] or "")
        # 1 is Yes where the export converts; where the questionnaire means the same by it, it is known
        known = {"1"} if scale.decode("1") == yes else set()
        meanings |= {
            code: text if code != "1" else None for code, text in worded.items() if code not in known
        }
        return CellReading(meanings, False, _CONVERTED_WORDS)
    return CellReading(meanings, False)


def _listed(answers: dict[str, tuple[str, ...]]) -> CellReading:
    """A closed list: codes and labels of the survey, and nothing else.

    A text that is the code of one answer and the label of another has no meaning that can be known.
    """
    meanings: dict[str, str | None] = {}
    for code, labels in answers.items():
        meanings[plain(code)] = seen(labels[0]) if labels else plain(code)
    for labels in answers.values():
        for label in labels:
            for text in _written(label):
                if text in meanings and meanings[text] != seen(labels[0]):
                    meanings[text] = None
                else:
                    meanings[text] = seen(labels[0])
    return CellReading(meanings, True, "the code of one answer or the label of another")


def _written(label: str) -> set[str]:
    """How an export may write a label: as it stands, without HTML, with a masked equals sign."""
    forms = {plain(label), collapse(label), strip_tags(label), seen(label)}
    return {form for form in forms | {masked for form in forms for masked in _masked(form)} if form}


def _own_spellings(scale: ResponseScale) -> dict[str, str | None]:
    """Spellings of a survey made of the questionnaire that the questionnaire itself does not know."""
    meanings: dict[str, str | None] = {
        written: str(code)
        for code, written in answer_codes(scale).items()
        if written != str(code) and scale.decode(written) is None
    }
    labels = [label for answer in scale.options for label in answer.label.values()]
    labels += [label for answer in scale.non_answers for label in answer.label.values()]
    for label in labels:
        for text in {plain(escaped(label)), *_masked(plain(label)), *_masked(plain(escaped(label)))}:
            if scale.decode(text) is None:
                meanings[text] = label if meanings.get(text, label) == label else None
    return meanings


def _masked(text: str) -> list[str]:
    """A label that begins as a formula does, as an export writes it."""
    return ["'" + text] if text.startswith("=") else []


def _worded(kind: str, scale: ResponseScale) -> CellReading:
    """A question whose answers LimeSurvey words. 2 may be No or nothing where an export converts."""
    meanings: dict[str, str | None] = {}
    for code, words in _WORDED[kind].items():
        label = next((w for w in (*words, code) if scale.decode(w) is not None), words[0])
        meanings |= dict.fromkeys((code, *words), label)
    if kind in ("M", "P"):
        meanings |= {word: _no(scale) for word in _NO}
    if kind in _CONVERTED:
        meanings |= {"1": meanings["Y"], "2": None}
    return CellReading(meanings, True, _CONVERTED_WORDS)


def _no(scale: ResponseScale) -> str:
    return next((word for word in (*_NO, "N") if scale.decode(word) is not None), _NO[0])


def is_yes_or_no(scale: ResponseScale) -> bool:
    """Whether a scale has no answers but Yes and No, as LimeSurvey itself words them."""
    labels = {folded(label) for option in scale.options for label in option.label.values()}
    return bool(labels) and labels <= {folded(word) for word in (*_YES, *_NO)}
