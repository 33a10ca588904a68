"""What ``weltoffen check`` says beside faults: what counts or is left out, and what should be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from weltoffen_eval.errors import visible

if TYPE_CHECKING:
    from weltoffen_eval.drafting.open_guesses import OpenGuesses
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.responses.cleaning import CleanedStudy

#: Of the cleaning log: what is said of records, one and several of them.
_RECORDS = {
    "try_kept": (
        "record is a try, as the survey tool notes (a preview, a test, spam, not approved), and counts",
        "records are tries, as the survey tool notes (previews, tests, spam, not approved), and count",
        "With skip_rows in its [[file]] they are left out.",
    ),
    "incomplete_kept": (
        "record was not finished, as the survey tool notes, and counts",
        "records were not finished, as the survey tool notes, and count",
        'With incomplete = "drop" in its [[file]] they are left out.',
    ),
    "incomplete_dropped": (
        'record was not finished and is left out by incomplete = "drop"',
        'records were not finished and are left out by incomplete = "drop"',
        "",
    ),
    "row_skipped": ("row is left out by skip_rows", "rows are left out by skip_rows", ""),
}
_MOST_ROWS = 12


def hints(study: Study, cleaned: CleanedStudy) -> list[str]:
    """The hints on a study without faults."""
    from weltoffen_eval.study.responses.absent_offices import absent_offices
    from weltoffen_eval.study.responses.parted_sheets import parted_groups

    said = [_tell_parts(*group) for group in parted_groups(study, cleaned)]
    said += [_tell_absent(*office) for office in absent_offices(study, cleaned)]
    return [*said, *_tell_records(study, cleaned), *_tell_guesses(study)]


def _tell_parts(municipality: str, wave: str, perspective: str, count: int) -> str:
    return (
        f"{municipality}, {wave}, {perspective}: {count} sheets, no question answered on two of them. "
        'If they are parts of one questionnaire, say sheets = "merge" in their [[file]] of study.toml.'
    )


def _tell_absent(path: str, municipality: str, office: str, items: int) -> str:
    whose = f"of {visible(municipality)} " if municipality else ""
    questions = "one question" if items == 1 else f"{items} questions"
    return (
        f"{path}: {visible(office)} is responsible for {questions}, but no sheet {whose}is called so. "
        "Write the office as its sheet is called; else the mean of all sheets counts."
    )


def _tell_records(study: Study, cleaned: CleanedStudy) -> Iterator[str]:
    """Records that a survey tool marks, and rows that study.toml leaves out: how many of each file."""
    log = cleaned.cleaning_log
    for raw in study.files:
        of_file = log[log["file"] == raw.path]
        for rule, (one, several, advice) in _RECORDS.items():
            rows = [int(row) for row in of_file.loc[of_file["rule"] == rule, "row"]]
            if rows:
                what = one if len(rows) == 1 else several
                yield f"{raw.path}: {len(rows):,} {what} ({_rows(rows)}). {advice}".rstrip()


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:_MOST_ROWS])) + (" …" if len(rows) > _MOST_ROWS else "")
    return f"row {shown}" if len(rows) == 1 else f"rows {shown}"


def _tell_guesses(study: Study) -> Iterator[str]:
    """Guesses of ``weltoffen new`` that are still marked, and answers in an order that nothing says."""
    from weltoffen_eval.drafting.open_guesses import open_guesses

    guesses = open_guesses(study.folder)
    yield from doubtful_scales(guesses)
    if guesses.marks:
        places = "; ".join(f"{file} {len(lines)}" for file, lines in guesses.marks.items())
        yield (
            f'Guesses of weltoffen new that are still marked "check": {places}. '
            "Delete a mark when you have looked."
        )


def doubtful_scales(guesses: OpenGuesses) -> Iterator[str]:
    """Of each scale of which nothing said what ``weltoffen new`` had to know: what its scores mean so far."""
    from weltoffen_eval.drafting.open_guesses import (
        BY_ALPHABET,
        BY_NUMBERS,
        BY_OCCURRENCE,
        LEFT_NUMBERS,
        TURNED,
    )

    told = {
        BY_ALPHABET: "the answers of {scale} stand by the alphabet, since nothing said which means more. "
        "Scores mean nothing until they stand from the least to the most.",
        BY_NUMBERS: "the answers of {scale} are numbers, and nothing said whether the highest means most; "
        "now it has 100 points. Where 1 is best, turn the points round.",
        TURNED: "the answers of {scale} are numbers, and nothing said whether the highest means most; "
        "now the lowest has most points. Where that is right, delete the mark.",
        BY_OCCURRENCE: "the points of {scale} go from the least to the greatest number that occurs, and more "
        "counts as better. Write the numbers that are to have 0 and 100 points.",
        LEFT_NUMBERS: "columns of numbers are left aside, since nothing said how many points a number has. "
        "There it says how one is taken in.",
    }
    for said, scale, line in guesses.of_scales:
        yield f"instrument/instrument.toml, line {line}: {told[said].format(scale=visible(scale))}"
