"""The shipped questionnaire as people read it: statements under one stem, short names, pairs, both editions."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest
from places import ROOT

from weltoffen_eval.study.questionnaire.files import load_instrument

EDITIONS = ("selbstcheck-1", "selbstcheck-2")
INSTRUMENTS = ROOT / "weltoffen_eval" / "instruments"
KINDS = {"Gemeinde", "Stadt", "kreisfreie Stadt", "Landkreis", "Kreis"}
#: design: the fields and how many statements stand in each since the one on contracts moved to opening
ITEMS = {
    "management": 15, "opening": 16, "access": 27, "economy": 11, "engagement": 13, "cohesion": 13,
    "communication": 13,
}  # fmt: skip
#: criteria in which concept and practice share an object; the last three were found on reading
PAIRS = {
    "management.goals", "opening.staff", "opening.training", "opening.antiracism", "access.culture",
    "economy.employers", "economy.skilled_workers", "economy.founders", "cohesion.places",
    "communication.conflict",
    "management.responsibility", "access.language", "engagement.participation",
}  # fmt: skip
GENDER_SIGN = re.compile(r"\w[*:_·/]-?[iI]n(nen)?\b|[a-zäöüß]In(nen)?\b|\([iI]n(nen)?\)")
ASKS = re.compile(
    r"\?|^(Gibt|Ist|Sind|Hat|Haben|Werden|Wird|Liegt|Liegen|Besteht|Bestehen|Können|Kann|Wie|Wer|Was|Ob|Inwieweit|"
    r"Is|Are|Does|Do|Has|Have|Whether|How|Who|What)\b"
)


def rows(edition: str, name: str) -> list[dict[str, str]]:
    with (INSTRUMENTS / edition / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def texts(edition: str) -> list[tuple[str, str, str]]:
    """Every text of an edition's tables with its place: file, row, text."""
    found = []
    for name in ("items", "suggestions", "glossary"):
        for row in rows(edition, name):
            found += [(name, key, text) for key, text in row.items() if key.endswith(("_de", "_en"))]
    return found


def titles(edition: str) -> list[Mapping[str, str]]:
    """Every text of instrument.toml in all its languages."""
    instrument = load_instrument(edition)
    said = [instrument.title, instrument.stem, instrument.instructions]
    said += [entry.title for entry in (*instrument.dimensions, *instrument.criteria)]
    answers = [a for scale in instrument.scales for a in (*scale.options, *scale.non_answers)]
    said += [answer.label for answer in answers]
    return said + [text for answer in answers for text in (answer.suggestion, answer.help) if text]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_108_items_in_seven_fields_and_30_criteria(edition: str) -> None:
    items = rows(edition, "items")
    assert Counter(row["dimension"] for row in items) == ITEMS
    assert len({row["criterion"] for row in items}) == 30
    assert all(row["criterion"].split(".")[0] == row["dimension"] for row in items)
    assert [int(row["position"]) for row in items] == list(range(1, 109))
    assert len({row["item"] for row in items}) == 108
    assert {row["direction"] for row in items} == {row["weight"] for row in items} == {"1"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_short_names_differ_and_have_at_most_four_words(edition: str, language: str) -> None:
    labels = [row[f"label_{language}"] for row in rows(edition, "items")]
    assert len(set(labels)) == 108
    assert [label for label in labels if not 1 <= len(label.split()) <= 4 or label.endswith(".")] == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_item_is_one_statement_that_can_follow_the_stem(edition: str, language: str) -> None:
    said = [row[f"text_{language}"] for row in rows(edition, "items")]
    assert len(set(said)) == 108
    for text in said:
        assert re.fullmatch(r"[A-ZÄÖÜ][^.!?:;]+\.", text), text
        assert ASKS.search(text) is None, text
        assert 30 <= len(text) <= (130 if language == "de" else 150), text
        # a statement speaks to nobody
        assert not re.search(r"\b(Sie|Ihre[mnr]?|your?)\b", text), text


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_text_has_gender_signs_former_words_or_written_out_umlauts(edition: str) -> None:
    former = ("Gibt es", "gibt es", "weltoffen", "fest verankert", "kommunale Vertretung", "kommunalen Vertretung",
              "Ausländer ", "Flüchtling", "Migrant ", "Bürgerinnen", "Integration oder Vielfalt")  # fmt: skip
    german = [text for _, key, text in texts(edition) if key.endswith("_de")]
    german += [title["de"] for title in titles(edition)]
    for text in german:
        assert not GENDER_SIGN.search(text), text
        assert not [word for word in former if word in text], text
        assert not re.search(r"\b(fuer|ueber|koennen|muessen|Buerger|Gefluechtete|regelmaessig)\b", text), (
            text
        )


@pytest.mark.parametrize(
    "text", ["Mitarbeiter*innen", "Bürger:in", "BürgerInnen", "Lehrer/-innen", "Leiter(in)"]
)
def test_gender_signs_are_found(text: str) -> None:
    assert GENDER_SIGN.search(text)


@pytest.mark.parametrize(
    "text", ["Gewinnen Sie Menschen.", "ein Termin", "Interkulturelle Öffnung", "Lehrkräfte in Schulen"]
)
def test_words_without_gender_signs_are_left_alone(text: str) -> None:
    assert not GENDER_SIGN.search(text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_empty_in_either_language(edition: str) -> None:
    assert [place for place in texts(edition) if not place[2].strip() or place[2] != place[2].strip()] == []
    said = titles(edition)
    # title, stem, instructions; fields; criteria; answers of two scales; what is added to some of them:
    # suggestions to plans and weiß nicht, explanations to deeds and nicht zuständig
    assert len(said) == 3 + 7 + 30 + 2 * (5 + 3) + (2 + 2) + (5 + 2)
    assert all({"de", "en"} <= set(title) and all(title.values()) for title in said)


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_laid_down_and_what_is_done_are_answered_on_scales_of_their_own(edition: str) -> None:
    scales = {"concept": "regelung-5", "practice": "umsetzung-5"}
    assert all(row["scale"] == scales[row["aspect"]] for row in rows(edition, "items"))
    said = {scale.id: [o.label["de"] for o in scale.options] for scale in load_instrument(edition).scales}
    # the table of the design
    assert said["umsetzung-5"] == [
        "nicht vorhanden", "in Planung", "vereinzelt", "überwiegend", "dauerhaft gesichert",
    ]  # fmt: skip
    assert said["regelung-5"] == [
        "nicht vorhanden", "in Vorbereitung", "liegt als Entwurf oder für einzelne Bereiche vor",
        "verbindlich beschlossen oder angeordnet", "verbindlich, bekannt und regelmäßig überprüft",
    ]  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_pair_holds_what_is_laid_down_and_what_is_done_on_one_object(edition: str) -> None:
    held = defaultdict(set)
    for row in rows(edition, "items"):
        assert row["pair"] in ("", row["criterion"])
        held[row["pair"]].add(row["aspect"])
    held.pop("")
    assert set(held) == PAIRS
    assert all(aspects == {"concept", "practice"} for aspects in held.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_items_apply_to_kinds_that_exist_and_never_to_none(edition: str) -> None:
    limited = {
        row["item"]: row["applies_to"].split(";") for row in rows(edition, "items") if row["applies_to"]
    }
    assert all(set(kinds) < KINDS for kinds in limited.values())
    # Kreis and Landkreis are two words for one thing
    assert all(("Kreis" in kinds) == ("Landkreis" in kinds) for kinds in limited.values())
    assert {"FZ13", "FZ16", "ZB01", "ZB06"} <= limited.keys()


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_item_has_one_suggestion_shown_only_where_nothing_is_there(edition: str) -> None:
    suggestions = rows(edition, "suggestions")
    assert [row["item"] for row in suggestions] == [row["item"] for row in rows(edition, "items")]
    assert {row["at_most"] for row in suggestions} == {"0"}
    assert len({row["text_de"] for row in suggestions}) == 108
    assert [row["text_de"] for row in suggestions if not row["text_de"].endswith(".")] == []
    assert [row["text_de"] for row in suggestions if len(row["text_de"]) > 160] == []
    # Sie form
    assert [row["text_de"] for row in suggestions if not re.search(r"\bSie\b", row["text_de"])] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_words_for_people_are_explained(edition: str) -> None:
    terms = {row["term_de"] for row in rows(edition, "glossary")}
    # no. 6 of the design
    assert terms >= {
        "Menschen mit Einwanderungsgeschichte", "Zugewanderte", "Neuzugewanderte", "Geflüchtete",
        "Migrantenorganisationen", "Rat oder Kreistag",
    }  # fmt: skip


def test_contracts_and_grants_stand_under_protection_from_discrimination() -> None:
    (row,) = (row for row in rows("selbstcheck-1", "items") if row["item"] == "AW12")
    assert (row["dimension"], row["criterion"]) == ("opening", "opening.antiracism")


def test_the_mapping_says_once_what_became_of_every_item() -> None:
    first, second = (
        {row["item"]: row for row in rows(edition, "items")} for edition in ("selbstcheck-1", "selbstcheck-2")
    )
    mapping = rows("selbstcheck-2", "mapping")
    assert sorted(row["previous"] for row in mapping if row["previous"]) == sorted(first)
    assert sorted(row["item"] for row in mapping if row["item"]) == sorted(second)
    dropped = {row["previous"] for row in mapping if not row["item"]}
    added = {row["item"] for row in mapping if not row["previous"]}
    # new-items of the design: what each of the eight replaces
    assert dropped == {"MS01", "IO04", "FZ17", "FZ25", "AW08", "EB04", "ZB11", "KK04"}
    assert added == {"N15", "N01", "N06", "N09", "N16", "N11", "N08", "N13"}
    assert {row["comparable"] for row in mapping if not (row["previous"] and row["item"])} == {"no"}
    for row in mapping:
        if row["previous"] and row["item"]:
            assert row["previous"] == row["item"]
            alike = first[row["item"]]["text_de"] == second[row["item"]]["text_de"]
            assert row["comparable"] == ("yes" if alike else "reworded")
            kept = ("dimension", "criterion", "scale", "aspect", "applies_to", "label_de")
            assert [first[row["item"]][k] for k in kept] == [second[row["item"]][k] for k in kept]
    assert {row["item"] for row in mapping if row["comparable"] == "reworded"} == {"IO10", "KK03"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_read_as_it_is_written(edition: str) -> None:
    instrument = load_instrument(edition)
    assert instrument.id == edition
    assert [item.id for item in instrument.items] == [row["item"] for row in rows(edition, "items")]
    pairs = {item.id: item.pair for item in instrument.items}
    assert pairs["IO12"] == "opening.antiracism"
    assert pairs["IO13"] == ""
    assert instrument.item_by_id["FZ13"].applies_to == ("kreisfreie Stadt", "Landkreis", "Kreis")
    assert instrument.previous == {"selbstcheck-1": "", "selbstcheck-2": "selbstcheck-1"}[edition]
