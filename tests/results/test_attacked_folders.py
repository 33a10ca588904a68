"""Folders of published files with a leak that the test planted, and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.assumed_persons import Scale, assumed_persons
from weltoffen_eval.results.attacked_folders import Attacked, attack_folders
from weltoffen_eval.results.published import PublishedError, written

WHERE = "m/2021/workshop"


def finding(
    who: str,
    value: float | None,
    n: int,
    entry: str = "item/X1",
    what: str = "gap~administration",
    **more: Any,
) -> dict[str, Any]:
    reason = "" if value is not None else "group_size"
    return {
        "key": f"{WHERE}/{who}/{entry}/{what}",
        "value": value,
        "n": n,
        "method": "",
        "reason": reason,
        **more,
    }


def publish(
    folder: Path, findings: list[dict[str, Any]], page: str = "", name: str = "workshop", **more: Any
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    twin = {
        "schema": "weltoffen-report/1", "report": "workshop", "municipality": "m", "wave": "2021",
        "instrument": {"id": "unknown"}, "findings": findings, "sentences": [], "figures": [], "tables": [],
        "given": [], **more,
    }  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(twin), encoding="utf-8")
    if page:
        (folder / f"{name}.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    return folder


#: Eight persons; two of politics are told with the six residents alone.
ALL = finding("participants", 12.5, 8)
FEW = finding("politics", None, 2)


def test_a_total_beside_a_small_group_tells_nothing_of_it(tmp_path: Path) -> None:
    found = attack_folders(publish(tmp_path / "a", [ALL, FEW, finding("residents", None, 6)]))
    assert [(b.group, b.n, b.recovered) for b in found.bounds] == [("politics", 2, False)]


def test_a_total_and_all_but_a_small_group_tell_it(tmp_path: Path) -> None:
    """(8 · 12.5 − 6 · 4.1667) / 2 = 37.5."""
    found = attack_folders(publish(tmp_path / "a", [ALL, FEW, finding("residents", 25 / 6, 6)]))
    (bound,) = found.recovered
    assert (bound.low, bound.high) == (pytest.approx(37.5), pytest.approx(37.5))
    assert bound.sources == ("a/workshop.json",)


def test_what_was_published_before_counts(tmp_path: Path) -> None:
    now = publish(tmp_path / "now", [ALL, FEW, finding("residents", None, 6)])
    before = publish(tmp_path / "before", [finding("residents", 25 / 6, 6)])
    assert not attack_folders(now).recovered
    (bound,) = attack_folders(now, [before]).recovered
    assert bound.sources == ("before/workshop.json", "now/workshop.json")


def test_who_came_between_two_releases_follows_from_both(tmp_path: Path) -> None:
    """(9 · 15 − 8 · 12.5) / 1 = 35; of nine and fourteen the five who came are not few."""
    now = publish(tmp_path / "now", [finding("participants", 15, 9)])
    before = publish(tmp_path / "before", [ALL])
    (bound,) = attack_folders(now, [before]).recovered
    assert (bound.group, bound.n, bound.sources) == (
        "participants, came later", 1, ("before/workshop.json", "now/workshop.json"),
    )  # fmt: skip
    assert (bound.low, bound.high) == (pytest.approx(35), pytest.approx(35))
    many = publish(tmp_path / "many", [finding("participants", 15, 14)])
    assert not attack_folders(many, [now]).recovered


def test_whole_points_in_a_table_are_enough(tmp_path: Path) -> None:
    """The table prints 38; of two persons with five answers each only 37.5 rounds to it."""
    rests_on = [[], [FEW["key"]]]
    folder = publish(
        tmp_path / "a", [ALL, FEW], tables=[{"id": "t", "file": "tables/t.csv", "rests_on": rests_on}]
    )
    (folder / "tables").mkdir()
    (folder / "tables" / "t.csv").write_text("Perspektive;Abstand\nPolitik;38\n", encoding="utf-8")
    (bound,) = attack_folders(folder).recovered
    assert (bound.low, bound.high) == (37.5, 37.5)
    assert "a/tables/t.csv" in bound.sources


def test_metadata_of_a_notebook_and_a_single_persons_answer_are_read(tmp_path: Path) -> None:
    folder = publish(tmp_path / "a", [FEW])
    one = {"key": f"{WHERE}/business/item/X1/code", "value": 4, "n": 1}
    cell = {"outputs": [{"metadata": {"application/x": {"findings": [one]}}}]}
    (folder / "workshop.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (bound,) = attack_folders(folder).recovered
    assert (bound.group, bound.sources) == ("business", ("a/workshop.ipynb",))


def test_a_table_of_statistics_is_read(tmp_path: Path) -> None:
    folder = publish(tmp_path / "a", [ALL, FEW])
    head = (
        "wave,setting,municipality,level,id,quantity,variant,perspective,other,value,low,high,n,n_applicable,"
        "method,reason"
    )
    row = "2021,workshop,m,item,X1,gap,,residents,administration,4.166667,,,6,,,"
    (folder / "gaps.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert [b.group for b in attack_folders(folder).recovered] == ["politics"]


def test_a_number_of_persons_beside_a_key_is_not_taken_for_what_they_said(tmp_path: Path) -> None:
    page = f'<p><span data-rests-on="{KEY}">2 Personen</span> <span data-rests-on="{ALL["key"]}">8</span></p>'
    assert not attack_folders(publish(tmp_path / "a", [ALL, FEW], page)).recovered


def test_a_table_of_single_answers_is_read(tmp_path: Path) -> None:
    folder = publish(tmp_path / "a", [ALL, FEW])
    head = "municipality,wave,setting,perspective,unit,respondent,item,code"
    rows = [f"m,2021,workshop,politics,persons,p{n},X1,{code}" for n, code in enumerate((2, 5))]
    (folder / "log.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    (bound,) = attack_folders(folder).recovered
    assert (bound.group, bound.sources) == ("politics", ("a/log.csv",))


@pytest.mark.parametrize(
    "page",
    ['<p data-rests-on="{0}">38 Punkte</p>', '<p><img data-rests-on="{0}" alt="38 Punkte" src="x"></p>'],
)
def test_a_number_behind_a_key_on_the_page_is_read(tmp_path: Path, page: str) -> None:
    (bound,) = attack_folders(publish(tmp_path / "a", [ALL, FEW], page.format(KEY))).recovered
    assert (bound.low, bound.high, bound.sources) == (37.5, 37.5, ("a/workshop.html",))


KEY = f"{WHERE}/politics/item/X1/gap~administration"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<p>Zwei Personen aus der Politik sehen das mit 38 Punkten anders.</p>", "text"),
        ('<p><img src="x" alt="Politik: 38 Punkte"></p>', "alternative text"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><desc>Politik: 38 Punkte</desc></svg>", "alternative text"),
        (f'<p data-rests-on="{KEY}">Das ist so.</p>', "metadata"),
        (f"<!-- {KEY} -->", "metadata"),
    ],
)
def test_what_only_the_page_says_is_named(tmp_path: Path, page: str, kind: str) -> None:
    found = attack_folders(publish(tmp_path / "a", [ALL], page))
    assert kind in {one.kind for one in found.unsaid}


def test_what_the_twin_says_too_is_not_named(tmp_path: Path) -> None:
    text = "Zwei Personen aus der Politik sehen das mit 38 Punkten anders."
    sentence = {"id": "s", "sentence": "x.s", "text": text, "rests_on": [ALL["key"]], "numbers": []}
    page = f'<p><span id="s" data-rests-on="{ALL["key"]}">{text}</span></p>'
    found = attack_folders(publish(tmp_path / "a", [ALL], page, sentences=[sentence]))
    assert found == Attacked(found.bounds, [])


@pytest.mark.parametrize(
    "page",
    [
        "<p>Aus jeder Kommune geht ein Wert ein: die mittlere Abweichung aller Teilnehmenden von der Antwort der Verwaltung.</p>",
        "<figcaption>Mittlere Abweichung der Personen von der Verwaltung, Welle 2021.</figcaption>",
        "<p>ICC(1,1) sagt, wie weit eine einzelne Person für ihre Kommune steht.</p>",
        '<div aria-label="Fragen, Welle 2021">x</div>',
    ],
    ids=["what every report says", "the year of a wave", "the name of a method", "a label with a wave"],
)
def test_what_says_nothing_of_anybody_is_not_named(tmp_path: Path, page: str) -> None:
    assert attack_folders(publish(tmp_path / "a", [ALL], page)).unsaid == []


def test_a_year_that_is_no_wave_of_the_report_is_a_number(tmp_path: Path) -> None:
    page = "<p>In der Politik sagten 1999 Personen nein.</p>"
    assert [one.kind for one in attack_folders(publish(tmp_path / "a", [ALL], page)).unsaid] == ["text"]


def test_a_folder_without_reports_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(PublishedError, match="holds no report"):
        attack_folders(tmp_path)
    with pytest.raises(PublishedError, match="is no folder"):
        attack_folders(tmp_path / "gone")


@pytest.mark.parametrize(
    ("text", "value", "half"), [("38", 38, 0.5), ("−3,5", -3.5, 0.05), ("4.25", 4.25, 0.005)]
)
def test_a_printed_number_leaves_half_a_unit_open(text: str, value: float, half: float) -> None:
    assert written(text) == (value, pytest.approx(half))


def test_ratings_of_fields_are_attacked_apart_from_answers_to_items(tmp_path: Path) -> None:
    gap = {"entry": "dimension/access", "what": "gap=field_rating~administration"}
    mean = {"entry": "dimension/access", "what": "score=field_rating"}
    told = [finding("participants", 30.0, 7, **gap), finding("politics", None, 2, **gap)]
    # the same numbers over items are of others
    over_items = [finding("residents", 20.0, 5, entry="dimension/access")]
    found = attack_folders(publish(tmp_path / "a", [*told, *over_items]))
    assert not found.recovered
    # 7 · 30 less 5 · 20 are 110, of two: 55 above the administration, which has 60 − 30
    planted = [*told, finding("residents", 20.0, 5, **gap), finding("participants", 60.0, 7, **mean)]
    found = attack_folders(publish(tmp_path / "b", planted))
    (bound,) = found.recovered
    assert (bound.setting, bound.group, bound.n) == ("workshop=field_rating", "politics", 2)
    assert (round(bound.low), round(bound.high)) == (85, 85)


def test_who_did_not_answer_a_question_is_not_looked_for_there(tmp_path: Path) -> None:
    """Six residents answer everything; two of politics answered the second question alone."""
    all_of_first = finding("participants", 50.0, 6, reason="no_variance")
    residents = finding("residents", 50.0, 6)
    second = {"entry": "item/X2"}
    told = [finding("participants", 10.0, 8, **second), finding("politics", None, 2, **second)]
    found = attack_folders(publish(tmp_path / "a", [all_of_first, residents, *told]))
    assert {(b.id, b.group, b.n) for b in found.bounds} == {("X2", "politics", 2)}
    # of a cell, what is left of it: of several the smallest first
    merged = [finding("politics+business", None, 3, **second), finding("politics+business", 50.0, 2)]
    found = attack_folders(publish(tmp_path / "b", [all_of_first, residents, *told, *merged]))
    assert {(b.id, b.group, b.n) for b in found.bounds if "+" not in b.group} == {
        ("X1", "business", 1), ("X1", "politics", 1), ("X2", "business", 1), ("X2", "politics", 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("later", "lost", "entering"),
    [(["X1", "X2"], 0, True), (["X1", "X2"], 1, False), (["X1"], 0, False)],
)
def test_a_change_over_questions_that_are_not_known_is_no_equation(
    later: list[str], lost: int, entering: bool
) -> None:
    """Six residents in either wave answer all questions of the field: both, or a different one later."""
    where = {"municipality": "m", "setting": "workshop", "perspective": "participants"}
    said = [
        Said(Finding("gap", 0.0, n=6.0, wave=wave, level=level, id=entry, other="administration", **where))
        for wave, items in (("2021", ["X1", "X2"]), ("2024", later))
        for level, entry in (("dimension", "field"), *(("item", item) for item in items))
    ]
    at = {"wave": "2024", "variant": "2021", "level": "dimension", "id": "field"}
    said.append(Said(Finding("change", 5.0, n=12.0, **at, **where)))
    own = {"municipality": "m", "setting": "questionnaire", "perspective": "administration"}
    said.append(Said(Finding("items_not_comparable", float(lost), **at, **own)))
    scales = {name: Scale(tuple("12345"), "field") for name in {"X1", "X2"}}
    before, after = assumed_persons(said, scales)
    assert before.weights("dimension", "field", "changed_to").any() == entering
    assert after.weights("dimension", "field", "changed_from").any() == entering
    # the wave before the first, and the one after the last, are not told
    assert before.weights("dimension", "field", "changed_from").any()
    assert after.weights("dimension", "field", "changed_to").any()


@pytest.mark.parametrize(
    ("rest", "recovered"),
    [
        # four of the six have at least (50 + 50 + 75 + 75) / 4 and at most (75 + 75 + 75 + 100) / 4, three of
        # them 58.3 to 83.3: who does not know how many there are learns nothing
        ({"3": 2, "4": 3, "5": 1}, False),
        # all six said the same, so each of them did
        ({"4": 6}, True),
    ],
)
def test_of_a_group_of_which_nobody_knows_how_many_they_are_what_holds_for_each_number_is_known(
    tmp_path: Path, rest: dict[str, int], recovered: bool
) -> None:
    """Eleven answered, five of them residents; of the other six nothing says who is of the administration."""
    residents = {"1": 1, "3": 4}
    everybody = {code: rest.get(code, 0) + residents.get(code, 0) for code in "12345"}
    told = [finding("participants", n, 11, what=f"n={code}") for code, n in everybody.items()]
    told += [finding("residents", residents.get(code, 0), 5, what=f"n={code}") for code in "12345"]
    second = {"entry": "item/X2"}
    told += [finding("participants", 10.0, 13, **second), finding("residents", 10.0, 6, **second)]
    told += [finding("administration", 10.0, 5, **second)]
    own = {
        "key": "m/2021/questionnaire/administration/item/X1/score",
        "value": 75.0,
        "n": 1,
        "method": "",
        "reason": "",
    }
    found = attack_folders(publish(tmp_path / "a", [*told, own]))
    bounds = [bound for bound in found.bounds if bound.id == "X1"]
    assert {bound.group for bound in bounds} == {"administration", "others"}
    assert {bound.recovered for bound in bounds} == {recovered}
