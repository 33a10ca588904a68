"""Random valid instruments and schemes, written as folders and files."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

WORDS = [
    "nein",
    "kaum",
    "teils",
    "überwiegend",
    "ganz und gar",
    "ja, vollständig",
    "(noch) offen",
    "größtenteils",
]
ENGLISH = ["no", "hardly", "partly", "mostly", "wholly", "yes, fully", "open (yet)", "largely"]
WEIGHTS = [0, 0.5, 1, 1, 1, 1.25, 2, 3, 0.1]
GOALPOSTS = [(0, 100), (0, 200), (-5, 5), (1, 10), (0, 1), (2.5, 7.5), (0, 5000)]


@dataclass(frozen=True)
class Option:
    """An option or a non-answer: the cells that mean it."""

    code: int | None
    texts: list[str]
    kind: str  # "" of an option


@dataclass(frozen=True)
class PlannedScale:
    id: str
    options: list[Option]
    points: list[float]
    goalposts: tuple[float, float] | None
    non_answers: list[Option]

    def non_answer(self, kind: str) -> Option | None:
        return next((entry for entry in self.non_answers if entry.kind == kind), None)


@dataclass(frozen=True)
class Questionnaire:
    languages: list[str]
    scales: dict[str, PlannedScale]
    dimensions: dict[str, float]
    criteria: dict[str, tuple[str, float]]
    items: dict[str, tuple[str, str, str, int, float]]  # dimension, criterion, scale, direction, weight
    kinds: dict[str, list[str]] = field(default_factory=dict)  # of items that are not put to everybody

    def scale_of(self, item: str) -> PlannedScale:
        return self.scales[self.items[item][2]]


def _text(words: dict[str, str]) -> str:
    return (
        "{ "
        + ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in words.items())
        + " }"
    )


def _non_answers(random: Random, scale: str, codes: list[int]) -> list[Option]:
    texts = {
        "dont_know": ["weiß nicht", "?", "w. n."],
        "not_applicable": ["nicht zuständig", "entfällt"],
        "skipped": ["keine Angabe", "k. A."],
    }
    chosen = []
    for (kind, words), code in zip(texts.items(), codes, strict=True):
        if random.random() < 0.8:
            with_code = random.random() < 0.7
            chosen.append(Option(code if with_code else None, words[: random.randint(1, len(words))], kind))
    return chosen


def _ordinal(random: Random, name: str, languages: list[str]) -> PlannedScale:
    size = random.randint(2, 6)
    codes = (
        sorted(random.sample(range(12), size))
        if random.random() < 0.3
        else list(range(random.randint(0, 1), 8))[:size]
    )
    if random.random() < 0.5:
        points = [100 * place / (size - 1) for place in range(size)]
    else:
        points = [random.choice([0, 10, 12.5, 20, 35, 50, 65, 66.6, 80, 100]) for _ in range(size)]
    start = random.randint(0, len(WORDS) - size)
    options = []
    for place, code in enumerate(codes):
        texts = [WORDS[start + place]]
        if "en" in languages:
            texts.append(ENGLISH[start + place])
        if random.random() < 0.4:
            texts.append(f"Stufe {place}")
        options.append(Option(code, texts, ""))
    return PlannedScale(name, options, points, None, _non_answers(random, name, [98, 99, 97]))


def plan_questionnaire(random: Random, name: str) -> Questionnaire:
    """An instrument in which every dimension and criterion has an item of positive weight."""
    languages = random.choice([["de"], ["de"], ["de", "en"]])
    scales = {}
    for number in range(random.randint(1, 2)):
        scale = _ordinal(random, f"{name}-stufen{number}", languages)
        scales[scale.id] = scale
    for number in range(random.choice([0, 0, 1, 2])):
        goalposts = random.choice(GOALPOSTS)
        non_answers = _non_answers(random, "", [-98, -99, -97]) if random.random() < 0.5 else []
        scale = PlannedScale(f"{name}-zahl{number}", [], [], goalposts, non_answers)
        scales[scale.id] = scale
    weighted = random.random() < 0.7

    def weight(zero: bool) -> float:
        drawn = random.choice(WEIGHTS) if weighted else 1
        return drawn if drawn or zero else 1

    dimensions, criteria, items = {}, {}, {}
    for place in range(random.randint(1, 4)):
        dimension = f"feld{place}" if random.random() < 0.8 else f"f.{place}-x"
        dimensions[dimension] = weight(zero=place > 0)
        own = [f"{dimension}.k{number}" for number in range(random.choice([0, 0, 1, 2, 3]))]
        for number, criterion in enumerate(own):
            criteria[criterion] = (dimension, weight(zero=number > 0))
        places = (
            [*own, *random.choices([*own, ""], k=random.randint(1, 4))]
            if own
            else [""] * random.randint(1, 5)
        )
        first = set()
        for criterion in places:
            zero = criterion in first
            first.add(criterion)
            item = f"{name}{place}{len(items):02d}"
            items[item] = (
                dimension,
                criterion,
                random.choice(list(scales)),
                random.choice([1, 1, -1]),
                weight(zero),
            )
    return Questionnaire(languages, scales, dimensions, criteria, items)


def _scale_lines(scale: PlannedScale, languages: list[str]) -> list[str]:
    lines = ["", "[[scale]]", f'id = "{scale.id}"']
    if scale.goalposts:
        lines += ['kind = "numeric"', f"min = {scale.goalposts[0]}", f"max = {scale.goalposts[1]}"]
    else:
        lines += ['kind = "ordinal"', "options = ["]
        for option, points in zip(scale.options, scale.points, strict=True):
            label = dict(zip(languages, option.texts, strict=False))
            aliases = option.texts[len(languages) :]
            extra = f", aliases = {json.dumps(aliases, ensure_ascii=False)}" if aliases else ""
            lines.append(f"  {{ code = {option.code}, points = {points}, label = {_text(label)}{extra} }},")
        lines.append("]")
    if scale.non_answers:
        lines.append("non_answers = [")
        for entry in scale.non_answers:
            code = "" if entry.code is None else f", code = {entry.code}"
            aliases = json.dumps(entry.texts[1:], ensure_ascii=False)
            label = _text(dict.fromkeys(languages, entry.texts[0]))
            lines.append(f'  {{ kind = "{entry.kind}"{code}, label = {label}, aliases = {aliases} }},')
        lines.append("]")
    return lines


def write_questionnaire(random: Random, folder: Path, plan: Questionnaire) -> None:
    """instrument.toml and items.csv; columns that say nothing are sometimes left out."""
    folder.mkdir(parents=True)
    lines = [
        f'id = "{folder.name}"',
        'edition = "1"',
        f"title = {_text(dict.fromkeys(plan.languages, 'Fragebogen'))}",
        'source = "drawn by chance"',
        'licence = "CC0-1.0"',
    ]
    for key, weight in plan.dimensions.items():
        lines += [
            "",
            "[[dimension]]",
            f'id = "{key}"',
            f"title = {_text(dict.fromkeys(plan.languages, key))}",
        ]
        lines += [f"weight = {weight}"] if weight != 1 or random.random() < 0.3 else []
    for key, (dimension, weight) in plan.criteria.items():
        lines += ["", "[[criterion]]", f'id = "{key}"', f'dimension = "{dimension}"']
        lines += [f"title = {_text(dict.fromkeys(plan.languages, key))}"]
        lines += [f"weight = {weight}"] if weight != 1 or random.random() < 0.3 else []
    for scale in plan.scales.values():
        lines += _scale_lines(scale, plan.languages)
    (folder / "instrument.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    heads = [
        "item",
        "dimension",
        "criterion",
        "position",
        "scale",
        "direction",
        "weight",
        "aspect",
        "applies_to",
    ]
    heads += [f"text_{language}" for language in plan.languages]
    rows = []
    for place, (key, (dimension, criterion, scale, direction, weight)) in enumerate(
        plan.items.items(), start=1
    ):
        shown = "" if weight == 1 and random.random() < 0.5 else weight
        texts = [f"Frage {place}, {language}" for language in plan.languages]
        rows.append(
            [
                key,
                dimension,
                criterion,
                place,
                scale,
                direction,
                shown,
                "",
                ";".join(plan.kinds.get(key, [])),
                *texts,
            ]
        )
    if not plan.kinds:
        heads.remove("applies_to")
        rows = [row[:8] + row[9:] for row in rows]
    for head in ("weight", "criterion", "aspect"):
        column = heads.index(head)
        if all(row[column] in ("", 1) for row in rows) and random.random() < 0.5:
            heads.pop(column)
            for row in rows:
                row.pop(column)
    random.shuffle(rows)
    with (folder / "items.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])


def write_scheme(random: Random, path: Path, plans: list[Questionnaire]) -> None:
    """A scheme for all these questionnaires; what it leaves out is as in the contract's sample."""
    lines = ['id = "drawn"', 'title = { de = "Gezogen" }']
    if random.random() < 0.8:
        lines.append(f'levels = "{random.choice(["items", "criteria"])}"')
    how = ["arithmetic", "arithmetic", "geometric"]
    if random.random() < 0.6:
        lines.append(f'aggregation = "{random.choice(how)}"')
    elif random.random() < 0.8:
        levels = random.sample(["criterion", "dimension", "overall"], random.randint(1, 3))
        lines.append(
            "aggregation = { " + ", ".join(f'{key} = "{random.choice(how)}"' for key in levels) + " }"
        )
    if random.random() < 0.8:
        lines.append(f"min_coverage = {random.choice([0, 0.25, 0.5, 0.6, 0.75, 0.8, 1, 0.34])}")
    if random.random() < 0.6:
        lines.append(f"min_group_size = {random.choice([1, 2, 3, 3, 4, 5])}")
    if random.random() < 0.8:
        lines.append(f"overall = {random.choice(['true', 'false', 'true'])}")
    if random.random() < 0.5:
        lines.append(
            'bands = [{ below = 50, label = { de = "unten" } }, { below = 101, label = { de = "oben" } }]'
        )
    plan = random.choice(plans)
    for level, keys in (("dimension", plan.dimensions), ("criterion", plan.criteria), ("item", plan.items)):
        if random.random() < 0.25 and keys:
            lines.append(f"[weights.{level}]")
            chosen = random.sample(list(keys), random.randint(1, min(3, len(keys))))
            lines += [f'"{key}" = {random.choice([0.5, 1, 2, 4.5])}' for key in chosen]
    for scale in plan.scales.values():
        if scale.options and random.random() < 0.25:
            lines.append(f"[points.{scale.id}]")
            chosen_options = random.sample(scale.options, random.randint(1, len(scale.options)))
            lines += [f"{option.code} = {random.choice([5, 20, 33.3, 60, 95])}" for option in chosen_options]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
