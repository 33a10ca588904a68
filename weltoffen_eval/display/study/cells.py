"""Numbers of a whole study as cells of a table, each with the keys of the findings behind it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column
from weltoffen_eval.display.keyed_tables import Cell
from weltoffen_eval.display.language import NOTHING, Language
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

_MINUS = "−"
#: Below it a p-value is only said to be smaller.
_LEAST_P = 0.001


def cell(text: str, *findings: Finding) -> Cell:
    """A text and what it rests on."""
    return text, tuple(finding.key for finding in findings)


def named(dimension: Dimension, telling: StudyTelling) -> Cell:
    """The cell that heads the row of a dimension."""
    return cell(telling.title(dimension.title))


def dimension_column(telling: StudyTelling, wave: str) -> Column:
    """The column of the names of the dimensions."""
    first = telling.overview.instrument(wave).dimensions[0].title
    return Column(telling.word("columns", "dimension"), language=telling.foreign(first))


def question_columns(telling: StudyTelling, wave: str, texts: bool = True) -> tuple[Column, ...]:
    """The columns that say which question a row is of; ``texts``: with its wording beside its number."""
    items = telling.overview.instrument(wave).items
    number = Column(telling.word("columns", "number"))
    wording = Column(telling.word("columns", "question"), language=telling.foreign(items[0].text))
    if not _have_numbers(items):
        return (wording,)
    return (number, wording) if texts else (number,)


def question_cells(telling: StudyTelling, wave: str, item: str, texts: bool = True) -> list[Cell]:
    """The cells of those columns; where codes are no numbers the wording or the short name alone."""
    items = telling.overview.instrument(wave).items
    of = next(one for one in items if one.id == item)
    if not _have_numbers(items):
        return [cell(telling.title(of.text) if texts else telling.short_name(of))]
    return [cell(item), *([cell(telling.title(of.text))] if texts else [])]


def _have_numbers(items: Sequence[Item]) -> bool:
    """Whether a reader can look questions up by their codes: MS03, and not the name of a variable."""
    return all(re.search(r"\d", item.id) for item in items)


def statistic_column(telling: StudyTelling, term: str, unit: str = "") -> Column:
    """A column of numbers with the reader's word for the statistic."""
    return Column(telling.word("statistics", term), True, unit)


def reason(telling: StudyTelling, code: str) -> str:
    """Why a number is missing."""
    if not code:
        return NOTHING
    if code == "disclosure":
        return telling.shared.text("reason_disclosure", least=str(LEAST_MUNICIPALITIES))
    return telling.shared.text(f"reason_{code}")


def value_or_reason(telling: StudyTelling, finding: Finding) -> str:
    """A number with two digits, or why there is none."""
    if math.isnan(finding.value):
        return reason(telling, finding.reason)
    return hundredths(telling.language, finding.value)


def interval(telling: StudyTelling, finding: Finding) -> str:
    """ "−9,2 bis −2,9", or why there is none."""
    if math.isnan(finding.low):
        return reason(telling, finding.reason) if finding.reason else NOTHING
    ends = (signed(telling.language, end) for end in (finding.low, finding.high))
    return _from_to(telling.language, *ends)


def ends(language: Language, finding: Finding) -> str:
    """ "0,12 bis 0,46", the ends of an interval, or a dash."""
    if math.isnan(finding.low):
        return NOTHING
    return _from_to(language, *(hundredths(language, end) for end in (finding.low, finding.high)))


def _from_to(language: Language, low: str, high: str) -> str:
    return language.word("forms", "range").format(low=low, high=high)


def hundredths(language: Language, value: float) -> str:
    """A number with two digits, as all of its column have them: 0,70."""
    return language.decimal(value, 2, fixed=True).replace("-", _MINUS)


def signed(language: Language, value: float, digits: int = 1) -> str:
    """A difference with its sign, and as many digits as all of its column: −8,0."""
    if math.isnan(value):
        return NOTHING
    text = language.decimal(value, digits, fixed=True).replace("-", _MINUS)
    return text if value < 0 or not any(sign in text for sign in "123456789") else f"+{text}"


def p_value(language: Language, value: float) -> str:
    """ "0,032", or "< 0,001"."""
    if math.isnan(value):
        return NOTHING
    if value < _LEAST_P:
        return f"< {language.decimal(_LEAST_P, 3)}"
    return language.decimal(value, 3, fixed=True)
