"""Records that a survey tool marks: logged, and left out only where study.toml says so."""

from __future__ import annotations

from pathlib import Path

from small_studies import change, clean, faults_of, rules, told, write_study

RECORDS = "municipality,ResponseId,RecordedDate,Status,DistributionChannel,Finished,A1,A2,B1,B2\n" + "".join(
    f"adorf,R_{n},2024-06-01,{status},email,{finished},1,1,1,1\n"
    for n, (status, finished) in enumerate([(0, 1), (1, 1), (0, 0), (0, 1)])
)
IGNORED = 'perspective = "civil_society"\nignore = ["ResponseId", "RecordedDate", "Status", "D*", "Finished"]'


def study(folder: Path, keys: str = "") -> Path:
    return write_study(folder, ("q.csv", RECORDS), keys=f"{IGNORED}\n{keys}")


def test_what_a_tool_notes_is_logged_at_its_record_and_counts_all_the_same(tmp_path: Path) -> None:
    cleaned = clean(study(tmp_path))
    marked = [entry for entry in rules(cleaned) if entry[2] in ("try_kept", "incomplete_kept")]
    assert marked == [(3, "", "try_kept"), (4, "", "incomplete_kept")]
    assert cleaned.responses["respondent"].nunique() == 4


def test_what_was_not_finished_is_left_out_where_study_toml_says_so(tmp_path: Path) -> None:
    cleaned = clean(study(tmp_path, 'incomplete = "drop"'))
    assert (4, "", "incomplete_dropped") in rules(cleaned)
    assert sorted(cleaned.records["row"]) == [2, 3, 5]


def test_where_nothing_says_what_was_finished_it_cannot_be_left_out(tmp_path: Path) -> None:
    folder = study(tmp_path, 'incomplete = "drop"')
    change(folder / "q.csv", "Finished", "Dauer")
    change(folder / "study.toml", '"Finished"', '"Dauer"')
    assert told(faults_of(folder)) == [("q.csv", 1, "")]
