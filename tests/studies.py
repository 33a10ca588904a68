"""Studies that go to extremes: everything answered, next to nothing, long names, hostile text everywhere."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from places import ROOT

SHIPPED = ROOT / "weltoffen_eval" / "instruments" / "selbstcheck-1"
LONG_NAME = "Verbandsgemeinde Donaudampfschifffahrtsgesellschaftshausen an der Obersten Ilmau"
LONG_QUESTION = (
    "Gibt es eine Stelle, die " + "für die Zusammenarbeit aller Beteiligten in der Kommune " * 11 + "sorgt?"
)
HOSTILE_TEXTS = [
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "[Klick](javascript:alert(5)) **fett** `x`",
    "{{ 7*7 }}{% for x in y %}",
    '#read("/etc/passwd") $\\frac{$ @label = #panic()',
    "=HYPERLINK(1) +1 @SUM",
    "😀 Łódź",
    "x" * 10_000,
]


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def items() -> list[dict[str, str]]:
    """The questions of the shipped questionnaire."""
    with (SHIPPED / "items.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_study(folder: Path, study_id: str, instrument: str, register: list[list[str]], layout: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(
        f'id = "{study_id}"\ntitle = "Studie für die Tests (synthetisch)"\ninstrument = "{instrument}"\n'
        'synthetic = true\n\n[[wave]]\nid = "2021"\ndate = 2021-06-30\n\n[[file]]\npath = "answers.csv"\n'
        f'wave = "2021"\nsetting = "questionnaire"\nperspective = "administration"\nlayout = "{layout}"\n',
        encoding="utf-8",
    )
    head = ["municipality", "name", "ags", "kind", "state", "population", "parent", "consent"]
    write_csv(folder / "municipalities.csv", [head, *register])


def extreme_study(folder: Path) -> Path:
    """All 108 questions answered; four fields; one answer; none; a name of 80 and a question of 600 letters."""
    questions = items()
    assert len(LONG_NAME) == 80
    assert len(LONG_QUESTION) >= 600
    instrument = folder / "instrument"
    shutil.copytree(SHIPPED, instrument)
    changed = [{**q, "text_de": LONG_QUESTION if q["item"] == "MS01" else q["text_de"]} for q in questions]
    write_csv(instrument / "items.csv", [list(changed[0]), *([*q.values()] for q in changed)])
    fields = list(dict.fromkeys(q["dimension"] for q in questions))
    chosen = {
        "alle": lambda number, q: number % 5,
        "vier": lambda number, q: number % 5 if q["dimension"] in fields[:4] else "",
        "eine": lambda number, q: 3 if number == 0 else "",
        "keine": lambda number, q: "",
        "lang": lambda number, q: (number * 7) % 5,
    }
    rows = [[key, *(code(n, q) for n, q in enumerate(questions))] for key, code in chosen.items()]
    write_study(
        folder,
        "extreme",
        "./instrument",
        [
            [key, LONG_NAME if key == "lang" else f"{key.title()}stadt", "", "Stadt", "SH", "", "", ""]
            for key in chosen
        ],
        "wide",
    )
    write_csv(folder / "answers.csv", [["municipality", *(q["item"] for q in questions)], *rows])
    return folder


def hostile_study(folder: Path) -> Path:
    """One municipality per hostile text, which is its name; the texts are questions, titles, labels, comments."""
    texts = HOSTILE_TEXTS
    instrument = folder / "instrument"
    instrument.mkdir(parents=True)

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = [
        'id = "hostile"', 'edition = "1"', f"title = {{ de = {quoted(texts[0])} }}",
        f"source = {quoted(texts[3])}", f"licence = {quoted(texts[4])}",
    ]  # fmt: skip
    for number, text in enumerate(texts):
        lines += ["[[dimension]]", f'id = "d{number}"', f"title = {{ de = {quoted(text)} }}"]
    for number, text in enumerate(texts):
        lines += ["[[criterion]]", f'id = "c{number}"', f'dimension = "d{number}"']
        lines += [f"title = {{ de = {quoted(text)} }}"]
    lines += ["[[scale]]", 'id = "s"', 'kind = "ordinal"', "options = ["]
    for number, text in enumerate(texts):
        points = 100 * number / (len(texts) - 1)
        lines.append(f"  {{ code = {number}, points = {points}, label = {{ de = {quoted(text)} }} }},")
    lines += ["]", 'non_answers = [{ kind = "skipped", label = { de = "keine Angabe" } }]']
    (instrument / "instrument.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = [
        "item",
        "dimension",
        "criterion",
        "position",
        "scale",
        "direction",
        "weight",
        "aspect",
        "text_de",
        "text_en",
    ]
    rows, suggestions = [], []
    for number, text in enumerate(texts):
        for place, aspect in enumerate(("concept", "practice")):
            item = f"Q{number}{place}"
            rows.append(
                [
                    item,
                    f"d{number}",
                    f"c{number}",
                    2 * number + place,
                    "s",
                    1,
                    1,
                    aspect,
                    f"{text} ({place})",
                    "",
                ]
            )
            suggestions.append([item, 50, text])
    write_csv(instrument / "items.csv", [head, *rows])
    write_csv(instrument / "suggestions.csv", [["item", "at_most", "text_de"], *suggestions])
    keys = [f"m{number}" for number in range(len(texts))]
    write_study(
        folder,
        "hostile",
        "./instrument",
        [[k, t, "", t[:60], t[:60], "", "", ""] for k, t in zip(keys, texts, strict=True)],
        "long",
    )
    answers = [
        [key, "b1", row[0], (number + place) % len(texts), texts[number]]
        for number, key in enumerate(keys)
        for place, row in enumerate(rows)
        if place % 7 != 3
    ]
    write_csv(
        folder / "answers.csv", [["municipality", "respondent", "item", "response", "comment"], *answers]
    )
    return folder
