"""By what a raw file calls each item: as study.toml names it, by the item's wording, or by its id."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.heads import find_head, worded, wordings
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument


def find_item_names(
    raw: RawFile, table: RawTable, names: Sequence[str], instrument: Instrument, faults: list[Fault]
) -> dict[str, str]:
    """By item its name in the file; an item of which none is found has its id, which may not be there.

    ``items`` of study.toml comes first, then, with ``item_header = "text"``, the wording or the short name in
    any language. Two names of one wording, or one wording of two items, are a fault: never a guess.

    Parameters
    ----------
    names : the heads of a wide file; of a long one the different cells of its column ``item``
    """
    given = _given_names(raw, names, instrument, faults)
    by_wording = (
        _names_by_wording(table, names, instrument, given, faults) if raw.item_header == "text" else {}
    )
    return {item.id: given.get(item.id, by_wording.get(item.id, item.id)) for item in instrument.items}


def _given_names(
    raw: RawFile, names: Sequence[str], instrument: Instrument, faults: list[Fault]
) -> dict[str, str]:
    place = f"{raw.path} items"
    for item in raw.items:
        if item not in instrument.item_by_id:
            advice = did_you_mean(item, instrument.item_by_id).strip()
            faults.append(Fault("study.toml", repr(item), "the id of an item", advice, column=place))
    given = {item: find_head(raw.items[item], names) for item in raw.items if item in instrument.item_by_id}
    heads = list(given.values())
    for head in dict.fromkeys(head for head in heads if heads.count(head) > 1):
        found, expected = f"{head!r} for two items", "a column of its own for each"
        faults.append(Fault("study.toml", found, expected, column=place))
    return given


def _names_by_wording(
    table: RawTable,
    names: Sequence[str],
    instrument: Instrument,
    given: dict[str, str],
    faults: list[Fault],
) -> dict[str, str]:
    items_of: dict[str, set[str]] = {}
    for item in instrument.items:
        for wording in (*item.text.values(), *item.label.values()):
            if worded(wording):
                items_of.setdefault(worded(wording), set()).add(item.id)
    advice = "Say in study.toml which is which: items = { … }."
    found: dict[str, list[str]] = {}
    for name in names:
        if name in given.values():
            continue
        # what heads a column of SPSS is its label
        headings = table.headings.get(name, (name,))
        # the whole head before what stands in brackets at its end
        for form in (form for heading in headings for form in wordings(heading)):
            meant = items_of.get(form, set()) - given.keys()
            if meant:
                break
        if len(meant) > 1:
            several = f"the wording of {' and '.join(sorted(meant))}"
            faults.append(table.fault(several, "the wording of one item", advice, table.header_line, name))
        elif meant:
            found.setdefault(meant.pop(), []).append(name)
    for key, alike in found.items():
        if len(alike) > 1:
            said = f"{len(alike)} columns for {key}"
            faults.append(table.fault(said, "one column", advice, table.header_line, alike[1]))
        # a column may also be headed by the id, and another by the wording
        elif key in map(plain, names) and alike != [key]:
            said = f"two columns for {key}: {key} and its wording"
            faults.append(table.fault(said, "one column", advice, table.header_line, alike[0]))
    return {item: alike[0] for item, alike in found.items()}
