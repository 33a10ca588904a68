"""What was changed between the raw file and the numbers: each change, or only how often, as of persons."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from weltoffen_eval.blocks import Block, Column, Table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.telling import Telling

_LOG = ("file", "row", "column", "old", "new", "rule")
#: By which the name of a municipality becomes its key.
_NAME = "municipality_name"
#: A longer log is shown on request only, and where it is beside the point by how often.
_LONG_LOG = 12


def cleaning_log(telling: Telling, brief: bool = False) -> Shown:
    """What was changed, in a sentence and a table; of persons only how often a rule was applied.

    ``brief``: of a long log only how often each rule was applied in each row; each change is told elsewhere.
    """
    profile, say = telling.profile, telling.common.say
    changes, of_persons = len(profile.sheets_log), len(_of_persons(telling))
    if not changes and not of_persons:
        return telling.show(paragraph(say("unchanged")))
    shown: list[Block | None] = []
    if changes:
        shown += _of_sheets(telling, brief and changes > _LONG_LOG)
    if of_persons:
        shown.append(paragraph(say("persons_changed", changes=of_persons), say("persons_rules_counted")))
        shown.append(_rules_of_persons(telling))
    return telling.show(*shown)


def _of_sheets(telling: Telling, brief: bool) -> Iterator[Block | None]:
    say = telling.common.say
    counted = say("changed", changes=len(telling.profile.sheets_log))
    if not brief:
        yield paragraph(counted, say("changes_listed"))
        yield _all_changes(telling)
        return
    yield paragraph(counted, say("changes_counted"))
    yield _changes_by_rule(telling)


def _rows(telling: Telling) -> Iterator[tuple[str, ...]]:
    """Each change as it is read."""
    log, quoted = telling.profile.sheets_log, telling.language.quoted
    for file, row, column, old, new, rule in zip(*(log[name] for name in _LOG), strict=True):
        yield (
            file,
            NOTHING if pd.isna(row) else str(row),
            column or NOTHING,
            quoted(old) if old else telling.word("cells", "empty"),
            quoted(new) if new else NOTHING,
            _rule(telling, rule),
        )


def _heads(telling: Telling, *names: str) -> tuple[Column, ...]:
    return tuple(Column(telling.word("columns", name), name in ("row", "times")) for name in names)


def _all_changes(telling: Telling) -> Table:
    rows = tuple(_rows(telling))
    return Table(
        telling.common.text("cleaning_caption"),
        _heads(telling, "file", "row", "column", "before", "after", "rule"),
        rows,
        "cleaning",
        folded=len(rows) > _LONG_LOG,
    )


def _changes_by_rule(telling: Telling) -> Table:
    """How often each rule was applied in each row of a file."""
    counts: dict[tuple[str, str, str], int] = {}
    for file, row, _, _, _, rule in _rows(telling):
        counts[file, row, rule] = counts.get((file, row, rule), 0) + 1
    rows = tuple((file, row, str(times), rule) for (file, row, rule), times in counts.items())
    return Table(
        telling.common.text("cleaning_caption"),
        _heads(telling, "file", "row", "times", "rule"),
        rows,
        "cleaning",
        folded=len(rows) > _LONG_LOG,
    )


def _of_persons(telling: Telling) -> pd.DataFrame:
    """What was changed in sheets of persons; by which key we know where they live is no change of theirs."""
    log = telling.profile.persons_log
    return log[log["rule"] != _NAME]


def _rules_of_persons(telling: Telling) -> Table:
    """How often each rule was applied; the reason of a correction may tell of one person."""
    rules = _of_persons(telling)["rule"].map(
        lambda name: (
            telling.word("rules", "corrected") if name.startswith("correction: ") else _rule(telling, name)
        )
    )
    counts = rules.value_counts().sort_index()
    return Table(
        telling.common.text("cleaning_persons_caption"),
        _heads(telling, "rule", "times"),
        tuple((str(rule), str(int(count))) for rule, count in counts.items()),
        "cleaning-persons",
    )


def _rule(telling: Telling, name: str) -> str:
    """What a rule of the cleaning log did."""
    if name.startswith("correction: "):
        return telling.word("rules", "correction").format(reason=name.removeprefix("correction: "))
    return telling.language.words["rules"].get(name, name)
