"""The workshop report: ten things it must contain, five it must never contain, and what it says of less data."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from foreign import write_csv
from workshops import ALL_PARTS, workshop_of, write_study

from weltoffen_eval import workshop_report
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop

PARTS = (
    workshop_report.title, workshop_report.summary, workshop_report.taking_part, workshop_report.fields,
    workshop_report.questions, workshop_report.notes, workshop_report.agreed, workshop_report.certainty_of,
)  # fmt: skip


def text_of(*parts: Shown) -> str:
    html = "\n".join(bundle_html(part.bundle) for part in parts)
    html = re.sub(r'<svg role="img" aria-label="([^"]*)"', r"\1<svg", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def body_of(workshop: WorkshopProfile) -> str:
    """What a reader meets before the appendix."""
    return text_of(*(part(workshop) for part in PARTS))


def everything_of(workshop: WorkshopProfile) -> str:
    return body_of(workshop) + text_of(
        workshop_report.agreement(workshop), workshop_report.provenance(workshop)
    )


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> WorkshopProfile:
    return workshop_of(tmp_path_factory.mktemp("all") / "runde")


@pytest.fixture(scope="module")
def body(workshop: WorkshopProfile) -> str:
    return body_of(workshop)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of the same answers where no group is small, so that each may be shown."""
    return everything_of(workshop_of(tmp_path_factory.mktemp("shown") / "runde", small=False))


#: Of each thing that a workshop report must contain, what shows it.
MUSTS = {
    "1 date, place, format, moderation": ("16. September 2024", "Bürgerhaus", "drei Stunden", "Büro Beispiel"),
    "2 who was invited and who came, by perspective": ("eingeladen", "anwesend", "mit Bogen", "Politik und Wirtschaft zusammen"),
    "3 which fields were discussed and who chose them": ("Besprochen wurden „Gespräch“ und „Räume“", "die Steuerungsgruppe"),
    "4 kind of rating": ("dieselben Fragen wie im Selbstcheck",),
    "5 all perspectives beside the administration in one picture": ("Verwaltung (Selbstcheck) 50, Politik und Wirtschaft zusammen 48 und Zivilgesellschaft 35",),
    "7 questions with real difference, with n": ("Teilnehmende aus der Zivilgesellschaft sehen bei der Frage „Beirat“ weniger vorhanden als die Verwaltung (Unterschied: 46 von 100 Punkten; sechs Antwortende).",),
    "8 dissent as dissent": ("Keine Einigkeit Ob das Leitbild hilft, blieb strittig.",),
    "9 agreements with who and when": ("Beirat zweimal im Jahr einladen", "Hauptamt", "Dezember 2024", "geplant", "nicht dokumentiert"),
    "10 what the numbers do not say": ("sie stehen nicht stellvertretend für ihre Gruppe", "keinen Auftrag, für andere zu sprechen"),
}  # fmt: skip


@pytest.mark.parametrize("must", MUSTS)
def test_what_a_workshop_report_must_contain(body: str, must: str) -> None:
    for said in MUSTS[must]:
        assert said in body


def test_agreement_comes_before_difference(workshop: WorkshopProfile, body: str) -> None:
    assert body.index("Worin sind sich die Gruppen einig?") < body.index("Worin unterscheiden sie sich?")
    assert body.index("Was sehen alle ähnlich?") < body.index("Was sehen die Gruppen anders?")


def test_at_most_ten_questions_with_a_difference_are_shown_of_the_example() -> None:
    workshop = load_workshop("beispiel", "silbenhausen", "2021")
    said = text_of(workshop_report.questions(workshop))
    assert "Gezeigt sind die zehn von" in said
    assert len(re.findall(r"\(Unterschied: \d+ (?:von 100 )?Punkte", said)) == 10


@pytest.mark.parametrize(
    "never",
    [
        # names of persons, or who is alone in a perspective
        r"Zeuge|\bp\d+\b|Wirtschaft \(n",
        # a group that speaks as one
        r"(?<!aus der )(?:Zivilgesellschaft|Politik|Wirtschaft|Einwohnerschaft) (?:meint|sieht|findet|sagt)\b",
        # statistics that need an explanation
        r"\bp\s?[=<]|ICC|Konfidenz|signifikant|van der Eijk|Cliff",
        # who is right, or what is lacking in somebody
        r"Lücke|Defizit|schlechter|besser als|irrt|zu Unrecht",
        # others' workshops
        r"Dorf|andere Kommunen haben|Durchschnitt aller",
    ],
)
def test_what_a_workshop_report_must_never_contain(body: str, shown: str, never: str) -> None:
    assert not re.search(never, body)
    assert not re.search(never, shown.partition("Abweichung: ")[0])


def test_single_answers_are_counted_where_they_may_be_shown(shown: str) -> None:
    assert "„nicht vorhanden“ fünfmal, „in Planung“ einmal" in shown


def test_the_cover_tells_both_days_and_who_met_without_brackets(body: str) -> None:
    assert "Stand der Daten (Selbstcheck) 30. Juni 2024 Tag des Workshops 16. September 2024" in body
    assert "Personen aus Politik, Zivilgesellschaft und Wirtschaft in Ort" in body


def test_a_day_until_which_something_is_to_be_done_is_told_in_full(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "runde", ("measures",))
    write_csv(folder / "measures.csv", [["municipality", "what", "until"], ["ort", "Beirat", "2025-03-31"]])
    said = text_of(workshop_report.agreed(load_workshop(folder, "ort", "2024")))
    assert "31. März 2025" in said
    assert "2025-03-31" not in said


def test_what_n_is_and_how_many_fields_are_compared_is_told(tmp_path: Path, shown: str) -> None:
    # all answered everything; ratings are of one of the two fields
    assert "n ist die Zahl der Antwortenden." in shown
    said = body_of(workshop_of(tmp_path / "runde", ("ratings",)))
    assert "Im Workshop wurde eines der zwei Handlungsfelder des Fragebogens bewertet" in said


def test_bars_are_spoken_of_only_where_there_are_some(shown: str) -> None:
    assert "stehen Balken" not in shown


def test_coefficients_stand_in_the_appendix_with_their_words(shown: str) -> None:
    before, _, appendix = shown.partition("Abweichung: ")
    assert "eher einig" in before
    assert re.search(r"T2 Leitbild 11 0,18 0,\d\d eher einig", appendix)


def test_with_notes_alone_the_report_gives_the_talk(tmp_path: Path) -> None:
    said = body_of(workshop_of(tmp_path / "runde", ("notes",)))
    assert "Im Workshop wurde nicht bewertet; dieser Bericht gibt das Gespräch wieder." in said
    assert "Einzelne Fragen wurden nicht bewertet." in said
    assert "nur Notizen" in said
    assert "Stärken Der Beirat wird gehört." in said
    assert "Was haben sie verabredet? Was verabredet wurde, ist nicht dokumentiert." in said
    assert "Worin sind sich die Gruppen einig?" not in said
    assert "Verabredungen sind nicht dokumentiert." in said


def test_with_ratings_of_fields_alone_no_question_is_told(tmp_path: Path) -> None:
    said = body_of(workshop_of(tmp_path / "runde", ("ratings",)))
    assert "Elf Personen haben Handlungsfelder mit je einem Wert bewertet" in said
    assert "ein Wert je Handlungsfeld" in said
    assert (
        "Die Verwaltung kommt auf 50 von 100 Punkten, Teilnehmende aus der Zivilgesellschaft kommen auf 30."
        in said
    )
    assert "Einzelne Fragen wurden nicht bewertet." in said
    assert "Was gesagt wurde, ist nicht dokumentiert." in said


def test_mixtures_say_both(tmp_path: Path) -> None:
    said = body_of(workshop_of(tmp_path / "runde", (*ALL_PARTS, "ratings")))
    assert "dieselben Fragen wie im Selbstcheck und ein Wert je Handlungsfeld" in said
    assert "Punkte je Handlungsfeld und Gruppe: Ort" in said
    assert "Bewertungen je Handlungsfeld und Gruppe: Ort" in said


def test_the_public_reads_no_note_that_is_not_released_and_no_single_answer(tmp_path: Path) -> None:
    said = everything_of(workshop_of(tmp_path / "runde", ALL_PARTS, "public", small=False))
    assert "Der Saal könnte abends offen sein." in said
    assert "Der Beirat wird gehört" not in said
    assert "strittig" not in said
    assert "„nicht vorhanden“ fünfmal" not in said
    assert "im Mittel 4 Punkte" in said or "(46" in said
    nothing = everything_of(load_workshop(hidden(tmp_path / "hidden"), "ort", "2024", audience="public"))
    assert "sie sind nicht zur Veröffentlichung freigegeben" in nothing


def hidden(folder: Path) -> Path:
    """The study with one note, which is not released."""
    write_study(folder, ("notes",))
    write_csv(folder / "notes.csv", [["municipality", "dimension", "text"], ["ort", "talk", "Geheim."]])
    return folder


def test_hostile_text_is_text(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "runde", ("notes", "measures"))
    hostile = '<script>alert(1)</script> {{ 7*7 }} {places} =1+1 "'
    write_csv(
        folder / "notes.csv",
        [["municipality", "dimension", "text", "kind"], ["ort", "talk", hostile, "dissent"]],
    )
    write_csv(folder / "measures.csv", [["municipality", "what"], ["ort", hostile]])
    workshop = load_workshop(folder, "ort", "2024")
    html = "\n".join(bundle_html(part(workshop).bundle) for part in PARTS)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {places}") == 3


def test_one_person_alone_is_nothing_that_is_shown(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "runde", ("sheets",))
    rows = (folder / "workshop.csv").read_text(encoding="utf-8").splitlines()
    (folder / "workshop.csv").write_text("\n".join([rows[0], *rows[-4:]]) + "\n", encoding="utf-8")
    said = everything_of(load_workshop(folder, "ort", "2024"))
    assert "Es haben so wenige Personen bewertet, dass ihre Werte nicht gezeigt werden" in said
    assert "nach Gruppen wird nicht unterschieden" in said
    assert not re.search(r"\d+\s\(n", said)


def test_every_number_with_a_key_is_that_of_its_finding(workshop: WorkshopProfile) -> None:
    for part in PARTS:
        shown = part(workshop)
        known = {finding.key: finding for finding in shown.findings}
        for block in shown.bundle.blocks:
            for sentence in getattr(block, "sentences", ()):
                for key, printed in sentence.numbers:
                    name, _, field = key.rpartition(".")
                    value = getattr(known[name], field)
                    assert printed == str(int(abs(value) + 0.5)), (key, printed)
