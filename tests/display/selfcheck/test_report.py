"""The report of a municipality: its figures, tables and sentences say the same, in German, with reasons."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from places import CASES, REFERENCE
from profiles import profile_of

from weltoffen_eval import load_profile, quality_report, report, tables, wording
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.blocks import Facts, Figure, Heading, Paragraph, Sentence, Table
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.selfcheck import summary, topics
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.profile import Profile


@pytest.fixture
def mini() -> Profile:
    return load_profile(REFERENCE / "example" / "study", "bestadt", "2021")


def telling(profile: Profile) -> Telling:
    return Telling(profile, "selfcheck")


def said(sentences: Iterable[Sentence | None]) -> str:
    return " ".join(sentence.text for sentence in sentences if sentence is not None)


def everything(profile: Profile) -> list[Shown]:
    return [
        report.title(profile), report.summary(profile), report.overview(profile), report.dimensions(profile),
        report.workshop_topics(profile), report.method(profile), report.cleaning_log(profile),
        report.glossary(profile), report.provenance(profile), quality_report.sheets_received(profile),
        quality_report.unanswered(profile),
    ]  # fmt: skip


def text_of(profile: Profile) -> str:
    html = "\n".join(bundle_html(part.bundle) for part in everything(profile))
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize("case", CASES, ids=lambda c: "-".join(c[1:]))
def test_no_report_holds_what_no_reader_should_see(case: tuple[str, str, str]) -> None:
    text = text_of(profile_of(*case))
    assert not re.search(r"\bnan\b|\bNone\b|<NA>|\bTrue\b|\bFalse\b|skipped|dont_know|withheld", text)
    assert not re.search(r"\d\.\d{2,}", text.replace("0.21.15", "").replace("10.5281", "")), (
        "an unrounded number"
    )
    assert not re.search(r"\b(the|and|of|score|coverage|item|administration)\b", text.split("Quelle")[0])


@pytest.mark.parametrize("case", CASES, ids=lambda c: "-".join(c[1:]))
def test_every_figure_has_a_specific_alternative_text(case: tuple[str, str, str]) -> None:
    profile = profile_of(*case)
    blocks = [b for part in everything(profile) for b in part.bundle.blocks]
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert figures
    texts = [figure.alternative for figure in figures]
    assert len(set(texts)) == len(texts)
    for figure in figures:
        assert 40 <= len(figure.alternative) <= 400
        assert profile.municipality.name in figure.alternative
        shown = {row[1] for row in figure.table.rows}
        assert any(value in figure.alternative for value in shown)


@pytest.mark.parametrize("case", CASES, ids=lambda c: "-".join(c[1:]))
def test_anchors_are_unique_and_levels_not_skipped(case: tuple[str, str, str]) -> None:
    html = "\n".join(bundle_html(part.bundle) for part in everything(profile_of(*case)))
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(set(anchors)) == len(anchors)
    referred = re.findall(r'(?:href="#|url\(#)([^")]+)', html)
    assert set(referred) <= set(anchors)


def test_the_same_profile_gives_the_same_bytes() -> None:
    once, again = (
        [bundle_html(part.bundle) for part in everything(profile_of("beispiel", "musterstadt", "2021"))]
        for _ in range(2)
    )
    assert once == again


def test_sentences_of_the_worked_example(mini: Profile) -> None:
    # scores by hand: see the README of the example; B2 is 50.25 of 1 applicable item
    assert said(wording.dimension_score(telling(mini), "alpha")) == (
        "Kein Wert: Von den drei Fragen dieses Handlungsfelds ist eine beantwortet; nötig sind mindestens zwei."
    )
    assert said(wording.dimension_score(telling(mini), "beta")) == "50 Punkte: obere Hälfte."
    assert answer(telling(mini), "A2").text == "weiß nicht"
    assert answer(telling(mini), "B2").text == "100,5"
    assert said(summary.who_answered(telling(mini))) == (
        "Eine Stelle der Verwaltung hat den Fragebogen ausgefüllt (Stand: 30. Juni 2021). "
        "Beantwortet sind zwei der vier Fragen, die auf die Kommune zutreffen."
    )


def test_a_field_not_chosen_is_named_as_no_fault() -> None:
    profile = load_profile(REFERENCE / "example" / "study", "cekreis", "2021")
    assert "Nicht gewählt hat die Kommune „Feld B“; das ist vorgesehen und kein Mangel." in (
        said(summary.who_answered(telling(profile)))
    )
    blocks = report.dimensions(profile).bundle.blocks
    shown = [block.text for block in blocks if isinstance(block, Heading) and block.level == 3]
    assert shown == ["Feld A", "Feld B"]
    assert isinstance(blocks[-1], Paragraph), "nothing more is said of a field not chosen"
    assert tables.dimension_profile(telling(profile)).rows[1][1] == "Handlungsfeld nicht gewählt"


def test_synthetic_data_say_so(mini: Profile) -> None:
    assert "synthetisch" in bundle_html(report.title(mini).bundle)
    real = load_profile("egi-chile", "putre", "2019")
    assert "synthetisch" not in bundle_html(report.title(real).bundle)
    assert "CC BY 4.0" in bundle_html(report.provenance(real).bundle)


def test_who_gave_no_answers_has_no_profile() -> None:
    with pytest.raises(CallError, match="gave no answers"):
        load_profile("egi-chile", "antartica", "2021")


def test_a_profile_is_the_same_from_stored_tables_and_from_raw_files(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weltoffen_eval.commands.main import main

    in_memory = load_profile("mini", "adorf", "2021")
    assert main(["clean", "mini"]) == 0
    folder = project / "data" / "processed" / "mini"
    stored = load_profile("mini", "adorf", "2021")
    for part, other in zip(everything(in_memory), everything(stored), strict=True):
        assert part.bundle == other.bundle
    # what is stored no longer counts once a raw file has changed
    raw = project / "data" / "raw" / "mini" / "verwaltung.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace("adorf,ja", "adorf,nein"), encoding="utf-8")
    assert load_profile("mini", "adorf", "2021").score("item", "A1")["score"] == 0
    shutil.rmtree(folder)
    assert load_profile("mini", "adorf", "2021").score("item", "A1")["score"] == 0


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.5, "1"), (1.5, "2"), (2.5, "3"), (49.499, "49"), (float("nan"), "–"), (100.0, "100")],
)
def test_points_are_rounded_as_people_do_it(value: float, printed: str) -> None:
    assert load_language("de").points(value) == printed


def test_numbers_in_german() -> None:
    assert load_language("de").decimal(12.5) == "12,5"
    assert load_language("de").decimal(3.0) == "3"
    assert load_language("de").listing(["a", "b", "c"]) == "a, b und c"
    assert load_language("de").range(51.6, 64.4) == "52 bis 64"
    assert load_language("de").range(51.6, 52.4) == "52"


def test_each_answer_stands_with_its_points_and_the_state_it_means() -> None:
    blocks = report.method(profile_of("beispiel", "musterstadt", "2024")).bundle.blocks
    (table,) = [block for block in blocks if isinstance(block, Table) and block.name == "scales"]
    # from instrument.toml: umsetzung-5 (practice) and regelung-5 (concept)
    assert table.rows == (
        ("0", "nicht vorhanden", "nicht vorhanden", "Noch nicht vorhanden"),
        ("25", "in Vorbereitung", "in Planung", "In Arbeit"),
        ("50", "liegt als Entwurf oder für einzelne Bereiche vor", "vereinzelt", "In Arbeit"),
        ("75", "verbindlich beschlossen oder angeordnet", "überwiegend", "Vorhanden"),
        ("100", "verbindlich, bekannt und regelmäßig überprüft", "dauerhaft gesichert", "Vorhanden"),
    )


def test_the_files_are_those_from_which_the_numbers_of_the_report_come() -> None:
    profile = profile_of("beispiel", "musterstadt", "2024")
    told = [{term: entry.text for term, entry in block.facts}
            for part in (report.provenance(profile), quality_report.provenance(profile))
            for block in part.bundle.blocks if isinstance(block, Facts)]  # fmt: skip
    assert [facts["Dateien"] for facts in told] == [
        "2024/verwaltung.csv", "2024/verwaltung.csv und 2024/workshop.csv",
    ]  # fmt: skip
    assert [facts.get("Dateien von 2021") for facts in told] == ["2021/verwaltung.csv", None]


def test_the_first_page_names_what_is_open_what_varies_and_what_fell() -> None:
    blocks = report.summary(profile_of("beispiel", "musterstadt", "2024")).bundle.blocks
    (noted,) = [{t: e.text for t, e in block.facts} for block in blocks if isinstance(block, Facts)]
    assert list(noted) == [
        "Unsicher", "Höher als 2021", "Niedriger als 2021", "Als Nächstes", "Grundlage", "Ansprechstelle",
    ]  # fmt: skip
    assert noted["Grundlage"] == "Beschluss der Stadtvertretung vom 18. Februar 2021"
    # 2024/verwaltung.csv has one answer "weiß nicht", to KK12
    assert noted["Unsicher"].startswith("Eine Frage ist nicht beantwortet: Schutz für Gewählte. ")
    varies = noted["Unsicher"].removeprefix("Eine Frage ist nicht beantwortet: Schutz für Gewählte. ")
    (firm, *_) = report.robustness(profile_of("beispiel", "musterstadt", "2024")).bundle.blocks
    field = "„Arbeit und wirtschaftliche Entwicklung“"
    assert isinstance(firm, Paragraph) and f"am stärksten in {field}." in firm.text
    assert re.fullmatch(
        rf"Bei anderer Gewichtung schwankt {field} am stärksten: in neun von zehn Fällen zwischen \d+ und \d+ Punkten\.",
        varies,
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("0,0,0,1,5", "Bei dieser Frage gehen die Antworten der Stellen der Verwaltung auseinander."),
        ("0,2,0,1,5", "Bei diesen zwei Fragen gehen die Antworten der Stellen der Verwaltung auseinander."),
        # the first question is proposed already, as the one of which least is there
        ("0,0,2,2,5", "Bei dieser Frage gehen die Antworten der Stellen der Verwaltung auseinander."),
    ],
)
def test_of_all_that_differ_none_is_said_to_differ_most(answers: str, expected: str, example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(
        f"municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,{answers}\nadorf,b2,2,0,0,2,200\n",
        encoding="utf-8",
    )
    told = topics.blocks(telling(load_profile(example, "adorf", "2021")))
    assert expected in [block.text for block in told if isinstance(block, Paragraph)]


def test_in_a_first_wave_no_field_is_said_to_have_fallen_and_the_page_names_a_place_in_the_report() -> None:
    first, later = (profile_of("beispiel", "musterstadt", wave) for wave in ("2021", "2024"))
    assert "gesunken" not in bundle_html(report.workshop_topics(first).bundle)
    assert "in dem die wenigsten Punkte sind." in bundle_html(report.workshop_topics(first).bundle)
    for profile in (first, later):
        # the page is a file of its own, too, which has no other section
        page = bundle_html(report.summary(profile).bundle)
        assert "stehen im Bericht unter „Für den Workshop“." in page and "im Abschnitt" not in page
