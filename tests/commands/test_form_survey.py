"""``weltoffen form --to limesurvey``: a survey and the table of its codes, which the reader of exports takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_exports import answers_of, expected_answers, read, write_study

from weltoffen_eval.commands.main import main


def call(*words: object) -> int:
    try:
        return main(["form", *map(str, words)])
    except SystemExit as ended:
        return int(ended.code or 0)


def test_a_survey_and_its_table_of_codes_are_written_and_answers_are_read_by_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = write_study(tmp_path / "study", "v6-tokens/default.csv")
    out = tmp_path / "F.lss"
    assert call(study, "--to", "limesurvey", "--out", out) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"{out}  108 items in de, for LimeSurvey 3, 5 and 6",
        f"{tmp_path / 'F-codes.csv'}  which code each item has there",
    ]
    codes = (tmp_path / "F-codes.csv").read_text(encoding="utf-8").splitlines()
    assert codes[:2] == ["item,code", "MS01,K01[MS01]"] and len(codes) == 109

    counted = expected_answers("v6-tokens") | expected_answers("v6-tokens", "no_municipality")
    for beside in (out, tmp_path / "F-codes.csv"):
        keys = f'structure = "{beside.name}"'
        cleaned, _ = read(write_study(tmp_path / beside.suffix, "v6-tokens/default.csv", beside, keys=keys))
        assert answers_of(cleaned) == counted


def test_the_same_questionnaire_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.lss", "b.lss"):
        assert call("--to", "limesurvey", "--out", tmp_path / name, "--json") == 0
    assert (tmp_path / "a.lss").read_bytes() == (tmp_path / "b.lss").read_bytes()
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["files"] == [str(tmp_path / "a.lss"), str(tmp_path / "a-codes.csv")]
    document = (tmp_path / "a.lss").read_text(encoding="utf-8")
    assert "<language>de</language>" in document and "<language>en</language>" in document


@pytest.mark.parametrize("words", [["--out", "F.txt"], ["--out", "F.lss", "-w", "1999"], []])
def test_a_wrong_call_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("--to", "limesurvey", *words) == 2
    assert not list(tmp_path.iterdir())
