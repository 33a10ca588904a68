"""Reports on answers that say nothing of what is in place, read against counts made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from calls import call_within
from drafted_studies import written
from places import ROOT

from weltoffen_eval import workshop_kit
from weltoffen_eval.blocks import Facts, Heading, Listing, Note, Paragraph, Table
from weltoffen_eval.display.selfcheck import report
from weltoffen_eval.results.profiles import load_profile

AGREEMENT = ["stimme gar nicht zu", "stimme eher nicht zu", "teils/teils", "stimme eher zu", "stimme voll zu"]
#: Twenty residents of a quarter: how many gave which of the five answers. Means: 91, 50 and 15 points.
GIVEN = {
    "Das Rathaus ist gut erreichbar.": (0, 0, 1, 5, 14),
    "Ich fühle mich sicher.": (4, 4, 4, 4, 4),
    "Meine Meinung ist gefragt.": (10, 8, 2, 0, 0),
}
IN_PLACE = re.compile(r"vorhanden|in Arbeit|umgesetzt|festgelegt|Lücke|Stärke|Stand (höher|niedriger)")


def survey(path: Path, answers: list[str]) -> Path:
    columns = [
        [a for a, n in zip(answers, counts, strict=True) for _ in range(n)] for counts in GIVEN.values()
    ]
    rows: list[list[object]] = [["_uuid", "Stadtteil", *GIVEN]]
    rows += [[f"u{n}", "Hafen", *answered] for n, answered in enumerate(zip(*columns, strict=True))]
    return written(path, rows)


def texts(folder: Path) -> list[str]:
    """All that the report on the quarter says in sentences, terms, heads and cells."""
    profile = load_profile(folder, "hafen", "2026")
    found: list[str] = []
    for part in (
        report.summary, report.overview, report.dimensions, report.workshop_topics, report.method,
        report.glossary, report.robustness, report.cleaning_log, workshop_kit.cards,
    ):  # fmt: skip
        for block in part(profile).bundle.blocks:
            match block:
                case Paragraph() | Note() | Heading():
                    found.append(block.text)
                case Listing():
                    found += [entry.text for entry in block.entries]
                case Facts():
                    found += [f"{term}: {entry.text}" for term, entry in block.facts]
                case Table():
                    found += [" | ".join(row) for row in block.rows]
                    found.append(" | ".join(column.title for column in block.columns))
    return found


def made(folder: Path, path: Path) -> Path:
    done = call_within(ROOT, "new", str(folder), "--from", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    study = (folder / "study.toml").read_text(encoding="utf-8")
    wave = re.findall(r'^id = "(.*)"', study, re.M)[1]
    (folder / wave).rename(folder / "2026")
    (folder / "study.toml").write_text(study.replace(f'"{wave}', '"2026'), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("agreement")
    return texts(made(folder / "s", survey(folder / "x.csv", AGREEMENT)))


def test_questions_stand_under_the_end_of_the_scale_towards_which_they_were_answered(
    agreement: list[str],
) -> None:
    assert "In Richtung „stimme voll zu“: Das Rathaus ist gut erreichbar" in agreement
    assert "Dazwischen: Ich fühle mich sicher" in agreement
    assert "In Richtung „stimme gar nicht zu“: Meine Meinung ist gefragt" in agreement
    assert "100 | stimme voll zu | In Richtung „stimme voll zu“" in agreement
    assert any("100 bedeutet „stimme voll zu“, 0 bedeutet „stimme gar nicht zu“" in t for t in agreement)


def test_nothing_is_said_of_what_is_in_place_and_points_have_no_words(agreement: list[str]) -> None:
    assert [text for text in agreement if IN_PLACE.search(text)] == []
    # of the means 91, 50 and 15
    assert any(text.startswith("Alle Fragen – 52 Punkte.") for text in agreement)


def test_of_one_field_the_first_page_names_questions_at_both_ends(agreement: list[str]) -> None:
    # of the means 91, 50 and 15
    assert (
        "Alle Fragen – 52 Punkte. In Richtung „stimme voll zu“: Das Rathaus ist gut erreichbar. "
        "In Richtung „stimme gar nicht zu“: Meine Meinung ist gefragt."
    ) in agreement


def test_answers_that_are_half_a_sentence_stand_in_quotation_marks(agreement: list[str]) -> None:
    # each of the five answers was given by four
    assert any(
        text.endswith("viermal „teils/teils“, viermal „stimme eher zu“, viermal „stimme voll zu“")
        for text in agreement
    )


def test_of_one_field_nothing_is_said_of_most_fields_or_of_one_only(agreement: list[str]) -> None:
    assert not [text for text in agreement if re.search(r"meisten Handlungsfeldern|nur in „", text)]
    assert any("Den größten Unterschied macht es, wenn " in text for text in agreement)


def test_the_key_of_where_persons_live_is_no_change_of_what_they_said(agreement: list[str]) -> None:
    # the file says "Hafen", the register calls it "hafen"
    assert any("wurde nichts verändert" in text for text in agreement)
    assert not [text for text in agreement if "Angaben von Personen" in text]


def test_of_one_field_the_question_at_the_low_end_is_proposed(agreement: list[str]) -> None:
    place = agreement.index("Keine andere Frage hat weniger Punkte.")
    assert agreement[place + 1].startswith(
        "Meine Meinung ist gefragt. (Antwort: zehnmal „stimme gar nicht zu“"
    )
    assert any("Keine andere Frage hat weniger Punkte: Woran liegt das?" in text for text in agreement)


def test_where_nearly_all_is_answered_no_number_is_rounded_to_all(agreement: list[str]) -> None:
    assert any("Im Durchschnitt ist weniger als eine Frage nicht beantwortet." in text for text in agreement)


def test_with_about_implementation_the_words_are_the_usual_ones(tmp_path: Path) -> None:
    folder = made(tmp_path / "s", survey(tmp_path / "x.csv", AGREEMENT))
    instrument = folder / "instrument" / "instrument.toml"
    text = instrument.read_text(encoding="utf-8")
    instrument.write_text(text.replace('about = "other"', 'about = "implementation"'), encoding="utf-8")
    said = texts(folder)
    assert "Vorhanden: Das Rathaus ist gut erreichbar" in said
    assert "Alle Fragen – teilweise vorhanden." in " ".join(said)


def test_of_grades_the_best_are_those_of_1(tmp_path: Path) -> None:
    # as often as in agreement, so that 1 is given where there was full agreement
    grades = ["5 – mangelhaft", "4 – ausreichend", "3 – befriedigend", "2 – gut", "1 – sehr gut"]
    said = texts(made(tmp_path / "s", survey(tmp_path / "x.csv", grades)))
    assert "In Richtung „1 – sehr gut“: Das Rathaus ist gut erreichbar" in said
    assert "In Richtung „5 – mangelhaft“: Meine Meinung ist gefragt" in said


def test_of_numbers_alone_the_report_names_the_number_and_no_judgement(tmp_path: Path) -> None:
    said = texts(made(tmp_path / "s", survey(tmp_path / "x.csv", ["1", "2", "3", "4", "5"])))
    assert "In Richtung „5“: Das Rathaus ist gut erreichbar" in said
    assert any("100 bedeutet „5“, 0 bedeutet „1“" in text for text in said)
    assert [text for text in said if re.search(r"Stärke|Lücke|\bgut\b(?! erreichbar)|besser", text)] == []


def test_a_question_that_is_turned_round_is_named(tmp_path: Path, agreement: list[str]) -> None:
    folder = made(tmp_path / "s", survey(tmp_path / "x.csv", AGREEMENT))
    items = folder / "instrument" / "items.csv"
    rows = items.read_text(encoding="utf-8").splitlines()
    (place,) = (n for n, row in enumerate(rows) if "Ich fühle mich sicher." in row)
    rows[place] = rows[place].replace(",1,Ich fühle", ",-1,Ich fühle")
    items.write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = (
        "Umgekehrt gezählt ist eine Frage: Ich fühle mich sicher. Die Antwort, die sonst die meisten Punkte"
    )
    assert any(said in text for text in texts(folder))
    assert not any("Umgekehrt gezählt" in text for text in agreement)
