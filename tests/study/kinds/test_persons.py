"""Persons of other kinds of file: a key stays, a name becomes a number, nobody is two."""

from __future__ import annotations

from pathlib import Path

from given_studies import AT_DIALOGUE, given_in, write_given

HEAD = "municipality,respondent,perspective,dimension,rating\n"


def test_names_of_raters_become_numbers_and_stay_those_of_one_person(tmp_path: Path) -> None:
    rows = (
        "adorf,Eva Muster,Politik,alpha,10\nadorf,e@x.de,Politik,alpha,20\nadorf,Eva Muster,Politik,beta,30\n"
        "adorf,r2,Politik,alpha,40\nadorf,,Politik,alpha,50\nbestadt,Eva Muster,Politik,alpha,60\n"
        "adorf,t1,Politik,alpha,70\nadorf,t1,Wirtschaft,alpha,80\n"
    )
    given = given_in(write_given(tmp_path, ("field_ratings", AT_DIALOGUE, HEAD + rows)))
    # r2 is somebody's own key, so that no number of another
    assert [(row.municipality, row.values.respondent) for row in given.rows] == [
        ("adorf", "r1"), ("adorf", "r3"), ("adorf", "r1"), ("adorf", "r2"), ("adorf", "r4"), ("bestadt", "r1"),
        ("adorf", "t1@politics"), ("adorf", "t1@business"),
    ]  # fmt: skip
    assert "Muster" not in str(given)
    assert {entry.rule for entry in given.log} == {"pseudonymised", "respondent_of_perspective"}


def test_participants_have_no_names_where_they_are_stored(tmp_path: Path) -> None:
    rows = "adorf,Eva Muster\nadorf,a7\nadorf,Max Beispiel\n"
    given = given_in(
        write_given(tmp_path, ("participants", AT_DIALOGUE, "municipality,participant\n" + rows))
    )
    assert [row.values.participant for row in given.rows] == ["p1", "a7", "p2"]
    assert "Muster" not in str(given)
