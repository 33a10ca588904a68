"""Keys of the contract that later steps use: read, checked, and there as attributes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from foreign import question
from small_studies import FILE, INSTRUMENT, ITEMS, REGISTER, STUDY

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import Study, read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses
from weltoffen_eval.study.responses.parted_sheets import parted_groups

ANSWERS = "municipality,respondent,A1,A2,B1,B2\n"
MORE_ITEMS = """item,dimension,position,scale,direction,pair,aspect,applies_to,label_de,text_de,text_en
A1,alpha,1,stufen,1,p,concept,,Kurz,Frage A1,Question A1
A2,alpha,2,stufen,1,p,practice,Landkreis; Kreis,,Frage A2,
B1,beta,3,anzahl,1,,,,,Frage B1,
B2,beta,4,anteil,1,,,,,Frage B2,
"""


def study_of(
    folder: Path,
    answers: dict[str, tuple[str, str]],
    study: str = STUDY,
    register: str = REGISTER,
    instrument: str = INSTRUMENT,
    items: str = ITEMS,
    **others: str,
) -> tuple[Study | None, list[Fault]]:
    """A study whose files hold ``answers``: by path the keys of its [[file]] and its rows."""
    listed = "".join(FILE.format(path=p, setting="questionnaire", keys=k) for p, (k, _) in answers.items())
    texts = {
        "study.toml": study + listed,
        "municipalities.csv": register,
        "instrument/instrument.toml": instrument,
    }
    texts |= {
        "instrument/items.csv": items,
        **{name: ANSWERS + rows for name, (_, rows) in answers.items()},
        **others,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return read_study(folder, faults), faults


def cleaned(study: Study | None, faults: list[Fault]) -> CleanedStudy:
    assert study is not None
    return read_responses(study, faults)


OWN = 'perspective = "administration"'


def test_what_a_questionnaire_says_beside_its_items_is_there(tmp_path: Path) -> None:
    (tmp_path / "instrument").mkdir()
    (tmp_path / "instrument" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>'
    )
    head = 'stem = { de = "Inwieweit …?" }\ninstructions = { de = "So." }\n'
    brand = '[brand]\nname = { de = "WK" }\nlogo = "logo.svg"\nlogo_text = { de = "Ein Kreis" }\ncolour = "#0b5a78"\n'
    option = 'label = { de = "nein" }, help = { de = "Gar nicht." }, suggestion = { de = "Anfangen." }'
    instrument = head + INSTRUMENT.replace('label = { de = "nein" }', option) + brand
    study, faults = study_of(
        tmp_path,
        {"a.csv": (OWN, "adorf,a,1,1,10,45\n")},
        instrument=instrument,
        items=MORE_ITEMS,
        **{
            "instrument/glossary.csv": "term_de,text_de\nLeitbild,Was gilt.\n",
            "instrument/suggestions.csv": "item,at_most,text_de,text_en\nA1,0,Tun Sie es.,Do it.\n",
        },
    )
    assert faults == [] and study is not None
    read = study.instruments["2024"]
    assert (read.stem["de"], read.instructions["de"]) == ("Inwieweit …?", "So.")
    assert read.brand is not None and read.brand.logo == tmp_path / "instrument" / "logo.svg"
    assert study.brand_of("2024") is read.brand and read.brand.colour == "#0b5a78"
    first = read.scale_by_id["stufen"].options[0]
    assert (first.help["de"], first.suggestion["de"]) == ("Gar nicht.", "Anfangen.")
    assert [(e.term["de"], e.text["de"]) for e in read.glossary] == [("Leitbild", "Was gilt.")]
    assert read.suggestions[0].texts == {"de": "Tun Sie es.", "en": "Do it."}
    item, other = read.items[:2]
    assert (item.pair, item.label["de"], item.text["en"], item.applies_to) == ("p", "Kurz", "Question A1", ())
    assert other.applies_to == ("Landkreis", "Kreis")


@pytest.mark.parametrize(
    "damage",
    [
        (
            INSTRUMENT,
            '[brand]\nname = { de = "W" }\nlogo = "../x.svg"\nlogo_text = { de = "x" }\n',
            "brand logo",
        ),
        (INSTRUMENT, '[brand]\nname = { de = "W" }\ncolour = "blau"\n', "brand colour"),
        (INSTRUMENT, '[brand]\ncolour = "#000000"\n', "brand name"),
    ],
)
def test_a_wrong_brand_is_a_fault(tmp_path: Path, damage: tuple[str, str, str]) -> None:
    text, more, column = damage
    _, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, instrument=text + more)
    assert [fault.column for fault in faults] == [column]


def test_an_item_that_is_not_put_to_a_kind_is_not_asked_where_its_cell_is_empty(tmp_path: Path) -> None:
    rows = "adorf,a,1,,10,45\nbestadt,b,1,2,10,45\nkreis,c,1,,10,45\nohne,d,1,,10,45\n"
    register = REGISTER + "ohne,Ohne,,\n"
    study, faults = study_of(tmp_path, {"a.csv": (OWN, rows)}, items=MORE_ITEMS, register=register)
    found = cleaned(study, faults).responses.query("item == 'A2'").set_index("municipality")
    assert faults == []
    assert found["missing"].astype(object).where(found["missing"].notna(), "").to_dict() == {
        "adorf": "not_asked",
        "bestadt": "",
        "kreis": "skipped",
        "ohne": "skipped",
    }


def test_a_perspective_of_its_own_is_accepted_wherever_the_five_are(tmp_path: Path) -> None:
    more = '[[perspective]]\nid = "parents"\ntitle = { de = "Eltern" }\n[report]\nperspective = "parents"\n'
    more += '[words]\nunit = { de = ["Schule", "Schulen"] }\nanswers_from = { de = "Angaben der Eltern" }\n'
    study, faults = study_of(
        tmp_path,
        {
            "a.csv": ('perspective = "parents"', "adorf,a,1,1,10,45\n"),
            "b.csv": (
                'perspective_column = "respondent"',
                "adorf,eltern,1,1,10,45\nadorf,Politik,1,1,10,45\n",
            ),
        },
        study=STUDY + more,
    )
    assert study is not None and study.report.perspective == "parents"
    assert (
        study.words.unit == {"de": ("Schule", "Schulen")}
        and study.words.answers_from["de"] == "Angaben der Eltern"
    )
    assert study.files[0].perspective == "parents" and study.perspectives["parents"]["de"] == "Eltern"
    assert [f.column for f in faults] == []


@pytest.mark.parametrize("name", ["merged", "politics", "Eltern heute"])
def test_a_reserved_perspective_is_a_fault(tmp_path: Path, name: str) -> None:
    more = f'[[perspective]]\nid = "{name}"\ntitle = {{ de = "Eltern" }}\n'
    _, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, study=STUDY + more)
    assert [fault.column for fault in faults] == ["perspective 1 id"]


def test_sheets_are_merged_or_averaged_but_not_both_and_never_of_persons(tmp_path: Path) -> None:
    merge = f'{OWN}\nsheets = "merge"'
    study, faults = study_of(
        tmp_path,
        {
            "a.csv": (merge, "adorf,a,1,,,\n"),
            "b.csv": (OWN, "adorf,b,,1,,\nbestadt,b,1,1,1,1\n"),
            "c.csv": (f'{merge}\nunit = "persons"', "kreis,c,1,1,1,1\n"),
        },
    )
    assert [(f.file, f.column) for f in faults] == [("study.toml", "file 3 sheets")]
    cleaned(study, faults)
    assert ("b.csv", 2, "adorf") in [(f.file, f.row, f.municipality) for f in faults]
    assert not [f for f in faults if f.municipality == "bestadt"]


def test_sheets_that_do_not_overlap_are_told(tmp_path: Path) -> None:
    rows = "adorf,a,1,,10,\nadorf,b,,1,,45\nbestadt,a,1,1,10,\nbestadt,b,1,,,45\n"
    study, faults = study_of(tmp_path, {"a.csv": (OWN, rows)})
    assert study is not None and parted_groups(study, cleaned(study, faults)) == [
        ("adorf", "2024", "administration", 2)
    ]


def test_who_is_responsible_is_read_and_held_against_items_and_municipalities(tmp_path: Path) -> None:
    keys = f'{OWN}\nsheets = "merge"\nresponsible = "wer.csv"'
    table = "item,respondent,municipality\nA1,bau,\nA9,bau,\nA2,bau,nirgends\n"
    study, faults = study_of(tmp_path, {"a.csv": (keys, "adorf,bau,1,1,1,1\n")}, **{"wer.csv": table})
    assert study is not None and study.files[0].responsible["", "A1"] == "bau"
    assert [(f.file, f.column) for f in faults] == [("wer.csv", "item"), ("wer.csv", "municipality")]


def test_the_register_holds_consent_status_and_date(tmp_path: Path) -> None:
    head = "municipality,name,ags,parent,consent,contact,mandate,status,released_on\n"
    register = head + "adorf,A,,kreis,ja,Frau A,Beschluss 1,freigegeben,30.06.2024\nkreis,K,,,,,,,\n"
    study, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, register=register)
    assert faults == [] and study is not None
    first, other = study.register.municipalities
    assert (first.consent, first.status, first.released_on) == ("yes", "released", datetime.date(2024, 6, 30))
    assert (first.contact, first.mandate) == ("Frau A", "Beschluss 1")
    assert (other.consent, other.status, other.released_on) == ("no", "draft", None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("adorf,A,,adorf,,,,,", "parent"),
        ("adorf,A,,,vielleicht,,,,", "consent"),
        ("adorf,A,,,,,,fertig,", "status"),
        ("adorf,A,,,,,,,31.02.2024", "released_on"),
        ("adorf,A,123,,,,,,", "ags"),
        ("adorf,A,08A15000,,,,,,", "ags"),
    ],
)
def test_what_the_register_does_not_know_is_a_fault(tmp_path: Path, row: str, column: str) -> None:
    head = "municipality,name,ags,parent,consent,contact,mandate,status,released_on\n"
    _, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, register=head + row + "\n")
    assert [(f.row, f.column) for f in faults] == [(2, column)]


def test_corrections_that_came_back_are_read_and_may_not_contradict(tmp_path: Path) -> None:
    head = "file,row,column,old,new,reason\n"
    tables = {
        "corrections.csv": head + "a.csv,2,A1,1,2,x\n",
        "corrections/adorf.csv": head + "a.csv,2,A1,1,2,the same\na.csv,2,A2,1,0,y\n",
    }
    study, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, **tables)
    found = cleaned(study, faults).responses.set_index("item")["code"]
    assert faults == [] and (found["A1"], found["A2"]) == (2, 0)
    tables["corrections/bdorf.csv"] = head + "a.csv,2,A1,1,0,z\n"
    _, faults = study_of(tmp_path, {"a.csv": (OWN, "adorf,a,1,1,10,45\n")}, **tables)
    assert [(f.file, f.row) for f in faults] == [("corrections/bdorf.csv", 2)]


def test_a_percent_is_a_number_of_a_scale_to_100_and_of_no_other(tmp_path: Path) -> None:
    study, faults = study_of(tmp_path, {"a.csv": (OWN, 'adorf,a,1,1,10,"45,5 %"\nbestadt,a,1,1,45 %,45\n')})
    found = cleaned(study, faults).responses.query("item == 'B2'").set_index("municipality")["value"]
    assert found["adorf"] == 45.5
    assert [(f.row, f.column) for f in faults] == [(3, "B1")]


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        ('[brand]\nname = {{ de = "{text}" }}', "brand name"),
        ('[words]\nunit = {{ de = ["{text}", "Schulen"] }}', "words unit"),
        ('[words]\nanswers_from = {{ de = "{text}" }}', "words answers_from"),
        ('[[perspective]]\nid = "x"\ntitle = {{ de = "{text}" }}', "perspective 1 title"),
    ],
)
@pytest.mark.parametrize("text", ["x" * 3000, "a\\nb"], ids=["3000 letters", "two lines"])
def test_a_word_of_every_report_stands_in_one_short_line(
    tmp_path: Path, damage: str, place: str, text: str
) -> None:
    folder = question(tmp_path / "study")
    path = folder / "study.toml"
    settings = path.read_text(encoding="utf-8").replace(
        '[words]\nanswers_from = { de = "Angaben der Webseite" }\n', ""
    )
    path.write_text(
        settings.replace("[[wave]]", f"{damage.format(text=text)}\n[[wave]]", 1), encoding="utf-8"
    )
    faults: list[Fault] = []
    read_study(folder, faults)
    assert [(fault.file, fault.column) for fault in faults] == [("study.toml", place)]
