"""Nobody is there twice, persons have pseudonyms, offices their name."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import clean, faults_of, write_study

HEAD = "municipality,respondent,Gruppe,A1,A2,B1,B2"
MIXED = 'perspective_column = "Gruppe"'


def study(folder: Path, *rows: str, setting: str = "workshop") -> Path:
    text = "\n".join([HEAD, *rows]) + "\n"
    return write_study(folder, ("a.csv", text), keys=MIXED, setting=setting)


def respondents(folder: Path) -> dict[str, list[str]]:
    rows = clean(folder).responses.drop_duplicates(["perspective", "respondent"])
    return {p: sorted(of["respondent"]) for p, of in rows.groupby("perspective", observed=True)}


def test_two_perspectives_may_each_number_theirs_and_all_names_differ(tmp_path: Path) -> None:
    rows = [f"adorf,{n},{p},1,1,1,{n}" for p in ("Politik", "Wirtschaft") for n in (1, 2)]
    found = respondents(study(tmp_path / "a", *rows, "adorf,3,Politik,1,1,1,3"))
    assert found == {"politics": ["1@politics", "2@politics", "3"], "business": ["1@business", "2@business"]}
    assert respondents(study(tmp_path / "b", "adorf,3,Politik,1,1,1,3", *reversed(rows))) == found


def test_a_name_twice_in_one_perspective_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(study(tmp_path, "adorf,1,Politik,1,1,1,1", "adorf,1,Politik,2,1,1,1"))
    assert (fault.row, fault.municipality) == (3, "adorf")
    assert "with other answers" in fault.found
    assert fault.kind == "respondent_twice_otherwise"
    assert "a.csv, row 2" in fault.advice


def test_a_record_sent_twice_is_told_as_the_same(tmp_path: Path) -> None:
    first = HEAD + "\nadorf,1,Politik,1,1,1,1\n"
    folder = write_study(
        tmp_path, ("a.csv", first), ("b.csv", first + "adorf,2,Politik,1,1,1,1\n"), keys=MIXED
    )
    (fault,) = faults_of(folder)
    assert (fault.file, fault.row) == ("b.csv", 2)
    assert "with the same answers as in a.csv" in fault.found
    assert fault.kind == "respondent_twice"
    assert "take the older one out of study.toml" in fault.advice


@pytest.mark.parametrize("name", ["merged", "Participants", "consensus", "@"])
def test_reserved_words_name_nobody(tmp_path: Path, name: str) -> None:
    (fault,) = faults_of(study(tmp_path, f"adorf,{name},Politik,1,1,1,1"))
    assert fault.row == 2


def test_offices_keep_their_name_and_persons_do_not(tmp_path: Path) -> None:
    rows = [f"adorf,{name},Verwaltung,1,1,1,1" for name in ("Amt für Jugend", "Erika Muster", "amt@adorf.de")]
    assert respondents(study(tmp_path, *rows, setting="questionnaire")) == {
        "administration": ["Amt für Jugend", "r1", "r2"]
    }
    assert respondents(study(tmp_path / "b", "adorf,Amt für Jugend,Politik,1,1,1,1")) == {"politics": ["r1"]}


def test_whoever_is_named_as_responsible_is_an_office(tmp_path: Path) -> None:
    answers = [
        f"adorf,{name},Verwaltung,{given},1,1,1" for name, given in (("FB 50", 0), ("Bauen und Umwelt", 2))
    ]
    keys = MIXED + '\nsheets = "merge"\nresponsible = "who.csv"'
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "who.csv").write_text("item,respondent\nA1,FB 50\n", encoding="utf-8")
    text = "\n".join([HEAD, *answers, "adorf,Haus der Vielfalt,Verwaltung,2,1,1,1"]) + "\n"
    write_study(folder, ("a.csv", text), keys=keys, setting="questionnaire")
    assert respondents(folder) == {"administration": ["FB 50", "r1", "r2"]}


def test_a_telephone_number_is_replaced(tmp_path: Path) -> None:
    rows = [f"adorf,{name},Verwaltung,1,1,1,1" for name in ("0441-12345", "2024-12345")]
    assert respondents(study(tmp_path, *rows, setting="questionnaire")) == {
        "administration": ["2024-12345", "r1"]
    }
