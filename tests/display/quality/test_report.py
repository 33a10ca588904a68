"""Questions without points: of one kind their number is told once."""

from __future__ import annotations

from pathlib import Path

import pytest
from persons import answered_by_persons

from weltoffen_eval import load_profile, quality_report
from weltoffen_eval.blocks import Paragraph, Table


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("2,?,2,1,150", "Eine Frage geht nicht in die Punkte ein: Sie ist mit „weiß nicht“ beantwortet."),
        (
            "2,?,?,1,150",
            "Zwei Fragen gehen nicht in die Punkte ein: Sie sind beide mit „weiß nicht“ beantwortet.",
        ),
        ("2,,2,1,150", "Eine Frage geht nicht in die Punkte ein, weil eine Angabe fehlt."),
        (
            "2,,?,1,150",
            "Zwei Fragen gehen nicht in die Punkte ein: eine ohne Angabe und eine mit „weiß nicht“.",
        ),
    ],
)
def test_a_number_is_told_once_where_there_is_one_kind(answers: str, said: str, example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(f"municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,{answers}\n", encoding="utf-8")
    shown = quality_report.unanswered(load_profile(example, "adorf", "2021"))
    (paragraph,) = [block for block in shown.bundle.blocks if isinstance(block, Paragraph)]
    assert paragraph.text.startswith(said)


def test_what_was_passed_over_is_told_once_however_scales_call_it(example: Path) -> None:
    """Two scales with words of their own for a question that was passed over made two parts of the list."""
    instrument = example / "instrument" / "instrument.toml"
    text = instrument.read_text(encoding="utf-8")
    first, numeric, second = text.partition('id = "anzahl"')
    skipped = '  { kind = "skipped", label = { de = "LABEL" } },\n'
    assert "skipped" not in text
    first = first.replace(
        "non_answers = [\n", "non_answers = [\n" + skipped.replace("LABEL", "keine Antwort"), 1
    )
    second += "non_answers = [\n" + skipped.replace("LABEL", "leer") + "]\n"
    instrument.write_text(first + numeric + second, encoding="utf-8")
    path = example / "verwaltung.csv"
    path.write_text("municipality,respondent,A1,A2,A3,B1,B2\nadorf,b1,2,,?,1,\n", encoding="utf-8")
    shown = quality_report.unanswered(load_profile(example, "adorf", "2021"))
    (paragraph,) = [block for block in shown.bundle.blocks if isinstance(block, Paragraph)]
    assert paragraph.text.startswith(
        "Drei Fragen gehen nicht in die Punkte ein: zwei ohne Angabe und eine mit „weiß nicht“."
    )


def test_of_persons_questions_are_counted_and_nothing_is_called_alike_or_answered_by_all(
    example: Path,
) -> None:
    # A2 has one "weiß nicht", of B1 four answers of six, which is too few to be shown; A1 goes from 0 to 2
    sheets = ["0,0,1,1,50", "1,1,1,1,100", "2,2,1,2,150", "2,2,2,2,200", "1,1,1,,100", "0,?,0,,0"]
    scheme = example / "scheme.toml"
    text = scheme.read_text(encoding="utf-8").replace("min_group_size = 3", "min_group_size = 5")
    scheme.write_text(text, encoding="utf-8")
    profile = answered_by_persons(example, sheets)
    said, table = quality_report.unanswered(profile).bundle.blocks
    assert isinstance(said, Paragraph) and isinstance(table, Table)
    assert said.text.startswith("Gezählt sind Fragen, nicht Personen.")
    assert table.rows == (("Feld A", "3", "3"), ("Feld B", "2", "1"))
    (again,) = quality_report.to_ask_again(profile).bundle.blocks
    assert isinstance(again, Paragraph)
    assert again.text.startswith("Zu klären ist nichts: Personen können verschieden antworten")
