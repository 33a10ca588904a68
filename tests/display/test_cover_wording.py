"""The head of a report: whose it is, without saying a kind twice, and who is not counted."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from profiles import profile_of

from weltoffen_eval import quality_report, report
from weltoffen_eval.blocks import Facts
from weltoffen_eval.display.cover_wording import designation
from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.study.register import Municipality


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Landkreis Silbental", "Landkreis", "Landkreis Silbental in Schleswig-Holstein"),
        ("landkreis Silbental", "Landkreis", "landkreis Silbental in Schleswig-Holstein"),
        ("Silbental (Landkreis)", "Landkreis", "Silbental (Landkreis) in Schleswig-Holstein"),
        (
            "Silbental, kreisfreie Stadt",
            "kreisfreie Stadt",
            "Silbental, kreisfreie Stadt in Schleswig-Holstein",
        ),
        ("Musterstadt", "Stadt", "Musterstadt, Stadt in Schleswig-Holstein"),
        ("Gemeindetal", "Gemeinde", "Gemeindetal, Gemeinde in Schleswig-Holstein"),
        ("Adorf", "", "Adorf in Schleswig-Holstein"),
        ("Adorf", "a.c (x", "Adorf, a.c (x in Schleswig-Holstein"),
    ],
)
def test_a_kind_that_the_name_says_is_not_repeated(name: str, kind: str, expected: str) -> None:
    municipality = Municipality("x", name, kind=kind, state="SH")
    assert designation(municipality, load_language("de")) == expected


def test_a_kind_that_stands_before_the_name_is_not_repeated() -> None:
    language = load_language("de")
    words = {**language.words, "terms": {**language.words["terms"], "municipality": "Gemeinde"}}
    named = [
        designation(Municipality("x", "Adorf", kind=kind, state="Region 5"), replace(language, words=words))
        for kind in ("Gemeinde", "Stadt")
    ]
    assert named == ["Adorf in Region 5", "Adorf, Stadt in Region 5"]


@pytest.mark.parametrize(
    ("state", "language", "expected"),
    [
        ("SL", "de", "Adorf, Stadt im Saarland"),
        ("BY", "en", "Adorf, town in Bavaria"),
        ("Arica y Parinacota", "de", "Adorf, Stadt in Arica y Parinacota"),
        ("", "de", "Adorf, Stadt"),
    ],
)
def test_a_state_is_written_out(state: str, language: str, expected: str) -> None:
    municipality = Municipality("x", "Adorf", kind="Stadt", state=state)
    assert designation(municipality, load_language(language)) == expected


def test_a_kreis_that_its_name_says_is_not_repeated() -> None:
    municipality = Municipality("x", "Burgenlandkreis", kind="Landkreis", state="ST")
    assert designation(municipality, load_language("de")) == "Burgenlandkreis in Sachsen-Anhalt"


@pytest.mark.parametrize(
    ("name", "of", "whence", "who", "where"),
    [
        ("Musterstadt", "von Musterstadt", "Musterstadt", "Musterstadt", "in Musterstadt"),
        ("Landkreis Skizzenstadt", "des Landkreises Skizzenstadt", "dem Landkreis Skizzenstadt",
         "der Landkreis Skizzenstadt", "im Landkreis Skizzenstadt"),
        ("Kreis Skizzenfelde", "des Kreises Skizzenfelde", "dem Kreis Skizzenfelde",
         "der Kreis Skizzenfelde", "im Kreis Skizzenfelde"),
        ("Rhein-Muster-Kreis", "des Rhein-Muster-Kreises", "dem Rhein-Muster-Kreis",
         "der Rhein-Muster-Kreis", "im Rhein-Muster-Kreis"),
        ("Stadt Adorf", "der Stadt Adorf", "der Stadt Adorf", "die Stadt Adorf", "in der Stadt Adorf"),
    ],
)  # fmt: skip
def test_a_name_stands_in_a_sentence_as_german_asks_for(
    name: str, of: str, whence: str, who: str, where: str
) -> None:
    language = load_language("de")
    forms = [language.place(name, form) for form in ("of_place", "from_place", "place", "in_place")]
    assert forms == [of, whence, who, where]


@pytest.mark.parametrize(
    ("status", "released_on", "expected"),
    [
        ("draft", None, "Entwurf"),
        ("released", None, "freigegeben"),
        ("released", datetime.date(2021, 6, 30), "freigegeben am 30. Juni 2021"),
        ("released", datetime.date(2024, 1, 2), "freigegeben am 2. Januar 2024"),
        # the data are younger than the release
        ("released", datetime.date(2021, 6, 29), "Entwurf"),
        ("draft", datetime.date(2024, 1, 2), "Entwurf"),
    ],
)
def test_the_cover_says_whether_a_report_is_released(
    status: str, released_on: datetime.date | None, expected: str
) -> None:
    profile = profile_of("beispiel", "musterstadt", "2021")
    assert profile.wave.date == datetime.date(2021, 6, 30)
    municipality = replace(profile.municipality, status=status, released_on=released_on)
    for part in (report, quality_report):
        shown = part.title(replace(profile, municipality=municipality))
        (facts,) = [block for block in shown.bundle.blocks if isinstance(block, Facts)]
        assert {term: entry.text for term, entry in facts.facts}["Fassung"] == expected


def test_who_is_left_out_is_counted_and_not_named() -> None:
    of_study = load_catalogue("study", "de")
    assert of_study.text("left_out", count=1).startswith("Nicht berücksichtigt ist eine Kommune, weil")
    assert of_study.text("left_out", count=3).startswith("Nicht berücksichtigt sind 3 Kommunen, weil")
    said = load_catalogue("common", "de")
    assert "die Angaben einer weiteren Kommune, weil" in said.text("others_left_out", count=1)
    assert "die Angaben von zwei weiteren Kommunen, weil" in said.text("others_left_out", count=2)


@pytest.mark.parametrize(("language", "marked"), [("en", "de"), ("de", "")])
def test_what_people_wrote_is_marked_where_it_is_not_in_the_language_of_the_report(
    language: str, marked: str
) -> None:
    profile = replace(profile_of("beispiel", "musterstadt", "2021"), language=language)
    shown = (report.title(profile), report.summary(profile), report.provenance(profile))
    facts = [block for part in shown for block in part.bundle.blocks if isinstance(block, Facts)]
    told = [entry for block in facts for _, entry in block.facts]
    written = (
        profile.study.title, profile.study.source, profile.municipality.mandate, profile.municipality.contact,
    )  # fmt: skip
    for text in written:
        found = [entry.sentences for entry in told if entry.text == text]
        assert found, text
        for sentences in found:
            languages = [(start, end, name) for said in sentences for start, end, name in said.foreign]
            assert languages == ([(0, len(text), marked)] if marked else [])
