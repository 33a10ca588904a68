"""Random raw files that call their items otherwise, as survey tools do, and hold more than is read."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from second_reading.random_files import Cell
    from second_reading.random_studies import PlannedFile


def rename_items(file: PlannedFile, name: str, rows: list[list[Cell]]) -> list[str]:
    """Call some items otherwise, in place; the lines for study.toml."""
    # drawn beside, so that a seed still gives the answers that it gave
    beside = Random(f"heads {name} {rows!r}")
    ways = ["id", "id", "items", "text", "both"]
    way = beside.choice(ways)
    names, items = {}, {}
    for place, item in enumerate(file.questionnaire.items, start=1):
        language = beside.choice(file.questionnaire.languages)
        if way in ("items", "both") and beside.random() < 0.6:
            names[item] = beside.choice([f"G{place:02}Q1[SQ001]", f"Frage  zu {item}", f"{item} (neu)"])
            items[item] = " ".join(names[item].split()) if beside.random() < 0.5 else names[item]
        elif way in ("text", "both") and beside.random() < 0.8:
            names[item] = _dressed(beside, f"Frage {place}, {language}")
    if file.layout == "wide":
        rows[0] = [names.get(str(head), head) for head in rows[0]]
    else:
        column = rows[0].index("item")
        for row in rows[1:]:
            row[column] = names.get(str(row[column]), row[column])
    lines = []
    if items:
        said = ", ".join(f"{item} = {json.dumps(head, ensure_ascii=False)}" for item, head in items.items())
        lines.append(f"items = {{ {said} }}")
    if way in ("text", "both"):
        lines.append('item_header = "text"')
    return lines


def add_columns(name: str, rows: list[list[Cell]]) -> list[str]:
    """Columns that nobody reads, added in place to some files; the line for study.toml."""
    beside = Random(f"columns {name} {rows!r}")
    if beside.random() < 0.75:
        return []
    for head in beside.sample(["Notiz", "Notiz", "startdate", "7"], beside.randint(1, 4)):
        rows[0].append(head)
        for row in rows[1:]:
            row.append(beside.choice(["", "ja", "12", "ein Satz"]))
    return ["ignore_rest = true"]


def _dressed(beside: Random, wording: str) -> str:
    ways = [wording, wording.upper(), wording.replace(" ", "  "), f"Ziele [{wording}]", f"<b>{wording}</b>"]
    return beside.choice([*ways, wording.replace(" ", "&nbsp;")])
