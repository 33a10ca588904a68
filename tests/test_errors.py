"""What a refused study is told: one line for what is one thing, and nothing in it that is not seen."""

from __future__ import annotations

import json

from weltoffen_eval.errors import Fault, describe_faults, visible


def test_what_is_not_seen_is_written_out() -> None:
    assert visible("a\x1b[2Jb\x07\x9b\u202e\u200bc\x7f") == "a\\u001b[2Jb\\u0007\\u009b\\u202e\\u200bc\\u007f"
    assert visible("Straße „ja“\n\tč 😀 ✓") == "Straße „ja“\n\tč 😀 ✓"


def test_a_json_document_means_the_same_when_it_is_made_visible() -> None:
    value = {"a": "\u202e x \x7f \U000e0041 \x1b \u2028"}
    shown = visible(json.dumps(value, ensure_ascii=False))
    assert shown.isprintable()
    assert json.loads(shown) == value


def test_no_part_of_a_fault_sends_a_control_or_begins_a_line_of_its_own() -> None:
    hostile = "x\x1b[31m\nfound: nothing\u202e"
    told = describe_faults([Fault(hostile, hostile, hostile, hostile, tab=hostile, row=3, column=hostile)])
    assert len(told.splitlines()) == 4
    assert all(line.isprintable() for line in told.splitlines())


def test_what_one_row_says_of_many_columns_is_told_once() -> None:
    faults = [Fault("a.csv", "not known", "items", row=1, column=f"time_{n}") for n in range(3000)]
    faults.append(Fault("a.csv", "'7'", "0 to 4", row=3, column="Q1"))
    told = describe_faults(faults)
    assert told.count("found:") == 2
    assert "time_0, time_1, " in told
    assert "and 2,988 more" in told


def test_what_stands_in_many_rows_of_a_column_is_told_by_column() -> None:
    faults = [
        Fault("a.csv", "'x'", "0 to 4", row=row, column=f"Q{n}") for row in range(2, 40) for n in range(5)
    ]
    told = describe_faults(faults)
    assert told.count("found:") == 5
    assert "column Q0" in told
    assert "rows 2, 3, 4" in told


def test_one_kind_in_very_many_columns_is_one_line_with_its_number_and_first_places() -> None:
    faults = [
        Fault("a.csv", "'x'", "0 to 4", row=row, column=f"Q{n}") for n in range(60) for row in range(2, 22)
    ]
    (place, found, expected) = describe_faults(faults).splitlines()
    assert place == (
        "a.csv, row 2 column Q0, row 3 column Q0, row 4 column Q0, row 5 column Q0, row 6 column Q0, "
        "row 7 column Q0 and 1,194 more"
    )
    assert found == "    found: 1200 times: 'x'"
    assert expected == "    expected: 0 to 4"


def test_faults_of_one_table_stand_together() -> None:
    faults = [
        Fault(file, found, "y", row=row) for row, found in enumerate("pqr", 2) for file in ("a.csv", "b.csv")
    ]
    told = [line for line in describe_faults(faults).splitlines() if not line.startswith(" ")]
    assert [line.partition(",")[0] for line in told] == ["a.csv", "b.csv"]
