"""What was agreed and what became of it: by the id of a measure, wave by wave."""

from __future__ import annotations

from typing import Any

from weltoffen_eval.results.measures import Measures, measures_of
from weltoffen_eval.study.kinds.given import Given, GivenFiles
from weltoffen_eval.study.kinds.records import MeasureRecord

WAVES = ["2018", "2021", "2024"]


def measure(wave: str, what: str, **cells: str) -> Given:
    defaults = {name: "" for name, field in MeasureRecord.model_fields.items() if not field.is_required()}
    values: Any = MeasureRecord.model_validate(defaults | {"what": what} | cells)
    return Given("measures", "m.csv", "", 2, "adorf", wave, "", values)


def measures(*rows: Given, wave: str = "2024") -> Measures:
    return measures_of(GivenFiles(rows), "adorf", wave, WAVES)


def test_a_row_of_a_later_wave_with_the_same_id_says_what_became_of_it() -> None:
    found = measures(
        measure("2021", "Beirat", measure="a"), measure("2021", "Fest", measure="b"),
        measure("2024", "Beirat", measure="a", status="done"), measure("2024", "Plan", measure="c"),
    )  # fmt: skip
    assert [(one.earlier.values.what, one.status) for one in found.before] == [
        ("Beirat", "done"),
        ("Fest", ""),
    ]
    assert [row.values.what for row in found.new] == ["Plan"]
    assert found.earlier_wave == "2021"
    assert found.became == {"done": 1, "": 1}


def test_a_measure_reported_on_in_between_counts_once_with_where_it_was_agreed() -> None:
    found = measures(
        measure("2018", "Beirat", measure="a"), measure("2021", "Beirat", measure="a", status="under_way"),
        measure("2024", "Beirat", measure="a", status="done"),
    )  # fmt: skip
    assert [(one.earlier.wave, one.status) for one in found.before] == [("2018", "done")]
    assert found.new == ()


def test_those_of_first_priority_come_first_and_the_others_as_they_stand() -> None:
    found = measures(
        measure("2024", "ohne"), measure("2024", "zwei", priority="2"), measure("2024", "eins", priority="1"),
        measure("2024", "auch ohne"),
    )  # fmt: skip
    assert [row.values.what for row in found.new] == ["eins", "zwei", "ohne", "auch ohne"]


def test_what_is_to_be_decided_is_marked_so_and_neither_done_nor_dropped() -> None:
    found = measures(
        measure("2024", "ja", needs_decision="ja"), measure("2024", "nein"),
        measure("2024", "fertig", needs_decision="ja", status="umgesetzt"),
        measure("2024", "fallen gelassen", needs_decision="ja", status="nicht weiterverfolgt"),
        measure("2021", "alt", measure="a"), measure("2024", "alt", measure="a", needs_decision="ja"),
    )  # fmt: skip
    assert [row.values.what for row in found.to_decide] == ["ja", "alt"]


def test_complete_is_what_has_somebody_and_a_date() -> None:
    found = measures(
        measure("2024", "beides", who="Amt", until="2025"), measure("2024", "wer", who="Amt"),
        measure("2024", "wann", until="2025"),
    )  # fmt: skip
    assert [row.values.what for row in found.complete] == ["beides"]


def test_in_the_first_wave_nothing_came_before() -> None:
    found = measures(measure("2018", "Beirat"), wave="2018")
    assert found.before == ()
    assert found.earlier_wave == ""
