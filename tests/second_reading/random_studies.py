"""Random valid studies, written as folders: what a user may write, in all its variants."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from second_reading.random_files import OWN, write_file
from second_reading.random_questionnaires import (
    Option,
    PlannedScale,
    Questionnaire,
    plan_questionnaire,
    write_questionnaire,
    write_scheme,
)

PLACES = [
    ("adorf", "Adorf", "01001001"),
    ("bestadt-2", "Übersee (Holstein)", "01002000"),
    ("ce_kreis", "Landkreis Cé", "01051"),
    ("d.ort", "Groß Dörfchen", "14713000"),
]
PERSPECTIVES = ["administration", "politics", "civil_society", "business", "residents"]
KINDS = ["Gemeinde", "Stadt", "kreisfreie Stadt", "Landkreis", "Bezirk"]
SETTINGS = ["questionnaire", "workshop", "dialogue"]


@dataclass
class PlannedSheet:
    place: tuple[str, str, str]
    perspective: str
    name: str
    cells: dict[str, Option | float | None]


@dataclass
class PlannedFile:
    wave: str
    questionnaire: Questionnaire
    setting: str
    perspective: str  # "" where a column tells it
    unit: str  # "" where the default holds
    layout: str
    not_asked: list[str]
    sheets: list[PlannedSheet] = field(default_factory=list)
    merge: bool = False
    own: str = ""  # a perspective of the study's own, in the place of one that a column tells
    responsible: list[tuple[str, str, str]] = field(default_factory=list)  # item, respondent, municipality

    def unit_of(self, perspective: str) -> str:
        own = self.setting == "questionnaire" and perspective == "administration"
        return self.unit or ("institution" if own else "persons")


class _Names:
    """Names that are given once per municipality × wave × setting × perspective."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, ...], set[str]] = defaultdict(set)

    def draw(self, random: Random, group: tuple[str, ...], unit: str, layout: str) -> str | None:
        given = self.given[group]
        if random.random() < 0.4:
            if unit == "persons" and layout == "wide":
                return ""
            if unit == "institution" and "" not in given:
                given.add("")
                return ""
        candidates = [str(number) for number in range(1, 9)] + ["r1", "r2", "Hauptamt", "Bauamt"]
        candidates += ["1-business", "2-politics", "amt@example.org", "Erika Mustermann"]
        free = [name for name in candidates if name not in given]
        if not free:
            return None
        name = free[0] if random.random() < 0.5 else random.choice(free)
        given.add(name)
        return name


def _draw_answer(random: Random, scale: PlannedScale) -> Option | float:
    if scale.goalposts is None:
        return random.choice(scale.options)
    low, high = scale.goalposts
    drawn = round(random.uniform(low, high), random.choice([0, 0, 1, 2]))
    return random.choice([low, high, min(max(drawn, low), high)])


def _draw_cell(random: Random, scale: PlannedScale, style: str) -> Option | float | None:
    """An answer, a non-answer, or None: a cell left empty."""
    chance = random.random()
    open_share = {"full": 0.0, "some": 0.3, "sparse": 0.75}.get(style, 1.0)
    if style == "silent":
        return scale.non_answer("skipped") if chance < 0.3 else None
    if style == "unknowing":
        return scale.non_answer("dont_know") if chance < 0.5 else scale.non_answer("skipped")
    if style == "elsewhere":
        return scale.non_answer("not_applicable") if chance < 0.8 else _draw_answer(random, scale)
    if chance >= open_share:
        return _draw_answer(random, scale)
    return random.choice([None, None, *scale.non_answers])


def _draw_sheet(random: Random, file: PlannedFile, left_out: set[str]) -> dict[str, Option | float | None]:
    style = random.choices(
        ["full", "some", "sparse", "silent", "unknowing", "elsewhere"], [5, 6, 3, 1, 0.7, 0.7]
    )[0]
    cells: dict[str, Option | float | None] = {}
    for item, (dimension, *_) in file.questionnaire.items.items():
        scale = file.questionnaire.scale_of(item)
        cell = _draw_cell(random, scale, style)
        if dimension in left_out:
            cell = random.choice(scale.non_answers) if scale.non_answers and random.random() < 0.02 else None
        cells[item] = None if item in file.not_asked else cell
    return cells


def _of_the_other_unit(random: Random, earlier: PlannedFile) -> PlannedFile:
    """Persons beside institutions of one perspective, or the other way round."""
    other = "persons" if earlier.unit_of(earlier.perspective) == "institution" else "institution"
    layout = random.choice(["wide", "long"])
    return replace(earlier, unit=other, layout=layout, sheets=[], merge=False, responsible=[])


def _plan_file(random: Random, wave: str, questionnaire: Questionnaire) -> PlannedFile:
    not_asked = []
    if random.random() < 0.35:
        items = list(questionnaire.items)
        not_asked = random.sample(items, random.randint(1, max(1, len(items) // 2)))
        if random.random() < 0.3:
            not_asked = [
                item for item in items if questionnaire.items[item][0] == questionnaire.items[items[0]][0]
            ]
    return PlannedFile(
        wave,
        questionnaire,
        random.choice(SETTINGS),
        random.choice([*PERSPECTIVES, "administration", "", ""]),
        random.choice(["", "", "", "institution", "persons"]),
        random.choice(["wide", "wide", "long"]),
        not_asked,
    )


def _fill(
    random: Random,
    file: PlannedFile,
    names: _Names,
    left_out: dict[tuple[str, ...], set[str]],
    merged: dict[tuple[str, ...], bool],
) -> None:
    for place in random.sample(PLACES, random.randint(1, len(PLACES))):
        told = [file.perspective] if file.perspective else random.sample(PERSPECTIVES, 2)
        for perspective in [file.own or told[0], *told[1:]]:
            group = (place[0], file.wave, file.setting, perspective)
            if group not in left_out:
                dimensions = list(file.questionnaire.dimensions)
                some = random.sample(dimensions, random.randint(0, len(dimensions) - 1))
                left_out[group] = set(some) if random.random() < 0.4 else set()
            unit = file.unit_of(perspective)
            if merged.setdefault(group, file.merge) != file.merge:
                continue
            most = 6 if unit == "persons" else 4 if file.merge else 2
            for _ in range(random.randint(0, most)):
                name = names.draw(random, group, unit, file.layout)
                if name is not None:
                    cells = _draw_sheet(random, file, left_out[group])
                    file.sheets.append(PlannedSheet(place, perspective, name, cells))
    random.shuffle(file.sheets)


def _draw_merging(random: Random, file: PlannedFile) -> None:
    """Offices that fill in one questionnaire together."""
    who = [file.perspective] if file.perspective else PERSPECTIVES
    file.merge = all(file.unit_of(p) == "institution" for p in who) and random.random() < 0.6


def _draw_responsible(random: Random, file: PlannedFile) -> None:
    """Who is responsible for some items: an office of the file, or one that answered nothing.

    None whose name is replaced by a number, or could be such a number.
    """
    named = ["1", "2", "Hauptamt", "Bauamt"]
    named += [s.name for s in file.sheets if s.name.isalnum() and s.name[0] != "r"] * 2
    for item in file.questionnaire.items:
        for place in ["", *(place[0] for place in PLACES)]:
            if random.random() < (0.5 if place == "" else 0.1):
                file.responsible.append((item, random.choice(named), place))


def _write_register(folder: Path, kinds: list[str]) -> None:
    heads = ["municipality", "name", "ags", "kind", "state", "population", "parent", "consent"]
    rows = [[*place, kind, "", "", "", ""] for place, kind in zip(PLACES, kinds, strict=True)]
    with (folder / "municipalities.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])


def _draw_kinds(beside: Random, plans: list[Questionnaire]) -> list[str]:
    """The kind of each place; some items are put to some kinds alone, also to such as are not there."""
    if beside.random() < 0.6:
        return [""] * len(PLACES)
    for plan in plans:
        for item in plan.items:
            if beside.random() < 0.4:
                plan.kinds[item] = beside.sample(KINDS, beside.randint(1, 3))
    return [beside.choice(["", *KINDS]) for _ in PLACES]


def _write_corrections(beside: Random, folder: Path, corrections: list[list[str]]) -> None:
    """In one table, or in some that municipalities sent back; what two of them say alike is said once."""
    heads = ["file", "row", "column", "old", "new", "reason"]
    names = ["corrections.csv"]
    if beside.random() < 0.5:
        names = ["corrections.csv", "corrections/adorf.csv", "corrections/bestadt-2.csv"]
    tables: dict[str, list[list[str]]] = defaultdict(list)
    for row in corrections:
        for name in beside.sample(names, 2 if len(names) > 1 and beside.random() < 0.2 else 1):
            tables[name].append(row)
    for name, rows in tables.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([heads, *rows])


def write_study(folder: Path, seed: int) -> Path:
    """A study of 1 or 2 waves and 1 to 4 files; the same seed gives the same study."""
    # what came later is drawn beside, so that a seed still gives the study that it gave
    random, beside = Random(seed), Random(f"beside {seed}")
    folder.mkdir(parents=True)
    plans = [plan_questionnaire(random, "Q")]
    if random.random() < 0.3:
        plans.append(plan_questionnaire(random, "N"))
    kinds = _draw_kinds(beside, plans)
    for number, plan in enumerate(plans):
        write_questionnaire(random, folder / f"fragebogen-{number}", plan)
    lines = ['id = "drawn"', 'title = "Gezogene Studie (synthetisch)"', "synthetic = true"]
    lines += ['licence = "CC0-1.0"', 'instrument = "./fragebogen-0"']
    _write_register(folder, kinds)
    own = beside.random() < 0.3
    waves: dict[str, Questionnaire] = {}
    years = []
    for year in random.sample(["2021", "2022", "2024-b"], max(len(plans), random.randint(1, 2))):
        waves[year] = plans[len(waves)] if len(waves) < len(plans) else random.choice(plans)
        years += [
            "",
            "[[wave]]",
            f'id = "{year}"' if random.random() < 0.8 or not year.isdigit() else f"id = {year}",
            f"date = {2020 + len(waves)}-06-30",
        ]
        if waves[year] is not plans[0]:
            years.append('instrument = "./fragebogen-1"')
    if random.random() < 0.9:
        write_scheme(random, folder / "scheme.toml", plans)
        lines.append('scheme = "./scheme.toml"')
    lines += years
    if own:
        lines += ["", "[[perspective]]", f'id = "{OWN[0]}"', f'title = {{ de = "{OWN[1]}" }}']
    names, left_out, merged = _Names(), {}, {}
    corrections: list[list[str]] = []
    wanted, files = random.randint(1, 4), []
    while wanted > 0 or "[[file]]" not in lines:
        wave = random.choice(list(waves))
        file = _plan_file(random, wave, waves[wave])
        if files and random.random() < 0.3:
            file = _of_the_other_unit(random, files[-1])
        else:
            _draw_merging(random, file)
        if own and beside.random() < 0.5 and not file.merge:
            file = replace(file, perspective=file.perspective and OWN[0], own=OWN[0])
        _fill(random, file, names, left_out, merged)
        if file.merge and not any(other.responsible for other in files) and random.random() < 0.7:
            _draw_responsible(random, file)
        if file.sheets:
            files.append(file)
            lines += ["", "[[file]]", *write_file(random, folder, wanted, file, corrections)]
        wanted -= 1
    (folder / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if corrections:
        _write_corrections(beside, folder, corrections)
    return folder
