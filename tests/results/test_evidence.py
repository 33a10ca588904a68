"""Evidence is told of answers of an administration, never of persons, and makes a report stale; no score moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import change, clean, write_study

from weltoffen_eval import load_profile
from weltoffen_eval.results.fingerprints import hash_by_municipality

LONG = """municipality,respondent,item,response,comment,office,evidence
adorf,Bauamt,A1,ja,gut,Bauamt,Beschluss 12/2023
adorf,Bauamt,A2,,,,nur eine Notiz
adorf,Bauamt,B1,12,,Bauamt,
"""
KEYS = 'perspective = "administration"\nlayout = "long"'


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    return write_study(tmp_path / "klein", ("a.csv", LONG), keys=KEYS, setting="questionnaire")


def test_only_what_was_answered_has_evidence(study: Path) -> None:
    assert load_profile(study, "adorf", "2024").evidence == {"A1"}


def test_of_persons_no_evidence_is_told(study: Path) -> None:
    change(study / "study.toml", KEYS, f'{KEYS}\nunit = "persons"')
    assert load_profile(study, "adorf", "2024").evidence == frozenset()


def test_evidence_changes_what_a_report_rests_on_and_no_answer(study: Path) -> None:
    def hashes() -> dict[tuple[str, str], str]:
        cleaned = clean(study)
        return hash_by_municipality(
            cleaned.waves, cleaned.records, cleaned.cleaning_log, comments=cleaned.comments
        )

    before, answers = hashes(), clean(study).responses
    change(study / "a.csv", "12,,Bauamt,", "12,,Bauamt,Zählung")
    assert hashes() != before
    assert clean(study).responses.equals(answers)
    # a comment alone is printed nowhere
    after = hashes()
    change(study / "a.csv", "ja,gut", "ja,sehr gut")
    assert hashes() == after
