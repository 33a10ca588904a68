"""What a draw of working groups is made from: the participants, and an earlier draw that is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.file_heads import HEADS as OF_KIND
from weltoffen_eval.study.invited import Invited

#: By column the words that head it; other columns of a list of participants are not read.
_READ = ("municipality", "wave", "setting", "participant", "organisation", "stratum", "present")
HEADS: Mapping[str, tuple[str, ...]] = {
    **{name: (name, *OF_KIND["participants"][name]) for name in _READ},
    "group": ("group", "Gruppe"),
}
#: In these a draw has one value: it is of one event.
_OF_ONE = ("municipality", "wave", "setting")
_NO = ("no", "nein")
_YES = ("yes", "ja", "")
_LARGEST = 9_999


def read_invited(path: Path, faults: list[Fault]) -> tuple[list[Invited], int]:
    """The participants of one event, and how many are left out because they do not come (``present`` no).

    Faults: no id, an id twice, no ``participant`` column, participants of several events.
    """
    opened = _open(path, ("participant",), _READ, faults)
    if opened is None:
        return [], 0
    table, cells = opened
    for name in _OF_ONE:
        values = dict.fromkeys(cells(name))
        if len(values) > 1:
            found = ", ".join(repr(value) for value in list(values)[:4])
            advice = "Draw for one event at a time: put its participants into a file of their own."
            faults.append(table.fault(found, f"one {name} in all rows", advice, column=name))
    _check_ids(table, cells("participant"), faults)
    coming = []
    for line, word in zip(table.lines, map(folded, cells("present")), strict=True):
        if word not in (*_YES, *_NO):
            faults.append(table.fault(repr(word), "yes, no or nothing", row=line, column="present"))
        coming.append(word not in _NO)
    everybody = zip(
        cells("participant"),
        map(folded, cells("stratum")),
        map(folded, cells("organisation")),
        coming,
        strict=True,
    )
    invited = [Invited(*who) for *who, comes in everybody if comes]
    if not invited and not faults:
        faults.append(table.fault("nobody who comes", "at least one participant", column="present"))
    return invited, len(table.lines) - len(invited)


def read_draw(path: Path, faults: list[Fault]) -> dict[str, int]:
    """An earlier draw: by id its group, a whole number from 1 on."""
    opened = _open(path, ("participant", "group"), (), faults)
    if opened is None:
        return {}
    table, cells = opened
    _check_ids(table, cells("participant"), faults)
    groups = {}
    for line, who, written in zip(table.lines, cells("participant"), cells("group"), strict=True):
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
        if not 1 <= number <= _LARGEST:
            found = repr(written) if written else "nothing"
            expected = f"a whole number from 1 to {_LARGEST:,}"
            faults.append(table.fault(found, expected, row=line, column="group"))
        groups[who] = number
    return groups


def _open(
    path: Path, required: Sequence[str], optional: Sequence[str], faults: list[Fault]
) -> tuple[RawTable, Callable[[str], list[str]]] | None:
    """A table with what hands out a column by its id; a column that is not there is empty."""
    wanted = list(dict.fromkeys((*required, *optional)))
    names = {folded(head): name for name in wanted for head in HEADS[name]}
    table = read_table(path, str(path), faults, known=[head for name in wanted for head in HEADS[name]])
    if table is None:
        return None
    place: dict[str, str] = {}
    before = len(faults)
    for head in table.columns:
        name = names.get(folded(head))
        if name in place:
            found = f"{place[name]!r} and {head!r}"
            expected = f"one column for {name}"
            faults.append(table.fault(found, expected, row=table.header_line, column=head))
        elif name is not None:
            place[name] = head
    for name in required:
        if name not in place:
            heads = [head for name in wanted for head in HEADS[name]]
            close = next((guess for head in table.columns if (guess := did_you_mean(head, heads))), "")
            expected = f"a column {name}"
            advice = f"Add it.{close}"
            faults.append(table.fault("no such column", expected, advice, table.header_line, name))
    if len(faults) > before:
        return None
    opened = table

    def cells(name: str) -> list[str]:
        if name not in place:
            return [""] * len(opened.lines)
        return [plain(cell) for cell in opened.cells(place[name])]

    return table, cells


def _check_ids(table: RawTable, ids: Sequence[str], faults: list[Fault]) -> None:
    """A fault for each row without an id, and for each whose id stands in a row before."""
    first: dict[str, int] = {}
    for line, name in zip(table.lines, ids, strict=True):
        if not name:
            expected = "an id of the participant"
            faults.append(table.fault("nothing", expected, row=line, column="participant"))
        elif name in first:
            advice = f"The first stands in row {first[name]}."
            faults.append(table.fault(f"{name!r} twice", "each once", advice, row=line, column="participant"))
        first.setdefault(name, line)
