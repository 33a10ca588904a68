"""A draft of a study from one raw file: every guess in one place, before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from weltoffen_eval.drafting.answer_order import asked_of
from weltoffen_eval.drafting.answer_scales import DraftScale, find_scales
from weltoffen_eval.drafting.column_roles import Roles, find_roles, read_heads
from weltoffen_eval.drafting.first_rows import Beginning, read_unknown
from weltoffen_eval.drafting.item_names import match_items, name_items
from weltoffen_eval.drafting.kept_cells import KeptCells
from weltoffen_eval.drafting.kobo_columns import several_choices
from weltoffen_eval.drafting.left_columns import by_what_they_seem
from weltoffen_eval.drafting.limesurvey_columns import (
    NoScales,
    is_of_limesurvey,
    leave_aside_what_it_notes,
    match_export,
    no_scales,
)
from weltoffen_eval.drafting.names import slug, unused
from weltoffen_eval.drafting.number_columns import is_in_two_ways, range_of
from weltoffen_eval.drafting.survey_beside import SurveyBeside, match_by_structure, survey_beside, with_labels
from weltoffen_eval.drafting.wave_dates import WaveDate, find_date, last_noted
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.raw.files import SAV_ENDINGS
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.ags import read_ags
from weltoffen_eval.study.keys import is_key, is_reserved
from weltoffen_eval.study.limesurvey.asked_items import asked_by_layout
from weltoffen_eval.study.limesurvey.cell_readings import MARKS
from weltoffen_eval.study.limesurvey.fixed_columns import find_fixed
from weltoffen_eval.study.questionnaire.instrument import Instrument

_CODE = re.compile(r"[a-z0-9]+([_-]+[a-z0-9]+)*_?")

#: Why numbers are left aside.
NUMBERS_LEFT = "numbers, which are no answers on a scale, as it seems; check"
#: More records of a municipality are taken for those of persons: so many offices seldom answer apart.
_MOST_OFFICES = 12


@dataclass
class Draft:
    """What a raw file seems to hold.

    ``items``: by item id the head of its column. ``units``: key, name, AGS. ``aside``: by reason the heads
    that are left aside. ``not_asked``: items of a given questionnaire without column. ``several``: a unit has
    more than one record; ``many``: units have so many that they are persons, and nothing
    says of which group. ``by_codes``: units are named by codes of choices. ``date``: the day of its
    wave. ``decimal``: its decimal sign. ``in_doubt``: heads of numbers that nothing tells how to read.
    ``of_limesurvey``: it is an export of LimeSurvey; ``survey``: its structure, where that lies beside.
    ``numbers``: by id head, least and greatest text of a column of numbers that are no answers.
    """

    table: RawTable
    beginning: Beginning
    roles: Roles
    items: dict[str, str] = field(default_factory=dict)
    scales: list[DraftScale] = field(default_factory=list)
    units: list[tuple[str, str, str]] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)
    not_asked: list[str] = field(default_factory=list)
    several: bool = False
    many: bool = False
    by_codes: bool = False
    date: WaveDate = field(default_factory=lambda: WaveDate("", "", told=False))
    decimal: str = ""
    in_doubt: list[str] = field(default_factory=list)
    of_limesurvey: bool = False
    survey: SurveyBeside | None = None
    numbers: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def draft_study(path: Path, instrument: Instrument | None, written: str) -> Draft:
    """What study.toml, register and, without one, questionnaire of a raw file could be.

    ``written``: the day on which the file was written, as ISO, for a file that says no day.

    Raises
    ------
    RefusedError
        Where it cannot be read, names no units, or holds nothing that may be answers.
    """
    table, beginning = read_unknown(path)
    of_limesurvey = is_of_limesurvey(table.columns)
    cells = KeptCells(table, beginning.skipped, MARKS if of_limesurvey else frozenset())
    matched, survey = _match(path, cells, instrument, beginning) if instrument is not None else ({}, None)
    others = [head for head in table.columns if head not in matched.values()]
    roles = find_roles(cells, others, beginning.wordings, beginning.codes)
    if of_limesurvey:
        leave_aside_what_it_notes(roles, beginning.codes)
    place = Fault(path.name, "", "", row=table.header_line)
    if not (roles.municipality or roles.ags):
        advice = _HOW_LIMESURVEY_NAMES_THEM if of_limesurvey else _HOW_TO_NAME_THEM
        advice += f" Its columns: {_shown(table.columns, 12)}"
        raise RefusedError([_at(place, "no column that names municipalities", "one headed so", advice)])
    draft = Draft(table, beginning, roles, of_limesurvey=of_limesurvey, survey=survey)
    _find_units(draft)
    # rows that name no unit are known by now
    cells = KeptCells(table, beginning.skipped, cells.marks)
    odd = _odd_columns(table)
    for odd_heads in odd.values():
        roles.rest = [head for head in roles.rest if head not in odd_heads]
    none = no_scales(cells, roles.rest, beginning.codes) if of_limesurvey else NoScales()
    chosen, perhaps = several_choices(cells, roles.rest)
    chosen = [*chosen, *none.chosen]
    roles.rest = [head for head in roles.rest if head not in chosen and head not in none.all]
    values = {head: cells.values(head) for head in roles.rest}
    if instrument is None:
        asked = {head: asked_of(head, beginning) for head in roles.rest}
        found = find_scales({h: texts for h, texts in values.items() if h not in perhaps}, asked)
        if any(scale.options for scale in found.scales):
            chosen = [*chosen, *perhaps]
        else:
            # nothing else may be an answer
            found = find_scales(values, asked)
        draft.scales, left = found.scales, found.left
        answers = [head for scale in draft.scales for head in scale.columns]
        in_file = [head for head in table.columns if head in answers]
        named = name_items([*in_file, *found.numbers], beginning.codes)
        draft.items = {item: head for item, head in named.items() if head in answers}
        draft.numbers = {
            item: (head, *range_of(values[head])) for item, head in named.items() if head in found.numbers
        }
        if of_limesurvey:
            _look_beside(draft, path)
    else:
        draft.items, left = matched, roles.rest
        draft.not_asked = [item.id for item in instrument.items if item.id not in draft.items]
    if not draft.items:
        raise RefusedError([_no_answers(place, table.columns, instrument, of_limesurvey, odd)])
    draft.aside = {
        **odd,
        "technical columns of the survey tool": roles.technical,
        "personal: not read, but it stays in the raw file": roles.personal,
        "questions on who answers, as it seems; check": roles.on_persons,
        "choices of questions with several answers, as it seems; check": chosen,
        "lists in which people could write their own answer; check": none.own,
        "1 and 2 that may be yes and no, where no answer would be 2 too; export Y and N unconverted": (
            none.converted
        ),
        NUMBERS_LEFT: [head for head, _, _ in draft.numbers.values()],
        **by_what_they_seem(left, values),
    }
    # what SPSS holds as a number is one in one way only
    noted = [scale for scale in draft.scales if scale.numbers and path.suffix.lower() not in SAV_ENDINGS]
    numeric = [head for scale in noted for head in scale.columns]
    numbers = [text for head in numeric for text in values[head]]
    signs = {sign for text in numbers for sign in ",." if sign in text}
    draft.in_doubt = [head for head in numeric if is_in_two_ways(values[head])]
    draft.decimal = signs.pop() if len(signs) == 1 and not draft.in_doubt else ""
    day = last_noted(cells, roles.technical, written) or last_noted(cells, roles.rest, written)
    draft.date = find_date(beginning.titles, day, path.name, written)
    return draft


_HOW_TO_NAME_THEM = "Head that column Kommune or AGS, in a copy of the file."
_HOW_LIMESURVEY_NAMES_THEM = (
    "This is an export of LimeSurvey: choose the participants' attributes (Kommune, AGS) when exporting it. "
    "Of an anonymised survey there are none: there a question with the code kommune has to ask for it."
)
_WITHOUT = "leave --instrument out: a questionnaire is made of the columns."


def _shown(heads: Sequence[str], most: int) -> str:
    return ", ".join(heads[:most]) + (" …" if len(heads) > most else "")


def _match(
    path: Path, cells: KeptCells, instrument: Instrument, beginning: Beginning
) -> tuple[dict[str, str], SurveyBeside | None]:
    """By item of a questionnaire the head of its column, and the structure by which they were found."""
    heads = cells.table.columns
    if not is_of_limesurvey(heads):
        return match_items(heads, instrument, beginning.wordings), None
    matched = match_export(heads, asked_by_layout(instrument))
    return (matched, None) if matched else match_by_structure(path, heads, instrument)


def _look_beside(draft: Draft, path: Path) -> None:
    """What the structure of the survey beside the file says of its columns, where there is one."""
    draft.survey = survey_beside(path, draft.table.columns, [*draft.items.values()])
    if draft.survey is not None:
        draft.beginning.wordings |= draft.survey.texts
        draft.beginning.groups |= draft.survey.questions
        draft.scales = [with_labels(scale, draft.survey) for scale in draft.scales]


def _no_answers(
    place: Fault,
    heads: Sequence[str],
    instrument: Instrument | None,
    of_limesurvey: bool,
    odd: Mapping[str, list[str]],
) -> Fault:
    """Why nothing in a file may be an answer, and what can be done."""
    twice = odd["heads that stand twice"]
    if instrument is None and twice:
        advice = (
            "Give each column a head of its own in a copy of the file; what is merged over several heads is "
            "no part of a head."
        )
        found = f"nothing that may hold answers besides columns of one head: {_shown(twice, 8)}"
        return _at(place, found, "each head once", advice)
    if instrument is None:
        advice = "Name its questionnaire with --instrument, or head the columns by its items in a copy."
        return _at(place, "no column that may hold answers", "columns that share a few values", advice)
    own = [head for head in heads if find_fixed(head) is None]
    found = f"none of its columns is a question of {instrument.id}; they are headed {_shown(own, 3)}"
    if not of_limesurvey:
        expected = f"columns headed by id, text or label of an item of {instrument.id}"
        advice = f"Head the columns so in a copy; or {_WITHOUT}"
        return _at(place, found, expected, advice)
    item = instrument.items[0]
    code = asked_by_layout(instrument).items[item.id]
    example = f"{code.code}[{code.part}]" if code.part else code.code
    expected = f"codes of the survey that weltoffen form makes of it, such as {example}, or its wordings"
    advice = (
        "Export the responses with full texts as headings; or export the survey's structure too (.lss) and "
        f"lay it beside the file under the same name; or {_WITHOUT}"
    )
    return _at(place, found, expected, advice)


def doubts(draft: Draft, path: str) -> list[Fault]:
    """Faults for columns of 1,234 in two ways: check takes a comma for that of decimals and would not ask."""
    found = []
    for head in draft.in_doubt:
        texts = [text for text in KeptCells(draft.table, draft.beginning.skipped).values(head) if "," in text]
        if texts:
            two = f"{texts[0]!r}, which may be {texts[0].replace(',', '')} or {texts[0].replace(',', '.')}"
            advice = 'Say in study.toml which sign parts decimals: decimal = "," or decimal = ".".'
            found.append(Fault(path, two, "a number that can be read in one way only", advice, column=head))
    return found


def _odd_columns(table: RawTable) -> dict[str, list[str]]:
    """Columns that cannot be read as they are: hidden ones, and heads of two."""
    noted = [(entry.rule, entry.column) for entry in table.log if entry.column in table.columns]
    hidden = [column for rule, column in noted if rule == "column_hidden"]
    twice = [column for rule, column in noted if rule == "column_ignored"]
    return {
        "hidden columns": list(dict.fromkeys(hidden)),
        "heads that stand twice": list(dict.fromkeys(twice)),
    }


def _at(place: Fault, found: str, expected: str, advice: str) -> Fault:
    return Fault(place.file, found, expected, advice, row=place.row)


def _find_units(draft: Draft) -> None:
    """The units that occur; rows that name none are no records, since nobody could say whose they are."""
    table, roles = draft.table, draft.roles
    names = table.cells(roles.municipality) if roles.municipality else [""] * len(table.lines)
    codes = table.cells(roles.ags) if roles.ags else [""] * len(table.lines)
    found: dict[str, Counter[str]] = {}
    official: dict[str, Counter[str]] = {}
    records: Counter[str] = Counter()
    for line, name, code in zip(table.lines, map(plain, names), map(plain, codes), strict=True):
        if line in draft.beginning.skipped:
            continue
        if not code and folded(name) in ("", *read_heads()["no_unit"]):
            draft.beginning.skipped[line] = "names no municipality; check"
            continue
        unit = folded(name) or (read_ags(code) or (code,))[0]
        found.setdefault(unit, Counter())[name or code] += 1
        records[unit] += 1
        if code:
            official.setdefault(unit, Counter())[code] += 1
    draft.several = any(count > 1 for count in records.values())
    draft.many = bool(records) and not roles.perspective and median(records.values()) > _MOST_OFFICES
    spelt = {unit: spellings.most_common(1)[0][0] for unit, spellings in found.items()}
    draft.by_codes = bool(roles.municipality) and all(map(_is_code, spelt.values()))
    keys: set[str] = set()
    for unit, name in spelt.items():
        # a code stays the key, so that its name can be changed and it is found all the same
        key = unused(name if draft.by_codes else slug(name) or "kommune", keys)
        ags = official[unit].most_common(1)[0][0] if unit in official else ""
        shown = _named_by(name, roles.municipality) if draft.by_codes else name
        draft.units.append((key, shown, ags if read_ags(ags) else ""))


def _is_code(name: str) -> bool:
    """Whether the name of a unit is that of a choice as forms have it: bad_muender, 12."""
    return bool(_CODE.fullmatch(name)) and is_key(name) and not is_reserved(name)


def _named_by(code: str, head: str) -> str:
    """What a unit may be called of which only the code is known."""
    words = f"{head.rpartition('/')[2]} {code}" if code.isdigit() else code.replace("_", " ")
    return " ".join(word[:1].upper() + word[1:] for word in words.split())
