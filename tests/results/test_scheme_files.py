"""Scheme files: defaults of the contract, and every fault with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.results.scheme_files import load_scheme, read_scheme
from weltoffen_eval.study.definition import load_study

HEAD = 'id = "own"\ntitle = { de = "Eigenes" }\n'


def faults_of(folder: Path, text: str, study: bool = False) -> list[Fault]:
    (folder / "own.toml").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    scheme = read_scheme(folder / "own.toml", load_study(folder) if study else None, faults)
    assert (scheme is None) == bool(faults)
    return faults


def test_what_a_scheme_does_not_say_is_as_in_the_sample_of_the_contract(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(HEAD, encoding="utf-8")
    scheme = load_scheme(tmp_path / "own.toml")
    assert (scheme.levels, scheme.min_coverage, scheme.min_group_size) == ("items", 0.6, 5)
    assert set(scheme.aggregation.values()) == {"arithmetic"}
    assert (scheme.overall, scheme.note) == (False, "")
    assert [(band.below, band.label["de"]) for band in scheme.bands] == [
        (25, "kaum vorhanden"),
        (50, "in Ansätzen vorhanden"),
        (75, "teilweise vorhanden"),
        (101, "weitgehend vorhanden"),
    ]
    assert scheme.weights == {"dimension": {}, "criterion": {}, "item": {}}
    assert scheme.points == {}


def test_everything_that_a_scheme_says_is_read(tmp_path: Path) -> None:
    text = HEAD + (
        'note = "n"\nlevels = "criteria"\naggregation = { criterion = "geometric" }\nmin_coverage = 0\n'
        "min_group_size = 7\noverall = true\nbands = [{ below = 101, label = { de = \"da\" } }]\n"
        "[weights.dimension]\na = 2\n[weights.item]\nx = 0\n[points.s]\n1 = 20\n-2 = 0.5\n"
    )  # fmt: skip
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    scheme = load_scheme(tmp_path / "own.toml")
    assert (scheme.note, scheme.levels, scheme.min_coverage, scheme.min_group_size) == ("n", "criteria", 0, 7)
    assert scheme.aggregation == {
        "criterion": "geometric",
        "dimension": "arithmetic",
        "overall": "arithmetic",
    }
    assert scheme.overall
    assert scheme.weight("dimension", "a", 1.0) == 2
    assert scheme.weight("dimension", "b", 1.5) == 1.5
    assert scheme.weight("item", "x", 1.0) == 0
    assert scheme.points == {"s": {1: 20, -2: 0.5}}
    band = scheme.band(100)
    assert band is not None
    assert band.label == {"de": "da"}
    assert scheme.band(101) is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('levels = "item"', "levels"),
        ("levels = 1.5", "levels"),
        ('aggregation = "mean"', "aggregation"),
        ('aggregation = { criterion = "mean" }', "aggregation criterion"),
        ('aggregation = { item = "geometric" }', "aggregation item"),
        ("min_coverage = 1.1", "min_coverage"),
        ("min_coverage = -0.1", "min_coverage"),
        ('min_coverage = "60 %"', "min_coverage"),
        ("min_coverage = nan", "min_coverage"),
        ("min_group_size = 0", "min_group_size"),
        ("min_group_size = 4.5", "min_group_size"),
        ("min_group_size = true", "min_group_size"),
        ("min_group_size = 99999999999999999999999", "min_group_size"),
        ('overall = "yes"', "overall"),
        ("bands = 3", "bands"),
        ('bands = [{ below = 0, label = { de = "x" } }, { below = 101, label = { de = "y" } }]', "bands"),
        ('bands = [{ below = 50, label = { de = "x" } }, { below = 50, label = { de = "y" } }]', "bands"),
        ('bands = [{ below = 100, label = { de = "x" } }]', "bands"),
        ('bands = [{ below = nan, label = { de = "x" } }]', "bands 1 below"),
        ("bands = [{ below = 101 }]", "bands 1 label"),
        ("weights = 2", "weights"),
        ("[weights.dimension]\na = -1", "weights dimension a"),
        ("[weights.dimension]\na = inf", "weights dimension a"),
        ("[weights.item]\na = 1e300", "weights item a"),
        ("[weights.item]\na = { b = 1 }", "weights item a"),
        ("[weights.items]\na = 1", "weights items"),
        ("points = [1]", "points"),
        ("[points.s]\n1 = 101", "points s 1"),
        ("[points.s]\n1 = -1", "points s 1"),
        ("[points.s]\none = 1", "points s one"),
        ("[points.s]\n01 = 1", "points s 01"),
        ("[points.s]\n1_0 = 1", "points s 1_0"),
        ("minimum_coverage = 0.6", "minimum_coverage"),
    ],
)
def test_a_wrong_value_is_a_fault_at_its_place(tmp_path: Path, line: str, place: str) -> None:
    assert place in [fault.column for fault in faults_of(tmp_path, HEAD + line + "\n")]


@pytest.mark.parametrize(
    "text",
    [
        "", "id = 3", 'id = "../x"\ntitle = { de = "x" }', "[", "a" * 100_000, "\0", "\x1b[31m",
        HEAD + "min_group_size = " + "9" * 5_000, HEAD + "overall = " + "[" * 5_000 + "]" * 5_000,
        HEAD + "min_coverage = 1e999999", HEAD + "min_group_size = 10000-01-01", HEAD + "bands = [[[]]]",
        HEAD + "[points.s]\n" + "1" * 5_000 + " = 1", HEAD + "[weights.item]\na = " + "1" * 400,
    ],
)  # fmt: skip
def test_whatever_stands_in_a_scheme_file_is_a_fault_and_no_traceback(tmp_path: Path, text: str) -> None:
    assert faults_of(tmp_path, text)


def test_all_faults_are_told_at_once_and_an_id_that_is_missing_once(tmp_path: Path) -> None:
    found = faults_of(tmp_path, 'levels = "x"\nmin_coverage = 2\n')
    assert sorted(fault.column for fault in found) == ["id", "levels", "min_coverage", "title"]


def test_ids_that_no_questionnaire_of_the_study_knows_are_faults(example: Path) -> None:
    text = HEAD + (
        "[weights.dimension]\nalpha = 1\nalfa = 1\n[weights.criterion]\nx = 1\n[weights.item]\nA1 = 1\nA9 = 1\n"
        "[points.nosuch]\n0 = 1\n"
    )
    found = faults_of(example, text, study=True)
    assert [(f.column, f.found) for f in found] == [
        ("weights.dimension", "'alfa'"), ("weights.criterion", "'x'"), ("weights.item", "'A9'"),
        ("points.nosuch", "0"),
    ]  # fmt: skip


def test_a_dimension_without_any_weight_is_a_fault(example: Path) -> None:
    items = [item.id for item in load_study(example).instruments["2021"].items_of("beta")]
    text = HEAD + "[weights.item]\n" + "".join(f"{name} = 0\n" for name in items)
    (fault,) = faults_of(example, text, study=True)
    assert "'beta'" in fault.found


def test_schemes_that_say_the_same_are_equal_wherever_they_lie() -> None:
    scheme = load_scheme("standard")
    assert replace(scheme, sha256="other") == scheme
    assert replace(scheme, min_coverage=0.5) != scheme


def test_bands_that_do_not_rise_are_told_beside_other_faults_and_a_missing_limit_is_one_fault(
    tmp_path: Path,
) -> None:
    bands = 'bands = [{ below = 150, label = { de = "x" } }, { below = 10, label = { de = "y" }, z = 1 }]\n'
    found = faults_of(tmp_path, HEAD + "min_coverage = 2\n" + bands)
    assert sorted(fault.column for fault in found) == ["bands", "bands", "bands 2 z", "min_coverage"]
    missing = faults_of(
        tmp_path, HEAD + 'bands = [{ label = { de = "x" } }, { below = 101, label = { de = "y" } }]\n'
    )
    assert [fault.column for fault in missing] == ["bands 1 below"]


@pytest.mark.parametrize("below", ["true", "9" * 400, "-1", "nan", '"x"', "[1]"])
def test_what_is_no_limit_of_a_band_is_one_fault(tmp_path: Path, below: str) -> None:
    found = faults_of(tmp_path, HEAD + f'bands = [{{ below = {below}, label = {{ de = "x" }} }}]\n')
    assert [fault.column for fault in found] == ["bands 1 below"]
