"""Whether the files of a report say what its twin says: page, table of sentences, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from weltoffen_eval.analysis.finding_keys import FIELDS
from weltoffen_eval.publish.keeping.comparing_files import csv_rows

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def not_alike(path: Path, twin: Mapping[str, Any]) -> Iterator[str]:
    """What the files beside a twin say otherwise, a sentence each; ``path``: of the twin."""
    findings = {str(entry["key"]): entry for entry in twin.get("findings", ())}
    yield from _keys(path.name, twin, findings)
    yield from _sentences(path, twin, findings)
    for table in twin.get("tables", ()):
        yield from _cells(path, twin, table, findings)


def _keys(name: str, twin: Mapping[str, Any], findings: Mapping[str, Any]) -> Iterator[str]:
    """Keys on which something rests, and of which the report has no finding."""
    resting = [key for kind in ("sentences", "figures") for one in twin[kind] for key in one["rests_on"]]
    resting += [key for table in twin["tables"] for cell in table["rests_on"] for key in cell]
    resting += [str(n["key"]).rpartition(".")[0] for one in twin["sentences"] for n in one["numbers"]]
    yield from (f"{name}: no finding {key}" for key in dict.fromkeys(resting) if key not in findings)


def _sentences(path: Path, twin: Mapping[str, Any], findings: Mapping[str, Any]) -> Iterator[str]:
    from weltoffen_eval.display.language import load_language
    from weltoffen_eval.display.writings import writings
    from weltoffen_eval.results.unsaid import texts_by_id

    language = load_language(str(twin["language"]))
    page = path.with_suffix(".html")
    in_page = texts_by_id(page) if page.is_file() else None
    listed = path.parent / "tables" / f"{path.stem}-sentences.csv"
    rows = [row[:2] for row in csv_rows(listed.read_bytes())[1:]] if listed.is_file() else []
    # a cell that begins like a formula is written with a stroke before it
    in_table = {row[0]: row[1].removeprefix("'") for row in rows}
    for sentence in twin["sentences"]:
        name, text = str(sentence["id"]), str(sentence["text"])
        if in_page is not None and in_page.get(name) != _plain(text):
            yield f"{path.stem}.html {name}: {in_page.get(name, 'nothing')!r}, in the twin {text!r}"
        if rows and _plain(in_table.get(name, "")) != _plain(text.removeprefix("'")):
            yield f"{listed.name} {name}: {in_table.get(name, 'nothing')!r}, in the twin {text!r}"
        for number in sentence["numbers"]:
            key, _, field = str(number["key"]).rpartition(".")
            printed, value = str(number["printed"]), findings.get(key, {}).get(field)
            if value is None or printed not in writings(language, float(value)):
                yield f"{path.name} {name}: {printed!r} is printed for {number['key']}, which is {value}"
            # of one the sentence may be another: "in einer Gruppe"
            elif value != 1 and printed.casefold() not in text.casefold():
                yield f"{path.name} {name}: {printed!r} of {number['key']} does not stand in {text!r}"


def _cells(
    path: Path, twin: Mapping[str, Any], table: Mapping[str, Any], findings: Mapping[str, Any]
) -> Iterator[str]:
    """Cells of a table with a number that none of the findings behind it has."""
    from weltoffen_eval.display.language import load_language
    from weltoffen_eval.display.writings import writings

    language = load_language(str(twin["language"]))
    file = path.parent / str(table["file"])
    if not file.is_file():
        yield f"{path.name}: no table {table['file']}"
        return
    cells = [cell for row in csv_rows(file.read_bytes())[1:] for cell in row]
    if len(cells) != len(table["rests_on"]):
        yield f"{file.name}: {len(cells)} cells, in the twin {len(table['rests_on'])}"
        return
    for cell, keys in zip(cells, table["rests_on"], strict=True):
        # why a number is missing is said in words, with numbers of its own
        there = [findings[key] for key in keys if key in findings and findings[key].get("value") is not None]
        written = _NUMBER.findall(cell)
        if not there or not written:
            continue
        allowed = {text for number in _numbers_of(there) for text in writings(language, number)}
        if not set(written) <= allowed:
            yield f"{file.name}: {cell!r}, which is none of {', '.join(keys[:3])}"


def _numbers_of(findings: list[Mapping[str, Any]]) -> Iterator[float]:
    """The numbers of some findings, and what a cell makes of two of them."""
    for entry in findings:
        yield from (float(entry[name]) for name in FIELDS if entry.get(name) is not None)
        if entry.get("n") is not None and entry.get("n_applicable") is not None:
            # of how many there is no answer
            yield float(entry["n_applicable"]) - float(entry["n"])
        if entry.get("n") and entry.get("value") is not None:
            # a count and its share, a share and its count
            yield float(entry["value"]) / float(entry["n"])
            yield float(entry["value"]) * float(entry["n"])
    values = [float(entry["value"]) for entry in findings if entry.get("value") is not None]
    # what persons say is the points of the administration and the gap to them
    yield from (one + other for one in values for other in values)


def _plain(text: str) -> str:
    return " ".join(text.split())
