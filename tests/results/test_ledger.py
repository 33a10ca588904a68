"""The ledger read: what was released is known to the door, so that a next version tells nothing beside it."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from places import REFERENCE
from releases import all_of, publish

from weltoffen_eval import load_profile
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.release import release
from weltoffen_eval.errors import RefusedError
from weltoffen_eval.results.attacked_folders import attack_folders
from weltoffen_eval.results.ledger import read_ledger, released_findings
from weltoffen_eval.results.persons import persons_of, scored_waves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.responses.cleaning import clean_responses

#: Answers of persons in the place of the administration to A1, A2, A3, B1, B2.
PERSONS = [f"{n % 3},{(n + 1) % 3},{(n + 2) % 3},{n % 3},{20 * (n % 9)}" for n in range(12)]
_LISTED = """
[[file]]
path = "personen.csv"
wave = "2021"
setting = "questionnaire"
perspective = "administration"
unit = "persons"
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The worked example; of bestadt persons answered in place of the administration."""
    folder = tmp_path / "study"
    shutil.copytree(REFERENCE / "example" / "study", folder)
    path = folder / "verwaltung.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if not row.startswith("bestadt")) + "\n", encoding="utf-8")
    scheme = (folder / "scheme.toml").read_text(encoding="utf-8")
    (folder / "scheme.toml").write_text(
        scheme.replace("min_group_size = 3", "min_group_size = 5"), encoding="utf-8"
    )
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(_LISTED)
    return folder


def write_persons(study: Path, sheets: Iterable[str]) -> None:
    rows = [f"bestadt,q{n},{sheet}" for n, sheet in enumerate(sheets)]
    (study / "personen.csv").write_text(
        "\n".join(["municipality,respondent,A1,A2,A3,B1,B2", *rows]) + "\n", encoding="utf-8"
    )


def told(study: Path) -> dict[tuple[str, str], float]:
    """The points of bestadt that the public is told now, by level and id."""
    profile = load_profile(study, "bestadt", "2021", audience="public")
    publish(study, all_of(profile), "bestadt")
    rows = profile.own_scores
    assert (
        not rows[rows["withheld"] == "disclosure"][["score", "low", "high", "coverage"]].notna().any().any()
    )
    return {
        (level, entry): score
        for level, entry, score in zip(rows["level"], rows["id"], rows["score"], strict=True)
        if not math.isnan(score)
    }


ALPHA = {("item", "A1"), ("item", "A2"), ("item", "A3"), ("dimension", "alpha")}
BETA = {("item", "B1"), ("item", "B2"), ("dimension", "beta")}


def test_the_same_answers_again_tell_the_same_and_are_no_new_version(study: Path) -> None:
    write_persons(study, PERSONS)
    first = told(study)
    assert first.keys() >= ALPHA | BETA
    assert told(study) == first
    assert len(read_ledger(study)) == 1
    # as it was written, unrounded
    (score,) = [
        f for f in released_findings(load_study(study), "bestadt") if f.quantity == "score" and f.id == "A1"
    ]
    assert (score.value, score.n, score.unit) == (first["item", "A1"], 12, "persons")
    assert released_findings(load_study(study), "adorf") == ()


@pytest.mark.parametrize(
    "sheets",
    [
        [PERSONS[0].replace("0,", "2,", 1), *PERSONS[1:]],  # one person answered one question anew
        [PERSONS[0].replace("0,1,2", ",,"), *PERSONS[1:]],  # a person took the answers back
    ],
    ids=["corrected", "went"],
)
def test_where_somebody_answered_anew_or_went_nothing_is_told_and_of_other_fields_it_is(
    study: Path, sheets: list[str]
) -> None:
    write_persons(study, PERSONS)
    first = told(study)
    write_persons(study, sheets)
    second = told(study)
    assert not second.keys() & ALPHA
    assert {entry: first[entry] for entry in BETA} == {entry: second[entry] for entry in BETA}
    assert [release.number for release in read_ledger(study)] == [1, 2]
    # nor is it told in a third version
    assert told(study) == second
    shutil.rmtree(study / "released")
    assert told(study).keys() >= ALPHA


def test_where_a_person_came_nothing_is_told_also_not_that_they_left_a_field_empty(study: Path) -> None:
    write_persons(study, PERSONS)
    assert told(study).keys() >= ALPHA | BETA
    write_persons(study, [*PERSONS, "2,0,0,,"])
    # the coverage of beta would say that the thirteenth did not answer it
    assert told(study) == {}


def test_what_was_withheld_of_nine_stays_withheld_of_ten(study: Path) -> None:
    """The public sees distributions from ten persons on; that one came to nine must not tell what nine said."""
    write_persons(study, PERSONS[:9])
    assert told(study) == {}
    write_persons(study, PERSONS[:10])
    assert told(study) == {}


def workshop_of(study: Path, sheets: dict[str, list[str]], earlier: Iterable[Finding]) -> list[Finding]:
    """What the public is told of the workshop of adorf: gaps of all persons, and of cells."""
    rows = [
        f"adorf,{group[:2]}{n},{group},{sheet}" for group, of in sheets.items() for n, sheet in enumerate(of)
    ]
    (study / "workshop.csv").write_text(
        "\n".join(["municipality,respondent,Gruppe,A1,A2,A3,B1,B2", *rows]) + "\n", encoding="utf-8"
    )
    loaded = load_study(study)
    scheme = load_scheme(None, loaded)
    cleaned = clean_responses(loaded)
    merging = merging_of(loaded, cleaned.records)
    people = persons_of(list(scored_waves(loaded, cleaned.responses, scheme, merging)), scheme)
    (here,) = [of for of in people if of.where == ("adorf", "2021", "workshop")]
    return release(
        gap_findings(here, scheme), [here], scheme=scheme, audience="public", earlier=earlier
    ).findings


def test_a_group_that_grew_from_four_to_five_between_two_versions_does_not_leave_who_came(
    study: Path,
) -> None:
    write_persons(study, PERSONS)
    civil = ["0,1,2,1,50", "2,1,0,0,100", "1,1,1,2,150", "0,2,1,1,20", "2,2,2,0,180"]
    politics = ["1,0,2,1,40", "2,1,1,1,80", "0,1,0,2,120", "1,2,1,0,160", "2,0,1,1,100"]
    before, after = (
        {"Zivilgesellschaft": civil[:4], "Politik": politics}, {"Zivilgesellschaft": civil, "Politik": politics},
    )  # fmt: skip
    first = workshop_of(study, before, ())
    assert [f for f in first if f.perspective == "participants" and not math.isnan(f.value)]
    earlier = publish(study, first, "adorf", "first")
    known = workshop_of(study, after, released_findings(load_study(study), "adorf"))
    found = attack_folders(publish(study, known, "adorf", "known"), [earlier])
    assert found.recovered == []
    # without the ledger, the difference of the totals is what the fifth said
    forgotten = workshop_of(study, after, ())
    found = attack_folders(publish(study, forgotten, "adorf", "forgotten"), [earlier])
    assert found.recovered != []


def test_answers_of_a_study_of_others_are_known_by_the_place_they_have_before_the_door(study: Path) -> None:
    told_of = Finding("score", 50.0, n=12.0, municipality="bestadt", wave="2021", setting="questionnaire",
        perspective="residents", level="item", id="A1")  # fmt: skip
    publish(study, [told_of], "bestadt")
    loaded = load_study(study)
    of_others = replace(loaded, report=replace(loaded.report, perspective="residents"))
    (found,) = released_findings(of_others, "bestadt")
    assert (found.perspective, found.unit, found.value, found.n) == ("administration", "persons", 50.0, 12.0)
    (found,) = released_findings(loaded, "bestadt")
    assert (found.perspective, found.unit) == ("residents", "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("number,", "nummer,"), "nummer,municipality"),
        (lambda text: text.replace("1,bestadt", "2,bestadt"), "release 1"),
        (lambda text: text.replace("\n1,bestadt", "\n1,bestadt,more"), "release 1"),
        (lambda text: text[:-5] + "0000\n", r"released/1.json is not there, or not as it was released"),
        (lambda text: "", "number,municipality,wave"),
    ],
    ids=["head", "number", "cell", "hash", "empty"],
)
def test_a_ledger_that_somebody_changed_is_refused_with_its_place(study: Path, change, said: str) -> None:  # type: ignore[no-untyped-def]
    write_persons(study, PERSONS)
    told(study)
    table = study / "released" / "ledger.csv"
    table.write_text(change(table.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RefusedError, match=said) as refused:
        read_ledger(study)
    assert {fault.file for fault in refused.value.faults} == {"released/ledger.csv"}
    assert "Restore" in str(refused.value)


def test_a_ledger_that_is_a_link_is_not_followed(study: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (study / "released").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="a link"):
        read_ledger(study)
