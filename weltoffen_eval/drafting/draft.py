"""A draft of a study from one raw file: every guess in one place, before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from weltoffen_eval.drafting.answer_scales import DraftScale, find_scales
from weltoffen_eval.drafting.column_roles import Roles, find_roles, read_heads
from weltoffen_eval.drafting.first_rows import Beginning, read_unknown
from weltoffen_eval.drafting.kept_cells import KeptCells
from weltoffen_eval.drafting.kobo_columns import several_choices
from weltoffen_eval.drafting.number_columns import is_in_two_ways, range_of
from weltoffen_eval.errors import CallError, Fault, RefusedError
from weltoffen_eval.raw.files import SAV_ENDINGS
from weltoffen_eval.raw.heads import worded, wordings
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.ags import read_ags
from weltoffen_eval.study.keys import is_key, is_reserved, is_study_id
from weltoffen_eval.study.questionnaire.instrument import Instrument

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_CODE = re.compile(r"[a-z0-9]+([_-]+[a-z0-9]+)*_?")
_IN_BRACKETS = re.compile(r".*\[([^\[\]]+)\]")
_DATE = re.compile(r"\b(20[0-9]{2})-([01][0-9])-([0-3][0-9])|\b([0-3]?[0-9])\.([01]?[0-9])\.(20[0-9]{2})\b")


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
    says of which group. ``by_codes``: units are named by codes of choices. ``newest``: the last day that the
    file itself notes. ``decimal``: its decimal sign. ``in_doubt``: heads of numbers that nothing tells
    how to read. ``numbers``: by id the head, and the least and the greatest text, of a column of numbers that
    are no answers on a scale.
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
    newest: str = ""
    decimal: str = ""
    in_doubt: list[str] = field(default_factory=list)
    numbers: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def draft_study(path: Path, instrument: Instrument | None) -> Draft:
    """What study.toml, register and, without one, questionnaire of a raw file could be.

    Raises
    ------
    RefusedError
        Where it cannot be read, names no units, or holds nothing that may be answers.
    """
    table, beginning = read_unknown(path)
    matched = match_items(table.columns, instrument, beginning.wordings) if instrument is not None else {}
    others = [head for head in table.columns if head not in matched.values()]
    roles = find_roles(KeptCells(table, beginning.skipped), others, beginning.wordings, beginning.codes)
    place = Fault(path.name, "", "", row=table.header_line)
    if not (roles.municipality or roles.ags):
        heads = ", ".join(table.columns[:12]) + (" …" if len(table.columns) > 12 else "")
        advice = f"Head that column Kommune or AGS, in a copy of the file. Its columns: {heads}"
        raise RefusedError([_at(place, "no column that names municipalities", "one headed so", advice)])
    draft = Draft(table, beginning, roles)
    _find_units(draft)
    cells = KeptCells(table, beginning.skipped)
    odd = _odd_columns(table)
    for odd_heads in odd.values():
        roles.rest = [head for head in roles.rest if head not in odd_heads]
    chosen, perhaps = several_choices(cells, roles.rest)
    roles.rest = [head for head in roles.rest if head not in chosen]
    values = {head: cells.values(head) for head in roles.rest}
    if instrument is None:
        asked = {head: f"{head} {beginning.wordings.get(head, '')}" for head in roles.rest}
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
        expected = "columns that share a few values"
    else:
        draft.items, left = matched, roles.rest
        draft.not_asked = [item.id for item in instrument.items if item.id not in draft.items]
        expected = f"columns headed by id, text or label of an item of {instrument.id}"
    if not draft.items:
        advice = "Name its questionnaire with --instrument, or head the columns by its items in a copy."
        raise RefusedError([_at(place, "no column that may hold answers", expected, advice)])
    free = [head for head in left if len(values[head]) > 12 or max(map(len, values[head])) > 60]
    draft.aside = {
        **odd,
        "technical columns of the survey tool": roles.technical,
        "personal: not read, but it stays in the raw file": roles.personal,
        "questions on who answers, as it seems; check": roles.on_persons,
        "choices of questions with several answers, as it seems; check": chosen,
        NUMBERS_LEFT: [head for head, _, _ in draft.numbers.values()],
        "free text": free,
        "neither an answer nor a unit, as it seems; check": [head for head in left if head not in free],
    }
    # what SPSS holds as a number is one in one way only
    written = [scale for scale in draft.scales if scale.numbers and path.suffix.lower() not in SAV_ENDINGS]
    numeric = [head for scale in written for head in scale.columns]
    numbers = [text for head in numeric for text in values[head]]
    signs = {sign for text in numbers for sign in ",." if sign in text}
    draft.in_doubt = [head for head in numeric if is_in_two_ways(values[head])]
    draft.decimal = signs.pop() if len(signs) == 1 and not draft.in_doubt else ""
    draft.newest = _newest(cells, [*roles.technical, *roles.rest])
    return draft


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
        key = _unused(name if draft.by_codes else slug(name) or "kommune", keys)
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


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens of a name: Bad Münder becomes bad-muender."""
    ascii_only = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")[:60].strip("-")
    return f"{made}-1" if made and (not is_key(made) or is_reserved(made)) else made


def study_id(name: str) -> str:
    """An id for a study in a folder of this name."""
    made = slug(name) or "studie"
    return made if is_study_id(made) else f"{made}-1"


def _unused(wanted: str, used: set[str]) -> str:
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name


def name_items(heads: Sequence[str], codes: Mapping[str, str]) -> dict[str, str]:
    """An id for each column: its head or code where that can be one, else what is in brackets or behind /.

    What stands in brackets in several heads is an id together with what stands before them.
    """
    names = {head: codes.get(head, head) for head in heads}
    inner = {head: match[1] for head, name in names.items() if (match := _IN_BRACKETS.fullmatch(name))}
    often = Counter(inner.values())
    used: set[str] = set()
    items: dict[str, str] = {}
    for head, name in names.items():
        own = inner.get(head, "")
        whole = re.sub(r"[\[\]]+", "_", name).strip("_") if own else ""
        forms = [name, own if often[own] == 1 else "", whole, name.rpartition("/")[2]]
        fitting = [form for form in forms if is_key(form) and not is_reserved(form) and form not in used]
        # a long wording makes no id that anybody could read
        short = [form for form in fitting if len(form) <= 20]
        item = short[0] if short else _unused(f"f{len(items) + 1:02}", used)
        used.add(item)
        items[item] = head
    return items


def match_items(heads: Sequence[str], instrument: Instrument, said: Mapping[str, str]) -> dict[str, str]:
    """By item of a questionnaire the head of its column: by id, then by text, then by label.

    ``said``: by head what a second row, or the label of a variable, says of it.

    Raises
    ------
    CallError
        Where two columns may be one item: that is never guessed.
    """
    forms: list[Mapping[str, set[str]]] = [{head: {head, *_last_parts(head)} for head in heads}]
    forms += [{head: {*wordings(head), *wordings(said.get(head, ""))} for head in heads}] * 2
    found: dict[str, str] = {}
    for way, of_head in enumerate(forms):
        for item in instrument.items:
            texts = ({item.id}, {*map(worded, item.text.values())}, {*map(worded, item.label.values())})[way]
            fitting = [h for h in heads if of_head[h] & (texts - {""}) and h not in found.values()]
            exact = [head for head in fitting if head == item.id]
            if item.id in found or not fitting:
                continue
            if len(exact or fitting) > 1:
                several = ", ".join(fitting)
                raise CallError(
                    f"{len(fitting)} columns may hold {item.id}: {several}. Rename one in a copy."
                )
            found[item.id] = (exact or fitting)[0]
    return {item.id: found[item.id] for item in instrument.items if item.id in found}


def _last_parts(head: str) -> list[str]:
    inner = _IN_BRACKETS.fullmatch(head)
    return [head.rpartition("/")[2], *([inner.group(1)] if inner else [])]


def _newest(cells: KeptCells, heads: Sequence[str]) -> str:
    """The last day that the columns of a survey tool note, as ISO; empty where they note none."""
    days = set()
    for head in heads:
        for text in cells.values(head):
            if len(text) <= 40 and (match := _DATE.match(text)):
                year, month, day, day_2, month_2, year_2 = match.groups()
                days.add(f"{year or year_2}-{int(month or month_2):02}-{int(day or day_2):02}")
    return max((day for day in days if day[5:7] <= "12" and day[8:] <= "31"), default="")
