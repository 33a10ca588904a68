"""What a final report says of a change in answers that are about nothing in place, against points by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.blocks import Facts, Heading, Listing, Paragraph
from weltoffen_eval.display.final_report import report
from weltoffen_eval.results.course import load_course

STUDY = """id = "reden"
title = "Miteinander reden"
instrument = "./instrument"
scheme = "standard"
synthetic = true
[[wave]]
id = "2025"
date = 2025-05-31
[[wave]]
id = "2026"
date = 2026-05-31
[[file]]
path = "2025.csv"
wave = "2025"
setting = "questionnaire"
perspective = "administration"
[[file]]
path = "2026.csv"
wave = "2026"
setting = "questionnaire"
perspective = "administration"
"""
INSTRUMENT = """id = "reden"
edition = "1"
title = { de = "Reden" }
source = "made for a test"
licence = "CC0-1.0"
[[dimension]]
id = "amt"
title = { de = "Im Rathaus" }
[[dimension]]
id = "rat"
title = { de = "Mitreden" }
[[scale]]
id = "zustimmung"
kind = "ordinal"
options = [
  { code = 0, points = 0, label = { de = "stimme nicht zu" } },
  { code = 1, points = 50, label = { de = "teils/teils" } },
  { code = 2, points = 100, label = { de = "stimme zu" } },
]
"""
ITEMS = """item,dimension,position,scale,direction,text_de
a1,amt,1,zustimmung,1,Das Rathaus ist gut erreichbar.
a2,amt,2,zustimmung,1,Briefe sind gut zu verstehen.
a3,amt,3,zustimmung,1,Anliegen werden schnell bearbeitet.
r1,rat,4,zustimmung,1,Die Meinung aller ist gefragt.
r2,rat,5,zustimmung,1,Vereine werden angehört.
"""


def said(folder: Path, earlier: str) -> list[str]:
    """What the report says where 2025 was answered so, and 2026 2, 2, 1, 0, 0: 83 and 0 points."""
    (folder / "instrument").mkdir()
    for name, text in {
        "study.toml": STUDY,
        "municipalities.csv": "municipality,name,kind\nadorf,Adorf,Stadt\n",
        "instrument/instrument.toml": INSTRUMENT,
        "instrument/items.csv": ITEMS,
        "2025.csv": f"municipality,a1,a2,a3,r1,r2\nadorf,{earlier}\n",
        "2026.csv": "municipality,a1,a2,a3,r1,r2\nadorf,2,2,1,0,0\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    course = load_course(folder, "adorf")
    found: list[str] = []
    for part in (report.standing, report.dimensions, report.changed):
        for block in part(course).bundle.blocks:
            match block:
                case Paragraph() | Heading():
                    found.append(block.text)
                case Listing():
                    found += [entry.text for entry in block.entries]
                case Facts():
                    found += [f"{term}: {entry.text}" for term, entry in block.facts]
    return found


@pytest.mark.parametrize(
    ("earlier", "differ"),
    [
        # all five questions are compared: 83 points there and above
        ("1,1,1,1,1", False),
        # without the third, 100 points are left of the 83 above
        ("1,1,,1,1", True),
    ],
)
def test_that_points_differ_from_those_above_is_said_where_they_do(
    tmp_path: Path, earlier: str, differ: bool
) -> None:
    text = "\n".join(said(tmp_path, earlier))
    assert ("Die Punkte weichen von denen weiter oben ab" in text) is differ
    assert "Mehr Punkte als 2025: „Im Rathaus“. Weniger Punkte als 2025: „Mitreden“." in text
    assert "„Mitreden“: Zwei Fragen mit weniger Punkten" in text
    assert "Die meisten Punkte gibt es in „Im Rathaus“, die wenigsten in „Mitreden“." in text


def test_questions_stand_under_the_ends_of_the_scale_and_end_once(tmp_path: Path) -> None:
    text = said(tmp_path, "1,1,1,1,1")
    assert (
        "In Richtung „stimme zu“: „Das Rathaus ist gut erreichbar“ und „Briefe sind gut zu verstehen“."
        in text
    )
    assert "Weitere Fragen: Dazwischen: „Anliegen werden schnell bearbeitet“." in text
    assert (
        "Weitere Fragen: In Richtung „stimme nicht zu“: „Die Meinung aller ist gefragt“ und "
        "„Vereine werden angehört“." in text
    )
