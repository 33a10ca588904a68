"""The final report: every sentence can come, each rests on its findings, and what is missing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from courses import CELLS, given, measures, row, variants

from weltoffen_eval.blocks import Block, Facts, Heading, Listing, Table
from weltoffen_eval.display.final_report import report
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.display.shown import Shown, keys_of, sentences_of
from weltoffen_eval.results.course import Course


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    return variants(tmp_path_factory.mktemp("courses"))


@pytest.fixture(scope="module")
def shown(courses: dict[str, Course]) -> dict[str, dict[str, Shown]]:
    return {name: {cell: getattr(report, cell)(of) for cell in CELLS} for name, of in courses.items()}


def blocks_of(cells: dict[str, Shown]) -> Iterator[Block]:
    for cell in cells.values():
        yield from cell.bundle.blocks


def texts_of(block: Block) -> Iterator[str]:
    """All that stands in a block, apart from its sentences."""
    yield from (
        getattr(block, name) for name in ("text", "label", "caption", "title") if hasattr(block, name)
    )
    match block:
        case Facts():
            yield from (text for term, entry in block.facts for text in (term, entry.text))
        case Listing():
            yield from (entry.text for entry in block.entries)
        case Table():
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row)


def text_of(cells: dict[str, Shown], *names: str) -> str:
    chosen = {name: cells[name] for name in names or CELLS}
    return "\n".join(text for block in blocks_of(chosen) for text in texts_of(block))


def test_every_sentence_of_the_catalogue_is_printed(shown: dict[str, dict[str, Shown]]) -> None:
    catalogue = load_catalogue("final_report", "de")
    said = {
        s.name.removeprefix("final_report.")
        for cells in shown.values()
        for s in sentences_of(blocks_of(cells))
    }
    everything = "\n".join(text_of(cells) for cells in shown.values())
    # headings and heads of columns are no sentences, and stand as they are; a draft of them may have places
    fixed = {
        name
        for name, worded in catalogue.worded.items()
        if name not in said and _stands_in(worded.texts["other"], everything)
    }
    assert set(catalogue.worded) - said - fixed == set()


def _stands_in(text: str, everything: str) -> bool:
    """Whether what stands around the places of a text is there."""
    around = [part.strip() for part in re.split(r"\{[a-z]+\}", text)]
    return any(around) and all(part in everything for part in around)


@pytest.mark.parametrize("name", ["full", "bare", "no modules", "merged", "public"])
def test_what_the_report_says_rests_on_findings_that_go_along(
    shown: dict[str, dict[str, Shown]], name: str
) -> None:
    for cell in shown[name].values():
        there = {finding.key for finding in cell.findings}
        assert set(keys_of(cell.bundle.blocks)) <= there


@pytest.mark.parametrize("name", ["full", "bare"])
def test_no_anchor_stands_twice(shown: dict[str, dict[str, Shown]], name: str) -> None:
    anchors = [block.anchor for block in blocks_of(shown[name]) if isinstance(block, Heading)]
    assert len(anchors) == len(set(anchors))


def test_what_nobody_wrote_down_is_said_to_be_not_documented(shown: dict[str, dict[str, Shown]]) -> None:
    text = text_of(shown["no modules"])
    assert "Maßnahmen sind nicht dokumentiert." in text
    assert text.count("nicht durchgeführt oder nicht dokumentiert") >= 3
    assert "Wann wieder berichtet wird, ist nicht dokumentiert." in text
    assert "wann, ist nicht dokumentiert" in text


def test_a_day_is_written_in_full_and_other_words_stay(courses: dict[str, Course]) -> None:
    course = given(
        courses["full"],
        measures(
            courses["full"],
            {"what": "Ein Beirat", "who": "Amt", "until": "2025-12-31"},
            {"what": "Ein Plan.", "who": "Amt", "until": "Herbst 2025"},
        ),
        "measures",
    )
    said = [
        s.text
        for s in sentences_of(report.summary(course).bundle.blocks)
        if s.name.endswith("plan_who_until")
    ]
    assert said == ["Ein Beirat (Amt, bis 31. Dezember 2025).", "Ein Plan (Amt, bis Herbst 2025)."]


def test_only_measures_that_need_a_decision_are_proposed_for_one(courses: dict[str, Course]) -> None:
    course = given(
        courses["full"],
        measures(
            courses["full"],
            {"what": "Ein Beirat", "needs_decision": "ja"},
            {"what": "Ein Plan"},
            {"what": "Ein Fest", "needs_decision": "ja", "status": "umgesetzt"},
        ),
        "measures",
    )
    text = text_of({"to_decide": report.to_decide(course)}, "to_decide")
    assert "für die Umsetzung folgender Maßnahme zu sorgen: Ein Beirat." in text
    assert "Ein Plan" not in text
    assert "Ein Fest" not in text


def test_of_many_measures_the_table_shows_fifteen_and_the_file_all(
    shown: dict[str, dict[str, Shown]],
) -> None:
    blocks = shown["many measures"]["agreed"].bundle.blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == 15
    (file,) = (block for block in blocks if block.kind == "data_file")
    assert file.text.count("\n") == 21  # type: ignore[union-attr]  # a data file has a text
    assert "Die Tabelle zeigt die ersten 15" in text_of(shown["many measures"], "agreed")


def test_a_column_that_is_empty_for_all_measures_is_named_instead_of_shown(
    shown: dict[str, dict[str, Shown]],
) -> None:
    cells = shown["bare"]
    (table,) = (block for block in cells["agreed"].bundle.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == ["Maßnahme", "Anlass", "wer", "bis wann", "Stand"]
    assert "Bei keiner Maßnahme dokumentiert: Handlungsfeld, Mittel und woran erkennbar." in text_of(
        cells, "agreed"
    )


def test_the_standing_of_others_is_not_in_it(shown: dict[str, dict[str, Shown]]) -> None:
    """The numbers of the reference are no part of a report for a council."""
    for name in ("full", "several sheets"):
        keys = {finding.key for cell in shown[name].values() for finding in cell.findings}
        assert not any(
            "/median" in key or "/q25" in key or "/q75" in key or "/position" in key for key in keys
        )


def test_earlier_measures_are_counted_by_what_became_of_them(shown: dict[str, dict[str, Shown]]) -> None:
    text = text_of(shown["earlier measures"], "became")
    assert (
        "Von den fünf Maßnahmen der Erhebung 2021 ist eine geplant, eine in Arbeit, eine umgesetzt und eine "
        "nicht weiterverfolgt."
    ) in text
    assert "Bei einer Maßnahme ist nicht dokumentiert, was daraus wurde." in text


@pytest.mark.parametrize(
    ("kind", "state", "council"),
    [
        ("Stadt", "SH", "Die Stadtvertretung"),
        ("Gemeinde", "SH", "Die Gemeindevertretung"),
        ("Gemeinde", "BW", "Der Gemeinderat"),
        ("Stadt", "HE", "Die Stadtverordnetenversammlung"),
        ("Stadt", "NI", "Der Rat"),
        ("Stadt", "", "Der Rat"),
        ("Landkreis", "SN", "Der Kreistag"),
    ],
)
def test_a_council_is_called_as_in_its_state(
    courses: dict[str, Course], kind: str, state: str, council: str
) -> None:
    full = courses["full"]
    course = replace(full, municipality=replace(full.municipality, kind=kind, state=state))
    assert f"{council} nimmt" in text_of({"to_decide": report.to_decide(course)}, "to_decide")


def test_the_public_sees_no_file_in_which_something_stands(shown: dict[str, dict[str, Shown]]) -> None:
    assert not any(text["file"] for cell in shown["public"].values() for text in cell.given)
    assert ".csv" not in text_of(shown["public"], "origin")


@pytest.mark.parametrize("cell", ["summary", "dimensions", "people", "council_paper"])
def test_what_was_told_of_exclusion_stands_wherever_the_story_is_told(
    shown: dict[str, dict[str, Shown]], cell: str
) -> None:
    """Groups 1, 3, 5 and 2 of six wrote it down to the third question (aussagen.csv, codes.csv)."""
    text = text_of(shown["full"], cell)
    assert re.search("(?i)in vier von sechs Gruppen (kam )?das Thema „Erlebte Ausgrenzung“ zur Sprache", text)


def test_measures_that_need_a_decision_are_not_counted_as_planned(shown: dict[str, dict[str, Shown]]) -> None:
    """Eight rows of 2024 in massnahmen.csv, two of them with a decision to be taken."""
    for cell in ("summary", "agreed", "council_paper"):
        text = text_of(shown["full"], cell)
        assert "Sechs Maßnahmen sind vorgesehen. Von ihnen ist eine in Arbeit. Zwei weitere brauchen" in text
    assert "Bei sieben von insgesamt acht sind Zuständigkeit und Frist festgelegt." in text
    assert "Eine Maßnahme wird vorgeschlagen; sie braucht noch einen Beschluss." in text_of(
        shown["one measure"], "summary"
    )


def test_a_field_stated_lower_is_told_with_its_questions_and_what_the_administration_noted(
    shown: dict[str, dict[str, Shown]],
) -> None:
    text = text_of(shown["full"], "changed")
    (told,) = (line for line in text.splitlines() if "Fragen niedriger angegeben" in line)
    assert told.startswith("„Fairer Zugang und Teilhabechancen“: Acht Fragen niedriger angegeben (")
    assert told.count(";") == 7
    remark = "Die befristete Stelle der Bildungskoordination endete zum Jahresende 2023"
    assert f"Anmerkung der Verwaltung zu „Fairer Zugang und Teilhabechancen“: {remark}" in text
    assert remark in {one["text"].partition(";")[0] for one in shown["full"]["changed"].given}
    # it is not released
    assert "Bildungskoordination" not in text_of(shown["public"], "changed")


def test_why_questions_are_not_compared_adds_up(shown: dict[str, dict[str, Shown]]) -> None:
    """By hand from mapping.csv: eight new and two reworded, eight that are asked no more."""
    text = text_of(shown["full"], "changed")
    assert "Vergleichbar sind 92 von 107 Fragen" in text
    assert (
        "Die übrigen 15 sind nicht verglichen: zehn neu oder anders gestellte und fünf, die nicht in beiden "
        "Erhebungen beantwortet sind."
    ) in text
    assert "zählt die Tabelle 18 Fragen, zehn neu oder anders gestellt und acht seit 2021 entfallen." in text


def test_the_reservation_stands_beside_the_claim(shown: dict[str, dict[str, Shown]]) -> None:
    for cell in ("summary", "council_paper"):
        assert "Ein Unterschied kann auch daran liegen, wer geantwortet hat." in text_of(shown["full"], cell)


def test_gaps_without_a_measure_are_named_where_the_field_of_every_measure_is_known(
    courses: dict[str, Course], shown: dict[str, dict[str, Shown]]
) -> None:
    said = "Zu „Gründung und Selbstständigkeit“ und „Daten und Wirkung“ ist keine neue Maßnahme dokumentiert."
    assert said in text_of(shown["full"], "summary")
    unknown = given(courses["full"], measures(courses["full"], {"what": "Ein Beirat"}), "measures")
    assert "keine neue Maßnahme dokumentiert" not in text_of({"summary": report.summary(unknown)}, "summary")


def test_the_day_of_every_module_is_told(shown: dict[str, dict[str, Shown]]) -> None:
    """All of them in veranstaltungen.csv; the self-check was filled in on the day of the data (study.toml)."""
    assert "Selbstcheck\n30. Juni 2024\nFragebogen" in text_of(shown["full"], "procedure_of")
    assert (
        "30. Juni 2024 (Selbstcheck), 19. September 2024 (Workshop) und 16. November 2024 (Dialogveranstaltung)"
    ) in text_of(shown["full"], "origin")


def test_a_questionnaire_filled_in_on_another_day_says_both_days(shown: dict[str, dict[str, Shown]]) -> None:
    assert "12. Juni 2024 (Stand der Daten: 30. Juni 2024)" in text_of(shown["small groups"], "procedure_of")


def test_where_nobody_came_it_is_not_told_as_a_number(courses: dict[str, Course]) -> None:
    full = courses["full"]
    rows = [row(full, "events", setting=name, participants="0") for name in ("workshop", "dialogue")]
    course = given(full, rows, "events")
    cells = {name: getattr(report, name)(course) for name in CELLS}
    text = text_of(cells)
    assert "niemand" in text_of(cells, "procedure_of")
    assert "Gekommen ist niemand." in text_of(cells, "plain_language")
    assert not re.search(r"\b[Nn]ull (Menschen|Teilnehmende|Personen)|\b0 (Menschen|Personen)", text)


def test_points_to_vote_on_are_numbered(shown: dict[str, dict[str, Shown]]) -> None:
    for cell in ("to_decide", "council_paper"):
        blocks = shown["full"][cell].bundle.blocks
        terms = [term for block in blocks if isinstance(block, Facts) for term, _ in block.facts]
        assert [term for term in terms if re.fullmatch(r"\([0-9]\)", term)] == ["(1)", "(2)", "(3)", "(4)"]


def test_the_council_reads_why_and_from_what_every_measure_is_proposed(
    shown: dict[str, dict[str, Shown]],
) -> None:
    text = text_of(shown["full"], "council_paper")
    assert "Ergebnis: Die Begleitung von Familien in Schule und Ausbildung wird vermisst" in text
    assert "Die Zahl der begleiteten Familien steht im nächsten Bericht." in text
    assert "Späteren Bus ins Nordviertel beim Kreis anregen: nicht dokumentiert" in text


def test_the_page_in_plain_language_calls_topics_in_plain_words(shown: dict[str, dict[str, Shown]]) -> None:
    text = text_of(shown["full"], "plain_language")
    for topic in ("Eine eigene Firma gründen", "Deutsch lernen", "Orte, an denen man sich trifft"):
        assert topic in text
    assert "Daten und Wirkung" not in text
    assert "Es gibt noch fünf weitere Pläne." in text
    assert "Die Stadtvertretung entscheidet darüber." in text
    assert "41 Menschen haben bei einem Treffen darüber gesprochen." in text
    assert "Thema „Lernen, Arbeit, Wohnen und Gesundheit“: Begleitung von Familien" in text
