"""Long figures: no field is lost, and none is taller than a page."""

from __future__ import annotations

import re

import pytest

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.dot_rows import Track, dot_rows
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.style import as_svg, house_style

#: A4 without its margins, less caption and heading; a figure is 112 mm wide there.
ROOM, WIDTH = 225, 112


@pytest.mark.parametrize(
    ("count", "parts"), [(1, [1]), (12, [12]), (13, [6, 7]), (22, [11, 11]), (40, [10] * 4)]
)
def test_every_field_is_in_one_figure_that_fits_a_page(count: int, parts: list[int]) -> None:
    labels = [
        f"Handlungsfeld {n} mit einem Namen, der zwei Zeilen braucht, weil er so lang ist"
        for n in range(count)
    ]
    table = Table("Werte", (Column("Feld"), Column("Wert", True)), tuple((x, "1") for x in labels), "profile")

    def draw(part: object) -> object:
        with house_style():
            return dot_rows(list(part), (0, 100), Track(0.3, 0.19, 0.42, 26)).figure  # type: ignore[call-overload]

    made = figure_blocks(labels, draw, "p", "Stand", lambda part: f"Diagramm von {part[0]}", table)  # type: ignore[arg-type]
    assert [len(figure.table.rows) for figure in made] == parts
    assert [row[0] for figure in made for row in figure.table.rows] == labels
    for figure in made:
        seen = [int(n) for n in re.findall(r">Handlungsfeld (\d+) mit", figure.svg)]
        assert [f"Handlungsfeld {n} " for n in seen] == [
            row[0][: row[0].index("mit")] for row in figure.table.rows
        ]
        size = re.search(r'width="([\d.]+)" height="([\d.]+)"', figure.svg)
        assert size is not None
        assert float(size[2]) / float(size[1]) * WIDTH <= ROOM
    assert len({(f.table.name, f.table.caption, f.caption, f.alternative) for f in made}) == len(made)
    if len(made) > 1:
        assert made[0].alternative == f"Teil 1 von {len(made)}: Diagramm von {labels[0]}"
        assert made[1].caption == f"Stand (Teil 2 von {len(made)})"
        assert made[1].table.name == "profile-2"


def test_signs_that_the_font_of_the_text_lacks_make_no_warning_in_a_figure() -> None:
    # a warning would stand in the report's notebook, and is an error here
    label = "≤ 5 → ☐ Łódź Žyły 東京"
    with house_style():
        drawn = dot_rows([label], (0, 100), Track(height=0.3, below=0.19, right=0.42, value=26))[0]
    assert f">{label}</text>" in as_svg(drawn, "x")
