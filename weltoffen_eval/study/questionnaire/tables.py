"""The tables beside instrument.toml: items.csv, suggestions.csv, mapping.csv and glossary.csv."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.questionnaire.instrument import GlossaryEntry, Item, ItemMapping, Suggestion
from weltoffen_eval.study.study_files import check_file, is_there

if TYPE_CHECKING:
    from weltoffen_eval.study.declared_records import Row
    from weltoffen_eval.study.questionnaire.records import ItemRecord

#: A short name stands in a figure or in a sentence.
_MOST_WORDS = 4


def read_items(
    folder: Path,
    label: str,
    dimensions: list[str] | None,
    criterion_of: dict[str, str] | None,
    scales: list[str] | None,
    faults: list[Fault],
) -> tuple[Item, ...]:
    """The items by position; ids of what instrument.toml should hold are None where it is refused."""
    from weltoffen_eval.study.declared_records import check_known, check_once, read_rows
    from weltoffen_eval.study.questionnaire.records import ItemRecord

    file = f"{label}/items.csv"
    if not check_file(folder / "items.csv", file, faults, folder):
        return ()
    rows = read_rows(ItemRecord, folder / "items.csv", file, faults, ("label", "text"))
    for row in rows:
        for column, known in (("dimension", dimensions), ("scale", scales)):
            if known is not None:
                check_known(row, column, known, f"the id of a {column}", faults)
        if criterion_of is not None:
            _check_criterion(row, criterion_of, faults)
        if not row.texts("text"):
            expected = "the question in German, or in another language"
            faults.append(row.fault("text_de", "nothing", expected))
        for language, name in row.texts("label").items():
            if len(name.split()) > _MOST_WORDS:
                expected = f"a short name of at most {_MOST_WORDS} words"
                faults.append(row.fault(f"label_{language}", repr(name), expected))
    check_once(rows, ["item"], faults)
    check_once(rows, ["position"], faults)
    return tuple(sorted((_item(row) for row in rows), key=lambda item: item.position))


def _check_criterion(row: Row[ItemRecord], criterion_of: dict[str, str], faults: list[Fault]) -> None:
    criterion = row.read.criterion
    if criterion and criterion not in criterion_of:
        advice = did_you_mean(criterion, criterion_of).strip()
        faults.append(row.fault("criterion", repr(criterion), "the id of a criterion", advice))
    elif criterion and criterion_of[criterion] != row.read.dimension:
        expected = f"a criterion of the dimension {row.read.dimension}"
        faults.append(row.fault("criterion", repr(criterion), expected))


def _item(row: Row[ItemRecord]) -> Item:
    read = row.read
    return Item(
        read.item,
        read.dimension,
        read.criterion,
        int(read.position or 0),
        read.scale,
        read.direction or 1,
        read.weight or 0.0,
        read.aspect or "",
        row.texts("text"),
        row.texts("label"),
        read.pair,
        read.applies_to,
    )


def read_suggestions(
    folder: Path, label: str, items: list[str], faults: list[Fault]
) -> tuple[Suggestion, ...]:
    """Suggestions for further work; none where the file does not exist."""
    from weltoffen_eval.study.declared_records import check_known, read_rows
    from weltoffen_eval.study.questionnaire.records import SuggestionRecord

    file = f"{label}/suggestions.csv"
    path = folder / "suggestions.csv"
    if not is_there(path) or not check_file(path, file, faults, folder):
        return ()
    suggestions = []
    for row in read_rows(SuggestionRecord, path, file, faults, ("text",)):
        check_known(row, "item", items, "the id of an item", faults)
        texts = row.texts("text")
        if not texts:
            faults.append(row.fault("text_de", "nothing", "the suggestion"))
        suggestions.append(
            Suggestion(row.read.item, row.read.at_most or 0.0, texts["de"] if texts else "", texts)
        )
    return tuple(suggestions)


def read_mapping(
    folder: Path, label: str, items: list[str], previous: str, faults: list[Fault]
) -> tuple[ItemMapping, ...]:
    """What became of the items of the previous questionnaire; needed where one is named."""
    from weltoffen_eval.study.declared_records import check_known, check_once, read_rows
    from weltoffen_eval.study.questionnaire.records import MappingRecord

    file = f"{label}/mapping.csv"
    path = folder / "mapping.csv"
    if not is_there(path):
        if previous:
            faults.append(Fault(file, "no such file", f"what became of the items of {previous}"))
        return ()
    if not check_file(path, file, faults, folder):
        return ()
    if not previous:
        expected = "a questionnaire of which instrument.toml says that it is the previous one"
        faults.append(
            Fault(file, "no previous questionnaire", expected, "Add previous = …, or delete the file.")
        )
    rows = read_rows(MappingRecord, path, file, faults)
    for row in rows:
        if row.read.item:
            check_known(row, "item", items, "the id of an item", faults)
        elif not row.read.previous:
            faults.append(row.fault("item", "nothing on either side", "an item, before or now"))
        if bool(row.read.item) != bool(row.read.previous) and row.read.comparable in ("yes", "reworded"):
            expected = "no: an item that is new or dropped is compared with nothing"
            faults.append(row.fault("comparable", repr(row.read.comparable), expected))
    check_once(rows, ["previous", "item"], faults)
    return tuple(ItemMapping(row.read.previous, row.read.item, row.read.comparable or "") for row in rows)


def read_glossary(folder: Path, label: str, faults: list[Fault]) -> tuple[GlossaryEntry, ...]:
    """The words of the questionnaire that are explained; none where the file does not exist."""
    from weltoffen_eval.study.declared_records import read_rows
    from weltoffen_eval.study.questionnaire.records import GlossaryRecord

    file = f"{label}/glossary.csv"
    path = folder / "glossary.csv"
    if not is_there(path) or not check_file(path, file, faults, folder):
        return ()
    entries = []
    first_of: dict[tuple[str, str], int] = {}
    for row in read_rows(GlossaryRecord, path, file, faults, ("term", "text")):
        entry = GlossaryEntry(row.texts("term"), row.texts("text"))
        for name, said in (("term", entry.term), ("text", entry.text)):
            if not said:
                faults.append(row.fault(f"{name}_de", "nothing", "the word, and what is meant by it"))
        entries.append(entry)
        for language, term in entry.term.items():
            other = first_of.setdefault((language, term), row.line)
            if other != row.line:
                advice = f"The first stands in row {other}."
                faults.append(row.fault(f"term_{language}", f"{term!r} once more", "each term once", advice))
    return tuple(entries)
