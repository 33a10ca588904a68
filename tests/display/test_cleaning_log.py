"""What was changed is told: a few changes each, many by how often, and each in the report on data quality."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
from profiles import profile_of

from weltoffen_eval import quality_report, report
from weltoffen_eval.blocks import Block, Paragraph, Table
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.profile import Profile


def blanks(count: int) -> Profile:
    """So many answers of one sheet with a blank around them, and one that was corrected."""
    profile = profile_of("beispiel", "musterstadt", "2021")
    (sheet,) = profile.records[profile.records["setting"] == "questionnaire"].to_dict("records")
    where = {"file": sheet["file"], "tab": "", "row": sheet["row"]}
    made = [
        {**where, "column": f"C{n}", "old": f" {n}", "new": str(n), "rule": "trimmed"} for n in range(count)
    ]
    corrected = {**where, "column": "X", "old": "5", "new": "4", "rule": "correction: Anruf"}
    return replace(profile, cleaning_log=pd.DataFrame([*made, corrected]))


def parts(shown: Shown) -> tuple[str, Table]:
    said, table = shown.bundle.blocks
    assert isinstance(said, Paragraph) and isinstance(table, Table)
    return said.text, table


def test_a_few_changes_stand_in_the_selfcheck_each_by_itself() -> None:
    said, table = parts(report.cleaning_log(blanks(11)))
    assert said == "Zwölf Angaben wurden vereinheitlicht oder berichtigt. Jede Änderung steht in der Tabelle."
    assert len(table.rows) == 12
    assert table.rows[0][2:5] == ("C0", "„ 0“", "„0“")


def test_many_changes_stand_there_by_how_often_and_each_in_the_report_on_data_quality() -> None:
    profile = blanks(100)
    said, table = parts(report.cleaning_log(profile))
    assert said.startswith("101 Angaben wurden vereinheitlicht oder berichtigt.")
    assert said.endswith("jede einzelne Änderung steht im Bericht zur Datenqualität.")
    assert [row[2:] for row in table.rows] == [("100", "Leerzeichen entfernt"), ("1", "berichtigt (Anruf)")]
    whole = parts(quality_report.cleaning_log(profile))[1]
    assert len(whole.rows) == 101 and whole.folded
    # what is counted is what is listed
    assert Counter(row[-1] for row in whole.rows) == {row[3]: int(row[2]) for row in table.rows}


def test_where_nothing_was_changed_that_is_said() -> None:
    profile = profile_of("beispiel", "musterstadt", "2021")
    blocks: tuple[Block, ...] = report.cleaning_log(
        replace(profile, cleaning_log=profile.cleaning_log.iloc[:0])
    ).bundle.blocks
    (said,) = blocks
    assert isinstance(said, Paragraph)
    assert said.text == "An den Angaben dieser Kommune wurde nichts verändert."
