"""Rows held against each other: what stands twice, what names something that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from given_studies import AT_DIALOGUE, given_faults, told, write_given

STATEMENTS = (
    "statements",
    AT_DIALOGUE,
    "municipality,statement,question,text\nadorf,S1,1,x\nbestadt,S2,1,y\n",
)
CODEBOOK = ("codebook", "", "code,title\nort,Orte\nzeit,Zeit\n")
OUTCOMES = ("outcomes", AT_DIALOGUE, "municipality,position,text\nadorf,2,x\n")
File = tuple[str, str, str]


def measures(*origins: str) -> File:
    rows = "".join(f"adorf,x,{origin}\n" for origin in origins)
    return "measures", AT_DIALOGUE, "municipality,what,origin\n" + rows


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([STATEMENTS, CODEBOOK, ("codes", AT_DIALOGUE, "municipality,statement,coder,code\n"
          "adorf,S1,A,ort\nadorf,S1,B,zeit\nadorf,S1,consensus,ort\n")], []),
        # a statement of another municipality is not there
        ([STATEMENTS, CODEBOOK, ("codes", AT_DIALOGUE, "municipality,statement,coder,code\n"
          "adorf,S2,A,ort\nadorf,S1,A,Ort\nadorf,S1,B,zeit\nadorf,S1,B,zeit\n")],
         [(5, "statement", "'S1' and 'B' and 'zeit' twice", "adorf"), (2, "statement", "'S2'", "adorf"),
          (3, "code", "'Ort'", "adorf")]),
        ([("codes", AT_DIALOGUE, "municipality,statement,coder,code\nadorf,S1,A,ort\n")],
         [(2, "statement", "'S1'", "adorf"), (2, "code", "'ort'", "adorf")]),
        ([("statements", AT_DIALOGUE, "municipality,statement,question,text\nadorf,S1,1,x\nbestadt,S1,1,y\n"
          "adorf,S1,2,z\n")], [(4, "statement", "'S1' twice", "adorf")]),
        ([("statements", AT_DIALOGUE, "municipality,statement,question,text\nadorf,S1,5,x\n")],
         [(2, "question", "'5'", "adorf")]),
        ([("questions", "", "question,text\nA,Wo?\n"),
          ("statements", AT_DIALOGUE, "municipality,statement,question,text\nadorf,S1,A,x\nadorf,S2,1,x\n")],
         [(3, "question", "'1'", "adorf")]),
        ([("events", 'wave = "2024"', "municipality,setting\nadorf,workshop\nadorf,dialogue\nbestadt,workshop\n"
          "adorf,Workshop\n")], [(5, "setting", "workshop once more", "adorf")]),
        ([("outcomes", AT_DIALOGUE, "municipality,position,text\nadorf,1,x\nadorf,1,y\n")],
         [(3, "position", "'1' twice", "adorf")]),
        ([("measures", 'wave = "2024"', "municipality,measure,setting,what\nadorf,M1,workshop,x\n"
          "adorf,M1,dialogue,y\nadorf,,,z\nadorf,,,z\nbestadt,M1,,x\n")], [(3, "measure", "'M1' twice", "adorf")]),
        ([("codebook", "", "code,title\nort,Orte\nort,Räume\n")], [(3, "code", "'ort' twice", "")]),
        ([("codebook", 'wave = "2024"', "code,title\nort,Orte\n"), ("codebook", "", "code,title\nort,Räume\n")],
         [(2, "code", "'ort' twice", "")]),
        ([("questions", "", "question,text\n1,Wo?\n"), ("questions", AT_DIALOGUE, "question,text\n1,Wer?\n")],
         [(2, "question", "'1' twice", "")]),
        ([("participants", AT_DIALOGUE, "municipality,participant\nadorf,Eva Muster\nadorf,Eva Muster\n")],
         [(3, "participant", "a person once more", "adorf")]),
        ([("participants", AT_DIALOGUE, "municipality,participant\nadorf,merged\nadorf,@\n")],
         [(2, "participant", "'merged'", "adorf"), (3, "participant", "'@'", "adorf")]),
        ([("field_ratings", AT_DIALOGUE, "municipality,respondent,perspective,dimension,rating\n"
          "adorf,t1,Politik,alpha,10\nadorf,t1,Politik,beta,20\nadorf,t1,Verwaltung,alpha,30\n"
          "adorf,t1,Politik,alpha,40\nadorf,,Politik,alpha,50\nadorf,,Politik,alpha,50\n")],
         [(5, "respondent", "a person once more", "adorf")]),
        ([measures("item:A1", "Frage:B2", "gap:alpha", "Unterschied:Feld B", "question:4", "")], []),
        ([measures("item:Z9", "gap:gamma", "question:9", "statement:S1", "outcome:1")],
         [(2, "origin", "'item:Z9'", "adorf"), (3, "origin", "'gap:gamma'", "adorf"),
          (4, "origin", "'question:9'", "adorf"), (5, "origin", "'statement:S1'", "adorf"),
          (6, "origin", "'outcome:1'", "adorf")]),
        ([STATEMENTS, OUTCOMES, measures("statement:S1", "Ergebnis:2", "statement:S2", "outcome:1")],
         [(4, "origin", "'statement:S2'", "adorf"), (5, "origin", "'outcome:1'", "adorf")]),
    ],
)  # fmt: skip
def test_rows_fit_together_or_the_fault_is_told(
    tmp_path: Path, files: list[File], expected: list[tuple[object, ...]]
) -> None:
    faults = given_faults(write_given(tmp_path, *files))
    assert told(faults) == expected
    assert all(fault.advice or "another name than" in fault.expected for fault in faults)


def test_a_row_of_nobody_makes_no_second_fault(tmp_path: Path) -> None:
    rows = "zdorf,S1,1,x\nzdorf,S1,1,y\n"
    folder = write_given(
        tmp_path, ("statements", AT_DIALOGUE, "municipality,statement,question,text\n" + rows)
    )
    assert told(given_faults(folder)) == [
        (2, "municipality", "'zdorf'", ""),
        (3, "municipality", "'zdorf'", ""),
    ]


def test_no_name_of_a_person_stands_in_the_faults(tmp_path: Path) -> None:
    rows = "adorf,Eva Muster\nadorf,Eva Muster\n"
    folder = write_given(tmp_path, ("participants", AT_DIALOGUE, "municipality,participant\n" + rows))
    assert "Muster" not in str(given_faults(folder))
