"""The table of codes beside a survey that was written: by item the heading of its column."""

from __future__ import annotations

import re
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.limesurvey.asked_items import AskedItem, AskedItems, asked_by_layout
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.records import read_records

COLUMNS = ("item", "code")
_CODE = re.compile(r"([A-Za-z0-9]+)(?:\[([A-Za-z0-9]+)\])?")


def read_codes(path: Path, file: str, instrument: Instrument, faults: list[Fault]) -> AskedItems | None:
    """The items with the codes of the table, their texts as the questionnaire has them; None, with faults."""
    before = len(faults)
    by_layout = asked_by_layout(instrument).items
    items: dict[str, AskedItem] = {}
    for record in read_records(path, file, COLUMNS, (), faults):
        key, code, line = record["item"], record["code"], int(record["line"])
        match = _CODE.fullmatch(code)
        if key not in by_layout:
            advice = did_you_mean(key, by_layout).strip()
            faults.append(Fault(file, repr(key), "the id of an item", advice, row=line, column="item"))
        elif match is None:
            faults.append(Fault(file, repr(code), "a code such as K01[MS01]", row=line, column="code"))
        elif key in items:
            faults.append(Fault(file, f"{key} twice", "each item once", row=line, column="item"))
        else:
            items[key] = AskedItem(match.group(1), match.group(2) or "", by_layout[key].texts)
    return AskedItems(items, from_structure=True) if len(faults) == before else None
