"""Columns of the other kinds of file: found by id, by a German word, or by what study.toml says."""

from __future__ import annotations

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.heads import find_head, fits
from weltoffen_eval.raw.table import RawTable, folded
from weltoffen_eval.study.file_heads import ASIDE, HEADS, NEEDED, OF_ALL, WITHOUT_SETTING
from weltoffen_eval.study.listed_files import RawFile


def find_columns(raw: RawFile, table: RawTable, faults: list[Fault]) -> dict[str, str] | None:
    """The head of each column that is there, by its id; None, with faults, where they cannot be read."""
    before = len(faults)
    heads = HEADS[raw.kind]
    spellings = {folded(word): name for name, words in heads.items() for word in (name, *words)}
    named = {find_head(head, table.columns): name for name, head in raw.columns.items()}
    found: dict[str, str] = {}
    for head in table.columns:
        name = named.get(head) or spellings.get(folded(head))
        if name is None:
            if head in ASIDE.get(raw.kind, ()) or any(fits(head, pattern) for pattern in raw.ignore):
                table.log_change(table.header_line, head, "", "", "column_ignored")
                continue
            words = [word for name, german in heads.items() for word in (name, *german)]
            advice = did_you_mean(head, words).strip() or (
                "Correct its name, or add it to ignore or columns in study.toml."
            )
            expected, said = "only " + ", ".join(heads), "a column that is not known here"
            faults.append(_at_header(table, head, said, expected, advice, "column_unknown"))
        elif name in found:
            says = f"a second column for {name}: {found[name]!r} is one already"
            advice = "Rename or delete one of them."
            faults.append(_at_header(table, head, says, "each column once", advice, "column_twice"))
        else:
            found[name] = head
    for head, name in named.items():
        if head not in table.columns:
            expected = f"the column for {name} that study.toml names"
            advice = "Correct columns there."
            faults.append(_at_header(table, head, "no such column", expected, advice, "column_missing"))
    _check_needed(raw, table, found, faults)
    return found if len(faults) == before else None


def _check_needed(raw: RawFile, table: RawTable, found: dict[str, str], faults: list[Fault]) -> None:
    needed = list(NEEDED[raw.kind])
    if raw.kind not in OF_ALL and not raw.wave:
        needed.append("wave")
    if raw.kind not in WITHOUT_SETTING and not raw.setting:
        needed.append("setting")
    for name in needed:
        if name not in found and name not in raw.columns:
            words = " or ".join((name, *HEADS[raw.kind][name]))
            in_toml = name in ("wave", "setting")
            advice = f"Add it, or say {name} = … in this [[file]] of study.toml." if in_toml else "Add it."
            told = _at_header(table, name, "no such column", f"a column {words}", advice, "column_missing")
            faults.append(told)
    # a form says inside whose it is
    if (
        raw.kind not in OF_ALL
        and not raw.form_folder
        and not {"municipality", "ags"} & {*found, *raw.columns}
    ):
        words = "a column municipality (Kommune) or ags (AGS)"
        faults.append(
            table.fault(
                "neither of the columns", words, "Add one of them.", table.header_line,
                kind="no_column_of_municipality",
            )
        )  # fmt: skip


def _at_header(table: RawTable, head: str, found: str, expected: str, advice: str, kind: str) -> Fault:
    return table.fault(found, expected, advice, table.header_line, head, kind)
