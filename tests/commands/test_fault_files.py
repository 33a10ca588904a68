"""``weltoffen check`` leaves a page for each whose rows are faulty, with its own faults and no others."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from studies import write_csv
from workbooks import row, tab, text, write_workbook

from weltoffen_eval.commands.main import main


def change(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def pages(project: Path) -> dict[str, str]:
    folder = project / "data" / "processed" / "mini" / "faults"
    # the style holds letters as Base64, in which any word may stand
    return {
        path.stem: re.sub("<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in folder.glob("*")
    }


def test_each_gets_a_page_and_a_check_without_faults_takes_them_away(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = project / "data" / "raw" / "mini"
    change(study / "verwaltung.csv", "adorf,ja", "adorf,jein")
    change(study / "verwaltung.csv", "bestadt,2", "bestadt,7")
    change(study / "workshop.csv", "p6,Politik,2", "p6,Politik,privates")
    change(study / "workshop.csv", "adorf,p1", "dedorf,p1")
    assert main(["check", "mini"]) == 3
    said = capsys.readouterr().err
    assert (
        f"As pages to be sent, one for each whose rows are faulty: {project / 'data' / 'processed'}" in said
    )
    made = pages(project)
    assert sorted(made) == ["_study", "adorf", "bestadt"]
    assert "Angaben aus Adorf" in made["adorf"]
    assert "jein" in made["adorf"]
    assert "jein" not in made["bestadt"]
    assert not any("privates" in page or "p6" in page for page in made.values())
    assert "A1" in made["adorf"]
    assert "dedorf" not in made["_study"]
    change(study / "verwaltung.csv", "adorf,jein", "adorf,ja")
    assert main(["check", "mini"]) == 3
    assert sorted(pages(project)) == ["_study", "adorf", "bestadt"]
    change(study / "verwaltung.csv", "bestadt,7", "bestadt,2")
    change(study / "workshop.csv", "p6,Politik,privates", "p6,Politik,2")
    change(study / "workshop.csv", "dedorf,p1", "adorf,p1")
    assert main(["check", "mini"]) == 0
    processed = project / "data" / "processed" / "mini"
    assert not (processed / "faults").exists()
    assert not (processed / "faults.csv").exists()


def test_a_hidden_row_of_a_workbook_is_told_to_whose_row_it_is(project: Path) -> None:
    study = project / "data" / "raw" / "mini"
    with (study / "verwaltung.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    lines = [
        row(line, *(text(f"{'ABCDEF'[at]}{line}", cell) for at, cell in enumerate(cells) if cell),
            more='hidden="1"' if cells[0] == "bestadt" else "")
        for line, cells in enumerate(rows, start=1)
    ]  # fmt: skip
    write_workbook(study / "verwaltung.xlsx", tab(*lines))
    (study / "verwaltung.csv").unlink()
    change(study / "study.toml", "verwaltung.csv", "verwaltung.xlsx")
    assert main(["check", "mini"]) == 3
    assert list(pages(project)) == ["bestadt"]
    assert "Eine ausgeblendete Zeile" in pages(project)["bestadt"]
    with (project / "data" / "processed" / "mini" / "faults.csv").open(encoding="utf-8-sig") as stream:
        assert [fault["municipality"] for fault in csv.DictReader(stream)] == ["bestadt"]


def test_nothing_is_written_over_by_a_link_in_place_of_the_pages(project: Path) -> None:
    study, elsewhere = project / "data" / "raw" / "mini", project / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("kept", encoding="utf-8")
    processed = project / "data" / "processed" / "mini"
    processed.mkdir(parents=True)
    (processed / "faults").symlink_to(elsewhere)
    change(study / "verwaltung.csv", "bestadt,2", "bestadt,7")
    assert main(["check", "mini"]) == 3
    assert (elsewhere / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert [path.name for path in elsewhere.iterdir()] == ["mine.txt"]


def test_more_pages_than_anybody_sends_are_not_made(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = project / "data" / "raw" / "mini"
    monkeypatch.setattr("weltoffen_eval.commands.fault_files._MOST_PAGES", 1)
    write_csv(study / "verwaltung.csv", [["municipality", "A1", "A2", "A3", "B1", "B2"],
              ["adorf", "x", 1, 1, 1, 1], ["bestadt", "x", 1, 1, 1, 1]])  # fmt: skip
    assert main(["check", "mini"]) == 3
    assert list(pages(project)) == ["adorf"]
