"""What Qualtrics, SoSci Survey and LimeSurvey note of a record: tries, and what was not finished."""

from __future__ import annotations

import pytest

from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.raw.tool_notes import read_notes

QUALTRICS = "ResponseId,RecordedDate,Status,DistributionChannel,Finished"
SOSCI = "CASE,QUESTNNR,MODE,FINISHED"


def table(heads: str, *rows: str) -> RawTable:
    """Records from line 2 on."""
    content = []
    for cells in zip(*(row.split(",") for row in rows), strict=True):
        column = RawColumn()
        column.extend(list(cells), typed=False)
        content.append(column)
    return RawTable("export.csv", heads.split(","), content, [*range(2, 2 + len(rows))])


@pytest.mark.parametrize(
    ("heads", "row", "tries", "unfinished"),
    [
        (QUALTRICS, "R_1,2024-06-01,IP Address,anonymous,True", "", ""),
        (QUALTRICS, "R_1,2024-06-01,0,email,1", "", ""),
        (QUALTRICS, "R_1,2024-06-01,16,email,1", "", ""),
        (QUALTRICS, "R_1,2024-06-01,Survey Preview,preview,True", "DistributionChannel", ""),
        (QUALTRICS, "R_1,2024-06-01,Survey Test,test,True", "Status", ""),
        (QUALTRICS, "R_1,2024-06-01,1,anonymous,1", "Status", ""),
        (QUALTRICS, "R_1,2024-06-01,8,anonymous,1", "Status", ""),
        (QUALTRICS, "R_1,2024-06-01,IP Address,anonymous,False", "", "Finished"),
        (QUALTRICS, "R_1,2024-06-01,0,anonymous,0", "", "Finished"),
        # a try that was not finished is a try
        (QUALTRICS, "R_1,2024-06-01,1,preview,0", "DistributionChannel", ""),
        (SOSCI, "120,base,interview,1", "", ""),
        (SOSCI, "120,base,pretest,1", "MODE", ""),
        (SOSCI, "120,base,interview,0", "", "FINISHED"),
        ("id,submitdate", "1,2024-06-01 10:00:00", "", ""),
        ("id,submitdate", "1,", "", "submitdate"),
        ("Antwort ID,Datum Abgeschickt", "1,", "", "Datum Abgeschickt"),
    ],
)
def test_a_tool_is_known_by_its_heads_and_notes_what_a_record_is(
    heads: str, row: str, tries: str, unfinished: str
) -> None:
    notes = read_notes(table(heads, row))
    assert notes.tries == ({2: tries} if tries else {})
    assert notes.unfinished == ({2: unfinished} if unfinished else {})


def test_the_same_words_in_the_table_of_an_office_are_nothing_of_a_tool() -> None:
    notes = read_notes(table("Kommune,Status,Finished,Mode", "Adorf,Preview,0,pretest"))
    assert (notes.tries, notes.unfinished, notes.says_finished) == ({}, {}, "")


def test_a_column_that_holds_something_else_here_tells_nothing_of_the_record() -> None:
    row = table(QUALTRICS, "R_1,2024-06-01,1,anonymous,0")
    notes = read_notes(row, ["Status", "Finished"])
    assert (notes.tries, notes.unfinished, notes.says_finished) == ({}, {}, "")
