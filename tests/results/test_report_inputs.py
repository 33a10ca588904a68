"""report_inputs.csv is read by municipality and wave."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.results.report_inputs import COLUMNS, FILE, ReportInputs, read_report_inputs


def test_what_reports_rest_on_is_found_by_municipality_and_wave(tmp_path: Path) -> None:
    text = (
        ",".join(COLUMNS)
        + '\n"a","1","counted","x","y","dialogue questionnaire","dialogue/residents"\n"a","2","","z","","",""\n'
    )
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_report_inputs(tmp_path) == {
        ("a", "1"): ReportInputs("counted", "x", "y", ("dialogue", "questionnaire"), ("dialogue/residents",)),
        ("a", "2"): ReportInputs("", "z", ""),
    }  # fmt: skip
