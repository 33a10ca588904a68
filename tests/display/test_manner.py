"""A study that is not of administrations: every other text of a sentence can be said and pretends nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.display.manner import BY_POINTS, ELSEWHERE, Manner, manner_of
from weltoffen_eval.display.sentence_list import example_of, report_names
from weltoffen_eval.display.sentences import Worded, load_catalogue, other_texts
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.questionnaire.instrument import Dimension, Instrument, Item, Option, ResponseScale

SCHOOLS = Manner("Schule", "Schulen", "Kollegium", (("staff", "Kollegium"),))
OURS = {
    "de": re.compile(r"Verwaltung|Kommune|Weltoffen|Selbstcheck|Landkreis|Workshop"),
    "en": re.compile(
        r"administration|municipalit|Weltoffen|[Ss]elf-(check|assessment)|\boffices?\b|workshop"
    ),
}


SPOKEN = [
    (report, language)
    for language in OURS
    for report in report_names()
    if other_texts(ELSEWHERE, report, language)
]


def words_of(worded: Worded) -> str:
    """The texts of a sentence without its places, which are called as the code calls them."""
    return re.sub(r"\{\w+\}", "", " ".join(worded.texts.values()))


@pytest.mark.parametrize(("report", "language"), SPOKEN)
def test_every_other_text_can_be_said_and_names_nothing_of_ours(report: str, language: str) -> None:
    catalogue = load_catalogue(report, language, SCHOOLS)
    for name in other_texts(ELSEWHERE, report, language):
        text = example_of(catalogue, name)
        assert "{" not in text, name
        # the example of a place may be a municipality of ours
        assert not OURS[language].search(words_of(catalogue.worded[name])), name


@pytest.mark.parametrize(("report", "language"), SPOKEN)
def test_no_sentence_of_these_reports_is_left_without_another_text(report: str, language: str) -> None:
    if report == "runs":
        pytest.skip("of its titles only those of reports that such a study has")
    catalogue = load_catalogue(report, language, SCHOOLS)
    ours = OURS[language]
    left = {name: w.texts for name, w in catalogue.worded.items() if ours.search(words_of(w))}
    assert left == {}


@pytest.mark.parametrize("language", OURS)
def test_markdown_cells_that_name_a_municipality_have_other_texts(language: str) -> None:
    def cells(folder: str) -> dict[str, str]:
        text = (paths.SENTENCES / language / folder / "cells.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)

    other = cells("elsewhere")
    assert not [name for name, cell in other.items() if OURS[language].search(cell)]
    if language != "de":
        # German ones stand in the notebooks
        named = {name for name, cell in cells("").items() if OURS[language].search(cell)}
        assert named <= set(other)


def test_words_are_those_of_the_study() -> None:
    language = load_catalogue("common", "de", SCHOOLS).language
    assert language.word("terms", "municipality") == "Schule"
    assert language.word("units", "municipalities") == "Schulen"
    assert language.word("perspectives", "staff") == "Kollegium"
    # the usual words stay as they are
    assert load_catalogue("common", "de").language.word("terms", "municipality") == "Kommune"


def test_of_administrations_a_study_speaks_as_usual_and_of_web_sites_it_does_not() -> None:
    assert manner_of(load_study("beispiel"), "de") is None
    chile = manner_of(load_study("egi-chile"), "de")
    assert chile is not None
    assert (chile.unit, chile.whose) == ("Gemeinde", "Angebote der Webseite der Gemeinde")
    assert dict(chile.perspectives)["administration"] == chile.whose


BY_POINTS_ALONE = (
    ("many", "Ab 75 Punkten"),
    ("some", "25 bis 74 Punkte"),
    ("few", "Unter 25 Punkten"),
    ("ends", "wie viele Punkte eine Antwort zählt, legt der Fragebogen fest"),
)
#: How what is in place is spoken of.
IN_PLACE = {
    "de": re.compile(
        r"vorhanden|in Arbeit|[Uu]mgesetzt|festgelegt|den Stand|der Stand|er angegeben|Lücke|Stärke|gibt es schon|fehlt noch"
    ),
    "en": re.compile(
        r"\bin place\b(?! of)|under way|level reported|[Rr]eported (higher|lower)|[Gg]aps|[Ss]trengths"
    ),
}
#: Of measures that were agreed, of what people write on a wall, and of pairs that a questionnaire declares.
NOT_OF_ANSWERS = re.compile(
    r"dialogue\.(status_of_measure|coded_together)|final_report\.(became|existing_means|means_existing|all_ready"
    r"|some_ready|reports_again)|workshop_kit\.(box_|how_walk|needed_minutes|card_laid_down)"
    r"|selfcheck\.(laid_down|more_laid_down|more_done)"
)
#: What is printed for a study, not by one of its reports.
NO_REPORTS = {"faults", "pages", "scoring_lab", "lab", "frame", "feedback", "runs", "form", "sheets"}


@pytest.mark.parametrize("of_others", [True, False])
@pytest.mark.parametrize("language", OURS)
def test_no_sentence_says_what_is_in_place_where_answers_do_not(language: str, of_others: bool) -> None:
    manner = replace(SCHOOLS, of_others=of_others, standings=BY_POINTS_ALONE)
    pattern, left = IN_PLACE[language], []
    for report in sorted({*report_names()} - NO_REPORTS):
        if not (paths.SENTENCES / language / f"{report}.toml").is_file():
            continue
        worded = load_catalogue(report, language, manner).worded
        left += [
            f"{report}.{name}" for name, w in worded.items() if pattern.search(" ".join(w.texts.values()))
        ]
    assert [name for name in left if not NOT_OF_ANSWERS.match(name)] == []
    words = load_catalogue("common", language, manner).language.words
    for table in ("item_states", "together", "waves", "summary", "columns"):
        assert not [word for word in words[table].values() if pattern.search(word)]
    # a place of its own is filled where the word is used
    assert "{wave}" in words["summary"]["changed_up"]


@pytest.mark.parametrize("language", OURS)
@pytest.mark.parametrize("report", report_names())
def test_every_text_by_points_can_be_said_and_names_nobody(report: str, language: str) -> None:
    manner = replace(SCHOOLS, of_others=False, standings=BY_POINTS_ALONE)
    other = other_texts(BY_POINTS, report, language)
    if other:
        catalogue = load_catalogue(report, language, manner)
        texts = {name: example_of(catalogue, name) for name in other}
        assert not [name for name, text in texts.items() if "{" in text]
        # whose answers these are, the study says
        assert not [name for name in other if OURS[language].search(words_of(catalogue.worded[name]))]


def test_low_consistency_is_explained_by_measures_only_where_scales_ask_for_them() -> None:
    by_points = replace(SCHOOLS, of_others=False, standings=BY_POINTS_ALONE)
    usual, other = (
        load_catalogue("instrument_quality", "de", manner).worded["alpha_no_defect"].texts
        for manner in (None, by_points)
    )
    assert "eine Liste von Maßnahmen" in " ".join(usual.values())
    assert "Maßnahmen" not in " ".join(other.values())


def questionnaire(*scales: ResponseScale, direction: int = 1) -> Instrument:
    items = tuple(
        Item(f"q{n}", "d", "", n, scale.id, direction, 1.0, "", {"de": "?"}) for n, scale in enumerate(scales)
    )
    return Instrument("i", "1", {"de": "I"}, "", "", (Dimension("d", {"de": "D"}),), (), scales, items)


def steps(name: str, *labels: str, language: str = "de") -> ResponseScale:
    options = [Option(n, 100 * n / (len(labels) - 1), {language: label}) for n, label in enumerate(labels)]
    return ResponseScale(name, "ordinal", tuple(options))


AGREED, OFTEN = steps("a", "stimme nicht zu", "teils", "stimme zu"), steps("f", "nie", "manchmal", "immer")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (questionnaire(AGREED, AGREED), ("In Richtung „stimme zu“", "In Richtung „stimme nicht zu“")),
        # where agreeing means least, many points are those of who does not agree
        (
            questionnaire(AGREED, direction=-1),
            ("In Richtung „stimme nicht zu“", "In Richtung „stimme zu“"),
        ),
        (questionnaire(AGREED, OFTEN), ("Ab 75 Punkten", "Unter 25 Punkten")),
        (questionnaire(AGREED, ResponseScale("z", "numeric")), ("Ab 75 Punkten", "Unter 25 Punkten")),
        (questionnaire(steps("e", "no", "yes", language="en")), ("Ab 75 Punkten", "Unter 25 Punkten")),
    ],
)
def test_many_and_few_points_are_called_by_the_ends_that_all_questions_have(
    asked: Instrument, expected: tuple[str, str]
) -> None:
    study = replace(load_study("beispiel"), instruments={"1": asked})
    manner = manner_of(study, "de")
    assert manner is not None and not manner.of_others
    assert (manner.places["many"], manner.places["few"]) == expected
    assert manner.whose == "Verwaltung"


def of_points(*points: float) -> ResponseScale:
    options = [Option(n, float(each), {"de": f"Stufe {n}"}) for n, each in enumerate(points)]
    return ResponseScale("p", "ordinal", tuple(options), about="other")


@pytest.mark.parametrize(
    ("points", "many", "ends"),
    [
        ((0, 50, 100), "In Richtung „Stufe 2“", "100 bedeutet „Stufe 2“, 0 bedeutet „Stufe 0“"),
        ((100, 50, 0), "In Richtung „Stufe 0“", "100 bedeutet „Stufe 0“, 0 bedeutet „Stufe 2“"),
        # no answer has 0 or 100
        (
            (20, 50, 80),
            "In Richtung „Stufe 2“",
            "wie viele Punkte eine Antwort zählt, legt der Fragebogen fest",
        ),
        # too little, just right, too much: the fewest points are at both ends
        (
            (0, 50, 100, 50, 0),
            "Ab 75 Punkten",
            "wie viele Punkte eine Antwort zählt, legt der Fragebogen fest",
        ),
        ((0, 100, 25), "Ab 75 Punkten", "wie viele Punkte eine Antwort zählt, legt der Fragebogen fest"),
        ((50, 50), "Ab 75 Punkten", "wie viele Punkte eine Antwort zählt, legt der Fragebogen fest"),
    ],
)
def test_ends_are_those_of_points_that_rise_or_fall(points: tuple[float, ...], many: str, ends: str) -> None:
    study = replace(load_study("beispiel"), instruments={"1": questionnaire(of_points(*points))})
    manner = manner_of(study, "de")
    assert manner is not None
    assert (manner.places["many"], manner.places["ends"]) == (many, ends)


def test_ends_are_not_named_where_a_scheme_gives_answers_other_points() -> None:
    study = replace(load_study("beispiel"), instruments={"1": questionnaire(AGREED)})
    turned = ScoringScheme("s", {"de": "S"}, points={"a": {0: 100.0, 2: 0.0}})
    manner = manner_of(study, "de", turned)
    assert manner is not None
    assert manner.places["many"] == "Ab 75 Punkten"
