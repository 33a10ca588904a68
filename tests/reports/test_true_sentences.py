"""Every sentence of every report is true of the numbers printed in it and beside it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from planted import changed
from profiles import profile_of
from sentence_reading import Page, false_sentences, number, unanswered

from weltoffen_eval import quality_report, report
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.definition import load_study

#: One sheet with the wave before; several opinions; parts of one questionnaire; a Kreis; fields not chosen.
CASES = [
    ("musterstadt", "2021"), ("musterstadt", "2024"), ("modellstadt", "2024"), ("tintenstadt", "2024"),
    ("kreis-skizzenfelde", "2024"), ("silbenstadt", "2021"), ("vokabelstadt", "2024"),
]  # fmt: skip


def page_of(profile: Profile) -> str:
    """The parts of a report that hold sentences and tables, as a page."""
    parts = [
        report.summary(profile), report.overview(profile), report.dimensions(profile),
        report.workshop_topics(profile), report.robustness(profile),
    ]  # fmt: skip
    return "\n".join(bundle_html(part.bundle) for part in parts)


def quality_page_of(profile: Profile) -> str:
    parts = [quality_report.sheets_received(profile), quality_report.unanswered(profile)]
    return "\n".join(bundle_html(part.bundle) for part in parts)


@cache
def page(municipality: str, wave: str) -> str:
    return page_of(profile_of("beispiel", municipality, wave))


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_sentence_is_true_of_the_numbers_beside_it(case: tuple[str, str]) -> None:
    assert false_sentences(page(*case)) == []
    assert false_sentences(quality_page_of(profile_of("beispiel", *case))) == []


@pytest.mark.slow
def test_every_sentence_of_every_report_of_the_example_study_is_true() -> None:
    study = load_study("beispiel")
    wrong = []
    for wave in study.waves:
        for municipality in study.register.municipalities:
            try:
                profile = profile_of("beispiel", municipality.key, wave.id)
            except Exception as error:  # who gave no answers has no report
                assert "gave no answers" in str(error)
                continue
            if profile.own_responses.empty:
                # only its workshop came
                continue
            found = [*false_sentences(page_of(profile)), *false_sentences(quality_page_of(profile))]
            wrong += [f"{municipality.key} {wave.id}: {sentence}" for sentence in found]
    assert wrong == []


#: Of whose page, what is planted.
PLANTED = {
    "other points": ("musterstadt", "2024", changed(r"\d+ Punkte: ", "1 Punkte: ")),
    "another word": ("musterstadt", "2024", changed(r"Punkte: [\w ]+\.", "Punkte: kaum vorhanden.")),
    "more fields": ("musterstadt", "2024", changed(r"In allen sieben Handlungsfeldern liegt", "In allen sechs Handlungsfeldern liegt")),
    "above for below": ("tintenstadt", "2024", changed(r"In \w+ Handlungsfeld(ern)? liegt", "In fünf Handlungsfeldern liegt")),
    "more below": ("tintenstadt", "2024", changed(r", in [^.]+ darunter", ", in sechs darunter")),
    "higher for lower": ("musterstadt", "2024", changed(r"niedriger angegeben als 2021;", "höher angegeben als 2021;")),
    "more fields that changed": (
        "musterstadt",
        "2024",
        changed(r"In \w+ Handlungsfeldern ist der Stand", "In fünf Handlungsfeldern ist der Stand"),
    ),
    "a small change": ("musterstadt", "2024", changed(r"um \w+ Punkte (höher|niedriger)", r"um vier Punkte \1")),
    "laid down for done": ("musterstadt", "2024", changed(r"Hier wird mehr getan, als schriftlich", "Hier ist mehr festgelegt als")),
    "another maximum": ("tintenstadt", "2024", changed(r"Am meisten wirken sich nicht beantwortete Fragen in „[^“]+“", "Am meisten wirken sich nicht beantwortete Fragen in „Management und Steuerung“")),
    "another widest": ("musterstadt", "2024", changed(r"am stärksten in „Arbeit[^“]+“", "am stärksten in „Management und Steuerung“")),
    "more below the median": ("musterstadt", "2024", changed(r"In („[^“]+“) liegen die Punkte um", r"In „Interkulturelle Öffnung und Antirassismus“ und \1 liegen die Punkte um")),
    "another below the median": ("musterstadt", "2024", changed(r"In „[^“]+“ liegen die Punkte um", r"In „Management und Steuerung“ liegen die Punkte um")),
    "all that are not all": ("musterstadt", "2024", changed(r"In sechs Handlungsfeldern ist der Stand", "In allen sechs Handlungsfeldern ist der Stand")),
    "not all that are all": ("modellstadt", "2024", changed(r"In allen sieben Handlungsfeldern ist der Stand", "In sieben Handlungsfeldern ist der Stand")),
    "a wider range": ("musterstadt", "2024", changed(r"neun von zehn Fällen zwischen \d+ und", "neun von zehn Fällen zwischen 1 und")),
    "more to talk about": ("musterstadt", "2024", changed(r"Hier stehen \w+ Fragen, über die", "Hier stehen zehn Fragen, über die")),
    "another question": ("musterstadt", "2024", changed(r"nicht beantwortet: [^.]+\.", "nicht beantwortet: Anhörung.")),
    "another field alone": ("musterstadt", "2024", changed(r"wirkt sich nur in „[^“]+“", "wirkt sich nur in „Management und Steuerung“")),
    "done though little is": ("musterstadt", "2024", changed(r"Konzepte 50 Punkte, Umsetzung 75 Punkte", "Konzepte 0 Punkte, Umsetzung 38 Punkte")),
    "a greater rise": ("musterstadt", "2024", changed(r"\(um 40 von 100", "(um 41 von 100")),
    "another rise": ("musterstadt", "2024", changed(r"am meisten in „[^“]+“", "am meisten in „Management und Steuerung“")),
    "another fall": ("musterstadt", "2024", changed(r"\(um elf von 100", "(um zwölf von 100")),
    "fewer criteria": ("musterstadt", "2024", changed(r"vorhanden \(drei von 30", "vorhanden (drei von 29")),
    "another count": ("tintenstadt", "2024", changed(r"Drei Fragen sind nicht beantwortet", "Vier Fragen sind nicht beantwortet")),
    "a longer list": ("tintenstadt", "2024", changed(r"Diese drei Fragen sind", "Diese vier Fragen sind")),
    "a weaker strength": ("musterstadt", "2024", changed(r"Orte der Begegnung – weitgehend vorhanden", "Daten und Wirkung – in Ansätzen vorhanden")),
    "more others": ("musterstadt", "2024", changed(r"13 oder 14 andere", "20 oder 21 andere")),
    "another field in need": ("musterstadt", "2024", changed(r"„[^“]+“ hat die wenigsten Punkte", "„Management und Steuerung“ hat die wenigsten Punkte")),
    "another field that fell": ("musterstadt", "2024", changed(r"In „[^“]+“ ist der Stand niedriger angegeben als 2021: ", "In „Management und Steuerung“ ist der Stand niedriger angegeben als 2021: ")),
    "a number nobody reads": ("musterstadt", "2024", changed(r"<p", "<p>Es gibt 17 Fragen.</p><p")),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_sentence_that_is_planted_is_found(name: str) -> None:
    municipality, wave, plant = PLANTED[name]
    assert len(false_sentences(plant(page(municipality, wave)))) >= 1


def test_at_most_ten_questions_are_proposed_and_three_suggestions_for_a_field() -> None:
    for case in CASES:
        soup = Page(page(*case)).soup
        topics = [h for h in soup.find_all("h3") if str(h.get("id", "")).startswith("topics-")]
        proposed = [li.get_text(" ") for h in topics for li in h.find_next("ul").find_all("li")]  # type: ignore[union-attr]
        assert len(proposed) <= 10
        questions = [re.sub(r"^[^:]+: | \(Antwort.*", "", entry) for entry in proposed]
        assert len(set(questions)) == len(questions), "none twice"
        for heading in soup.select("h3[id^=dimension-]"):
            listing = heading.find_next(["ul", "h3"])
            if listing is not None and listing.name == "ul":
                assert len(listing.find_all("li")) <= 3


def test_every_question_of_a_field_stands_in_one_state() -> None:
    for case in CASES:
        read = Page(page(*case))
        for heading in read.soup.select("h3[id^=dimension-]"):
            field = heading.get_text(strip=True)
            told = heading.find_next(["dl", "h3"])
            if told is None or told.name == "h3":
                continue
            named = [name for dd in told.find_all("dd") for name in dd.get_text(" ", strip=True).split("; ")]
            asked = [answer for answer in read.answers(field) if answer != "nicht gestellt"]
            assert len(named) == len(set(named)) == len(asked), field


def test_several_sheets_are_counted_in_the_order_of_the_scale() -> None:
    answers = [answer for rows in Page(page("modellstadt", "2024")).tables.values() for *_, answer in rows]
    several = [answer for answer in answers if re.match(r"(ein|zwei|drei)mal ", answer)]
    scale = ["nicht vorhanden", "in Planung", "in Vorbereitung", "vereinzelt",
             "liegt als Entwurf oder für einzelne Bereiche vor", "überwiegend",
             "verbindlich beschlossen oder angeordnet", "dauerhaft gesichert",
             "verbindlich, bekannt und regelmäßig überprüft", "weiß nicht",
             "nicht zuständig oder trifft hier nicht zu", "keine Angabe", "nicht gestellt"]  # fmt: skip
    assert several
    for answer in several:
        parts = re.findall(r"(\w+mal) (.+?)(?=, \w+mal |$)", answer)
        assert sum({"einmal": 1, "zweimal": 2, "dreimal": 3}[times] for times, _ in parts) == 3
        places = [scale.index(word) for _, word in parts]
        assert places == sorted(places), answer


def test_the_reading_itself() -> None:
    assert [number(word) for word in ("sieben", "Eine", "einem", "13")] == [7, 1, 1, 13]
    assert (
        unanswered(["weiß nicht", "vereinzelt", "einmal vereinzelt, zweimal keine Angabe", "keine Angabe"])
        == 2
    )
