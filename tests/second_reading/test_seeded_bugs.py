"""The comparison finds bugs: each typical one, put between package and comparison, makes a difference."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from second_reading import comparison
from second_reading.code_mutants import Mutant, mutants_of
from second_reading.random_studies import write_study
from weltoffen_eval.analysis import aggregation, answers, scoring

STUDIES = 60


def found_after(tmp_path: Path, seed_bug: Callable[[Path], Path | None]) -> int:
    """How many studies it takes until the comparison tells a difference."""
    for seed in range(STUDIES):
        folder = write_study(tmp_path / str(seed), seed)
        otherwise = seed_bug(folder)
        # a study in which there is nothing to misread
        if otherwise == folder:
            continue
        if comparison.differences(folder, otherwise):
            return seed + 1
    return 0


def _rewritten(file: str, pattern: str, new: str) -> Callable[[Path], Path | None]:
    """The package as if it read a file of the study otherwise; the same folder where nothing is misread."""

    def seed_bug(folder: Path) -> Path | None:
        texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob(file)}
        misread = {path: re.sub(pattern, new, text, flags=re.MULTILINE) for path, text in texts.items()}
        if misread == texts:
            return folder
        changed = folder.with_name(folder.name + "-otherwise")
        shutil.copytree(folder, changed)
        for path, text in misread.items():
            (changed / path.relative_to(folder)).write_text(text, encoding="utf-8")
        return changed

    return seed_bug


MISREAD = {
    "a reversed item counts as it stands": _rewritten("items.csv", r",-1,", ",1,"),
    "weight 0 of an item is weight 1": _rewritten("items.csv", r"(,-?1,)0,", r"\g<1>1,"),
    "weight 0 of a dimension or criterion is weight 1": _rewritten(
        "instrument.toml", "^weight = 0$", "weight = 1"
    ),
    "weights of items are not read": _rewritten("items.csv", r"(,-?1,)(0.5|2|3),", r"\g<1>1,"),
    "a dimension is always the mean of its items": _rewritten("scheme.toml", '^levels = "criteria"', ""),
    "a geometric mean is an arithmetic one": _rewritten("scheme.toml", "geometric", "arithmetic"),
    "coverage at the threshold is below it": _rewritten(
        "scheme.toml", r"^(min_coverage = 0\.\d+)", r"\g<1>01"
    ),
    "no score is withheld for coverage": _rewritten("scheme.toml", "^min_coverage = .*", "min_coverage = 0"),
    "a group needs one person more": _rewritten("scheme.toml", "^min_group_size = 3", "min_group_size = 4"),
    "a group needs one person less": _rewritten("scheme.toml", "^min_group_size = 3", "min_group_size = 2"),
    "points of the scheme are not read": _rewritten("scheme.toml", r"^\d+ = .*\n", ""),
    "weights of the scheme are not read": _rewritten("scheme.toml", '^".*" = .*\n', ""),
    "another default of the group's size": _rewritten(
        "scheme.toml", r"\A(?![\s\S]*min_group_size)", "min_group_size = 4\n"
    ),
    "the observed instead of the declared goalposts": _rewritten(
        "instrument.toml", "^max = (100|200)$", r"max = \g<1>.5"
    ),
    "the unit that is named is not read": _rewritten("study.toml", "^unit = .*\n", ""),
    "every question is put to every kind": _rewritten(
        "municipalities.csv", ",(Gemeinde|Stadt|kreisfreie Stadt|Landkreis|Bezirk),,,,$", ",,,,,"
    ),
}


@pytest.mark.parametrize("bug", MISREAD)
def test_a_file_that_is_misread_is_found(tmp_path: Path, bug: str) -> None:
    assert found_after(tmp_path, MISREAD[bug])


def _where(responses: pd.DataFrame, kind: str, becomes: str) -> pd.DataFrame:
    missing = responses["missing"].astype(object)
    return responses.assign(missing=missing.where(missing != kind, becomes))


def _lost_commas(responses: pd.DataFrame) -> pd.DataFrame:
    fractions = responses["value"].notna() & (responses["value"] % 1 != 0)
    return responses.assign(value=responses["value"].mask(fractions.fillna(False), responses["value"] * 10))


def _without_those_who_do_not_know(responses: pd.DataFrame) -> pd.DataFrame:
    whose = ["municipality", "wave", "setting", "perspective", "unit", "respondent"]
    silent = responses["missing"].isin(["skipped", "dont_know", "not_asked"])
    return responses[~silent.groupby([responses[part] for part in whose], observed=True).transform("all")]


def _numbered_in_each_perspective(responses: pd.DataFrame) -> pd.DataFrame:
    groups = ["municipality", "wave", "setting", "perspective"]
    names = responses.groupby(groups, observed=True)["respondent"].transform(
        lambda names: pd.factorize(names)[0]
    )
    return responses.assign(respondent=names.astype(str))


OF_READING: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "a dimension left out is skipped": lambda read: _where(read, "not_chosen", "skipped"),
    "a skipped question counts as left out": lambda read: _where(read, "skipped", "not_chosen"),
    "weiß nicht is not applicable": lambda read: _where(read, "dont_know", "not_applicable"),
    "a decimal comma is lost": _lost_commas,
    "a sheet of weiß nicht alone is no response": _without_those_who_do_not_know,
    "persons and institutions are one": lambda read: read.assign(unit="persons"),
    "two respondents of a setting have one pseudonym": _numbered_in_each_perspective,
    "the last answer of a file is lost": lambda read: read.iloc[:-1],
    "a perspective of the study's own is another": lambda read: read.assign(
        perspective=read["perspective"].astype(str).replace("parents", "residents")
    ),
    "code 1 is read as code 2": lambda read: read.assign(code=read["code"].replace(1, 2)),
}


@pytest.mark.parametrize("bug", OF_READING)
def test_a_bug_in_reading_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    clean = comparison.clean_responses
    scored = comparison.score_study
    right: list[pd.DataFrame] = []

    def clean_wrongly(study: object) -> SimpleNamespace:
        right[:] = [clean(study).responses]  # type: ignore[arg-type]
        return SimpleNamespace(responses=OF_READING[bug](right[0]))

    monkeypatch.setattr(comparison, "clean_responses", clean_wrongly)
    # the scores are those of the right answers: the responses alone must tell
    monkeypatch.setattr(comparison, "score_study", lambda study, _, *rest: scored(study, right[0], *rest))
    assert found_after(tmp_path, lambda folder: None)


def _widened(scores: pd.DataFrame) -> pd.DataFrame:
    low, high, score = scores["low"], scores["high"], scores["score"]
    return scores.assign(low=low.where(~(low > score), score), high=high.where(~(high < score), score))


def _reason(scores: pd.DataFrame, found: str, instead: str) -> pd.DataFrame:
    withheld = scores["withheld"].astype(object)
    return scores.assign(withheld=withheld.where(withheld != found, instead))


OF_SCORING: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "bounds are widened to hold the score": _widened,
    "an end of the bounds is the score": lambda scores: scores.assign(low=scores["score"]),
    "not_asked is called not_applicable": lambda scores: _reason(scores, "not_asked", "not_applicable"),
    "group_size is called coverage": lambda scores: _reason(scores, "group_size", "coverage"),
    "n is lost where a score is withheld": lambda scores: scores.assign(n=scores["n"].where(scores["score"].notna(), 0)),
    "items are counted, not their mean": lambda scores: scores.assign(n_items=scores["n_items"].round()),
    "coverage without items is 0": lambda scores: scores.assign(coverage=scores["coverage"].fillna(0.0)),
    "scores are rounded": lambda scores: scores.assign(score=scores["score"].round(6)),
    "units share a row": lambda scores: scores.drop_duplicates(["municipality", "wave", "setting", "perspective", "respondent", "level", "id"]),
    "the overall value is missing": lambda scores: scores[scores["level"] != "overall"],
    "the order is another": lambda scores: scores.iloc[::-1],
}  # fmt: skip


@pytest.mark.parametrize("bug", OF_SCORING)
def test_a_bug_in_the_score_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    scored = comparison.score_study
    monkeypatch.setattr(comparison, "score_study", lambda *given: OF_SCORING[bug](scored(*given)))
    assert found_after(tmp_path, lambda folder: None)


@pytest.mark.slow
def test_four_of_five_small_changes_of_the_code_that_scores_are_found(tmp_path: Path) -> None:
    """The others are printed: they concern the draws of the robustness and faults, or change nothing."""
    compared = [
        comparison.Comparison(write_study(tmp_path / str(seed), seed)) for seed in range(STUDIES // 2)
    ]

    def is_found(mutant: Mutant) -> bool:
        with mutant.in_place(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return any(study.of_scores() for study in compared)
            except Exception:
                return True

    assert not any(study.of_scores() for study in compared)
    mutants = [mutant for module in (scoring, aggregation, answers) for mutant in mutants_of(module)]
    missed = [mutant.what for mutant in mutants if not is_found(mutant)]
    print(f"{len(mutants)} changes, not found: {len(missed)}", *missed, sep="\n")
    assert len(missed) <= len(mutants) / 5
