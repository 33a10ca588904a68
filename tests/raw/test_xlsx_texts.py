"""Texts of several looks: one of which a person sees a part only is a fault of its cell, shared or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import MAIN, head, number, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table

#: The looks of cells: as usual; white letters; white letters on dark blue; a dark blue ground alone.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font><color theme="1"/></font><font><color rgb="FFFFFFFF"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FF1F3864"/></patternFill></fill></fills><cellXfs><xf fontId="0" fillId="0"/>'
    '<xf fontId="1" fillId="0"/><xf fontId="1" fillId="1"/><xf fontId="0" fillId="1"/></cellXfs></styleSheet>'
)
WHITE, BLACK, RED, BLUE = (
    f'<color rgb="FF{rgb}"/>' for rgb in ("FFFFFF", "000000", "C00000", "1F3864")
)  # fmt: skip


def run(written: str, look: str | None = None) -> str:
    """A part of a text; without a look it says nothing of how it looks."""
    told = "" if look is None else f"<rPr>{look}</rPr>"
    return f'<r>{told}<t xml:space="preserve">{written}</t></r>'


# what stands in B2, in a cell of which style, and what is told of it
SEEN_IN_PART: dict[str, tuple[str, int]] = {
    "a digit in white": (run("1") + run("0", WHITE), 0),
    "a digit in almost white": (run("1") + run("0", '<color rgb="FFFDFDFD"/>'), 0),
    "a digit in the white of the theme": (run("1") + run("0", '<color theme="0"/>'), 0),
    "a digit in a white that is made darker by a hundredth": (
        run("1") + run("0", '<color theme="0" tint="-0.01"/>'), 0,
    ),
    "a digit in the colour of the ground": (run("1", WHITE) + run("0", BLUE), 2),
    "a digit of one point": (run("1") + run("0", '<sz val="1"/>'), 0),
    "a word before it in white": (run("nicht ", '<sz val="11"/>' + WHITE) + run("ja"), 0),
    "a part as the cell, in white, beside one in black": (run("1") + run("0", BLACK), 1),
}  # fmt: skip
RAISED, SIGNS = '<vertAlign val="superscript"/>', '<rFont val="Wingdings"/>'
OTHERWISE: dict[str, tuple[str, int]] = {
    "a raised digit behind a digit": (run("3") + run("1", RAISED), 0),
    "a raised digit before a digit": (run("1", RAISED) + run("3", BLACK), 0),
    "a lowered digit behind a digit": (run("3") + run("1", '<vertAlign val="subscript"/>'), 0),
    "a face for a letter": (run("J", SIGNS), 0),
    "a tick beside words": (run("ü", SIGNS) + run(" erledigt", BLACK), 0),
    "a digit in signs": (run("1", '<rFont val="webdings"/>'), 0),
    "Greek": (run("a", '<rFont val="Symbol"/>'), 0),
}
NOT_SEEN: dict[str, tuple[str, int]] = {
    "all parts in white": (run("1", WHITE) + run("0", WHITE), 0),
    "all parts as the cell, in white": (run("1") + run("0"), 1),
    "a plain text in white": ("<t>10</t>", 1),
}
SEEN: dict[str, tuple[str, int]] = {
    "red and black": (run("1", RED) + run("0", BLACK), 0),
    "white on blue": (run("1", WHITE) + run("0", WHITE), 3),
    "as the cell, white on blue": (run("1") + run("0"), 2),
    "a blank in white": (run("10") + run(" ", WHITE), 0),
    "black in a cell that is white": (run("1", BLACK) + run("0", RED), 1),
    "a light grey that can be read": (run("1") + run("0", '<color theme="0" tint="-0.35"/>'), 0),
    "of two sizes": (run("1", '<sz val="8"/>' + BLACK) + run("0", '<sz val="20"/>' + BLACK), 0),
    "square metres": (run("10 m", BLACK) + run("2", RAISED), 0),
    "a digit raised to the base line": (run("3") + run("1", '<vertAlign val="baseline"/>'), 0),
    "a note behind a word": (run("ja") + run("1", RAISED), 0),
    "raised as a whole": (run("3", RAISED) + run("1", RAISED), 0),
    "digits in Symbol": (run("31", '<rFont val="Symbol"/>'), 0),
    "a sign that another font shows": (run("✓", SIGNS), 0),
    "a reading aid in white": (run("10") + f'<rPh sb="0" eb="1">{run("aid", WHITE)}</rPh>', 0),
}
TOLD = (
    *((kind, written, style, ["unseen_in_part"]) for kind, (written, style) in SEEN_IN_PART.items()),
    *((kind, written, style, ["signs"]) for kind, (written, style) in OTHERWISE.items()),
    *((kind, written, style, ["unseen"]) for kind, (written, style) in NOT_SEEN.items()),
    *((kind, written, style, []) for kind, (written, style) in SEEN.items()),
)


def read(path: Path, sheet: str, *texts: str) -> list[tuple[int | None, str, str]]:
    write_workbook(path, sheet, texts=texts, parts={"xl/styles.xml": STYLES.encode()})
    faults: list[Fault] = []
    read_table(path, "a.xlsx", faults, known=("municipality", "Q1", "Q2"))
    return [(fault.row, fault.column, fault.kind) for fault in faults]


@pytest.mark.parametrize(("written", "style", "told"), [case[1:] for case in TOLD], ids=[c[0] for c in TOLD])
def test_a_text_of_which_a_part_is_not_seen_is_a_fault_of_its_cell(
    tmp_path: Path, written: str, style: int, told: list[str]
) -> None:
    shared = f'<c r="B2" s="{style}" t="s"><v>1</v></c>'
    inline = f'<c r="B2" s="{style}" t="inlineStr"><is>{written}</is></c>'
    for n, cell in enumerate((shared, inline)):
        sheet = tab(head("municipality", "Q1", "Q2"), row(2, text("A2", "a"), cell, number("C2", "3")))
        found = read(tmp_path / f"{n}.xlsx", sheet, "<t>x</t>", written)
        assert found == [(2, "Q1", kind) for kind in told]


def test_a_head_of_which_a_part_is_not_seen_is_a_fault_too(tmp_path: Path) -> None:
    names = f'<c r="B1" t="inlineStr"><is>{run("Q")}{run("1", WHITE)}</is></c>'
    sheet = tab(row(1, text("A1", "municipality"), names), row(2, text("A2", "a"), number("B2", "3")))
    assert read(tmp_path / "a.xlsx", sheet) == [(1, "Q1", "unseen_in_part")]


def test_a_cell_that_names_no_style_has_the_first(tmp_path: Path) -> None:
    white = STYLES.replace("<cellXfs>", '<cellXfs><xf fontId="1" fillId="0"/>')
    bare = '<c r="A2" s="1" t="str"><v>a</v></c><c r="B2"><v>3</v></c>'
    path = write_workbook(
        tmp_path / "a.xlsx",
        tab(head("municipality", "Q1"), row(2, bare)),
        parts={"xl/styles.xml": white.encode()},
    )
    faults: list[Fault] = []
    read_table(path, "a.xlsx", faults, known=("municipality", "Q1"))
    assert [(fault.row, fault.column, fault.kind) for fault in faults] == [(2, "Q1", "unseen")]
