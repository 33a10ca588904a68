"""Reports where persons answered: nothing that comes from one person's sheet is in them."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from persons import answered_by_persons
from places import REFERENCE

from weltoffen_eval import load_profile, quality_report, report
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.commands.main import main
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.profile import Profile


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "mini"
    shutil.copytree(REFERENCE / "example" / "study", folder)
    scheme = folder / "scheme.toml"
    text = scheme.read_text(encoding="utf-8")
    scheme.write_text(text.replace("min_group_size = 3", "min_group_size = 5"), encoding="utf-8")
    return folder


def text_of(*parts: Shown) -> str:
    html = "\n".join(bundle_html(part.bundle) for part in parts)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def everything(profile: Profile) -> str:
    return text_of(
        report.title(profile), report.summary(profile), report.overview(profile), report.dimensions(profile),
        report.robustness(profile), report.workshop_topics(profile), report.method(profile),
        report.cleaning_log(profile), report.provenance(profile), quality_report.sheets_received(profile),
        quality_report.unanswered(profile),
    )  # fmt: skip


def test_of_persons_the_log_says_how_often_a_rule_was_applied_and_no_answer(study: Path) -> None:
    path = study / "workshop.csv"
    text = path.read_text(encoding="utf-8").replace(
        "adorf,p1,Zivilgesellschaft,2,", "adorf,p1,Zivilgesellschaft, 2 ,"
    )
    path.write_text(text, encoding="utf-8")
    profile = load_profile(study, "adorf", "2021")
    assert len(profile.persons_log) >= 1
    shown = text_of(report.cleaning_log(profile))
    assert "workshop.csv" not in shown
    assert "p1" not in shown
    assert "Leerzeichen entfernt 1" in shown
    assert "Zum Schutz der Personen" in shown


@pytest.mark.parametrize("count", [1, 4])
def test_of_few_persons_in_the_place_of_the_administration_nothing_is_shown(study: Path, count: int) -> None:
    profile = answered_by_persons(study, ['2,?,,nicht zuständig,"100,5"'] * count)
    assert not profile.own.told
    shown = everything(profile)
    assert "Damit niemand erkennbar wird" in shown
    assert "weiß nicht" not in shown.replace("„Weiß nicht“", "") and "100,5" not in shown
    assert "Stärken" not in shown and "Lücken" not in shown
    # which answer means which state is told of every questionnaire
    shown_of_answers = " ".join(map(text_of, (report.summary(profile), report.dimensions(profile))))
    assert "Noch nicht vorhanden" not in shown_of_answers
    assert "Was ist nicht beantwortet?" not in shown
    assert "Fragen ohne Antwort" not in shown
    assert profile.answers_to("A1") == []
    numbers = profile.own_scores[["score", "low", "high", "n_answered", "coverage"]]
    assert numbers.isna().all().all()


def test_of_enough_persons_answers_are_counted_and_who_gave_none_is_not_told(study: Path) -> None:
    sheets = ["0,0,1,1,50", "1,1,1,1,100", "2,2,1,2,150", "2,2,2,2,200", "1,1,1,,100", "0,?,0,,0"]
    profile = answered_by_persons(study, sheets)
    assert profile.own.told
    shown = everything(profile)
    assert len(profile.answers_to("A1")) == 6
    assert len(profile.answers_to("A2")) == 5
    # four answered B1
    assert profile.answers_to("B1") == []
    assert profile.score("item", "B1")["withheld"] == "group_size"
    assert "einmal weiß nicht" not in shown
    assert "Was ist nicht beantwortet?" not in shown
    assert "Antworten von sechs Personen anstelle der Verwaltung" in shown


def test_no_hash_depends_on_what_persons_answered(study: Path) -> None:
    before = load_profile(study, "adorf", "2021")
    path = study / "workshop.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[1][3] = "0"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    after = load_profile(study, "adorf", "2021")
    assert before.data_sha256 == after.data_sha256
    assert text_of(report.provenance(before)) == text_of(report.provenance(after))
    assert "Antworten" not in text_of(report.provenance(answered_by_persons(study, ["2,2,2,2,100"] * 6)))


def test_scores_of_persons_are_said_to_be_no_publication(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(study)]) == 0
    assert capsys.readouterr().err == "Not for publication: this holds answers of persons.\n"
    (study / "study.toml").write_text(
        (study / "study.toml").read_text(encoding="utf-8").split('[[file]]\npath = "workshop.csv"')[0],
        encoding="utf-8",
    )
    assert main(["score", str(study)]) == 0
    assert capsys.readouterr().err == ""
