"""The JSON of responses, as versions 3 (a level more) and 5 or 6 nest it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw import characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import RawTable, plain

#: In memory a document may take thirty times what it takes on the disk.
MOST_BYTES = 16_000_000
#: No database lets the table of a survey be wider.
MOST_COLUMNS = 10_000
_EXPECTED = '{"responses": [{"id": …, "K01[MS01]": …}, …]}, as LimeSurvey writes it'


class _DoubleKeyError(ValueError):
    """A key that stands twice in one object: which of the two counts cannot be known."""


def read_json(path: Path, file: str, faults: list[Fault]) -> RawTable | None:
    """Its table; None, with a fault, where it cannot be read.

    The row of a response is its place in the file, the first being 2, as below a heading.
    """
    if path.stat().st_size > MOST_BYTES:
        expected = f"at most {MOST_BYTES:,} bytes of JSON"
        faults.append(Fault(file, f"{path.stat().st_size:,} bytes", expected, "Export CSV instead."))
        return None
    try:
        document = json.loads(
            path.read_bytes(),
            object_pairs_hook=_object,
            parse_float=str,
            parse_int=str,
            parse_constant=_refuse,
        )
        responses = _responses(document)
    except _DoubleKeyError as error:
        faults.append(Fault(file, f"the key {str(error)!r} twice in one response", "each key once"))
        return None
    except RecursionError:
        faults.append(Fault(file, "values within values without end", _EXPECTED))
        return None
    except (ValueError, MemoryError) as error:
        found = (
            "text that is no JSON"
            if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError))
            else str(error)
        )
        advice = "Export the responses anew."
        faults.append(Fault(file, found or "no responses", _EXPECTED, advice))
        return None
    return _table(file, responses, faults)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _DoubleKeyError(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return made


def _refuse(constant: str) -> Any:
    raise ValueError(f"the value {constant}")


def _responses(document: Any) -> list[dict[str, Any]]:
    """The responses in a document.

    Raises
    ------
    ValueError
        Where it is none of LimeSurvey's.
    """
    entries = document.get("responses") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ValueError("no list of responses")
    responses: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict) and entry and all(isinstance(value, dict) for value in entry.values()):
            # version 3 puts each response under its number
            responses.extend(entry.values())
        else:
            responses.append(entry)
    if not all(isinstance(response, dict) for response in responses):
        raise ValueError("a response that holds no answers by question")
    return responses


def _table(file: str, responses: Sequence[dict[str, Any]], faults: list[Fault]) -> RawTable | None:
    if not responses:
        faults.append(Fault(file, "no response", "at least one response"))
        return None
    keys = list(responses[0])
    heads = [plain(key) for key in keys]
    table = RawTable(file, heads, [], [], delimiter=",")
    if len(set(heads)) < len(heads):
        twice = Counter(heads).most_common(1)[0][0]
        faults.append(table.fault(f"{visible(twice)!r} twice", "each question once", row=1))
        return None
    if not 0 < len(heads) <= MOST_COLUMNS:
        faults.append(table.fault(f"{len(heads):,} questions", f"1 to {MOST_COLUMNS:,} in a response"))
        return None
    content: list[list[str]] = [[] for _ in keys]
    for line, response in enumerate(responses, start=2):
        if response.keys() != responses[0].keys():
            differing = sorted(response.keys() ^ responses[0].keys())
            found = f"other questions than in the first response, such as {visible(differing[0])!r}"
            faults.append(table.fault(found, "the same questions in each response", row=line))
            continue
        table.lines.append(line)
        for cells, (key, head) in zip(content, zip(keys, heads, strict=True), strict=True):
            cells.append(_text(table, response[key], line, head, faults))
    table.content.extend(map(RawColumn, content))
    return table


def _text(table: RawTable, value: Any, line: int, head: str, faults: list[Fault]) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        faults.append(
            table.fault("a value that is no text", "a text, a number or null", row=line, column=head)
        )
        return ""
    if not (value.isascii() and value.isprintable()):
        for told in characters.find_in(value.replace("\r", "\n")):
            faults.append(table.fault(*told, row=line, column=visible(head)))
    return value
