"""Where a table begins: its header, what stands above it, and rows that are no records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.heads import NOTHING_ASIDE, Aside
from weltoffen_eval.raw.parted_heads import is_row_of_parts, parted_heads
from weltoffen_eval.raw.table import RawTable, plain

#: Among so many first rows the header is looked for.
FIRST_ROWS = 20

#: The line on which it begins, and its cells.
Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Layout:
    """What study.toml says of a file's rows: the row of the header, and rows that are no records.

    A row is the line on which a record begins, as in messages; where no record begins on it, the row
    as a spreadsheet counts it, in which a text of several lines is one.
    """

    header_row: int | None = None
    skip_rows: tuple[int, ...] = ()


class Rows:
    """The rows of a file, of which those of the header and those to be skipped are found by their number."""

    def __init__(self, records: Iterator[Record], layout: Layout) -> None:
        self._records = records
        self._wanted = {*layout.skip_rows, *([] if layout.header_row is None else [layout.header_row])}
        self._begun: set[int] = set()
        self.found: set[int] = set()

    def __iter__(self) -> Iterator[tuple[int | None, Record]]:
        """Every record, with the number by which it is named in the layout."""
        for count, (line, cells) in enumerate(self._records, start=1):
            named = None
            if line in self._wanted:
                self._begun.add(line)
                named = line
            elif count in self._wanted and count not in self._begun:
                named = count
            if named is not None:
                self.found.add(named)
            yield named, (line, cells)


def read_header(
    table: RawTable, records: Iterator[Record], layout: Layout, known: Sequence[str], faults: list[Fault]
) -> Iterator[Record]:
    """Fill the columns of ``table`` from its header; the records below it, without those to be skipped.

    Where the first row is no header but one below it is, that is a fault, and reading goes on from there,
    so that the other faults are told too.
    """
    rows = Rows(records, layout)
    numbered = iter(rows)
    head = list(islice(numbered, FIRST_ROWS if layout.header_row is None else 0))
    at = _find_header(table, head, layout, known, faults)
    above = 0
    for named, (line, cells) in chain(head, numbered):
        if not _is_filled(cells):
            continue
        if layout.header_row is None and above < at:
            above += 1
            continue
        if layout.header_row is not None and named != layout.header_row:
            table.log_change(line, "", "", "", "row_above_header")
            continue
        table.header_line = line
        table.columns.extend(plain(cell) for cell in cells)
        break
    else:
        faults.append(
            table.fault(
                "no such row" if layout.header_row is not None else "an empty file",
                f"a header in row {layout.header_row}, as in study.toml"
                if layout.header_row is not None
                else "a header and records",
                "Correct header_row in study.toml." if layout.header_row is not None else "",
                row=layout.header_row,
                kind="header_missing" if layout.header_row is not None else "file_empty",
            )
        )
        return
    if table.header_line in layout.skip_rows:
        faults.append(
            table.fault(
                "the row of the header in skip_rows",
                "rows below the header",
                "Take it out of skip_rows; which row is the header says header_row.",
                row=table.header_line,
            )
        )
    # the rows that were looked at beforehand come again
    rest = chain([entry for entry in head if entry[1][0] > table.header_line], numbered)
    yield from _below(table, rest, layout, faults)
    for number in layout.skip_rows:
        if number not in rows.found:
            faults.append(
                table.fault("no such row", "the rows that skip_rows names", "Correct skip_rows.", row=number)
            )


def _below(
    table: RawTable, rest: Iterable[tuple[int | None, Record]], layout: Layout, faults: list[Fault]
) -> Iterator[Record]:
    held: list[Record] = []
    for position, (named, (line, cells)) in enumerate(rest):
        if named is not None and named in layout.skip_rows:
            if position == 0 and is_row_of_parts(table.columns, cells):
                _name_from_below(table, cells)
            table.log_change(line, "", "", "", "row_skipped")
            continue
        if position < 2 and not layout.skip_rows:
            # a second and third row of headings, as Qualtrics writes them, are told by the third
            if _is_import_row(cells):
                lines = [*(record[0] for record in held), line]
                held.clear()
                faults.append(
                    table.fault(
                        "rows " + " and ".join(map(str, lines)) + " hold wordings and marks of Qualtrics"
                        if len(lines) > 1
                        else "marks of Qualtrics",
                        "records below the header",
                        f"Add skip_rows = {lines} to this [[file]] of study.toml.",
                        row=lines[0],
                        kind="rows_of_marks",
                    )
                )
                continue
            held.append((line, cells))
            continue
        yield from (record for record in held if _is_filled(record[1]))
        held.clear()
        if _is_filled(cells):
            yield line, cells
    yield from (record for record in held if _is_filled(record[1]))


def _name_from_below(table: RawTable, cells: Sequence[str]) -> None:
    """Name columns by the parts of questions, which SurveyMonkey writes below the heads."""
    heads = [*table.columns, *[""] * (len(cells) - len(table.columns))]
    table.columns[:] = [head.name for head in parted_heads(heads, cells)]
    for old, new in zip(heads, table.columns, strict=True):
        if old != new:
            table.log_change(table.header_line, new, old, new, "head_below")


def _is_import_row(cells: Sequence[str]) -> bool:
    marks = [cell.lstrip().startswith('{"ImportId"') for cell in cells if cell.strip()]
    return sum(marks) * 2 > len(marks)


def _is_filled(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _find_header(
    table: RawTable,
    head: Sequence[tuple[int | None, Record]],
    layout: Layout,
    known: Sequence[str],
    faults: list[Fault],
) -> int:
    """How many filled rows stand above the header; a fault where there are some."""
    names = {plain(name) for name in known}
    filled = [record for _, record in head if _is_filled(record[1])]
    counts = [len(names.intersection(map(plain, cells))) for _, cells in filled]
    if layout.header_row is not None or not counts:
        return 0
    best = counts.index(max(counts))
    if best > 0 and is_row_of_parts(filled[best - 1][1], filled[best][1]):
        best -= 1
    if best == 0 or counts[best] < 2 or counts[0] * 2 >= counts[best]:
        return 0
    line, cells = filled[best]
    shown = ", ".join([cell for cell in map(plain, cells) if cell][:4])
    faults.append(
        table.fault(
            f"no names of columns; they seem to stand in row {line} ({shown}, …)",
            "the header in the first row",
            f"Set header_row = {line} in this [[file]] of study.toml, or delete the rows above it.",
            row=filled[0][0],
            kind="rows_above_header",
        )
    )
    return best


def check_header(table: RawTable, faults: list[Fault], aside: Aside = NOTHING_ASIDE) -> None:
    """Leave out columns that are not there to be read; a fault where one has no name, or that of another.

    A column without name and content is none: spreadsheets write them at the edges of a table. One that is
    left ``aside`` may have the name of another, or where the rest is, none.
    """
    seen: dict[str, int] = {}
    kept: list[int] = []
    nameless: list[int] = []
    for position, name in enumerate(table.columns):
        if name == "":
            if _is_filled(table.content[position].texts()):
                if name in aside:
                    table.log_change(table.header_line, str(position + 1), "", "", "column_ignored")
                else:
                    nameless.append(position + 1)
        elif name in seen and name in aside:
            table.log_change(table.header_line, name, "", "", "column_ignored")
        elif name in seen:
            faults.append(_twice(table, name, seen[name] + 1, position + 1))
        else:
            seen[name] = position
            kept.append(position)
    if nameless:
        numbers = ", ".join(map(str, nameless[:10])) + (" …" if len(nameless) > 10 else "")
        faults.append(
            table.fault(
                f"column {numbers} has no name" if len(nameless) == 1 else f"columns {numbers} have no name",
                "a name for each column",
                "Name it or delete the column.",
                row=table.header_line,
                kind="column_nameless",
            )
        )
    table.columns[:] = [table.columns[position] for position in kept]
    table.content[:] = [table.content[position] for position in kept]


def _twice(table: RawTable, name: str, first: int, second: int) -> Fault:
    """Two columns of one head; what is merged over them tells them apart for a person only."""
    found = f"the column stands twice (columns {first} and {second})"
    groups = table.over.get(first, ""), table.over.get(second, "")
    if not any(groups) or groups[0] == groups[1]:
        advice, kind = "Delete or rename one of them.", "column_twice"
    else:
        found += f", below {groups[0]!r} and below {groups[1]!r}"
        example = next(f"{group} – {name}" for group in groups if group)
        advice = (
            "What is merged over several heads is no part of a head: give each a head of its own, such as "
            f"{example!r}, in the row of the heads."
        )
        kind = "column_twice_in_groups"
    return table.fault(
        found, "each column once", advice, row=table.header_line, column=name, kind=kind, text=name
    )
