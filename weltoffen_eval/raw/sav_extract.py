"""Takes files of SPSS apart, in a process of its own: a damaged file can end the library that reads it.

Called as ``python -m weltoffen_eval.raw.sav_extract``. Takes calls from standard input, each a line of
JSON, ``[path, encoding]``. Answers each on standard output by two lengths (8 bytes each, little end first):
of a JSON document, and of what follows it, the numbers of each variable's cells among its different values.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

#: As many as in a CSV file.
MOST_CELLS = 220_000_000
MOST_RECORDS = 10_000_000
#: A variable of text has one for every 8 bytes of its width.
MOST_VARIABLES = 100_000
MOST_LABELS = 1_000_000
#: All different texts together.
MOST_TEXT = 400_000_000
MOST_BYTES = 8_000_000_000
# what may be taken before it is known how much the file holds, and then
_MEMORY_OF_HEAD, _MEMORY = 900_000_000, 8_000_000_000
_BYTES_AT_ONCE = 32_000_000
#: A and AHEX.
_FORMATS_OF_TEXT = (1, 2)


class _Refused(Exception):
    """What is told as a fault: found, expected, advice."""


def main() -> None:
    """Answer calls until there are no more."""
    # one thread: each takes memory of its own, which counts
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    output = sys.stdout.buffer
    for call in sys.stdin.buffer:
        told, codes = _answer(*json.loads(call))
        document = json.dumps(told).encode()
        output.write(struct.pack("<QQ", len(document), sum(map(len, codes))) + document)
        for part in codes:
            output.write(part)
        output.flush()


def _answer(path: str, encoding: str | None) -> tuple[dict[str, object], list[bytes]]:
    try:
        _limit_memory(_MEMORY_OF_HEAD)
        with open(path, "rb") as stream:  # noqa: PTH123
            _check_head(stream)
        return _extract(path, encoding)
    except _Refused as refused:
        return {"fault": refused.args}, []
    except MemoryError:
        return {"fault": ("more than fits into memory", "a file that does", "Split it.")}, []
    except Exception as error:
        # whatever the library says of a file, it is the file that is told of
        return {"error": f"{type(error).__name__}: {error}"}, []


def _limit_memory(most: int) -> None:
    # Windows has no such limit
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _check_head(stream: BinaryIO) -> None:
    """Count variables and labels before a library makes something of each."""
    size = stream.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise _Refused(f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes", "Split it.")
    stream.seek(64)
    order = "<" if stream.read(4) in (b"\2\0\0\0", b"\3\0\0\0") else ">"
    stream.seek(176)
    variables = labels = 0
    while len(head := stream.read(8)) == 8:
        kind, number = struct.unpack(f"{order}2i", head)
        if kind == 2:
            variables += 1
            _pass_variable(stream, order, number)
        elif kind == 3:
            labels += number
        if variables > MOST_VARIABLES or labels > MOST_LABELS:
            expected = f"at most {MOST_VARIABLES:,} variables and {MOST_LABELS:,} labels"
            raise _Refused("more variables or labels than can be meant", expected, "Split it.")
        if kind == 3:
            for _ in range(number):
                length = (stream.read(9) or b"\0")[-1]
                stream.seek((length + 8) // 8 * 8 - 1, os.SEEK_CUR)
        elif kind == 4:
            stream.seek(4 * max(number, 0), os.SEEK_CUR)
        elif kind == 7:
            of_each, count = struct.unpack(f"{order}2i", stream.read(8).ljust(8, b"\0"))
            stream.seek(min(max(of_each, 0) * max(count, 0), size), os.SEEK_CUR)
        elif kind == 999:
            _check_length(stream, order, size - stream.tell(), 8 * variables)
            return
        elif kind != 2:
            return


def _check_length(stream: BinaryIO, order: str, held: int, of_record: int) -> None:
    """Refuse a file that is not packed and holds more than its records: something was put between them."""
    stream.seek(72)
    packed, _, records = struct.unpack(f"{order}3i", stream.read(12).ljust(12, b"\0"))
    if packed == 0 and 0 <= records * of_record < held:
        found = f"a damaged file ({held:,} bytes of records, where {records * of_record:,} are said)"
        raise _Refused(found, "a whole file", "Copy it anew.")


def _pass_variable(stream: BinaryIO, order: str, width: int) -> None:
    """Go on behind a record of a variable, of which the first 8 bytes are read; numbers have no width.

    Of a number with a format of texts the library gives an empty text, whatever is stored.
    """
    labelled, missing, shown = struct.unpack(f"{order}3i", stream.read(24)[:12].ljust(12, b"\0"))
    if width >= 0 and (width > 0) != (shown >> 16 & 0xFF in _FORMATS_OF_TEXT):
        found = (
            "a damaged file (a variable of numbers with a format of texts, or of texts with one of numbers)"
        )
        raise _Refused(found, "a whole file", "Save it anew in SPSS or PSPP.")
    if labelled:
        length = struct.unpack(f"{order}I", stream.read(4).ljust(4, b"\0"))[0]
        stream.seek((length + 3) // 4 * 4, os.SEEK_CUR)
    stream.seek(min(abs(missing), 3) * 8, os.SEEK_CUR)


def _extract(path: str, encoding: str | None) -> tuple[dict[str, object], list[bytes]]:
    import pyreadstat

    said: dict[str, Any] = {
        "user_missing": True,
        "output_format": "dict",
        "disable_datetime_conversion": True,
        "encoding": encoding,
    }
    _, meta = pyreadstat.read_sav(path, metadataonly=True, **said)
    names: list[str] = list(meta.column_names)
    if not all(names) or len(set(names)) < len(names):
        raise _Refused(
            "variables without a name of their own", "a name for each", "Save it anew in SPSS or PSPP."
        )
    widths = [max(8, meta.variable_storage_width.get(name) or 8) for name in names]
    rows = _count(path, meta, said, names, widths)
    if rows * len(names) > MOST_CELLS or rows > MOST_RECORDS:
        found = f"{rows:,} records of {len(names):,} variables"
        expected = f"at most {MOST_CELLS:,} cells in {MOST_RECORDS:,} records"
        raise _Refused(found, expected, "Split it into several files.")
    if rows * sum(widths) > MOST_BYTES:
        raise _Refused(f"{rows * sum(widths):,} bytes unpacked", f"at most {MOST_BYTES:,}", "Split it.")
    _limit_memory(_MEMORY)
    variables, codes = [], []
    left = MOST_TEXT
    for part in _parts(names, widths, rows):
        data, _ = pyreadstat.read_sav(path, usecols=part, **said)
        for name in part:
            cells = data.pop(name)
            if len(cells) != rows:
                raise _Refused(
                    f"{len(cells):,} of {rows:,} records, then its end", "a whole file", "Copy it anew."
                )
            values, numbers = _numbered(cells)
            left -= sum(len(value) for value in values if isinstance(value, str))
            if left < 0:
                raise _Refused(
                    "too much text", f"at most {MOST_TEXT:,} letters", "Leave out what is not needed."
                )
            codes.append(numbers.tobytes())
            variables.append(_described(meta, name) | {"values": values, "type": numbers.typecode})
    return {"rows": rows, "encoding": meta.file_encoding, "variables": variables}, codes


def _count(path: str, meta: Any, said: dict[str, Any], names: Sequence[str], widths: Sequence[int]) -> int:
    """How many records there are; where the file does not say it they are counted."""
    if meta.number_rows is not None and meta.number_rows >= 0:
        return int(meta.number_rows)
    import pyreadstat

    if not names:
        return 0
    narrowest = names[widths.index(min(widths))]
    data, _ = pyreadstat.read_sav(path, usecols=[narrowest], row_limit=MOST_RECORDS + 1, **said)
    return len(data[narrowest])


def _parts(names: Sequence[str], widths: Sequence[int], rows: int) -> Iterator[list[str]]:
    """The variables in parts that fit into memory."""
    part: list[str] = []
    size = 0
    for name, width in zip(names, widths, strict=True):
        if part and size + width * rows > _BYTES_AT_ONCE:
            yield part
            part, size = [], 0
        part.append(name)
        size += width * rows
    if part:
        yield part


def _numbered(cells: Sequence[Any]) -> tuple[list[Any], array.array[int]]:
    """The different values in the order in which they come, None for none, and the number of each cell's."""
    # a value that is not itself is no number
    kept = [None if cell is None or cell != cell else cell for cell in cells]
    number_of = {value: number for number, value in enumerate(dict.fromkeys(kept))}
    typecode = "B" if len(number_of) <= 2**8 else "H" if len(number_of) <= 2**16 else "I"
    return list(number_of), array.array(typecode, map(number_of.__getitem__, kept))


def _described(meta: Any, name: str) -> dict[str, object]:
    labels = meta.variable_value_labels.get(name, {})
    return {
        "name": name,
        "label": meta.column_names_to_labels.get(name) or "",
        "format": meta.original_variable_types.get(name) or "",
        "labels": [[value, label or ""] for value, label in labels.items()],
        "missing": [[entry["lo"], entry["hi"]] for entry in meta.missing_ranges.get(name, [])],
    }


if __name__ == "__main__":
    main()
