"""Cleaning: kinds of non-answer are kept apart, every change is logged, corrections are checked."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.errors import RefusedError
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.questionnaire.instrument import NonAnswer, Option, ResponseScale
from weltoffen_eval.study.responses.cleaning import clean_responses


def responses_of(folder: Path) -> pd.DataFrame:
    return clean_responses(load_study(folder)).responses


def write_sheets(example: Path, *rows: str, header: str = "municipality,respondent,A1,A2,A3,B1,B2") -> None:
    (example / "verwaltung.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def missing_of(example: Path, municipality: str) -> dict[str, str]:
    rows = responses_of(example)
    rows = rows[(rows["municipality"] == municipality) & (rows["setting"] == "questionnaire")]
    return {
        f"{row.respondent} {row.item}": row.missing for row in rows.itertuples() if not pd.isna(row.missing)
    }


def test_exactly_one_of_code_value_and_missing_is_set(example: Path) -> None:
    there = responses_of(example)[["code", "value", "missing"]].notna().sum(axis=1)
    assert (there == 1).all()


def test_a_field_that_every_sheet_leaves_empty_is_not_chosen(example: Path) -> None:
    write_sheets(example, "adorf,b1,1,1,1,,", "adorf,b2,2,,2,,")
    assert missing_of(example, "adorf") == {
        "b1 B1": "not_chosen", "b1 B2": "not_chosen", "b2 A2": "skipped",
        "b2 B1": "not_chosen", "b2 B2": "not_chosen",
    }  # fmt: skip


def test_a_field_that_one_sheet_answers_is_skipped_by_the_others(example: Path) -> None:
    write_sheets(example, "adorf,b1,1,1,1,,", "adorf,b2,2,2,2,1,50")
    assert missing_of(example, "adorf") == {"b1 B1": "skipped", "b1 B2": "skipped"}


def test_a_field_with_only_weiss_nicht_is_not_one_that_was_not_chosen(example: Path) -> None:
    write_sheets(example, "adorf,b1,1,1,1,weiß nicht,")
    assert missing_of(example, "adorf") == {"b1 B1": "dont_know", "b1 B2": "skipped"}


def test_a_sheet_without_any_answer_is_logged_and_not_counted(example: Path) -> None:
    write_sheets(example, "adorf,b1,1,1,1,1,1", "bestadt,b1,,,,,")
    cleaned = clean_responses(load_study(example))
    assert "bestadt" not in set(cleaned.responses["municipality"])
    entry = cleaned.cleaning_log[cleaned.cleaning_log["rule"] == "sheet_without_answer"]
    assert entry["row"].tolist() == [3]
    assert cleaned.records.set_index("municipality").loc["bestadt", "counted"] == False  # noqa: E712


def test_a_long_file_says_the_same_as_a_wide_one(example: Path) -> None:
    wide = responses_of(example)
    rows = ["municipality,respondent,item,response,comment"]
    for line in (example / "verwaltung.csv").read_text(encoding="utf-8").splitlines()[1:]:
        key, *answers = line.replace('"100,5"', "100.5").split(",")
        rows += [
            f"{key},r1,{item},{answer},"
            for item, answer in zip(("A1", "A2", "A3", "B1", "B2"), answers, strict=True)
            if answer
        ]
    rows[1] += "Leitbild von 2019"
    (example / "verwaltung.csv").write_text("\n".join(rows), encoding="utf-8")
    text = (example / "study.toml").read_text(encoding="utf-8")
    (example / "study.toml").write_text(text.replace("wide", "long", 1), encoding="utf-8")
    cleaned = clean_responses(load_study(example))
    pd.testing.assert_frame_equal(cleaned.responses, wide)
    assert cleaned.comments["comment"].tolist() == ["Leitbild von 2019"]


def test_names_of_persons_become_numbers_and_stay_out_of_the_log(example: Path) -> None:
    path = example / "workshop.csv"
    text = (
        path.read_text(encoding="utf-8")
        .replace(",p1,", ",erika@example.org,")
        .replace(",p2,", ",Max Muster,")
    )
    path.write_text(text, encoding="utf-8")
    cleaned = clean_responses(load_study(example))
    assert {"r1", "r2", "p3"} <= set(cleaned.responses["respondent"])
    assert "erika" not in cleaned.cleaning_log.to_csv()
    assert cleaned.cleaning_log["rule"].tolist().count("pseudonymised") == 2


def test_a_correction_changes_the_value_and_is_logged(example: Path) -> None:
    (example / "corrections.csv").write_text(
        "file,sheet,row,column,old,new,reason\nverwaltung.csv,,3,A1,2,1,Anruf vom 3. Mai\n", encoding="utf-8"
    )
    cleaned = clean_responses(load_study(example))
    rows = cleaned.responses
    of_bestadt = rows[(rows["municipality"] == "bestadt") & (rows["item"] == "A1")]
    assert of_bestadt["code"].tolist() == [1]
    assert "correction: Anruf vom 3. Mai" in cleaned.cleaning_log["rule"].tolist()


@pytest.mark.parametrize(
    ("correction", "found"),
    [
        ("verwaltung.csv,,3,A1,0,1,x", "the old value '0'"),
        ("verwaltung.csv,,33,A1,2,1,x", "row 33"),
        ("verwaltung.csv,,3,A9,2,1,x", "the column 'A9'"),
        ("andere.csv,,3,A1,2,1,x", "'andere.csv'"),
        ("verwaltung.csv,,drei,A1,2,1,x", "'drei'"),
        ("verwaltung.csv,,3,A1,2,1,", "nothing"),
    ],
)
def test_a_correction_that_does_not_fit_is_a_fault(example: Path, correction: str, found: str) -> None:
    (example / "corrections.csv").write_text(
        f"file,sheet,row,column,old,new,reason\n{correction}\n", encoding="utf-8"
    )
    with pytest.raises(RefusedError) as refused:
        clean_responses(load_study(example))
    assert [f.found for f in refused.value.faults] == [found]
    assert refused.value.faults[0].file == "corrections.csv"
    assert refused.value.faults[0].row == 2


SCALE = ResponseScale(
    "s", "ordinal",
    (Option(0, 0.0, {"de": "nein"}), Option(1, 100.0, {"de": "ja"}, ("jawohl",))),
    (NonAnswer("dont_know", {"de": "weiß nicht"}, 98),),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=8))
def test_a_cell_means_something_only_if_the_scale_says_so(cell: str) -> None:
    """No text is taken for an answer unless it is one of the spellings, but for case and blanks."""
    decoded = SCALE.decode(cell)
    if decoded is not None and decoded.missing != "skipped":
        bare = " ".join(cell.replace("\u200b", "").replace("\ufeff", "").casefold().split())
        # 0.0 is the code 0, as a spreadsheet writes it
        whole = re.sub(r"[.,]0*$", "", bare)
        assert whole in {"nein", "ja", "jawohl", "weiss nicht", "0", "1", "98"}


def test_the_example_study_is_what_its_generator_writes(tmp_path: Path) -> None:
    from weltoffen_eval.study.example.generator import write_study

    write_study(tmp_path / "again")
    shipped = load_study("beispiel").folder
    made = sorted(p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file())
    assert made
    for name in made:
        assert (tmp_path / "again" / name).read_bytes() == (shipped / name).read_bytes(), name


def test_the_example_study_holds_the_oddities_of_real_life() -> None:
    study = load_study("beispiel")
    cleaned = clean_responses(study)
    own = cleaned.responses[cleaned.responses["setting"] == "questionnaire"]
    assert len(study.register.municipalities) == 36
    assert "musterstadt" in study.register.by_key
    assert any(m.kind == "Landkreis" for m in study.register.municipalities)
    assert any(m.parent for m in study.register.municipalities)
    sheets = own.groupby(["municipality", "wave"], observed=True)["respondent"].nunique()
    assert sheets.max() > 1
    kinds = {"skipped", "dont_know", "not_applicable", "not_chosen", "not_asked"}
    assert kinds <= set(own["missing"].dropna())
    assert len(sheets) < 2 * 36
    people = (
        cleaned.records[cleaned.records["setting"] == "workshop"].groupby(["municipality", "wave"]).size()
    )
    assert (people.min(), people.max()) == (12, 45)
    assert cleaned.records[cleaned.records["setting"] == "workshop"]["perspective"].nunique() == 4
