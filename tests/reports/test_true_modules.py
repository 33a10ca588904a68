"""Every sentence on workshop, dialogue, outcome, districts and the whole study is true of the tables beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from module_reading import NAMED, false_module_sentences
from planted import changed
from shared import example_pages, example_reports, run

#: Where the shared reports lie: of Musterstadt all modules of both waves, and those on the study as a whole.
REPORTS = [
    "2021/musterstadt/workshop", "2024/musterstadt/workshop", "2024/musterstadt/dialogue", "musterstadt/final_report",
    "2021/silbenstadt/workshop", "_study/all_municipalities", "_study/instrument_quality",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, Path]:
    folders = example_reports(shared), example_pages(shared)
    found = {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for folder in folders
        for path in folder.rglob("*.html")
    }
    return {name: found[name] for name in REPORTS}


def read(path: Path) -> str:
    """What a page tells, without its head and the lines of its cover."""
    return path.read_text(encoding="utf-8").partition("<main")[2]


def given_in(path: Path) -> list[str]:
    """What people wrote, which is in the page as they wrote it."""
    twin = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return [entry["text"] for entry in twin["given"]]


@pytest.mark.parametrize("name", REPORTS)
def test_every_sentence_is_true_of_the_tables_beside_it(pages: dict[str, Path], name: str) -> None:
    assert false_module_sentences(read(pages[name]), given_in(pages[name])) == []


@pytest.mark.slow
def test_every_sentence_of_all_modules_of_the_example_is_true(shared: Path, tmp_path: Path) -> None:
    modules = ("workshop", "dialogue", "final_report", "district")
    run(
        shared,
        "beispiel",
        str(tmp_path),
        *(part for name in modules for part in ("-n", name)),
        formats=("html",),
    )
    pages = [path for path in tmp_path.rglob("*.html") if path.stem in modules]
    wrong = [
        f"{path.parent.name}/{path.stem}: {sentence}"
        for path in pages
        for sentence in false_module_sentences(read(path), given_in(path))
    ]
    assert len(pages) > 90
    assert wrong == []


#: In which report, what is planted.
PLANTED = {
    "another number of sheets": ("2024/musterstadt/workshop", changed(r"41 Personen haben Bögen", "42 Personen haben Bögen")),
    "others came": ("2024/musterstadt/workshop", changed(r"elf aus (?=Politik)", "zwölf aus ")),
    "another difference": ("2024/musterstadt/workshop", changed(r"Unterschied: (\d)(\d) Punkte", r"Unterschied: \g<2>\g<1> Punkte")),
    "another end": ("2024/musterstadt/workshop", changed(r"(Am weitesten auseinander .*?kommt auf )\d+", r"\g<1>90")),
    "more questions alike": ("2024/musterstadt/workshop", changed(r"Bei \w+ Fragen, die klar", "Bei zwei Fragen, die klar")),
    "less for more": ("2021/musterstadt/workshop", changed(r"weniger vorhanden als die Verwaltung: „", "mehr vorhanden als die Verwaltung: „")),
    "more were agreed": ("2021/musterstadt/workshop", changed(r"Insgesamt sind \w+ Punkte", "Insgesamt sind elf Punkte")),
    "more groups": ("2024/musterstadt/dialogue", changed(r"genannt in vier von sechs", "genannt in fünf von sechs")),
    "another topic": ("2024/musterstadt/dialogue", changed(r"am häufigsten um „Mitreden und Beirat“", "am häufigsten um „Wege und Busse“")),
    "a harder finding": ("2024/musterstadt/dialogue", changed(r"In vier Gruppen wurde davon", "In drei Gruppen wurde davon")),
    "more are released": ("2024/musterstadt/dialogue", changed(r"sind \w+ freigegeben", "sind 60 freigegeben")),
    "a number nobody reads": ("2024/musterstadt/dialogue", changed(r"<p>", "<p>Es kamen 17 Gäste.</p><p>")),
    "others took part": ("musterstadt/final_report", changed(r"46 Menschen im Dialog", "47 Menschen im Dialog")),
    "fewer questions": ("musterstadt/final_report", changed(r"stellt \d+ Fragen", "stellt 99 Fragen")),
    "fewer fields": ("musterstadt/final_report", changed(r"In sechs Handlungsfeldern ist der Stand höher", "In fünf Handlungsfeldern ist der Stand höher")),
    "a greater change": ("musterstadt/final_report", changed(r"\(um elf von 100", "(um 21 von 100")),
    "more moved": ("musterstadt/final_report", changed(r"Acht Fragen niedriger", "Neun Fragen niedriger")),
    "more under way": ("musterstadt/final_report", changed(r"Von ihnen ist eine in Arbeit", "Von ihnen sind zwei in Arbeit")),
    "more done of the earlier ones": ("musterstadt/final_report", changed(r"sind fünf umgesetzt", "sind sechs umgesetzt")),
    "more planned": ("musterstadt/final_report", changed(r"Sechs Maßnahmen sind vorgesehen", "Acht Maßnahmen sind vorgesehen")),
    "more were done": ("musterstadt/final_report", changed(r"fünf umgesetzt", "sechs umgesetzt")),
    "another municipality below": ("_study/all_municipalities", changed(r"(?<=Punkten: in )27", "28")),
    "a wider half": ("_study/all_municipalities", changed(r"reicht von \d+ bis", "reicht von 1 bis")),
    "more fields differ": ("_study/all_municipalities", changed(r"In zwei von sieben Handlungsfeldern schätzen", "In drei von sieben Handlungsfeldern schätzen")),
    "higher for lower": ("_study/all_municipalities", changed(r"den Stand niedriger ein", "den Stand höher ein")),
    "a greater alpha": ("_study/instrument_quality", changed(r"es reicht von 0,\d+ bis 0,\d+", "es reicht von 0,81 bis 0,99")),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_sentence_that_is_planted_is_found(pages: dict[str, Path], name: str) -> None:
    report, plant = PLANTED[name]
    assert len(false_module_sentences(plant(read(pages[report])), given_in(pages[report]))) >= 1


def test_a_kind_of_sentence_that_no_table_holds_says_why() -> None:
    assert all(NAMED.values())
