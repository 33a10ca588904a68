"""A broken study.toml, instrument, register or scheme is told with file, place, found and expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import CallError, Fault, RefusedError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.questionnaire.files import load_instrument

# (file, old, new, column of the fault, a word of found or expected)
STUDY = {
    "no TOML": ("study.toml", 'id = "mini"', "id = mini", "", "valid TOML"),
    "an unknown key": ("study.toml", "synthetic", "syntetic", "syntetic", "not known"),
    "no title": ("study.toml", "title =", "licence2 =", "title", "nothing"),
    "a wrong type": ("study.toml", "synthetic = true", 'synthetic = "ja"', "synthetic", "true or false"),
    "an unknown setting": ("study.toml", '"questionnaire"', '"fragebogen"', "file 1 setting", "workshop"),
    "an unknown wave": ("study.toml", 'wave = "2021"', 'wave = "2022"', "file 1 wave", "2021"),
    "a path outside": ("study.toml", '"verwaltung.csv"', '"../verwaltung.csv"', "file 1 path", "inside"),
    "an unknown instrument": ("study.toml", '"./instrument"', '"selbstcheck"', "instrument", "exists"),
    "an id that is no key": ("study.toml", 'id = "mini"', 'id = "a/b"', "id", "ASCII"),
    "a year long ago": (
        "study.toml", "date = 2021-06-30", "date = 1899-12-31", "wave 1 date", "a date from 1900 to 2100",
    ),
    "a year to come": (
        "study.toml", "date = 2021-06-30", "date = 2101-01-01", "wave 1 date", "a date from 1900 to 2100",
    ),
    "no date": ("study.toml", "date = 2021-06-30", 'date = "2021"', "wave 1 date", "a date"),
    "register: a key that is no file name": ("municipalities.csv", "adorf,", "a/dorf,", "municipality", "ASCII"),
    "register: a doubled key": ("municipalities.csv", "bestadt,Be", "ADORF,Be", "municipality", "each key once"),
    "register: a doubled AGS": ("municipalities.csv", "01002000", "01001001", "ags", "each AGS once"),
    "register: an unknown parent": ("municipalities.csv", "4000,cekreis", "4000,zekreis", "parent", "zekreis"),
    "register: a population in words": ("municipalities.csv", "90000", "90 Tsd", "population", "digits"),
    "items: an unknown scale": ("instrument/items.csv", "4,stufen", "4,stufe", "scale", "scale"),
    "items: an unknown dimension": ("instrument/items.csv", "B1,beta", "B1,gamma", "dimension", "gamma"),
    "items: a criterion of another dimension": ("instrument/items.csv", "B1,beta,,", "B1,beta,alpha.eins,", "criterion", "beta"),
    "items: a doubled id": ("instrument/items.csv", "B2,", "B1,", "item", "each once"),
    "items: a wrong direction": ("instrument/items.csv", "stufen,-1", "stufen,0", "direction", "1 or -1"),
    "items: a negative weight": ("instrument/items.csv", "stufen,-1,2", "stufen,-1,-2", "weight", "at least 0"),
    "items: a wrong aspect": ("instrument/items.csv", "concept", "Konzept", "aspect", "practice"),
    "items: no text": ("instrument/items.csv", '"Wird berichtet?"', "", "text_de", "German"),
    "scale: one spelling for two answers": ("instrument/instrument.toml", '"teilweise"', '"JA"', "scale 1 options", "two answers"),
    "scale: points above 100": ("instrument/instrument.toml", "points = 100", "points = 101", "scale 1 options 3 points", "at most 100"),
    "scale: min above max": ("instrument/instrument.toml", "min = 0", "min = 300", "scale 2 max", "more than min"),
    "scale: an unknown kind": ("instrument/instrument.toml", '"numeric"', '"number"', "scale 2 kind", "numeric"),
    "a dimension without title": ("instrument/instrument.toml", 'title = { de = "Feld A" }', "", "dimension 1 title", "nothing"),
}  # fmt: skip


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(fault: Fault, file: str, column: str, word: str) -> bool:
    return (
        Path(fault.file).name == Path(file).name
        and fault.column == column
        and word in fault.found + fault.expected
    )


@pytest.mark.parametrize("damage", STUDY)
def test_a_broken_study_is_told_with_its_place(example: Path, damage: str) -> None:
    file, old, new, column, word = STUDY[damage]
    # what was loaded before it was broken does not hide it
    load_study(example)
    change(example, file, old, new)
    with pytest.raises(RefusedError) as refused:
        load_study(example)
    faults = refused.value.faults
    assert any(told(fault, file, column, word) for fault in faults), faults


def test_a_study_is_read_again_only_when_a_file_of_it_has_changed(example: Path) -> None:
    first = load_study(example)
    assert load_study(example) is first
    change(example, "municipalities.csv", "90000", "90001")
    second = load_study(example)
    assert {m.population for m in second.register.municipalities} >= {90001}
    (example / "corrections.csv").write_text("file\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"corrections\.csv"):
        load_study(example)


def test_all_faults_of_an_instrument_are_told_at_once(example: Path) -> None:
    change(example, "instrument/items.csv", "4,stufen", "4,stufe")
    change(example, "instrument/items.csv", "concept", "Konzept")
    with pytest.raises(RefusedError) as refused:
        load_instrument(example / "instrument")
    assert {fault.row for fault in refused.value.faults} == {2, 5}


@pytest.mark.parametrize(
    "name", ["study.toml", "municipalities.csv", "instrument/items.csv", "instrument/instrument.toml"]
)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[[[", b"\x00\x01\x02"])
def test_rubbish_in_a_file_of_the_study_is_a_fault(example: Path, name: str, content: bytes) -> None:
    (example / name).write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        load_study(example)
    assert any(fault.file.endswith(Path(name).name) for fault in refused.value.faults)


SCHEME = {
    "an unknown key": ("levels", "level", "level"),
    "an unknown level": ('"items"', '"item"', "levels"),
    "an unknown mean": ('"arithmetic"', '"median"', "aggregation"),
    "a coverage above 1": ("min_coverage = 0.5", "min_coverage = 50", "min_coverage"),
    "a group of 0": ("min_group_size = 3", "min_group_size = 0", "min_group_size"),
    "bands that do not rise": ("below = 50", "below = 150", "bands"),
    "bands that end too early": ("below = 101", "below = 100", "bands"),
    "a weight of nothing": ("[x]", "[x]", "weights.item"),
}


@pytest.mark.parametrize("damage", SCHEME)
def test_a_broken_scheme_is_told_with_its_place(example: Path, damage: str) -> None:
    old, new, column = SCHEME[damage]
    if damage == "a weight of nothing":
        with (example / "scheme.toml").open("a", encoding="utf-8") as stream:
            stream.write("[weights.item]\nA11 = 2\n")
    else:
        change(example, "scheme.toml", old, new)
    with pytest.raises(RefusedError) as refused:
        load_scheme(None, load_study(example))
    assert any(fault.column == column for fault in refused.value.faults), refused.value.faults


def test_the_closest_name_is_offered() -> None:
    study = load_study("beispiel")
    with pytest.raises(CallError, match="Did you mean 'musterstadt'"):
        study.check_municipality("musterstatd")
    with pytest.raises(CallError, match="Did you mean 'beispiel'"):
        load_study("beispeil")
    with pytest.raises(CallError, match="Did you mean 'standard'"):
        load_scheme("standart")
