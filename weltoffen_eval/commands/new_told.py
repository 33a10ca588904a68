"""What ``weltoffen new`` says on the console of a file: rows, columns, scales, and guesses to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from weltoffen_eval.drafting.answer_order import ALPHABET, GRADES, NUMBERS, may_be_turned
from weltoffen_eval.errors import visible

if TYPE_CHECKING:
    from weltoffen_eval.drafting.draft import Draft

#: So many rows and columns are named.
_MOST_ROWS = 20
_MOST_COLUMNS = 8
#: A head that is longer is told by its beginning.
_LONGEST_HEAD = 40


def tell(draft: Draft) -> list[str]:
    """What was found and guessed, line by line."""
    roles, beginning = draft.roles, draft.beginning
    place = " and ".join(head for head in (roles.municipality, roles.ags) if head)
    tool = ", an export of LimeSurvey" if draft.of_limesurvey else ""
    said = [
        f"{draft.table.file}{tool}: {len(draft.table.lines) - _below(draft)} records, heads in row "
        f"{beginning.header_row}{f' of {beginning.tab}' if beginning.tab else ''}.",
        f"municipality: {place} ({len(draft.units)}); respondent: {roles.respondent or 'none'}; "
        f"perspective: {roles.perspective or ('residents' if draft.many else 'administration')}.",
        f"items: {len(draft.items)}"
        + (
            f" on {_count(len(draft.scales), 'scale')}."
            if draft.scales
            else f"; {len(draft.not_asked)} not asked."
        ),
    ]
    if draft.survey is not None:
        said.append(f"structure: {visible(draft.survey.path.name)}, beside the file.")
    doubt = "" if draft.date.told else "check "
    said.append(f"{doubt}date of the wave: {draft.date.day}, {visible(draft.date.whence)}.")
    said += [f"left aside, {why}: {_columns(heads)}." for why, heads in draft.aside.items() if heads]
    for why in dict.fromkeys(beginning.skipped.values()):
        rows = sorted(row for row, reason in beginning.skipped.items() if reason == why)
        said.append(f"{_rows_are(rows)} skipped: {why}.")
    if beginning.unfinished:
        they = "they count" if len(beginning.unfinished) > 1 else "it counts"
        said.append(
            f"{_rows_are(beginning.unfinished)} not finished, as the survey tool notes; {they}, "
            'unless study.toml says incomplete = "drop".'
        )
    if draft.by_codes:
        made = ", ".join(visible(name) for _, name, _ in draft.units[:4])
        said.append(
            f"check municipalities.csv: the file names municipalities by codes; their names there ({made}"
            f"{' …' if len(draft.units) > 4 else ''}) are made of these, and reports print them."
        )
    if any(may_be_turned(option.label for option in scale.options) for scale in draft.scales):
        said.append(
            "check instrument/items.csv: direction is 1 everywhere; write -1 for each question in which "
            "agreeing, or often, means less (Ich fühle mich ausgeschlossen)."
        )
    for scale in draft.scales:
        answers = ", ".join(visible(option.label) for option in scale.options)
        if scale.order == ALPHABET:
            said.append(
                f"check {scale.id}: nothing says which of its answers means more, so they stand by the "
                f"alphabet ({answers}). Put them from the least to the most in instrument/instrument.toml."
            )
        elif scale.order in (NUMBERS, GRADES):
            why = "as it seems, they are grades" if scale.order == GRADES else "nothing says so"
            said.append(
                f"check {scale.id}: from the least to the most its answers are {answers}; {why}. Where it is "
                "the other way round, turn the points round in instrument/instrument.toml."
            )
    return said


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _rows_are(rows: Sequence[int]) -> str:
    """Rows as they are counted in the file, the first of them where they are many, with the verb."""
    if len(rows) == 1:
        return f"row {rows[0]} is"
    shown = ", ".join(map(str, rows[:_MOST_ROWS]))
    return f"rows {shown} are" if len(rows) <= _MOST_ROWS else f"rows {shown} … ({len(rows):,} rows) are"


def _columns(heads: Sequence[str]) -> str:
    """Columns by their heads, the first of them where they are many."""
    shown = ", ".join(_short(head) for head in heads[:_MOST_COLUMNS])
    return shown if len(heads) <= _MOST_COLUMNS else f"{shown} … ({len(heads)} columns)"


def _short(head: str) -> str:
    return visible(head if len(head) <= _LONGEST_HEAD else f"{head[: _LONGEST_HEAD - 1]}…")


def _below(draft: Draft) -> int:
    return len({*draft.table.lines} & draft.beginning.skipped.keys())
