"""A study folder as responses: one row per respondent × item, cell by cell as the contract says."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from second_reading.item_names import call_by_ids
from second_reading.questionnaires import Instrument, Refused, Scale, read_instrument, read_toml
from second_reading.tables import read_records

PERSPECTIVES = {
    "Verwaltung": "administration",
    "Politik": "politics",
    "Zivilgesellschaft": "civil_society",
    "Wirtschaft": "business",
    "Einwohnerschaft": "residents",
}
NOT_ASKED = "not_asked"
RESERVED = ("participants", "merged", "consensus", "@")
#: The words for "keine Angabe", as opposed to an empty cell, which is None.
SAID_NOTHING = "skipped"

#: A code, a number, a kind of missing; or None, a cell left empty.
Answer = int | Fraction | str | None


class Group(NamedTuple):
    municipality: str
    wave: str
    setting: str
    perspective: str


@dataclass
class Sheet:
    """What one respondent gave back: an answer per item of the wave's instrument."""

    group: Group
    unit: str
    name: str
    answers: dict[str, Answer]
    #: Of merged sheets by item the name of the responsible one; None where sheets are averaged.
    merged: dict[str, str] | None = None


def read_number(cell: str, decimal: str) -> Fraction | None:
    """A number as written; where the file says its decimal sign, the other one may part thousands."""
    if decimal:
        other = re.escape(".,".replace(decimal, ""))
        if re.fullmatch(rf"-?[0-9]{{1,3}}({other}[0-9]{{3}})+({re.escape(decimal)}[0-9]+)?", cell):
            cell = re.sub(other, "", cell)
    if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", cell):
        return None
    return Fraction(cell.replace(",", "."))


def read_answer(cell: str, scale: Scale, decimal: str = "") -> Answer:
    """The answer in a cell; None where it is empty."""
    if cell == "":
        return None
    if cell in scale.words:
        return scale.words[cell]
    if cell in scale.non_answers:
        return scale.non_answers[cell]
    number = read_number(cell, decimal)
    if number is None:
        raise Refused(f"{cell!r} is no answer")
    if number in scale.non_answer_codes:
        return scale.non_answer_codes[int(number)]
    if scale.low is not None and scale.high is not None:
        if not scale.low <= number <= scale.high:
            raise Refused(f"{cell!r} is outside the goalposts")
        return number
    if number not in scale.points:
        raise Refused(f"{cell!r} is no code")
    return int(number)


class StudyReading:
    """A study folder; ``sheets`` are its respondents, in the order of the files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = read_toml(folder / "study.toml")
        self.instruments: dict[str, Instrument] = {}
        for wave in self.table["wave"]:
            path = folder / (wave.get("instrument") or self.table["instrument"])
            self.instruments[str(wave["id"])] = read_instrument(path)
        self.kinds: dict[str, str] = {}
        self.places = self._read_places()
        self.perspectives = dict(PERSPECTIVES)
        for entry in self.table.get("perspective", []):
            self.perspectives |= dict.fromkeys(entry["title"].values(), entry["id"])
        self.corrections = self._read_corrections()
        read = [sheet for entry in self.table["file"] for sheet in self._read_file(entry)]
        _share_rules(read)
        self.sheets = _counted(_named(read))
        _mark_not_chosen(self.sheets, self.instruments)

    def _read_places(self) -> dict[str, str]:
        places: dict[str, str] = {}
        for _, row in read_records(self.folder / "municipalities.csv")[1]:
            self.kinds[row["municipality"]] = row.get("kind", "")
            for word in (row["municipality"], row["name"], row.get("ags", "")):
                if word:
                    places[word] = row["municipality"]
        return places

    def _read_corrections(self) -> dict[tuple[str, int, str], tuple[str, str]]:
        found: dict[tuple[str, int, str], tuple[str, str]] = {}
        for path in [*self.folder.glob("corrections.csv"), *self.folder.glob("corrections/*.csv")]:
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    change = row["old"], row["new"]
                    if found.setdefault((row["file"], int(row["row"]), row["column"]), change) != change:
                        raise Refused(f"two corrections of one cell: {row}")
        return found

    def _read_file(self, entry: dict[str, Any]) -> list[Sheet]:
        heads, records = read_records(self.folder / entry["path"], entry)
        for line, record in records:
            for head in heads:
                old, new = self.corrections.get((entry["path"], line, head), (record[head], record[head]))
                if record[head] != old:
                    raise Refused(f"{old!r} is not the raw value of a correction")
                record[head] = new
        read = _read_wide if entry["layout"] == "wide" else _read_long
        instrument = self.instruments[str(entry["wave"])]
        heads = call_by_ids(heads, [record for _, record in records], instrument, entry)
        columns = {"municipality": "municipality", "respondent": "respondent", **entry.get("columns", {})}
        columns["perspective"] = entry.get("perspective_column", "perspective")
        sheets = []
        for record, answers in read(heads, [row for _, row in records], columns, instrument, entry):
            where = record[columns["municipality"]] if columns["municipality"] in heads else record["ags"]
            if where not in self.places:
                raise Refused(f"{where!r} is no municipality")
            who = entry.get("perspective") or record[columns["perspective"]]
            who = self.perspectives.get(who, who)
            if who not in self.perspectives.values():
                raise Refused(f"{who!r} is no perspective")
            group = Group(self.places[where], str(entry["wave"]), entry["setting"], who)
            own = group.setting == "questionnaire" and who == "administration"
            unit = entry.get("unit") or ("institution" if own else "persons")
            for item, answer in answers.items():
                if answer is None and not instrument.items[item].is_put_to(self.kinds[group.municipality]):
                    answers[item] = NOT_ASKED
            merged = self._read_responsible(entry, group.municipality)
            if merged is not None and unit == "persons":
                raise Refused("sheets of persons are no parts of one questionnaire")
            sheets.append(Sheet(group, unit, record.get(columns["respondent"], ""), answers, merged))
        return sheets

    def _read_responsible(self, entry: dict[str, Any], municipality: str) -> dict[str, str] | None:
        """By item who is responsible for it; a row that names the municipality comes before one for all."""
        if entry.get("sheets", "average") == "average":
            return None
        if "responsible" not in entry:
            return {}
        rows = [row for _, row in read_records(self.folder / entry["responsible"])[1]]
        named = [{row["item"]: row["respondent"] for row in rows if not row.get("municipality")}]
        named.append(
            {row["item"]: row["respondent"] for row in rows if row.get("municipality") == municipality}
        )
        return named[0] | named[1]


def _place_answer(answers: dict[str, Answer], item: str, answer: Answer) -> None:
    if answers[item] == NOT_ASKED:
        if answer is not None:
            raise Refused(f"{item} was not asked and is answered")
        return
    answers[item] = answer


def _unanswered(instrument: Instrument, entry: dict[str, Any]) -> dict[str, Answer]:
    not_asked = entry.get("not_asked", [])
    return {item: NOT_ASKED if item in not_asked else None for item in instrument.items}


def _read_wide(
    heads: list[str],
    records: list[dict[str, str]],
    columns: dict[str, str],
    instrument: Instrument,
    entry: dict[str, Any],
) -> Iterator[tuple[dict[str, str], dict[str, Answer]]]:
    """Per record its answers: a column per item."""
    for item, answer in _unanswered(instrument, entry).items():
        if item not in heads and answer != NOT_ASKED:
            raise Refused(f"{item} has no column")
    for record in records:
        answers = _unanswered(instrument, entry)
        for item, asked in instrument.items.items():
            if item in heads:
                scale = instrument.scales[asked.scale]
                _place_answer(answers, item, read_answer(record[item], scale, entry.get("decimal", "")))
        yield record, answers


def _read_long(
    heads: list[str],
    records: list[dict[str, str]],
    columns: dict[str, str],
    instrument: Instrument,
    entry: dict[str, Any],
) -> Iterator[tuple[dict[str, str], dict[str, Answer]]]:
    """Per respondent the first record and the answers: a row per answer."""
    sheets: dict[tuple[str, ...], tuple[dict[str, str], dict[str, Answer]]] = {}
    seen = set()
    who = [*(columns[part] for part in ("municipality", "perspective", "respondent")), "ags"]
    for record in records:
        key, item = tuple(record.get(column, "") for column in who), record["item"]
        _, answers = sheets.setdefault(key, (record, _unanswered(instrument, entry)))
        if (key, item) in seen or item not in instrument.items:
            raise Refused(f"{item} of {key} stands there twice or is unknown")
        seen.add((key, item))
        scale = instrument.scales[instrument.items[item].scale]
        _place_answer(answers, item, read_answer(record["response"], scale, entry.get("decimal", "")))
    yield from sheets.values()


def _named(sheets: list[Sheet]) -> list[Sheet]:
    """Names are unique per group; who has none gets a running one, an institution only once."""
    names: dict[Group, set[str]] = defaultdict(set)
    unnamed: set[Group] = set()
    for sheet in sheets:
        if sheet.name in RESERVED:
            raise Refused(f"{sheet.name} is reserved")
        if sheet.name and sheet.name in names[sheet.group]:
            raise Refused(f"{sheet.name} stands twice in {sheet.group}")
        if not sheet.name and sheet.unit == "institution":
            if sheet.group in unnamed:
                raise Refused(f"a second sheet without a name in {sheet.group}")
            unnamed.add(sheet.group)
        names[sheet.group].add(sheet.name)
    return sheets


def _share_rules(sheets: list[Sheet]) -> None:
    """One rule for a group: all of its sheets are merged, or none; whoever is responsible is so for all."""
    rules: dict[Group, dict[str, str] | None] = {}
    for sheet in sheets:
        known = rules.setdefault(sheet.group, sheet.merged)
        if (known is None) != (sheet.merged is None):
            raise Refused(f"sheets of {sheet.group} are merged and averaged")
        if known is not None and sheet.merged is not None:
            rules[sheet.group] = sheet.merged | known
    for sheet in sheets:
        sheet.merged = rules[sheet.group]


def _counted(sheets: list[Sheet]) -> list[Sheet]:
    """Those that hold more than empty cells and "keine Angabe"."""
    silent = (None, SAID_NOTHING, NOT_ASKED)
    return [sheet for sheet in sheets if any(answer not in silent for answer in sheet.answers.values())]


def _mark_not_chosen(sheets: list[Sheet], instruments: dict[str, Instrument]) -> None:
    """Empty cells become ``not_chosen`` or ``skipped``."""
    groups: dict[Group, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[sheet.group].append(sheet)
    for group, members in groups.items():
        items = instruments[group.wave].items
        used, answered = set(), set()
        for sheet in members:
            for item, answer in sheet.answers.items():
                if answer is not None and answer != NOT_ASKED:
                    used.add(items[item].dimension)
                    if not isinstance(answer, str):
                        answered.add(items[item].dimension)
        for sheet in members:
            for item, answer in sheet.answers.items():
                if answer is None:
                    field = items[item].dimension
                    left_out = field not in used and answered - {field}
                    sheet.answers[item] = "not_chosen" if left_out else "skipped"
