"""The tables beside instrument.toml: items.csv, suggestions.csv and mapping.csv."""

from __future__ import annotations

import re
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.questionnaire.instrument import Item, ItemMapping, Suggestion
from weltoffen_eval.study.questionnaire.sections import doubled
from weltoffen_eval.study.raw.records import read_records
from weltoffen_eval.study.study_files import check_file, is_there

_REQUIRED_ITEM_COLUMNS = ("item", "dimension", "position", "scale", "direction")
_OPTIONAL_ITEM_COLUMNS = ("criterion", "weight", "aspect", "text_de", "text_en")

# float() would take 'nan', '1_000' and digits of other scripts
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def _read_number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def read_items(
    folder: Path,
    label: str,
    dimensions: list[str] | None,
    criterion_of: dict[str, str] | None,
    scales: list[str] | None,
    faults: list[Fault],
) -> tuple[Item, ...]:
    """The items by position; ids of what instrument.toml should hold are None where it is refused."""
    file = f"{label}/items.csv"
    if not check_file(folder / "items.csv", file, faults, folder):
        return ()
    records = read_records(folder / "items.csv", file, _REQUIRED_ITEM_COLUMNS, _OPTIONAL_ITEM_COLUMNS, faults)
    items = []
    for record in records:
        row = int(record["line"])

        def fault(
            column: str, expected: str, advice: str = "", row: int = row, record: dict[str, str] = record
        ) -> None:
            faults.append(Fault(file, repr(record[column]), expected, advice, row=row, column=column))

        def number(column: str, default: float, record: dict[str, str] = record) -> float:
            value = _read_number(record[column]) if record[column] else default
            if value is None:
                fault(column, "a number")
                return default
            return value

        check_key(record["item"], "an item id", Fault(file, "", "", row=row, column="item"), faults)
        for column, known in (("dimension", dimensions), ("scale", scales)):
            if known is not None and record[column] not in known:
                fault(column, f"the id of a {column}", did_you_mean(record[column], known).strip())
        criterion = record["criterion"]
        if not criterion or criterion_of is None:
            pass
        elif criterion not in criterion_of:
            fault("criterion", "the id of a criterion", did_you_mean(criterion, criterion_of).strip())
        elif criterion_of[criterion] != record["dimension"]:
            fault("criterion", f"a criterion of the dimension {record['dimension']}")
        position = number("position", 0)
        if position != int(position) or not record["position"]:
            fault("position", "a whole number")
        if record["direction"] not in ("1", "-1", "+1"):
            fault("direction", "1 or -1")
        weight = number("weight", 1.0)
        if weight < 0:
            fault("weight", "a number, at least 0")
        if record["aspect"] not in ("", "concept", "practice"):
            fault("aspect", "concept, practice or nothing")
        texts = {language: record[f"text_{language}"] for language in ("de", "en")}
        text = ByLanguage({language: said for language, said in texts.items() if said})
        if not text:
            fault("text_de", "the question in German, or in another language")
        items.append(
            Item(
                record["item"],
                record["dimension"],
                criterion,
                int(position),
                record["scale"],
                -1 if record["direction"] == "-1" else 1,
                weight,
                record["aspect"],
                text,
            )
        )
    for kind, names in (
        ("item", [item.id for item in items]),
        ("position", [str(item.position) for item in items]),
    ):
        for name in doubled(names):
            rows = [int(r["line"]) for r in records if r[kind] == name]
            faults.append(
                Fault(file, f"{name!r} twice", "each once", row=rows[-1] if rows else None, column=kind)
            )
    return tuple(sorted(items, key=lambda item: item.position))


def read_suggestions(
    folder: Path, label: str, items: list[str], faults: list[Fault]
) -> tuple[Suggestion, ...]:
    """Suggestions for further work; none where the file does not exist."""
    file = f"{label}/suggestions.csv"
    path = folder / "suggestions.csv"
    if not is_there(path) or not check_file(path, file, faults, folder):
        return ()
    suggestions = []
    for record in read_records(folder / "suggestions.csv", file, ("item", "at_most", "text_de"), (), faults):
        row = int(record["line"])
        if record["item"] not in items:
            advice = did_you_mean(record["item"], items).strip()
            faults.append(
                Fault(file, repr(record["item"]), "the id of an item", advice, row=row, column="item")
            )
        at_most = _read_number(record["at_most"])
        if at_most is None or not 0 <= at_most <= 100:
            faults.append(Fault(file, repr(record["at_most"]), "0 to 100 points", row=row, column="at_most"))
        suggestions.append(Suggestion(record["item"], at_most or 0.0, record["text_de"]))
    return tuple(suggestions)


def read_mapping(
    folder: Path, label: str, items: list[str], previous: str, faults: list[Fault]
) -> tuple[ItemMapping, ...]:
    """What became of the items of the previous questionnaire; needed where one is named."""
    file = f"{label}/mapping.csv"
    path = folder / "mapping.csv"
    if not is_there(path):
        if previous:
            faults.append(Fault(file, "no such file", f"what became of the items of {previous}"))
        return ()
    if not check_file(path, file, faults, folder):
        return ()
    mapping = []
    for record in read_records(folder / "mapping.csv", file, ("previous", "item", "comparable"), (), faults):
        row = int(record["line"])
        if record["item"] and record["item"] not in items:
            advice = did_you_mean(record["item"], items).strip()
            faults.append(
                Fault(file, repr(record["item"]), "the id of an item", advice, row=row, column="item")
            )
        if record["comparable"] not in ("yes", "reworded", "no"):
            faults.append(
                Fault(file, repr(record["comparable"]), "yes, reworded or no", row=row, column="comparable")
            )
        mapping.append(ItemMapping(record["previous"], record["item"], record["comparable"]))
    return tuple(mapping)
