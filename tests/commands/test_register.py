"""The register from the official list; the records are made by hand, after its public description."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from calls import call_within
from official_lists import RECORDS, fixed_width
from openpyxl import Workbook
from places import ROOT

from weltoffen_eval.drafting.official_list.choosing import Wanted, choose
from weltoffen_eval.drafting.official_list.entries import OfficialPlace
from weltoffen_eval.drafting.official_list.reading import read_official_list
from weltoffen_eval.errors import Fault, RefusedError

HEAD = "municipality,name,ags,kind,state,population,parent"


@pytest.fixture(params=["text", "text of old", "workbook"])
def official(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "workbook":
        book = Workbook()
        book.active.title = "Deckblatt"
        book.active.append(["Gemeindeverzeichnis"])
        sheet = book.create_sheet("Onlineprodukt_Gemeinden30062024")
        sheet.append(["Gemeinden in Deutschland nach Fläche, Bevölkerung"])
        sheet.append(["Satzart", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)"])
        sheet.append(["", "", "Land", "RB", "Kreis", "VB", "Gem", "Gemeindename", "Fläche km2", "insgesamt"])
        for satzart, key, verband, name, mark, people in RECORDS:
            parts = [key[:2], key[2:3], key[3:5], verband, key[5:8]]
            sheet.append([satzart, mark, *parts, name, 12.5, int(people) if people else None])
        book.save(tmp_path / "AuszugGV.xlsx")
        return tmp_path / "AuszugGV.xlsx"
    path = tmp_path / "GV100AD_300624.txt"
    encoding = "cp1252" if request.param == "text of old" else "utf-8"
    path.write_text("\r\n".join(map(fixed_width, RECORDS)) + "\r\n", encoding=encoding, newline="")
    return path


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_register_is_filled_by_keys_with_the_landkreis_of_each(official: Path) -> None:
    done = call_within(ROOT, "register", "--from", str(official), "--ags", "03252002,1051044", "010010000000")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        HEAD,
        "bad-muender-am-deister,Bad Münder am Deister,03252002,Stadt,NI,17500,landkreis-hameln-pyrmont",
        "heide,Heide,01051044,Stadt,SH,21737,kreis-dithmarschen",
        "flensburg,Flensburg,01001000,kreisfreie Stadt,SH,92550,",
        "landkreis-hameln-pyrmont,Landkreis Hameln-Pyrmont,03252,Landkreis,NI,17500,",
        # 12,433 + 21,737
        "kreis-dithmarschen,Kreis Dithmarschen,01051,Landkreis,SH,34170,",
    ]


def test_names_are_found_with_and_without_their_title_and_never_by_nearness(official: Path) -> None:
    asked = "Stadt Osnabrück; Winsen (Luhe); brunsbüttel, stadt; Landkreis Osnabrück"
    done = call_within(ROOT, "register", "--from", str(official), "--names", asked, "--no-kreise")
    assert [row["ags"] for row in rows_of(done.stdout)] == ["03404000", "03353040", "01051011", "03459"]
    for name in ("Brunsbütel", "Bad Münder", "Heid"):
        done = call_within(ROOT, "register", "--from", str(official), "--names", name)
        assert done.returncode == 3
        assert f"no '{name}'" in done.stderr
        assert not done.stdout


def test_a_name_in_two_parts_is_found_however_its_slash_is_spaced() -> None:
    """The list of 31 March 2023 has "Lauenburg/ Elbe, Stadt" beside "Fröndenberg/Ruhr, Stadt"."""
    place = OfficialPlace("01053083", "Lauenburg/ Elbe, Stadt", "Stadt", 11321)
    asked = [Wanted(name=name) for name in ("Lauenburg/Elbe", "Lauenburg / Elbe", "Stadt Lauenburg/ Elbe")]
    for one in asked:
        faults: list[Fault] = []
        assert (list(choose([place], [one], "x", faults)), faults) == ([place], [])


def test_a_name_that_several_have_is_a_fault_with_all_of_them(official: Path) -> None:
    done = call_within(ROOT, "register", "--from", str(official), "--names", "Rosengarten", "Osnabrück")
    assert done.returncode == 3
    for told in ("03353029 Rosengarten (Gemeinde, Landkreis Harburg, NI)", "06631020", "03404000", "03459 "):
        assert told in done.stderr


def test_a_landkreis_has_no_people_where_one_of_its_gemeinden_is_not_counted(official: Path) -> None:
    done = call_within(ROOT, "register", "--from", str(official), "--ags", "03353")
    assert [(row["name"], row["population"]) for row in rows_of(done.stdout)] == [("Landkreis Harburg", "")]


def test_nothing_is_overwritten_and_keys_of_a_study_stay(tmp_path: Path, official: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    register = study / "municipalities.csv"
    register.write_text(
        "municipality,name,ags\nwinsen,Winsen (Luhe),\nHei,heide,01051044\n", encoding="utf-8"
    )
    before = register.read_bytes()
    call = ("register", "--from", str(official), "--study", str(study))
    assert call_within(ROOT, *call, "--out", str(register)).returncode == 2
    assert call_within(ROOT, *call, "--ags", "01001000").returncode == 2
    assert register.read_bytes() == before
    done = call_within(ROOT, *call, "--out", str(tmp_path / "new.csv"), "--no-kreise")
    assert done.returncode == 0
    rows = rows_of((tmp_path / "new.csv").read_text(encoding="utf-8"))
    assert [(row["municipality"], row["ags"]) for row in rows] == [
        ("Hei", "01051044"),
        ("winsen", "03353040"),
    ]
    register.unlink()
    assert call_within(ROOT, *call, "--ags", "01001000").returncode == 0
    assert rows_of(register.read_text(encoding="utf-8"))[0]["name"] == "Flensburg"


def test_what_the_list_does_not_know_of_a_register_stays_in_it(tmp_path: Path, official: Path) -> None:
    register = tmp_path / "municipalities.csv"
    register.write_text(
        "municipality,contact,name,ags,consent,status,released_on\n"
        "w,Amt 12,Winsen,03353040,ja,freigegeben,30.06.2024\nheide,,Stadt Heide,01051044,,,\n",
        encoding="utf-8",
    )
    done = call_within(ROOT, "register", "--from", str(official), "--study", str(tmp_path), "--no-kreise",
                       "--out", str(tmp_path / "new.csv"))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["municipality"]: row for row in rows_of((tmp_path / "new.csv").read_text(encoding="utf-8"))}
    kept = ("name", "contact", "consent", "status", "released_on")
    assert [rows["w"][name] for name in kept] == [
        "Winsen (Luhe)",
        "Amt 12",
        "ja",
        "freigegeben",
        "30.06.2024",
    ]
    assert [rows["heide"][name] for name in kept] == ["Heide", "", "", "", ""]


def test_a_name_against_the_ags_beside_it_is_a_fault(tmp_path: Path, official: Path) -> None:
    (tmp_path / "municipalities.csv").write_text(
        "municipality,name,ags\nx,Brunsbüttel,01051044\n", encoding="utf-8"
    )
    done = call_within(ROOT, "register", "--from", str(official), "--study", str(tmp_path),
                       "--out", str(tmp_path / "new.csv"))  # fmt: skip
    assert done.returncode == 3
    assert "01051044 beside the name 'Brunsbüttel'; of the list it is 'Heide, Stadt'" in done.stderr
    assert not (tmp_path / "new.csv").exists()


def test_another_file_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("municipality,name\na,b\n", encoding="utf-8")
    done = call_within(ROOT, "register", "--from", str(path), "--ags", "01001000")
    assert (done.returncode, "row 1" in done.stderr, "GV100AD" in done.stderr) == (3, True, True)
    book = Workbook()
    book.active.append(["60"])
    book.save(tmp_path / "x.xlsx")
    done = call_within(ROOT, "register", "--from", str(tmp_path / "x.xlsx"), "--ags", "01001000")
    assert (done.returncode, "Onlineprodukt_Gemeinden" in done.stderr) == (3, True)
    assert call_within(ROOT, "register", "--from", str(path)).returncode == 2


AT = 5
RECORD = fixed_width(RECORDS[AT])
#: Records of which something was lost or put in, so that its fields stand elsewhere; the line of the Gemeinde.
SHIFTED = {
    "a digit of the date lost": RECORD[:4] + RECORD[5:],
    "a letter of the name lost": RECORD[:24] + RECORD[25:],
    "a digit of the area lost": RECORD[:130] + RECORD[131:],
    "a digit of the area put in": RECORD[:130] + "0" + RECORD[130:],
    "cut off within the people": RECORD[:147],
    "digits of another script": RECORD[:140] + "\u0663" + RECORD[141:],
}


@pytest.mark.parametrize("how", SHIFTED)
def test_a_record_whose_fields_were_shifted_is_a_fault_of_its_line(tmp_path: Path, how: str) -> None:
    lines = [fixed_width(record) for record in RECORDS]
    lines[AT] = SHIFTED[how]
    path = tmp_path / "GV100AD.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_official_list(path)
    assert [fault.row for fault in refused.value.faults] == [AT + 1]


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "GV100AD.txt"
    path.write_text("\n".join(map(fixed_width, [*RECORDS, RECORDS[AT]])) + "\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_official_list(path)
    assert [fault.found for fault in refused.value.faults] == ["01051011 (Brunsbüttel, Stadt) twice"]


@pytest.mark.parametrize(
    ("column", "value"), [(1, "6O"), (4, None), (5, None), (7, ""), (7, "0011"), (10, 12.5), (10, "1.25")]
)
def test_a_row_of_the_workbook_without_whole_key_or_people_is_a_fault(
    tmp_path: Path, column: int, value: object
) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Onlineprodukt_Gemeinden30062024"
    for satzart, key, verband, name, mark, people in RECORDS:
        parts = [key[:2], key[2:3], key[3:5], verband, key[5:8]]
        sheet.append([satzart, mark, *parts, name, 12.5, int(people) if people else None])
    sheet.cell(AT + 1, column).value = value
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(RefusedError) as refused:
        read_official_list(tmp_path / "x.xlsx")
    assert [fault.row for fault in refused.value.faults] == [AT + 1]
