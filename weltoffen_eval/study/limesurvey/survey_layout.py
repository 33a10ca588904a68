"""How a questionnaire stands in LimeSurvey: an array for each criterion, with the codes that it takes.

Codes are made from the questionnaire alone, so that who reads the answers knows them as who wrote the survey.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item, ResponseScale

#: LimeSurvey keeps these as codes of questions, and "time" and "other" as codes of their parts.
_RESERVED = {"lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"}
_RESERVED_PARTS = {"time", "other", "comment"}
_QUESTION_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")
_PART_CODE = re.compile(r"[A-Za-z0-9]{1,20}")
_ANSWER_CODE = re.compile(r"[A-Za-z0-9]{1,5}")


@dataclass(frozen=True)
class LaidOutQuestion:
    """A question of the survey: an array of items of one scale, or one item that is a number.

    ``items``: with each item the code of its part, which is empty where the question is the item.
    """

    code: str
    dimension: str
    texts: Mapping[str, str]
    scale: ResponseScale
    items: tuple[tuple[Item, str], ...]

    @property
    def is_array(self) -> bool:
        return self.scale.kind != "numeric"


def lay_out(instrument: Instrument) -> tuple[LaidOutQuestion, ...]:
    """The questions of a survey, in the order of fields and criteria."""
    codes = item_codes(instrument)
    single = {codes[item.id].casefold() for item in instrument.items if _is_number(instrument, item)}
    numbers = iter(f"K{number:02}" for number in range(1, 10_000))
    questions = []
    for dimension in instrument.dimensions:
        titles = {criterion.id: criterion.title for criterion in instrument.criteria_of(dimension.id)}
        groups: dict[tuple[str, str], list[Item]] = {}
        items = instrument.items_of(dimension.id)
        order = [*titles, ""]
        for item in sorted(items, key=lambda i: order.index(i.criterion) if i.criterion in order else -1):
            key = f"{item.criterion}", item.id if _is_number(instrument, item) else item.scale
            groups.setdefault(key, []).append(item)
        for (criterion, _), members in groups.items():
            scale = instrument.scale_of(members[0].id)
            if scale.kind == "numeric":
                item = members[0]
                made = LaidOutQuestion(codes[item.id], dimension.id, item.text, scale, ((item, ""),))
            else:
                code = next(code for code in numbers if code.casefold() not in single)
                texts = titles.get(criterion, dimension.title)
                parts = tuple((item, codes[item.id]) for item in members)
                made = LaidOutQuestion(code, dimension.id, texts, scale, parts)
            questions.append(made)
    return tuple(questions)


def item_codes(instrument: Instrument) -> dict[str, str]:
    """By item its code in LimeSurvey: its id where LimeSurvey keeps it as it is, else a running one."""
    taken: set[str] = set()
    codes = {}
    for item in instrument.items:
        pattern = _QUESTION_CODE if _is_number(instrument, item) else _PART_CODE
        folded_id = item.id.casefold()
        # an id that another one differs from by its case alone would be changed too
        if pattern.fullmatch(item.id) and folded_id not in taken | _RESERVED | _RESERVED_PARTS:
            taken.add(folded_id)
            codes[item.id] = item.id
    for number, item in enumerate(instrument.items, start=1):
        if item.id not in codes:
            code = f"I{number:03}"
            while code.casefold() in taken:
                code += "x"
            taken.add(code.casefold())
            codes[item.id] = code
    return codes


def answer_codes(scale: ResponseScale) -> dict[int, str]:
    """By code of the questionnaire that of LimeSurvey, which knows no sign: −98 is written M98.

    "Keine Angabe" has none: LimeSurvey offers "Keine Antwort" by itself.
    """
    codes = [option.code for option in scale.options]
    codes += [n.code for n in scale.non_answers if n.code is not None and n.kind != "skipped"]
    return {code: str(code) if code >= 0 else f"M{-code}" for code in codes}


def check_answer_codes(instrument: Instrument, faults: list[Fault]) -> None:
    """A fault for each code of an answer that LimeSurvey would drop."""
    for scale in instrument.scales:
        if scale.kind == "numeric":
            continue
        for code, written in answer_codes(scale).items():
            if not _ANSWER_CODE.fullmatch(written):
                expected = "codes of answers of at most five digits: LimeSurvey drops others"
                faults.append(
                    Fault("instrument.toml", f"the code {code}", expected, column=f"scale {scale.id}")
                )


def _is_number(instrument: Instrument, item: Item) -> bool:
    return instrument.scale_of(item.id).kind == "numeric"
