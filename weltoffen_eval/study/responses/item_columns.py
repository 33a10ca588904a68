"""Which column of a raw file holds which item: named in study.toml, by the item's wording, or by its id."""

from __future__ import annotations

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.raw.table import RawTable, folded, plain


def find_item_columns(
    raw: RawFile, table: RawTable, instrument: Instrument, faults: list[Fault]
) -> dict[str, str]:
    """By item the head of its column; an item of which none is found has its id, which may not be there.

    ``items`` of study.toml comes first, then, with ``item_header = "text"``, the wording or the short name in
    any language. Two columns of one wording, or one wording of two items, are a fault: never a guess.
    """
    named = _named_columns(raw, instrument, faults)
    by_wording = _columns_by_wording(table, instrument, named, faults) if raw.item_header == "text" else {}
    return {item.id: named.get(item.id, by_wording.get(item.id, item.id)) for item in instrument.items}


def _named_columns(raw: RawFile, instrument: Instrument, faults: list[Fault]) -> dict[str, str]:
    place = f"{raw.path} items"
    for item in raw.items:
        if item not in instrument.item_by_id:
            advice = did_you_mean(item, instrument.item_by_id).strip()
            faults.append(Fault("study.toml", repr(item), "the id of an item", advice, column=place))
    heads = [plain(head) for item, head in raw.items.items() if item in instrument.item_by_id]
    for head in dict.fromkeys(head for head in heads if heads.count(head) > 1):
        faults.append(
            Fault("study.toml", f"{head!r} for two items", "a column of its own for each", column=place)
        )
    return {item: plain(head) for item, head in raw.items.items() if item in instrument.item_by_id}


def _columns_by_wording(
    table: RawTable, instrument: Instrument, named: dict[str, str], faults: list[Fault]
) -> dict[str, str]:
    items_of: dict[str, set[str]] = {}
    for item in instrument.items:
        for wording in (*item.text.values(), *item.label.values()):
            if wording:
                items_of.setdefault(folded(wording), set()).add(item.id)
    found: dict[str, list[str]] = {}
    for column in table.columns:
        # what heads a column of SPSS is its label
        headings = table.headings.get(column, (column,))
        meant = set().union(*(items_of.get(folded(text), set()) for text in headings)) - named.keys()
        if len(meant) > 1:
            advice = "Say in study.toml which column is which item: items = { … }."
            several = f"the wording of {' and '.join(sorted(meant))}"
            faults.append(table.fault(several, "the wording of one item", advice, table.header_line, column))
        elif meant and column not in named.values():
            found.setdefault(meant.pop(), []).append(column)
    for key, columns in found.items():
        if len(columns) > 1:
            advice = "Say in study.toml which column is which item: items = { … }."
            faults.append(
                table.fault(
                    f"{len(columns)} columns for {key}", "one column", advice, table.header_line, columns[1]
                )
            )
    return {key: columns[0] for key, columns in found.items()}
