"""Every kind of file by the contract: its columns, its heads and words in both languages, what it needs."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from given_studies import AT_DIALOGUE, given_faults, given_in, told, values_of, write_given

from weltoffen_eval.study.file_heads import HEADS, NEEDED, OF_ALL
from weltoffen_eval.study.kinds.records import MODELS, read_back, written

#: The contract (03, Other kinds of file), copied by hand: columns in order, needed ones with a star.
CONTRACT = {
    "field_ratings": "respondent perspective* dimension* rating*",
    "notes": "dimension text* kind group released",
    "participants": "participant* perspective organisation stratum present",
    "statements": "statement* question* text* group released",
    "codes": "statement* coder* code*",
    "codebook": "code* title* definition anchor boundary dimension influence sensitive",
    "questions": "question* text*",
    "outcomes": "position* text* source",
    "events": (
        "date format place duration title participants registered groups seed invited not_reached chosen_by "
        "moderation interpreting answered_by help next source"
    ),
    "measures": (
        "what* measure dimension who until evidence status source priority resources needs_decision origin take"
    ),
}


@pytest.mark.parametrize("kind", CONTRACT)
def test_a_kind_has_exactly_the_columns_of_the_contract(kind: str) -> None:
    columns = CONTRACT[kind].split()
    fields = MODELS[kind].model_fields
    assert list(fields) == [name.rstrip("*") for name in columns]
    assert {name for name in fields if fields[name].is_required()} == set(NEEDED[kind])
    assert NEEDED[kind] == tuple(name.rstrip("*") for name in columns if name.endswith("*"))
    whose = () if kind in OF_ALL else ("municipality", "ags")
    assert set(HEADS[kind]) == {*fields, *whose, "wave", "setting"}


@pytest.mark.parametrize("kind", CONTRACT)
def test_a_head_means_one_column_of_its_kind(kind: str) -> None:
    words = [word.casefold() for name, german in HEADS[kind].items() for word in {name, *german}]
    others = [word for word in words if words.count(word) > 1]
    # AGS is written in both languages alike
    assert set(others) <= {"ags", "text", "position", "definition", "moderation", "status", "code",
                           "format", "organisation"}  # fmt: skip


GERMAN = {
    "notes": (
        "Kommune;Handlungsfeld;Notiz;Art;Gruppe;freigegeben\nAdorf;Feld A;Mehr Räume.;Widerspruch;2;ja\n",
        {"dimension": "alpha", "text": "Mehr Räume.", "kind": "dissent", "group": "2", "released": True},
    ),
    "participants": (
        "Kommune;Person;Perspektive;Einrichtung;Schicht;anwesend\nadorf;t1;Politik;Rat;Nord;nein\n",
        {"participant": "t1", "perspective": "politics", "organisation": "Rat", "stratum": "Nord", "present": False},
    ),
    "outcomes": (
        "AGS;Nummer;Ergebnis;Quelle\n01001001;3;Es gibt einen Beirat.;Protokoll\n",
        {"position": 3, "text": "Es gibt einen Beirat.", "source": "Protokoll"},
    ),
    "events": (
        "Kommune;Datum;Teilnehmende;angemeldet;Gruppen;Startzahl;nicht erreicht;Ausblick\n"
        "adorf;5.3.2024;41;48;6;7;Jugendliche;Der Bericht geht an den Rat.\n",
        {"date": datetime.date(2024, 3, 5), "participants": 41, "registered": 48, "groups": 6, "seed": 7,
         "not_reached": "Jugendliche", "next": "Der Bericht geht an den Rat."},
    ),
    "measures": (
        "Kommune;Maßnahme;Kennung;Handlungsfeld;Wer;Bis wann;Stand;Priorität;Mittel;Beschluss nötig;Anlass\n"
        "adorf;Beirat;M1;beta;Hauptamt;Ende 2025;nicht weiterverfolgt;1;vorhanden;ja;Unterschied:Feld B\n",
        {"what": "Beirat", "measure": "M1", "dimension": "beta", "who": "Hauptamt", "until": "Ende 2025",
         "status": "dropped", "priority": 1, "resources": "existing", "needs_decision": True,
         "origin": "gap:beta", "take": False},
    ),
    "questions": ("Frage;Wortlaut\n1;Wo?\n", {"question": "1", "text": "Wo?"}),
    "codebook": (
        "Code;Titel;Einfluss;sensibel;Handlungsfeld;Ankerbeispiel\nort;Orte;andere;ja;alpha;Am Markt\n",
        {"code": "ort", "title": "Orte", "influence": "other", "sensitive": True, "dimension": "alpha",
         "anchor": "Am Markt"},
    ),
    "field_ratings": (
        "Kommune;Person;Gruppe;Handlungsfeld;Bewertung\nadorf;t1;Zivilgesellschaft;Feld B;12,5\n",
        {"respondent": "t1", "perspective": "civil_society", "dimension": "beta", "rating": 12.5},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GERMAN)
def test_heads_and_words_may_be_german(tmp_path: Path, kind: str) -> None:
    text, expected = GERMAN[kind]
    folder = write_given(tmp_path, (kind, AT_DIALOGUE, text))
    (read,) = values_of(folder, kind)
    # what may be yes or no is no where nothing is said, which the contract says
    assert {name: value for name, value in read.items() if name in expected or value is not False} == expected
    (row,) = given_in(folder).of(kind)
    assert (row.row, row.wave, row.setting) == (2, "2024", "dialogue")
    assert row.municipality == ("" if kind in OF_ALL else "adorf")


def test_statements_and_their_codes_are_read_in_german(tmp_path: Path) -> None:
    folder = write_given(
        tmp_path,
        ("statements", AT_DIALOGUE, "Kommune;Aussage;Leitfrage;Text;Gruppe\nadorf;S1;4;Keine Zeit.;3\n"),
        ("codebook", "", "Code;Titel\nzeit;Zeit\n"),
        ("codes", AT_DIALOGUE, "Kommune;Aussage;Codiert von;Code\nadorf;S1;A;zeit\nadorf;S1;Konsens;zeit\n"),
    )
    assert values_of(folder, "statements") == [
        {"statement": "S1", "question": "4", "text": "Keine Zeit.", "group": "3", "released": False}
    ]
    assert [code["coder"] for code in values_of(folder, "codes")] == ["A", "consensus"]


@pytest.mark.parametrize("kind", GERMAN)
def test_a_record_that_was_stored_is_the_same_again(tmp_path: Path, kind: str) -> None:
    (row,) = given_in(write_given(tmp_path, (kind, AT_DIALOGUE, GERMAN[kind][0]))).of(kind)
    assert read_back(kind, written(row.values)) == row.values


@pytest.mark.parametrize(
    ("kind", "head", "row", "column", "expected"),
    [
        ("notes", "municipality,text,kind", "adorf,x,Lob", "kind", "one of strength, need, idea, dissent, remark"),
        ("notes", "municipality,text,released", "adorf,x,vielleicht", "released", "yes, no (ja, nein) or nothing"),
        ("notes", "municipality,text", "adorf,", "text", "a text"),
        ("notes", "municipality,text,dimension", "adorf,x,gamma", "dimension", "one of alpha, beta"),
        ("events", "municipality,date", "adorf,2024-13-01", "date", "a date such as 2024-06-30"),
        ("events", "municipality,date", "adorf,1899-12-31", "date", "from 1900 to 2100"),
        ("events", "municipality,date", "adorf,1.1.2101", "date", "from 1900 to 2100"),
        ("events", "municipality,participants", "adorf,rund 60", "participants", "a whole number in digits"),
        ("outcomes", "municipality,position,text", "adorf,0,x", "position", "a whole number from 1 on"),
        ("measures", "municipality,what,status", "adorf,x,fertig", "status", "one of planned, under_way, done, dropped"),
        ("measures", "municipality,what,priority", "adorf,x,4", "priority", "1, 2, 3 or nothing"),
        ("measures", "municipality,what,origin", "adorf,x,MS03", "origin", "item:…, gap:…"),
        ("participants", "municipality,participant,perspective", "adorf,t1,Presse", "perspective", "one of Verwaltung"),
        ("field_ratings", "municipality,perspective,dimension,rating", "adorf,Politik,alpha,101", "rating", "0 to 100"),
        ("field_ratings", "municipality,perspective,dimension,rating", "adorf,,alpha,10", "perspective", "a text"),
        ("codebook", "code,title,influence", "a,b,Bund", "influence", "one of municipality, other"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_be_is_a_fault_at_its_place(
    tmp_path: Path, kind: str, head: str, row: str, column: str, expected: str
) -> None:
    (fault,) = given_faults(write_given(tmp_path, (kind, AT_DIALOGUE, f"{head}\n{row}\n")))
    assert (fault.row, fault.column, fault.file) == (2, column, f"{kind}1.csv")
    assert expected in fault.expected
    assert fault.advice
    assert fault.municipality == ("" if kind in OF_ALL else "adorf")


def test_until_is_kept_as_it_stands_be_it_a_date_or_words(tmp_path: Path) -> None:
    rows = "adorf,a,2025-06-30\nadorf,b,30.06.2025\nadorf,c,sofort\n"
    folder = write_given(tmp_path, ("measures", AT_DIALOGUE, "municipality,what,until\n" + rows))
    assert [row["until"] for row in values_of(folder, "measures")] == ["2025-06-30", "30.06.2025", "sofort"]
    assert told(given_faults(folder)) == []
