"""What is known of a dialogue: whose it is, who came, what counts as an intention of it, what is too small."""

from __future__ import annotations

from pathlib import Path

import pytest
from dialogues import EVENT, OUTCOMES, STATEMENTS, write_dialogue

from weltoffen_eval.errors import CallError, RefusedError
from weltoffen_eval.results.dialogue import Dialogue, load_dialogue
from weltoffen_eval.results.dialogue_persons import came_from


def of(folder: Path, **settings: object) -> Dialogue:
    return load_dialogue(write_dialogue(folder / "d", **settings), "dialogstadt", "2024")  # type: ignore[arg-type]


def people(**count: int) -> list[tuple[str, str, str]]:
    return [(f"{word}{n}", word, "") for word, number in count.items() for n in range(number)]


def test_without_statements_and_results_there_is_no_dialogue_to_report(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="neither statements nor outcomes"):
        of(tmp_path, statements=(), outcomes=())
    study = write_dialogue(tmp_path / "d")
    with pytest.raises(CallError):
        load_dialogue(study, "nirgendwo", "2024")
    with pytest.raises(CallError):
        load_dialogue(study, "dialogstadt", "2021")


def test_a_fault_in_a_row_refuses_the_report(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"statements\.csv, row 2"):
        of(tmp_path, statements=[(*STATEMENTS[0][:4], "vielleicht")])


def test_the_documented_number_of_people_goes_before_the_list(tmp_path: Path) -> None:
    listed = people(Verwaltung=7, Politik=6)
    assert of(tmp_path / "a", participants=listed).participants == 18
    without = {key: value for key, value in EVENT.items() if key != "Teilnehmende"}
    assert of(tmp_path / "b", participants=listed, event=without).participants == 13
    assert of(tmp_path / "c", event=without).participants is None


def test_groups_are_at_least_those_that_wrote_something_down(tmp_path: Path) -> None:
    assert of(tmp_path / "a", event={**EVENT, "Gruppen": "2"}).groups == 3
    assert of(tmp_path / "b", event={**EVENT, "Gruppen": "8"}).groups == 8
    alone = of(tmp_path / "c", statements=(), outcomes=OUTCOMES, event={"Rahmen": "Dialog"})
    assert (alone.groups, alone.by_groups) == (None, False)


@pytest.mark.parametrize(
    ("came", "groups", "small", "groups_small"),
    [("4", "3", True, True), ("5", "3", False, True), ("14", "3", False, True), ("15", "3", False, False),
     ("40", "3", False, False), ("", "3", False, False)],
)  # fmt: skip
def test_what_is_small_follows_from_the_least_number_of_persons(
    tmp_path: Path, came: str, groups: str, small: bool, groups_small: bool
) -> None:
    # min_group_size is 5
    dialogue = of(tmp_path, event={**EVENT, "Teilnehmende": came, "Gruppen": groups})
    assert (dialogue.is_small, dialogue.groups_are_small) == (small, groups_small)


@pytest.mark.parametrize(
    ("listed", "cells"),
    [
        # 7 + 11 = 18 who came
        (people(Verwaltung=7, Zivilgesellschaft=11), {("administration",): 7, ("civil_society",): 11}),
        # three of politics alone are told of nowhere
        (people(Verwaltung=9, Politik=3, Zivilgesellschaft=6), {("administration",): 9, ("politics", "civil_society"): 9}),
        # a split into one cell is none
        (people(Verwaltung=16, Politik=2), {}),
        # where the list holds others than the documented number, the difference would be told
        (people(Verwaltung=7, Zivilgesellschaft=12), {}),
        ([(f"x{n}", "", "") for n in range(18)], {}),
    ],
)  # fmt: skip
def test_no_number_of_people_is_below_the_least_nor_follows_from_others(
    tmp_path: Path, listed: list[tuple[str, str, str]], cells: dict[tuple[str, ...], int]
) -> None:
    found = dict(came_from(of(tmp_path, participants=listed)))
    assert found == cells
    assert all(count >= 5 for count in found.values())


def test_notes_of_all_audiences_and_of_the_public(tmp_path: Path) -> None:
    study = write_dialogue(tmp_path / "d")
    internal, public = (
        load_dialogue(study, "dialogstadt", "2024", audience=a) for a in ("internal", "public")
    )
    assert [len(d.notes("dissent")) for d in (internal, public)] == [2, 1]
    assert (internal.has_hidden_notes, public.has_hidden_notes) == (False, True)


def test_an_intention_of_another_setting_is_none_of_the_dialogue(tmp_path: Path) -> None:
    study = write_dialogue(tmp_path / "d", measures=())
    text = (study / "study.toml").read_text(encoding="utf-8")
    text += '[[file]]\nkind = "measures"\npath = "m.csv"\nwave = "2024"\n'
    (study / "study.toml").write_text(text, encoding="utf-8")
    (study / "m.csv").write_text(
        "municipality,what,setting,origin\n"
        "dialogstadt,vom Workshop,workshop,\ndialogstadt,vom Dialog,dialogue,\n"
        "dialogstadt,aus einer Aussage,,statement:S1\ndialogstadt,von irgendwo,,\n",
        encoding="utf-8",
    )
    dialogue = load_dialogue(study, "dialogstadt", "2024")
    assert [row.values.what for row in dialogue.measures] == ["vom Dialog", "aus einer Aussage"]
