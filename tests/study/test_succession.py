"""A reform of territories between waves: each case is joined or refused, none in silence (contract, 11)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small_studies import STUDY, change, faults_of, write_study

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.results.before import NotJoined
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.fingerprints import hash_by_municipality, tell_report_inputs
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.provenance import hash_inputs
from weltoffen_eval.results.report_inputs import ReportInputs
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.statistics_table import analyse
from weltoffen_eval.runs.inputs import Inputs
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses
from weltoffen_eval.study.responses.healthy import clean_healthy

WAVES = ("2021", "2024", "2027")
#: Keys, names and Kreise of a state in which much is reformed.
NAMES = {
    "alt": "Altdorf",
    "berg": "Bergdorf",
    "coburg": "Coburg",
    "neu": "Neustadt",
    "west": "Weststadt",
    "ost": "Oststadt",
}
SUCCESSION = "previous,municipality,wave\n"


def study_of(folder: Path, succession: str, answers: dict[str, dict[str, int]]) -> Path:
    """A study of three waves; ``answers``: by wave and key the code given to A1, while A2, B1, B2 stay."""
    waves = "".join(f'\n[[wave]]\nid = "{wave}"\ndate = {wave}-06-30\n' for wave in WAVES)
    head = STUDY[: STUDY.index("[[wave]]")] + waves
    for wave in answers:
        head += f'\n[[file]]\npath = "{wave}.csv"\nwave = "{wave}"\nsetting = "questionnaire"\n'
        head += 'perspective = "administration"\n'
    write_study(folder, study=head)
    rows = "".join(f"{key},{name},Gemeinde\n" for key, name in NAMES.items())
    (folder / "municipalities.csv").write_text("municipality,name,kind\n" + rows, encoding="utf-8")
    for wave, given in answers.items():
        lines = "".join(f"{key},{code},1,100,50\n" for key, code in given.items())
        (folder / f"{wave}.csv").write_text("municipality,A1,A2,B1,B2\n" + lines, encoding="utf-8")
    if succession:
        (folder / "succession.csv").write_text(SUCCESSION + succession, encoding="utf-8")
    return folder


def profile_of(folder: Path, succession: str, answers: dict[str, dict[str, int]], wave: str) -> Profile:
    """Of Neustadt, whose answers are among them."""
    return load_profile(study_of(folder, succession, answers), "neu", wave)


def moved(profile: Profile) -> dict[str, float]:
    """By field the change in points, where one is computed."""
    since = change_since(profile)
    return {} if since is None else {f.id: f.value for f in since.findings if f.quantity == "change"}


def refused(profile: Profile) -> NotJoined:
    assert profile.before is None and change_since(profile) is None
    assert profile.not_joined is not None
    return profile.not_joined


def test_one_in_the_place_of_one_is_joined_under_its_own_key(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "berg": 2}, "2024": {"neu": 2, "berg": 2}}
    profile = profile_of(tmp_path, "alt,neu,2024\n", answers, "2024")
    assert profile.before is not None
    assert (profile.before.municipality, profile.before.since) == ("alt", "2024")
    # A1 from 0 to 100 points, A2 as before: 50 of two questions
    assert moved(profile) == {"alpha": 50, "beta": 0}
    since = change_since(profile)
    assert since is not None
    assert {f.municipality for f in since.findings} == {"neu"}


def test_the_command_computes_the_same_change(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "berg": 2}, "2024": {"neu": 2, "berg": 1}}
    study = load_study(study_of(tmp_path, "alt,neu,2024\n", answers))
    profile = load_profile(tmp_path, "neu", "2024")
    found = analyse(study, clean_responses(study).responses, profile.scheme, "change")
    values = found[(found["quantity"] == "change") & (found["id"] == "alpha")]
    told = zip(values["municipality"], values["variant"], values["wave"], values["value"], strict=True)
    # Bergdorf from 100 to 50 in one of two questions
    assert sorted(told) == [("berg", "2021", "2024", -25), ("neu", "2021", "2024", 50)]


def test_a_chain_over_two_waves_leads_to_the_first_of_it(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0}, "2027": {"neu": 2}}
    profile = profile_of(tmp_path, "alt,berg,2024\nberg,neu,2027\n", answers, "2027")
    assert profile.before is not None
    assert (profile.before.municipality, profile.before.wave.id) == ("alt", "2021")
    assert moved(profile)["alpha"] == 50


def test_of_a_chain_the_last_that_answered_is_joined(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0}, "2024": {"berg": 1}, "2027": {"neu": 2}}
    profile = profile_of(tmp_path, "alt,berg,2024\nberg,neu,2027\n", answers, "2027")
    assert profile.before is not None and profile.before.municipality == "berg"
    # from 50 to 100 in one of two questions
    assert moved(profile)["alpha"] == 25


@pytest.mark.parametrize("previous", [("alt", "berg"), ("alt", "berg", "coburg")], ids=["two", "three"])
def test_of_a_merger_no_change_is_computed(tmp_path: Path, previous: tuple[str, ...]) -> None:
    answers = {"2021": dict.fromkeys(previous, 0), "2024": {"neu": 2}}
    rows = "".join(f"{key},neu,2024\n" for key in previous)
    found = refused(profile_of(tmp_path, rows, answers, "2024"))
    assert (found.holder.refused, found.holder.names, found.holder.wave) == ("merged", previous, "2024")


def test_who_takes_in_another_is_a_merger_too(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "neu": 0}, "2024": {"neu": 2}}
    found = refused(profile_of(tmp_path, "alt,neu,2024\n", answers, "2024"))
    assert (found.holder.refused, found.holder.names) == ("merged", ("alt", "neu"))


def test_of_a_merger_that_is_long_past_the_change_since_then_is_computed(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "berg": 0}, "2024": {"neu": 1}, "2027": {"neu": 2}}
    profile = profile_of(tmp_path, "alt,neu,2024\nberg,neu,2024\n", answers, "2027")
    assert profile.before is not None and profile.before.since == ""
    assert moved(profile)["alpha"] == 25


def test_of_a_split_no_change_is_computed(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0}, "2024": {"neu": 2, "west": 1}}
    found = refused(profile_of(tmp_path, "alt,neu,2024\nalt,west,2024\n", answers, "2024"))
    assert (found.holder.refused, found.holder.previous, found.holder.names) == (
        "split",
        "alt",
        ("neu", "west"),
    )


def test_a_predecessor_that_never_answered_is_told(tmp_path: Path) -> None:
    answers = {"2021": {"berg": 0}, "2024": {"neu": 2}}
    found = refused(profile_of(tmp_path, "alt,neu,2024\n", answers, "2024"))
    assert (found.silent, found.faulty, found.holder.municipality) == (True, False, "alt")


def test_a_predecessor_with_a_fault_in_its_rows_is_told_and_stops_no_other(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 7, "berg": 0}, "2024": {"neu": 2}}
    found = refused(profile_of(tmp_path, "alt,neu,2024\n", answers, "2024"))
    assert (found.silent, found.faulty) == (False, True)


def test_a_changed_name_and_a_new_kreis_need_no_row(tmp_path: Path) -> None:
    answers = {"2021": {"neu": 0}, "2024": {"neu": 2}}
    folder = study_of(tmp_path, "", answers)
    register = "municipality,name,kind,parent\nneu,Neustadt am Berg,Gemeinde,kreis\nkreis,Kreis,Landkreis,\n"
    (folder / "municipalities.csv").write_text(register, encoding="utf-8")
    profile = load_profile(folder, "neu", "2024")
    assert profile.not_joined is None and profile.before is not None
    assert moved(profile)["alpha"] == 50


def test_a_reform_before_the_first_answers_is_no_matter(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, "alt,neu,2024\n", {"2021": {"alt": 0}, "2024": {"neu": 2}}, "2024")
    early = load_profile(tmp_path, "alt", "2021")
    assert early.before is None and early.not_joined is None
    assert profile.before is not None


def fault_of(folder: Path, succession: str) -> Fault:
    answers = {"2021": {"alt": 0, "berg": 0}, "2024": {"neu": 2, "berg": 1}}
    (found,) = faults_of(study_of(folder, succession, answers))
    assert found.file == "succession.csv"
    return found


@pytest.mark.parametrize(
    ("rows", "row", "column", "found"),
    [
        ("berg,neu,2024\n", 2, "previous", "'berg', which answers in 2024"),
        ("berg,neu,2021\n", 2, "previous", "'berg', which answers in 2021"),
        ("altt,neu,2024\n", 2, "previous", "'altt'"),
        ("alt,neustadt,2024\n", 2, "municipality", "'neustadt'"),
        (",neu,2024\n", 2, "previous", "nothing"),
        ("alt,neu,2023\n", 2, "wave", "'2023'"),
        ("alt,neu,\n", 2, "wave", "nothing"),
        ("alt,neu,2024\nalt,neu,2027\n", 3, "previous", "'alt' and 'neu' twice"),
        ("alt,alt,2024\n", 2, "municipality", "a circle: alt → alt"),
        ("alt,coburg,2027\ncoburg,neu,2024\n", 2, "wave", "from '2024' on"),
    ],
    ids=[
        "answers in that wave", "answers from the first on", "unknown previous", "unknown municipality",
        "no previous", "unknown wave", "no wave", "twice", "itself", "followed before it follows",
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_fault(tmp_path: Path, rows: str, row: int, column: str, found: str) -> None:
    fault = fault_of(tmp_path, rows)
    assert (fault.row, fault.column) == (row, column)
    assert found in fault.found
    # no place is proposed for another
    assert "did you mean" not in fault.advice.lower() or column == "wave"


def test_every_record_of_a_circle_is_a_fault(tmp_path: Path) -> None:
    rows = "alt,coburg,2024\ncoburg,ost,2024\nost,alt,2024\nberg,west,2027\n"
    faults = faults_of(study_of(tmp_path, rows, {"2021": {"alt": 0, "berg": 0}}))
    assert [fault.row for fault in faults] == [2, 3, 4]
    assert faults[0].found == "a circle: alt → coburg → ost → alt"


def test_a_predecessor_that_still_answers_concerns_its_successor_alone(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "berg": 0}, "2024": {"alt": 0, "neu": 2, "berg": 1}}
    folder = study_of(tmp_path, "alt,neu,2024\n", answers)
    assert moved(load_profile(folder, "berg", "2024"))["alpha"] == 25
    with pytest.raises(RefusedError, match="alt"):
        load_profile(folder, "neu", "2024")


def test_a_table_with_another_head_is_a_fault_of_the_study(tmp_path: Path) -> None:
    folder = study_of(tmp_path, "", {"2021": {"alt": 0}})
    (folder / "succession.csv").write_text("old,new,wave\nalt,neu,2024\n", encoding="utf-8")
    assert {fault.file for fault in faults_of(folder)} == {"succession.csv"}


def hash_of_earlier(folder: Path) -> str:
    """What makes the report of Neustadt in 2024 stale, of all that came before."""
    study = load_study(folder)
    scheme = load_scheme(None, study)
    cleaned, faulty = clean_healthy(study)
    answers = hash_by_municipality(cleaned.waves, cleaned.records, cleaned.cleaning_log)
    rows = tell_report_inputs(answers, cleaned.records, pd.DataFrame())
    rests_on = {
        (row["municipality"], row["wave"]): ReportInputs(row["self_check"], row["answers"], "")
        for row in rows.to_dict("records")
    }
    inputs = Inputs(study, scheme, rests_on, faulty)
    neu = study.register.by_key["neu"]
    return inputs.of_municipality(("earlier",), neu, (study.wave("2024"),)).get("earlier", "")


def test_a_report_is_stale_when_what_it_joins_or_names_has_changed(tmp_path: Path) -> None:
    answers = {"2021": {"alt": 0, "berg": 0, "coburg": 0}, "2024": {"neu": 2}}
    said = [hash_of_earlier(study_of(tmp_path, rows, answers)) for rows in (
        "", "alt,neu,2024\n", "coburg,neu,2024\n", "alt,neu,2024\nberg,neu,2024\n", "ost,neu,2024\n",
    )]  # fmt: skip
    assert said[0] == "" and len(set(said)) == len(said)
    joined = hash_of_earlier(study_of(tmp_path, "alt,neu,2024\n", answers))
    assert joined == said[1]
    # another answer of the predecessor, another name of it, a fault in its rows
    others = {**answers, "2021": {**answers["2021"], "alt": 1}}
    assert hash_of_earlier(study_of(tmp_path, "alt,neu,2024\n", others)) != joined
    change(study_of(tmp_path, "alt,neu,2024\n", answers) / "municipalities.csv", "Altdorf", "Altdorf am See")
    assert hash_of_earlier(tmp_path) != joined
    faulty = {**answers, "2021": {**answers["2021"], "alt": 7}}
    assert hash_of_earlier(study_of(tmp_path, "alt,neu,2024\n", faulty)) not in said
    # of one that has nothing to do with it nothing matters
    unrelated = {**answers, "2021": {**answers["2021"], "berg": 1}}
    assert hash_of_earlier(study_of(tmp_path, "alt,neu,2024\n", unrelated)) == joined


def test_what_was_read_of_it_is_part_of_what_results_rest_on(tmp_path: Path) -> None:
    folder = study_of(tmp_path, "alt,neu,2024\n", {"2021": {"alt": 0}})
    assert "succession.csv" in hash_inputs(load_study(folder))
