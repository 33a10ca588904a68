"""The structure of a survey beside its export: groups, texts and labels that the export does not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from weltoffen_eval.drafting.answer_order import ALPHABET, NUMBERS, in_order
from weltoffen_eval.drafting.answer_scales import DraftOption, DraftScale
from weltoffen_eval.drafting.known_answers import kind_of_word
from weltoffen_eval.drafting.limesurvey_columns import match_export
from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.limesurvey.asked_items import AskedItem, AskedItems, asked_by_structure
from weltoffen_eval.study.limesurvey.headings import Headings
from weltoffen_eval.study.limesurvey.structure import Structure, seen, strip_tags
from weltoffen_eval.study.limesurvey.structure_files import ENDINGS, read_structure
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: More structures in one folder are not tried.
_MOST_FILES = 20


@dataclass
class SurveyBeside:
    """What a structure says of the columns of an export, by head.

    ``questions``: the text of the question of which the column is a part; ``answers``: the labels by codes,
    in the order of the survey.
    """

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


def survey_beside(file: Path, heads: Sequence[str], items: Sequence[str]) -> SurveyBeside | None:
    """The structure that lies beside an export and knows all its items; None where not exactly one does.

    Parameters
    ----------
    heads : of the export
    items : those of them that hold answers
    """
    found = [_told(path, structure, heads, items) for path, structure in _structures(file)]
    fitting = [survey for survey in found if survey is not None]
    return fitting[0] if len(fitting) == 1 else None


def match_by_structure(
    file: Path, heads: Sequence[str], instrument: Instrument
) -> tuple[dict[str, str], SurveyBeside | None]:
    """By item of a questionnaire the head of its column, as one structure beside the export knows both."""
    fitting = []
    for path, structure in _structures(file):
        faults: list[Fault] = []
        asked = asked_by_structure(structure, instrument, path.name, faults)
        if not faults and (matched := match_export(heads, asked)):
            fitting.append((matched, SurveyBeside(path)))
    return fitting[0] if len(fitting) == 1 else ({}, None)


def _structures(file: Path) -> list[tuple[Path, Structure]]:
    """The structures beside a file: of its own name, else all that are surely none of anything else."""
    near = [path for path in sorted(file.parent.iterdir()) if path.suffix.lower() in ENDINGS and path != file]
    named = [path for path in near if path.stem == file.stem]
    found = []
    for path in (named or [path for path in near if path.suffix.lower() != ".txt"])[:_MOST_FILES]:
        unread: list[Fault] = []
        structure = read_structure(path, path.name, unread) if path.is_file() else None
        if structure is not None and not unread:
            found.append((path, structure))
    return found


def _told(
    path: Path, structure: Structure, heads: Sequence[str], items: Sequence[str]
) -> SurveyBeside | None:
    places = {
        f"{question.code}[{part.code}]" if part else question.code: (question, part)
        for question in structure.questions
        for part in question.parts or (None,)
    }
    asked = {}
    for key, (question, part) in places.items():
        of_part = part.texts if part else {}
        texts = [
            (strip_tags(text), strip_tags(of_part.get(tongue, ""))) for tongue, text in question.texts.items()
        ]
        asked[key] = AskedItem(question.code, part.code if part else "", tuple(texts), question)
    meant = Headings(heads, AskedItems(asked, structure, True)).items_of
    if not items or any(len(meant.get(head, ())) != 1 for head in items):
        return None
    survey = SurveyBeside(path)
    for head in items:
        question, part = places[next(iter(meant[head]))]
        whole = _first(question.texts)
        survey.texts[head] = (_first(part.texts) or part.code) if part else (whole or question.code)
        if part and whole:
            survey.questions[head] = whole
        if question.group:
            survey.groups[head] = seen(question.group)
        survey.answers[head] = {code: _first(labels) for code, labels in question.answers.items()}
    return survey


def _first(texts: Mapping[str, str]) -> str:
    """A text in German, else in the first language in which it is there, as a person sees it."""
    written = texts.get("de") or next((text for text in texts.values() if text), "")
    return seen(written)


def with_labels(scale: DraftScale, survey: SurveyBeside) -> DraftScale:
    """A scale with the answers as the survey words them, also those that nobody chose.

    Nothing changes where its columns are answered by several lists, or hold what their list has not.
    """
    lists = [survey.answers.get(head, {}) for head in scale.columns]
    answers = lists[0] if lists else {}
    if scale.numbers is not None or len(answers) < 2 or any(other != answers for other in lists):
        return scale
    codes, labels = {folded(code) for code in answers}, {folded(label) for label in answers.values()}
    held = {folded(option.label) for option in scale.options}
    # what is no answer is called as usual, which need not stand in a cell
    for option in scale.non_answers:
        held |= {
            folded(text) for text in (*option.aliases, *([] if option.code is None else [str(option.code)]))
        }
        held |= {folded(option.label)} & labels
    # a step that nobody chose may have been filled in
    if not (held <= labels or len(held & codes) >= len(held) - 1 > 0):
        return scale
    if len(labels) < len(answers) or "" in labels:
        return scale
    numbered = all(code.isascii() and code.isdigit() for code in answers)
    missing = {code: kind for code, label in answers.items() if (kind := kind_of_word(label))}
    steps, order = _in_order(
        {code: label for code, label in answers.items() if code not in missing}, numbered
    )
    if len(steps) < 2:
        return scale
    return replace(
        scale,
        options=tuple(
            DraftOption(int(code) if numbered else place, label, "", () if numbered else (code,))
            for place, (code, label) in enumerate(steps.items())
        ),
        non_answers=tuple(_of_kind(k, answers, missing, numbered) for k in dict.fromkeys(missing.values())),
        order=order,
    )


def _in_order(steps: Mapping[str, str], numbered: bool) -> tuple[dict[str, str], str]:
    """By code the labels from the least on, and what says so: known words, else their numbers or the list."""
    labels, order = in_order([*steps.values()])
    if order != ALPHABET:
        return dict(sorted(steps.items(), key=lambda step: labels.index(step[1]))), order
    return dict(sorted(steps.items(), key=lambda step: int(step[0]))) if numbered else dict(steps), NUMBERS


def _of_kind(
    kind: str, answers: Mapping[str, str], missing: Mapping[str, str], numbered: bool
) -> DraftOption:
    """What is no answer, each kind once, with all its codes and labels."""
    codes = [code for code, of in missing.items() if of == kind]
    texts = [text for code in codes for text in (answers[code], code)]
    first = int(codes[0]) if numbered else None
    others = [text for text in texts[1:] if not (numbered and text == codes[0])]
    return DraftOption(first, texts[0], kind, tuple(dict.fromkeys(others)))
